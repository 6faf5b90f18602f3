"""Pages and feeds at an address become articles."""

import os
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from analysis.ingest.additions import (
    AddedSource,
    add_staged,
    copy_refusal,
    known_paths,
    new_rows,
    with_metadata,
)
from analysis.ingest.corpus import article_table, rejected_table
from analysis.ingest.download import Page, fetch
from analysis.ingest.draft import Draft, Refusal, with_title
from analysis.ingest.encoding import content_hash
from analysis.ingest.folder_changes import changing
from analysis.ingest.metadata_file import load_metadata, write_metadata
from analysis.ingest.plain_addresses import plain_address
from analysis.ingest.readers import formats_by_ending
from analysis.ingest.staging import StagedFile, Workplace, json_lines, read_staged
from analysis.ingest.whole_files import temporary_file
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

MIN_ENTRY_CHARS: Final = 1_000  # a shorter entry of a feed is a summary, so its page is fetched
MAX_PAGES: Final = 50  # fetched for one feed
FEED_SECONDS: Final = 300  # for all pages of one feed
MAX_STEM_CHARS: Final = 100
FetchPage = Callable[[str], Page]


class ReadFeed(NamedTuple):
    """The entries of a feed: the file that they are kept in, the drafts, and what was refused."""

    name: str
    drafts: list[Draft]
    refusals: list[Refusal]


def add_address(
    address: str, folder: Path, metadata: dict[str, str], columns: dict[str, str], place: Workplace
) -> AddedSource:
    """A page, a feed or a file of articles, downloaded.

    Raises:
        ValueError: there is no page, or nothing new in it; the message is one sentence.
    """
    page = fetch(address)
    address = plain_address(address)
    if columns and not formats_by_ending()[page.ending].is_table:
        raise ValueError(f"{address}: no columns to name, expected a table: omit --map")
    staged = stage_page(page, address, columns, place)
    if formats_by_ending()[page.ending].is_feed:
        return add_feed(address, read_feed(staged, page.address, place), folder, metadata)
    return add_staged(address, [staged], folder, {**metadata, "url": metadata.get("url") or address})


def stage_page(page: Page, address: str, columns: dict[str, str], place: Workplace) -> StagedFile:
    """A download with its articles, under the name of its address."""
    file = place.scratch / f"{file_stem(address)}{page.ending}"
    file.write_bytes(page.content)
    return read_staged(file, file.name, columns, place)


def file_stem(address: str) -> str:
    """A file name for an address, without ending: its host and path."""
    parts = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.netloc}{parts.path}-{parts.query}")
    stem = re.sub(r"-(?:html?|xml)$", "", words.strip("-"))
    return stem if len(stem) <= MAX_STEM_CHARS else f"{stem[:MAX_STEM_CHARS]}-{content_hash(address)[:8]}"


def read_feed(staged: StagedFile, found_at: str, place: Workplace) -> ReadFeed:
    """The entries of a feed that was found at an address; summaries are replaced by their pages."""
    entries = [one for one in staged.found if isinstance(one, Draft)]
    drafts, refusals = full_entries(entries, partial(fetch, linked_from=found_at), place)
    refused = [one for one in staged.found if isinstance(one, Refusal)]
    return ReadFeed(f"{Path(staged.name).stem}.jsonl", drafts, refused + refusals)


def add_feed(address: str, feed: ReadFeed, folder: Path, metadata: dict[str, str]) -> AddedSource:
    """The new entries of a feed, added to those of last time.

    Old entries that are still in the feed are not reported as rejected.
    """
    with changing(folder):
        added, copies = save_feed(feed, folder, metadata, known_paths(folder))
    if added.articles.empty:
        reasons = [*copies, *rows_of(added.rejected)]
        raise ValueError(f"{address}: {reasons[0].reason if reasons else 'is a feed without articles'}")
    return added


def full_entries(
    entries: list[Draft], fetch_page: FetchPage, place: Workplace
) -> tuple[list[Draft], list[Refusal]]:
    """Entries with the texts of their pages, and why some are only summaries.

    Args:
        entries: of one feed.
        fetch_page: fetches the page at an address.
        place: where pages are read.
    """
    deadline, fetched = time.monotonic() + FEED_SECONDS, 0
    drafts, refusals = [], []
    for entry in entries:
        if len(entry.text) >= MIN_ENTRY_CHARS or not entry.url:
            drafts.append(entry)
        elif fetched == MAX_PAGES or time.monotonic() > deadline:
            pages, seconds = counted(MAX_PAGES, "page"), counted(FEED_SECONDS, "second")
            limit = pages if fetched == MAX_PAGES else seconds
            drafts.append(entry)
            refusals.append(
                Refusal(entry.path, f"is only a summary, since its feed asks for more than {limit}")
            )
        else:
            fetched += 1
            draft, refusal = full_entry(entry, fetch_page, place)
            drafts.append(draft)
            refusals += [refusal] if refusal else []
    return drafts, refusals


def full_entry(entry: Draft, fetch_page: FetchPage, place: Workplace) -> tuple[Draft, Refusal | None]:
    """An entry with the text of its page, if the page can be downloaded and has more than the entry."""
    try:
        found = stage_page(fetch_page(entry.url), entry.url, {}, place).found[0]
    except (OSError, ValueError) as error:
        return entry, Refusal(entry.path, f"is only a summary, since its page could not be added: {error}")
    if not isinstance(found, Draft):
        return entry, Refusal(entry.path, f"is only a summary, since its page {found.reason}")
    if len(found.text) <= len(entry.text):
        return entry, None
    body = found.text.removeprefix(found.title or "").lstrip()
    missing = {"author": found.author, "published_date": found.published_date}
    missing = {field: value for field, value in missing.items() if not getattr(entry, field)}
    return entry._replace(text=with_title(entry.title, body), **missing), None


def save_feed(
    feed: ReadFeed, folder: Path, metadata: dict[str, str], known: dict[str, str]
) -> tuple[AddedSource, list[Refusal]]:
    """Append the new entries of a feed to its file; the caller keeps other programs from changing the folder.

    Args:
        feed: its entries.
        folder: of the articles; it exists.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        known: the path of each article of the corpus by its id.

    Returns:
        What was added, perhaps nothing, and a refusal for each entry that the corpus has already.
    """
    target, saved = folder / feed.name, load_metadata(folder)
    before = target.read_bytes() if target.exists() else b""
    row = {
        **saved.get(feed.name, {}),
        "file": feed.name,
        **{key: cell for key, cell in metadata.items() if cell},
    }
    found = with_metadata(feed.drafts, row)
    rows, refused, copied = new_rows(found, known)
    new = {row["path"]: number for number, row in enumerate(rows, start=before.count(b"\n") + 1)}
    if rows:
        with temporary_file(folder, feed.name) as (stream, temporary):
            stream.write(before + json_lines(one for one in feed.drafts if one.path in new).encode())
            stream.close()
            if row != saved.get(feed.name, {"file": feed.name}):
                write_metadata(folder, saved | {feed.name: row})
            os.replace(temporary, target)
    placed = [{**one, "path": f"{feed.name}:{new[one['path']]}"} for one in rows]
    added = AddedSource(target, article_table(placed), rejected_table(feed.refusals + refused), [])
    return added, [copy_refusal(one, known[one["article_id"]]) for one in copied]
