"""Incidents in words, each with the sentence that reports it: the rows of `incidents_view`."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from pandas import DataFrame

from analysis.country_names import dyad_name
from analysis.findings.analyst_marks import analyst_mark
from analysis.findings.incident_wording import kind_noun
from analysis.findings.leads import leading_incidents, watched_incidents
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, reported_incidents
from analysis.findings.wording import words
from analysis.indicators.incident_timeline import timeline_period
from analysis.indicators.periods import period_starts
from analysis.phrasing import counted, day_in_words
from analysis.tables.rows import rows_of
from analysis.views.evidence import event_rows
from analysis.views.incidents import IncidentLine, TimelineGroup

UNDATED: Final = "Without a date"
MANY: Final = 2  # days with reports: from here on a timeline shows more than a table


def leading_lines(inputs: PeriodInputs, most: int) -> Iterator[IncidentLine]:
    """The leading incidents of the period, and what is announced.

    Args:
        inputs: of the period.
        most: how many incidents that have happened, and how many announced ones.
    """
    leads = [leading_incidents(inputs).head(most), watched_incidents(inputs).head(most)]
    chosen = pd.concat([rows for rows in leads if len(rows)] or leads, ignore_index=True)
    return incident_lines(chosen, inputs)


def incident_lines(incidents: DataFrame, inputs: PeriodInputs) -> Iterator[IncidentLine]:
    """Some incidents (`Incidents` rows) in their order, each with its clearest sentence."""
    events = inputs.tables.events
    found = event_rows(events[events["event_id"].isin(incidents["incident_id"])], inputs.tables)
    evidence = {row["event_id"]: row for row in found}
    for one, incident in zip(reported_incidents(incidents, inputs), rows_of(incidents), strict=True):
        behind = evidence[incident.incident_id]
        yield IncidentLine(
            day=one.day,
            days=words("findings/reported", "days", incident),
            pair=dyad_name(incident.dyad),
            what=what_happened(one, incident, inputs),
            reports=words("findings/reported", "reports", incident),
            pieces=behind["pieces"],
            source=behind["source_line"],
        )


def what_happened(one: Reported, incident: Any, inputs: PeriodInputs) -> str:
    """The incident in a clause of its own, else of what kind it is; if it is a claim, denied or corrected."""
    kind = kind_noun(incident, sentence=inputs.sentence(incident))
    clause = one.clause or (f"{kind}, announced" if one.is_announced else kind)
    marks = {"only one side says so": one.is_claim, "denied": one.is_denied}
    said = [mark for mark, is_so in marks.items() if is_so]
    by_analyst = filter(None, [analyst_mark(incident, inputs)])
    return "; ".join([clause[:1].upper() + clause[1:], *said, *by_analyst])


def no_timeline(timeline: DataFrame) -> str:
    """Why a timeline would show no more than a table, in a sentence; "" if it shows more.

    Args:
        timeline: table of `incident_timeline`.
    """
    days = timeline["first_reported"].dropna().dt.normalize().unique()
    if len(days) >= MANY:
        return ""
    if timeline.empty:
        return "No timeline: no incident between two countries was recognised."
    what = counted(len(timeline), "incident") if len(timeline) > 1 else "only incident"
    when = f"reported on one day, {day_in_words(days[0])}" if len(days) else "without a date"
    return f"No timeline: the {what} found {'is' if len(timeline) == 1 else 'are'} {when}."


def timeline_groups(timeline: DataFrame, inputs: PeriodInputs, *, most: int) -> list[TimelineGroup]:
    """The newest incidents, grouped by day, week or month, the newest first.

    Args:
        timeline: table of `incident_timeline`.
        inputs: with the tables of these incidents.
        most: how many are put into words; the groups count all.
    """
    period = timeline_period(timeline)
    starts = period_starts(timeline["day"], period).fillna("")
    shown = timeline.head(most)
    lines = list(incident_lines(shown, inputs))
    of_groups: dict[str, list[IncidentLine]] = {}
    for start, line in zip(starts.head(most), lines, strict=True):
        of_groups.setdefault(start, []).append(line)
    return [
        group_of(timeline[starts == start], period_title(start, period), own)
        for start, own in of_groups.items()
    ]


def group_of(incidents: DataFrame, title: str, lines: list[IncidentLine]) -> TimelineGroup:
    return TimelineGroup(title, len(incidents), int((incidents["quad"] >= 3).sum()), lines)


def period_title(start: str, period: str) -> str:
    """ "Week from 5 May 2025", "5 May 2025", "May 2025"; "Without a date" for the undated."""
    if not start:
        return UNDATED
    day: Any = pd.Timestamp(start)
    if period == "month":
        return f"{day:%B %Y}"
    return day_in_words(day) if period == "day" else f"Week from {day_in_words(day)}"
