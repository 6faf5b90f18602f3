"""The timeline of incidents: filters, a picture, a list to choose from, and the reports of what is chosen.

The list is a list box of the browser, so it scrolls by itself and works from the keyboard.
"""

from collections.abc import Iterable
from functools import cached_property

import ipywidgets
from pandas import DataFrame

from analysis.charts.incident_bars import incidents_chart
from analysis.country_names import country_name, dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.incident_timeline import (
    KINDS_IN_WORDS,
    TimelineChoice,
    chosen_incidents,
    incident_timeline,
    sides_of_incidents,
)
from analysis.pipeline.typed_countries import checked_side, side_of
from analysis.views.evidence import source_of
from analysis.workbench.actor_mentions import FindMentions, actor_mentions
from analysis.workbench.country_control import country_control, country_notes, country_of, with_full_name
from analysis.workbench.exploration import note_view
from analysis.workbench.incident_filters import LABELS, filter_notes
from analysis.workbench.incident_reports import incident_view, list_line, report_evidence
from analysis.workbench.panes import show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_view, reading_view
from analysis.workbench.selection import Findings, link_findings
from analysis.workbench.turns import Turns

LISTED = 300  # incidents at once; more make a browser slow to draw the list
MOST_REPORTS = 50  # of an incident
ROWS = 14
WIDE = ipywidgets.Layout(width="20rem", margin="2px 12px 2px 2px")
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
        self.left, self.lines = self.timeline, {}
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
        """Let every control act when it is changed."""
        turns, notes = Turns(), self.panes["notes"]
        for control in self.controls.values():
            control.observe(turns.taking(self.on_filter, notes), names="value")
        self.page.observe(turns.taking(self.on_page, notes), names="value")
        self.list.observe(turns.taking(self.on_incident, notes), names="value")
        self.read.observe(turns.taking(self.on_read, notes), names="value")
        self.clear.on_click(turns.taking(self.on_clear, notes))

    def make_controls(self) -> None:
        """The filters, the list, its pages, and the reports to read."""
        sides = [country_name(code) for code in sides_of_incidents(self.timeline).index]
        counts = self.timeline["kind"].value_counts()
        pairs = self.timeline["dyad"].value_counts()
        self.controls = {
            "country": country_control(sides, LABELS["country"], WIDE),
            "pair": choices(LABELS["pair"], ((dyad_name(pair), pair, pairs[pair]) for pair in pairs.index)),
            "kind": choices(LABELS["kind"], ((kind, kind, counts.get(kind, 0)) for kind in KINDS_IN_WORDS)),
            "since": ipywidgets.DatePicker(description=LABELS["since"], layout=WIDE),
            "until": ipywidgets.DatePicker(description=LABELS["until"], layout=WIDE),
            "least_stories": ipywidgets.BoundedIntText(
                value=1, min=1, max=10_000, description=LABELS["least_stories"], layout=WIDE
            ),
        }
        self.clear = ipywidgets.Button(description="Clear filters")
        self.list = ipywidgets.Select(description="Incidents", rows=ROWS, layout={"width": "98%"})
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, layout={"width": "14rem"})
        self.page.style.description_width = "7rem"
        self.read = ipywidgets.Dropdown(description="Read", layout={"width": "98%"})
        self.read.style.description_width = "2.5rem"

    def make_panes(self) -> None:
        names = ("notes", "chart", "incident", "evidence", "reading")
        self.panes = {name: ipywidgets.Output() for name in names}
        for name, pane in self.panes.items():
            pane.add_class(f"faultline-{name}")

    def arranged(self) -> list[ipywidgets.Widget]:
        """The controls and panes in their order, side by side where there is room."""
        wrapped = {"flex_flow": "row wrap", "align_items": "flex-start"}
        reports = [self.panes["incident"], self.panes["evidence"]]
        beside = {"flex": "1 1 24rem"}
        return [
            ipywidgets.Box([*self.controls.values(), self.clear], layout=wrapped),
            self.panes["notes"],
            self.panes["chart"],
            self.list,
            self.page,
            ipywidgets.Box(
                [
                    ipywidgets.VBox(reports, layout=beside),
                    ipywidgets.VBox([self.read, self.panes["reading"]], layout=beside),
                ],
                layout=wrapped,
            ),
        ]

    @property
    def choice(self) -> TimelineChoice:
        """What is chosen at the controls."""
        given = {name: control.value for name, control in self.controls.items()}
        return TimelineChoice(**{**given, "country": country_of(self.controls["country"], side_of)})

    def on_filter(self) -> None:
        """List and draw what the filters leave; the chosen incident stays if it is among it."""
        with_full_name(self.controls["country"], side_of)
        self.left = chosen_incidents(self.timeline, self.choice)
        notes = country_notes(self.controls["country"], checked_side)
        notes += filter_notes(self.timeline, self.choice, self.left)
        show(self.panes["notes"], note_view(notes) if notes else None)
        with shown_errors(self.panes["chart"]):
            show(self.panes["chart"], incidents_chart(self.left) if len(self.timeline) else None)
        self.page.value = 1
        self.page.max = max(-(-len(self.left) // LISTED), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.page.layout.display = "" if self.page.max > 1 else "none"
        self.on_page()

    def on_page(self) -> None:
        """List a page of what is left; the chosen incident stays if it is on it."""
        first = (self.page.value - 1) * LISTED
        rows = list(self.left.iloc[first : first + LISTED].itertuples())
        chosen, ids = self.list.value, {row.incident_id for row in rows}
        with self.list.hold_sync():
            self.list.options = [(self.line(row), row.incident_id) for row in rows]
            self.list.value = chosen if chosen in ids else None
        if self.list.value is None:
            self.on_incident()

    def line(self, incident: object) -> str:
        """An incident in one line; each is put in words once."""
        known = self.lines.get(incident.incident_id)
        if known is None:
            known = self.lines[incident.incident_id] = list_line(incident, self.inputs)
        return known

    def on_incident(self) -> None:
        """Show the chosen incident with its reports, and the article of the first of them."""
        with shown_errors(self.panes["incident"]):
            chosen = self.timeline[self.timeline["incident_id"] == self.list.value]
            self.reports = self.reports_of(chosen)
            hint = note_view([HINT]) if len(self.left) else None
            show(self.panes["incident"], incident_view(chosen, self.inputs) if len(chosen) else hint)
            show(self.panes["evidence"], self.evidence() if len(chosen) else None)
            self.read.options = [(self.report_name(n), n) for n in range(len(self.reports))]
            self.read.value = 0 if self.reports else None
            self.read.layout.display = "" if self.reports else "none"
        self.on_read()

    def reports_of(self, chosen: DataFrame) -> list[Evidence]:
        """The sentences that report the chosen incident; none without one."""
        return [piece for row in chosen.itertuples() for piece in report_evidence(row, self.findings)]

    def evidence(self):
        """The reports, with what decided each."""
        shown = self.reports[:MOST_REPORTS]
        return evidence_view(self.findings, shown, first=1, total=len(self.reports), is_open=True)

    def report_name(self, number: int) -> str:
        """A report as the list of articles to read names it."""
        piece = self.reports[number]
        source = source_of(self.findings.articles[piece.article], piece.start, piece.end)
        return ", ".join(
            part for part in (f"{number + 1}. {source.title}", source.outlet, source.date) if part
        )

    def on_read(self) -> None:
        """Open the article of the chosen report at its sentence."""
        with shown_errors(self.panes["reading"]):
            number = self.read.value
            shown = None if number is None else reading_view(self.findings, self.reports[number])
            show(self.panes["reading"], shown)

    def on_clear(self) -> None:
        """Open every filter, at once."""
        for name, control in self.controls.items():
            control.value = getattr(TimelineChoice, name)  # the defaults of the dataclass
        self.on_filter()


def choices(description: str, found: Iterable[tuple[str, str, int]]) -> ipywidgets.Dropdown:
    """A list of the values of a filter, each with how many incidents it has, those without left out."""
    options = [(f"{name} ({count:,})", key) for name, key, count in found if count]
    return ipywidgets.Dropdown(options=[("any", ""), *options], description=description, layout=WIDE)
