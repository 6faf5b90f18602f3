"""Tension between two countries: what was done and said, with an interval and the events behind each value.

What a headline or a reprint repeats counts once (`deduplication`). A value without events is missing, not 0.
Wilson, t and gamma intervals are by story, because the acts of one story stand or fall together.
Each indicator is declared once: what is summed, over what, with which interval. What readers learn about it
(name, definition, range, weakness, source) is in `indicators/codebook.csv`: a new indicator is an entry here
and a row there.
"""

from functools import cache
from typing import Final, NamedTuple

from pandas import DataFrame, MultiIndex, Series, concat

from analysis.computed_once import once
from analysis.indicators.country_events import (
    ACT,
    EVENT,
    FUTURE,
    KEY,
    RUNGS,
    country_events,
    pair_acts,
    side_of,
    stories_read,
    worst_acts,
)
from analysis.indicators.intervals import INTENSITY, clustered_mean, gamma_interval, wilson_interval
from analysis.indicators.periods import ALL
from analysis.lexicons import load_lexicon
from analysis.schemas import QUAD_NAMES, Indicators


@cache
def indicator_name(indicator: str) -> str:
    """Name of an indicator, such as "conflict share"; one that is not listed is called by its code."""
    names = load_lexicon("indicators/codebook").set_index("indicator")["name"]
    return names.get(indicator, indicator.replace("_", " "))


MIN_STORIES: Final = 10
"""A value from fewer stories is not compared. With 5 hostile stories of 10 the 95% interval of a share still
runs from 0.24 to 0.76 (Wilson); with fewer stories it covers most of the scale."""

WILSON, STUDENT, GAMMA, NO_INTERVAL = "Wilson", "Student", "gamma", "none"


class Indicator(NamedTuple):
    """The sum of `part` over the events of a pair, divided by the sum of `whole`: columns of `measures`."""

    name: str  # its row in `indicators/codebook.csv`
    interval: str  # how the 95% interval is found
    part: str
    whole: str = ""  # "": a count, 0 where nothing was found
    over: str = ACT  # the events it is made of: ACT, FUTURE, or EVENT for both


QUAD_COUNTS: Final = {f"{name.replace(' ', '_')}_count": quad for quad, name in QUAD_NAMES.items()}
EVENT_INDICATORS: Final = (
    Indicator("conflict_share", WILSON, "hostile size", "size"),
    Indicator("mean_intensity", STUDENT, "intensity", "one"),
    Indicator("deed_share", WILSON, "deed", "one"),
    Indicator("initiator_share", WILSON, "by the first", "one"),
    Indicator("highest_rung", NO_INTERVAL, "top rung", "on top"),
    *(Indicator(name, GAMMA, name) for name in QUAD_COUNTS),
    Indicator("announced_cooperation_count", GAMMA, "cooperative", over=FUTURE),
    Indicator("announced_conflict_count", GAMMA, "hostile", over=FUTURE),
    Indicator("announced_share", WILSON, "announced", "one", over=EVENT),
)
CONFLICT: Final = "conflict_per_story"
CONFLICT_WITH_PROXIES: Final = "conflict_with_proxies_per_story"
"""The worst hostile act of each story (`country_events.worst_acts`), summed, over all stories read."""
INTERVALS: Final = {one.name: one.interval for one in EVENT_INDICATORS} | dict.fromkeys(
    (CONFLICT, CONFLICT_WITH_PROXIES), GAMMA
)
"""How the interval of each indicator is found."""
COUNTED: Final = frozenset(one.name for one in EVENT_INDICATORS if not one.whole)
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
    coded, read = country_events(articles, events, period=period), stories_read(articles, period)
    first = coded[~coded["is_copy"]]
    declared = DataFrame([(one.name, one.over) for one in EVENT_INDICATORS], columns=["indicator", "over"])
    rows = coded[KEY].drop_duplicates().merge(declared, how="cross")
    sums = contribution_grid(first).groupby([first[name] for name in KEY]).sum(min_count=1)
    values = sums.reset_index().melt(KEY, var_name="indicator", value_name="value")
    rows = rows.merge(values, "left", VALUE, validate="1:1")
    is_nothing = rows["indicator"].isin(COUNTED) & rows["value"].isna()
    rows = rows.assign(value=rows["value"].mask(is_nothing, 0.0))
    by_status = concat([coded.assign(over=coded["status"]), coded.assign(over=EVENT)])
    read_of = by_status.assign(is_first=~by_status["is_copy"]).groupby(["over", *KEY], as_index=False)
    covered = read_of.agg(
        event_count=("is_first", "sum"),
        article_count=("article_id", "nunique"),
        story_count=("story_id", "nunique"),
    )
    rows = rows.merge(covered, "left", ["over", *KEY], validate="m:1")
    rows = with_intervals(rows.drop(columns="over").assign(**rows[COUNTS].fillna(0)), first)
    acts = pair_acts(articles, events, period=period)
    proxies = acts[acts["dyad"].isin(acts.loc[acts["is_proxy"], "dyad"])]  # of pairs with an act by a proxy
    per_story = [conflict_per_story(read, first, CONFLICT)]
    per_story += [] if proxies.empty else [conflict_per_story(read, proxies, CONFLICT_WITH_PROXIES)]
    rows = concat([rows, *(one for one in per_story if len(one))], ignore_index=True)
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
    index = MultiIndex.from_product([sorted(coded["dyad"].unique()), read.index], names=KEY)
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
    found, status = measures(coded), coded["status"]
    over = {ACT: status == ACT, FUTURE: status == FUTURE, EVENT: status.notna()}
    parts = {one.name: found[one.part].where(over[one.over]) for one in EVENT_INDICATORS}
    wholes = {one.name: found[one.whole or "one"].where(over[one.over]) for one in EVENT_INDICATORS}
    return DataFrame(parts, index=coded.index), DataFrame(wholes, index=coded.index)


