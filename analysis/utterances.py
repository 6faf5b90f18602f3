"""Quoted passages and who speaks them: ranked rules over the reporter's own words around the marks.

The parser is at its worst where quotation marks break a sentence, so these rules trust order and
punctuation first (`"...," she said`, `He added: "..."`) and ask the parse only for the subject of a cue.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.marks import Quoted, quoted_spans
from analysis.reporting import HOPS, Reading, shares, subject


class Passage(NamedTuple):
    """A quoted stretch in tokens: `start` and `end` take in the marks."""

    start: int
    end: int
    inner: tuple[int, int]  # characters
    is_open: bool
    paragraph: int


class Turn(NamedTuple):
    """A line of a transcript."""

    name: int  # last token of the speaker's name
    start: int  # first token of what he says
    end: int


@dataclass(frozen=True)
class Page:
    """What the rules ask of a Doc again and again, read once; every list has one entry a token."""

    doc: Doc
    text: str
    starts: list[int]  # first character
    paragraph: list[int]
    quoted_in: list[int | None]  # place in `passages`, the marks included
    unit: list[int]  # the reporter's sentence
    unit_starts: list[int]  # first token of each unit
    passages: list[Passage]
    filed: dict[int, int]  # tokens of a dateline, each with the first token after it
    turns: dict[int, Turn]  # by paragraph


def read_page(doc: Doc) -> Page:
    """Paragraphs, passages and sentences of a Doc."""
    starts = [token.idx for token in doc]
    paragraph = paragraph_numbers(doc)
    text = doc.text
    marked = [q for q in quoted_spans(text) if text[q.inner_start : q.inner_end].strip()] if starts else []
    passages = [passage_of(quoted, starts, paragraph) for quoted in marked]
    quoted_in: list[int | None] = [None] * len(doc)
    for place, passage in enumerate(passages):
        quoted_in[passage.start : passage.end] = [place] * (passage.end - passage.start)
    unit, unit_starts = read_units(doc, passages, quoted_in)
    filed = datelines(doc.text, starts)
    turns = transcript_turns(doc.text, starts, paragraph)
    return Page(doc, doc.text, starts, paragraph, quoted_in, unit, unit_starts, passages, filed, turns)


DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z][A-Z .'’-]*(?:,[^\n—–]{1,40}?)?(?:\([^)\n]{2,20}\) ?)? ?(?:—|–|--?) ", re.MULTILINE
)
TURN = re.compile(
    r"^[ \t\"“]*((?:[A-Z][\w.'’-]*[ \t]+){0,4}[A-Z][\w.'’-]*)(?: ?\([^)\n]{1,40}\))?: ?(?=\S)", re.MULTILINE
)
TURNS = 3  # lines of the same shape that make a transcript


def datelines(text: str, starts: list[int]) -> dict[int, int]:
    """`LONDON (Reuters) - `: the parser takes the town for the subject of the sentence."""
    filed = {}
    for match in DATELINE.finditer(text):
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        filed.update(dict.fromkeys(range(first, after), after))
    return filed


def transcript_turns(text: str, starts: list[int], paragraph: list[int]) -> dict[int, Turn]:
    """`WALLACE: Why would he?`, line after line; one such line alone is a label (`UPDATE: ...`)."""
    lines = [m for m in TURN.finditer(text) if m.group(1).isupper()]
    if len(lines) < TURNS:
        lines = list(TURN.finditer(text))
        names = [m.group(1) for m in lines]
        lines = [m for m in lines if names.count(m.group(1)) >= TURNS] if len(lines) < MANY_LINES else []
    turns = {}
    for match in lines:
        stop = text.find("\n", match.end())
        name = max(0, bisect_right(starts, match.end(1) - 1) - 1)
        start, end = bisect_left(starts, match.end()), bisect_left(starts, stop if stop >= 0 else len(text))
        if start < end:
            turns[paragraph[name]] = Turn(name, start, end)
    return turns


MANY_LINES = 2000  # no interview has more lines; a list of a million labels must stay linear


def paragraph_numbers(doc: Doc) -> list[int]:
    """Number of the paragraph each token stands in; any line break begins a new one."""
    numbers, number = [], 0
    for token in doc:
        numbers.append(number)
        if token.is_space and "\n" in token.text:
            number += 1
    return numbers


def passage_of(quoted: Quoted, starts: list[int], paragraph: list[int]) -> Passage:
    """The tokens of a quoted stretch."""
    start = max(0, bisect_right(starts, quoted.start) - 1)
    end = max(start + 1, bisect_left(starts, quoted.end))
    return Passage(start, end, (quoted.inner_start, quoted.inner_end), quoted.is_open, paragraph[start])


def read_units(doc: Doc, passages: list[Passage], quoted_in: list[int | None]) -> tuple[list[int], list[int]]:
    """The reporter's sentences: a full stop inside quotation marks ends none unless the quote ends there."""
    text = doc.text
    closes = [text[slice(*passage.inner)].rstrip(" '’")[-1:] in (".", "?", "!") for passage in passages]
    unit, unit_starts, new = [], [], True
    for token in doc:
        if new:
            unit_starts.append(token.i)
        unit.append(len(unit_starts) - 1)
        new = token.is_space and "\n" in token.text
        if new or token.i + 1 == len(doc):
            continue
        following, place = doc[token.i + 1], quoted_in[token.i]
        if place is None:
            ends = token.text in (".", "?", "!")
        else:
            ends = token.i == passages[place].end - 1 and closes[place]
        new = ends and (
            following.text[:1].isupper() or following.is_space or quoted_in[token.i + 1] is not None
        )
    return unit, unit_starts


