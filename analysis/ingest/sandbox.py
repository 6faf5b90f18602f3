"""Third-party parsers run in a separate process with limited memory, processor time and output.

A file made to break a parser breaks only that process: the file is rejected with the reason, and a new
process reads the next one. A limit counts what the process does, not how long it waits, so a busy machine
reads the same. The process writes what it found to a temporary file, one line of JSON for each article, and
says when it is done; until then nothing of the file is used, so a file is read whole or not at all. Nothing
that a broken parser writes is executed.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final

from analysis.ingest.draft import MAX_CHARS, Columns, Draft, Found, Refusal
from analysis.ingest.file_format import Source
from analysis.ingest.plain_files import open_plain
from analysis.ingest.readers import ending_of, parser_reason, read_source

SECONDS = 60  # of processor time for one file
SILENT_SECONDS = 3600  # that a file may take in all, if its disk does not answer
MEMORY = 2_000_000_000  # bytes of address space
MAX_ROWS = 200_000  # articles and reasons from one file
MAX_OUTPUT = 300_000_000  # bytes that one file may give; a corpus is kept in memory
SMALL_OUTPUT = 10_000_000  # bytes that any file may give, however small it is: one long article
MAX_RATIO = 50  # bytes of output for each byte of a file: text is packed to a tenth of its size at best
KINDS = {kind.__name__: kind for kind in (Draft, Refusal, Columns)}
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
TOO_MUCH: Final = "gives more than {:,} {}, expected at most that in one file: split it into smaller files"
Read = Callable[[Path, str, dict[str, str]], Iterator[Found]]


class TooMuch(Exception):
    """What a file gives is more than may come back."""


@contextmanager
def reader_process(*, seconds: int = SECONDS) -> Iterator[Read]:
    """Gives the function that reads a file in the process, which starts with the first file.

    What a call gives must be consumed before the next call.

    Args:
        seconds: of processor time for one file.
    """
    running: list[subprocess.Popen] = []

    def read(path: Path, name: str, columns: dict[str, str]) -> Iterator[Found]:
        is_new = not running
        if is_new:
            running.append(start(output))
        output.seek(0)
        output.truncate()
        request = {"path": str(path), "name": name, "columns": columns, "seconds": seconds}
        reason = answer_to(running[0], request)
        if not reason:
            output.seek(0)
            yield from found_lines(output, name)
            return
        ended(running.pop())
        if is_new or reason == reason_of_end(-signal.SIGPROF, seconds):
            yield Refusal(name, reason)
        else:  # the files before may have left it little memory
            yield from read(path, name, columns)

    with tempfile.TemporaryFile(prefix="faultline-") as output:
        try:
            yield read
        finally:
            for process in running:
                ended(process)


def start(output: IO[bytes]) -> subprocess.Popen:
    """A process that reads files, and writes what it finds to a file that is open here, too."""
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
        [sys.executable, "-P", "-m", "analysis.ingest.sandbox", str(output.fileno())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=[output.fileno()],
        env=environment,
    )


def answer_to(process: subprocess.Popen, request: dict) -> str:
    """Why a file was not read to its end; "" if it was.

    Raises:
        OSError: what was found could not be written, because the disk is full.
    """
    with suppress(BrokenPipeError):  # it has ended: its answer says so
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    answer = process.stdout.readline(1_000)
    if answer.startswith(b"full "):
        number = int(answer.split()[1])
        raise OSError(number, os.strerror(number), tempfile.gettempdir())
    if answer == b"memory\n":
        return f"needs more than {MEMORY // 10**9} GB of memory to be read: split it into smaller files"
    return "" if answer == b"done\n" else reason_of_end(ended(process), request["seconds"])


def ended(process: subprocess.Popen) -> int:
    """The exit code of a process, which is ended if it has not ended by itself."""
    process.kill()
    with suppress(BrokenPipeError):
        process.stdin.close()
    process.stdout.close()
    return process.wait()


def found_lines(output: IO[bytes], name: str) -> Iterator[Found]:
    """What is written in the answer of the process."""
    for line in output:
        try:
            yield found_of(line)
        except (ValueError, TypeError, KeyError) as error:
            reason = f"crashed its reader ({type(error).__name__} in its answer), expected an intact file"
            yield Refusal(name, reason)
            return


def found_of(line: bytes) -> Found:
    """One article or reason from its line.

    Raises:
        ValueError, TypeError, KeyError: the line is none, since a parser may have broken its process.
    """
    kind, fields = json.loads(line.decode("utf-8", "surrogatepass"))
    found = KINDS[kind](*fields)
    for number, value in enumerate(found):
        is_required = number == 0 or (number == 1 and kind != Columns.__name__)
        if not isinstance(value, str) and (is_required or not isinstance(value, dict | None)):
            raise TypeError(f"{kind} has {value!r}")
    return found


def reason_of_end(code: int, seconds: int) -> str:
    """Why a file is rejected when its reader ends with an exit code."""
    if code == -signal.SIGPROF:
        return f"takes more than {seconds} seconds to read: split it into smaller files"
    if code == -signal.SIGALRM:
        return (
            f"could not be read in {SILENT_SECONDS // 60} minutes, perhaps because its disk does not answer"
        )
    return f"crashed its reader (exit code {code}), expected an intact file: save it again, or remove it"


def serve(output: BinaryIO) -> None:
    """Read the files that standard input names, one request per line, until it closes.

    Args:
        output: takes what is found in a file.
    """
    limit_process()
    sys.addaudithook(forbid_action)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    for line in sys.stdin:
        request = json.loads(line)
        with limited_time(request.pop("seconds")):
            found = found_in(**request)
            said = write_found(found, output, request["name"], most_output(request["path"]))
        answer.write(said)
        answer.flush()


@contextmanager
def limited_time(seconds: int) -> Iterator[None]:
    """End this process, even in the middle of a parser in C, when it has used so much processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal is not caught
    signal.alarm(SILENT_SECONDS)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.alarm(0)


