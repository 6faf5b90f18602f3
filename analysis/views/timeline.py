"""Incidents by day, week or month in groups that open: the timeline of an exported page."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from analysis.views.incidents import IncidentLine, incidents_view
from analysis.views.render import View, view


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
