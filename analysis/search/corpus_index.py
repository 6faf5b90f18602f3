"""The index of a corpus: in its store, shared with other processes, or in memory; always up to date.

An index that cannot be kept only costs time: in a read-only folder, on a full disk or without a store, it is
built in memory. Pages of the dashboard write nothing.
"""

import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar
from uuid import uuid4

from analysis.ingest.folder_changes import changing
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.pipeline.for_readers import is_for_readers
from analysis.search.answer import Answer, answer_of
from analysis.search.documents import Marked, digests, documents, marked_tables
from analysis.search.index_file import (
    SearchWarning,
    UnusableIndex,
    build_file,
    empty_index,
    fact,
    is_damage,
    open_index,
    transaction,
    write_fact,
)
from analysis.search.index_rows import add_documents, indexed_digests, remove_documents
from analysis.search.matching import Place, places_of
from analysis.search.question import Question

Result = TypeVar("Result")
TRIES = 5  # while other processes change the index
REPLACED = "SQLITE_READONLY_DBMOVED"  # by a process that has rebuilt it
HALF_WRITTEN = "SQLITE_READONLY_ROLLBACK"  # by a process that was killed, so that reading needs writing first


@dataclass(frozen=True)
class Wanted:
    """What an index must hold."""

    marked: Marked
    digests: dict[str, str]
    first: str  # of its days; "": all articles of the folder
    last: str


@dataclass
class CorpusIndex:
    """The index of a corpus, opened at the first search, and again if another process has changed it."""

    tables: Callable[[], Tables]  # as read, before any narrowing
    path: Path | None  # of the file; None keeps the index in memory
    first: str = ""  # ISO 8601 days of the corpus; "": all, so that what is not in it has left the folder
    last: str = ""
    lock: Lock = field(default_factory=Lock, repr=False)
    connection: sqlite3.Connection | None = field(default=None, repr=False)
    state: str = ""  # of the index when it was opened

    def answer(self, question: Question, *, limit: int) -> Answer:
        """What matches a search, the best first."""
        return self.asked(lambda connection: answer_of(connection, question, limit=limit))

    def places(self, question: Question) -> list[Place]:
        """Every passage that matches a search."""
        return self.asked(lambda connection: places_of(connection, question))

    def asked(self, ask: Callable[[sqlite3.Connection], Result]) -> Result:
        """An answer from one state of the index; a damaged index is rebuilt and asked once more."""
        with self.lock:
            try:
                return self.read(ask)
            except sqlite3.DatabaseError as error:
                if not is_damage(error) or self.path is None:
                    raise
                warn_damaged(self.path, error)
                self.close()
                with suppress(OSError):
                    self.path.unlink()
                return self.read(ask)

    def read(self, ask: Callable[[sqlite3.Connection], Result]) -> Result:
        """An answer from an index that matches this corpus; after some tries, from one in memory."""
        for path in (*[self.path] * TRIES, None):
            self.open(path)
            with reading(self.connection):
                if fact(self.connection, "state") == self.state:
                    return ask(self.connection)
            self.close()
        raise sqlite3.DatabaseError("an index in memory has changed by itself")

    def open(self, path: Path | None) -> None:
        """Open the index and update it, unless it is open."""
        if self.connection is None:
            self.connection, self.state = current_index(self.tables(), path, self.first, self.last)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def current_index(
    tables: Tables, path: Path | None, first: str = "", last: str = ""
) -> tuple[sqlite3.Connection, str]:
    """An index that holds the articles of a corpus as they are now, and no others from its days.

    Args:
        tables: of the corpus, as read.
        path: of the file; None: in memory.
        first: first day of the corpus, ISO 8601; "": all articles of the folder.
        last: last day of the corpus; "": likewise.

    Returns:
        A connection for reading, and the state of the index, which changes whenever a process changes it.

    Warns:
        SearchWarning: the index cannot be kept, so it is built in memory.
    """
    marked = marked_tables(tables)
    wanted = Wanted(marked, digests(marked), first, last)
    if path is None:
        return memory_index(wanted)
    try:
        return stored_index(path, wanted)
    except (OSError, sqlite3.OperationalError) as error:
        warn_not_kept(path, error, len(wanted.digests))
        return memory_index(wanted)


def memory_index(wanted: Wanted) -> tuple[sqlite3.Connection, str]:
    """A new index in memory, and its state."""
    connection = empty_index(":memory:")
    add_documents(connection, documents(wanted.marked, wanted.digests))
    return connection, fact(connection, "state")


def stored_index(path: Path, wanted: Wanted) -> tuple[sqlite3.Connection, str]:
    """The index in a file, updated; one in memory if the file is not, may not be or does not stay up to date.

    Raises:
        OSError, sqlite3.OperationalError: it cannot be opened or written.
    """
    for _ in range(TRIES):
        try:
            connection = open_index(path)
            state = state_if_current(connection, wanted)
            if state:
                return connection, state
            connection.close()
            if is_for_readers():
                break
            change(path, wanted)
        except UnusableIndex:
            if is_for_readers():
                break
            build(path, wanted)
        except sqlite3.OperationalError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name == HALF_WRITTEN and not is_for_readers():
                roll_back(path)
            elif name != REPLACED:
                raise
    return memory_index(wanted)


def state_if_current(connection: sqlite3.Connection, wanted: Wanted) -> str:
    """The state of an index that holds what it must; "" if anything needs changing."""
    with reading(connection):
        gone, new = differences(connection, wanted)
        return "" if gone or new else fact(connection, "state")


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside this context is from one state of the index."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:  # damage may have ended it
            connection.execute("ROLLBACK")


def differences(connection: sqlite3.Connection, wanted: Wanted) -> tuple[list[str], dict[str, str]]:
    """Articles in the index that are gone or changed, and the digests of those that are new or changed."""
    stored = indexed_digests(connection, wanted.first, wanted.last)
    known = indexed_digests(connection)
    gone = [one for one, digest in known.items() if wanted.digests.get(one, digest) != digest]
    gone += [one for one in stored if one not in wanted.digests]
    new = {one: digest for one, digest in wanted.digests.items() if known.get(one) != digest}
    return sorted(gone), new


def build(path: Path, wanted: Wanted) -> None:
    """Build the index, unless another process has done so meanwhile."""
    with changing(path.parent):
        try:
            open_index(path).close()
        except UnusableIndex:
            everything = documents(wanted.marked, wanted.digests)
            build_file(path, lambda index: add_documents(index, everything))


def roll_back(path: Path) -> None:
    """Undo what a process that was killed has half written, as SQLite does when it may write."""
    with changing(path.parent):
        open_index(path, mode="rw").close()


def change(path: Path, wanted: Wanted) -> None:
    """Remove and add articles in one transaction, allowing for changes by another process meanwhile.

    The folder is locked, because a file that is replaced in the middle of it would get its journal.
    """
    with (
        changing(path.parent),
        closing(open_index(path, mode="rw")) as connection,
        transaction(connection),
    ):
        gone, new = differences(connection, wanted)
        remove_documents(connection, gone)
        add_documents(connection, documents(wanted.marked, new))
        write_fact(connection, "state", uuid4().hex)
        write_fact(connection, "source", "")


def warn_not_kept(path: Path, error: Exception, count: int) -> None:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    warnings.warn(
        f"{path}: {reason}. The index of {counted(count, 'article')} was built in memory, and the next "
        "search will build it again",
        SearchWarning,
        stacklevel=2,
    )


def warn_damaged(path: Path, error: Exception) -> None:
    warnings.warn(f"{path} is damaged ({error}), so it was built again", SearchWarning, stacklevel=2)
