"""What readers of files take and give: articles before the analyst's metadata, and the fields of records."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from analysis.ingest.dates import written_date
from analysis.ingest.texts import without_markup

MAX_BYTES = 20_000_000  # of one file that holds one article
MAX_LIST_BYTES = 200_000_000  # of one file that holds many articles
MAX_CHARS = 5_000_000  # of one text that is read at all: about 800,000 words
MAX_WORDS = 30_000  # of one article: about a hundred pages; more is a book
MAX_TITLE_CHARS = 250  # of a first line that is taken for a title
MAX_NAME_CHARS = 60  # of a column
MAX_FIELD_CHARS = {
    "title": 500,
    "outlet": 200,
    "author": 500,
    "url": 2_000,
    "note": 5_000,
    "language": 100,
    "translated_by": 200,
}

FIELDS = (
    "text",
    "title",
    "published_date",
    "outlet",
    "author",
    "url",
    "original_text",
    "language",
    "translated_by",
)
LEAD = "lead_paragraph"  # of a record, which comes before its text
NAMES_FILE = Path(__file__).parents[1] / "data/ingest/column_names.csv"  # read here without pandas


class Draft(NamedTuple):
    """One article as its file gives it, before the analyst's metadata."""

    path: str
    text: str
    title: str | None = None
    published_date: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    note: str | None = None
    entry_id: str | None = None  # in its feed
    date_name: str | None = None  # what its file calls the date, where that is not read at once
    original_text: str | None = None  # what was translated into `text`
    language: str | None = None  # of the original
    translated_by: str | None = None  # a person or a program


class Refusal(NamedTuple):
    """One row of `rejected`."""

    path: str
    reason: str


class Columns(NamedTuple):
    """Which column of a table was read as which field, for the analyst to see."""

    path: str
    columns: dict[str, str]
    question: str = ""  # what is not sure, and so for the analyst to decide
    answers: str = ""  # the options of `faultline add` that decide it
    rows: tuple[list[str], ...] = ()  # the header and the first ten rows

    def way_out(self, again: str) -> str:
        """What to do about the question: `again` with the options that decide it, or to correct the file."""
        return f"{again} with {self.answers}" if self.answers else "write them alike, such as 2025-03-25"


Found = Draft | Refusal | Columns


class Choices(NamedTuple):
    """How the analyst wants a file to be read."""

    columns: Mapping[str, str] = MappingProxyType({})  # field to column of a table
    order: str = ""  # of day and month in the figures of dates, as in `analysis.ingest.dates`
    is_split: bool = False  # into the chapters of each document


class Source(NamedTuple):
    """What a reader reads: bytes, the name they go by, and what the analyst wants."""

    stream: BinaryIO
    name: str
    choices: Choices = Choices()


class EnclosedFile(NamedTuple):
    """A file inside another, such as an attachment: read by the reader of its own format."""

    name: str
    content: bytes


@contextmanager
def parser_errors(kind: str) -> Iterator[None]:
    """Turn whatever a parser raises on a broken file into a ValueError; `kind` is what was expected."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise ValueError(f"is not a readable {kind} ({error}), expected one that opens") from error


def read_limited(stream: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """All bytes of a stream, or ValueError if it holds more than one article may."""
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        size = stream.seek(0, 2)
        raise ValueError(f"holds {size:,} bytes, expected at most {limit:,} in one article")
    return raw


def first_line_title(text: str) -> str | None:
    """The first line, if it looks like a headline: short, no full stop, a blank line below."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    is_title = first and len(first) <= MAX_TITLE_CHARS and first[-1] not in ".,;:\"”'’"
    return first if is_title and (not rest.strip() or not rest.partition("\n")[0].strip()) else None


def with_title(title: str | None, text: str) -> str:
    """The text under its title, unless it begins with it already: headlines are read too."""
    if not title or text.lstrip().startswith(title.strip()):
        return text
    return f"{title.strip()}\n\n{text}"


def record_fields(record: Mapping[str, object]) -> dict[str, str]:
    """The known fields of a record under our names; other fields, and values that are not text, are ignored.

    Where two keys mean the same field, our own name for it wins, then the first with a value. A date may be a
    number: 20261120.
    """
    known: dict[str, str] = {}
    date_name = "published_date"
    for key in sorted((key for key in record if isinstance(key, str)), key=lambda key: key not in FIELDS):
        field, value = field_name(key), record[key]
        if field == "published_date" and isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if field and isinstance(value, str) and not known.get(field):
            known[field] = value
            date_name = key if field == "published_date" else date_name
    if lead := known.pop(LEAD, ""):
        known["text"] = "\n\n".join(filter(None, (lead, known.get("text"))))
    if known.get("published_date"):
        day = written_date(known["published_date"])
        known |= {"published_date": day} if day else {"date_name": date_name}
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
    """An article from the fields of a record, its text under its title, both without mark-up."""
    given = given | {key: without_markup(given[key]) for key in ("title", "text") if given.get(key)}
    text = with_title(given.get("title"), given.get("text", "")) if given.get("text", "").strip() else ""
    return Draft(name, text, **{key: value or None for key, value in given.items() if key != "text"})
