"""Quoted passages and who speaks them: ranked rules over the reporter's own words around the marks.

The parser is at its worst where quotation marks break a sentence, so these rules trust order and
punctuation first (`"...," she said`, `He added: "..."`) and ask the parse only for the subject of a cue.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.ingest.datelines import filed_tokens
from analysis.lexicons import load_lexicon
from analysis.nlp.quotes.quotation_marks import Quoted, quoted_spans
from analysis.nlp.quotes.reporting_frames import HOPS, Reading, shares, subject


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
    later: tuple[tuple[int, int], ...]  # first and last token of the paragraphs up to the next line


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


TURN = re.compile(
    r"^[ \t\"“]*((?:[A-Z][\w.'’-]*[ \t]+){0,4}[A-Z][\w.'’-]*)(?: ?\([^)\n]{1,40}\))?: ?(?=\S)", re.MULTILINE
)
PARAGRAPH = re.compile(r"[^\s][^\n]*")
ASIDE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
TURNS = 3  # lines of the same shape that make a transcript


def datelines(text: str, starts: list[int]) -> dict[int, int]:
    """`LONDON (Reuters) - `: the parser takes the town for the subject of the sentence."""
    return {i: after for first, after in filed_tokens(text, starts) for i in range(first, after)}


def transcript_turns(text: str, starts: list[int], paragraph: list[int]) -> dict[int, Turn]:
    """`WALLACE: Why would he?`, line after line; one such line alone is a label (`UPDATE: ...`)."""
    lines = list(TURN.finditer(text))
    capitals = [match for match in lines if match.group(1).isupper()]
    met = Counter(match.group(1) for match in lines)
    often = [match for match in lines if met[match.group(1)] >= TURNS]
    kept = sorted({*capitals, *often}, key=re.Match.start) if len(capitals) >= TURNS else often
    turns = {}
    for match, following in zip(kept, [*kept[1:], None], strict=False):
        stop = text.find("\n", match.end())
        name = max(0, bisect_right(starts, match.end(1) - 1) - 1)
        start, end = bisect_left(starts, match.end()), bisect_left(starts, stop if stop >= 0 else len(text))
        # What stands after the last line may be the reporter's again.
        later = paragraphs_between(text, stop, following.start(), starts) if following and stop >= 0 else ()
        if start < end:
            turns[paragraph[name]] = Turn(name, start, end, later)
    return turns


def paragraphs_between(text: str, start: int, end: int, starts: list[int]) -> tuple[tuple[int, int], ...]:
    """First and last token of each paragraph between two lines of a transcript, but for `(Laughter.)`."""
    found = [match for match in PARAGRAPH.finditer(text, start, end) if not ASIDE.fullmatch(match.group())]
    spans = [(bisect_left(starts, match.start()), bisect_left(starts, match.end())) for match in found]
    return tuple(span for span in spans if span[0] < span[1])


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
    start = page.filed.get(start, start)  # the dateline is not part of what is said
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


class Scene(NamedTuple):
    """A passage and what was said before it: all that a rule looks at."""

    page: Page
    place: int  # of the passage in `page.passages`
    passage: Passage
    before: list[tuple[int | None, int]]  # cue and speaker of all that was said, with marks or without
    spoken: list[Spoken]


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
    before: list[tuple[int | None, int]] = []
    taken = 0
    for place, passage in enumerate(page.passages):
        while taken < len(readings) and readings[taken].cue < passage.start:
            before.append((readings[taken].cue, readings[taken].speaker))
            taken += 1
        if is_title(page, passage):
            continue
        if place in holders and not is_utterance(page, passage):
            found = Spoken(passage, *holders[place], 0.75, "fragment")
        else:
            found = attribute(Scene(page, place, passage, before, spoken))
        if found is not None:
            spoken.append(found)
            before.append((found.cue, found.speaker))
    return spoken


def attribute(scene: Scene) -> Spoken | None:
    """The first rule that finds a speaker decides."""
    rules = UTTERANCE_RULES if is_utterance(scene.page, scene.passage) else FRAGMENT_RULES
    return next((found for rule in rules if (found := rule(scene))), None)


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


def is_title(page: Page, passage: Passage) -> bool:
    """The name of a show or a ship between marks: `told on “Morning Views,”`, `the tanker “Sea Star”`.

    A headline writes everything so, and what follows `as` or `of` may be said.
    """
    doc, start = page.doc, passage.start
    inner = page.text[passage.inner[0] : passage.inner[1]].strip(" ,.")
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", inner) if word.lower() not in SMALL]
    if start < 2 or passage.paragraph == 0 or doc[start].text in ("'", "‘"):
        return False
    before = doc[start - 2] if doc[start - 1].tag_ == "POS" else doc[start - 1]
    is_named = before.lower_ in BROADCAST or before.lemma_.lower() in titled_things()
    return is_named and 2 <= len(words) <= TITLE_WORDS and all(word[0].isupper() for word in words)


@cache
def titled_things() -> frozenset[str]:
    """What has a name between quotation marks: shows, books, ships."""
    return frozenset(load_lexicon("quotes/titled_works")["noun"])


BROADCAST = frozenset(("on", "in"))
SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))
TITLE_WORDS = 8


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


def cue_after(scene: Scene) -> Spoken | None:
    """`"...," she said`, `"...," said Ms. Moore of the union`."""
    page, passage = scene.page, scene.passage
    run = run_after(page, scene.place, passage)
    if not run or follows_cue(page, passage, run):
        return None
    inner = page.text[slice(*passage.inner)].rstrip(" '’‘")
    comma = inner.endswith((",", "-", "—", "–", "…", "...")) or run[0].text == ","
    asks = inner.endswith(("?", "!"))
    if not (comma or asks) and page.unit[passage.end] != page.unit[passage.end - 1]:
        return None
    reach = len(run) if comma else BEHIND_QUESTION if asks else BEHIND
    found = [
        Cue(share - 0.03 * (cue.i - run[0].i) + 0.2 * (abs(speaker.i - cue.i) <= 2), cue.i, speaker.i)
        for share, cue, speaker in cues_in(page, run)
        if cue.i < run[0].i + reach
    ]
    source = according_to(run if comma else run[:BEHIND])
    if source is not None and all(source.head.i < cue.cue for cue in found):
        return Spoken(passage, source.head.i - 1, source.i, 0.9, "cue after")
    best = max(found, key=lambda cue: cue.score, default=None)
    if best is not None and best.score > 0.1:
        return Spoken(passage, best.cue, best.speaker, 0.95 if comma else 0.8, "cue after")
    return verb_after(page, passage, run) if inner.endswith(",") else None


def follows_cue(page: Page, passage: Passage, run: list[Token]) -> bool:
    """`She declared "No!" and said that ...`: the cue right before it is its own, the next one is not."""
    before = page.doc[passage.start - 1] if passage.start else None
    return before is not None and run[0].lower_ in ("and", "but") and cue_share(page, before) > OWN_SHARE


OWN_SHARE = 0.3
BEHIND, BEHIND_QUESTION = 4, 8  # tokens of the reporter's that may hold the cue where no comma calls for one


class Cue(NamedTuple):
    """A reporting word near a quote, with its subject."""

    score: float
    cue: int
    speaker: int


def cues_in(page: Page, run: list[Token]) -> Iterator[tuple[float, Token, Token]]:
    """Reporting words among the reporter's, each with its share before it and its speaker behind it."""
    for token in run:
        share = cue_share(page, token)
        speaker = speaker_near(page, token, run) if share else None
        if speaker is not None:
            yield share, token, speaker


