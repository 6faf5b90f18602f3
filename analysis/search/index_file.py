"""The index as a SQLite file, which is never changed: when the articles change, another one takes its place.

Each level of text (articles, sentences, statements) is one FTS5 table, which also has the columns that
filters and results need. The name of the file has a checksum of its bytes, so that a damaged file is not
used.
"""

import hashlib
import os
import sqlite3
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from analysis.ingest.whole_files import write_errors, writing
from analysis.search.query import ARTICLES, SENTENCES, STATEMENTS, TOKENIZER

TABLES: Final = (ARTICLES, SENTENCES, STATEMENTS)
WORDS: Final = ("title", "text", "speakers", "sides", "outlet")  # in which a search looks
VALUES: Final = (
    "article_id",
    "day",  # ISO 8601; NULL if unknown
    "path",
    "start_char",
    "end_char",
    "subjects",  # countries and pairs: " CHN CHN-USA USA ", so that " CHN " is in it
)
FOLDER: Final = "search"  # inside the store
PACKAGE: Final = Path(__file__).parents[1]
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
    with writing(path) as temporary:
        with closing(empty_index(temporary)) as connection, connection:
            fill(connection)
        named = path_with_checksum(path, temporary)
        os.replace(temporary, named)
    for other in stored_files(path):
        if other != named:
            with suppress(OSError):  # gone, or in use
                other.unlink()


def index_path(store: Path | str | None, seeds: Path | str) -> Path | None:
    """Where the index of a folder of articles is, but for the checksum in its name; None without a store.

    SQLite needs a file on this machine, so the index of a store elsewhere is in the user's cache.

    Args:
        store: folder, or address that fsspec knows; "" or None keeps nothing.
        seeds: folder of articles.
    """
    if not store:
        return None
    home, place = store_folder(str(store)), str(Path(seeds).resolve())
    if home is None:
        place = f"{store}\0{place}"
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        home = Path(cache) / "faultline"
    digest = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return home / FOLDER / f"{digest}.sqlite"


def index_files(store: Path | str) -> list[Path]:
    """The files with the indexes in a store; none in one elsewhere, whose index is in the user's cache."""
    folder = store_folder(str(store))
    return sorted((folder / FOLDER).glob("*.sqlite*")) if folder else []


def remove_indexes(store: Path | str) -> int:
    """Remove the indexes in a store, which the next search rebuilds; returns the number of bytes freed."""
    freed = 0
    for path in index_files(store):
        freed += path.stat().st_size
        with write_errors(path.parent, "cleared"):
            path.unlink()
        with suppress(OSError):  # somebody else's file is in it
            path.parent.rmdir()
    return freed


def store_folder(store: str) -> Path | None:
    """The folder of a store on this machine; None for an address elsewhere.

    Raises:
        ValueError: as in `analysis.ingest.addresses.file_system_of`.
    """
    if "::" not in store and "://" not in store:
        return Path(store)
    from fsspec.implementations.local import LocalFileSystem  # addresses are rare: others need not wait

    from analysis.ingest.addresses import file_system_of

    fs, root = file_system_of(store)
    return Path(root) if isinstance(fs, LocalFileSystem) else None


def source_state(seeds: Path | str) -> str:
    """A digest of all that the tables of a folder depend on: its files, this package, what is installed.

    Equal digests mean equal tables; different digests do not always mean different tables.

    Raises:
        OSError: the folder cannot be read.
    """
    parts = [*file_lines(str(seeds)), *file_lines(str(PACKAGE))]
    parts += [repr(os.stat(sysconfig.get_path(name)).st_mtime_ns) for name in ("purelib", "platlib")]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def file_lines(folder: str) -> Iterator[str]:
    """Path, size and times of each file under a folder, in the order of their paths; hidden ones left out."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:  # reading rejects a closed folder, too, and names it
        yield f"{folder} {error.strerror}"
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from file_lines(entry.path)
        else:
            stat = entry.stat(follow_symlinks=False)
            yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
