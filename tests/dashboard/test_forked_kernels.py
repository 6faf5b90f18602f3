"""How many explorers may be open, and which gives way to a new visitor."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest
from jupyter_client.session import utcnow

from analysis.dashboard.forked_kernels import MINUTE, UNUSED_SECONDS, NoPlace, VisitorKernels


class Kernels(VisitorKernels):
    """Kernels that are only said to run; keeps which were ended."""

    ended = ()

    async def shutdown_kernel(self, kernel_id, **_):
        self.ended = (*self.ended, kernel_id)
        self._kernels.pop(kernel_id)

    async def start_kernel(self, **_):
        return "new"


def kernels(**unused):
    """Two places, with kernels unused for so many seconds; a browser shows those named `shown`."""
    one = Kernels(most_kernels=2)
    for name, seconds in unused.items():
        last = utcnow() - timedelta(seconds=seconds)
        one._kernels[name] = SimpleNamespace(execution_state="idle", last_activity=last)
        one._kernel_connections[name] = int(name.endswith("shown"))
    return one


def started(one):
    return asyncio.run(one.visitor_kernel(None, "a.ipynb"))


def test_a_free_place_is_taken_and_nobody_gives_way():
    one = kernels(left=UNUSED_SECONDS * 2)
    assert (started(one), one.ended) == ("new", ())


def test_who_has_used_theirs_lately_keeps_it():
    with pytest.raises(NoPlace):
        started(kernels(first_shown=UNUSED_SECONDS - 60, second_shown=5))


def test_the_one_that_was_unused_the_longest_gives_way():
    one = kernels(first_shown=UNUSED_SECONDS + 60, second_shown=UNUSED_SECONDS + 120)
    assert (started(one), one.ended) == ("new", ("second_shown",))


def test_one_that_no_browser_shows_gives_way_after_a_minute():
    one = kernels(first_shown=UNUSED_SECONDS - 60, left=MINUTE + 5)
    assert (started(one), one.ended) == ("new", ("left",))


def test_a_busy_one_never_gives_way():
    one = kernels(first_shown=UNUSED_SECONDS * 2, second_shown=5)
    one._kernels["first_shown"].execution_state = "busy"
    with pytest.raises(NoPlace):
        started(one)


def test_those_that_are_starting_count_too():
    one = kernels(first_shown=5)
    one.starting_count = 1
    with pytest.raises(NoPlace):
        started(one)


def test_the_minute_begins_when_the_browser_leaves():
    one = kernels(first_shown=UNUSED_SECONDS - 60)
    one.notify_disconnect("first_shown")
    assert one.unused_seconds("first_shown") < MINUTE
