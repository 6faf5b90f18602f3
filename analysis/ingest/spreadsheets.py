"""Tables of articles, one a row: which column is which field is guessed, or told by the analyst."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from analysis.ingest.draft import (
    FIELDS,
    MAX_CHARS,
    Columns,
    Found,
    Refusal,
    Source,
    field_name,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.encoding import decode

MAX_TABLE_BYTES = 200_000_000
LEAST_TEXT_CHARS = 100  # a column with no telling name holds the text if its cells are this long
SAMPLE_ROWS = 20
FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
Row = tuple[int, list[str]]


def read_table(source: Source) -> Iterator[Found]:
    """Comma, semicolon or tab between the cells, a header above them."""
    text = decode(read_limited(source.stream, MAX_TABLE_BYTES))
    header = text.partition("\n")[0]
    delimiter = max("\t,;", key=header.count)
    csv.field_size_limit(MAX_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from table_drafts(((reader.line_num, row) for row in reader), source)
    except csv.Error as error:
        raise ValueError(f"is a broken table at line {reader.line_num} ({error}), expected CSV") from error


def read_workbook(source: Source) -> Iterator[Found]:
    """Every sheet of an Excel file that has a header and rows."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        book = load_workbook(source.stream, read_only=True, data_only=True)
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
        raise ValueError(f"is no Excel file ({error}), expected an .xlsx file that opens") from error
    many = len(book.worksheets) > 1
    for sheet in book.worksheets:
        rows = ((number, cells(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), start=1))
        name = f"{source.name}:{sheet.title}" if many else source.name
        yield from table_drafts(rows, source._replace(name=name))


def cells(row: Iterable) -> list[str]:
    """Cells as text; a day is written as ISO 8601."""
    return [
        "" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell) for cell in row
    ]


def table_drafts(rows: Iterator[Row], source: Source) -> Iterator[Found]:
    """An article a row, after the line that says which columns were read."""
    header = next(((number, row) for number, row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        yield Refusal(source.name, "is empty, expected a header and a row for each article")
        return
    names = [name.strip() for name in header[1]]
    kept = list(rows)
    columns = choose_columns(names, kept[:SAMPLE_ROWS], source.columns)
    yield Columns(source.name, columns)
    day = names.index(columns["published_date"]) if "published_date" in columns else len(names)
    order = figure_order([row[day] for _, row in kept if day < len(row)])
    for number, row in kept:
        dated = [figure_date(cell, order) if i == day else cell for i, cell in enumerate(row)]
        yield row_draft(number, dated, names, columns, source.name)


def figure_order(values: list[str]) -> str | None:
    """Whether days written in figures put the day or the month first, if one of them tells (`13/03/2024`)."""
    figures = [match for value in values if (match := FIGURES.fullmatch(value.strip()))]
    large = {place for match in figures for place in (1, 2) if int(match[place]) > 12}
    return {(1,): "day", (2,): "month"}.get(tuple(large))


def figure_date(value: str, order: str | None) -> str:
    """A day in figures as ISO 8601, if the order is known; any other value as it is."""
    match = FIGURES.fullmatch(value.strip())
    if not match or not order:
        return value
    day, month = (match[1], match[2]) if order == "day" else (match[2], match[1])
    return f"{match[3]}-{int(month):02}-{int(day):02}"


def row_draft(number: int, row: list[str], names: list[str], columns: dict[str, str], name: str) -> Found:
    by_name = dict(zip(names, row, strict=False))
    given = record_fields({field: by_name.get(column, "") for field, column in columns.items()})
    if not given.get("text", "").strip():
        return Refusal(f"{name}:{number}", f"has nothing in the column {columns['text']!r}, expected a text")
    return record_draft(f"{name}:{number}", given)


def choose_columns(names: list[str], sample: list[Row], told: dict[str, str]) -> dict[str, str]:
    """Field to column: as told, else by the names that others give a field, else the text by its length.

    Raises:
        ValueError: a column that was told is not there, or none holds text.
    """
    absent = sorted(set(told.values()) - set(names))
    if absent:
        raise ValueError(f"has no column {absent[0]!r}, expected one of {', '.join(filter(None, names))}")
    columns: dict[str, str] = {}
    for name in sorted(filter(None, names), key=lambda name: name not in FIELDS):
        if field_name(name) in FIELDS and name not in told.values():
            columns.setdefault(field_name(name), name)
    columns |= told
    if "text" not in columns:
        longest = max(names, key=lambda name: mean_length(names.index(name), sample), default="")
        if not longest or mean_length(names.index(longest), sample) < LEAST_TEXT_CHARS:
            raise ValueError(
                f"has no column of texts among {', '.join(filter(None, names)) or 'none'}: "
                "name it with faultline add --map text=COLUMN"
            )
        columns["text"] = longest
    return columns


def mean_length(index: int, sample: list[Row]) -> float:
    lengths = [len(row[index]) for _, row in sample if index < len(row)]
    return sum(lengths) / len(lengths) if lengths else 0.0