def according_to(run: list[Token]) -> Token | None:
    """The source in `according to the police`."""
    pairs = [to for word, to in pairwise(run) if word.lower_ == "according" and to.lower_ == "to"]
    return next((child for to in pairs for child in to.children if child.dep_ == "pobj"), None)


def verb_after(page: Page, passage: Passage, run: list[Token]) -> Spoken | None:
    """Any verb at all beside a name behind the comma: `"...," he mocks`."""
    for token in run[:BEHIND_QUESTION]:
        speaker = speaker_near(page, token, run) if token.pos_ == "VERB" else None
        if speaker is not None and abs(speaker.i - token.i) <= 3:
            return Spoken(passage, token.i, speaker.i, 0.8, "verb after")
    return None


def cue_before(scene: Scene) -> Spoken | None:
    """`She said: "..."`, `As Mr. Ruiz told reporters, "..."`."""
    page, passage = scene.page, scene.passage
    run = run_before(page, scene.place, passage)
    found = [
        Cue(share - 0.02 * (passage.start - cue.i), cue.i, speaker.i)
        for share, cue, speaker in cues_in(page, run)
    ]
    best = max(found, key=lambda cue: cue.score, default=None)
    if best is not None and best.score > -0.3:
        cue, speaker = outermost(page, best.cue, best.speaker)
        return Spoken(passage, cue, speaker, 0.95, "cue before")
    head = colon_speaker(run) if run and run[-1].text.endswith(":") else None
    return Spoken(passage, run[-1].i, head.i, 0.85, "name and colon") if head is not None else None


