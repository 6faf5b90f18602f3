"""Docs to attributions: who is said to have said, thought or wanted what."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.actors import Mention
from analysis.lexicons import load_lexicon
from analysis.marks import Quoted, quoted_spans
from analysis.reporting import Reading, find_readings, subject
from analysis.speakers import Speaker, phrase, resolve_speakers


class Quote(NamedTuple):
    """One attribution in one Doc; offsets are characters of `doc.text`, end exclusive."""

    content_spans: tuple[tuple[int, int], ...]
    kind: str  # one of schemas.QUOTE_KINDS
    cue: str | None  # lemma of the reporting word
    cue_span: tuple[int, int] | None
    cue_stance: str | None  # one of schemas.CUE_STANCES
    speaker_span: tuple[int, int] | None  # the words at the attribution, a pronoun or description included
    speaker_id: str | None
    speaker_name: str | None
    role: str | None
    affiliation: str | None
    country_code: str | None
    is_anonymous: bool
    anonymity_note: str | None
    probability: float
    rule: str


class Passage(NamedTuple):
    """A quoted stretch in tokens: `start` and `end` take in the marks."""

    start: int
    end: int
    inner: tuple[int, int]  # characters
    is_open: bool
    paragraph: int


class Claim(NamedTuple):
    """A reading or a quote with a speaker, before the best ones are chosen."""

    content: tuple[tuple[int, int], ...]  # characters
    cue: tuple[int, int] | None  # tokens
    lemma: str | None
    speaker: int | None  # token
    probability: float
    rule: str


class Page:
    """What the rules ask of a Doc again and again, read once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.starts = [token.idx for token in doc]
        self.paragraph = []
        number = 0
        for token in doc:
            self.paragraph.append(number)
            if token.is_space and "\n" in token.text:
                number += 1
        self.passages = [self.passage(q) for q in quoted_spans(self.text)]
        self.quoted_in: list[int | None] = [None] * len(doc)
        for place, passage in enumerate(self.passages):
            for i in range(passage.start, passage.end):
                self.quoted_in[i] = place

    def passage(self, quoted: Quoted) -> Passage:
        start = self.token_at(quoted.start)
        end = max(start + 1, bisect_left(self.starts, quoted.end))
        return Passage(
            start, end, (quoted.inner_start, quoted.inner_end), quoted.is_open, self.paragraph[start]
        )

    def token_at(self, char: int) -> int:
        return max(0, bisect_right(self.starts, char) - 1)

    def chars(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the tokens from `start` to `end`, without the marks and commas around them."""
        doc = self.doc
        while start < end and (doc[start].is_space or doc[start].text in ",:;.–—-"):
            start += 1
        while start < end and (doc[end - 1].is_space or doc[end - 1].text in ",:;–—-."):
            end -= 1
        if start >= end:
            return (0, 0)
        return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def find_quotes(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """Attributions of one Doc, in the order of the text."""
    page = Page(doc)
    readings = [claim for reading in find_readings(doc) if (claim := reading_claim(page, reading))]
    claims = readings + list(quote_claims(page, readings))
    picked = chosen(page, claims)
    order = sorted(range(len(picked)), key=lambda n: picked[n].speaker)
    heads = [picked[n].speaker for n in order]
    quoted = [place is not None for place in page.quoted_in]
    found = resolve_speakers(doc, mentions, heads, quoted, page.paragraph)
    who = dict(zip(order, found, strict=True))
    for n, claim in enumerate(picked):
        yield as_quote(page, claim, who[n])


@cache
def shares() -> dict[tuple[str, str], float]:
    rows = load_lexicon("reporting_words")
    return {(w, f): float(s) for w, f, s in zip(rows["word"], rows["frame"], rows["share"], strict=True)}


THRESHOLD = 0.3


def reading_claim(page: Page, reading: Reading) -> Claim | None:
    if page.quoted_in[reading.cue] is not None:
        return None
    share = shares().get((reading.lemma, reading.frame), 0.0)
    if share < THRESHOLD or reading.speaker is None or page.quoted_in[reading.speaker] is not None:
        return None
    content = tuple(c for piece in reading.content if (c := page.chars(*piece)) != (0, 0))
    if not content:
        return None
    return Claim(
        content, (reading.cue, reading.cue_end), reading.lemma, reading.speaker, share, reading.frame
    )


# ---------------------------------------------------------------- quotes between marks


def quote_claims(page: Page, readings: list[Claim]) -> Iterator[Claim]:
    last: Claim | None = None
    for place, passage in enumerate(page.passages):
        claim = quote_claim(page, place, passage, last)
        if claim is not None:
            last = claim
            yield claim


SAYING = {
    "say", "tell", "add", "write", "ask", "explain", "note", "continue", "tweet", "argue", "reply", "respond", "recall",
    "declare", "insist", "warn", "conclude", "joke", "claim", "state", "announce", "report", "call", "describe", "read",
    "observe", "remark", "quip", "exclaim", "shout", "yell", "chant", "cry", "think", "wonder", "admit", "concede",
    "acknowledge", "suggest", "complain", "lament", "promise", "vow", "pledge", "predict", "assert", "maintain",
    "stress", "emphasize", "comment", "post", "interject", "boast", "brag", "urge", "agree", "go", "begin", "answer",
    "counter", "retort", "muse", "opine", "caution", "demand", "question", "recount", "reveal", "confirm", "repeat",
    "reiterate", "deadpan", "scold", "snap", "intone", "laugh", "charge", "allege", "point", "put", "email", "text",
    "object", "plead", "beg", "whisper", "mutter", "proclaim", "pronounce", "testify", "elaborate", "offer", "sum",
    "accord", "according",
}  # fmt: skip


def quote_claim(page: Page, place: int, passage: Passage, last: Claim | None) -> Claim | None:
    after = page.passages[place + 1] if place + 1 < len(page.passages) else None
    found = cue_after(page, passage, after) or cue_before(page, place, passage)
    if found:
        cue, speaker, rule = found
        return Claim((passage.inner,), (cue, cue + 1), page.doc[cue].lemma_, speaker, 0.9, rule)
    if last is not None:
        previous = page.passages[place - 1]
        if previous.is_open and last.content[-1] == previous.inner:
            return last._replace(content=(passage.inner,), rule="speech goes on", probability=0.9)
        if previous.paragraph == passage.paragraph and is_sentence(page, passage):
            return last._replace(content=(passage.inner,), rule="same paragraph", probability=0.8)
        if stands_alone(page, passage) and passage.paragraph - previous.paragraph <= 2:
            return last._replace(content=(passage.inner,), rule="next paragraph", probability=0.7)
    return None


def is_sentence(page: Page, passage: Passage) -> bool:
    first = page.text[passage.inner[0] : passage.inner[1]].strip()[:1]
    return first.isupper() and passage.end - passage.start > 5


def stands_alone(page: Page, passage: Passage) -> bool:
    return is_sentence(page, passage) and (passage.start == 0 or page.doc[passage.start - 1].is_space)


def cue_after(page: Page, passage: Passage, after: Passage | None) -> tuple[int, int, str] | None:
    """`"...," she said`, `"...," said Ms. Moore of the union`."""
    doc = page.doc
    last = doc[passage.end - 2] if passage.end - 2 > passage.start else None
    comma = passage.end < len(doc) and doc[passage.end].text == ","
    if last is None or not (last.text in (",", "?", "!", "-", "—", "–", "...", "…") or comma):
        return None
    stop = after.start if after else len(doc)
    seen = []
    for i in range(passage.end, min(stop, passage.end + 40)):
        token = doc[i]
        if token.is_space or token.text in (".", ";"):
            break
        seen.append(token)
    for token in seen:
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING:
            speaker = speaker_near(page, token, seen)
            if speaker is not None:
                return token.i, speaker.i, "cue after"
        if token.lower_ == "to" and token.i and doc[token.i - 1].lower_ == "according":
            source = next((c for c in token.children if c.dep_ == "pobj"), None)
            if source is not None:
                return token.i - 1, source.i, "cue after"
    return None


def cue_before(page: Page, place: int, passage: Passage) -> tuple[int, int, str] | None:
    """`She said: "..."`, `As Mr. Ruiz told reporters, "..."`."""
    doc = page.doc
    if passage.start == 0:
        return None
    floor = page.passages[place - 1].end if place else 0
    seen = []
    i = passage.start - 1
    while i >= floor and doc[i].is_space and i > passage.start - 3:
        i -= 1  # the quote may open the paragraph after the colon
    if i < floor or (i < passage.start - 1 and doc[i].text != ":"):
        return None
    while i >= max(floor, passage.start - 45):
        token = doc[i]
        if token.is_space or (token.text in (".", "?", "!") and seen):
            break
        seen.append(token)
        i -= 1
    seen.reverse()
    colon = bool(seen) and seen[-1].text in (":", ",")
    for token in reversed(seen):
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING:
            speaker = speaker_near(page, token, seen)
            if speaker is not None:
                return token.i, speaker.i, "cue before"
    if colon and seen[-1].text == ":" and len(seen) <= 8:
        head = next((t for t in reversed(seen) if t.pos_ in ("PROPN", "NOUN", "PRON")), None)
        if head is not None:
            return seen[-1].i, head.i, "name and colon"
    return None


def speaker_near(page: Page, verb: Token, seen: list[Token]) -> Token | None:
    """The verb's subject outside the quotation, by the parse; else the noun phrase beside it."""
    low, high = seen[0].i, seen[-1].i
    own = subject(verb)
    if own is not None and page.quoted_in[own.i] is None and low <= own.i <= high:
        return own
    for token in seen[verb.i - low + 1 :]:  # said Ms. Moore
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            return token
        if token.pos_ not in ("DET", "ADJ"):
            break
    for token in reversed(seen[: verb.i - low]):
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            return token
    if own is not None and page.quoted_in[own.i] is None:
        return own
    return None


# ---------------------------------------------------------------- choice


def chosen(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims that stand: the surest first, none inside another, one for a cue."""
    merged = merge_quotes(page, claims)
    taken: list[Claim] = []
    cues: set[int] = set()
    owner: dict[int, int] = {}
    for claim in sorted(merged, key=lambda c: (-c.probability, c.content)):
        tokens = [i for s, e in claim.content for i in range(page.token_at(s), page.token_at(e - 1) + 1)]
        if claim.cue and claim.cue[0] in cues:
            continue
        if claim.cue and claim.cue[0] in owner:
            continue
        if sum(i in owner for i in tokens) > 0.3 * len(tokens):
            continue
        if any(i in cues for i in tokens):
            continue
        for i in tokens:
            owner[i] = len(taken)
        if claim.cue:
            cues.add(claim.cue[0])
        taken.append(claim)
    return sorted(taken, key=lambda c: c.content)


def merge_quotes(page: Page, claims: list[Claim]) -> list[Claim]:
    """`"One," she said. "Two."` is one attribution with two pieces."""
    merged: list[Claim] = []
    for claim in claims:
        if (
            claim.rule in ("same paragraph", "cue before", "cue after")
            and merged
            and merged[-1].cue == claim.cue
            and merged[-1].speaker == claim.speaker
        ):
            merged[-1] = merged[-1]._replace(content=merged[-1].content + claim.content)
        else:
            merged.append(claim)
    return merged


def as_quote(page: Page, claim: Claim, who: Speaker | None) -> Quote:
    doc = page.doc
    start, end = phrase(doc[claim.speaker])
    cue = (
        (doc[claim.cue[0]].idx, doc[claim.cue[1] - 1].idx + len(doc[claim.cue[1] - 1])) if claim.cue else None
    )
    return Quote(
        claim.content,
        kind_of(page, claim),
        claim.lemma,
        cue,
        "neutral",
        (doc[start].idx, doc[end - 1].idx + len(doc[end - 1])),
        who.id if who else None,
        who.name if who else None,
        who.role if who else None,
        who.affiliation if who else None,
        who.country_code if who else None,
        who.is_anonymous if who else False,
        who.note if who else None,
        round(claim.probability * (who.probability if who else 1.0), 2),
        claim.rule,
    )


def kind_of(page: Page, claim: Claim) -> str:
    total = inside = 0
    for start, end in claim.content:
        tokens = range(page.token_at(start), page.token_at(end - 1) + 1)
        total += len(tokens)
        inside += sum(page.quoted_in[i] is not None for i in tokens)
    return "direct" if inside >= 0.9 * total else "partial" if inside else "indirect"
