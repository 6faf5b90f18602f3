"""How hostile each pair is in the reporting period, and in the equally long windows before it."""

from datetime import date, timedelta
from typing import Final

import pandas as pd
from pandas import DataFrame, Series, Timestamp

from analysis.indicators.country_events import FULL_INTENSITY
from analysis.schemas import PeriodLevels

MOST_WINDOWS: Final = (
    26  # half a year of weeks: long enough to know what is usual, short enough to be of today
)


def period_levels(
    incidents: DataFrame,
    articles: DataFrame,
    *,
    first: date,
    last: date,
    most_windows: int = MOST_WINDOWS,
) -> DataFrame:
    """Hostile and cooperative weight of each pair in the period and in the windows before it.

    The windows are as long as the period and step back from its first day, to the first in which an article
    is dated. An incident belongs to the day on which it happened; where that is unknown, to that of its first
    report. What is only announced is in no window.

    Args:
        incidents: `Incidents` table of the whole corpus.
        articles: `Articles` table of the whole corpus.
        first: first day of the reporting period.
        last: its last day, included.
        most_windows: how many windows before it, at most.

    Returns:
        `PeriodLevels` table, with every window for each pair that has an incident. A window without articles
        has no weights: nobody looked. A pair without incidents in a window that was read has 0.

    Raises:
        ValueError: the period ends before it begins.
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before its first day {first}")
    windows = windows_read(articles, first, last, most_windows)
    days = incidents["first_day"].fillna(incidents["first_reported"])
    placed = incidents.assign(window=window_numbers(days, first, last))
    sums = window_sums(placed[placed["status"] == "done"], articles)
    grid = pd.MultiIndex.from_product(
        [sorted(set(incidents["dyad"])), windows.index], names=["dyad", "window"]
    )
    rows = sums.reindex(grid, fill_value=0).reset_index().merge(windows, on="window", validate="many_to_one")
    is_read = rows["story_count"] > 0
    rows = rows.assign(**{name: rows[name].astype(float).where(is_read) for name in sums.columns})
    rows = rows.sort_values(["dyad", "window_start"], ignore_index=True)
    return PeriodLevels.validate(rows[list(PeriodLevels.columns)])


def windows_read(articles: DataFrame, first: date, last: date, most_windows: int) -> DataFrame:
    """The windows by number, 0 for the period and -1 for the one before: days, and stories dated in each.

    Nothing is read before the first article of a corpus, so its windows begin there.
    """
    numbers = window_numbers(articles["published_date"], first, last)
    stories = articles["story_id"].groupby(numbers.where(numbers >= -most_windows)).nunique()
    oldest = int(stories.index.min()) if len(stories) else 0
    windows = pd.RangeIndex(oldest, 1, name="window")
    starts = Timestamp(first) + pd.to_timedelta(windows * length_of(first, last).days, unit="D")
    return DataFrame(
        {
            "window_start": starts,
            "window_end": starts + (last - first),
            "is_period": windows == 0,
            "story_count": stories.reindex(windows, fill_value=0),
        },
        index=windows,
    )


def window_numbers(days: Series, first: date, last: date) -> Series:
    """The number of the window that each day is in; missing where the day is, or is after the period."""
    since = (pd.to_datetime(days) - Timestamp(first)).dt.days
    numbers = since // length_of(first, last).days
    return numbers.where(numbers <= 0)


def length_of(first: date, last: date) -> timedelta:
    """How long a period is, its last day included."""
    return last - first + timedelta(days=1)


def window_sums(done: DataFrame, articles: DataFrame) -> DataFrame:
    """Weights and counts of incidents by pair and window.

    Args:
        done: `Incidents` rows with their `window`.
        articles: `Articles` table.
    """
    is_hostile = (done["quad"] >= 3) & (done["intensity"] < 0)  # a demand has no intensity
    weight = done["intensity"].abs() / FULL_INTENSITY
    rows = done.assign(
        hostile_weight=weight.where(is_hostile, 0.0),
        cooperative_weight=weight.where(done["quad"] <= 2, 0.0),
        is_hostile=is_hostile,
        story_id=done["article_id"].map(articles.set_index("article_id")["story_id"]),
    )
    key = ["dyad", "window"]
    by_story = rows.groupby([*key, "story_id"])["hostile_weight"].sum()
    return (
        rows.groupby(key)
        .agg(
            hostile_weight=("hostile_weight", "sum"),
            cooperative_weight=("cooperative_weight", "sum"),
            incident_count=("is_hostile", "size"),
            hostile_count=("is_hostile", "sum"),
        )
        .assign(hostile_squares=(by_story**2).groupby(key).sum())
    )
