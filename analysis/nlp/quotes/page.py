"""A Doc as the quote rules see it: paragraphs, quoted passages, reporter's sentences, transcript turns."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.ingest.dates import filed_tokens
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.page import Mention
from analysis.nlp.parse.tree import Tree, read_tree

MARK = re.compile(r"(?<!=)(?:''|``|[\"“”„‟«»])(?!>)")  # but not around the attributes of leftover markup
LINE = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)


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
    OWNER = "owner"
    JOINT = "joint speaker"


class Quoted(NamedTuple):
    """A stretch of text between quotation marks."""

    start: int  # the opening mark, or the paragraph's first character where the mark is missing
    end: int  # one past the closing mark, or the paragraph's end where it stays open
    inner_start: int
    inner_end: int
    is_open: bool  # not closed in its paragraph: the speech continues in the next one


def quoted_spans(text: str) -> list[Quoted]:
    """Quoted stretches in the order of the text, none overlapping; a quote inside a quote is part of it.

    A quotation that is still open at the end of its paragraph goes on to the first mark of the next one if
    that closes it. It lasts until that end if it began the paragraph or if the next one opens again (the
    printers' rule for speeches of several paragraphs). Otherwise the mark is an error and is ignored. There
    is one pass, so 10,000 open marks take no longer than 10,000 letters.
    """
    paragraphs = [match.span() for match in LINE.finditer(text)]
    found: list[Quoted] = []
    for place, (start, end) in enumerate(paragraphs):
        after = paragraphs[place + 1][1] if place + 1 < len(paragraphs) else end
        following = text[end:after].lstrip()
        is_continued = following[:1] in tuple('"“„‟«') or following[:2] in ("''", "``")
        found.extend(paragraph_spans(text, start, end, after, is_continued=is_continued))
    return found


def paragraph_spans(text: str, start: int, end: int, after: int, *, is_continued: bool) -> Iterator[Quoted]:
    """The quoted stretches that begin in a paragraph; `after` is where the next one ends."""
    opened: list[re.Match] = []  # the last three marks that are not closed yet
    found: list[Quoted] = []
    for match in MARK.finditer(text, start, end):
        side = side_of(text, match, start, end)
        if side == "open" or (side == "either" and not opened):
            opened = [*opened[-2:], match]
        elif opened:
            same = [mark for mark in opened if mark.group() == match.group()]
            first = same[-1] if same else opened[-1]  # "he wrote “so to me": the inner one was never closed
            opened = opened[: opened.index(first)]
            while found and found[-1].start > first.start():
                found.pop()  # a quote in the quote
            found.append(Quoted(first.start(), match.end(), first.end(), match.start(), is_open=False))
    inner = [quote for quote in found if opened and quote.start > opened[-1].start()]
    if opened and all(text[quote.start] != opened[-1].group()[0] for quote in inner):
        last, closing = opened[-1], MARK.search(text, end, after)
        is_closed = closing is not None and side_of(text, closing, end, after) == "close"
        if is_closed or is_continued or not text[start : last.start()].strip():
            inner_end, stop = closing.span() if is_closed else (end, end)
            found = found[: len(found) - len(inner)]
            found.append(Quoted(last.start(), stop, last.end(), inner_end, is_open=not is_closed))
    yield from found


def side_of(text: str, match: re.Match, start: int, end: int) -> str:
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


# ---------------------------------------------------------------- pairs of quotation marks


TURN = re.compile(
    r"^[ \t\"“]*((?:[A-Z][\w.'’-]*[ \t]+){0,4}[A-Z][\w.'’-]*)(?: ?\([^)\n]{1,40}\))?: ?(?=\S)", re.MULTILINE
)
PARAGRAPH = re.compile(r"[^\s][^\n]*")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
MIN_TURNS = 3  # lines of the same shape that make a transcript
REACH = 100  # tokens around a passage that can bear on it
SENTENCE_ENDS = frozenset((".", "?", "!"))
LONG_TOKENS = 5  # a longer passage needs no comma to be an utterance
TITLE_WORDS = 8
NAMING = frozenset(("entitled", "titled"))
"""Words before the name of a hearing or a report."""
BROADCAST = frozenset(("on", "in"))
"""Prepositions before the title of a programme."""
SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
"""Words that a title may write without a capital."""


class Passage(NamedTuple):
    """A quoted stretch in tokens; `start` and `end` include the quotation marks."""

    start: int
    end: int
    inner: tuple[int, int]  # characters
    is_open: bool
    paragraph: int


class Turn(NamedTuple):
    """A line of a transcript."""

    name: int  # last token of the speaker's name
    start: int  # first token of the speech
    end: int
    later: tuple[tuple[int, int], ...]  # first and last token of the paragraphs up to the next line


@dataclass(frozen=True)
class Page:
    """What the rules ask of a Doc again and again, read once; the lists have one entry per token."""

    doc: Doc
    text: str
    starts: list[int]  # first character
    paragraph: list[int]
    quoted_in: list[int | None]  # index in `passages`, quotation marks included; None outside them
    unit: list[int]  # the reporter's sentence
    unit_starts: list[int]  # first token of each unit
    passages: list[Passage]
    filed: dict[int, int]  # tokens of a dateline, each with the first token after it
    turns: dict[int, Turn]  # by paragraph
    actors: dict[int, str]  # kind of the named actor that a token belongs to
    tree: Tree


def read_page(doc: Doc, mentions: Sequence[Mention] = ()) -> Page:
    """Paragraphs, passages, reporter's sentences and transcript turns of a Doc, and the actors it names."""
    text, starts = doc.text, [token.idx for token in doc]
    paragraph = paragraph_numbers(doc)
    marked = [q for q in quoted_spans(text) if text[q.inner_start : q.inner_end].strip()] if starts else []
    passages = []
    for q in marked:
        first = max(0, bisect_right(starts, q.start) - 1)
        last = max(first + 1, bisect_left(starts, q.end))
        passages.append(Passage(first, last, (q.inner_start, q.inner_end), q.is_open, paragraph[first]))
    quoted_in: list[int | None] = [None] * len(doc)
    for place, passage in enumerate(passages):
        quoted_in[passage.start : passage.end] = [place] * (passage.end - passage.start)
    unit, unit_starts = read_units(doc, passages, quoted_in)
    filed = {i: after for first, after in filed_tokens(text, starts) for i in range(first, after)}
    turns = transcript_turns(text, starts, paragraph)
    actors = {i: mention.kind for mention in mentions for i in range(mention.start, mention.end)}
    words = (text, starts, paragraph, quoted_in, unit, unit_starts)
    return Page(doc, *words, passages, filed, turns, actors, read_tree(doc))


def transcript_turns(text: str, starts: list[int], paragraph: list[int]) -> dict[int, Turn]:
    """`WALLACE: Why would he?`, line after line; one such line alone is a label (`UPDATE: ...`)."""
    lines = list(TURN.finditer(text))
    capitals = [match for match in lines if match.group(1).isupper()]
    counts = Counter(match.group(1) for match in lines)
    often = [match for match in lines if counts[match.group(1)] >= MIN_TURNS]
    openings = sorted({*capitals, *often}, key=re.Match.start) if len(capitals) >= MIN_TURNS else often
    turns = {}
    for match, following in zip(openings, [*openings[1:], None], strict=False):
        stop = text.find("\n", match.end())
        name = max(0, bisect_right(starts, match.end(1) - 1) - 1)
        start, end = bisect_left(starts, match.end()), bisect_left(starts, stop if stop >= 0 else len(text))
        # After the last line the reporter may be speaking again.
        later = paragraphs_between(text, stop, following.start(), starts) if following and stop >= 0 else ()
        if start < end:
            turns[paragraph[name]] = Turn(name, start, end, later)
    return turns


def paragraphs_between(text: str, start: int, end: int, starts: list[int]) -> tuple[tuple[int, int], ...]:
    """First and last token of each paragraph between two lines of a transcript; `(Laughter.)` is left out."""
    found = [match for match in PARAGRAPH.finditer(text, start, end) if not ASIDE.fullmatch(match.group())]
    spans = [(bisect_left(starts, match.start()), bisect_left(starts, match.end())) for match in found]
    return tuple(span for span in spans if span[0] < span[1])


def paragraph_numbers(doc: Doc) -> list[int]:
    """Number of each token's paragraph; any line break begins a new one."""
    numbers, number = [], 0
    for token in doc:
        numbers.append(number)
        if breaks_line(token):
            number += 1
    return numbers


def breaks_line(token: Token) -> bool:
    """Whether a token is white space with a line break."""
    return token.is_space and "\n" in token.text


def read_units(doc: Doc, passages: list[Passage], quoted_in: list[int | None]) -> tuple[list[int], list[int]]:
    """The reporter's sentences: a full stop inside quotation marks ends one only where the quote ends."""
    text = doc.text
    closes = [text[slice(*passage.inner)].rstrip(" '’")[-1:] in SENTENCE_ENDS for passage in passages]
    unit, unit_starts, is_new = [], [], True
    for token in doc:
        if is_new:
            unit_starts.append(token.i)
        unit.append(len(unit_starts) - 1)
        is_new = breaks_line(token)
        if is_new or token.i + 1 == len(doc):
            continue
        following, place = doc[token.i + 1], quoted_in[token.i]
        if place is None:
            ends = token.text in SENTENCE_ENDS
        else:
            ends = token.i == passages[place].end - 1 and closes[place]
        is_new = ends and (
            following.text[:1].isupper() or following.is_space or quoted_in[token.i + 1] is not None
        )
    return unit, unit_starts


def unit_tokens(page: Page, unit: int) -> range:
    """The tokens of one of the reporter's sentences."""
    after = unit + 1
    return range(
        page.unit_starts[unit], page.unit_starts[after] if after < len(page.unit_starts) else len(page.doc)
    )


def words_around(page: Page, passage: Passage) -> list[Token]:
    """The reporter's own words near a passage, within its sentence."""
    own = unit_tokens(page, page.unit[passage.start])
    first, last = max(own.start, passage.start - REACH), min(own.stop, passage.end + REACH)
    return [page.doc[i] for i in range(first, last) if page.quoted_in[i] is None]


def token_at(page: Page, char: int) -> int:
    """The token that holds a character."""
    return max(0, bisect_right(page.starts, char) - 1)


def tokens_of(page: Page, span: tuple[int, int]) -> range:
    """The tokens of a span of characters."""
    return range(token_at(page, span[0]), token_at(page, span[1] - 1) + 1)


def char_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Characters of the tokens from `start` to `end`."""
    last = doc[end - 1]
    return doc[start].idx, last.idx + len(last)


def content_span(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Characters of a piece of content, without the punctuation and spaces around it.

    None where nothing else is left.
    """
    doc = page.doc
    start = page.filed.get(start, start)  # the dateline is not part of what is said
    while start < end and is_edge(doc[start]):
        start += 1
    while start < end and is_edge(doc[end - 1]):
        end -= 1
    return char_span(doc, start, end) if start < end else None


def is_edge(token: Token) -> bool:
    """Whether a token at the edge of a content span does not belong to it."""
    return token.is_space or token.text in (",", ":", ";", ".", "–", "—", "-", "--")


def is_utterance(page: Page, passage: Passage) -> bool:
    """A whole utterance, not a fragment in the reporter's sentence: `he said: "No."`, not `the "no" side`."""
    doc = page.doc
    inner = page.text[passage.inner[0] : passage.inner[1]].strip()
    before = doc[passage.start - 1].text if passage.start else "\n"
    opens = (
        before in (",", ":", "-", "—", "–")
        or before.isspace()
        or page.unit[passage.start] != page.unit[passage.start - 1]
    )
    closes = inner[-1:] in ",.?!…-—"
    is_long = passage.end - passage.start > LONG_TOKENS
    return inner[:1].isupper() and (opens or is_long) and (closes or is_long or passage.is_open)


def is_title(page: Page, passage: Passage) -> bool:
    """The name of a show or a ship in quotation marks: `told on “Morning Views,”`, `the tanker “Sea Star”`.

    In a headline capitals mean nothing, and what follows `as` or `of` may be said.
    """
    doc, start = page.doc, passage.start
    inner = page.text[passage.inner[0] : passage.inner[1]].strip(" ,.")
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", inner) if word.lower() not in SMALL_WORDS]
    if start and doc[start - 1].lower_ in NAMING:
        return True
    if start < 2 or passage.paragraph == 0 or doc[start].text in ("'", "‘"):
        return False
    before = doc[start - 2] if doc[start - 1].tag_ == "POS" else doc[start - 1]
    has_title = before.lower_ in BROADCAST or before.lemma_.lower() in titled_works()
    return has_title and 2 <= len(words) <= TITLE_WORDS and all(word[0].isupper() for word in words)


@cache
def titled_works() -> frozenset[str]:
    """Things that have a name in quotation marks: shows, books, ships."""
    return frozenset(load_lexicon("quotes/titled_works")["noun"])
