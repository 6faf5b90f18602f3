"""How often the indicators see something in noise: spikes and change points in shuffled dates, and how often
two halves of the same stories differ by more than their intervals allow.

Each works on one corpus, knows nothing about it, and repeats itself for the same seed.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.change_points import MINIMUM_EVENTS, MINIMUM_PERIODS, change_points
from analysis.indicators.changes import BOUNDS
from analysis.indicators.definitions import CONFLICT, DECLARED, MINIMUM_STORIES, NO_INTERVAL
from analysis.indicators.dyads import dyad_indicators
from analysis.indicators.intervals import SEED, difference_interval
from analysis.indicators.spikes import pair_spikes
from analysis.indicators.text_indicators import gpr_shares

ROUNDING: Final = 1e-9


class FalseAlarms(NamedTuple):
    """What was found in shuffled dates, of how much that was searched."""

    found_count: int
    searched: float  # years, or series


class HalvesInside(NamedTuple):
    """How often the difference of two halves of the stories was inside its 95% interval."""

    indicator: str
    inside_count: int
    comparison_count: int


def shuffled_dates(articles: DataFrame, draw: np.random.Generator) -> DataFrame:
    """`articles` with the dates of the stories dealt out anew; reprints move with their story."""
    dated = articles.dropna(subset="published_date").drop_duplicates("story_id")
    dealt = Series(draw.permutation(dated["published_date"].to_numpy()), dated["story_id"].to_numpy())
    return articles.assign(published_date=articles["story_id"].map(dealt))


def shuffled_spikes(articles: DataFrame, events: DataFrame, *, shuffles: int = 30) -> FalseAlarms:
    """Spikes and new levels of all pairs in shuffled dates, and the years that the shuffles cover.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        shuffles: how often the dates are dealt out.
    """
    draw, days = np.random.default_rng(SEED + 1), articles["published_date"].dropna()
    found = [len(pair_spikes(shuffled_dates(articles, draw), events)) for _ in range(shuffles)]
    return FalseAlarms(sum(found), shuffles * ((days.max() - days.min()).days + 1) / 365.25)


def shuffled_change_points(articles: DataFrame, events: DataFrame, *, shuffles: int = 30) -> FalseAlarms:
    """Series of conflict by week that have a change point in shuffled dates, and those long enough for one.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        shuffles: how often the dates are dealt out.
    """
    draw, found, searched = np.random.default_rng(SEED + 1), 0, 0
    for _ in range(shuffles):
        weekly = dyad_indicators(shuffled_dates(articles, draw), events, period="week")
        series = weekly[weekly["indicator"] == CONFLICT].dropna(subset="value").groupby("dyad")
        size = series.agg(periods=("period", "size"), events=("event_count", "sum"))
        long = size[(size["periods"] >= MINIMUM_PERIODS) & (size["events"] >= MINIMUM_EVENTS)]
        chosen = weekly[(weekly["indicator"] == CONFLICT) & weekly["dyad"].isin(long.index)]
        found += change_points(chosen)["dyad"].nunique()
        searched += len(long)
    return FalseAlarms(found, searched)


def halves_inside(
    articles: DataFrame, events: DataFrame, *, splits: int = 10, minimum_stories: int = MINIMUM_STORIES
) -> list[HalvesInside]:
    """Every indicator with an interval, compared between two random halves of the stories.

    The halves are drawn alike, so nothing but chance sets them apart: nineteen of twenty differences should
    be inside their intervals.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        splits: how often the stories are split.
        minimum_stories: a value of fewer stories, in either half, is not compared.

    Returns:
        The indicators by name; one that was never compared is left out.
    """
    draw, parts = np.random.default_rng(SEED + 2), []
    for _ in range(splits):
        values = [half_values(half, events) for half in random_halves(articles, draw)]
        parts.append(compared_halves(*values, minimum_stories))
    rows = pd.concat(parts)
    return [
        HalvesInside(str(name), int(part["is_inside"].sum()), len(part))
        for name, part in rows.groupby("indicator")
    ]


def random_halves(articles: DataFrame, draw: np.random.Generator) -> list[DataFrame]:
    """The articles of one half of the stories, and those of the other."""
    stories = draw.permutation(articles["story_id"].unique())
    is_first = articles["story_id"].isin(stories[: len(stories) // 2])
    return [articles[is_first].reset_index(drop=True), articles[~is_first].reset_index(drop=True)]


def half_values(half: DataFrame, events: DataFrame) -> DataFrame:
    """Indicators of pairs over all articles of a half, and shares of risk by month."""
    own = events[events["article_id"].isin(half["article_id"])].reset_index(drop=True)
    pairs = dyad_indicators(half, own)
    without = [name for name, one in DECLARED.items() if one.interval == NO_INTERVAL]
    return pd.concat([pairs[~pairs["indicator"].isin(without)], gpr_shares(half, period="month")])


def compared_halves(first: DataFrame, second: DataFrame, minimum_stories: int) -> DataFrame:
    """`indicator` and `is_inside` of each value that both halves have from enough stories."""
    key = ["indicator", "dyad", "period"]
    both = first.merge(second, on=key, suffixes=("", "_before"), validate="1:1").dropna(subset=list(BOUNDS))
    counts = both[["story_count", "story_count_before"]].min(axis=1)
    found = both[["event_count", "event_count_before"]].sum(axis=1)  # two halves without any agree trivially
    kept = both[(counts >= minimum_stories) & (found >= minimum_stories)]
    low, high = difference_interval(*(kept[name].astype(float) for name in BOUNDS))
    return kept[["indicator"]].assign(is_inside=(low <= ROUNDING) & (high >= -ROUNDING))
