"""Write tables into a file or a folder; its ending says which kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pandas import DataFrame

from analysis.export.replacing import replaced_file, replaced_files
from analysis.export.sheet_names import sheet_names
from analysis.export.text_files import WRITERS, write_csv, write_json_lines
from analysis.export.workbook import meanings, write_workbook

ENDINGS: Final = (".xlsx", ".csv", ".parquet", ".jsonl")
EXPECTED: Final = (
    f"expected a name that ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, or a folder for CSV files"
)


@dataclass(frozen=True)
class Exported:
    """What was written."""

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
    return writer_for(path, len(tables))(tables, path, about)


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


def writer_for(path: Path, count: int) -> Callable[[dict, Path, Sequence[str]], Exported]:
    """The function that writes this many tables to a path."""
    ending = path.suffix.lower()
    if ending in (".xlsx", ".jsonl"):
        return write_book if ending == ".xlsx" else write_lines
    return write_one if count == 1 and ending in WRITERS else write_folder


def write_book(tables: dict[str, DataFrame], path: Path, about: Sequence[str]) -> Exported:
    """An Excel workbook."""
    with replaced_file(path) as new:
        notes = write_workbook(tables, new, about=about)
    return Exported((path,), row_counts(tables), tuple(notes))


def write_lines(tables: dict[str, DataFrame], path: Path, _: Sequence[str]) -> Exported:
    """JSON Lines."""
    with replaced_file(path) as new:
        write_json_lines(tables, new)
    return Exported((path,), row_counts(tables), ())


def write_one(tables: dict[str, DataFrame], path: Path, _: Sequence[str]) -> Exported:
    """One table in a file of its own."""
    ((name, frame),) = tables.items()
    with replaced_file(path) as new:
        WRITERS[path.suffix.lower()](name, frame, new)
    return Exported((path,), row_counts(tables), ())


def write_folder(tables: dict[str, DataFrame], path: Path, _: Sequence[str]) -> Exported:
    """A file for each table, and one that explains the columns."""
    ending = path.suffix.lower() if path.suffix.lower() in WRITERS else ".csv"
    named = list(zip(sheet_names(tables), tables.items(), strict=True))
    with replaced_files(path) as new:
        for file_name, (name, frame) in named:
            WRITERS[ending](name, frame, new / f"{file_name}{ending}")
        explained = DataFrame(meanings(tables), columns=["table", "column", "what it says"])
        write_csv("", explained, new / "columns.csv")
        files = sorted(new.iterdir())
    return Exported(tuple(path / file.name for file in files), row_counts(tables), ())


def row_counts(tables: dict[str, DataFrame]) -> dict[str, int]:
    """How many rows each table has."""
    return {name: len(frame) for name, frame in tables.items()}
