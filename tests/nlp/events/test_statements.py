"""What is said of another side, and what the text told before."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru said Chile was a threat to peace.", {("PER", "CHL", "ACCUSE", "past")}),
        ("Peru's president said Chile had violated the rules.", {("PER", "CHL", "ACCUSE", "past")}),
        ("Peru said Chile was a reliable friend.", {("PER", "CHL", "SUPPORT", "past")}),
        ("Peru said Chile had been attacked.", set()),
        ("Peru said Chile was a country.", set()),
        ("Peru said Chile was withdrawing its troops from Bolivia.", {("CHL", "BOL", "RETREAT", "past")}),
        ("Peru would say Chile was a threat.", set()),
    ],
)
def test_praise_and_blame_in_what_is_said_are_acts_of_the_speaker(parsed, text, expected):
    assert set(coded(parsed(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru said it wants good relations with Chile.", True),
        ("Peru said it is important to mend relations with Chile.", True),
        ("Peru said it does not want relations with Chile.", False),
    ],
)
def test_a_wish_for_good_relations_is_support(parsed, text, expected):
    assert (("PER", "CHL", "SUPPORT", "past") in coded(parsed(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru attacked Chile. Brazil condemned the attack.", True),
        ("Peru attacked Chile. It rained. Brazil called the attack barbaric.", True),
        ("Peru visited Chile. Brazil condemned the attack.", False),
        ("Peru attacked Chile. Brazil condemned an attack.", False),
    ],
)
def test_who_did_a_known_deed_is_judged_for_it(parsed, text, expected):
    assert (("BRA", "PER", "ACCUSE", "past") in coded(parsed(text))) == expected


def test_force_without_a_target_is_against_the_last_opponent(parsed):
    text = "Chile attacked Peru. It was the worst attack since Peru launched its invasion."
    assert ("PER", "CHL", "ASSAULT", "past") in coded(parsed(text))


def test_a_victim_of_a_killing_is_not_its_doer(parsed):
    text = "Chile attacked Peru. The city mourned Peru's killing."
    assert ("PER", "CHL", "ASSAULT", "past") not in coded(parsed(text))


def test_aid_without_a_recipient_goes_to_the_last_one(parsed):
    text = "Chile sent missiles to Peru. Brazil has supplied tanks."
    assert ("BRA", "PER", "AID", "past") in coded(parsed(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru said it is time for Chile to leave.", True),
        ("Peru said it was important that Chile leave.", True),
        ("Peru said it was not important that Chile leave.", False),
        ("Peru said it was odd that Chile left.", False),
    ],
)
def test_what_is_said_to_be_important_is_asked_for(parsed, text, expected):
    assert (("PER", "CHL", "REQUEST", "past") in coded(parsed(text))) == expected


def test_we_in_a_quote_of_a_pronoun_is_who_the_pronoun_means(parsed):
    text = 'Peru attacked Chile. Kenyan President Jo Doe spoke. "We condemn these attacks," he added.'
    assert ("KEN", "PER", "ACCUSE", "past") in coded(parsed(text))


def test_a_quote_goes_on_with_its_speaker_and_we_is_the_speaker(parsed):
    text = (
        '"We fear Chile," Peru\'s president Jo Doe said. "Chile is a threat to peace. It attacked our ships."'
    )
    found = coded(parsed(text))
    assert ("PER", "CHL", "ACCUSE", "past") in found
    assert ("PER", "CHL", "ACCUSE", "past") not in coded(
        parsed("Peru's president Jo Doe said so. Chile is a threat.")
    )


@pytest.mark.parametrize(
    ("text", "pair", "root"),
    [
        ("Peru said Chile has a right to defend itself.", ("PER", "CHL"), "SUPPORT"),
        ("Peru attacked Chile. The attack drew condemnation from Brazil.", ("BRA", "PER"), "ACCUSE"),
        ("Peru said there had been no talks with the Chilean government.", ("PER", "CHL"), "CONSULT"),
        (
            "Peru, Kenya and Brazil visited Rome. The three nations urged Chile to talk.",
            ("PER", "CHL"),
            "REQUEST",
        ),
        ("Peru and Brazil criticised Bolivia. They urged Chile to talk.", ("BRA", "CHL"), "REQUEST"),
    ],
)
def test_a_side_told_before_or_above_is_found(parsed, text, pair, root):
    assert (*pair, root) in {row[:3] for row in coded(parsed(text))}


def test_a_threat_that_is_met_with_a_response_is_no_meeting(parsed):
    text = "Any threat by Peru will be met with a response from Chile, the Chilean ministry said."
    assert not [row for row in coded(parsed(text)) if row[2] in ("CONSULT", "AGREE")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru's president said all options were on the table against Chile.", True),
        ("Peru warned Chile that all options were on the table.", True),
        (
            "Peru said that it wants an end to Chile's missiles and that all options are on the table.",
            True,
        ),
        ("Peru said no option was off the table against Chile.", True),
        ("Peru said not all options were on the table against Chile.", False),
        ("Peru said two options were on the table in talks with Chile.", False),
    ],
)
def test_who_keeps_all_options_on_the_table_threatens(parsed, text, expected):
    assert (("PER", "CHL", "THREATEN", "past") in coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru's president says that an incursion by Chile is imminent.", True),
        ("Peru said on Monday that a Chilean attack was imminent.", True),
        ("Peru said on Monday that no Chilean attack was imminent.", False),
        ("Peru said that talks with Chile were imminent.", False),
    ],
)
def test_who_says_that_an_attack_is_imminent_accuses_the_attacker(parsed, text, expected):
    assert (("PER", "CHL", "ACCUSE", "past") in coded(parsed(text))) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["A Peruvian attack on Chile is imminent.", "Chile fears an imminent Peruvian attack."]
)
def test_an_imminent_attack_has_not_happened(parsed, text):
    assert not [row for row in coded(parsed(text)) if row[2:] == ("ASSAULT", "past")]
