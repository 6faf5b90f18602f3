"""The rows of each table from one parsed article, and of all tables from some articles."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, count

import pyarrow as pa
from spacy.tokens import Doc

from analysis.nlp.actors.mentions import Mention, find_actors
from analysis.nlp.events.coder import Event, find_events
from analysis.nlp.parse.parser import parse, sentences, text_of
from analysis.nlp.quotes.attribution import Quote, find_quotes, speaks_for, without_headline_repeats
from analysis.nlp.stance import Stance, stance_of, tone
from analysis.nlp.topics.taxonomy import find_topics
from analysis.pipeline.store import ARTICLE_ROWS
from analysis.pipeline.unread import bug_reason

Span = tuple[int, int]
Target = tuple[Quote, Mention, Span]  # an actor that a statement names, and where


def read_articles(articles: Sequence[tuple[str, str]]) -> pa.Table:
    """The rows of some articles: the same whatever else is read, in any process and in any order.

    Args:
        articles: id and text of each.

    Returns:
        Table with the columns of `ARTICLE_ROWS`; an article that failed has no rows, and the reason.
    """
    try:
        return read_together(articles)
    except Exception:  # a bug that one of the texts exposes: each is read by itself, to find it
        return pa.concat_tables([read_alone(article) for article in articles])


def read_together(articles: Sequence[tuple[str, str]]) -> pa.Table:
    """The same for articles of which none fails."""
    docs = parse(text for _, text in articles)
    rows = [
        {"article_id": article_id} | {name: found(article_id, doc) for name, found in EXTRACTORS.items()}
        for (article_id, _), doc in zip(articles, docs, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=ARTICLE_ROWS)


def read_alone(article: tuple[str, str]) -> pa.Table:
    """The same for one article that may fail."""
    try:
        return read_together([article])
    except Exception as error:
        failed = {"article_id": article[0], "failure": bug_reason(error)}
        return pa.Table.from_pylist([failed], schema=ARTICLE_ROWS)


@lru_cache(maxsize=1)  # three tables need those of the same Doc
def actors_of(doc: Doc) -> list[Mention]:
    return find_actors(doc)


@lru_cache(maxsize=1)
def all_quotes_of(doc: Doc) -> list[Quote]:
    return list(find_quotes(doc, actors_of(doc)))


@lru_cache(maxsize=1)
def quotes_of(doc: Doc) -> list[Quote]:
    return without_headline_repeats(doc.text, all_quotes_of(doc))


def sentences_rows(article_id: str, doc: Doc) -> list[dict]:
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


def topics_rows(article_id: str, doc: Doc) -> list[dict]:
    return [{"article_id": article_id, **topic._asdict()} for topic in find_topics(doc)]


def quotes_rows(article_id: str, doc: Doc) -> list[dict]:
    return [quote_row(article_id, text_of(doc), quote) for quote in quotes_of(doc)]


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


def stances_rows(article_id: str, doc: Doc) -> list[dict]:
    """The stance of each speaker towards each actor named in their quote, by the reader."""
    return list(spoken_rows(article_id, doc, stance_targets(doc)))


def spoken_rows(article_id: str, doc: Doc, targets: Iterable[Target]) -> Iterator[dict]:
    """The stance on each target, undecided where harsh words around it are not the speaker's blame.

    Args:
        article_id: of the article.
        doc: its text, parsed.
        targets: actors that its statements name.
    """
    for quote, mention, span in targets:
        stance = stance_of(doc, span)
        if stance.label == -1 and speaks_for(quote, mention):
            stance = stance._replace(is_abstained=True)
        yield stance_row(article_id, quote, mention, span, stance)


def stance_targets(doc: Doc) -> Iterator[Target]:
    """Each actor that a quote names, except the speaker and the place of a dateline."""
    named = [mention for mention in actors_of(doc) if not mention.is_dateline]
    for quote in quotes_of(doc):
        for mention, span in mentions_in(doc, quote, named):
            if mention.actor_id != quote.speaker_id:
                yield quote, mention, span


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


def events_rows(article_id: str, doc: Doc) -> list[dict]:
    """Who does what to whom."""
    return event_rows(article_id, doc, find_events(doc, actors_of(doc), quotes_of(doc)))


def event_rows(article_id: str, doc: Doc, events: list[Event]) -> list[dict]:
    return [
        {"event_id": event_id, "article_id": article_id, **event._asdict(), "reported_by": speaker}
        for event_id, event, speaker in zip(
            event_ids(article_id, events), events, reporters(events, quotes_of(doc)), strict=True
        )
    ]


def event_ids(article_id: str, events: list[Event]) -> list[str]:
    """An id for each event, unique whatever the events are.

    Where two acts share a word and both sides, the second adds its type, then its status, then a number.
    """
    found: dict[str, None] = {}
    for event in events:
        name = f"{article_id}:{event.trigger_start_char}:{event.source_id}>{event.target_id}"
        for addition in chain((event.root, event.status), count(2)):
            if name not in found:
                break
            name = f"{name}:{addition}"
        found[name] = None
    return list(found)


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


EXTRACTORS = {
    "sentences": sentences_rows,
    "quotes": quotes_rows,
    "stances": stances_rows,
    "events": events_rows,
    "topics": topics_rows,
}
