"""The server's side of `reading_process`: the notebooks that are prepared, and the kernels forked there.

When the articles, the notebooks or the store have changed, another process reads them again, and takes over
once it has prepared a notebook; the process before ends with its last kernel.
"""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import nbformat
from nbformat import NotebookNode

from analysis.pipeline.linked_store import linked_store

# A fork takes no threads along, and would wait for ever for those of the process before.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
PROGRAM = """
from analysis.dashboard.reading_process import main
main()
"""
LONGEST_LINE = 1 << 30  # bytes: a notebook with its pictures
LOOK_SECONDS = 5  # between two looks at the folders
FIRST_SECONDS = 0.2  # until a reading has begun, for who comes before
END_SECONDS = 10  # for a process to end


class NoReading(RuntimeError):
    """The process that reads the articles has ended by itself."""


@dataclass(eq=False)
class ForkedProcess:
    """A kernel, as `subprocess.Popen` has a process; Jupyter asks it the same."""

    reading: "Reading"
    pid: int
    returncode: int | None = None
    stdin = stdout = stderr = None

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """The code at its end, which Jupyter only asks for once `poll` has one."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            self.reading.say(do="signal", pid=self.pid, signal=int(number))

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


@dataclass(eq=False)
class Reading:
    """One process that has read the articles, or is about to."""

    begun_at: datetime
    process: subprocess.Popen
    writer: asyncio.StreamWriter
    scratch: Path  # a folder of this process
    notebooks: dict[str, NotebookNode] = field(default_factory=dict)  # prepared, by file name
    kernels: dict[int, ForkedProcess] = field(default_factory=dict)
    asked: dict[int, asyncio.Future] = field(default_factory=dict)
    ask_count: int = 0
    is_done: bool = False  # all notebooks are prepared
    is_over: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def say(self, **message: object) -> None:
        self.writer.write(json.dumps(message).encode() + b"\n")

    async def fork(self, notebook: str, connection_file: str) -> ForkedProcess:
        """A kernel that continues where the shared cells of a notebook have ended.

        Raises:
            NoReading: the process has ended.
        """
        if self.is_over:
            raise NoReading
        self.ask_count += 1
        answer = self.asked[self.ask_count] = asyncio.get_running_loop().create_future()
        self.say(do="fork", notebook=notebook, connection_file=connection_file, ask=self.ask_count)
        return await answer

    def hear(self, message: dict) -> None:
        """Note what the process says."""
        match message["kind"]:
            case "prepared":
                self.notebooks[message["notebook"]] = nbformat.reads(message["content"], as_version=4)
            case "forked":
                kernel = self.kernels[message["pid"]] = ForkedProcess(self, message["pid"])
                self.asked.pop(message["ask"]).set_result(kernel)
            case "ended":
                self.kernels.pop(message["pid"]).returncode = message["code"]
            case "done":
                self.is_done = True
        self.wake()

    def hear_end(self) -> None:
        """The process has ended, and its kernels with it."""
        self.is_over = True
        for kernel in self.kernels.values():
            kernel.returncode = -signal.SIGTERM
        for answer in self.asked.values():
            answer.set_exception(NoReading())
        self.kernels.clear()
        self.asked.clear()
        self.wake()

    def wake(self) -> None:
        """Wake those who wait for a change."""
        self.changed.set()
        self.changed = asyncio.Event()

    def close(self) -> None:
        """End the process and its kernels."""
        self.writer.close()

    @property
    def is_idle(self) -> bool:
        """Whether nobody uses a kernel of it."""
        return not self.kernels and not self.asked


@dataclass(frozen=True)
class Folders:
    """Where the notebooks are, and what they read."""

    notebooks: Path
    seeds: Path
    store: Path
    briefings: Path


@dataclass(eq=False)
class Readings:
    """The reading that visitors get, and the one that is to take its place."""

    folders: Folders
    scratch: Path  # a folder of this run
    current: Reading | None = None
    following: Reading | None = None
    retired: list[Reading] = field(default_factory=list)
    state: frozenset = frozenset()  # of the folders when the newest reading began
    looked_at: float = -LOOK_SECONDS
    tasks: set[asyncio.Task] = field(default_factory=set)  # asyncio forgets a task that nobody keeps

    async def of(self, notebook: str) -> Reading | None:
        """The newest reading that has prepared a notebook; None as long as there is none.

        Raises:
            NoReading: the process that should prepare it has ended by itself.
        """
        await self.keep_fresh()
        found = [one for one in (self.following, self.current) if one and notebook in one.notebooks]
        if found:
            return found[0]
        if self.newest and self.newest.is_over:
            raise NoReading
        return None

    @property
    def newest(self) -> Reading | None:
        """The reading that began last; None in the first moments."""
        return self.following or self.current

    async def wait(self, seconds: float) -> None:
        """Wait for news of the newest reading, or so long.

        Raises:
            TimeoutError: there was none.
        """
        news = self.newest.changed.wait() if self.newest else asyncio.sleep(FIRST_SECONDS)
        await asyncio.wait_for(news, max(seconds, 0))

    async def keep_fresh(self) -> None:
        """Begin a reading if there is none, or if the folders have changed; end those of before."""
        if self.following and self.following.is_done:
            self.retired += [self.current] if self.current else []
            self.current, self.following = self.following, None
        for one in [one for one in self.retired if one.is_idle]:
            self.retired.remove(one)
            one.close()
        now = time.monotonic()
        if self.following or now - self.looked_at < LOOK_SECONDS:
            return
        self.looked_at = now
        state = await asyncio.to_thread(state_of, self.folders)
        if self.following is None and (self.current is None or self.current.is_over or state != self.state):
            self.state = state
            self.following = await self.begun()

    async def begun(self) -> Reading:
        """A process that begins to read."""
        reading, reader = await begin(self.folders, Path(mkdtemp(dir=self.scratch)))
        task = asyncio.create_task(listen(reading, reader))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return reading

    def end(self) -> None:
        """End all processes, and wait for that."""
        every = [one for one in (self.current, self.following, *self.retired) if one]
        for one in every:
            one.process.terminate()
        for one in every:
            one.process.wait(END_SECONDS)


def state_of(folders: Folders) -> frozenset:
    """What changes when an article, a correction, a notebook or a briefing does."""
    files = [*folders.seeds.rglob("*"), *folders.notebooks.glob("*.ipynb")]
    return frozenset(
        [(str(path), *file_state(path)) for path in files]
        + [(path.name, 0, 0) for path in folders.briefings.glob("*")]
    )


def file_state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:  # removed meanwhile, or a link to nothing
        return 0, 0
    return found.st_mtime_ns, found.st_size


async def begin(folders: Folders, scratch: Path) -> tuple[Reading, asyncio.StreamReader]:
    """Start the process that reads the articles, with a store that only looks like the analyst's."""
    store = await asyncio.to_thread(linked_store, folders.store, scratch)
    ours, theirs = socket.socketpair()
    number = str(theirs.fileno())
    command = [sys.executable, "-c", PROGRAM, number]
    process = subprocess.Popen(
        [*command, str(folders.notebooks), str(store)],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **ONE_THREAD, "IPYTHONDIR": str(scratch / "ipython")},
        start_new_session=True,  # Ctrl-C in the terminal is for the server, which then ends this process
    )
    theirs.close()
    reader, writer = await asyncio.open_connection(sock=ours, limit=LONGEST_LINE)
    return Reading(datetime.now(UTC), process, writer, scratch), reader


async def listen(reading: Reading, reader: asyncio.StreamReader) -> None:
    """Hear what the process says until it ends."""
    try:
        while line := await reader.readline():
            reading.hear(json.loads(line))
    finally:
        reading.hear_end()
        reading.close()
        await asyncio.to_thread(reading.process.wait)
        shutil.rmtree(reading.scratch, ignore_errors=True)
