"""The index of a corpus: in its store, shared with other processes, or in memory; always up to date.

An index that cannot be kept only costs time: in a read-only folder, on a full disk or without a store, it is
built in memory. Pages of the dashboard write nothing.
"""

import sqlite3
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.pipeline.for_readers import is_for_readers
from analysis.search.answer import Answer, Place, answer_of, places_of
from analysis.search.documents import add_documents, content_digest
from analysis.search.index_file import SearchWarning, build_file, empty_index, fact, open_index
from analysis.search.query import Question


@dataclass
class CorpusIndex:
    """The index of a corpus, opened at the first search."""

    tables: Callable[[], Tables]  # as read, before any narrowing to a pair or country
    path: Path | None  # of the index; None keeps it in memory
    source: str = ""  # `source_state` of the folder, if the index is to note it
    lock: Lock = field(default_factory=Lock, repr=False)
    connection: sqlite3.Connection | None = field(default=None, repr=False)

    def answer(self, question: Question, *, limit: int) -> Answer:
        """What matches a search, the best first."""
        with self.lock:
            return answer_of(self.opened(), question, limit=limit)

    def places(self, question: Question) -> list[Place]:
        """Every passage that matches a search."""
        with self.lock:
            return places_of(self.opened(), question)

    def opened(self) -> sqlite3.Connection:
        if self.connection is None:
            self.connection = current_index(self.tables(), self.path, self.source)
        return self.connection


def current_index(tables: Tables, path: Path | None, source: str = "") -> sqlite3.Connection:
    """An index that holds the articles of a corpus as they are now.

    Args:
        tables: of the corpus, as read.
        path: of the index; None: in memory.
        source: to note in it; "": nothing.

    Warns:
        SearchWarning: the index cannot be kept, so it is built in memory.
    """
    facts = {"content": content_digest(tables), "source": source}

    def fill(connection: sqlite3.Connection) -> None:
        add_documents(connection, tables)
        connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())

    def stored(path: Path) -> sqlite3.Connection | None:
        found = open_index(path)
        is_current = found and all(fact(found, name) == value for name, value in facts.items() if value)
        return found if is_current else None

    if path is not None:
        try:
            found = stored(path)
            if found is None and not is_for_readers():
                build_file(path, fill)
                found = stored(path)
            if found is not None:
                return found
        except (OSError, sqlite3.OperationalError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            warnings.warn(
                f"{path}: {reason}. The index of {counted(len(tables.articles), 'article')} was built in "
                "memory, and the next search will build it again",
                SearchWarning,
                stacklevel=2,
            )
    connection = empty_index(":memory:")
    fill(connection)
    return connection