def outermost(page: Page, cue: int, speaker: int) -> tuple[int, int]:
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


def colon_speaker(run: list[Token]) -> Token | None:
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


def cue_in_fragment(scene: Scene) -> Spoken | None:
    """The reporting word whose content the fragment is in: `he vowed to be "ruthless" about it`."""
    page, passage = scene.page, scene.passage
    found = []
    for share, cue, speaker in cues_in(page, around(page, passage)):
        if cue.i < passage.start:
            found.append(Cue(share - 0.01 * (passage.start - cue.i), cue.i, speaker.i))
        elif abs(speaker.i - cue.i) <= 4 or cue.dep_ not in ("relcl", "advcl", "acl"):
            found.append(Cue(share - 0.3 - 0.01 * (cue.i - passage.end), cue.i, speaker.i))
    if not found:
        return None
    best = max(found, key=lambda cue: cue.score)
    return Spoken(passage, *outermost(page, best.cue, best.speaker), 0.75, "fragment")


def turn(scene: Scene) -> Spoken | None:
    """A quoted transcript, whose lines open with the speaker: `"WALLACE: Why would he?"`."""
    page, passage = scene.page, scene.passage
    line = page.turns.get(passage.paragraph)
    if line is None or passage.start > line.start or passage.end < line.end - 2:
        return None
    said = passage._replace(inner=(page.starts[line.start], passage.inner[1]))
    return Spoken(said, None, line.name, 0.95, "transcript")


def goes_on(scene: Scene) -> Spoken | None:
    """A speech over several paragraphs, each opened and only the last closed."""
    last = scene.spoken[-1] if scene.spoken else None
    if last is None or not last.passage.is_open or last.passage != scene.page.passages[scene.place - 1]:
        return None
    return last._replace(passage=scene.passage, rule="speech goes on", probability=0.9)


def cue_in_unit(scene: Scene) -> Spoken | None:
    """Another reporting verb of the sentence, further off."""
    found = cue_in_fragment(scene)
    return found._replace(rule="cue in sentence", probability=0.7) if found is not None else None


def same_paragraph(scene: Scene) -> Spoken | None:
    """`"One," she said. "Two."`, `Mr. Ruiz disagreed. "No."`: the words go on from the sentence before."""
    page, passage = scene.page, scene.passage
    unit = page.unit[passage.start]
    last = scene.spoken[-1] if scene.spoken else None
    if last is not None and last.passage.paragraph == passage.paragraph:
        near = page.unit[last.cue if last.cue is not None else last.passage.end - 1]
        if unit - max(near, page.unit[last.passage.start]) <= 1:
            return Spoken(passage, last.cue, last.speaker, 0.8, "same paragraph")
    if unit == 0 or page.paragraph[page.unit_starts[unit - 1]] != passage.paragraph:
        return None
    return who_spoke(scene, unit - 1, "sentence before")


def who_spoke(scene: Scene, unit: int, rule: str) -> Spoken | None:
    """The speaker of one of the reporter's sentences: of its first cue, or else its subject."""
    page = scene.page
    for cue, speaker in scene.before[-8:]:
        if cue is not None and page.unit[cue] == unit:
            return Spoken(scene.passage, cue, speaker, 0.8, rule)
    for token in map(page.doc.__getitem__, unit_tokens(page, unit)[:REACH]):
        is_main = token.dep_ == "nsubj" and token.head.dep_ in ("ROOT", "conj", "ccomp")
        if is_main and page.quoted_in[token.i] is None:
            return Spoken(scene.passage, None, token.i, 0.6, rule)
    return None


