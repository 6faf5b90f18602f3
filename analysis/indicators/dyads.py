"""Tension between two countries: what was done and said, with an interval and the events behind each value.

What a headline or a reprint repeats counts once (`deduplication`). A value without events is missing, not 0.
Wilson, t and gamma intervals are by story, because the acts of one story stand or fall together.
Each indicator is declared once: what is summed, over what, with which interval. What readers learn about it
(name, definition, range, weakness, source) is in `indicators/codebook.csv`: a new indicator is an entry here
and a row there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.indicators.country_events import (
    ACT,
    EVENT,
    FUTURE,
    KEY,
    RUNG_NAMES,
    RUNGS,
    country_events,
    is_by_first,
    proxy_pair_acts,
    stories_read,
    worst_acts,
)
from analysis.indicators.intervals import INTENSITY, clustered_mean, gamma_interval, wilson_interval
from analysis.indicators.periods import ALL
from analysis.lexicons import load_lexicon
from analysis.schemas import QUAD_NAMES, Indicators


@cache
def indicator_names() -> dict[str, str]:
    """Indicator code -> name, such as "conflict share"."""
    rows = load_lexicon("indicators/codebook")
    return dict(zip(rows["indicator"], rows["name"], strict=True))


def indicator_name(indicator: str) -> str:
    """Name of an indicator; one that is not listed is called by its code."""
    return indicator_names().get(indicator, indicator.replace("_", " "))


MINIMUM_STORIES: Final = 10
"""A value from fewer stories is not compared. With 5 hostile stories of 10 the 95% interval of a share still
runs from 0.24 to 0.76 (Wilson); with fewer stories it covers most of the scale."""

WILSON, STUDENT, GAMMA, NO_INTERVAL = "Wilson", "Student", "gamma", "none"
HOSTILE_QUADS: Final = (3, 4)
DEED_QUADS: Final = (2, 4)
Parts = Callable[[DataFrame], Series]  # a number for each event


@dataclass(frozen=True)
class Indicator:
    """What every indicator of a pair declares."""

    name: str  # its row in `indicators/codebook.csv`
    interval: str  # how the 95% interval is found
    minimum_stories: int | None = MINIMUM_STORIES  # from which a value is compared; None: it never is
    worse: str = ""  # "up" or "down": the change that is a risk to alert to; "": no alert
    value_names: dict[int, str] | None = None  # words for its values, where they are steps


@dataclass(frozen=True, kw_only=True)
class EventIndicator(Indicator):
    """The sum of `part` over the events of a pair, divided by the sum of `whole`."""

    over: str = ACT  # the events it is made of: ACT, FUTURE, or EVENT for both
    part: Parts
    whole: Parts | None = None  # None: a count, 0 where nothing was found


def one_each(events: DataFrame) -> Series:
    """1 for each event, so that a sum counts them."""
    return Series(1.0, events.index)


def intensity_size(events: DataFrame) -> Series:
    """How strong each event is, hostile or kind: 0 to 10."""
    return events["intensity"].abs()


def hostile_size(events: DataFrame) -> Series:
    """How strong each hostile event is, 0 for the others."""
    return intensity_size(events).where(is_hostile(events), 0.0)


def is_hostile(events: DataFrame) -> Series:
    """Whether an event is conflict, in words or in deeds."""
    return events["quad"].isin(HOSTILE_QUADS)


def is_deed(events: DataFrame) -> Series:
    """Whether an event is material: more than words."""
    return events["quad"].isin(DEED_QUADS)


def rungs(events: DataFrame) -> Series:
    """The rung of each act; 0 for one that is not hostile."""
    return events["root"].map(RUNGS).astype(float).fillna(0)  # of no acts, words would be left


def is_on_top(events: DataFrame) -> Series:
    """Whether an act is on the highest rung of its pair and period; several share its value."""
    rung = rungs(events)
    return rung == rung.groupby([events[name] for name in KEY]).transform("max")


def top_rung(events: DataFrame) -> Series:
    """The rung of each act on the highest rung, 0 for the others."""
    return rungs(events).where(is_on_top(events), 0.0)


def of_quad(quad: int) -> Parts:
    """1 for each event of a quad class."""
    return lambda events: (events["quad"] == quad).astype(float)


QUAD_COUNTS: Final = {f"{name.replace(' ', '_')}_count": quad for quad, name in QUAD_NAMES.items()}
EVENT_INDICATORS: Final = (
    EventIndicator("conflict_share", WILSON, worse="up", part=hostile_size, whole=intensity_size),
    EventIndicator(
        "mean_intensity",
        STUDENT,
        worse="down",
        part=lambda events: events["intensity"],
        whole=one_each,
    ),
    EventIndicator("deed_share", WILSON, part=is_deed, whole=one_each),
    EventIndicator("initiator_share", WILSON, part=is_by_first, whole=one_each),
    EventIndicator(
        "highest_rung",
        NO_INTERVAL,
        minimum_stories=None,
        value_names=RUNG_NAMES,
        part=top_rung,
        whole=is_on_top,
    ),
    *(
        EventIndicator(name, GAMMA, minimum_stories=None, part=of_quad(quad))
        for name, quad in QUAD_COUNTS.items()
    ),
    EventIndicator(
        "announced_cooperation_count",
        GAMMA,
        minimum_stories=None,
        over=FUTURE,
        part=lambda events: (~is_hostile(events)).astype(float),
    ),
    EventIndicator(
        "announced_conflict_count",
        GAMMA,
        minimum_stories=None,
        over=FUTURE,
        part=lambda events: is_hostile(events).astype(float),
    ),
    EventIndicator(
        "announced_share",
        WILSON,
        over=EVENT,
        part=lambda events: events["status"] == FUTURE,
        whole=one_each,
    ),
)

CONFLICT: Final = "conflict_per_story"
CONFLICT_WITH_PROXIES: Final = "conflict_with_proxies_per_story"
STORY_INDICATORS: Final = (Indicator(CONFLICT, GAMMA, worse="up"), Indicator(CONFLICT_WITH_PROXIES, GAMMA))
"""The worst hostile act of each story (`country_events.worst_acts`), summed, over all stories read."""

DECLARED: Final = {one.name: one for one in (*EVENT_INDICATORS, *STORY_INDICATORS)}
COUNTED: Final = frozenset(one.name for one in EVENT_INDICATORS if one.whole is None)


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
