"""Pages and feeds at addresses become articles; of a feed only what is new since the last time.

An entry is added once: it is known by its id, link and title, by the address of an article in the corpus, and
by its text. What was seen of each feed is kept in `.feeds.json` among the articles. Without that file nothing
is lost and nothing added twice, but every feed is read in full once more.
"""

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from analysis.ingest.additions import (
    AddedSource,
    StagedFile,
    Workplace,
    add_staged,
    corpus_in,
    json_lines,
    new_rows,
    paths_by_id,
    read_staged,
    with_metadata,
)
from analysis.ingest.addresses import is_permalink, plain_address, split_address
from analysis.ingest.corpus import article_table, rejected_table
from analysis.ingest.download import Answer, LinkedPages, Page, get, page_of
from analysis.ingest.draft import MAX_FIELD_CHARS, Choices, Draft, Found, Refusal, with_title
from analysis.ingest.file_formats import BY_ENDING
from analysis.ingest.own_tables import load_metadata, write_metadata
from analysis.ingest.texts import content_hash
from analysis.ingest.whole_files import changing, write_whole
from analysis.phrasing import counted

MIN_ENTRY_CHARS: Final = 1_000  # a shorter entry of a feed is a summary, so its page is fetched
MAX_PAGES: Final = 50  # fetched for one feed
FEED_SECONDS: Final = 120  # for all pages of one feed
MAX_STEM_CHARS: Final = 100
STATE_FILE: Final = ".feeds.json"
MAX_SEEN: Final = 10_000  # entries of one feed that are remembered
MAX_VALIDATOR_CHARS: Final = 500
COMMENT: Final = re.compile(r"(^|\s)#.*")
MIN_LISTED_SHARE: Final = 0.5  # of the lines of a list of feeds begin with an address; in an article fewer do


class ListedFeed(NamedTuple):
    """A line of a list of feeds: an address, perhaps with a password, and an outlet or ""."""

    address: str
    outlet: str


class FeedState(NamedTuple):
    """What a server said of the version that it sent last, and the keys of entries that were seen."""

    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()


def listed_feeds(path: Path) -> list[ListedFeed]:
    """The feeds of a text file with an address on each line, perhaps an outlet after it, and comments.

    What follows a `#` after a space, or at the start of a line, is a comment.

    Returns:
        Nothing if the file is no such list, but perhaps an article.

    Raises:
        ValueError: a line of the list is no address, or a feed is there twice; the message names the line.
    """
    if path.suffix.lower() != ".txt" or not path.is_file():
        return []
    text = path.read_bytes()[:1_000_000].decode("utf-8-sig", "replace")
    lines = [(i, COMMENT.sub("", line).split(None, 1)) for i, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, words) for number, words in lines if words]
    is_address = [re.match("https?://", words[0], re.IGNORECASE) is not None for _, words in lines]
    if not any(is_address) or sum(is_address) < MIN_LISTED_SHARE * len(lines):
        return []
    feeds: dict[str, tuple[int, ListedFeed]] = {}
    for number, words in lines:
        where, outlet = f"{path}:{number}", " ".join(words[1].split()) if len(words) > 1 else ""
        try:
            split_address(words[0])
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from error
        if len(outlet) > MAX_FIELD_CHARS["outlet"]:
            most = MAX_FIELD_CHARS["outlet"]
            raise ValueError(f"{where}: outlet has {len(outlet):,} characters, expected at most {most}")
        feed = ListedFeed(words[0], outlet)
        first, _ = feeds.setdefault(file_stem(plain_address(feed.address)), (number, feed))
        if first != number:
            raise ValueError(f"{where}: is the same feed as line {first}, expected each feed once")
    return [feed for _, feed in feeds.values()]


