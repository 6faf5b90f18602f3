"""Who speaks in the name of a country, and so not against it."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.quotes.attribution import find_quotes, speaks_for

pytestmark = pytest.mark.model


def is_own_voice(doc, name):
    mentions = find_actors(doc)
    (quote,) = find_quotes(doc, mentions)
    named = next(mention for mention in mentions if mention.name == name and mention.start > 4)
    return speaks_for(quote, named)


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan President William Ruto said that Kenya would fight.",
        "The Kenyan foreign ministry in Nairobi said that Kenya would not surrender.",
    ],
)
def test_officials_speak_for_their_country(parsed, text):
    assert is_own_voice(parsed(text), "Kenya")


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan opposition leader Raila Odinga said that Kenya was a dictatorship.",
        "Kenyan President William Ruto acknowledged that Kenya had failed the refugees.",
    ],
)
def test_the_opposition_and_those_who_admit_something_do_not(parsed, text):
    assert not is_own_voice(parsed(text), "Kenya")
