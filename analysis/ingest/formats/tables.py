"""Tables, as text or from Excel: one article per row.

Which column is which field is guessed from its name, unless the analyst named it; a column with an unknown
name holds the text if its cells are long.
"""

import csv
import io
from collections.abc import Iterator

from analysis.ingest.dates import iso_numeric_date, numeric_date_order
from analysis.ingest.draft import (
    FIELDS,
    MAX_CHARS,
    MAX_LIST_BYTES,
    Columns,
    Found,
    Refusal,
    Source,
    field_name,
    parser_errors,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.encoding import decode
from analysis.ingest.formats.archives import check_office_file

MIN_TEXT_CHARS = 100  # on average, of the cells of a column with an unknown name that is taken for the text
SAMPLE_ROWS = 20
Row = tuple[int, list[str]]


def read_table(source: Source) -> Iterator[Found]:
    """One article per row below a header."""
    text = decode(read_limited(source.stream, MAX_LIST_BYTES))
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    csv.field_size_limit(MAX_CHARS)  # of this process, the sandbox
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from table_drafts(((reader.line_num, row) for row in reader), source)
    except csv.Error as error:
        raise ValueError(f"is a broken table at line {reader.line_num} ({error}), expected CSV") from error


def read_workbook(source: Source) -> Iterator[Found]:
    """One article per row, from every sheet that has a header and rows."""
    from openpyxl import load_workbook

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    check_office_file(raw)
    with parser_errors("Excel file"):
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = (
            (number, [cell_text(cell) for cell in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        )
        name = f"{source.name}:{sheet.title}" if len(book.worksheets) > 1 else source.name
        yield from table_drafts(rows, source._replace(name=name))


def cell_text(cell: object) -> str:
    """A cell as text, a date in ISO 8601."""
    return "" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def table_drafts(rows: Iterator[Row], source: Source) -> Iterator[Found]:
    """One article per row, after a note of which columns were read."""
    header = next((row for _, row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        yield Refusal(source.name, "is empty, expected a header and a row for each article")
        return
    names = [name.strip() for name in header]
    body = list(rows)
    columns = choose_columns(names, [row for _, row in body[:SAMPLE_ROWS]], source.columns)
    yield Columns(source.name, columns)
    records = [dict(zip(names, row, strict=False)) for _, row in body]
    order = numeric_date_order([cells.get(columns.get("published_date"), "") for cells in records])
    for (number, _), cells in zip(body, records, strict=True):
        where = f"{source.name}:{number}"
        fields = {field: cells.get(column, "") for field, column in columns.items()}
        given = record_fields(
            {**fields, "published_date": iso_numeric_date(fields.get("published_date", ""), order)}
        )
        if not given.get("text", "").strip():
            yield Refusal(where, f"is empty in the column {columns['text']!r}, expected a text")
            continue
        if "date_name" in given:
            given["date_name"] = columns["published_date"]
        yield record_draft(where, given)


def choose_columns(names: list[str], sample: list[list[str]], named: dict[str, str]) -> dict[str, str]:
    """Field to column: as the analyst named it, else by its name; the longest cells are the text.

    Raises:
        ValueError: a named column does not exist, or no column holds text.
    """
    shown = ", ".join(filter(None, names))
    absent = sorted(set(named.values()) - set(names))
    if absent:
        raise ValueError(f"has no column {absent[0]!r}, expected one of {shown}")
    columns: dict[str, str] = {}
    for name in sorted(filter(None, names), key=lambda name: name not in FIELDS):
        if field_name(name) in FIELDS and name not in named.values():
            columns.setdefault(field_name(name), name)
    columns |= named
    if "text" not in columns:
        lengths = {name: mean_length(names.index(name), sample) for name in names}
        longest = max(names, key=lengths.__getitem__, default="")
        if not longest or lengths[longest] < MIN_TEXT_CHARS:
            raise ValueError(
                f"has no column that holds texts among {shown or 'none'}: "
                "rename that column to text, or name it with faultline add --map text=COLUMN"
            )
        columns["text"] = longest
    return columns


def mean_length(index: int, sample: list[list[str]]) -> float:
    """The mean length of the cells of a column."""
    lengths = [len(row[index]) for row in sample if index < len(row)]
    return sum(lengths) / len(lengths) if lengths else 0.0
