"""The file formats that are accepted, and how one is added.

To add a format:

1. Write its reader below. It takes a `Source` (the bytes and the name of a file) and yields what it finds: a
   `Draft` for each article, with a `path` such as "list.json:3" if there may be several; a `Refusal` for a
   record that holds none; a `Source` for each file inside; or `Columns`, which say as what the columns of a
   table were taken. `analysis.ingest.draft` has all four. If the whole file holds nothing, it raises
   `NoArticle` with the reason in one sentence, without the name of the file; any other error counts as a
   broken file. Its docstring is what docs/adding-articles.md says of it.
2. Add an entry to `FORMATS`: every command and the form then know it, and after `make docs` that page, too.
   If its files begin with bytes of their own, give these as `begins`. One that is packed as a ZIP archive, as
   .docx and .epub are, needs `begins=PACKED`, or each of its files is refused as a .zip with a wrong ending.
   Put it above `ZIP archive`, and say what bytes it `holds` that other archives do not.
3. Add a sample to tests/fixtures, or a binary one to tests/samples.py, and what must be read from it to
   tests/ingest/test_formats.py.

A library that is needed for one format only is imported when the first such file is read, and goes into
`pyproject.toml` and the lock (`make lock`). Old Office files are refused before any reader sees them. The
readers of records (JSON, tables) are in `analysis.ingest.records`, the layouts of exports of news databases
in `analysis.ingest.exports`. What a reader may cost in time and memory is limited by
`analysis.ingest.sandbox`, where it can use neither the network nor other programs, nor write a file.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.policy import default
from io import BytesIO
from pathlib import PurePath, PurePosixPath
from typing import Final
from zipfile import ZipFile

from analysis.ingest.dates import written_date
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
    first_line_title,
    plain_address,
    with_title,
)
from analysis.ingest.exports import find_export
from analysis.ingest.records import (
    read_json,
    read_jsonl,
    read_table,
    read_workbook,
    record_draft,
    record_fields,
)
from analysis.ingest.texts import (
    decode,
    html_paragraphs,
    html_text,
    is_wrapped,
    unwrapped,
    without_markup,
)


def read_zip(source: Source) -> Iterator[Refusal | Source]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    archive = ZipFile(BytesIO(source.raw))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        where = f"{source.name}:{member.filename}"
        if ".." in parts or parts[:1] == ("/",) or re.match(r"[A-Za-z]:", member.filename):
            yield Refusal(where, "has a path that leads out of its archive, expected a path inside it")
        elif (member.external_attr >> 16) & 0o170000 == 0o120000:
            yield Refusal(where, "is a link inside an archive, expected the file itself")
        elif not member.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield Source(archive.read(member), where)


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(source.raw)
    plain = unwrapped(text) if is_wrapped(text) else text
    yield from find_export(text, source.name) or [Draft(source.name, plain, first_line_title(plain))]


def read_markdown(source: Source) -> Iterator[Found]:
    """One article without its mark-up; `key: value` lines between two `---` give its metadata."""
    from markdown_it import MarkdownIt

    text = decode(source.raw).replace("\r\n", "\n")
    given: dict[str, str] = {}
    if front := re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, flags=re.DOTALL):
        text = text[front.end() :]
        pairs = (line.partition(":") for line in front[1].split("\n"))
        given = record_fields({key.strip(): value.strip().strip("\"'") for key, _, value in pairs})
    plain = html_paragraphs(MarkdownIt("commonmark").render(text))
    given.setdefault("title", first_line_title(plain) or "")
    yield record_draft(source.name, {**given, "text": plain})


def read_rtf(source: Source) -> Iterator[Found]:
    """The articles of an export of any known layout, or one article."""
    from striprtf.striprtf import rtf_to_text

    if not source.raw.lstrip().startswith(b"{\\rtf"):
        raise NoArticle("is not rich text, expected a file that begins with {\\rtf")
    lines = rtf_to_text(source.raw.decode("cp1252", errors="replace"), errors="replace")
    text = "\n\n".join(line.strip() for line in lines.split("\n") if line.strip())
    yield from find_export(lines, source.name) or [Draft(source.name, text, first_line_title(text))]


def read_docx(source: Source) -> Iterator[Found]:
    """The articles of an export of any known layout, or one titled by its properties or first line."""
    from docx import Document
    from docx.table import Table

    document = Document(BytesIO(source.raw))
    lines, title = [], document.core_properties.title or None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if not title and block.style and block.style.name in ("Title", "Heading 1"):
                title = block.text
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    title = title or first_line_title(text)
    yield from find_export("\n".join(lines), source.name) or [
        Draft(source.name, with_title(title, text), title)
    ]


def read_pdf(source: Source) -> Iterator[Found]:
    """One article, titled by its properties if the text begins with that title, else by its first line."""
    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(source.raw))
    if pdf.is_encrypted:
        raise NoArticle("is locked with a password: save it without one")
    pages = [[line.rstrip() for line in page.extract_text().split("\n")] for page in pdf.pages]
    page_number = r"(?i)\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*"
    edges = [line for lines in pages for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(edges) if len(pages) > 2 and edges.count(line) > len(pages) / 2}
    lines = [
        line for page in pages for line in page if line not in running and not re.fullmatch(page_number, line)
    ]
    # Words that were broken at the end of a line are joined; "two- and three-year terms" keeps its hyphen.
    text = re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(lines)))
    if not text:
        raise NoArticle("is a PDF without text, perhaps a scan: run OCR on it first")
    described = str((pdf.metadata or {}).get("/Title") or "").strip()
    is_title = described and " ".join(text[: 2 * len(described)].split()).startswith(described)
    yield Draft(source.name, text, described if is_title else first_line_title(text))


FORWARDED: Final = re.compile(
    r"(?im)^-+ ?(?:forwarded|original) message ?-+\n+"
    r"((?:(?:from|date|sent|subject|to|cc):.*\n(?:[ \t]+\S.*\n)*\n*)+)"
)
"""The line above a forwarded message, and the header of that message."""


def read_mail(source: Source) -> Iterator[Found | Source]:
    """One article from the subject, date and text of a message, and the files attached to it.

    Below a line such as `-- Forwarded message --` or `-- Original Message --`, the last one counts: these are
    those of the message that it begins, and what is above is left out. Only a mailing (it has a List-Id or
    says how to unsubscribe) names its sender as the outlet: any other message may come from a colleague.
    """
    message = message_from_bytes(source.raw, policy=default)
    if not message.keys():
        raise NoArticle("is not an email, expected a message with a header")
    part, text, told = message.get_body(("plain", "html")), "", message
    if part and part.get_content_maintype() == "text":
        text = decode(part.get_payload(decode=True), part.get_content_charset())
        is_html = part.get_content_subtype() == "html"
        text = html_paragraphs(text) if is_html else text.partition("\n-- \n")[0].replace("\r\n", "\n")
        if forwarded := [*FORWARDED.finditer(text)]:
            told = message_from_string(re.sub(r"\n+", "\n", forwarded[-1][1]), policy=default)
            text = text[forwarded[-1].end() :]
        text = text if is_html else unwrapped(text)
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    if not text.strip() and not attached:
        raise NoArticle("is an email without text, expected one that contains an article")
    if text.strip():
        subject, sender = str(told["subject"] or "").strip(), message["from"]
        is_mailing = message["list-id"] or message["list-unsubscribe"]
        outlet = sender.addresses[0].display_name if is_mailing and sender and sender.addresses else None
        day = written_date(str(told["date"] or told["sent"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, outlet or None)
    for part in attached:
        yield Source(part.get_payload(decode=True) or b"", f"{source.name}:{part.get_filename()}")


def read_html(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or the one that trafilatura finds, with the metadata of the page."""
    from lxml import etree
    from trafilatura import bare_extraction, load_html  # takes half a second, and most corpora hold no page

    declared = re.search(
        rb"<meta[^>]{0,200}charset=[\"']?(?!utf-?8)([\w-]{3,20})", source.raw[:4_096], re.IGNORECASE
    )
    text = decode(source.raw, declared[1].decode() if declared else None)
    if export := "Document " in text and find_export(html_text(text), source.name):
        yield from export
        return
    if (tree := load_html(text)) is not None:
        for heading in tree.iter("h1", "h2"):  # trafilatura takes all in it for the title
            etree.strip_elements(heading, "script", "style", with_tail=False)
    # Only a date that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        tree,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise NoArticle("has no article text, expected a saved article page")
    title = without_markup(page.title or "")
    yield Draft(
        source.name,
        with_title(title, page.text.replace("\n", "\n\n")),
        *(title, page.date, page.sitename, page.author, page.url),
    )


