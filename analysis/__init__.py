"""Faultline: who said what, who did what to whom, about what, and is tension rising or easing.

In a notebook, `from analysis import open_corpus` is all that is needed to begin.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import analysis.source_files
import analysis.spacy_commands  # noqa: F401  (keeps spaCy's command line from being loaded)
from analysis.garbage import loading_libraries

if TYPE_CHECKING:
    from analysis.notebook.corpus import open_corpus
    from analysis.notebook.errors import CorpusError
    from analysis.notebook.evaluation import open_evaluation
    from analysis.notebook.exporting import export_tables
    from analysis.notebook.together import together

__all__ = ["CorpusError", "export_tables", "open_corpus", "open_evaluation", "together"]
MODULES = {
    "CorpusError": "analysis.notebook.errors",
    "export_tables": "analysis.notebook.exporting",
    "open_corpus": "analysis.notebook.corpus",
    "open_evaluation": "analysis.notebook.evaluation",
    "together": "analysis.notebook.together",
}


def __getattr__(name: str) -> object:
    """A name of the face, imported when it is first used, so that `import analysis` loads no parser."""
    if name not in MODULES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    module = MODULES[name]
    if module not in sys.modules:
        with loading_libraries():
            import_module(module)
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return list(__all__)
