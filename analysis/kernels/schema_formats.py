"""What `jsonschema`, which `nbformat` loads, loads to check IRIs and durations, which no notebook has.

The grammar of IRIs takes half a second, the library of calendars behind durations a twentieth of one.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Final

GRAMMAR: Final = "rfc3987_syntax"
DURATIONS: Final = "isoduration"


class DurationError(Exception):
    """A text is no duration; the class of the library is not there before it is loaded."""


def load_when_used() -> None:
    """Let `jsonschema`, if it is not loaded yet, load both libraries only when it checks such a text."""
    if {GRAMMAR, DURATIONS, "jsonschema"} & set(sys.modules):
        return
    grammar, durations = ModuleType(GRAMMAR), ModuleType(DURATIONS)
    grammar.is_valid_syntax = is_valid_syntax
    durations.parse_duration, durations.DurationParsingException = parse_duration, DurationError
    sys.modules |= {GRAMMAR: grammar, DURATIONS: durations}
    import_module("jsonschema")
    del sys.modules[GRAMMAR], sys.modules[DURATIONS]


def is_valid_syntax(term: str, value: str) -> bool:
    """Whether a text is an "iri" or an "iri_reference"."""
    return import_module(GRAMMAR).is_valid_syntax(term, value)


def parse_duration(text: str) -> object:
    """What the library reads in a text.

    Raises:
        DurationError: it is no duration.
    """
    library = import_module(DURATIONS)
    try:
        return library.parse_duration(text)
    except library.DurationParsingException as error:
        raise DurationError(text) from error
