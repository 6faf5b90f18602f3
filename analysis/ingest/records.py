"""Records with a text and perhaps metadata: JSON, JSON Lines, and tables as text or from Excel.

Which key or column is which field is known from its name (`column_names.csv`). Of a table the header row is
looked for, since exports put a title above it, and the analyst may name the columns; one with an unknown name
holds the text if its cells are long. What is not sure is asked (`Columns.question`).
"""

import csv
import io
import json
import re
import shlex
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from analysis.ingest.dates import NOT_SURE, figure_order, ordered_date, possible_days, written_date
from analysis.ingest.draft import (
    FIELDS,
    Choices,
    Columns,
    Draft,
    Found,
    NoArticle,
    Refusal,
    Source,
    with_title,
)
from analysis.ingest.texts import Row, decode, filled_rows, parsed_rows, without_markup

NAMES_FILE = Path(__file__).parents[1] / "data/ingest/column_names.csv"  # read here without pandas
LEAD = "lead_paragraph"  # of a record, which comes before its text
MAX_NAME_CHARS = 60  # of a column
MIN_TEXT_CHARS = 100  # on average, of the cells of a column with an unknown name that is taken for the text
HEADER_ROWS = 20  # in which the header is
SAMPLE_ROWS, SAMPLE_CHARS = 20, 200_000
MIN_DATES = 0.8  # of the filled cells of a column with an unknown name that may hold the dates
SHOWN_ROWS, SHOWN_CHARS = 10, 60
MERGED_AREA = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3}[1-9]\d{0,6}:[A-Z]{1,3}[1-9]\d{0,6})"'
)


def record_fields(record: Mapping[str, object]) -> dict[str, str]:
    """The known fields of a record under our names, without mark-up; values that are not text are ignored.

    Where two keys mean the same field, our own name for it wins, then the first with a value. A date may be a
    number: 20261120.
    """
    known: dict[str, str] = {}
    for key in sorted((key for key in record if isinstance(key, str)), key=lambda key: key not in FIELDS):
        field, value = field_name(key), record[key]
        if field == "published_date" and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if field and isinstance(value, str) and not known.get(field):
            known[field] = without_markup(value)
    if lead := known.pop(LEAD, ""):
        known["text"] = "\n\n".join(filter(None, (lead, known.get("text"))))
    if known.get("published_date"):
        known["published_date"] = written_date(known["published_date"]) or known["published_date"]
    return known


def field_name(name: str) -> str:
    """Our name for what others call `Headline`, `Überschrift` or `Full Text (EN)`; "" if it is unknown."""
    return column_names().get(plain_words(name), "") if len(name) <= MAX_NAME_CHARS else ""


@cache
def column_names() -> dict[str, str]:
    """Our name for each field by the names that others have for it, in `plain_words`."""
    with NAMES_FILE.open(encoding="utf-8", newline="") as lines:
        known = {plain_words(row["name"]): row["field"] for row in csv.DictReader(lines)}
    return known | {plain_words(field): field for field in FIELDS}


def plain_words(name: str) -> str:
    """The letters of a name without accents, in lower case, and without what is in brackets."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", name)).casefold()
    return "_".join(re.findall(r"[^\W_]+", "".join(one for one in bare if not unicodedata.combining(one))))


def record_draft(name: str, given: dict[str, str]) -> Draft:
    """An article from the fields of a record, its text under its title."""
    text = with_title(given.get("title"), given.get("text", "")) if given.get("text", "").strip() else ""
    return Draft(name, text, **{key: value or None for key, value in given.items() if key != "text"})


def object_draft(record: object, where: str) -> Draft | Refusal:
    """The article of a JSON object, or the reason why there is none."""
    given = record_fields(record) if isinstance(record, dict) else {}
    if {"text", "original_text"} & set(given):
        return record_draft(where, given)
    return Refusal(where, "has no text, expected an object with the key text and a string")


def read_jsonl(source: Source) -> Iterator[Found]:
    """One JSON object per line, `text` required."""
    for number, line in enumerate(source.raw.split(b"\n"), start=1):
        where = f"{source.name}:{number}"
        if line.strip():
            try:
                yield object_draft(json.loads(decode(line)), where)
            except (ValueError, RecursionError) as error:
                broken = f"is not JSON ({error}), expected one object with a text"
                yield Refusal(where, str(error) if isinstance(error, NoArticle) else broken)


def read_json(source: Source) -> Iterator[Found]:
    """One object with a text, or a list of them, perhaps under some key of an object."""
    records = value = json.loads(decode(source.raw))
    if isinstance(value, dict):
        lists = (part for part in value.values() if isinstance(part, list) and part)
        of_objects = next((part for part in lists if isinstance(part[0], dict)), None)
        records = [value] if {"text", "original_text"} & set(record_fields(value)) else of_objects
    if not isinstance(records, list):
        raise NoArticle("contains no records, expected a list of objects with the key text")
    for number, record in enumerate(records, start=1):
        yield object_draft(record, f"{source.name}:{number}")


def read_table(source: Source) -> Iterator[Found]:
    """One article per row below a header, which may have a title above it."""
    text = decode(source.raw)

    def header_width(delimiter: str) -> tuple[int, int]:
        first = filled_rows(parsed_rows(text[:SAMPLE_CHARS], delimiter))[:HEADER_ROWS]
        header = first[header_place(first, source.choices)][1] if first else []
        return len(list(filter(field_name, header))), len(header)

    yield from table_drafts(parsed_rows(text, max("\t,;", key=header_width)), source)


def read_workbook(source: Source) -> Iterator[Found]:
    """One article per row, from every sheet that has a header and rows; merged cells count for each row."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.utils import range_boundaries

    reader = ExcelReader(io.BytesIO(source.raw), read_only=True, data_only=True)
    reader.read()
    parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    for sheet in reader.wb.worksheets:
        rows = [
            (number, ["" if cell is None else str(cell) for cell in row] if any(row) else [])
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
        ]
        for area in MERGED_AREA.findall(reader.archive.read(parts[sheet.title])):
            left, top, _, bottom = range_boundaries(area.decode())
            column = slice(left - 1, left)  # empty where a row is shorter
            for _, row in filled_rows(rows[top:bottom]):
                row[column] = rows[top - 1][1][column] if row[column] else []
        name = f"{source.name}:{sheet.title}" if len(parts) > 1 else source.name
        yield from table_drafts(rows, source._replace(name=name))


