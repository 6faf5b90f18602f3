"""Documents: plain and rich text, Markdown, Word, PDF, saved emails and web pages, and archives of them."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from analysis.ingest.archive_exports import find_export
from analysis.ingest.dates import written_date
from analysis.ingest.draft import (
    MAX_LIST_BYTES,
    Draft,
    EnclosedFile,
    Found,
    Refusal,
    Source,
    first_line_title,
    parser_errors,
    read_limited,
    record_draft,
    record_fields,
    with_title,
)
from analysis.ingest.texts import decode, html_paragraphs, html_text, is_wrapped, unwrapped

MAX_MEMBERS = 100_000
MAX_UNPACKED = 500_000_000  # bytes


def read_zip(source: Source) -> Iterator[Refusal | EnclosedFile]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    archive = open_archive(read_limited(source.stream, MAX_LIST_BYTES))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = member.filename.replace("\\", "/").split("/")
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason, content = member_reason(member, parts), b""
        if reason is None:
            try:
                content = archive.read(member)
            except MemoryError:
                raise
            except Exception as error:  # zlib, lzma and bz2 raise errors of their own
                reason = f"is broken inside the archive ({error})"
        where = f"{source.name}:{member.filename}"
        yield Refusal(where, reason) if reason else EnclosedFile(member.filename, content)


def member_reason(member: ZipInfo, parts: list[str]) -> str | None:
    """Why a file in an archive is not read, or None."""
    if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
        return "has a path that leads out of its archive, expected a path inside it"
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return "is a link inside an archive, expected the file itself"
    if member.flag_bits & 0x1:
        return "is locked with a password: save it without one"
    return None


def open_archive(raw: bytes) -> ZipFile:
    """An archive of a bearable declared size; Python refuses a member that holds more than it declares.

    Raises:
        ValueError: the archive is broken or too large.
    """
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ValueError(f"is a broken archive ({error}), expected one that opens") from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"holds {len(members):,} files, expected at most {MAX_MEMBERS:,}")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED:
        raise ValueError(f"unpacks to {unpacked:,} bytes, expected at most {MAX_UNPACKED:,}")
    return archive


def check_office_file(raw: bytes) -> None:
    """Raise ValueError if a Word or Excel file is locked, in an old format, broken or too large."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # the container of old and of encrypted Office files
        raise ValueError(
            "is locked with a password or in an old format: save it without a password as .docx or .xlsx"
        )
    open_archive(raw)


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(read_limited(source.stream))
    export = find_export(text, source.name)
    if export:
        yield from export
    else:
        text = unwrapped(text) if is_wrapped(text) else text
        yield Draft(source.name, text, title=first_line_title(text))


def read_markdown(source: Source) -> Iterator[Found]:
    """One article without its mark-up; `key: value` lines between two `---` give its metadata."""
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


def read_rtf(source: Source) -> Iterator[Found]:
    """The articles of a Factiva export, or one article."""
    from striprtf.striprtf import rtf_to_text

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise ValueError("is not rich text, expected a file that begins with {\\rtf")
    text = rtf_to_text(raw.decode("cp1252", errors="replace"), errors="replace")
    export = find_export(text, source.name)
    if export:
        yield from export
        return
    text = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    yield Draft(source.name, text, first_line_title(text))


MAX_PAGES = 3_000  # of a PDF
PAGE_NUMBER = re.compile(r"\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*", re.IGNORECASE)


def read_docx(source: Source) -> Iterator[Found]:
    """The articles of a Nexis Uni export, or one titled by its properties, first heading or first line."""
    from docx import Document
    from docx.table import Table

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    check_office_file(raw)
    with parser_errors("Word document"):
        document = Document(BytesIO(raw))
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


