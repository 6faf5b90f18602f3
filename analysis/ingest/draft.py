"""One article as its file gives it, and the small things that every reader of files needs."""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import BinaryIO, NamedTuple

MAX_BYTES = 20_000_000  # of one file that holds one article
MAX_CHARS = 5_000_000  # of one article: about 800,000 words, a shelf of books
MAX_TITLE_CHARS = 250
LEAST_MARGIN, MOST_MARGIN = 45, 130  # characters of a line that was broken at a margin
WRAPPED_SHARE = 0.6  # of the lines that another follows
SENTENCE_ENDS = '.!?:;"”’)'
FIRST_YEAR, LAST_YEAR = 1800, 2100
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
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
WRITTEN_DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(rf"\b(?P<month>{MONTH}) +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})\b", re.I),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]+(?P<month>{MONTH})[, -]+(?P<year>\d{{4}})\b", re.I
    ),
)


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


def read_limited(stream: BinaryIO, limit: int = MAX_BYTES) -> bytes:
    """All bytes of a stream, or ValueError if it holds more than one article may."""
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        size = raw_size(stream)
        raise ValueError(f"holds {size:,} bytes, expected at most {limit:,} in one article")
    return raw


def raw_size(stream: BinaryIO) -> int:
    return stream.seek(0, 2)


def first_line_title(text: str) -> str | None:
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    is_title = first and len(first) <= MAX_TITLE_CHARS and first[-1] not in ".,;:\"”'’"
    return first if is_title and (not rest.strip() or not rest.partition("\n")[0].strip()) else None


def with_title(title: str | None, text: str) -> str:
    """The text, headed by its title unless it begins with it: headlines are read too."""
    if not title or text.lstrip().startswith(title.strip()):
        return text
    return f"{title.strip()}\n\n{text}"


def record_fields(record: dict) -> dict[str, str]:
    """The known fields of a record under our names; other fields, and values that are no text, are left.

    Where two keys mean the same field, our own name for it wins, then the first that holds anything.
    """
    known: dict[str, str] = {}
    for key in sorted((key for key in record if isinstance(key, str)), key=lambda key: key not in FIELDS):
        field, value = field_name(key), record[key]
        if field in FIELDS and isinstance(value, str) and not known.get(field):
            known[field] = value
    if known.get("published_date"):
        known["published_date"] = written_date(known["published_date"]) or known["published_date"]
    return known


def field_name(key: str) -> str:
    """Our name for the field that others call `Headline`, `pub-date` or `body`."""
    plain = re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")
    return ALIASES.get(plain, plain)


def record_draft(name: str, given: dict[str, str]) -> Draft:
    """An article from the fields of a record, its text headed by its title."""
    text = with_title(given.get("title"), given["text"])
    return Draft(name, text, **{key: value or None for key, value in given.items() if key != "text"})


def written_date(text: str) -> str | None:
    """The first day that a text names with its year, as ISO 8601; figures such as 03/04/2024 tell none.

    A whole ISO 8601 time keeps its own day: zones are not converted.
    """
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        found = (pattern.search(text) for pattern in WRITTEN_DATES)
        days = sorted((match.start(), day) for match in found if match and (day := match_day(match)))
        return days[0][1] if days else None


def parse_date(value: str, where: str, name: str = "published_date") -> date:
    """The day of an ISO 8601 date or time, or ValueError saying where it stands and what it is called."""
    expected = "expected an ISO 8601 date such as 2024-04-20"
    try:
        day = datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise ValueError(f"{where}: {name} is {value!r}, {expected}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(f"{where}: {name} is {value!r}, {expected}, in the years {years}")
    return day


def match_day(match: re.Match) -> str | None:
    parts = match.groupdict()
    month = MONTHS.index(parts["month"][:3].lower()) + 1 if "month" in parts else int(parts["number"])
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None


def is_wrapped(text: str) -> bool:
    """Whether the lines of a plain text were broken at a margin, as mail and agency terminals do.

    Then most lines that another follows at once are long and end in mid-sentence; else each line is a
    paragraph of its own, whatever its length.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    inner = [line for line, following in pairwise(lines) if line and following]
    broken = [line for line in inner if len(line) >= LEAST_MARGIN and line[-1] not in SENTENCE_ENDS]
    longest = max(map(len, lines), default=0)
    return longest <= MOST_MARGIN and len(broken) >= WRAPPED_SHARE * len(inner) and len(broken) > 1


def unwrapped(text: str) -> str:
    """Text whose lines were broken at a margin, with one line a paragraph.

    A blank line or an indented one begins a paragraph, and so does a line after a short one that ends a
    sentence or stands before a capital letter, as headings do.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    margin = 0.8 * lengths[math.ceil(0.9 * (len(lengths) - 1))] if lengths else 0
    return "\n\n".join(" ".join(block) for block in blocks(lines, margin))


def blocks(lines: Iterable[str], margin: float) -> Iterator[list[str]]:
    block: list[str] = []
    before = ""
    for line in lines:
        words = line.strip()
        if block and (not words or begins_paragraph(line, before, margin)):
            yield block
            block = []
        if words:
            block.append(words)
            before = line.rstrip()
    if block:
        yield block


def begins_paragraph(line: str, before: str, margin: float) -> bool:
    if line[0].isspace() and not before[0].isspace():
        return True
    first = line.lstrip()[0]
    return len(before) < margin and (before[-1] in '.!?"”:' or not first.islower())
