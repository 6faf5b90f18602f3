"""Records in, annotations out: what `faultline annotate` does."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any, NamedTuple

from spacy.tokens import Doc

from analysis.country_names import bloc_codes
from analysis.ingest.dates import EXPECTED, FIRST_YEAR, LAST_YEAR, unambiguous_date, written_date
from analysis.ingest.texts import foreign_language
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.attitudes import find_attitudes
from analysis.nlp.events.coder import Event, find_events, find_relation
from analysis.nlp.events.recency import status_on
from analysis.nlp.parse.parser import MAX_CHARS, parse
from analysis.nlp.parse.reader import load_reader
from analysis.nlp.quotes.attribution import Quote, find_quotes, without_headline_repeats
from analysis.nlp.read_topics import read_topics
from analysis.nlp.stance import stance_of, tone
from analysis.phrasing import json_kind
from analysis.pipeline.extractors import Span, quote_text, reporters
from analysis.pipeline.unread import bug_reason

CHUNK = 64
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
MAX_LINE_BYTES = 64_000_000  # of a record: the longest text, most of it escaped


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
        errors = [record_error(record) for record in chunk]
        sound = [record for record, error in zip(chunk, errors, strict=True) if error is None]
        docs = parsed([record["text"] for record in sound])
        for record, error in zip(chunk, errors, strict=True):
            yield error_row(record, error) if error else annotate_record(record, next(docs))


def parsed(texts: Sequence[str]) -> Iterator[Doc | Exception]:
    """The parse of each text, or the error that it causes, which costs no other text its parse."""
    done = 0
    try:
        for doc in parse(texts):
            done += 1
            yield doc
        return
    except Exception:  # a bug that one of the texts exposes: each is parsed by itself, to find it
        remaining = texts[done:]
    for text in remaining:
        try:
            yield next(parse([text]))
        except Exception as error:
            yield error


class Line(NamedTuple):
    """One line of output."""

    text: str  # JSON
    is_error: bool


def annotated_lines(records: Iterable[Any]) -> Iterator[Line]:
    """What `annotate` yields, as lines of JSON."""
    for row in annotate(records):
        yield Line(json.dumps(row, ensure_ascii=False, allow_nan=False), row["error"] is not None)


def json_value(line: bytes) -> Any:
    """The JSON value of a line, or the error that says why there is none."""
    if len(line) > MAX_LINE_BYTES:
        return ValueError(f"it has more than {MAX_LINE_BYTES // 10**6} MB")
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return ValueError(broken_reason(line, error))


def broken_reason(line: bytes, error: Exception) -> str:
    """Why a line is not JSON, in the words of whoever made the file."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if b"\0" in line or line.startswith(UTF_16_MARKS):
        return "its text is in UTF-16: save the file as UTF-8"
    if isinstance(error, UnicodeDecodeError):
        return "its text is not UTF-8: save the file as UTF-8"
    if not isinstance(error, json.JSONDecodeError):
        return "it has a number of thousands of digits"  # the only other thing that Python refuses
    if error.msg == "Extra data":
        end = "carriage returns alone" if b"\r" in line.strip() else "no line break"
        return f"it has several values with {end} between them: put each on a line of its own"
    return str(error)


def record_error(record: Any) -> str | None:
    """Why a record cannot be read, in one sentence; None if it can."""
    if isinstance(record, Exception):
        return f"the line is not JSON ({record}), expected one object"
    if not isinstance(record, dict):
        return f"the line is {json_kind(record)}, expected an object with id and text"
    if not is_identity(record.get("id")):
        return f"id is {found_identity(record)}, expected a string or number"
    text = record.get("text")
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
    return text_error(text) or span_error(record, len(text))


def is_identity(value: Any) -> bool:
    """Whether a value can name a record, and be written as it was read: NaN is no JSON."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def found_identity(record: dict) -> str:
    """What a record has in place of an id."""
    odd = {float: "not a finite number", str: "half a character (a lone surrogate)"}
    return odd.get(type(record["id"]), json_kind(record["id"])) if "id" in record else "missing"


def text_error(text: str) -> str | None:
    """Why a text that is not English cannot be read; None for English, and for a text without words.

    Empty annotations of a foreign text would look as if it said nothing.
    """
    language = foreign_language(text)
    return f"text is in {language}, expected an article in English" if language else None


def span_error(record: dict, length: int) -> str | None:
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
        if not is_span(span, length):
            return f"{where} is {span!r}, expected [start, end] inside the text of {length} characters"
    return None


def is_span(span: Any, length: int) -> bool:
    if not isinstance(span, list) or len(span) != 2 or not all(type(offset) is int for offset in span):
        return False
    return 0 <= span[0] < span[1] <= length


def error_row(record: Any, error: str) -> dict:
    empty = {"quotes": [], "events": [], "topics": [], "relations": [], "stances": [], "attitudes": []}
    identity = record.get("id") if isinstance(record, dict) else None
    return {"id": identity if is_identity(identity) else None, **empty, "error": error}


def annotate_record(record: dict, doc: Doc | Exception) -> dict:
    """The annotation of a record; a bug that its text exposes becomes the error in its row."""
    try:
        if isinstance(doc, Exception):
            raise doc
        return annotation(record, doc)
    except Exception as error:
        return error_row(record, f"this text {bug_reason(error)}")


def annotation(record: dict, doc: Doc) -> dict:
    mentions, text = find_actors(doc), doc.text
    quotes = list(find_quotes(doc, mentions))
    day, error = day_or_error(record)
    coded = find_events(doc, mentions, quotes)
    events = [event._replace(status=status_on(day, event.status, event.year)) for event in coded]
    pairs = [(as_span(pair.get("source")), as_span(pair.get("target"))) for pair in record.get("pairs") or []]
    relations = [find_relation(doc, source, target) for source, target in pairs]
    stances = [stance_of(doc, as_span(target)) for target in record.get("targets") or []]
    return {
        "id": record["id"],
        "quotes": [quote_record(text, quote) for quote in without_headline_repeats(text, quotes)],
        "events": [
            {**event._asdict(), **codes_of_blocs(event), "reported_by": speaker}
            for event, speaker in zip(events, reporters(events, quotes), strict=True)
        ],
        "topics": [topic._asdict() for topic in read_topics(doc)],
        "relations": [relation and relation._asdict() for relation in relations],
        "stances": [stance._asdict() for stance in stances],
        "attitudes": [attitude._asdict() for attitude in find_attitudes(doc, mentions, quotes, coded)],
        "error": error,
    }


def codes_of_blocs(event: Event) -> dict[str, str]:
    """The codes of those sides that are blocs, as in `attitudes`, so that each pair has one name: EUU-RUS."""
    sides = {"source": event.source_id, "target": event.target_id}
    return {f"{side}_country_code": bloc_codes()[one] for side, one in sides.items() if one in bloc_codes()}


def day_or_error(record: dict) -> tuple[date | None, str | None]:
    """The date of a record, or else why there is none; such a record is read as one without a date."""
    try:
        return published_day(record), None
    except ValueError as error:
        return None, f"{error}; read without a date"


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


def quote_record(text: str, quote: Quote) -> dict:
    polarity, subjectivity = tone(quote_text(text, quote))
    return {**quote._asdict(), "tone_score": polarity, "subjectivity_score": subjectivity}
