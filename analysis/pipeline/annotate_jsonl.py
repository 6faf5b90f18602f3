"""JSONL in, JSONL out: lines to records, and their annotations in order, on one core or two."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from analysis.pipeline.annotate import Line, annotated_lines, decoded
from analysis.pipeline.worker_processes import in_turn, send_tables

CHUNK_LINES = 64
CHUNK_BYTES = 50_000  # about what is parsed at once
ENOUGH = 100_000  # bytes read on one core before two processes, each a few seconds to start, take the rest


def annotated_stream(lines: Iterable[bytes], *, use_encoder: bool = True) -> Iterator[Line]:
    """The annotation of each line that is not blank, in order, in little memory.

    Args:
        lines: of a JSONL file.
        use_encoder: as in `analysis.pipeline.annotate.annotate`.
    """
    parts, read = chunks(lines), 0
    part = next(parts, None)
    while part is not None and read < ENOUGH:
        yield from annotated_lines(map(decoded, part), use_encoder=use_encoder)
        read += sum(map(len, part))
        part = next(parts, None)

    def send(stream: BinaryIO, part: list[bytes]) -> None:
        header = {"lines": [line.decode("latin-1") for line in part], "use_encoder": use_encoder}
        send_tables(stream, header, {})  # Latin-1 carries any byte, so a broken line breaks here as there

    if part is not None:
        for _, (header, _) in in_turn(chain([part], parts), send):
            yield from (Line(*line) for line in header["lines"])


def chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines that are not blank, in lists of a size that is soon read."""
    part, size = [], 0
    for line in lines:
        if line.strip():
            part.append(line)
            size += len(line)
        if len(part) >= CHUNK_LINES or size >= CHUNK_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part
