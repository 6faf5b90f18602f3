"""Pronouns and descriptions stand for who is named before; real parses, since the rules read them."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from analysis.nlp.events.opponents import opponents
from analysis.nlp.parse.parser import parse

pytestmark = pytest.mark.model


def rows(text):
    """(source, target, root) of every event."""
    (doc,) = parse([text])
    return {
        (e.source_country_code or e.source_id, e.target_country_code or e.target_id, e.root)
        for e in find_events(doc, find_actors(doc))
    }


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Hezbollah issued a statement. The group condemned Israel.", ("LBN", "ISR", "ACCUSE")),
        ("Hezbollah issued a statement. The Lebanese group condemned Israel.", ("LBN", "ISR", "ACCUSE")),
        ("The EU met on Monday. The bloc condemned Peru.", ("bloc:european-union", "PER", "ACCUSE")),
        ("NATO met on Monday. The alliance condemned Peru.", ("bloc:nato", "PER", "ACCUSE")),
        (
            "Hezbollah spoke in solidarity with Hamas. The group threatened Peru. It also attacked Chile.",
            ("LBN", "CHL", "ASSAULT"),
        ),
        ("Peru praised Chad, with which Mali trades fire.", ("MLI", "TCD", "ASSAULT")),
        ("Taiwan had talks. The island condemned Peru.", ("TWN", "PER", "ACCUSE")),
        ("Chad and Mali share a river. The two countries signed a treaty.", ("TCD", "MLI", "SUPPORT")),
        ("Chad sends soldiers to the river, where it attacked Mali.", ("TCD", "MLI", "ASSAULT")),
    ],
)
def test_a_description_or_pronoun_acts_for_whom_it_means(text, row):
    assert row in rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hezbollah issued a statement. A group condemned Israel.",
        "Hezbollah issued a statement. The contact group condemned Israel.",
        "Hezbollah issued a statement. The Colombian group condemned Israel.",
        "The group condemned Israel. Hezbollah issued a statement.",
        "Hezbollah issued a statement. The group of lawyers condemned Israel.",
    ],
)
def test_a_description_of_others_is_not_the_group_named_before(text):
    assert rows(text) == set()


def test_words_in_quotation_marks_stay_unresolved():
    assert rows("Hezbollah issued a statement. “The group condemned Israel,” a priest wrote.") == set()


def test_an_attack_with_one_side_named_is_on_the_only_opponent():
    text = "Chad attacked Mali on Monday. It rained. Chad's offensive went on."
    (doc,) = parse([text])
    events = list(find_events(doc, find_actors(doc)))
    assert [(e.source_country_code, e.target_country_code) for e in events] == [("TCD", "MLI")] * 2
    assert events[1].probability < events[0].probability


def test_a_mediator_without_sides_mediates_in_the_only_war():
    text = "Chad attacked Mali. Peruvian and Chilean mediators tried to broker a ceasefire."
    assert {("PER", "TCD", "CONSULT"), ("CHL", "MLI", "CONSULT")} <= rows(text)


def test_a_mediator_in_a_text_with_two_wars_or_other_sides_stays_without():
    two = "Chad attacked Mali. Niger attacked Kenya. Peruvian mediators tried to broker a ceasefire."
    others = "Chad attacked Mali. Peruvian mediators tried to broker a deal for Kenya."
    assert not any(row[0] == "PER" and row[1] in ("TCD", "MLI") for row in rows(two) | rows(others))


GAZA = "Israel attacked Gaza. Hamas attacked Israel. "


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("The hostages are held by Hamas.", ("PSE", "ISR", "COERCE")),
        ("Israel struck militants in a Hamas command center.", ("ISR", "PSE", "ASSAULT")),
        ("A deadly attack on Israel followed.", ("PSE", "ISR", "ASSAULT")),
    ],
)
def test_captives_militants_and_attackers_without_a_name_are_of_the_side_that_fights(text, row):
    assert row in rows(GAZA.replace("attacked Israel", "threatened Israel") + "It rained. " + text)


def test_who_is_released_by_another_is_no_captive_of_a_war():
    assert ("PER", "ISR", "RETREAT") not in rows(GAZA + "Peru released the hostages.")


def test_rockets_fired_in_support_of_somebody_are_support():
    assert ("LBN", "PER", "SUPPORT") in rows("Hezbollah fired rockets in support of Peru.")


def test_a_country_after_an_initial_is_no_surname():
    (doc,) = parse(["The minister wrote on X. Chad also condemned Mali."])
    assert [mention.name for mention in find_actors(doc)] == ["Chad", "Mali"]


def test_a_war_that_broke_out_between_two_is_fought_by_both():
    text = "Sudan is at odds. Sudan waits. War broke out between the army and the Rapid Support Forces."
    assert {("SDN", "group:rsf", "ASSAULT"), ("group:rsf", "SDN", "ASSAULT")} <= rows(text)


def test_the_army_is_nobody_where_the_article_is_about_two_countries():
    text = "Chad met Mali. It rained. War broke out between the army and the Rapid Support Forces."
    assert not any("ASSAULT" in row for row in rows(text))


def test_two_who_spoke_in_a_call_spoke_with_each_other():
    text = "Chadian and Malian leaders spoke of peace in a phone call."
    assert {("TCD", "MLI", "CONSULT"), ("MLI", "TCD", "CONSULT")} <= rows(text)
    assert rows("The Chadian leader spoke of peace in a phone call.") == set()


def test_he_is_nobody_but_a_person_of_the_clauses_above():
    text = (
        "Kenyan Foreign Minister Jo Doe said the coalition was ready and that he had met Chadian officials."
    )
    assert ("KEN", "TCD", "CONSULT") in rows(text)


def test_who_fights_two_as_often_has_no_opponent():
    assert rows("Chad attacked Mali. Chad attacked Niger. Chad's offensive went on.") == {
        ("TCD", "MLI", "ASSAULT"),
        ("TCD", "NER", "ASSAULT"),
    }


def test_an_attack_that_did_not_happen_makes_no_opponents():
    assert rows("Chad did not attack Mali. Chad's offensive went on.") == {("TCD", "MLI", "ASSAULT")}
    assert opponents([]) == {}
