"""The search box of an explorer: words, the kind of text that must contain them all, and what was found."""

from collections.abc import Callable
from typing import Final

import ipywidgets
import traitlets

from analysis.phrasing import counted
from analysis.search.corpus_index import CorpusIndex
from analysis.search.query import (
    ARTICLES,
    SENTENCES,
    STATEMENTS,
    TITLES,
    QueryError,
    Question,
    question_of,
)
from analysis.views.render import view
from analysis.workbench.panes import show, shown_errors

HINT: Final = 'words, "a phrase", AND, OR, NOT, tank*'
WITHIN: Final = (
    ("in one sentence", SENTENCES),
    ("in one statement", STATEMENTS),
    ("in the title", TITLES),
    ("anywhere in an article", ARTICLES),
)


class SearchBox(ipywidgets.VBox):
    """A field for a query, which searches at Enter, and a list of where the whole query must match.

    Args:
        index: of the corpus.
    """

    value = traitlets.Any("")  # the `Question`; "" where nothing is typed, None where it is not understood

    def __init__(self, index: CorpusIndex) -> None:
        self.index, self.is_changing = index, False
        self.words = ipywidgets.Text(
            description="Search", placeholder=HINT, continuous_update=False, layout={"width": "22rem"}
        )
        self.words.style.description_width = "3.5rem"
        self.within = ipywidgets.Dropdown(options=WITHIN, layout={"width": "12rem"})
        self.within.tooltip = "Where the whole query must match"
        self.note = ipywidgets.Output()
        super().__init__([ipywidgets.HBox([self.words, self.within]), self.note])
        self.add_class("faultline-search")
        self.words.observe(self.on_change, names="value")
        self.within.observe(self.on_change, names="value")
        self.observe(self.on_value, names="value")

    def on_change(self, _: object) -> None:
        """Search for what is typed; if it cannot be understood, a sentence says why."""
        if self.is_changing:
            return
        with shown_errors(self.note):
            try:
                asked = question_of(self.words.value, self.within.value) if self.words.value.strip() else ""
                self.say(self.found(asked) if asked else "")
            except QueryError as error:
                self.say(f"Not searched: {error}.")
                asked = None
            self.change(lambda: setattr(self, "value", asked))

    def on_value(self, change: object) -> None:
        """Show a search that was set elsewhere, or an empty box where it was cleared."""
        if self.is_changing:
            return
        asked = change["new"]
        typed, within = (asked.query.typed, asked.within) if asked else ("", self.within.value)
        self.change(lambda: (setattr(self.within, "value", within), setattr(self.words, "value", typed)))
        self.say(self.found(asked) if asked else "")

    def change(self, act: Callable[[], object]) -> None:
        """Change the box without an answer from itself."""
        self.is_changing = True
        try:
            act()
        finally:
            self.is_changing = False

    def found(self, question: Question) -> str:
        """How many texts match, or what would match."""
        found = self.index.answer(question, limit=0)
        return found.hint or f"{counted(found.match_count, question.noun)} found."

    def say(self, sentence: str) -> None:
        show(self.note, view("workbench/notes", notes=[sentence]) if sentence else None)
