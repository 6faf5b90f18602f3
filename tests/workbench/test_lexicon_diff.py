"""A word list that is edited: which terms, shares and passages change, and a term tried without saving."""

from dataclasses import replace

import pytest

from analysis import lexicons
from analysis.ingest.corpus import article_rows, article_table
from analysis.ingest.corrections_file import COLUMNS, correction_table
from analysis.ingest.draft import Draft
from analysis.pipeline.analyse import analyse
from analysis.workbench.lexicon_diff import (
    diff_since_edit,
    diff_with_term,
    edited_lists,
    lexicon_diff_view,
    readings,
    term_changes,
)
from tests.tables import ARTICLE, corpus, events, quotes, topics

BEFORE = "term,topic,weight,source,note\nwar,war,3,us,\npact,diplomacy,2,us,\n"


@pytest.fixture
def lists():
    """The word lists, for a test to edit."""
    return {"topics/theme_terms": BEFORE}


def test_added_and_removed_rows_are_named_and_an_edited_note_is_not():
    after = "term,topic,weight,source,note\nwar,war,3,us,a note\npact,alliances,2,us,\n"
    assert term_changes({"topics/theme_terms": BEFORE}, {"topics/theme_terms": after}) == [
        ("topics/theme_terms", "removed", "pact, diplomacy, 2"),
        ("topics/theme_terms", "added", "pact, alliances, 2"),
    ]


def test_there_is_nothing_to_compare_until_a_list_is_edited(lists, tmp_path):
    tables = corpus(topics=topics({}))
    assert diff_since_edit(tables, tmp_path, lists=lists) is None
    assert diff_since_edit(tables, tmp_path, lists=lists) is None
    assert "there is nothing to compare" in lexicon_diff_view(None, tables).text


def test_an_edited_list_shows_its_shares_and_passages_until_the_next_edit(lists, tmp_path):
    diff_since_edit(corpus(topics=topics({})), tmp_path, lists=lists)
    lists["topics/theme_terms"] += "envoy,alliances,2,us,\n"
    tables = corpus(topics=topics({"topic": "alliances"}))
    for _ in range(2):
        diff = diff_since_edit(tables, tmp_path, lists=lists)
        assert diff.shares.values.tolist() == [["theme: alliances", 0, 1], ["theme: diplomacy", 1, 0]]
    words = lexicon_diff_view(diff, tables).text
    assert "envoy, alliances, 2 added" in words
    assert "theme: diplomacy 1 (50%) 0 (0%)" in words  # one of two sentences
    assert "Envoys meet" in words
    assert "before: theme: diplomacy; after: theme: alliances" in words


def test_events_and_statements_are_compared_too(lists, tmp_path):
    diff_since_edit(corpus(events=events({}), quotes=quotes({"speaker_name": "Xi"})), tmp_path, lists=lists)
    lists["events/verbs"] = "verb,root,source,note\nwarn,ACCUSE,us,\n"
    diff = diff_since_edit(corpus(events=events({"root": "ACCUSE"})), tmp_path, lists=lists)
    assert set(diff.before["reading"]) == {"China → Japan: THREATEN, past", "Xi says, indirect"}
    assert diff.after["reading"].tolist() == ["China → Japan: ACCUSE, past"]


def test_rows_that_an_analyst_corrected_are_left_out(lists, tmp_path):
    diff_since_edit(corpus(events=events({})), tmp_path, lists=lists)
    lists["events/verbs"] = "verb,root,source,note\nwarn,ACCUSE,us,\n"
    row = {
        **dict.fromkeys(COLUMNS, ""),
        "table": "events",
        "id": "e",
        "field": "root",
        "line": 2,
        "problem": "",
    }
    tables = replace(corpus(events=events({"root": "ACCUSE"})), corrections=correction_table([row]))
    diff = diff_since_edit(tables, tmp_path, lists=lists)
    assert diff.before.empty
    assert diff.after.empty


def test_a_list_that_was_edited_after_it_was_loaded_is_named():
    loaded = {"a": BEFORE, "b": BEFORE}
    assert edited_lists(loaded, loaded) == []
    assert edited_lists(loaded, {"a": BEFORE, "b": BEFORE.replace("pact", "treaty")}) == ["b"]


@pytest.fixture(scope="module")
def read():
    text = "The envoys met in Rome. They ate two pizzas there, as envoys do."
    rows, _ = article_rows([Draft("a.txt", text)])
    return analyse(article_table(rows), use_encoder=False)


@pytest.mark.model
def test_a_term_is_tried_with_its_inflections_and_nothing_is_saved(read):
    diff = diff_with_term(read, "theme", "pizza", "trade and tariffs")
    assert diff.shares[["topic", "after_count"]].values.tolist()[-1] == ["theme: trade and tariffs", 1]
    assert "They ate two pizzas there" in lexicon_diff_view(diff, read).text
    assert "pizza" not in set(lexicons.load_lexicon("topics/theme_terms")["term"])


@pytest.mark.model
def test_a_term_that_is_empty_or_already_listed_is_a_mistake(read):
    with pytest.raises(ValueError, match="the term is empty"):
        diff_with_term(read, "theme", "  ", "diplomacy")
    row = lexicons.load_lexicon("topics/theme_terms").iloc[0]
    with pytest.raises(ValueError, match="already"):
        diff_with_term(read, "theme", row["term"], row["topic"])


def test_an_article_without_findings_counts_as_read():
    assert readings(corpus())[["table", "article_id"]].values.tolist() == [["articles", ARTICLE]]
