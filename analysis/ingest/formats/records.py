"""Records with a text and perhaps metadata: JSON, JSON Lines, and tables as text or from Excel.

Of a table the header row is looked for, since exports put a title above it. Which column is which field is
known from its name (`column_names.csv`), unless the analyst named it; a column with an unknown name holds the
text if its cells are long. What is not sure is asked (`Columns.question`).
"""

import csv
import io
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from itertools import islice

from analysis.ingest.dates import DAY_FIRST, MONTH_FIRST, NOT_SURE, figure_order, ordered_date, possible_days
from analysis.ingest.draft import (
    FIELDS,
    MAX_BYTES,
    MAX_LIST_BYTES,
    Choices,
    Columns,
    Draft,
    Found,
    Refusal,
    Source,
    field_name,
    parser_errors,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.formats.documents import check_office_file
from analysis.ingest.texts import decode, not_utf8_reason, parsed_rows

NO_TEXT = "has no text, expected an object with the key text and a string"
MIN_TEXT_CHARS = 100  # on average, of the cells of a column with an unknown name that is taken for the text
HEADER_ROWS = 20  # in which the header is
SAMPLE_ROWS = 20
MIN_DATES = 0.8  # of the filled cells of a column with an unknown name that may hold the dates
SHOWN_ROWS, SHOWN_CHARS = 10, 60
MERGED_AREA = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6})"'
)
Row = tuple[int, list[str]]


def read_jsonl(source: Source) -> Iterator[Found]:
    """One JSON object per line, `text` required; a line that is too long is rejected."""
    number = 0
    while line := source.stream.readline(MAX_BYTES + 1):
        number += 1
        where = f"{source.name}:{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(MAX_BYTES)
            yield Refusal(where, f"holds more than {MAX_BYTES:,} bytes, expected one article per line")
        elif line.strip():
            try:
                record = json.loads(decode(line.removeprefix(b"\xef\xbb\xbf")))
            except UnicodeDecodeError as error:
                yield Refusal(where, not_utf8_reason(error))
            except (ValueError, RecursionError) as error:
                yield Refusal(where, f"is not JSON ({error}), expected one object with a text")
            else:
                yield draft_of(record, where)


def read_json(source: Source) -> Iterator[Found]:
    """One object with a text, or a list of them, perhaps under some key of an object."""
    try:
        value = json.loads(decode(read_limited(source.stream, MAX_LIST_BYTES)))
    except RecursionError as error:
        raise ValueError("is nested too deeply, expected a list of objects with a text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error}), expected a list of objects with a text") from error
    records = value
    if isinstance(value, dict):
        lists = (part for part in value.values() if isinstance(part, list) and part)
        of_objects = next((part for part in lists if isinstance(part[0], dict)), None)
        records = [value] if {"text", "original_text"} & set(record_fields(value)) else of_objects
    if not isinstance(records, list):
        raise ValueError("contains no records, expected a list of objects with the key text")
    for number, record in enumerate(records, start=1):
        yield draft_of(record, f"{source.name}:{number}")


def draft_of(record: object, where: str) -> Draft | Refusal:
    """The article of a record, or the reason why there is none."""
    given = record_fields(record) if isinstance(record, dict) else {}
    return record_draft(where, given) if {"text", "original_text"} & set(given) else Refusal(where, NO_TEXT)


def read_table(source: Source) -> Iterator[Found]:
    """One article per row below a header, which may have a title above it."""
    text = decode(read_limited(source.stream, MAX_LIST_BYTES))

    def header_width(delimiter: str) -> tuple[int, int]:
        first = [
            row for _, row in islice(parsed_rows(text, delimiter), HEADER_ROWS) if any(map(str.strip, row))
        ]
        header = first[header_place(first, source.choices)] if first else []
        return sum(map(bool, map(field_name, header))), len(header)

    try:
        rows = parsed_rows(text, max("\t,;", key=header_width))
        yield from table_drafts(rows, source)
    except csv.Error as error:
        reason, line = error.args
        raise ValueError(f"is a broken table at line {line} ({reason}), expected CSV") from error


