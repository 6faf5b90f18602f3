"""Findings where they occur: lists of evidence, and an article with all that was found in it marked.

The templates escape every text of an article. Each finding says what decided it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pandas import DataFrame, notna

from analysis.indicators.country_events import act_name
from analysis.ingest.corrections_file import BY_ANALYST
from analysis.nlp.parse.reader import ENCODED
from analysis.nlp.topics.taxonomy import matched_pattern
from analysis.pipeline.analyse import Tables
from analysis.search.answer import marks_in
from analysis.tables.rows import Row, rows_of
from analysis.views.evidence import quote_spans, source_of
from analysis.views.render import View, view

MAX_SHOWN_CHARS = 20_000  # of an article in the pane; of a longer one, those around its evidence
MAX_LISTED_CHARS = 800  # of a piece of evidence in the list; the article beside it has all
STANCES: Final = {-1: "unfavourable", 0: "neutral", 1: "favourable"}
LEGEND = {
    "content": "what is said",
    "cue": "the word that reports it",
    "speaker": "who says it",
    "trigger": "the word for an act",
    "match": "a listed word of a topic",
    "searched": "a word you search for",
    "here": "the chosen evidence",
}
SUBJECTS: Final = ("topics", "quotes", "events")


class Span(NamedTuple):
    """Characters of an article, and what they are: a key of `LEGEND`."""

    start: int
    end: int
    label: str


Segment = tuple[str, str]
"""A run of text and all that it is, as classes."""


class Evidence(NamedTuple):
    """One piece of evidence: its place, and what was found there."""

    article_id: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()
    decided: tuple[str, ...] = ()  # each finding in words, with what decided it
    searched: tuple[str, ...] = ()  # what is searched for, to be marked in the article
    head: str = ""  # of an incident: when, between whom, what
    reports: tuple[int, ...] = ()  # of an incident: numbers of its rows


def segments(text: str, offset: int, spans: Iterable[Span]) -> list[Segment]:
    """A text cut wherever a span begins or ends; a piece in several spans has the classes of all.

    Args:
        text: the part of an article that is shown.
        offset: where it begins in the article.
        spans: offsets into the article.
    """
    inside = [(max(one.start - offset, 0), min(one.end - offset, len(text)), one.label) for one in spans]
    inside = [one for one in inside if one[0] < one[1]]
    cut = []
    for here, following in pairwise(sorted({0, len(text), *(place for one in inside for place in one[:2])})):
        labels = {label for start, end, label in inside if start <= here and following <= end}
        cut.append((text[here:following], " ".join(f"f-{one}" for one in LEGEND if one in labels)))
    return cut


def evidence_of(
    tables: Tables, rows: Sequence[Row], subject: str, *, searched: tuple[str, ...] = ()
) -> Evidence:
    """One piece of evidence.

    Args:
        tables: a corpus.
        rows: rows of `Topics`, `Quotes` or `Events` found in one article, or one of `Articles`.
        subject: "articles", "topics", "quotes" or "events".
        searched: words to be marked.
    """
    if subject == "articles":
        (row,) = rows
        words = f"{row.word_count:,} words; {row.path}"
        return Evidence(row.article_id, 0, 0, decided=(words,), searched=searched)
    described = [finding(tables, row, subject) for row in rows]
    start, end = min(row.start_char for row in rows), max(row.end_char for row in rows)
    spans = tuple(span for marked, _ in described for span in marked)
    decided = tuple(words for _, words in described)
    return Evidence(rows[0].article_id, int(start), int(end), spans, decided, searched)


def finding(tables: Tables, row: Row, subject: str) -> tuple[list[Span], str]:
    """What is marked in the text for a row of a table, and what was found in words, with what decided it."""
    if subject == "topics":
        text = tables.article_rows[row.article_id].text[row.start_char : row.end_char]
        found = (match.span() for match in matched_pattern(row.matched).finditer(text))
        ways = {**BY_ANALYST, ENCODED: "by the reader"}
        how = ways.get(row.matched, f"by the listed words “{row.matched}”")
        marked = [Span(row.start_char + start, row.start_char + end, "match") for start, end in found]
        return marked, f"{row.dimension} {row.topic}: {how}"
    if subject == "events":
        names = tables.quotes.loc[(tables.quotes["speaker_id"] == row.reported_by).to_numpy(), "speaker_name"]
        known = row.reported_by if isinstance(row.reported_by, str) else "the article"
        by = max(names.dropna(), key=len, default=known)
        act = f"{row.source_name} → {row.target_name}: {act_name(row.root, row.mode)} ({row.root})"
        words = f"{act}, {row.status}, intensity {row.intensity:+.1f}, reported by {by}; {certainty(row)}"
        return [Span(row.trigger_start_char, row.trigger_end_char, "trigger")], words
    name = row.speaker_name if isinstance(row.speaker_name, str) else "speaker unknown"
    cue = f", reported by “{row.cue}”" if isinstance(row.cue, str) else ""
    how_sure = f"speaker {certainty(row)}; tone {row.tone_score:+.2f} by TextBlob"
    words = [f"{name}: {row.kind} statement{cue}; {how_sure}"]
    own = tables.stances[(tables.stances["quote_id"] == row.quote_id).to_numpy()]
    for stance in rows_of(own):
        how = "undecided"
        if notna(stance.label):
            score = f"{stance.score:+.2f}, by the reader"
            how = f"{STANCES[stance.label]} ({score})"
        words.append(f"on {stance.target_name} {how}")
    return [Span(*one) for one in quote_spans(row)], "; ".join(words)


def certainty(row: Row) -> str:
    """What decided a row, with how sure it is: the learned reader of an event, a rule, or an analyst."""
    if row.rule in BY_ANALYST:
        return BY_ANALYST[row.rule]
    decided = "the reader" if row.rule == ENCODED else f"the rule “{row.rule}”"
    if hasattr(row, "root") and row.rule != ENCODED:
        decided = f"the reader, at “{row.rule}”"
    return f"{row.probability:.0%} sure by {decided}"


def searched_spans(text: str, start: int, end: int, terms: Sequence[str]) -> list[Span]:
    """Where words that are searched for are in a part of a text."""
    (marks,) = marks_in([text[start:end]], terms)
    return [Span(start + one.start, start + one.end, "searched") for one in marks]


def evidence_view(
    tables: Tables, pieces: Sequence[Evidence], *, first: int, total: int, unit: str = "sentences"
) -> View:
    """Pieces of evidence to choose from, with what was found marked, and what decided.

    Each has its place among them as key, from 0 up.

    Args:
        tables: a corpus.
        pieces: the ones shown.
        first: the number of the first of them, from 1 up.
        total: how many there are.
        unit: what a piece is, in the plural.
    """
    rows = [
        {
            "piece": piece,
            "segments": listed(tables, piece),
            "source": source_of(tables.article_rows[piece.article_id], piece.start, piece.end),
        }
        for piece in pieces
    ]
    return view("workbench/evidence", rows=rows, first=first, total=total, unit=unit)


def listed(tables: Tables, piece: Evidence) -> list[Segment]:
    """The sentences of a piece of evidence, none of an article; of long ones, the beginning."""
    text = tables.article_rows[piece.article_id].text
    bounds = [0, *tables.sentence_starts.get(piece.article_id, []), len(text)]
    start = max(one for one in bounds if one <= piece.start)
    last = min(one for one in bounds if one >= piece.end)
    end = min(last, start + MAX_LISTED_CHARS)
    spans = (*piece.spans, *searched_spans(text, start, end, piece.searched))
    return [*segments(text[start:end].rstrip(), start, spans), (" …" if end < last else "", "")]


def rows_between(tables: Tables, article_id: str, start: int, end: int) -> Iterator[tuple[str, Row]]:
    """The topics, statements and events in some characters of an article, each with its table."""
    for subject in SUBJECTS:
        here = rows_in(getattr(tables, subject), article_id)
        here = here[(here["start_char"] < end) & (here["end_char"] > start)]
        yield from ((subject, row) for row in rows_of(here))


def rows_in(table: DataFrame, article_id: str) -> DataFrame:
    """The rows of an article."""
    return table[(table["article_id"] == article_id).to_numpy()]


def reading_view(tables: Tables, piece: Evidence) -> View:
    """The article of a piece of evidence: what was found is marked.

    Each sentence can be chosen, and its first character is its key.

    Args:
        tables: a corpus.
        piece: the evidence.
    """
    article = tables.article_rows[piece.article_id]
    start = max(min(piece.start - MAX_SHOWN_CHARS // 2, len(article.text) - MAX_SHOWN_CHARS), 0)
    end = min(start + MAX_SHOWN_CHARS, len(article.text))
    spans = [Span(piece.start, piece.end, "here")]
    for subject, row in rows_between(tables, piece.article_id, start, end):
        spans += finding(tables, row, subject)[0]
    spans += searched_spans(article.text, start, end, piece.searched)
    sentences = rows_in(tables.sentences, piece.article_id)
    bounds = list(zip(sentences["start_char"].tolist(), sentences["end_char"].tolist(), strict=True))
    paragraphs = []
    for match in re.compile(r"[^\n]+").finditer(article.text, start, end):
        first, last = match.span()
        parts, inside = [], [span for span in spans if span.start < last and span.end > first]
        here = [one for one in bounds if one[0] < last and one[1] > first]
        cuts = sorted({first, last, *(place for one in here for place in one if first < place < last)})
        for one, following in pairwise(cuts):
            key = next((begin for begin, until in here if begin <= one < until), "")
            parts.append((key, segments(article.text[one:following], one, inside)))
        paragraphs.append(parts)
    return view(
        "workbench/reading",
        article=article,
        source=source_of(article, piece.start, piece.end),
        foreign=article.original_text.split("\n") if isinstance(article.original_text, str) else (),
        paragraphs=paragraphs,
        legend=LEGEND,
        part=(start, end, len(article.text)),
    )
