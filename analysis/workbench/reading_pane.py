"""Findings where they occur: lists of evidence, and an article with all that was found in it marked.

The templates escape every text of an article. Each finding says what decided it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from analysis.indicators.country_events import act_name
from analysis.indicators.incident_reports import MODEL_RULE
from analysis.ingest.corrections_file import BY_ANALYST
from analysis.nlp.parse.encoder import ENCODED
from analysis.nlp.topics.taxonomy import matched_pattern
from analysis.search.marks import marks_in
from analysis.tables.rows import rows_of
from analysis.views.corrections import corrections_in_words
from analysis.views.evidence import source_of
from analysis.views.render import View, view
from analysis.workbench.actor_mentions import ActorMention
from analysis.workbench.selection import Findings, label_of

MOST_SHOWN = 20_000  # characters of an article in the pane; of a longer one, those around its evidence
AROUND = 280  # characters of evidence on each side of the first mark
STANCES = {-1: "unfavourable", 0: "neutral", 1: "favourable"}
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
    decided: tuple[str, ...]  # each finding in words, with the rule that made it
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


def evidence_of(findings: Findings, rows: Sequence[tuple]) -> Evidence:
    """What one piece of evidence shows, for its rows of the subject's table."""
    article = int(findings.rows["article"].iat[rows[0].Index])
    spans, decided = described(findings.subject)(rows, findings.articles[article].text, findings)
    start, end = min(row.start_char for row in rows), max(row.end_char for row in rows)
    return Evidence(article, start, end, tuple(spans), tuple(decided))


def described(subject: str):
    """How the findings of a table are marked and described."""
    return {"topics": topic_findings, "quotes": quote_findings, "events": event_findings}[subject]


def topic_findings(rows: Sequence[tuple], text: str, findings: Findings) -> tuple[list[Span], list[str]]:
    """The listed words in their sentences, and the topic that each decided."""
    spans = [
        Span(row.start_char + match.start(), row.start_char + match.end(), "match")
        for row in rows
        for match in matched_pattern(row.matched).finditer(text[row.start_char : row.end_char])
    ]
    return spans, [topic_text(row) for row in rows]


def topic_text(row: object) -> str:
    ways = {**BY_ANALYST, ENCODED: "by the encoder"}
    why = ways.get(row.matched, f"by the listed words “{row.matched}”")
    return f"{row.dimension} {row.topic}: {why}"


def quote_findings(rows: Sequence[tuple], text: str, findings: Findings) -> tuple[list[Span], list[str]]:
    """Content, cue and speaker of statements, and how each was attributed and what stance it takes."""
    spans = []
    for row in rows:
        spans += [Span(*map(int, span.split("-")), "content") for span in row.content_spans.split(" ")]
        for label in ("cue", "speaker"):
            start, end = getattr(row, f"{label}_start_char"), getattr(row, f"{label}_end_char")
            if pd.notna(start):
                spans.append(Span(int(start), int(end), label))
    return spans, [quote_text(row, findings) for row in rows]


def quote_text(row: object, findings: Findings) -> str:
    name = label_of(findings, "speaker", row.speaker_id if isinstance(row.speaker_id, str) else "")
    cue = f", reported by “{row.cue}”" if isinstance(row.cue, str) else ""
    words = (
        f"{name}: {row.kind} statement{cue}; speaker {certainty(row)}; tone {row.tone_score:+.2f} by TextBlob"
    )
    return "; ".join([words, *stance_texts(row.quote_id, findings)])


def stance_texts(quote_id: str, findings: Findings) -> list[str]:
    """The stance of a statement on each actor that it names."""
    stances = findings.tables.stances
    names, labels, scores = (stances[name] for name in ("target_name", "label", "score"))
    how = "by rules on judging words and, if it runs, the encoder"
    return [
        f"on {names.iat[place]} undecided"
        if pd.isna(labels.iat[place])
        else f"on {names.iat[place]} {STANCES[labels.iat[place]]} ({scores.iat[place]:+.2f}, {how})"
        for place in findings.stances.get(quote_id, [])
    ]


