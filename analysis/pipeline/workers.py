"""Work on both cores, or on other machines: requests go out ahead, answers come back in order.

A text may kill the process that reads it, for want of memory or by a bug in a library. Then what was under
way is asked again, one request at a time, and a request that kills again in parts, so that one text does not
cost another.
"""

import os
import signal
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Final, NamedTuple

PROCESSES: Final = 2
AHEAD: Final = 2  # requests in the queue of each process: none is idle, and little is in memory
CANNOT_START: Final = (
    "No second process can be started, so texts are read in this one: in a script, begin with a line "
    "`if __name__ == '__main__':` above all that reads"
)

Task = Callable[[Any], Any]
Submit = Callable[[Task, Any], Callable[[], Any]]
"""Sends a request to a worker; what it returns waits for the answer."""


class WorkerEnded(RuntimeError):
    """A worker was killed, or the system ended it."""


class Pool(NamedTuple):
    """Where requests are answered."""

    open: Callable[[], AbstractContextManager[Submit]]
    ahead: Callable[[], int]  # requests to send before the first answer is waited for


def answers_in_order(
    pool: Pool, task: Task, requests: Iterable[Any], split: Callable[[Any], list[Any]]
) -> Iterator[tuple[Any, Any]]:
    """Each request with its answer, in order, as a stream.

    Args:
        pool: where the requests are answered.
        task: answers a request; a function of a module, as it is sent by its name.
        requests: values that can be pickled.
        split: the parts of a request, in order, such as its articles.

    Yields:
        A request, or a part of one whose worker died, with its answer; None if another died of it, too.
    """
    requests, pending = iter(requests), deque()
    while True:
        with pool.open() as submit:
            try:
                for request in requests:
                    pending.append((request, submit(task, request)))
                    if len(pending) >= pool.ahead():
                        yield pending[0][0], pending[0][1]()
                        pending.popleft()
                while pending:
                    yield pending[0][0], pending[0][1]()
                    pending.popleft()
                return
            except WorkerEnded:
                pass
        yield from answers_one_by_one(pool, task, [request for request, _ in pending], split)
        pending.clear()


def answers_one_by_one(
    pool: Pool, task: Task, requests: list[Any], split: Callable[[Any], list[Any]]
) -> Iterator[tuple[Any, Any]]:
    """The same for a few requests, each alone under way, and in parts if its worker dies."""
    remaining = deque(requests)
    while remaining:
        with pool.open() as submit:
            try:
                while remaining:
                    yield remaining[0], submit(task, remaining[0])()
                    remaining.popleft()
            except WorkerEnded:
                pass
        if remaining:
            request = remaining.popleft()
            parts = split(request)
            if len(parts) > 1:
                yield from answers_one_by_one(pool, task, parts, split)
            else:
                yield request, None


@contextmanager
def two_processes() -> Iterator[Submit]:
    """Two new processes that answer requests, until the context ends.

    Warns:
        RuntimeWarning: none can be started; this process answers.
    """
    executor = ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=end_with_parent)

    def submit(task: Task, request: Any) -> Callable[[], Any]:
        try:
            return partial(answer_of, executor.submit(task, request))
        except BrokenProcessPool:
            return ended

    try:
        executor.submit(int).result()
        yield submit
    except BrokenProcessPool:
        warnings.warn(CANNOT_START, RuntimeWarning, stacklevel=2)
        yield partial
    finally:
        executor.shutdown(cancel_futures=True)


def answer_of(future: Any) -> Any:
    try:
        return future.result()
    except BrokenProcessPool:
        return ended()


def ended() -> None:
    raise WorkerEnded("a process that reads articles was killed")


def end_with_parent() -> None:
    """Let a worker leave Ctrl-C to the process that asks, and end when that one is killed."""

    def wait() -> None:
        parent_process().join()
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=wait, daemon=True).start()


THIS_MACHINE: Final = Pool(two_processes, lambda: PROCESSES * AHEAD)
