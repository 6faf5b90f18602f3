"""Tension between two countries: what was done and said, with an interval and the events behind each value.

What a headline or a reprint repeats counts once (`deduplication`). A value without events is missing, not 0.
Wilson, bootstrap and gamma intervals are by story, because the acts of one story stand or fall together.
The indicators are declared in `definitions` and described in `indicators/codebook.csv`.
"""

from collections.abc import Callable
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import (
    ACT,
    EVENT,
    FUTURE,
    KEY,
    READ,
    RUNGS,
    country_events,
    directed_dyads,
    dyads,
    is_by_first,
    proxy_pair_acts,
    stories_read,
    worst_acts,
)
from analysis.indicators.intervals import bootstrap_mean, byar_interval, gamma_interval, wilson_interval
from analysis.indicators.periods import ALL
from analysis.schemas import QUAD_NAMES, Contributions, Indicators

QUAD_COUNTS: Final = {f"{name.replace(' ', '_')}_count": quad for quad, name in QUAD_NAMES.items()}
SHARES: Final = {  # which sums over a story's events a share divides
    "conflict_share": ("hostile", "size"),
    "deed_share": ("deeds", "acts"),
    "initiator_share": ("firsts", "acts"),
    "announced_share": ("announced", "events"),
}
BASES: Final = {  # what the counts of a row count: acts, announcements, both, or all that was read
    "conflict_share": ACT,
    "mean_intensity": ACT,
    "conflict_per_story": READ,
    "conflict_with_proxies_per_story": READ,
    "deed_share": ACT,
    "initiator_share": ACT,
    "highest_rung": ACT,
    **dict.fromkeys(QUAD_COUNTS, ACT),
    "announced_cooperation_count": FUTURE,
    "announced_conflict_count": FUTURE,
    "announced_share": EVENT,
}
CONFLICT = "conflict_per_story"
CONFLICT_WITH_PROXIES = "conflict_with_proxies_per_story"
COUNTS = ["event_count", "article_count", "story_count"]


