"""What `find_actors` promises of every text; what it finds in sentences is in `tests/nlp/sentences.csv`."""

from itertools import pairwise

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.actors.state_organs import organ_of

SEED = "seeds/000_5a213ee456dd8f63.txt"


def test_an_empty_text_names_nobody(nlp):
    assert find_actors(nlp("")) == []


@pytest.mark.model
def test_the_seed_article_names_its_people(parsed):
    with open(SEED, encoding="utf-8") as file:
        mentions = find_actors(parsed(file.read()))
    people = {m.name: (m.country_code, m.role) for m in mentions if m.kind == "person"}
    assert people["Antony Blinken"] == ("USA", "secretary of state")
    assert people["Janet Yellen"] == ("USA", "treasury secretary")
    assert people["Xi Jinping"] == ("CHN", "president")
    assert people["Lai Ching-te"][0] == "TWN"
    assert people["Yun Sun"][1] == "senior fellow"
    assert not any(m.is_dateline for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("description", "organ"),
    [
        ("spokeswoman of the ministry", "ministry"),
        ("former prime minister", "prime minister"),
        ("military analyst", None),
        ("spokesman for a bank", None),
    ],
)
def test_a_description_may_speak_for_an_organ_of_a_state(description, organ):
    assert organ_of(description) == organ
