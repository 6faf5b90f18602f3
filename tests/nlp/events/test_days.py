"""Which days a time means for an article of Saturday, 20 April 2024, unless another day is given."""

import csv
from datetime import date
from pathlib import Path

import pytest

from analysis.nlp.events.days import days_of

SATURDAY = "2024-04-20"
with Path(__file__).with_name("days.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def span(when, published, is_future):
    found = days_of(when, date.fromisoformat(published) if published else None, is_future=is_future)
    return found and tuple(day.isoformat() for day in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['act']} {row['when']}")
def test_a_time_lies_before_its_article_for_a_past_act_and_after_it_for_a_future_one(row):
    """A row without days: the words mean no certain day, or none that fits the tense."""
    expected = (row["first"], row["last"]) if row["first"] else None
    assert span(row["when"], SATURDAY, row["act"] == "future") == expected


def test_the_weekend_of_an_article_on_a_monday_is_the_one_before():
    assert span("over the weekend", "2024-04-22", False) == ("2024-04-20", "2024-04-21")
    assert span("at the weekend", "2024-04-22", True) == ("2024-04-27", "2024-04-28")


def test_a_full_date_needs_no_date_of_the_article():
    assert span("on 20 May 2025", None, True) == ("2025-05-20", "2025-05-20")
    for when in (None, "on Friday", "May 20", "last week", "in November", "overnight", "within 24 hours"):
        assert span(when, None, False) is None
    assert span("February 29", "1899-05-01", False) == ("1896-02-29", "1896-02-29")
