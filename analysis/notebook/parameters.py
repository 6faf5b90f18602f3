"""The parameters of a notebook, changed through the fields above it rather than in its code."""

from collections.abc import Callable, MutableMapping
from typing import Any

from IPython import get_ipython

from analysis.notebook.corpus_tables import CorpusTables
from analysis.pipeline.filters import deduplicate
from analysis.workbench.parameter_form import LABELS, ParameterForm, Values

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
    return ParameterForm(values, every, lambda asked: reopen(corpus, asked, names, open_corpus))


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
    new = open_corpus(corpus.seeds, store=corpus.store, **asked)
    names.update(asked)
    for name in [name for name, value in names.items() if value is corpus]:
        names[name] = new
    return new