def table_drafts(rows: list[Row], source: Source) -> Iterator[Found]:
    """One article per row, after a note of which columns were read and what is not sure."""
    filled = filled_rows(rows)
    if not filled:
        yield Refusal(source.name, "is empty, expected a header and a row for each article")
        return
    place = header_place(filled[:HEADER_ROWS], source.choices)
    names, body = [" ".join(name.split()) for name in filled[place][1]], filled[place + 1 :]
    last_first = list(enumerate(names))[::-1]  # of two columns with one name the first counts
    records = [{name: row[i] if i < len(row) else "" for i, name in last_first} for _, row in body]
    columns = choose_columns(names, records[:SAMPLE_ROWS], source.choices)
    order = source.choices.order or figure_order(
        [cells.get(columns.get("published_date"), "") for cells in records]
    )
    question, answers = unsure(columns, names, records, order, source.choices)
    shown = [[cell[:SHOWN_CHARS] for cell in row] for _, row in filled[place : place + 1 + SHOWN_ROWS]]
    yield Columns(source.name, columns, question, answers, shown)
    if "text" not in columns:
        yield Refusal(source.name, f"{question}: rename that column to text, or use faultline add {answers}")
        return
    for (number, row), cells in zip(body, records, strict=True):
        where = f"{source.name}:{number}"
        fields = {field: cells[column] for field, column in columns.items()}
        try:
            fields["published_date"] = ordered_date(fields.get("published_date", ""), order)
        except ValueError as error:
            yield Refusal(where, f"{columns['published_date']} is {error}")
            continue
        given = record_fields(fields)
        if len(list(filter(field_name, row))) > 1:
            yield Refusal(where, "is a second row of column names, expected an article")
        elif given.get("text", "").strip() or given.get("original_text"):
            yield record_draft(where, given)
        else:
            yield Refusal(where, f"is empty in the column {columns['text']!r}, expected a text")


def header_place(rows: list[Row], choices: Choices) -> int:
    """Which of some rows is the header: one about as wide as the others, with the most known names."""
    widths = [len(list(filter(str.strip, row))) for _, row in rows]
    named = [set(choices.columns.values()) <= {" ".join(cell.split()) for cell in row} for _, row in rows]
    known = [len(set(map(field_name, row)) - {""}) for _, row in rows]
    wide = [place for place, width in enumerate(widths) if 2 * width >= max(widths) or named[place]]
    return max(wide, key=lambda place: (named[place], known[place]))


def choose_columns(names: list[str], sample: list[dict[str, str]], choices: Choices) -> dict[str, str]:
    """Field to column: as the analyst named it, else by its name; the longest cells are the text.

    Raises:
        NoArticle: a named column does not exist.
    """
    named = dict(choices.columns)
    if absent := sorted(set(named.values()) - set(names)):
        raise NoArticle(f"has no column {absent[0]!r}, expected one of {', '.join(filter(None, names))}")
    free = [name for name in reversed(names) if name not in named.values()]
    free.sort(key=FIELDS.__contains__)  # the last one counts: our own name, or the first of the others
    columns = {field_name(name): name for name in free} | named
    columns.pop("", None)
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
    if column := columns.get("published_date"):
        unclear = (cells[column] for cells in records if len(possible_days(cells[column])) > 1)
        example = next(unclear, "") if order == NOT_SURE else ""
        found = f"has dates such as {example} in the column {column!r}, in which day or month may come first"
        return (found, "--day-first or --month-first") if example else ("", "")
    for name in (name for name in names if name and name not in columns.values() and not choices.columns):
        cells = [cells[name] for cells in records[:SAMPLE_ROWS] if cells[name].strip()]
        if cells and len(list(filter(possible_days, cells))) >= MIN_DATES * len(cells):
            known = {**columns, "published_date": name}.items()
            given = shlex.quote(",".join(f"{field}={column}" for field, column in known))
            found = f"has dates in the column {name!r}, whose name is not known"
            return found, f"--map {given} (or more: title=, outlet=, author=, url=)"
    return "", ""
