"""Where a name begins and ends, and what it is the name of."""

import pytest

from analysis.nlp.actors.mentions import find_actors


def names(doc):
    """(words, actor_id) of every mention."""
    return [(doc[m.start : m.end].text, m.actor_id) for m in find_actors(doc)]


def test_jordan_is_a_person_where_the_text_names_one(words_doc):
    doc = words_doc("Jim", "Jordan", "left", "and", "Jordan", "came", "back")
    assert [m.actor_id for m in find_actors(doc)] == ["person:jim-jordan"] * 2
    assert names(words_doc("envoys", "to", "Jordan")) == [("Jordan", "JOR")]


def test_a_middle_initial_makes_no_other_person(words_doc):
    (mention,) = find_actors(words_doc("Antony", "J.", "Blinken"))
    assert mention.actor_id == "person:antony-blinken"


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Victoria Dahl Jr.", "person:victoria-dahl"),
        ("Victoria Dahl III", "person:victoria-dahl"),
        ("Victoria Dahl Sr.", "person:victoria-dahl-sr"),
        ("Ferdinand Marcos", "person:ferdinand-marcos-jr"),
        ("Ferdinand Marcos Sr.", "person:ferdinand-marcos-sr"),
        ("Donald Trump Jr.", "person:donald-trump-jr"),
    ],
)
def test_junior_is_the_same_person_except_beside_a_father_or_a_leader(words_doc, name, actor_id):
    (mention,) = find_actors(words_doc(*name.split()))
    assert mention.actor_id == actor_id


def test_a_portfolio_is_part_of_neither_title_nor_name(words_doc):
    doc = words_doc("Minister", "for", "Rural", "Affairs", "Victoria", "Dahl", "left")
    (mention,) = find_actors(doc)
    assert (mention.name, mention.role) == ("Victoria Dahl", "minister")


@pytest.mark.model
def test_a_person_may_hold_two_offices(parsed):
    (mention,) = find_actors(parsed("Jordanian Deputy Prime Minister and Foreign Minister Ayman Doe spoke."))
    assert (mention.name, mention.country_code) == ("Ayman Doe", "JOR")
