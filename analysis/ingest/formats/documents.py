"""Word, PDF and saved emails."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO

from analysis.ingest.archive_exports import find_export
from analysis.ingest.dates import written_date
from analysis.ingest.draft import (
    MAX_LIST_BYTES,
    Draft,
    EnclosedFile,
    Found,
    Source,
    first_line_title,
    parser_errors,
    read_limited,
    with_title,
)
from analysis.ingest.encoding import decode
from analysis.ingest.formats.archives import check_office_file
from analysis.ingest.markup import html_paragraphs
from analysis.ingest.paragraphs import unwrapped

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
