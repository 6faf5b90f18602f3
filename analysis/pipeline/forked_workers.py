"""Workers forked from a process that has everything loaded, where that is safe: they start at once.

A new program takes a second to load what reads a text. A fork takes no threads along, so a process with
threads, such as a notebook's kernel, could leave a lock in its child that nobody ever opens.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BufferedWriter
from multiprocessing import current_process, get_context
from multiprocessing.process import BaseProcess
from typing import BinaryIO, Final

CANNOT_FORK: Final = ("win32", "darwin")  # no fork; or system libraries that do not survive one

Serve = Callable[[BinaryIO, BinaryIO], object]
"""Answers the requests of the first stream on the second one until the first is closed."""


def can_fork() -> bool:
    """Whether this system can fork a process that has loaded libraries."""
    return sys.platform not in CANNOT_FORK


def is_alone() -> bool:
    """Whether this process can be forked now: no other thread may hold a lock."""
    may_have_children = not current_process().daemon  # as multiprocessing's own workers may not
    return can_fork() and threading.active_count() == 1 and may_have_children


@dataclass(eq=False)
class ForkedWorker:
    """A fork of this process that serves, with what is asked of `subprocess.Popen`."""

    process: BaseProcess
    stdin: BinaryIO
    stdout: BinaryIO

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> int | None:
        """The code at its end, minus the number of the signal that ended it."""
        self.process.join()
        return self.process.exitcode

    def communicate(self) -> None:
        """Close its streams and wait for its end."""
        self.stdin.close()
        self.stdout.close()
        self.wait()


def fork_worker(serve: Serve, others: Collection[ForkedWorker] = ()) -> ForkedWorker:
    """Fork this process into a worker.

    Args:
        serve: what the worker does.
        others: workers forked before. This one must not keep their streams open: they end when those close.
    """
    asked, requests = open_pipe()
    answered, answers = open_pipe()

    def run() -> None:
        for stream in (requests, answered, *(end for other in others for end in (other.stdin, other.stdout))):
            stream.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.dup2(2, 1)  # what a library prints is no row
        sys.stdout = sys.stderr
        serve(asked, answers)
        os._exit(0)  # what the process before has to do at its end is not for this one

    process = get_context("fork").Process(target=run, daemon=True)
    process.start()
    asked.close()
    answers.close()
    return ForkedWorker(process, requests, answered)


def open_pipe() -> tuple[BinaryIO, BufferedWriter]:
    """The two ends of a pipe."""
    source, sink = os.pipe()
    return os.fdopen(source, "rb"), os.fdopen(sink, "wb")
