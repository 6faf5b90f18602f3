"""Temporary folders that no killed run leaves for long.

Each has a lock file in it as long as it is in use. A program that is killed cannot remove its folder, but its
lock ends with it, so whoever makes the next folder of the kind first removes those that nobody has locked.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

RUN: Final = "faultline-work-"  # begins the name of a folder in the system's folder for temporary files
LOCK: Final = ".lock"
NEW_SECONDS: Final = 1  # in which a new folder is certainly locked


@contextmanager
def scratch_folder(parent: Path | None = None, prefix: str = RUN) -> Iterator[Path]:
    """A temporary folder, removed at the end with all that is in it.

    Args:
        parent: in which it is made; None: the system's folder for temporary files.
        prefix: of its name, which no lasting file may have.

    Raises:
        OSError: it cannot be made.
    """
    parent = parent or Path(tempfile.gettempdir())
    remove_abandoned(parent, prefix)
    with (
        tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as name,
        FileLock(Path(name, LOCK)),
    ):
        yield Path(name)


def remove_abandoned(parent: Path, prefix: str) -> None:
    """Remove the folders of a kind that killed programs have left; what cannot be removed stays."""
    for lock in parent.glob(f"{prefix}*/{LOCK}"):
        with suppress(OSError, Timeout):
            if time.time() - lock.stat().st_mtime > NEW_SECONDS:
                with FileLock(lock, timeout=0):
                    shutil.rmtree(lock.parent)
