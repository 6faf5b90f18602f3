"""Work on both cores, or on other machines: requests go out ahead, answers come back in order.

A text may kill the process that reads it, for want of memory or by a bug in a library. Then what was under
way is asked again, one request at a time, and a request that kills again in parts, so that one text does not
cost another. A text that exposes a bug of ours is left out, too, and named with the reason.
"""

import os
import signal
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from itertools import chain
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any, Final, NamedTuple

PROCESSES: Final = 2
AHEAD: Final = 2  # requests in the queue of each process: none is idle, and little is in memory
CANNOT_START: Final = (
    "No second process can be started, so texts are read in this one: in a script, begin with a line "
    "`if __name__ == '__main__':` above all that reads"
)
PACKAGE: Final = Path(__file__).parents[1]
LONGEST_MESSAGE: Final = 200  # characters of an error's own words, which may quote a whole text
KILLED: Final = "killed the process that read it, perhaps because memory ran out: split it, or run again"

Task = Callable[[Any], Any]
Submit = Callable[[Task, Any], Callable[[], Any]]
"""Sends a request to a worker; what it returns waits for the answer. BrokenExecutor: a worker was killed."""


class Pool(NamedTuple):
    """Where requests are answered."""

    open: Callable[[], AbstractContextManager[Submit]]
    ahead: Callable[[], int]  # requests to send before the first answer is waited for


def chunked(items: Iterable[tuple[Any, str | bytes]], most: int, most_size: int) -> Iterator[list[Any]]:
    """Items in order, some at a time.

    Args:
        items: each a name and a text, that can be pickled.
        most: items in a chunk.
        most_size: of its texts, from which a chunk is full.
    """
    part, size = [], 0
    for item in items:
        part.append(item)
        size += len(item[1])
        if len(part) >= most or size >= most_size:
            yield part
            part, size = [], 0
    if part:
        yield part


def bug_reason(error: Exception) -> str:
    """Why an article is left out whose text made our code fail, with the last line of ours that was run."""
    if isinstance(error, MemoryError):
        return "needs more memory than there is to be read: split it"
    frames = list(traceback.extract_tb(error.__traceback__))
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    last = (own or frames)[-1]
    place = Path(last.filename).relative_to(PACKAGE).as_posix() if own else Path(last.filename).name
    message = " ".join(str(error).split())[:LONGEST_MESSAGE].encode("utf-8", "backslashreplace").decode()
    shown = ": ".join(filter(None, (type(error).__name__, message)))
    return f"could not be read because of a bug ({shown}, at {place}:{last.lineno}): please report it"


def answers(
    task: Task, chunks: Iterator[list[Any]], pool: Pool | None, parallel_size: int
) -> Iterator[tuple[list[Any], Any]]:
    """Each chunk with its answer, in order, as a stream.

    Args:
        task: answers a chunk; a function of a module, as it is sent by its name.
        chunks: what is asked.
        pool: where it is answered; None: in this process, or in two others from `parallel_size` on.
        parallel_size: of all items together.

    Yields:
        A chunk, or one item of a chunk whose worker died, with its answer; None if another died of it, too.
    """
    waiting, size = [], 0
    while pool is None and size < parallel_size:
        if (chunk := next(chunks, None)) is None:
            yield from ((chunk, task(chunk)) for chunk in waiting)
            return
        waiting.append(chunk)
        size += sum(len(text) for _, text in chunk)
    yield from answers_in_order(pool or THIS_MACHINE, task, chain(waiting, chunks))


def answers_in_order(
    pool: Pool, task: Task, requests: Iterable[list[Any]]
) -> Iterator[tuple[list[Any], Any]]:
    """The same for requests that go to a pool.

    If a worker dies, what was under way is asked again, each request alone, and in single items if its worker
    dies once more.
    """
    requests, pending = iter(requests), deque()
    while True:
        is_again, awaited = bool(pending), deque()
        with pool.open() as submit, suppress(BrokenExecutor):
            while pending:
                yield pending[0], submit(task, pending[0])()
                pending.popleft()
            is_again = False
            for request in requests:
                pending.append(request)
                awaited.append(submit(task, request))
                if len(pending) >= pool.ahead():
                    yield pending[0], awaited.popleft()()
                    pending.popleft()
            while pending:
                yield pending[0], awaited.popleft()()
                pending.popleft()
            return
        if is_again and len(pending[0]) > 1:
            pending.extendleft([item] for item in reversed(pending.popleft()))
        elif is_again:
            yield pending.popleft(), None


@contextmanager
def two_processes() -> Iterator[Submit]:
    """Two new processes that answer requests, until the context ends.

    Warns:
        RuntimeWarning: none can be started; this process answers.
    """
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), initializer=end_with_parent) as executor:
        try:
            executor.submit(int).result()
        except BrokenExecutor:
            warnings.warn(CANNOT_START, RuntimeWarning, stacklevel=2)
            yield partial
            return
        try:
            yield lambda task, request: executor.submit(task, request).result
        finally:
            executor.shutdown(cancel_futures=True)


def end_with_parent() -> None:
    """Let a worker leave Ctrl-C to the process that asks, and end when that one is killed."""

    def wait() -> None:
        parent_process().join()
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=wait, daemon=True).start()


THIS_MACHINE: Final = Pool(two_processes, lambda: PROCESSES * AHEAD)