def unit_tokens(page: Page, unit: int) -> range:
    """The tokens of one of the reporter's sentences."""
    after = unit + 1
    return range(
        page.unit_starts[unit], page.unit_starts[after] if after < len(page.unit_starts) else len(page.doc)
    )


def around(page: Page, passage: Passage) -> list[Token]:
    """The reporter's words in the sentence of a passage, as far as they can bear on it."""
    own = unit_tokens(page, page.unit[passage.start])
    first, last = max(own.start, passage.start - REACH), min(own.stop, passage.end + REACH)
    return [page.doc[i] for i in range(first, last) if page.quoted_in[i] is None]


REACH = 100  # tokens


def token_at(page: Page, char: int) -> int:
    """The token that holds a character."""
    return max(0, bisect_right(page.starts, char) - 1)


def chars(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """Characters of the tokens from `start` to `end`, without the commas and spaces around them."""
    doc = page.doc
    while start < end and (doc[start].is_space or doc[start].text in EDGES):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in EDGES):
        end -= 1
    return (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) if start < end else None


EDGES = frozenset((",", ":", ";", ".", "–", "—", "-", "--"))


class Spoken(NamedTuple):
    """A passage with the cue and the speaker that a rule gave it."""

    passage: Passage
    cue: int | None
    speaker: int
    probability: float
    rule: str


def attribute_passages(
    page: Page, readings: list[Reading], holders: dict[int, tuple[int, int]]
) -> list[Spoken]:
    """Every quoted stretch that some rule gives to a speaker, in the order of the text.

    Args:
        page: the Doc.
        readings: what is said without marks, in the order of the cues; a quote may go on from it.
        holders: cue and speaker of a reading whose content holds the passage, by its place.
    """
    spoken: list[Spoken] = []
    before: list[tuple[int, int, int]] = []  # paragraph, cue, speaker of what was said before
    taken = 0
    for place, passage in enumerate(page.passages):
        while taken < len(readings) and readings[taken].cue < passage.start:
            before.append((page.paragraph[readings[taken].cue], readings[taken].cue, readings[taken].speaker))
            taken += 1
        if place in holders and not is_utterance(page, passage):
            found = Spoken(passage, *holders[place], 0.75, "fragment")
        else:
            found = attribute(page, place, passage, before, spoken)
        if found is not None:
            spoken.append(found)
            before.append((passage.paragraph, found.cue, found.speaker))
    return spoken


