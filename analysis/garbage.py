"""When Python looks for garbage: not while libraries are loaded, which make none.

A library is some hundred thousand objects that stay. Python looks through all that there are whenever they
have grown by a quarter, which took a sixth of the time to load what a notebook needs.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 50_000  # objects made since Python last looked; its own number is 700 or, from 3.13 on, 2,000
ROUNDS: Final = 50  # of them until it looks through what was in use before, too; its own number is 10


@contextmanager
def loading_libraries() -> Iterator[None]:
    """Do not look for garbage meanwhile, and never look through what was loaded."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def look_seldom() -> None:
    """Look for garbage after many objects: for a process that is ours, from its beginning to its end."""
    gc.set_threshold(MANY, ROUNDS, gc.get_threshold()[2])
