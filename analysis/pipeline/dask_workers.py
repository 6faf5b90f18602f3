"""Articles read by the workers of a Dask scheduler: the same rows as on one core, in the same order.

Each text is read by itself, so any split of a corpus gives the same rows. A worker with another version of
Faultline, a word list or a model would give different ones, so versions are compared before the first text
and again with every request, since workers come and go. What is lost with its worker goes to another.
"""

import asyncio
import platform
import re
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from threading import Lock
from typing import Any, Final

from distributed import Client, Future, KilledWorker

from analysis.pipeline.store import PACKAGES, installed, reading_version
from analysis.pipeline.workers import Pool, Submit, Task

ADDRESS: Final = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")
ANSWER_SECONDS: Final = 5  # for a scheduler to answer, and for its first worker to appear
SILENT_SECONDS: Final = 30  # a scheduler without workers is given up after this time
AHEAD: Final = 4  # requests sent to each worker ahead of time: more only fill memory
PARSER_LOCK: Final = Lock()  # spaCy's vocabulary is not safe for threads: a process reads one text at a time


@contextmanager
def pool_on(scheduler: str) -> Iterator[Pool]:
    """The workers of a scheduler, which have the same versions as this machine.

    Args:
        scheduler: `tcp://HOST:PORT`, or `tls://` with the certificates in Dask's own settings.

    Raises:
        ConnectionError: no scheduler answers there, or it has no worker.
        ValueError: the address is malformed, or a worker has other versions.
    """
    if not ADDRESS.fullmatch(scheduler):
        raise ValueError(f"--scheduler is {scheduler!r}, expected an address such as tcp://127.0.0.1:8786")
    check_scheduler(scheduler)
    with Client(scheduler, timeout=ANSWER_SECONDS, set_as_default=False) as client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise no_worker(scheduler) from error
        check_workers(client)
        yield Pool(partial(workers_of, client), lambda: AHEAD * max(1, worker_count(client)))


def check_scheduler(address: str) -> None:
    """Raise ConnectionError if no Dask scheduler answers at an address in time."""

    async def connect() -> None:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False, asynchronous=True)
        try:
            await client
        finally:
            await client.close()  # also where nobody answered: it would try again once its loop is gone

    try:
        asyncio.run(asyncio.wait_for(connect(), 2 * ANSWER_SECONDS))
    except Exception as error:  # what Dask raises depends on what answers there
        reason = "no Dask scheduler answers there"
        raise ConnectionError(f"{address}: {reason}, expected one: start it with `dask scheduler`") from error


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


def version_key() -> str:
    """Everything that determines a row, in words."""
    python = ".".join(platform.python_version_tuple()[:2])
    packages = ", ".join(f"{name} {installed(name)}" for name in PACKAGES)
    return f"Python {python}, Faultline {version('faultline')}, reading {reading_version()}, {packages}"


@contextmanager
def workers_of(client: Client) -> Iterator[Submit]:
    """The workers answer requests until the context ends; what is still under way is then cancelled."""
    under_way: set[Future] = set()

    def submit(task: Task, request: Any) -> Callable[[], Any]:
        future = client.submit(answer, version_key(), task, request, pure=False)
        under_way.add(future)
        return partial(answer_of, client, future, under_way)

    try:
        yield submit
    finally:
        client.cancel(list(under_way))


def answer(expected: str, task: Task, request: Any) -> Any:
    """What a worker does for a request."""
    check_version(expected)
    with PARSER_LOCK:
        return task(request)


def answer_of(client: Client, future: Future, under_way: set[Future]) -> Any:
    """The answer to a request; ConnectionError if the scheduler or all workers have stopped."""
    address = client.scheduler.address
    under_way.discard(future)
    while True:
        try:
            return future.result(timeout=SILENT_SECONDS)
        except TimeoutError:
            if worker_count(client) == 0:
                raise no_worker(address) from None
        except KilledWorker as error:
            raise BrokenExecutor from error
        except CancelledError as error:
            message = f"{address}: the scheduler has stopped: start it and run again"
            raise ConnectionError(message) from error


def worker_count(client: Client) -> int:
    return client.scheduler_info(n_workers=0)["n_workers"]
