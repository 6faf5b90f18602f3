"""What can wait is done once all cells of a notebook have run."""

from threading import Event

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from analysis.workbench import idle
from analysis.workbench.idle import watch_cells, when_idle

SECONDS = 30  # of waiting, at most; a busy machine is no error
WAIT = "from time import sleep\nsleep(2 * idle.QUIET_SECONDS)"


@pytest.fixture
def shell(monkeypatch):
    """IPython, which runs cells."""
    made = InteractiveShell(user_ns={"idle": idle}, config=Config({"HistoryManager": {"enabled": False}}))
    monkeypatch.setattr(idle, "get_ipython", lambda: made)
    return made


def test_without_cells_it_is_done_at_once(monkeypatch):
    monkeypatch.setattr(idle, "get_ipython", lambda: None)
    watch_cells()
    done = Event()
    when_idle(done.set).join(SECONDS)
    assert done.is_set()


def test_a_cell_that_runs_is_waited_for(shell):
    watch_cells()
    done = Event()
    shell.user_ns |= {"done": done, "when_idle": when_idle}
    shell.run_cell(f"thread = when_idle(done.set)\n{WAIT}\nwas_done = done.is_set()")
    assert shell.user_ns["was_done"] is False
    shell.user_ns["thread"].join(SECONDS)
    assert done.is_set()


def test_the_cells_after_it_are_waited_for(shell):
    watch_cells()
    done = Event()
    shell.user_ns |= {"done": done, "when_idle": when_idle}
    shell.run_cell("thread = when_idle(done.set)")
    shell.run_cell(f"{WAIT}\nwas_done = done.is_set()")
    assert shell.user_ns["was_done"] is False
    shell.user_ns["thread"].join(SECONDS)
    assert done.is_set()


def test_a_cell_that_fails_has_run(shell):
    watch_cells()
    done = Event()
    shell.user_ns |= {"done": done, "when_idle": when_idle}
    shell.run_cell("thread = when_idle(done.set)\n1 / 0")
    shell.user_ns["thread"].join(SECONDS)
    assert done.is_set()


def test_one_thing_is_done_after_the_other(monkeypatch):
    monkeypatch.setattr(idle, "get_ipython", lambda: None)
    begun, may_end, is_second_done = Event(), Event(), Event()
    first = when_idle(lambda: (begun.set(), may_end.wait(SECONDS)))
    begun.wait(SECONDS)
    second = when_idle(is_second_done.set)
    assert not is_second_done.wait(0.2)
    may_end.set()
    first.join(SECONDS)
    second.join(SECONDS)
    assert is_second_done.is_set()


def test_a_shell_is_watched_once(shell):
    watch_cells()
    watch_cells()
    assert len(shell.events.callbacks["pre_run_cell"]) == 1
