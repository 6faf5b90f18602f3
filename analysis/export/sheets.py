"""One sheet of an Excel workbook: a header that stays in view, filters, days as days, links to click."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from analysis.export.cells import Value, begins_like_formula
from analysis.readable.columns import COUNT, DAY, LINK, LONG, NUMBER, SHARE, TEXT, YES_NO, Column
from analysis.readable.sources import web_address

MOST_LINKS: Final = 65_530  # of a sheet that can be clicked
MOST_LINK_CHARS: Final = 2_079
WIDTHS: Final = {TEXT: 22, LONG: 60, DAY: 12, COUNT: 11, NUMBER: 11, SHARE: 11, YES_NO: 12, LINK: 34}
ERROR_VALUES: Final = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
"""Source: ECMA-376 Part 1, 18.18.11: what Excel takes for an error when somebody edits the cell."""


@dataclass(frozen=True)
class Styles:
    """How the cells of a workbook look."""

    header: Format
    day: Format
    share: Format
    link: Format
    quoted: Format  # stays text when somebody edits the cell
    wrapped: Format


def styles_of(book: Workbook) -> Styles:
    """The styles of a workbook, each made once."""
    return Styles(
        header=book.add_format({"bold": True}),
        day=book.add_format({"num_format": "yyyy-mm-dd"}),
        share=book.add_format({"num_format": "0%"}),
        link=book.add_format({"font_color": "#0563C1", "underline": 1}),
        quoted=book.add_format({"quote_prefix": True}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def new_sheet(book: Workbook, title: str, widths: Sequence[float]) -> Worksheet:
    """A sheet whose columns are as wide as given and whose first row stays in view."""
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    return sheet


def write_header(sheet: Worksheet, styles: Styles, names: Sequence[str]) -> None:
    """Write the first row of a sheet."""
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, styles.header)


def write_rows(
    sheet: Worksheet, styles: Styles, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """Write a sheet: a header, then rows, then filters over both.

    Args:
        sheet: empty.
        styles: of its workbook.
        columns: what the values of each row are.
        rows: values that fit into cells.
    """
    write_header(sheet, styles, [column.name for column in columns])
    kinds, links, number = [column.kind for column in columns], 0, 0
    for number, row in enumerate(rows, start=1):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if kind == LINK and links < MOST_LINKS and isinstance(value, str) and is_clickable(value):
                links += 1
                sheet.write_url(number, place, value, styles.link, value)
            elif value is not None and value != "":
                write_cell(sheet, styles, (number, place), kind, value)
    sheet.autofilter(0, 0, number, max(len(columns) - 1, 0))


def is_clickable(address: str) -> bool:
    """Whether Excel takes an address as a link, and the link leads to a page of the web."""
    return 0 < len(address) <= MOST_LINK_CHARS and web_address(address) == address


def write_cell(
    sheet: Worksheet, styles: Styles, where: tuple[int, int], kind: str, value: str | float | date
) -> None:
    """Write one value; a text is never a formula, and stays a text when somebody edits it."""
    if isinstance(value, str):
        is_risky = begins_like_formula(value) or value in ERROR_VALUES
        sheet.write_string(*where, value, styles.quoted if is_risky else None)
    elif kind == DAY:
        sheet.write_datetime(*where, value, styles.day)
    else:
        sheet.write_number(*where, value, styles.share if kind == SHARE else None)
