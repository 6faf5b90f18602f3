"""Saved web pages."""

import logging
import re
from collections.abc import Iterator

from analysis.ingest.archive_exports import find_export
from analysis.ingest.draft import Draft, Found, read_limited, with_title
from analysis.ingest.encoding import decode
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.html_text import html_text


def read_html(source: Source) -> Iterator[Found]:
    """The articles of an archive export, or the one that trafilatura finds, with the metadata of the page."""
    from trafilatura import bare_extraction  # takes half a second, and most corpora hold no page

    text = decode_page(read_limited(source.stream))
    export = find_export(html_text(text), source.name) if "Document " in text else None
    if export:
        yield from export
        return
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the reason is given in `rejected`
    # Only a date that the page declares: one guessed from its text could be any date it mentions.
    page = bare_extraction(
        text,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or not (page.text or "").strip():
        raise ValueError("has no article text, expected a saved article page")
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
    """The text of a page in the encoding that it declares, or else in the one that fits its bytes."""
    declared = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", raw[:4_096], re.I)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            return raw.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass  # many pages declare the wrong encoding
    return decode(raw)


FORMATS = (
    FileFormat(
        "Saved web page", (".html", ".htm"), read_html, media_types=("text/html", "application/xhtml+xml")
    ),
)
