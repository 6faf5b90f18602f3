"""Incidents in words, each with the sentence that reports it, by day, and pair by pair in short."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from pandas import DataFrame, concat, isna

from analysis.charts.timeline import period_in_words
from analysis.country_names import dyad_name
from analysis.findings.page import watched
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import words, words_for
from analysis.indicators.country_events import side_of
from analysis.indicators.incident_timeline import is_to_come, of_reported_days, timeline_period
from analysis.indicators.periods import period_starts
from analysis.ingest.corrections_file import ADDITION_MARK, BY_ANALYST, CORRECTION_MARK
from analysis.phrasing import counted, day_in_words, days_in_words, sentence_start
from analysis.tables.rows import rows_of
from analysis.views.evidence import event_rows
from analysis.views.incidents import IncidentLine, TimelineGroup

UNDATED: Final = "Without a date"
TO_COME: Final = "Announced for after the last report"
MANY: Final = 2  # days with reports: from here on a timeline shows more than a table
MAX_PAIR_STORIES: Final = 5  # in short


def leading_lines(inputs: PeriodInputs, most: int) -> Iterator[IncidentLine]:
    """The heaviest incidents of the period, each sentence once, and what else is announced.

    Args:
        inputs: of the period.
        most: how many incidents, and how many announced ones.
    """
    leads, due = inputs.current[inputs.current["reason"].isna()].head(most), watched(inputs)
    due = due[~due["incident_id"].isin(leads["incident_id"])].head(most)
    chosen = concat([rows for rows in (leads, due) if len(rows)] or [leads], ignore_index=True)
    return incident_lines(chosen, inputs)


def incident_lines(incidents: DataFrame, inputs: PeriodInputs) -> Iterator[IncidentLine]:
    """Some incidents (`Incidents` rows) in their order, each with its clearest sentence."""
    events = inputs.tables.events
    found = event_rows(events[events["event_id"].isin(incidents["incident_id"])], inputs.tables)
    evidence = {row["event_id"]: row for row in found}
    for incident in rows_of(incidents):
        behind = evidence[incident.incident_id]
        outlets = incident.outlet_count
        yield IncidentLine(
            day=None if isna(incident.first_day) else incident.first_day.date(),
            days=days_of(incident),
            pair=dyad_name(incident.dyad),
            what=what_happened(incident, inputs),
            reports=counted(incident.story_count, "story")
            + (f", {counted(outlets, 'outlet')}" if outlets else ""),
            pieces=behind["pieces"],
            source=behind["source_line"],
        )


def days_of(incident: Any) -> str:
    """The days of an incident, or of its report where no text names them; "" where nothing is dated."""
    if not isna(incident.first_day):
        days = days_in_words(incident.first_day, incident.last_day)
        return days if incident.is_day_known else f"reported {days}"
    return "" if isna(incident.first_reported) else f"announced {day_in_words(incident.first_reported)}"


def what_happened(incident: Any, inputs: PeriodInputs) -> str:
    """What kind of act an incident is; if it is announced, a claim, denied, or added or corrected by hand."""
    rules = {inputs.event_places[event_id].rule for event_id in incident.event_ids.split()}
    marks = {
        "announced": incident.status == "announced",
        "only one side says so": incident.is_claim,
        "denied": incident.is_denied,
        BY_ANALYST[ADDITION_MARK]: rules == {ADDITION_MARK},
        BY_ANALYST[CORRECTION_MARK]: rules != {ADDITION_MARK} and rules & set(BY_ANALYST),
    }
    kind = words_for(incident, inputs.sentence(incident)).singular
    return "; ".join([sentence_start(kind), *(mark for mark, is_so in marks.items() if is_so)])


def no_timeline(timeline: DataFrame) -> str:
    """Why a timeline would show no more than a table, in a sentence; "" if it shows more.

    Args:
        timeline: table of `incident_timeline`.
    """
    days = timeline["first_reported"].dropna().dt.normalize().unique()
    return "" if len(days) >= MANY else words("findings/timeline", "missing", len(timeline), list(days))


def timeline_groups(timeline: DataFrame, inputs: PeriodInputs, *, most: int) -> list[TimelineGroup]:
    """The newest incidents, grouped by day, week or month, the newest first.

    Args:
        timeline: table of `incident_timeline`.
        inputs: with the tables of these incidents.
        most: how many are put into words; the groups count all.
    """
    period = timeline_period(of_reported_days(timeline))
    starts = period_starts(timeline["day"], period).fillna(UNDATED).mask(is_to_come(timeline), TO_COME)
    lines = incident_lines(timeline.head(most), inputs)
    of_groups: dict[str, list[IncidentLine]] = {}
    for start, line in zip(starts.head(most), lines, strict=True):
        of_groups.setdefault(start, []).append(line)
    found = []
    for start, own in of_groups.items():
        sides = side_of(timeline[starts == start])
        is_period = start not in (UNDATED, TO_COME)
        title = sentence_start(period_in_words(start, period)) if is_period else start
        found.append(TimelineGroup(title, len(sides), int((sides == "hostile").sum()), own))
    return found


def pair_stories(inputs: PeriodInputs) -> list[tuple[str, list[str]]]:
    """What strains, eases and is announced between each leading pair: its name, and up to three lines.

    Each line counts incidents by kind and actor, the most frequent first, and is left out where there are
    none. The pairs are in the order of the front page.
    """
    stories = []
    for pair in inputs.sides["dyad"].head(MAX_PAIR_STORIES):
        own = inputs.of_pair(pair)
        kinds = side_of(own).where(own["status"] == "done", "announced")
        acts = [
            (words_for(one, inputs.sentence(one)).singular, "" if one.is_joint else one.source_code)
            for one in rows_of(own)
        ]
        lines = []
        for kind in ("hostile", "cooperative", "announced"):
            counts = Counter(act for act, of in zip(acts, kinds, strict=True) if of == kind).most_common()
            lines.append(words("findings/pair_story", "line", kind, [(*act, count) for act, count in counts]))
        stories.append((dyad_name(pair), [line for line in lines if line]))
    return stories
