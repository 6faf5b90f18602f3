"""Saved web pages, and RSS and Atom feeds."""

import re
from collections.abc import Iterator
from io import BytesIO

from analysis.ingest.archive_exports import find_export
from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, Refusal, Source, read_limited, with_title
from analysis.ingest.encoding import decode
from analysis.ingest.markup import html_paragraphs, html_text


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
