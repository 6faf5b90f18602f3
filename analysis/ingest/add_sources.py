"""Adding from anywhere: files and folders, and pages and feeds at addresses; of a feed only what is new.

An entry is added once: it is known by its id, link and title, by the address of an article in the corpus, and
by its text. What was seen of each feed is kept in `.feeds.json` among the articles. Without that file nothing
is lost and nothing added twice, but every feed is read in full once more.
"""

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from analysis.ingest.additions import (
    AddedSource,
    Workplace,
    add_file,
    add_folder,
    add_staged,
    corpus_in,
    corpus_paths,
    json_lines,
    named_file,
    new_rows,
    stage_files,
    workplace,
)
from analysis.ingest.addresses import is_permalink, plain_address, split_address
from analysis.ingest.corpus import ReadFile, article_table, rejected_table, with_metadata
from analysis.ingest.download import Answer, LinkedPages, get, page_ending
from analysis.ingest.draft import AS_IT_IS, Choices, Draft, Refusal, with_title
from analysis.ingest.file_formats import BY_ENDING
from analysis.ingest.folder_files import what_is
from analysis.ingest.own_tables import checked_metadata, load_metadata, write_metadata
from analysis.ingest.texts import content_hash
from analysis.ingest.whole_files import changing, write_whole
from analysis.phrasing import counted

MIN_ENTRY_CHARS: Final = 1_000  # a shorter entry of a feed is a summary, so its page is fetched
MAX_PAGES: Final = 50  # fetched for one feed
FEED_SECONDS: Final = 120  # for all pages of one feed
MAX_STEM_CHARS: Final = 100
STATE_FILE: Final = ".feeds.json"
CONDITIONS: Final = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
"""Headers of a request that asks for what is new, and the headers of the last answer that they repeat."""
MAX_SEEN: Final = 10_000  # entries of one feed that are remembered
MIN_LISTED_SHARE: Final = 0.5  # of the lines of a list of feeds begin with an address; in an article fewer do


def add_source(
    source: str,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices = AS_IT_IS,
    *,
    is_feed: bool = False,
    replace: bool = False,
) -> AddedSource:
    """Add a file, a folder, a page or a feed to a folder of articles.

    Nothing is written unless the source has at least one new article or new metadata, and nothing is
    overwritten unless that is asked for.

    Args:
        source: a path, or an address that begins with `http://` or `https://`, perhaps with a user name and
            password, which go to its server alone.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices: how to read it.
        is_feed: the source is the address of a feed, whatever its server calls it: many call theirs a page.
        replace: a file of this name that was added before is read anew; not a feed, which only grows.

    Raises:
        UnsureTable: the analyst has to say how to read a table.
        OSError, ValueError: the source does not exist or adds nothing; the message is one sentence.
    """
    metadata, path = checked_metadata(metadata), Path(source)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    if path.is_dir():
        return add_folder(path, folder, metadata, choices, replace=replace)
    if not re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        if what := what_is(path):
            raise FileNotFoundError(f"{source} {what}, expected a file, a folder or an address of articles")
        return add_file(path, folder, metadata, choices, replace=replace)
    plain = plain_address(source)
    state = load_states(folder).get(plain, {})
    answer = get(source, headers={name: state[name] for name in CONDITIONS if state.get(name)})
    if answer.status == 304:
        return AddedSource(folder / f"{file_stem(plain)}.jsonl", article_table([]), rejected_table([]), [])
    ending = ".xml" if is_feed and answer.status == 200 else page_ending(answer)
    with workplace() as place:
        staged = stage_page(answer.content, f"{file_stem(plain)}{ending}", choices, place)
        if BY_ENDING[ending].is_feed:
            return add_feed(plain, answer, staged, folder, metadata, place)
        cells = {**metadata, "url": metadata.get("url") or plain}
        return add_staged(plain, [staged], folder, cells, replace=replace)


def listed_feeds(path: Path) -> list[tuple[str, str]]:
    """The address, perhaps with a password, and the outlet or "" of each feed in a list, one a line.

    What follows a `#` after a space, or at the start of a line, is a comment.

    Returns:
        Nothing if the file is no such list, but perhaps an article.

    Raises:
        ValueError: a line of the list is no address; the message names the line.
    """
    if path.suffix.lower() != ".txt" or not path.is_file():
        return []
    text = path.read_bytes()[:1_000_000].decode("utf-8-sig", "replace")
    plain = re.sub(r"(^|[^\S\n])#.*", "", text, flags=re.MULTILINE)  # without comments
    lines = [
        (i, words) for i, line in enumerate(plain.split("\n"), start=1) if (words := line.split(None, 1))
    ]
    count = sum(words[0].lower().startswith(("http://", "https://")) for _, words in lines)
    if not count or count < MIN_LISTED_SHARE * len(lines):
        return []
    feeds = []
    for number, (address, *rest) in lines:
        feeds.append((address, " ".join(" ".join(rest).split())))
        try:
            split_address(address)
            checked_metadata({"outlet": feeds[-1][1]})
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from error
    return feeds


