"""Explorers for the notebooks: filters, bars to choose from, a list of evidence, and the article behind it.

`Explorer` is the frame: its controls, panes and lists. `FindingsExplorer` counts the findings of a table;
`incident_timeline.IncidentTimeline` lists incidents. Bars and lists are list boxes, which the mouse and the
keyboard reach alike.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Final

import anywidget
import ipywidgets
import traitlets

from analysis.charts.base import shortened
from analysis.country_names import country_name
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.pipeline.typed_countries import checked_country, code_of
from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import ARTICLES, SENTENCES, STATEMENTS, TITLES, QueryError, question_of
from analysis.views.render import View
from analysis.workbench.download import DownloadButton
from analysis.workbench.exploration import FILTER_NAMES, PAGE, bars_view, exploration_of, note_view
from analysis.workbench.panes import Panel, show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_choices, reading_view
from analysis.workbench.selection import BARS, Choice, filter_options, label_of, link_findings, units

MAX_OPTIONS = 2_000  # of a list to choose from; a browser is slow to draw more
OPTION_CHARS = 70
FIRST: Final = ("search", "country", "pair", "since", "until")  # always in sight; other filters can be folded
NARROW, WIDE = ({"width": width, "margin": "2px 8px 2px 0"} for width in ("10.5rem", "14rem"))
AS_LONG: Final = {"description_width": "initial"}  # as its words
BUTTON: Final = {"width": "auto"}  # as its words: fonts differ
WRAPPED: Final = {"flex_flow": "row wrap", "align_items": "flex-start"}
MORE: Final = "More filters"
HINT: Final = (
    "Click a bar to see only its evidence, and again to see all; hold Ctrl or Shift to choose several. Click "
    "a piece of evidence to read its article. From the keyboard: Tab, arrow keys, Enter."
)
SCRIPTS: Final = Path(__file__).parents[1] / "templates" / "workbench"


class LiveHtml(anywidget.AnyWidget):
    """A view whose elements with `role="option"` can be chosen; what is chosen is marked, not drawn again.

    ipywidgets has no list whose entries are marked sentences or bars, and nothing that scrolls an article to
    a place. An option has its key as `data-key`. An element of class `f-here` is scrolled to when the HTML
    changes.
    """

    _esm = SCRIPTS / "live_html.js"
    _css = SCRIPTS / "live_html.css"

    html = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)  # keys of the chosen options
    is_multiple = traitlets.Bool(False).tag(sync=True)  # several can be chosen, or none

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.add_class("f-live")

    def show(self, shown: View, *, chosen: Sequence[str] = ()) -> None:
        """Replace the view, and what is chosen in it."""
        with self.hold_sync():
            self.html, self.chosen = shown.html, list(chosen)

    def come_into_view(self) -> None:
        """Scroll the page as far as needed, until the place marked in the view is visible."""
        self.send({"do": "come into view"})


class SearchBox(Panel):
    """A field for a query, which searches at Enter, and a list of where the whole query must match.

    Args:
        index: of the corpus.
    """

    value = traitlets.Any("")  # the `Question`; "" where nothing is typed, None where it is not understood

    def __init__(self, index: CorpusIndex) -> None:
        self.index = index
        self.words = ipywidgets.Text(
            description="Search",
            placeholder='words, "a phrase", AND, OR, NOT, tank*',
            continuous_update=False,
            style={"description_width": "3.5rem"},
            layout={"width": "22rem"},
        )
        self.within = ipywidgets.Dropdown(
            options=(
                ("in one sentence", SENTENCES),
                ("in one statement", STATEMENTS),
                ("in the title", TITLES),
                ("anywhere in an article", ARTICLES),
            ),
            tooltip="Where the whole query must match",
            layout={"width": "12rem"},
        )
        self.note = ipywidgets.Output()
        super().__init__([ipywidgets.HBox([self.words, self.within]), self.note])
        self.add_class("faultline-search")
        for control in (self.words, self.within):
            control.observe(self.reacting(self.on_typed, self.note), names="value")
        self.observe(self.reacting(self.on_value, self.note), names="value")

    def on_typed(self) -> None:
        """Search for what is typed; if it cannot be understood, a sentence says why."""
        try:
            self.value = question_of(self.words.value, self.within.value) if self.words.value.strip() else ""
            self.say_how_many()
        except QueryError as error:
            self.value = None
            show(self.note, note_view([f"Not searched: {error}."]))

    def on_value(self) -> None:
        """Show a search that was set elsewhere, or an empty box where it was cleared."""
        if self.value:
            self.within.value = self.value.within
        self.words.value = self.value.query.typed if self.value else ""
        self.say_how_many()

    def say_how_many(self) -> None:
        """Say how many texts match, or what would match."""
        if not self.value:
            show(self.note, None)
            return
        found = self.index.answer(self.value, limit=0)
        words = found.hint or f"{counted(found.match_count, self.value.noun)} found."
        show(self.note, note_view([words]))


def choice_control(name: str, found: Iterable[tuple[str, str, int]]) -> ipywidgets.Dropdown:
    """A list of the values of a filter, each given by its label, key and count; unused ones are left out."""
    options = [(f"{shortened(label, OPTION_CHARS)} ({count:,})", key) for label, key, count in found if count]
    rest = f" (the first {MAX_OPTIONS} of {len(options)} are listed)" if len(options) > MAX_OPTIONS else ""
    return ipywidgets.Dropdown(
        options=[(f"any{rest}", ""), *options[:MAX_OPTIONS]],
        description=FILTER_NAMES[name],
        style=AS_LONG,
        layout=WIDE,
    )


def day_control(name: str) -> ipywidgets.DatePicker:
    """A field for a date."""
    return ipywidgets.DatePicker(description=FILTER_NAMES[name], style=AS_LONG, layout=NARROW)


def country_control(names: Iterable[str]) -> ipywidgets.Combobox:
    """A field that offers the countries of the corpus and takes every name of any other."""
    return ipywidgets.Combobox(
        options=tuple(names),
        description=FILTER_NAMES["country"],
        placeholder="any: China, UK, IRN",
        continuous_update=False,  # or half a name would be looked up
        style=AS_LONG,
        layout=WIDE,
    )


class Explorer(Panel):
    """The frame of an explorer: filters, bars to choose from, a list, and what is chosen in it.

    Args:
        controls: the filters by name, "country" among them.
        tools: what stands beside the filters.
        below: what stands below them.
    """

    lists: ClassVar[tuple[str, ...]] = ("evidence",)
    details: ClassVar[tuple[str, ...]] = ("reading",)  # beside the lists
    hint: ClassVar[str] = HINT
    country_code: ClassVar[Callable[[str], str]] = staticmethod(code_of)
    check_country: ClassVar[Callable[[str], str]] = staticmethod(checked_country)

    def __init__(
        self,
        controls: Mapping[str, ipywidgets.Widget],
        tools: Sequence[ipywidgets.Widget] = (),
        below: Sequence[ipywidgets.Widget] = (),
    ) -> None:
        self.controls = dict(controls)
        names = ("chart", *self.lists, *self.details)
        self.live = {name: LiveHtml(is_multiple=name == "chart") for name in names}
        self.bars, self.evidence, self.reading = (
            self.live[name] for name in ("chart", "evidence", "reading")
        )
        self.panes = {name: ipywidgets.Output() for name in ("notes", *names)}
        for name, pane in {**self.panes, **self.live}.items():
            pane.add_class(f"faultline-{name}")
        self.clear = ipywidgets.Button(description="Clear filters", layout=BUTTON)
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, style=AS_LONG, layout=NARROW)
        half = {"flex": "1 1 18rem", "min_width": "0", "padding": "0 6px 0 0"}
        sides = [
            ipywidgets.VBox([*first, *self.with_panes(names)], layout=half)
            for first, names in (([self.page], self.lists), ([], self.details))
        ]
        in_sight = [control for name, control in self.controls.items() if name in FIRST or not below]
        super().__init__(
            [
                ipywidgets.Box([*in_sight, *tools, self.clear], layout=WRAPPED),
                *below,
                self.panes["notes"],
                *self.with_panes(("chart",)),
                ipywidgets.HTML(f'<p class="f-small">{self.hint}</p>' if self.hint else ""),
                ipywidgets.Box(sides, layout={"flex_flow": "row wrap"}),
            ]
        )
        for control in self.controls.values():
            self.on_change(control, self.on_filter)
        self.on_change(self.page, self.show_page)
        self.on_change(self.bars, self.on_bars, "chosen")
        self.clear.on_click(self.reacting(self.on_clear, self.panes["notes"]))

    def with_panes(self, names: Iterable[str]) -> list[ipywidgets.Widget]:
        """Views, each below the pane for its exceptions."""
        return [part for name in names for part in (self.panes[name], self.live[name])]

    def on_change(self, control: ipywidgets.Widget, act: Callable[[], None], trait: str = "value") -> None:
        """Do something when a control changes."""
        control.observe(self.reacting(act, self.panes["notes"]), names=trait)

    def on_filter(self) -> None:
        """Count again; each explorer does it in its own way."""
        raise NotImplementedError

    def on_bars(self) -> None:
        """List what the chosen bars have."""
        raise NotImplementedError

    def show_page(self) -> None:
        """Show a page of the list."""
        raise NotImplementedError

    def on_clear(self) -> None:
        """Open every filter, at once."""
        for control in self.controls.values():
            control.value = None if isinstance(control, ipywidgets.DatePicker) else ""
        self.on_filter()

    def chosen_values(self) -> dict[str, object]:
        """What is chosen at the filters; the field of the country gets its full name."""
        field = self.controls["country"]
        code = self.country_code(field.value)
        if code:
            field.value = country_name(code)
        return {**{name: one.value for name, one in self.controls.items()}, "country": code}

    def show_notes(self, notes: Iterable[str]) -> None:
        """Show sentences below the filters, and why what was typed is not a country."""
        shown = list(notes)
        try:
            self.check_country(self.controls["country"].value)
        except ValueError as error:
            shown.insert(0, f"All countries are shown: {error}")
        show(self.panes["notes"], note_view(shown) if shown else None)

    def show_live(self, name: str, make: Callable[[], View], *, chosen: Sequence[str] = ()) -> None:
        """Show a view; an exception is shown in its place."""
        pane = self.panes[name]
        pane.outputs = ()
        with shown_errors(pane):
            self.live[name].show(make(), chosen=chosen)
        if pane.outputs:
            self.live[name].show(View(""))

    def first_page(self, count: int, of_page: int) -> None:
        """Begin a list of so many entries, and show its first page."""
        self.page.value = 1
        self.page.max = max(-(-count // of_page), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.page.layout.display = None if self.page.max > 1 else "none"
        self.show_page()


class FindingsExplorer(Explorer):
    """The findings of a table by what they are about, who, where and when.

    Args:
        tables: a corpus.
        subject: "topics", "quotes" or "events".
        index: for searches, as in `link_findings`.
    """

    def __init__(self, tables: Tables, subject: str, *, index: CorpusIndex | None = None) -> None:
        self.findings = link_findings(tables, subject, index=index)
        self.page_evidence: list[Evidence] = []
        controls: dict[str, ipywidgets.Widget] = {"search": SearchBox(self.findings.index)}
        for name in ("country", "pair", "since", "until", "outlet", "story", "theme", "theatre", "speaker"):
            if name in ("since", "until"):
                controls[name] = day_control(name)
                continue
            found = [
                (label_of(self.findings, name, key), key, n) for key, n in filter_options(self.findings, name)
            ]
            names = (label for label, _, _ in found)
            controls[name] = country_control(names) if name == "country" else choice_control(name, found)
        self.by = ipywidgets.Dropdown(
            options=BARS[subject], description="Bar for each", style=AS_LONG, layout=WIDE
        )
        self.unit = ipywidgets.Dropdown(
            options=units(subject), description="Count", style=AS_LONG, layout=NARROW
        )
        self.more = ipywidgets.ToggleButton(description=MORE, icon="chevron-down", layout=BUTTON)
        self.download = DownloadButton(lambda: self.exploration)
        rest = [control for name, control in controls.items() if name not in FIRST]
        self.folded = ipywidgets.Box([*rest, self.unit], layout={**WRAPPED, "display": "none"})
        super().__init__(controls, [self.by, self.more, self.download], [self.folded])
        self.add_class("faultline-explorer")
        self.add_class(f"faultline-{subject}")
        self.on_change(self.unit, self.on_filter)
        self.on_change(self.by, self.on_kind)
        self.on_change(self.evidence, self.on_read, "chosen")
        self.more.observe(self.on_more, names="value")
        self.reacting(self.on_filter, self.panes["notes"])()

    def on_filter(self) -> None:
        """Count again, and keep the chosen bars that are still there."""
        self.explore()
        count = sum(bool(one.value) for name, one in self.controls.items() if name not in FIRST)
        self.more.description = f"{MORE} ({count} set)" if count else MORE  # folded filters still apply
        shown = self.exploration
        self.show_live("chart", lambda: bars_view(shown.bars, **shown.drawing), chosen=shown.choice.bars)
        self.first_page(shown.evidence_count, PAGE)

    def explore(self) -> None:
        """Count what the filters and the chosen bars leave."""
        filters = self.chosen_values()
        choice = Choice(**filters, by=self.by.value, unit=self.unit.value, bars=tuple(self.bars.chosen))
        self.exploration = exploration_of(self.findings, choice)
        self.show_notes(self.exploration.notes)
        self.download.withdraw()

    def on_kind(self) -> None:
        """Bars of another kind: the chosen ones no longer apply."""
        self.bars.chosen = []
        self.on_filter()

    def on_bars(self) -> None:
        """List the evidence of the chosen bars; the bars stay as they are drawn."""
        self.explore()
        self.first_page(self.exploration.evidence_count, PAGE)

    def on_more(self, _: object) -> None:
        """Fold or unfold the other filters."""
        self.folded.layout.display = "flex" if self.more.value else "none"
        self.more.icon = "chevron-up" if self.more.value else "chevron-down"

    def show_page(self) -> None:
        """Show a page of evidence; the open article stays as long as its evidence is listed."""
        reading, first = self.chosen_evidence(), (self.page.value - 1) * PAGE + 1
        self.page_evidence = pieces = self.exploration.evidence_page(self.page.value)
        place = pieces.index(reading) if reading in pieces else 0
        total = self.exploration.evidence_count
        self.show_live(
            "evidence",
            lambda: evidence_choices(self.findings, pieces, first=first, total=total),
            chosen=[str(place)] if pieces else [],
        )
        if reading is None or reading not in pieces:
            self.open_article()

    def chosen_evidence(self) -> Evidence | None:
        """The piece of evidence whose article is open."""
        return self.page_evidence[int(self.evidence.chosen[0])] if self.evidence.chosen else None

    def on_read(self) -> None:
        """Open the article of the evidence that was chosen by hand, at its place."""
        self.open_article()
        self.reading.come_into_view()

    def open_article(self) -> None:
        """Show the article of the chosen evidence, or nothing if there is none."""
        chosen = self.chosen_evidence()
        self.show_live("reading", lambda: reading_view(self.findings, chosen) if chosen else View(""))
