"""Which articles still have to be read for which tables; reading them on one core or two; storing the result.

A profile decided the design (80 releases of the State Department, one core): encoder 66% of the time,
parse 21%, tone 3%, quotes 3%, actors, events and stance rules 2% each, topics 1%, all else under 1%.
"""

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from analysis.ingest.whole_files import ADVICE
from analysis.pipeline.cache_keys import PARSES, edited_files, reading_key
from analysis.pipeline.store import READINGS as READINGS_FOLDER
from analysis.pipeline.store import (
    ReadingFolder,
    StoreWarning,
    compact,
    load_rows,
    reading_folder,
    remove_incomplete,
    segment_by_article,
    write_segment,
)
from analysis.pipeline.unread import KILLED, UNREAD, reasons_in, unread_table
from analysis.pipeline.worker_processes import answers_in_order, send_tables
from analysis.schemas import Quotes, Sentences, Stances, Table, TextEvents, Topics

READINGS: dict[str, type[Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "ruled_stances": Stances,
    "ruled_events": TextEvents,
    "events": TextEvents,
    "topics": Topics,
}
CHUNK_CHARS = 50_000  # read and written together: what each process loses if a run is killed
CHUNK_ARTICLES = 256
PARALLEL_CHARS = 150_000  # from so many characters on, two processes finish sooner, though each starts slowly
REUSE_SPEEDUP = 20  # reading from a stored parse, without the encoder, is so many times as fast

Article = tuple[str, str]


class StoredReading(NamedTuple):
    """Where the rows of one reading are stored, and which segment has those of each article."""

    folder: ReadingFolder
    segments: dict[str, str]


class Chunk(NamedTuple):
    """Some articles that lack the same readings."""

    articles: list[Article]
    readings: list[str]
    parses: pa.Table | None  # of these articles, if they are stored


Reader = Callable[[Iterator[Chunk]], Iterator[tuple[Chunk, dict[str, pa.Table]]]]
"""Reads chunks and returns each with its tables, in any order. It may split a chunk."""


def arrow_schema(table: type[Table]) -> pa.Schema:
    """Columns and types of a table as stored."""
    kinds = {"int64": pa.int64(), "Int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    columns = table.to_schema().columns
    return pa.schema([(name, kinds.get(str(column.dtype), pa.string())) for name, column in columns.items()])


def current_keys() -> dict[str, str]:
    """The cache key of each reading with the current code, lists, models and packages."""
    keys = {name: reading_key(name, str(arrow_schema(table))) for name, table in READINGS.items()}
    return {**keys, PARSES: reading_key(PARSES, "")}


def stored_readings(store: Path | str | None, readings: Iterable[str]) -> dict[str, StoredReading]:
    """What a store has of some readings; empty without a store."""
    if store is None:
        return {}
    keys = current_keys()
    folders = {name: reading_folder(store, name, keys[name]) for name in readings}
    for folder in folders.values():
        remove_incomplete(folder)
    return {name: StoredReading(folder, segment_by_article(folder)) for name, folder in folders.items()}


def read_tables(
    articles: Sequence[Article],
    readings: Sequence[str],
    store: Path | str | None,
    progress: Callable[[int], object] = lambda done: None,
    *,
    reader: Reader | None = None,
) -> dict[str, pa.Table]:
    """The rows of some articles: from the store, or read now and stored.

    Args:
        articles: id and text of each.
        readings: names, of `READINGS`.
        store: folder of the store; None: nothing is stored.
        progress: called with the number of articles whenever some are done.
        reader: reads the chunks; None: `on_one_core_or_two`.

    Returns:
        A table per reading, the rows of an article together, the articles in any order; and `UNREAD`, the
        articles that failed.

    Warns:
        StoreWarning: the store is damaged, full or not writable.
    """
    stored = stored_readings(store, [*readings, PARSES])
    parts: dict[str, list[pa.Table]] = {
        name: [arrow_schema(READINGS[name]).empty_table()] for name in readings
    }
    ids = [article_id for article_id, _ in articles]
    loaded: dict[str, set[str]] = {name: set() for name in readings}
    for name in readings if stored else ():
        tables, loaded[name] = load_rows(stored[name].folder, ids, stored[name].segments)
        parts[name] += [table.cast(parts[name][0].schema) for table in tables]
    progress(len(set.intersection(*loaded.values())))
    parts[UNREAD] = [unread_table({})]
    for done, tables in read_and_store(articles, loaded, stored, reader or on_one_core_or_two):
        for name in (*readings, UNREAD):
            parts[name] += [tables[name]] if name in tables else []
        progress(done)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def read_and_store(
    articles: Iterable[Article],
    loaded: Mapping[str, Collection[str]],
    stored: Mapping[str, StoredReading],
    reader: Reader,
) -> Iterator[tuple[int, dict[str, pa.Table]]]:
    """What the articles still lack, chunk by chunk, stored as soon as it is read.

    Yields:
        Number of articles, and a table per reading that they lacked.
    """
    can_store = bool(stored)
    has_read = False
    for chunk, tables in reader(unread_chunks(articles, loaded, stored)):
        has_read = True
        can_store = can_store and store_tables(stored, chunk, tables)
        yield len(chunk.articles), tables
    if can_store and has_read:
        compact_all(stored)


def unread_chunks(
    articles: Iterable[Article], loaded: Mapping[str, Collection[str]], stored: Mapping[str, StoredReading]
) -> Iterator[Chunk]:
    """The articles that lack a reading, in chunks that lack the same and are all parsed or all unparsed."""
    groups: dict[tuple[tuple[str, ...], bool], list[Article]] = {}
    for article in articles:
        lacks = tuple(name for name in loaded if article[0] not in loaded[name])
        if not lacks:
            continue
        is_parsed = bool(stored) and article[0] in stored[PARSES].segments
        group = groups.setdefault((lacks, is_parsed), [])
        group.append(article)
        if len(group) >= CHUNK_ARTICLES or sum(len(text) for _, text in group) >= CHUNK_CHARS:
            yield from chunks_of(groups.pop((lacks, is_parsed)), lacks, is_parsed, stored)
    for (lacks, is_parsed), group in groups.items():
        yield from chunks_of(group, lacks, is_parsed, stored)


def chunks_of(
    articles: list[Article], lacks: Sequence[str], is_parsed: bool, stored: Mapping[str, StoredReading]
) -> Iterator[Chunk]:
    """A chunk with its stored parses; articles whose parse is damaged are in a second one, parsed again."""
    if is_parsed:
        ids = [article_id for article_id, _ in articles]
        tables, found = load_rows(stored[PARSES].folder, ids, stored[PARSES].segments)
        parsed = [article for article in articles if article[0] in found]
        articles = [article for article in articles if article[0] not in found]
        if parsed:
            yield Chunk(parsed, list(lacks), pa.concat_tables(tables))
    if articles:
        yield Chunk(articles, [*lacks, PARSES] if stored else list(lacks), None)


def on_one_core_or_two(
    chunks: Iterator[Chunk], *, parallel_chars: int = PARALLEL_CHARS
) -> Iterator[tuple[Chunk, dict[str, pa.Table]]]:
    """Each chunk with what was read from it; in two processes if there is enough to read.

    Args:
        chunks: to read.
        parallel_chars: characters from which two processes are used.
    """
    first, effort = [], 0.0
    for chunk in chunks:
        first.append(chunk)
        effort += effort_of(chunk)
        if effort >= parallel_chars:
            for done, answer in answers_in_order(chain(first, chunks), send_chunk, single_articles):
                yield done, answer[1] if answer else killed_tables(done)
            return
    for chunk in first:
        yield chunk, read_chunk(chunk)


def read_chunk(chunk: Chunk) -> dict[str, pa.Table]:
    """What a chunk lacked, read in this process: the same wherever it runs."""
    load_parser()
    from analysis.pipeline.extractors import Task, extract

    return extract(Task(chunk.articles, chunk.readings, schemas_of(chunk), chunk.parses))


@cache
def load_parser() -> None:
    """Load all that reads a text, which a run without news never needs."""
    from analysis.nlp.parse.parser import load_language

    load_language()
    import_module("analysis.pipeline.extractors")


def single_articles(chunk: Chunk) -> list[Chunk]:
    """A chunk that killed its reader, split into articles, to find the one that does it."""
    return [Chunk([article], chunk.readings, None) for article in chunk.articles]


def killed_tables(chunk: Chunk) -> dict[str, pa.Table]:
    """The tables of articles that killed their readers: they have no rows, and a reason."""
    tables = {name: schema.empty_table() for name, schema in schemas_of(chunk).items()}
    return {**tables, UNREAD: unread_table({article_id: KILLED for article_id, _ in chunk.articles})}


def effort_of(chunk: Chunk) -> float:
    """The cost of a chunk, in characters of unread text."""
    characters = sum(len(text) for _, text in chunk.articles)
    is_quick = chunk.parses is not None and "stances" not in chunk.readings
    return characters / REUSE_SPEEDUP if is_quick else characters


def schemas_of(chunk: Chunk) -> dict[str, pa.Schema]:
    return {name: arrow_schema(READINGS[name]) for name in chunk.readings if name != PARSES}


def send_chunk(stream, chunk: Chunk) -> None:
    """Ask a worker process to read a chunk."""
    tables = {name: schema.empty_table() for name, schema in schemas_of(chunk).items()}
    if chunk.parses is not None:
        tables[PARSES] = chunk.parses
    send_tables(stream, {"articles": chunk.articles, "readings": chunk.readings}, tables)


def store_tables(stored: Mapping[str, StoredReading], chunk: Chunk, tables: Mapping[str, pa.Table]) -> bool:
    """Store what was read, without articles that failed.

    Returns:
        False, with a warning, if a file was edited or the store is not writable.
    """
    found = {name: table for name, table in tables.items() if name != UNREAD}
    edited = edited_files(found)
    if edited:
        warn_edited(edited)
        return False
    unread = reasons_in([tables[UNREAD]])
    ids = [article_id for article_id, _ in chunk.articles if article_id not in unread]
    try:
        for name, table in found.items():
            write_segment(stored[name].folder, table, ids)
    except OSError as error:
        warn_not_stored(stored[name].folder, error)
        return False
    return True


def compact_all(stored: Mapping[str, StoredReading]) -> None:
    """Join small segments; a store that is too full for this works without."""
    try:
        for reading in stored.values():
            compact(reading.folder)
    except OSError as error:
        warn_not_stored(reading.folder, error)


def warn_edited(names: Sequence[str]) -> None:
    warnings.warn(
        f"{', '.join(names)}: edited since this session began. The session goes on with what it read before "
        "and stores nothing more; restart the kernel or the command to use the edited files",
        StoreWarning,
        stacklevel=2,
    )


def warn_not_stored(folder: ReadingFolder, error: OSError) -> None:
    store = folder.root.removesuffix(f"/{READINGS_FOLDER}")
    warnings.warn(
        f"{store} cannot be written ({error.strerror or error}){ADVICE.get(error.errno, '')}. What is read "
        "from now on is not stored, and the next run reads it again",
        StoreWarning,
        stacklevel=2,
    )
