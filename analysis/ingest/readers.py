"""The bytes of one file to articles: one reader a format, each by a well-kept library.

A reader takes a `Source` and yields what it finds; ValueError says in one sentence why it finds nothing.
What a reader may cost in time and memory is bounded by `analysis.ingest.sandbox`, not here.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import BytesIO

from analysis.ingest.archive_exports import find_export
from analysis.ingest.draft import (
    MAX_BYTES,
    Draft,
    Found,
    Refusal,
    Source,
    first_line_title,
    is_wrapped,
    read_limited,
    record_draft,
    record_fields,
    unwrapped,
    with_title,
    written_date,
)
from analysis.ingest.encoding import decode
from analysis.ingest.spreadsheets import read_table, read_workbook

MAX_LIST_BYTES = 200_000_000  # of one file that holds many articles
MAX_PAGES = 3_000  # of a PDF
MAX_MEMBERS = 100_000  # of an archive
MAX_UNPACKED = 500_000_000  # bytes of an archive, unpacked
BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "section",
    "article",
}
UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "svg"}


def read_plain(source: Source) -> Iterator[Found]:
    """A text file: an archive's export, or one article titled by its first line."""
    text = decode(read_limited(source.stream))
    export = find_export(text, source.name)
    if export:
        yield from export
    else:
        text = unwrapped(text) if is_wrapped(text) else text
        yield Draft(source.name, text, title=first_line_title(text))


def read_markdown(source: Source) -> Iterator[Found]:
    """A Markdown file, its mark-up taken off; `key: value` lines between two `---` give its metadata."""
    text = decode(read_limited(source.stream)).replace("\r\n", "\n")
    given: dict[str, str] = {}
    front = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", text, flags=re.DOTALL)
    if front:
        text = text[front.end() :]
        pairs = (line.partition(":") for line in front[1].split("\n"))
        given = record_fields({key.strip(): value.strip().strip("\"'") for key, _, value in pairs})
    plain = markdown_text(text)
    given.setdefault("title", first_line_title(plain) or "")
    yield record_draft(source.name, {**given, "text": plain})


def markdown_text(markdown: str) -> str:
    """The words of a Markdown text, a blank line between blocks, links and emphasis reduced to their text."""
    from markdown_it import MarkdownIt

    blocks = []
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "inline":
            words = (
                "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
                for child in token.children
                if child.type not in ("html_inline", "image")
            )
            blocks.append("".join(words))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip())
    return "\n\n".join(blocks)


def read_html(source: Source) -> Iterator[Found]:
    """A saved page: an archive's export, or the article trafilatura finds, with what the page says of it."""
    from trafilatura import bare_extraction  # half a second to import, and most corpora hold no page

    text = decode_page(read_limited(source.stream))
    export = find_export(html_text(text), source.name) if "Document " in text else None
    if export:
        yield from export
        return
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the reason is given in `rejected`
    # Only dates that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        text,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ValueError("holds no article text that could be found, expected a saved article page")
    paragraphs = page.text.replace("\n", "\n\n")
    yield Draft(
        source.name,
        with_title(page.title, paragraphs),
        page.title,
        page.date,
        page.sitename,
        page.author,
        page.url,
    )


def decode_page(raw: bytes) -> str:
    """The text of a page in the encoding it names, else in the one it must be in."""
    named = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", raw[:4_096], re.I)
    if named and named[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return raw.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # the page names an encoding it is not in, as many do
    return decode(raw)


def html_text(markup: str) -> str:
    """The words of a piece of HTML, a line a block, cells of a row apart by tabs; scripts are left out."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.document_fromstring(re.sub(r"<\?xml[^>]*\?>", "", markup), ensure_head_body=True)
    except etree.ParserError:  # nothing but comments or declarations
        return ""
    etree.strip_elements(root, *UNSEEN, etree.Comment, with_tail=False)
    parts: list[str] = []
    for action, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            parts.append("\n")
        elif action == "end" and element.tag in ("td", "th"):
            parts.append("\t")
        words = element.text if action == "start" else element.tail
        parts.append(re.sub(r"\s+", " ", words or ""))
    lines = (line.strip(" ") for line in "".join(parts).split("\n"))
    return "\n".join(line.rstrip() for line in lines if line.strip())


def paragraphs_of(markup: str) -> str:
    """The same with a blank line between its blocks; text without tags is given back as it is."""
    return html_text(markup).replace("\n", "\n\n") if "<" in markup or "&" in markup else markup


def read_feed(source: Source) -> Iterator[Found]:
    """An RSS or Atom feed: each entry is an article, as full as the feed carries it."""
    import feedparser

    feed = feedparser.parse(BytesIO(read_limited(source.stream)))
    if not feed.get("version"):
        raise ValueError("is XML but neither RSS nor Atom, expected a feed")
    if not feed.entries:
        raise ValueError(f"is a feed without entries ({feed.version}), expected at least one")
    for number, entry in enumerate(feed.entries, start=1):
        where = f"{source.name}:{number}"
        markup = next((part.value for part in entry.get("content", ())), entry.get("summary"))
        text, title = paragraphs_of(markup or ""), paragraphs_of(entry.get("title") or "")
        if not text.strip():
            yield Refusal(where, "is an entry without text, expected content or a summary")
            continue
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        yield Draft(
            where,
            with_title(title, text),
            title,
            f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else None,
            feed.feed.get("title"),
            entry.get("author"),
            entry.get("link"),
        )


def read_pdf(source: Source) -> Iterator[Found]:
    """A PDF with text in it, titled by its description if the text begins so, else by its first line."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = PdfReader(BytesIO(read_limited(source.stream, MAX_LIST_BYTES)))
        if pdf.is_encrypted:
            raise ValueError("is locked with a password, expected an open file: save it without one")
        if len(pdf.pages) > MAX_PAGES:
            raise ValueError(f"holds {len(pdf.pages):,} pages, expected at most {MAX_PAGES:,}")
        pages = [page.extract_text() for page in pdf.pages]
        described = str((pdf.metadata or {}).get("/Title") or "").strip()
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError) as error:
        raise ValueError(f"is a broken PDF ({error}), expected one that opens") from error
    text = pdf_text(pages)
    if not text:
        raise ValueError("is a PDF without text, perhaps a scan, expected text: run OCR on it first")
    opening = " ".join(text[: 2 * len(described)].split())
    title = described if described and opening.startswith(described) else first_line_title(text)
    yield Draft(source.name, text, title)


