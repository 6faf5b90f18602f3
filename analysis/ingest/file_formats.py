"""The file formats that are accepted, and how a file is given to the reader of its format.

To accept a new format, write its reader in a module of `analysis.ingest.formats` and add an entry to
`FORMATS`; every command, and the table in docs/adding-articles.md, then knows it. A reader takes a `Source`
and yields what it finds; a ValueError says in one sentence, without the name of the file, why it finds
nothing. What a reader may cost in time and memory is limited by `analysis.ingest.sandbox`, not here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from analysis.ingest.addresses import plain_address
from analysis.ingest.draft import (
    MAX_LIST_BYTES,
    Columns,
    Draft,
    EnclosedFile,
    Found,
    Refusal,
    Source,
    with_title,
)
from analysis.ingest.formats.documents import (
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
from analysis.ingest.formats.records import read_json, read_jsonl, read_table, read_workbook
from analysis.ingest.texts import chapters, not_utf8_reason

OFFICE: Final = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class FileFormat:
    """A kind of file that articles come in."""

    name: str  # as documentation calls it
    endings: tuple[str, ...]  # of file names, in lower case; downloads are saved under the first
    media_types: tuple[str, ...]  # in the Content-Type of a download
    read: Callable[[Source], Iterator[Found | EnclosedFile]]
    is_sandboxed: bool = True  # False only for a reader that runs no third-party parser
    max_bytes: int = MAX_LIST_BYTES  # of a file that is opened at all
    is_table: bool = False  # the analyst may name its columns
    is_feed: bool = False  # its entries may be summaries of pages
    may_be_enclosed: bool = True  # False: never opened inside another file


FORMATS: Final = (
    FileFormat("Plain text", (".txt",), ("text/plain",), read_plain_text, is_sandboxed=False),
    FileFormat("Markdown", (".md",), ("text/markdown",), read_markdown),
    FileFormat("Rich text", (".rtf",), ("application/rtf", "text/rtf"), read_rtf),
    FileFormat("Word", (".docx",), (f"{OFFICE}.wordprocessingml.document",), read_docx),
    FileFormat("PDF with text", (".pdf",), ("application/pdf",), read_pdf),
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
        is_table=True,
    ),
    FileFormat("Excel", (".xlsx",), (f"{OFFICE}.spreadsheetml.sheet",), read_workbook, is_table=True),
    FileFormat("JSON", (".json",), ("application/json",), read_json),
    FileFormat(
        "JSON Lines",
        (".jsonl",),
        ("application/x-ndjson",),
        read_jsonl,
        is_sandboxed=False,
        max_bytes=1_000_000_000,  # it is read line by line
    ),
    FileFormat("ZIP archive of such files", (".zip",), ("application/zip",), read_zip, may_be_enclosed=False),
)
BY_ENDING: Final = {ending: one for one in FORMATS for ending in one.endings}
BY_MEDIA_TYPE: Final = {media_type: one for one in FORMATS for media_type in one.media_types}
NOTHING: Final = "contains no article, expected at least one that is neither blank nor hidden"


def accepted_endings() -> str:
    """The endings of all formats, as a message lists them."""
    return ", ".join(sorted(BY_ENDING))


def ending_of(filename: str) -> str:
    """The ending of a file name in lower case, such as ".txt"; "" for a hidden file or one without."""
    stem, dot, ending = filename.rpartition("/")[2].rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""


def is_table(filename: str) -> bool:
    """Yes if the analyst may name the columns of a file."""
    ending = ending_of(filename)
    return ending in BY_ENDING and BY_ENDING[ending].is_table


def unknown_ending_reason(ending: str) -> str:
    """Why a file whose format is not known is rejected."""
    return f"has {f'the ending {ending}' if ending else 'no ending'}, expected one of {accepted_endings()}"


def read_source(source: Source, ending: str) -> Iterator[Found]:
    """The articles in some bytes, or the reason in one sentence why there are none."""
    file_format = BY_ENDING.get(ending)
    if file_format is None:
        yield Refusal(source.name, unknown_ending_reason(ending))
        return
    is_empty = True
    try:
        for found in file_format.read(source):
            is_empty = is_empty and isinstance(found, Columns)
            if isinstance(found, EnclosedFile):
                yield from read_enclosed(found, source, file_format)
            elif isinstance(found, Draft):
                found = found._replace(url=plain_address(found.url or "") or None)
                yield from chapter_drafts(found) if source.choices.is_split else (found,)
            else:
                yield found
        if is_empty:
            yield Refusal(source.name, NOTHING)
    except UnicodeDecodeError as error:
        yield Refusal(source.name, not_utf8_reason(error))
    except OSError as error:
        yield unopened(source.name, error)
    except ValueError as error:
        yield Refusal(source.name, str(error))
    except RecursionError:
        yield Refusal(source.name, "is nested too deeply, expected an article")


def chapter_drafts(draft: Draft) -> Iterator[Found]:
    """An article for each chapter of a document, or the reason why there is none."""
    found = chapters(draft.text)
    if not found:
        reason = (
            "has no line such as “Chapter 1” or “2. Findings” above a chapter: split it into smaller files"
        )
        yield Refusal(draft.path, reason)
    for number, (heading, text) in enumerate(found, start=1):
        title = " – ".join(filter(None, (draft.title, heading)))
        yield draft._replace(path=f"{draft.path}:{number}", title=title, text=with_title(title, text))


def read_enclosed(file: EnclosedFile, source: Source, container: FileFormat) -> Iterator[Found]:
    """The articles of a file inside another; no archive is opened there, and no message in a message."""
    name = f"{source.name}:{file.name}"
    ending = ending_of(file.name)
    file_format = BY_ENDING.get(ending)
    if file_format and (not file_format.may_be_enclosed or file_format is container):
        yield Refusal(name, f"is a {ending} file inside another file: unpack it and add it separately")
        return
    try:
        yield from read_source(source._replace(stream=BytesIO(file.content), name=name), ending)
    except MemoryError:
        raise
    except Exception as error:  # the other files inside are still read
        yield Refusal(name, parser_reason(error))


def parser_reason(error: Exception) -> str:
    """Why a file is rejected whose parser failed: it may raise anything on a file made to break it."""
    return f"cannot be parsed ({type(error).__name__}: {str(error)[:200]}), expected an intact file"


def unopened(name: str, error: OSError) -> Refusal:
    """The refusal of a file that the system does not open."""
    return Refusal(name, f"cannot be opened ({error.strerror or error}), expected a readable file")
