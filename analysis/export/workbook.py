"""An Excel workbook: a sheet that says what it is, one for each table, and one that explains every column.

Every text is stored as text: one that begins like a formula also stays text when somebody edits its cell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pandas import DataFrame
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.export.cells import Value, begins_like_formula, columns_of, cut_to_fit, values_by_column
from analysis.phrasing import counted
from analysis.readable.columns import COUNT, DAY, LINK, LONG, NUMBER, SHARE, TABLES, TEXT, YES_NO
from analysis.readable.sources import web_address

MAX_ROWS: Final = 1_048_575  # of a sheet of Excel, its header apart
MAX_LINKS, MAX_LINK_CHARS = 65_530, 2_079  # of a sheet that can be clicked, and of each
MAX_NAME_CHARS, NUMBER_CHARS = 31, 4  # of the name of a sheet, and of a number behind it
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\<>|\"\x00-\x1f\x7f-\x9f]+")  # in names of sheets and files
RESERVED: Final = ("history", "about", "columns")  # by Excel, and by the sheets besides the tables
FIXED_MOMENT: Final = datetime(2000, 1, 1)  # so that the same tables make the same bytes
WIDTHS: Final = {TEXT: 22, LONG: 60, DAY: 12, COUNT: 11, NUMBER: 11, SHARE: 11, YES_NO: 12, LINK: 34}
ERROR_VALUES: Final = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
"""Source: ECMA-376 Part 1, 18.18.11: what Excel takes for an error when somebody edits the cell."""
STYLES: Final = {
    "header": {"bold": True},
    DAY: {"num_format": "yyyy-mm-dd"},
    SHARE: {"num_format": "0%"},
    LINK: {"font_color": "#0563C1", "underline": 1},
    "quoted": {"quote_prefix": True},  # stays text when somebody edits the cell
    "wrapped": {"text_wrap": True, "valign": "top"},
}


def write_workbook(
    tables: dict[str, DataFrame], path: Path, *, about: Sequence[str] = (), most_rows: int = MAX_ROWS
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
    with TemporaryDirectory() as rows_folder:
        book = Workbook(path, {"constant_memory": True, "tmpdir": rows_folder})
        book.set_properties({"created": FIXED_MOMENT, "author": "Faultline"})
        styles = {name: book.add_format(look) for name, look in STYLES.items()}
        first = new_sheet(book, styles, "about", [("table", 28), ("rows", 12), ("what a row is", 110)])
        named = zip(sheet_names(tables), tables.items(), strict=True)
        notes = [
            note for title, table in named for note in write_table(book, styles, title, table, most_rows)
        ]
        for row, (name, frame) in enumerate(tables.items(), start=1):
            what = TABLES[name].about if name in TABLES else "A table that you made."
            first.write_string(row, 0, name)
            first.write_number(row, 1, len(frame))
            first.write_string(row, 2, what, styles["wrapped"])
        for row, line in enumerate([*about, *notes], start=len(tables) + 2):
            first.write_string(row, 0, line)
        last = new_sheet(book, styles, "columns", [("table", 18), ("column", 26), ("what it says", 110)])
        for row, (table, column, meaning) in enumerate(meanings(tables), start=1):
            last.write_string(row, 0, table)
            last.write_string(row, 1, column)
            last.write_string(row, 2, meaning, styles["wrapped"])
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # an OSError, which the library packs into its own
    return notes


def sheet_names(names: Iterable[object]) -> list[str]:
    """A name for the sheet or file of each table, as Excel and file systems take it.

    No two are the same, ignoring case: "events", "events 2".
    """
    found: list[str] = []
    for name in names:
        usable = FORBIDDEN.sub(" ", str(name)).strip(" '.")[:MAX_NAME_CHARS].strip(" '.") or "table"
        free, number = usable, 2
        while free.lower() in {one.lower() for one in (*RESERVED, *found)}:
            free, number = numbered(usable, number), number + 1
        found.append(free)
    return found


def numbered(name: str, number: int) -> str:
    """ "topics 2" for the second part of a table."""
    return f"{name[: MAX_NAME_CHARS - NUMBER_CHARS]} {number}"


def new_sheet(
    book: Workbook, styles: dict[str, Format], title: str, columns: Sequence[tuple[str, float]]
) -> Worksheet:
    """A sheet with a header that stays in view: the names of its columns with their widths."""
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, styles["header"])
    return sheet


def write_table(
    book: Workbook, styles: dict[str, Format], title: str, table: tuple[str, DataFrame], most_rows: int
) -> Iterator[str]:
    """Write one table into as many sheets as it needs; yields what a reader must know about it."""
    name, frame = table
    columns = columns_of(name, frame)
    kinds, heads = [column.kind for column in columns], [(one.name, WIDTHS[one.kind]) for one in columns]
    values = values_by_column(columns, frame)
    fitting = [[cut_to_fit(one) if isinstance(one, str) else one for one in cells] for cells in values]
    starts = range(0, max(len(frame), 1), most_rows)
    for number, start in enumerate(starts, start=1):
        sheet = new_sheet(book, styles, title if number == 1 else numbered(title, number), heads)
        part = [cells[start : start + most_rows] for cells in fitting]
        write_rows(sheet, styles, kinds, zip(*part, strict=True))
        last = min(len(frame) - start, most_rows)
        sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
    if len(starts) > 1:
        further = counted(len(starts) - 1, "further sheet")
        yield f"{title} has more rows than a sheet of Excel holds, so it continues on {further}."
    pairs = zip(values, fitting, strict=True)
    cut = sum(a is not b for before, after in pairs for a, b in zip(before, after, strict=True))
    if cut:
        yield f"{title}: {counted(cut, 'cell')} cut to the 32,767 characters that a cell of Excel holds."
    linked = (cells for kind, cells in zip(kinds, values, strict=True) if kind == LINK)
    addresses = [address for cells in linked for address in cells if address]
    if len(addresses) > MAX_LINKS or any(len(address) > MAX_LINK_CHARS for address in addresses):
        limits = f"{MAX_LINKS:,} links in a sheet, of {MAX_LINK_CHARS:,} characters each"
        yield f"{title}: some addresses cannot be clicked, because Excel takes {limits}."


def write_rows(
    sheet: Worksheet, styles: dict[str, Format], kinds: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    """Write values below the header; a text is never a formula, and stays a text when somebody edits it."""
    links = 0
    for number, row in enumerate(rows, start=1):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if value is None or value == "":
                continue
            is_link = kind == LINK and len(value) <= MAX_LINK_CHARS and web_address(value) == value
            if is_link and links < MAX_LINKS:
                links += 1
                sheet.write_url(number, place, value, styles[LINK], value)
            elif isinstance(value, str):
                is_risky = begins_like_formula(value) or value in ERROR_VALUES
                sheet.write_string(number, place, value, styles["quoted"] if is_risky else None)
            elif kind == DAY:
                sheet.write_datetime(number, place, value, styles[DAY])
            else:
                sheet.write_number(number, place, value, styles.get(kind))


def meanings(tables: dict[str, DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Table, column and meaning of every column."""
    for name, frame in tables.items():
        for column in columns_of(name, frame):
            yield name, column.name, column.about
