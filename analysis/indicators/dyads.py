"""Tension between two countries: what was done and said, with an interval and the events behind each value.

What a headline or a reprint repeats counts once (`deduplication`). A value without events is missing, not 0.
Wilson, t and gamma intervals are by story, because the acts of one story stand or fall together.
The indicators are declared in `definitions` and described in `indicators/codebook.csv`.
"""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.indicators.country_events import (
    ACT,
    EVENT,
    FUTURE,
    KEY,
    country_events,
    proxy_pair_acts,
    stories_read,
    worst_acts,
)
from analysis.indicators.definitions import (
    CONFLICT,
    CONFLICT_WITH_PROXIES,
    COUNTED,
    EVENT_INDICATORS,
    GAMMA,
    STUDENT,
    WILSON,
    one_each,
)
from analysis.indicators.intervals import (
    INTENSITY,
    clustered_mean,
    gamma_interval,
    wilson_interval,
)
from analysis.indicators.periods import ALL
from analysis.schemas import Indicators

VALUE: Final = ["indicator", *KEY]
COUNTS = ["event_count", "article_count", "story_count"]


@once
def dyad_indicators(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """Every indicator of every pair of countries, whoever acts.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "all", "day", "week" (from Monday) or "month".

    Returns:
        `Indicators` table: each pair in each period in which something is done or announced between the two.
        There, a count can be 0; other values are missing where there are no acts to make them. `event_count`,
        `article_count` and `story_count` say how much was read about the acts, or the announcements, of the
        pair; reprints add to `article_count` only. `conflict_per_story` is given for each pair in each period
        with articles, 0 where nothing hostile happened; its `event_count` is the number of stories with a
        hostile act, its `story_count` that of all stories.

    Raises:
        ValueError: `period` is none of these.
    """
    rows = indicators_of(articles, events, period)
    acts = proxy_pair_acts(articles, events, period=period)
    if acts.empty:
        return rows
    per_story = conflict_per_story(stories_read(articles, period), acts, CONFLICT_WITH_PROXIES)
    rows = pd.concat([rows, per_story], ignore_index=True)
    return Indicators.validate(rows.sort_values([*KEY, "indicator"], ignore_index=True))


def indicators_of(articles: DataFrame, events: DataFrame, period: str) -> DataFrame:
    """Every indicator of every pair of countries, of their own acts."""
    coded = country_events(articles, events, period=period)
    first = coded[~coded["is_copy"]]
    sums = contribution_grid(first).groupby([first[name] for name in KEY]).sum(min_count=1)
    values = sums.reset_index().melt(KEY, var_name="indicator", value_name="value")
    rows = expected_rows(coded).merge(values, "left", VALUE, validate="1:1")
    rows = rows.assign(value=rows["value"].mask(is_count(rows) & rows["value"].isna(), 0.0))
    rows = rows.merge(coverage(coded).reset_index(), "left", ["over", *KEY], validate="m:1")
    rows = with_intervals(rows.drop(columns="over").assign(**rows[COUNTS].fillna(0)), first)
    per_story = conflict_per_story(stories_read(articles, period), first, CONFLICT)
    rows = pd.concat([rows, per_story], ignore_index=True) if len(per_story) else rows
    return Indicators.validate(rows.sort_values([*KEY, "indicator"], ignore_index=True))


def conflict_per_story(read: DataFrame, coded: DataFrame, indicator: str) -> DataFrame:
    """`Indicators` rows of the weight of hostile acts per story read, for each pair and period read.

    Args:
        read: stories of the periods, as `stories_read` gives them.
        coded: acts of these and other periods.
        indicator: its name.
    """
    acts = worst_acts(coded[coded["period"].isin(read.index)])
    weights = acts.assign(square=acts["hostile_weight"] ** 2).groupby(KEY)
    sums = weights.agg(
        total=("hostile_weight", "sum"), squares=("square", "sum"), event_count=("event_id", "size")
    )
    index = pd.MultiIndex.from_product([sorted(coded["dyad"].unique()), read.index], names=KEY)
    low, high = gamma_interval(sums["total"], sums["squares"], Series(1.0, sums.index))
    nothing = {"total": 0.0, "event_count": 0, **interval_of_nothing()}
    sums = sums.drop(columns="squares").assign(low=low, high=high).reindex(index)
    rows = (
        sums.fillna(nothing)
        .astype({"event_count": int})
        .reset_index()
        .merge(read, on="period", validate="many_to_one")
    )
    per_story = {
        name: (rows[name] / rows["story_count"]).clip(upper=1.0) for name in ("total", "low", "high")
    }
    rows = rows.assign(indicator=indicator, **per_story).rename(columns={"total": "value"})
    return rows[["indicator", *KEY, "value", "low", "high", *COUNTS]]


def contribution_grid(coded: DataFrame) -> DataFrame:
    """The part of each event (rows) in the value of each indicator (columns).

    Missing where the indicator is not made of the event, or there is nothing to divide by.
    """
    parts, wholes = measured(coded)
    counted = [name for name in parts if name in COUNTED]
    totals = wholes.groupby([coded[name] for name in KEY]).transform("sum")
    shares = parts / totals.mask(totals == 0)
    return shares.assign(**{name: parts[name] for name in counted})


def measured(coded: DataFrame) -> tuple[DataFrame, DataFrame]:
    """What each event (rows) gives to the part and to the whole of each indicator (columns).

    Missing where the indicator is not made of the event; the whole of a count is the number of events.
    """
    over = {name: events_over(coded, name) for name in (ACT, FUTURE, EVENT)}
    parts = {one.name: one.part(over[one.over]).astype(float) for one in EVENT_INDICATORS}
    wholes = {one.name: (one.whole or one_each)(over[one.over]).astype(float) for one in EVENT_INDICATORS}
    return DataFrame(parts, index=coded.index), DataFrame(wholes, index=coded.index)


def events_over(coded: DataFrame, over: str) -> DataFrame:
    """Acts, announcements, or both."""
    return coded if over == EVENT else coded[coded["status"] == over]


def expected_rows(coded: DataFrame) -> DataFrame:
    """Every indicator for every pair and period that has events, and which events it is made of."""
    rows = DataFrame([(one.name, one.over) for one in EVENT_INDICATORS], columns=["indicator", "over"])
    return coded[KEY].drop_duplicates().merge(rows, how="cross")


def is_count(rows: DataFrame) -> Series:
    """Whether a row's indicator counts events, so that no events are 0 and not missing."""
    return rows["indicator"].isin(COUNTED)


def coverage(coded: DataFrame) -> DataFrame:
    """What was read for each pair and period: events without copies, articles, stories."""
    by_status = pd.concat([coded.assign(over=coded["status"]), coded.assign(over=EVENT)])
    return (
        by_status.assign(is_first=~by_status["is_copy"])
        .groupby(["over", *KEY])
        .agg(
            event_count=("is_first", "sum"),
            article_count=("article_id", "nunique"),
            story_count=("story_id", "nunique"),
        )
    )


def with_intervals(rows: DataFrame, coded: DataFrame) -> DataFrame:
    """`low` and `high` of each row, missing where no interval is known."""
    sums = story_sums(coded)
    found = pd.concat(
        interval_of(sums[sums.index.isin(names, level="indicator")])
        for interval_of, names in ((STORY_INTERVALS[kind], names_with(kind)) for kind in STORY_INTERVALS)
    )
    bounds = found.reindex(pd.MultiIndex.from_frame(rows[VALUE])).set_axis(rows.index)
    nothing = interval_of_nothing()
    return rows.assign(
        **{side: bounds[side].mask(bounds[side].isna() & is_count(rows), nothing[side]) for side in nothing}
    )


def interval_of_nothing() -> dict[str, float]:
    """`low` and `high` of a count of nothing."""
    low, high = gamma_interval(*(Series([size]) for size in NOTHING_COUNTED))
    return {"low": low[0], "high": high[0]}


def names_with(interval: str) -> list[str]:
    """The indicators whose interval is found in one way."""
    return [one.name for one in EVENT_INDICATORS if one.interval == interval]


def story_sums(coded: DataFrame) -> DataFrame:
    """`part` and `whole` of each story in each value: stories, not sentences, are independent."""
    story = [coded[name] for name in (*KEY, "story_id")]
    sums = [
        table.groupby(story).sum(min_count=1).rename_axis("indicator", axis="columns").stack()
        for table in measured(coded)
    ]
    rows = DataFrame(dict(zip(("part", "whole"), sums, strict=True))).dropna()
    return rows.reorder_levels([*VALUE, "story_id"])


def share_intervals(stories: DataFrame) -> DataFrame:
    """Wilson interval of a share by pair and period.

    The number of trials is the effective number of stories, (sum w)^2 / sum w^2 with a story's whole as its
    weight w: one long story is one report, however many acts are in it.

    Source: Wilson 1927; Kish 1965 for the effective number.
    """
    totals = stories.assign(square=stories["whole"] ** 2).groupby(level=VALUE).sum()
    totals = totals[totals["whole"] > 0]
    low, high = wilson_interval(totals["part"] / totals["whole"], totals["whole"] ** 2 / totals["square"])
    return DataFrame({"low": low, "high": high})


def mean_intervals(stories: DataFrame) -> DataFrame:
    """t interval of a mean intensity by pair and period; missing below two stories."""
    several = stories[stories.groupby(level=VALUE)["whole"].transform("size") > 1]
    rows = {
        key: clustered_mean(group["part"].to_numpy(), group["whole"].to_numpy(), INTENSITY)
        for key, group in several.groupby(level=VALUE)
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=VALUE) if rows else several.index.droplevel(-1)
    return DataFrame(list(rows.values()), index=index, columns=["low", "high"], dtype=float)


def count_intervals(stories: DataFrame) -> DataFrame:
    """Gamma interval of a count by pair and period: its stories are Poisson, and some report several acts."""
    parts = stories["part"]
    sums = (
        stories.assign(square=parts**2)
        .groupby(level=VALUE)
        .agg(total=("part", "sum"), squares=("square", "sum"), largest=("part", "max"))
    )
    low, high = gamma_interval(sums["total"], sums["squares"], sums["largest"].clip(lower=1.0))
    return DataFrame({"low": low, "high": high})


NOTHING_COUNTED: Final = (0.0, 0.0, 1.0)
"""Sum, sum of squares and largest weight of a count of nothing."""
STORY_INTERVALS: Final = {WILSON: share_intervals, STUDENT: mean_intervals, GAMMA: count_intervals}
"""How an interval is found from what each story gives. The others need no stories (`intervals`)."""
