"""The words of a search, marked in the evidence that it leaves."""

from collections.abc import Sequence

from analysis.search.marks import marks_in
from analysis.search.question import Question
from analysis.workbench.reading_pane import Evidence, Span
from analysis.workbench.selection import Findings


def with_search(
    findings: Findings, pieces: Sequence[Evidence], question: Question | str | None
) -> list[Evidence]:
    """Pieces of evidence with the words of a search marked, if there is one."""
    if not isinstance(question, Question):
        return list(pieces)
    texts = [findings.articles[piece.article].text[piece.start : piece.end] for piece in pieces]
    leaves = question.query.leaves
    return [
        piece._replace(
            spans=(*piece.spans, *(Span(piece.start + a, piece.start + b, "searched") for a, b in marks)),
            searched=leaves,
        )
        for piece, marks in zip(pieces, marks_in(texts, leaves), strict=True)
    ]
