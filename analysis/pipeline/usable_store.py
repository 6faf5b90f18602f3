"""A store for a run whose own cannot be written: it is read-only, its disk is full, or it is a file."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fsspec.implementations.local import LocalFileSystem

from analysis.ingest.file_systems import file_system_of
from analysis.ingest.scratch import scratch_folder
from analysis.pipeline.linked_store import linked_store
from analysis.pipeline.store import StoreWarning

BLOCK: Final = 4_096  # bytes: a full disk may still take an empty file


@contextmanager
def usable_store(store: Path | str) -> Iterator[Path | str]:
    """The store if it can be written; if not, one for this run, which has all that is in it.

    Args:
        store: folder, or address that fsspec knows.

    Warns:
        StoreWarning: it cannot be written, and why.
    """
    reason = why_not_writable(store)
    if not reason:
        yield store
        return
    warnings.warn(
        f"{store} cannot be written ({reason}): what is read now is not stored, and the next run reads it "
        "again",
        StoreWarning,
        stacklevel=3,
    )
    with scratch_folder() as folder:
        yield linked_store(Path(file_system_of(str(store))[1]), folder)


def why_not_writable(store: Path | str) -> str:
    """Why a store on disk cannot be written, such as "Read-only file system"; "" if it can."""
    fs, root = file_system_of(str(store))
    if not isinstance(fs, LocalFileSystem):
        return ""
    try:
        os.makedirs(root, exist_ok=True)
        with tempfile.TemporaryFile(dir=root) as file:
            file.write(bytes(BLOCK))
    except OSError as error:
        return error.strerror or str(error)
    return ""