def attribute(page, place, passage, before, spoken) -> Spoken | None:
    """The first rule that finds a speaker decides."""
    for rule in UTTERANCE_RULES if is_utterance(page, passage) else FRAGMENT_RULES:
        found = rule(page, place, passage, before, spoken)
        if found is not None:
            return found
    return None


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
    long = passage.end - passage.start > 5
    return inner[:1].isupper() and (opens or long) and (closes or long or passage.is_open)


@cache
def quote_shares() -> dict[str, float]:
    return {w: s for (w, f), s in shares().items() if f == "quote"}


def cue_share(page: Page, token: Token) -> float:
    """How often a verb in the sentence of a quote is its cue."""
    if token.pos_ not in ("VERB", "AUX") or token.dep_ == "amod" or page.quoted_in[token.i] is not None:
        return 0.0
    return quote_shares().get(token.lemma_.lower(), 0.0)


def run_after(page: Page, place: int, passage: Passage) -> list[Token]:
    """The reporter's words from the quote to the next one or to the end of the sentence."""
    stop = page.passages[place + 1].start if place + 1 < len(page.passages) else len(page.doc)
    run = []
    for i in range(passage.end, min(stop, passage.end + 45)):
        token = page.doc[i]
        if token.is_space or token.text in (".", ";", ":"):
            break
        run.append(token)
    return run


def run_before(page: Page, place: int, passage: Passage) -> list[Token]:
    """The reporter's words before the quote, back to the one before or to the start of the sentence."""
    doc = page.doc
    floor = page.passages[place - 1].end if place else 0
    i = passage.start - 1
    while i >= floor and doc[i].is_space:
        i -= 1
    if i < floor:
        return []
    if (
        page.unit[i] != page.unit[passage.start]
        and doc[i].text not in (":", ",")
        and not doc[i].text.endswith(":")
    ):
        return []  # only a colon reaches over a line break or a full stop
    run = []
    unit = page.unit[i]
    while i >= max(floor, passage.start - 60) and page.unit[i] == unit and not doc[i].is_space:
        run.append(doc[i])
        i -= 1
    run.reverse()
    return run


def cue_after(page, place, passage, before, spoken) -> Spoken | None:
    """`"...," she said`, `"...," said Ms. Moore of the union`."""
    run = run_after(page, place, passage)
    if not run:
        return None
    inner = page.text[passage.inner[0] : passage.inner[1]].rstrip(" '’‘")
    comma = inner[-1:] in (",", "-", "—", "–", "…") or inner.endswith("...") or run[0].text == ","
    asks = inner[-1:] in ("?", "!")
    if not (comma or asks) and page.unit[passage.end] != page.unit[passage.end - 1]:
        return None
    best = None
    for token in run:
        away = token.i - passage.end
        if (
            token.lower_ == "to"
            and away
            and page.doc[token.i - 1].lower_ == "according"
            and (comma or away < 4)
        ):
            source = next((c for c in token.children if c.dep_ == "pobj"), None)
            if source is not None and best is None:
                return Spoken(passage, token.i - 1, source.i, 0.9, "cue after")
        share = cue_share(page, token)
        if share and (comma or (asks and away < 8) or away <= 3):
            speaker = speaker_near(page, token, run)
            if speaker is not None:
                score = share - 0.03 * away + 0.2 * (abs(speaker.i - token.i) <= 2)
                if best is None or score > best[0]:
                    best = (score, token.i, speaker.i)
    if best is not None and best[0] > 0.1:
        return Spoken(passage, best[1], best[2], 0.95 if comma else 0.8, "cue after")
    if inner[-1:] == ",":
        for token in run[:8]:  # any verb at all will do where a name stands beside it: "...," he mocks
            if token.pos_ == "VERB":
                speaker = speaker_near(page, token, run)
                if speaker is not None and abs(speaker.i - token.i) <= 3:
                    return Spoken(passage, token.i, speaker.i, 0.8, "verb after")
    return None


