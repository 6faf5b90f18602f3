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
from threading import Lock, get_ident
from typing import ClassVar

import ipywidgets
from IPython.display import display

from analysis.charts.base import Chart
from analysis.pipeline.analyse import Tables
from analysis.views.evidence import source_of
from analysis.views.render import View
from analysis.workbench.exploration import FILTER_NAMES, PAGE, explored, note_view
from analysis.workbench.reading_pane import Evidence, evidence_view, reading_view
from analysis.workbench.selection import BARS, Choice, filter_options, label_of, link_findings, units

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
        self.lock, self.acting = Lock(), 0
        self.make_controls()
        self.make_panes()
        super().__init__(self.laid_out())
        self.add_class("faultline-explorer")
        self.add_class(f"faultline-{self.subject}")
        for control in (*self.controls.values(), self.unit):
            control.observe(self.answer(self.on_filter), names="value")
        self.by.observe(self.answer(self.on_kind), names="value")
        self.bars.observe(self.answer(self.on_bars), names="value")
        self.page.observe(self.answer(self.on_page), names="value")
        self.read.observe(self.answer(self.on_read), names="value")
        self.clear.on_click(self.answer(self.on_clear))
        self.answer(self.on_filter)()

    def answer(self, act: Callable[[], None]) -> Callable[[object], None]:
        """A callback: one at a time, since JupyterLab calls from several threads; none for what we set."""

        def callback(_: object = None) -> None:
            if self.acting == get_ident():
                return
            with self.lock, shown_errors(self.panes["notes"]):
                self.acting = get_ident()
                try:
                    act()
                finally:
                    self.acting = 0

        return callback

    def make_controls(self) -> None:
        """The filters, what a bar is, and what is counted."""
        self.controls = {name: self.filter_control(name) for name in self.filters}
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
        hint = ipywidgets.Label("One bar, or several with Shift or Ctrl; none: all")
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
        """What the controls stand at."""
        filters = {name: control.value for name, control in self.controls.items()}
        return Choice(**filters, by=self.by.value, unit=self.unit.value, bars=tuple(self.bars.value))

    def on_filter(self) -> None:
        """Count anew, and keep the chosen bars that are still there."""
        self.exploration = explored(self.findings, self.choice)
        rows = self.exploration.bars.head(MOST_BARS)
        self.bars.options = [(option_text(row.label, row.count), row.key) for row in rows.itertuples()]
        self.bars.value = [key for key in self.exploration.choice.bars if key in set(rows["key"])]
        self.draw()

    def on_kind(self) -> None:
        """Bars of another kind: those chosen mean nothing any more."""
        self.bars.value = ()
        self.on_filter()

    def on_bars(self) -> None:
        self.exploration = explored(self.findings, self.choice)
        self.draw()

    def on_clear(self) -> None:
        """Every filter open again, at once."""
        for control in self.controls.values():
            control.value = None if isinstance(control, ipywidgets.DatePicker) else ""
        self.on_filter()

    def draw(self) -> None:
        """What a person must know, the picture of the bars, and the first evidence behind those chosen."""
        notes = [*self.exploration.notes, *self.unlisted()]
        show(self.panes["notes"], note_view(notes) if notes else None)
        with shown_errors(self.panes["chart"]):
            show(self.panes["chart"], self.exploration.chart)
        self.page.value = 1
        self.page.max = max(-(-self.exploration.evidence_count // PAGE), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.on_page()

    def unlisted(self) -> list[str]:
        """That there are more bars than are listed, if there are."""
        count = len(self.exploration.bars)
        return (
            [f"Listed are {MOST_BARS} of {count:,} bars; the filters reach the rest."]
            if count > MOST_BARS
            else []
        )

    def on_page(self) -> None:
        """A page of evidence, and the articles it can be read in; what is being read stays."""
        with shown_errors(self.panes["evidence"]):
            kept = self.page_places[self.read.value] if self.read.value is not None else None
            self.page_places = self.exploration.evidence_page(self.page.value)
            first, total = (self.page.value - 1) * PAGE + 1, self.exploration.evidence_count
            shown = evidence_view(self.findings, self.page_places, first=first, total=total, is_open=True)
            show(self.panes["evidence"], shown)
            place = self.page_places.index(kept) if kept in self.page_places else 0
            texts = [self.place_text(first + n, piece) for n, piece in enumerate(self.page_places)]
            self.read.options = [(text, n) for n, text in enumerate(texts)]
            self.read.value = place if texts else None
            if kept is None or kept not in self.page_places:
                self.on_read()

    def place_text(self, number: int, piece: Evidence) -> str:
        source = source_of(self.findings.articles[piece.article], piece.start, piece.end)
        title = shorten(source.title, OPTION_CHARS, placeholder="…")
        return ", ".join(part for part in (f"{number}. {title}", source.outlet, source.date) if part)

    def on_read(self) -> None:
        with shown_errors(self.panes["reading"]):
            chosen = self.read.value
            shown = None if chosen is None else reading_view(self.findings, self.page_places[chosen])
            show(self.panes["reading"], shown)


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


def reading_counter() -> Callable[[int], None]:
    """A line that counts the articles read; gives the function that counts on."""
    line = ipywidgets.Label("0 articles read")
    display(line)

    def count_on(done: int) -> None:
        line.value = f"{int(line.value.split(' ')[0]) + done} articles read"

    return count_on
