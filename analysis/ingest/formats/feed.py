"""RSS and Atom feeds."""

from collections.abc import Iterator
from io import BytesIO

from analysis.ingest.dates import written_date
from analysis.ingest.draft import Draft, Found, Refusal, read_limited, with_title
from analysis.ingest.file_format import FileFormat, Source
from analysis.ingest.html_text import html_paragraphs


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
        yield Draft(
            where,
            with_title(title, text),
            title,
            entry_day(entry),
            feed.feed.get("title"),
            entry.get("author"),
            entry.get("link"),
            entry_id=entry.get("id"),
        )


def entry_day(entry: dict) -> str | None:
    """The day on which an entry was published, in its own time zone; feedparser's is that of Greenwich."""
    written = written_date(entry.get("published") or entry.get("updated") or "")
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    return written or (f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}" if day else None)


FORMATS = (
    FileFormat(
        "RSS or Atom feed",
        (".xml", ".rss", ".atom"),
        read_feed,
        media_types=("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
        is_feed=True,
    ),
)
