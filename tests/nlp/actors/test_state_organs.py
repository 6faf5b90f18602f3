"""Whose ministry, minister or spokesperson it is, where the article names no country beside it."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.actors.state_organs import organ_of
from analysis.nlp.quotes.attribution import find_quotes


def codes(text, parsed):
    """(speaker's words, country) of each statement."""
    doc = parsed(text)
    return [
        (text[slice(*q.speaker_span)], q.country_code)
        for q in find_quotes(doc, find_actors(doc))
        if q.speaker_span
    ]


@pytest.mark.parametrize(
    ("description", "organ"),
    [
        ("foreign ministry", "ministry"),
        ("government spokesman", "government"),
        ("spokeswoman of the ministry", "ministry"),
        ("former prime minister", "prime minister"),
        ("military analyst", None),
        ("Western government", None),
        ("foreign governments", None),
        ("spokesman for a bank", None),
    ],
)
def test_a_description_may_speak_for_an_organ_of_a_state(description, organ):
    assert organ_of(description) == organ


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "QUITO, June 2 (Wire) - Ecuador closed a road.\n\nThe foreign ministry said it was for a day.",
            ("The foreign ministry", "ECU"),
        ),
        (
            "DUBAI, May 3 (Wire) - Iran dug. Iran denied all.\n\nThe foreign ministry said it was late.",
            ("The foreign ministry", "IRN"),
        ),
        (
            "SEOUL - South Korea waits. South Korea is calm. The North's state media said it was late.",
            ("The North's state media", "PRK"),
        ),
        (
            "Peru's navy sailed. It was late, said Colonel Tom Moe, a navy spokesman in Tacna.",
            ("Colonel Tom Moe", "PER"),
        ),
        (
            "In the Peruvian parliament, nationalist leader Jo Moe accused Chile of lies.",
            ("nationalist leader Jo Moe", "PER"),
        ),
        (
            "COLOMBO - Foreign Minister Jo Moe accused the port of lies.",
            ("Foreign Minister Jo Moe", "LKA"),
        ),
        (
            "QUITO - Ecuador closed the border to Peru. In Lima, the foreign ministry said it was sad.",
            ("the foreign ministry", "PER"),
        ),
        (
            "QUITO - Ecuador shut the border to Peru. Peru protested. Its foreign ministry said it was late.",
            ("Its foreign ministry", "PER"),
        ),
        (
            "QUITO - Peru's defence ministry said Ecuador was late. A ministry spokesman said it was a pity.",
            ("A ministry spokesman", "PER"),
        ),
        (
            "QUITO - Ecuador closed the border.\n\nThe defence minister, Jane Moe, said it was for a day.",
            ("The defence minister", "ECU"),
        ),
        (
            "PARIS - The French foreign minister spoke to Berlin. France waits, a government spokesman said.",
            ("a government spokesman", "FRA"),
        ),
        (
            "SEOUL - South Korea waits. South Korea sat.\n\nIn Tokyo, all ran. The government said it was.",
            ("The government", "JPN"),
        ),
        (
            "LIMA - Peru waits. Peru is calm.\n\nPresident Jo Moe said it was late.",
            ("President Jo Moe", "PER"),
        ),
        (
            "LIMA - Peru waits. Peru's finance minister slept.\n\nChad's newly recognised government met. "
            "Information Minister Jo Moe said it was late.",
            ("Information Minister Jo Moe", "TCD"),
        ),
        (
            "The Chadian ambassador in Lima met Peru's king. The ambassador said it was late.",
            ("The ambassador", "TCD"),
        ),
        (
            "Pakistan fired a missile. Pakistan was calm. The Foreign Office hit back. It said it was late.",
            ("It", "PAK"),
        ),
    ],
)
def test_an_organ_is_of_the_country_that_the_article_shows(text, statement, parsed):
    assert statement in codes(text, parsed)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Uganda argued over fish. The foreign ministry said the lake was shared.",
        "KYIV - Russia's defence ministry said it took a village. Ukraine denied it.\n\n"
        "The defence ministry said the claim was false.",
        "The BBC said residents helped Kenya and Uganda. The prime minister said it was not enough.",
        "QUITO - Ecuador closed the border. A military analyst said it was for a day.",
        "LIMA - Peru waits. Peru is calm. A Western diplomat in Lima said it was late.",
        "LIMA - Peru waits. Peru is calm. The club president said it was late.",
        "LIMA - Peru waits. Peru is calm. The League President Jo Moe said it was late.",
        "LIMA - Peru waits. Peru is calm. The Bavarian interior ministry said it was late.",
    ],
)
def test_where_two_countries_are_possible_neither_is_chosen(text, parsed):
    assert codes(text, parsed)[-1][1] is None


@pytest.mark.model
def test_a_president_whose_name_comes_later_is_the_same_person(parsed):
    text = "Chad's president warned the rebels that he would act.\n\n"
    text += '"It is late," President Jo Moe of Chad said. The Chadian president said he had waited.'
    doc = parsed(text)
    assert {q.speaker_name for q in find_quotes(doc, find_actors(doc))} == {"Jo Moe"}
