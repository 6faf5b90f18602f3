"""People of the Cuban missile crisis, by full names and titles; a namesake of today is not one of them."""

import pytest

from analysis.nlp.actors.mentions import find_actors

pytestmark = pytest.mark.model


def people(doc):
    """Name, country and post of everybody named."""
    return [(m.name, m.country_code, m.role) for m in find_actors(doc) if m.kind == "person"]


def test_president_kennedy_is_known_by_his_title_and_then_by_his_surname(parsed):
    text = "President Kennedy met Premier Nikita S. Khrushchev. Mr. Kennedy said Khrushchev was calm."
    kennedy = ("John F. Kennedy", "USA", "president")
    assert people(parsed(text)) == [
        kennedy,
        ("Nikita Khrushchev", "RUS", "premier"),
        kennedy,
        ("Nikita Khrushchev", "RUS", "premier"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "country", "post"),
    [
        ("Foreign Minister Andrei A. Gromyko spoke.", "Andrei Gromyko", "RUS", "foreign minister"),
        ("Ambassador Anatoly F. Dobrynin spoke.", "Anatoly Dobrynin", "RUS", "ambassador"),
        ("Adlai E. Stevenson spoke.", "Adlai Stevenson", "USA", "ambassador to the United Nations"),
        ("Valerian A. Zorin spoke.", "Valerian Zorin", "RUS", "ambassador to the United Nations"),
        ("Secretary of State Dean Rusk spoke.", "Dean Rusk", "USA", "secretary of state"),
        ("Premier Fidel Castro spoke.", "Fidel Castro", "CUB", "premier"),
        ("U Thant spoke.", "U Thant", None, "UN secretary-general"),
    ],
)
def test_those_who_negotiated_are_known_with_their_country(parsed, text, name, country, post):
    assert people(parsed(text)) == [(name, country, post)]


@pytest.mark.parametrize(
    "text",
    [
        "Health Secretary Robert F. Kennedy Jr. criticised Denmark. Kennedy said more on Monday.",
        "Senator John Kennedy of Louisiana criticised Russia. Kennedy said more on Monday.",
        "Kennedy said on Monday that the United States would leave the body.",
        "The carrier USS John F. Kennedy left Norfolk.",
        "Flights at John F. Kennedy International Airport were delayed.",
        "Joaquin Castro criticised Cuba. Castro said more on Monday.",
    ],
)
def test_a_namesake_of_today_is_none_of_them(parsed, text):
    assert {name for name, _, _ in people(parsed(text))}.isdisjoint({"John F. Kennedy", "Fidel Castro"})


def test_soviet_in_the_news_of_today_still_names_the_successor_state_and_no_person(parsed):
    mentions = find_actors(parsed("Ukraine destroyed two Soviet-era tanks."))
    assert [(m.actor_id, m.kind) for m in mentions] == [("UKR", "country"), ("RUS", "country")]