def limit_process() -> None:
    import resource

    limits = {resource.RLIMIT_AS: MEMORY, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 2 * MAX_OUTPUT}
    for kind, limit in limits.items():
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (limit, limit))


def most_output(path: str) -> int:
    """The number of bytes that may come back from a file."""
    with suppress(OSError):
        return min(MAX_OUTPUT, max(SMALL_OUTPUT, MAX_RATIO * os.stat(path).st_size))
    return SMALL_OUTPUT


def write_found(found: Iterator[Found], output: BinaryIO, name: str, most: int) -> str:
    """Write what is found in a file; if it is too much, only the reason.

    Args:
        found: in the file.
        output: to write to, from its beginning.
        name: of the file.
        most: bytes that may be written.

    Returns:
        What to answer: that it is done, that there is too little memory, or that the disk is full.
    """
    try:
        try:
            write_lines(found, output, most)
        except TooMuch as error:
            output.seek(0)
            output.truncate()
            output.write(found_line(Refusal(name, str(error))))
        output.flush()
    except MemoryError:
        return "memory\n"
    except OSError as error:
        return f"full {error.errno}\n"
    return "done\n"


def write_lines(found: Iterator[Found], output: BinaryIO, most: int) -> None:
    """Write a line for each thing found.

    Raises:
        TooMuch: it is more than may come back.
    """
    size = 0
    for number, one in enumerate(found, 1):
        line = found_line(one)
        size += len(line)
        if number > MAX_ROWS:
            raise TooMuch(TOO_MUCH.format(MAX_ROWS, "articles"))
        if size > most:
            raise TooMuch(TOO_MUCH.format(most, "bytes of text"))
        output.write(line)


def found_line(found: Found) -> bytes:
    line = json.dumps([type(found).__name__, found], ensure_ascii=False)
    return line.encode("utf-8", "surrogatepass") + b"\n"


def forbid_action(event: str, arguments: tuple) -> None:
    """An audit hook: a reader needs neither the network nor other programs."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a reader of articles may not use {event}")


def found_in(path: str, name: str, columns: dict[str, str]) -> Iterator[Found]:
    """The articles of one file; an error of a parser becomes the reason for its rejection.

    Raises:
        MemoryError: the file needs more memory than the process may use.
    """
    try:
        with open_plain(path) as stream:
            for found in read_source(Source(stream, name, columns), ending_of(name)):
                yield small_enough(found)
    except OSError as error:
        yield Refusal(name, f"cannot be opened ({error.strerror or error}), expected a readable file")
    except MemoryError:
        raise
    except Exception as error:  # a parser may raise anything on a file made to break it
        yield Refusal(name, parser_reason(error))


def small_enough(found: Found) -> Found:
    if isinstance(found, Draft) and len(found.text) > MAX_CHARS:
        return Refusal(found.path, f"holds {len(found.text):,} characters, expected at most {MAX_CHARS:,}")
    return found


if __name__ == "__main__":
    with open(int(sys.argv[1]), "wb", buffering=1_000_000, closefd=False) as stream:
        serve(stream)
