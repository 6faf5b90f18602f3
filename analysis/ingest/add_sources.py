"""Files, folders and addresses into a folder of articles, with what the analyst knows of them."""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from analysis.ingest.corpus import (
    METADATA_COLUMNS,
    METADATA_FILE,
    article_rows,
    article_table,
    find_articles,
    load_corpus,
    load_metadata,
    metadata_lines,
    printable_name,
    rejected_table,
    with_stories,
    write_metadata,
)
from analysis.ingest.corrections_file import CORRECTIONS_FILE
from analysis.ingest.download import Page, fetch
from analysis.ingest.draft import FIELDS, Columns, Draft, Found, Refusal, parse_date, with_title
from analysis.ingest.readers import TABLES, suffix_of
from analysis.ingest.sandbox import reader_process

FULL_CHARS = 1_000  # an entry of a feed with less is a summary: its page is fetched
MAX_PAGES = 50  # of one feed


class Added(NamedTuple):
    """What one source brought: where it lies now, its articles, what was rejected, the columns read."""

    path: Path
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]


class ArticlePreview(NamedTuple):
    """What a file would bring, while nothing of it is written."""

    articles: pd.DataFrame  # with the story_id that each would have
    rejected: pd.DataFrame
    reprints: dict[str, list[str]]  # article_id: paths of the articles in the corpus that tell its story
    columns: list[Columns]


class Staged(NamedTuple):
    """A file to be copied into the corpus under a name, and what it holds."""

    name: str
    file: Path
    found: list[Found]


def add_source(
    source: str, folder: Path, given: dict[str, str], columns: dict[str, str] | None = None
) -> Added:
    """Bring a file, a folder, a page or a feed into a folder of articles.

    Nothing is written unless the source holds at least one article that is new; nothing that is there is
    overwritten. A table whose columns are named is kept as JSONL, so that the next run needs no names.

    Args:
        source: a path, or an address that begins with `http://` or `https://`.
        folder: the folder of articles; made if it does not exist.
        given: cells for `metadata.csv`, by column; empty ones are left out.
        columns: field to column, for tables.

    Raises:
        OSError, ValueError: the source is not there or brings nothing; the message is one sentence.
    """
    if given.get("published_date"):
        parse_date(given["published_date"], "--date")
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    with tempfile.TemporaryDirectory() as scratch:
        if re.match(r"https?://", source):
            return add_address(source, folder, given, columns or {}, Path(scratch))
        path = Path(source)
        if path.is_dir():
            return add_folder(path, folder, given, columns or {}, Path(scratch))
        if not path.is_file():
            raise FileNotFoundError(f"{source} does not exist, expected an article's file")
        return settle(source, [stage(path, path.name, columns or {}, Path(scratch))], folder, given)


def preview(path: Path, folder: Path) -> ArticlePreview:
    """What a file holds and how it would stand in a folder of articles; nothing is written.

    Args:
        path: the file.
        folder: the folder of articles.

    Raises:
        OSError, ValueError: the file, or what the folder has of metadata and corrections, cannot be read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        found = stage(path, path.name, {}, Path(scratch)).found
    corpus = load_corpus(folder)[0] if folder.is_dir() else article_table([])
    known = {one: str(folder / path) for one, path in zip(corpus["article_id"], corpus["path"], strict=True)}
    rows, refusals, copies = new_rows(found, known)
    refusals += [copy_refusal(row, known) for row in copies]
    every = with_stories([*corpus.to_dict("records"), *rows])
    before, new = every[: len(corpus)], every[len(corpus) :]
    reprints = {
        row["article_id"]: [one["path"] for one in before if one["story_id"] == row["story_id"]]
        for row in new
    }
    columns = [one for one in found if isinstance(one, Columns)]
    return ArticlePreview(article_table(new), rejected_table(refusals), reprints, columns)


def parse_column_map(words: str) -> dict[str, str]:
    """Field to column, from `text=Body,title=Headline`."""
    columns = {}
    for pair in filter(None, words.split(",")):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            expected = f"expected FIELD=COLUMN with a field of {', '.join(FIELDS)}"
            raise ValueError(f"--map: found {pair.strip()!r}, {expected}")
        columns[field] = column
    return columns


def add_folder(
    source: Path, folder: Path, given: dict[str, str], columns: dict[str, str], scratch: Path
) -> Added:
    """Every file under a folder that holds an article, under the folder's own name."""
    own, theirs = source.resolve(), folder.resolve()
    if own == theirs or own in theirs.parents or theirs in own.parents:
        raise ValueError(
            f"{source} is a folder, expected an article's file or a folder apart from {folder} itself"
        )
    held: dict[str, list[Found]] = {}
    for file, found in find_articles(source, load_metadata(source)):
        held.setdefault(file, []).append(found)
    staged = []
    for file, found in held.items():
        name = f"{own.name}/{file}"
        if columns and suffix_of(file) in TABLES:
            staged.append(stage(source / file, name, columns, scratch))
        else:
            staged.append(Staged(name, source / file, [moved(one, own.name) for one in found]))
    if not any(isinstance(one, Draft) for part in staged for one in part.found):
        refusals = [one for part in staged for one in part.found if isinstance(one, Refusal)]
        return Added(folder / own.name, article_table([]), rejected_table(refusals), [])
    return settle(str(source), staged, folder, given)


