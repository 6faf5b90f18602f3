"""Articles read by the workers of a Dask scheduler: the rows of one core, in the same order.

Each text is read by itself, so any split of a corpus gives the same rows. A worker with another Faultline,
word list or model would give others: its versions are compared before the first text and again with every
task, since workers come and go. A task that is lost with its worker goes to another one.
"""

import asyncio
import hashlib
import json
import platform
import re
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
from analysis.pipeline.annotate import Line, annotated_lines, decoded, failed
from analysis.pipeline.annotate_jsonl import chunks
from analysis.pipeline.incremental import Work, read_work

ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")
ANSWER_SECONDS = 5  # for a scheduler to answer, and for its first worker to come
SILENT_SECONDS = 30  # after which a scheduler without workers is given up
AHEAD = 4  # tasks a worker has in flight: more only fill memory
PACKAGES = ("faultline", "numpy", "onnxruntime", "spacy", "textblob", "tokenizers")
PACKAGE = Path(__file__).parents[1]
KILLED = "this text could not be read: every worker that tried it died, perhaps for want of memory"
READING = Lock()  # spaCy's vocabulary is not made for threads: one text at a time in a process


class Answer(NamedTuple):
    """What a task made of its part; None where each worker that tried it died."""

    part: list
    rows: list | None


@contextmanager
def workers_of(address: str) -> Iterator[Client]:
    """A connection to a scheduler whose workers have our versions.

    Args:
        address: `tcp://HOST:PORT`, or `tls://` with the certificates in Dask's own settings.

    Raises:
        ConnectionError: no scheduler answers there, or it has no worker.
        ValueError: it is no address, or a worker has other versions.
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

    Dask's own connection waits for ever on a server that takes calls and says nothing.
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
    """Raise ValueError if a worker has not our versions."""
    for address, found in sorted(client.run(check_version, version_key(), on_error="return").items()):
        if found is not None:
            raise ValueError(f"worker {address}: {found}")


def check_version(expected: str) -> None:
    """Raise ValueError if this process would read a text otherwise than the one that asks."""
    pairs = zip(version_key().split(", "), expected.split(", "), strict=True)
    other = [f"{found}, expected {wanted}" for found, wanted in pairs if found != wanted]
    if other:
        raise ValueError(
            f"has other versions than this machine ({'; '.join(other)}): install the same Faultline and "
            "packages on both, word lists and models with them, and start the worker again"
        )


@cache
def version_key() -> str:
    """All that decides over a row: packages, the language model, and our code, word lists and weights."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.*")):
        if path.suffix in {".py", ".csv", ".json", ".onnx"}:
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = ".".join(platform.python_version_tuple()[:2])
    return f"Python {python}, {packages}, {model_name()}, files {digest.hexdigest()[:12]}"


def annotated_stream(client: Client, lines: Iterable[bytes], *, use_encoder: bool = True) -> Iterator[Line]:
    """What `analysis.pipeline.annotate_jsonl.annotated_stream` gives for each line, in order, read by the
    workers.

    Args:
        client: connection of `workers_of`.
        lines: as there; they are taken in as the workers get on, so that memory stays bounded.
        use_encoder: as there.

    Yields:
        One line per record, in order; a text that kills every worker that tries it gets `error`.
    """
    task = partial(read_lines, version_key(), use_encoder)
    for part, found in in_order(client, task, chunks(lines)):
        yield from map(killed_line, part) if found is None else found


def killed_line(line: bytes) -> Line:
    return Line(json.dumps(failed(decoded(line), KILLED), ensure_ascii=False), True)


def on_workers(client: Client, todo: Iterable[Work]) -> Iterator[tuple[Work, dict[str, pa.Table]]]:
    """A `Reader` once its client is given: each chunk with what the workers read from it, in order.

    What they read comes back to the process that asks, which alone writes the store.

    Args:
        client: connection of `workers_of`.
        todo: chunks of articles.

    Raises:
        ValueError: an article kills every worker that tries it.
    """
    task = partial(read_works, version_key())
    for (work,), tables in in_order(client, task, ([work] for work in todo)):
        if tables is not None:
            yield work, tables[0]
        elif len(work.articles) == 1:
            raise ValueError(f"article {work.articles[0][0]}: {KILLED}")
        else:
            yield from on_workers(client, single_articles(work))


def single_articles(work: Work) -> Iterator[Work]:
    """A chunk whose workers died, an article at a time, parsed anew: to find the one that kills them."""
    for article in work.articles:
        yield Work([article], work.readings, None)


def read_lines(expected: str, use_encoder: bool, lines: list[bytes]) -> list[Line]:
    """The task of a worker behind `annotated_stream`."""
    check_version(expected)
    with READING:
        return list(annotated_lines(map(decoded, lines), use_encoder=use_encoder))


def read_works(expected: str, works: list[Work]) -> list[dict[str, pa.Table]]:
    """The task of a worker behind `on_workers`."""
    check_version(expected)
    with READING:
        return [read_work(work) for work in works]


def in_order(client: Client, task: Callable[[list], list], parts: Iterable[list]) -> Iterator[Answer]:
    """What the workers make of each part, in order, with a bounded number of parts on the way."""
    waiting: deque[tuple[list, Future]] = deque()
    for part in parts:
        waiting.append((part, client.submit(task, part, pure=False)))
        while len(waiting) >= AHEAD * max(1, worker_count(client)):
            yield from first_answer(client, task, waiting)
    while waiting:
        yield from first_answer(client, task, waiting)


def first_answer(client: Client, task: Callable[[list], list], waiting: deque) -> Iterator[Answer]:
    """The answer to the first part that waits.

    If its workers died, the fault may lie with another part that they held. So all others come to their end
    first, and then its items are read one by one, so that one text costs no other.
    """
    part, future = waiting.popleft()
    try:
        yield Answer(part, answer_of(client, future))
    except KilledWorker:
        for _, other in waiting:
            with suppress(KilledWorker):  # it is asked again in its turn
                answer_of(client, other)
        for item in part:
            yield answer_alone(client, task, item)


def answer_alone(client: Client, task: Callable[[list], list], item: object) -> Answer:
    try:
        return Answer([item], answer_of(client, client.submit(task, [item], pure=False)))
    except KilledWorker:
        return Answer([item], None)


def answer_of(client: Client, future: Future) -> list:
    """The rows of a task; ConnectionError if scheduler or workers are gone for good."""
    address = client.scheduler.address
    while True:
        try:
            return future.result(timeout=SILENT_SECONDS)
        except TimeoutError:
            if worker_count(client) == 0:
                raise no_worker(address) from None
        except CancelledError as error:
            message = f"{address}: the scheduler is gone, expected it to stay: start it and run again"
            raise ConnectionError(message) from error


def worker_count(client: Client) -> int:
    return client.scheduler_info(n_workers=0)["n_workers"]
