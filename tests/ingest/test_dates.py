"""Dates as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.dates import written_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 5, 2024 Tuesday", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 +0000", "2024-03-05"),
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("The Marchers, 2024", None),
        ("03/04/2024", None),  # April to one reader, March to another
        ("31 February 2024", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_read_only_if_it_has_one_possible_meaning(text, day):
    assert written_date(text) == day


@given(st.text())
def test_a_date_is_looked_for_in_any_text(text):
    written_date(text)
