"""What other programs keep in the home folder, where that cannot be written, as in a container."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

KEPT_BY: Final = ("MPLCONFIGDIR", "IPYTHONDIR")  # name the folders of matplotlib and IPython


@contextmanager
def home_folder() -> Iterator[None]:
    """During a command, matplotlib and IPython have a folder that they can write.

    Without one, both warn in many lines and leave folders among the temporary files. Theirs are left as they
    are where the home folder can be written, since matplotlib takes a second to list the fonts again.

    Raises:
        OSError: no temporary folder can be made either.
    """
    missing = [name for name in KEPT_BY if not os.environ.get(name)]
    if not missing or os.access(os.path.expanduser("~"), os.W_OK):
        yield
        return
    from analysis.ingest.scratch import scratch_folder

    with scratch_folder() as scratch:
        for name in missing:
            (scratch / name).mkdir()
            os.environ[name] = str(scratch / name)
        try:
            yield
        finally:
            for name in missing:
                del os.environ[name]