def read_pdf(source: Source) -> Iterator[Found]:
    """One article, titled by its properties if the text begins with that title, else by its first line."""
    from pypdf import PdfReader

    raw = read_limited(source.stream, MAX_LIST_BYTES)
    with parser_errors("PDF"):
        pdf = PdfReader(BytesIO(raw))
        is_locked, page_count = pdf.is_encrypted, 0 if pdf.is_encrypted else len(pdf.pages)
    if is_locked:
        raise ValueError("is locked with a password: save it without one")
    if page_count > MAX_PAGES:
        raise ValueError(f"holds {page_count:,} pages, expected at most {MAX_PAGES:,}")
    with parser_errors("PDF"):
        pages = [page.extract_text() for page in pdf.pages]
        described = str((pdf.metadata or {}).get("/Title") or "").strip()
    text = pdf_text(pages)
    if not text:
        raise ValueError("is a PDF without text, perhaps a scan: run OCR on it first")
    opening = " ".join(text[: 2 * len(described)].split())
    title = described if described and opening.startswith(described) else first_line_title(text)
    yield Draft(source.name, text, title)


def pdf_text(pages: list[str]) -> str:
    """Pages as paragraphs, without running heads, page numbers and the hyphens of broken words."""
    split = [[line.rstrip() for line in page.split("\n")] for page in pages]
    edges = [line for lines in split for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(edges) if len(pages) > 2 and edges.count(line) > len(pages) / 2}
    lines = [
        line for page in split for line in page if line not in running and not PAGE_NUMBER.fullmatch(line)
    ]
    # But keep the hyphen of "two- and three-year terms".
    return re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(lines)))


def read_mail(source: Source) -> Iterator[Found | EnclosedFile]:
    """One article from the subject, date and text of a message, and the files attached to it.

    Only a mailing (it has a List-Id or says how to unsubscribe) names its sender as the outlet: any other
    message may have been forwarded by a colleague.
    """
    message = message_from_bytes(read_limited(source.stream), policy=default)
    if not message.keys():
        raise ValueError("is not an email, expected a message with a header")
    part = message.get_body(("plain", "html"))
    content = part_text(part) if part and part.get_content_maintype() == "text" else ""
    is_html = bool(part) and part.get_content_subtype() == "html"
    text = html_paragraphs(content) if is_html else unwrapped(content.partition("\n-- \n")[0])
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    if not text.strip() and not attached:
        raise ValueError("is an email without text, expected one that contains an article")
    if text.strip():
        subject, sender = str(message["subject"] or "").strip(), message["from"]
        is_mailing = message["list-id"] or message["list-unsubscribe"]
        outlet = sender.addresses[0].display_name if is_mailing and sender and sender.addresses else None
        day = written_date(str(message["date"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, outlet or None)
    for part in attached:
        yield EnclosedFile(part.get_filename(), part.get_payload(decode=True) or b"")


def part_text(part: EmailMessage) -> str:
    """The text of a part of a message, in the encoding it declares or, if that is unknown, the likely one."""
    try:
        return part.get_content()
    except LookupError:
        return decode(part.get_payload(decode=True))


def read_html(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or the one that trafilatura finds, with the metadata of the page."""
    from trafilatura import bare_extraction  # takes half a second, and most corpora hold no page

    text = decode_page(read_limited(source.stream))
    export = find_export(html_text(text), source.name) if "Document " in text else None
    if export:
        yield from export
        return
    # Only a date that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        text,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ValueError("has no article text, expected a saved article page")
    paragraphs = with_title(page.title, page.text.replace("\n", "\n\n"))
    yield Draft(source.name, paragraphs, page.title, page.date, page.sitename, page.author, page.url)


def decode_page(raw: bytes) -> str:
    """The text of a page in the encoding that it declares, or else in the one that fits its bytes."""
    declared = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", raw[:4_096], re.I)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return raw.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # many pages declare the wrong encoding
    return decode(raw)


def read_feed(source: Source) -> Iterator[Found]:
    """One article per entry, as complete as the feed has it."""
    import feedparser

    feed = feedparser.parse(BytesIO(read_limited(source.stream)))
    if not feed.get("version"):
        raise ValueError("is XML but not a feed, expected RSS or Atom")
    if not feed.entries:
        raise ValueError(f"is a feed without entries ({feed.version}), expected at least one")
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
        if not day and parsed:
            day = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        own = (feed.feed.get("title"), entry.get("author"), entry.get("link"))
        yield Draft(where, with_title(title, text), title, day, *own, entry_id=entry.get("id"))
