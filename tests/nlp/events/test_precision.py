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
