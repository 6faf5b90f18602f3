"""A store for a run that must not write: it has what another store has, and keeps what is new to itself."""

import os
import shutil
from pathlib import Path

from analysis.pipeline.store import SUFFIX, TEMPORARY


def linked_store(store: Path, folder: Path) -> Path:
    """Make a folder a store with everything that another one has, and leave that one as it is.

    Segments never change, so they are linked; removing one here removes the link. All else is copied, since
    it may be changed in place, as an index is.

    Args:
        store: the store; it need not exist.
        folder: an empty folder.

    Returns:
        The folder.

    Raises:
        OSError: the store cannot be read, or there is no room for the copies.
    """
    for parent, _, names in os.walk(store):
        target = folder / Path(parent).relative_to(store)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            source = Path(parent, name).resolve()
            if name.endswith(SUFFIX):
                (target / name).symlink_to(source)
            elif not name.startswith(TEMPORARY):  # another run may just be writing it
                shutil.copyfile(source, target / name)
    return folder
