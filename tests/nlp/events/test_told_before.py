"""Sides that only the sentences before name: denials of claims, and acts said to be like the last one."""

import pytest

from tests.nlp.events.coding import coded

pytestmark = pytest.mark.model

CLAIM = "Russia's defence ministry said its forces had taken two villages. "


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (CLAIM + "Kyiv denied it.", ("UKR", "RUS", "REJECT", "past")),
        (CLAIM + "It rained. The Ukrainian army denied the claim.", ("UKR", "RUS", "REJECT", "past")),
        (CLAIM + "Ukraine called the claim false.", ("UKR", "RUS", "ACCUSE", "past")),
    ],
)
def test_who_denies_a_claim_answers_who_made_it(parsed, text, row):
    assert row in coded(parsed(text))


@pytest.mark.parametrize(
    "text",
    [
        CLAIM + "Russia denied it.",
        CLAIM + "It rained. It snowed. Kyiv denied it.",
        "The weather will be fine. Kyiv denied it.",
    ],
)
def test_a_denial_of_an_own_or_a_distant_claim_has_no_other_side(parsed, text):
    assert not any(row[2] == "REJECT" for row in coded(parsed(text)))


@pytest.mark.parametrize("echo", ["Peru did the same.", "Peru followed suit.", "Peru took the same step."])
def test_who_does_the_same_does_it_to_the_same_side(parsed, echo):
    rows = coded(parsed(f"Chile recalled its ambassador from Caracas. {echo}"))
    assert ("PER", "VEN", "SANCTION", "past") in rows


def test_several_may_do_the_same(parsed):
    rows = coded(parsed("Chile recalled its ambassador from Caracas. Peru and Bolivia did the same."))
    assert {("PER", "VEN"), ("BOL", "VEN")} <= {row[:2] for row in rows}


@pytest.mark.parametrize(
    "echo", ["Russia responded in kind.", "Moscow retaliated in kind.", "Russia reciprocated."]
)
def test_who_responds_in_kind_does_it_back(parsed, echo):
    assert ("RUS", "GBR", "SANCTION", "past") in coded(
        parsed(f"Britain expelled 23 Russian diplomats. {echo}")
    )


@pytest.mark.parametrize(
    "echo", ["Chile responded in kind.", "Russia will respond in kind.", "Russia did its homework."]
)
def test_nothing_is_done_back_by_others_or_not_yet(parsed, echo):
    rows = coded(parsed(f"Britain expelled 23 Russian diplomats. {echo}"))
    assert [row[:2] for row in rows] == [("GBR", "RUS")]


def test_a_charge_is_denied_in_the_same_sentence(parsed):
    rows = coded(parsed("Peru said Chile had lied, a charge that the Chilean government denied."))
    assert ("CHL", "PER", "REJECT", "past") in rows
