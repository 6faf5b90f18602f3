"""Explorers for the notebooks: filters, bars to choose from, their evidence, and the article behind it.

JupyterLab runs callbacks beside the kernel's main thread, several at a time: see `analysis.workbench.panes`.
"""

from collections.abc import Callable
from typing import ClassVar, Final

import ipywidgets

from analysis.charts.base import shortened
from analysis.pipeline.analyse import Tables
from analysis.search.corpus_index import CorpusIndex
from analysis.views.render import View
from analysis.workbench.actor_mentions import FindMentions, actor_mentions
from analysis.workbench.bar_choices import MOST_BARS, bars_view
from analysis.workbench.country_control import (
    country_control,
    country_notes,
    country_of,
    with_full_name,
)
from analysis.workbench.download import DownloadButton
from analysis.workbench.exploration import FILTER_NAMES, PAGE, exploration_of, note_view
from analysis.workbench.idle import when_idle
from analysis.workbench.live_html import LiveHtml
from analysis.workbench.panes import show, shown_errors
from analysis.workbench.reading_pane import Evidence, evidence_choices, reading_view
from analysis.workbench.search_box import SearchBox
from analysis.workbench.selection import BARS, Choice, filter_options, label_of, link_findings, units
from analysis.workbench.turns import Turns

MOST_OPTIONS = 2_000  # of a list to choose from; a browser is slow to draw more
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


