"""An Excel workbook: a sheet that says what it is, one for each table, and one that explains every column.

Every text is stored as text: one that begins like a formula also stays text when somebody edits its cell.

Source: OWASP, CSV Injection, for the characters that begin a formula; ECMA-376 Part 1, 22.4.2.4, for those
that XML cannot hold; Excel specifications and limits (Microsoft) for the size of sheets and cells.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from analysis.ingest.whole_files import scratch_folder
from analysis.phrasing import counted
from analysis.readable.columns import COUNT, DAY, LINK, LONG, NUMBER, SHARE, TABLES, TEXT, YES_NO, Column
from analysis.readable.tables import web_address

MAX_ROWS: Final = 1_048_575  # of a sheet of Excel, its header apart
MAX_UNITS: Final = 32_767  # UTF-16 code units in one cell of Excel
CUT_MARK: Final = " … (cut)"
MAX_LINKS, MAX_LINK_CHARS = 65_530, 2_079  # of a sheet that can be clicked, and of each
MAX_NAME_CHARS: Final = 31  # of the name of a sheet
FIRST_YEAR: Final = 1900  # of Excel's calendar
FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
ERROR_VALUES: Final = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
"""Source: ECMA-376 Part 1, 18.18.11: what Excel takes for an error when somebody edits the cell."""
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Characters removed from every cell: control characters, direction marks, halves of characters."""
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\<>|\"\x00-\x1f\x7f-\x9f]+")  # in names of sheets and files
RESERVED: Final = ("history", "about", "columns")  # by Excel, and by the sheets besides the tables
FIXED_MOMENT: Final = datetime(2000, 1, 1)  # so that the same tables make the same bytes
WIDTHS: Final = {TEXT: 22, LONG: 60, DAY: 12, COUNT: 11, NUMBER: 11, SHARE: 11, YES_NO: 12, LINK: 34}
STYLES: Final = {
    "header": {"bold": True},
    DAY: {"num_format": "yyyy-mm-dd"},
    SHARE: {"num_format": "0%"},
    LINK: {"font_color": "#0563C1", "underline": 1},
    "quoted": {"quote_prefix": True},  # stays text when somebody edits the cell
    "wrapped": {"text_wrap": True, "valign": "top"},
}
Value = str | int | float | bool | date | None


def columns_of(name: str, frame: pd.DataFrame) -> list[tuple[Column, list[Value]]]:
    """Each column of a table as declared, or else inferred from its values, with the values of its cells.

    Args:
        name: of the table, perhaps one of `columns.TABLES`.
        frame: its rows.

    Raises:
        ValueError: two columns have the same name.
    """
    declared = {column.name: column for column in (TABLES[name].columns if name in TABLES else ())}
    found = [
        (declared.get(one) or Column(clean_text(one), kind_of(values), "a column that you added"), values)
        for one, values in frame.items()
    ]
    names = [column.name for column, _ in found]
    if len(set(names)) < len(names):
        twice = next(one for one in names if names.count(one) > 1)
        raise ValueError(f"{name} has two columns called {twice!r}, expected different names: rename one")
    return [
        (column, [cell_value(column.kind, value) for value in values.astype(object)])
        for column, values in found
    ]


def kind_of(values: pd.Series) -> str:
    """The kind of column for some values."""
    if pd.api.types.is_bool_dtype(values):
        return YES_NO
    if pd.api.types.is_datetime64_dtype(values) and (values.dropna().dt.normalize() == values.dropna()).all():
        return DAY
    if pd.api.types.is_numeric_dtype(values):
        return COUNT if pd.api.types.is_integer_dtype(values) else NUMBER
    return TEXT


def cell_value(kind: str, value: object) -> Value:
    """A value as a cell holds it, None where it is missing; a text where Excel has no such day or number."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if kind == DAY:
        day = value.date() if hasattr(value, "date") else value
        return day if getattr(day, "year", 0) >= FIRST_YEAR else clean_text(day)
    if kind in (COUNT, NUMBER, SHARE) and math.isfinite(float(value)):
        return int(value) if float(value).is_integer() else float(value)
    return bool(value) if kind == YES_NO else clean_text(value)


def clean_text(value: object) -> str:
    """Text on one line, without control characters."""
    return CONTROLS.sub("", re.sub(r"[\r\n\t]+", " ", str(value)))


def begins_like_formula(text: str) -> bool:
    """Yes if a spreadsheet could take a text for a formula, even after leading blanks."""
    return text.lstrip().startswith(FORMULA_STARTS)


def meanings(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Table, column and meaning of every column."""
    for name, frame in tables.items():
        yield from ((name, column.name, column.about) for column, _ in columns_of(name, frame.head(0)))


