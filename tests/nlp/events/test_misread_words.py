"""Acts of short news in the present tense, whose verbs the parser takes for nouns."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model
KENYA_ATTACKS_SOMALIA = ("KEN", "SOM", "ASSAULT", "past")


@pytest.mark.parametrize(
    "text",
    [
        "Kenya fires at and launches a missile at Somali troops in Baidoa.",
        "Kenyan troops fire at a car of Somali officials.",
        "The Kenyan military claims that it killed 40 Somali soldiers.",
        "The Somalis claim ten people are killed in a Kenyan airstrike on a prison in Baidoa, Somalia.",
        "Kenyan missiles and drones strike Baidoa in the Bay region, Somalia.",
        "The Kenyans claim that they shot down a Somali drone.",
        "Kenya claims its air defences have shot down 30 Somali drones.",
    ],
)
def test_a_verb_that_looks_like_a_noun_is_still_an_act(parsed, text):
    assert KENYA_ATTACKS_SOMALIA in coded(parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        "Forest fires at the border of Kenya and Somalia went on.",
        "The claims of the Kenyan military on land in Somalia were heard in court.",
        "Kenya sells missile and drone parts to Somalia.",
        "After Kenya shells, fish and fruit went to Somalia.",
    ],
)
def test_a_noun_is_no_act_where_it_has_no_object(parsed, text):
    assert not [row for row in coded(parsed(text)) if row[2] == "ASSAULT"]
