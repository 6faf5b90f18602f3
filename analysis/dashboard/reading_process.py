"""The process that reads the articles once for all visitors: it runs the notebooks and forks kernels.

A kernel of its own for each visitor would read the articles again, in half a gigabyte of its own. A fork of
this process has the tables already, in memory that it shares until it writes there. So this process starts
no thread and no connection of Jupyter; a fork takes none along.

It is started by `readings` with the arguments FILE_NUMBER NOTEBOOKS STORE, and speaks lines of JSON over the
socket with that number. It is asked to `fork` (`notebook`, `connection_file`, `ask`) and to
`signal` (`pid`, `signal`), and says when a notebook is `prepared` (`notebook`, `content`), a kernel is
`forked` (`ask`, `pid`) or has `ended` (`pid`, `code`), and when all notebooks are `done`. It ends, and its
kernels with it, when the socket is closed.
"""

import functools
import gc
import json
import os
import selectors
import signal
import socket
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import nbformat
from ipykernel.kernelapp import IPKernelApp

import analysis
from analysis.dashboard.shared_cells import (
    WITHOUT_HISTORY,
    SharedShell,
    for_readers,
    new_shell,
    own_cells,
    run_shared_cells,
    warm_up,
)
from analysis.notebook.corpus import Corpus
from analysis.notebook_parameters import inject
from analysis.pipeline.for_readers import say_for_readers

MOST_BYTES = 1 << 16  # bytes read at once


@dataclass
class State:
    """What the process has."""

    channel: socket.socket
    waker: socket.socket  # becomes readable when a kernel has ended
    namespaces: dict[str, dict] = field(default_factory=dict)  # by file name of the notebook
    kernels: set[int] = field(default_factory=set)
    heard: bytes = b""  # the beginning of a line
    to_close: list[socket.socket] = field(default_factory=list)

    def say(self, **message: object) -> None:
        self.channel.sendall(json.dumps(message).encode() + b"\n")


def main() -> None:
    """Run the notebooks of a folder, and fork kernels until the socket is closed."""
    number, notebooks, store = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    os.chdir(notebooks)
    hide_warning_of_threads()
    analysis.open_corpus = functools.cache(analysis.open_corpus)  # the tables are read once for all notebooks
    state = new_state(socket.socket(fileno=number))
    try:
        for _ in prepare(state, notebooks, store):
            answer(state, seconds=0)
        state.say(kind="done")
        while True:
            answer(state, seconds=None)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        end(state)


def hide_warning_of_threads() -> None:
    """Keep from the terminal what Python says of a fork: the threads are those of libraries, idle by then."""
    warnings.filterwarnings("ignore", r"This process \(pid=\d+\) is multi-threaded", DeprecationWarning)


def new_state(channel: socket.socket) -> State:
    """The state at the start; from now on the end of a kernel wakes `answer`."""
    waker, woken = socket.socketpair()
    waker.setblocking(False)
    woken.setblocking(False)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    state = State(channel, waker, to_close=[channel, waker, woken])
    signal.signal(signal.SIGTERM, lambda *_: end(state))
    return state


def prepare(state: State, notebooks: Path, store: Path) -> Iterator[None]:
    """Run what is the same for all visitors, notebook by notebook; yields after each cell."""
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook = for_readers(nbformat.read(path, as_version=4))
        inject(notebook, {"store": str(store)})
        shell = new_shell()
        for _ in run_shared_cells(shell, notebook):
            yield
        if own_cells(notebook):
            for corpus in corpora(shell.user_ns):
                keep_index(corpus)
            warm_up(shell, notebook)
            state.namespaces[path.name] = shell.user_ns
        gc.collect()
        gc.freeze()  # or the first collection in a kernel would write to, and so copy, everything
        state.say(kind="prepared", notebook=path.name, content=nbformat.writes(notebook))
        yield


def corpora(namespace: dict) -> list[Corpus]:
    return [value for value in namespace.values() if isinstance(value, Corpus)]


@functools.cache
def keep_index(corpus: Corpus) -> None:
    """Write the index for searches once for all visitors; each kernel then opens the file for itself."""
    corpus.search_index.asked(lambda connection: None)
    corpus.search_index.close()


def answer(state: State, *, seconds: float | None) -> None:
    """Do what was asked for, and say which kernels have ended; waits at most so long, None for ever.

    Raises:
        EOFError: the socket was closed.
    """
    with selectors.DefaultSelector() as selector:
        selector.register(state.channel, selectors.EVENT_READ)
        selector.register(state.waker, selectors.EVENT_READ)
        ready = {key.fileobj for key, _ in selector.select(seconds)}
    if state.waker in ready:
        state.waker.recv(MOST_BYTES)
        say_ended(state)
    if state.channel in ready:
        for line in lines(state):
            act(state, json.loads(line))


def lines(state: State) -> list[bytes]:
    """The whole lines that have arrived."""
    received = state.channel.recv(MOST_BYTES)
    if not received:
        raise EOFError
    *whole, state.heard = (state.heard + received).split(b"\n")
    return whole


def act(state: State, message: dict) -> None:
    if message["do"] == "fork":
        pid = fork_kernel(state, message["notebook"], message["connection_file"])
        state.say(kind="forked", ask=message["ask"], pid=pid)
    elif message["pid"] in state.kernels:
        os.kill(message["pid"], message["signal"])


def say_ended(state: State) -> None:
    """Take leave of each kernel that has ended, so that its number is not used for another process before."""
    for pid in list(state.kernels):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            state.kernels.discard(pid)
            state.say(kind="ended", pid=pid, code=os.waitstatus_to_exitcode(status))


def end(state: State) -> NoReturn:
    """End the kernels and this process, at once: IPython would take SystemExit for a mistake in a cell."""
    for pid in state.kernels:
        os.kill(pid, signal.SIGTERM)
    os._exit(0)


def fork_kernel(state: State, notebook: str, connection_file: str) -> int:
    """Fork a kernel that continues where the shared cells of a notebook have ended; returns its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        state.kernels.add(pid)
        return pid
    status = 1
    try:
        become_kernel(state, state.namespaces[notebook], connection_file)
        status = 0
    finally:
        os._exit(status)  # what the process before had to do at its end is not the kernel's


def become_kernel(state: State, namespace: dict, connection_file: str) -> None:
    """Be a kernel until its page asks it to end."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    for one in state.to_close:
        one.close()
    os.setsid()
    say_for_readers()
    SharedShell.clear_instance()
    kernel = IPKernelApp.instance(
        connection_file=connection_file,
        user_ns=namespace,
        parent_handle=os.getppid(),
        config=WITHOUT_HISTORY,
    )
    kernel.initialize([])
    kernel.start()