def sheet_names(names: Iterable[object]) -> list[str]:
    """A name for the sheet or file of each table, as Excel and file systems take it.

    No two are the same, ignoring case: "events", "events 2".
    """
    found: list[str] = []
    for name in names:
        usable = FORBIDDEN.sub(" ", str(name)).strip(" '.")[: MAX_NAME_CHARS - 4].strip(" '.") or "table"
        free, number = usable, 2
        while free.lower() in {one.lower() for one in (*RESERVED, *found)}:
            free, number = f"{usable} {number}", number + 1
        found.append(free)
    return found


def write_workbook(
    tables: dict[str, pd.DataFrame], path: Path | BytesIO, *, about: Sequence[str] = ()
) -> list[str]:
    """Write tables into an Excel file; the same tables make the same bytes.

    Args:
        tables: by name, in the order of the sheets.
        path: of the file, or memory for its bytes.
        about: sentences for the first sheet.

    Returns:
        Sentences on what did not fit into a sheet: rows left out, cells cut, addresses not clickable.

    Raises:
        OSError: the file, or a temporary one, cannot be written.
        ValueError: a table has two columns of the same name.
    """
    notes: list[str] = []
    with scratch_folder() as rows_folder:
        book = Workbook(path, {"constant_memory": True, "tmpdir": str(rows_folder)})
        book.set_properties({"created": FIXED_MOMENT, "author": "Faultline"})
        styles = {name: book.add_format(look) for name, look in STYLES.items()}

        def sheet_of(title: str, columns: Sequence[tuple[str, float]]) -> Worksheet:
            """A sheet with a header that stays in view: the names of its columns with their widths."""
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for place, (name, width) in enumerate(columns):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, name, styles["header"])
            return sheet

        first = sheet_of("about", [("table", 28), ("rows", 12), ("what a row is", 110)])
        for title, (name, frame) in zip(sheet_names(tables), tables.items(), strict=True):
            columns = columns_of(name, frame.head(MAX_ROWS))
            sheet = sheet_of(title, [(column.name, WIDTHS[column.kind]) for column, _ in columns])
            sheet.autofilter(0, 0, min(len(frame), MAX_ROWS), max(len(columns) - 1, 0))
            notes += (f"{title}: {note}" for note in write_rows(sheet, styles, columns))
            if len(frame) > MAX_ROWS:
                notes.append(
                    f"{title}: only the first {MAX_ROWS:,} rows fit into a sheet; write .csv instead"
                )
        for row, (name, frame) in enumerate(tables.items(), start=1):
            what = TABLES[name].about if name in TABLES else "A table that you made."
            first.write_string(row, 0, name)
            first.write_number(row, 1, len(frame))
            first.write_string(row, 2, what, styles["wrapped"])
        for row, line in enumerate([*about, *notes], start=len(tables) + 2):
            first.write_string(row, 0, line)
        last = sheet_of("columns", [("table", 18), ("column", 26), ("what it says", 110)])
        for row, cells in enumerate(meanings(tables), start=1):
            for place, cell in enumerate(cells):
                last.write_string(row, place, cell, styles["wrapped"])
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # an OSError, which the library packs into its own
    return notes


def write_rows(
    sheet: Worksheet, styles: dict[str, object], columns: Sequence[tuple[Column, list[Value]]]
) -> Iterator[str]:
    """Write values below the header; yields what a reader must know about those that did not fit.

    A text is never a formula, and stays a text when somebody edits it.
    """
    kinds, links, unlinked, cut = [column.kind for column, _ in columns], 0, 0, 0
    for number, row in enumerate(zip(*(values for _, values in columns), strict=True), start=1):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, bool):
                sheet.write_string(number, place, "yes" if value else "no")
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value, styles[DAY])
            elif not isinstance(value, str):
                sheet.write_number(number, place, value, styles.get(kind))
            elif kind == LINK and web_address(value) == value:
                if links < MAX_LINKS and len(value) <= MAX_LINK_CHARS:
                    links += 1
                    sheet.write_url(number, place, value, styles[LINK], value)
                else:
                    unlinked += 1
                    sheet.write_string(number, place, cut_to_fit(value))
            else:
                is_risky = begins_like_formula(value) or value in ERROR_VALUES
                sheet.write_string(number, place, cut_to_fit(value), styles["quoted"] if is_risky else None)
                cut += cut_to_fit(value) != value
    if cut:
        yield f"{counted(cut, 'cell')} cut to the {MAX_UNITS:,} characters that a cell of Excel holds."
    if unlinked:
        limits = f"{MAX_LINKS:,} links in a sheet, of {MAX_LINK_CHARS:,} characters each"
        yield f"some addresses cannot be clicked, because Excel takes {limits}."


def cut_to_fit(text: str) -> str:
    """A text that fits into a cell of Excel, which counts UTF-16 units; if it was cut, its end says so."""
    if len(text) * 2 <= MAX_UNITS or len(units := text.encode("utf-16-le")) // 2 <= MAX_UNITS:
        return text
    return units[: (MAX_UNITS - len(CUT_MARK)) * 2].decode("utf-16-le", errors="ignore") + CUT_MARK
