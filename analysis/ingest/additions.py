"""Adding articles to a folder: files, pages and feeds; of each only what is new.

Only one program at a time does this. The row of a file in `metadata.csv` is written before the file itself,
so a program that is killed in between leaves no article without its date; adding it again ends the work.

An entry of a feed is added once: it is known by its id, link and title, by the address of an article in the
corpus, and by its text. What was seen of each feed is kept in `.feeds.json` among the articles. Without that
file nothing is lost and nothing added twice, but every feed is read in full once more.
"""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from analysis.ingest.corpus import (
    ReadFile,
    article_rows,
    article_table,
    load_corpus,
    read_files,
    rejected_table,
    translation_name,
    with_metadata,
)
from analysis.ingest.draft import (
    AS_IT_IS,
    FIELDS,
    Choices,
    Columns,
    Draft,
    Found,
    Refusal,
    is_permalink,
    plain_address,
    with_title,
)
from analysis.ingest.file_formats import BY_ENDING, TABLES, ending_of
from analysis.ingest.folder_files import plain_file, what_is
from analysis.ingest.own_tables import checked_metadata, load_metadata, write_metadata
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.texts import content_hash
from analysis.ingest.whole_files import changing, copied_into, scratch_folder, write_errors, write_whole
from analysis.phrasing import counted

MIN_ENTRY_CHARS: Final = 1_000  # a shorter entry of a feed is a summary, so its page is fetched
FEED_SECONDS: Final = 120  # for all pages of one feed
MAX_STEM_CHARS: Final = 100
STATE_FILE: Final = ".feeds.json"
KEYS: Final = ("article_id", "path", "url")  # of an article, by which it is known
MAX_SEEN: Final = 10_000  # entries of one feed that are remembered


@dataclass
class Session:
    """What adding several sources to a folder shares: a process that reads, and the articles there."""

    folder: Path
    read: Read
    known: list[tuple[str, str, str | None]] | None = None  # id, path and address of each; None: not read yet


class AddedSource(NamedTuple):
    """What one source added, or would add."""

    path: Path  # where it is now
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]  # as they were read


class UnsureTable(ValueError):
    """A table of which the analyst has to say how it is to be read."""

    def __init__(self, columns: Columns) -> None:
        super().__init__(f"{columns.path} {columns.question}: add it again with {columns.answers}")
        self.columns = columns


def add_source(
    source: str | Path,
    folder: Path,
    metadata: dict[str, str],
    choices: Choices = AS_IT_IS,
    *,
    is_feed: bool = False,
    replace: bool = False,
    session: Session | None = None,
) -> AddedSource:
    """Add a file, a page or a feed to a folder of articles.

    An original in another language is added to its translation, if that is there. Nothing is written unless
    the source has at least one new article or new metadata, and nothing is overwritten unless that is asked
    for.

    Args:
        source: a path, or an address that begins with `http://` or `https://`, perhaps with a user name and
            password, which go to its server alone; a `Path` is never an address, so nothing is fetched, and
            messages call it by its name.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        choices: how to read it; what needs choices is stored as JSONL, so that later runs need none.
        is_feed: the source is the address of a feed, whatever its server calls it: many call theirs a page.
        replace: a file of this name that was added before is read anew; not a feed, which only grows.
        session: in which other sources are added to this folder, too.

    Raises:
        UnsureTable: the analyst has to say how to read a table.
        OSError, ValueError: the source does not exist or adds nothing; the message is one sentence.
    """
    metadata, path = checked_metadata(metadata), Path(source)
    called = (source or ".") if isinstance(source, str) else path.name
    is_address = re.match(r"(?i)[a-z][a-z0-9+.-]*://", called)
    if not is_address and (what := what_is(path)):
        copy = f": copy its files into {folder}" if path.is_dir() else ""
        raise FileNotFoundError(f"{called} {what}, expected a file or an address of articles{copy}")
    with reader_process() as read:
        own = session or Session(folder, read)
        if is_address:
            return add_page(called, own, metadata, choices, is_feed=is_feed, replace=replace)
        return add_staged(called, stage_file(path, own, choices, replace=replace), own, metadata)