def read_feed(source: Source) -> Iterator[Found]:
    """One article per entry, as complete as the feed has it."""
    import feedparser

    feed = feedparser.parse(BytesIO(source.raw))
    if not feed.get("version") or not feed.entries:
        raise NoArticle("is no feed with entries, expected RSS or Atom")
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{source.name}:{number}"
        markup = next((part.value for part in entry.get("content", ())), entry.get("summary"))
        text, title = html_paragraphs(markup or ""), html_paragraphs(entry.get("title") or "")
        if not text.strip():
            yield Refusal(where, "is an entry without text, expected content or a summary")
            continue
        # The day in the time zone of the entry; what feedparser makes of it is the day in Greenwich.
        day = written_date(entry.get("published") or entry.get("updated") or "")
        parsed = entry.get("published_parsed") or entry.get("updated_parsed")
        day = day or (f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else None)
        own = [without_markup(one or "") for one in (feed.feed.get("title"), entry.get("author"))]
        yield Draft(
            where, with_title(title, text), title, day, *own, entry.get("link"), entry_id=entry.get("id")
        )


@dataclass(frozen=True)
class FileFormat:
    """A kind of file that articles come in."""

    name: str  # as documentation calls it
    endings: tuple[str, ...]  # of file names, in lower case; downloads are saved under the first
    media_types: tuple[str, ...]  # in the Content-Type of a download
    read: Callable[[Source], Iterator[Found | Source]]
    max_bytes: int = MAX_BYTES  # of a file that is opened at all
    is_table: bool = False  # the analyst may name its columns
    is_feed: bool = False  # its entries may be summaries of pages
    may_be_enclosed: bool = True  # False: never opened inside another file
    begins: bytes = b""  # the first bytes of each of its files, by which it is known whatever the ending
    holds: bytes = b""  # further down in it, if other formats begin alike; the first that fits counts


