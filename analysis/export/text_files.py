"""Tables as CSV, Parquet and JSON Lines."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame

from analysis.export.cells import Value, columns_of, safe_in_csv, values_by_column
from analysis.readable.columns import COUNT, DAY, NUMBER, SHARE, YES_NO, Column

ARROW_TYPES: Final = {
    DAY: pa.date32(),
    COUNT: pa.int64(),
    NUMBER: pa.float64(),
    SHARE: pa.float64(),
    YES_NO: pa.bool_(),
}
WITH_MARK: Final = "utf-8-sig"  # the mark by which Excel knows UTF-8


def write_csv(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as CSV that Excel opens correctly; no text begins like a formula.

    Args:
        name: of the table.
        frame: its rows.
        path: of the file.
    """
    columns = columns_of(name, frame)
    with path.open("w", encoding=WITH_MARK, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(safe_in_csv(column.name) for column in columns)
        writer.writerows(map(safe_row, zip(*values_by_column(columns, frame), strict=True)))


def safe_row(row: tuple[Value, ...]) -> list[Value]:
    """A row in which no text begins like a formula."""
    return [safe_in_csv(value) if isinstance(value, str) else value for value in row]


def write_parquet(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as Parquet, its days, numbers and truth values typed.

    Args:
        name: of the table.
        frame: its rows.
        path: of the file.
    """
    columns = columns_of(name, frame)
    arrays = list(map(typed_array, columns, typed_values(columns, frame)))
    pq.write_table(pa.Table.from_arrays(arrays, names=unique([column.name for column in columns])), path)


def typed_array(column: Column, values: list[Value]) -> pa.Array:
    """The values of one column as Parquet stores them; as text if they are not all of one type."""
    kind = ARROW_TYPES.get(column.kind, pa.string())
    if kind != pa.string() and any(isinstance(value, str) for value in values):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.array(values, kind)


def typed_values(columns: list[Column], frame: DataFrame) -> list[list[Value]]:
    """The values of each column of a table, "yes" and "no" as true and false."""
    return [
        [None if one is None else one == "yes" for one in values] if column.kind == YES_NO else values
        for column, values in zip(columns, values_by_column(columns, frame), strict=True)
    ]


def unique(names: list[str]) -> list[str]:
    """Names of columns; a repeated name gets a number."""
    return [name if name not in names[:place] else f"{name} {place + 1}" for place, name in enumerate(names)]


def write_json_lines(tables: dict[str, DataFrame], path: Path) -> None:
    """Write tables into one file of JSON Lines: an object for each row, `table` first.

    Args:
        tables: by name.
        path: of the file.
    """
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for line in json_lines(tables):
            stream.write(f"{line}\n")


def json_lines(tables: dict[str, DataFrame]) -> Iterator[str]:
    """Each row of each table as a JSON object."""
    for name, frame in tables.items():
        columns = columns_of(name, frame)
        names = unique([column.name for column in columns])
        for row in zip(*typed_values(columns, frame), strict=True):
            record = {"table": name, **dict(zip(names, row, strict=True))}
            yield json.dumps(record, ensure_ascii=False, default=str)


WRITERS: Final[dict[str, Callable[[str, DataFrame, Path], None]]] = {
    ".csv": write_csv,
    ".parquet": write_parquet,
}
"""What writes one table into one file, by the ending of the file."""
