"""An Excel workbook: a sheet that says what it is, one for each table, and one that explains every column.

Every text is stored as text: one that begins like a formula also stays text when somebody edits its cell.
"""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from lxml.etree import LxmlError
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from pandas import DataFrame

from analysis.export.cells import Value, columns_of, cut_to_fit, values_by_column
from analysis.export.sheet_names import numbered, sheet_names
from analysis.export.sheets import (
    HEADER,
    MOST_LINK_CHARS,
    MOST_LINKS,
    WRAPPED,
    new_sheet,
    styled,
    write_rows,
)
from analysis.export.steady_zip import SteadyZip
from analysis.phrasing import counted
from analysis.readable.columns import LINK, TABLES, Column

MOST_ROWS: Final = 1_048_575  # of a sheet of Excel, its header apart
FIXED_MOMENT: Final = datetime(2000, 1, 1)  # so that the same tables make the same bytes
ABOUT, COLUMNS = "about", "columns"
"""The sheets that every workbook has besides its tables."""
Values = Sequence[list[Value]]


def write_workbook(
    tables: dict[str, DataFrame], path: Path, *, about: Sequence[str] = (), most_rows: int = MOST_ROWS
) -> list[str]:
    """Write tables into an Excel file; the same tables make the same bytes.

    Args:
        tables: by name, in the order of the sheets.
        path: of the file.
        about: sentences for the first sheet.
        most_rows: of a sheet; a longer table continues on further sheets.

    Returns:
        Sentences on what did not fit into a sheet: cells cut, tables split, addresses not clickable.

    Raises:
        OSError: the file, or a temporary one, cannot be written.
    """
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = FIXED_MOMENT
    book.properties.creator = "Faultline"
    first = new_sheet(book, ABOUT, (28, 12, 110))
    named = list(zip(sheet_names(tables), tables.items(), strict=True))
    try:
        notes = [note for title, table in named for note in write_table(book, title, table, most_rows)]
        write_about(first, tables, [*about, *notes])
        write_meanings(new_sheet(book, COLUMNS, (18, 26, 110)), tables)
        with SteadyZip(path, "w") as archive:
            ExcelWriter(book, archive).save()
    except LxmlError as error:
        raise system_error(error) from error
    finally:
        close_sheets(book)
    return notes


def system_error(error: LxmlError) -> OSError:
    """The error that the library behind the sheets only names: "IO_ENOSPC" is a full disk."""
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, os.strerror(number))


def close_sheets(book: Workbook) -> None:
    """Close the sheets that a failure left open; otherwise Python reports each of them later."""
    for sheet in book.worksheets:
        if not sheet.closed:
            with suppress(LxmlError):  # for the same reason that ended the writing
                sheet.close()


def write_table(book: Workbook, title: str, table: tuple[str, DataFrame], most_rows: int) -> Iterator[str]:
    """Write one table into as many sheets as it needs; yields what a reader must know about it."""
    name, frame = table
    columns = columns_of(name, frame)
    values = values_by_column(columns, frame)
    fitting = [[cut_to_fit(one) if isinstance(one, str) else one for one in cells] for cells in values]
    starts = range(0, max(len(frame), 1), most_rows)
    for number, start in enumerate(starts, start=1):
        part = [cells[start : start + most_rows] for cells in fitting]
        sheet = title if number == 1 else numbered(title, number)
        count = min(most_rows, len(frame) - start)
        write_rows(book, sheet, columns, zip(*part, strict=True), count)
    if len(starts) > 1:
        further = counted(len(starts) - 1, "further sheet")
        yield f"{title} has more rows than a sheet of Excel holds, so it continues on {further}."
    yield from notes_on(title, columns, values, fitting)


def notes_on(title: str, columns: Sequence[Column], values: Values, fitting: Values) -> Iterator[str]:
    """What did not fit into the sheets of a table.

    Args:
        title: of the sheet.
        columns: of the table.
        values: of each column, as they are.
        fitting: the same values, as they fit into cells.
    """
    pairs = zip(values, fitting, strict=True)
    cut = sum(a is not b for before, after in pairs for a, b in zip(before, after, strict=True))
    if cut:
        yield f"{title}: {counted(cut, 'cell')} cut to the 32,767 characters that a cell of Excel holds."
    linked = [cells for column, cells in zip(columns, values, strict=True) if column.kind == LINK]
    addresses = [address for cells in linked for address in cells if address]
    if len(addresses) > MOST_LINKS or any(len(address) > MOST_LINK_CHARS for address in addresses):
        limits = f"{MOST_LINKS:,} links in a sheet, of {MOST_LINK_CHARS:,} characters each"
        yield f"{title}: some addresses cannot be clicked, because Excel takes {limits}."


def write_about(sheet: object, tables: dict[str, DataFrame], lines: Sequence[str]) -> None:
    """What the workbook is, and what a row of each table is."""
    heads = ("table", "rows", "what a row is")
    sheet.append([styled(sheet, head, font=HEADER) for head in heads])
    for name, frame in tables.items():
        what = TABLES[name].about if name in TABLES else "A table that you made."
        sheet.append([styled(sheet, name), len(frame), styled(sheet, what, alignment=WRAPPED)])
    sheet.append([])
    for line in lines:
        sheet.append([styled(sheet, line)])


def write_meanings(sheet: object, tables: dict[str, DataFrame]) -> None:
    """What every column of every table says."""
    heads = ("table", "column", "what it says")
    sheet.append([styled(sheet, head, font=HEADER) for head in heads])
    for table, column, about in meanings(tables):
        texts = [styled(sheet, table), styled(sheet, column), styled(sheet, about, alignment=WRAPPED)]
        sheet.append(texts)


def meanings(tables: dict[str, DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Table, column and meaning of every column."""
    for name, frame in tables.items():
        for column in columns_of(name, frame):
            yield name, column.name, column.about