def add_address(
    address: str,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices,
    place: Workplace,
    *,
    is_feed: bool = False,
    replace: bool = False,
) -> AddedSource:
    """Add a page, a feed or a file of articles.

    Args:
        address: perhaps with a user name and password, which go to its server alone.
        folder: of the articles.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices: how to read it.
        place: where it is read.
        is_feed: it is a feed, whatever its server calls it: many call theirs a page or plain text.
        replace: what was read from this address before is read anew; not for a feed, which only grows.

    Raises:
        ValueError: there is no page, or it is not a feed and has nothing new; the message is one sentence.
    """
    plain = plain_address(address)
    state = load_states(folder).get(plain, FeedState())
    known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    answer = get(address, headers={name: value for name, value in known.items() if value})
    if answer.status == 304:
        return AddedSource(folder / f"{file_stem(plain)}.jsonl", article_table([]), rejected_table([]), [])
    page = (
        Page(answer.address, ".xml", answer.content) if is_feed and answer.status == 200 else page_of(answer)
    )
    if choices.columns and not BY_ENDING[page.ending].is_table:
        raise ValueError(f"{plain}: no columns to name, expected a table: omit --map")
    staged = stage_page(page, plain, choices, place)
    if BY_ENDING[page.ending].is_feed:
        return add_feed(plain, answer, staged, folder, metadata, place)
    cells = {**metadata, "url": metadata.get("url") or plain}
    return add_staged(plain, [staged], folder, cells, replace=replace)


def stage_page(page: Page, address: str, choices: Choices, place: Workplace) -> StagedFile:
    """A download with its articles, under the name of its address."""
    file = place.scratch / f"{file_stem(address)}{page.ending}"
    file.write_bytes(page.content)
    return read_staged(file, file.name, choices, place)


def file_stem(address: str) -> str:
    """A file name for an address, without ending: its host and path."""
    parts = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.netloc}{parts.path}-{parts.query}")
    stem = re.sub(r"-(?:html?|xml)$", "", words.strip("-"))
    return stem if len(stem) <= MAX_STEM_CHARS else f"{stem[:MAX_STEM_CHARS]}-{content_hash(address)[:8]}"


def add_feed(
    address: str,
    answer: Answer,
    staged: StagedFile,
    folder: Path,
    metadata: dict[str, str],
    place: Workplace,
) -> AddedSource:
    """Append the new entries of a feed to its file, and then remember them: a kill repeats nothing.

    Args:
        address: of the feed, without a password.
        answer: of its server.
        staged: the entries in it.
        folder: of the articles.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        place: where pages are read.

    Returns:
        What was added, perhaps nothing. Entries without a text are reported the first time only.

    Raises:
        ValueError: it is no feed, or has no entry with a text; the message is one sentence.
    """
    state = load_states(folder).get(address, FeedState())
    entries = [one for one in staged.found if isinstance(one, Draft)]
    refusals = [one for one in staged.found if isinstance(one, Refusal)]
    if not entries:
        raise ValueError(f"{address}: {refusals[0].reason}")
    fresh = [one for one in entries if entry_key(one) not in state.seen]
    drafts, summaries, waiting = full_entries(fresh, LinkedPages(answer.address), place)
    refusals = summaries if state.seen else refusals + summaries
    with changing(folder):
        found = [*drafts, *refusals]
        added = save_entries(f"{file_stem(address)}.jsonl", found, entries, folder, metadata)
        left = {one.path for one in waiting}
        seen = [entry_key(one) for one in entries if one.path not in left] + list(state.seen)
        validators = [answer.headers.get(name, "") for name in ("ETag", "Last-Modified")]
        if waiting or not all(one.isprintable() and len(one) <= MAX_VALIDATOR_CHARS for one in validators):
            validators = ["", ""]  # so that it is sent in full again
        new = FeedState(*validators, tuple(dict.fromkeys(seen))[:MAX_SEEN])
        states = {name: one._asdict() for name, one in (load_states(folder) | {address: new}).items()}
        write_whole(folder / STATE_FILE, json.dumps(states, indent=1))
    return added


def entry_key(entry: Draft) -> str:
    """What an entry is known by; not by its id alone, since some feeds number the entries of each version."""
    return content_hash("\n".join(str(one) for one in (entry.entry_id, entry.url, entry.title)))


