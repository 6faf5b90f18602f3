"""A file or folder replaced only once the new one is complete: if something fails, the old one stays."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from analysis.ingest.scratch import scratch_folder

OWNER_FILES: Final = ("~${}", ".~lock.{}#")  # of Excel, of LibreOffice, while a file is open
WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """The path of a new file, which replaces the old one at the end.

    Raises:
        OSError: the old file is open in another program, or the new one cannot be written; the old one stays.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, expected the name of a file")
    check_replaceable(path)
    with room_beside(path) as scratch:
        new = scratch / path.name
        yield new
        put_in_place(new, path)


@contextmanager
def replaced_files(folder: Path) -> Iterator[Path]:
    """The path of a new folder; at the end its files replace those of the same name in the old one.

    Other files in the old folder stay.

    Raises:
        OSError: a file is open in another program, or cannot be written; the old files stay.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file, expected a folder for the tables")
    with room_beside(folder) as new:
        yield new
        files = sorted(new.iterdir())
        for file in files:
            check_replaceable(folder / file.name)
        folder.mkdir(exist_ok=True)
        for file in files:
            put_in_place(file, folder / file.name)


@contextmanager
def room_beside(path: Path) -> Iterator[Path]:
    """A temporary folder beside a path for what is being written; it is removed at the end, whatever happens.

    Raises:
        OSError: the disk is full, or the folder cannot be written; the message names the path.
    """
    with named_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(path.parent, ".export-") as folder:
            yield folder


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Name the path in a system error, which may name a temporary file or nothing at all."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        hint = ": nothing was changed; make room on the disk" if error.errno in NO_ROOM else ""
        raise OSError(f"{path} cannot be written ({error.strerror}){hint}") from error


def put_in_place(new: Path, path: Path) -> None:
    """Move a complete file to its place.

    Raises:
        PermissionError: the old file is in use, as on Windows when it is open in Excel.
    """
    try:
        os.replace(new, path)
    except PermissionError as error:
        raise PermissionError(f"{path} {IN_USE}") from error


def check_replaceable(path: Path) -> None:
    """Raise PermissionError if a file must not be replaced.

    It is write-protected, or another program has it open, which would overwrite or hide the new one.
    """
    if path.exists() and not path.stat().st_mode & WRITABLE:  # a new file could still take its place
        raise PermissionError(f"{path} is write-protected: allow writing to it, or give another name")
    for pattern in OWNER_FILES:
        mark = path.with_name(pattern.format(path.name))
        if mark.exists():
            raise PermissionError(
                f"{path} {IN_USE} (if it is closed there, delete {mark.name}, left by an earlier session)"
            )


IN_USE: Final = (
    "cannot be replaced, perhaps because it is open in Excel: close it there, or choose another name"
)