def cue_before(page, place, passage, before, spoken) -> Spoken | None:
    """`She said: "..."`, `As Mr. Ruiz told reporters, "..."`."""
    run = run_before(page, place, passage)
    best = None
    for token in run:
        share = cue_share(page, token)
        if share:
            speaker = speaker_near(page, token, run)
            if speaker is not None:
                score = share - 0.02 * (passage.start - token.i)
                if best is None or score > best[0]:
                    best = (score, token.i, speaker.i)
    if best is not None and best[0] > -0.3:
        cue, speaker = outermost(page, best[1], best[2], run)
        return Spoken(passage, cue, speaker, 0.95, "cue before")
    if run and run[-1].text.endswith(":"):
        head = colon_speaker(page, run)
        if head is not None:
            return Spoken(passage, run[-1].i, head.i, 0.85, "name and colon")
    return None


def outermost(page: Page, cue: int, speaker: int, run: list[Token]) -> tuple[int, int]:
    """`She said he told her, "Go"`: what he told her is part of what she said."""
    found = cue, speaker
    token = page.doc[cue]
    for _ in range(HOPS):
        head = token.head
        if head == token or page.quoted_in[head.i] is not None:
            break
        if token.dep_ in ("ccomp", "pcomp", "acl") or (token.dep_ == "xcomp"):
            share = shares().get((head.lemma_.lower(), "clause"), 0.0)
            own = subject(head) if share >= 0.4 and head.pos_ == "VERB" else None
            if own is not None and page.quoted_in[own.i] is None and head.i < cue:
                found = head.i, own.i
        token = head
    return found


def colon_speaker(page: Page, run: list[Token]) -> Token | None:
    """`MERKEL: "..."`, `Voters stayed home - Carl Ortiz: "..."`, `Perez drew a contrast: "..."`."""
    dash = max((place for place, token in enumerate(run) if token.text[0] in DASHES), default=None)
    if dash is not None and len(run) - dash <= NAME_TOKENS:
        name = next((t for t in run[dash + 1 :] if t.pos_ == "PROPN"), None)
        if name is not None:
            return last_of_name(name)
    subjects = [t for t in run if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ in ("PROPN", "NOUN", "PRON")]
    if subjects:
        return next((t for t in subjects if t.head.dep_ == "ROOT"), subjects[0])
    if len(run) <= LABEL_TOKENS:
        return next((t for t in run if t.pos_ in ("PROPN", "NOUN", "PRON") and t.dep_ != "compound"), None)
    return None


NAME_TOKENS = 7  # dash, name, colon
LABEL_TOKENS = 12


def cue_in_fragment(page, place, passage, before, spoken) -> Spoken | None:
    """The reporting word whose content the fragment is in: `he vowed to be "ruthless" about it`."""
    run = around(page, passage)
    best = None
    for token in run:
        share = cue_share(page, token)
        if not share or token.dep_ == "amod":
            continue
        speaker = speaker_near(page, token, run)
        if speaker is None:
            continue
        if token.i < passage.start:
            score = share - 0.01 * (passage.start - token.i)
        elif abs(speaker.i - token.i) <= 4 or token.dep_ not in ("relcl", "advcl", "acl"):
            score = share - 0.3 - 0.01 * (token.i - passage.end)
        else:
            continue
        if best is None or score > best[0]:
            best = (score, token.i, speaker.i)
    if best is None:
        return None
    cue, speaker = outermost(page, best[1], best[2], run)
    return Spoken(passage, cue, speaker, 0.75, "fragment")


def turn(page, place, passage, before, spoken) -> Spoken | None:
    """A quoted transcript, whose lines open with the speaker: `"WALLACE: Why would he?"`."""
    line = page.turns.get(passage.paragraph)
    if line is None or passage.start > line.start or passage.end < line.end - 2:
        return None
    said = passage._replace(inner=(page.starts[line.start], passage.inner[1]))
    return Spoken(said, None, line.name, 0.95, "transcript")


def goes_on(page, place, passage, before, spoken) -> Spoken | None:
    """A speech over several paragraphs, each opened and only the last closed."""
    if (
        place
        and spoken
        and page.passages[place - 1].is_open
        and spoken[-1].passage == page.passages[place - 1]
    ):
        return spoken[-1]._replace(passage=passage, rule="speech goes on", probability=0.9)
    return None


