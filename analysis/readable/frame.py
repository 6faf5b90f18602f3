"""A table that notebooks show as a reader wants it, and code uses as it is.

`corpus.statements`, `corpus.events` and `corpus.incidents` are such tables: the readable columns first, then
those of `analysis.schemas` (ids, codes, offsets), which a notebook does not show. Filters can use both kinds
of column; filtered or sorted rows are shown in the same way.
"""

from typing import Any, Final

import pandas as pd

from analysis.readable.columns import DAY, IN_NOTEBOOKS, LINK, SHARE, TABLES, YES_NO
from analysis.readable.tables import web_address
from analysis.schemas import Events, Incidents, Quotes
from analysis.views.render import View, view

READABLE: Final = {column.name: column.kind for table in TABLES.values() for column in table.columns}
CODED: Final = frozenset(
    name for schema in (Quotes, Events, Incidents) for name in schema.columns if name not in READABLE
)
"""Columns that only code needs."""
MAX_SHOWN: Final = 20  # rows in a notebook
MAX_CHARS: Final = 240  # of a cell in a notebook


class ReadableFrame(pd.DataFrame):
    """A DataFrame that a notebook shows without the columns that only code needs."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return ReadableFrame

    def __repr__(self) -> str:
        return repr(readable_part(self))

    def _repr_mimebundle_(self, **settings: object) -> dict[str, str]:
        return frame_view(self)._repr_mimebundle_(**settings)


def readable_frame(readable: pd.DataFrame, coded: pd.DataFrame) -> ReadableFrame:
    """A readable table together with the table that it was made from.

    Args:
        readable: a table of `columns.TABLES`.
        coded: the same rows in the same order, as `analysis.schemas` has them.

    Returns:
        The rows with the columns of both, the readable ones first. Where both have a column of the same name,
        the values agree, and those of the coded table are kept.
    """
    coded = coded.reset_index(drop=True)
    shared = {name: coded[name] for name in readable.columns if name in coded.columns}
    rest = coded.drop(columns=list(shared))
    return ReadableFrame(pd.concat([readable.assign(**shared), rest], axis="columns"))


def readable_part(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without the columns that only code needs; all of it if it has no others."""
    names = [name for name in frame.columns if name not in CODED]
    return pd.DataFrame(frame)[names] if names else pd.DataFrame(frame)


def frame_view(frame: pd.DataFrame) -> View:
    """The first rows of a table as a reader wants them, without columns that are empty in all of them.

    Of a whole table only the columns of `columns.IN_NOTEBOOKS` are shown, and the others are named below.
    """
    rows, columns = readable_part(frame), shown_columns(frame)
    first = pd.DataFrame(rows.head(MAX_SHOWN)).astype(object)
    names = [name for name in columns if not (first[name].isna() | first[name].astype(str).eq("")).all()]
    return view(
        "readable/table",
        names=names,
        rows=[
            [cell(READABLE.get(name, ""), row[name]) for name in names] for row in first.to_dict("records")
        ],
        shown=len(first),
        total=len(rows),
        others=[name for name in rows.columns if name not in columns],
    )


def shown_columns(frame: pd.DataFrame) -> list[str]:
    """The columns of a table that a notebook shows: all of them if they were chosen by hand."""
    readable = list(readable_part(frame).columns)
    if len(readable) == len(frame.columns):
        return readable
    whole = [name for name in IN_NOTEBOOKS if set(TABLES[name].column_names) <= set(readable)]
    if not whole:
        return readable
    left_out = set(TABLES[whole[0]].column_names) - set(IN_NOTEBOOKS[whole[0]])
    return [name for name in readable if name not in left_out]


def cell(kind: str, value: Any) -> dict[str, str]:
    """The text of a cell, and the address that it leads to."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return {"text": "", "link": ""}
    address = web_address(value) if kind == LINK else ""
    return {"text": "open" if address else shown(kind, value), "link": address}


def shown(kind: str, value: Any) -> str:
    """A value in words."""
    if kind == DAY or isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
    if kind == SHARE:
        return f"{value:.0%}"
    if kind == YES_NO or isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS].rstrip()} …"
