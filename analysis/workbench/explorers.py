"""Explorers for the notebooks: filters, bars to choose from, their evidence, and the article behind it.

JupyterLab runs callbacks beside the kernel's main thread, several at a time: see `analysis.workbench.panes`.
"""

from collections.abc import Callable
from textwrap import shorten
from typing import ClassVar

import ipywidgets

from analysis.charts.base import Chart
from analysis.pipeline.analyse import Tables
from analysis.search.corpus_index import CorpusIndex
from analysis.views.evidence import source_of
from analysis.workbench.actor_mentions import FindMentions, actor_mentions
from analysis.workbench.country_control import (
    country_control,
    country_notes,
    country_of,
    with_full_name,
)
from analysis.workbench.exploration import FILTER_NAMES, PAGE, exploration_of, note_view
from analysis.workbench.panes import show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_view, reading_view
from analysis.workbench.search_box import SearchBox
from analysis.workbench.selection import BARS, Choice, filter_options, label_of, link_findings, units
from analysis.workbench.turns import Turns

MOST_OPTIONS = 2_000  # of a list to choose from; a browser is slow to draw more
MOST_BARS = 300
OPTION_CHARS = 70
WIDE = ipywidgets.Layout(width="20rem", margin="2px 12px 2px 2px")


class Explorer(ipywidgets.VBox):
    """Filters, a picture of bars, the bars to choose from, their evidence, and an article to read.

    Args:
        tables: a corpus.
        find_mentions: as in `link_findings`.
        index: likewise.
    """

    subject: ClassVar[str]
    filters: ClassVar[tuple[str, ...]]

    def __init__(
        self,
        tables: Tables,
        *,
        find_mentions: FindMentions = actor_mentions,
        index: CorpusIndex | None = None,
    ) -> None:
        self.findings = link_findings(tables, self.subject, find_mentions=find_mentions, index=index)
        self.page_evidence: list[Evidence] = []
        self.turns = Turns()
        self.make_controls()
        self.make_panes()
        super().__init__(self.arranged())
        self.add_class("faultline-explorer")
        self.add_class(f"faultline-{self.subject}")
        for control in (*self.controls.values(), self.unit):
            control.observe(self.guarded(self.on_filter), names="value")
        self.by.observe(self.guarded(self.on_kind), names="value")
        self.bars.observe(self.guarded(self.on_bars), names="value")
        self.page.observe(self.guarded(self.on_page), names="value")
        self.read.observe(self.guarded(self.on_read), names="value")
        self.clear.on_click(self.guarded(self.on_clear))
        self.guarded(self.on_filter)()

    def guarded(self, act: Callable[[], None]) -> Callable[[object], None]:
        """A callback that waits for the one before it, and ignores changes made by itself."""
        return self.turns.taking(act, self.panes["notes"])

    def make_controls(self) -> None:
        """The filters, what a bar is, and what is counted."""
        filters = {name: self.filter_control(name) for name in self.filters}
        self.controls = {"search": SearchBox(self.findings.index), **filters}
        self.by = ipywidgets.Dropdown(options=BARS[self.subject], description="Bar for each", layout=WIDE)
        self.unit = ipywidgets.ToggleButtons(options=units(self.subject), description="Count")
        self.unit.style.button_width = "6.5rem"
        self.clear = ipywidgets.Button(description="Clear filters")
        self.bars = ipywidgets.SelectMultiple(description="Bars", rows=12, layout={"width": "18.5rem"})
        self.bars.style.description_width = "2.5rem"
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, layout={"width": "14rem"})
        self.page.style.description_width = "7rem"
        self.read = ipywidgets.Dropdown(description="Read", layout={"width": "98%"})
        self.read.style.description_width = "2.5rem"

    def filter_control(self, name: str) -> ipywidgets.Widget:
        """A list of the values of a filter, or a field for a date."""
        if name in ("since", "until"):
            return ipywidgets.DatePicker(description=FILTER_NAMES[name], layout=WIDE)
        found = filter_options(self.findings, name)
        if name == "country":
            names = [label_of(self.findings, name, key) for key, _ in found]
            return country_control(names, FILTER_NAMES[name], WIDE)
        rest = f" (the first {MOST_OPTIONS} of {len(found)} are listed)" if len(found) > MOST_OPTIONS else ""
        options = [
            (option_text(label_of(self.findings, name, key), count), key)
            for key, count in found[:MOST_OPTIONS]
        ]
        return ipywidgets.Dropdown(
            options=[(f"any{rest}", ""), *options], description=FILTER_NAMES[name], layout=WIDE
        )

    def make_panes(self) -> None:
        self.panes = {name: ipywidgets.Output() for name in ("notes", "chart", "evidence", "reading")}
        for name, pane in self.panes.items():
            pane.add_class(f"faultline-{name}")

    def arranged(self) -> list[ipywidgets.Widget]:
        """The controls and panes in their order, side by side where there is room."""
        wrapped = {"flex_flow": "row wrap", "align_items": "flex-start"}
        hint = ipywidgets.Label("One bar, several with Shift or Ctrl, or none for all")
        chosen = ipywidgets.VBox([hint, self.bars], layout={"width": "19rem"})
        evidence = ipywidgets.VBox([self.page, self.panes["evidence"]], layout={"flex": "1 1 24rem"})
        reading = ipywidgets.VBox([self.read, self.panes["reading"]], layout={"flex": "1 1 24rem"})
        return [
            ipywidgets.Box([*self.controls.values(), self.by], layout=wrapped),
            ipywidgets.Box([self.unit, self.clear], layout=wrapped),
            self.panes["notes"],
            ipywidgets.Box([chosen, self.panes["chart"]], layout=wrapped),
            ipywidgets.Box([evidence, reading], layout=wrapped),
        ]

    @property
    def choice(self) -> Choice:
        """What is chosen at the controls."""
        filters = {name: control.value for name, control in self.controls.items()}
        filters |= {"country": country_of(self.controls["country"])}
        return Choice(**filters, by=self.by.value, unit=self.unit.value, bars=tuple(self.bars.value))

    def on_filter(self) -> None:
        """Count again, and keep the chosen bars that are still there."""
        with_full_name(self.controls["country"])
        self.exploration = exploration_of(self.findings, self.choice)
        rows = self.exploration.bars.head(MOST_BARS)
        self.bars.options = [(option_text(row.label, row.count), row.key) for row in rows.itertuples()]
        self.bars.value = [key for key in self.exploration.choice.bars if key in set(rows["key"])]
        self.draw()

    def on_kind(self) -> None:
        """Bars of another kind: the chosen ones no longer apply."""
        self.bars.value = ()
        self.on_filter()

    def on_bars(self) -> None:
        self.exploration = exploration_of(self.findings, self.choice)
        self.draw()

    def on_clear(self) -> None:
        """Open every filter, at once."""
        for control in self.controls.values():
            control.value = None if isinstance(control, ipywidgets.DatePicker) else ""
        self.on_filter()

    def draw(self) -> None:
        """Show the notes, the bars as a picture, and the first evidence behind the chosen ones."""
        notes = [*country_notes(self.controls["country"]), *self.exploration.notes, *self.unlisted()]
        show(self.panes["notes"], note_view(notes) if notes else None)
        with shown_errors(self.panes["chart"]):
            show(self.panes["chart"], self.chart())
        self.page.value = 1
        self.page.max = max(-(-self.exploration.evidence_count // PAGE), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.on_page()

    def chart(self) -> Chart:
        """The bars as a picture."""
        return self.exploration.chart

    def unlisted(self) -> list[str]:
        """That not all bars are listed, if there are too many."""
        count = len(self.exploration.bars)
        return (
            [f"{MOST_BARS} of {count:,} bars are listed; use the filters to reach the others."]
            if count > MOST_BARS
            else []
        )

    def on_page(self) -> None:
        """Show a page of evidence and offer its articles; the one being read stays."""
        with shown_errors(self.panes["evidence"]):
            reading = self.page_evidence[self.read.value] if self.read.value is not None else None
            self.page_evidence = self.exploration.evidence_page(self.page.value)
            first, total = (self.page.value - 1) * PAGE + 1, self.exploration.evidence_count
            shown = evidence_view(self.findings, self.page_evidence, first=first, total=total, is_open=True)
            show(self.panes["evidence"], shown)
            place = self.page_evidence.index(reading) if reading in self.page_evidence else 0
            texts = [self.place_text(first + n, piece) for n, piece in enumerate(self.page_evidence)]
            self.read.options = [(text, n) for n, text in enumerate(texts)]
            self.read.value = place if texts else None
            if reading is None or reading not in self.page_evidence:
                self.on_read()

    def place_text(self, number: int, piece: Evidence) -> str:
        source = source_of(self.findings.articles[piece.article], piece.start, piece.end)
        title = shorten(source.title, OPTION_CHARS, placeholder="…")
        return ", ".join(part for part in (f"{number}. {title}", source.outlet, source.date) if part)

    def on_read(self) -> None:
        with shown_errors(self.panes["reading"]):
            chosen = self.read.value
            shown = None if chosen is None else reading_view(self.findings, self.page_evidence[chosen])
            show(self.panes["reading"], shown)


class TopicExplorer(Explorer):
    """Which themes and theatres are written about, in which articles, by which speakers, for which pairs."""

    subject = "topics"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair", "country")


class SpeakerExplorer(Explorer):
    """Who speaks how often, where, and about what."""

    subject = "quotes"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair", "country")


class TensionExplorer(Explorer):
    """Which pairs of countries act on each other, how hostile or cooperative, when and about what."""

    subject = "events"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair", "country")


def option_text(label: str, count: int) -> str:
    return f"{shorten(label, OPTION_CHARS, placeholder='…')} ({count})"
