"""Tension between two countries by week, in two series of their own: force, and pressure short of force.

The value of a week is the sum, over its stories, of each story's gravest act between the two. A pair at war
that a week's news passes over is not at peace: to force is added what the quarter before lets one expect.
Threats and sanctions count when they are announced, because the announcement is the pressure.
"""

from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import ACT, KEY, country_events, stories_read
from analysis.indicators.intervals import gamma_interval
from analysis.indicators.periods import period_range
from analysis.indicators.spikes import dominant_outlet
from analysis.schemas import Indicators
from benchmarks.validation.act_gravity import NO_DEATH, force_gravity, political_gravity

FORCE_TENSION: Final = "force_tension"
POLITICAL_TENSION: Final = "political_tension"
WEEKLY_INDICATORS: Final = (FORCE_TENSION, POLITICAL_TENSION)
WEEK: Final = "week"
QUARTER_WEEKS = 13  # in which it shows whether a pair is at war
WAR_SHARE = 1 / 3  # of those of these weeks that were read, from which on force is a war and not a clash
MONTH_WEEKS = 4  # so many weeks with reported force make a war, and as many without end it
EXPECTED = NO_DEATH / 2  # what a war adds to each of its weeks: half of one raid that kills nobody
GRAVEST = 1.0


def weekly_tension(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Force and pressure short of force between each two countries, by week.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.

    Returns:
        `Indicators` table of `force_tension` and `political_tension`: for each pair with a hostile act, every
        week from the first dated article to the last. A week without articles is missing, not 0; so is every
        week where one of several outlets wrote nine tenths of the stories (`dominant_outlet`). The interval
        is that of the week's stories; `event_count` says how many of them report such an act, and
        `story_count` how many were read.
    """
    read = stories_read(articles, WEEK)
    coded = country_events(articles, events, period=WEEK)
    hostile = coded[~coded["is_copy"] & (coded["quad"] >= 3)]
    done = hostile[hostile["status"] == ACT]
    force = with_expectation(weekly_sums(done.assign(gravity=force_gravity(done)), read))
    political = weekly_sums(hostile.assign(gravity=political_gravity(hostile)), read)
    parts = (force.assign(indicator=FORCE_TENSION), political.assign(indicator=POLITICAL_TENSION))
    rows = values_of_several(pd.concat(parts, ignore_index=True), articles)
    rows = rows[list(Indicators.columns)]
    return Indicators.validate(rows.sort_values(["indicator", *KEY], ignore_index=True))


def weekly_sums(acts: DataFrame, read: DataFrame) -> DataFrame:
    """The gravest act of each story, summed by pair and week, with the interval of the sum."""
    weighed = acts[acts["gravity"] > 0].sort_values(["gravity", "event_id"], ascending=[False, True])
    weighed = weighed.drop_duplicates([*KEY, "story_id"])
    sums = weighed.assign(square=weighed["gravity"] ** 2).groupby(KEY)
    sums = sums.agg(value=("gravity", "sum"), squares=("square", "sum"), event_count=("event_id", "size"))
    weeks = period_range(read.index.min(), read.index.max(), WEEK) if len(read) else []
    index = pd.MultiIndex.from_product([sorted(acts["dyad"].unique()), weeks], names=KEY)
    rows = sums.reindex(index, fill_value=0).reset_index()
    low, high = gamma_interval(rows["value"], rows["squares"], Series(GRAVEST, rows.index))
    counts = read.reindex(rows["period"]).fillna(0).reset_index(drop=True)
    rows = rows.assign(low=low, high=high, **counts)
    values = ["value", "low", "high"]
    return rows.assign(**rows[values].where(rows["story_count"] > 0))


def with_expectation(rows: DataFrame) -> DataFrame:
    """The same sums, and in each week of a war what the weeks before let one expect of it."""
    is_read = rows["story_count"] > 0
    counts = rows.assign(count=rows["event_count"].where(is_read)).groupby("dyad")["count"]
    expected = counts.transform(expected_force).to_numpy()
    return rows.assign(**{name: rows[name] + expected for name in ("value", "low", "high")})


def expected_force(counts: Series) -> Series:
    """What a war adds to each week: `EXPECTED` times the share of the quarter's weeks with force; else 0.

    Weeks without articles (missing counts), and those before the first article, are unknown and not at peace.
    """
    had_force = (counts > 0).astype(float).where(counts.notna()).shift(1)
    quarter = had_force.rolling(QUARTER_WEEKS, min_periods=1)
    share = quarter.mean()
    is_recent = had_force.rolling(MONTH_WEEKS, min_periods=1).max() > 0
    is_war = (share >= WAR_SHARE) & (quarter.sum() >= MONTH_WEEKS) & is_recent
    return Series(np.where(is_war, EXPECTED * share, 0.0), counts.index)


def values_of_several(rows: DataFrame, articles: DataFrame) -> DataFrame:
    """`Indicators` rows, without their values where one of several outlets wrote nearly everything."""
    return rows.assign(value=np.nan, low=np.nan, high=np.nan) if dominant_outlet(articles) else rows
