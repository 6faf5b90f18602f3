"""The files of a folder of articles that may be opened, and why each other one may not.

A link may lead out of the folder, to a device or to itself, a file may be closed to us or larger than any
disk, and a pipe keeps its reader waiting for ever. What is refused here is opened by nobody.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from analysis.ingest.draft import Refusal
from analysis.ingest.file_formats import BY_ENDING, ending_of, unknown_ending_reason

OPEN_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)


def link_reason(path: Path, root: str) -> str | None:
    """Why a link is not followed, or None."""
    try:
        found = os.stat(path)
    except OSError as error:
        return f"is a link that cannot be followed ({error.strerror or error}): copy the file here"
    if stat.S_ISDIR(found.st_mode):
        return "is a link to a folder, which is not followed: move or copy the folder here"
    if not Path(os.path.realpath(path)).is_relative_to(root):
        return "is a link that leads out of the folder, which is not followed: copy the file here"
    return None


def what_is(path: Path | str) -> str:
    """What a path is that is no plain file, as the end of "PATH ...": "does not exist", "is a pipe"."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        if os.path.islink(path):
            return f"is a link that cannot be followed ({error.strerror})"
        is_absent = isinstance(error, FileNotFoundError)
        return "does not exist" if is_absent else f"cannot be opened ({error.strerror})"
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return f"is {kinds.get(stat.S_IFMT(mode), 'a device')}"


def open_plain(path: Path | str) -> BinaryIO:
    """A file, open for reading.

    Raises:
        OSError: it cannot be opened, is a link, or has become something else than a file.
    """
    descriptor = os.open(path, OPEN_FLAGS)  # a pipe does not keep us waiting
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return open(descriptor, "rb")
    os.close(descriptor)
    raise OSError("a pipe, a socket or a device")


def table_bytes(path: Path, most: int) -> bytes:
    """The content of a table of the analyst; a link is followed only inside its folder.

    Args:
        path: of the table.
        most: bytes that it may hold.

    Raises:
        ValueError: it is no such file; the message names it.
        OSError: it cannot be opened.
    """
    reason = link_reason(path, os.path.realpath(path.parent)) if path.is_symlink() else None
    found = os.stat(path) if reason is None else None
    if found and not stat.S_ISREG(found.st_mode):
        reason = "is a folder, a pipe or a device, expected a CSV file"
    elif found and found.st_size > most:
        reason = f"holds {found.st_size:,} bytes, expected at most {most:,}"
    if reason:
        raise ValueError(f"{path}: {reason}")
    if not found.st_size:
        return b""  # what the system makes up for a reader also has no size, and may have no end
    with open_plain(os.path.realpath(path)) as stream:
        return stream.read(most)


def printable_name(name: str) -> str:
    """A file name that can be stored: bytes that are not UTF-8 become `\\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


DESK_FILE: Final = "desk.toml"  # what an analyst asks of these articles: see `analysis.pipeline.desk`
METADATA_FILE, CORRECTIONS_FILE = "metadata.csv", "corrections.csv"
OWN_FILES: Final = (METADATA_FILE, CORRECTIONS_FILE, DESK_FILE)
"""The analyst's own files, which lie beside the articles."""
ALMOST_OWN: Final = re.compile(
    r"(metadata|corrections?)(?:[ _-]*(?:\(\d+\)|copy))?(?:\.csv)?\.(?:csv|txt)", re.IGNORECASE
)
"""Their names with what editors, browsers and haste add: "corrections.csv.txt", "Metadata (1).csv"."""


class PlainFile(NamedTuple):
    """A file that may be opened."""

    name: str  # its path under the folder, with "/"
    path: Path  # to open; of a link inside the folder its target
    size: int  # bytes


def folder_files(folder: Path) -> Iterator[PlainFile | Refusal]:
    """Files under a folder in the order of their paths, without hidden files and those of the analyst.

    Links to folders are not followed, and no link out of the folder; a folder that cannot be opened is
    refused.
    """
    root = os.path.realpath(folder)
    remaining = entries(folder)
    own_files = [os.path.join(folder, name) for name in OWN_FILES]
    while remaining:
        entry = remaining.pop()
        if entry.name.startswith(".") or entry.path in own_files:
            continue
        name = Path(entry.path).relative_to(folder).as_posix()
        if not entry.is_dir(follow_symlinks=False):
            yield plain_file(Path(entry.path), name, root)
            continue
        try:
            remaining += entries(entry)
        except OSError as error:
            reason = f"cannot be opened ({error.strerror or error}), expected a readable folder"
            yield Refusal(printable_name(name), reason)


def entries(folder: Path | os.DirEntry) -> list[os.DirEntry]:
    """The entries of one folder by name, in reverse order, since they are taken from the end."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: entry.name, reverse=True)


def plain_file(path: Path, name: str, root: str) -> PlainFile | Refusal:
    """A file that may be opened, or why it may not.

    Args:
        path: of the file.
        name: that messages call it.
        root: the real path of the folder that no link may leave.
    """
    try:
        is_link = stat.S_ISLNK(os.lstat(path).st_mode)
        reason = link_reason(path, root) if is_link else None
        found = os.stat(path) if reason is None else None
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error}), expected a readable file"
    ending = ending_of(name)
    unknown = None if ending in BY_ENDING else unknown_ending_reason(ending)
    reason = reason or name_reason(name) or unknown or kind_reason(found, BY_ENDING[ending].max_bytes)
    if reason:
        return Refusal(printable_name(name), reason)
    return PlainFile(name, Path(os.path.realpath(path)) if is_link else path, found.st_size)


def name_reason(name: str) -> str | None:
    """Why a file is no article, though it could be read as one: it is meant to be a table of the analyst."""
    almost = ALMOST_OWN.fullmatch(name)
    if not almost:
        return None
    meant = METADATA_FILE if almost[1].lower() == "metadata" else CORRECTIONS_FILE
    return f"is named almost like {meant}, so it is neither that nor an article: rename it"


def kind_reason(found: os.stat_result, most: int) -> str | None:
    """Why a file is not even opened, judged by what it is and by the bytes it may hold."""
    if not stat.S_ISREG(found.st_mode):
        return "is a pipe, a socket or a device, expected a file"
    if found.st_size == 0:
        return "is empty, expected the text of an article"
    if found.st_size > most:
        return f"holds {found.st_size:,} bytes, expected at most {most:,}: split it into smaller files"
    return None