def pdf_text(pages: list[str]) -> str:
    """Pages as paragraphs: no lines that stand on most pages, no hyphens where a word was broken."""
    split = [[line.rstrip() for line in page.split("\n")] for page in pages]
    tops = [line for lines in split for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(tops) if len(pages) > 2 and tops.count(line) > len(pages) / 2}
    page_number = re.compile(r"\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*", re.IGNORECASE)
    kept = [
        line for lines in split for line in lines if line not in running and not page_number.fullmatch(line)
    ]
    # Not where a hyphen stands for a word to come: "two- and three-year terms".
    return re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(kept)))


def read_docx(source: Source) -> Iterator[Found]:
    """A Word file: an export of Nexis Uni, or an article titled by its title, first heading or first line."""
    from docx import Document
    from docx.table import Table

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    refuse_locked_office(raw)
    check_archive(raw)
    try:
        document = Document(BytesIO(raw))
    except (KeyError, ValueError, SyntaxError) as error:
        raise ValueError(f"is no Word document ({error}), expected a .docx file that opens") from error
    lines, title = [], document.core_properties.title or None
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
            if not title and block.style and block.style.name in ("Title", "Heading 1"):
                title = block.text
    export = find_export("\n".join(lines), source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in lines if line.strip())
    title = title or first_line_title(text)
    yield Draft(source.name, with_title(title, text), title)


def read_rtf(source: Source) -> Iterator[Found]:
    """A rich text file: an export of Factiva, or one article."""
    from striprtf.striprtf import rtf_to_text

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ValueError("is no rich text, expected a file that begins with {\\rtf")
    text = rtf_to_text(raw.decode("cp1252", errors="replace"), errors="replace")
    export = find_export(text, source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    yield Draft(source.name, text, first_line_title(text))


def read_jsonl(source: Source) -> Iterator[Found]:
    """A file of records, one JSON object a line, `text` required; a line too long is passed over."""
    number = 0
    while line := source.stream.readline(MAX_BYTES + 1):
        number += 1
        where = f"{source.name}:{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(MAX_BYTES)
            yield Refusal(where, f"holds more than {MAX_BYTES:,} bytes, expected one article a line")
        elif line.strip():
            yield read_record(line, where)


def read_record(line: bytes, name: str) -> Draft | Refusal:
    try:
        record = json.loads(decode(line.removeprefix(b"\xef\xbb\xbf")))
    except UnicodeDecodeError as error:
        return Refusal(name, not_utf8(error))
    except (ValueError, RecursionError) as error:
        return Refusal(name, f"is not JSON ({error}), expected one object with a text")
    given = record_fields(record) if isinstance(record, dict) else {}
    if "text" not in given:
        return Refusal(name, "has no text, expected an object with the key text and a string")
    return record_draft(name, given)


def not_utf8(error: UnicodeDecodeError) -> str:
    found = f"byte 0x{error.object[error.start]:02x} at position {error.start}"
    return f"is not UTF-8 text ({found}): save it as UTF-8, or remove it"


def read_json(source: Source) -> Iterator[Found]:
    """One object with a text, or a list of them, which may stand in an object under any key."""
    try:
        value = json.loads(decode(read_limited(source.stream, MAX_LIST_BYTES)))
    except RecursionError as error:
        raise ValueError("is nested too deep, expected a list of objects with a text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error}), expected a list of objects with a text") from error
    records = record_list(value)
    if records is None:
        raise ValueError("holds no records, expected a list of objects with the key text")
    for number, record in enumerate(records, start=1):
        where = f"{source.name}:{number}" if records is not value or isinstance(value, list) else source.name
        given = record_fields(record) if isinstance(record, dict) else {}
        if "text" in given:
            yield record_draft(where, given)
        else:
            yield Refusal(where, "has no text, expected an object with the key text and a string")


def record_list(value: object) -> list | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    if "text" in record_fields(value):
        return [value]
    lists = (part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict))
    return next(lists, None)


