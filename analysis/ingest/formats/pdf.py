"""PDF files with text in them; scans need OCR first."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO

from analysis.ingest.draft import MAX_LIST_BYTES, Draft, Found, first_line_title, read_limited
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.paragraphs import unwrapped

MAX_PAGES = 3_000


def read_pdf(source: Source) -> Iterator[Found]:
    """One article, titled by its properties if the text begins with that title, else by its first line."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = PdfReader(BytesIO(read_limited(source.stream, MAX_LIST_BYTES)))
        if pdf.is_encrypted:
            raise ValueError("is locked with a password: save it without one")
        if len(pdf.pages) > MAX_PAGES:
            raise ValueError(f"holds {len(pdf.pages):,} pages, expected at most {MAX_PAGES:,}")
        pages = [page.extract_text() for page in pdf.pages]
        described = str((pdf.metadata or {}).get("/Title") or "").strip()
    except (PyPdfError, KeyError, TypeError, AttributeError, IndexError, NotImplementedError) as error:
        raise ValueError(f"is a broken PDF ({error}), expected one that opens") from error
    text = pdf_text(pages)
    if not text:
        raise ValueError("is a PDF without text, perhaps a scan: run OCR on it first")
    opening = " ".join(text[: 2 * len(described)].split())
    title = described if described and opening.startswith(described) else first_line_title(text)
    yield Draft(source.name, text, title)


def pdf_text(pages: list[str]) -> str:
    """Pages as paragraphs, without running heads, page numbers and the hyphens of broken words."""
    split = [[line.rstrip() for line in page.split("\n")] for page in pages]
    tops = [line for lines in split for line in {*lines[:1], *lines[-1:]} if line.strip()]
    running = {line for line in set(tops) if len(pages) > 2 and tops.count(line) > len(pages) / 2}
    page_number = re.compile(r"\s*(?:page )?\d{1,4}(?: of \d{1,4})?\s*", re.IGNORECASE)
    lines = [
        line for page in split for line in page if line not in running and not page_number.fullmatch(line)
    ]
    # But keep the hyphen of "two- and three-year terms".
    return re.sub(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to) )", "", unwrapped("\n".join(lines)))


FORMATS = (FileFormat("PDF with text", (".pdf",), read_pdf, media_types=("application/pdf",)),)
