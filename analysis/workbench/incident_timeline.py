"""The timeline of incidents: filters, bars by week, a list to choose from, and the reports of one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import ipywidgets
import pandas as pd
from pandas import DataFrame

from analysis.charts.base import shortened
from analysis.charts.over_time import incident_counts
from analysis.country_names import country_name, dyad_name
from analysis.findings.analyst_marks import analyst_mark
from analysis.findings.incident_lines import incident_lines
from analysis.findings.incident_wording import kind_noun
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_timeline import (
    KINDS_IN_WORDS,
    TimelineChoice,
    chosen_incidents,
    incident_timeline,
    sides_of_incidents,
)
from analysis.indicators.periods import period_starts
from analysis.phrasing import counted, day_in_words
from analysis.pipeline.typed_countries import checked_side, side_of
from analysis.tables.rows import rows_of
from analysis.views.render import View, view
from analysis.workbench.exploration import FILTER_NAMES, bars_view, note_view, nothing_left
from analysis.workbench.explorers import (
    AS_LONG,
    NARROW,
    Explorer,
    choice_control,
    country_control,
    day_control,
)
from analysis.workbench.reading_pane import Evidence, evidence_choices, evidence_of, reading_view
from analysis.workbench.selection import Findings, link_findings

PAGE = 200  # incidents at once; more make a browser slow to draw the list
MAX_REPORTS = 50  # of an incident
SENTENCE_CHARS = 150  # of a sentence in the list
HINT = "Choose an incident in the list to see its reports, and the article of each."
BAR_LABELS = {"day": "{}", "week": "week from {}", "month": "{:.7}"}  # of a bar, by its first day
OPEN = TimelineChoice()


class IncidentTimeline(Explorer):
    """Incidents by day, the newest first, and the reports of the chosen one.

    Args:
        inputs: the tables of a corpus with their incidents.
    """

    lists = ("list",)
    details = ("incident", "evidence", "reading")
    hint = ""
    country_code = staticmethod(side_of)
    check_country = staticmethod(checked_side)

    def __init__(self, inputs: PeriodInputs) -> None:
        self.inputs, self.timeline = inputs, incident_timeline(inputs.incidents)
        self.reports: list[Evidence] = []
        self.lines: dict[str, dict[str, str]] = {}
        kinds, pairs = self.timeline["kind"].value_counts(), self.timeline["dyad"].value_counts()
        least = ipywidgets.BoundedIntText(
            value=1,
            min=1,
            max=10_000,
            description=FILTER_NAMES["least_stories"],
            style=AS_LONG,
            layout=NARROW,
        )
        super().__init__(
            {
                "country": country_control(map(country_name, sides_of_incidents(self.timeline).index)),
                "pair": choice_control("pair", ((dyad_name(one), one, pairs[one]) for one in pairs.index)),
                "kind": choice_control("kind", ((one, one, kinds.get(one, 0)) for one in KINDS_IN_WORDS)),
                "since": day_control("since"),
                "until": day_control("until"),
                "least_stories": least,
            }
        )
        self.add_class("faultline-timeline")
        self.list = self.live["list"]
        self.on_change(self.list, self.on_incident, "chosen")
        self.on_change(self.evidence, self.open_article, "chosen")
        self.reacting(self.on_filter, self.panes["notes"])()

    @cached_property
    def findings(self) -> Findings:
        """What the reading pane marks; joined when the first incident is chosen."""
        return link_findings(self.inputs.tables, "events")

    def on_filter(self) -> None:
        """List and draw what the filters leave; what is chosen stays chosen if it is still there."""
        choice = TimelineChoice(**self.chosen_values())
        self.left = chosen_incidents(self.timeline, choice)
        self.show_notes(filter_notes(self.timeline, choice, self.left))
        counts, self.period, note = incident_counts(self.left)
        labels = [BAR_LABELS[self.period].format(start) for start in counts["period"]]
        bars = counts.assign(key=counts["period"], label=labels)
        known, total = set(bars["key"]), int(bars["count"].sum())
        self.show_live(
            "chart",
            lambda: bars_view(bars, by=self.period, unit="incidents", total=total, note=note),
            chosen=[key for key in self.bars.chosen if key in known],
        )
        self.on_bars()

    def on_clear(self) -> None:
        """Open every filter and choose no bar, at once."""
        self.bars.chosen = []
        for name, control in self.controls.items():
            control.value = getattr(OPEN, name)
        self.on_filter()

    def on_bars(self) -> None:
        """List the incidents of the chosen bars, or of all."""
        self.listed = self.left
        if self.bars.chosen:
            starts = period_starts(self.left["day"], self.period)
            self.listed = self.left[starts.isin(list(self.bars.chosen))]
        self.first_page(len(self.listed), PAGE)

    def show_page(self) -> None:
        """Show a page of the list; the chosen incident stays if it is on it."""
        first = (self.page.value - 1) * PAGE
        rows = list(rows_of(self.listed.iloc[first : first + PAGE]))
        for row in rows:
            if row.incident_id not in self.lines:
                self.lines[row.incident_id] = incident_line(row, self.inputs)
        lines = [self.lines[row.incident_id] for row in rows]
        kept = [key for key in self.list.chosen if key in {row.incident_id for row in rows}]
        values = {"lines": lines, "first": first + 1, "total": len(self.listed)}
        self.show_live("list", lambda: view("workbench/incident_choices", **values), chosen=kept)
        if not kept:
            self.on_incident()

    def on_incident(self) -> None:
        """Show the chosen incident with its reports, and the article of the newest one."""
        chosen = self.timeline[self.timeline["incident_id"].isin(list(self.list.chosen))]
        if len(chosen):
            self.show_live("incident", lambda: incident_view(chosen, self.inputs))
        else:
            self.live["incident"].show(note_view([HINT]) if len(self.listed) else View(""))
        self.reports = [one for row in rows_of(chosen) for one in report_evidence(row, self.findings)]
        shown = self.reports[:MAX_REPORTS]
        self.show_live(
            "evidence",
            lambda: (
                evidence_choices(self.findings, shown, first=1, total=len(self.reports))
                if shown
                else View("")
            ),
            chosen=["0"] if shown else [],
        )
        self.open_article()

    def open_article(self) -> None:
        """Open the article of the chosen report at its sentence, or none."""
        chosen = [self.reports[int(key)] for key in self.evidence.chosen]
        self.show_live("reading", lambda: reading_view(self.findings, chosen[0]) if chosen else View(""))


def filter_notes(timeline: DataFrame, choice: TimelineChoice, left: DataFrame) -> list[str]:
    """What a choice leaves out, in sentences.

    Args:
        timeline: table of `incident_timeline`.
        choice: what is chosen.
        left: the rows that pass.
    """
    if timeline.empty:
        return ["No incident between two countries was recognised, so there is nothing to explore."]
    notes = []
    if left.empty:
        named = {"country": country_name, "pair": dyad_name}
        values = {name: value for name, value in vars(choice).items() if value != getattr(OPEN, name)}
        words = {name: named.get(name, str)(value) for name, value in values.items()}
        without = {
            name: len(chosen_incidents(timeline, TimelineChoice(**{**values, name: getattr(OPEN, name)})))
            for name in values
        }
        notes.append(nothing_left(words, without, "incident", choice.since, choice.until))
    undated = int(timeline["day"].isna().sum())
    if undated and (choice.since or choice.until):
        notes.append(f"Left out: {counted(undated, 'incident')} without a date.")
    return notes


def incident_line(incident: Any, inputs: PeriodInputs) -> dict[str, str]:
    """An incident as the list has it.

    Args:
        incident: row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    sentence = inputs.sentence(incident)
    marks = {
        "announced": incident.status == "announced",
        "only one side says so": incident.is_claim,
        "denied": incident.is_denied,
        analyst_mark(incident, inputs): bool(analyst_mark(incident, inputs)),
    }
    what = [kind_noun(incident, sentence=sentence), *(mark for mark, is_so in marks.items() if is_so)]
    return {
        "key": incident.incident_id,
        "day": "undated" if pd.isna(incident.day) else day_in_words(incident.day),
        "pair": dyad_name(incident.dyad),
        "what": ", ".join(what),
        "stories": counted(incident.story_count, "story"),
        "sentence": shortened(sentence, SENTENCE_CHARS),
    }