def measures(coded: DataFrame) -> DataFrame:
    """What the indicators add up, for each event (rows).

    "top rung" is the rung of an act on the highest rung of its pair and period, of which there may be
    several, and 0 for the other acts.
    """
    quad, size, side, is_act = coded["quad"], coded["intensity"].abs(), side_of(coded), coded["status"] == ACT
    rung = coded["root"].map(RUNGS).astype(float).fillna(0).where(is_act)
    is_on_top = rung == rung.groupby([coded[name] for name in KEY]).transform("max")
    found = {
        "one": Series(1.0, coded.index),
        "size": size,
        "intensity": coded["intensity"],
        "hostile": side == "hostile",
        "cooperative": side == "cooperative",
        "hostile size": size.where(side == "hostile", 0.0),
        "deed": quad.isin((2, 4)),
        "by the first": coded["source_country_code"] == coded["dyad"].str[:3],
        "on top": is_on_top,
        "top rung": rung.where(is_on_top, 0.0),
        "announced": ~is_act,
        **{name: (quad == number) & (side != "neither") for name, number in QUAD_COUNTS.items()},
    }
    return DataFrame(found, index=coded.index).astype(float)


def with_intervals(rows: DataFrame, coded: DataFrame) -> DataFrame:
    """`low` and `high` of each row, missing where no interval is known."""
    sums = story_sums(coded)
    kinds = sums.index.get_level_values("indicator").map(INTERVALS)
    found = concat(interval_of(sums[kinds == kind]) for kind, interval_of in STORY_INTERVALS.items())
    bounds = found.reindex(MultiIndex.from_frame(rows[VALUE])).set_axis(rows.index)
    nothing, is_count = interval_of_nothing(), rows["indicator"].isin(COUNTED)
    return rows.assign(
        **{side: bounds[side].mask(bounds[side].isna() & is_count, nothing[side]) for side in nothing}
    )


def interval_of_nothing() -> dict[str, float]:
    """`low` and `high` of a count of nothing: sum, sum of squares and largest weight are 0, 0 and 1."""
    low, high = gamma_interval(*(Series([size]) for size in (0.0, 0.0, 1.0)))
    return {"low": low[0], "high": high[0]}


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
    index = MultiIndex.from_tuples(list(rows), names=VALUE) if rows else several.index.droplevel(-1)
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


STORY_INTERVALS: Final = {WILSON: share_intervals, STUDENT: mean_intervals, GAMMA: count_intervals}
"""How an interval is found from what each story gives. The others need no stories (`intervals`)."""