def preview(path: Path, folder: Path, choices: Choices = AS_IT_IS, *, replace: bool = False) -> AddedSource:
    """What a file would add to a folder of articles; nothing is written.

    Args:
        path: the file.
        folder: the folder of articles.
        choices, replace: as in `add_source`.

    Raises:
        OSError, ValueError: the file, `metadata.csv` or `corrections.csv` cannot be read.
    """
    with reader_process() as read:
        session = Session(folder, read)
        staged = stage_file(path, session, choices, replace=replace)
        known = known_paths(session, but=staged.names if staged.is_anew else ())
    new, refusals, copies = new_rows(staged.found, known)
    return AddedSource(
        folder / staged.kept_name,
        article_table(new),
        rejected_table(refusals + copies),
        [one for one in staged.found if isinstance(one, Columns)],
    )


def stage_file(path: Path, session: Session, choices: Choices, *, replace: bool) -> ReadFile:
    """A file with its articles and its original; for a late original its translation that is in the folder.

    That is read anew, like what is replaced. A table that the analyst had to say how to read becomes JSONL.

    Raises:
        FileExistsError: the original is there already, and is not to be replaced.
        ValueError: columns are named, and the file has none.
    """
    name, folder = path.name, session.folder
    english = translation_name(name)
    files = {one.name: one for one in path.parent.iterdir() if translation_name(one.name) == name}
    if english and (folder / english).is_file():
        files[english] = folder / english
    named = {called: os.path.realpath(one) for called, one in {**files, name: path}.items()}  # behind links
    plain = [plain_file(Path(real), called, os.path.dirname(real)) for called, real in named.items()]
    staged = {one.name: one for one in read_files(plain, session.read, choices)}
    if name not in staged and (folder / name).exists() and not replace:
        raise FileExistsError(f"{folder / name} already exists: add it with --replace")
    file = staged.get(name) or staged[english]
    is_table = ending_of(file.name) in TABLES
    if choices.columns and not is_table:
        raise ValueError("no columns to name, expected a table: omit --map")
    as_jsonl = json_lines(file.found) if is_table and choices != AS_IT_IS else ""
    return file._replace(as_jsonl=as_jsonl, is_anew=replace or file.name != name)


def json_lines(found: Iterable[Found]) -> str:
    """The articles in what was found, as JSONL."""
    records = (
        {field: value for field in FIELDS if (value := getattr(draft, field))}
        for draft in found
        if isinstance(draft, Draft)
    )
    return "".join(json.dumps(record) + "\n" for record in records)


def add_staged(source: str, staged: ReadFile, session: Session, metadata: dict[str, str]) -> AddedSource:
    """Copy a file that has a new article, write its metadata, and report the outcome.

    Args:
        source: what messages call it.
        staged: the file.
        session: of the folder.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.

    Raises:
        FileExistsError: another article has the name of a new one.
        UnsureTable: the source is a table, and the analyst has to say how to read it.
        ValueError: nothing is new; the message is one sentence.
    """
    columns = [one for one in staged.found if isinstance(one, Columns)]
    if unsure := [one for one in columns if one.question]:
        raise UnsureTable(unsure[0])
    (rows, refusals), folder = article_rows(staged.found), session.folder
    if not rows:  # the folder is not made for nothing
        raise ValueError(f"{source}: {refusals[0].reason}")
    given, kept_name = {column: cell for column, cell in metadata.items() if cell}, staged.kept_name
    with changing(folder):
        saved = load_metadata(folder)
        known = known_paths(session, but=staged.names if staged.is_anew else ())
        cells = {key: cell for name in staged.names for key, cell in saved.get(name, {}).items()} | given
        rows, refusals, copies = new_rows(with_metadata(staged.found, cells), known)
        taken = [name for name in staged.names if (folder / name).exists()]
        if not rows:
            hint = ", or --replace to read its file again" if taken else ""
            raise ValueError(f"{source}: {[*refusals, *copies][0].reason}{hint}")
        if taken and not staged.is_anew:
            raise FileExistsError(
                f"{folder / taken[0]} already exists with a different text: rename {source}, or add it with "
                "--replace"
            )
        outdated = set(taken) - {kept_name}
        kept = {name: row for name, row in saved.items() if name not in outdated}
        kept |= {kept_name: {**cells, "file": kept_name}} if cells else {}
        copied = {kept_name: staged.as_jsonl or staged.path}
        if staged.original:
            copied[str(Path(staged.name).with_name(staged.original.name))] = staged.original
        with copied_into(folder, copied):
            if kept != saved:
                write_metadata(folder, kept)
        for name in outdated:
            with write_errors(folder / name, "removed"):
                os.remove(folder / name)
        session.known += [tuple(row[key] for key in KEYS) for row in rows]
    return AddedSource(folder / kept_name, article_table(rows), rejected_table(refusals + copies), columns)


