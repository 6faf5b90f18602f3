"""An Excel workbook: a sheet that says what it is, one for each table, and one that explains every column.

Every text is stored as text: one that begins like a formula also stays text when somebody edits its cell.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from pandas import DataFrame
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from analysis.export.cells import Value, cell_values, columns_of, cut_to_fit
from analysis.export.sheet_names import numbered, sheet_names
from analysis.export.sheets import (
    MOST_LINK_CHARS,
    MOST_LINKS,
    WIDTHS,
    Styles,
    new_sheet,
    styles_of,
    write_header,
    write_rows,
)
from analysis.ingest.scratch import scratch_folder
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
    with scratch_folder() as rows_folder:
        book = Workbook(path, {"constant_memory": True, "tmpdir": rows_folder})
        book.set_properties({"created": FIXED_MOMENT, "author": "Faultline"})
        notes = write_sheets(book, tables, about, most_rows)
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # an OSError, which the library packs into its own
    return notes


def write_sheets(
    book: Workbook, tables: dict[str, DataFrame], about: Sequence[str], most_rows: int
) -> list[str]:
    """Write every sheet of a workbook; returns what did not fit into the sheets."""
    styles = styles_of(book)
    first = new_sheet(book, ABOUT, (28, 12, 110))
    named = zip(sheet_names(tables), tables.items(), strict=True)
    notes = [note for title, table in named for note in write_table(book, styles, title, table, most_rows)]
    write_about(first, styles, tables, [*about, *notes])
    write_meanings(new_sheet(book, COLUMNS, (18, 26, 110)), styles, tables)
    return notes


def write_table(
    book: Workbook, styles: Styles, title: str, table: tuple[str, DataFrame], most_rows: int
) -> Iterator[str]:
    """Write one table into as many sheets as it needs; yields what a reader must know about it."""
    name, frame = table
    columns = columns_of(name, frame)
    values = [cell_values(column, frame.iloc[:, place]) for place, column in enumerate(columns)]
    fitting = [[cut_to_fit(one) if isinstance(one, str) else one for one in cells] for cells in values]
    starts = range(0, max(len(frame), 1), most_rows)
    for number, start in enumerate(starts, start=1):
        part = [cells[start : start + most_rows] for cells in fitting]
        widths = [WIDTHS[column.kind] for column in columns]
        sheet = new_sheet(book, title if number == 1 else numbered(title, number), widths)
        write_rows(sheet, styles, columns, zip(*part, strict=True))
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


def write_about(sheet: Worksheet, styles: Styles, tables: dict[str, DataFrame], lines: Sequence[str]) -> None:
    """What the workbook is, and what a row of each table is."""
    write_header(sheet, styles, ("table", "rows", "what a row is"))
    for row, (name, frame) in enumerate(tables.items(), start=1):
        sheet.write_string(row, 0, name)
        sheet.write_number(row, 1, len(frame))
        what = TABLES[name].about if name in TABLES else "A table that you made."
        sheet.write_string(row, 2, what, styles.wrapped)
    for row, line in enumerate(lines, start=len(tables) + 2):
        sheet.write_string(row, 0, line)


def write_meanings(sheet: Worksheet, styles: Styles, tables: dict[str, DataFrame]) -> None:
    """What every column of every table says."""
    write_header(sheet, styles, ("table", "column", "what it says"))
    for row, (table, column, about) in enumerate(meanings(tables), start=1):
        sheet.write_string(row, 0, table)
        sheet.write_string(row, 1, column)
        sheet.write_string(row, 2, about, styles.wrapped)


def meanings(tables: dict[str, DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Table, column and meaning of every column."""
    for name, frame in tables.items():
        for column in columns_of(name, frame):
            yield name, column.name, column.about
