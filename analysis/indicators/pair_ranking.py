"""Which pair of countries readers should hear about first: force before words, new before old.

A story is about the pair with the most coded events in it. Its freshness is 1 on the day of the newest
article and halves with every week before; an undated story counts as a week old. Pairs are ranked

1. by confirmed rung: the highest rung of the ladder that stories about the pair reached with a total
   freshness of two or more, so that neither one misread sentence nor a war mentioned in passing leads;
2. by weight: each story's worst hostile act (intensity over -10), or a tenth where it has none, times its
   freshness;
3. by the number of coded events.
"""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.indicators.country_events import (
    ACT,
    FULL_INTENSITY,
    RUNGS,
    between_countries,
    country_events,
    dyads,
)

HALVING_DAYS: Final = 7
LEAST_FRESH: Final = 2.0  # stories as fresh as today's that confirm a rung
CALM_WEIGHT: Final = 0.1  # of a story about a pair without a hostile act


@once
def ranked_pairs(articles: DataFrame, events: DataFrame) -> DataFrame:
    """Pairs of countries, the most important first.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.

    Returns:
        `dyad`, `confirmed_rung` (0 none to 5 force), `rung` (that any one story about the pair reached),
        `weight` (0 and up) and `event_count`, which includes events that are neither done nor announced.
    """
    coded = country_events(articles, events, period="all")
    stories = stories_about(coded[~coded["is_copy"]])
    stories = stories.assign(freshness=freshness(stories["published_date"], articles["published_date"].max()))
    stories = stories.assign(weight=stories["hostility"].clip(lower=CALM_WEIGHT) * stories["freshness"])
    counts = dyads(events[between_countries(events)]).value_counts(sort=False)
    found = DataFrame({"dyad": counts.index.astype(object), "event_count": counts.to_numpy()})
    weights = stories.groupby("dyad")["weight"].sum()
    rungs = {dyad: confirmed_rung(part) for dyad, part in stories.groupby("dyad")}
    found = found.assign(
        confirmed_rung=found["dyad"].map(rungs).fillna(0).astype(int),
        rung=found["dyad"].map(stories.groupby("dyad")["rung"].max()).fillna(0).astype(int),
        weight=found["dyad"].map(weights).astype(float).fillna(0.0),
    )
    return found.sort_values(
        ["confirmed_rung", "weight", "event_count", "dyad"],
        ascending=[False, False, False, True],
        ignore_index=True,
    )


def stories_about(coded: DataFrame) -> DataFrame:
    """One row per story and pair that it is about: its newest date, worst hostility (0 to 1), and rung."""
    is_hostile = (coded["status"] == ACT) & (coded["intensity"] < 0)
    rows = coded.assign(
        hostility=(coded["intensity"] / -FULL_INTENSITY).where(is_hostile, 0.0),
        rung=coded["root"].map(RUNGS).astype(float).where(is_hostile, 0.0).fillna(0.0),
    )
    stories = rows.groupby(["story_id", "dyad"], as_index=False).agg(
        event_count=("event_id", "size"),
        published_date=("published_date", "max"),
        hostility=("hostility", "max"),
        rung=("rung", "max"),
    )
    most = stories.groupby("story_id")["event_count"].transform("max")
    return stories[stories["event_count"] == most].reset_index(drop=True)


def freshness(dates: Series, newest: pd.Timestamp) -> Series:
    """1 on the day of the newest article, half as much with every week before."""
    if pd.isna(newest):
        return Series(1.0, dates.index)
    age = (newest - dates).dt.days.astype(float).fillna(HALVING_DAYS)
    return 0.5 ** (age / HALVING_DAYS)


def confirmed_rung(stories: DataFrame) -> int:
    """The highest rung that stories about one pair reached with a total freshness of two or more."""
    reached = [
        rung
        for rung in range(max(RUNGS.values()), 0, -1)
        if stories.loc[stories["rung"] >= rung, "freshness"].sum() >= LEAST_FRESH
    ]
    return reached[0] if reached else 0