def known_paths(session: Session, but: Collection[str] = ()) -> dict[str, str]:
    """The path of each article of a folder by its id, without those in some files.

    They are read once: what another program adds meanwhile is at worst added again, and then read as a copy.
    """
    if session.known is None:
        articles = load_corpus(session.folder)[0] if session.folder.is_dir() else article_table([])
        session.known = list(zip(*(articles[key] for key in KEYS), strict=True))
    session.known = [one for one in session.known if one[1].split(":")[0] not in but]
    return {key: str(session.folder / path) for key, path, _ in session.known}


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[Refusal]]:
    """Rows of new articles, refusals, and refusals of those that the corpus has already.

    Args:
        found: what was read.
        known: where the corpus has each article, by its id.
    """
    rows, refusals = article_rows(found)
    copied = {row["path"]: known[row["article_id"]] for row in rows if row["article_id"] in known}
    copies = [Refusal(path, f"is a copy of {at}, expected a new article") for path, at in copied.items()]
    return [row for row in rows if row["path"] not in copied], refusals, copies


def add_page(
    source: str, session: Session, metadata: dict[str, str], choices: Choices, *, is_feed: bool, replace: bool
) -> AddedSource:
    """Add a page or a feed, as `add_source`."""
    from analysis.ingest.download import get, get_allowed, page_ending  # the form uses no network

    plain, answer = plain_address(source), get(source)
    ending = ".xml" if is_feed and answer.status == 200 else page_ending(answer)
    with scratch_folder() as scratch:

        def staged_page(content: bytes, name: str, own: Choices) -> ReadFile:
            (scratch / name).write_bytes(content)
            return stage_file(scratch / name, session, own, replace=replace)

        staged = staged_page(answer.content, f"{file_stem(plain)}{ending}", choices)
        if not BY_ENDING[ending].is_feed:
            cells = {**metadata, "url": metadata.get("url") or plain}
            return add_staged(plain, staged, session, cells)
        rules: dict = {}  # of the servers of its pages

        def page_of(address: str) -> Found:
            page = get_allowed(address, rules, linked_from=answer.address)
            return staged_page(
                page.content, f"{file_stem(plain_address(address))}{page_ending(page)}", AS_IT_IS
            ).found[0]

        return add_feed(plain, staged.found, session, metadata, page_of)


def file_stem(address: str) -> str:
    """A file name for an address, without ending: its host and path."""
    _, host, path, query, _ = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{host}{path}-{query}")
    stem = re.sub(r"-(?:html?|xml)$", "", words.strip("-"))
    return stem if len(stem) <= MAX_STEM_CHARS else f"{stem[:MAX_STEM_CHARS]}-{content_hash(address)[:8]}"


