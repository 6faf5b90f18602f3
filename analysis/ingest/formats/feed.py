"""RSS and Atom feeds."""

from collections.abc import Iterator
from io import BytesIO

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


FORMATS = (
    FileFormat(
        "RSS or Atom feed",
        (".xml", ".rss", ".atom"),
        read_feed,
        media_types=("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
        is_feed=True,
    ),
)
