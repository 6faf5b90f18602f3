"""Incidents over time as bars: hostile ones above the line, cooperative ones below."""

from typing import NamedTuple

from pandas import DataFrame

from analysis.charts.base import Chart, empty_chart
from analysis.charts.explorer_bars import bars_chart
from analysis.indicators.incident_timeline import (
    incidents_by_period,
    since_first_report,
    timeline_period,
)
from analysis.phrasing import counted, listed

LABELS = {"day": "{}", "week": "week from {}", "month": "{:.7}"}  # of a bar, by its first day


class IncidentBars(NamedTuple):
    """Incidents counted for a picture."""

    bars: DataFrame  # as `explorer_bars.bars_chart` takes them
    period: str  # "day", "week" or "month"
    note: str  # what is left out, in a sentence


def incidents_chart(timeline: DataFrame) -> Chart:
    """How many incidents begin in each day, week or month, from the day of the first report on.

    Args:
        timeline: table of `incident_timeline`, or some of its rows.
    """
    bars, period, note = incident_bars(timeline)
    if bars.empty:
        return empty_chart(f"No chart over time: no incident with a date is left. {note}".rstrip())
    return bars_chart(bars, by=period, unit="incidents", total=int(bars["count"].sum()), note=note)


def incident_bars(timeline: DataFrame) -> IncidentBars:
    """A bar for each day, week or month in which an incident begins: table of `incident_timeline`."""
    drawn = since_first_report(timeline)
    period = timeline_period(drawn)
    counts = incidents_by_period(drawn, period)
    note = left_out(int(timeline["day"].isna().sum()), len(timeline) - len(drawn))
    labels = [LABELS[period].format(start) for start in counts["period"]]
    return IncidentBars(counts.assign(key=counts["period"], label=labels), period, note)


def left_out(undated: int, earlier: int) -> str:
    """Which incidents are not drawn, in a sentence; "" where all are."""
    counts = {"without a date": undated, "of days before the first article": earlier}
    parts = [f"{counted(count, 'incident')} {why}" for why, count in counts.items() if count]
    return f"Left out: {listed(parts)}." if parts else ""
