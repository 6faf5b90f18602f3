"""Where the words of a query are in a text: SQLite's tokenizer decides, as it did for the index."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final, NamedTuple

from analysis.search.query import TOKENIZER

OPEN, CLOSE = "\x02", "\x03"
UNSEARCHABLE: Final = dict.fromkeys([*range(9), *range(11, 32), 127], " ")  # control characters
MAX_CHARS: Final = 300  # of a passage in a list of results
CHARS_BEFORE: Final = 100  # of them, before the first mark


class Mark(NamedTuple):
    """The span of a text that a word or a phrase of the query matches."""

    start: int
    end: int


def marks_in(texts: Sequence[str], terms: Sequence[str]) -> list[list[Mark]]:
    """The words of a query in some texts.

    Args:
        texts: the texts to mark.
        terms: `Query.terms`.

    Returns:
        For each text its marks in their order; none overlaps another.
    """
    found: list[list[Mark]] = [[] for _ in texts]
    if not terms:
        return found
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((number, searchable(text)) for number, text in enumerate(texts))
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        marked = f"SELECT rowid, highlight(words, 0, '{OPEN}', '{CLOSE}') FROM words WHERE words MATCH ?"
        for number, text in connection.execute(marked, (" OR ".join(terms),)):
            borders = [border.start() for border in re.finditer(f"[{OPEN}{CLOSE}]", text)]
            places = [place - count for count, place in enumerate(borders)]
            found[number] = list(map(Mark, places[::2], places[1::2]))
    return found


def searchable(text: str) -> str:
    """Text as it is indexed: without control characters, and as long as before."""
    return text.translate(UNSEARCHABLE)


def shortened(text: str, marks: Sequence[Mark]) -> tuple[str, list[Mark]]:
    """A text on one line and its marks; of a long text, the part around the first mark."""
    first = marks[0].start if marks else 0
    start = max(0, min(first - CHARS_BEFORE, len(text) - MAX_CHARS))
    end = start + MAX_CHARS
    head, tail = "… " if start else "", " …" if end < len(text) else ""
    line = head + re.sub(r"\s", " ", text[start:end]) + tail
    step, cut = len(head) - start, [Mark(max(one.start, start), min(one.end, end)) for one in marks]
    return line, [Mark(one.start + step, one.end + step) for one in cut if one.start < one.end]


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
