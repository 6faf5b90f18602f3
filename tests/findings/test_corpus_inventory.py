"""What the corpus holds: where each date comes from, and what weakens what is built on it."""

import pandas as pd
import pytest

from analysis.findings.corpus_inventory import (
    BASES,
    corpus_answer,
    date_basis,
    inventory_view,
    rejected_view,
    reprints_view,
)
from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.ingest.datelines import OPENING_DATE_MARK
from analysis.ingest.metadata_file import METADATA_COLUMNS
from analysis.schemas import Rejected
from tests.tables import articles, frame

DAY = pd.Timestamp("2024-04-20")
IDS = [f"{n:016x}" for n in range(4)]


def dated_by(folder, *cells):
    lines = [",".join(METADATA_COLUMNS), *(f"{name},,{day},,,," for name, day in cells)]
    (folder / "metadata.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "basis"),
    [
        ({"path": "b.txt"}, "none"),
        ({"path": "b.txt", "published_date": DAY}, "the file"),
        ({"path": "a.csv:3", "published_date": DAY, "note": "as printed"}, "metadata.csv"),
        (
            {"path": "a.csv:3", "published_date": DAY, "note": "Inferred from talks"},
            "an analyst's inference",
        ),
        (
            {"path": "b.txt", "published_date": DAY, "note": f"{CORRECTION_MARK}: the date was unknown"},
            BASES[4],
        ),
        ({"path": "b.txt", "published_date": DAY, "note": f"{OPENING_DATE_MARK}: “Rome”. As said"}, BASES[1]),
        ({"path": "a.csv2", "published_date": DAY}, "the file"),
    ],
)
def test_each_date_says_where_it_comes_from(tmp_path, row, basis):
    folder = dated_by(tmp_path, ("a.csv", "2024-04-20"))
    assert date_basis(articles(row), folder).tolist() == [basis]


def test_the_answer_counts_what_there_is_and_what_weakens_it():
    rows = articles(
        {"article_id": IDS[0], "story_id": IDS[0], "outlet": "The Daily", "published_date": DAY},
        {"article_id": IDS[1], "story_id": IDS[0], "path": "b.txt"},
    )
    rejected = Rejected.validate(pd.DataFrame([{"path": "c.txt", "reason": "is empty"}]))
    (first, second), caveat = corpus_answer(rows, rejected, pd.Series(["the file", "none"]))
    assert first == (
        "2 articles of 1 named outlet were read, dated 2024-04-20; they tell 1 story, and 1 file was "
        "rejected."
    )
    assert second == (
        "What weakens it: 1 article of no known outlet, 1 article without a date, 1 article repeating a "
        "story told already and fewer than 10 stories, too few to compare."
    )
    assert "no sample of the news" in caveat


def test_reprints_stand_together_with_their_outlets():
    rows = articles(
        {"article_id": IDS[0], "story_id": IDS[0], "outlet": "The <b>Daily</b>"},
        {"article_id": IDS[1], "story_id": IDS[0], "path": "b.txt"},
        {"article_id": IDS[2], "story_id": IDS[2], "path": "c.txt"},
    )
    shown = reprints_view(rows)
    assert "3 articles tell 2 stories." in shown.text
    assert "2 articles: Envoys meet (The <b>Daily</b>, undated; a.txt)" in shown.text
    assert "<b>" not in shown.html
    assert "c.txt" not in shown.text


def test_outlets_are_counted_and_a_long_table_is_cut_with_a_count(monkeypatch):
    monkeypatch.setattr("analysis.findings.corpus_inventory.MOST_ROWS", 2)
    rows = articles(*({"article_id": one, "story_id": one, "path": f"{one}.txt"} for one in IDS))
    words = inventory_view(rows, pd.Series(["none"] * 4)).text
    assert "unknown 4 4 36 none" in words  # 4 articles, 4 stories, 4 times 9 words
    assert "And 2 more articles." in words


def test_without_rejected_files_it_says_so():
    assert rejected_view(frame(Rejected, (), {})).text == "No file was rejected."
