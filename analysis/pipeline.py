"""Articles to tables: each pass in its order, and the foreign keys between them checked once."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pandas as pd
from spacy.tokens import Doc

from analysis.actors import Mention, find_actors
from analysis.corrections import correction_table
from analysis.encoder import encode, load_encoder
from analysis.events import Event, find_events, find_relation
from analysis.heads import Reading, questions, stance_text, stance_with_encoder, with_encoder
from analysis.indicators import dyad_indicators
from analysis.language import MAX_CHARS, parse, sentences
from analysis.overruling import overruled
from analysis.quotes import Quote, find_quotes
from analysis.schemas import Articles, Events, Quotes, Sentences, Stances, Table, Topics
from analysis.sentiment import Stance, find_stance
from analysis.tone import tone
from analysis.topics import find_topics

CHUNK = 64
Span = tuple[int, int]


@dataclass(frozen=True)
class Tables:
    """All that is known of a corpus; the columns stand in `analysis.schemas`."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    stances: pd.DataFrame
    events: pd.DataFrame
    topics: pd.DataFrame
    indicators: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=lambda: correction_table([]))  # of these articles


EXTRACTED: dict[str, type[Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "events": Events,
    "topics": Topics,
}


def analyse(
    articles: pd.DataFrame,
    *,
    corrections: pd.DataFrame | None = None,
    use_encoder: bool = True,
    progress: Callable[[int], object] = lambda done: None,
) -> Tables:
    """Every table of a corpus.

    Args:
        articles: `Articles` table.
        corrections: `Corrections` table, laid over what is read from the texts.
        use_encoder: let the sentence encoder join in stances; without it they come from rules alone, sooner.
        progress: called with 1 after each article.

    Returns:
        The tables, each sorted by its key.
    """
    extracted = extract_tables(articles, use_encoder=use_encoder, progress=progress)
    check_keys(articles, extracted)
    decisions = correction_table([]) if corrections is None else corrections
    extracted, decisions = overruled(articles, extracted, decisions)
    indicators = dyad_indicators(articles, extracted["events"])
    return Tables(articles=articles, indicators=indicators, corrections=decisions, **extracted)


def extract_tables(
    articles: pd.DataFrame,
    *,
    use_encoder: bool = True,
    progress: Callable[[int], object] = lambda done: None,
) -> dict[str, pd.DataFrame]:
    """The tables read from each article by itself, so that any split of a corpus gives the same rows.

    Args:
        articles: `Articles` table.
        use_encoder: as in `analyse`.
        progress: called with 1 after each article.

    Returns:
        `sentences`, `quotes`, `stances`, `events` and `topics`, sorted by article and place in it.
    """
    rows: dict[str, list[dict]] = {name: [] for name in EXTRACTED}
    ids = articles["article_id"].tolist()
    for article_id, doc in zip(ids, parse(articles["text"].tolist()), strict=True):
        try:
            found = article_rows(article_id, doc, use_encoder)
        except Exception as error:
            error.add_note(f"while reading the article {article_id}")
            raise
        for name, part in found.items():
            rows[name].extend(part)
        progress(1)
    return {name: table(rows[name], schema) for name, schema in EXTRACTED.items()}


def table(rows: list[dict], schema: type[Table]) -> pd.DataFrame:
    columns = list(schema.to_schema().columns)
    order = [column for column in ("article_id", "start_char", "end_char") if column in columns]
    unsorted = pd.DataFrame(rows, columns=columns)
    return schema.validate(unsorted.sort_values(order, kind="stable", ignore_index=True))


def article_rows(article_id: str, doc: Doc, use_encoder: bool) -> dict[str, list[dict]]:
    """The rows that one article adds to each table.

    Topics and events come from rules alone, so that each walks back to a word; a stance is joined with the
    encoder if it may, since words alone rarely tell it.
    """
    mentions, text = find_actors(doc), doc.text
    quotes = list(find_quotes(doc, mentions))
    events = list(find_events(doc, mentions))
    return {
        "sentences": sentence_rows(article_id, doc),
        "quotes": [quote_row(article_id, text, quote) for quote in quotes],
        "stances": stance_rows(article_id, doc, quotes, mentions, use_encoder),
        "events": event_rows(article_id, events, quotes),
        "topics": [{"article_id": article_id, **topic._asdict()} for topic in find_topics(doc)],
    }


def sentence_rows(article_id: str, doc: Doc) -> list[dict]:
    rows, paragraph, previous_end, text = [], 0, 0, doc.text
    for sentence in sentences(doc):
        if rows and "\n" in text[previous_end : sentence.start_char]:
            paragraph += 1
        previous_end = sentence.end_char
        rows.append(
            {
                "sentence_id": f"{article_id}:{sentence.start_char}",
                "article_id": article_id,
                "start_char": sentence.start_char,
                "end_char": sentence.end_char,
                "paragraph": paragraph,
                "text": sentence.text,
            }
        )
    return rows


def quote_id(article_id: str, quote: Quote) -> str:
    return f"{article_id}:{quote.content_spans[0][0]}:{quote.content_spans[-1][1]}"


def quote_text(text: str, quote: Quote) -> str:
    return " ... ".join(text[start:end] for start, end in quote.content_spans)


def quote_row(article_id: str, text: str, quote: Quote) -> dict:
    content = quote_text(text, quote)
    polarity, subjectivity = tone(content)
    described = (
        "kind",
        "cue",
        "cue_stance",
        "speaker_id",
        "speaker_name",
        "role",
        "affiliation",
        "country_code",
    )
    decided = ("is_anonymous", "anonymity_note", "probability", "rule")
    cue_start, cue_end = quote.cue_span or (None, None)
    speaker_start, speaker_end = quote.speaker_span or (None, None)
    return {
        "quote_id": quote_id(article_id, quote),
        "article_id": article_id,
        "start_char": quote.content_spans[0][0],
        "end_char": quote.content_spans[-1][1],
        "content_spans": " ".join(f"{start}-{end}" for start, end in quote.content_spans),
        "text": content,
        "cue_start_char": cue_start,
        "cue_end_char": cue_end,
        "speaker_start_char": speaker_start,
        "speaker_end_char": speaker_end,
        "tone_score": polarity,
        "subjectivity_score": subjectivity,
        **{name: getattr(quote, name) for name in described + decided},
    }


def stance_rows(
    article_id: str, doc: Doc, quotes: Iterable[Quote], mentions: Sequence[Mention], use_encoder: bool
) -> list[dict]:
    """What each speaker thinks of each actor that the words of a quote name, the speaker left out."""
    return [
        stance_row(article_id, quote, mention, span, stance_of(doc, span, use_encoder))
        for quote in quotes
        for mention, span in named_in(doc, quote, mentions)
        if mention.actor_id != quote.speaker_id
    ]


def stance_row(article_id: str, quote: Quote, mention: Mention, span: Span, stance: Stance) -> dict:
    identity = quote_id(article_id, quote)
    return {
        "stance_id": f"{identity}:{span[0]}",
        "quote_id": identity,
        "article_id": article_id,
        "start_char": span[0],
        "end_char": span[1],
        "target_id": mention.actor_id,
        "target_name": mention.name,
        "target_country_code": mention.country_code,
        "label": None if stance.is_abstained else stance.label,
        "score": stance.score,
        "is_abstained": stance.is_abstained,
    }


def named_in(doc: Doc, quote: Quote, mentions: Sequence[Mention]) -> list[tuple[Mention, Span]]:
    """The actors that a quote names, each with its characters; of two that begin together, the longer."""
    found: dict[int, tuple[Mention, Span]] = {}
    for first, last in quote.content_spans:
        place = bisect_left(mentions, first, key=lambda mention: doc[mention.start].idx)
        for mention in map(mentions.__getitem__, range(place, len(mentions))):
            named = doc[mention.start : mention.end]
            start, end = named.start_char, named.end_char
            if start >= last:
                break
            if end <= last and (start not in found or found[start][1][1] < end):
                found[start] = mention, (start, end)
    return list(found.values())


def stance_of(doc: Doc, target: Span, use_encoder: bool) -> Stance:
    """What the passage says of a target, by rules, and the encoder together with them if it may."""
    stance = find_stance(doc, target)
    if not use_encoder:
        return stance
    (answer,) = encode([stance_text(doc, target)])
    return stance_with_encoder(stance, answer)


def event_rows(article_id: str, events: Sequence[Event], quotes: Sequence[Quote]) -> list[dict]:
    return [
        {
            "event_id": f"{article_id}:{event.trigger_start_char}:{event.source_id}>{event.target_id}",
            "article_id": article_id,
            **event._asdict(),
            "reported_by": speaker,
        }
        for event, speaker in zip(events, reporters(events, quotes), strict=True)
    ]


def reporters(events: Sequence[Event], quotes: Sequence[Quote]) -> list[str | None]:
    """Who says that each event happens: the speaker of the shortest quote around it; None is the author.

    One sweep over both, since a long article holds thousands of each.
    """
    spans = sorted((start, end, n) for n, quote in enumerate(quotes) for start, end in quote.content_spans)
    found: list[str | None] = [None] * len(events)
    around, place = [], 0
    for i in sorted(range(len(events)), key=lambda i: events[i].trigger_start_char):
        while place < len(spans) and spans[place][0] <= events[i].trigger_start_char:
            around.append(spans[place])
            place += 1
        around = [span for span in around if span[1] >= events[i].trigger_end_char]
        if around:
            shortest = min(around, key=lambda span: span[1] - span[0])
            found[i] = quotes[shortest[2]].speaker_id
    return found


def check_keys(articles: pd.DataFrame, extracted: dict[str, pd.DataFrame]) -> None:
    """Raise ValueError if a row points to an article or quote that is not there."""
    Articles.validate(articles)
    keys = [(name, "article_id", articles["article_id"]) for name in EXTRACTED]
    keys.append(("stances", "quote_id", extracted["quotes"]["quote_id"]))
    for name, column, known in keys:
        strays = extracted[name].loc[~extracted[name][column].isin(known), column]
        if len(strays):
            raise ValueError(f"{name}: {column} is {strays.iloc[0]!r}, expected one of its parent table")


def annotate(records: Iterable[Any], *, use_encoder: bool = True) -> Iterator[dict]:
    """What the passes find in each record: the batch door.

    A record is an object with `id` and `text`, and perhaps `pairs` (`{"source": [s, e], "target": [s, e]}`,
    one of the two may be null) and `targets` (`[s, e]`), offsets into its text. A record that is none gives a
    row with `error` set.

    Args:
        records: decoded JSON values, or exceptions where a line could not be decoded.
        use_encoder: let the sentence encoder join in topics, relations and stances.

    Yields:
        One row per record, in order: `id`, `quotes`, `events`, `topics`, `relations` (one per pair),
        `stances` (one per target), `error`.

    Raises:
        FileNotFoundError, ValueError: the encoder's file is missing or not the one recorded.
    """
    if use_encoder:
        load_encoder()
    stream = iter(records)
    while chunk := list(islice(stream, CHUNK)):
        errors = [record_error(record) for record in chunk]
        docs = parse(record["text"] for record, error in zip(chunk, errors, strict=True) if error is None)
        for record, error in zip(chunk, errors, strict=True):
            yield failed(record, error) if error else annotated(record, next(docs), use_encoder)


def record_error(record: Any) -> str | None:
    """Why a record cannot be read, in one sentence; None if it can."""
    if isinstance(record, Exception):
        return f"the line is not JSON ({record}), expected one object"
    if not isinstance(record, dict):
        return f"the line is a {type(record).__name__}, expected an object with id and text"
    if "id" not in record:
        return "id is missing, expected a string or number"
    text = record.get("text")
    if not isinstance(text, str):
        return f"text is {type(text).__name__}, expected a string"
    if len(text) > MAX_CHARS:
        return f"text holds {len(text):,} characters, expected at most {MAX_CHARS:,}"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"text holds half a character (a lone surrogate at position {error.start}), expected Unicode"
    return span_error(record, len(text))


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


def failed(record: Any, error: str) -> dict:
    empty = {"quotes": [], "events": [], "topics": [], "relations": [], "stances": []}
    return {"id": record.get("id") if isinstance(record, dict) else None, **empty, "error": error}


def annotated(record: dict, doc: Doc, use_encoder: bool) -> dict:
    """The annotation of a record; a fault of ours in one text is told in its row and costs no other."""
    try:
        return annotation(record, doc, use_encoder)
    except Exception as error:
        return failed(record, f"this text could not be read, by a fault of ours: {error!r}; please report it")


def annotation(record: dict, doc: Doc, use_encoder: bool) -> dict:
    mentions, text = find_actors(doc), doc.text
    quotes, events = list(find_quotes(doc, mentions)), list(find_events(doc, mentions))
    pairs = [(as_span(pair.get("source")), as_span(pair.get("target"))) for pair in record.get("pairs") or []]
    targets = [as_span(target) for target in record.get("targets") or []]
    reading = Reading(
        topics=list(find_topics(doc)),
        relations=[find_relation(doc, source, target) if source else None for source, target in pairs],
        stances=[find_stance(doc, target) for target in targets],
    )
    if use_encoder:
        reading = with_encoder(doc, reading, encode(questions(doc, pairs, targets)))
    return {
        "id": record["id"],
        "quotes": [quote_record(text, quote) for quote in quotes],
        "events": [
            {**event._asdict(), "reported_by": speaker}
            for event, speaker in zip(events, reporters(events, quotes), strict=True)
        ],
        "topics": [topic._asdict() for topic in reading.topics],
        "relations": [relation and relation._asdict() for relation in reading.relations],
        "stances": [stance and stance._asdict() for stance in reading.stances],
        "error": None,
    }


def as_span(offsets: list[int] | None) -> Span | None:
    return (offsets[0], offsets[1]) if offsets else None


def quote_record(text: str, quote: Quote) -> dict:
    polarity, subjectivity = tone(quote_text(text, quote))
    return {**quote._asdict(), "tone_score": polarity, "subjectivity_score": subjectivity}
