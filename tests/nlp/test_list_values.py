"""A mistyped tag in a list on actors, stance or topics is an error with its line."""

import shutil

import pytest

from analysis import lexicons
from analysis.nlp.actors import gazetteer, state_organs
from analysis.nlp.events import references
from analysis.nlp.parse import verb_status
from analysis.nlp.topics import taxonomy

TAGS = [
    ("actors/aliases", "kind", gazetteer.listed_entries),
    ("actors/aliases", "country_code", gazetteer.listed_entries),
    ("actors/leaders", "country_code", gazetteer.leader_entries),
    ("actors/places", "country_code", gazetteer.places.__wrapped__),
    ("actors/titles", "kind", gazetteer.titles.__wrapped__),
    ("actors/offices", "country_code", gazetteer.offices.__wrapped__),
    ("actors/offices", "also", gazetteer.offices.__wrapped__),
    ("actors/given_names", "region", gazetteer.given_name_rows.__wrapped__),
    ("actors/given_names", "gender", gazetteer.given_name_rows.__wrapped__),
    ("actors/gendered_words", "gender", lambda: gazetteer.gendered_words.__wrapped__("title")),
    ("actors/name_endings", "kind", gazetteer.name_endings.__wrapped__),
    ("actors/context_words", "shows", lambda: gazetteer.context_words.__wrapped__("Georgia")),
    ("actors/state_organs", "kind", state_organs.organ_terms.__wrapped__),
    ("actors/descriptions", "kind", references.descriptions.__wrapped__),
    ("actors/descriptions", "means", references.descriptions.__wrapped__),
    ("parse/implicatives", "negated", verb_status.implicatives.__wrapped__),
    ("topics/theme_terms", "topic", lambda: taxonomy.load_terms.__wrapped__("theme")),
    ("topics/theatre_terms", "pos", lambda: taxonomy.load_terms.__wrapped__("theatre")),
    ("topics/taxonomy", "dimension", lambda: taxonomy.topic_definitions("theme")),
]


@pytest.fixture
def lists(monkeypatch, tmp_path):
    """A copy of the lists that a test may spoil."""
    shutil.copytree(lexicons.DATA, tmp_path / "data")
    monkeypatch.setattr(lexicons, "DATA", tmp_path / "data")
    lexicons.cached_lexicon.cache_clear()
    yield tmp_path / "data"
    lexicons.cached_lexicon.cache_clear()


@pytest.mark.parametrize(("name", "column", "load"), TAGS)
def test_a_mistyped_tag_is_an_error_with_its_line(lists, name, column, load):
    rows = lexicons.read_lexicon(name)
    rows.loc[1, column] = "oragn"
    rows.to_csv(lists / f"{name}.csv", index=False)
    with pytest.raises(ValueError, match=rf"{name}\.csv:3: {column} is 'oragn', expected"):
        load()
