"""A word list that is edited: which terms, shares and passages change, and a term tried without saving."""

import pandas as pd
import pytest

from analysis import lexicons
from analysis.ingest.corpus import article_rows, article_table
from analysis.ingest.corrections_file import COLUMNS, correction_table
from analysis.ingest.draft import Draft
from analysis.pipeline.analyse import analyse
from analysis.workbench import word_lists
from analysis.workbench.word_lists import diff_since_edit, diff_with_term, lexicon_diff_view
from tests.tables import corpus, events, quotes, topics


def terms(*rows):
    return {"topics/theme_terms": pd.DataFrame(rows, columns=["term", "topic", "weight", "source", "note"])}


BEFORE = terms(("war", "war", "3", "us", ""), ("pact", "diplomacy", "2", "us", ""))
AFTER = terms(("war", "war", "3", "us", "a note"), ("pact", "alliances", "2", "us", ""))


def test_there_is_nothing_to_compare_until_a_list_is_edited(tmp_path):
    tables = corpus(topics=topics({}))
    for _ in range(2):
        assert diff_since_edit(tables, tmp_path, lists=BEFORE) is None
    assert "there is nothing to compare" in lexicon_diff_view(None, tables).text


def test_an_edited_list_shows_its_terms_shares_and_passages_until_the_next_edit(tmp_path):
    diff_since_edit(corpus(topics=topics({})), tmp_path, lists=BEFORE)
    tables = corpus(topics=topics({"topic": "alliances"}))
    for _ in range(2):
        diff = diff_since_edit(tables, tmp_path, lists=AFTER)
        assert diff.terms == [
            ("topics/theme_terms", "removed", "pact, diplomacy, 2"),
            ("topics/theme_terms", "added", "pact, alliances, 2"),
        ]
        assert diff.shares.values.tolist() == [["theme: alliances", 0, 1], ["theme: diplomacy", 1, 0]]
    words = lexicon_diff_view(diff, tables).text
    assert "theme: diplomacy 1 (50%) 0 (0%)" in words  # one of two sentences
    assert "Envoys meet" in words
    assert "before: theme: diplomacy; after: theme: alliances" in words


def test_events_and_statements_are_compared_too_but_not_what_an_analyst_corrected(tmp_path):
    diff_since_edit(corpus(events=events({}), quotes=quotes({"speaker_name": "Xi"})), tmp_path, lists=BEFORE)
    row = {**dict.fromkeys(COLUMNS, ""), "table": "events", "id": "e", "field": "root", "line": 2}
    left_out = correction_table([{**row, "problem": ""}])
    for corrections, found in ((correction_table([]), 3), (left_out, 1)):
        read = corpus(events=events({"root": "ACCUSE"}), corrections=corrections)
        changes = diff_since_edit(read, tmp_path, lists=AFTER).changes
        assert len(changes) == found
        assert "Xi says, indirect" in set(changes["reading"])


def test_a_list_that_was_edited_after_it_was_loaded_is_named(monkeypatch):
    assert "were edited after" not in lexicon_diff_view(None, corpus()).text
    monkeypatch.setattr(word_lists, "lexicon_names", lambda: ["actors/titles"])
    monkeypatch.setattr(word_lists, "read_lexicon", lambda name: lexicons.read_lexicon(name).iloc[1:])
    assert "after the notebook read them: actors/titles." in lexicon_diff_view(None, corpus()).text


@pytest.fixture(scope="module")
def read():
    text = "The envoys met in Rome. They ate two pizzas there, as envoys do."
    rows, _ = article_rows([Draft("a.txt", text)])
    return analyse(article_table(rows))


@pytest.mark.model
def test_a_term_is_tried_with_its_inflections_and_nothing_is_saved(read):
    diff = diff_with_term(read, "theme", "pizza", "trade and tariffs")
    assert diff.shares[["topic", "after_count"]].values.tolist()[-1] == ["theme: trade and tariffs", 1]
    assert "They ate two pizzas there" in lexicon_diff_view(diff, read).text
    assert "pizza, trade and tariffs, 3 added" in lexicon_diff_view(diff, read).text
    assert "pizza" not in set(lexicons.load_lexicon("topics/theme_terms")["term"])


@pytest.mark.model
def test_a_term_that_is_empty_or_already_listed_is_a_mistake(read):
    with pytest.raises(ValueError, match="the term is empty"):
        diff_with_term(read, "theme", "  ", "diplomacy")
    row = lexicons.load_lexicon("topics/theme_terms").iloc[0]
    with pytest.raises(ValueError, match="already"):
        diff_with_term(read, "theme", row["term"], row["topic"])
