"""The index as a SQLite database: its tables, its rows, and its file, which others may be reading.

Each level of text (articles, sentences, statements) has a table with what filters and results need, and an
FTS5 table with its words, which stores no text. A new index is built in a temporary file and then renamed; a
change is one transaction. Nothing in it is ever executed, and a file that is damaged or from another version
is built again.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final
from uuid import uuid4

from analysis.ingest.scratch import Kind, scratch_file
from analysis.search.spelling import CAPITAL_WORDS

TEMPORARY: Final = ".writing-"
WAIT_SECONDS: Final = 20  # for another process that is writing
TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
VERSIONED: Final = (
    "index_file.py",
    "index_rows.py",
    "documents.py",
    "spelling.py",
)  # what the rows of an index depend on
DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")

SCHEMA: Final = f"""
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, day TEXT,
    outlet TEXT NOT NULL, folded_outlet TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL,
    length INTEGER NOT NULL, speakers TEXT NOT NULL, folded_speakers TEXT NOT NULL,
    countries TEXT NOT NULL, pairs TEXT NOT NULL,
    first_sentence INTEGER NOT NULL, end_sentence INTEGER NOT NULL,
    first_statement INTEGER NOT NULL, end_statement INTEGER NOT NULL
);
CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE INDEX newest ON articles (day DESC, article_id);
CREATE TABLE sentences (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, day TEXT,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL,
    speakers TEXT NOT NULL, folded_speakers TEXT NOT NULL, countries TEXT NOT NULL, pairs TEXT NOT NULL
);
CREATE INDEX sentences_of ON sentences (article);
CREATE TABLE statements (
    number INTEGER PRIMARY KEY, article INTEGER NOT NULL, day TEXT,
    start_char INTEGER NOT NULL, end_char INTEGER NOT NULL, text TEXT NOT NULL,
    speakers TEXT NOT NULL, folded_speakers TEXT NOT NULL, countries TEXT NOT NULL, pairs TEXT NOT NULL
);
CREATE INDEX statements_of ON statements (article);
CREATE VIRTUAL TABLE article_words USING fts5(
    title, text, speakers, content='', tokenize='{TOKENIZER}', prefix='1'
);
CREATE VIRTUAL TABLE sentence_words USING fts5(
    text, speakers, content='', tokenize='{TOKENIZER}', prefix='1'
);
CREATE VIRTUAL TABLE statement_words USING fts5(
    text, speakers, content='', tokenize='{TOKENIZER}', prefix='1'
);
"""


class SearchWarning(UserWarning):
    """A problem with the index that a person should know about; the search continues."""


class UnusableIndex(Exception):
    """There is no index at a path, or it is damaged or from another version."""


@cache
def index_version() -> str:
    """Changes with everything that the rows of an index depend on, apart from the tables of the corpus."""
    paths = [*(Path(__file__).with_name(name) for name in VERSIONED), CAPITAL_WORDS]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:32]


def empty_index(path: Path | str) -> sqlite3.Connection:
    """A new index; ":memory:" is kept in memory."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
    )
    connection.executescript(f"BEGIN; {SCHEMA} COMMIT;")
    write_fact(connection, "version", index_version())
    write_fact(connection, "state", uuid4().hex)
    return connection


def open_index(path: Path, *, mode: str = "ro") -> sqlite3.Connection:
    """The index in a file.

    Args:
        path: of the file.
        mode: "ro" to read, "rw" to change it too.

    Raises:
        UnusableIndex: there is none, or it is damaged or from another version.
        sqlite3.OperationalError: it cannot be opened.
    """
    if not path.is_file():
        raise UnusableIndex(f"{path} does not exist")
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=WAIT_SECONDS
    )
    try:
        connection.executescript("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;")
        with unusable_if_damaged(path):
            found = fact(connection, "version")
        if found != index_version():
            raise UnusableIndex(f"{path} is from another version")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def unusable_if_damaged(path: Path) -> Iterator[None]:
    """Errors caused by damage become `UnusableIndex`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise UnusableIndex(f"{path} is damaged ({error})") from error
        raise


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that a file is damaged or is not an index."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.startswith(DAMAGED) or "no such table" in str(error) or "no such column" in str(error)


def fact(connection: sqlite3.Connection, name: str) -> str:
    """A fact about the index: "version", "state" or "source"; "" if it is not known."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else ""


def write_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))


def build_file(path: Path, fill: Callable[[sqlite3.Connection], object]) -> None:
    """Build an index in a temporary file and rename it into place; on any error nothing is left behind.

    Args:
        path: of the file.
        fill: adds the articles.

    Raises:
        OSError, sqlite3.OperationalError: the folder is not writable, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with scratch_file(Kind(path.parent, TEMPORARY)) as temporary:
        with closing(empty_index(temporary)) as connection:
            connection.execute("BEGIN")
            fill(connection)
            connection.execute("COMMIT")
        os.chmod(temporary, 0o644)  # a store may be shared
        os.replace(temporary, path)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All changes or none; meanwhile others can read, but must wait to write."""
    connection.executescript("PRAGMA cache_spill = OFF; PRAGMA synchronous = NORMAL;")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.OperationalError):  # a full disk has rolled back by itself
            connection.execute("ROLLBACK")
        raise
