"""Files and pages on their way into the corpus: read, but not yet copied."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from analysis.ingest.draft import FIELDS, Draft, Found, Refusal
from analysis.ingest.folder_files import plain_file
from analysis.ingest.plain_files import printable_name
from analysis.ingest.readers import ending_of, formats_by_ending
from analysis.ingest.sandbox import Read, reader_process
from analysis.ingest.scratch import scratch_folder

NO_CELLS: Final = MappingProxyType({})


class Workplace(NamedTuple):
    """Where sources are read: a folder for temporary files, and the function that reads a file."""

    scratch: Path
    read: Read


class StagedFile(NamedTuple):
    """A file to be copied into the corpus under a name, what was found in it, and its metadata."""

    name: str
    file: Path
    found: list[Found]
    metadata: Mapping[str, str] = NO_CELLS


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A workplace that leaves nothing behind."""
    with scratch_folder() as scratch, reader_process() as read:
        yield Workplace(scratch, read)


def is_table(filename: str) -> bool:
    file_format = formats_by_ending().get(ending_of(filename))
    return file_format is not None and file_format.is_table


def read_staged(path: Path, name: str, columns: dict[str, str], place: Workplace) -> StagedFile:
    """One file with its articles; a table with named columns becomes JSONL.

    A file that somebody names may be a link to anywhere, but no pipe or device.
    """
    is_mapped = bool(columns) and is_table(name)
    real = os.path.realpath(path)
    file = plain_file(Path(real), name, os.path.dirname(real))
    if isinstance(file, Refusal):
        return StagedFile(name, path, [file])
    found = list(place.read(file.path, printable_name(name), columns if is_mapped else {}))
    if not is_mapped:
        return StagedFile(name, path, found)
    target = place.scratch / f"{len(list(place.scratch.iterdir()))}.jsonl"
    target.write_text(json_lines(one for one in found if isinstance(one, Draft)), encoding="utf-8")
    return StagedFile(f"{name.rpartition('.')[0]}.jsonl", target, found)


def json_lines(drafts: Iterable[Draft]) -> str:
    """Drafts as JSONL."""
    records = ({field: value for field in FIELDS if (value := getattr(draft, field))} for draft in drafts)
    return "".join(json.dumps(record) + "\n" for record in records)
