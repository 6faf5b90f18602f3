"""What explorers and forms share: panes, fields, live HTML, callbacks that do not call each other.

On the dashboard, readers look at the same widgets, and the address of the page may choose in them.

In JupyterLab a callback runs beside the kernel's main thread and has no cell to display in. So each pane is
given its content, and an exception in a callback is shown in the pane that it belongs to.
"""

import os
import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

import anywidget
import ipywidgets
import traitlets

from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import error_in_words
from analysis.pipeline.analyse import Tables
from analysis.search.corpus_index import CorpusIndex
from analysis.views.render import View, view

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
SCRIPTS: Final = Path(__file__).parents[1] / "templates" / "workbench"
AS_LONG: Final = {"description_width": "initial"}  # as its words
WIDE: Final = {"width": "calc(100% - 4px)", "max_width": "38rem"}
STYLE: Final = {"description_width": "7rem"}
MAX_ASKED, MAX_CHARS = 50, 500  # of what anybody may write into an address


class OpenCorpus(Protocol):
    """What explorers and forms need of a corpus that is open in a notebook."""

    seeds: Path

    @property
    def as_read(self) -> Tables:
        """Every table before narrowing, rows that reprints repeat included."""

    @property
    def tables(self) -> Tables:
        """Every table as the notebook shows it."""

    @property
    def search_index(self) -> CorpusIndex:
        """For searches."""

    @property
    def period_inputs(self) -> PeriodInputs:
        """The incidents."""

    def follow(self, renew: Callable[[], None]) -> None:
        """Call something whenever corrections have changed the tables."""

    def catch_up(self) -> bool:
        """Apply corrections that were saved since, here or elsewhere, and tell all who follow; yes if any."""


def show(pane: ipywidgets.Output, content: View | None) -> None:
    """Replace what a pane shows; None empties it."""
    shown = [] if content is None else [content._repr_mimebundle_()]
    pane.outputs = tuple({"output_type": "display_data", "data": one, "metadata": {}} for one in shown)


@contextmanager
def shown_errors(pane: ipywidgets.Output) -> Iterator[None]:
    """Show an exception in the pane; a run of the notebook finds it there and fails."""
    try:
        yield
    except Exception as error:
        lines = ["This could not be shown because of a bug in Faultline. Please report it:\n"]
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
def shown_mistakes(pane: ipywidgets.Output) -> Iterator[None]:
    """Show a mistake in a person's input in one sentence, and any other exception with its traceback."""
    with shown_errors(pane):
        try:
            yield
        except (OSError, ValueError) as error:
            show(pane, note_view([error_in_words(error)], head="That did not work."))


def note_view(notes: Sequence[str], *, head: str = "") -> View:
    """Notes, one a line, escaped, below a few words in bold."""
    return view("workbench/notes", notes=notes, head=head)


class LiveHtml(anywidget.AnyWidget):
    """A view whose elements with `role="option"` can be chosen, and whose buttons can be pressed.

    ipywidgets has no list whose entries are marked sentences or bars, and nothing that scrolls an article to
    a place. What is chosen is marked, not drawn again. An option has its key as `data-key`, a button as
    `data-press`. An element of class `f-here` is scrolled to when the HTML changes.
    """

    _esm = SCRIPTS / "live_html.js"
    _css = SCRIPTS / "live_html.css"

    html = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)  # keys of the chosen options
    pressed = traitlets.Unicode().tag(sync=True)  # key of the button that was pressed, "" once it is handled
    is_multiple = traitlets.Bool(False).tag(sync=True)  # several can be chosen, or none

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.add_class("f-live")

    def show(self, shown: View, *, chosen: Sequence[str] = ()) -> None:
        """Replace the view, and what is chosen in it."""
        with self.hold_sync():
            self.html, self.chosen = shown.html, list(chosen)


class Panel(ipywidgets.VBox):
    """A box of widgets that react to each other: what a callback changes itself calls no other callback."""

    corpus: OpenCorpus | None = None
    is_acting = False

    def __init__(self, children: Sequence[ipywidgets.Widget], *names: str) -> None:
        super().__init__(children)
        for name in ("faultline", *names):
            self.add_class(name)

    @cached_property
    def pane(self) -> ipywidgets.Output:
        """Where messages and exceptions are shown."""
        return ipywidgets.Output()

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Answer no callback meanwhile."""
        before, self.is_acting = self.is_acting, True
        try:
            yield
        finally:
            self.is_acting = before

    def reacting(self, act: Callable[[], None]) -> Callable[[object], None]:
        """Make a callback, which first applies corrections that were saved elsewhere."""

        def callback(_: object = None) -> None:
            if self.is_acting:
                return
            with self.acting(), shown_mistakes(self.pane):
                if self.corpus is not None:
                    self.corpus.catch_up()
                act()

        return callback

    def follow(self, renew: Callable[[], None]) -> None:
        """Do something now, and again whenever corrections have changed the tables."""

        def renewing() -> None:
            with self.acting(), shown_errors(self.pane):
                renew()

        self.corpus.follow(renewing)
        renewing()


def field(kind: type[ipywidgets.Widget], label: str, **look: Any) -> ipywidgets.Widget:
    """A field of a form, as wide as the others and with its label in their column."""
    return kind(**{"description": label, "style": STYLE, "layout": WIDE, **look})


def is_for_readers() -> bool:
    """Yes in a kernel of Voila, which says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def asked_in_address() -> list[tuple[str, str]]:
    """Names and values after the question mark in the address of the page; none in JupyterLab."""
    query = os.environ.get("QUERY_STRING", "") if is_for_readers() else ""
    asked = parse_qsl(query[: MAX_ASKED * MAX_CHARS])[:MAX_ASKED]
    return [(name, value[:MAX_CHARS]) for name, value in asked if name != "token"]