def full_entries(
    entries: list[Draft], pages: LinkedPages, place: Workplace
) -> tuple[list[Draft], list[Refusal], list[Draft]]:
    """Entries with the texts of their pages, why some are only summaries, and those that wait."""
    deadline, fetched = time.monotonic() + FEED_SECONDS, 0
    drafts, refusals, waiting = [], [], []
    for entry in entries:
        if len(entry.text) >= MIN_ENTRY_CHARS or not entry.url:
            drafts.append(entry)
        elif fetched == MAX_PAGES or time.monotonic() > deadline:
            waiting.append(entry)
        else:
            fetched += 1
            draft, reason = full_entry(entry, pages, place)
            drafts.append(draft)
            refusals += [Refusal(entry.path, f"is only a summary, since its page {reason}")] if reason else []
    if waiting:
        limits = f"{counted(MAX_PAGES, 'page')} or {counted(FEED_SECONDS, 'second')} of one feed at a time"
        others = f" and {counted(len(waiting) - 1, 'other entry')}" if len(waiting) > 1 else ""
        refusals.append(Refusal(waiting[0].path, f"waits for the next time{others}: {limits} are read"))
    return drafts, refusals, waiting


def full_entry(entry: Draft, pages: LinkedPages, place: Workplace) -> tuple[Draft, str]:
    """An entry with the text of its page, and why it is only a summary; "" if it is not."""
    try:
        found = stage_page(pages.fetch(entry.url), plain_address(entry.url), Choices(), place).found[0]
    except (OSError, ValueError) as error:
        return entry, f"could not be added: {error}"
    if not isinstance(found, Draft):
        return entry, found.reason
    if len(found.text) <= len(entry.text):
        return entry, ""
    body = found.text.removeprefix(found.title or "").lstrip()
    missing = {
        name: getattr(found, name) for name in ("author", "published_date") if not getattr(entry, name)
    }
    return entry._replace(text=with_title(entry.title, body), **missing), ""


def save_entries(
    name: str, found: list[Found], entries: list[Draft], folder: Path, metadata: dict[str, str]
) -> AddedSource:
    """Append entries that are new to the corpus to the file of their feed; old ones are not reported.

    Args:
        name: of the file.
        found: what is to be added, and what is refused already.
        entries: all of the feed: an address that several of them have does not show that one is known.
        folder: of the articles; the caller keeps other programs from changing it.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
    """
    corpus, saved = corpus_in(folder), load_metadata(folder)
    counts, links = Counter(one.url for one in entries), set(corpus["url"].dropna())
    known = {link for link in links if counts[link] == 1 and is_permalink(link)}
    found = [one for one in found if isinstance(one, Refusal) or one.url not in known]
    own = saved.get(name, {"file": name})
    row = {**own, **{column: cell for column, cell in metadata.items() if cell}}
    rows, refused, _ = new_rows(with_metadata(found, row), paths_by_id(corpus, folder))
    target = folder / name
    before = target.read_bytes() if target.exists() else b""
    new = {row["path"]: line for line, row in enumerate(rows, start=before.count(b"\n") + 1)}
    if rows:
        content = (
            before + json_lines(one for one in found if isinstance(one, Draft) and one.path in new).encode()
        )
        if row != own:
            write_metadata(folder, saved | {name: row})
        write_whole(target, content.decode())
    placed = [{**one, "path": f"{name}:{new[one['path']]}"} for one in rows]
    return AddedSource(target, article_table(placed), rejected_table(refused), [])


def load_states(folder: Path) -> dict[str, FeedState]:
    """The state of each feed by its address.

    Raises:
        ValueError: the file is broken.
    """
    path = folder / STATE_FILE
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_bytes())
        states = {
            address: FeedState(one["etag"], one["modified"], tuple(one["seen"]))
            for address, one in stored.items()
        }
        if not all(isinstance(part, str) for one in states.values() for part in (*one[:2], *one.seen)):
            raise TypeError("not text")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            f"{path}: is broken, expected what faultline add wrote: remove it, nothing is added twice"
        ) from error
    return states
