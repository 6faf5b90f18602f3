"""Which column of a table is which field."""

import pytest

from analysis.ingest.draft import record_fields
from analysis.ingest.table_rows import choose_columns


def test_fields_are_recognised_under_the_names_that_publishers_use():
    record = {"Headline": "A", "Pub-Date": "5 March 2024", "body": "B", "source": {"id": 1}}
    assert record_fields(record) == {
        "title": "A",
        "published_date": "2024-03-05",
        "text": "B",
    }


def test_without_a_known_name_the_column_with_the_longest_cells_is_the_text():
    sample = [(2, ["x", "word " * 40])]
    assert choose_columns(["No", "Inhalt"], sample, {}) == {"text": "Inhalt"}
    with pytest.raises(
        ValueError,
        match="has no column that holds texts among No, Inhalt: rename that column to text, or name it with",
    ):
        choose_columns(["No", "Inhalt"], [(2, ["x", "y"])], {})


def test_named_columns_win_and_must_exist():
    assert choose_columns(["text", "Lead"], [], {"text": "Lead"}) == {"text": "Lead"}
    with pytest.raises(ValueError, match="has no column 'Leed', expected one of text, Lead"):
        choose_columns(["text", "Lead"], [], {"text": "Leed"})
