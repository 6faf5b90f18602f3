"""Articles read by the workers of a Dask scheduler: the same rows as on one core, in the same order.

Each text is read by itself, so any split of a corpus gives the same rows. A worker with another version of
Faultline, a word list or a model would give different ones, so versions are compared before the first text
and again with every task, since workers come and go. A task that is lost with its worker goes to another.
"""

import asyncio
import ctypes
import hashlib
import platform
import re
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pyarrow as pa
from distributed import Client, Future, KilledWorker, Security
from distributed.core import rpc

from analysis.nlp.parse.parser import model_name
from analysis.pipeline.annotate import Line, annotated_lines, json_value
from analysis.pipeline.annotate_jsonl import CHUNK_LINES, killed_line, line_chunks
from analysis.pipeline.incremental import Chunk, killed_tables, read_chunk, single_articles

ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")
ANSWER_SECONDS = 5  # for a scheduler to answer, and for its first worker to appear
SILENT_SECONDS = 30  # a scheduler without workers is given up after this time
CHUNK_BYTES = 12_500  # of lines in a task: less than processes are given, so that all workers end together
AHEAD = 4  # tasks sent to each worker ahead of time: more only fill memory
PACKAGES = ("faultline", "numpy", "onnxruntime", "spacy", "textblob", "tokenizers")
PACKAGE = Path(__file__).parents[1]
MMAP_THRESHOLD = -3  # glibc's number for the setting: pieces of memory from this size are mapped one by one
LARGE_BYTES = 32 << 20  # the most that glibc itself raises it to
PARSER_LOCK = Lock()  # spaCy's vocabulary is not safe for threads: a process reads one text at a time


class Answer(NamedTuple):
    """The result of a task for its part; None if every worker that tried it died."""

    part: list
    rows: list | None


@contextmanager
def workers_of(address: str) -> Iterator[Client]:
    """A connection to a scheduler whose workers have the same versions as this machine.

    Args:
        address: `tcp://HOST:PORT`, or `tls://` with the certificates in Dask's own settings.

    Raises:
        ConnectionError: no scheduler answers there, or it has no worker.
        ValueError: the address is malformed, or a worker has other versions.
    """
    if not ADDRESS.fullmatch(address):
        raise ValueError(f"--scheduler is {address!r}, expected an address such as tcp://127.0.0.1:8786")
    check_scheduler(address)
    with Client(address, timeout=ANSWER_SECONDS, set_as_default=False) as client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise no_worker(address) from error
        check_workers(client)
        yield client


def check_scheduler(address: str) -> None:
    """Raise ConnectionError if no Dask scheduler answers at an address in time.

    Dask itself would wait for ever for a server that accepts connections and never answers.
    """
    try:
        found = asyncio.run(asyncio.wait_for(identity(address), ANSWER_SECONDS))["type"]
    except (OSError, TypeError, MemoryError) as error:  # TypeError: no certificates; MemoryError: not Dask
        reason = "no Dask scheduler answers there"
        raise ConnectionError(f"{address}: {reason}, expected one: start it with `dask scheduler`") from error
    if found != "Scheduler":
        raise ConnectionError(f"{address}: a Dask {found.lower()} answers there, expected the scheduler")


async def identity(address: str) -> dict:
    async with rpc(address, connection_args=Security().get_connection_args("client")) as server:
        return await server.identity()


def no_worker(address: str) -> ConnectionError:
    command = f"dask worker {address} --nworkers CORES --nthreads 1"
    return ConnectionError(f"{address}: the scheduler has no worker, expected one: start it with `{command}`")


def check_workers(client: Client) -> None:
    """Raise ValueError if a worker has different versions from this machine."""
    for address, found in sorted(client.run(check_version, version_key(), on_error="return").items()):
        if found is not None:
            raise ValueError(f"worker {address}: {found}")


def check_version(expected: str) -> None:
    """Raise ValueError if this process would read a text differently from the one that asks."""
    pairs = zip(version_key().split(", "), expected.split(", "), strict=True)
    other = [f"{found}, expected {wanted}" for found, wanted in pairs if found != wanted]
    if other:
        raise ValueError(
            f"has different versions from this machine ({'; '.join(other)}): install the same Faultline, "
            "packages, word lists and models on both, and restart the worker"
        )


