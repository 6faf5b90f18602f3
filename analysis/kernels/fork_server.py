"""The process that is forked into kernels: it has loaded what they need, and starts no thread.

A fork takes no threads along, so a process with Jupyter's connections cannot be forked into a kernel. This
one does nothing but fork, on demand. It speaks lines of JSON over a socket: `fork` (`arguments` of ipykernel,
`cwd`, `env`) gives `pid`, `poll` (`pid`) gives `code` (null while the kernel runs), `signal` (`pid`,
`number`) gives nothing. It ends, and its kernels with it, when the socket is closed.

`python -m analysis.kernels.fork_server FILE_NUMBER MODULE ...` imports the modules first.
"""

import atexit
import gc
import json
import os
import signal
import socket
import sys
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

INLINE: Final = "module://matplotlib_inline.backend_inline"  # what ipykernel asks for


def main() -> None:
    """Import modules, then fork kernels until the socket is closed."""
    number, *modules = sys.argv[1:]
    for module in ("ipykernel.kernelapp", *modules):
        import_module(module)
    serve(socket.socket(fileno=int(number)))


def serve(channel: socket.socket) -> None:
    """Fork kernels until the other side closes the socket."""
    gc.freeze()  # or the first collection in a kernel would write to, and so copy, everything
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that runs the notebooks
    codes: dict[int, int | None] = {}  # of each kernel, None while it runs
    try:
        with channel.makefile("r", encoding="utf-8") as lines:
            for line in lines:
                answer = act(json.loads(line), codes, channel)
                channel.sendall(json.dumps(answer).encode() + b"\n")
    except (BrokenPipeError, ConnectionResetError):
        pass  # the other side was killed
    finally:
        end(codes)


def act(message: Mapping[str, Any], codes: dict[int, int | None], channel: socket.socket) -> dict[str, Any]:
    """Do what was asked for."""
    match message["do"]:
        case "fork":
            pid = fork_kernel(message, channel)
            codes[pid] = None
            return {"pid": pid}
        case "poll":
            return {"code": code_of(message["pid"], codes)}
        case "signal":
            if code_of(message["pid"], codes) is None:
                os.kill(message["pid"], message["number"])
            return {}
    raise ValueError(f"do is {message['do']!r}, expected fork, poll or signal")


def code_of(pid: int, codes: dict[int, int | None]) -> int | None:
    """How a kernel ended, as `subprocess.Popen.returncode` has it; None while it runs."""
    if codes[pid] is None:
        found, status = os.waitpid(pid, os.WNOHANG)
        codes[pid] = os.waitstatus_to_exitcode(status) if found else None
    return codes[pid]


def end(codes: dict[int, int | None]) -> None:
    """End the kernels that still run."""
    for pid in codes:
        if code_of(pid, codes) is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def fork_kernel(message: Mapping[str, Any], channel: socket.socket) -> int:
    """Fork a kernel; returns its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        channel.close()
        atexit._clear()  # what the process before had to do at its end is not the kernel's
        as_if_new(message["cwd"], message["env"])
        run_kernel(message["arguments"])
        status = 0
    finally:
        atexit._run_exitfuncs()
        os._exit(status)


def as_if_new(cwd: str | None, environment: Mapping[str, str]) -> None:
    """Make this process what a program is that was just started."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.chdir(cwd or ".")
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):  # the streams of before may be locked by a thread
        stream = open(number, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    warnings.showwarning = warnings._showwarning_orig  # the command line has its own
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # or all kernels would draw the same numbers
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = environment.get("MPLBACKEND", INLINE)


def run_kernel(arguments: list[str]) -> None:
    """Be a kernel until it is asked to end.

    Args:
        arguments: what `python -m ipykernel_launcher` would get.
    """
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()  # a kernel has a shell of its own
    sys.argv = ["ipykernel_launcher", *arguments]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(arguments)
    app.start()


def forked(prepare: Callable[[], object]) -> tuple[socket.socket, int]:
    """Fork this process into a server: the socket to it, and its number.

    Args:
        prepare: called in the server before it answers.
    """
    ours, theirs = socket.socketpair()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        theirs.close()
        return ours, pid
    status = 1
    try:
        ours.close()
        os.setsid()
        prepare()
        serve(theirs)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
