"""Third-party parsers run in a separate process with limited memory, processor time and output.

A file made to break a parser breaks only that process: the file is rejected with the reason, and a new
process reads the next one. A limit counts what the process does, not how long it waits, so a busy machine
reads the same. The process answers each file with one line of JSON, so a file is read whole or not at all,
and nothing that a broken parser writes is executed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from analysis.ingest.draft import AS_IT_IS, MAX_LIST_BYTES, Choices, Columns, Draft, Found, Refusal, Source
from analysis.ingest.file_formats import read_source
from analysis.ingest.folder_files import open_plain

SECONDS: Final = 60  # of processor time for one file
MEMORY: Final = 2_000_000_000  # bytes of address space
MAX_OUTPUT: Final = 300_000_000  # bytes that one file may give; a corpus is kept in memory
SMALL_OUTPUT: Final = 10_000_000  # bytes that any file may give, however small it is: one long article
MAX_RATIO: Final = 50  # bytes of output per byte of a file: text is packed to a tenth of its size at best
NO_MEMORY: Final = 70  # exit code of a process that needs more than it may use
REASONS: Final = {  # why a file is rejected, by the exit code of its process
    -signal.SIGPROF: f"takes more than {SECONDS} seconds to read: split it into smaller files",
    NO_MEMORY: f"needs more than {MEMORY // 10**9} GB of memory to be read: split it into smaller files",
}
KINDS: Final = {kind.__name__: kind for kind in (Draft, Refusal, Columns)}
COMMAND: Final = (sys.executable, "-P", "-m", "analysis.ingest.sandbox")  # -P: no modules from where we run
Read = Callable[[Path, str, Choices], list[Found]]


@contextmanager
def reader_process() -> Iterator[Read]:
    """Give the function that reads a file in the process, which starts with the first file."""
    modules = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    # One thread for numpy, which openpyxl imports: each would reserve memory.
    own = {"PYTHONPATH": modules.rstrip(os.pathsep), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    running: list[subprocess.Popen] = []

    def read(path: Path, name: str, choices: Choices) -> list[Found]:
        is_new = not running
        if is_new:
            running.append(subprocess.Popen(COMMAND, env={**os.environ, **own}, **pipes))
        request = {
            "path": str(path.absolute()),
            "name": name,
            "choices": choices._replace(columns=dict(choices.columns))._asdict(),
            "seconds": SECONDS,
        }
        with suppress(BrokenPipeError):  # it has ended: its answer says so
            running[0].stdin.write(json.dumps(request).encode() + b"\n")
            running[0].stdin.flush()
        size = path.stat().st_size if path.exists() else 0
        max_bytes = min(MAX_OUTPUT, max(SMALL_OUTPUT, MAX_RATIO * size))
        line = running[0].stdout.readline(max_bytes)
        if line.endswith(b"\n"):
            with suppress(AttributeError, KeyError, TypeError, ValueError):  # a broken parser wrote it
                return [KINDS[kind](*fields) for kind, fields in json.loads(line)]
        elif len(line) < max_bytes:
            running[0].wait()
        code = ended(running.pop())
        if len(line) == max_bytes:
            return [
                Refusal(name, f"gives more than {max_bytes:,} bytes of text: split it into smaller files")
            ]
        if not is_new and code != -signal.SIGPROF:  # the files before may have left it little memory
            return read(path, name, choices)
        intact = "expected an intact file: save it again, or remove it"
        return [Refusal(name, REASONS.get(code, f"crashed its reader (exit code {code}), {intact}"))]

    try:
        yield read
    finally:
        for process in running:
            ended(process)


def ended(process: subprocess.Popen) -> int:
    """The exit code of a process, which is killed if it has not ended by itself."""
    process.kill()
    process.communicate()  # closes its pipes
    return process.returncode


def serve() -> None:
    """Read the files that standard input names, one request per line, until it closes."""
    import resource

    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0}
    for kind, limit in limits.items():
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (limit, limit))
    sys.addaudithook(forbid_action)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    for line in sys.stdin:
        request = json.loads(line)
        # Its signal is not caught, so it ends this process, even in the middle of a parser in C.
        signal.setitimer(signal.ITIMER_PROF, request["seconds"])
        try:
            found = found_in(request["path"], request["name"], Choices(**request["choices"]))
            answer = json.dumps([(type(one).__name__, one) for one in found])
        except MemoryError:
            os._exit(NO_MEMORY)
        output.write(answer.encode() + b"\n")
        output.flush()
        signal.setitimer(signal.ITIMER_PROF, 0)


def found_in(path: Path | str, name: str, choices: Choices = AS_IT_IS) -> list[Found]:
    """The articles of one file, or the reason why there are none.

    Raises:
        MemoryError: the file needs more memory than the process may use.
    """
    try:
        with open_plain(path) as stream:
            raw = stream.read(MAX_LIST_BYTES + 1)  # it may have grown
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error}), expected a readable file"
        return [Refusal(name, reason)]
    return list(read_source(Source(raw, name, choices), name))


def forbid_action(event: str, arguments: tuple) -> None:
    """An audit hook: a reader needs neither the network nor other programs."""
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")):
        raise PermissionError(f"a reader of articles may not use {event}")


if __name__ == "__main__":
    serve()
