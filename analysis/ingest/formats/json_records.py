"""JSON and JSON Lines: records with a text and perhaps metadata."""

import json
from collections.abc import Iterator

from analysis.ingest.draft import (
    MAX_BYTES,
    MAX_LIST_BYTES,
    Draft,
    Found,
    Refusal,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.encoding import decode, not_utf8_reason
from analysis.ingest.file_format import FileFormat, Source

MAX_LINES_BYTES = 1_000_000_000  # of one file, which is read line by line
NO_TEXT = "has no text, expected an object with the key text and a string"


def read_jsonl(source: Source) -> Iterator[Found]:
    """One JSON object per line, `text` required; a line that is too long is rejected."""
    number = 0
    while line := source.stream.readline(MAX_BYTES + 1):
        number += 1
        where = f"{source.name}:{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.stream.readline(MAX_BYTES)
            yield Refusal(where, f"holds more than {MAX_BYTES:,} bytes, expected one article per line")
        elif line.strip():
            yield read_record(line, where)


def read_record(line: bytes, name: str) -> Draft | Refusal:
    try:
        record = json.loads(decode(line.removeprefix(b"\xef\xbb\xbf")))
    except UnicodeDecodeError as error:
        return Refusal(name, not_utf8_reason(error))
    except (ValueError, RecursionError) as error:
        return Refusal(name, f"is not JSON ({error}), expected one object with a text")
    given = record_fields(record) if isinstance(record, dict) else {}
    if "text" not in given:
        return Refusal(name, NO_TEXT)
    return record_draft(name, given)


def read_json(source: Source) -> Iterator[Found]:
    """One object with a text, or a list of them, perhaps under some key of an object."""
    try:
        value = json.loads(decode(read_limited(source.stream, MAX_LIST_BYTES)))
    except RecursionError as error:
        raise ValueError("is nested too deeply, expected a list of objects with a text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error}), expected a list of objects with a text") from error
    records = record_list(value)
    if records is None:
        raise ValueError("contains no records, expected a list of objects with the key text")
    for number, record in enumerate(records, start=1):
        where = f"{source.name}:{number}" if records is not value or isinstance(value, list) else source.name
        given = record_fields(record) if isinstance(record, dict) else {}
        if "text" in given:
            yield record_draft(where, given)
        else:
            yield Refusal(where, NO_TEXT)


def record_list(value: object) -> list | None:
    """The records of a JSON value: itself, or the first list of objects in it."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    if "text" in record_fields(value):
        return [value]
    lists = (part for part in value.values() if isinstance(part, list) and part and isinstance(part[0], dict))
    return next(lists, None)


FORMATS = (
    FileFormat(
        "JSON Lines",
        (".jsonl",),
        read_jsonl,
        media_types=("application/x-ndjson",),
        is_sandboxed=False,
        max_bytes=MAX_LINES_BYTES,
    ),
    FileFormat("JSON", (".json",), read_json, media_types=("application/json",)),
)