def read_workbook(source: Source) -> Iterator[Found]:
    """One article per row, from every sheet that has a header and rows; merged cells count for each row."""
    from openpyxl.reader.excel import ExcelReader

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    check_office_file(raw)
    with parser_errors("Excel file"):
        reader = ExcelReader(io.BytesIO(raw), read_only=True, data_only=True)
        reader.read()
    parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    for sheet in reader.wb.worksheets:
        areas = MERGED_AREA.findall(reader.archive.read(parts[sheet.title]))
        rows = sheet_rows(sheet.iter_rows(values_only=True), [area.decode() for area in areas])
        name = f"{source.name}:{sheet.title}" if len(reader.wb.worksheets) > 1 else source.name
        yield from table_drafts(rows, source._replace(name=name))


def sheet_rows(rows: Iterable[tuple[object, ...]], areas: list[str]) -> Iterator[Row]:
    """Rows as texts; where cells are merged down a column, a row that has other cells gets their value."""
    from openpyxl.utils import range_boundaries

    begins: dict[int, list[tuple[int, int]]] = {}
    for left, top, _, bottom in map(range_boundaries, areas):
        begins.setdefault(top, []).append((left - 1, bottom))
    above: dict[int, tuple[str, int]] = {}  # by column, the value of the merged cells, and their last row
    for number, row in enumerate(rows, start=1):
        cells = ["" if cell is None else iso_cell(cell) for cell in row]
        if any(map(str.strip, cells)):
            for column, (value, bottom) in above.items():
                if number <= bottom and column < len(cells) and not cells[column]:
                    cells[column] = value
        above |= {
            column: (cells[column], bottom)
            for column, bottom in begins.get(number, [])
            if column < len(cells)
        }
        yield number, cells


def iso_cell(cell: object) -> str:
    """A cell as text, a date in ISO 8601."""
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def table_drafts(rows: Iterator[Row], source: Source) -> Iterator[Found]:
    """One article per row, after a note of which columns were read and what is not sure."""
    filled = [(number, row) for number, row in rows if any(map(str.strip, row))]
    if not filled:
        yield Refusal(source.name, "is empty, expected a header and a row for each article")
        return
    place = header_place([row for _, row in filled[:HEADER_ROWS]], source.choices)
    names, body = [" ".join(name.split()) for name in filled[place][1]], filled[place + 1 :]
    last_first = list(enumerate(names))[::-1]  # of two columns with one name the first counts
    records = [{name: row[i] if i < len(row) else "" for i, name in last_first} for _, row in body]
    columns = choose_columns(names, records[:SAMPLE_ROWS], source.choices)
    dates = [cells.get(columns.get("published_date"), "") for cells in records]
    order = source.choices.order or figure_order(dates)
    question, answers = unsure(columns, names, records, order, source.choices)
    if (
        "text" in columns
        and order == NOT_SURE
        and question
        and (both := both_orders(dates, [number for number, _ in body]))
    ):
        question, answers = both, ""
    first = filled[place : place + 1 + SHOWN_ROWS]
    shown = tuple([cell[:SHOWN_CHARS] for cell in row] for _, row in first)
    yield Columns(source.name, columns, question, answers, shown)
    if "text" not in columns:
        yield Refusal(source.name, f"{question}: rename that column to text, or use faultline add {answers}")
        return
    for (number, row), cells in zip(body, records, strict=True):
        where = f"{source.name}:{number}"
        if sum(bool(field_name(cell)) for cell in row) > 1:
            yield Refusal(where, "is a second row of column names, expected an article")
            continue
        fields = {field: cells[column] for field, column in columns.items()}
        try:
            fields["published_date"] = ordered_date(fields.get("published_date", ""), order)
        except ValueError as error:
            yield Refusal(where, f"{columns['published_date']} is {error}")
            continue
        given = record_fields(fields)
        if not given.get("text", "").strip() and not given.get("original_text"):
            yield Refusal(where, f"is empty in the column {columns['text']!r}, expected a text")
            continue
        if "date_name" in given:
            given["date_name"] = columns["published_date"]
        yield record_draft(where, given)


