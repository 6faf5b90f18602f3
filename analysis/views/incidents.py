"""What happened and what is announced, by day: a row for each incident, with the sentence that reports it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

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
