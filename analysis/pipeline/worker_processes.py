"""Work on both cores: processes that read chunks of articles or records and send back the rows.

They are started as new programs, not forked, because a notebook's kernel has threads. They exchange JSON and
Arrow over pipes, so nothing is pickled, the caller's script is not run a second time, and a worker ends by
itself when its caller does.
"""

import json
import os
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, BinaryIO

import pyarrow as pa

PROCESSES = 2
AHEAD = 2  # chunks in the queue of each process: none is idle, and little is in memory


def answers_in_order(
    requests: Iterable[Any], send: Callable[[BinaryIO, Any], None]
) -> Iterator[tuple[Any, Any]]:
    """Each request with its answer, in order, as a stream.

    Args:
        requests: what to do.
        send: writes a request to a worker.

    Raises:
        RuntimeError: a worker failed or was killed; the message has its traceback.
    """
    with worker_processes() as free, ThreadPoolExecutor(PROCESSES) as pool:

        def ask(request: Any) -> Any:
            process = free.get()
            try:
                send(process.stdin, request)
                return receive_answer(process)
            finally:
                free.put(process)

        waiting: deque = deque()
        for request in requests:
            waiting.append((request, pool.submit(ask, request)))
            if len(waiting) >= PROCESSES * AHEAD:
                asked, answer = waiting.popleft()
                yield asked, answer.result()
        for asked, answer in waiting:
            yield asked, answer.result()


@contextmanager
def worker_processes() -> Iterator[SimpleQueue]:
    """A queue of processes: take one to use it, and put it back."""
    free: SimpleQueue = SimpleQueue()
    processes = [start() for _ in range(PROCESSES)]
    for process in processes:
        free.put(process)
    try:
        yield free
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.communicate()


def start() -> subprocess.Popen:
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
        EOFError: the other side has ended.
    """
    line = stream.readline()
    if not line:
        raise EOFError("the other side has ended")
    header = json.loads(line)
    return header, {name: table_of(stream.read(size)) for name, size in header.pop("tables").items()}


def table_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue().to_pybytes()


def table_of(content: bytes) -> pa.Table:
    return pa.ipc.open_stream(content).read_all()


def receive_answer(process: subprocess.Popen) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    try:
        header, tables = receive_tables(process.stdout)
    except EOFError as error:
        raise RuntimeError(
            f"a process that reads articles was killed (exit code {process.wait()}), perhaps because memory "
            "ran out: run again"
        ) from error
    if "fault" in header:
        raise RuntimeError(f"a process that reads articles failed:\n{header['fault']}")
    return header, tables


def serve() -> None:
    """Answer the requests on standard input, one after the other, until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that what a library prints is not taken for an answer
    while True:
        try:
            header, tables = receive_tables(sys.stdin.buffer)
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


if __name__ == "__main__":
    serve()
