"""seeds/corrections.csv: an analyst's corrections, one per row, read and written.

`table` and `id` name the corrected row, `field` its column, `old` the value that the program had and `new`
the right one; `note` says why, `made_by` and `made_on` who and when, `words` what the text says there.
`analysis.ingest.correction_rules` says what each table takes. Of two rows on the same value the later one
counts; the earlier one is the history. Corrected rows carry `CORRECTION_MARK`, added ones `ADDITION_MARK`. A
correction whose `old` value is no longer there is reported and not applied.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.ingest.correction_rules import checked_row, with_replaced
from analysis.ingest.whole_files import write_whole
from analysis.schemas import APPLIES, LAPSED, Corrections

try:
    import fcntl
except ImportError:  # Windows: one person at a time
    fcntl = None

CORRECTIONS_FILE = "corrections.csv"
FIRST_COLUMNS: Final = ("table", "id", "field", "old", "new", "note", "made_by", "made_on")
COLUMNS: Final = (*FIRST_COLUMNS, "words")
CORRECTION_MARK = "analyst's correction"
ADDITION_MARK = "added by an analyst"
BY_ANALYST: Final = {CORRECTION_MARK: "corrected by an analyst", ADDITION_MARK: ADDITION_MARK}
"""What readers see of a row with such a rule."""
FORMULA = re.compile(r"'*[=+\-@]")  # what a spreadsheet would run; with an apostrophe before it, it is text


def load_corrections(folder: Path | str) -> pd.DataFrame:
    """The corrections of an analyst, in the order of the file; those that a later one replaces say so.

    Args:
        folder: of the articles.

    Returns:
        `Corrections` table; empty without a `corrections.csv`.

    Raises:
        ValueError: the file breaks its rules; the message names the line.
    """
    path = Path(folder) / CORRECTIONS_FILE
    if not path.exists():
        return correction_table([])
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        columns = checked_columns(path, reader.fieldnames)
        rows = [
            loaded_row(row, columns, path, reader.line_num)
            for row in reader
            if any(map(filled, row.values()))
        ]
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: is broken ({error}), expected CSV") from error
    return correction_table(with_replaced(rows))


def delimiter_of(text: str) -> str:
    """What separates the cells: some spreadsheets write semicolons."""
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def checked_columns(path: Path, found: Iterable[str] | None) -> tuple[str, ...]:
    """The columns of a file; those of an earlier version lack `words`."""
    columns = tuple(found or ())
    if sorted(columns) not in (sorted(COLUMNS), sorted(FIRST_COLUMNS)):
        shown = ",".join(columns) or "nothing"
        raise ValueError(f"{path}:1: the columns are {shown}, expected {','.join(COLUMNS)}")
    return columns


def filled(cell: str | list | None) -> bool:
    """Whether a cell holds something; a spreadsheet may leave rows of empty cells at the end."""
    return bool(cell if not isinstance(cell, str) else cell.strip())


def loaded_row(row: dict, columns: tuple[str, ...], path: Path, line: int) -> dict:
    """A row of the file with its line; the ValueError names the cell that breaks the rules."""
    where = f"{path}:{line}"
    if None in row or None in row.values():
        raise ValueError(f"{where}: does not have {len(columns)} cells: put text with commas in quotes")
    cells = {name: row.get(name, "") for name in COLUMNS}
    cells = {
        name: cell[1:] if FORMULA.match(cell) and cell[0] == "'" else cell for name, cell in cells.items()
    }
    return {**checked_row(cells, where), "line": line, "problem": ""}


def correction_table(rows: Iterable[dict]) -> pd.DataFrame:
    """`Corrections` table from rows, in their order; one without a standing applies if it has no problem."""
    standing = {False: APPLIES, True: LAPSED}
    filled_rows = [{"words": "", "standing": standing[bool(row["problem"])], **row} for row in rows]
    columns = ["line", *COLUMNS, "standing", "problem"]
    return Corrections.validate(pd.DataFrame(filled_rows, columns=columns))


def save_correction(folder: Path | str, row: Mapping[str, str]) -> bool:
    """Add a correction to the file, in one step; an earlier one of the same value stays above it.

    Args:
        folder: of the articles.
        row: a cell for each of `COLUMNS`.

    Returns:
        False if the correction is there already.

    Raises:
        ValueError: the row, or the existing file, breaks the rules.
        OSError: the file cannot be written.
    """
    new = checked_row({name: row.get(name, "") for name in COLUMNS}, "the correction")
    with locked(Path(folder)):
        rows = load_corrections(folder).to_dict("records")
        if any(one["standing"] == APPLIES and is_same_correction(one, new) for one in rows):
            return False
        write_corrections(Path(folder), [*rows, new])
    return True


def is_same_correction(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two rows make the same correction, whoever made it and why."""
    return all(one[name] == other[name] for name in ("table", "id", "field", "old", "new", "words"))


def remove_correction(folder: Path | str, row: Mapping[str, object]) -> None:
    """Remove a correction from the file; one that it replaced counts again.

    Args:
        folder: of the articles.
        row: of `load_corrections`; if somebody changed the file since, it is found by its cells.

    Raises:
        ValueError: the correction is no longer there, or the file breaks the rules.
        OSError: the file cannot be written.
    """
    with locked(Path(folder)):
        rows = load_corrections(folder).to_dict("records")
        same = [one for one in rows if all(one[name] == row[name] for name in COLUMNS)]
        if not same:
            raise ValueError(f"{CORRECTIONS_FILE}:{row['line']}: there is no longer such a correction here")
        gone = min(same, key=lambda one: abs(one["line"] - row["line"]))
        write_corrections(Path(folder), [one for one in rows if one is not gone])


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other processes from changing the corrections of a folder meanwhile.

    Where the file system has no locks, a change is still written in one step, and of two made at the same
    moment the later one stays.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_corrections(folder: Path, rows: Iterable[Mapping]) -> None:
    """Replace `corrections.csv` in one step, so that an interrupted run loses nothing.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([as_text(row[name]) for name in COLUMNS] for row in rows)
    write_whole(folder / CORRECTIONS_FILE, lines.getvalue())


def as_text(cell: str) -> str:
    """A cell that a spreadsheet takes for text."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def article_id_of(identity: str) -> str:
    """The id of the article that a corrected row is from."""
    return identity.partition(":")[0]


def iso_day(date: pd.Timestamp | None) -> str:
    """A date in ISO 8601, or "" if it is unknown."""
    return "" if pd.isna(date) else f"{date:%Y-%m-%d}"


def outdated_reason(field: str, found: str, correction: object) -> str:
    """Why a correction no longer applies, in one sentence."""
    return (
        f"{field} is now {found or 'unknown'!r} and was {correction.old or 'unknown'!r} when it was "
        "corrected: check it, then correct it again or remove the line"
    )
