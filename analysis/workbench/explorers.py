"""The explorer of a notebook: filters, bars to choose from, a list of evidence, and the article behind it.

One explorer serves every table. Bars and lists are list boxes, which the mouse and the keyboard reach alike.
A line below says how the same view is opened again.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import ipywidgets
from traitlets import TraitError

from analysis.charts.base import shortened
from analysis.country_names import country_name
from analysis.phrasing import counted
from analysis.pipeline.filters import checked_day
from analysis.pipeline.reporting_period import ALL, AUTO, LENGTHS
from analysis.pipeline.typed_names import checked_country, checked_side
from analysis.search.query import ARTICLES, SENTENCES, STATEMENTS, TITLES, QueryError, Question, question_of
from analysis.views.render import View, view
from analysis.workbench.correction_form import ReadingPane
from analysis.workbench.exploration import FILTER_NAMES, PAGE, exploration_of
from analysis.workbench.panes import (
    AS_LONG,
    LiveHtml,
    OpenCorpus,
    Panel,
    asked_in_address,
    is_for_readers,
    note_view,
    show,
    shown_mistakes,
)
from analysis.workbench.reading_pane import Evidence, evidence_view
from analysis.workbench.selection import BARS, PIECE_NOUNS, Choice, filter_options, label_of, link_findings

MAX_OPTIONS = 2_000  # of a list to choose from; a browser is slow to draw more
OPTION_CHARS = 70
OTHER_NAMES: Final = {"within": "", "reporting_period": "Period", "by": "Bar for each"}
FITTING: Final = "day, week or month"  # of bars by day, as the span of days has it
OF_INCIDENTS: Final = ("kind", "least_stories")
NARROW, WIDE = ({"width": width, "margin": "2px 8px 2px 0"} for width in ("10.5rem", "14rem"))
BUTTON: Final = {"width": "auto"}  # as its words: fonts differ
WRAPPED: Final = {"flex_flow": "row wrap", "align_items": "flex-start"}
HALF: Final = {"flex": "1 1 18rem", "min_width": "0", "padding": "0 6px 0 0"}
WITHIN: Final = {
    "in one sentence": SENTENCES,
    "in one statement": STATEMENTS,
    "in the title": TITLES,
    "anywhere in an article": ARTICLES,
}
HINT: Final = (
    "Click a bar to see only its evidence, and again to see all; hold Ctrl or Shift to choose several. Click "
    "a piece of evidence to read its article, and a sentence there to see and correct what was found in it. "
    "From the keyboard: Tab, arrow keys, Enter."
)


CONTROLS: Final = {
    "search": (
        ipywidgets.Text,
        {
            "placeholder": 'words, "a phrase", AND, OR, NOT, tank*',
            "continuous_update": False,
            "layout": {"width": "22rem"},
        },
    ),
    "within": (ipywidgets.Dropdown, {"options": WITHIN, "tooltip": "Where the whole query must match"}),
    # Half the name of a country would not be looked up.
    "country": (ipywidgets.Combobox, {"placeholder": "any: China, UK, IRN", "continuous_update": False}),
    "reporting_period": (
        ipywidgets.Combobox,
        {"placeholder": "or 2025-05-05..2025-05-11", "options": (AUTO, *LENGTHS, ALL)},
    ),
    "since": (ipywidgets.DatePicker, {"layout": NARROW}),
    "until": (ipywidgets.DatePicker, {"layout": NARROW}),
    "least_stories": (ipywidgets.BoundedIntText, {"value": 1, "min": 1, "max": 10_000, "layout": NARROW}),
}
"""The widget of a filter or parameter; a list to choose from for all others."""


def filter_control(name: str) -> ipywidgets.Widget:
    """The control of a filter or parameter, still without what the articles offer."""
    kind, look = CONTROLS.get(name, (ipywidgets.Dropdown, {"options": [("any", "")]}))
    label = {**FILTER_NAMES, **OTHER_NAMES}[name]
    return kind(**{"description": label, "style": AS_LONG, "layout": WIDE, **look})


class Explorer(Panel):
    """The findings of a table by what they are about, who, where and when.

    Args:
        corpus: what is explored.
        subject: "articles", "topics", "quotes", "events" or "incidents".
    """

    def __init__(self, corpus: OpenCorpus, subject: str) -> None:
        self.corpus, self.subject = corpus, subject
        self.name = "speakers" if subject == "quotes" else subject  # of the method that makes it
        self.pieces: list[Evidence] = []  # that are listed
        self.listed_reports: list[Evidence] = []  # of the chosen incident
        self.piece: Evidence | None = None  # that is chosen
        self.is_renewing = False
        names = [one for one in ("search", "within", *FILTER_NAMES) if one not in OF_INCIDENTS]
        names += OF_INCIDENTS if subject == "incidents" else ()
        self.controls = {name: filter_control(name) for name in dict.fromkeys(names)}
        self.by = filter_control("by")
        self.by.options = [(FITTING if one == "day" else one, one) for one in BARS[subject]]
        self.choices = {**self.controls, "by": self.by}
        self.open_values = {name: one.value for name, one in self.choices.items()}
        self.bars, self.evidence, self.reports = LiveHtml(is_multiple=True), LiveHtml(), LiveHtml()
        self.reading, self.line, self.link = ReadingPane(corpus), ipywidgets.HTML(), ipywidgets.HTML()
        live = {"chart": self.bars, "evidence": self.evidence, "reports": self.reports, "notes": self.pane}
        for name, pane in live.items():
            pane.add_class(f"faultline-{name}")
        self.clear, self.download = (
            ipywidgets.Button(description=words, layout=BUTTON)
            for words in ("Clear filters", "Make an Excel file")
        )
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, style=AS_LONG, layout=NARROW)
        tools = [self.by, self.clear, self.download, self.link]
        sides = ([self.page, self.evidence], [self.reports, self.reading])
        super().__init__(
            [
                ipywidgets.Box([*self.controls.values(), *tools], layout=WRAPPED),
                self.pane,
                self.bars,
                ipywidgets.HTML(f'<p class="f-small">{HINT}</p>'),
                ipywidgets.Box([ipywidgets.VBox(one, layout=HALF) for one in sides], layout=WRAPPED),
                self.line,
            ],
            "faultline-explorer",
            f"faultline-{subject}",
        )
        for control in self.controls.values():
            control.observe(self.reacting(self.on_filter), names="value")
        self.by.observe(self.reacting(self.on_kind), names="value")
        self.page.observe(self.reacting(self.show_page), names="value")
        self.bars.observe(self.reacting(self.explore), names="chosen")
        self.evidence.observe(self.reacting(self.on_piece), names="chosen")
        self.reports.observe(self.reacting(self.on_report), names="chosen")
        self.clear.on_click(self.reacting(self.on_clear))
        self.download.on_click(self.reacting(self.on_download))
        self.follow(self.renew)

    def renew(self) -> None:
        """Explore the corpus as it is now, with the same choice, and stay at the open sentence."""
        inputs = self.corpus.period_inputs if self.subject == "incidents" else None
        self.findings = link_findings(
            self.corpus.tables, self.subject, index=self.corpus.search_index, inputs=inputs
        )
        for name, control in self.controls.items():
            if isinstance(control, ipywidgets.Combobox):
                control.options = tuple(country_name(key) for key, _ in filter_options(self.findings, name))
            elif isinstance(control, ipywidgets.Dropdown) and name != "within":
                found, before = filter_options(self.findings, name), control.value
                rest = f" (the first {MAX_OPTIONS} of {len(found)} are listed)" if found[MAX_OPTIONS:] else ""
                options = [
                    (f"{shortened(label_of(self.findings, name, key), OPTION_CHARS)} ({count:,})", key)
                    for key, count in found[:MAX_OPTIONS]
                ]
                control.options = [(f"any{rest}", ""), *options]
                control.value = before if before in dict(found[:MAX_OPTIONS]) else ""
        self.is_renewing = True
        try:
            self.on_filter()
        finally:
            self.is_renewing = False

    def on_filter(self) -> None:
        """Count again, and keep the chosen bars that are still there."""
        self.explore()
        self.bars.show(self.exploration.chart(), chosen=self.exploration.choice.bars)

    def explore(self) -> None:
        """Count and list what the filters and the chosen bars leave; say what is left out, and why."""
        values = {name: one.value for name, one in self.choices.items()}
        typed, within, notes = values.pop("search"), values.pop("within"), []
        try:
            checked = checked_side if self.subject == "incidents" else checked_country
            values["country"] = checked(values["country"])
            self.controls["country"].value = country_name(values["country"]) if values["country"] else ""
        except ValueError as error:
            values["country"] = ""
            notes.append(f"All countries are shown: {error}")
        try:
            values["search"] = question_of(typed, within) if typed.strip() else ""
        except QueryError as error:
            notes.append(f"Not searched: {error}.")
        choice = Choice(**values, bars=tuple(self.bars.chosen))
        self.exploration = exploration_of(self.findings, choice)
        if isinstance(choice.search, Question):
            found = self.corpus.search_index.answer(choice.search, limit=0)
            there = f"{counted(found.match_count, choice.search.noun)}; below is what was found there"
            notes.append(found.hint or f"The search matches {there} and passes the other filters.")
        notes += self.exploration.notes
        show(self.pane, note_view(notes) if notes else None)
        self.link.value = ""  # the file is no longer what is shown
        asked = self.asked()
        code = ", ".join(f"{name}={value!r}" for name, value in asked.items())
        others = [one for one in asked_in_address() if not one[0].startswith(f"{self.name}.")]
        own = [(f"{self.name}.{name}", value) for name, value in asked.items()]
        address = f"?{urlencode([*others, *own], doseq=True)}" if is_for_readers() else ""
        self.line.value = view(
            "workbench/line", line=f"corpus.explorers.{self.name}({code})", address=address
        ).html
        self.page.value = 1
        self.page.max = max(-(-self.exploration.evidence_count // PAGE), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        self.page.layout.display = None if self.page.max > 1 else "none"
        self.show_page()

    def asked(self) -> dict[str, Any]:
        """What is chosen, as `ask` takes it."""
        values = {name: one.value for name, one in self.choices.items()}
        values["country"], bars = self.exploration.choice.country, self.exploration.choice.bars
        chosen = {name: value for name, value in values.items() if value != self.open_values[name]}
        written = {name: value if isinstance(value, int) else str(value) for name, value in chosen.items()}
        return {**written, **({"bars": list(bars)} if bars else {})}

    def ask(self, asked: Mapping[str, Any]) -> None:
        """Choose what the arguments of a line say, or the address of a page of the dashboard.

        Args:
            asked: filters and other choices by name, as `asked` gives them; days in ISO 8601.

        Raises:
            ValueError: there is no such filter, or it has no such value here.
        """
        if unknown := sorted(set(asked) - {*self.choices, "bars"}):
            names = ", ".join([*self.choices, "bars"])
            raise ValueError(f"there is no filter {unknown[0]!r}, expected one of {names}")
        with self.acting():
            for name in [one for one in self.choices if one in asked]:
                control, value = self.choices[name], asked[name]
                if isinstance(control, ipywidgets.DatePicker):
                    value = date.fromisoformat(checked_day(name, str(value)))
                try:
                    control.value = value if name != "least_stories" else int(value)
                except (TraitError, ValueError):
                    raise ValueError(f"{name} is {value!r}, which these articles do not have") from None
            bars = asked.get("bars", [])
            self.bars.chosen = [bars] if isinstance(bars, str) else list(bars)
            self.on_filter()

    def ask_address(self) -> None:
        """Choose what the address of a page of the dashboard says; a mistake in it changes nothing."""
        own = [(name.partition("."), value) for name, value in asked_in_address()]
        asked = [(name, value) for (whose, _, name), value in own if whose == self.name]
        if asked:
            with shown_mistakes(self.pane):
                self.ask({**dict(asked), "bars": [value for name, value in asked if name == "bars"]})

    def on_clear(self) -> None:
        """Open every filter and choose no bar, at once."""
        for name, control in self.controls.items():
            control.value = self.open_values[name]
        self.bars.chosen = []
        self.on_filter()

    def on_kind(self) -> None:
        """Bars of another kind: the chosen ones no longer apply."""
        self.bars.chosen = []
        self.on_filter()

    def on_download(self) -> None:
        """Make an Excel file of what is shown, and offer it."""
        self.link.value = self.exploration.excel_link().html

    def show_page(self) -> None:
        """Show a page of evidence; the open article stays as long as its evidence is listed."""
        first, total = (self.page.value - 1) * PAGE + 1, self.exploration.evidence_count
        self.pieces, before = self.exploration.evidence_page(self.page.value), self.piece
        places = [piece[:3] for piece in self.pieces]
        place = places.index(before[:3]) if before and before[:3] in places else 0
        self.evidence.show(
            evidence_view(
                self.findings.tables, self.pieces, first=first, total=total, unit=PIECE_NOUNS[self.subject]
            )
            if self.pieces
            else View(""),
            chosen=[str(place)] if self.pieces else [],
        )
        self.piece = self.pieces[place] if self.pieces else None
        is_same = before and self.piece and before[:3] == self.piece[:3]
        self.list_reports()
        if self.is_renewing and self.reading.piece:
            self.reading.draw()
        elif not is_same or before.searched != self.piece.searched:
            self.reading.show_piece(self.piece)

    def list_reports(self) -> None:
        """List all sentences that report the chosen incident; other evidence is one sentence."""
        self.listed_reports = (
            self.exploration.reports(self.piece) if self.piece and self.piece.reports else []
        )
        found, total = self.listed_reports, len(self.listed_reports)
        self.reports.show(
            evidence_view(self.findings.tables, found, first=1, total=total) if total > 1 else View("")
        )

    def on_piece(self) -> None:
        """Open the article of the evidence that was chosen by hand, at its place."""
        if self.evidence.chosen:
            self.piece = self.pieces[int(self.evidence.chosen[0])]
            self.list_reports()
            self.reading.show_piece(self.piece, is_by_hand=True)

    def on_report(self) -> None:
        """Open the article of the report that was chosen by hand."""
        if self.reports.chosen:
            self.reading.show_piece(self.listed_reports[int(self.reports.chosen[0])], is_by_hand=True)
