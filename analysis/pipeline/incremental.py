"""Which articles still have to be read for what; the reading on one core or two; the keeping of it.

Profile that decided the shape (80 releases of the State Department, one core): encoder 66% of the time,
parse 21%, tone 3%, quotes 3%, actors, events and stance rules 2% each, topics 1%, all else under 1%.
"""

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from analysis.pipeline.cache_keys import PARSES, edited_files, reading_key
from analysis.pipeline.store import Shelf, StoreWarning, compact, held, load, put, shelf_of
from analysis.pipeline.worker_processes import in_turn, send_tables
from analysis.schemas import Events, Quotes, Sentences, Stances, Table, Topics

READINGS: dict[str, type[Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "ruled_stances": Stances,
    "events": Events,
    "topics": Topics,
}
CHUNK_CHARS = 50_000  # read and written at once: what a killed run loses of each process
CHUNK_ARTICLES = 256
ENOUGH = 150_000  # characters to read from which two processes, each a few seconds to start, are sooner done
QUICK = 20  # times as fast as the whole is a reading from a parse that is kept, without the encoder

Article = tuple[str, str]


class Kept(NamedTuple):
    """Where the rows of one reading are kept, and in which segment those of each article lie."""

    shelf: Shelf
    places: dict[str, str]


class Work(NamedTuple):
    """A chunk of articles that lack the same readings."""

    articles: list[Article]
    readings: list[str]
    known: pa.Table | None  # their parses, if they are kept


Reader = Callable[[Iterator[Work]], Iterator[tuple[Work, dict[str, pa.Table]]]]
"""Reads chunks and gives back each with its tables, in any order."""


def arrow_schema(table: type[Table]) -> pa.Schema:
    """Columns and types of a table as they are kept."""
    kinds = {"int64": pa.int64(), "Int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    columns = table.to_schema().columns
    return pa.schema([(name, kinds.get(str(column.dtype), pa.string())) for name, column in columns.items()])


def current_keys() -> dict[str, str]:
    """The key of each reading with the code, lists, models and packages of now."""
    keys = {name: reading_key(name, str(arrow_schema(table))) for name, table in READINGS.items()}
    return {**keys, PARSES: reading_key(PARSES, "")}


def kept_in(store: Path | str | None, readings: Iterable[str]) -> dict[str, Kept]:
    """What a store holds of some readings; nothing without a store."""
    if store is None:
        return {}
    keys = current_keys()
    shelves = {name: shelf_of(store, name, keys[name]) for name in readings}
    return {name: Kept(shelf, held(shelf)) for name, shelf in shelves.items()}


def read_tables(
    articles: Sequence[Article],
    readings: Sequence[str],
    store: Path | str | None,
    progress: Callable[[int], object] = lambda done: None,
    *,
    reader: Reader | None = None,
) -> dict[str, pa.Table]:
    """The rows of some articles: those that are kept from the store, the others read and kept.

    Args:
        articles: id and text of each.
        readings: names, of `READINGS`.
        store: folder of the store, or None: nothing is kept.
        progress: called with the number of articles whenever some are done.
        reader: reads the chunks; as a rule `on_one_core_or_two`.

    Returns:
        A table per reading, the rows of an article together, the articles in any order.

    Warns:
        StoreWarning: the store is damaged, full or cannot be written.
    """
    kept = kept_in(store, [*readings, PARSES])
    parts: dict[str, list[pa.Table]] = {
        name: [arrow_schema(READINGS[name]).empty_table()] for name in readings
    }
    ids = [article_id for article_id, _ in articles]
    there: dict[str, set[str]] = {name: set() for name in readings}
    for name in readings if kept else ():
        tables, there[name] = load(kept[name].shelf, ids, kept[name].places)
        parts[name] += [table.cast(parts[name][0].schema) for table in tables]
    progress(len(set.intersection(*there.values())))
    for done, tables in newly_read(articles, there, kept, reader or on_one_core_or_two):
        for name in readings:
            parts[name] += [tables[name]] if name in tables else []
        progress(done)
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}


def fill_store(
    articles: Iterable[Article],
    readings: Sequence[str],
    store: Path | str,
    progress: Callable[[int], object] = lambda done: None,
    *,
    reader: Reader | None = None,
) -> None:
    """Read what a store lacks of some articles, in a stream: a corpus of any size in the same memory.

    Args:
        articles: id and text of each.
        readings: names, of `READINGS`.
        store: folder of the store, or an address.
        progress: called with the number of articles whenever some were read.
    """
    kept = kept_in(store, [*readings, PARSES])
    there = {name: kept[name].places.keys() for name in readings}
    for done, _ in newly_read(articles, there, kept, reader or on_one_core_or_two):
        progress(done)


def newly_read(
    articles: Iterable[Article],
    there: Mapping[str, Collection[str]],
    kept: Mapping[str, Kept],
    reader: Reader,
) -> Iterator[tuple[int, dict[str, pa.Table]]]:
    """What the articles still lack, chunk by chunk, kept as soon as it is read.

    Yields:
        Number of articles, and a table per reading that they lacked.
    """
    can_keep = bool(kept)
    is_new = False
    for work, tables in reader(lacking(articles, there, kept)):
        is_new = True
        can_keep = can_keep and is_kept(kept, work, tables)
        yield len(work.articles), tables
    if can_keep and is_new:
        tidy(kept)


def lacking(
    articles: Iterable[Article], there: Mapping[str, Collection[str]], kept: Mapping[str, Kept]
) -> Iterator[Work]:
    """The articles that lack a reading, in chunks of those that lack the same and are parsed, or are not."""
    groups: dict[tuple[tuple[str, ...], bool], list[Article]] = {}
    for article in articles:
        lacks = tuple(name for name in there if article[0] not in there[name])
        if not lacks:
            continue
        is_parsed = bool(kept) and article[0] in kept[PARSES].places
        group = groups.setdefault((lacks, is_parsed), [])
        group.append(article)
        if len(group) >= CHUNK_ARTICLES or sum(len(text) for _, text in group) >= CHUNK_CHARS:
            yield from works((lacks, is_parsed), groups.pop((lacks, is_parsed)), kept)
    for what, group in groups.items():
        yield from works(what, group, kept)


def works(
    what: tuple[tuple[str, ...], bool], articles: list[Article], kept: Mapping[str, Kept]
) -> Iterator[Work]:
    """A chunk with its parses where they are kept; those whose parse is damaged are parsed again."""
    lacks, is_parsed = what
    if is_parsed:
        tables, found = load(
            kept[PARSES].shelf, [article_id for article_id, _ in articles], kept[PARSES].places
        )
        parsed = [article for article in articles if article[0] in found]
        articles = [article for article in articles if article[0] not in found]
        if parsed:
            yield Work(parsed, list(lacks), pa.concat_tables(tables))
    if articles:
        yield Work(articles, [*lacks, PARSES] if kept else list(lacks), None)


def on_one_core_or_two(todo: Iterator[Work]) -> Iterator[tuple[Work, dict[str, pa.Table]]]:
    """Each chunk with what was read from it; in two processes if there is enough to do."""
    first, effort = [], 0.0
    for work in todo:
        first.append(work)
        effort += effort_of(work)
        if effort >= ENOUGH:
            for done, (_, tables) in in_turn(chain(first, todo), send_work):
                yield done, tables
            return
    for work in first:
        yield work, read_work(work)


def read_work(work: Work) -> dict[str, pa.Table]:
    """What a chunk lacked, read in this process: the same wherever it runs."""
    from analysis.pipeline.extractors import (  # loads the parser, which a run without news never needs
        Task,
        extract,
    )

    return extract(Task(work.articles, work.readings, schemas_of(work), work.known))


def effort_of(work: Work) -> float:
    """What a chunk costs, in characters read from scratch."""
    characters = sum(len(text) for _, text in work.articles)
    return characters / QUICK if work.known is not None and "stances" not in work.readings else characters


def schemas_of(work: Work) -> dict[str, pa.Schema]:
    return {name: arrow_schema(READINGS[name]) for name in work.readings if name != PARSES}


def send_work(stream, work: Work) -> None:
    """Ask a worker process for a chunk."""
    tables = {name: schema.empty_table() for name, schema in schemas_of(work).items()}
    if work.known is not None:
        tables["known"] = work.known
    send_tables(stream, {"articles": work.articles, "readings": work.readings}, tables)


def is_kept(kept: Mapping[str, Kept], work: Work, tables: Mapping[str, pa.Table]) -> bool:
    """Keep what was read; False, and a warning, where the key is not true or the store takes no more."""
    edited = edited_files(tables)
    if edited:
        said_edited(edited)
        return False
    ids = [article_id for article_id, _ in work.articles]
    try:
        for name, table in tables.items():
            put(kept[name].shelf, table, ids)
    except OSError as error:
        said_unkept(error)
        return False
    return True


def tidy(kept: Mapping[str, Kept]) -> None:
    """Join small segments; a store too full for that is as good without."""
    try:
        for each in kept.values():
            compact(each.shelf)
    except OSError as error:
        said_unkept(error)


def said_edited(names: Sequence[str]) -> None:
    warnings.warn(
        f"{', '.join(names)}: edited since this session began, which goes on with what it read then: what is "
        "read from here on is not kept; to read by the edited files, restart the kernel or the command",
        StoreWarning,
        stacklevel=2,
    )


def said_unkept(error: OSError) -> None:
    warnings.warn(
        f"{error.filename or 'the store'}: {error.strerror or error}: what is read from here on is not kept, "
        "and the next run reads it again",
        StoreWarning,
        stacklevel=2,
    )
