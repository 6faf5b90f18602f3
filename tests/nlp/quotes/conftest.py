"""Attributions of short texts, read with the real model."""

import pytest

from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.quotes.attribution import find_quotes


@pytest.fixture(scope="session")
def quotes_of(parsed):
    """The attributions of a text."""

    def run(text):
        doc = parsed(text)
        return list(find_quotes(doc, find_actors(doc)))

    return run