def cue_in_unit(page, place, passage, before, spoken) -> Spoken | None:
    """Another reporting verb of the sentence, further off."""
    found = cue_in_fragment(page, place, passage, before, spoken)
    return found._replace(rule="cue in sentence", probability=0.7) if found is not None else None


def same_paragraph(page, place, passage, before, spoken) -> Spoken | None:
    """`"One," she said. "Two."`, `Mr. Ruiz disagreed. "No."`: the words go on from the sentence before."""
    unit = page.unit[passage.start]
    if spoken and spoken[-1].passage.paragraph == passage.paragraph:
        last = spoken[-1]
        near = page.unit[last.cue if last.cue is not None else last.passage.end - 1]
        if unit - max(near, page.unit[last.passage.start]) <= 1:
            return Spoken(passage, last.cue, last.speaker, 0.8, "same paragraph")
    if unit == 0 or page.paragraph[page.unit_starts[unit - 1]] != passage.paragraph:
        return None
    return who_spoke(page, unit - 1, passage, before, "sentence before")


def who_spoke(page, unit, passage, before, rule) -> Spoken | None:
    """The speaker of one of the reporter's sentences: of its first cue, or else its subject."""
    found = None
    for _, cue, speaker in reversed(before[-8:]):
        if cue is not None and page.unit[cue] == unit:
            found = Spoken(passage, cue, speaker, 0.8, rule)
    if found is not None:
        return found
    for i in unit_tokens(page, unit)[:REACH]:
        token = page.doc[i]
        if (
            token.dep_ == "nsubj"
            and page.quoted_in[i] is None
            and token.head.dep_ in ("ROOT", "conj", "ccomp")
        ):
            return Spoken(passage, None, i, 0.6, rule)
    return None


def next_paragraph(page, place, passage, before, spoken) -> Spoken | None:
    """A paragraph that is only a quote, after one in which somebody spoke."""
    unit = page.unit[passage.start]
    if spoken and passage.paragraph - spoken[-1].passage.paragraph <= 2:
        last = spoken[-1]
        near = max(last.cue if last.cue is not None else 0, last.passage.end - 1)
        if unit - page.unit[near] <= 2 and page.paragraph[near] >= page.paragraph[passage.start - 1] - 1:
            return Spoken(passage, None, last.speaker, 0.7, "next paragraph")
    back = unit - 1
    while back >= 0 and page.doc[page.unit_starts[back]].is_space:
        back -= 1
    if back < 0 or passage.paragraph - page.paragraph[page.unit_starts[back]] > 2:
        return None
    found = who_spoke(page, back, passage, before, "paragraph before")
    return found._replace(cue=None) if found is not None else None


def dash_name(page, place, passage, before, spoken) -> Spoken | None:
    """A quote with its speaker behind a dash, on its line or on the next: `"..." - Bernie Sanders`."""
    doc = page.doc
    i = passage.end
    while i < len(doc) and (doc[i].is_space or doc[i].text == "."):
        i += 1
    if i + 1 >= len(doc) or doc[i].text[0] not in DASHES:
        return None
    line = []
    for token in doc[i : i + 30]:
        if token.is_space:
            break
        line.append(token)
    whole_line = len(line) < 30 and not any(t.pos_ in ("VERB", "AUX") for t in line[1:5])
    name = next((t for t in line if t.pos_ == "PROPN"), None)
    if name is None or not whole_line or name.i - i > 3:
        return None
    return Spoken(passage, None, last_of_name(name).i, 0.85, "dash and name")


DASHES = ("-", "–", "—", "―", "~")


def owner(page, place, passage, before, spoken) -> Spoken | None:
    """`Obama's "if you like it" promise`."""
    doc = page.doc
    if passage.start > 1 and doc[passage.start - 1].tag_ == "POS":
        return Spoken(passage, None, passage.start - 2, 0.6, "owner")
    if passage.start and doc[passage.start - 1].tag_ == "PRP$":
        return Spoken(passage, None, passage.start - 1, 0.5, "owner")
    return None


