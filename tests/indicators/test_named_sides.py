"""Whether a sentence is about the two sides of an incident, or about what somebody else does."""

from string import ascii_uppercase
from types import SimpleNamespace

import pytest

from analysis.indicators.named_sides import (
    all_names,
    bystanders,
    countries_named,
    is_about_sides,
    is_named,
    listed,
    names_both_sides,
    without_bystanders,
)

KINDS = {"source_kind": "country", "target_kind": "country"}
BOMBING = SimpleNamespace(
    source_code="IRN", source_name="Iran", target_code="USA", target_name="the US", **KINDS
)


@pytest.mark.parametrize(
    ("sentence", "is_about"),
    [
        ("Iran threatened a US base in Qatar on Monday, officials said.", True),
        ("Washington condemned an Iranian threat to a base in Qatar on Monday.", True),
        ("On Monday the Iranian parliament threatened US forces in Qatar.", True),
        ("Qatar closes its airspace after an Iranian threat to a US base.", False),
        ("The European Union ends visas after Iran threatens the United States.", False),
        ("After talks in Istanbul, Turkey, Iran threatened a US base.", True),
        ("After talks in Istanbul, Turkey says that Iran threatened a US base.", False),
    ],
)
def test_one_of_the_sides_is_named_before_anybody_else(sentence, is_about):
    assert names_both_sides(sentence, BOMBING)
    assert is_about_sides(sentence, BOMBING) == is_about


@pytest.mark.parametrize(
    ("sentence", "is_about"),
    [
        ("Qatar said that Iran threatened a US base on Monday.", True),
        ("Qatar said on Monday in Qatar's capital that Iran threatened a US base.", True),
        ("Qatar said that Oman closed its airspace when Iran threatened a US base.", False),
    ],
)
def test_who_reports_the_act_may_be_named_first_and_nobody_else(sentence, is_about):
    assert is_about_sides(sentence, BOMBING, reporters={"QAT"}) == is_about
    assert not is_about_sides(sentence, BOMBING, reporters={"KWT"})
    assert not is_about_sides(sentence, BOMBING)


def test_an_actor_with_a_name_of_its_own_counts_as_its_side():
    raid = SimpleNamespace(
        source_code="USA", source_name="the USS Carney", target_code="YEM", target_name="Yemen", **KINDS
    )
    sentence = "The USS Carney shelled a harbour of Yemen, not far from Djibouti."
    assert is_about_sides(sentence, raid)
    words = "{} says that Iraqi troops took a town."
    for name, kind, is_there in (("Islamic State", "armed group", False), ("Marco State", "person", True)):
        group = SimpleNamespace(source_code="", source_name=name, source_kind=kind)
        assert is_named(words.format("The Secretary of State"), group, "source") == is_there


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Russia will discuss the Ukrainian conflict with Turkey.", {"RUS", "TUR"}),
        ("France condemned Russia over the war in Ukraine.", {"FRA", "RUS"}),
        ("The Russia-Ukraine war goes on.", {"RUS", "UKR"}),
        ("A truce between India and Pakistan, mediated by Qatar and Turkey, took effect.", {"IND", "PAK"}),
        ("The US reached a truce with Yemen, with Oman as mediator.", {"USA", "YEM"}),
        ("A truce of India and Pakistan mediated by Egypt, Qatar, and the U.S. holds.", {"IND", "PAK"}),
        ("Russia fired Iranian-made drones at Ukraine.", {"RUS", "UKR"}),
        ("Russia fired 90 Iranian Shahed drones at Ukraine.", {"RUS", "UKR"}),
        ("A Russian Shahed drone struck Pryluky, Ukraine.", {"RUS", "UKR"}),
        ("Ukraine breaks with Nicaragua over Russian-occupied land.", {"NIC", "UKR"}),
        ("Iranian missiles hit Israel.", {"IRN", "ISR"}),
        ("An Israeli drone hit Tripoli, Lebanon.", {"ISR", "LBN"}),
        ("An Israeli drone hit Tripoli.", {"ISR", "LBY"}),
    ],
)
def test_a_war_a_mediator_and_the_maker_of_a_weapon_are_no_sides(sentence, named):
    assert countries_named(without_bystanders(sentence)) == named


def test_the_longest_name_at_a_place_counts():
    threat = SimpleNamespace(
        source_code="USA", source_name="US", target_code="YEM", target_name="Yemen", **KINDS
    )
    assert names_both_sides("The US embassy warns of attacks near Aden.", threat)
    assert not names_both_sides("The US embassy warns of attacks near Aden Adde airport.", threat)


def test_the_names_of_one_sentence_leave_out_what_all_listed_names_would():
    """The pattern of a sentence is made of its own names, for speed."""
    places = listed("places", "place") | listed("countries", "capitals")
    everything = all_names() | listed("countries", "country") | places
    for sentence in (
        "Talks on the Russia–Ukraine war were hosted by Qatar, Egypt and the United States in Doha, Qatar.",
        "With Oman as mediator, Iranian-made Shahed drones and Iranian Shahed drones were discussed.",
        "The crisis in the Sudan worsened in Tripoli, Lebanon, and in Tripoli, the Libyan capital.",
        "Nobody is named here, and no war either.",
    ):
        assert without_bystanders(sentence) == bystanders(everything).sub(" ", sentence)


def test_each_country_begins_with_a_capital_letter_as_the_quick_look_expects():
    assert {name[0] for name in listed("countries", "country")} <= set(ascii_uppercase)


@pytest.mark.parametrize(
    "sentence", ["In May, India halted trade.", "He told India so.", "Sen. Ruiz met India."]
)
def test_a_month_a_pronoun_and_a_title_are_no_leaders(sentence):
    assert countries_named(sentence) == {"IND"}
