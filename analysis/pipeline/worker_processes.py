"""Work on both cores: processes that read chunks of articles or records and send back the rows.

They are forked where that is safe (`analysis.pipeline.forked_workers`), else started as new programs. They
exchange JSON and Arrow over pipes, so nothing is pickled, the caller's script is not run a second time, and a
worker ends by itself when its caller does.
"""

import json
import os
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO, NamedTuple

import pyarrow as pa

from analysis.pipeline.forked_workers import ForkedWorker, fork_worker, is_alone

PROCESSES = 2
AHEAD = 2  # chunks in the queue of each process: none is idle, and little is in memory


Worker = subprocess.Popen | ForkedWorker


class WorkerEnded(RuntimeError):
    """A worker was killed, or the system ended it."""


def answers_in_order(
    requests: Iterable[Any], send: Callable[[BinaryIO, Any], None], split: Callable[[Any], Iterable[Any]]
) -> Iterator[tuple[Any, Any]]:
    """Each request with its answer, in order, as a stream.

    A request that a worker dies of is split, and each part is tried again by a new worker.

    Args:
        requests: what to do.
        send: writes a request to a worker.
        split: the parts of a request, in order, such as its articles.

    Yields:
        A request or a part of one, with its answer; None if another worker died of it, too.

    Raises:
        RuntimeError: a worker failed; the message has its traceback.
    """
    with worker_processes() as workers, ThreadPoolExecutor(PROCESSES) as pool:

        def ask(request: Any) -> list[tuple[Any, Any]]:
            try:
                return [(request, answer_of(workers, send, request))]
            except WorkerEnded:
                return [(part, answer_or_none(workers, send, part)) for part in split(request)]

        waiting: deque = deque()
        for request in requests:
            waiting.append(pool.submit(ask, request))
            if len(waiting) >= PROCESSES * AHEAD:
                yield from waiting.popleft().result()
        for answered in waiting:
            yield from answered.result()


class Workers(NamedTuple):
    """The processes that wait for a request, and all that run."""

    free: SimpleQueue
    running: set[Worker]


def answer_or_none(workers: Workers, send: Callable[[BinaryIO, Any], None], request: Any) -> Any:
    """The answer of a worker; None if it died."""
    try:
        return answer_of(workers, send, request)
    except WorkerEnded:
        return None


def answer_of(workers: Workers, send: Callable[[BinaryIO, Any], None], request: Any) -> Any:
    """The answer of the next free worker; if it dies, another one takes its place.

    Raises:
        WorkerEnded: it died.
    """
    process = workers.free.get()
    try:
        with suppress(BrokenPipeError):  # it has ended: its answer says so
            send(process.stdin, request)
        return receive_answer(process)
    except WorkerEnded:
        workers.running.discard(process)
        close_pipes(process)
        process = start(workers.running)
        workers.running.add(process)
        raise
    finally:
        workers.free.put(process)


def close_pipes(process: Worker) -> None:
    """Close the pipes of a process that has ended, with what was not sent."""
    for pipe in (process.stdin, process.stdout):
        with suppress(BrokenPipeError):
            pipe.close()


@contextmanager
def worker_processes() -> Iterator[Workers]:
    """Processes: take one from the queue to use it, and put it back."""
    workers = Workers(SimpleQueue(), set())
    for _ in range(PROCESSES):
        workers.running.add(start(workers.running))
    for process in workers.running:
        workers.free.put(process)
    try:
        yield workers
    finally:
        for process in workers.running:
            process.kill()
        for process in workers.running:
            process.communicate()


def start(others: Collection[Worker]) -> Worker:
    """A process that serves: a fork of this one, or a new program.

    Args:
        others: processes started before; if one of them is a fork, all are, but for those that take the place
            of one that died, since threads wait for the answers by then.
    """
    if is_alone():
        return fork_worker(serve, [other for other in others if isinstance(other, ForkedWorker)])
    return start_program()


def start_program() -> subprocess.Popen:
    modules = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": modules.rstrip(os.pathsep), "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [
            sys.executable,
            "-P",
            "-m",
            "analysis.pipeline.worker_processes",
        ],  # -P: no modules from the folder we are run in
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def send_tables(stream: BinaryIO, header: dict[str, Any], tables: dict[str, pa.Table]) -> None:
    """One line of JSON, followed by the tables that it announces."""
    parts = {name: table_bytes(table) for name, table in tables.items()}
    sizes = {name: len(part) for name, part in parts.items()}
    stream.write(json.dumps({**header, "tables": sizes}).encode() + b"\n")
    for part in parts.values():
        stream.write(part)
    stream.flush()


def receive_tables(stream: BinaryIO) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """What `send_tables` wrote.

    Raises:
        EOFError: the other side has ended, perhaps in the middle of it.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError("the other side has ended")
    header = json.loads(line)
    return header, {name: table_of(whole(stream, size)) for name, size in header.pop("tables").items()}


def whole(stream: BinaryIO, size: int) -> bytes:
    """The next bytes of a stream, so many.

    Raises:
        EOFError: it ends before.
    """
    content = stream.read(size)
    if len(content) < size:
        raise EOFError("the other side has ended")
    return content


def table_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def table_of(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()


def receive_answer(process: Worker) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    try:
        header, tables = receive_tables(process.stdout)
    except EOFError as error:
        raise WorkerEnded(f"a process that reads articles was killed (exit code {process.wait()})") from error
    if "fault" in header:
        raise RuntimeError(f"a process that reads articles failed:\n{header['fault']}")
    return header, tables


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests, one after the other, until the stream of them is closed."""
    while True:
        try:
            header, tables = receive_tables(asked)
        except EOFError:
            return
        try:
            answer = answer_request(header, tables)
        except Exception:  # sent to the caller, who raises it
            answer = {"fault": traceback.format_exc()}, {}
        send_tables(answers, *answer)


def answer_request(
    header: dict[str, Any], tables: dict[str, pa.Table]
) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    if "lines" in header:
        from analysis.pipeline.annotate import annotated_lines, json_value

        records = (json_value(line.encode("latin-1")) for line in header["lines"])
        return {"lines": list(annotated_lines(records, use_encoder=header["use_encoder"]))}, {}
    from analysis.pipeline.cache_keys import PARSES
    from analysis.pipeline.extractors import Task, extract

    schemas = {name: tables[name].schema for name in header["readings"] if name != PARSES}
    articles = [tuple(article) for article in header["articles"]]
    return {}, extract(Task(articles, header["readings"], schemas, tables.get(PARSES)))


def main() -> None:
    """Answer the requests on standard input."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
