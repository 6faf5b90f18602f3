"""Changes to a folder of articles: one program at a time, and each file in one step.

A program that is killed leaves at most a temporary file, which the next change removes.
"""

import os
import re
import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from analysis.ingest.scratch import Kind, remove_abandoned, scratch_folder
from analysis.ingest.whole_files import NEW_FILE_MODE, write_errors

try:
    import fcntl
except ImportError:  # Windows: one program at a time
    fcntl = None

ADDING: Final = ".adding-"  # begins the name of the folder of copies that have not got their names yet
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
    if fcntl is None:
        with write_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        yield
        return
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
        with write_errors(folder):
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
            f"{folder} cannot be locked ({error.strerror}): do not let two programs change it at once",
            stacklevel=2,
        )


def remove_left_overs(folder: Path) -> None:
    """Remove the temporary files of programs that were killed; the folder is locked, so none is in use."""
    remove_abandoned(Kind(folder, ADDING))
    for path in folder.iterdir():
        if LEFT_OVER.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)


@contextmanager
def copied_into(folder: Path, files: Mapping[str, Path]) -> Iterator[None]:
    """Copy files into a folder; they get their names when the block ends, so a full disk changes nothing.

    Args:
        folder: of the articles.
        files: by the name of the copy, which may name folders in it.

    Raises:
        OSError: a file cannot be read or written; none of them was copied.
    """
    with ExitStack() as stack:
        with write_errors(folder / next(iter(files))):
            scratch = stack.enter_context(scratch_folder(folder, ADDING))
        copies = {folder / name: scratch / str(number) for number, name in enumerate(files)}
        for target, file in zip(copies, files.values(), strict=True):
            copy_file(file, copies[target], target)
        yield
        for target, copy in copies.items():
            with write_errors(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(copy, target)


def copy_file(file: Path, copy: Path, target: Path) -> None:
    """Copy a file to a temporary one; an error in writing names the target."""
    with open(file, "rb") as content, write_errors(target), open(copy, "wb") as stream:
        shutil.copyfileobj(content, stream)
        os.chmod(copy, NEW_FILE_MODE)
