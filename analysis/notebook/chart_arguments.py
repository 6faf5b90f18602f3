"""Wrong arguments to a chart, answered in one sentence rather than with a traceback."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Final

from pandas import DataFrame

from analysis.notebook.errors import CorpusError
from analysis.schemas import Incidents

KEYS: Final = {
    "incident_id": "corpus.incidents",
    "event_id": "corpus.events",
    "stance_id": "corpus.stances",
    "quote_id": "corpus.statements",
    "sentence_id": "corpus.sentences",
    "indicator": "corpus.indicators",
    "topic": "corpus.topics",
    "article_id": "corpus.articles",
}
"""The column by which a table is known, the most telling first, and where the table comes from."""
ROWS: Final = {"incidents": ("corpus.incidents", Incidents)}
"""The arguments of charts that are tables, where their rows come from, and their columns."""


def checked_arguments(charts: type) -> type:
    """A class of charts whose methods answer a wrong argument in one sentence.

    A decorator: each public method raises CorpusError where it is called with what it does not take, or with
    a table of other rows.
    """
    for name, method in list(vars(charts).items()):
        if inspect.isfunction(method) and not name.startswith("_"):
            setattr(charts, name, checked(method))
    return charts


def checked(method: Callable) -> Callable:
    """A method that checks what it is called with."""
    signature = inspect.signature(method)

    @wraps(method)
    def call(*given: object, **named: object) -> object:
        try:
            arguments = signature.bind(*given, **named).arguments
        except TypeError as error:
            raise CorpusError(not_taken(method.__name__, signature, error)) from None
        for name, value in arguments.items():
            if name in ROWS and value is not None:
                check_rows(method.__name__, name, value)
        return method(*given, **named)

    return call


def not_taken(chart: str, signature: inspect.Signature, error: TypeError) -> str:
    """The message that a chart does not take what it was given, and what it takes."""
    names = [name for name in signature.parameters if name != "self"]
    if not names:
        return (
            f"{chart} takes no arguments: it draws the whole corpus; to narrow it, use "
            "open_corpus(since=..., pair=..., country=...)"
        )
    return f"{chart} takes {', '.join(names)}, but was called differently: {error}"


def check_rows(chart: str, name: str, rows: object) -> None:
    """Raise CorpusError unless an argument is a table of the rows that a chart draws."""
    wanted, schema = ROWS[name]
    if not isinstance(rows, DataFrame):
        raise CorpusError(f"{chart} draws rows of {wanted}, but was given {kind_of(rows)}")
    missing = [column for column in schema.to_schema().columns if column not in rows.columns]
    if missing:
        raise CorpusError(
            f"{chart} draws rows of {wanted}, but was given {origin_of(rows)}: filter {wanted} and keep its "
            "columns"
        )


def kind_of(value: object) -> str:
    """What a value is, for somebody who does not read code."""
    return f"a {type(value).__name__}"


def origin_of(rows: DataFrame) -> str:
    """Where a table seems to come from, or which columns it has."""
    known = [origin for key, origin in KEYS.items() if key in rows.columns]
    if known and known[0] != ROWS["incidents"][0]:
        return f"rows of {known[0]}"
    columns = ", ".join(map(str, rows.columns[:5])) or "none"
    return f"a table with the columns {columns}{', ...' if len(rows.columns) > 5 else ''}"
