"""What is not done between two sides, though both are named: topics, lists, causes, trips, known days."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from tests.nlp.events.coding import coded


def both(first, second, root, status="past"):
    return {(first, second, root, status), (second, first, root, status)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Kenyan and Somali ministers discussed the war in Sudan.", both("KEN", "SOM", "CONSULT")),
        ("Kenya discussed Somalia's statement with Chad.", both("KEN", "TCD", "CONSULT")),
        ("Kenya's minister discussed the statement by Somalia.", set()),
    ],
)
def test_whom_a_talk_is_about_is_not_whom_one_talks_with(parsed, text, expected):
    assert {row for row in coded(parsed(text)) if row[2] == "CONSULT"} == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They spoke of the Kenya-Somalia conflict and Chad-Mali negotiations.",
            both("KEN", "SOM", "ASSAULT") | both("TCD", "MLI", "CONSULT"),
        ),
        (
            "Kenyan missile and drone attacks on Somalia went on.",
            {("KEN", "SOM", "ASSAULT", "past")},
        ),
    ],
)
def test_a_pair_before_one_noun_of_a_list_is_not_mixed_with_the_next_pair(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya triggered protests from Somalia.", {("SOM", "KEN", "PROTEST", "past")}),
        ("Kenya launched attacks on Somalia.", {("KEN", "SOM", "ASSAULT", "past")}),
    ],
)
def test_who_triggers_an_act_undergoes_it_and_who_launches_one_does_it(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Kenyan minister flew to Rome to meet the Somali president.", "past"),
        ("The Kenyan minister is travelling to Rome to meet the Somali president.", "ongoing"),
        ("The Kenyan minister wants to meet the Somali president.", "hypothetical"),
    ],
)
def test_a_trip_made_to_meet_somebody_is_told_as_a_meeting(parsed, text, status):
    rows = [row for row in coded(parsed(text)) if row[:2] == ("KEN", "SOM")]
    assert [row[3] for row in rows] in ([status], ["future"])


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya does not recognise Somalia.", ("KEN", "SOM", "REJECT", "past")),
        ("Kenya did not thank Somalia.", ("KEN", "SOM", "SUPPORT", "negated")),
    ],
)
def test_not_to_recognise_somebody_is_a_position(parsed, text, expected):
    assert coded(parsed(text)) == [expected]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hamas attacked Israel on October 7. Talks began in 2025.", "historical"),
        ("The October 7 attack by Hamas on Israel was condemned. Talks began in 2025.", "historical"),
        ("Hamas attacked Israel on October 9. Talks began in 2025.", "past"),
    ],
)
def test_a_day_that_everybody_knows_needs_no_year(parsed, text, status):
    doc = parsed(text)
    events = find_events(doc, find_actors(doc))
    assert {e.status for e in events if e.source_name == "Hamas" and e.root == "ASSAULT"} == {status}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya took over leadership of the Somali mission.", set()),
        ("Kenya took over a Somali town.", {("KEN", "SOM", "ASSAULT", "past")}),
        ("Kenya launched a charm offensive in Somalia.", set()),
        ("Kenya launched an offensive in Somalia.", {("KEN", "SOM", "ASSAULT", "past")}),
        ("Kenya harmed Somalia's economy.", set()),
        ("Kenya clashed with the Somali minister over water.", both("KEN", "SOM", "ACCUSE")),
        ("Kenyan troops clashed with Somali soldiers over water.", both("KEN", "SOM", "ASSAULT")),
        ("Thousands of Kenyans crossed into Somalia.", set()),
        ("Kenyan troops crossed into Somalia.", {("KEN", "SOM", "ASSAULT", "past")}),
    ],
)
def test_a_figure_of_speech_is_no_attack(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Somalia are talking to the rebels.", set()),
        ("The Kenyan and Somali ministers met the bishop.", set()),
        ("The Kenyan and Somali ministers met in Rome.", both("KEN", "SOM", "CONSULT")),
    ],
)
def test_two_who_meet_a_third_do_not_meet_each_other(parsed, text, expected):
    assert {row for row in coded(parsed(text)) if "ITA" not in row} == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Fears of an attack by Kenya on Somalia grew.", "hypothetical"),
        ("News of an attack by Kenya on Somalia spread.", "past"),
        ("Kenya launched a campaign to destroy Somalia.", "past"),
        ("Kenya is unable to destroy Somalia.", "negated"),
        ("The attack by Kenya on Somalia yielded no gains.", "past"),
        ("The attack by Kenya on Somalia did not happen.", "negated"),
        ("Chad helps the defence against Kenyan attacks on Somalia.", "hypothetical"),
        ("Chad hopes that Kenya will attack Somalia.", "hypothetical"),
        ("Chad said that Kenya will attack Somalia.", "future"),
    ],
)
def test_the_noun_above_an_attack_says_whether_it_came(parsed, text, status):
    rows = coded(parsed(text))
    assert {row[3] for row in rows if row[:3] == ("KEN", "SOM", "ASSAULT")} == {status}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("They began negotiations for a ceasefire between Kenya and Somalia.", "hypothetical"),
        ("They praised the ceasefire between Kenya and Somalia.", "past"),
    ],
)
def test_a_truce_that_is_negotiated_is_not_made_yet(parsed, text, status):
    assert set(coded(parsed(text))) == both("KEN", "SOM", "RETREAT", status)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya accused the West of lying.", set()),
        ("Kenya accused Somalia of lying.", {("KEN", "SOM", "ACCUSE", "past")}),
    ],
)
def test_no_government_acts_in_the_name_of_the_west(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya and Somalia put their conflict behind them.", set()),
        ("Kenya admitted tourists from any country apart from Somalia.", set()),
        ("Kenya agreed to a Somali proposal.", {("KEN", "SOM", "AGREE", "past")}),
        ("Kenya stopped Somali forces from advancing.", set()),
    ],
)
def test_what_is_put_aside_excepted_or_stopped_is_not_done(parsed, text, expected):
    assert {row for row in coded(parsed(text)) if row[2] != "COERCE"} == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("If Kenya invades or attacks Somalia, Chad will help.", "hypothetical"),
        ("Kenya was going to attack Somalia.", "future"),
        ("Kenya wants to attack Somalia.", "hypothetical"),
        ("Chad warned of any attack by Kenya on Somalia.", "hypothetical"),
        ("We know how Kenya attacked Somalia.", "past"),
    ],
)
def test_conditions_wants_and_any_leave_an_attack_open(parsed, text, status):
    rows = coded(parsed(text))
    assert {row[3] for row in rows if row[:3] == ("KEN", "SOM", "ASSAULT")} == {status}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Kenya will retaliate for the killing of a Somali minister.", ("KEN", "SOM")),
        ("It is necessary to attack Somalia, Kenya said.", ("KEN", "SOM")),
        ("A Kenyan was shot by Somali soldiers after attacking Chad.", ("SOM", "TCD")),
    ],
)
def test_a_victim_a_speaker_or_a_gunman_is_not_who_attacks(parsed, text, pair):
    assert pair not in {row[:2] for row in coded(parsed(text)) if row[2] == "ASSAULT"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("There is no evidence that Kenya attacked Somalia.", "hypothetical"),
        ("There is evidence that Kenya attacked Somalia.", "past"),
        ("Had Kenya attacked Somalia, Chad would have helped.", "hypothetical"),
        ("Kenya had attacked Somalia before.", "past"),
        ("Kenya nearly went to war with Somalia.", "negated"),
        ("Kenya went to war with Somalia.", "past"),
        ("Kenyan planes bombed Somalia during World War II.", "historical"),
    ],
)
def test_what_is_unproven_demanded_imagined_or_nearly_done_is_not_done(parsed, text, status):
    rows = coded(parsed(text))
    assert {row[3] for row in rows if row[:3] == ("KEN", "SOM", "ASSAULT")} == {status}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya called for lifting sanctions on Somalia.", ("KEN", "SOM", "RETREAT", "hypothetical")),
        ("Kenya violated Somalia's airspace.", ("KEN", "SOM", "COERCE", "past")),
        ("Kenya violated its accord with Somalia.", ("KEN", "SOM", "REJECT", "past")),
    ],
)
def test_lifting_that_is_called_for_and_crossing_a_border_are_told_from_their_like(parsed, text, expected):
    assert expected in coded(parsed(text))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Kenya seized a Somali-flagged tanker.", set()),
        ("Kenya seized a Somali-owned tanker.", {("KEN", "SOM")}),
    ],
)
def test_the_flag_of_a_ship_is_not_its_country(parsed, text, pairs):
    assert {row[:2] for row in coded(parsed(text))} == pairs


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Yesterday's Kenyan strikes on Somalia killed two.",
        "The toll of Friday's Kenyan strikes on Somalia rose to 46.",
    ],
)
def test_the_day_of_a_strike_is_not_who_strikes(parsed, text):
    assert set(coded(parsed(text))) == {("KEN", "SOM", "ASSAULT", "past")}


@pytest.mark.model
def test_strikes_by_somebody_in_a_country_are_on_that_country(parsed):
    text = "The toll of the strikes by Kenya in Somalia rose to 46."
    assert set(coded(parsed(text))) == {("KEN", "SOM", "ASSAULT", "past")}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said about 25 Kenyan ships were heading for Uganda.", set()),
        ("Kenyan freighters left for Uganda.", set()),
        (
            "The Kenyan president headed for Uganda.",
            {("KEN", "UGA", "CONSULT", "past"), ("UGA", "KEN", "CONSULT", "past")},
        ),
    ],
)
def test_ships_pay_no_visit(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya offered to fly in a field hospital from Uganda.", set()),
        ("Kenya promised to send food from Uganda to Somalia.", {("KEN", "SOM", "AGREE", "future")}),
        ("Kenya agreed to withdraw its troops from Uganda.", {("KEN", "UGA", "AGREE", "past")}),
    ],
)
def test_where_help_comes_from_is_not_who_is_helped(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "is_attack"),
    [
        ("Kenya's military intervention in Uganda failed.", True),
        ("Kenya's armed intervention in Uganda failed.", True),
        ("The ministers said Kenya's intervention in Uganda threatened the unity of Africa.", False),
    ],
)
def test_an_intervention_is_an_attack_only_if_it_is_armed(parsed, text, is_attack):
    assert any(row[2] == "ASSAULT" for row in coded(parsed(text))) == is_attack
