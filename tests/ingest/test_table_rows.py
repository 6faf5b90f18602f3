"""Which column of a table is which field, and dates in figures."""

import pytest

from analysis.ingest.draft import record_fields
from analysis.ingest.table_rows import choose_columns, iso_numeric_date, numeric_date_order


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
    with pytest.raises(ValueError, match="has no column that holds texts among No, Inhalt: name it with"):
        choose_columns(["No", "Inhalt"], [(2, ["x", "y"])], {})


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        (["03/04/2024", "13/04/2024"], ["2024-04-03", "2024-04-13"]),
        (["3/4/2024", "3/14/2024"], ["2024-03-04", "2024-03-14"]),
        (["03/04/2024", "12/04/2024"], ["03/04/2024", "12/04/2024"]),  # both could be either
        (["13/04/2024", "03/14/2024"], ["13/04/2024", "03/14/2024"]),  # they contradict each other
        (["5 March 2024", "31.01.2024"], ["5 March 2024", "2024-01-31"]),
    ],
)
def test_numeric_dates_are_read_if_one_in_the_column_shows_their_order(values, dates):
    order = numeric_date_order(values)
    assert [iso_numeric_date(value, order) for value in values] == dates


def test_named_columns_win_and_must_exist():
    assert choose_columns(["text", "Lead"], [], {"text": "Lead"}) == {"text": "Lead"}
    with pytest.raises(ValueError, match="has no column 'Leed', expected one of text, Lead"):
        choose_columns(["text", "Lead"], [], {"text": "Leed"})