def moved(found: Found, above: str) -> Found:
    return found._replace(path=f"{above}/{found.path}")


def stage(path: Path, name: str, columns: dict[str, str], scratch: Path) -> Staged:
    """One file and what it holds; a table with named columns as the JSONL that it becomes."""
    is_table = bool(columns) and suffix_of(name) in TABLES
    with reader_process() as read_apart:
        found = list(read_apart(path, printable_name(name), columns if is_table else {}))
    if not is_table:
        return Staged(name, path, found)
    target = scratch / f"{len(list(scratch.iterdir()))}.jsonl"
    write_lines(target, b"", [one for one in found if isinstance(one, Draft)])
    return Staged(f"{name.rpartition('.')[0]}.jsonl", target, found)


def write_lines(target: Path, before: bytes, drafts: list[Draft]) -> None:
    """Drafts as JSONL after what is there, in one step."""
    records = ({field: value for field in FIELDS if (value := getattr(draft, field))} for draft in drafts)
    lines = "".join(json.dumps(record) + "\n" for record in records)
    temporary = target.with_name(f".{target.name}.part")
    temporary.write_bytes(before + lines.encode())
    os.replace(temporary, target)


def settle(source: str, staged: list[Staged], folder: Path, given: dict[str, str]) -> Added:
    """Copy what holds a new article, write what is known of it, and tell what came of all of it."""
    for part in staged:
        if part.name in (METADATA_FILE, CORRECTIONS_FILE):
            raise ValueError(f"{source}: {part.name} is the analyst's own file there: rename the article's")
    known = known_articles(folder)
    rows, refusals, copied, kept = [], [], [], []
    for part in staged:
        new, refused, copies = new_rows(with_given(part.found, given), known)
        if new and (folder / part.name).exists():
            raise FileExistsError(
                f"{folder / part.name} exists already, expected a new name: rename {source}"
            )
        rows, refusals, copied = rows + new, refusals + refused, copied + copies
        known |= {row["article_id"]: part.name for row in new}
        kept += [part] if new else []
    refusals += [copy_refusal(row, known) for row in copied]
    metadata = load_metadata(folder) if folder.is_dir() else {}
    if not rows:
        reason = refusals[0].reason if refusals else "is empty, expected the text of an article"
        is_one = len(refusals) == len(copied) == 1 and any(given.values())
        advice = how_to_change(known[copied[0]["article_id"]], folder, given, metadata) if is_one else ""
        raise ValueError(f"{source}: {reason}{advice}")
    for part in kept:
        copy(part.file, folder / part.name)
    if any(given.values()):
        write_metadata(folder, metadata | {part.name: {"file": part.name, **given} for part in kept})
    columns = [one for part in staged for one in part.found if isinstance(one, Columns)]
    path = folder / (kept[0].name if len(staged) == 1 else kept[0].name.partition("/")[0])
    return Added(path, article_table(rows), rejected_table(refusals), columns)


def known_articles(folder: Path) -> dict[str, str]:
    """The path of each article that the corpus has, by its id."""
    articles = load_corpus(folder)[0] if folder.is_dir() else article_table([])
    return {
        article_id: str(folder / path)
        for article_id, path in zip(articles["article_id"], articles["path"], strict=True)
    }


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[dict]]:
    """Rows of new articles, what cannot be read, and rows of articles that are there already."""
    rows, refusals = article_rows(found)
    new = [row for row in rows if row["article_id"] not in known]
    return new, refusals, [row for row in rows if row["article_id"] in known]


