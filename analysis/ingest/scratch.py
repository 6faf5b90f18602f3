"""Temporary files and folders that no killed run leaves for long: each is locked while it is in use.

A program that is killed cannot remove what it was writing, but its locks end with it. So whoever makes the
next temporary file of a kind first removes those of that kind that nobody has locked.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

RUN: Final = "faultline-run-"  # begins the name of a folder in the system's folder for temporary files
RANDOM: Final = "[a-z0-9_]{8}"  # what `tempfile` puts into a name
ABANDONED_SECONDS: Final = 86_400  # where there are no locks, as on some network drives


class Kind(NamedTuple):
    """Temporary files or folders of one kind: where they are made, and how their names begin and end."""

    parent: Path
    prefix: str
    suffix: str = ""

    @property
    def options(self) -> dict[str, object]:
        return {"dir": self.parent, "prefix": self.prefix, "suffix": self.suffix}


@contextmanager
def scratch_folder(parent: Path | None = None, prefix: str = RUN) -> Iterator[Path]:
    """A temporary folder, removed at the end with all that is in it.

    Args:
        parent: in which it is made; None: the system's folder for temporary files.
        prefix: of its name, which no lasting file may have.

    Raises:
        OSError: it cannot be made.
    """
    kind = Kind(parent or Path(tempfile.gettempdir()), prefix)
    remove_abandoned(kind)
    with locked_new(lambda: made(tempfile.mkdtemp, kind)) as path:
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def scratch_file(kind: Kind) -> Iterator[Path]:
    """An empty temporary file, removed at the end unless it has got another name by then.

    Raises:
        OSError: it cannot be made.
    """
    remove_abandoned(kind)
    with locked_new(lambda: made(new_file, kind)) as path:
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def made(make: Callable[..., str], kind: Kind) -> str:
    """Make a temporary file or folder; an error names the folder that it was to be in, which people know."""
    try:
        return make(**kind.options)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(kind.parent)) from error


def new_file(**options: object) -> str:
    handle, path = tempfile.mkstemp(**options)
    os.close(handle)
    return path


@contextmanager
def locked_new(make: Callable[[], str]) -> Iterator[Path]:
    """A new file or folder, locked as long as the context lasts."""
    if fcntl is None:
        yield Path(make())
        return
    while (handle := lock(path := Path(make()))) is None:
        continue
    try:
        yield path
    finally:
        os.close(handle)


def lock(path: Path) -> int | None:
    """Lock a new file or folder until the handle is closed; None if it was removed before."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with suppress(OSError):  # some network drives have no locks
        fcntl.flock(handle, fcntl.LOCK_EX)
    if is_still(handle, path):
        return handle
    os.close(handle)
    return None


def is_still(handle: int, path: Path) -> bool:
    """Whether a path still leads to what was opened."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), os.stat(path, follow_symlinks=False))
    return False


def remove_abandoned(kind: Kind) -> None:
    """Remove the files or folders of a kind that killed programs have left; what cannot be removed stays."""
    pattern = re.compile(f"{re.escape(kind.prefix)}{RANDOM}{re.escape(kind.suffix)}")
    with suppress(OSError), os.scandir(kind.parent) as found:
        names = [entry.name for entry in found if pattern.fullmatch(entry.name) and not entry.is_symlink()]
        for name in names:
            with suppress(OSError):  # another program was quicker, or it belongs to somebody else
                remove_if_abandoned(kind.parent / name)


def remove_if_abandoned(path: Path) -> None:
    """Remove a file or folder that is ours unless a program uses it; it stays locked until it is gone."""
    if fcntl is None:
        if is_old(path):
            remove(path)
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if os.fstat(handle).st_uid == os.getuid() and is_unlocked(handle, path):
            remove(path)
    finally:
        os.close(handle)


def is_unlocked(handle: int, path: Path) -> bool:
    """Whether no program has locked what was opened; where there are no locks, its age says so."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return is_old(path)
    return is_still(handle, path)


def is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > ABANDONED_SECONDS


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
