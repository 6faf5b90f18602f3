"""Changes to a folder: one program at a time, and each file whole or not at all.

A temporary folder has a lock file in it as long as it is in use. A program that is killed cannot remove its
folder, but its lock ends with it, so whoever makes the next folder of the kind first removes those that
nobody has locked.
"""

import errno
import io
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from analysis.phrasing import WAY_OUT

LOCKED_WITHIN: Final = 0.2  # seconds, a new folder
LOCK: Final = ".faultline.lock"  # in a folder that is changed, or in use


@contextmanager
def scratch_folder(parent: Path | None = None, prefix: str = "faultline-work-") -> Iterator[Path]:
    """A temporary folder, removed at the end with all that is in it.

    Args:
        parent: in which it is made; None: the system's folder for temporary files.
        prefix: of its name, which no lasting file may have.

    Raises:
        OSError: it cannot be made.
    """
    parent = parent or Path(tempfile.gettempdir())
    for empty in parent.glob(f"{prefix}{'?' * 8}"):  # perhaps of a program killed before it had the lock
        with suppress(OSError):  # it is in use, since there is a lock in it
            if time.time() - empty.stat().st_mtime > LOCKED_WITHIN:
                empty.rmdir()
    for lock in parent.glob(f"{prefix}*/{LOCK}"):  # of folders that killed programs may have left
        with suppress(OSError, Timeout):  # what cannot be removed stays
            if time.time() - lock.stat().st_mtime > LOCKED_WITHIN:
                with FileLock(lock, timeout=0):
                    shutil.rmtree(lock.parent)
    folder = tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True)
    with folder as name, FileLock(Path(name, LOCK)):
        yield Path(name)


WRITING: Final = ".writing-"  # begins the name of the folder of files that have not got their names yet
ADVICE: Final = WAY_OUT | dict.fromkeys((errno.EEXIST, errno.ENOENT, errno.ENOTDIR), ": choose another place")


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Keep other programs from changing a folder meanwhile; it is made if need be.

    Raises:
        OSError: the folder cannot be written.
    """
    lock = FileLock(folder / LOCK)
    with write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is open
            os.remove(lock.lock_file)  # who waits for it notices, and makes a new one
        lock.release()


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interrupted run or a full disk leaves it as it was.

    Args:
        path: the file, which keeps its permissions; of a link its target is replaced.
        text: UTF-8, written as it is.

    Raises:
        OSError: the file cannot be written.
    """
    content, real = text.encode(), path.resolve()
    with writing(path) as temporary:
        temporary.write_bytes(content)
        if real.exists():
            shutil.copymode(real, temporary)
        os.replace(temporary, real)


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """A path for the new content of a file, which `os.replace` puts in its place; removed if anything fails.

    Args:
        path: of the file, or a link to it; its folder exists.

    Raises:
        OSError: it cannot be written; the message names the file.
    """
    with write_errors(path), scratch_folder(path.resolve().parent, WRITING) as scratch:
        yield scratch / "new"


@contextmanager
def copied_into(folder: Path, files: Mapping[str, Path | str]) -> Iterator[None]:
    """Write files into a folder; they get their names when the block ends, so a full disk changes nothing.

    Args:
        folder: which exists.
        files: a file to copy or a text, by its name, which may name folders in it.

    Raises:
        OSError: a file cannot be read or written; none of them was copied.
    """
    with write_errors(folder), scratch_folder(folder, WRITING) as scratch:
        copies = {folder / name: scratch / str(number) for number, name in enumerate(files)}
        for (target, copy), content in zip(copies.items(), files.values(), strict=True):
            with (
                write_errors(content, "read"),
                io.BytesIO(content.encode()) if isinstance(content, str) else open(content, "rb") as stream,
                write_errors(target),
                open(copy, "wb") as written,
            ):
                shutil.copyfileobj(stream, written)
        yield
        for target, copy in copies.items():
            with write_errors(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(copy, target)


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