def copy_refusal(row: dict, known: dict[str, str]) -> Refusal:
    return Refusal(row["path"], f"is a copy of {known[row['article_id']]}, expected a new article")


def how_to_change(held: str, folder: Path, given: dict[str, str], metadata: dict[str, dict[str, str]]) -> str:
    """What to do to tell more of an article that is there: its file's row of `metadata.csv`, ready to paste.

    That row holds for all of a file, so of one record among many only the date can be overruled.
    """
    if not Path(held).is_file():
        return f"; as one of many in its file, change it there, or its date in {folder / CORRECTIONS_FILE}"
    name = Path(held).relative_to(folder).as_posix()
    row = {"file": name} | metadata.get(name, {}) | {key: value for key, value in given.items() if value}
    below = "" if metadata else f", below the line {','.join(METADATA_COLUMNS)}"
    return (
        f"; to change what is known of it, give it this row in {folder / METADATA_FILE}{below}: "
        f"{metadata_lines([row]).strip()}"
    )


def copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, temporary)
    os.replace(temporary, target)


def with_given(found: list[Found], given: dict[str, str]) -> list[Found]:
    """What a source holds, under what the analyst knows of it, as the next run will read it."""
    known = {key: value for key, value in given.items() if value}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def add_address(
    address: str, folder: Path, given: dict[str, str], columns: dict[str, str], scratch: Path
) -> Added:
    """A page, a feed, or a file of articles, fetched from the network."""
    page = fetch(address)
    staged = stage_page(page, slug(address), scratch, columns)
    if page.suffix != ".xml":
        return settle(address, [staged], folder, {**given, "url": given["url"] or address})
    return add_feed(address, staged, folder, given, scratch)


def slug(address: str) -> str:
    """A file name for an address: its host and path."""
    parts = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.netloc}{parts.path}-{parts.query}")
    return re.sub(r"-(?:html?|xml)$", "", words.strip("-"))[:100]


def stage_page(page: Page, name: str, scratch: Path, columns: dict[str, str]) -> Staged:
    file = scratch / f"{name}{page.suffix}"
    file.write_bytes(page.content)
    return stage(file, file.name, columns, scratch)


def add_feed(address: str, staged: Staged, folder: Path, given: dict[str, str], scratch: Path) -> Added:
    """The new entries of a feed, added to those of the last time; summaries give way to their pages.

    That the old ones are still there is no news, and no reason to say that something was rejected.
    """
    name = f"{Path(staged.name).stem}.jsonl"
    target = folder / name
    known = known_articles(folder)
    entries = [one for one in staged.found if isinstance(one, Draft)]
    refusals = [one for one in staged.found if isinstance(one, Refusal)]
    drafts = []
    for number, entry in enumerate(entries):
        draft, refusal = whole_entry(entry, scratch, address) if number < MAX_PAGES else (entry, None)
        drafts.append(draft)
        refusals += [refusal] if refusal else []
    rows, refused, copies = new_rows(with_given(drafts, given), known)
    if not rows:
        reasons = [*refused, *(copy_refusal(row, known) for row in copies), *refusals]
        raise ValueError(f"{address}: {reasons[0].reason if reasons else 'is a feed without an article'}")
    new = {row["path"] for row in rows}
    folder.mkdir(parents=True, exist_ok=True)
    before = target.read_bytes() if target.exists() else b""
    write_lines(target, before, [draft for draft in drafts if draft.path in new])
    if any(given.values()):
        write_metadata(folder, load_metadata(folder) | {name: {"file": name, **given}})
    return Added(target, article_table(rows), rejected_table(refusals + refused), [])


def whole_entry(entry: Draft, scratch: Path, feed: str) -> tuple[Draft, Refusal | None]:
    """An entry with the text of its page, if it carries only a summary and the page can be had."""
    if len(entry.text) >= FULL_CHARS or not entry.url:
        return entry, None
    try:
        page = fetch(entry.url, asked=feed)
        found = stage_page(page, slug(entry.url), scratch, {}).found[0]
    except (OSError, ValueError) as error:
        return entry, Refusal(entry.path, f"is kept as the summary in its feed: {error}")
    if not isinstance(found, Draft):
        return entry, Refusal(entry.path, f"is kept as the summary in its feed: its page {found.reason}")
    if len(found.text) <= len(entry.text):
        return entry, None
    body = found.text.removeprefix(found.title or "").lstrip()
    return entry._replace(text=with_title(entry.title, body), author=entry.author or found.author), None