def event_findings(rows: Sequence[tuple], text: str, findings: Findings) -> tuple[list[Span], list[str]]:
    """The words that name an act, and who does what to whom by which rule."""
    spans = [Span(row.trigger_start_char, row.trigger_end_char, "trigger") for row in rows]
    return spans, [event_text(row, findings) for row in rows]


def event_text(row: object, findings: Findings) -> str:
    is_said = isinstance(row.reported_by, str)
    reporter = label_of(findings, "speaker", row.reported_by) if is_said else "the article"
    return (
        f"{row.source_name} → {row.target_name}: {act_name(row.root, row.mode)} ({row.root}), {row.status}, "
        f"intensity {row.intensity:+.1f}, reported by {reporter}; {certainty(row)}"
    )


def certainty(row: object) -> str:
    """What decided a row: a rule, with how sure it is, or an analyst."""
    if row.rule in BY_ANALYST:
        return BY_ANALYST[row.rule]
    decided = "the encoder" if row.rule == MODEL_RULE else f"the rule “{row.rule}”"
    return f"{row.probability:.0%} sure by {decided}"


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
    whole = (
        min([piece.start, *(span.start for span in piece.spans)]),
        max([piece.end, *(span.end for span in piece.spans)]),
    )
    middle = min((span.start for span in piece.spans), default=piece.start)
    start, end = max(whole[0], middle - AROUND), min(whole[1], middle + 2 * AROUND)
    cut = segments(text[start:end], start, piece.spans)
    before = [Segment("… ", "")] if start > whole[0] else []
    after = [Segment(" …", "")] if end < whole[1] else []
    return [*before, *cut, *after]


def reading_view(findings: Findings, piece: Evidence) -> View:
    """The article of a piece of evidence: what was found is marked, and each paragraph says what decided."""
    article = findings.articles[piece.article]
    start, end = shown_part(article.text, piece)
    found, decided = found_in(article, start, end, findings)
    actors = [
        one._replace(start=one.start + start, end=one.end + start)
        for one in findings.find_mentions(article.text[start:end])
    ]
    actor_spans = [Span(one.start, one.end, "actor") for one in actors]
    words = marks_in([article.text[start:end]], piece.searched)[0] if piece.searched else []
    searched = [Span(start + one.start, start + one.end, "searched") for one in words]
    spans = [*found, *actor_spans, *searched, Span(piece.start, piece.end, "here")]
    paragraphs = [
        {
            "segments": segments(
                article.text[first:last], first, [s for s in spans if s.start < last and s.end > first]
            ),
            "decided": [words for place, words in decided if first <= place < last]
            + actors_in(actors, first, last),
            "is_here": first <= piece.start < last,
        }
        for first, last in paragraph_spans(article.text, start, end)
    ]
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
    if len(text) <= MOST_SHOWN:
        return 0, len(text)
    start = max(min(piece.start - MOST_SHOWN // 2, len(text) - MOST_SHOWN), 0)
    end = min(start + MOST_SHOWN, len(text))
    broken = text.find("\n", start, piece.start)
    closed = text.rfind("\n", piece.end, end)
    return (broken + 1 if start and broken >= 0 else start), (
        closed if end < len(text) and closed >= 0 else end
    )


def paragraph_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.compile(r"[^\n]+").finditer(text, start, end)]


def found_in(
    article: object, start: int, end: int, findings: Findings
) -> tuple[list[Span], list[tuple[int, str]]]:
    """The spans of all findings in a part of an article, and each finding in words with its place."""
    spans, decided = [], []
    for subject in ("quotes", "events", "topics"):
        table = getattr(findings.tables, subject)
        here = table[(table["article_id"] == article.article_id).to_numpy()]
        rows = list(rows_of(here[(here["start_char"] < end) & (here["end_char"] > start)]))
        marked, words = described(subject)(rows, article.text, findings)
        spans += marked
        decided += zip((max(row.start_char, start) for row in rows), words, strict=True)
    return spans, decided


def actors_in(mentions: Sequence[ActorMention], start: int, end: int) -> list[str]:
    """The actors of a paragraph in one line, each once."""
    names = list(dict.fromkeys(one.words for one in mentions if start <= one.start < end))
    return (
        [f"Actors: {'; '.join(names)}; by the lists of names and the rules for titles and forms of names"]
        if names
        else []
    )
