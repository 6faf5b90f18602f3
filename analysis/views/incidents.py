"""Incidents by day with their sentences, pairs of countries with their spikes, and one country over time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup
from pandas import DataFrame, isna

from analysis.charts.map_shapes import name_on_map
from analysis.charts.world_map import MAX_COUNTRIES, pair_joins
from analysis.country_names import country_name
from analysis.indicators.country_events import sponsor_words
from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.spikes import covers_too_little, dominant_outlet
from analysis.pipeline.analyse import Tables
from analysis.tables.rows import rows_of
from analysis.views.evidence import Piece, Source, event_rows, source_of
from analysis.views.render import View, view


class IncidentLine(NamedTuple):
    """One incident in words."""

    day: date | None  # to sort by
    days: str  # "24 to 26 April 2024"; "" for an undated one
    pair: str
    what: str
    reports: str  # "3 stories, 2 outlets"
    pieces: Sequence[Piece]  # of its clearest sentence
    source: Source


def incidents_view(lines: Iterable[IncidentLine], *, total: int) -> View:
    """Incidents by day; those that one sentence reports share it.

    Args:
        lines: the incidents to list.
        total: how many there are.
    """
    by_place: dict[Source, list[IncidentLine]] = {}
    for line in sorted(lines, key=lambda line: line.day or date.max):
        by_place.setdefault(line.source, []).append(line)
    groups = list(by_place.values())
    return view("views/incidents", groups=groups, shown=sum(map(len, groups)), total=total)


class TimelineGroup(NamedTuple):
    """The incidents of a day, a week or a month."""

    title: str  # "Week from 5 May 2025", "Without a date"
    total: int
    hostile: int  # of these
    lines: Sequence[IncidentLine]  # those that are listed


def timeline_view(groups: Sequence[TimelineGroup], *, total: int) -> View:
    """Groups of incidents that open to a table, the first of them open.

    Args:
        groups: the newest first.
        total: how many incidents there are, including those that no group lists.
    """
    rows = [
        {
            "title": group.title,
            "total": group.total,
            "hostile": group.hostile,
            "table": Markup(incidents_view(group.lines, total=len(group.lines)).html),
        }
        for group in groups
    ]
    return view("views/timeline", groups=rows, shown=sum(len(group.lines) for group in groups), total=total)


MAX_SPIKES = 10


def spikes_view(spikes: DataFrame, tables: Tables) -> View:
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
        for row in rows_of(spikes.head(MAX_SPIKES))
    ]
    return view(
        "views/spikes",
        spikes=rows,
        outlet=dominant_outlet(tables.articles),
        is_short=covers_too_little(tables.articles),
    )


def map_table(levels: DataFrame, pairs: DataFrame) -> View:
    """List what `world_map` shows of the same tables, and how many countries more there are.

    Args:
        levels: `CountryLevels` table.
        pairs: `PairLevels` table, the leading pairs first.
    """
    listed = rows_of(levels.head(MAX_COUNTRIES))
    rows = [{"name": name_on_map(row.country_code), **row._asdict()} for row in listed]
    return view("views/map_table", countries=rows, more=len(levels) - len(rows), pairs=pair_joins(pairs))


MAX_PARTNERS = 12


def one_country_view(
    facts: Mapping[str, Any], counts: DataFrame, leading: Sequence[IncidentLine], told: Mapping[str, Any]
) -> View:
    """List what the articles say of one country.

    Args:
        facts: `name`, `incident_count`, `article_count`, `first`, `last`, `partners` (rows of
            `partner_rows`), and `partner_count`.
        counts: table of `sides_over_time`.
        leading: its leading incidents.
        told: `quotes` (rows of `telling_rows`), `own` and `other` (rows of
            `statement_rows`), `own_count` and `other_count`.
    """
    return view(
        "views/one_country",
        facts=facts,
        periods=counts.to_dict("records"),
        incidents=Markup(incidents_view(leading, total=facts["incident_count"]).html),
        told=told,
        minimum=MIN_STORIES,
    )


def partner_rows(partners: DataFrame, by_own: DataFrame, on_it: DataFrame) -> list[dict]:
    """The leading partners, with the stances that each side takes on the other.

    Args:
        partners: `Partners` table.
        by_own: table of `dated_stances`: speakers of the country on others.
        on_it: the same: speakers of others on the country, with their `country_code`.
    """
    own, other = dict(list(by_own.groupby("target"))), dict(list(on_it.groupby("country_code")))
    return [
        {
            **row._asdict(),
            "name": country_name(row.partner_code),
            "last": "" if isna(row.last_day) else f"{row.last_day:%Y-%m-%d}",
            "own": balance(own.get(row.partner_code, by_own.iloc[:0])),
            "other": balance(other.get(row.partner_code, on_it.iloc[:0])),
        }
        for row in rows_of(partners.head(MAX_PARTNERS))
    ]


def balance(stances: DataFrame) -> dict[str, int]:
    """How many stances are for, against, neither and undecided, and in how many stories."""
    labels = stances["label"]
    return {
        "favourable": int((labels == 1).sum()),
        "unfavourable": int((labels == -1).sum()),
        "decided": int(labels.notna().sum()),
        "undecided": int(labels.isna().sum()),
        "stories": stances["story_id"].nunique(),
    }


def telling_rows(quotes: Iterable[Any], tables: Tables) -> list[dict]:
    """Direct quotes with their sources: `findings.sources.ShownQuote`."""
    return [
        {
            "quote": one,
            "source": source_of(tables.article_rows[one.article_id], one.start_char, one.start_char),
        }
        for one in quotes
    ]
