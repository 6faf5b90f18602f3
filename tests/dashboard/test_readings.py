"""Which reading visitors get while articles are read again, and when a reading ends."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.dashboard.readings import Folders, NoReading, Reading, Readings, state_of


class Socket:
    """In place of the socket to a process: keeps what is said, and whether it was closed."""

    def __init__(self):
        self.said, self.is_closed = b"", False

    def write(self, said):
        self.said += said

    def close(self):
        self.is_closed = True


def reading(*notebooks, **kwargs):
    one = Reading(datetime(2026, 11, 26, tzinfo=UTC), SimpleNamespace(), Socket(), Path(), **kwargs)
    one.notebooks = dict.fromkeys(notebooks, "cells")
    return one


@pytest.fixture
def folders(tmp_path):
    for name in ("notebooks", "seeds", "briefings"):
        (tmp_path / name).mkdir()
    return Folders(
        tmp_path / "notebooks", tmp_path / "seeds", tmp_path / ".faultline", tmp_path / "briefings"
    )


def readings(folders, **kwargs):
    """Readings that begin none by themselves, as if the folders were looked at a moment ago."""
    return Readings(folders, Path(), looked_at=float("inf"), **kwargs)


def test_before_the_first_reading_has_begun_there_is_none_and_no_fault(folders):
    async def early():
        some = readings(folders)
        found = await some.of("a.ipynb")
        await some.wait(5)
        return found

    assert asyncio.run(early()) is None


def test_the_newer_reading_is_shown_as_soon_as_it_has_the_notebook(folders):
    old, new = reading("a", "b", is_done=True), reading("a")
    some = readings(folders, current=old, following=new)
    assert asyncio.run(some.of("a")) is new
    assert asyncio.run(some.of("b")) is old


def test_a_reading_that_is_done_takes_over_and_the_one_before_ends_with_its_last_kernel(folders):
    old, new = reading("a", is_done=True), reading("a", is_done=True)
    old.kernels[1] = "a kernel"
    some = readings(folders, current=old, following=new)
    asyncio.run(some.keep_fresh())
    assert (some.current, some.following, old.writer.is_closed) == (new, None, False)
    old.kernels.clear()
    asyncio.run(some.keep_fresh())
    assert old.writer.is_closed


def test_a_process_that_ended_by_itself_is_said_to_have_and_its_kernels_with_it(folders):
    async def ended():
        one = reading()
        waiting = asyncio.ensure_future(one.fork("a", "file"))
        await asyncio.sleep(0)
        one.hear({"kind": "forked", "ask": 1, "pid": 7})
        kernel = await waiting
        one.hear_end()
        return one, kernel

    one, kernel = asyncio.run(ended())
    assert kernel.poll() is not None
    with pytest.raises(NoReading):
        asyncio.run(readings(folders, current=one).of("a"))
    with pytest.raises(NoReading):
        asyncio.run(one.fork("a", "file"))


def test_a_kernel_is_signalled_only_until_it_has_ended():
    one = reading()
    one.hear_end()

    async def forked():
        one.is_over = False
        waiting = asyncio.ensure_future(one.fork("a", "file"))
        await asyncio.sleep(0)
        one.hear({"kind": "forked", "ask": 1, "pid": 7})
        return await waiting

    kernel = asyncio.run(forked())
    kernel.terminate()
    one.hear({"kind": "ended", "pid": 7, "code": -15})
    kernel.kill()
    assert one.writer.said.splitlines()[1:] == [b'{"do": "signal", "pid": 7, "signal": 15}']
    assert (kernel.poll(), one.is_idle) == (-15, True)


@pytest.mark.parametrize(
    "path", ["seeds/a.txt", "seeds/corrections.csv", "notebooks/a.ipynb", "briefings/2026-11-24"]
)
def test_what_is_added_or_changed_changes_the_state(folders, path):
    before = state_of(folders)
    (folders.seeds.parent / path).write_text("new")
    assert state_of(folders) != before


def test_what_the_store_keeps_does_not_change_the_state(folders):
    before = state_of(folders)
    folders.store.mkdir()
    (folders.store / "a").write_text("new")
    assert state_of(folders) == before
