"""Records in, annotations out, in order: what `faultline annotate` does with JSON Lines."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from spacy.tokens import Doc

from analysis.country_names import bloc_codes
from analysis.ingest.dates import EXPECTED, FIRST_YEAR, LAST_YEAR, unambiguous_date, written_date
from analysis.ingest.folder_files import open_plain, what_is
from analysis.ingest.texts import foreign_language, joined_in_place
from analysis.nlp.actors.gazetteer import ordinary_case
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.attitudes import find_attitudes
from analysis.nlp.events.coder import Event, find_events, find_relation, read_text
from analysis.nlp.events.days import status_on
from analysis.nlp.parse.parser import MAX_CHARS, parse
from analysis.nlp.parse.reader import load_reader
from analysis.nlp.quotes.attribution import find_quotes, without_headline_repeats
from analysis.nlp.read_topics import read_topics
from analysis.nlp.stance import stance_of
from analysis.phrasing import json_kind
from analysis.pipeline.extractors import Span, reporters, with_tone
from analysis.pipeline.store import file_system_of
from analysis.pipeline.workers import KILLED, Pool, answers, bug_reason, chunked

CHUNK = 64
CHUNK_BYTES = 16_000  # a third of a second with the models: at the end, one process waits for the last chunk
PARALLEL_BYTES = 100_000  # from so many on, two processes finish sooner, though they start slowly
NOT_READ, UNDATED = "not read", "read without a date"
MAX_LINE_BYTES = 64_000_000  # of a record: the longest text, most of it escaped


def open_lines(address: str) -> BinaryIO:
    """JSON Lines in a file or a pipe, on this machine or on any file system that fsspec knows.

    A pipe was named on purpose, as in `annotate <(zcat FILE)`, so it is waited for.

    Raises:
        FileNotFoundError, ValueError: there is no such file, or it is a folder, a socket or a device.
        ValueError: as in `analysis.pipeline.store.file_system_of`.
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
    # What the system makes up for a reader has no size, and may have no end.
    return open_plain(real) if real.stat().st_size else BytesIO()


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is too long only so much that this can be seen.

    Args:
        stream: read to its end.
    """
    while line := stream.readline(MAX_LINE_BYTES + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE_BYTES)
        yield line


class Line(NamedTuple):
    """One line of output."""

    text: str  # JSON
    problem: str  # `NOT_READ`, `UNDATED` or ""


NumberedLine = tuple[int, bytes]  # of the input, counted from 1


def annotated_stream(
    lines: Iterable[bytes],
    *,
    pool: Pool | None = None,
    parallel_bytes: int = PARALLEL_BYTES,
) -> Iterator[Line]:
    """The annotation of each line that is not blank, in order, in little memory.

    Args:
        lines: of a JSONL file; they are consumed as the work makes progress.
        pool: who reads the records; None: this process, or two others if there are `parallel_bytes`.
        parallel_bytes: from which two processes read.

    Yields:
        One line per record; a text that kills every process that reads it gets `error`, and an error begins
        with the number of the line where no id says the place.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    chunks = chunked(numbered, CHUNK, CHUNK_BYTES)
    for part, rows in answers(annotate_lines, chunks, pool, parallel_bytes):
        if rows is None:
            rows = [error_row(json_value(line), f"this text {KILLED}") for _, line in part]
        for (number, _), row in zip(part, rows, strict=True):
            if row["error"] and row["id"] is None:
                row["error"] = f"line {number}: {row['error']}"
            problem = UNDATED if (row["error"] or "").endswith(UNDATED) else NOT_READ if row["error"] else ""
            yield Line(json.dumps(row, ensure_ascii=False, allow_nan=False), problem)


def annotate_lines(part: list[NumberedLine]) -> list[dict]:
    """The annotation of some lines, read in this process."""
    return list(annotate(json_value(line) for _, line in part))


def annotate(records: Iterable[Any]) -> Iterator[dict]:
    """What is read from each record.

    A record is an object with `id` and `text`, and perhaps `published_date` (events of earlier years are
    historical), `pairs` (`{"source": [s, e], "target": [s, e]}`, one of
    the two may be null) and `targets` (`[s, e]`), offsets into its text. A record that cannot be read gives
    a row with `error` set; one with an unusable `published_date` is read without it, and `error` says so.

    Args:
        records: decoded JSON values, or the exception where a line could not be decoded.

    Yields:
        One row per record, in order: `id`, `quotes`, `events`, `topics`, `relations` (one per pair),
        `stances` (one per target), `attitudes` (of speakers towards countries), `error`.

    Raises:
        FileNotFoundError, ValueError: the reader's file is missing or not the one recorded.
    """
    load_reader()
    stream = iter(records)
    while chunk := list(islice(stream, CHUNK)):
        yield from annotate_together(chunk)


def annotate_together(records: list[Any]) -> list[dict]:
    """The rows of some records; a bug that a text exposes becomes the error in its row."""
    errors = [record_error(record) for record in records]
    sound = [record for record, error in zip(records, errors, strict=True) if error is None]
    try:
        docs = parse(joined_in_place(ordinary_case(record["text"])) for record in sound)
        rows = [annotation(record, doc) for record, doc in zip(sound, docs, strict=True)]
    except Exception as error:  # each is read by itself, to find the one
        if len(records) > 1:
            return [row for record in records for row in annotate_together([record])]
        rows = [error_row(sound[0], f"this text {bug_reason(error)}")]
    found = iter(rows)
    return [
        error_row(record, error) if error else next(found)
        for record, error in zip(records, errors, strict=True)
    ]


