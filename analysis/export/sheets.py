"""One sheet of an Excel workbook: a header that stays in view, filters, days as days, links to click."""

from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.export.cells import Value, begins_like_formula
from analysis.readable.columns import COUNT, DAY, LINK, LONG, NUMBER, SHARE, TEXT, YES_NO, Column
from analysis.readable.sources import web_address

MOST_LINKS: Final = 65_530  # of a sheet that can be clicked
MOST_LINK_CHARS: Final = 2_079
WIDTHS: Final = {TEXT: 22, LONG: 60, DAY: 12, COUNT: 11, NUMBER: 11, SHARE: 11, YES_NO: 12, LINK: 34}
DAY_FORMAT, PERCENT = "yyyy-mm-dd", "0%"
HEADER, LINKED = Font(bold=True), Font(color="0563C1", underline="single")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


def new_sheet(book: Workbook, title: str, widths: Sequence[float]) -> Worksheet:
    """A sheet whose columns are as wide as given and whose first row stays in view."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    return sheet


def write_rows(
    book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], count: int
) -> Worksheet:
    """Write a sheet: a header, then rows.

    Args:
        book: to which the sheet is added.
        title: of the sheet.
        columns: what the values of each row are.
        rows: values that fit into cells.
        count: how many rows there are, for the filters.
    """
    sheet = new_sheet(book, title, [WIDTHS[column.kind] for column in columns])
    sheet.append([styled(sheet, column.name, font=HEADER) for column in columns])
    kinds, left = [column.kind for column in columns], MOST_LINKS
    kept = [kept_cell(sheet, kind) for kind in kinds]
    for row in rows:
        cells = [cell_of(*one, left) for one in zip(kept, kinds, row, strict=True)]
        left -= sum(getattr(cell, "hyperlink", None) is not None for cell in cells)
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(columns), 1))}{count + 1}"
    return sheet


def kept_cell(sheet: Worksheet, kind: str) -> Cell:
    """A cell with the style of a column, reused for each row, since rows are written one by one."""
    settings = {
        DAY: {"number_format": DAY_FORMAT},
        SHARE: {"number_format": PERCENT},
        LINK: {"font": LINKED},
    }
    return styled(sheet, None, **settings.get(kind, {}))


def cell_of(kept: Cell, kind: str, value: Value, links_left: int) -> Cell | Value:
    """What goes into a row: a plain value, or the cell of its column with the value."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        is_link = kind == LINK and links_left > 0 and is_clickable(value)
        return link(kept, value) if is_link else text(kept.parent, value)
    if kind not in (DAY, SHARE):
        return value
    kept.value = value
    return kept


def is_clickable(address: str) -> bool:
    """Whether Excel takes an address as a link, and the link leads to a page of the web."""
    return len(address) <= MOST_LINK_CHARS and web_address(address) == address


def text(sheet: Worksheet, value: str) -> Cell | str:
    """A cell of text; what begins like a formula, or is the name of an error, is marked as text."""
    if not begins_like_formula(value) and value not in ERROR_CODES:
        return value
    cell = styled(sheet, value, quotePrefix=True)  # it stays text when somebody edits the cell
    cell.data_type = "s"
    return cell


def link(kept: Cell, address: str) -> Cell:
    """The cell of a column of links with an address to click."""
    kept.value, kept.hyperlink = address, address
    return kept


def styled(sheet: Worksheet, value: Value, **settings: object) -> Cell:
    """A cell with openpyxl settings; text in it is never a formula."""
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    for name, setting in settings.items():
        setattr(cell, name, setting)
    return cell
