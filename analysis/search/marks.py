"""Where the words of a query are in a text: SQLite's tokenizer decides, as it did for the index."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final, NamedTuple

from analysis.search.index_file import TOKENIZER
from analysis.search.query import Leaf
from analysis.search.spelling import normalised

OPEN, CLOSE = "\x02", "\x03"  # not in normalised text
BORDER: Final = re.compile(f"[{OPEN}{CLOSE}]")
MOST_CHARS: Final = 300  # of a passage in a list of results
BEFORE: Final = 100  # of them, before the first mark


class Mark(NamedTuple):
    """The span of a text that a word, a phrase or a NEAR group of the query matches."""

    start: int
    end: int


def marks_in(texts: Sequence[str], leaves: Sequence[Leaf]) -> list[list[Mark]]:
    """The words of a query in some texts.

    Args:
        texts: the texts to mark.
        leaves: `Query.leaves`.

    Returns:
        For each text its marks in their order; none overlaps another.
    """
    found: list[list[Mark]] = [[] for _ in texts]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((number, normalised(text)) for number, text in enumerate(texts))
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        marked = f"SELECT rowid, highlight(words, 0, '{OPEN}', '{CLOSE}') FROM words WHERE words MATCH ?"
        for leaf in leaves:
            for number, text in connection.execute(marked, (leaf.fts,)):
                found[number] += marks_of(text)
    return [merged(marks) for marks in found]


def marks_of(text: str) -> Iterator[Mark]:
    """The marks in a marked text, as offsets into the text without them."""
    start = 0
    for count, border in enumerate(BORDER.finditer(text)):
        place = border.start() - count
        if border[0] == OPEN:
            start = place
        else:
            yield Mark(start, place)


def merged(marks: list[Mark]) -> list[Mark]:
    """Marks in their order, overlapping ones joined."""
    done: list[Mark] = []
    for mark in sorted(marks):
        if done and mark.start < done[-1].end:
            done[-1] = Mark(done[-1].start, max(done[-1].end, mark.end))
        else:
            done.append(mark)
    return done


def shortened(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """A text on one line and its marks; for a long text, the part around the first mark."""
    first = marks[0].start if marks else 0
    start = 0 if len(text) <= MOST_CHARS else max(0, min(first - BEFORE, len(text) - MOST_CHARS))
    end = min(start + MOST_CHARS, len(text))
    start, end = at_word(text, start), at_word(text, end)
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    step = len(head) - start
    line = head + re.sub(r"\s", " ", text[start:end]) + tail
    inside = [Mark(max(one.start, start), min(one.end, end)) for one in marks]
    return line, [Mark(one.start + step, one.end + step) for one in inside if one.start < one.end]


def at_word(text: str, place: int) -> int:
    """A position moved back to the beginning of a word, if that is near."""
    if place in (0, len(text)):
        return place
    space = text.rfind(" ", max(0, place - 20), place)
    return space + 1 if space >= 0 else place


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, bool]]:
    """A text cut at its marks: each piece, and whether it is marked."""
    place = 0
    for mark in marks:
        if place < mark.start:
            yield text[place : mark.start], False
        yield text[mark.start : mark.end], True
        place = mark.end
    if place < len(text):
        yield text[place:], False
