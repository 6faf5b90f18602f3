"""Work on both cores: processes that take a chunk of articles or records and give back what they read.

They are started as new programs, not forked (a notebook's kernel has threads), and speak JSON and Arrow over
their pipes, so that nothing is pickled, a caller's script is not run a second time, and a worker ends by
itself when its caller is gone.
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
AHEAD = 2  # chunks that wait for each process, so that none idles and little is in memory


def in_turn(requests: Iterable[Any], send: Callable[[BinaryIO, Any], None]) -> Iterator[tuple[Any, Any]]:
    """Each request with its answer, in order, read and given out in a stream.

    Args:
        requests: what to do.
        send: writes a request to a worker.

    Raises:
        RuntimeError: a worker failed or was ended; what it said stands in the message.
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
    """The processes, each in a queue from which whoever needs one takes it and puts it back."""
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
    """One line of JSON, and behind it the tables it announces."""
    parts = {name: table_bytes(table) for name, table in tables.items()}
    sizes = {name: len(part) for name, part in parts.items()}
    stream.write(json.dumps({**header, "tables": sizes}).encode() + b"\n")
    for part in parts.values():
        stream.write(part)
    stream.flush()


def receive_tables(stream: BinaryIO) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """What `send_tables` wrote.

    Raises:
        EOFError: the other side is gone.
    """
    line = stream.readline()
    if not line:
        raise EOFError("nothing more comes")
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
            f"a process that reads articles was ended (exit code {process.wait()}), perhaps for want of "
            "memory: run again"
        ) from error
    if "fault" in header:
        raise RuntimeError(f"a process that reads articles failed:\n{header['fault']}")
    return header, tables


def serve() -> None:
    """Do what standard input asks for, one request after the other, until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            header, tables = receive_tables(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = answered(header, tables)
        except Exception:  # told to the caller, who raises it
            answer = {"fault": traceback.format_exc()}, {}
        send_tables(answers, *answer)


def answered(
    header: dict[str, Any], tables: dict[str, pa.Table]
) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    if "lines" in header:
        from analysis.pipeline.annotate import annotated_lines, decoded

        records = (decoded(line.encode("latin-1")) for line in header["lines"])
        return {"lines": list(annotated_lines(records, use_encoder=header["use_encoder"]))}, {}
    from analysis.pipeline.extractors import Task, extract

    schemas = {name: tables[name].schema for name in header["readings"] if name in tables}
    articles = [tuple(article) for article in header["articles"]]
    return {}, extract(Task(articles, header["readings"], schemas, tables.get("known")))


if __name__ == "__main__":
    serve()