def next_paragraph(scene: Scene) -> Spoken | None:
    """A paragraph that is only a quote, after one in which somebody spoke."""
    page, passage = scene.page, scene.passage
    unit = page.unit[passage.start]
    last = scene.spoken[-1] if scene.spoken else None
    if last is not None and passage.paragraph - last.passage.paragraph <= 2:
        near = max(last.cue if last.cue is not None else 0, last.passage.end - 1)
        if unit - page.unit[near] <= 2 and page.paragraph[near] >= page.paragraph[passage.start - 1] - 1:
            return Spoken(passage, None, last.speaker, 0.7, "next paragraph")
    back = unit - 1
    while back >= 0 and page.doc[page.unit_starts[back]].is_space:
        back -= 1
    if back < 0 or passage.paragraph - page.paragraph[page.unit_starts[back]] > 2:
        return None
    found = who_spoke(scene, back, "paragraph before")
    return found._replace(cue=None) if found is not None else None


def dash_name(scene: Scene) -> Spoken | None:
    """A quote with its speaker behind a dash, on its line or on the next: `"..." - Bernie Sanders`."""
    doc, i = scene.page.doc, scene.passage.end
    while i < len(doc) and (doc[i].is_space or doc[i].text == "."):
        i += 1
    if i + 1 >= len(doc) or doc[i].text[0] not in DASHES:
        return None
    line = list(takewhile(lambda token: not token.is_space, doc[i : i + 30]))
    whole_line = len(line) < 30 and not any(t.pos_ in ("VERB", "AUX") for t in line[1:5])
    name = next((t for t in line if t.pos_ == "PROPN"), None)
    if name is None or not whole_line or name.i - i > 3:
        return None
    return Spoken(scene.passage, None, last_of_name(name).i, 0.85, "dash and name")


DASHES = ("-", "–", "—", "―", "~")


def owner(scene: Scene) -> Spoken | None:
    """`Obama's "if you like it" promise`."""
    doc, start = scene.page.doc, scene.passage.start
    if start > 1 and doc[start - 1].tag_ == "POS":
        return Spoken(scene.passage, None, start - 2, 0.6, "owner")
    if start and doc[start - 1].tag_ == "PRP$":
        return Spoken(scene.passage, None, start - 1, 0.5, "owner")
    return None


def governor(scene: Scene) -> Spoken | None:
    """`moved to raise tariffs on a "cheating" China`: the words are of whoever does the verb above them."""
    page, passage = scene.page, scene.passage
    inside = page.doc[passage.start + 1 : passage.end - 1]
    token = inside.root if len(inside) else page.doc[passage.start]
    for _ in range(HOPS):
        if token.pos_ == "VERB" and page.quoted_in[token.i] is None:
            own = subject(token)
            if own is not None and page.quoted_in[own.i] is None:
                return Spoken(passage, token.i, own.i, 0.45, "governing verb")
        if token.head == token:
            return None
        token = token.head
    return None


def scare_quote(scene: Scene) -> Spoken | None:
    """`moved to raise tariffs on a "cheating" China`: a loaded word is his who does the act."""
    doc, passage = scene.page.doc, scene.passage
    if passage.end - passage.start > SCARE_TOKENS or passage.end >= len(doc):
        return None
    word, after = doc[passage.end - 2], doc[passage.end]
    is_modifier = word.dep_ in ("amod", "nmod", "compound") and word.head.i >= passage.end
    found = governor(scene) if is_modifier and after.pos_ in NOMINAL else None
    if found is None or doc[found.speaker].pos_ not in ("PROPN", "PRON"):
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
            token.head.dep_ in ("ROOT", "conj") or (verb.tag_ != "VBG" and not is_marked(token.head))
        ):
            return token
    return next((t for t in left if t.pos_ in ("PROPN", "NOUN", "PRON") and t.lower_ not in OBJECTS), None)


def is_marked(verb: Token) -> bool:
    """A clause below another: Doe, asked whether Peru would leave, said."""
    return any(child.dep_ == "mark" and child.lower_ in ("whether", "if") for child in verb.children)


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
            named = page.doc[before - 1]
            is_aside = page.doc[before].text == "(" and token.pos_ == "PROPN" and not named.is_space
            return named if is_aside else token
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
