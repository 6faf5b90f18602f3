"""One round of `faultline watch`: what is new in each feed is added, as `faultline add` would.

An entry is added once: it is known by its id or its link in the feed, by the address of an article in the
corpus, and by its text. What a round does is logged, one line for it and one for each failure.
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from analysis.ingest.add_addresses import (
    MAX_PAGES,
    ReadFeed,
    file_stem,
    full_entries,
    save_feed,
    stage_page,
)
from analysis.ingest.additions import AddedSource, corpus_in, paths_by_id
from analysis.ingest.download import Answer, Page, page_of
from analysis.ingest.draft import Draft, Refusal
from analysis.ingest.encoding import content_hash
from analysis.ingest.feed_list import ListedFeed
from analysis.ingest.folder_changes import changing
from analysis.ingest.polite_download import Visits, polite_answer, polite_page
from analysis.ingest.staging import Workplace, workplace
from analysis.ingest.watch_state import FeedState, load_state, write_state
from analysis.phrasing import counted, counted_or_no
from analysis.tables.rows import rows_of

LOG: Final = logging.getLogger("faultline.watch")
MOST_ARTICLES: Final = 100  # that are added in one round
MAX_PAUSE_SECONDS: Final = 86_400  # before a feed that fails is asked again
MIN_ID_CHARS: Final = 20  # a shorter id may only number the entries of one version of a feed
MAX_VALIDATOR_CHARS: Final = 500


@dataclass
class Watch:
    """What is asked for, and what is remembered from round to round.

    Args:
        folder: of the articles.
        every_seconds: from the end of one round to the next.
        most: articles that are added in one round.
    """

    folder: Path
    every_seconds: float
    most: int = MOST_ARTICLES
    visits: Visits = field(default_factory=Visits)
    failures: dict[str, int] = field(default_factory=dict)  # by address, since the last success
    not_before: dict[str, float] = field(default_factory=dict)  # by address: when a feed is asked again
    rejected: dict[str, int] = field(default_factory=dict)  # by address: entries that were reported


class NewEntries(NamedTuple):
    """What is new in a feed, and its state once that is added."""

    feed: ListedFeed
    entries: ReadFeed
    own_links: set[str]  # addresses that belong to one entry alone
    state: FeedState


class Round(NamedTuple):
    """How many articles a round added, and how many feeds failed."""

    added_count: int
    failed_count: int


def watch_round(feeds: list[ListedFeed], watch: Watch) -> Round:
    """Ask each feed that is due, and add what is new.

    Args:
        feeds: in the order in which they are asked.
        watch: what is remembered; it is brought up to date.
    """
    watch.visits.bytes_read = 0
    due = [one for one in feeds if watch.not_before.get(one.address, 0) <= time.monotonic()]
    states, left, found, failed = load_state(watch.folder), watch.most, [], 0
    with workplace() as place:
        for feed in due:
            try:
                new = new_entries(
                    feed, states.get(feed.address, FeedState()), min(left, MAX_PAGES), watch, place
                )
            except (OSError, ValueError) as error:
                failed += 1
                put_off(feed, watch, error)
                continue
            watch.failures.pop(feed.address, None)
            if new:
                found.append(new)
                left -= len(new.entries.drafts)
    added = save_round(found, watch.folder)
    log_round(added, len(feeds) - len(due), failed, len(feeds))
    return Round(sum(len(one.articles) for one in added), failed)


def put_off(feed: ListedFeed, watch: Watch, error: Exception) -> None:
    """Log why a feed failed, and ask it later each time that it fails again."""
    count = watch.failures[feed.address] = watch.failures.get(feed.address, 0) + 1
    # After the second failure one round is left out, then three, then seven.
    pause = min(watch.every_seconds * (2 ** min(count - 1, 20) - 0.5), MAX_PAUSE_SECONDS)
    wait_until(feed, watch, pause)
    LOG.warning("failed: %s", error if feed.address in str(error) else f"{feed.address}: {error}")


def wait_until(feed: ListedFeed, watch: Watch, seconds: float) -> None:
    """Do not ask a feed before some seconds are over."""
    before = watch.not_before.get(feed.address, 0)
    watch.not_before[feed.address] = max(before, time.monotonic() + seconds)


def new_entries(
    feed: ListedFeed, state: FeedState, most: int, watch: Watch, place: Workplace
) -> NewEntries | None:
    """What is new in a feed; None if it has not changed.

    Raises:
        OSError, ValueError: the feed cannot be read.
    """
    answer = polite_answer(feed.asked_at, watch.visits, headers=conditions(state))
    if answer.status == 304:
        return None
    if answer.status in (429, 503) and answer.headers.get("Retry-After", "").isdecimal():
        wait_until(feed, watch, min(int(answer.headers["Retry-After"][:9]), MAX_PAUSE_SECONDS))
    page = feed_page(answer)
    found = stage_page(page, feed.address, {}, place).found
    drafts = [one for one in found if isinstance(one, Draft)]
    refusals = [one for one in found if isinstance(one, Refusal)]
    if not drafts:
        raise ValueError(f"{feed.address}: {refusals[0].reason}")
    report_rejected(feed, refusals, watch)
    keys = entry_keys(drafts)
    fresh = [path for path, key in keys.items() if key not in state.seen]
    chosen = [draft for draft in drafts if draft.path in fresh[:most]]
    fetch_page = partial(polite_page, visits=watch.visits, linked_from=page.address)
    full, summaries = full_entries(chosen, fetch_page, place)
    seen = dict.fromkeys([keys[path] for path in keys if path not in fresh[most:]] + list(state.seen))
    is_whole = len(fresh) <= most  # if not, the feed is asked for in full again
    return NewEntries(
        feed,
        ReadFeed(f"{file_stem(feed.address)}.jsonl", full, summaries),
        own_links(drafts),
        FeedState(
            validator(answer, "ETag", is_whole), validator(answer, "Last-Modified", is_whole), tuple(seen)
        ),
    )


def report_rejected(feed: ListedFeed, refusals: list[Refusal], watch: Watch) -> None:
    """Log how many entries of a feed have no text, unless that was said before."""
    if refusals and watch.rejected.get(feed.address) != len(refusals):
        what = counted(len(refusals), "entry")
        LOG.warning("%s: %s rejected; the first %s", feed.address, what, refusals[0].reason)
    watch.rejected[feed.address] = len(refusals)


def conditions(state: FeedState) -> dict[str, str]:
    """Headers that ask for a feed only if it has changed."""
    known = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in known.items() if value}


def validator(answer: Answer, name: str, is_whole: bool) -> str:
    """What a server says of the version that it sent, if we can say it again."""
    value = answer.headers.get(name) or ""
    return value if is_whole and value.isprintable() and len(value) <= MAX_VALIDATOR_CHARS else ""


def feed_page(answer: Answer) -> Page:
    """The feed in an answer, whatever its server calls it: many call it a page or plain text."""
    if answer.status != 200:
        return page_of(answer)
    return Page(answer.address, ".xml", answer.content)


def entry_keys(drafts: list[Draft]) -> dict[str, str]:
    """What each entry is known by, by its path: its id or link, if no other entry has it, or all of it."""
    ids, links = Counter(one.entry_id for one in drafts), Counter(one.url for one in drafts)
    keys = {}
    for draft in drafts:
        whole = "\n".join(str(one) for one in (draft.entry_id, draft.url, draft.title, draft.text))
        if ids[draft.entry_id] == 1 and is_lasting(draft.entry_id):
            whole = str(draft.entry_id)
        elif links[draft.url] == 1 and is_permalink(draft.url):
            whole = str(draft.url)
        keys[draft.path] = content_hash(whole)
    return keys


def is_lasting(entry_id: str | None) -> bool:
    """Whether an id can be trusted not to be given to another entry later, as "item-1" is."""
    return bool(entry_id) and (is_permalink(entry_id) or len(entry_id) >= MIN_ID_CHARS)


def is_permalink(link: str | None) -> bool:
    """Whether an address is more than that of a site."""
    try:
        parts = urlsplit(link or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.path.strip("/") or parts.query)


def own_links(drafts: list[Draft]) -> set[str]:
    """The addresses that belong to one entry alone."""
    counts = Counter(one.url for one in drafts)
    return {link for link, count in counts.items() if count == 1 and is_permalink(link)}


def save_round(found: list[NewEntries], folder: Path) -> list[AddedSource]:
    """Write what a round found, and then what is remembered of it: a kill in between repeats nothing.

    Raises:
        OSError, ValueError: the folder cannot be written, or `metadata.csv` or the state is broken.
    """
    if not found:
        return []
    added = []
    with changing(folder):
        has_entries = any(new.entries.drafts for new in found)
        corpus = corpus_in(folder) if has_entries else None
        known = paths_by_id(corpus, folder) if has_entries else {}
        links = set(corpus["url"].dropna()) if has_entries else set()
        states = load_state(folder)
        for new in found:
            added.append(save_new(new, folder, known, links))
            states[new.feed.address] = new.state
        write_state(folder, states)
    return added


def save_new(new: NewEntries, folder: Path, known: dict[str, str], links: set[str]) -> AddedSource:
    """Add the entries of one feed whose address and text are new; both lists are brought up to date."""
    drafts = [one for one in new.entries.drafts if not (one.url in links and one.url in new.own_links)]
    metadata = {"outlet": new.feed.outlet}
    added, _ = save_feed(new.entries._replace(drafts=drafts), folder, metadata, known)
    known |= paths_by_id(added.articles, folder)
    links |= set(added.articles["url"].dropna())
    return added


def log_round(added: list[AddedSource], waiting_count: int, failed_count: int, feed_count: int) -> None:
    """One line for each refusal, and one for the round."""
    for one in added:
        for refusal in rows_of(one.rejected):
            LOG.warning("%s %s", refusal.path, refusal.reason)
    articles = sum(len(one.articles) for one in added)
    undated = sum(int(one.articles["published_date"].isna().sum()) for one in added)
    parts = [f"{counted_or_no(articles, 'new article')} from {counted(feed_count, 'feed')}"]
    parts += [f"{undated} without a date"] if undated else []
    parts += [f"{counted(failed_count, 'feed')} failed"] if failed_count else []
    parts += [f"{counted(waiting_count, 'feed')} asked later, after failing"] if waiting_count else []
    LOG.info("%s", ", ".join(parts))
