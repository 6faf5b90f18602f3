"""Where the index of a folder of articles is kept, and whether anything has changed since it was written."""

import hashlib
import os
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from analysis.ingest.whole_files import write_errors
from analysis.source_files import AT_START

FOLDER: Final = "search"  # inside the store


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
        ValueError: as in `analysis.ingest.file_systems.file_system_of`.
    """
    if "::" not in store and "://" not in store:
        return Path(store)
    from fsspec.implementations.local import LocalFileSystem  # addresses are rare: others need not wait

    from analysis.ingest.file_systems import file_system_of

    fs, root = file_system_of(store)
    return Path(root) if isinstance(fs, LocalFileSystem) else None


def source_state(seeds: Path | str) -> str:
    """A digest of all that the tables of a folder depend on: its files, this package, what is installed.

    Equal digests mean equal tables; different digests do not always mean different tables.

    Raises:
        OSError: the folder cannot be read.
    """
    parts = [*file_lines(str(seeds)), *map(repr, sorted(AT_START.items()))]
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
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from file_lines(entry.path)
        else:
            stat = entry.stat(follow_symlinks=False)
            yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
