"""The grammar of IRIs, which `nbformat` loads with `jsonschema`: half a second for what no notebook has."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Final

GRAMMAR: Final = "rfc3987_syntax"


def load_when_used() -> None:
    """Let `jsonschema`, if it is not loaded yet, load the grammar only when it checks an IRI."""
    if GRAMMAR not in sys.modules and "jsonschema" not in sys.modules:
        later = ModuleType(GRAMMAR)
        later.is_valid_syntax = is_valid_syntax
        sys.modules[GRAMMAR] = later
        import_module("jsonschema")
        del sys.modules[GRAMMAR]


def is_valid_syntax(term: str, value: str) -> bool:
    """Whether a text is an "iri" or an "iri_reference"."""
    return import_module(GRAMMAR).is_valid_syntax(term, value)
