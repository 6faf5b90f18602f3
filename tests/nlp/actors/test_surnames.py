"""A surname goes to the person whom the same text names in full."""

import pytest

from analysis.nlp.actors.mentions import find_actors


def people(doc):
    """(words, name, role, affiliation) of every person."""
    return [
        (doc[m.start : m.end].text, m.name, m.role, m.affiliation)
        for m in find_actors(doc)
        if m.kind == "person"
    ]


def test_a_surname_goes_to_a_full_name_that_comes_later(words_doc):
    doc = words_doc("Dahl", "leaves", "as", "Minister", "Kari", "Dahl", "said")
    assert [m.actor_id for m in find_actors(doc)] == ["person:kari-dahl"] * 2


def test_two_people_with_one_surname_stay_two(words_doc):
    doc = words_doc("President", "Ann", "Moe", "and", "Mayor", "Tom", "Moe")
    assert [m.actor_id for m in find_actors(doc)] == ["person:ann-moe", "person:tom-moe"]


@pytest.mark.model
def test_a_name_with_junior_and_without_is_one_person(parsed):
    text = "Senator Victoria Dahl Jr. came. Victoria Dahl said no. Dahl left."
    assert {mention.actor_id for mention in find_actors(parsed(text))} == {"person:victoria-dahl"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Helen Moe left. Her brother, Tom Moe, stayed. Mr Moe", "Tom Moe"),
        ("Tom Moe left. Senator Jane Moe stayed. Senator Moe", "Jane Moe"),
        ("Tom Moe Jr. left. Tom Moe Sr. stayed. Moe Sr.", "Tom Moe Sr."),
        ("Tom Moe Jr. left. Jane Moe stayed. Moe Jr.", "Tom Moe Jr."),
        ("President Ferdinand Marcos left. Senator Imee Marcos stayed. Senator Marcos", "Imee Marcos"),
        ("Tom Moe left and Jane Roe stayed. Tom", "Tom Moe"),
        ("In Yemen, Col. Turki al-Maliki left. Then al-Maliki", "Turki al-Maliki"),
        ("Minister Chung Dong-young left. Chung", "Chung Dong-young"),
    ],
)
def test_title_gender_and_generation_tell_people_of_one_surname_apart(text, name, parsed):
    assert people(parsed(f"{text} said no."))[-1][1] == name
