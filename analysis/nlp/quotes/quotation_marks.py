"""Pairs of quotation marks, whatever the typography, across paragraphs, and where one is missing."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

MARK = re.compile(r"(?<!=)(?:''|``|[\"“”„‟«»])(?!>)")  # but not around the attributes of leftover markup
SINGLE = re.compile(r"(?<![\w'’])[‘'](?=[\w\"“(\[$€£])|(?<=[\w.,;:?!…\"”)\]%–—-])['’](?![\w'’])")
PARAGRAPH = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)
MAX_SINGLE = 600  # characters; a lone apostrophe opens nothing longer than two long sentences


class PassageRule(StrEnum):
    """How a passage got its speaker; the values are shown to people."""

    TRANSCRIPT = "transcript"
    HEADLINE_COLON = "headline colon"
    DASH_AND_NAME = "dash and name"
    CUE_AFTER = "cue after"
    CUE_BEFORE = "cue before"
    NAME_AND_COLON = "name and colon"
    FRAGMENT = "fragment"
    CUE_IN_SENTENCE = "cue in sentence"
    SAME_PARAGRAPH = "same paragraph"
    SENTENCE_BEFORE = "sentence before"
    NEXT_PARAGRAPH = "next paragraph"
    PARAGRAPH_BEFORE = "paragraph before"
    SPEECH_GOES_ON = "speech goes on"
    OWNER = "owner"


class Quoted(NamedTuple):
    """A stretch of text between quotation marks."""

    start: int  # the opening mark, or the paragraph's first character where the mark is missing
    end: int  # one past the closing mark, or the paragraph's end where it stays open
    inner_start: int
    inner_end: int
    is_open: bool  # not closed in its paragraph: the speech continues in the next one


def quoted_spans(text: str) -> list[Quoted]:
    """Quoted stretches in the order of the text, none overlapping; a quote inside a quote is part of it.

    A quotation that is still open at the end of its paragraph lasts until that end if it began the paragraph
    or if the next one opens again (the printers' rule for speeches of several paragraphs). Otherwise the mark
    is an error and is ignored. There is one pass, so 10,000 open marks take no longer than 10,000 letters.
    """
    paragraphs = [match.span() for match in PARAGRAPH.finditer(text)]
    found: list[Quoted] = []
    for place, (start, end) in enumerate(paragraphs):
        following = text[slice(*paragraphs[place + 1])].lstrip() if place + 1 < len(paragraphs) else ""
        doubles = list(_double_spans(text, start, end, is_continued=_opens(following)))
        found.extend(_with_singles(text, start, end, doubles))
    return found


def _opens(text: str) -> bool:
    return text[:1] in tuple('"' + "“„‟«") or text[:2] in ("''", "``")


def _double_spans(text: str, start: int, end: int, *, is_continued: bool) -> Iterator[Quoted]:
    opened, nested = None, 0
    for match in MARK.finditer(text, start, end):
        side = _side(text, match, start, end)
        if opened is None:
            opened, nested = (None, 0) if side == "close" else (match, 0)
        elif match.group() != opened.group() and side == "open" and not nested:
            nested = 1  # "he wrote “so” to me": a quote in the quote
        elif nested and match.group() != opened.group():
            nested = 0
        elif match.group() == opened.group() and side == "open":
            opened, nested = match, 0  # the earlier mark was never closed
        else:
            yield Quoted(opened.start(), match.end(), opened.end(), match.start(), is_open=False)
            opened = None
    if opened is not None and (is_continued or not text[start : opened.start()].strip()):
        yield Quoted(opened.start(), end, opened.end(), end, is_open=True)


def _side(text: str, match: re.Match, start: int, end: int) -> str:
    """`open`, `close`, or `either`, as for ` " ` between spaces."""
    mark = match.group()
    if mark == "”":
        return "close"
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    can_open = (before.isspace() or before in "([{-–—/") and not after.isspace()
    can_close = not before.isspace() and (after.isspace() or after in ".,;:!?)]-–—'’")
    if mark in '"»«' or mark == "''":
        return "either" if can_open == can_close else "open" if can_open else "close"
    return "close" if can_close and not can_open else "open"  # typed “so“, or German „so“


def _with_singles(text: str, start: int, end: int, doubles: list[Quoted]) -> Iterator[Quoted]:
    """Double-quoted stretches and single-quoted ones between them; singles inside doubles are nested."""
    here = start
    for double in doubles:
        yield from _single_spans(text, here, double.start)
        yield double
        here = double.end
    yield from _single_spans(text, here, end)


def _single_spans(text: str, start: int, end: int) -> Iterator[Quoted]:
    opened = None
    for match in SINGLE.finditer(text, start, end):
        mark, here = match.group(), match.start()
        is_start = here == start or text[here - 1] in " \t\xa0([–—-"
        if is_start and here + 1 < end and not text[here + 1].isspace():
            opened = here
        elif opened is not None and mark in "'’":
            if here - opened <= MAX_SINGLE and here > opened + 1:
                yield Quoted(opened, here + 1, opened + 1, here, is_open=False)
            opened = None
