"""The timeline of incidents: filters, bars by week, a list to choose from, and the reports of what is chosen.

Bars, incidents and reports are options of list boxes, which the mouse and the keyboard reach alike.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

import ipywidgets
from pandas import DataFrame

from analysis.charts.over_time import incident_counts
from analysis.country_names import country_name, dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_timeline import (
    KINDS_IN_WORDS,
    TimelineChoice,
    chosen_incidents,
    incident_timeline,
    sides_of_incidents,
)
from analysis.indicators.periods import period_starts
from analysis.pipeline.typed_countries import checked_side, side_of
from analysis.tables.rows import rows_of
from analysis.views.render import View
from analysis.workbench.actor_mentions import FindMentions, actor_mentions
from analysis.workbench.bar_choices import options_view
from analysis.workbench.country_control import country_control, country_notes, country_of, with_full_name
from analysis.workbench.exploration import note_view
from analysis.workbench.explorers import AS_LONG, BUTTON, NARROW, WIDE, WRAPPED
from analysis.workbench.incident_filters import LABELS, filter_notes
from analysis.workbench.incident_reports import (
    ListedIncident,
    incident_choices,
    incident_view,
    listed_incident,
    report_evidence,
)
from analysis.workbench.live_html import LiveHtml
from analysis.workbench.panes import show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_choices, reading_view
from analysis.workbench.selection import Findings, link_findings
from analysis.workbench.turns import Turns

BAR_LABELS = {"day": "{}", "week": "week from {}", "month": "{:.7}"}  # of a bar, by its first day
LISTED = 200  # incidents at once; more make a browser slow to draw the list
MOST_REPORTS = 50  # of an incident
HINT = "Choose an incident in the list to see its reports, and the article of each."


class IncidentTimeline(ipywidgets.VBox):
    """Incidents by day, the newest first, and the reports of the chosen one.

    Args:
        inputs: the tables of a corpus with their incidents.
        find_mentions: as in `link_findings`.
    """

    def __init__(self, inputs: PeriodInputs, *, find_mentions: FindMentions = actor_mentions) -> None:
        self.inputs, self.find_mentions = inputs, find_mentions
        self.timeline = incident_timeline(inputs.incidents)
        self.lines: dict[str, ListedIncident] = {}
        self.reports: list[Evidence] = []
        self.make_controls()
        self.make_panes()
        super().__init__(self.arranged())
        self.add_class("faultline-timeline")
        self.listen()
        self.on_filter()

    @cached_property
    def findings(self) -> Findings:
        """What the reading pane marks; joined when the first incident is chosen."""
        return link_findings(self.inputs.tables, "events", find_mentions=self.find_mentions)

    def listen(self) -> None:
        """Make every control act when it changes."""
        turns, notes = Turns(), self.panes["notes"]
        acts = {self.bars: self.on_bars, self.list: self.on_incident, self.evidence: self.on_read}
        for control in self.controls.values():
            control.observe(turns.taking(self.on_filter, notes), names="value")
        for part, act in acts.items():
            part.observe(turns.taking(act, notes), names="chosen")
        self.page.observe(turns.taking(self.on_page, notes), names="value")
        self.clear.on_click(turns.taking(self.on_clear, notes))

    def make_controls(self) -> None:
        """The filters, a button that opens them, and the pages of the list."""
        sides = [country_name(code) for code in sides_of_incidents(self.timeline).index]
        kinds, pairs = self.timeline["kind"].value_counts(), self.timeline["dyad"].value_counts()
        look = {"style": AS_LONG, "layout": NARROW}
        self.controls = {
            "country": country_control(sides, LABELS["country"], WIDE),
            "pair": choices(LABELS["pair"], ((dyad_name(pair), pair, pairs[pair]) for pair in pairs.index)),
            "kind": choices(LABELS["kind"], ((kind, kind, kinds.get(kind, 0)) for kind in KINDS_IN_WORDS)),
            "since": ipywidgets.DatePicker(description=LABELS["since"], **look),
            "until": ipywidgets.DatePicker(description=LABELS["until"], **look),
            "least_stories": ipywidgets.BoundedIntText(
                value=1, min=1, max=10_000, description=LABELS["least_stories"], **look
            ),
        }
        self.clear = ipywidgets.Button(description="Clear filters", layout=BUTTON)
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, **look)

    def make_panes(self) -> None:
        """The views that answer clicks and keys, each with a pane for an exception."""
        self.bars, self.list = LiveHtml(is_multiple=True), LiveHtml()
        self.evidence, self.reading = LiveHtml(), LiveHtml()
        self.live = {
            "chart": self.bars,
            "list": self.list,
            "evidence": self.evidence,
            "reading": self.reading,
        }
        self.panes = {name: ipywidgets.Output() for name in ("notes", "incident", *self.live)}
        for name, pane in {**self.panes, **self.live}.items():
            pane.add_class(f"faultline-{name}")

    def arranged(self) -> list[ipywidgets.Widget]:
        """A row of filters, the bars, and the list beside what is chosen in it."""
        half = {"flex": "1 1 18rem", "min_width": "0", "padding": "0 6px 0 0"}
        names = ("incident", "evidence", "reading")
        beside = [part for name in names for part in (self.panes[name], self.live.get(name)) if part]
        return [
            ipywidgets.Box([*self.controls.values(), self.clear], layout=WRAPPED),
            self.panes["notes"],
            self.panes["chart"],
            self.bars,
            ipywidgets.Box(
                [
                    ipywidgets.VBox([self.page, self.panes["list"], self.list], layout=half),
                    ipywidgets.VBox(beside, layout=half),
                ],
                layout={"flex_flow": "row wrap"},
            ),
        ]

    @property
    def choice(self) -> TimelineChoice:
        """What is chosen at the controls."""
        given = {name: control.value for name, control in self.controls.items()}
        return TimelineChoice(**{**given, "country": country_of(self.controls["country"], side_of)})

    def on_filter(self) -> None:
        """List and draw what the filters leave; what is chosen stays chosen if it is still there."""
        with_full_name(self.controls["country"], side_of)
        self.left = chosen_incidents(self.timeline, self.choice)
        notes = country_notes(self.controls["country"], checked_side)
        notes += filter_notes(self.timeline, self.choice, self.left)
        show(self.panes["notes"], note_view(notes) if notes else None)
        self.show_live("chart", self.draw_bars)
        self.on_bars()

    def draw_bars(self) -> tuple[View, tuple[str, ...]]:
        """A bar for each day, week or month, and which of them stay chosen."""
        counts, self.period, note = incident_counts(self.left)
        labels = [BAR_LABELS[self.period].format(start) for start in counts["period"]]
        bars = counts.assign(key=counts["period"], label=labels)
        chosen = tuple(key for key in self.bars.chosen if key in set(bars["key"]))
        total = int(bars["count"].sum())
        return options_view(bars, by=self.period, unit="incidents", total=total, note=note), chosen

    def on_bars(self) -> None:
        """List the incidents of the chosen bars, or of all."""
        self.listed = self.left
        if self.bars.chosen:
            starts = period_starts(self.left["day"], self.period)
            self.listed = self.left[starts.isin(list(self.bars.chosen))]
        self.page.value = 1
        self.page.max = max(-(-len(self.listed) // LISTED), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.page.layout.display = None if self.page.max > 1 else "none"
        self.on_page()

    def on_page(self) -> None:
        """Show a page of the list; the chosen incident stays if it is on it."""
        first = (self.page.value - 1) * LISTED
        rows = list(rows_of(self.listed.iloc[first : first + LISTED]))
        ids = {row.incident_id for row in rows}
        kept = tuple(key for key in self.list.chosen if key in ids)
        lines = [self.line(row) for row in rows]
        self.show_live(
            "list", lambda: (incident_choices(lines, first=first + 1, total=len(self.listed)), kept)
        )
        if not kept:
            self.on_incident()

    def line(self, incident: object) -> ListedIncident:
        """An incident in the list; each is put in words once."""
        known = self.lines.get(incident.incident_id)
        if known is None:
            known = self.lines[incident.incident_id] = listed_incident(incident, self.inputs)
        return known

    def on_incident(self) -> None:
        """Show the chosen incident with its reports, and the article of the newest one."""
        chosen = self.timeline[self.timeline["incident_id"].isin(list(self.list.chosen))]
        with shown_errors(self.panes["incident"]):
            hint = note_view([HINT]) if len(self.listed) else None
            show(self.panes["incident"], incident_view(chosen, self.inputs) if len(chosen) else hint)
        self.show_live("evidence", lambda: self.draw_reports(chosen))
        self.on_read()

    def draw_reports(self, chosen: DataFrame) -> tuple[View, tuple[str, ...]]:
        """Show the reports of the chosen incident, and choose the first of them."""
        self.reports = [one for row in rows_of(chosen) for one in report_evidence(row, self.findings)]
        if not self.reports:
            return View(""), ()
        shown = self.reports[:MOST_REPORTS]
        return evidence_choices(self.findings, shown, first=1, total=len(self.reports)), ("0",)

    def on_read(self) -> None:
        """Open the article of the chosen report at its sentence."""
        self.show_live("reading", self.draw_article)

    def draw_article(self) -> tuple[View, tuple[str, ...]]:
        """The article of the chosen report, or nothing if there is none."""
        if not self.evidence.chosen:
            return View(""), ()
        return reading_view(self.findings, self.reports[int(self.evidence.chosen[0])]), ()

    def show_live(self, name: str, make: Callable[[], tuple[View, tuple[str, ...]]]) -> None:
        """Show a view and what is chosen in it; an exception is shown in its place."""
        pane = self.panes[name]
        pane.outputs = ()
        with shown_errors(pane):
            made, chosen = make()
            self.live[name].show(made, chosen=chosen)
        if pane.outputs:
            self.live[name].show(View(""))

    def on_clear(self) -> None:
        """Open every filter, at once."""
        self.bars.chosen = []
        for name, control in self.controls.items():
            control.value = getattr(TimelineChoice, name)  # the default of the dataclass
        self.on_filter()


def choices(description: str, found: Iterable[tuple[str, str, int]]) -> ipywidgets.Dropdown:
    """A list of the values of a filter, each with how many incidents it has, those without left out."""
    options = [(f"{name} ({count:,})", key) for name, key, count in found if count]
    return ipywidgets.Dropdown(
        options=[("any", ""), *options], description=description, style=AS_LONG, layout=WIDE
    )