class Explorer(ipywidgets.VBox):
    """Filters, bars to choose from, their evidence, and an article to read.

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
        self.more.observe(self.on_more, names="value")
        self.bars.observe(self.guarded(self.on_bars), names="chosen")
        self.page.observe(self.guarded(self.on_page), names="value")
        self.evidence.observe(self.guarded(self.on_read), names="chosen")
        self.clear.on_click(self.guarded(self.on_clear))
        self.guarded(self.begin)()
        self.opening = when_idle(self.guarded(self.open_article))  # its parser takes a second to load

    def guarded(self, act: Callable[[], None]) -> Callable[[object], None]:
        """A callback that waits for the one before it, and ignores changes made by itself."""
        return self.turns.taking(act, self.panes["notes"])

    def make_controls(self) -> None:
        """The filters, what a bar is, what is counted, and buttons."""
        filters = {name: self.filter_control(name) for name in self.filters}
        self.controls = {"search": SearchBox(self.findings.index), **filters}
        self.by = ipywidgets.Dropdown(
            options=BARS[self.subject], description="Bar for each", style=AS_LONG, layout=WIDE
        )
        self.unit = ipywidgets.Dropdown(
            options=units(self.subject), description="Count", style=AS_LONG, layout=NARROW
        )
        self.more = ipywidgets.ToggleButton(description=MORE, icon="chevron-down", layout=BUTTON)
        self.clear = ipywidgets.Button(description="Clear filters", layout=BUTTON)
        self.download = DownloadButton(lambda: self.exploration)
        self.tools: list[ipywidgets.Widget] = [self.more, self.clear, self.download]
        self.page = ipywidgets.BoundedIntText(value=1, min=1, max=1, style=AS_LONG, layout=NARROW)

    def filter_control(self, name: str) -> ipywidgets.Widget:
        """A list of the values of a filter, or a field for a date."""
        if name in ("since", "until"):
            return ipywidgets.DatePicker(description=FILTER_NAMES[name], style=AS_LONG, layout=NARROW)
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
            options=[(f"any{rest}", ""), *options],
            description=FILTER_NAMES[name],
            style=AS_LONG,
            layout=WIDE,
        )

    def make_panes(self) -> None:
        """The views that answer clicks and keys, each with a pane for an exception."""
        self.bars, self.evidence, self.reading = LiveHtml(is_multiple=True), LiveHtml(), LiveHtml()
        self.live = {"chart": self.bars, "evidence": self.evidence, "reading": self.reading}
        self.panes = {name: ipywidgets.Output() for name in ("notes", *self.live)}
        for name, pane in {**self.panes, **self.live}.items():
            pane.add_class(f"faultline-{name}")

    def arranged(self) -> list[ipywidgets.Widget]:
        """A row of controls, the others folded, then bars, and evidence beside the article."""
        first = [self.controls[name] for name in FIRST if name in self.controls]
        rest = [control for name, control in self.controls.items() if name not in FIRST]
        self.folded = ipywidgets.Box([*rest, self.unit], layout={**WRAPPED, "display": "none"})
        half = {"flex": "1 1 18rem", "min_width": "0", "padding": "0 6px 0 0"}
        evidence = ipywidgets.VBox([self.page, self.panes["evidence"], self.evidence], layout=half)
        reading = ipywidgets.VBox([self.panes["reading"], self.reading], layout=half)
        return [
            ipywidgets.Box([*first, self.by, *self.tools], layout=WRAPPED),
            self.folded,
            self.panes["notes"],
            self.panes["chart"],
            self.bars,
            ipywidgets.HTML(f'<p class="f-small">{HINT}</p>'),
            ipywidgets.Box([evidence, reading], layout={"flex_flow": "row wrap"}),
        ]

    @property
    def choice(self) -> Choice:
        """What is chosen at the controls."""
        filters = {name: control.value for name, control in self.controls.items()}
        filters |= {"country": country_of(self.controls["country"])}
        return Choice(**filters, by=self.by.value, unit=self.unit.value, bars=tuple(self.bars.chosen))

    def begin(self) -> None:
        """Show all but the article."""
        self.reading.show(note_view(["Opening the article…"]))
        self.count()
        self.first_page()

    def on_filter(self) -> None:
        """Count again, and keep the chosen bars that are still there."""
        self.count()
        if self.first_page():
            self.open_article()

    def count(self) -> None:
        """Count what the filters leave, and draw its bars."""
        with_full_name(self.controls["country"])
        self.exploration = exploration_of(self.findings, self.choice)
        self.say_how_many_are_folded()
        self.show_notes()
        self.show_live("chart", lambda: bars_view(self.exploration), chosen=self.exploration.choice.bars)

    def show_notes(self) -> None:
        notes = [*country_notes(self.controls["country"]), *self.exploration.notes, *self.unlisted()]
        show(self.panes["notes"], note_view(notes) if notes else None)

    def on_kind(self) -> None:
        """Bars of another kind: the chosen ones no longer apply."""
        self.bars.chosen = []
        self.on_filter()

    def on_bars(self) -> None:
        """List the evidence of the chosen bars; the bars stay as they are drawn."""
        self.exploration = exploration_of(self.findings, self.choice)
        self.show_notes()
        if self.first_page():
            self.open_article()

    def on_clear(self) -> None:
        """Open every filter, at once."""
        for control in self.controls.values():
            control.value = None if isinstance(control, ipywidgets.DatePicker) else ""
        self.on_filter()

    def on_more(self, _: object) -> None:
        """Fold or unfold the other filters."""
        self.folded.layout.display = "flex" if self.more.value else "none"
        self.more.icon = "chevron-up" if self.more.value else "chevron-down"

    def say_how_many_are_folded(self) -> None:
        """Say on the button how many folded filters are set, since they still apply."""
        count = sum(bool(one.value) for name, one in self.controls.items() if name not in FIRST)
        self.more.description = f"{MORE} ({count} set)" if count else MORE

    def show_live(self, name: str, make: Callable[[], View], *, chosen: tuple[str, ...] = ()) -> None:
        """Show a view; an exception is shown in its place."""
        pane = self.panes[name]
        pane.outputs = ()
        with shown_errors(pane):
            self.live[name].show(make(), chosen=chosen)
        if pane.outputs:
            self.live[name].show(View(""))

    def unlisted(self) -> list[str]:
        """A note that not all bars are listed, if there are too many."""
        count = len(self.exploration.bars)
        return (
            [f"{MOST_BARS} of {count:,} bars are listed; use the filters to reach the others."]
            if count > MOST_BARS
            else []
        )

    def first_page(self) -> bool:
        """Show the first evidence behind the chosen bars; returns whether another article is to be opened."""
        self.download.withdraw()
        self.page.value = 1
        self.page.max = max(-(-self.exploration.evidence_count // PAGE), 1)
        self.page.description = f"Page (of {self.page.max:,})"
        return self.show_page()

    def on_page(self) -> None:
        if self.show_page():
            self.open_article()

    def show_page(self) -> bool:
        """Show a page of evidence; the open article stays as long as its evidence is listed.

        Returns:
            Whether it is no longer listed.
        """
        reading = self.chosen_evidence()
        first, total = (self.page.value - 1) * PAGE + 1, self.exploration.evidence_count
        self.page_evidence = self.exploration.evidence_page(self.page.value)
        place = self.page_evidence.index(reading) if reading in self.page_evidence else 0
        self.show_live(
            "evidence",
            lambda: evidence_choices(self.findings, self.page_evidence, first=first, total=total),
            chosen=(str(place),) if self.page_evidence else (),
        )
        return reading is None or reading not in self.page_evidence

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
    return f"{shortened(label, OPTION_CHARS)} ({count})"
