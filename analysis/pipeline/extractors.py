"""The rows of each table from one parsed article, and of all tables from some articles."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

import pyarrow as pa
from spacy.tokens import Doc

from analysis.nlp.actors.mentions import Mention, find_actors
from analysis.nlp.events.coder import Event, find_events, read_text
from analysis.nlp.parse.parser import parse, sentences
from analysis.nlp.parse.reader import Reading
from analysis.nlp.quotes.attribution import Quote, find_quotes, speaks_for, without_headline_repeats
from analysis.nlp.quotes.page import PassageRule
from analysis.nlp.read_topics import read_topics
from analysis.nlp.stance import stance_of, tone
from analysis.pipeline.store import ARTICLE_ROWS
from analysis.pipeline.workers import bug_reason

Span = tuple[int, int]


def read_articles(articles: Sequence[tuple[str, str]]) -> pa.Table:
    """The rows of some articles: the same whatever else is read, in any process and in any order.

    Args:
        articles: id and text of each.

    Returns:
        Table with the columns of `ARTICLE_ROWS`; an article that failed has no rows, and the reason.
    """
    try:
        docs = parse(text for _, text in articles)
        rows = [article_rows(article_id, doc) for (article_id, _), doc in zip(articles, docs, strict=True)]
    except Exception as error:  # a bug that one of the texts exposes: each is read by itself, to find it
        if len(articles) > 1:
            return pa.concat_tables([read_articles([article]) for article in articles])
        rows = [{"article_id": articles[0][0], "failure": bug_reason(error)}]
    return pa.Table.from_pylist(rows, schema=ARTICLE_ROWS)


def article_rows(article_id: str, doc: Doc) -> dict[str, object]:
    """The row of `ARTICLE_ROWS` of one parsed article."""
    mentions, text = find_actors(doc), doc.text
    quotes = without_headline_repeats(text, list(find_quotes(doc, mentions)))
    read = read_text(doc, mentions, quotes)
    return {
        "article_id": article_id,
        "sentences": sentence_rows(article_id, doc, text, read.readings),
        "quotes": [quote_row(article_id, text, quote) for quote in quotes],
        "stances": list(stance_rows(article_id, doc, quotes, mentions)),
        "events": event_rows(article_id, find_events(read), quotes),
        "topics": [{"article_id": article_id, **topic._asdict()} for topic in read_topics(read)],
    }


def sentence_rows(article_id: str, doc: Doc, text: str, readings: Mapping[int, Reading]) -> list[dict]:
    """The sentences of a text; those that were graded have their importance."""
    rows, paragraph, previous_end = [], 0, 0
    for sentence in sentences(doc):
        if rows and "\n" in text[previous_end : sentence.start_char]:
            paragraph += 1
        previous_end, graded = sentence.end_char, readings.get(sentence.start_char)
        rows.append(
            {
                "sentence_id": f"{article_id}:{sentence.start_char}",
                "article_id": article_id,
                "start_char": sentence.start_char,
                "end_char": sentence.end_char,
                "paragraph": paragraph,
                "text": sentence.text,
                "importance": graded.importance or None if graded else None,
            }
        )
    return rows


def quote_id(article_id: str, quote: Quote) -> str:
    """Article and place of a statement; where several make it together, the others' rows add who they are."""
    other = f":{quote.speaker_id}" if quote.rule == PassageRule.JOINT else ""
    return f"{article_id}:{quote.content_spans[0][0]}:{quote.content_spans[-1][1]}{other}"


def quote_text(text: str, quote: Quote) -> str:
    return " ... ".join(text[start:end] for start, end in quote.content_spans)


def with_tone(text: str, quote: Quote) -> dict:
    """The fields of a quote, and the tone of its words."""
    polarity, subjectivity = tone(quote_text(text, quote))
    return {**quote._asdict(), "tone_score": polarity, "subjectivity_score": subjectivity}


def quote_row(article_id: str, text: str, quote: Quote) -> dict:
    row = with_tone(text, quote)
    for name in ("cue", "speaker"):
        row[f"{name}_start_char"], row[f"{name}_end_char"] = row.pop(f"{name}_span") or (None, None)
    return {
        **row,
        "quote_id": quote_id(article_id, quote),
        "article_id": article_id,
        "start_char": quote.content_spans[0][0],
        "end_char": quote.content_spans[-1][1],
        "text": quote_text(text, quote),
        "content_spans": " ".join(f"{start}-{end}" for start, end in quote.content_spans),
    }


def stance_rows(
    article_id: str, doc: Doc, quotes: Iterable[Quote], mentions: Sequence[Mention]
) -> Iterator[dict]:
    """The stance of each speaker towards each actor named in their quote, by the reader.

    The speaker is no target, nor is the place of a dateline. A stance is undecided where harsh words around
    the target are not the speaker's blame.
    """
    named = [mention for mention in mentions if not mention.is_dateline]
    for quote in quotes:
        identity = quote_id(article_id, quote)
        for mention, span in mentions_in(doc, quote, named):
            if mention.actor_id == quote.speaker_id:
                continue
            stance = stance_of(doc, span)
            is_abstained = stance.is_abstained or (stance.label == -1 and speaks_for(quote, mention))
            yield {
                "stance_id": f"{identity}:{span[0]}",
                "quote_id": identity,
                "article_id": article_id,
                "start_char": span[0],
                "end_char": span[1],
                "target_id": mention.actor_id,
                "target_name": mention.name,
                "target_country_code": mention.country_code,
                "label": None if is_abstained else stance.label,
                "score": stance.score,
                "is_abstained": is_abstained,
            }


def mentions_in(doc: Doc, quote: Quote, mentions: Sequence[Mention]) -> list[tuple[Mention, Span]]:
    """The actors that a quote names, with their characters; of two that begin together, the longer."""
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


def event_rows(article_id: str, events: Sequence[Event], quotes: Sequence[Quote]) -> list[dict]:
    """Who does what to whom, each with an id that is unique whatever the events are.

    Where two acts share a word and both sides, the second adds its type, then its status, then a number.
    """
    rows: dict[str, dict] = {}
    for event, speaker in zip(events, reporters(events, quotes), strict=True):
        name = f"{article_id}:{event.trigger_start_char}:{event.source_id}>{event.target_id}"
        for addition in chain((event.root, event.status), count(2)):
            if name not in rows:
                break
            name = f"{name}:{addition}"
        rows[name] = {
            "event_id": name,
            "article_id": article_id,
            **event._asdict(),
            "reported_by": speaker,
        }
    return list(rows.values())


def reporters(events: Sequence[Event], quotes: Sequence[Quote]) -> list[str | None]:
    """Who reports each event: the speaker of the shortest quote around it; None for the author.

    A speaker who hopes or vows does not report what the hope mentions: in "Washington hopes for restraint in
    the clashes, the official said" the official reports the clashes. Both lists are swept once, since a long
    article has thousands of each.
    """
    reports = [(n, quote) for n, quote in enumerate(quotes) if quote.cue_stance != "intending"]
    spans = sorted((start, end, n) for n, quote in reports for start, end in quote.content_spans)
    found: list[str | None] = [None] * len(events)
    around, next_span = [], 0
    for i in sorted(range(len(events)), key=lambda i: events[i].trigger_start_char):
        while next_span < len(spans) and spans[next_span][0] <= events[i].trigger_start_char:
            around.append(spans[next_span])
            next_span += 1
        around = [span for span in around if span[1] >= events[i].trigger_end_char]
        if around:
            shortest = min(around, key=lambda span: span[1] - span[0])
            found[i] = quotes[shortest[2]].speaker_id
    return found
