"""Explorers for the notebooks: filters, bars to choose from, their evidence, and the article behind it.

A callback runs beside the kernel's main thread in JupyterLab. So nothing is printed or displayed there: each
pane is given what it shows, and an exception in a callback is shown in the pane it belongs to.
"""

import re
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import shorten
from typing import ClassVar

import ipywidgets
from IPython.display import display

from analysis.charts import Chart
from analysis.exploring import FILTER_NAMES, PAGE, explored, note_view
from analysis.pipeline import Tables
from analysis.reading_pane import Evidence, evidence_view, reading_view
from analysis.selection import BARS, Choice, filter_options, label_of, link_findings, units
from analysis.views import View, source_of

MOST_OPTIONS = 2_000  # of a list to choose from; a browser draws no more at once without a wait
MOST_BARS = 300
OPTION_CHARS = 70
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
WIDE = ipywidgets.Layout(width="20rem", margin="2px 12px 2px 2px")


class Explorer(ipywidgets.VBox):
    """Filters, a picture of bars, the bars to choose from, their evidence, and an article to read."""

    subject: ClassVar[str]
    filters: ClassVar[tuple[str, ...]]

    def __init__(self, tables: Tables) -> None:
        self.findings = link_findings(tables, self.subject)
        self.page_places: list[Evidence] = []
        self.make_controls()
        self.make_panes()
        super().__init__(self.laid_out())
        self.add_class("faultline-explorer")
        self.add_class(f"faultline-{self.subject}")
        for control in (*self.controls.values(), self.by, self.unit):
            control.observe(self.on_filter, names="value")
        self.bars.observe(self.on_bars, names="value")
        self.page.observe(self.on_page, names="value")
        self.read.observe(self.on_read, names="value")
        self.clear.on_click(self.on_clear)
        self.on_filter()

    def make_controls(self) -> None:
        """The filters, what a bar is, and what is counted."""
        self.controls = {name: self.filter_control(name) for name in self.filters}
        self.by = ipywidgets.Dropdown(options=BARS[self.subject], description="Bar for each", layout=WIDE)
        self.unit = ipywidgets.ToggleButtons(options=units(self.subject), description="Count")
        self.unit.style.button_width = "6.5rem"
        self.clear = ipywidgets.Button(description="Clear filters")
        self.bars = ipywidgets.SelectMultiple(description="", rows=12, layout={"width": "19rem"})
        self.page = ipywidgets.BoundedIntText(
            value=1, min=1, max=1, description="Page", layout={"width": "11rem"}
        )
        self.read = ipywidgets.Dropdown(description="Read", layout={"width": "100%"})

    def filter_control(self, name: str) -> ipywidgets.Widget:
        """A list of the values of a filter, or a field for a date."""
        if name in ("since", "until"):
            return ipywidgets.DatePicker(description=FILTER_NAMES[name], layout=WIDE)
        found = filter_options(self.findings, name)
        rest = f" (of {len(found)} the first {MOST_OPTIONS} are listed)" if len(found) > MOST_OPTIONS else ""
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

    def laid_out(self) -> list[ipywidgets.Widget]:
        """The parts in their places; beside each other where there is room."""
        wrapped = {"flex_flow": "row wrap", "align_items": "flex-start"}
        hint = ipywidgets.Label("Bars: choose one, or several with Shift or Ctrl; none means all.")
        chosen = ipywidgets.VBox([hint, self.bars], layout={"width": "20rem"})
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
        """What the controls stand at."""
        filters = {name: control.value for name, control in self.controls.items()}
        return Choice(**filters, by=self.by.value, unit=self.unit.value, bars=tuple(self.bars.value))

    def on_filter(self, _: object = None) -> None:
        """A filter changed: count anew, and keep the chosen bars that are still there."""
        with shown_errors(self.panes["notes"]):
            self.exploration = explored(self.findings, self.choice)
            self.offer_bars()
            show(self.panes["notes"], note_view(self.exploration.notes) if self.exploration.notes else None)
            self.draw()

    def on_bars(self, _: object = None) -> None:
        with shown_errors(self.panes["notes"]):
            self.exploration = explored(self.findings, self.choice)
            show(self.panes["notes"], note_view(self.exploration.notes) if self.exploration.notes else None)
            self.draw()

    def offer_bars(self) -> None:
        """The bars by name and count, those chosen that are left still chosen."""
        rows = self.exploration.bars.head(MOST_BARS)
        options = [(option_text(row.label, row.count), row.key) for row in rows.itertuples()]
        with quiet(self.bars, self.on_bars):
            self.bars.options = options
            self.bars.value = [key for key in self.exploration.choice.bars if key in set(rows["key"])]

    def draw(self) -> None:
        """The picture of the bars, and the first evidence behind those chosen."""
        with shown_errors(self.panes["chart"]):
            show(self.panes["chart"], self.exploration.chart)
        with quiet(self.page, self.on_page):
            self.page.max = max(-(-self.exploration.evidence_count // PAGE), 1)
            self.page.value = 1
        self.on_page()

    def on_page(self, _: object = None) -> None:
        """A page of evidence, and the articles it can be read in; what is being read stays."""
        with shown_errors(self.panes["evidence"]):
            kept = self.page_places[self.read.value] if self.read.value is not None else None
            self.page_places = self.exploration.evidence_page(self.page.value)
            first = (self.page.value - 1) * PAGE + 1
            total = self.exploration.evidence_count
            shown = evidence_view(self.findings, self.page_places, first=first, total=total, is_open=True)
            show(self.panes["evidence"], shown)
            place = self.page_places.index(kept) if kept in self.page_places else 0
            with quiet(self.read, self.on_read):
                self.read.options = [
                    (self.place_text(first + n, piece), n) for n, piece in enumerate(self.page_places)
                ]
                self.read.value = place if self.page_places else None
            if kept is None or kept not in self.page_places:
                self.on_read()

    def place_text(self, number: int, piece: Evidence) -> str:
        article = next(self.findings.tables.articles.iloc[[piece.article]].itertuples())
        source = source_of(article, piece.start, piece.end)
        title = shorten(source.title, OPTION_CHARS, placeholder="…")
        return ", ".join(part for part in (f"{number}. {title}", source.outlet, source.date) if part)

    def on_read(self, _: object = None) -> None:
        with shown_errors(self.panes["reading"]):
            if self.read.value is None:
                show(self.panes["reading"], None)
            else:
                show(self.panes["reading"], reading_view(self.findings, self.page_places[self.read.value]))

    def on_clear(self, _: object = None) -> None:
        """Every filter open again, at once."""
        for control in self.controls.values():
            with quiet(control, self.on_filter):
                control.value = None if isinstance(control, ipywidgets.DatePicker) else ""
        self.on_filter()


class TopicExplorer(Explorer):
    """Which themes and theatres carry the text, among which articles, speakers and pairs."""

    subject = "topics"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair")


class SpeakerExplorer(Explorer):
    """Who speaks how often, where, on what."""

    subject = "quotes"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair")


class TensionExplorer(Explorer):
    """Which pairs of countries act on each other, hostile or cooperative, when and about what."""

    subject = "events"
    filters = ("since", "until", "outlet", "story", "theme", "theatre", "speaker", "pair")


def option_text(label: str, count: int) -> str:
    return f"{shorten(label, OPTION_CHARS, placeholder='…')} ({count})"


def show(pane: ipywidgets.Output, shown: View | Chart | None) -> None:
    """What a pane holds from now on, given to it whole: a callback has no cell that it could display in."""
    if shown is None:
        pane.outputs = ()
    elif isinstance(shown, Chart):
        data, metadata = shown._repr_mimebundle_()
        data = {**data, "image/png": b64encode(data["image/png"]).decode()}
        pane.outputs = ({"output_type": "display_data", "data": data, "metadata": metadata},)
    else:
        data = shown._repr_mimebundle_()
        pane.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)


@contextmanager
def shown_errors(pane: ipywidgets.Output) -> Iterator[None]:
    """An exception becomes what the pane shows; a run of the notebook finds it there and fails."""
    try:
        yield
    except Exception as error:
        lines = ["This could not be shown, by a fault of ours; please report it:\n"]
        lines += traceback.format_exception(error)
        pane.outputs = (
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": ANSI.sub("", str(error)),
                "traceback": [ANSI.sub("", line.rstrip("\n")) for line in lines],
            },
        )


@contextmanager
def quiet(control: ipywidgets.Widget, callback: Callable[[object], None]) -> Iterator[None]:
    """Set a control without its callback."""
    control.unobserve(callback, names="value")
    try:
        yield
    finally:
        control.observe(callback, names="value")


def reading_counter() -> Callable[[int], None]:
    """A line that counts the articles read; gives the function that counts on."""
    line = ipywidgets.Label("0 articles read")
    display(line)

    def count_on(done: int) -> None:
        line.value = f"{int(line.value.split(' ')[0]) + done} articles read"

    return count_on
