"""What readers of files take and give: articles before the analyst's metadata, or the reason for none."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

MAX_BYTES = 20_000_000  # of one file that holds one article
MAX_LIST_BYTES = 200_000_000  # of one file that holds many articles
MAX_CHARS = 5_000_000  # of one text that is read at all: about 800,000 words
MAX_WORDS = 30_000  # of one article: about a hundred pages; more is a book
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
    *("text", "title", "published_date", "outlet", "author", "url"),
    *("original_text", "language", "translated_by"),
)


class NoArticle(ValueError):
    """Why a reader finds nothing in a file: one sentence without the name of the file."""


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
    rows: Sequence[list[str]] = ()  # the header and the first ten rows


Found = Draft | Refusal | Columns


class Choices(NamedTuple):
    """How the analyst wants a file to be read."""

    columns: Mapping[str, str] = MappingProxyType({})  # field to column of a table
    order: str = ""  # of day and month in the figures of dates, as in `analysis.ingest.dates`


AS_IT_IS = Choices()


class Source(NamedTuple):
    """What a reader reads; one that a reader yields is a file inside another, such as an attachment."""

    raw: bytes
    name: str
    choices: Choices = AS_IT_IS


def first_line_title(text: str) -> str | None:
    """The first line, if it looks like a headline: short, no full stop, a blank line below."""
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    is_title = first and len(first) <= MAX_FIELD_CHARS["title"] // 2 and first[-1] not in ".,;:\"”'’"
    return first if is_title and not rest.partition("\n")[0].strip() else None


def with_title(title: str | None, text: str) -> str:
    """The text under its title, unless it begins with it already: headlines are read too."""
    if not title or text.lstrip().startswith(title.strip()):
        return text
    return f"{title.strip()}\n\n{text}"


def plain_address(address: str) -> str:
    """An address without user name and password, its scheme in small letters; any other text as it is."""
    return re.sub(
        r"(?i)^\s*([a-z][a-z0-9+.-]*:)?//([^/?#]*@)?",
        lambda found: f"{(found[1] or '').lower()}//",
        address,
    )


def is_web_address(text: str) -> bool:
    """Yes if a text begins as the address of a page does."""
    return re.match(r"https?://[^\s/?#]", text, re.IGNORECASE) is not None


def is_permalink(link: str | None) -> bool:
    """Yes if an address is more than that of a site."""
    return re.match(r"(?i)https?://[^/?#]*+/*+(?:[^?#]|\?[^#])", link or "") is not None
