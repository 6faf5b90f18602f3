"""Which days a front page reports on, for whatever was asked and however odd the dates are."""

from datetime import date

import pandas as pd
import pytest

from analysis.phrasing import days_in_words
from analysis.pipeline.reporting_period import ReportingPeriod, in_period, reporting_period

YEAR = ("2025-01-03", "2025-10-01", "2025-10-07", "2025-10-12", None)


def dated(*days):
    return pd.Series(pd.to_datetime(list(days)))


def days_of(asked, *days, **options):
    period = reporting_period(asked, dated(*days), **options)
    return period.title, period.is_everything


def test_the_last_week_is_taken_where_articles_came_in_week_after_week():
    weekly = [f"2025-{day}" for day in ("08-24", "09-07", "09-14", "09-28", "10-12")]
    assert days_of("auto", *weekly) == ("6 to 12 October 2025", False)
    assert days_of("", "2025-10-01", "2025-10-12", "2025-10-23") == ("17 to 23 October 2025", False)
    assert days_of("auto", "2019-03-01", "2024-05-01", "2025-10-12") == (
        "1 March 2019 to 12 October 2025",
        True,
    )


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("day", "12 October 2025"),
        ("week", "6 to 12 October 2025"),
        (" Week ", "6 to 12 October 2025"),
        ("month", "13 September to 12 October 2025"),
    ],
)
def test_a_day_a_week_or_a_month_ends_on_the_day_of_the_newest_article(asked, days):
    assert days_of(asked, *YEAR) == (days, False)


@pytest.mark.parametrize(
    ("newest", "days"),
    [
        ("2025-10-31", "1 to 31 October 2025"),
        ("2025-11-30", "1 to 30 November 2025"),
        ("2025-02-28", "1 to 28 February 2025"),
        ("2025-03-30", "28 February to 30 March 2025"),
        ("2025-01-15", "16 December 2024 to 15 January 2025"),
    ],
)
def test_a_month_that_ends_with_a_calendar_month_is_that_month(newest, days):
    assert days_of("month", newest) == (days, False)


def test_days_may_be_given_with_both_included():
    assert days_of("2025-10-01..2025-10-07", *YEAR) == ("1 to 7 October 2025", False)
    assert days_of("2025-10-07", *YEAR) == ("7 October 2025", False)
    period = reporting_period("2025-10-01..2025-10-07", dated(*YEAR))
    assert in_period(dated(*YEAR), period).tolist() == [False, True, True, False, False]
    assert period.note == ""


@pytest.mark.parametrize(
    ("asked", "days", "nearest"),
    [
        ("2025-05-05..2025-05-11", ("2025-04-02", "2025-05-02", "2025-05-22"), "2025-05-02"),
        ("5.5.2025..11.05.2025", ("2025-04-02", "2025-05-12"), "2025-05-12"),
        ("2024-05-05", YEAR, "2025-01-03"),
        ("1850-01-01..2100-12-31", ("1840-01-01",), "1840-01-01"),
    ],
)
def test_days_without_an_article_are_a_mistake_that_names_the_nearest_day(asked, days, nearest):
    with pytest.raises(ValueError, match=f"no article is dated .*: the nearest .* is {nearest}$"):
        reporting_period(asked, dated(*days))


@pytest.mark.parametrize("asked", ["auto", "day", "month", "all"])
def test_articles_without_a_date_are_one_period(asked):
    period = reporting_period(asked, dated(None, None))
    note = "No article has a date, so all of them are treated as one period."
    assert period == ReportingPeriod(None, None, True, note)
    assert period.title == ""
    assert in_period(dated(None, None), period).tolist() == [True, True]


@pytest.mark.parametrize("asked", ["2025-05-05", "last week"])
def test_days_are_a_mistake_where_no_article_has_a_date(asked):
    message = (
        f"^period is '{asked}', and no article has a date: report on all, or date articles in metadata.csv$"
    )
    with pytest.raises(ValueError, match=message):
        reporting_period(asked, dated(None, None))


def test_one_article_or_none_is_a_period():
    assert days_of("auto", "2024-04-20") == ("20 April 2024", True)
    assert days_of("week", "2024-04-20") == ("14 to 20 April 2024", False)
    assert reporting_period("auto", dated()).is_everything


def test_everything_is_taken_where_it_is_asked_for_or_spans_three_weeks_or_less():
    assert days_of("auto", "2025-10-01", "2025-10-22", None) == ("1 to 22 October 2025", True)
    assert days_of("all", *YEAR) == ("3 January to 12 October 2025", True)


def test_a_story_dated_a_year_ahead_does_not_move_the_period():
    days = ("2025-09-01", "2025-10-12", "2026-10-12")
    today = date(2025, 10, 12)
    assert days_of("auto", *days, today=today) == ("1 September to 12 October 2025", True)
    assert days_of("all", *days, today=today) == ("1 September to 12 October 2025", True)
    assert days_of("week", *days) == ("6 to 12 October 2026", False)
    with pytest.raises(ValueError, match=r"the nearest day with articles is 2025-10-12$"):
        reporting_period("2026-01-01", dated(*days), today=today)


def test_everything_ends_on_the_last_day_that_has_come():
    dates = dated("2025-10-05", None, "2025-10-12", "2026-10-12")
    period = reporting_period("auto", dates, today=date(2025, 10, 12))
    assert in_period(dates, period).tolist() == [True, True, True, False]


def test_a_story_of_tomorrow_counts_because_it_is_tomorrow_elsewhere():
    assert days_of("day", "2025-10-12", "2025-10-13", today=date(2025, 10, 12))[0] == "13 October 2025"
    assert days_of("day", "2025-10-12", "2025-10-14", today=date(2025, 10, 12))[0] == "12 October 2025"


def test_articles_that_are_all_dated_ahead_are_one_period_unless_their_days_are_given():
    period = reporting_period("week", dated("2026-10-12"), today=date(2025, 10, 12))
    assert (period.first, period.is_everything) == (None, True)
    assert period.note == "Every date is later than today, so all articles are treated as one period."
    assert days_of("2026-10-12", "2026-10-12", today=date(2025, 10, 12)) == ("12 October 2026", False)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (
            "fortnight",
            "period is 'fortnight', expected auto, day, week, month, last week, last month, all, a day",
        ),
        ("2025-05-32", "period is '2025-05-32', but there is no 2025-05-32, expected auto"),
        ("2025-05-05..", "period is '2025-05-05..', expected auto"),
        ("2025-02-31..2025-03-05", "but there is no 2025-02-31, expected auto"),
        ("2025-05-11..2025-05-05", "whose first day is after its last: swap the two days"),
        ("0001-01-01..2025-05-05", "expected auto, day, week"),
        (None, "period is None, expected auto"),
    ],
)
def test_a_wrong_period_is_one_sentence(asked, reason):
    with pytest.raises(ValueError, match=r"^period is ") as raised:
        reporting_period(asked, dated(*YEAR))
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2025-10-06", "2025-10-12", "6 to 12 October 2025"),
        ("2024-04-20", "2024-04-20", "20 April 2024"),
        ("2025-09-29", "2025-10-05", "29 September to 5 October 2025"),
        ("2024-12-30", "2025-01-05", "30 December 2024 to 5 January 2025"),
        ("2024-10-06", "2025-10-12", "6 October 2024 to 12 October 2025"),
    ],
)
def test_days_are_written_with_no_month_or_year_twice(first, last, words):
    assert days_in_words(date.fromisoformat(first), date.fromisoformat(last)) == words
