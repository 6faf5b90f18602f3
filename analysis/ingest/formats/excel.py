"""Excel files."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from zipfile import BadZipFile

from analysis.ingest.archive_limits import check_office_file
from analysis.ingest.draft import MAX_LIST_BYTES, Found, read_limited
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.table_rows import table_drafts


def read_workbook(source: Source) -> Iterator[Found]:
    """One article per row, from every sheet that has a header and rows."""
    from openpyxl import load_workbook

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    check_office_file(raw)
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
        BadZipFile,
    ) as error:
        raise ValueError(
            f"is not a readable Excel file ({error}), expected an .xlsx file that opens"
        ) from error
    many = len(book.worksheets) > 1
    for sheet in book.worksheets:
        rows = ((number, cells(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1))
        name = f"{source.name}:{sheet.title}" if many else source.name
        yield from table_drafts(rows, source._replace(name=name))


def cells(row: Iterable) -> list[str]:
    """Cells as text, dates in ISO 8601."""
    return [
        "" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell) for cell in row
    ]


FORMATS = (
    FileFormat(
        "Excel",
        (".xlsx",),
        read_workbook,
        media_types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        is_table=True,
    ),
)
