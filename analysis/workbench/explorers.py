"""Explorers for the notebooks: filters, bars to choose from, a list of evidence, and the article behind it.

`Explorer` is the frame: its controls, panes and lists, a sentence to correct, and a line that brings back
what is chosen. `FindingsExplorer` counts the findings of a table; `incident_timeline.IncidentTimeline` lists
incidents. Bars and lists are list boxes, which the mouse and the keyboard reach alike.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

import ipywidgets
import traitlets

from analysis.charts.base import shortened
from analysis.country_names import country_name
from analysis.phrasing import counted
from analysis.pipeline.filters import checked_day
from analysis.pipeline.for_readers import asked_in_address, is_for_readers
from analysis.pipeline.typed_countries import checked_country, code_of
from analysis.search.query import ARTICLES, LEVELS, SENTENCES, STATEMENTS, TITLES, QueryError, question_of
from analysis.views.render import View, view
from analysis.workbench.correction_form import SentenceForm, sentence_at
from analysis.workbench.download import DownloadButton
from analysis.workbench.exploration import FILTER_NAMES, PAGE, bars_view, exploration_of
from analysis.workbench.panes import AS_LONG, LiveHtml, OpenCorpus, Panel, note_view, show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_view, reading_view
from analysis.workbench.selection import BARS, Choice, filter_options, label_of, link_findings, units

MAX_OPTIONS = 2_000  # of a list to choose from; a browser is slow to draw more
OPTION_CHARS = 70
FIRST: Final = ("search", "country", "pair", "since", "until")  # always in sight; other filters can be folded
NARROW, WIDE = ({"width": width, "margin": "2px 8px 2px 0"} for width in ("10.5rem", "14rem"))
BUTTON: Final = {"width": "auto"}  # as its words: fonts differ
WRAPPED: Final = {"flex_flow": "row wrap", "align_items": "flex-start"}
MORE: Final = "More filters"
HINT: Final = (
    "Click a bar to see only its evidence, and again to see all; hold Ctrl or Shift to choose several. Click "
    "a piece of evidence to read its article, and a sentence there to see and correct what was found in it. "
    "From the keyboard: Tab, arrow keys, Enter."
)


class SearchBox(Panel):
    """A field for a query, which searches at Enter, and a list of where the whole query must match.

    Args:
        corpus: what is searched.
    """

    value = traitlets.Any("")  # the `Question`; "" where nothing is typed, None where it is not understood

    def __init__(self, corpus: OpenCorpus) -> None:
        self.corpus = corpus
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
        super().__init__([ipywidgets.HBox([self.words, self.within]), self.note], "faultline-search")
        for control in (self.words, self.within):
            control.observe(self.reacting(self.on_typed, self.note), names="value")
        self.observe(self.reacting(self.on_value, self.note), names="value")

    def ask(self, written: str) -> None:
        """Search for what a line says: "tanker", or "tanker in sentences"."""
        words, found, within = written.rpartition(" in ")
        is_level = bool(found) and within in LEVELS
        self.value = question_of(words if is_level else written, within if is_level else ARTICLES)

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
        found = self.corpus.search_index.answer(self.value, limit=0)
        words = found.hint or f"{counted(found.match_count, self.value.noun)} found."
        show(self.note, note_view([words]))


def choice_control(name: str) -> ipywidgets.Dropdown:
    """A list of the values of a filter, still without any."""
    return ipywidgets.Dropdown(
        options=[("any", "")], description=FILTER_NAMES[name], style=AS_LONG, layout=WIDE
    )


def offer(control: ipywidgets.Dropdown, found: Iterable[tuple[str, str, int]]) -> None:
    """Fill a list with values, given by label, key and count; the chosen one stays if it is there."""
    before = control.value
    options = [(f"{shortened(label, OPTION_CHARS)} ({count:,})", key) for label, key, count in found if count]
    rest = f" (the first {MAX_OPTIONS} of {len(options)} are listed)" if len(options) > MAX_OPTIONS else ""
    control.options = [(f"any{rest}", ""), *options[:MAX_OPTIONS]]
    control.value = before if before in (key for _, key in control.options) else ""


def day_control(name: str) -> ipywidgets.DatePicker:
    """A field for a date."""
    return ipywidgets.DatePicker(description=FILTER_NAMES[name], style=AS_LONG, layout=NARROW)


def country_control() -> ipywidgets.Combobox:
    """A field that offers the countries of the corpus and takes every name of any other."""
    return ipywidgets.Combobox(
        description=FILTER_NAMES["country"],
        placeholder="any: China, UK, IRN",
        continuous_update=False,  # or half a name would be looked up
        style=AS_LONG,
        layout=WIDE,
    )


def choose(control: ipywidgets.Widget, name: str, value: Any) -> None:
    """Choose a value, as a line of code or an address says it.

    Raises:
        ValueError: the control has no such value.
    """
    if isinstance(control, SearchBox):
        control.ask(str(value))
    elif isinstance(control, ipywidgets.DatePicker):
        control.value = date.fromisoformat(checked_day(name, str(value)))
    elif isinstance(control, ipywidgets.BoundedIntText):
        control.value = int(value)
    elif isinstance(control, ipywidgets.Dropdown):
        keys = [one[-1] if isinstance(one, tuple) else one for one in control.options]
        if value not in keys:
            raise ValueError(f"{name} is {value!r}, which these articles do not have")
        control.value = value
    else:
        control.value = str(value)


class Explorer(Panel):
    """The frame of an explorer: filters, bars to choose from, a list, and the article behind it.

    Args:
        corpus: what is explored.
        controls: the filters by name, "country" among them.
        looks: other choices by name: what a bar is, what is counted.
        tools: what stands beside the filters.
        below: what stands below them.
    """

    name: ClassVar[str]  # of the method of `corpus.explorers` that makes it
    lists: ClassVar[tuple[str, ...]] = ("evidence",)
    details: ClassVar[tuple[str, ...]] = ()  # above the article
    hint: ClassVar[str] = HINT
    country_code: ClassVar[Callable[[str], str]] = staticmethod(code_of)
    check_country: ClassVar[Callable[[str], str]] = staticmethod(checked_country)

    def __init__(
        self,
        corpus: OpenCorpus,
        controls: Mapping[str, ipywidgets.Widget],
        looks: Mapping[str, ipywidgets.Widget] | None = None,
        tools: Sequence[ipywidgets.Widget] = (),
        below: Sequence[ipywidgets.Widget] = (),
    ) -> None:
        self.corpus, self.controls, self.looks = corpus, dict(controls), dict(looks or {})
        self.pieces: list[Evidence] = []  # that are listed
        self.piece: Evidence | None = None  # whose article is open
        self.is_renewing = False
        names = ("chart", *self.lists, *self.details, "reading")
        self.live = {name: LiveHtml(is_multiple=name == "chart") for name in names}
        self.bars, self.evidence, self.reading = (
            self.live[name] for name in ("chart", "evidence", "reading")
        )
        self.panes = {name: ipywidgets.Output() for name in ("notes", *names)}
        for name, pane in {**self.panes, **self.live}.items():
            pane.add_class(f"faultline-{name}")
        self.sentence, self.line = SentenceForm(corpus), ipywidgets.HTML()
        self.clear = ipywidgets.Button(description="Clear filters", layout=BUTTON)
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, style=AS_LONG, layout=NARROW)
        self.open_values = {name: one.value for name, one in {**self.controls, **self.looks}.items()}
        half = {"flex": "1 1 18rem", "min_width": "0", "padding": "0 6px 0 0"}
        left = [self.page, *self.with_panes(self.lists)]
        right = [*self.with_panes(self.details), self.sentence, *self.with_panes(["reading"])]
        in_sight = [control for name, control in self.controls.items() if name in FIRST or not below]
        super().__init__(
            [
                ipywidgets.Box([*in_sight, *tools, self.clear], layout=WRAPPED),
                *below,
                self.panes["notes"],
                *self.with_panes(["chart"]),
                ipywidgets.HTML(f'<p class="f-small">{self.hint}</p>' if self.hint else ""),
                ipywidgets.Box(
                    [ipywidgets.VBox(side, layout=half) for side in (left, right)],
                    layout={"flex_flow": "row wrap"},
                ),
                self.line,
            ],
        )
        for control in self.controls.values():
            self.on_change(control, self.on_filter)
        self.on_change(self.page, self.show_page)
        self.on_change(self.bars, self.on_bars, "chosen")
        self.on_change(self.evidence, self.on_read, "chosen")
        self.on_change(self.reading, self.on_sentence, "chosen")
        self.clear.on_click(self.reacting(self.on_clear, self.panes["notes"]))

    def with_panes(self, names: Iterable[str]) -> list[ipywidgets.Widget]:
        """Views, each below the pane for its exceptions."""
        return [part for name in names for part in (self.panes[name], self.live[name])]

    def on_change(self, control: ipywidgets.Widget, act: Callable[[], None], trait: str = "value") -> None:
        """Do something when a control changes."""
        control.observe(self.reacting(act, self.panes["notes"]), names=trait)

    def renew(self) -> None:
        """Explore the corpus as it is now, with the same choice, and stay at the open sentence."""
        self.is_renewing = True
        try:
            self.link()
            self.on_filter()
        finally:
            self.is_renewing = False

    def link(self) -> None:
        """Take over the tables of the corpus, and what the filters offer; each explorer in its own way."""
        raise NotImplementedError

    def on_filter(self) -> None:
        """Count again."""
        raise NotImplementedError

    def on_bars(self) -> None:
        """List what the chosen bars have."""
        raise NotImplementedError

    def show_page(self) -> None:
        """Show a page of the list."""
        raise NotImplementedError

    def on_clear(self) -> None:
        """Open every filter, at once."""
        for name, control in self.controls.items():
            control.value = self.open_values[name]
        self.on_filter()

    def chosen_values(self) -> dict[str, Any]:
        """What is chosen at the filters; the field of the country gets its full name."""
        field = self.controls["country"]
        code = self.country_code(field.value)
        if code:
            field.value = country_name(code)
        return {**{name: one.value for name, one in self.controls.items()}, "country": code}

    def ask(self, asked: Mapping[str, Any]) -> None:
        """Choose what the arguments of a line say, or the address of a page of the dashboard.

        Args:
            asked: filters and other choices by name, as `asked` gives them; days in ISO 8601.

        Raises:
            ValueError: there is no such filter, or it has no such value here.
        """
        known = {**self.controls, **self.looks}
        if unknown := sorted(set(asked) - {*known, "bars"}):
            names = ", ".join([*known, "bars"])
            raise ValueError(f"there is no filter {unknown[0]!r}, expected one of {names}")
        with self.acting():
            for name, control in known.items():
                if name in asked:
                    choose(control, name, asked[name])
            bars = asked.get("bars", [])
            self.bars.chosen = [bars] if isinstance(bars, str) else list(bars)
            self.on_filter()

    def asked(self) -> dict[str, Any]:
        """What is chosen, as `ask` takes it."""
        values = {**self.chosen_values(), **{name: one.value for name, one in self.looks.items()}}
        chosen = {name: value for name, value in values.items() if value and value != self.open_values[name]}
        written = {name: value if isinstance(value, int) else str(value) for name, value in chosen.items()}
        return {**written, **({"bars": list(self.bars.chosen)} if self.bars.chosen else {})}

    def show_line(self) -> None:
        """Show the line that brings this view back: of code, or on the dashboard the address of the page."""
        asked = self.asked()
        code = ", ".join(f"{name}={value!r}" for name, value in asked.items())
        others = [one for one in asked_in_address() if not one[0].startswith(f"{self.name}.")]
        own = [(f"{self.name}.{name}", value) for name, value in asked.items()]
        address = f"?{urlencode([*others, *own], doseq=True)}" if is_for_readers() else ""
        line = f"corpus.explorers.{self.name}({code})"
        self.line.value = view("workbench/line", line=line, address=address).html

    def show_notes(self, notes: Iterable[str]) -> None:
        """Show sentences below the filters, and why what was typed is not a country."""
        shown = list(notes)
        try:
            self.check_country(self.controls["country"].value)
        except ValueError as error:
            shown.insert(0, f"All countries are shown: {error}")
        show(self.panes["notes"], note_view(shown) if shown else None)
        self.show_line()

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

    def list_evidence(self, pieces: list[Evidence], *, first: int, total: int) -> None:
        """List pieces of evidence; the open article stays as long as its evidence is listed."""
        self.pieces = pieces
        places = [piece[:3] for piece in pieces]
        is_listed = self.piece is not None and self.piece[:3] in places
        place = places.index(self.piece[:3]) if is_listed else 0
        self.show_live(
            "evidence",
            lambda: (
                evidence_view(self.corpus.tables, pieces, first=first, total=total, is_live=True)
                if pieces
                else View("")
            ),
            chosen=[str(place)] if pieces else [],
        )
        read = self.sentence.place
        if self.is_renewing and read and read[0] in self.corpus.tables.article_rows:
            span = sentence_at(self.corpus.tables, read) or (0, 0)  # what was read there may be gone
            self.open_article(Evidence(read[0], *span))
        elif not is_listed or pieces[place].searched != self.piece.searched:
            self.open_article(pieces[place] if pieces else None)

    def open_article(self, piece: Evidence | None) -> None:
        """Show the article of a piece of evidence and what was found in its sentence, or nothing."""
        self.piece = piece
        if piece is None:
            self.show_live("reading", lambda: View(""))
            return
        sentence = sentence_at(self.corpus.tables, piece[:2]) or piece[1:2]
        self.show_live(
            "reading",
            lambda: reading_view(self.corpus.tables, piece, is_live=True),
            chosen=[str(sentence[0])],
        )
        self.sentence.read(piece.article_id, sentence[0])

    def on_read(self) -> None:
        """Open the article of the evidence that was chosen by hand, at its place."""
        if self.evidence.chosen:
            self.open_article(self.pieces[int(self.evidence.chosen[0])])
            self.reading.come_into_view()

    def on_sentence(self) -> None:
        """Show what was found in the sentence that was chosen in the article."""
        if self.reading.chosen and self.piece is not None:
            self.sentence.read(self.piece.article_id, int(self.reading.chosen[0]))


class FindingsExplorer(Explorer):
    """The findings of a table by what they are about, who, where and when.

    Args:
        corpus: what is explored.
        subject: "topics", "quotes" or "events".
    """

    def __init__(self, corpus: OpenCorpus, subject: str) -> None:
        self.subject, self.name = subject, "speakers" if subject == "quotes" else subject
        controls: dict[str, ipywidgets.Widget] = {"search": SearchBox(corpus)}
        for name in ("country", "pair", "since", "until", "outlet", "story", "theme", "theatre", "speaker"):
            if name in ("since", "until"):
                controls[name] = day_control(name)
            else:
                controls[name] = country_control() if name == "country" else choice_control(name)
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
        looks = {"by": self.by, "unit": self.unit}
        super().__init__(corpus, controls, looks, [self.by, self.more, self.download], [self.folded])
        self.add_class("faultline-explorer")
        self.add_class(f"faultline-{subject}")
        self.on_change(self.unit, self.on_filter)
        self.on_change(self.by, self.on_kind)
        self.more.observe(self.on_more, names="value")
        self.follow(self.renew, self.panes["notes"])

    def link(self) -> None:
        """Join the findings with the rest of the corpus, and offer what occurs in it."""
        self.findings = link_findings(self.corpus.tables, self.subject, index=self.corpus.search_index)
        for name, control in self.controls.items():
            if name in ("search", "since", "until"):
                continue
            found = [
                (label_of(self.findings, name, key), key, n) for key, n in filter_options(self.findings, name)
            ]
            if name == "country":
                control.options = tuple(label for label, _, _ in found)
            else:
                offer(control, found)

    def on_filter(self) -> None:
        """Count again, and keep the chosen bars that are still there."""
        self.explore()
        count = sum(bool(one.value) for name, one in self.controls.items() if name not in FIRST)
        self.more.description = f"{MORE} ({count} set)" if count else MORE  # folded filters still apply
        shown = self.exploration
        self.show_live("chart", lambda: bars_view(shown.bars, **shown.drawing), chosen=shown.choice.bars)
        self.show_line()
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
        """Show a page of evidence."""
        pieces, total = self.exploration.evidence_page(self.page.value), self.exploration.evidence_count
        self.list_evidence(pieces, first=(self.page.value - 1) * PAGE + 1, total=total)
