"""Third-party parsers run in a separate process with limited memory, processor time and output.

A file made to break a parser breaks only that process: the file is rejected with the reason, and a new
process reads the next one. A limit counts what the process does, not how long it waits, so a busy machine
reads the same. The process answers with a line of JSON for each article and one that says it is done; until
then nothing of the file is used, so a file is read whole or not at all. Nothing that a broken parser writes
is executed.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Final

from analysis.ingest.draft import MAX_CHARS, Choices, Columns, Draft, Found, Refusal, Source
from analysis.ingest.file_formats import ending_of, parser_reason, read_source, unopened
from analysis.ingest.folder_files import open_plain

SECONDS: Final = 60  # of processor time for one file
SILENT_SECONDS: Final = 3600  # that a file may take in all, if its disk does not answer
MEMORY: Final = 2_000_000_000  # bytes of address space
MAX_ROWS: Final = 200_000  # articles and reasons from one file
MAX_OUTPUT: Final = 300_000_000  # bytes that one file may give; a corpus is kept in memory
SMALL_OUTPUT: Final = 10_000_000  # bytes that any file may give, however small it is: one long article
MAX_RATIO: Final = 50  # bytes of output per byte of a file: text is packed to a tenth of its size at best
TOO_MUCH: Final = "gives more than {:,} {}, expected at most that in one file: split it into smaller files"
TOO_LARGE: Final = f"needs more than {MEMORY // 10**9} GB of memory to be read: split it into smaller files"
DONE: Final = b"done\n"
OUT_OF_MEMORY: Final = b"memory\n"
KINDS: Final = {kind.__name__: kind for kind in (Draft, Refusal, Columns)}
FORBIDDEN: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
COMMAND: Final = (sys.executable, "-P", "-m", "analysis.ingest.sandbox")  # -P: no modules from where we run
Read = Callable[[Path, str, Choices], list[Found]]


@contextmanager
def reader_process(*, seconds: int = SECONDS) -> Iterator[Read]:
    """Give the function that reads a file in the process, which starts with the first file.

    Args:
        seconds: of processor time for one file.
    """
    running: list[subprocess.Popen] = []

    def read(path: Path, name: str, choices: Choices) -> list[Found]:
        is_new = not running
        if is_new:
            running.append(start())
        wanted = {**choices._asdict(), "columns": dict(choices.columns)}
        request = {"path": str(path), "name": name, "choices": wanted, "seconds": seconds}
        found, reason = answer_to(running[0], request)
        if not reason:
            return found
        code = ended(running.pop())
        if not is_new and code != -signal.SIGPROF:  # the files before may have left it little memory
            return read(path, name, choices)
        return [Refusal(name, reason)]

    try:
        yield read
    finally:
        for process in running:
            ended(process)


def start() -> subprocess.Popen:
    """A process that reads files."""
    modules = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    # One thread for numpy, which openpyxl imports: each would reserve memory.
    own = {"PYTHONPATH": modules.rstrip(os.pathsep), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(COMMAND, env={**os.environ, **own}, **pipes)


def answer_to(process: subprocess.Popen, request: dict) -> tuple[list[Found], str]:
    """What is found in a file, and why it was not read to its end; "" if it was."""
    with suppress(BrokenPipeError):  # it has ended: its answer says so
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    max_bytes, size, found = SMALL_OUTPUT, 0, []
    with suppress(OSError):
        max_bytes = min(MAX_OUTPUT, max(SMALL_OUTPUT, MAX_RATIO * os.stat(request["path"]).st_size))
    while line := process.stdout.readline(max_bytes + 1):
        if line == DONE:
            return found, ""
        if line == OUT_OF_MEMORY:
            return [], TOO_LARGE
        size += len(line)
        if size > max_bytes or len(found) == MAX_ROWS:
            limit = (max_bytes, "bytes of text") if size > max_bytes else (MAX_ROWS, "articles")
            return [], TOO_MUCH.format(*limit)
        if not line.endswith(b"\n"):
            break
        try:
            found.append(found_of(line))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            return [], f"crashed its reader ({type(error).__name__} in its answer), expected an intact file"
    return [], reason_of_end(process.wait(), request["seconds"])


def ended(process: subprocess.Popen) -> int:
    """The exit code of a process, which is ended if it has not ended by itself."""
    process.kill()
    with suppress(BrokenPipeError):
        process.stdin.close()
    process.stdout.close()
    return process.wait()


def found_of(line: bytes) -> Found:
    """One article or reason from its line.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: the line is none, since a parser may have broken its
            process.
    """
    kind, fields = json.loads(line.decode("utf-8", "surrogatepass"))
    found = KINDS[kind](*fields)
    if isinstance(found, Columns):
        texts = [*found[:1], *found[2:4], *found.columns, *found.columns.values(), *chain(*found.rows)]
    else:
        texts = [*found[:2], *(value for value in found[2:] if value is not None)]
    if not all(isinstance(value, str) for value in texts):
        raise TypeError(f"{kind} has other values than text")
    return found._replace(rows=tuple(found.rows)) if isinstance(found, Columns) else found


def reason_of_end(code: int, seconds: int) -> str:
    """Why a file is rejected when its reader ends with an exit code."""
    if code == -signal.SIGPROF:
        return f"takes more than {seconds} seconds to read: split it into smaller files"
    if code == -signal.SIGALRM:
        minutes = SILENT_SECONDS // 60
        return f"could not be read in {minutes} minutes, perhaps because its disk does not answer"
    return f"crashed its reader (exit code {code}), expected an intact file: save it again, or remove it"


def serve() -> None:
    """Read the files that standard input names, one request per line, until it closes."""
    limit_process()
    sys.addaudithook(forbid_action)
    output = os.fdopen(os.dup(1), "wb", buffering=1_000_000)
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    for line in sys.stdin:
        request = json.loads(line)
        # Their signals are not caught, so they end this process, even in the middle of a parser in C.
        signal.setitimer(signal.ITIMER_PROF, request.pop("seconds"))
        signal.alarm(SILENT_SECONDS)
        try:
            for found in found_in(**request):
                output.write(found_line(found))
            output.write(DONE)
        except MemoryError:
            output.write(OUT_OF_MEMORY)
        output.flush()
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)


def limit_process() -> None:
    """Limit the memory of this process, and keep it from writing its memory to disk when it crashes."""
    import resource

    for kind, limit in {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }.items():
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (limit, limit))


def forbid_action(event: str, arguments: tuple) -> None:
    """An audit hook: a reader needs neither the network nor other programs."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader of articles may not use {event}")


def found_in(path: str, name: str, choices: dict) -> Iterator[Found]:
    """The articles of one file; an error of a parser becomes the reason for its rejection.

    Raises:
        MemoryError: the file needs more memory than the process may use.
    """
    try:
        with open_plain(path) as stream:
            for found in read_source(Source(stream, name, Choices(**choices)), ending_of(name)):
                if isinstance(found, Draft) and len(found.text) > MAX_CHARS:
                    reason = f"holds {len(found.text):,} characters, expected at most {MAX_CHARS:,}"
                    yield Refusal(found.path, reason)
                else:
                    yield found
    except OSError as error:
        yield unopened(name, error)
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything on a file made to break it
        yield Refusal(name, parser_reason(error))


def found_line(found: Found) -> bytes:
    """One line for an article or a reason."""
    line = json.dumps([type(found).__name__, found], ensure_ascii=False)
    return line.encode("utf-8", "surrogatepass") + b"\n"


if __name__ == "__main__":
    serve()
