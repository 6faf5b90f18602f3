"""What a verb above implies for an act: managed to, failed to, forced to, asked not to."""

import pytest

from analysis.nlp.parse.verb_status import implicatives, is_two_way
from tests.nlp.events.coding import coded

ATTACKED = ("KEN", "SOM", "ASSAULT", "past")
NOT_ATTACKED = ("KEN", "SOM", "ASSAULT", "negated")
OPEN = ("KEN", "SOM", "ASSAULT", "hypothetical")


def test_who_fails_has_not_refused():
    assert is_two_way("fail")
    assert not is_two_way("refuse")
    assert implicatives()["hesitate"].negated == "done"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya managed to attack Somalia.", ATTACKED),
        ("Kenya went on to attack Somalia.", ATTACKED),
        ("Kenya did not hesitate to attack Somalia.", ATTACKED),
        ("Kenya did not fail to attack Somalia.", ATTACKED),
        ("Kenya is believed to have attacked Somalia.", ATTACKED),
        ("Kenya failed to attack Somalia.", NOT_ATTACKED),
        ("Kenya refused to attack Somalia.", NOT_ATTACKED),
        ("Kenya denied attacking Somalia.", NOT_ATTACKED),
        ("Kenya is considering attacking Somalia.", OPEN),
        ("Kenya will attack Somalia if it is provoked.", OPEN),
        ("Kenya has plans to attack Somalia.", ("KEN", "SOM", "ASSAULT", "future")),
        ("Kenya has no plans to attack Somalia.", NOT_ATTACKED),
        ("Kenya perhaps attacked Somalia.", OPEN),
        ("Kenya may retaliate, perhaps by attacking Somalia.", OPEN),
        ("Kenya retaliated by attacking Somalia.", ATTACKED),
        ("Kenya refused to help Somalia.", ("KEN", "SOM", "REJECT", "past")),
        ("Kenya failed to help Somalia.", ("KEN", "SOM", "AID", "negated")),
        ("Kenya has yet to send food to Somalia.", ("KEN", "SOM", "AID", "negated")),
        ("Kenya rejected a proposal by Somalia.", ("KEN", "SOM", "REJECT", "past")),
    ],
)
def test_the_verb_above_decides_whether_an_act_was_done(parsed, text, expected):
    assert coded(parsed(text)) == [expected]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad forced Kenya to attack Somalia.", ATTACKED),
        ("Chad prevented Kenya from attacking Somalia.", NOT_ATTACKED),
        ("Chad urged Kenya to respond by attacking Somalia.", OPEN),
        ("Chad called on Kenya to attack Somalia.", OPEN),
        ("Chad urged Kenya to disarm and to attack Somalia.", OPEN),
        ("Chad asked Kenya not to attack Somalia.", OPEN),
    ],
)
def test_whoever_is_asked_or_forced_is_who_may_act(parsed, text, expected):
    assert [row for row in coded(parsed(text)) if row[2] == "ASSAULT"] == [expected]
