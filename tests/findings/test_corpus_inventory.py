"""What the corpus contains: where each date comes from, and what its weak points are."""

import pandas as pd
import pytest

from analysis.findings.corpus_inventory import (
    CORRECTED,
    DATELINE,
    corpus_answer,
    date_basis,
    inventory_view,
    rejected_view,
    reprints_view,
)
from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.ingest.dates import OPENING_DATE_MARK
from analysis.ingest.own_tables import METADATA_COLUMNS
from analysis.schemas import Rejected
from tests.tables import articles, frame

DAY = pd.Timestamp("2024-04-20")
IDS = [f"{n:016x}" for n in range(4)]


@pytest.mark.parametrize(
    ("row", "basis"),
    [
        ({"path": "b.txt"}, "none"),
        ({"path": "b.txt", "published_date": DAY}, "the file"),
        ({"path": "a.csv:3", "published_date": DAY, "note": "as printed"}, "metadata.csv"),
        ({"path": "a.csv:3", "published_date": DAY, "note": "Inferred from talks"}, "an analyst's inference"),
        (
            {"path": "b.txt", "published_date": DAY, "note": f"{CORRECTION_MARK}: the date was unknown"},
            CORRECTED,
        ),
        ({"path": "b.txt", "published_date": DAY, "note": f"{OPENING_DATE_MARK}: “Rome”. As said"}, DATELINE),
        ({"path": "a.csv2", "published_date": DAY}, "the file"),
    ],
)
def test_each_date_says_where_it_comes_from(tmp_path, row, basis):
    (tmp_path / "metadata.csv").write_text(f"{','.join(METADATA_COLUMNS)}\na.csv,,2024-04-20,,,,\n")
    assert date_basis(articles(row), tmp_path).tolist() == [basis]


def test_the_answer_counts_what_was_read_and_its_weak_points():
    rows = articles(
        {"article_id": IDS[0], "story_id": IDS[0], "outlet": "The Daily", "published_date": DAY},
        {"article_id": IDS[1], "story_id": IDS[0], "path": "b.txt"},
    )
    rejected = Rejected.validate(pd.DataFrame([{"path": "c.txt", "reason": "is empty"}]))
    (first, second), caveat = corpus_answer(rows, rejected, pd.Series(["the file", "none"]))
    assert first == (
        "2 articles from 1 named outlet were read, dated 2024-04-20. They cover 1 story; 1 file was rejected."
    )
    assert second == (
        "Weak points: 1 article without a known outlet, 1 article without a date, 1 article repeating a "
        "story already covered and fewer than the 10 stories needed to compare."
    )
    assert "not a sample of the news" in caveat


def test_reprints_of_a_story_are_listed_together():
    rows = articles(
        {"article_id": IDS[0], "story_id": IDS[0], "outlet": "The <b>Daily</b>"},
        {"article_id": IDS[1], "story_id": IDS[0], "path": "b.txt"},
        {"article_id": IDS[2], "story_id": IDS[2], "path": "c.txt"},
    )
    shown = reprints_view(rows)
    assert "3 articles cover 2 stories." in shown.text
    assert "2 articles: Envoys meet (The <b>Daily</b>, undated; a.txt)" in shown.text
    assert "<b>" not in shown.html
    assert "c.txt" not in shown.text


def test_outlets_are_counted_and_a_long_table_is_cut_with_a_count(monkeypatch):
    monkeypatch.setattr("analysis.findings.corpus_inventory.MAX_ROWS", 2)
    rows = articles(*({"article_id": one, "story_id": one, "path": f"{one}.txt"} for one in IDS))
    words = inventory_view(rows, pd.Series(["none"] * 4)).text
    assert "unknown 4 4 36 none" in words  # 4 articles, 4 stories, 4 times 9 words
    assert "And 2 more articles." in words


def test_a_corpus_without_rejected_files_says_so():
    assert rejected_view(frame(Rejected, (), {})).text == "No file was rejected."