def add_feed(
    address: str,
    found: list[Found],
    session: Session,
    metadata: dict[str, str],
    page_of: Callable[[str], Found],
) -> AddedSource:
    """Append the new entries of a feed to its file, and then remember them: a kill repeats nothing.

    Args:
        address: of the feed, without a password.
        found: the entries in it.
        session: of the folder of articles.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        page_of: reads the page at an address.

    Returns:
        What was added, perhaps nothing. Entries without a text are reported the first time only.

    Raises:
        ValueError: it is no feed, or has no entry with a text; the message is one sentence.
    """
    folder, name = session.folder, f"{file_stem(address)}.jsonl"
    seen = load_seen(folder).get(address, [])
    entries = {  # not by its id alone: some feeds number the entries of each version
        content_hash(f"{one.entry_id}\n{one.url}\n{one.title}"): one
        for one in found
        if isinstance(one, Draft)
    }
    refusals = [one for one in found if isinstance(one, Refusal) and not (entries and seen)]
    if not entries:
        raise ValueError(f"{address}: {refusals[0].reason}")
    fresh = {key: one for key, one in entries.items() if key not in seen}
    drafts, deadline = [], time.monotonic() + FEED_SECONDS
    for entry in fresh.values():
        if time.monotonic() > deadline:
            limit = f"pages of one feed are read for {counted(FEED_SECONDS, 'second')} at a time"
            refusals.append(Refusal(entry.path, f"waits for the next time, with all below it: {limit}"))
            break
        draft, reason = full_entry(entry, page_of)
        drafts.append(draft)
        refusals += [Refusal(entry.path, f"is only a summary, since its page {reason}")] if reason else []
    seen = [*list(fresh)[: len(drafts)], *seen][:MAX_SEEN]
    with changing(folder):
        paths, saved, target = known_paths(session), load_metadata(folder), folder / name
        counts = Counter(one.url for one in entries.values())  # an address of several shows nothing
        known = {link for *_, link in session.known if counts[link] == 1 and is_permalink(link)}
        drafts = [one for one in drafts if one.url not in known]
        own = saved.get(name, {"file": name})
        row = {**own, **{column: cell for column, cell in metadata.items() if cell}}
        rows, refused, _ = new_rows(with_metadata(drafts, row), paths)
        before = target.read_text(encoding="utf-8") if target.exists() else ""
        before += "\n" * (before[-1:] not in ("", "\n"))
        new = {one["path"]: f"{name}:{i}" for i, one in enumerate(rows, start=before.count("\n") + 1)}
        if rows:
            if row != own:
                write_metadata(folder, saved | {name: row})
            write_whole(target, before + json_lines(one for one in drafts if one.path in new))
            session.known += [(one["article_id"], new[one["path"]], one["url"]) for one in rows]
        write_whole(folder / STATE_FILE, json.dumps(load_seen(folder) | {address: seen}, indent=1))
    placed = [{**one, "path": new[one["path"]]} for one in rows]
    return AddedSource(target, article_table(placed), rejected_table(refusals + refused), [])


def full_entry(entry: Draft, page_of: Callable[[str], Found]) -> tuple[Draft, str]:
    """An entry with the text of its page if it is a summary; and why it has not got it, or ""."""
    if len(entry.text) >= MIN_ENTRY_CHARS or not entry.url:
        return entry, ""
    try:
        page = page_of(entry.url)
    except (OSError, ValueError) as error:
        return entry, f"could not be added: {error}"
    if not isinstance(page, Draft) or len(page.text) <= len(entry.text):
        return entry, getattr(page, "reason", "")
    whole = entry._replace(
        text=with_title(entry.title, page.text.removeprefix(page.title or "").lstrip()),
        author=entry.author or page.author,
        published_date=entry.published_date or page.published_date,
    )
    return whole, ""


def load_seen(folder: Path) -> dict[str, list[str]]:
    """The keys of the entries that were seen of each feed, by its address.

    Of a file that is not there or broken nothing, so that each feed is read in full once more.
    """
    try:
        return {
            address: list(keys) for address, keys in json.loads((folder / STATE_FILE).read_bytes()).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
