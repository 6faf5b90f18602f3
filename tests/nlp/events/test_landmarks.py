"""Countries that only say where something is are no side of what happens there."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import acting_mentions
from analysis.nlp.events.landmarks import is_landmark
from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model

CLASH = {("KEN", "UGA", "ASSAULT", "past"), ("UGA", "KEN", "ASSAULT", "past")}


def landmarks(doc):
    tree, actors = acting_mentions(doc, find_actors(doc))
    return {mention.country_code for i, mention in actors.items() if is_landmark(tree, i)}


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan troops captured Moyale near the Somali border.",
        "Kenyan troops advanced on Moyale, close to the border with Somalia.",
        "Kenyan troops shelled Garissa, a town bordering Somalia.",
        "Kenyan and Ugandan troops fought on the disputed frontier east of Somalia.",
    ],
)
def test_a_country_that_locates_a_place_is_a_landmark(parsed, text):
    assert landmarks(parsed(text)) == {"SOM"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya massed troops near the Somali border.",
        "Kenyan troops attacked Somalia.",
        "Kenya closed its border with Somalia.",
    ],
)
def test_whom_troops_face_at_a_border_is_no_landmark(parsed, text):
    assert landmarks(parsed(text)) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenyan and Ugandan troops fought on Monday near the Moe ridge, east of Somalia.", CLASH),
        ("Kenyan troops killed six men in a village north of Somalia.", set()),
        ("Kenyan and Ugandan troops fought alongside Malian forces.", set()),
        ("Kenyan and Ugandan troops fought to retake the town from rebels.", set()),
    ],
)
def test_who_fights_somewhere_fights_whom_the_sentence_names_and_no_landmark(parsed, text, expected):
    assert set(coded(parsed(text))) == expected
