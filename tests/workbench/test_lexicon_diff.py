"""A word list turned: which terms, which shares, which sentences, and a term tried without saving."""

from dataclasses import replace

import pytest

from analysis import lexicons
from analysis.ingest.corpus import article_rows, article_table
from analysis.ingest.corrections_file import COLUMNS, correction_table
from analysis.ingest.draft import Draft
from analysis.pipeline.analyse import analyse
from analysis.workbench import lexicon_diff
from analysis.workbench.lexicon_diff import readings, remember, term_changes, trial, turn_view
from tests.tables import ARTICLE, corpus, events, quotes, topics

BEFORE = "term,topic,weight,source,note\nwar,war,3,us,\npact,diplomacy,2,us,\n"


@pytest.fixture
def lists(monkeypatch):
    """The word lists as a dictionary that a test turns."""
    texts = {"topics/theme_terms": BEFORE}
    monkeypatch.setattr(lexicon_diff, "list_texts", lambda: dict(texts))
    return texts


def test_rows_that_came_or_went_are_named_and_a_note_decides_nothing():
    after = "term,topic,weight,source,note\nwar,war,3,us,a note\npact,alliances,2,us,\n"
    assert term_changes({"topics/theme_terms": BEFORE}, {"topics/theme_terms": after}) == [
        ("topics/theme_terms", "removed", "pact, diplomacy, 2"),
        ("topics/theme_terms", "added", "pact, alliances, 2"),
    ]


def test_the_first_run_has_nothing_to_set_against_and_neither_has_a_second_on_the_same_lists(lists, tmp_path):
    tables = corpus(topics=topics({}))
    assert remember(tables, tmp_path) is None
    assert remember(tables, tmp_path) is None
    assert "nothing to set them against" in turn_view(None, tables).text


def test_a_turned_list_shows_shares_and_sentences_until_it_is_turned_again(lists, tmp_path):
    remember(corpus(topics=topics({})), tmp_path)
    lists["topics/theme_terms"] += "envoy,alliances,2,us,\n"
    tables = corpus(topics=topics({"topic": "alliances"}))
    for _ in range(2):
        moved = remember(tables, tmp_path)
        assert moved.shares.values.tolist() == [["theme: alliances", 0, 1], ["theme: diplomacy", 1, 0]]
    words = turn_view(moved, tables).text
    assert "envoy, alliances, 2 added" in words
    assert "theme: diplomacy 1 (50%) 0 (0%)" in words  # one of two sentences
    assert "Envoys meet" in words
    assert "before: theme: diplomacy; after: theme: alliances" in words


def test_events_and_statements_move_with_their_lists_too(lists, tmp_path):
    remember(corpus(events=events({}), quotes=quotes({"speaker_name": "Xi"})), tmp_path)
    lists["events/verbs"] = "verb,root,source,note\nwarn,ACCUSE,us,\n"
    moved = remember(corpus(events=events({"root": "ACCUSE"})), tmp_path)
    assert set(moved.before["reading"]) == {"China → Japan: THREATEN, past", "Xi says, indirect"}
    assert moved.after["reading"].tolist() == ["China → Japan: ACCUSE, past"]


def test_an_article_that_came_later_and_a_row_that_an_analyst_overruled_are_left_out(lists, tmp_path):
    remember(corpus(events=events({})), tmp_path)
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
    moved = remember(tables, tmp_path)
    assert moved.before.empty
    assert moved.after.empty


def test_a_list_that_changed_on_disk_is_told(monkeypatch, tmp_path):
    for name, text in (("a", BEFORE), ("b", BEFORE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    lexicons.cached_lexicon.cache_clear()
    assert lexicon_diff.changed_on_disk() == []
    (tmp_path / "b.csv").write_text(BEFORE.replace("pact", "treaty"), encoding="utf-8")
    assert lexicon_diff.changed_on_disk() == ["b"]
    lexicons.cached_lexicon.cache_clear()


@pytest.fixture(scope="module")
def read():
    text = "The envoys met in Rome. They ate two pizzas there, as envoys do."
    rows, _ = article_rows([Draft("a.txt", text)])
    return analyse(article_table(rows), use_encoder=False)


@pytest.mark.model
def test_a_term_is_tried_in_its_inflections_and_nothing_is_saved(read):
    moved = trial(read, "theme", "pizza", "trade and tariffs")
    assert moved.shares[["topic", "after_count"]].values.tolist()[-1] == ["theme: trade and tariffs", 1]
    assert "They ate two pizzas there" in turn_view(moved, read).text
    assert "pizza" not in set(lexicons.load_lexicon("topics/theme_terms")["term"])


@pytest.mark.model
def test_a_term_that_is_empty_or_listed_is_refused(read):
    with pytest.raises(ValueError, match="the term is empty"):
        trial(read, "theme", "  ", "diplomacy")
    row = lexicons.load_lexicon("topics/theme_terms").iloc[0]
    with pytest.raises(ValueError, match="already"):
        trial(read, "theme", row["term"], row["topic"])


def test_every_article_counts_as_read_though_nothing_was_found_in_it():
    assert readings(corpus())[["table", "article_id"]].values.tolist() == [["articles", ARTICLE]]
