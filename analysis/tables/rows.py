"""The rows of a table as plain values, for loops over them."""

from collections import namedtuple
from collections.abc import Iterator
from functools import cache
from typing import Any

from pandas import DataFrame

Row = Any
"""A row of a table: a named tuple, whose fields are the columns that the schema of the table declares."""


def rows_of(table: DataFrame) -> Iterator[Row]:
    """Iterate over the rows as `DataFrame.itertuples` does, but with Python's own numbers in every column.

    pandas gives numpy's where a number may be missing, which JSON does not know.
    """
    columns = (values.tolist() for _, values in table.items())
    return map(row_type(tuple(table.columns))._make, zip(table.index.tolist(), *columns, strict=True))


@cache
def row_type(columns: tuple[Any, ...]) -> Any:
    """A named tuple for these columns; to make one takes longer than to go through a short table."""
    return namedtuple("Row", ("Index", *columns), rename=True)
