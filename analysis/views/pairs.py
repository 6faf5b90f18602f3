"""Pairs of countries: each in short, spikes with their events, and the map in numbers."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame

from analysis.charts.map_shapes import name_on_map
from analysis.charts.world_map import MAX_COUNTRIES, MAX_PAIRS, pair_joins
from analysis.indicators.country_events import sponsor_words
from analysis.indicators.spikes import dominant_outlet
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import event_rows
from analysis.views.render import View, view


def stories_view(stories: Sequence[tuple[str, Sequence[str]]]) -> View:
    """List what there is to say about each pair: names with parts, from `findings.answers.pair_stories`."""
    return view("views/stories", stories=stories)


def spikes_view(spikes: pd.DataFrame, tables: Tables, *, most: int = 10) -> View:
    """The strongest spikes and the events behind each: `Spikes` table."""
    rows = [
        {
            **row._asdict(),
            "events": [
                {**event, "sponsor": sponsor_words(event, row.dyad) or event["sponsor"]}
                for event in event_rows(
                    tables.events[tables.events["event_id"].isin(row.event_ids.split(" "))], tables
                )
            ],
        }
        for row in rows_of(spikes.head(most))
    ]
    return view("views/spikes", spikes=rows, outlet=dominant_outlet(tables.articles))


def map_table(levels: DataFrame, pairs: DataFrame, *, most: int = MAX_COUNTRIES) -> View:
    """List what `world_map` shows of the same tables, and how many countries more there are.

    Args:
        levels: `CountryLevels` table.
        pairs: `PairLevels` table, the leading pairs first.
        most: how many countries are listed.
    """
    rows = [{"name": name_on_map(row.country_code), **row._asdict()} for row in rows_of(levels.head(most))]
    return view(
        "views/map_table", countries=rows, more=len(levels) - len(rows), pairs=pair_joins(pairs, MAX_PAIRS)
    )
