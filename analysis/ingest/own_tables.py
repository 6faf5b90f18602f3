"""The analyst's own tables, read as spreadsheets save them, and the one on files, `metadata.csv`.

A spreadsheet may separate cells by semicolons or tabs, begin the file with a byte order mark, leave out empty
cells at the end of a row, and add empty rows and columns. A file keeps its separator and its mark when it is
written again, so that the spreadsheet which made it opens it as before."""

import csv
import io
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from analysis.ingest.addresses import is_web_address, plain_address
from analysis.ingest.dates import figure_order, ordered_date, unambiguous_date
from analysis.ingest.draft import MAX_FIELD_CHARS
from analysis.ingest.folder_files import METADATA_FILE, table_bytes
from analysis.ingest.texts import parsed_rows
from analysis.ingest.whole_files import write_whole

DELIMITERS: Final = ",;\t"
MARK: Final = "\ufeff"
MAX_TABLE_BYTES: Final = 200_000_000
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would run; after an apostrophe it is text


class CsvForm(NamedTuple):
    """How a file is written."""

    delimiter: str = ","
    mark: str = ""


class CsvRow(NamedTuple):
    """The cells of a row by column, and the line on which it ends."""

    line: int
    cells: dict[str, str]


def read_rows(path: Path, columns: Sequence[str], optional: Collection[str]) -> list[CsvRow]:
    """The rows of a table that have a filled cell; a cell that is left out is empty.

    Args:
        path: of the file.
        columns: every column that the table may have, in any order.
        optional: those that may be left out, in the header or at the end of a row.

    Raises:
        ValueError: the file is not such a table; the message names the line.
    """
    text = read_text(path)
    form = csv_form(text, columns)
    where = f"{path}:1"
    try:
        rows = parsed_rows(text, form.delimiter, is_strict=True)
        header = checked_header(path, next(rows, (0, []))[1], columns, optional)
        found = []
        for line, row in rows:
            where = f"{path}:{line}"
            if any(cell.strip() for cell in row):
                found.append(CsvRow(line, row_cells(row, header, optional, where, columns)))
        return found
    except csv.Error as error:
        reason, line = error.args
        raise ValueError(
            f"{path}:{line}: is broken ({reason}), expected CSV: check the quotation marks"
        ) from error


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without its byte order mark."""
    try:
        return table_bytes(path, MAX_TABLE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error


def csv_form(text: str, columns: Collection[str]) -> CsvForm:
    """How a text is written: its delimiter is the one that gives most of the columns."""
    header = text.removeprefix(MARK).partition("\n")[0].strip().replace('"', "")
    found = {one: len({name.strip() for name in header.split(one)} & set(columns)) for one in DELIMITERS}
    return CsvForm(max(DELIMITERS, key=found.__getitem__), MARK if text.startswith(MARK) else "")


def checked_header(
    path: Path, header: list[str], columns: Sequence[str], optional: Collection[str]
) -> list[str]:
    """The names of the columns that a file has; "" for those that a spreadsheet added."""
    names = [name.strip() for name in header]
    known = [name for name in names if name]
    if len(set(known)) < len(known) or not set(columns) - set(optional) <= set(known) <= set(columns):
        found = ",".join(names) or "nothing"
        raise ValueError(f"{path}:1: the columns are {found}, expected {','.join(columns)}")
    return names


def row_cells(
    row: list[str], header: list[str], optional: Collection[str], where: str, columns: Sequence[str]
) -> dict[str, str]:
    """The cells of a row by column."""
    is_short = not set(header[len(row) :]) <= {"", *optional}
    cells = {name: plain_cell(cell) for name, cell in zip(header, row, strict=False) if name or cell}
    if is_short or len(row) > len(header) or "" in cells:
        raise ValueError(f"{where}: does not have {len(header)} cells: put text with commas in quotes")
    return {name: cells.get(name, "") for name in columns}


def csv_lines(rows: Iterable[Mapping[str, str]], columns: Sequence[str], delimiter: str = ",") -> str:
    """Rows as lines of a table; a missing cell is left empty."""
    lines = io.StringIO(newline="")
    form = {"delimiter": delimiter, "lineterminator": "\n"}
    plain, quoted = csv.writer(lines, **form), csv.writer(lines, **form, quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = [text_cell(row.get(name, "")) for name in columns]
        # Python 3.11 writes a carriage return without quotation marks, and reads it as the end of a line.
        (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)
    return lines.getvalue()


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table in one step, in the form that the file has.

    Raises:
        ValueError: a cell has half a character, which no file can hold.
        OSError: the file cannot be written; it is as it was.
    """
    form = csv_form(path.read_bytes().decode("utf-8", "replace"), columns) if path.exists() else CsvForm()
    header = dict(zip(columns, columns, strict=True))
    text = form.mark + csv_lines([header, *rows], columns, form.delimiter)
    try:
        write_whole(path, text)
    except UnicodeEncodeError as error:
        found = text[max(0, error.start - 20) : error.end].rpartition("\n")[2]
        shown = found.encode("utf-8", "backslashreplace").decode()
        raise ValueError(
            f"{path}: cannot hold “{shown}”, which has half a character: leave it out"
        ) from error


def text_cell(cell: str) -> str:
    """A cell that a spreadsheet takes for text and not for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def plain_cell(cell: str) -> str:
    """The text of a cell, without the apostrophe of `text_cell`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


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


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that an interrupted run loses nothing."""
    write_rows(folder / METADATA_FILE, METADATA_COLUMNS, [rows[name] for name in sorted(rows)])
