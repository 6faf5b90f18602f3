"""The index as a SQLite file, which is never changed: when the articles change, another one takes its place.

Each level of text (articles, sentences, statements) is one FTS5 table, which also has the columns that
filters and results need. The name of the file has a checksum of its bytes, so that a damaged file is not
used.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from analysis.ingest.whole_files import temporary_file
from analysis.search.query import ARTICLES, SENTENCES, STATEMENTS, TOKENIZER

TABLES: Final = (ARTICLES, SENTENCES, STATEMENTS)
WORDS: Final = ("title", "text", "speakers", "outlet")  # in which a search looks
VALUES: Final = (
    "article_id",
    "day",  # ISO 8601; NULL if unknown
    "path",
    "start_char",
    "end_char",
    "countries",  # " CHN USA ", so that " CHN " is in it
    "pairs",  # " CHN-USA "
)
SPACING: Final = 1 << 24
"""An article has a multiple of it as its rowid, and its sentences and its statements the ones that follow."""


class SearchWarning(UserWarning):
    """A problem with the index that a person should know about; the search continues."""


def empty_index(path: Path | str) -> sqlite3.Connection:
    """A new index, to be filled; ":memory:" is kept in memory."""
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    columns = ", ".join([*WORDS, *(f"{name} UNINDEXED" for name in VALUES)])
    for table in TABLES:
        connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize='{TOKENIZER}')")
    return connection


def open_index(path: Path) -> sqlite3.Connection | None:
    """The index at a path, for reading; None if there is none, or none that is as it was written.

    Raises:
        OSError: the folder cannot be read.
    """
    for found in stored_files(path):
        with suppress(FileNotFoundError, sqlite3.DatabaseError):  # replaced, or no database
            if found.is_file() and path_with_checksum(path, found) == found:
                uri = f"{found.absolute().as_uri()}?mode=ro&immutable=1"
                connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                connection.execute("PRAGMA trusted_schema = OFF")
                return connection
    return None


def stored_files(path: Path) -> list[Path]:
    """The files of the index at a path; more than one only while another process replaces it."""
    return sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))


def path_with_checksum(path: Path, file: Path | str) -> Path:
    """The name that an index has in its place, by the bytes of its file."""
    with open(file, "rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    return path.with_stem(f"{path.stem}-{checksum[:16]}")


def fact(connection: sqlite3.Connection, name: str) -> str:
    """A fact about the index: "content" or "source"; "" if it is not known."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def build_file(path: Path, fill: Callable[[sqlite3.Connection], object]) -> None:
    """Build an index in a temporary file and rename it into place; on any error nothing is left behind.

    Args:
        path: of the index, to whose name a checksum is added.
        fill: adds the articles and facts.

    Raises:
        OSError, sqlite3.OperationalError: the folder is not writable, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_file(path.parent, path.name) as (_, temporary):
        with closing(empty_index(temporary)) as connection, connection:
            fill(connection)
        named = path_with_checksum(path, temporary)
        os.replace(temporary, named)
    for other in stored_files(path):
        if other != named:
            with suppress(OSError):  # gone, or in use
                other.unlink()
