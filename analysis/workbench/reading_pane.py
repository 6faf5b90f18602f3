"""Findings where they occur: lists of evidence, and an article with all that was found in it marked.

The templates escape every text of an article. Each finding says what decided it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from analysis.country_names import country_name
from analysis.indicators.country_events import act_name
from analysis.indicators.incident_reports import MODEL_RULE
from analysis.ingest.corrections_file import BY_ANALYST
from analysis.nlp.parse.reader import ENCODED
from analysis.nlp.topics.taxonomy import matched_pattern
from analysis.search.marks import marks_in
from analysis.search.query import Question
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrections_in_words
from analysis.views.evidence import source_of
from analysis.views.render import View, view
from analysis.workbench.selection import Findings, label_of

MAX_SHOWN_CHARS = 20_000  # of an article in the pane; of a longer one, those around its evidence
AROUND_CHARS = 280  # of evidence on each side of the first mark
STANCES: Final = {-1: "unfavourable", 0: "neutral", 1: "favourable"}
LEGEND = {
    "content": "what is said",
    "cue": "the word that reports it",
    "speaker": "who says it",
    "actor": "an actor",
    "trigger": "the word for an act",
    "match": "a listed word of a topic",
    "searched": "a word you search for",
    "here": "the chosen evidence",
}


class Span(NamedTuple):
    """Characters of an article, and what they are: a key of `LEGEND`."""

    start: int
    end: int
    label: str


class Segment(NamedTuple):
    """A run of text and all that it is, as classes."""

    text: str
    classes: str


class Evidence(NamedTuple):
    """One piece of evidence: its place, and what was found there."""

    article: int  # number in the table of articles
    start: int
    end: int
    spans: tuple[Span, ...]
    decided: tuple[str, ...]  # each finding in words, with what decided it
    searched: tuple[str, ...] = ()  # what is searched for, to be marked in the article


def segments(text: str, offset: int, spans: Iterable[Span]) -> list[Segment]:
    """A text cut wherever a span begins or ends; a piece in several spans has the classes of all.

    Args:
        text: the part of an article that is shown.
        offset: where it begins in the article.
        spans: offsets into the article.
    """
    inside = [
        (max(span.start - offset, 0), min(span.end - offset, len(text)), span.label)
        for span in spans
        if span.start - offset < len(text) and span.end > offset
    ]
    changes: dict[int, list[tuple[str, int]]] = {0: [], len(text): []}
    for start, end, label in inside:
        changes.setdefault(start, []).append((label, 1))
        changes.setdefault(end, []).append((label, -1))
    cut, open_labels = [], Counter()
    for here, following in pairwise(sorted(changes)):
        for label, step in changes[here]:
            open_labels[label] += step
        classes = " ".join(f"f-{label}" for label in LEGEND if open_labels[label] > 0)
        cut.append(Segment(text[here:following], classes))
    return cut


def evidence_of(findings: Findings, article: int, rows: Sequence[Any], subject: str) -> Evidence:
    """One piece of evidence.

    Args:
        findings: those of the explorer.
        article: number of the article.
        rows: rows of `Topics`, `Quotes` or `Events` found there.
        subject: "topics", "quotes" or "events".
    """
    text = findings.articles[article].text
    spans, decided = DESCRIBED[subject](rows, text, findings)
    start, end = min(row.start_char for row in rows), max(row.end_char for row in rows)
    return Evidence(article, int(start), int(end), tuple(spans), tuple(decided))


Described = tuple[list[Span], list[str]]
"""What is marked in a text, and each finding in words with what decided it."""


def topic_findings(rows: Sequence[Any], text: str, findings: Findings) -> Described:
    """The listed words in their sentences, and the topic that each decided."""
    spans = [
        Span(row.start_char + match.start(), row.start_char + match.end(), "match")
        for row in rows
        for match in matched_pattern(row.matched).finditer(text[row.start_char : row.end_char])
    ]
    ways = {**BY_ANALYST, ENCODED: "by the reader"}
    return spans, [
        f"{row.dimension} {row.topic}: {ways.get(row.matched, f'by the listed words “{row.matched}”')}"
        for row in rows
    ]


def quote_findings(rows: Sequence[Any], text: str, findings: Findings) -> Described:
    """Content, cue and speaker of statements, and how each was attributed and what stance it takes."""
    spans, decided = [], []
    for row in rows:
        spans += [Span(*map(int, span.split("-")), "content") for span in row.content_spans.split(" ")]
        for label in ("cue", "speaker"):
            start, end = getattr(row, f"{label}_start_char"), getattr(row, f"{label}_end_char")
            if pd.notna(start):
                spans.append(Span(int(start), int(end), label))
        name = label_of(findings, "speaker", row.speaker_id if isinstance(row.speaker_id, str) else "")
        cue = f", reported by “{row.cue}”" if isinstance(row.cue, str) else ""
        sure = f"speaker {certainty(row)}; tone {row.tone_score:+.2f} by TextBlob"
        words = f"{name}: {row.kind} statement{cue}; {sure}"
        decided.append("; ".join([words, *stance_texts(row.quote_id, findings)]))
    return spans, decided


def stance_texts(quote_id: str, findings: Findings) -> list[str]:
    """The stance of a statement on each actor that it names."""
    stances = findings.tables.stances
    names, labels, scores = (stances[name] for name in ("target_name", "label", "score"))
    how = "by rules on judging words and the reader"
    return [
        f"on {names.iat[place]} undecided"
        if pd.isna(labels.iat[place])
        else f"on {names.iat[place]} {STANCES[labels.iat[place]]} ({scores.iat[place]:+.2f}, {how})"
        for place in findings.stances.get(quote_id, [])
    ]


def event_findings(rows: Sequence[Any], text: str, findings: Findings) -> Described:
    """The words that name an act, and who does what to whom by which rule."""
    spans = [Span(row.trigger_start_char, row.trigger_end_char, "trigger") for row in rows]
    decided = []
    for row in rows:
        is_said = isinstance(row.reported_by, str)
        reporter = label_of(findings, "speaker", row.reported_by) if is_said else "the article"
        act = f"{row.source_name} → {row.target_name}: {act_name(row.root, row.mode)} ({row.root})"
        details = f"{row.status}, intensity {row.intensity:+.1f}, reported by {reporter}"
        decided.append(f"{act}, {details}; {certainty(row)}")
    return spans, decided


DESCRIBED: Final[dict[str, Callable[[Sequence[Any], str, Findings], Described]]] = {
    "topics": topic_findings,
    "quotes": quote_findings,
    "events": event_findings,
}


def certainty(row: Any) -> str:
    """What decided a row: a rule, with how sure it is, or an analyst."""
    if row.rule in BY_ANALYST:
        return BY_ANALYST[row.rule]
    decided = "the reader" if row.rule == MODEL_RULE else f"the rule “{row.rule}”"
    return f"{row.probability:.0%} sure by {decided}"


def with_search(
    findings: Findings, pieces: Sequence[Evidence], question: Question | str | None
) -> list[Evidence]:
    """Mark the words of a search, if there is one, in the sentences of pieces of evidence."""
    if not isinstance(question, Question):
        return list(pieces)
    terms, marked = question.query.terms, []
    for piece in pieces:
        text, starts = findings.articles[piece.article].text, findings.sentence_starts
        offset = piece.article * findings.chars
        before = np.searchsorted(starts, offset + piece.start, side="right") - 1
        after = np.searchsorted(starts, offset + piece.end, side="left")
        start = max(int(starts[before]) - offset, 0) if before >= 0 else 0
        end = min(int(starts[after]) - offset, len(text)) if after < len(starts) else len(text)
        (marks,) = marks_in([text[start:end]], terms)
        spans = [Span(start + one.start, start + one.end, "searched") for one in marks]
        marked.append(piece._replace(spans=(*piece.spans, *spans), searched=terms))
    return marked


def evidence_view(findings: Findings, pieces: Sequence[Evidence], *, first: int, total: int) -> View:
    """Pieces of evidence with what was found marked, and what decided, folded.

    Args:
        findings: those of the explorer.
        pieces: the ones shown.
        first: the number of the first of them, from 1 up.
        total: how many there are.
    """
    return view("workbench/evidence", rows=evidence_lines(findings, pieces), first=first, total=total)


def evidence_choices(findings: Findings, pieces: Sequence[Evidence], *, first: int, total: int) -> View:
    """The same pieces as options to choose from; the key of each is its place among them, from 0 up."""
    return view("workbench/evidence_choices", rows=evidence_lines(findings, pieces), first=first, total=total)


def evidence_lines(findings: Findings, pieces: Sequence[Evidence]) -> list[dict]:
    """The text, the findings in words and the source of each piece."""
    return [
        {
            "segments": shortened(piece, findings),
            "decided": piece.decided,
            "source": source_of(findings.articles[piece.article], piece.start, piece.end),
        }
        for piece in pieces
    ]


def shortened(piece: Evidence, findings: Findings) -> list[Segment]:
    """The sentence of a piece of evidence; of a long one, the part around the first mark."""
    text = findings.articles[piece.article].text
    first = min([piece.start, *(span.start for span in piece.spans)])
    last = max([piece.end, *(span.end for span in piece.spans)])
    middle = min((span.start for span in piece.spans), default=piece.start)
    start, end = max(first, middle - AROUND_CHARS), min(last, middle + 2 * AROUND_CHARS)
    before = [Segment("… ", "")] if start > first else []
    after = [Segment(" …", "")] if end < last else []
    return [*before, *segments(text[start:end], start, piece.spans), *after]


class ActorMention(NamedTuple):
    """Characters of a text that mention an actor, and who that is in words."""

    start: int
    end: int
    words: str


def actor_mentions(text: str) -> list[ActorMention]:
    """Parse a text and find who is mentioned where: the tables have names, but not every place."""
    from analysis.nlp.actors.mentions import find_actors  # loads spaCy, which takes a while
    from analysis.nlp.parse.parser import parse

    doc, found = next(parse([text])), []
    for mention in find_actors(doc):
        country = country_name(mention.country_code) if mention.country_code else ""
        parts = [mention.kind, *([country] if country and country != mention.name else [])]
        end = doc[mention.start : mention.end].end_char
        found.append(ActorMention(doc[mention.start].idx, end, f"{mention.name} ({', '.join(parts)})"))
    return found


def reading_view(findings: Findings, piece: Evidence) -> View:
    """The article of a piece of evidence: what was found is marked, and each paragraph says what decided."""
    article = findings.articles[piece.article]
    start, end = shown_part(article.text, piece)
    text = article.text[start:end]
    spans, decided = [Span(piece.start, piece.end, "here")], []
    for subject, described in DESCRIBED.items():
        table = getattr(findings.tables, subject)
        here = table[(table["article_id"] == article.article_id).to_numpy()]
        rows = list(rows_of(here[(here["start_char"] < end) & (here["end_char"] > start)]))
        marked, words = described(rows, article.text, findings)
        spans += marked
        decided += zip((max(row.start_char, start) for row in rows), words, strict=True)
    actors = [one._replace(start=one.start + start, end=one.end + start) for one in actor_mentions(text)]
    spans += [Span(one.start, one.end, "actor") for one in actors]
    searched = marks_in([text], piece.searched)[0] if piece.searched else []
    spans += [Span(start + one.start, start + one.end, "searched") for one in searched]
    paragraphs = []
    for match in re.compile(r"[^\n]+").finditer(article.text, start, end):
        first, last = match.span()
        names = dict.fromkeys(one.words for one in actors if first <= one.start < last)
        by = "by the lists of names and the rules for titles and forms of names"
        found = [words for place, words in decided if first <= place < last]
        inside = [span for span in spans if span.start < last and span.end > first]
        paragraphs.append(
            {
                "segments": segments(match[0], first, inside),
                "decided": [*found, *([f"Actors: {'; '.join(names)}; {by}"] if names else [])],
                "is_here": first <= piece.start < last,
            }
        )
    return view(
        "workbench/reading",
        article=article,
        source=source_of(article, piece.start, piece.end),
        paragraphs=paragraphs,
        legend=LEGEND,
        corrections=corrections_in_words(article, findings.tables.corrections),
        part=(start, end, len(article.text)),
    )


def shown_part(text: str, piece: Evidence) -> tuple[int, int]:
    """Which characters of an article are shown: of a long one, the paragraphs around the evidence."""
    if len(text) <= MAX_SHOWN_CHARS:
        return 0, len(text)
    start = max(min(piece.start - MAX_SHOWN_CHARS // 2, len(text) - MAX_SHOWN_CHARS), 0)
    end = min(start + MAX_SHOWN_CHARS, len(text))
    broken, closed = text.find("\n", start, piece.start), text.rfind("\n", piece.end, end)
    start = broken + 1 if start and broken >= 0 else start
    return start, closed if end < len(text) and closed >= 0 else end