def stage_page(content: bytes, name: str, choices: Choices, place: Workplace) -> ReadFile:
    """A download with its articles, under a name."""
    file = place.scratch / name
    file.write_bytes(content)
    (staged,) = stage_files([named_file(file, name)], choices, place)
    return staged


def file_stem(address: str) -> str:
    """A file name for an address, without ending: its host and path."""
    parts = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.netloc}{parts.path}-{parts.query}")
    stem = re.sub(r"-(?:html?|xml)$", "", words.strip("-"))
    return stem if len(stem) <= MAX_STEM_CHARS else f"{stem[:MAX_STEM_CHARS]}-{content_hash(address)[:8]}"


def add_feed(
    address: str,
    answer: Answer,
    staged: ReadFile,
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
    name, seen = f"{file_stem(address)}.jsonl", load_states(folder).get(address, {"seen": []})["seen"]
    entries = [one for one in staged.found if isinstance(one, Draft)]
    refusals = [one for one in staged.found if isinstance(one, Refusal)]
    if not entries:
        raise ValueError(f"{address}: {refusals[0].reason}")
    fresh = [one for one in entries if entry_key(one) not in seen]
    drafts, summaries, waiting = full_entries(fresh, LinkedPages(answer.address), place)
    refusals = summaries if seen else refusals + summaries
    with changing(folder):
        corpus, saved = corpus_in(folder), load_metadata(folder)
        counts = Counter(one.url for one in entries)  # an address of several shows nothing
        known = {link for link in corpus["url"].dropna() if counts[link] == 1 and is_permalink(link)}
        drafts = [one for one in drafts if one.url not in known]
        own = saved.get(name, {"file": name})
        row = {**own, **{column: cell for column, cell in metadata.items() if cell}}
        rows, refused, _ = new_rows(with_metadata(drafts, row), corpus_paths(corpus, folder))
        target = folder / name
        before = target.read_bytes() if target.exists() else b""
        lines = {one["path"]: line for line, one in enumerate(rows, start=before.count(b"\n") + 1)}
        if rows:
            if row != own:
                write_metadata(folder, saved | {name: row})
            write_whole(target, before.decode() + json_lines(one for one in drafts if one.path in lines))
        waits = {one.path for one in waiting}
        seen = [*(entry_key(one) for one in entries if one.path not in waits), *seen]
        said = {name: answer.headers.get(mark, "") for name, mark in CONDITIONS.items() if not waiting}
        state = {**said, "seen": list(dict.fromkeys(seen))[:MAX_SEEN]}
        write_whole(folder / STATE_FILE, json.dumps(load_states(folder) | {address: state}, indent=1))
    placed = [{**one, "path": f"{name}:{lines[one['path']]}"} for one in rows]
    return AddedSource(target, article_table(placed), rejected_table(refusals + refused), [])


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
        page = pages.fetch(entry.url)
        name = f"{file_stem(plain_address(entry.url))}{page_ending(page)}"
        found = stage_page(page.content, name, AS_IT_IS, place).found[0]
    except (OSError, ValueError) as error:
        return entry, f"could not be added: {error}"
    if not isinstance(found, Draft) or len(found.text) <= len(entry.text):
        return entry, getattr(found, "reason", "")
    body = found.text.removeprefix(found.title or "").lstrip()
    missing = {
        name: getattr(found, name) for name in ("author", "published_date") if not getattr(entry, name)
    }
    return entry._replace(text=with_title(entry.title, body), **missing), ""


def load_states(folder: Path) -> dict[str, dict]:
    """What is known of each feed by its address: the keys of entries that were `seen`, and `CONDITIONS`.

    Of a file that is not there or broken nothing, so that each feed is read in full once more.
    """
    try:
        return {
            address: {"seen": list(one["seen"])} | {name: str(one.get(name, "")) for name in CONDITIONS}
            for address, one in json.loads((folder / STATE_FILE).read_bytes()).items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
