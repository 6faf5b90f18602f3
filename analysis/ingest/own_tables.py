"""The analyst's own tables, read as spreadsheets save them, and the one on files, `metadata.csv`.

A spreadsheet may separate cells by semicolons or tabs, begin the file with a byte order mark, leave out empty
cells at the end of a row, and add empty rows and columns. A file keeps its separator and its mark when it is
written again, so that the spreadsheet which made it opens it as before."""

import csv
import io
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from analysis.ingest.dates import figure_order, ordered_date, unambiguous_date
from analysis.ingest.draft import MAX_FIELD_CHARS, NoArticle, is_web_address, plain_address
from analysis.ingest.folder_files import METADATA_FILE, table_bytes
from analysis.ingest.texts import filled_rows, parsed_rows
from analysis.ingest.whole_files import write_whole

MAX_WRONG: Final = 20  # lines that one message names
MARK: Final = "\ufeff"
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would run; after an apostrophe it is text


def read_rows(
    path: Path,
    columns: Sequence[str],
    optional: Collection[str],
    checked: Callable[[dict[str, str]], dict[str, str]],
    *,
    dated: Callable[[dict[str, str]], Collection[str]] = lambda cells: (),
) -> list[dict[str, Any]]:
    """Each row with a filled cell, as it was checked, and its `line`; none if the file is missing or empty.

    A cell that is left out is empty. One order of day and month counts for all days in figures.

    Args:
        path: of the file.
        columns: every column that the table may have, in any order.
        optional: those that may be left out, in the header or at the end of a row.
        checked: a row from its cells by column; it raises ValueError if a cell is wrong, and says which.
        dated: the columns in which a row has days.

    Raises:
        ValueError: the file is not such a table, or lines of it are wrong; the message names them.
    """
    if not os.path.lexists(path):
        return []
    try:
        text = table_bytes(path).decode("utf-8-sig")
        (_, header), *rows = parsed_rows(text, csv_form(text, columns)[0], is_strict=True) or [(1, columns)]
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is not UTF-8 text: save it as CSV UTF-8") from error
    except NoArticle as error:
        raise ValueError(f"{path}: {error}: check the quotation marks") from error
    names = [name.strip() for name in header]  # "" for those that a spreadsheet added
    known = [name for name in names if name]
    if len(set(known)) < len(known) or not set(columns) - set(optional) <= set(known) <= set(columns):
        raise ValueError(f"{path}:1: the columns are {','.join(names)}, expected {','.join(columns)}")
    found, wrong = [], {}
    for line, row in filled_rows(rows):
        plain = [cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell for cell in row]
        cells = {name: cell for name, cell in zip(names, plain, strict=False) if name or cell}
        is_short = not set(names[len(row) :]) <= {"", *optional}
        if is_short or len(row) > len(names) or "" in cells:
            wrong[line] = f"does not have {len(names)} cells: put text with commas in quotes"
        else:
            found.append((line, {name: cells.get(name, "") for name in columns}))
    order, rows = figure_order([row[name] for _, row in found for name in dated(row)]), []
    for line, row in found:
        try:
            days = {name: ordered_date(row[name], order) for name in dated(row)}
            rows.append({**checked({**row, **days}), "line": line})
        except ValueError as error:
            wrong[line] = str(error)
    refuse_lines(path, wrong)
    return rows


def refuse_lines(path: Path, wrong: Mapping[int, str]) -> None:
    """Raise ValueError, in one sentence, if lines of a file are wrong.

    Args:
        path: of the file.
        wrong: what is wrong with a line, by its number.
    """
    if wrong:
        said = "; line ".join(f"{line}: {reason}" for line, reason in sorted(wrong.items())[:MAX_WRONG])
        more = f" (and in {len(wrong) - MAX_WRONG} more lines)" if len(wrong) > MAX_WRONG else ""
        raise ValueError(f"{path}:{said}{more}; no other line counts until this is right")


def csv_form(text: str, columns: Collection[str]) -> tuple[str, str]:
    """How a text is written: the delimiter that gives most of the columns, and its byte order mark or ""."""
    header = text.removeprefix(MARK).partition("\n")[0].strip().replace('"', "")
    found = {one: len({name.strip() for name in header.split(one)} & set(columns)) for one in ",;\t"}
    return max(found, key=found.__getitem__), MARK if text.startswith(MARK) else ""


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a table in one step, in the form that the file has; a missing cell is left empty.

    Raises:
        ValueError: a cell has half a character, which no file can hold.
        OSError: the file cannot be written; it is as it was.
    """
    before = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    delimiter, mark = csv_form(before, columns)
    lines = io.StringIO(newline="")
    form = {"delimiter": delimiter, "lineterminator": "\n"}
    plain, quoted = csv.writer(lines, **form), csv.writer(lines, **form, quoting=csv.QUOTE_ALL)
    plain.writerow(columns)
    for row in rows:
        # A spreadsheet takes what begins so for text and not for a formula.
        cells = [f"'{cell}" if FORMULA.match(cell := row.get(name, "")) else cell for name in columns]
        # Python 3.11 writes a carriage return without quotation marks, and reads it as the end of a line.
        (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)
    try:
        write_whole(path, mark + lines.getvalue())
    except UnicodeEncodeError as error:
        raise ValueError(f"{path}: a cell has half a character ({error}): leave it out") from error


METADATA_COLUMNS = ("file", "title", "published_date", "outlet", "author", "url", "note")


def load_metadata(folder: Path) -> dict[str, dict[str, Any]]:
    """The row of each file in `metadata.csv`, and its `line`, by file name; dates are in ISO 8601.

    Raises:
        ValueError: a column is unknown, a file has two rows, a date cannot be read, or a cell is too long.
    """
    seen: set[str] = set()

    def checked(row: dict[str, str]) -> dict[str, str]:
        if row["file"] in seen:
            raise ValueError(f"{row['file']!r} already has a row, expected one row per file")
        seen.add(row["file"])
        return checked_metadata(row, is_kept=True)

    columns, dated = METADATA_COLUMNS, lambda _: ["published_date"]
    rows = read_rows(folder / METADATA_FILE, columns, columns[1:], checked, dated=dated)
    return {row["file"]: row for row in rows}


def checked_metadata(
    metadata: dict[str, str], *, is_kept: bool = False, names: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Cells of `metadata.csv` with the date in ISO 8601, and the address without a password.

    Args:
        metadata: cells by column.
        is_kept: they are in the file; else a person gives them now, and the address must be one that a
            reader can open.
        names: what the person who gave the cells knows the columns by, if that is not their name.

    Raises:
        ValueError: the date cannot be read, a cell is too long, or the address is none of a page.
    """
    checked = dict(metadata)
    for column, cell in metadata.items():
        field, most = names.get(column, column), MAX_FIELD_CHARS.get(column, len(cell))
        if len(cell) > most:
            raise ValueError(f"{field} has {len(cell):,} characters, expected at most {most:,}")
        if column == "url" and cell:
            checked["url"] = plain_address(cell)
            if not is_kept and not is_web_address(checked["url"]):
                expected = "expected an address that begins with http:// or https://"
                raise ValueError(f"{field} is {checked['url']!r}, {expected}")
        if column == "published_date" and cell:
            checked["published_date"] = unambiguous_date(cell, field).isoformat()
    return checked


def write_metadata(folder: Path, rows: dict[str, dict[str, str]]) -> None:
    """Replace `metadata.csv` in one step, so that an interrupted run loses nothing."""
    write_rows(folder / METADATA_FILE, METADATA_COLUMNS, [rows[name] for name in sorted(rows)])
