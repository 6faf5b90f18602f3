"""Documents: texts, Markdown, rich text, Word, PDF, saved emails and web pages, feeds, and archives of them.

A library that is needed for one format only is imported when the first such file is read.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

from analysis.ingest.archive_exports import find_export
from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, NoArticle, Refusal, Source, first_line_title, with_title
from analysis.ingest.records import record_draft, record_fields
from analysis.ingest.texts import decode, html_paragraphs, html_text, is_wrapped, unwrapped

PAGE_NUMBER = re.compile(r"\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*", re.IGNORECASE)


def read_zip(source: Source) -> Iterator[Refusal | Source]:
    """Every file in an archive, read in memory: nothing is unpacked to disk, so no path leads anywhere."""
    archive = ZipFile(BytesIO(source.raw))
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if member.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        reason = content = None
        if ".." in parts or parts[:1] == ("/",) or re.match(r"[A-Za-z]:", member.filename):
            reason = "has a path that leads out of its archive, expected a path inside it"
        elif (member.external_attr >> 16) & 0o170000 == 0o120000:
            reason = "is a link inside an archive, expected the file itself"
        else:
            try:
                content = archive.read(member)
            except MemoryError:
                raise
            except Exception as error:  # zlib, lzma and bz2 raise errors of their own
                reason = f"cannot be unpacked ({error}), expected an archive without a password"
        where = f"{source.name}:{member.filename}"
        yield Refusal(where, reason) if reason else Source(content, where)


def read_plain_text(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or one article titled by its first line."""
    text = decode(source.raw)
    if export := find_export(text, source.name):
        yield from export
        return
    text = unwrapped(text) if is_wrapped(text) else text
    yield Draft(source.name, text, title=first_line_title(text))


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
    """The articles of a Factiva export, or one article."""
    from striprtf.striprtf import rtf_to_text

    if not source.raw.lstrip().startswith(b"{\\rtf"):
        raise NoArticle("is not rich text, expected a file that begins with {\\rtf")
    lines = rtf_to_text(source.raw.decode("cp1252", errors="replace"), errors="replace")
    text = "\n\n".join(line.strip() for line in lines.split("\n") if line.strip())
    yield from find_export(lines, source.name) or [Draft(source.name, text, first_line_title(text))]


def read_docx(source: Source) -> Iterator[Found]:
    """The articles of a Nexis Uni export, or one titled by its properties, first heading or first line."""
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
    export = find_export("\n".join(lines), source.name)
    yield from export or [Draft(source.name, with_title(title, text), title)]


def read_pdf(source: Source) -> Iterator[Found]:
    """One article, titled by its properties if the text begins with that title, else by its first line."""
    from pypdf import PdfReader

    pdf = PdfReader(BytesIO(source.raw))
    if pdf.is_encrypted:
        raise NoArticle("is locked with a password: save it without one")
    pages = [[line.rstrip() for line in page.extract_text().split("\n")] for page in pdf.pages]
    edges = [line for lines in pages for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(edges) if len(pages) > 2 and edges.count(line) > len(pages) / 2}
    lines = [
        line for page in pages for line in page if line not in running and not PAGE_NUMBER.fullmatch(line)
    ]
    # Words that were broken at the end of a line are joined; "two- and three-year terms" keeps its hyphen.
    text = re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(lines)))
    if not text:
        raise NoArticle("is a PDF without text, perhaps a scan: run OCR on it first")
    described = str((pdf.metadata or {}).get("/Title") or "").strip()
    is_title = described and " ".join(text[: 2 * len(described)].split()).startswith(described)
    yield Draft(source.name, text, described if is_title else first_line_title(text))


def read_mail(source: Source) -> Iterator[Found | Source]:
    """One article from the subject, date and text of a message, and the files attached to it.

    Only a mailing (it has a List-Id or says how to unsubscribe) names its sender as the outlet: any other
    message may have been forwarded by a colleague.
    """
    message = message_from_bytes(source.raw, policy=default)
    if not message.keys():
        raise NoArticle("is not an email, expected a message with a header")
    part, text = message.get_body(("plain", "html")), ""
    if part and part.get_content_maintype() == "text":
        text = decode(part.get_payload(decode=True), part.get_content_charset())
        is_html = part.get_content_subtype() == "html"
        text = html_paragraphs(text) if is_html else unwrapped(text.partition("\n-- \n")[0])
    attached = [part for part in message.iter_attachments() if part.get_filename()]
    if not text.strip() and not attached:
        raise NoArticle("is an email without text, expected one that contains an article")
    if text.strip():
        subject, sender = str(message["subject"] or "").strip(), message["from"]
        is_mailing = message["list-id"] or message["list-unsubscribe"]
        outlet = sender.addresses[0].display_name if is_mailing and sender and sender.addresses else None
        day = written_date(str(message["date"] or ""))
        yield Draft(source.name, with_title(subject, text), subject or None, day, outlet or None)
    for part in attached:
        yield Source(part.get_payload(decode=True) or b"", f"{source.name}:{part.get_filename()}")


def read_html(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or the one that trafilatura finds, with the metadata of the page."""
    from trafilatura import bare_extraction  # takes half a second, and most corpora hold no page

    declared = re.search(
        rb"<meta[^>]{0,200}charset=[\"']?(?!utf-?8)([\w-]{3,20})", source.raw[:4_096], re.IGNORECASE
    )
    text = decode(source.raw, declared[1].decode() if declared else None)
    if export := "Document " in text and find_export(html_text(text), source.name):
        yield from export
        return
    # Only a date that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        text,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise NoArticle("has no article text, expected a saved article page")
    paragraphs = with_title(page.title, page.text.replace("\n", "\n\n"))
    yield Draft(source.name, paragraphs, page.title, page.date, page.sitename, page.author, page.url)


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
        if not day and parsed:
            day = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        own = (feed.feed.get("title"), entry.get("author"), entry.get("link"))
        yield Draft(where, with_title(title, text), title, day, *own, entry_id=entry.get("id"))
