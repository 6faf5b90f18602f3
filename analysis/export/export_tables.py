"""Write tables into a file or a folder; its ending says which kind.

What is there is replaced only once the new files are complete: if something fails, the old ones stay.
"""

import csv
import errno
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from pandas import DataFrame

from analysis.export.cells import Value, columns_of, safe_in_csv, values_by_column
from analysis.export.workbook import meanings, sheet_names, write_workbook
from analysis.ingest.whole_files import scratch_folder
from analysis.readable.columns import COUNT, DAY, NUMBER, SHARE, YES_NO, Column

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
OWNER_FILES: Final = ("~${}", ".~lock.{}#")  # of Excel, of LibreOffice, while a file is open
WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
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
    write = write_parquet if ending == ".parquet" else write_csv
    with replaced(path, is_folder=is_folder) as new:
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
        names = sorted(file.name for file in new.iterdir())
    paths = tuple(path / name for name in names) if is_folder else (path,)
    return Exported(paths, {name: len(frame) for name, frame in tables.items()}, tuple(notes))


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


@contextmanager
def replaced(path: Path, *, is_folder: bool) -> Iterator[Path]:
    """A folder for new files, which at the end replace those of the same names: `path`, or those in it.

    Other files stay.

    Raises:
        OSError: the path is of the other kind, a file is open in another program, or cannot be written; the
            old ones stay, and the message names the path.
    """
    if not is_folder and path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, expected the name of a file")
    if is_folder and path.exists() and not path.is_dir():
        raise NotADirectoryError(f"{path} is a file, expected a folder for the tables")
    place = path if is_folder else path.parent
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(path.parent, ".export-") as scratch:
            new = scratch / "new"  # apart from the lock file of the scratch folder
            new.mkdir()
            yield new
            files = sorted(new.iterdir())
            for file in files:
                check_replaceable(place / file.name)
            place.mkdir(exist_ok=True)
            for file in files:
                try:
                    os.replace(file, place / file.name)
                except PermissionError as error:  # as on Windows when it is open in Excel
                    raise PermissionError(f"{place / file.name} {IN_USE}") from error
    except OSError as error:
        if error.errno is None:
            raise
        hint = ": nothing was changed; make room on the disk" if error.errno in NO_ROOM else ""
        raise OSError(f"{path} cannot be written ({error.strerror}){hint}") from error


def check_replaceable(path: Path) -> None:
    """Raise PermissionError if a file must not be replaced.

    It is write-protected, or another program has it open, which would overwrite or hide the new one.
    """
    if path.exists() and not path.stat().st_mode & WRITABLE:  # a new file could still take its place
        raise PermissionError(f"{path} is write-protected: allow writing to it, or give another name")
    for pattern in OWNER_FILES:
        mark = path.with_name(pattern.format(path.name))
        if mark.exists():
            raise PermissionError(
                f"{path} {IN_USE} (if it is closed there, delete {mark.name}, left by an earlier session)"
            )


def write_csv(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as CSV that Excel opens correctly; no text begins like a formula."""
    columns = columns_of(name, frame)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark by which Excel knows UTF-8
        writer = csv.writer(stream)
        writer.writerow(safe_in_csv(column.name) for column in columns)
        rows = zip(*values_by_column(columns, frame), strict=True)
        writer.writerows([safe_in_csv(value) for value in row] for row in rows)


def write_parquet(name: str, frame: DataFrame, path: Path) -> None:
    """Write one table as Parquet, its days, numbers and truth values typed."""
    arrays, columns = [], columns_of(name, frame)
    for column, values in zip(columns, typed_values(columns, frame), strict=True):
        kind = ARROW_TYPES.get(column.kind, pa.string())
        if any(isinstance(value, str) for value in values):  # a day or number that Excel has no type for
            kind, values = pa.string(), [None if value is None else str(value) for value in values]
        arrays.append(pa.array(values, kind))
    pq.write_table(pa.Table.from_arrays(arrays, names=unique_names(columns)), path)


def write_json_lines(tables: dict[str, DataFrame], path: Path) -> None:
    """Write tables into one file of JSON Lines: an object for each row, `table` first."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for name, frame in tables.items():
            columns = columns_of(name, frame)
            for row in zip(*typed_values(columns, frame), strict=True):
                record = {"table": name, **dict(zip(unique_names(columns), row, strict=True))}
                stream.write(f"{json.dumps(record, ensure_ascii=False, default=str)}\n")


def typed_values(columns: list[Column], frame: DataFrame) -> list[list[Value]]:
    """The values of each column of a table, "yes" and "no" as true and false."""
    return [
        [None if one is None else one == "yes" for one in values] if column.kind == YES_NO else values
        for column, values in zip(columns, values_by_column(columns, frame), strict=True)
    ]


def unique_names(columns: list[Column]) -> list[str]:
    """Names of columns; a repeated name gets a number."""
    names = [column.name for column in columns]
    return [name if name not in names[:place] else f"{name} {place + 1}" for place, name in enumerate(names)]