PACKED: Final = b"PK\x03\x04"  # begins a ZIP archive
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"  # begins a file of an old version, or one locked with a password
FORMATS: Final = (
    FileFormat("Plain text", (".txt",), ("text/plain",), read_plain_text),
    FileFormat("Markdown", (".md",), ("text/markdown",), read_markdown),
    FileFormat("Rich text", (".rtf",), ("application/rtf", "text/rtf"), read_rtf, MAX_LIST_BYTES),
    FileFormat(
        "Word",
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        read_docx,
        MAX_LIST_BYTES,
        begins=PACKED,
        holds=b"word/document",
    ),
    FileFormat("PDF with text", (".pdf",), ("application/pdf",), read_pdf, MAX_LIST_BYTES, begins=b"%PDF-"),
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
        begins=PACKED,
        holds=b"xl/workbook",
    ),
    FileFormat("JSON", (".json",), ("application/json",), read_json, MAX_LIST_BYTES),
    FileFormat(
        "JSON Lines",
        (".jsonl",),
        ("application/x-ndjson",),
        read_jsonl,
        MAX_LIST_BYTES,
    ),
    FileFormat(
        "ZIP archive",
        (".zip",),
        ("application/zip",),
        read_zip,
        MAX_LIST_BYTES,
        may_be_enclosed=False,
        begins=PACKED,
    ),
)
BY_ENDING: Final = {ending: one for one in FORMATS for ending in one.endings}
BY_MEDIA_TYPE: Final = {media_type: one for one in FORMATS for media_type in one.media_types}
TABLES: Final = {ending for ending, one in BY_ENDING.items() if one.is_table}
ACCEPTED: Final = ", ".join(sorted(BY_ENDING))  # as messages list them


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
        return f"has {found}, expected one of {ACCEPTED}"
    own = BY_ENDING[ending]
    if container and (not own.may_be_enclosed or own is container):
        return f"is a {ending} file inside another file: unpack it and add it separately"
    if size > own.max_bytes:
        return f"holds {size:,} bytes, expected at most {own.max_bytes:,}: split it into smaller files"
    return "" if size else "is empty, expected the text of an article"


def read_source(source: Source, filename: str, container: FileFormat | None = None) -> Iterator[Found]:
    """The articles in some bytes, or the reason in one sentence why there are none.

    Args:
        source: the bytes; files inside are read as well, but no archive there, and no message in a message.
        filename: decides on the format.
        container: the format of the file that it is in.

    Raises:
        MemoryError: there is not enough memory to read it.
    """
    raw, ending, is_empty = source.raw, ending_of(filename), True
    try:
        if reason := format_reason(filename, len(raw), container):
            raise NoArticle(reason)
        own = BY_ENDING[ending]
        alike = (one for one in FORMATS if one.begins and raw.startswith(one.begins) and one.holds in raw)
        if raw.startswith(OLD_OFFICE):
            raise NoArticle(
                "is locked with a password or in an old format: save it without a password as .docx or .xlsx"
            )
        if (real := next(alike, own)).begins != own.begins:
            right = real.endings[0]
            raise NoArticle(f"is a {right} file with the ending {ending}: give its name the ending {right}")
        for found in own.read(source):
            is_empty = is_empty and isinstance(found, Columns)
            if isinstance(found, Source):
                yield from read_source(found._replace(choices=source.choices), found.name, own)
            elif not isinstance(found, Draft):
                yield found
            elif (size := max(len(found.text), len(found.original_text or ""))) > MAX_CHARS:
                yield Refusal(found.path, f"holds {size:,} characters, expected at most {MAX_CHARS:,}")
            else:
                yield found._replace(url=plain_address(found.url or "") or None)
        if is_empty:
            raise NoArticle("contains no article, expected at least one that is neither blank nor hidden")
    except NoArticle as error:
        yield Refusal(source.name, str(error))
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything on a file made to break it
        said = str(error)[:200] or type(error).__name__
        broken = f"cannot be read as {own.name} ({said}): it is broken, or of another kind: save it again"
        yield Refusal(source.name, broken)
