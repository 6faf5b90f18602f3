"""JSON and JSON Lines: records with a text and perhaps metadata."""

import json
from collections.abc import Iterator

from analysis.ingest.draft import (
    MAX_BYTES,
    MAX_LIST_BYTES,
    Draft,
    Found,
    Refusal,
    Source,
    read_limited,
    record_draft,
    record_fields,
)
from analysis.ingest.encoding import decode, not_utf8_reason

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
            yield read_line(line, where)


def read_line(line: bytes, where: str) -> Draft | Refusal:
    """The article of one line, or the reason why there is none."""
    try:
        record = json.loads(decode(line.removeprefix(b"\xef\xbb\xbf")))
    except UnicodeDecodeError as error:
        return Refusal(where, not_utf8_reason(error))
    except (ValueError, RecursionError) as error:
        return Refusal(where, f"is not JSON ({error}), expected one object with a text")
    return draft_of(record, where)


def read_json(source: Source) -> Iterator[Found]:
    """One object with a text, or a list of them, perhaps under some key of an object."""
    try:
        value = json.loads(decode(read_limited(source.stream, MAX_LIST_BYTES)))
    except RecursionError as error:
        raise ValueError("is nested too deeply, expected a list of objects with a text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error}), expected a list of objects with a text") from error
    records = value
    if isinstance(value, dict):
        lists = (part for part in value.values() if isinstance(part, list) and part)
        of_objects = next((part for part in lists if isinstance(part[0], dict)), None)
        records = [value] if "text" in record_fields(value) else of_objects
    if not isinstance(records, list):
        raise ValueError("contains no records, expected a list of objects with the key text")
    for number, record in enumerate(records, start=1):
        yield draft_of(record, f"{source.name}:{number}")


def draft_of(record: object, where: str) -> Draft | Refusal:
    """The article of a record, or the reason why there is none."""
    given = record_fields(record) if isinstance(record, dict) else {}
    return record_draft(where, given) if "text" in given else Refusal(where, NO_TEXT)
