"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path

NEW_FILE_MODE = 0o644


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interrupted run or a full disk leaves it as it was.

    Args:
        path: the file; of a link its target is replaced.
        text: UTF-8, written as it is.

    Raises:
        OSError: the file cannot be written.
    """
    path = path.resolve()
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, expected a file to write")
    mode = path.stat().st_mode & 0o777 if path.exists() else NEW_FILE_MODE
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    except OSError as error:
        raise OSError(f"{path} cannot be written ({error.strerror}): ask whoever owns the folder") from error
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