def both_orders(dates: list[str], numbers: list[int]) -> str:
    """That some dates have the day first and others the month, with a row of each; "" if not."""
    shown: dict[str, str] = {}
    for cell, number in zip(dates, numbers, strict=True):
        shown.setdefault(figure_order([cell]), f"{cell.strip()} in row {number}")
    if not {DAY_FIRST, MONTH_FIRST} <= set(shown):
        return ""
    return f"has dates with the day first, {shown[DAY_FIRST]}, and with the month first, {shown[MONTH_FIRST]}"


def header_place(rows: list[list[str]], choices: Choices) -> int:
    """Which of some rows is the header: one about as wide as the others, with the most known names."""
    widths = [sum(map(bool, map(str.strip, row))) for row in rows]
    named = [set(choices.columns.values()) <= {" ".join(cell.split()) for cell in row} for row in rows]
    known = [len(set(map(field_name, row)) - {""}) for row in rows]
    wide = [place for place, width in enumerate(widths) if 2 * width >= max(widths) or named[place]]
    return max(wide, key=lambda place: (named[place], known[place]))


def choose_columns(names: list[str], sample: list[dict[str, str]], choices: Choices) -> dict[str, str]:
    """Field to column: as the analyst named it, else by its name; the longest cells are the text.

    Raises:
        ValueError: a named column does not exist.
    """
    named = dict(choices.columns)
    if absent := sorted(set(named.values()) - set(names)):
        raise ValueError(f"has no column {absent[0]!r}, expected one of {', '.join(filter(None, names))}")
    columns: dict[str, str] = {}
    for name in sorted(filter(None, names), key=lambda name: name not in FIELDS):
        if (field := field_name(name)) and name not in named.values():
            columns.setdefault(field, name)
    columns |= named
    if "text" not in columns and sample:
        free = [name for name in names if name and name not in columns.values()]
        lengths = {name: sum(len(cells[name]) for cells in sample) / len(sample) for name in free}
        longest = max(free, key=lengths.__getitem__, default="")
        columns |= {"text": longest} if longest and lengths[longest] >= MIN_TEXT_CHARS else {}
    return columns


def unsure(
    columns: dict[str, str], names: list[str], records: list[dict[str, str]], order: str, choices: Choices
) -> tuple[str, str]:
    """What the analyst has to decide, and the options of `faultline add` that do it; "" if all is sure."""
    if "text" not in columns:
        shown = ", ".join(filter(None, names)) or "none"
        return f"has no column that holds texts among {shown}", "--map text=COLUMN"
    column = columns.get("published_date")
    example = next(
        (cells[column] for cells in records if column and len(possible_days(cells[column])) > 1), ""
    )
    if order == NOT_SURE and example:
        found = f"has dates such as {example} in the column {column!r}, in which day or month may come first"
        return found, "--day-first or --month-first"
    if "published_date" in columns or choices.columns:
        return "", ""
    for name in (name for name in names if name and name not in columns.values()):
        cells = [cells[name] for cells in records[:SAMPLE_ROWS] if cells[name].strip()]
        if cells and sum(bool(possible_days(cell)) for cell in cells) >= MIN_DATES * len(cells):
            given = ",".join(
                f"{field}={column}" for field, column in {**columns, "published_date": name}.items()
            )
            found = f"has dates in the column {name!r}, whose name is not known"
            return found, f"--map {shlex.quote(given)} (or more: title=, outlet=, author=, url=)"
    return "", ""
