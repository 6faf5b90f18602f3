"""seeds/metadata.csv: what an analyst knows of each file, one row per file."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from analysis.ingest.dates import parse_date

METADATA_FILE = "metadata.csv"
METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")


def load_metadata(folder: Path) -> dict[str, dict[str, str]]:
    """The row of each file in `metadata.csv`, and its `line`, by file name.

    Raises:
        ValueError: a column is missing or unknown, a file has two rows, or a date is not ISO 8601.
    """
    path = folder / METADATA_FILE
    if not path.exists():
        return {}
    rows: dict[str, dict[str, str]] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    reader = csv.DictReader(text.splitlines(keepends=True))
    if tuple(reader.fieldnames or ()) != METADATA_COLUMNS:
        found = ",".join(reader.fieldnames or ()) or "nothing"
        raise ValueError(f"{path}:1: the columns are {found}, expected {','.join(METADATA_COLUMNS)}")
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values():
            raise ValueError(
                f"{where}: does not have {len(METADATA_COLUMNS)} cells: put text with commas in quotes"
            )
        if row["file"] in rows:
            raise ValueError(f"{where}: {row['file']!r} already has a row, expected one row per file")
        if row["published_date"]:
            parse_date(row["published_date"], where)
        rows[row["file"]] = {**row, "line": str(reader.line_num)}
    return rows


def metadata_lines(rows: Iterable[dict[str, str]]) -> str:
    """Rows as lines of `metadata.csv`; a missing column is left empty."""
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, METADATA_COLUMNS, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writerows(rows)
    return lines.getvalue()


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that an interrupted run loses nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=folder, prefix=".metadata", delete=False
    ) as temporary:
        temporary.write(metadata_lines([dict(zip(METADATA_COLUMNS, METADATA_COLUMNS, strict=True))]))
        temporary.write(metadata_lines(rows[name] for name in sorted(rows)))
    os.chmod(temporary.name, 0o644)
    os.replace(temporary.name, folder / METADATA_FILE)
