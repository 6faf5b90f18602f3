"""What readers of files take and give: articles before the analyst's metadata, and the fields of records."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from analysis.ingest.dates import written_date
from analysis.ingest.markup import without_markup

MAX_BYTES = 20_000_000  # of one file that holds one article
MAX_LIST_BYTES = 200_000_000  # of one file that holds many articles
MAX_CHARS = 5_000_000  # of one article: about 800,000 words
MAX_TITLE_CHARS = 250  # of a first line that is taken for a title
MAX_FIELD_CHARS = {"title": 500, "outlet": 200, "author": 500, "url": 2_000, "note": 5_000}
FIELDS = ("text", "title", "published_date", "outlet", "author", "url")
ALIASES = {
    "article": "text",
    "article_text": "text",
    "body": "text",
    "body_text": "text",
    "content": "text",
    "full_text": "text",
    "fulltext": "text",
    "story": "text",
    "headline": "title",
    "heading": "title",
    "date": "published_date",
    "date_published": "published_date",
    "pub_date": "published_date",
    "pubdate": "published_date",
    "publication_date": "published_date",
    "publish_date": "published_date",
    "published": "published_date",
    "published_at": "published_date",
    "publishedat": "published_date",
    "newspaper": "outlet",
    "publication": "outlet",
    "publication_title": "outlet",
    "publisher": "outlet",
    "source": "outlet",
    "source_name": "outlet",
    "byline": "author",
    "authors": "author",
    "link": "url",
}


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


class Refusal(NamedTuple):
    """One row of `rejected`."""

    path: str
    reason: str


class Columns(NamedTuple):
    """Which column of a table was read as which field, for the analyst to see."""

    path: str
    columns: dict[str, str]


Found = Draft | Refusal | Columns


class Source(NamedTuple):
    """What a reader reads: bytes, the name they go by, and the columns the analyst named."""

    stream: BinaryIO
    name: str
    columns: dict[str, str]


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


def record_fields(record: dict) -> dict[str, str]:
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
        if field in FIELDS and isinstance(value, str) and not known.get(field):
            known[field] = value
            date_name = key if field == "published_date" else date_name
    if known.get("published_date"):
        day = written_date(known["published_date"])
        known |= {"published_date": day} if day else {"date_name": date_name}
    return known


def field_name(key: str) -> str:
    """Our name for the field that others call `Headline`, `pub-date` or `body`."""
    plain = re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")
    return ALIASES.get(plain, plain)


def record_draft(name: str, given: dict[str, str]) -> Draft:
    """An article from the fields of a record, its text under its title, both without mark-up."""
    given = given | {key: without_markup(given[key]) for key in ("title", "text") if given.get(key)}
    text = with_title(given.get("title"), given["text"])
    return Draft(name, text, **{key: value or None for key, value in given.items() if key != "text"})
