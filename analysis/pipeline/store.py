"""Tables on disk, so that a text is read once: segments of Parquet, never changed, named by their content.

It holds `READING/KEY/SEGMENT.parquet`. The key (`analysis.pipeline.cache_keys`) changes with all that a
reading depends on, so nothing out of date is ever read. A segment holds the rows of some articles and, in its
metadata, their ids, since an article may have no row. It appears whole, under the hash of its bytes: two runs
at once write the same segment or one beside it, and a segment whose bytes have another hash is damaged, is
set aside, and its articles are read again. Nothing in it is ever run or unpickled, so a store may be shared.

The folder may lie on any file system that fsspec knows: on disk a segment is renamed into place, elsewhere
put there as one object.
"""

import hashlib
import io
import os
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

SUFFIX = ".parquet"
READINGS = "readings"  # the part of `.faultline` that holds segments
DAMAGED = "damaged"
IDS = b"article_ids"
ID_LENGTH = 16
SMALL = 8_000_000  # bytes under which a segment is joined with others
MANY = 24  # small segments from which they are
TEMPORARY = ".writing-"
FORGOTTEN_SECONDS = 3_600  # after which a temporary file is that of a run that was killed


class StoreWarning(UserWarning):
    """Something about the store that a person should know; the run goes on."""


@dataclass(frozen=True)
class Shelf:
    """Where the segments of one reading under one key lie."""

    fs: fsspec.AbstractFileSystem
    path: str
    root: str


@dataclass(frozen=True)
class Usage:
    """What one shelf holds."""

    reading: str
    key: str
    article_count: int
    segment_count: int
    bytes: int


def shelf_of(store: Path | str, reading: str, key: str) -> Shelf:
    """The shelf of a reading; it need not exist.

    Args:
        store: the folder, or an address that fsspec knows.
        reading: name of the reading.
        key: of all it depends on.
    """
    fs, root = fsspec.core.url_to_fs(str(store))
    root = f"{root.rstrip('/')}/{READINGS}"
    return Shelf(fs, f"{root}/{reading}/{key}", root)


def held(shelf: Shelf) -> dict[str, str]:
    """The segment of each article that a shelf holds.

    Warns:
        StoreWarning: a segment is damaged.
    """
    found: dict[str, str] = {}
    for path in segments(shelf):
        for article_id in segment_ids(shelf, path):
            found.setdefault(article_id, path)
    return found


def segments(shelf: Shelf) -> list[str]:
    """Paths of the segments of a shelf, in the order of their names."""
    return sorted(path for path in listed(shelf.fs, shelf.path) if path.endswith(SUFFIX))


def listed(fs: fsspec.AbstractFileSystem, folder: str) -> list[str]:
    """Paths in a folder, without those of files half written; none if there is no folder."""
    fs.invalidate_cache(folder)
    try:
        paths = fs.ls(folder, detail=False)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in paths if not name_of(path).startswith(TEMPORARY)]


def name_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def segment_ids(shelf: Shelf, path: str) -> list[str]:
    """Ids of the articles of a segment, from its last bytes; none if it is damaged or just went."""
    try:
        with shelf.fs.open(path, "rb") as stream:
            joined = pq.read_metadata(stream).metadata[IDS].decode("ascii")
    except FileNotFoundError:  # another run joined it with others
        return []
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        set_aside(shelf, path)
        return []
    return [joined[i : i + ID_LENGTH] for i in range(0, len(joined), ID_LENGTH)]


def load(shelf: Shelf, ids: Iterable[str], places: dict[str, str]) -> tuple[list[pa.Table], set[str]]:
    """The rows of some articles, and the articles among them that could be had.

    Args:
        shelf: where they lie.
        ids: the articles wanted.
        places: what `held` gives for the shelf.

    Returns:
        Tables, the rows of an article together and in their order, and the ids they are of.

    Warns:
        StoreWarning: a segment is damaged.
    """
    wanted: dict[str, list[str]] = {}
    for article_id in ids:
        if article_id in places:
            wanted.setdefault(places[article_id], []).append(article_id)
    tables, found = [], set()
    for path, members in wanted.items():
        table = segment_table(shelf, path)
        if table is not None:
            owners = table["article_id"].cast(pa.string())
            tables.append(table.filter(pc.is_in(owners, value_set=pa.array(members, pa.string()))))
            found.update(members)
    return tables, found


@lru_cache(maxsize=2)  # a chunk of articles mostly lies in the segment of the last one; none ever changes
def segment_table(shelf: Shelf, path: str) -> pa.Table | None:
    """The rows of a segment; None if it is damaged or just went."""
    try:
        content = shelf.fs.cat_file(path)
    except FileNotFoundError:  # another run joined it with others: its articles are read once more
        return None
    if content_name(content) != name_of(path):
        set_aside(shelf, path)
        return None
    return pq.read_table(pa.BufferReader(content), use_threads=False).replace_schema_metadata(None)


def content_name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32] + SUFFIX


def set_aside(shelf: Shelf, path: str) -> None:
    """Move a damaged segment out of the way and say so."""
    warnings.warn(
        f"{path} is damaged, expected a whole file: it was moved to {DAMAGED}/, and its articles are read "
        "again",
        StoreWarning,
        stacklevel=2,
    )
    with suppress(OSError):  # a folder that cannot be written: it is passed over, and told again next time
        shelf.fs.makedirs(f"{shelf.root}/{DAMAGED}", exist_ok=True)
        shelf.fs.mv(path, f"{shelf.root}/{DAMAGED}/{name_of(path)}")