@cache
def version_key() -> str:
    """Everything that determines a row: packages, the language model, our code, word lists and weights."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.*")):
        if path.suffix in {".py", ".csv", ".json", ".onnx"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = ".".join(platform.python_version_tuple()[:2])
    return f"Python {python}, {packages}, {model_name()}, files {digest.hexdigest()[:12]}"


def annotated_stream(
    client: Client, lines: Iterable[bytes], *, use_encoder: bool = True, chunk_lines: int = CHUNK_LINES
) -> Iterator[Line]:
    """As `analysis.pipeline.annotate_jsonl.annotated_stream`, but read by the workers.

    Args:
        client: connection of `workers_of`.
        lines: as there; they are consumed as the workers make progress, so memory stays bounded.
        use_encoder: as there.
        chunk_lines: lines in a task, at most.

    Yields:
        One line per record, in order; a text that kills every worker that tries it gets `error`.
    """
    task = partial(read_lines, version_key(), use_encoder)
    parts = line_chunks(lines, chunk_lines, chunk_bytes=CHUNK_BYTES)
    for part, found in answers_in_order(client, task, parts):
        yield from map(killed_line, part) if found is None else found


def read_on_workers(client: Client, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, dict[str, pa.Table]]]:
    """Each chunk with what the workers read from it, in order. With its client bound, this is a `Reader`.

    The rows come back to the calling process, which alone writes the store.

    Args:
        client: connection of `workers_of`.
        chunks: to read. An article that kills every worker that tries it is left out, with the reason.
    """
    task = partial(read_chunks, version_key())
    for (chunk,), tables in answers_in_order(client, task, ([chunk] for chunk in chunks)):
        if tables is not None:
            yield chunk, tables[0]
        elif len(chunk.articles) == 1:
            yield chunk, killed_tables(chunk)
        else:
            yield from read_on_workers(client, single_articles(chunk))


def read_lines(expected: str, use_encoder: bool, lines: list[bytes]) -> list[Line]:
    """What a worker does for `annotated_stream`."""
    check_version(expected)
    reuse_memory()
    with PARSER_LOCK:
        return list(annotated_lines(map(json_value, lines), use_encoder=use_encoder))


def read_chunks(expected: str, chunks: list[Chunk]) -> list[dict[str, pa.Table]]:
    """What a worker does for `read_on_workers`."""
    check_version(expected)
    reuse_memory()
    with PARSER_LOCK:
        return [read_chunk(chunk) for chunk in chunks]


@cache
def reuse_memory() -> None:
    """Let this process use large pieces of memory again, as one does that Dask has not started.

    Dask sets a variable of glibc (MALLOC_TRIM_THRESHOLD_) so that a worker gives memory back early. With it,
    glibc no longer learns which sizes a program uses again and again, and has the kernel map and clear each
    array from 128 KB anew: six page faults a word, and a tenth of the processor time.
    """
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library than glibc
            ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE_BYTES)


def answers_in_order(client: Client, task: Callable[[list], list], parts: Iterable[list]) -> Iterator[Answer]:
    """The answers of the workers for each part, in order, with a bounded number of parts under way."""
    pending: deque[tuple[list, Future]] = deque()
    for part in parts:
        pending.append((part, client.submit(task, part, pure=False)))
        while len(pending) >= AHEAD * max(1, worker_count(client)):
            yield from first_answer(client, task, pending)
    while pending:
        yield from first_answer(client, task, pending)


def first_answer(client: Client, task: Callable[[list], list], pending: deque) -> Iterator[Answer]:
    """The answer for the first pending part.

    If its workers died, another part that they had may be to blame. So all other parts are finished first,
    and then the items of this one are read one by one, so that one text does not cost another.
    """
    part, future = pending.popleft()
    try:
        yield Answer(part, answer_of(client, future))
    except KilledWorker:
        for _, other in pending:
            with suppress(KilledWorker):  # it is retried in its turn
                answer_of(client, other)
        for item in part:
            yield answer_alone(client, task, item)


def answer_alone(client: Client, task: Callable[[list], list], item: object) -> Answer:
    try:
        return Answer([item], answer_of(client, client.submit(task, [item], pure=False)))
    except KilledWorker:
        return Answer([item], None)


def answer_of(client: Client, future: Future) -> list:
    """The rows of a task; ConnectionError if the scheduler or all workers have stopped."""
    address = client.scheduler.address
    while True:
        try:
            return future.result(timeout=SILENT_SECONDS)
        except TimeoutError:
            if worker_count(client) == 0:
                raise no_worker(address) from None
        except CancelledError as error:
            message = f"{address}: the scheduler has stopped: start it and run again"
            raise ConnectionError(message) from error


def worker_count(client: Client) -> int:
    return client.scheduler_info(n_workers=0)["n_workers"]