def governor(page, place, passage, before, spoken) -> Spoken | None:
    """`moved to raise tariffs on a "cheating" China`: the words are of whoever does the verb above them."""
    doc = page.doc
    inside = doc[passage.start + 1 : passage.end - 1]
    token = inside.root if len(inside) else doc[passage.start]
    for _ in range(HOPS):
        if token.pos_ == "VERB" and page.quoted_in[token.i] is None:
            own = subject(token)
            if own is not None and page.quoted_in[own.i] is None:
                return Spoken(passage, token.i, own.i, 0.45, "governing verb")
        if token.head == token:
            return None
        token = token.head
    return None


def scare_quote(page, place, passage, before, spoken) -> Spoken | None:
    """`moved to raise tariffs on a "cheating" China`: a loaded word is his who does the act."""
    doc = page.doc
    if passage.end - passage.start > SCARE_TOKENS or passage.end >= len(doc):
        return None
    word, after = doc[passage.end - 2], doc[passage.end]
    if (
        word.dep_ not in ("amod", "nmod", "compound")
        or word.head.i < passage.end
        or after.pos_ not in NOMINAL
    ):
        return None
    found = governor(page, place, passage, before, spoken)
    if found is None or page.doc[found.speaker].pos_ not in ("PROPN", "PRON"):
        return None
    return found._replace(rule="scare quote", probability=0.5)


SCARE_TOKENS = 5  # two marks and up to three words
NOMINAL = ("NOUN", "PROPN", "ADJ")


def speaker_near(page: Page, verb: Token, run: list[Token]) -> Token | None:
    """The verb's subject outside the quotation, by the parse; else the noun phrase beside it."""
    low, high = run[0].i, run[-1].i
    own = behind_dateline(page, subject(verb), verb.i)
    if own is not None and (page.quoted_in[own.i] is not None or own.lower_ in OBJECTS):
        own = None  # as she put it: the parser may take `it` for the subject
    if own is not None and low <= own.i <= high:
        return own
    place = run.index(verb)
    if verb.tag_ != "VBG" and verb.lemma_ != "tell" and (place == 0 or run[place - 1].is_punct):
        for token in run[place + 1 :]:  # said Ms. Moore
            if token.pos_ in ("PROPN", "NOUN", "PRON") and token.lower_ not in OBJECTS:
                return last_of_name(token)
            if token.pos_ not in ("DET", "ADJ", "ADV"):
                break
    if own is not None:
        return own
    left = run[:place]
    left.reverse()
    for token in left:  # Vega went after him, calling ...: the main clause's subject
        if token.dep_ in ("nsubj", "nsubjpass") and (
            verb.tag_ != "VBG" or token.head.dep_ in ("ROOT", "conj")
        ):
            return token
    return next((t for t in left if t.pos_ in ("PROPN", "NOUN", "PRON") and t.lower_ not in OBJECTS), None)


OBJECTS = frozenset(("it", "him", "them", "me", "us", "that", "this"))


def behind_dateline(page: Page, token: Token | None, verb: int) -> Token | None:
    """The speaker himself where the parser took the dateline, or a bracket, for the subject."""
    if token is None:
        return None
    if token.i in page.filed:
        for candidate in page.doc[page.filed[token.i] : verb]:
            if candidate.pos_ in ("PROPN", "NOUN", "PRON"):
                return last_of_name(candidate)
    for before in range(token.i - 1, max(token.i - BRACKET_TOKENS, 0), -1):  # Paul Ruiz (R-Ohio) said
        if page.doc[before].text in (")", "("):
            return page.doc[before - 1] if page.doc[before].text == "(" and token.pos_ == "PROPN" else token
    return token


BRACKET_TOKENS = 5


def last_of_name(token: Token) -> Token:
    """The head of a name whose first word is given."""
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token


UTTERANCE_RULES = (
    turn,
    dash_name,
    cue_after,
    cue_before,
    goes_on,  # behind the cues: of a speech over paragraphs, the last one often has its own
    cue_in_unit,
    same_paragraph,
    next_paragraph,
    governor,
)
FRAGMENT_RULES = (dash_name, owner, scare_quote, cue_in_fragment, same_paragraph, governor)
"""Rules for whole utterances and for fragments, in the order of their precision on PolNeAR train."""
