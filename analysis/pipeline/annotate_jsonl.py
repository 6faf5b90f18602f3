"""JSONL in, JSONL out: the annotations of records, in order, on one core or two."""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from analysis.ingest.addresses import file_system_of
from analysis.ingest.folder_files import open_plain, what_is
from analysis.pipeline.annotate import MAX_LINE_BYTES, Line, annotated_lines, error_row, json_value
from analysis.pipeline.unread import KILLED
from analysis.pipeline.workers import THIS_MACHINE, Pool, answers_in_order

CHUNK_LINES = 64
CHUNK_BYTES = 16_000  # a third of a second with the models: at the end, one process waits for the last chunk
PARALLEL_BYTES = 100_000  # read on one core before two processes, which start slowly, take over


def open_lines(address: str) -> BinaryIO:
    """JSON Lines in a file or a pipe, on this machine or on any file system that fsspec knows.

    A pipe was named on purpose, as in `annotate <(zcat FILE)`, so it is waited for.

    Raises:
        FileNotFoundError, ValueError: there is no such file, or it is a folder, a socket or a device.
        ValueError: as in `analysis.ingest.addresses.file_system_of`.
    """
    if "://" in address:
        fs, path = file_system_of(address)
        return fs.open(path, "rb")
    path = Path(address)
    if path.is_fifo():
        return path.open("rb")
    if not path.is_file():
        raise FileNotFoundError(f"{address} {what_is(path)}, expected a file of JSON Lines")
    real = path.resolve()
    if not real.stat().st_size:
        return BytesIO()  # what the system makes up for a reader also has no size, and may have no end
    return open_plain(real)


def bounded_lines(stream: BinaryIO, most: int = MAX_LINE_BYTES) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only so much that this can be seen.

    Args:
        stream: read to its end.
        most: bytes of a line.
    """
    while line := stream.readline(most + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(most)
        yield line


def with_line_numbers(
    annotator: Callable[[Iterator[bytes]], Iterator[Line]], lines: Iterable[bytes]
) -> Iterator[Line]:
    """What an annotator yields, with the number of the line in each error that no id says the place of.

    Args:
        annotator: yields one line, in order, for each that is not blank.
        lines: of a JSONL file.
    """
    numbers: deque[int] = deque()

    def numbered() -> Iterator[bytes]:
        for number, line in enumerate(lines, 1):
            if line.strip():
                numbers.append(number)
                yield line

    for line in annotator(numbered()):
        number = numbers.popleft()
        yield placed(line, number) if line.is_error else line


def placed(line: Line, number: int) -> Line:
    """The row of a record that could not be read; without an id, its error begins with the line."""
    row = json.loads(line.text)
    if row["id"] is not None:
        return line
    return Line(json.dumps({**row, "error": f"line {number}: {row['error']}"}, ensure_ascii=False), True)


Part = list[bytes]  # lines that are read together


def annotated_stream(
    lines: Iterable[bytes],
    *,
    pool: Pool | None = None,
    chunk_lines: int = CHUNK_LINES,
    parallel_bytes: int = PARALLEL_BYTES,
) -> Iterator[Line]:
    """The annotation of each line that is not blank, in order, in little memory.

    Args:
        lines: of a JSONL file; they are consumed as the work makes progress.
        pool: who reads the records; None: this process, and after `parallel_bytes` two others.
        chunk_lines: read together at most.
        parallel_bytes: read on one core before two processes take over.

    Yields:
        One line per record; a text that kills every process that reads it gets `error`.
    """
    parts, read = iter(line_chunks(lines, chunk_lines)), 0
    while pool is None and read < parallel_bytes:
        if (part := next(parts, None)) is None:
            return
        yield from annotate_part(part)
        read += sum(map(len, part))
    for part, found in answers_in_order(pool or THIS_MACHINE, annotate_part, parts, single_lines):
        yield from map(killed_line, part) if found is None else found


def annotate_part(part: Part) -> list[Line]:
    """The annotation of some lines, read in this process."""
    return list(annotated_lines(map(json_value, part)))


def single_lines(part: Part) -> list[Part]:
    return [[line] for line in part]


def killed_line(line: bytes) -> Line:
    """The row of a record that killed every process that read it."""
    error = f"this text {KILLED}"
    return Line(json.dumps(error_row(json_value(line), error), ensure_ascii=False), True)


def line_chunks(lines: Iterable[bytes], chunk_lines: int) -> Iterator[list[bytes]]:
    """Lines that are not blank, in lists of so many lines or `CHUNK_BYTES`."""
    part, size = [], 0
    for line in lines:
        if line.strip():
            part.append(line)
            size += len(line)
        if len(part) >= chunk_lines or size >= CHUNK_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part
