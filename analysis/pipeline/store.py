"""Tables on disk, so that each text is read once: Parquet segments, never changed, named by their content.

A store holds `READING/KEY/SEGMENT.parquet`. The cache key (`analysis.pipeline.cache_keys`) changes with
everything a reading depends on, so nothing out of date is ever used. A segment has the rows of some articles
and, in its metadata, their ids, since an article may have no rows. It is written whole, under the hash of its
bytes: two runs at once write the same segment or different ones, and a segment whose hash does not match is
damaged, is set aside, and its articles are read again. Nothing in a store is ever executed or unpickled, so
it may be shared.

The store may be on any file system that fsspec knows: on disk a segment is renamed into place, elsewhere it
is uploaded as one object.
"""

import hashlib
import io
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from analysis.ingest.file_systems import file_system_of
from analysis.ingest.scratch import Kind, remove_abandoned, scratch_file
from analysis.ingest.whole_files import write_errors

SUFFIX = ".parquet"
READINGS = "readings"  # the subfolder with segments
DAMAGED = "damaged"
IDS = b"article_ids"
ID_LENGTH = 16
SMALL_BYTES = 8_000_000  # smaller segments are joined
MANY_SMALL = 24  # if there are so many of them
TEMPORARY = ".writing-"


class StoreWarning(UserWarning):
    """A problem with the store that a person should know of; the run goes on."""


@dataclass(frozen=True)
class ReadingFolder:
    """The folder with the segments of one reading under one cache key."""

    fs: fsspec.AbstractFileSystem
    path: str
    root: str


@dataclass(frozen=True)
class Usage:
    """What one such folder holds."""

    reading: str
    key: str
    article_count: int
    segment_count: int
    bytes: int


def reading_folder(store: Path | str, reading: str, key: str) -> ReadingFolder:
    """The folder of a reading under a cache key; it need not exist.

    Args:
        store: the folder, or an address that fsspec knows.
        reading: name of the reading.
        key: cache key of all it depends on.

    Raises:
        ValueError: as in `analysis.ingest.file_systems.file_system_of`.
    """
    fs, root = file_system_of(str(store))
    root = f"{root.rstrip('/')}/{READINGS}"
    return ReadingFolder(fs, f"{root}/{reading}/{key}", root)


def segment_by_article(folder: ReadingFolder) -> dict[str, str]:
    """The segment that has the rows of each article in a folder.

    Warns:
        StoreWarning: a segment is damaged.
    """
    found: dict[str, str] = {}
    for path in segments(folder):
        for article_id in segment_ids(folder, path):
            found.setdefault(article_id, path)
    return found


def segments(folder: ReadingFolder) -> list[str]:
    """Paths of the segments in a folder, sorted."""
    return sorted(path for path in visible_paths(folder.fs, folder.path) if path.endswith(SUFFIX))


def visible_paths(fs: fsspec.AbstractFileSystem, folder: str) -> list[str]:
    """Paths in a folder, without files that are being written; none if the folder does not exist."""
    fs.invalidate_cache(folder)
    try:
        paths = fs.ls(folder, detail=False)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in paths if not file_name(path).startswith(TEMPORARY)]


def file_name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def segment_ids(folder: ReadingFolder, path: str) -> list[str]:
    """Ids of the articles in a segment, from its metadata; none if it is damaged or was just removed."""
    try:
        with folder.fs.open(path, "rb") as stream:
            joined = pq.read_metadata(stream).metadata[IDS].decode("ascii")
    except FileNotFoundError:  # another run joined it with others
        return []
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
        set_aside(folder, path)
        return []
    return [joined[i : i + ID_LENGTH] for i in range(0, len(joined), ID_LENGTH)]


def load_rows(
    folder: ReadingFolder, ids: Iterable[str], segment_of: dict[str, str]
) -> tuple[list[pa.Table], set[str]]:
    """The rows of some articles, and which of the articles were found.

    Args:
        folder: of the reading.
        ids: the articles wanted.
        segment_of: `segment_by_article` of the folder.

    Returns:
        Tables, with the rows of an article together and in order, and the ids of the articles found.

    Warns:
        StoreWarning: a segment is damaged.
    """
    wanted: dict[str, list[str]] = {}
    for article_id in ids:
        if article_id in segment_of:
            wanted.setdefault(segment_of[article_id], []).append(article_id)
    tables, found = [], set()
    for path, members in wanted.items():
        table = segment_table(folder, path)
        if table is not None:
            owners = table["article_id"].cast(pa.string())
            tables.append(table.filter(pc.is_in(owners, value_set=pa.array(members, pa.string()))))
            found.update(members)
    return tables, found


@lru_cache(maxsize=2)  # neighbouring articles mostly share a segment; none ever changes
def segment_table(folder: ReadingFolder, path: str) -> pa.Table | None:
    """The rows of a segment; None if it is damaged or was just removed."""
    try:
        content = folder.fs.cat_file(path)
    except FileNotFoundError:  # another run joined it with others: its articles are read again
        return None
    if content_name(content) != file_name(path):
        set_aside(folder, path)
        return None
    return pq.read_table(pa.BufferReader(content), use_threads=False).replace_schema_metadata(None)


def content_name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32] + SUFFIX


def set_aside(folder: ReadingFolder, path: str) -> None:
    """Move a damaged segment out of the way, with a warning."""
    warnings.warn(
        f"{path} is damaged: it was moved to {DAMAGED}/, and its articles are read again",
        StoreWarning,
        stacklevel=2,
    )
    with suppress(OSError):  # in a read-only folder it stays, and the next run warns again
        folder.fs.makedirs(f"{folder.root}/{DAMAGED}", exist_ok=True)
        folder.fs.mv(path, f"{folder.root}/{DAMAGED}/{file_name(path)}")


