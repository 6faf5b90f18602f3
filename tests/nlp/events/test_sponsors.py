"""Who is said to back an armed group, by rules; real parses, since the rules read them."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.coder import find_events
from analysis.nlp.parse.parser import parse

pytestmark = pytest.mark.model


def events_of(text):
    (doc,) = parse([text])
    return list(find_events(doc, find_actors(doc)))


def backers_of(text):
    """(source, target, backer of the source) of the hostile deeds."""
    return [
        (row.source_name, row.target_country_code, row.source_sponsor_code)
        for row in events_of(text)
        if row.quad == 4
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rwandan-backed M23 rebels attacked Congolese troops.", ("M23", "COD", "RWA")),
        ("The M23, backed by Rwanda, attacked Congolese troops.", ("M23", "COD", "RWA")),
        ("The Houthis, who are supported by Iran, attacked Israel.", ("Houthis", "ISR", "IRN")),
        ("The Houthis, which Iran supports, attacked Israel.", ("Houthis", "ISR", "IRN")),
        ("Iran arms the Houthis, who attacked Saudi Arabia.", ("Houthis", "SAU", "IRN")),
        ("The Iran-backed militant group Hezbollah attacked Israel.", ("Hezbollah", "ISR", "IRN")),
        ("Iran's proxy Hezbollah attacked Israel.", ("Hezbollah", "ISR", "IRN")),
        (
            "Kremlin-backed separatists shelled Ukrainian troops.",
            ("Kremlin-backed separatists", "UKR", "RUS"),
        ),
        (
            "Rebels supported by Rwanda attacked Congolese troops.",
            ("Rebels supported by Rwanda", "COD", "RWA"),
        ),
    ],
)
def test_an_armed_group_is_the_source_and_its_sponsor_is_recorded(text, expected):
    assert backers_of(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Rwanda denies backing M23, which attacked Congolese troops.",
        "The M23, which Kigali denies supporting, attacked Congolese troops.",
        "Congo accuses Rwanda of backing the M23 rebels, who attacked Congolese troops.",
        "Rwanda does not back the M23. The M23 attacked Congolese troops.",
        "M23 rebels attacked Congolese troops.",
    ],
)
def test_denied_alleged_or_unmentioned_support_gives_no_sponsor(text):
    assert ("M23", "COD", None) in backers_of(text)


def test_a_sponsor_named_once_holds_for_that_group_in_the_whole_text():
    text = "Iran-backed Hezbollah held talks. Hezbollah attacked Israel. Hamas attacked Israel."
    assert backers_of(text) == [("Hezbollah", "ISR", "IRN"), ("Hamas", "ISR", None)]


def test_backing_a_plan_does_not_sponsor_the_group_that_rejects_it():
    assert all(
        row.source_sponsor_code is None
        for row in events_of("The US-backed plan Hamas rejected angered Israel. Hamas attacked Israel.")
    )


def test_a_target_has_its_sponsor_recorded_too():
    (row,) = events_of("Israel struck Iran-backed militias.")
    assert (row.target_name, row.target_country_code, row.target_sponsor_code) == (
        "Iran-backed militias",
        None,
        "IRN",
    )
