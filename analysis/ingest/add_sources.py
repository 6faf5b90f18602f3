"""Copy files, folders and pages into a folder of articles, with the metadata that the analyst gives."""

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
    article_rows,
    article_table,
    find_articles,
    load_corpus,
    printable_name,
    rejected_table,
    with_stories,
)
from analysis.ingest.corrections_file import CORRECTIONS_FILE
from analysis.ingest.dates import parse_date
from analysis.ingest.download import Page, fetch
from analysis.ingest.draft import FIELDS, Columns, Draft, Found, Refusal, with_title
from analysis.ingest.metadata_file import (
    METADATA_COLUMNS,
    METADATA_FILE,
    load_metadata,
    metadata_lines,
    write_metadata,
)
from analysis.ingest.readers import ending_of, formats_by_ending
from analysis.ingest.sandbox import reader_process

MIN_ENTRY_CHARS = 1_000  # a shorter entry of a feed is a summary, so its page is fetched
MAX_PAGES = 50  # fetched for one feed


class AddedSource(NamedTuple):
    """What one source added: where it is now, its articles, what was rejected, and the columns read."""

    path: Path
    articles: pd.DataFrame
    rejected: pd.DataFrame
    columns: list[Columns]


class ArticlePreview(NamedTuple):
    """What a file would add, before anything is written."""

    articles: pd.DataFrame  # with the story_id that each would get
    rejected: pd.DataFrame
    reprints: dict[str, list[str]]  # by article_id: paths of articles in the corpus on the same story
    columns: list[Columns]


class StagedFile(NamedTuple):
    """A file to be copied into the corpus under a name, and what was found in it."""

    name: str
    file: Path
    found: list[Found]


def add_source(
    source: str, folder: Path, metadata: dict[str, str], columns: dict[str, str] | None = None
) -> AddedSource:
    """Add a file, a folder, a page or a feed to a folder of articles.

    Nothing is written unless the source has at least one new article, and nothing is ever overwritten. A
    table whose columns are named is stored as JSONL, so that later runs need no names.

    Args:
        source: a path, or an address that begins with `http://` or `https://`.
        folder: the folder of articles, created if it does not exist.
        metadata: cells for `metadata.csv`, by column; empty ones are ignored.
        columns: field to column, for tables.

    Raises:
        OSError, ValueError: the source does not exist or adds nothing; the message is one sentence.
    """
    if metadata.get("published_date"):
        parse_date(metadata["published_date"], "--date")
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder of articles")
    with tempfile.TemporaryDirectory() as scratch:
        if re.match(r"https?://", source):
            return add_address(source, folder, metadata, columns or {}, Path(scratch))
        path = Path(source)
        if path.is_dir():
            return add_folder(path, folder, metadata, columns or {}, Path(scratch))
        if not path.is_file():
            raise FileNotFoundError(
                f"{source} does not exist, expected a file, a folder or an address of articles"
            )
        return add_staged(
            source, [read_staged(path, path.name, columns or {}, Path(scratch))], folder, metadata
        )


