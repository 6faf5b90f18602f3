"""What can wait until a notebook has run its cells, so that their charts do not wait for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock, Thread
from typing import Final
from weakref import WeakKeyDictionary

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

QUIET_SECONDS: Final = 0.3  # without a cell until all have run; Jupyter takes less from one to the next
LOOK_SECONDS: Final = 0.05


@dataclass
class Cells:
    """Whether a shell runs a cell, and when the last one ended."""

    is_running: bool = False
    ended_at: float = field(default_factory=time.monotonic)

    def begin(self, _: object = None) -> None:
        self.is_running = True

    def end(self, _: object = None) -> None:
        self.is_running, self.ended_at = False, time.monotonic()

    @property
    def have_run(self) -> bool:
        return not self.is_running and time.monotonic() - self.ended_at > QUIET_SECONDS


_watched: WeakKeyDictionary[InteractiveShell, Cells] = WeakKeyDictionary()
_turn = Lock()  # of what waits, each after the other: two would load the same libraries at the same time


def watch_cells() -> None:
    """Notice from now on when the shell that runs this, if one does, runs a cell."""
    shell = get_ipython()
    if shell is not None and shell not in _watched:
        _watched[shell] = cells = Cells()
        shell.events.register("pre_run_cell", cells.begin)
        shell.events.register("post_run_cell", cells.end)


def when_idle(act: Callable[[], object]) -> Thread:
    """Do something once all cells have run, at once where none are watched; returns the thread that does."""
    shell = get_ipython()
    cells = _watched.get(shell) if shell is not None else None
    thread = Thread(target=partial(act_when_idle, act, cells), daemon=True)
    thread.start()
    return thread


def act_when_idle(act: Callable[[], object], cells: Cells | None) -> None:
    while cells is not None and not cells.have_run:
        time.sleep(LOOK_SECONDS)
    with _turn:
        act()
