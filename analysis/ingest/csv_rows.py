"""The analyst's own tables, `metadata.csv` and `corrections.csv`: read as spreadsheets save them.

A spreadsheet may separate cells by semicolons or tabs, begin the file with a byte order mark, leave out empty
cells at the end of a row, and add empty rows and columns. A file keeps its separator and its mark when it is
written again, so that the spreadsheet which made it opens it as before.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from analysis.ingest.plain_files import table_bytes
from analysis.ingest.whole_files import write_whole

DELIMITERS: Final = ",;\t"
MARK: Final = "\ufeff"
MAX_TABLE_BYTES: Final = 200_000_000
MAX_CELL_CHARS: Final = (
    5_000_000  # Python's own limit of 131,072 is below the length of a cell in a spreadsheet
)
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


def parsed_rows(text: str, delimiter: str, *, is_strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Each row of a CSV text with the line on which it ends; cells may be longer than Python's own limit.

    Raises:
        csv.Error: the text is broken; its arguments are the reason and the line.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=is_strict)
    while True:
        before = csv.field_size_limit(MAX_CELL_CHARS)
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise csv.Error(str(error), reader.line_num) from error
        finally:
            csv.field_size_limit(before)  # of other users of the module
        if row is None:
            return
        yield reader.line_num, row


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
