"""The words of a search, marked in the evidence that it leaves."""

from collections.abc import Sequence

import numpy as np

from analysis.search.marks import marks_in
from analysis.search.query import Question
from analysis.workbench.reading_pane import Evidence, Span
from analysis.workbench.selection import Findings


def with_search(
    findings: Findings, pieces: Sequence[Evidence], question: Question | str | None
) -> list[Evidence]:
    """Pieces of evidence with the words of a search marked in their sentences, if there is one."""
    if not isinstance(question, Question):
        return list(pieces)
    places = [sentences_around(findings, piece) for piece in pieces]
    texts = [
        findings.articles[piece.article].text[start:end]
        for piece, (start, end) in zip(pieces, places, strict=True)
    ]
    terms = question.query.terms
    return [
        piece._replace(
            spans=(*piece.spans, *(Span(start + a, start + b, "searched") for a, b in marks)), searched=terms
        )
        for piece, (start, _), marks in zip(pieces, places, marks_in(texts, terms), strict=True)
    ]


def sentences_around(findings: Findings, piece: Evidence) -> tuple[int, int]:
    """Where the first sentence of a piece of evidence begins, and where the last one ends."""
    starts, offset = findings.sentence_starts, piece.article * findings.chars
    first = np.searchsorted(starts, offset + piece.start, side="right") - 1
    following = np.searchsorted(starts, offset + piece.end, side="left")
    start = int(starts[first]) - offset if first >= 0 else 0
    length = len(findings.articles[piece.article].text)
    end = int(starts[following]) - offset if following < len(starts) else length
    return (start if start >= 0 else piece.start), min(end, length)