def write_segment(
    folder: ReadingFolder, table: pa.Table, ids: Sequence[str], *, is_synced: bool = False
) -> str:
    """Write the rows of some articles as one segment.

    Args:
        folder: of the reading.
        table: their rows, the column `article_id` among them.
        ids: the articles, including those without rows.
        is_synced: return only when a power failure cannot undo it. Not needed where a loss only costs
            reading again, since the hash of an incomplete segment does not match.

    Returns:
        Path of the segment.

    Raises:
        OSError: the disk is full, or the folder is not writable; existing segments stay.
    """
    stream = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({IDS: "".join(ids)}), stream, compression="zstd")
    content = stream.getvalue()
    path = f"{folder.path}/{content_name(content)}"
    if isinstance(folder.fs, LocalFileSystem):
        write_local(Path(path), content, is_synced)
    else:
        folder.fs.pipe_file(path, content)
    return path


def write_local(path: Path, content: bytes, is_synced: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with scratch_file(Kind(path.parent, TEMPORARY)) as temporary:
        with temporary.open("wb") as stream:
            stream.write(content)
            if is_synced:
                stream.flush()
                os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)  # a store may be shared
        os.replace(temporary, path)
    if is_synced:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def compact(folder: ReadingFolder) -> None:
    """Join many small segments into a few; safe while others read and write.

    A segment is removed only when all its rows are in another that is safe on disk.

    Raises:
        OSError: as in `write_segment`.
    """
    small = [path for path in segments(folder) if 0 <= size_of(folder, path) < SMALL_BYTES]
    if len(small) < MANY_SMALL:
        return
    group: list[str] = []
    for path in small:
        group.append(path)
        if sum(size_of(folder, member) for member in group) >= SMALL_BYTES:
            join_segments(folder, group)
            group = []
    join_segments(folder, group)


def size_of(folder: ReadingFolder, path: str) -> int:
    """Bytes of a segment, -1 if it was just removed."""
    try:
        return folder.fs.size(path)
    except FileNotFoundError:
        return -1


def join_segments(folder: ReadingFolder, paths: Sequence[str]) -> None:
    """Write the rows of some segments as one, each article once, and remove the originals."""
    tables, ids = [], dict.fromkeys(())
    for path in paths:
        new = [article_id for article_id in segment_ids(folder, path) if article_id not in ids]
        found, members = load_rows(folder, new, dict.fromkeys(new, path))
        tables += found
        ids |= dict.fromkeys(article_id for article_id in new if article_id in members)
    if len(paths) < 2 or not ids:
        return
    whole = write_segment(folder, pa.concat_tables(tables).combine_chunks(), list(ids), is_synced=True)
    for path in paths:
        if path != whole:
            with suppress(FileNotFoundError):  # another run did the same
                folder.fs.rm_file(path)


def remove_incomplete(folder: ReadingFolder) -> None:
    """Remove what killed runs were writing; other file systems than a disk have nothing of the kind."""
    if isinstance(folder.fs, LocalFileSystem):
        remove_abandoned(Kind(Path(folder.path), TEMPORARY))


def usage(store: Path | str) -> list[Usage]:
    """What a store holds, by reading and key.

    Raises:
        NotADirectoryError: the store is a file.
        ValueError: as in `analysis.ingest.file_systems.file_system_of`.
    """
    return [usage_of(folder) for folder in reading_folders(store)]


def reading_folders(store: Path | str) -> Iterator[ReadingFolder]:
    fs, root = file_system_of(str(store))
    if fs.isfile(root):
        raise NotADirectoryError(f"{store} is a file, expected the folder of a store")
    root = f"{root.rstrip('/')}/{READINGS}"
    for reading in sorted(visible_paths(fs, root)):
        if file_name(reading) != DAMAGED and fs.isdir(reading):
            folders = sorted(path for path in visible_paths(fs, reading) if fs.isdir(path))
            yield from (ReadingFolder(fs, path, root) for path in folders)


def usage_of(folder: ReadingFolder) -> Usage:
    paths = segments(folder)
    size = sum(max(size_of(folder, path), 0) for path in paths)
    reading, key = folder.path.rstrip("/").split("/")[-2:]
    return Usage(reading, key, len(segment_by_article(folder)), len(paths), size)


def clear(store: Path | str, keep: Iterable[tuple[str, str]] = ()) -> int:
    """Remove readings and damaged segments, and no file of anybody else.

    Args:
        store: the folder.
        keep: readings and keys to leave.

    Returns:
        Number of bytes freed.

    Raises:
        OSError: the store is not writable.
    """
    current, freed = set(keep), 0
    for folder in list(reading_folders(store)):
        found = usage_of(folder)
        if (found.reading, found.key) not in current:
            with write_errors(store, "cleared"):
                freed += remove_segments(folder.fs, folder.path)
    fs, root = file_system_of(str(store))
    with write_errors(store, "cleared"):
        return freed + remove_segments(fs, f"{root.rstrip('/')}/{READINGS}/{DAMAGED}")


def remove_segments(fs: fsspec.AbstractFileSystem, folder: str) -> int:
    """Remove what the store wrote into a folder, and the folder if nothing else is in it; bytes freed."""
    fs.invalidate_cache(folder)
    paths = fs.ls(folder, detail=False) if fs.isdir(folder) else []
    ours = [path for path in paths if path.endswith(SUFFIX) or file_name(path).startswith(TEMPORARY)]
    freed = sum(fs.size(path) for path in ours)
    for path in ours:
        fs.rm_file(path)
    if len(ours) == len(paths):
        with suppress(FileNotFoundError):  # where folders are only parts of names
            fs.rmdir(folder)
    return freed
