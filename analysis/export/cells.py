"""What a cell of a file holds: values of the right type, and text that no spreadsheet mistakes for a command.

Source: OWASP, CSV Injection, for the characters that begin a formula; ECMA-376 Part 1, 22.4.2.4, for those
that XML cannot hold; Excel specifications and limits (Microsoft) for the length of a cell.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.readable.columns import COUNT, DAY, LONG, NUMBER, SHARE, TABLES, TEXT, YES_NO, Column

MOST_UNITS: Final = 32_767  # UTF-16 code units in one cell of Excel
CUT_MARK: Final = " … (cut)"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters removed from every cell: control characters, direction marks, halves of characters."""
BREAKS: Final = re.compile(r"[\r\n\t]+")
FIRST_YEAR: Final = 1900  # of Excel's calendar
LONG_CHARS: Final = 60  # mean length from which a text column of unknown meaning is made wide
TRUE_FALSE: Final = {True: "yes", False: "no"}
Value = str | int | float | date | None


def clean_text(value: object) -> str:
    """Text on one line, without control characters."""
    return CONTROLS.sub("", BREAKS.sub(" ", str(value)))


def begins_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula, even after leading blanks."""
    return text.lstrip().startswith(FORMULA_STARTS)


def safe_in_csv(text: str) -> str:
    """A text that a spreadsheet shows as it is: an apostrophe precedes what begins like a formula."""
    return f"'{text}" if begins_like_formula(text) else text


def cut_to_fit(text: str, most: int = MOST_UNITS) -> str:
    """A text that fits into a cell of Excel; if it was cut, its end says so."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    room = most - units(CUT_MARK)
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return f"{kept}{CUT_MARK}"


def units(text: str) -> int:
    """Length of a text as Excel counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def columns_of(name: str, frame: DataFrame) -> list[Column]:
    """Name, kind and meaning of each column of a table, as declared, or else inferred from its values.

    Args:
        name: of the table, perhaps one of `columns.TABLES`.
        frame: its rows.
    """
    declared = {column.name: column for column in (TABLES[name].columns if name in TABLES else ())}
    return [declared.get(one) or undeclared(str(one), frame[one]) for one in frame.columns]


def undeclared(name: str, values: Series) -> Column:
    """A column of the reader's own."""
    return Column(clean_text(name), kind_of(values), "a column that you added")


def kind_of(values: Series) -> str:
    """The kind of column for some values."""
    if pd.api.types.is_bool_dtype(values):
        return YES_NO
    if pd.api.types.is_datetime64_dtype(values) and (values.dropna().dt.normalize() == values.dropna()).all():
        return DAY
    if pd.api.types.is_integer_dtype(values):
        return COUNT
    if pd.api.types.is_float_dtype(values):
        return NUMBER
    lengths = [len(value) for value in values if isinstance(value, str)]
    return LONG if lengths and sum(lengths) / len(lengths) >= LONG_CHARS else TEXT


def cell_values(column: Column, values: Series) -> list[Value]:
    """The values of a column as a cell holds them; None for what is unknown, "" for an empty text.

    Args:
        column: what the values are.
        values: of any type that pandas has.
    """
    maker = MAKERS.get(column.kind, text_value)
    return [maker(value) for value in plain_values(values)]


def values_by_column(columns: Sequence[Column], frame: DataFrame) -> list[list[Value]]:
    """The values of each column of a table, as `cell_values` gives them; a name may be there twice."""
    return [cell_values(column, frame.iloc[:, place]) for place, column in enumerate(columns)]


def plain_values(values: Series) -> Iterable[object]:
    """Values of Python itself, None where one is missing."""
    known = values.astype(object)
    return known.where(values.notna(), None).tolist()


def day_value(value: object) -> Value:
    """A day; as text if Excel's calendar does not have it."""
    if value is None:
        return None
    day = value.date() if hasattr(value, "date") else value
    return day if getattr(day, "year", 0) >= FIRST_YEAR else clean_text(day)


def number_value(value: object) -> Value:
    """A number; as text if it is not finite."""
    if value is None:
        return None
    number = float(value)
    if not math.isfinite(number):
        return clean_text(value)
    return int(number) if number.is_integer() else number


def yes_or_no(value: object) -> Value:
    """ "yes" or "no"; None where it is unknown."""
    return None if value is None else TRUE_FALSE[bool(value)]


def text_value(value: object) -> Value:
    """A text; None where it is unknown."""
    return None if value is None else clean_text(value)


MAKERS: Final[dict[str, Callable[[object], Value]]] = {
    DAY: day_value,
    COUNT: number_value,
    NUMBER: number_value,
    SHARE: number_value,
    YES_NO: yes_or_no,
}
"""The function that makes the values of each kind of column other than text."""
