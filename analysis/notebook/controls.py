"""What an analyst works with in a notebook: explorers, forms, and fields for the notebook's parameters."""

from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from typing import Any

from IPython import get_ipython

from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import plain_errors
from analysis.pipeline.filters import deduplicate
from analysis.workbench.add_article_form import AddArticleForm
from analysis.workbench.correction_form import CorrectionForm
from analysis.workbench.explorers import Explorer
from analysis.workbench.parameter_form import LABELS, ParameterForm, Values


class Explorers:
    """Filters, bars to choose from, their evidence, and an article to read.

    Each takes what the line below it says, such as `corpus.explorers.events(pair="CHN-USA", bars=["past"])`.
    """

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

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
        explorer = Explorer(self._corpus, subject)
        with plain_errors():
            if chosen:
                explorer.ask(chosen)
        explorer.ask_address()
        return explorer


class Forms:
    """Forms that write: an article into the folder, a correction into `corrections.csv`."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def add_article(self) -> AddArticleForm:
        """Upload or paste an article, see how it is read, and save it."""
        read = partial(self._corpus.catch_up, is_forced=True)
        return AddArticleForm(self._corpus.seeds, saved=read)

    def correct(self) -> CorrectionForm:
        """Correct what was read in any sentence, add what was missed there, or take a correction back."""
        return CorrectionForm(self._corpus)


Open = Callable[..., CorpusTables]


def parameter_form(corpus: CorpusTables, open_corpus: Open) -> ParameterForm:
    """A field for each parameter that the notebook declares.

    Args:
        corpus: what the notebook shows now.
        open_corpus: reads the articles for other parameters.

    Raises:
        ValueError: there is no notebook, or it declares none of the parameters.
    """
    shell = get_ipython()
    if shell is None:
        raise ValueError("corpus.controls() was called outside a notebook, expected a cell of a notebook")
    names = shell.user_ns
    values = current_values(corpus, names)
    if not values:
        raise ValueError(
            f"the notebook has no parameters, expected a cell that sets one of {', '.join(LABELS)}"
        )
    every = deduplicate(corpus.as_read) if corpus.scope.subject else corpus.tables
    apply = partial(reopen, corpus, names=names, open_corpus=open_corpus)
    return ParameterForm(values, every, apply, corpus.catch_up)


def current_values(corpus: CorpusTables, names: MutableMapping[str, Any]) -> dict[str, object]:
    """The parameters that a notebook declares; days and countries in the spelling of the corpus."""
    scope = corpus.scope
    spelt = {
        "since": scope.since,
        "until": scope.until,
        "pair": scope.pair,
        "country": scope.country,
        "least_stories": corpus.least_stories,
    }
    return {name: spelt.get(name, names[name]) for name in LABELS if name in names}


def reopen(
    corpus: CorpusTables, asked: Values, names: MutableMapping[str, Any], open_corpus: Open
) -> CorpusTables:
    """Read the articles for other parameters, and give the notebook both under the names that it uses.

    Args:
        corpus: what the notebook shows now.
        asked: the parameters, by name.
        names: the variables of the notebook, which are changed.
        open_corpus: as in `parameter_form`.

    Raises:
        CorpusError: a parameter is wrong; nothing is changed then.
    """
    new = open_corpus(corpus.seeds, store=corpus.store, leave_out=corpus.scope.leave_out, **asked)
    names.update(asked)
    for name in [name for name, value in names.items() if value is corpus]:
        names[name] = new
    return new
