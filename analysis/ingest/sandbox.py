"""Third-party parsers run in a separate process with limited memory and time.

A file made to break a parser breaks only that process: the file is rejected with the reason, and a new
process reads the next one. The two exchange lines of JSON, so nothing that a broken parser sends is executed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.ingest.draft import MAX_CHARS, Columns, Draft, Found, Refusal
from analysis.ingest.file_format import Source
from analysis.ingest.readers import ending_of, read_source

SECONDS = 60  # for one file
MEMORY = 2_000_000_000  # bytes of address space
KINDS = {kind.__name__: kind for kind in (Draft, Refusal, Columns)}
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
Read = Callable[[Path, str, dict[str, str]], Iterator[Found]]


@contextmanager
def reader_process(*, seconds: int = SECONDS) -> Iterator[Read]:
    """Gives the function that reads a file in the process, which starts with the first file.

    Args:
        seconds: for one file.
    """
    running: list[subprocess.Popen] = []

    def read(path: Path, name: str, columns: dict[str, str]) -> Iterator[Found]:
        if not running:
            running.append(start())
        process = running[0]
        ask(process, {"path": str(path), "name": name, "columns": columns, "seconds": seconds})
        found = list(answers(process))  # all at once, so that our own time does not count
        yield from found
        if process.poll() is not None:
            running.clear()
            yield Refusal(name, reason_of_end(process.returncode, seconds))

    try:
        yield read
    finally:
        for process in running:
            process.kill()
            process.communicate()


def start() -> subprocess.Popen:
    modules = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    # One thread for numpy, which openpyxl imports: each would reserve memory. -P: no modules from the
    # folder we are run in, which may be one of untrusted files.
    environment = {
        **os.environ,
        "PYTHONPATH": modules.rstrip(os.pathsep),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "analysis.ingest.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def ask(process: subprocess.Popen, request: dict) -> None:
    with suppress(BrokenPipeError):  # it has ended: its answer says so
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()


def answers(process: subprocess.Popen) -> Iterator[Found]:
    """What the process found, until it says that it is done, or ends."""
    for line in process.stdout:
        if line == b"done\n":
            return
        kind, fields = json.loads(line)
        yield KINDS[kind](*fields)
    process.wait()


def reason_of_end(code: int, seconds: int) -> str:
    """Why a file is rejected when its reader ends with an exit code."""
    if code == -signal.SIGALRM:
        return f"takes more than {seconds} seconds to read: split it into smaller files"
    return f"crashed its reader (exit code {code}), expected an intact file: save it again, or remove it"


def serve() -> None:
    """Read the files that standard input names, one request per line, until it closes."""
    limit_process()
    sys.addaudithook(forbid_action)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    for line in sys.stdin:
        request = json.loads(line)
        signal.alarm(request.pop("seconds"))  # not caught, so it also ends a parser that hangs in C
        for found in found_in(**request):
            answer.write(json.dumps([type(found).__name__, found]) + "\n")
        signal.alarm(0)
        answer.write("done\n")
        answer.flush()


def limit_process() -> None:
    import resource

    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0}
    for kind, limit in limits.items():
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (limit, limit))


def forbid_action(event: str, arguments: tuple) -> None:
    """An audit hook: a reader needs neither the network nor other programs."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader of articles may not use {event}")


def found_in(path: str, name: str, columns: dict[str, str]) -> Iterator[Found]:
    """The articles of one file; an error of a parser becomes the reason for its rejection."""
    try:
        with open(path, "rb") as stream:
            for found in read_source(Source(stream, name, columns), ending_of(path)):
                yield small_enough(found)
    except OSError as error:
        yield Refusal(name, f"cannot be opened ({error.strerror or error}), expected a readable file")
    except MemoryError:
        yield Refusal(
            name, f"needs more than {MEMORY // 10**9} GB of memory to be read: split it into smaller files"
        )
    except Exception as error:  # a parser may raise anything on a file made to break it
        yield Refusal(
            name, f"cannot be parsed ({type(error).__name__}: {str(error)[:200]}), expected an intact file"
        )


def small_enough(found: Found) -> Found:
    if isinstance(found, Draft) and len(found.text) > MAX_CHARS:
        return Refusal(found.path, f"holds {len(found.text):,} characters, expected at most {MAX_CHARS:,}")
    return found


if __name__ == "__main__":
    serve()
