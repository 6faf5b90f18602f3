"""The index as a SQLite file, which is never changed: when the articles change, another one takes its place.

The name of the file has a checksum of its bytes, so that a damaged file is not used. Neither pandas nor spaCy
is loaded to open it.
"""

import hashlib
import os
import sqlite3
import sysconfig
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from analysis.ingest.whole_files import write_errors, writing

FOLDER: Final = "search"  # inside the store
PACKAGE: Final = Path(__file__).parents[1]


def keep(connection: sqlite3.Connection, path: Path) -> None:
    """Write an index into its place, whole or not at all, and remove the one before.

    Raises:
        OSError, sqlite3.OperationalError: the folder is not writable, or the disk is full.
    """
    with write_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with writing(path) as temporary:
        with closing(sqlite3.connect(temporary)) as file:
            connection.backup(file)
        named = path_with_checksum(path, temporary)
        os.replace(temporary, named)
    for other in stored_files(path):
        if other != named:
            with suppress(OSError):  # gone, or in use
                other.unlink()


def open_index(path: Path | None, facts: dict[str, str]) -> sqlite3.Connection | None:
    """The index at a path, for reading.

    Args:
        path: of the index.
        facts: "content" and "source", as it must have noted them; "": any.

    Returns:
        None if there is none, or none that is as it was written and has noted these facts.
    """
    for found in stored_files(path) if path else ():
        with suppress(OSError, sqlite3.DatabaseError):  # replaced, not readable, or no database
            if found.is_file() and path_with_checksum(path, found) == found:
                uri = f"{found.absolute().as_uri()}?mode=ro&immutable=1"
                connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                connection.execute("PRAGMA trusted_schema = OFF")
                noted = dict(connection.execute("SELECT name, value FROM facts"))
                if all(noted[name] == value for name, value in facts.items() if value):
                    return connection
                connection.close()
    return None


def stored_files(path: Path) -> list[Path]:
    """The files of the index at a path; more than one only while another process replaces it."""
    return sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))


def path_with_checksum(path: Path, file: Path) -> Path:
    """The name that an index has in its place, by the bytes of its file."""
    with open(file, "rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    return path.with_stem(f"{path.stem}-{checksum[:16]}")


def index_path(store: Path | str | None, seeds: Path | str) -> Path | None:
    """Where the index of a folder of articles is, but for the checksum in its name; None without a store.

    SQLite needs a file on this machine, so the index of a store at an address is in the user's cache.

    Args:
        store: folder, or address that fsspec knows; "" or None keeps nothing.
        seeds: folder of articles.
    """
    if not store:
        return None
    home, place = Path(store), str(Path(seeds).resolve())
    if "://" in str(store):
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "faultline"
        place = f"{store}\0{place}"
    digest = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return home / FOLDER / f"{digest}.sqlite"


def index_files(store: Path | str) -> list[Path]:
    """The files with the indexes in a store; none in one at an address."""
    return sorted((Path(store) / FOLDER).glob("*.sqlite"))


def remove_indexes(store: Path | str) -> int:
    """Remove the indexes in a store, which the next search rebuilds; returns the number of bytes freed."""
    freed = 0
    for path in index_files(store):
        freed += path.stat().st_size
        with write_errors(path.parent, "cleared"):
            path.unlink()
    return freed


def source_state(seeds: Path | str) -> str:
    """A digest of all that the tables of a folder depend on: its files, this package, what is installed.

    Equal digests mean equal tables; different digests do not always mean different tables.
    """
    parts = [repr(os.stat(sysconfig.get_path(name)).st_mtime_ns) for name in ("purelib", "platlib")]
    for root in (seeds, PACKAGE):
        for folder, inside, files in os.walk(root):
            inside[:] = sorted(name for name in inside if not name.startswith((".", "__pycache__")))
            for path in (os.path.join(folder, name) for name in sorted(files) if not name.startswith(".")):
                found = os.lstat(path)
                parts.append(f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