def preview(path: Path, folder: Path) -> ArticlePreview:
    """What a file would add to a folder of articles; nothing is written.

    Args:
        path: the file.
        folder: the folder of articles.

    Raises:
        OSError, ValueError: the file, `metadata.csv` or `corrections.csv` cannot be read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        found = read_staged(path, path.name, {}, Path(scratch)).found
    corpus = corpus_in(folder)
    known = paths_by_id(corpus, folder)
    rows, refusals, copies = new_rows(found, known)
    refusals += [copy_refusal(row, known) for row in copies]
    together = with_stories([*corpus.to_dict("records"), *rows])
    before, new = together[: len(corpus)], together[len(corpus) :]
    reprints = {
        row["article_id"]: [one["path"] for one in before if one["story_id"] == row["story_id"]]
        for row in new
    }
    columns = [one for one in found if isinstance(one, Columns)]
    return ArticlePreview(article_table(new), rejected_table(refusals), reprints, columns)


def parse_column_map(text: str) -> dict[str, str]:
    """Field to column, from `text=Body,title=Headline`."""
    columns = {}
    for pair in filter(None, text.split(",")):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            expected = f"expected FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}"
            raise ValueError(f"--map: found {pair.strip()!r}, {expected}")
        columns[field] = column
    return columns


def add_folder(
    source: Path, folder: Path, metadata: dict[str, str], columns: dict[str, str], scratch: Path
) -> AddedSource:
    """Every file under a folder that has an article, under the name of that folder."""
    own, theirs = source.resolve(), folder.resolve()
    if own == theirs or own in theirs.parents or theirs in own.parents:
        raise ValueError(
            f"{source} overlaps {folder}, the folder of articles: expected a file, or a folder outside it"
        )
    by_file: dict[str, list[Found]] = {}
    for file, found in find_articles(source, load_metadata(source)):
        by_file.setdefault(file, []).append(found)
    staged = []
    for file, found in by_file.items():
        name = f"{own.name}/{file}"
        if columns and is_table(file):
            staged.append(read_staged(source / file, name, columns, scratch))
        else:
            staged.append(
                StagedFile(
                    name, source / file, [one._replace(path=f"{own.name}/{one.path}") for one in found]
                )
            )
    if not any(isinstance(one, Draft) for part in staged for one in part.found):
        refusals = [one for part in staged for one in part.found if isinstance(one, Refusal)]
        return AddedSource(folder / own.name, article_table([]), rejected_table(refusals), [])
    return add_staged(str(source), staged, folder, metadata)


def is_table(filename: str) -> bool:
    file_format = formats_by_ending().get(ending_of(filename))
    return file_format is not None and file_format.is_table


def read_staged(path: Path, name: str, columns: dict[str, str], scratch: Path) -> StagedFile:
    """One file with its articles; a table with named columns becomes JSONL."""
    is_mapped = bool(columns) and is_table(name)
    with reader_process() as read_sandboxed:
        found = list(read_sandboxed(path, printable_name(name), columns if is_mapped else {}))
    if not is_mapped:
        return StagedFile(name, path, found)
    target = scratch / f"{len(list(scratch.iterdir()))}.jsonl"
    write_lines(target, b"", [one for one in found if isinstance(one, Draft)])
    return StagedFile(f"{name.rpartition('.')[0]}.jsonl", target, found)


def write_lines(target: Path, before: bytes, drafts: list[Draft]) -> None:
    """Append drafts as JSONL to what was there before, in one step."""
    records = ({field: value for field in FIELDS if (value := getattr(draft, field))} for draft in drafts)
    lines = "".join(json.dumps(record) + "\n" for record in records)
    temporary = target.with_name(f".{target.name}.part")
    temporary.write_bytes(before + lines.encode())
    os.replace(temporary, target)


def add_staged(source: str, staged: list[StagedFile], folder: Path, metadata: dict[str, str]) -> AddedSource:
    """Copy the files that have a new article, write their metadata, and report the outcome."""
    for part in staged:
        if part.name in (METADATA_FILE, CORRECTIONS_FILE):
            raise ValueError(
                f"{source}: {part.name} is the name of the analyst's own file: rename the article file"
            )
    known = known_paths(folder)
    rows, refusals, copied, new_files = [], [], [], []
    for part in staged:
        new, refused, copies = new_rows(with_metadata(part.found, metadata), known)
        if new and (folder / part.name).exists():
            raise FileExistsError(
                f"{folder / part.name} already exists with a different text: rename {source}"
            )
        rows, refusals, copied = rows + new, refusals + refused, copied + copies
        known |= {row["article_id"]: part.name for row in new}
        new_files += [part] if new else []
    refusals += [copy_refusal(row, known) for row in copied]
    saved = load_metadata(folder) if folder.is_dir() else {}
    if not rows:
        reason = refusals[0].reason if refusals else "is empty, expected the text of an article"
        is_one = len(refusals) == len(copied) == 1 and any(metadata.values())
        advice = metadata_advice(known[copied[0]["article_id"]], folder, metadata, saved) if is_one else ""
        raise ValueError(f"{source}: {reason}{advice}")
    for part in new_files:
        copy(part.file, folder / part.name)
    if any(metadata.values()):
        write_metadata(folder, saved | {part.name: {"file": part.name, **metadata} for part in new_files})
    columns = [one for part in staged for one in part.found if isinstance(one, Columns)]
    path = folder / (new_files[0].name if len(staged) == 1 else new_files[0].name.partition("/")[0])
    return AddedSource(path, article_table(rows), rejected_table(refusals), columns)


def known_paths(folder: Path) -> dict[str, str]:
    return paths_by_id(corpus_in(folder), folder)


def corpus_in(folder: Path) -> pd.DataFrame:
    return load_corpus(folder)[0] if folder.is_dir() else article_table([])


def paths_by_id(articles: pd.DataFrame, folder: Path) -> dict[str, str]:
    """The path of each article by its id."""
    paths = zip(articles["article_id"], articles["path"], strict=True)
    return {article_id: str(folder / path) for article_id, path in paths}


def new_rows(found: list[Found], known: dict[str, str]) -> tuple[list[dict], list[Refusal], list[dict]]:
    """Rows of new articles, refusals, and rows of articles that the corpus has already."""
    rows, refusals = article_rows(found)
    new = [row for row in rows if row["article_id"] not in known]
    return new, refusals, [row for row in rows if row["article_id"] in known]


def copy_refusal(row: dict, known: dict[str, str]) -> Refusal:
    return Refusal(row["path"], f"is a copy of {known[row['article_id']]}, expected a new article")


def metadata_advice(
    path: str, folder: Path, metadata: dict[str, str], saved: dict[str, dict[str, str]]
) -> str:
    """How to change the metadata of an article that the corpus has: a row of `metadata.csv`, ready to paste.

    Such a row is for a whole file, so only the date of a single record can be corrected.
    """
    if not Path(path).is_file():
        there = folder / CORRECTIONS_FILE
        return f"; it is one record of a file: change it there, or correct its date in {there}"
    name = Path(path).relative_to(folder).as_posix()
    row = {"file": name} | saved.get(name, {}) | {key: value for key, value in metadata.items() if value}
    below = "" if saved else f", below the line {','.join(METADATA_COLUMNS)}"
    return (
        f"; to change its metadata, give it this row in {folder / METADATA_FILE}{below}: "
        f"{metadata_lines([row]).strip()}"
    )


def copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, temporary)
    os.replace(temporary, target)


def with_metadata(found: list[Found], metadata: dict[str, str]) -> list[Found]:
    """What was found in a source, with the metadata of the analyst, as the next run will read it."""
    known = {key: value for key, value in metadata.items() if value}
    return [one._replace(**known) if isinstance(one, Draft) else one for one in found]


def add_address(
    address: str, folder: Path, metadata: dict[str, str], columns: dict[str, str], scratch: Path
) -> AddedSource:
    """A page, a feed or a file of articles, downloaded."""
    page = fetch(address)
    staged = stage_page(page, address, scratch, columns)
    if formats_by_ending()[page.ending].is_feed:
        return add_feed(address, staged, folder, metadata, scratch)
    return add_staged(address, [staged], folder, {**metadata, "url": metadata["url"] or address})


def file_stem(address: str) -> str:
    """A file name for an address, without ending: its host and path."""
    parts = urlsplit(address)
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{parts.netloc}{parts.path}-{parts.query}")
    return re.sub(r"-(?:html?|xml)$", "", words.strip("-"))[:100]


def stage_page(page: Page, address: str, scratch: Path, columns: dict[str, str]) -> StagedFile:
    file = scratch / f"{file_stem(address)}{page.ending}"
    file.write_bytes(page.content)
    return read_staged(file, file.name, columns, scratch)


def add_feed(
    address: str, staged: StagedFile, folder: Path, metadata: dict[str, str], scratch: Path
) -> AddedSource:
    """The new entries of a feed, added to those of last time; summaries are replaced by their pages.

    Old entries that are still in the feed are not reported as rejected.
    """
    name = f"{Path(staged.name).stem}.jsonl"
    target = folder / name
    known = known_paths(folder)
    entries = [one for one in staged.found if isinstance(one, Draft)]
    refusals = [one for one in staged.found if isinstance(one, Refusal)]
    drafts = []
    for number, entry in enumerate(entries):
        draft, refusal = full_entry(entry, scratch, address) if number < MAX_PAGES else (entry, None)
        drafts.append(draft)
        refusals += [refusal] if refusal else []
    rows, refused, copies = new_rows(with_metadata(drafts, metadata), known)
    if not rows:
        reasons = [*refused, *(copy_refusal(row, known) for row in copies), *refusals]
        raise ValueError(f"{address}: {reasons[0].reason if reasons else 'is a feed without articles'}")
    new = {row["path"] for row in rows}
    folder.mkdir(parents=True, exist_ok=True)
    before = target.read_bytes() if target.exists() else b""
    write_lines(target, before, [draft for draft in drafts if draft.path in new])
    if any(metadata.values()):
        write_metadata(folder, load_metadata(folder) | {name: {"file": name, **metadata}})
    return AddedSource(target, article_table(rows), rejected_table(refusals + refused), [])


def full_entry(entry: Draft, scratch: Path, feed: str) -> tuple[Draft, Refusal | None]:
    """An entry with the text of its page, if it has only a summary and the page can be downloaded."""
    if len(entry.text) >= MIN_ENTRY_CHARS or not entry.url:
        return entry, None
    try:
        page = fetch(entry.url, linked_from=feed)
        found = stage_page(page, entry.url, scratch, {}).found[0]
    except (OSError, ValueError) as error:
        return entry, Refusal(entry.path, f"is only a summary, since its page could not be added: {error}")
    if not isinstance(found, Draft):
        return entry, Refusal(entry.path, f"is only a summary, since its page {found.reason}")
    if len(found.text) <= len(entry.text):
        return entry, None
    body = found.text.removeprefix(found.title or "").lstrip()
    return entry._replace(text=with_title(entry.title, body), author=entry.author or found.author), None
