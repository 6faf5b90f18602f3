"""Changes to a folder of articles: one program at a time, and each file in one step.

A program that is killed leaves at most a temporary file, which the next change removes.
"""

import fcntl
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

# The second form is of versions before 0.2, which wrote `.metadataXXXXXXXX`.
LEFT_OVER: Final = re.compile(r"\..+\.part|\.(?:metadata|corrections)[a-z0-9_]{8}")


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Keep other programs from changing a folder meanwhile, and remove what a killed one left there.

    The lock is on the folder itself, so it ends with the program and leaves nothing behind. A folder that
    does not exist is made, and removed again if nothing was put into it.

    Args:
        folder: of the articles.
    """
    handle, is_new = locked(folder)
    try:
        remove_left_overs(folder)
        yield
    finally:
        if is_new:
            with suppress(OSError):  # something was put into it
                folder.rmdir()
        os.close(handle)


def locked(folder: Path) -> tuple[int, bool]:
    """The open folder, locked, and whether it was made for that."""
    while True:
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        wait_for_lock(handle, folder)
        with suppress(FileNotFoundError):  # the program that made the folder has removed it again
            if os.path.samestat(os.fstat(handle), os.stat(folder)):
                return handle, is_new
        os.close(handle)


def wait_for_lock(handle: int, folder: Path) -> None:
    """Lock an open folder, as soon as no other program changes it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:  # some network drives have no locks
        warnings.warn(
            f"{folder} cannot be locked ({error.strerror}): do not add articles from two programs at once",
            stacklevel=2,
        )


def remove_left_overs(folder: Path) -> None:
    """Remove the temporary files of programs that were killed; the folder is locked, so none is in use."""
    for path in folder.iterdir():
        if LEFT_OVER.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file in one step: it has its old content or the new one, never a part.

    A link stays a link, and the file keeps its permissions.

    Raises:
        OSError: the file cannot be written; it is as it was.
    """
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    with temporary_file(target.parent, target.name) as (stream, temporary):
        stream.write(content)
        stream.close()
        os.chmod(temporary, mode)
        os.replace(temporary, target)


def copy_into(folder: Path, name: str, file: Path) -> None:
    """Copy a file into a folder under a name, which may name folders in it, in one step."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with temporary_file(folder, target.name) as (stream, temporary):
        with open(file, "rb") as content:
            shutil.copyfileobj(content, stream)
        stream.close()
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)


@contextmanager
def temporary_file(folder: Path, name: str) -> Iterator[tuple[BinaryIO, str]]:
    """A file for the new content of another, open for writing, and its path; removed if anything fails."""
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name[:50]}.", suffix=".part")
    try:
        with open(descriptor, "wb") as stream:
            yield stream, temporary
    except BaseException:
        Path(temporary).unlink(missing_ok=True)  # it may have got its name just before Ctrl-C
        raise