def json_value(line: bytes) -> Any:
    """The JSON value of a line, or the error that says why there is none, as whoever made the file would."""
    try:
        if len(line) <= MAX_LINE_BYTES:
            return json.loads(line.decode("utf-8-sig"))
        reason = f"it has more than {MAX_LINE_BYTES // 10**6} MB"
    except RecursionError:
        reason = "it is nested too deeply"
    except UnicodeDecodeError:
        reason = "its text is not UTF-8: save the file as UTF-8"
    except ValueError as error:
        reason = (
            "it has several values: put each on a line of its own"
            if str(error).startswith("Extra data")
            else str(error)
        )
    return ValueError(reason)


def record_error(record: Any) -> str | None:
    """Why a record cannot be read, in one sentence; None if it can.

    A text in another language is an error, as empty annotations would look as if it said nothing.
    """
    if isinstance(record, Exception):
        return f"the line is not JSON ({record}), expected one object"
    if not isinstance(record, dict):
        return f"the line is {json_kind(record)}, expected an object with id and text"
    identity, text = record.get("id"), record.get("text")
    if not is_identity(identity):
        odd = {float: "not a finite number", str: "half a character (a lone surrogate)"}
        found = odd.get(type(identity), json_kind(identity)) if "id" in record else "missing"
        return f"id is {found}, expected a string or number"
    if text is None:
        return "text is missing or null, expected a string"
    if not isinstance(text, str):
        return f"text is {json_kind(text)}, expected a string"
    if len(text) > MAX_CHARS:
        return f"text holds {len(text):,} characters, expected at most {MAX_CHARS:,}"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return (
            f"text contains half a character (a lone surrogate at position {error.start}), expected Unicode"
        )
    if language := foreign_language(text):
        return f"text is in {language}, expected an article in English"
    return span_error(record, len(text))


def is_identity(value: Any) -> bool:
    """Whether a value can name a record, and be written as it was read: NaN is no JSON."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < inf


def span_error(record: dict, length: int) -> str | None:
    """Which of the given pairs and targets is no span of the text, in one sentence."""
    pairs, targets = record.get("pairs") or [], record.get("targets") or []
    if not isinstance(pairs, list) or not isinstance(targets, list):
        return "pairs and targets are not lists, expected lists of spans"
    named = [(f"targets[{i}]", target) for i, target in enumerate(targets)]
    for i, pair in enumerate(pairs):
        if not isinstance(pair, dict):
            return f"pairs[{i}] is {pair!r}, expected an object with source and target"
        given = [(f"pairs[{i}].{side}", pair[side]) for side in ("source", "target") if pair.get(side)]
        if not given:
            return f"pairs[{i}] names neither source nor target, expected at least one [start, end]"
        named += given
    for where, span in named:
        is_two = isinstance(span, list) and len(span) == 2 and all(type(offset) is int for offset in span)
        if not is_two or not 0 <= span[0] < span[1] <= length:
            return f"{where} is {span!r}, expected [start, end] inside the text of {length} characters"
    return None


def error_row(record: Any, error: str) -> dict:
    empty = {name: [] for name in ("quotes", "events", "topics", "relations", "stances", "attitudes")}
    identity = record.get("id") if isinstance(record, dict) else None
    return {"id": identity if is_identity(identity) else None, **empty, "error": error}


def annotation(record: dict, doc: Doc) -> dict:
    """The row of a record that can be read, and its parsed text."""
    mentions, text = find_actors(doc), doc.text
    quotes = list(find_quotes(doc, mentions))
    error = day = None
    try:
        day = published_day(record)
    except ValueError as wrong:
        error = f"{wrong}; {UNDATED}"
    read = read_text(doc, mentions, quotes)
    coded = find_events(read)
    events = [event._replace(status=status_on(day, event.status, event.year)) for event in coded]
    pairs = [(as_span(pair.get("source")), as_span(pair.get("target"))) for pair in record.get("pairs") or []]
    relations = [find_relation(doc, source, target) for source, target in pairs]
    stances = [stance_of(doc, as_span(target)) for target in record.get("targets") or []]
    return {
        "id": record["id"],
        "quotes": [with_tone(text, quote) for quote in without_headline_repeats(text, quotes)],
        "events": [
            {**event._asdict(), **codes_of_blocs(event), "reported_by": speaker}
            for event, speaker in zip(events, reporters(events, quotes), strict=True)
        ],
        "topics": [topic._asdict() for topic in read_topics(read)],
        "relations": [relation and relation._asdict() for relation in relations],
        "stances": [stance._asdict() for stance in stances],
        "attitudes": [attitude._asdict() for attitude in find_attitudes(read, mentions, quotes, coded)],
        "error": error,
    }


def codes_of_blocs(event: Event) -> dict[str, str]:
    """The codes of those sides that are blocs, as in `attitudes`, so that each pair has one name: EUU-RUS."""
    sides = {"source": event.source_id, "target": event.target_id}
    return {f"{side}_country_code": bloc_codes()[one] for side, one in sides.items() if one in bloc_codes()}


def published_day(record: dict) -> date | None:
    """The date on which a record says that it was published; None if it says nothing.

    Raises:
        ValueError: what it says is no date, or may be several.
    """
    value = record.get("published_date")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"published_date is {json_kind(value)}, {EXPECTED}")
    found = written_date(value)
    day = date.fromisoformat(found) if found else None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else unambiguous_date(value, "published_date")


def as_span(offsets: list[int] | None) -> Span | None:
    return (offsets[0], offsets[1]) if offsets else None
