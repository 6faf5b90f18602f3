"""The timeline of incidents: filters, bars by week, a list to choose from, and the reports of one."""

from collections.abc import Sequence
from typing import Any

import ipywidgets
import pandas as pd
from pandas import DataFrame

from analysis.charts.base import shortened
from analysis.charts.timeline import incident_counts
from analysis.country_names import country_name, dyad_name
from analysis.findings.act_words import kind_noun
from analysis.findings.analyst_marks import analyst_mark
from analysis.findings.incident_lines import incident_lines
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
from analysis.pipeline.analyse import Tables
from analysis.pipeline.typed_countries import checked_side, side_of
from analysis.tables.rows import rows_of
from analysis.views.render import View, view
from analysis.workbench.exploration import FILTER_NAMES, bars_view, nothing_left
from analysis.workbench.explorers import (
    NARROW,
    Explorer,
    choice_control,
    country_control,
    day_control,
    offer,
)
from analysis.workbench.panes import AS_LONG, OpenCorpus, note_view
from analysis.workbench.reading_pane import Evidence, evidence_of

PAGE = 200  # incidents at once; more make a browser slow to draw the list
MAX_REPORTS = 50  # of an incident
SENTENCE_CHARS = 150  # of a sentence in the list
HINT = "Choose an incident in the list to see its reports, and the article of each."
BAR_LABELS = {"day": "{}", "week": "week from {}", "month": "{:.7}"}  # of a bar, by its first day
OPEN = TimelineChoice()


class IncidentTimeline(Explorer):
    """Incidents by day, the newest first, and the reports of the chosen one.

    Args:
        corpus: what is explored.
    """

    name = "incidents"
    lists = ("list",)
    details = ("incident", "evidence")
    hint = ""
    country_code = staticmethod(side_of)
    check_country = staticmethod(checked_side)

    def __init__(self, corpus: OpenCorpus) -> None:
        least = ipywidgets.BoundedIntText(
            value=1,
            min=1,
            max=10_000,
            description=FILTER_NAMES["least_stories"],
            style=AS_LONG,
            layout=NARROW,
        )
        super().__init__(
            corpus,
            {
                "country": country_control(),
                "pair": choice_control("pair"),
                "kind": choice_control("kind"),
                "since": day_control("since"),
                "until": day_control("until"),
                "least_stories": least,
            },
        )
        self.add_class("faultline-timeline")
        self.list = self.live["list"]
        self.on_change(self.list, self.on_incident, "chosen")
        self.follow(self.renew, self.panes["notes"])

    def link(self) -> None:
        """Take over the incidents, and offer the countries, pairs and kinds that occur."""
        self.inputs = self.corpus.period_inputs
        self.timeline = incident_timeline(self.inputs.incidents)
        self.lines: dict[str, dict[str, str]] = {}
        kinds, pairs = self.timeline["kind"].value_counts(), self.timeline["dyad"].value_counts()
        self.controls["country"].options = tuple(map(country_name, sides_of_incidents(self.timeline).index))
        offer(self.controls["pair"], ((dyad_name(one), one, pairs[one]) for one in pairs.index))
        offer(self.controls["kind"], ((one, one, kinds.get(one, 0)) for one in KINDS_IN_WORDS))

    def on_filter(self) -> None:
        """List and draw what the filters leave; what is chosen stays chosen if it is still there."""
        choice = TimelineChoice(**self.chosen_values())
        self.left = chosen_incidents(self.timeline, choice)
        counts, self.period, note = incident_counts(self.left)
        labels = [BAR_LABELS[self.period].format(start) for start in counts["period"]]
        bars = counts.assign(key=counts["period"], label=labels)
        known, total = set(bars["key"]), int(bars["count"].sum())
        self.show_live(
            "chart",
            lambda: bars_view(bars, by=self.period, unit="incidents", total=total, note=note),
            chosen=[key for key in self.bars.chosen if key in known],
        )
        self.show_notes(filter_notes(self.timeline, choice, self.left))
        self.on_bars()

    def on_clear(self) -> None:
        """Open every filter and choose no bar, at once."""
        self.bars.chosen = []
        super().on_clear()

    def on_bars(self) -> None:
        """List the incidents of the chosen bars, or of all."""
        self.listed = self.left
        if self.bars.chosen:
            starts = period_starts(self.left["day"], self.period)
            self.listed = self.left[starts.isin(list(self.bars.chosen))]
        self.show_line()
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
        if not kept or self.is_renewing:
            self.on_incident()

    def on_incident(self) -> None:
        """Show the chosen incident with its reports, and the article of the newest one."""
        chosen = self.timeline[self.timeline["incident_id"].isin(list(self.list.chosen))]
        if len(chosen):
            self.show_live("incident", lambda: incident_view(chosen, self.inputs))
        else:
            self.live["incident"].show(note_view([HINT]) if len(self.listed) else View(""))
        reports = [one for row in rows_of(chosen) for one in report_evidence(row, self.inputs.tables)]
        self.list_evidence(reports[:MAX_REPORTS], first=1, total=len(reports))


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


def report_evidence(incident: Any, tables: Tables) -> list[Evidence]:
    """Every sentence that reports an incident, the newest article first, the undated last.

    Args:
        incident: row of `Incidents`.
        tables: of the same corpus.
    """
    own = tables.events[tables.events["event_id"].isin(incident.event_ids.split())]
    days, order = tables.articles["published_date"].tolist(), tables.articles["article_id"].tolist()
    number = {article_id: place for place, article_id in enumerate(order)}
    pieces = [
        evidence_of(tables, list(rows_of(part)), "events")
        for _, part in own.groupby(["article_id", "start_char", "end_char"])
    ]

    def newest_first(piece: Evidence) -> Sequence[int]:
        day = days[number[piece.article_id]]
        age = (1, 0) if pd.isna(day) else (0, -day.toordinal())
        return (*age, number[piece.article_id], piece.start)

    return sorted(pieces, key=newest_first)
