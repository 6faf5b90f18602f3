"""A mistyped tag in a list on actors, stance or topics is an error with its line."""

import shutil

import pytest

from analysis import lexicons
from analysis.nlp.actors import gazetteer, name_words, state_organs, titles
from analysis.nlp.events import references
from analysis.nlp.parse import implicatives
from analysis.nlp.stance import rules
from analysis.nlp.topics import taxonomy

TAGS = [
    ("actors/aliases", "kind", gazetteer.listed_entries),
    ("actors/aliases", "country_code", gazetteer.listed_entries),
    ("actors/leaders", "country_code", gazetteer.leader_entries),
    ("actors/places", "country_code", gazetteer.places.__wrapped__),
    ("actors/titles", "kind", titles.titles.__wrapped__),
    ("actors/offices", "country_code", titles.office_country.__wrapped__),
    ("actors/offices", "also", titles.shared_offices.__wrapped__),
    ("actors/given_names", "region", name_words.given_name_rows.__wrapped__),
    ("actors/given_names", "gender", name_words.given_name_rows.__wrapped__),
    ("actors/gendered_words", "gender", lambda: name_words.gendered_words.__wrapped__("title")),
    ("actors/name_endings", "kind", name_words.name_endings.__wrapped__),
    ("actors/context_words", "shows", lambda: name_words.context_words.__wrapped__("Georgia")),
    ("actors/state_organs", "kind", state_organs.organ_terms.__wrapped__),
    ("actors/descriptions", "kind", references.descriptions.__wrapped__),
    ("actors/descriptions", "means", references.descriptions.__wrapped__),
    ("stance/roles", "role", rules.role_weights.__wrapped__),
    ("stance/roles", "weight", rules.role_weights.__wrapped__),
    ("stance/terms", "agent", rules.stance_terms.__wrapped__),
    ("stance/positions", "position", rules.position_weights.__wrapped__),
    ("parse/implicatives", "negated", implicatives.implicatives.__wrapped__),
    ("stance/operators", "kind", lambda: rules.operators.__wrapped__("negation")),
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
