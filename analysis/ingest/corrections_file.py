"""seeds/corrections.csv: what an analyst overruled, one decision a row, and the dates among them.

`table` and `id` name the row that is overruled, `field` what of it, `old` what the program said and `new`
what holds instead; `note` says why, `made_by` and `made_on` who and when.

| table | id | field | old and new |
|---|---|---|---|
| articles | `article_id` | published_date | a day, or empty: unknown |
| quotes | `quote_id` | speaker | a name, or empty: nobody is named |
| events | `event_id` | root, status | a word of `analysis.schemas` |
| events | `event_id` | source, target | a name, or the code of a country |
| events | `event_id` | drop | the root, and nothing: then no other row holds for this event |
| topics | `sentence_id` | theme, theatre | a topic of `topics/taxonomy.csv`, or empty for none |

Where a word tells of a cooperative act of both sides (talks), `status` and `drop` hold for both. What is
overruled carries `CORRECTION_MARK`. A row that no longer fits is told and left out.
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
    """What an analyst overruled, in the order of the file.

    Args:
        folder: that of the articles.

    Returns:
        `Corrections` table; empty where there is no `corrections.csv`.

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
        rows = [checked(row, f"{path}:{reader.line_num}", reader.line_num) for row in reader]
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: is broken ({error}), expected CSV") from error
    for row in rows:
        twice = [one for one in rows if corrects_same_value(one, row) and one["line"] < row["line"]]
        if twice:
            raise ValueError(
                f"{path}:{row['line']}: overrules the same as line {twice[0]['line']}, expected one row each"
            )
    return correction_table(rows)


def correction_table(rows: Iterable[dict]) -> pd.DataFrame:
    """`Corrections` table from rows, in their order."""
    return Corrections.validate(pd.DataFrame(list(rows), columns=["line", *COLUMNS, "problem"]))


def checked(row: dict, where: str, line: int) -> dict:
    """A row of the file with its line, or ValueError naming what breaks the rules."""
    if None in row or None in row.values():
        raise ValueError(f"{where}: has not {len(COLUMNS)} cells: put text with commas in quotes")
    row = {name: cell.strip() for name, cell in row.items()}
    if row["table"] not in CORRECTABLE_FIELDS:
        raise ValueError(
            f"{where}: table is {row['table']!r}, expected one of {', '.join(CORRECTABLE_FIELDS)}"
        )
    fields = CORRECTABLE_FIELDS[row["table"]]
    if row["field"] not in fields:
        raise ValueError(f"{where}: field is {row['field']!r}, expected {' or '.join(fields)}")
    if not re.fullmatch(IDS[row["table"]], row["id"]):
        raise ValueError(f"{where}: id is {row['id']!r}, expected one of the table {row['table']}")
    if row["old"] == row["new"]:
        raise ValueError(f"{where}: old and new are both {row['new']!r}, expected a change")
    if row["made_on"]:
        parse_date(row["made_on"], where, "made_on")
    check_value(row, where)
    return {**row, "line": line, "problem": ""}


def check_value(row: dict, where: str) -> None:
    """Raise ValueError if what is to hold cannot."""
    field, new = row["field"], row["new"]
    if field == "published_date":
        if new:
            parse_date(new, where, "new")
    elif field == "drop":
        if new:
            raise ValueError(f"{where}: new is {new!r}, expected nothing, since the event is dropped")
    elif field in DIMENSIONS:
        topics = load_lexicon("topics/taxonomy")
        known = topics.loc[topics["dimension"] == field, "topic"].tolist()
        if new and new not in known:
            raise ValueError(
                f"{where}: new is {new!r}, expected a {field} of topics/taxonomy.csv, or nothing"
            )
    else:
        known = {"root": ROOTS, "status": STATUSES}.get(field)
        if known and new not in known:
            raise ValueError(f"{where}: new is {new!r}, expected one of {', '.join(known)}")
        if not new and field in ("source", "target"):
            raise ValueError(f"{where}: new is empty, expected the name of an actor")


def corrects_same_value(one: dict, other: dict) -> bool:
    """Whether two rows overrule the same.

    Of a sentence's topics each is a matter of its own; a dropped event leaves nothing to overrule.
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
    """Write a decision into the file, in the place of an earlier one on the same; in one step.

    Args:
        folder: that of the articles.
        row: a cell for each of `COLUMNS`.

    Raises:
        ValueError: the row, or the file that is there, breaks the rules.
        OSError: the file cannot be written.
    """
    checked(row, "the correction", 0)
    others = [one for one in load_corrections(folder).to_dict("records") if not corrects_same_value(one, row)]
    write_corrections(Path(folder), [*others, row])


def remove_correction(folder: Path | str, line: int) -> None:
    """Take a decision out of the file, by its line as `load_corrections` gives it.

    Raises:
        ValueError: no decision stands on that line, or the file breaks the rules.
    """
    kept = load_corrections(folder).to_dict("records")
    others = [one for one in kept if one["line"] != line]
    if len(others) == len(kept):
        raise ValueError(f"{CORRECTIONS_FILE}:{line}: no correction stands here any more")
    write_corrections(Path(folder), others)


def write_corrections(folder: Path, rows: Iterable[dict]) -> None:
    """Replace `corrections.csv` in one step, so that a stop half way loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".corrections", delete=False
    ) as temporary:
        writer = csv.DictWriter(temporary, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.chmod(temporary.name, 0o644)
    os.replace(temporary.name, folder / CORRECTIONS_FILE)


def article_id_of(identity: str) -> str:
    """The article in which an overruled row stands."""
    return identity.partition(":")[0]


def corrected_rows(rows: list[dict], corrections: pd.DataFrame) -> tuple[list[dict], list[Refusal]]:
    """Rows of `articles` with the dates that an analyst set, and each correction that no longer fits.

    Args:
        rows: of every article that was read.
        corrections: `Corrections` table.
    """
    places = {row["article_id"]: place for place, row in enumerate(rows)}
    changed, refusals = list(rows), []
    for one in corrections.itertuples():
        where, place = f"{CORRECTIONS_FILE}:{one.line}", places.get(article_id_of(one.id))
        if place is None:
            refusals.append(Refusal(where, f"names the article {article_id_of(one.id)}, which is not there"))
        elif one.table == "articles":
            row, found = changed[place], iso_day(changed[place]["published_date"])
            if found == one.old:
                changed[place] = dated(row, one)
            elif found != one.new:
                refusals.append(Refusal(where, outdated_reason("published_date", found, one)))
    return changed, refusals


def iso_day(date: pd.Timestamp | None) -> str:
    """ISO 8601, or "" where it is unknown."""
    return "" if pd.isna(date) else f"{date:%Y-%m-%d}"


def dated(row: dict, correction: object) -> dict:
    """A row of `articles` with the analyst's date, and a note that says so."""
    told = f"{CORRECTION_MARK}: the date was {correction.old or 'unknown'}"
    note = ". ".join(filter(None, (told, correction.note, row["note"])))
    date = pd.Timestamp(correction.new) if correction.new else None
    return {**row, "published_date": date, "note": note}


def outdated_reason(field: str, found: str, correction: object) -> str:
    """Why a correction is left out, in one sentence."""
    return (
        f"{field} is now {found or 'unknown'!r} and was {correction.old or 'unknown'!r} when it was "
        "corrected: look again, then correct it anew or strike the line"
    )
