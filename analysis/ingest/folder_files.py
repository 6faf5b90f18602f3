"""The files of a folder of articles that may be opened, and why each other one may not.

A link may lead out of the folder, to a device or to itself, a file may be closed to us or larger than any
disk, and a pipe keeps its reader waiting for ever. What is refused here is opened by nobody.
"""

import os
import re
import stat
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from analysis.ingest.draft import Refusal
from analysis.ingest.file_formats import format_reason

DESK_FILE: Final = "desk.toml"  # what an analyst asks of these articles: see `analysis.pipeline.desk`
METADATA_FILE, CORRECTIONS_FILE = "metadata.csv", "corrections.csv"
OWN_FILES: Final = (METADATA_FILE, CORRECTIONS_FILE, DESK_FILE)
"""The analyst's own files, which lie beside the articles."""
ALMOST_OWN: Final = re.compile(
    r"(?:metadata|corrections?)(?:[ _-]*(?:\(\d+\)|copy))?(?:\.csv)?\.(?:csv|txt)", re.IGNORECASE
)
"""Their names with what editors, browsers and haste add: "corrections.csv.txt", "Metadata (1).csv"."""


class PlainFile(NamedTuple):
    """A file that may be opened."""

    name: str  # its path under the folder, with "/"
    path: Path  # to open; of a link inside the folder its target


def what_is(path: Path | str) -> str:
    """What a path is that is no plain file, such as "does not exist" or "is a link to a folder"; else ""."""
    kinds = {stat.S_IFREG: "", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    is_link = os.path.islink(path)
    try:
        kind = kinds.get(stat.S_IFMT(os.stat(path).st_mode), "a device")
    except OSError as error:
        unread = (
            f"{'is a link that cannot be followed' if is_link else 'cannot be opened'} ({error.strerror})"
        )
        return "does not exist" if isinstance(error, FileNotFoundError) and not is_link else unread
    return kind and f"is {'a link to ' if is_link else ''}{kind}"


def open_plain(path: Path | str) -> BinaryIO:
    """A file, open for reading.

    Raises:
        OSError: it cannot be opened, is a link, or has become something else than a file.
    """
    optional = (getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
    descriptor = os.open(path, os.O_RDONLY | sum(optional))  # a pipe does not keep us waiting
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return open(descriptor, "rb")
    os.close(descriptor)
    raise OSError("a pipe, a socket or a device")


def closed_reason(path: Path, root: str) -> str:
    """Why a path is not opened: it is no file, or a link that leads out of a folder; "" if it may be.

    Args:
        path: of the file.
        root: the real path of the folder that no link may leave.
    """
    outside = "is a link that leads out of the folder, which is not followed: copy the file here"
    if what := what_is(path):
        return f"{what}, expected a file"
    return "" if Path(os.path.realpath(path)).is_relative_to(root) else outside


def plain_file(path: Path, name: str, root: str) -> PlainFile | Refusal:
    """A file that may be opened, or why it may not.

    Args:
        path: of the file.
        name: that messages call it, which decides on its format.
        root: the real path of the folder that no link may leave.
    """
    reason = closed_reason(path, root)
    if name in OWN_FILES or ALMOST_OWN.fullmatch(name):
        reason = reason or (
            f"is named like the analyst's own {METADATA_FILE} or {CORRECTIONS_FILE}, and so is no article: "
            "rename it"
        )
    if name.startswith("."):
        reason = reason or "is hidden, as its name begins with a dot, and would never be read: rename it"
    reason = reason or format_reason(name, os.stat(path).st_size)
    if reason:
        return Refusal(printable_name(name), reason)
    return PlainFile(name, Path(os.path.realpath(path)))


def table_bytes(path: Path) -> bytes:
    """The content of a table of the analyst; a link is followed only inside its folder.

    Raises:
        ValueError: it is no such file; the message names it.
        OSError: it cannot be opened.
    """
    if reason := closed_reason(path, os.path.realpath(path.parent)):
        raise ValueError(f"{path}: {reason}")
    with open_plain(os.path.realpath(path)) as stream:
        return stream.read()


def printable_name(name: str) -> str:
    """A file name that can be stored: bytes that are not UTF-8 become `\\xff`."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def folder_files(folder: Path) -> list[PlainFile | Refusal]:
    """Files under a folder in the order of their paths, without hidden files and those of the analyst.

    Links to folders are not followed, and no link out of the folder; a folder that cannot be opened is
    refused.

    Raises:
        OSError: the folder itself cannot be opened.
    """
    root, found = os.path.realpath(folder), []

    def refuse(error: OSError) -> None:
        if error.filename == os.fspath(folder):
            raise error
        name = printable_name(Path(error.filename).relative_to(folder).as_posix())
        found.append(Refusal(name, f"cannot be opened ({error.strerror}), expected a readable folder"))

    for here, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = [one for one in folders if not one.startswith(".")]
        links = [one for one in folders if os.path.islink(os.path.join(here, one))]
        names = {Path(here, one).relative_to(folder).as_posix(): one for one in (*files, *links)}
        seen = [name for name, one in names.items() if not one.startswith(".") and name not in OWN_FILES]
        found += [plain_file(folder / name, name, root) for name in seen]
    return sorted(found, key=lambda one: one[0].split("/"))
