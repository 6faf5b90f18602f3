"""What an analyst works with in a notebook: explorers, forms, and fields for the notebook's parameters."""

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

import anywidget
from ipywidgets import HTML, Box, Button
from pandas import Series

from analysis.country_names import country_name, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.notebook.corpus_tables import CorpusTables, plain_errors
from analysis.pipeline.filters import deduplicate
from analysis.workbench.add_article_form import AddArticleForm
from analysis.workbench.explorers import Explorer, filter_control
from analysis.workbench.panes import SCRIPTS, Panel, is_for_readers, note_view, show, shown_mistakes

PARAMETERS: Final = ("since", "until", "country", "pair", "reporting_period")
"""Those that have a field, in the order of the fields."""
UNTIL_RUN: Final = "Run All Cells goes back to the values that are written in the code above."
CAUGHT_UP: Final = (
    "Corrections were saved elsewhere; everything below shows them by now, tables made by code excepted."
)
RUN_BELOW: Final = (
    "Applied. If the cells below do not run by themselves, choose Run, then Run Selected Cell and All Below."
)


def explorer_of(corpus: CorpusTables, *key: str) -> Explorer:
    """The explorer of a cell that is run again, without filters, or a new one: ipywidgets never frees any.

    Args:
        corpus: what is explored.
        key: its subject, and what tells it from others of that subject.
    """
    if key in corpus.shown:
        corpus.shown[key].clear.click()
    else:
        corpus.shown[key] = Explorer(corpus, key[0])
    return corpus.shown[key]


@dataclass(repr=False)
class Explorers:
    """Filters, bars to choose from, their evidence, and an article to read.

    Each takes what the line below it says, such as `corpus.explorers.events(pair="CHN-USA", bars=["past"])`.
    """

    _corpus: CorpusTables

    def articles(self, **chosen: Any) -> Explorer:
        """Articles by outlet and day, and by what is in them."""
        return self._opened("articles", chosen)

    def topics(self, **chosen: Any) -> Explorer:
        """Themes and theatres by outlet, story, speaker, pair and day."""
        return self._opened("topics", chosen)

    def speakers(self, **chosen: Any) -> Explorer:
        """Statements by speaker, outlet, theme and day."""
        return self._opened("quotes", chosen)

    def incidents(self, **chosen: Any) -> Explorer:
        """Incidents by day, pair, kind and status, each with all its reports."""
        return self._opened("incidents", chosen)

    def events(self, **chosen: Any) -> Explorer:
        """Events between countries by pair, type of act, status and day."""
        return self._opened("events", chosen)

    def _opened(self, subject: str, chosen: Mapping[str, Any]) -> Explorer:
        explorer = explorer_of(self._corpus, subject, repr(chosen))
        with plain_errors():
            if chosen:
                explorer.ask(chosen)
        explorer.ask_address()
        return explorer


@dataclass(repr=False)
class Forms:
    """Forms that write: an article into the folder, a correction into `corrections.csv`."""

    _corpus: CorpusTables

    def add_article(self) -> AddArticleForm:
        """Upload or paste an article, see how it is read, and save it."""
        return AddArticleForm(self._corpus.seeds, saved=partial(self._corpus.catch_up, is_forced=True))

    def correct(self) -> Explorer:
        """Correct what was read in any sentence, add what was missed there, or take a correction back."""
        return explorer_of(self._corpus, "articles", "to correct")


class NotebookPage(anywidget.AnyWidget):
    """An invisible widget that acts on the page that it is on, in JupyterLab or on the dashboard.

    While a kernel is behind it, a click on a column heading sorts the table, and the kernel can ask the page
    to run the cells below or to reload with other parameters. Exported pages have none of this.
    """

    _esm = SCRIPTS / "notebook_page.js"
    _css = SCRIPTS / "notebook_page.css"

    def renew(self, parameters: Mapping[str, object]) -> None:
        """Show everything below for other parameters, which the kernel has by now.

        JupyterLab runs the cell that this widget is in and all below. A page of the dashboard reloads
        with the parameters in its address, which can be sent to a colleague.

        Args:
            parameters: names and values, as in the notebook's parameters cell.
        """
        if is_for_readers():
            self.send({"do": "open", "query": f"?{urlencode(parameters)}"})
        else:
            self.send({"do": "run below"})


class ParameterForm(Panel):
    """A field for each parameter that a notebook declares, and a button that applies them to all below.

    Args:
        corpus: what the notebook shows now.
        names: the variables of the notebook, which the button changes.
        open_corpus: reads the articles for other parameters.

    Raises:
        ValueError: the notebook declares none of the parameters.
    """

    def __init__(
        self, corpus: CorpusTables, names: MutableMapping[str, Any], open_corpus: Callable[..., CorpusTables]
    ) -> None:
        self.corpus, self.names, self.open_corpus, scope = corpus, names, open_corpus, corpus.scope
        self.fields = {name: filter_control(name) for name in PARAMETERS if name in names}
        if not self.fields:
            expected = f"expected a cell that sets one of {', '.join(PARAMETERS)}"
            raise ValueError(f"the notebook has no parameters, {expected}")
        events = (deduplicate(corpus.as_read) if scope.subject else corpus.tables).events
        pairs = dyads(events[between_countries(events)])
        counts = {**dict.fromkeys(filter(None, [scope.pair]), 0), **pairs.value_counts()}
        countries = Series("-".join(pairs).split("-")).value_counts().index
        values = {
            "since": date.fromisoformat(scope.since) if scope.since else None,
            "until": date.fromisoformat(scope.until) if scope.until else None,
            "pair": scope.pair,
            "country": "; ".join(country_name(code) for code in scope.country.split(",") if code),
        }
        offered = {
            "pair": [
                ("all", ""),
                *((f"{dyad_name(key)} ({count:,})", key) for key, count in counts.items()),
            ],
            "country": tuple(country_name(code) for code in countries if code),
        }
        for name, control in self.fields.items():
            if name in offered:
                control.options = offered[name]
            control.value = values.get(name, names[name])
        self.button = Button(description="Apply", button_style="primary", layout={"width": "6rem"})
        self.page = NotebookPage()
        super().__init__(
            [
                Box([*self.fields.values(), self.button, self.page], layout={"flex_flow": "row wrap"}),
                HTML("" if is_for_readers() else f"<small>{UNTIL_RUN}</small>"),
                self.pane,
            ],
            "faultline-parameters",
        )
        self.button.on_click(self.reacting(self.on_apply))
        self.page.on_msg(self.on_sight)

    @property
    def values(self) -> dict[str, str]:
        """What the fields say, as in the notebook's parameters cell: days in ISO 8601, "" for nothing."""
        found = {name: one.value for name, one in self.fields.items()}
        return {
            name: "" if value is None else value.isoformat() if isinstance(value, date) else value
            for name, value in found.items()
        }

    def on_sight(self, *_: object) -> None:
        """Take over corrections from other notebooks when the page is seen again, and say so."""
        with shown_mistakes(self.pane):
            if self.corpus.catch_up():
                show(self.pane, note_view([CAUGHT_UP]))

    def on_apply(self) -> None:
        """Read the articles again and update all cells below; after a mistake, nothing changes."""
        show(self.pane, note_view(["Reading the articles…"]))
        asked, before = self.values, self.corpus
        kept = {"store": before.store, "reporting_period": before.asked_period, **vars(before.scope)}
        self.corpus = new = self.open_corpus(before.seeds, **{**kept, **asked})
        self.names.update(asked)
        self.names.update({name: new for name, value in self.names.items() if value is before})
        show(self.pane, note_view([RUN_BELOW]))
        self.page.renew(asked)
