"""seeds/metadata.csv: what an analyst knows of each file, one row per file."""

from collections.abc import Iterable
from pathlib import Path

from analysis.ingest.csv_rows import csv_lines, read_rows, write_rows
from analysis.ingest.dates import parse_date

METADATA_FILE = "metadata.csv"
METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")


def load_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """The row of each file in `metadata.csv`, and its `line`, by file name.

    Raises:
        ValueError: a column is unknown, a file has two rows, or a date is not ISO 8601.
    """
    path = folder / METADATA_FILE
    if not path.exists():
        return {}
    rows: dict[str, dict[str, str]] = {}
    for line, row in read_rows(path, METADATA_COLUMNS, METADATA_COLUMNS[1:]):
        where = f"{path}:{line}"
        if row["file"] in rows:
            raise ValueError(f"{where}: {row['file']!r} already has a row, expected one row per file")
        if row["published_date"]:
            parse_date(row["published_date"], where)
        rows[row["file"]] = {**row, "line": str(line)}
    return rows


def metadata_lines(rows: Iterable[dict[str, str]]) -> str:
    """Rows as lines of `metadata.csv`; a missing column is left empty."""
    return csv_lines(rows, METADATA_COLUMNS)


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that an interrupted run loses nothing."""
    write_rows(folder / METADATA_FILE, METADATA_COLUMNS, [rows[name] for name in sorted(rows)])
