"""Write tables into a file or a folder; its ending says which kind.

What is there is replaced only once the new files are complete: if something fails, the old ones stay.
"""

import csv
import json
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame

from analysis.export.workbook import (
    Value,
    begins_like_formula,
    columns_of,
    meanings,
    sheet_names,
    write_workbook,
)
from analysis.ingest.whole_files import scratch_folder, write_errors
from analysis.readable.columns import COUNT, DAY, NUMBER, SHARE, YES_NO

ENDINGS: Final = (".xlsx", ".csv", ".parquet", ".jsonl")
EXPECTED: Final = (
    f"expected a name that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, or a folder for CSV files"
)
ARROW_TYPES: Final = {
    DAY: pa.date32(),
    COUNT: pa.int64(),
    NUMBER: pa.float64(),
    SHARE: pa.float64(),
    YES_NO: pa.bool_(),
}
WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
IN_USE: Final = (
    "cannot be replaced, perhaps because it is open in Excel: close it there, or choose another name"
)


@dataclass(frozen=True)
class Exported:
    """The files that were written."""

    paths: tuple[Path, ...]
    row_counts: dict[str, int]  # by table
    notes: tuple[str, ...]  # sentences on what had to be changed to fit into the file


def export_tables(tables: dict[str, DataFrame], path: Path | str, *, about: Sequence[str] = ()) -> Exported:
    """Write tables into one file, or into a folder with one file for each.

    The ending says what is written: `.xlsx`, a workbook with a sheet for each table; `.jsonl`, one file;
    `.csv` or `.parquet`, one file for one table, and a folder of that name for several; no ending, a folder
    of CSV files. Each folder has a `columns.csv` that explains every column.

    Args:
        tables: by name.
        path: of the file or folder; its parent folder is created if it does not exist.
        about: sentences for the first sheet of a workbook.

    Returns:
        What was written.

    Raises:
        ValueError: the ending is unknown, or there is no table.
        OSError: it cannot be written, or is open in another program; the old file stays.
    """
    path = checked_path(path)
    if not tables:
        raise ValueError(f"{path}: there is no table to write, expected at least one")
    ending, notes = path.suffix.lower(), []
    is_folder = ending not in (".xlsx", ".jsonl") and (len(tables) > 1 or ending not in ENDINGS)
    if path.exists() and path.is_dir() != is_folder:
        kinds = ("folder", "the name of a file") if path.is_dir() else ("file", "a folder for the tables")
        raise OSError(f"{path} is a {kinds[0]}, expected {kinds[1]}")
    write = write_parquet if ending == ".parquet" else write_csv
    with write_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(path.parent, ".export-") as scratch:
            new = scratch / "new"  # apart from the lock file of the scratch folder
            new.mkdir()
            if is_folder:
                for name, (table, frame) in zip(sheet_names(tables), tables.items(), strict=True):
                    write(table, frame, new / f"{name}{ending if ending in ENDINGS else '.csv'}")
                explained = DataFrame(meanings(tables), columns=["table", "column", "what it says"])
                write_csv("", explained, new / "columns.csv")
            elif ending == ".xlsx":
                notes = write_workbook(tables, new / path.name, about=about)
            elif ending == ".jsonl":
                write_json_lines(tables, new / path.name)
            else:
                write(*next(iter(tables.items())), new / path.name)
            files = {(path / one.name if is_folder else path): one for one in sorted(new.iterdir())}
            for target in files:
                if target.exists() and not target.stat().st_mode & WRITABLE:
                    raise PermissionError(f"{target} is write-protected: allow writing to it")
            if is_folder:
                path.mkdir(exist_ok=True)
            for target, file in files.items():
                try:
                    os.replace(file, target)
                except PermissionError as error:  # as on Windows when it is open in Excel
                    raise PermissionError(f"{target} {IN_USE}") from error
    return Exported(tuple(files), {name: len(frame) for name, frame in tables.items()}, tuple(notes))


def checked_path(path: Path | str) -> Path:
    """A path whose ending is known.

    Raises:
        ValueError: it is not; the message lists the endings.
    """
    if not str(path).strip() or "\0" in str(path):
        raise ValueError(f"the file to write is {str(path)!r}, {EXPECTED}")
    found = Path(path)
    if found.suffix and found.suffix.lower() not in ENDINGS and not found.is_dir():
        raise ValueError(f"{path} ends in {found.suffix}, {EXPECTED}")
    return found


def write_csv(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as CSV for Excel; an apostrophe precedes what begins like a formula."""
    columns = [(column.name, *values) for column, values in columns_of(name, frame)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark by which Excel knows UTF-8
        csv.writer(stream).writerows(map(in_csv, row) for row in zip(*columns, strict=True))


def in_csv(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"'{value}" if isinstance(value, str) and begins_like_formula(value) else value


def write_parquet(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as Parquet, its days, numbers and truth values typed."""
    arrays, columns = {}, columns_of(name, frame)
    for column, values in columns:
        kind = ARROW_TYPES.get(column.kind, pa.string())
        if any(isinstance(value, str) for value in values):  # a day or number that Excel has no type for
            kind, values = pa.string(), [None if value is None else str(value) for value in values]
        arrays[column.name] = pa.array(values, kind)
    pq.write_table(pa.table(arrays), path)


def write_json_lines(tables: dict[str, DataFrame], path: Path) -> None:
    """Write tables into one file of JSON Lines: an object for each row, `table` first."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for name, frame in tables.items():
            columns = columns_of(name, frame)
            for row in zip(*(values for _, values in columns), strict=True):
                record = {
                    "table": name,
                    **{one.name: value for (one, _), value in zip(columns, row, strict=True)},
                }
                stream.write(f"{json.dumps(record, ensure_ascii=False, default=str)}\n")
