"""Files that are written whole or not at all.

A program that is killed leaves at most a hidden file that ends in `.part`.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from analysis.ingest.scratch import Kind, scratch_file

NEW_FILE_MODE: Final = 0o644
ADVICE: Final = {
    errno.EACCES: ": ask whoever owns the folder",
    errno.EPERM: ": ask whoever owns the folder",
    errno.EROFS: ": ask whoever owns the folder",
    errno.ENOSPC: ": make room on the disk",
    errno.EDQUOT: ": make room on the disk",
    errno.ENOENT: ": choose another place",
    errno.ENOTDIR: ": choose another place",
    errno.ENAMETOOLONG: ": choose a shorter name",
}


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interrupted run or a full disk leaves it as it was.

    Args:
        path: the file, which keeps its permissions; of a link its target is replaced.
        text: UTF-8, written as it is.

    Raises:
        OSError: the file cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, expected a file to write")
    real = path.resolve()
    mode = real.stat().st_mode & 0o777 if real.exists() else NEW_FILE_MODE
    with temporary_file(real.parent, real.name, shown_as=path) as (stream, temporary):
        stream.write(text.encode())
        stream.close()
        os.chmod(temporary, mode)
        os.replace(temporary, real)


@contextmanager
def temporary_file(
    folder: Path, name: str, *, shown_as: Path | None = None
) -> Iterator[tuple[BinaryIO, str]]:
    """A file for the new content of another, open for writing, and its path; removed if anything fails.

    Args:
        folder: in which it is made.
        name: of the other file in the folder.
        shown_as: what an error calls the other file; None: its path.

    Raises:
        OSError: it cannot be written; the message names the other file.
    """
    kind = Kind(folder, f".{name.rpartition('/')[2][:50]}.", ".part")
    with (
        write_errors(shown_as or folder / name),
        scratch_file(kind) as temporary,
        temporary.open("wb") as stream,
    ):
        os.chmod(temporary, NEW_FILE_MODE)
        yield stream, str(temporary)


@contextmanager
def write_errors(path: Path | str, verb: str = "written") -> Iterator[None]:
    """Name the file that was to be written in a system error, which names a temporary one.

    Args:
        path: the file or folder.
        verb: what could not be done to it.
    """
    try:
        yield
    except OSError as error:
        if error.errno:
            advice = ADVICE.get(error.errno, "")
            raise OSError(f"{path} cannot be {verb} ({error.strerror}){advice}") from error
        raise
