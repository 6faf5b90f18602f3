"""Read the articles that are not stored yet, here or on other machines, and store the result."""

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from analysis.pipeline.store import (
    ARTICLE_ROWS,
    StoreWarning,
    VersionFolder,
    join_small_files,
    lists_at_start,
    lists_digest,
    load_stored,
    reading_version,
    version_folder,
    write_articles,
)
from analysis.pipeline.workers import KILLED, Pool, answers, chunked

CHUNK_CHARS: Final = 50_000  # read and written together: what each process loses if a run is killed
CHUNK_ARTICLES: Final = 256
PARALLEL_CHARS: Final = 150_000  # from so many on, two processes finish sooner, though each starts slowly

Article = tuple[str, str]  # id and text


def read_rows(
    articles: Sequence[Article],
    *,
    store: Path | str | None = None,
    pool: Pool | None = None,
    parallel_chars: int = PARALLEL_CHARS,
    progress: Callable[[int], object] = lambda done: None,
) -> pa.Table:
    """The rows of some articles: from the store, or read now and stored.

    Args:
        articles: id and text of each.
        store: folder of the store; None: nothing is stored.
        pool: who reads what is not stored; None: this process, or two others from `parallel_chars` on.
        parallel_chars: characters in unread texts.
        progress: called with the number of articles whenever some are done.

    Returns:
        Table with the columns of `ARTICLE_ROWS`, in any order; an article that failed has its reason alone.

    Warns:
        StoreWarning: the store is damaged, full or not writable, or word lists were edited meanwhile.
    """
    folder = version_folder(store, reading_version()) if store else None
    parts = [load_stored(folder, {one for one, _ in articles}) if folder else ARTICLE_ROWS.empty_table()]
    known = set(parts[0]["article_id"].to_pylist())
    progress(len(known))
    unread = (article for article in articles if article[0] not in known)
    chunks = chunked(unread, CHUNK_ARTICLES, CHUNK_CHARS)
    can_store = folder is not None
    for chunk, rows in answers(read_chunk, chunks, pool, parallel_chars):
        if rows is None:
            killed = [{"article_id": one, "failure": KILLED} for one, _ in chunk]
            rows = pa.Table.from_pylist(killed, schema=ARTICLE_ROWS)
        parts.append(rows)
        can_store = can_store and store_rows(folder, rows)
        progress(len(rows))
    if can_store and len(parts) > 1:
        with_warning(join_small_files, folder)
    return pa.concat_tables(parts)


def read_chunk(chunk: list[Article]) -> pa.Table:
    """The rows of a chunk, read in this process: the same wherever it runs."""
    from analysis.pipeline.extractors import read_articles  # loads models, which a run without news can spare

    return read_articles(chunk)


def store_rows(folder: VersionFolder, rows: pa.Table) -> bool:
    """Store what was read, without articles that failed.

    Returns:
        False, with a warning, if a word list was edited or the store is not writable.
    """
    if lists_digest() != lists_at_start():
        warnings.warn(
            "A word list was edited since this session began. The session goes on with what it read before "
            "and stores nothing more; restart the kernel or the command to use the edited list",
            StoreWarning,
            stacklevel=2,
        )
        return False
    return with_warning(write_articles, folder, rows.filter(pc.is_null(rows["failure"])))


def with_warning(write: Callable[..., object], *arguments: object) -> bool:
    """Write to a store; False, with a warning, if it is not writable."""
    try:
        write(*arguments)
    except OSError as error:
        warnings.warn(
            f"{error}. What is read from now on is not stored, and the next run reads it again",
            StoreWarning,
            stacklevel=3,
        )
        return False
    return True
