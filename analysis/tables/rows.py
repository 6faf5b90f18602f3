"""The rows of a table as plain values, for loops over them."""

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from pandas import DataFrame, Series
from pandas.arrays import ArrowStringArray

ROWS_AT_ONCE: Final = 10_000  # of a large table never all are plain values at the same time
MOST_CLASSES: Final = 1_000


def rows_of(table: DataFrame) -> Iterator[Any]:
    """The rows of a table as `DataFrame.itertuples` gives them: tuples with `Index` and the columns as names.

    pandas makes a new class of tuples each time and fetches each value from Arrow by itself; on the small
    tables of one period that takes five times as long. Here numbers are Python's own in every column.
    """
    kind = row_class(tuple(table.columns))
    for start in range(0, len(table), ROWS_AT_ONCE):
        some = table if len(table) <= ROWS_AT_ONCE else table.iloc[start : start + ROWS_AT_ONCE]
        columns = (plain_values(values) for _, values in some.items())
        yield from map(kind._make, zip(some.index.tolist(), *columns, strict=True))


def plain_values(values: Series) -> list[Any]:
    """The values of a column; of a few texts, Arrow gives them in a twentieth of the time pandas takes."""
    texts = values.array
    if not isinstance(texts, ArrowStringArray):
        return values.tolist()
    found = texts.__arrow_array__()
    if not found.null_count:
        return found.to_pylist()
    missing = texts.dtype.na_value
    return [missing if text is None else text for text in found.to_pylist()]


@lru_cache(maxsize=MOST_CLASSES)
def row_class(columns: tuple[str, ...]) -> type:
    """The class of the rows of tables with these columns; a name that no attribute can have is replaced."""
    return namedtuple("Row", ("Index", *columns), rename=True)
