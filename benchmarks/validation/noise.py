"""How often the indicators see something in noise: spikes and change points in shuffled dates, and how often
their intervals hold what they promise, between two halves of the same stories and in stories drawn anew.

Each works on one corpus, knows nothing about it, and repeats itself for the same seed.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.dyads import CONFLICT, INTERVALS, MIN_STORIES, NO_INTERVAL, dyad_indicators
from analysis.indicators.intervals import SEED, difference_interval
from analysis.indicators.spikes import pair_spikes
from benchmarks.validation.change_points import MIN_EVENTS, MIN_PERIODS, change_points
from benchmarks.validation.state_hostility import state_hostility
from benchmarks.validation.tables import FalseAlarms, IntervalsHeld
from benchmarks.validation.tension import weekly_tension
from benchmarks.validation.text_indicators import gpr_shares

BOUNDS: Final = ("value", "low", "high", "value_before", "low_before", "high_before")
ROUNDING: Final = 1e-9
SPIKE, CHANGE_POINT = "spike", "change point"
HALVES, DRAWS = "halves", "draws"
VALUE_KEY: Final = ["indicator", "dyad", "period"]


class Found(NamedTuple):
    """What was found in shuffled dates, of how much that was searched."""

    found_count: int
    searched: float  # years, or series


class Inside(NamedTuple):
    """How often the 95% intervals of one indicator held what they should."""

    indicator: str
    inside_count: int
    comparison_count: int


def shuffled_dates(
    articles: DataFrame, events: DataFrame, draw: np.random.Generator
) -> tuple[DataFrame, DataFrame]:
    """Articles and events with the dates of the stories dealt out anew; reprints move with their story."""
    dated = articles.dropna(subset="published_date").drop_duplicates("story_id")
    dealt = Series(draw.permutation(dated["published_date"].to_numpy()), dated["story_id"].to_numpy())
    dates = articles["story_id"].map(dealt).set_axis(articles["article_id"])
    return (
        articles.assign(published_date=dates.to_numpy()),
        events.assign(published_date=events["article_id"].map(dates)),
    )


def shuffled_spikes(articles: DataFrame, events: DataFrame, *, shuffles: int = 30) -> Found:
    """Spikes and new levels of all pairs in shuffled dates, and the years that the shuffles cover.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        shuffles: how often the dates are dealt out.
    """
    draw, days = np.random.default_rng(SEED + 1), articles["published_date"].dropna()
    found = [len(pair_spikes(*shuffled_dates(articles, events, draw))) for _ in range(shuffles)]
    return Found(sum(found), shuffles * ((days.max() - days.min()).days + 1) / 365.25)


def shuffled_change_points(articles: DataFrame, events: DataFrame, *, shuffles: int = 30) -> Found:
    """Series of conflict by week that have a change point in shuffled dates, and those long enough for one.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        shuffles: how often the dates are dealt out.
    """
    draw, found, searched = np.random.default_rng(SEED + 1), 0, 0
    if len(events) < MIN_EVENTS:  # no series is long enough, however the dates are dealt out
        return Found(found, searched)
    for _ in range(shuffles):
        weekly = dyad_indicators(*shuffled_dates(articles, events, draw), period="week")
        series = weekly[weekly["indicator"] == CONFLICT].dropna(subset="value").groupby("dyad")
        size = series.agg(periods=("period", "size"), events=("event_count", "sum"))
        long = size[(size["periods"] >= MIN_PERIODS) & (size["events"] >= MIN_EVENTS)]
        chosen = weekly[(weekly["indicator"] == CONFLICT) & weekly["dyad"].isin(long.index)]
        found += change_points(chosen)["dyad"].nunique()
        searched += len(long)
    return Found(found, searched)


def halves_inside(
    articles: DataFrame, events: DataFrame, *, splits: int = 10, minimum_stories: int = MIN_STORIES
) -> list[Inside]:
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
    if articles["story_id"].nunique() // 2 < minimum_stories:  # no value of a half has enough stories
        return []
    for _ in range(splits):
        values = [
            interval_values(half, events[events["article_id"].isin(half["article_id"])])
            for half in random_halves(articles, draw)
        ]
        parts.append(compared_halves(*values, minimum_stories))
    return inside_counts(parts)


def draws_inside(
    articles: DataFrame, events: DataFrame, *, draws: int = 20, minimum_stories: int = MIN_STORIES
) -> list[Inside]:
    """Every indicator with an interval, in stories drawn anew from the corpus, of which the truth is known.

    As many stories as there are, drawn with replacement: nineteen of twenty intervals should hold the value
    of the corpus.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        draws: how often stories are drawn.
        minimum_stories: a value of fewer stories is not looked at.

    Returns:
        The indicators by name; one that was never looked at is left out.
    """
    if articles["story_id"].nunique() < minimum_stories:  # no value has enough
        return []
    draw, true = np.random.default_rng(SEED + 3), interval_values(articles, events)
    drawn = [interval_values(*drawn_stories(articles, events, draw)) for _ in range(draws)]
    return inside_counts([held_values(true, values, minimum_stories) for values in drawn])


def inside_counts(parts: list[DataFrame]) -> list[Inside]:
    """How many rows of each indicator are inside, from tables with `indicator` and `is_inside`."""
    return [
        Inside(str(name), int(part["is_inside"].sum()), len(part))
        for name, part in pd.concat(parts).groupby("indicator")
    ]


def drawn_stories(
    articles: DataFrame, events: DataFrame, draw: np.random.Generator
) -> tuple[DataFrame, DataFrame]:
    """Stories drawn with replacement, and their events; one that is drawn again is a story of its own."""
    stories = articles["story_id"].unique()
    drawn = DataFrame({"story_id": draw.choice(stories, len(stories))})
    drawn = drawn.assign(again=drawn.groupby("story_id").cumcount().astype(str))
    rows = articles.merge(drawn, on="story_id", validate="many_to_many")
    own = events.merge(rows[["article_id", "again"]], on="article_id", validate="many_to_many")
    return numbered(rows, ["article_id", "story_id"]), numbered(own, ["article_id", "event_id"])


def numbered(rows: DataFrame, ids: list[str]) -> DataFrame:
    """Rows whose ids say how often they were drawn before."""
    return rows.assign(**{name: rows[name] + ":" + rows["again"] for name in ids}).drop(columns="again")


def random_halves(articles: DataFrame, draw: np.random.Generator) -> list[DataFrame]:
    """The articles of one half of the stories, and those of the other."""
    stories = draw.permutation(articles["story_id"].unique())
    is_first = articles["story_id"].isin(stories[: len(stories) // 2])
    return [articles[is_first].reset_index(drop=True), articles[~is_first].reset_index(drop=True)]


def interval_values(articles: DataFrame, events: DataFrame) -> DataFrame:
    """All that has an interval: indicators of pairs, tension, hostility between states, shares of risk."""
    events = events.reset_index(drop=True)
    pairs = dyad_indicators(articles, events)
    without = [name for name, kind in INTERVALS.items() if kind == NO_INTERVAL]
    return pd.concat(
        [
            pairs[~pairs["indicator"].isin(without)],
            weekly_tension(articles, events),
            state_hostility(articles, events),
            gpr_shares(articles, period="month"),
        ]
    )


def compared_halves(first: DataFrame, second: DataFrame, minimum_stories: int) -> DataFrame:
    """`indicator` and `is_inside` of each value that both halves have from enough stories."""
    both = first.merge(second, on=VALUE_KEY, suffixes=("", "_before"), validate="1:1")
    both = both.dropna(subset=list(BOUNDS))
    counts = both[["story_count", "story_count_before"]].min(axis=1)
    found = both[["event_count", "event_count_before"]].sum(axis=1)  # two halves without any agree trivially
    kept = both[(counts >= minimum_stories) & (found >= minimum_stories)]
    low, high = difference_interval(*(kept[name].astype(float) for name in BOUNDS))
    return kept[["indicator"]].assign(is_inside=(low <= ROUNDING) & (high >= -ROUNDING))


def held_values(true: DataFrame, drawn: DataFrame, minimum_stories: int) -> DataFrame:
    """`indicator` and `is_inside` of each value of the corpus that rests on enough stories and acts."""
    counts = true[["story_count", "event_count"]].min(axis=1)
    kept = true.loc[counts >= minimum_stories, [*VALUE_KEY, "value"]]
    both = kept.merge(drawn, on=VALUE_KEY, suffixes=("_before", ""), validate="1:1").dropna(subset="low")
    low, high = (both[name].astype(float) for name in ("low", "high"))
    is_inside = (low <= both["value_before"] + ROUNDING) & (high >= both["value_before"] - ROUNDING)
    return both[["indicator"]].assign(is_inside=is_inside)


def false_alarms(corpora: Mapping[str, tuple[DataFrame, DataFrame]]) -> DataFrame:
    """What chance is taken for, in each corpus: `FalseAlarms` table.

    Args:
        corpora: the articles of each and their events, by what to call it.
    """
    rows = [
        (name, kind, *of(*tables))
        for name, tables in corpora.items()
        for kind, of in ((SPIKE, shuffled_spikes), (CHANGE_POINT, shuffled_change_points))
    ]
    return FalseAlarms.validate(DataFrame(rows, columns=list(FalseAlarms.columns)))


def intervals_held(corpora: Mapping[str, tuple[DataFrame, DataFrame]]) -> DataFrame:
    """How often intervals hold what they promise, over all corpora together: `IntervalsHeld` table.

    Args:
        corpora: the articles of each and their events, by what to call it.
    """
    rows = [
        {
            "indicator": one.indicator,
            f"{test}_inside_count": one.inside_count,
            f"{test}_count": one.comparison_count,
        }
        for test, found in ((HALVES, halves_inside), (DRAWS, draws_inside))
        for tables in corpora.values()
        for one in found(*tables)
    ]
    columns = list(IntervalsHeld.columns)
    counts = DataFrame(rows, columns=columns).groupby("indicator", as_index=False).sum()
    return IntervalsHeld.validate(counts[columns])