def dyad_indicators(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """Every indicator of every pair of countries, whoever acts.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "all", "day", "week" (from Monday) or "month".

    Returns:
        `Indicators` table: each pair in each period in which something is done or announced between the two.
        There a count may be 0; the other values are missing where no act is behind them. `event_count`,
        `article_count` and `story_count` say what was read for the acts, or for the announcements, of the
        pair; copies of a story add to `article_count` only. `conflict_per_story` stands there for each pair
        in each period in which anything was read, 0 where nothing hostile passed; its `event_count` are the
        stories that tell of a hostile act, its `story_count` all stories.

    Raises:
        ValueError: `period` is another word.
    """
    rows = indicators_of(articles, events, period, dyads)
    acts = proxy_pair_acts(articles, events, period=period)
    if acts.empty:
        return rows
    per_story = conflict_per_story(stories_read(articles, period), acts, CONFLICT_WITH_PROXIES)
    rows = pd.concat([rows, per_story], ignore_index=True)
    return Indicators.validate(rows.sort_values([*KEY, "indicator"], ignore_index=True))


def directed_indicators(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """`dyad_indicators` of what the first country does to the second: `dyad` is "USA>CHN".

    `initiator_share` is 1 throughout and left out.
    """
    rows = indicators_of(articles, events, period, directed_dyads)
    return rows[rows["indicator"] != "initiator_share"].reset_index(drop=True)


def indicators_of(
    articles: DataFrame, events: DataFrame, period: str, naming: Callable[[DataFrame], Series]
) -> DataFrame:
    """Every indicator of every pair as `naming` calls them."""
    coded = country_events(articles, events, period=period, naming=naming)
    first = coded[~coded["is_copy"]]
    sums = contributions(first).groupby(["indicator", *KEY])["contribution"].sum(min_count=1)
    values = sums.rename("value").reset_index()
    rows = grid(coded).merge(values, "left", ["indicator", *KEY], validate="1:1")
    rows = rows.assign(value=rows["value"].mask(is_count(rows) & rows["value"].isna(), 0.0))
    rows = rows.merge(coverage(coded).reset_index(), "left", ["base", *KEY], validate="m:1")
    rows = with_intervals(rows.drop(columns="base").assign(**rows[COUNTS].fillna(0)), first)
    per_story = conflict_per_story(stories_read(articles, period), first, CONFLICT)
    rows = pd.concat([rows, per_story], ignore_index=True) if len(per_story) else rows
    return Indicators.validate(rows.sort_values([*KEY, "indicator"], ignore_index=True))


def event_contributions(articles: DataFrame, events: DataFrame, *, period: str = ALL) -> DataFrame:
    """What each event gives to each value of `dyad_indicators`: the parts add up to it.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: as in `dyad_indicators`.

    Returns:
        `Contributions` table; within a value the largest first, for or against. A copy of a story gives
        nothing and has no row. Events on the highest rung share it equally.
    """
    coded = country_events(articles, events, period=period)
    first = coded[~coded["is_copy"]]
    read = stories_read(articles, period)
    parts = [contributions(first), story_parts(first, read, CONFLICT)]
    with_proxies = proxy_pair_acts(articles, events, period=period)
    if len(with_proxies):
        parts.append(story_parts(with_proxies, read, CONFLICT_WITH_PROXIES))
    rows = pd.concat(parts).dropna(subset="contribution")
    rows = rows.assign(size=-rows["contribution"].abs())
    ordered = rows.sort_values(["indicator", *KEY, "size", "event_id"], kind="stable", ignore_index=True)
    return Contributions.validate(ordered[["event_id", "indicator", *KEY, "contribution"]])


def story_parts(coded: DataFrame, read: DataFrame, indicator: str) -> DataFrame:
    """What the worst act of each story gives to the weight per story read."""
    hostile = worst_acts(coded)
    share = hostile["hostile_weight"] / hostile["period"].map(read["story_count"])
    return hostile[["event_id", *KEY]].assign(indicator=indicator, contribution=share)


def conflict_per_story(read: DataFrame, coded: DataFrame, indicator: str) -> DataFrame:
    """`Indicators` rows of the weight of hostile acts per story read, for each pair and period read."""
    acts = worst_acts(coded)
    weights = acts.assign(square=acts["hostile_weight"] ** 2).groupby(KEY)
    sums = weights.agg(
        total=("hostile_weight", "sum"), squares=("square", "sum"), event_count=("event_id", "size")
    )
    index = pd.MultiIndex.from_product([sorted(coded["dyad"].unique()), read.index], names=KEY)
    sums = sums.reindex(index, fill_value=0)
    low, high = gamma_interval(sums["total"], sums["squares"], Series(1.0, sums.index))
    rows = sums.assign(low=low, high=high).reset_index().merge(read, on="period", validate="many_to_one")
    per_story = {
        name: (rows[name] / rows["story_count"]).clip(upper=1.0) for name in ("total", "low", "high")
    }
    rows = rows.assign(indicator=indicator, **per_story).rename(columns={"total": "value"})
    return rows[["indicator", *KEY, "value", "low", "high", *COUNTS]]


def contributions(coded: DataFrame) -> DataFrame:
    """One row per event and indicator: the event's part of the value."""
    acts, future = coded[coded["status"] == ACT], coded[coded["status"] == FUTURE]
    wide = (act_parts(acts), announced_parts(future), status_parts(coded))
    return pd.concat(
        part.melt(["event_id", *KEY], var_name="indicator", value_name="contribution") for part in wide
    )


def act_parts(acts: DataFrame) -> DataFrame:
    """The part of each act in each indicator of acts, one column an indicator."""
    pair = [acts[name] for name in KEY]
    size, hostile = acts["intensity"].abs(), acts["quad"] >= 3
    total = size.groupby(pair).transform("sum")
    number = size.groupby(pair).transform("size")
    rung = acts["root"].map(RUNGS).astype(float).fillna(0)  # of no acts, words would be left
    top = rung.groupby(pair).transform("max")
    at_top = (rung == top).groupby(pair).transform("sum")
    return acts[["event_id", *KEY]].assign(
        conflict_share=size.where(hostile, 0.0) / total.mask(total == 0),
        mean_intensity=acts["intensity"] / number,
        deed_share=acts["quad"].isin((2, 4)) / number,
        initiator_share=is_by_first(acts) / number,
        highest_rung=top.where(rung == top, 0.0) / at_top,
        **{name: (acts["quad"] == quad).astype(float) for name, quad in QUAD_COUNTS.items()},
    )


def announced_parts(future: DataFrame) -> DataFrame:
    """The part of each announced event in the two counts of announcements."""
    hostile = (future["quad"] >= 3).astype(float)
    return future[["event_id", *KEY]].assign(
        announced_cooperation_count=1.0 - hostile, announced_conflict_count=hostile
    )


def status_parts(coded: DataFrame) -> DataFrame:
    """The part of each act and announced event in the share of what is announced."""
    number = coded.groupby(KEY)["event_id"].transform("size")
    return coded[["event_id", *KEY]].assign(announced_share=(coded["status"] == FUTURE) / number)


def grid(coded: DataFrame) -> DataFrame:
    """Every indicator for every pair and period that has events, with what its counts count."""
    names = DataFrame([pair for pair in BASES.items() if pair[1] != READ], columns=["indicator", "base"])
    return coded[KEY].drop_duplicates().merge(names, how="cross")


def is_count(rows: DataFrame) -> Series:
    """Whether a row's indicator counts events, so that none is 0 and not missing."""
    return rows["indicator"].str.endswith("_count")


def coverage(coded: DataFrame) -> DataFrame:
    """What was read for each pair, period and base: events without copies, articles, stories."""
    based = pd.concat([coded.assign(base=coded["status"]), coded.assign(base=EVENT)])
    return (
        based.assign(is_first=~based["is_copy"])
        .groupby(["base", *KEY])
        .agg(
            event_count=("is_first", "sum"),
            article_count=("article_id", "nunique"),
            story_count=("story_id", "nunique"),
        )
    )


def with_intervals(rows: DataFrame, coded: DataFrame) -> DataFrame:
    """`low` and `high` of each row, missing where no interval is known."""
    stories = story_sums(coded)
    low, high = byar_interval(rows["value"].where(is_count(rows)).astype(float))
    rows = rows.assign(low=low, high=high)
    for indicator, (part, whole) in SHARES.items():
        rows = fill_bounds(rows, indicator, share_intervals(stories[part], stories[whole]))
    return fill_bounds(rows, "mean_intensity", mean_intervals(stories[stories["acts"] > 0]))


def fill_bounds(rows: DataFrame, indicator: str, bounds: DataFrame) -> DataFrame:
    """`rows` with the bounds of one indicator, found by pair and period."""
    found = bounds.reindex(pd.MultiIndex.from_frame(rows[KEY]))
    chosen = rows["indicator"] == indicator
    return rows.assign(
        **{side: rows[side].mask(chosen, Series(found[side].to_numpy(), rows.index)) for side in bounds}
    )


def story_sums(coded: DataFrame) -> DataFrame:
    """Sums over each story's events for a pair and period: stories, not sentences, are independent."""
    is_act = coded["status"] == ACT
    size = coded["intensity"].abs().where(is_act, 0.0)
    sums = coded[[*KEY, "story_id"]].assign(
        size=size,
        hostile=size.where(coded["quad"] >= 3, 0.0),
        acts=is_act.astype(float),
        deeds=(is_act & coded["quad"].isin((2, 4))).astype(float),
        firsts=(is_act & is_by_first(coded)).astype(float),
        intensity=coded["intensity"].where(is_act, 0.0),
        announced=(~is_act).astype(float),
        events=1.0,
    )
    return sums.groupby([*KEY, "story_id"]).sum()


def share_intervals(part: Series, whole: Series) -> DataFrame:
    """Wilson interval of a share by pair and period, from its part and whole in each story.

    The number of trials is the effective number of stories, (sum w)^2 / sum w^2 with a story's whole as its
    weight w: one long story is one report, however many acts it tells of.

    Source: Wilson 1927; Kish 1965 for the effective number.
    """
    totals = DataFrame({"part": part, "whole": whole, "square": whole**2}).groupby(level=KEY).sum()
    totals = totals[totals["whole"] > 0]
    low, high = wilson_interval(totals["part"] / totals["whole"], totals["whole"] ** 2 / totals["square"])
    return DataFrame({"low": low, "high": high})


def mean_intervals(stories: DataFrame) -> DataFrame:
    """Bootstrap interval of the mean intensity by pair and period; missing below two stories.

    Whole stories are drawn, because the acts of one story stand or fall together. Each pair starts from the
    same seed, so that its interval does not depend on which other pairs there are.
    """
    several = stories[stories.groupby(level=KEY)["acts"].transform("size") > 1]
    rows = {
        key: bootstrap_mean(group["intensity"].to_numpy(), group["acts"].to_numpy())
        for key, group in several.groupby(level=KEY)
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=KEY) if rows else several.index.droplevel(-1)
    return DataFrame(list(rows.values()), index=index, columns=["low", "high"], dtype=float)