def incident_view(incident: DataFrame, inputs: PeriodInputs) -> View:
    """What an incident is, when, between whom, and how many report it.

    Args:
        incident: one row of `incident_timeline`.
        inputs: with the tables of the incidents.
    """
    line, row = next(incident_lines(incident, inputs)), next(rows_of(incident))
    tolls = {"killed": row.killed_count, "injured": row.injured_count}
    counts = [f"at least {count:,} {word}" for word, count in tolls.items() if pd.notna(count) and count]
    return view("workbench/incident", line=line, kind=row.kind, counts=counts)


def report_evidence(incident: Any, findings: Findings) -> list[Evidence]:
    """Every sentence that reports an incident, the newest article first, the undated last.

    Args:
        incident: row of `Incidents`.
        findings: of the same corpus.
    """
    events = findings.tables.events
    own = events[events["event_id"].isin(incident.event_ids.split())]
    numbers = {row.article_id: number for number, row in enumerate(findings.articles)}
    pieces = [
        evidence_of(findings, numbers[article_id], list(rows_of(part)), "events")
        for (article_id, _, _), part in own.groupby(["article_id", "start_char", "end_char"])
    ]

    def newest_first(piece: Evidence) -> Sequence[int]:
        day = findings.articles[piece.article].published_date
        age = (1, 0) if pd.isna(day) else (0, -day.toordinal())
        return (*age, piece.article, piece.start)

    return sorted(pieces, key=newest_first)
