"""Pairs of countries: indicators, changes, alerts, spikes, events with sentences, and the map in numbers."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame

from analysis.charts.map_shapes import name_on_map
from analysis.charts.world_map import MAX_COUNTRIES, MAX_PAIRS, pair_joins
from analysis.country_names import dyad_name
from analysis.indicators.alerts import monitoring_sentence
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.dyads import directed_indicators, event_contributions
from analysis.indicators.proxy_acts import sponsor_words
from analysis.indicators.story_days import dominant_outlet
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import by_size, event_rows, sentence_rows, with_sources
from analysis.views.render import View, view

MAX_OWN_PAIRS = 50
MAX_EVENTS = 50
EACH_WAY = ("conflict_share", "mean_intensity", "highest_rung")


def stories_view(stories: Sequence[tuple[str, Sequence[str]]]) -> View:
    """List what there is to say about each pair: names with parts, from `findings.answers.pair_stories`."""
    return view("views/stories", stories=stories)


def indicators_view(
    indicators: pd.DataFrame, caption: str, *, minimum_stories: int = MINIMUM_STORIES
) -> View:
    """Values of one period with intervals and counts, those from few stories marked: `Indicators` rows."""
    rows = indicators.sort_values(["dyad", "period", "indicator"], kind="stable").to_dict("records")
    return view("views/indicators", indicators=rows, caption=caption, minimum=minimum_stories)


def changes_view(changes: pd.DataFrame, articles: pd.DataFrame, *, since: str) -> View:
    """List what rose or eased in the latest period, why, and by which articles, and what is not compared.

    Args:
        changes: `Changes` table.
        articles: `Articles` table.
        since: what the values are compared with: "the week before", "the last briefing".
    """
    latest = changes[changes["period"] == changes["period"].max()]
    moved = latest[latest["direction"].isin(("up", "down"))]
    rows = with_sources(moved, articles)
    obstacles = latest.loc[latest["direction"] == "not compared", "obstacle"].value_counts().sort_index()
    level = int((latest["direction"] == "no clear change").sum())
    return view(
        "views/changes",
        changes=rows,
        level=level,
        compared=level + len(rows),
        obstacles=obstacles.to_dict(),
        total=len(latest),
        since=since,
    )


def alerts_view(alerts: pd.DataFrame, articles: pd.DataFrame) -> View:
    """List what an analyst should look at in the latest period: `Alerts` and `Articles` tables."""
    rows = with_sources(alerts, articles)
    return view("views/alerts", alerts=rows, scope=monitoring_sentence(articles))


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


def dyad_view(
    tables: Tables,
    *,
    most_pairs: int = MAX_OWN_PAIRS,
    most_events: int = MAX_EVENTS,
    minimum_stories: int = MINIMUM_STORIES,
) -> View:
    """Each pair of countries: its indicators, and the sentences behind the strongest events between the two.

    Each event shows what it adds to the pair's conflict share and mean intensity: the parts add up.
    """
    events = tables.events[between_countries(tables.events)]
    directed = directed_indicators(tables.articles, tables.events)
    parts = event_contributions(tables.articles, tables.events)
    given = {
        name: parts[parts["indicator"] == name].set_index("event_id")["contribution"]
        for name in ("conflict_share", "mean_intensity")
    }
    groups = by_size(events.assign(dyad=dyads(events)), "dyad")
    rows = [
        {
            "name": dyad_name(dyad),
            "indicators": indicator_rows(tables.indicators, [dyad]),
            "each_way": [row for row in indicator_rows(directed, ways(dyad)) if row["indicator"] in EACH_WAY],
            "count": len(part),
            **shown_events(
                part.assign(**{name: part["event_id"].map(of) for name, of in given.items()}),
                tables,
                most_events,
            ),
        }
        for dyad, part in groups[:most_pairs]
    ]
    return view("views/dyads", dyads=rows, minimum=minimum_stories, more=len(groups) - len(rows))


def shown_events(events: pd.DataFrame, tables: Tables, most: int) -> dict[str, object]:
    """The strongest events of a pair in their order, and what all others add together."""
    strongest = events["intensity"].abs().mul(-1).argsort(kind="stable")[:most]
    shown = events.iloc[sorted(strongest)]
    rest = events.drop(shown.index)
    return {
        "sentences": sentence_rows(shown, tables),
        "shown": len(shown),
        "rest": {name: rest[name].sum() for name in ("mean_intensity", "conflict_share")},
    }


def indicator_rows(indicators: pd.DataFrame, subjects: Sequence[str]) -> list[dict]:
    """The rows of some subjects over all articles."""
    chosen = indicators["dyad"].isin(subjects) & (indicators["period"] == "all")
    return indicators[chosen].to_dict("records")


def ways(dyad: str) -> list[str]:
    """Both directions of a pair: "CHN>USA" and "USA>CHN"."""
    first, second = dyad.split("-")
    return [f"{first}>{second}", f"{second}>{first}"]


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
