"""The file formats that are accepted, and how a file is given to the reader of its format.

To accept a new format, write its reader in `analysis.ingest.documents` or `analysis.ingest.records` and add
an entry to `FORMATS`; every command, and the table in docs/adding-articles.md, then knows it. A reader takes
a `Source` and yields what it finds; a `NoArticle` says in one sentence, without the name of the file, why it
finds nothing, and any other error counts as a broken file. What a reader may cost in time and memory is
limited by `analysis.ingest.sandbox`, not here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from analysis.ingest.addresses import plain_address
from analysis.ingest.documents import (
    read_docx,
    read_feed,
    read_html,
    read_mail,
    read_markdown,
    read_pdf,
    read_plain_text,
    read_rtf,
    read_zip,
)
from analysis.ingest.draft import (
    MAX_BYTES,
    MAX_CHARS,
    MAX_LIST_BYTES,
    Columns,
    Draft,
    Found,
    NoArticle,
    Refusal,
    Source,
    with_title,
)
from analysis.ingest.records import read_json, read_jsonl, read_table, read_workbook
from analysis.ingest.texts import chapters


@dataclass(frozen=True)
class FileFormat:
    """A kind of file that articles come in."""

    name: str  # as documentation calls it
    endings: tuple[str, ...]  # of file names, in lower case; downloads are saved under the first
    media_types: tuple[str, ...]  # in the Content-Type of a download
    read: Callable[[Source], Iterator[Found | Source]]
    max_bytes: int = MAX_BYTES  # of a file that is opened at all
    is_sandboxed: bool = True  # False only for a reader that runs no third-party parser
    is_table: bool = False  # the analyst may name its columns
    is_feed: bool = False  # its entries may be summaries of pages
    may_be_enclosed: bool = True  # False: never opened inside another file


FORMATS: Final = (
    FileFormat("Plain text", (".txt",), ("text/plain",), read_plain_text, is_sandboxed=False),
    FileFormat("Markdown", (".md",), ("text/markdown",), read_markdown),
    FileFormat("Rich text", (".rtf",), ("application/rtf", "text/rtf"), read_rtf, MAX_LIST_BYTES),
    FileFormat(
        "Word",
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        read_docx,
        MAX_LIST_BYTES,
    ),
    FileFormat("PDF with text", (".pdf",), ("application/pdf",), read_pdf, MAX_LIST_BYTES),
    FileFormat("Saved email", (".eml",), ("message/rfc822",), read_mail),
    FileFormat("Saved web page", (".html", ".htm"), ("text/html", "application/xhtml+xml"), read_html),
    FileFormat(
        "RSS or Atom feed",
        (".xml", ".rss", ".atom"),
        ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
        read_feed,
        is_feed=True,
    ),
    FileFormat(
        "Table as text",
        (".csv", ".tsv"),
        ("text/csv", "text/tab-separated-values"),
        read_table,
        MAX_LIST_BYTES,
        is_table=True,
    ),
    FileFormat(
        "Excel",
        (".xlsx",),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        read_workbook,
        MAX_LIST_BYTES,
        is_table=True,
    ),
    FileFormat("JSON", (".json",), ("application/json",), read_json, MAX_LIST_BYTES),
    FileFormat(
        "JSON Lines",
        (".jsonl",),
        ("application/x-ndjson",),
        read_jsonl,
        MAX_LIST_BYTES,
        is_sandboxed=False,
    ),
    FileFormat(
        "ZIP archive", (".zip",), ("application/zip",), read_zip, MAX_LIST_BYTES, may_be_enclosed=False
    ),
)
BY_ENDING: Final = {ending: one for one in FORMATS for ending in one.endings}
BY_MEDIA_TYPE: Final = {media_type: one for one in FORMATS for media_type in one.media_types}


def accepted_endings() -> str:
    """The endings of all formats, as a message lists them."""
    return ", ".join(sorted(BY_ENDING))


def ending_of(filename: str) -> str:
    """The ending of a file name in lower case, such as ".txt"; "" for a hidden file or one without."""
    return PurePath(filename).suffix.lower()


def format_reason(filename: str, size: int, container: FileFormat | None = None) -> str:
    """Why a file is not read, judged by its name and the bytes that it holds; "" if it may be.

    Args:
        filename: decides on the format.
        size: in bytes.
        container: the format of the file that it is in.
    """
    ending = ending_of(filename)
    if ending not in BY_ENDING:
        found = f"the ending {ending}" if ending else "no ending"
        return f"has {found}, expected one of {accepted_endings()}"
    own = BY_ENDING[ending]
    if container and (not own.may_be_enclosed or own is container):
        return f"is a {ending} file inside another file: unpack it and add it separately"
    if size > own.max_bytes:
        return f"holds {size:,} bytes, expected at most {own.max_bytes:,}: split it into smaller files"
    return "" if size else "is empty, expected the text of an article"


def is_table(filename: str) -> bool:
    """Yes if the analyst may name the columns of a file."""
    return ending_of(filename) in BY_ENDING and BY_ENDING[ending_of(filename)].is_table


def read_source(source: Source, filename: str, container: FileFormat | None = None) -> Iterator[Found]:
    """The articles in some bytes, or the reason in one sentence why there are none.

    Args:
        source: the bytes; files inside are read as well, but no archive there, and no message in a message.
        filename: decides on the format.
        container: the format of the file that it is in.

    Raises:
        MemoryError: there is not enough memory to read it.
    """
    reason = format_reason(filename, len(source.raw), container)
    if reason or source.raw.startswith(b"\xd0\xcf\x11\xe0"):
        old = "is locked with a password or in an old format: save it without a password as .docx or .xlsx"
        yield Refusal(source.name, reason or old)
        return
    own, is_empty = BY_ENDING[ending_of(filename)], True
    try:
        for found in own.read(source):
            is_empty = is_empty and isinstance(found, Columns)
            if isinstance(found, Source):
                yield from read_source(found._replace(choices=source.choices), found.name, own)
            elif not isinstance(found, Draft):
                yield found
            elif len(found.text) > MAX_CHARS:
                reason = f"holds {len(found.text):,} characters, expected at most {MAX_CHARS:,}"
                yield Refusal(found.path, reason)
            else:
                found = found._replace(url=plain_address(found.url or "") or None)
                yield from chapter_drafts(found) if source.choices.is_split else (found,)
        if is_empty:
            reason = "contains no article, expected at least one that is neither blank nor hidden"
            yield Refusal(source.name, reason)
    except NoArticle as error:
        yield Refusal(source.name, str(error))
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything on a file made to break it
        reason = str(error)[:200] or type(error).__name__
        yield Refusal(source.name, f"cannot be read as {own.name} ({reason}), expected an intact file")


def chapter_drafts(draft: Draft) -> Iterator[Found]:
    """An article for each chapter of a document, or the reason why there is none."""
    found = chapters(draft.text)
    if not found:
        reason = "has no line such as “Chapter 1” or “2. Findings” above a chapter"
        yield Refusal(draft.path, f"{reason}: split it into smaller files")
    for number, (heading, text) in enumerate(found, start=1):
        title = " – ".join(filter(None, (draft.title, heading)))
        yield draft._replace(path=f"{draft.path}:{number}", title=title, text=with_title(title, text))
