"""seeds/corrections.csv: an analyst's corrections, one per row; and the dates among them applied.

`table` and `id` name the corrected row, `field` its column, `old` the value that the program had and `new`
the right one; `note` says why, `made_by` and `made_on` who and when.

| table | id | field | old and new |
|---|---|---|---|
| articles | `article_id` | published_date | a date, or empty: unknown |
| quotes | `quote_id` | speaker | a name, or empty: unknown |
| events | `event_id` | root, status | a word of `analysis.schemas` |
| events | `event_id` | source, target | a name, or the code of a country |
| events | `event_id` | drop | the root, and empty; an event has no other corrections then |
| topics | `sentence_id` | theme, theatre | a topic of `topics/taxonomy.csv`, or empty: none |

For a cooperative event of both sides (talks), `status` and `drop` apply to both. Corrected rows carry
`CORRECTION_MARK`. A correction whose `old` value is no longer there is reported and not applied.
"""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pandas as pd

from analysis.ingest.dates import parse_date
from analysis.ingest.draft import Refusal
from analysis.lexicons import load_lexicon
from analysis.schemas import DIMENSIONS, ROOTS, STATUSES, Corrections

CORRECTIONS_FILE = "corrections.csv"
COLUMNS = ("table", "id", "field", "old", "new", "note", "made_by", "made_on")
CORRECTION_MARK = "analyst's correction"
CORRECTABLE_FIELDS: Final = {
    "articles": ("published_date",),
    "quotes": ("speaker",),
    "events": ("root", "status", "source", "target", "drop"),
    "topics": DIMENSIONS,
}
IDS: Final = {
    "articles": r"[0-9a-f]{16}",
    "quotes": r"[0-9a-f]{16}:\d+:\d+",
    "events": r"[0-9a-f]{16}:\d+:.+>.+",
    "topics": r"[0-9a-f]{16}:\d+",
}


