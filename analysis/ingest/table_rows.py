"""Rows of a table to articles: which column is which field is guessed, unless the analyst named it."""

from collections.abc import Iterator

from analysis.ingest.dates import iso_numeric_date, numeric_date_order
from analysis.ingest.draft import FIELDS, Columns, Found, Refusal, field_name, record_draft, record_fields
from analysis.ingest.file_format import Source

MIN_TEXT_CHARS = 100  # a column with an unknown name holds the text if its cells are this long on average
SAMPLE_ROWS = 20
Row = tuple[int, list[str]]


def table_drafts(rows: Iterator[Row], source: Source) -> Iterator[Found]:
    """One article per row, after a note of which columns were read."""
    header = next(((number, row) for number, row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        yield Refusal(source.name, "is empty, expected a header and a row for each article")
        return
    names = [name.strip() for name in header[1]]
    body = list(rows)
    columns = choose_columns(names, body[:SAMPLE_ROWS], source.columns)
    yield Columns(source.name, columns)
    day = names.index(columns["published_date"]) if "published_date" in columns else len(names)
    order = numeric_date_order([row[day] for _, row in body if day < len(row)])
    for number, row in body:
        dated = [iso_numeric_date(cell, order) if i == day else cell for i, cell in enumerate(row)]
        yield row_draft(number, dated, names, columns, source.name)


def row_draft(number: int, row: list[str], names: list[str], columns: dict[str, str], name: str) -> Found:
    by_name = dict(zip(names, row, strict=False))
    given = record_fields({field: by_name.get(column, "") for field, column in columns.items()})
    if not given.get("text", "").strip():
        return Refusal(f"{name}:{number}", f"is empty in the column {columns['text']!r}, expected a text")
    if "date_name" in given:
        given["date_name"] = columns["published_date"]
    return record_draft(f"{name}:{number}", given)


def choose_columns(names: list[str], sample: list[Row], named: dict[str, str]) -> dict[str, str]:
    """Field to column: as the analyst named it, else by its name; the longest cells are the text.

    Raises:
        ValueError: a named column does not exist, or no column holds text.
    """
    absent = sorted(set(named.values()) - set(names))
    if absent:
        raise ValueError(f"has no column {absent[0]!r}, expected one of {', '.join(filter(None, names))}")
    columns: dict[str, str] = {}
    for name in sorted(filter(None, names), key=lambda name: name not in FIELDS):
        if field_name(name) in FIELDS and name not in named.values():
            columns.setdefault(field_name(name), name)
    columns |= named
    if "text" not in columns:
        longest = max(names, key=lambda name: mean_length(names.index(name), sample), default="")
        if not longest or mean_length(names.index(longest), sample) < MIN_TEXT_CHARS:
            raise ValueError(
                f"has no column that holds texts among {', '.join(filter(None, names)) or 'none'}: "
                "rename that column to text, or name it with faultline add --map text=COLUMN"
            )
        columns["text"] = longest
    return columns


def mean_length(index: int, sample: list[Row]) -> float:
    lengths = [len(row[index]) for _, row in sample if index < len(row)]
    return sum(lengths) / len(lengths) if lengths else 0.0
