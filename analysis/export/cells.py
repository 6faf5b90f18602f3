"""What a cell of a file holds: values of the right type, and text that no spreadsheet mistakes for a command.

Source: OWASP, CSV Injection, for the characters that begin a formula; ECMA-376 Part 1, 22.4.2.4, for those
that XML cannot hold; Excel specifications and limits (Microsoft) for the length of a cell.
"""

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.readable.columns import COUNT, DAY, LONG, NUMBER, SHARE, TABLES, TEXT, YES_NO, Column

MAX_UNITS: Final = 32_767  # UTF-16 code units in one cell of Excel
CUT_MARK: Final = " … (cut)"
FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters removed from every cell: control characters, direction marks, halves of characters."""
FIRST_YEAR: Final = 1900  # of Excel's calendar
LONG_CHARS: Final = 60  # mean length from which a text column of unknown meaning is made wide
Value = str | int | float | date | None


def clean_text(value: object) -> str:
    """Text on one line, without control characters."""
    return CONTROLS.sub("", re.sub(r"[\r\n\t]+", " ", str(value)))


def begins_like_formula(text: str) -> bool:
    """Yes if a spreadsheet could take a text for a formula, even after leading blanks."""
    return text.lstrip().startswith(FORMULA_STARTS)


def safe_in_csv(value: Value) -> Value:
    """A value that a spreadsheet shows as it is: an apostrophe precedes what begins like a formula."""
    return f"'{value}" if isinstance(value, str) and begins_like_formula(value) else value


def cut_to_fit(text: str, most: int = MAX_UNITS) -> str:
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
    return [
        declared.get(one) or Column(clean_text(one), kind_of(frame[one]), "a column that you added")
        for one in frame.columns
    ]


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


def values_by_column(columns: Iterable[Column], frame: DataFrame) -> list[list[Value]]:
    """The values of each column of a table as cells hold them; a name may be there twice."""
    found = []
    for place, column in enumerate(columns):
        values = frame.iloc[:, place]
        plain = values.astype(object).where(values.notna(), None).tolist()
        found.append([None if value is None else cell_value(column.kind, value) for value in plain])
    return found


def cell_value(kind: str, value: object) -> Value:
    """A known value as a cell holds it; as text where Excel has no such day or number."""
    if kind == DAY:
        day = value.date() if hasattr(value, "date") else value
        return day if getattr(day, "year", 0) >= FIRST_YEAR else clean_text(day)
    if kind in (COUNT, NUMBER, SHARE) and math.isfinite(float(value)):
        number = float(value)
        return int(number) if number.is_integer() else number
    if kind == YES_NO:
        return "yes" if value else "no"
    return clean_text(value)