def load_corrections(folder: Path | str) -> pd.DataFrame:
    """The corrections of an analyst, in the order of the file.

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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            found = ",".join(reader.fieldnames or ()) or "nothing"
            raise ValueError(f"{path}:1: the columns are {found}, expected {','.join(COLUMNS)}")
        rows = [checked_row(row, f"{path}:{reader.line_num}", reader.line_num) for row in reader]
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: is broken ({error}), expected CSV") from error
    for row in rows:
        twice = [one for one in rows if corrects_same_value(one, row) and one["line"] < row["line"]]
        if twice:
            raise ValueError(
                f"{path}:{row['line']}: corrects the same value as line {twice[0]['line']}, expected one row"
            )
    return correction_table(rows)


def correction_table(rows: Iterable[dict]) -> pd.DataFrame:
    """`Corrections` table from rows, in their order."""
    return Corrections.validate(pd.DataFrame(list(rows), columns=["line", *COLUMNS, "problem"]))


def checked_row(row: dict, where: str, line: int) -> dict:
    """A row of the file with its line; the ValueError names the cell that breaks the rules."""
    if None in row or None in row.values():
        raise ValueError(f"{where}: does not have {len(COLUMNS)} cells: put text with commas in quotes")
    row = {name: cell.strip() for name, cell in row.items()}
    if row["table"] not in CORRECTABLE_FIELDS:
        raise ValueError(
            f"{where}: table is {row['table']!r}, expected one of {', '.join(CORRECTABLE_FIELDS)}"
        )
    fields = CORRECTABLE_FIELDS[row["table"]]
    if row["field"] not in fields:
        raise ValueError(f"{where}: field is {row['field']!r}, expected {' or '.join(fields)}")
    if not re.fullmatch(IDS[row["table"]], row["id"]):
        raise ValueError(f"{where}: id is {row['id']!r}, expected an id of the table {row['table']}")
    if row["old"] == row["new"]:
        raise ValueError(f"{where}: old and new are both {row['new']!r}, expected different values")
    if row["made_on"]:
        parse_date(row["made_on"], where, "made_on")
    check_value(row, where)
    return {**row, "line": line, "problem": ""}


def check_value(row: dict, where: str) -> None:
    """Raise ValueError if the new value is impossible."""
    field, new = row["field"], row["new"]
    if field == "published_date":
        if new:
            parse_date(new, where, "new")
    elif field == "drop":
        if new:
            raise ValueError(f"{where}: new is {new!r}, expected an empty cell, since the event is dropped")
    elif field in DIMENSIONS:
        topics = load_lexicon("topics/taxonomy")
        known = topics.loc[topics["dimension"] == field, "topic"].tolist()
        if new and new not in known:
            raise ValueError(
                f"{where}: new is {new!r}, expected a {field} of topics/taxonomy.csv, or an empty cell"
            )
    else:
        known = {"root": ROOTS, "status": STATUSES}.get(field)
        if known and new not in known:
            raise ValueError(f"{where}: new is {new!r}, expected one of {', '.join(known)}")
        if not new and field in ("source", "target"):
            raise ValueError(f"{where}: new is empty, expected the name of an actor")


def corrects_same_value(one: dict, other: dict) -> bool:
    """Whether two corrections change the same value.

    Each topic of a sentence is a value of its own; a dropped event has no other values.
    """
    if any(one[key] != other[key] for key in ("table", "id")):
        return False
    if "drop" in (one["field"], other["field"]):
        return True
    if one["field"] != other["field"]:
        return False
    if one["table"] != "topics":
        return True
    return one["old"] == other["old"] if one["old"] else not other["old"] and one["new"] == other["new"]


def save_correction(folder: Path | str, row: dict[str, str]) -> None:
    """Write a correction into the file, in one step; it replaces an earlier one of the same value.

    Args:
        folder: of the articles.
        row: a cell for each of `COLUMNS`.

    Raises:
        ValueError: the row, or the existing file, breaks the rules.
        OSError: the file cannot be written.
    """
    checked_row(row, "the correction", 0)
    others = [one for one in load_corrections(folder).to_dict("records") if not corrects_same_value(one, row)]
    write_corrections(Path(folder), [*others, row])


def remove_correction(folder: Path | str, line: int) -> None:
    """Remove a correction from the file, by its line in `load_corrections`.

    Raises:
        ValueError: there is no correction on that line, or the file breaks the rules.
    """
    rows = load_corrections(folder).to_dict("records")
    others = [one for one in rows if one["line"] != line]
    if len(others) == len(rows):
        raise ValueError(f"{CORRECTIONS_FILE}:{line}: there is no longer a correction here")
    write_corrections(Path(folder), others)


def write_corrections(folder: Path, rows: Iterable[dict]) -> None:
    """Replace `corrections.csv` in one step, so that an interrupted run loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".corrections", delete=False
    ) as temporary:
        writer = csv.DictWriter(temporary, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.chmod(temporary.name, 0o644)
    os.replace(temporary.name, folder / CORRECTIONS_FILE)


def article_id_of(identity: str) -> str:
    """The id of the article that a corrected row is from."""
    return identity.partition(":")[0]


def corrected_rows(rows: list[dict], corrections: pd.DataFrame) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles` with corrected dates, and a refusal for each correction that no longer applies.

    Args:
        rows: of every article that was read.
        corrections: `Corrections` table.
    """
    places = {row["article_id"]: place for place, row in enumerate(rows)}
    changed, refusals = list(rows), []
    for one in corrections.itertuples():
        where, place = f"{CORRECTIONS_FILE}:{one.line}", places.get(article_id_of(one.id))
        if place is None:
            refusals.append(
                Refusal(where, f"names the article {article_id_of(one.id)}, which is not in the corpus")
            )
        elif one.table == "articles":
            row, found = changed[place], iso_day(changed[place]["published_date"])
            if found == one.old:
                changed[place] = with_corrected_date(row, one)
            elif found != one.new:
                refusals.append(Refusal(where, outdated_reason("published_date", found, one)))
    return changed, refusals


def iso_day(date: pd.Timestamp | None) -> str:
    """A date in ISO 8601, or "" if it is unknown."""
    return "" if pd.isna(date) else f"{date:%Y-%m-%d}"


def with_corrected_date(row: dict, correction: object) -> dict:
    """A row of `articles` with the analyst's date, and a note that says so."""
    before = f"{CORRECTION_MARK}: the date was {correction.old or 'unknown'}"
    note = ". ".join(filter(None, (before, correction.note, row["note"])))
    date = pd.Timestamp(correction.new) if correction.new else None
    return {**row, "published_date": date, "note": note}


def outdated_reason(field: str, found: str, correction: object) -> str:
    """Why a correction no longer applies, in one sentence."""
    return (
        f"{field} is now {found or 'unknown'!r} and was {correction.old or 'unknown'!r} when it was "
        "corrected: check it, then correct it again or remove the line"
    )