def read_mail(source: Source) -> Iterator[Found]:
    """A message: its subject, day and text, and the articles attached to it.

    Only a mailing (it has a List-Id or says how to unsubscribe) names its sender as the outlet: any other
    message may be forwarded by a colleague.
    """
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(read_limited(source.stream), policy=default)
    if not message.keys():
        raise ValueError("is no message, expected a mail with a header")
    part = message.get_body(("plain", "html"))
    content = part_text(part) if part and part.get_content_maintype() == "text" else ""
    is_html = bool(part) and part.get_content_subtype() == "html"
    text = paragraphs_of(content) if is_html else unwrapped(content.partition("\n-- \n")[0])
    subject = str(message["subject"] or "").strip()
    if text.strip():
        day = written_date(str(message["date"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, mailing_name(message))
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    for part in attached:
        raw = part.get_payload(decode=True) or b""
        yield from read_member(raw, part.get_filename(), source)
    if not text.strip() and not attached:
        raise ValueError("is a message without text, expected an article in it")


def part_text(part) -> str:
    """The text of a part of a message, decoded as it says, or as it must be where it says nothing known."""
    try:
        return part.get_content()
    except LookupError:
        return decode(part.get_payload(decode=True))


def mailing_name(message) -> str | None:
    """The name of a mailing's sender."""
    sender = message["from"]
    is_mailing = message["list-id"] or message["list-unsubscribe"]
    return (sender.addresses[0].display_name or None) if is_mailing and sender and sender.addresses else None


def read_zip(source: Source) -> Iterator[Found]:
    """Each file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    import zipfile

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    archive = check_archive(raw)
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = member.filename.replace("\\", "/").split("/")
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason = member_reason(member, parts)
        if reason:
            yield Refusal(f"{source.name}:{member.filename}", reason)
            continue
        try:
            content = archive.read(member)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
            yield Refusal(f"{source.name}:{member.filename}", f"cannot be unpacked ({error})")
            continue
        except Exception as error:  # zlib, lzma and bz2 raise errors of their own
            yield Refusal(f"{source.name}:{member.filename}", f"is broken inside the archive ({error})")
            continue
        yield from read_member(content, member.filename, source)


def member_reason(member, parts: list[str]) -> str | None:
    """Why a file in an archive is not read, or None."""
    if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
        return "has a path that leads out of its archive, expected a plain one"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "is a link inside an archive, expected the file itself"
    if member.flag_bits & 0x1:
        return "is locked with a password, expected an open file: save it without one"
    return None


def check_archive(raw: bytes):
    """An archive whose declared sizes are bearable; Python refuses a member that holds more than it says."""
    import zipfile

    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValueError(f"is a broken archive ({error}), expected one that opens") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"holds {len(members):,} files, expected at most {MAX_MEMBERS:,}")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise ValueError(f"unpacks to {unpacked:,} bytes, expected at most {MAX_UNPACKED:,}")
    return archive


def refuse_locked_office(raw: bytes) -> None:
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old and of encrypted Office files
        raise ValueError("is locked with a password or in an old format, expected a file saved without one")


def read_member(raw: bytes, filename: str, source: Source) -> Iterator[Found]:
    """What a file inside another holds; no archive in anything, no message in a message, is opened."""
    name = f"{source.name}:{filename}"
    suffix = suffix_of(filename)
    if suffix == ".zip" or suffix == suffix_of(source.name) == ".eml":
        yield Refusal(name, f"is a {suffix} file inside another file, expected it by itself: unpack it first")
    else:
        yield from read_source(Source(BytesIO(raw), name, source.columns), suffix)


def read_xlsx(source: Source) -> Iterator[Found]:
    raw = read_limited(source.stream, MAX_LIST_BYTES)
    refuse_locked_office(raw)
    check_archive(raw)
    yield from read_workbook(source._replace(stream=BytesIO(raw)))


READERS: dict[str, Callable[[Source], Iterator[Found]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_xlsx,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".rtf": read_rtf,
    ".eml": read_mail,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
    ".zip": read_zip,
}
TABLES = (".csv", ".tsv", ".xlsx")
PLAIN = (".txt", ".jsonl")  # read by us alone, so in this process; the others each have a library's parser


def suffix_of(filename: str) -> str:
    stem, dot, ending = filename.rpartition("/")[2].rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""


def read_source(source: Source, suffix: str) -> Iterator[Found]:
    """What some bytes hold: their articles, or in one sentence why they hold none."""
    reader = READERS.get(suffix)
    if reader is None:
        yield Refusal(source.name, f"has {suffix or 'no ending'}, expected one of {', '.join(READERS)}")
        return
    try:
        yield from reader(source)
    except UnicodeDecodeError as error:
        yield Refusal(source.name, not_utf8(error))
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error}), expected a readable file"
        yield Refusal(source.name, reason)
    except ValueError as error:
        yield Refusal(source.name, str(error))
    except RecursionError:
        yield Refusal(source.name, "is nested too deep, expected an article")
