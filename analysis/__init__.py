"""Faultline: who said what, who did what to whom, about what, and is tension rising or easing.

In a notebook, `from analysis import open_corpus` is all that is needed to begin.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.notebook.corpus import export_tables, open_corpus
    from analysis.notebook.corpus_tables import CorpusError, together
    from analysis.notebook.evaluation import open_evaluation

__all__ = ["CorpusError", "export_tables", "open_corpus", "open_evaluation", "together"]
MODULES = {
    "CorpusError": "analysis.notebook.corpus_tables",
    "export_tables": "analysis.notebook.corpus",
    "open_corpus": "analysis.notebook.corpus",
    "open_evaluation": "analysis.notebook.evaluation",
    "together": "analysis.notebook.corpus_tables",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import analysis` loads no parser."""
    if name not in MODULES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(MODULES[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
