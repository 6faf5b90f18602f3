"""Helpers for the tests of file formats."""

from analysis.ingest.draft import Source
from analysis.ingest.file_formats import read_source


def found_in(content, ending):
    """What the reader of a format finds in some bytes or text."""
    raw = content.encode() if isinstance(content, str) else content
    return list(read_source(Source(raw, f"a{ending}"), f"a{ending}"))


def is_article(row, title, day, outlet, end):
    """Whether a row of `articles` has a title, a date, an outlet and a text that ends in some words."""
    assert row["title"] == title
    assert str(row["published_date"]).partition(" ")[0] == (day or "NaT")
    assert row["outlet"] == outlet or (outlet is None and row.isna()["outlet"])
    assert row["text"].startswith(f"{title}\n\n") and row["text"].endswith(end)
    assert "junk" not in row["text"]
    return True
