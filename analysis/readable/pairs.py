"""Pairs of countries as a reader wants them: every indicator over all days, and the main ones by week."""

from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.country_names import subject_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.dyads import dyad_indicators
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import INDICATORS, WEEKS
from analysis.readable.sources import known_numbers, table_of

WEEK: Final = "week"
CONFLICT: Final = "conflict_per_story"
COUNTS: Final = {
    "hostile words": "verbal_conflict_count",
    "hostile deeds": "material_conflict_count",
    "cooperative words": "verbal_cooperation_count",
    "cooperative deeds": "material_cooperation_count",
    "hostile, announced": "announced_conflict_count",
    "cooperative, announced": "announced_cooperation_count",
}
KEY: Final = ["period", "dyad"]


def readable_indicators(indicators: DataFrame) -> DataFrame:
    """The readable table of indicators.

    Args:
        indicators: `Indicators` table.

    Returns:
        One row per pair and indicator, with the columns of `columns.INDICATORS`.
    """
    book = load_lexicon("indicators/codebook").set_index("indicator")
    described = book.reindex(indicators["indicator"]).fillna("").reset_index(drop=True)
    rows = indicators.reset_index(drop=True)
    return table_of(
        INDICATORS,
        {
            "pair": rows["dyad"].map(names(rows["dyad"])),
            "indicator": rows["indicator"].map(indicator_name),
            **{name: known_numbers(rows[name]) for name in ("value", "low", "high")},
            "events": rows["event_count"],
            "stories": rows["story_count"],
            "range": described["range"],
            "direction": described["direction"],
            "meaning": described["definition"],
        },
    )


def readable_weeks(tables: Tables) -> DataFrame:
    """The readable table of pairs by week.

    Args:
        tables: of a corpus.

    Returns:
        One row per pair and week in which something is done or announced between the two, with the columns
        of `columns.WEEKS`, in chronological order. Undated articles are in no week.
    """
    rows = dyad_indicators(tables.articles, tables.events, period=WEEK)
    conflict = rows[rows["indicator"] == CONFLICT].set_index(KEY)
    counts = rows[rows["indicator"].isin(COUNTS.values())].set_index([*KEY, "indicator"])["value"].unstack()
    counts = counts.reindex(columns=list(COUNTS.values())).sort_index()
    conflict = conflict.reindex(counts.index)
    found = {
        WEEK: pd.to_datetime(counts.index.get_level_values("period")),
        "pair": counts.index.get_level_values("dyad").map(
            names(Series(counts.index.get_level_values("dyad")))
        ),
        "conflict per story": known_numbers(conflict["value"]).to_numpy(),
        "low": known_numbers(conflict["low"]).to_numpy(),
        "high": known_numbers(conflict["high"]).to_numpy(),
        "stories read": conflict["story_count"].to_numpy(),
        **{name: counts[indicator].fillna(0).to_numpy() for name, indicator in COUNTS.items()},
    }
    return table_of(WEEKS, found)


def names(subjects: Series) -> dict[str, str]:
    """The name of each pair in plain words, by its codes."""
    return {subject: subject_name(subject) for subject in subjects.unique()}
