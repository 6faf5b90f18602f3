"""Blocs and armed groups act through their officers, and stand for themselves beside their own state."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.actors.page import Mention
from analysis.nlp.events.coder import find_events, read_text
from analysis.nlp.events.references import principal
from analysis.nlp.parse.parser import parse

pytestmark = pytest.mark.model


def sides(text):
    """(name, code) of the source and the target of every event."""
    (doc,) = parse([text])
    return {
        (e.source_name, e.source_country_code, e.target_name, e.target_country_code)
        for e in find_events(read_text(doc, find_actors(doc), []))
    }


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("NATO Secretary General Jens Stoltenberg condemned Peru.", "NATO"),
        ("EU foreign policy chief Josep Borrell condemned Peru.", "European Union"),
        ("UN Secretary-General Antonio Guterres condemned Peru.", "United Nations"),
    ],
)
def test_a_body_without_a_country_acts_through_its_officer(text, body):
    assert (body, None, "Peru", "PER") in sides(text)


def test_the_leader_of_an_armed_group_acts_for_the_group():
    assert ("Hamas", "PSE", "Egypt", "EGY") in sides("Hamas leader Yahya Sinwar threatened Egypt.")


def officer(role, affiliation, code):
    return Mention(0, 2, "person:jo-doe", "Jo Doe", code, "person", role, affiliation, False)


def test_an_ambassador_to_a_body_acts_for_the_country():
    ambassador = officer("ambassador", "Canada", "CAN")
    assert principal(ambassador) == ambassador


def test_a_former_officer_of_a_body_does_not_act_for_it():
    assert principal(officer("former secretary general", "NATO", None)).kind == "person"
    assert principal(officer("secretary general", "NATO", None)).name == "NATO"


def test_a_scholar_of_an_institute_whose_name_begins_with_a_body_does_not_act_for_the_body():
    assert principal(officer("fellow", "European Council on Foreign Relations", None)).kind == "person"


def test_a_group_that_fights_its_own_state_has_no_country_there():
    found = sides("The Rapid Support Forces attacked the Sudanese army.")
    assert found == {("Rapid Support Forces", None, "Sudan", "SDN")}


def test_a_group_keeps_its_country_towards_others():
    assert sides("Hezbollah attacked Israel.") == {("Hezbollah", "LBN", "Israel", "ISR")}
