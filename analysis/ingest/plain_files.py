"""Files that may be opened: no pipe or device, which keeps its reader waiting, no link out of a folder."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

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
