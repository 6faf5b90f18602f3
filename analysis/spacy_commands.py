"""spaCy's command line, loaded only when it is used, and not with every `import spacy`.

It brings two libraries for the web and one for command lines, which take as long to load as the rest of
spaCy, in every process that reads a text.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

COMMANDS = "spacy.cli.info"


def load_when_used() -> None:
    """Let `import spacy`, if it comes later, find a module whose function loads the real one."""
    if "spacy" not in sys.modules:
        later = ModuleType(COMMANDS)
        later.info = info
        sys.modules[COMMANDS] = later


def info(*args: Any, **options: Any) -> Any:
    """What `spacy.info` does."""
    if getattr(sys.modules[COMMANDS], "info", None) is info:
        del sys.modules[COMMANDS]
        sys.modules.pop("spacy.cli", None)
    return import_module(COMMANDS).info(*args, **options)


load_when_used()