def put(shelf: Shelf, table: pa.Table, ids: Sequence[str], *, is_synced: bool = False) -> str:
    """Keep the rows of some articles.

    Args:
        shelf: where to.
        table: their rows, the column `article_id` among them.
        ids: the articles, those without a row too.
        is_synced: return only when a loss of power cannot undo it. Not needed where a loss only costs
            reading again, since a segment cut short is noticed by its hash.

    Returns:
        Path of the segment.

    Raises:
        OSError: the disk is full, or the folder cannot be written; what was there stays.
    """
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({IDS: "".join(ids)}), stream, compression="zstd")
    content = stream.getvalue()
    path = f"{shelf.path}/{content_name(content)}"
    if isinstance(shelf.fs, LocalFileSystem):
        write_local(Path(path), content, is_synced)
    else:
        shelf.fs.pipe_file(path, content)
    return path


def write_local(path: Path, content: bytes, is_synced: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if is_synced:
                stream.flush()
                os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)  # a store may be shared
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    if is_synced:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def compact(shelf: Shelf) -> None:
    """Join small segments, where there are many, into few; safe while others read and write.

    A segment goes only when all its rows stand in another that is safe on disk.

    Raises:
        OSError: as in `put`.
    """
    small = [path for path in segments(shelf) if 0 <= size_of(shelf, path) < SMALL]
    if len(small) < MANY:
        return
    group: list[str] = []
    for path in small:
        group.append(path)
        if sum(size_of(shelf, member) for member in group) >= SMALL:
            join(shelf, group)
            group = []
    join(shelf, group)
    remove_forgotten(shelf)


def size_of(shelf: Shelf, path: str) -> int:
    """Bytes of a segment, -1 if it just went."""
    try:
        return shelf.fs.size(path)
    except FileNotFoundError:
        return -1


def join(shelf: Shelf, paths: Sequence[str]) -> None:
    """Write the rows of some segments as one, each article once, and remove them."""
    tables, ids = [], dict.fromkeys(())
    for path in paths:
        new = [article_id for article_id in segment_ids(shelf, path) if article_id not in ids]
        found, members = load(shelf, new, dict.fromkeys(new, path))
        tables += found
        ids |= dict.fromkeys(article_id for article_id in new if article_id in members)
    if len(paths) < 2 or not ids:
        return
    whole = put(shelf, pa.concat_tables(tables).combine_chunks(), list(ids), is_synced=True)
    for path in paths:
        if path != whole:
            with suppress(FileNotFoundError):  # another run did the same
                shelf.fs.rm_file(path)


def remove_forgotten(shelf: Shelf) -> None:
    """Remove what killed runs left half written; only on disk, elsewhere nothing is ever half there."""
    if isinstance(shelf.fs, LocalFileSystem):
        for path in Path(shelf.path).glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > FORGOTTEN_SECONDS:
                    path.unlink()


def usage(store: Path | str) -> list[Usage]:
    """What each shelf of a store holds, by reading and key.

    Raises:
        NotADirectoryError: the store is a file.
    """
    return [usage_of(shelf) for shelf in shelves(store)]


def shelves(store: Path | str) -> Iterator[Shelf]:
    fs, root = fsspec.core.url_to_fs(str(store))
    if fs.isfile(root):
        raise NotADirectoryError(f"{store} is a file, expected the folder of the store")
    root = f"{root.rstrip('/')}/{READINGS}"
    for reading in sorted(listed(fs, root)):
        if name_of(reading) != DAMAGED:
            for path in sorted(listed(fs, reading)):
                yield Shelf(fs, path, root)


def usage_of(shelf: Shelf) -> Usage:
    paths = segments(shelf)
    size = sum(max(size_of(shelf, path), 0) for path in paths)
    reading, key = shelf.path.rstrip("/").split("/")[-2:]
    return Usage(reading, key, len(held(shelf)), len(paths), size)


def clear(store: Path | str, keep: Iterable[tuple[str, str]] = ()) -> int:
    """Remove readings, and those set aside as damaged.

    Args:
        store: the folder.
        keep: reading and key of the shelves to leave.

    Returns:
        Bytes that were freed.
    """
    kept, freed = set(keep), 0
    for shelf in list(shelves(store)):
        found = usage_of(shelf)
        if (found.reading, found.key) not in kept:
            shelf.fs.rm(shelf.path, recursive=True)
            freed += found.bytes
    fs, root = fsspec.core.url_to_fs(str(store))
    damaged = f"{root.rstrip('/')}/{READINGS}/{DAMAGED}"
    if fs.exists(damaged):
        freed += fs.du(damaged)
        fs.rm(damaged, recursive=True)
    return freed


@contextmanager
def usable_store(store: Path) -> Iterator[Path]:
    """The store if it can be written, else a passing one for this run.

    Warns:
        StoreWarning: it cannot be written; says why.
    """
    try:
        check_writable(store)
    except OSError as error:
        told = f"{error.filename or store}: {error.strerror or error}"
        warnings.warn(
            f"{told}: what is read now is not kept, and the next run reads it again",
            StoreWarning,
            stacklevel=3,
        )
        with tempfile.TemporaryDirectory(prefix="faultline-") as folder:
            yield Path(folder)
    else:
        yield store


def check_writable(store: Path | str) -> None:
    """Raise OSError if a store on disk cannot be written."""
    fs, root = fsspec.core.url_to_fs(str(store))
    if isinstance(fs, LocalFileSystem):
        os.makedirs(root, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            pass
