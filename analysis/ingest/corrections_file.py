"""seeds/corrections.csv: an analyst's corrections, one per row, read and written.

`table` and `id` name the corrected row, `field` its column, `old` the value that the program had and `new`
the right one; `note` says why, `made_by` and `made_on` who and when, `words` what the text says there.
`analysis.ingest.correction_rules` says what each table takes. Of two rows on the same value the later one
counts; the earlier one is the history. Corrected rows carry `CORRECTION_MARK`, added ones `ADDITION_MARK`. A
correction whose `old` value is no longer there is reported and not applied.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.ingest.correction_rules import checked_row, with_dates_in_order, with_replaced
from analysis.ingest.csv_rows import read_rows, write_rows
from analysis.ingest.folder_changes import changing
from analysis.schemas import APPLIES, LAPSED, Corrections

CORRECTIONS_FILE = "corrections.csv"
FIRST_COLUMNS: Final = ("table", "id", "field", "old", "new", "note", "made_by", "made_on")
COLUMNS: Final = (*FIRST_COLUMNS, "words")
OPTIONAL: Final = (
    "note",
    "made_by",
    "made_on",
    "words",
)  # a spreadsheet may leave out empty cells at the end
CORRECTION_MARK = "analyst's correction"
ADDITION_MARK = "added by an analyst"
BY_ANALYST: Final = {CORRECTION_MARK: "corrected by an analyst", ADDITION_MARK: ADDITION_MARK}
"""What readers see of a row with such a rule."""


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
    if not os.path.lexists(path):
        return correction_table([])
    found = read_rows(path, COLUMNS, OPTIONAL)
    cells = with_dates_in_order([row.cells for row in found])
    rows = [
        {**checked_row(row, f"{path}:{line}"), "line": line, "problem": ""}
        for row, (line, _) in zip(cells, found, strict=True)
    ]
    return correction_table(with_replaced(rows))


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
    with changing(Path(folder)):
        rows = load_corrections(folder).to_dict("records")
        if any(one["standing"] == APPLIES and is_same_correction(one, new) for one in rows):
            return False
        write_rows(Path(folder) / CORRECTIONS_FILE, COLUMNS, [*rows, new])
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
    with changing(Path(folder)):
        rows = load_corrections(folder).to_dict("records")
        same = [one for one in rows if all(one[name] == row[name] for name in COLUMNS)]
        if not same:
            raise ValueError(f"{CORRECTIONS_FILE}:{row['line']}: there is no longer such a correction here")
        gone = min(same, key=lambda one: abs(one["line"] - row["line"]))
        write_rows(Path(folder) / CORRECTIONS_FILE, COLUMNS, [one for one in rows if one is not gone])


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
