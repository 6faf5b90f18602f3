"""Incidents by day, with the sentence that reports each, and in groups that open: the timeline of a page."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from analysis.views.evidence import Piece, Source
from analysis.views.render import View, view

UNDATED: Final = date.max  # comes last


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
    for line in sorted(lines, key=lambda line: line.day or UNDATED):
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
    shown = sum(len(group.lines) for group in groups)
    return view("views/timeline", groups=rows, shown=shown, total=total)
