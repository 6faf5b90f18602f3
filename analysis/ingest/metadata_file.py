"""seeds/metadata.csv: what an analyst knows of each file, one row per file."""

import os
from collections.abc import Iterable
from pathlib import Path

from analysis.ingest.addresses import is_web_address, plain_address
from analysis.ingest.csv_rows import csv_lines, read_rows, write_rows
from analysis.ingest.dates import figure_order, ordered_date, unambiguous_date
from analysis.ingest.draft import MAX_FIELD_CHARS

METADATA_FILE = "metadata.csv"
METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")


def load_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """The row of each file in `metadata.csv`, and its `line`, by file name; dates are in ISO 8601.

    Raises:
        ValueError: a column is unknown, a file has two rows or a name that leads out of the folder, a date
            cannot be read, or a cell is too long.
    """
    path = folder / METADATA_FILE
    if not os.path.lexists(path):
        return {}
    table = read_rows(path, METADATA_COLUMNS, METADATA_COLUMNS[1:])
    order = figure_order([row["published_date"] for _, row in table])
    rows: dict[str, dict[str, str]] = {}
    for line, row in table:
        where = f"{path}:{line}"
        if row["file"] != plain_name(row["file"]):
            raise ValueError(
                f"{where}: the file is {row['file']!r}, expected its path inside {folder}, such as "
                f"{plain_name(row['file']) or 'story.txt'!r}"
            )
        if row["file"] in rows:
            raise ValueError(f"{where}: {row['file']!r} already has a row, expected one row per file")
        dated = {**row, "published_date": ordered_date(row["published_date"], order)}
        rows[row["file"]] = {**checked_metadata(dated, f"{where}: "), "line": str(line)}
    return rows


def plain_name(name: str) -> str:
    """A path as the folder of articles lists it: "n.txt" for "./n.txt", "b/n.txt" for "/b/n.txt"."""
    return "/".join(part for part in name.split("/") if part not in ("", ".", ".."))


def checked_metadata(
    metadata: dict[str, str], where: str = "", names: dict[str, str] | None = None
) -> dict[str, str]:
    """Cells of `metadata.csv` with the date in ISO 8601, and the address without a password.

    Args:
        metadata: cells by column.
        where: what a message begins with.
        names: what the person who gave the cells knows the columns by, if that is not their name.

    Raises:
        ValueError: the date cannot be read, or a cell is too long.
    """
    names = names or {}
    for column, most in MAX_FIELD_CHARS.items():
        length = len(metadata.get(column, ""))
        if length > most:
            field = f"{where}{names.get(column, column)}"
            raise ValueError(f"{field} has {length:,} characters, expected at most {most:,}")
    if metadata.get("url"):
        metadata = {**metadata, "url": plain_address(metadata["url"])}
    if not metadata.get("published_date"):
        return metadata
    day = unambiguous_date(metadata["published_date"], where + names.get("published_date", "published_date"))
    return {**metadata, "published_date": day.isoformat()}


def given_metadata(metadata: dict[str, str], names: dict[str, str] | None = None) -> dict[str, str]:
    """Checked cells that a person gives now: the address must be one that a reader can open.

    Args:
        metadata, names: as in `checked_metadata`.

    Raises:
        ValueError: as in `checked_metadata`, or the address is none of a page.
    """
    checked = checked_metadata(metadata, names=names)
    url = checked.get("url", "")
    if url and not is_web_address(url):
        field = (names or {}).get("url", "url")
        raise ValueError(f"{field} is {url!r}, expected an address that begins with http:// or https://")
    return checked


def metadata_lines(rows: Iterable[dict[str, str]]) -> str:
    """Rows as lines of `metadata.csv`; a missing column is left empty."""
    return csv_lines(rows, METADATA_COLUMNS)


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that an interrupted run loses nothing."""
    write_rows(folder / METADATA_FILE, METADATA_COLUMNS, [rows[name] for name in sorted(rows)])
