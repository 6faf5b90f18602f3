"""Who is said to back an armed group, in its description; real parses, since the rules read them."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.passages import acting_mentions
from analysis.nlp.events.references import group_sponsors

pytestmark = pytest.mark.model


def backers(doc):
    """Name of each group with a sponsor in its description, and the sponsor's country."""
    tree, actors = acting_mentions(doc, find_actors(doc))
    return {(group.name, sponsor.country_code) for group, sponsor in group_sponsors(tree, actors)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rwandan-backed M23 rebels attacked Congolese troops.", ("M23", "RWA")),
        ("The Iran-backed militant group Hezbollah attacked Israel.", ("Hezbollah", "IRN")),
        ("Iran's proxy Hezbollah attacked Israel.", ("Hezbollah", "IRN")),
    ],
)
def test_an_armed_group_has_the_sponsor_of_its_description(parsed, text, expected):
    assert expected in backers(parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda denies backing M23, which attacked Congolese troops.",
        "M23 rebels attacked Congolese troops.",
        "The US-backed plan Hamas rejected angered Israel.",
    ],
)
def test_denied_or_unmentioned_support_is_no_sponsor(parsed, text):
    assert backers(parsed(text)) == set()
