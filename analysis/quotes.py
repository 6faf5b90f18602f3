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
        self.unit, self.unit_starts = [], []
        self.quoted_in: list[int | None] = [None] * len(doc)
        for place, passage in enumerate(self.passages):
            for i in range(passage.start, passage.end):
                self.quoted_in[i] = place
        self.read_units()

    def read_units(self) -> None:
        """Number the reporter's sentences: a full stop inside quotation marks ends none unless the quote ends."""
        doc, new = self.doc, True
        for token in doc:
            if new:
                self.unit_starts.append(token.i)
            self.unit.append(len(self.unit_starts) - 1)
            new = token.is_space and "\n" in token.text
            place = self.quoted_in[token.i]
            following = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if following is None:
                continue
            big = following.text[:1].isupper() or following.is_space or self.quoted_in[following.i] is not None
            if place is None:
                new = new or (token.text in (".", "?", "!") and big)
            elif token.i == self.passages[place].end - 1 and token.i > 0:
                inner = self.text[slice(*self.passages[place].inner)].rstrip(" '’")
                new = new or (inner[-1:] in (".", "?", "!") and big)

    def unit_tokens(self, unit: int) -> range:
        end = self.unit_starts[unit + 1] if unit + 1 < len(self.unit_starts) else len(self.doc)
        return range(self.unit_starts[unit], end)

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
    picked = chosen(page, quote_claims(page, readings, attribute_passages(page, readings)))
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


class Spoken(NamedTuple):
    """A passage with the cue and the speaker that a rule gave it."""

    passage: Passage
    cue: int | None
    speaker: int
    probability: float
    rule: str


def attribute_passages(page: Page, readings: list[Claim]) -> list[Spoken]:
    """Every quoted stretch that some rule gives to a speaker, in the order of the text."""
    ahead = sorted(readings, key=lambda c: c.cue)
    spoken: list[Spoken] = []
    before: list[tuple[int, int, int]] = []  # paragraph, cue, speaker of what was said before
    taken = 0
    for place, passage in enumerate(page.passages):
        while taken < len(ahead) and ahead[taken].cue[0] < passage.start:
            before.append((page.paragraph[ahead[taken].cue[0]], ahead[taken].cue[0], ahead[taken].speaker))
            taken += 1
        found = attribute(page, place, passage, before, spoken)
        if found is not None:
            spoken.append(found)
            before.append((passage.paragraph, found.cue, found.speaker))
    return spoken


def attribute(page, place, passage, before, spoken) -> Spoken | None:
    rules = (goes_on, cue_after, cue_before, cue_in_unit, same_paragraph, next_paragraph, governor)
    if not is_utterance(page, passage):
        rules = (cue_in_fragment, same_paragraph, governor)
    for rule in rules:
        found = rule(page, place, passage, before, spoken)
        if found is not None:
            return found
    return None


def is_utterance(page: Page, passage: Passage) -> bool:
    """A whole utterance, not a fragment in the reporter's sentence: `he said: "No."`, not `the "no" side`."""
    doc = page.doc
    inner = page.text[passage.inner[0] : passage.inner[1]].strip()
    before = doc[passage.start - 1].text if passage.start else "\n"
    opens = before in (",", ":", "-", "—", "–") or before.isspace() or page.unit[passage.start] != page.unit[passage.start - 1]
    closes = inner[-1:] in ",.?!…-—"
    long = passage.end - passage.start > 5
    return inner[:1].isupper() and (opens or long) and (closes or long or passage.is_open)


@cache
def quote_shares() -> dict[str, float]:
    return {w: s for (w, f), s in shares().items() if f == "quote"}


def cue_share(page: Page, token: Token) -> float:
    """How often a verb in the sentence of a quote is its cue."""
    if token.pos_ not in ("VERB", "AUX") or page.quoted_in[token.i] is not None:
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
    if page.unit[i] != page.unit[passage.start] and doc[i].text not in (":", ",") and not doc[i].text.endswith(":"):
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
        if token.lower_ == "to" and away and page.doc[token.i - 1].lower_ == "according" and (comma or away < 4):
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
    for _ in range(12):
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
    """`MERKEL: "..."`, and a clause with a subject before the colon: `Perez drew a contrast: "..."`."""
    for token in run:
        if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("PROPN", "NOUN", "PRON"):
            return token
    if len(run) <= 12:
        return next((t for t in run if t.pos_ in ("PROPN", "NOUN", "PRON") and t.dep_ != "compound"), None)
    return None


def cue_in_fragment(page, place, passage, before, spoken) -> Spoken | None:
    """The reporting word whose content the fragment is in: `he vowed to be "ruthless" about it`."""
    run = [page.doc[i] for i in page.unit_tokens(page.unit[passage.start]) if page.quoted_in[i] is None]
    if len(run) > 150:
        return None
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


def goes_on(page, place, passage, before, spoken) -> Spoken | None:
    """A speech over several paragraphs, each opened and only the last closed."""
    if place and spoken and page.passages[place - 1].is_open and spoken[-1].passage == page.passages[place - 1]:
        return spoken[-1]._replace(passage=passage, rule="speech goes on", probability=0.9)
    return None


def cue_in_unit(page, place, passage, before, spoken) -> Spoken | None:
    """Another reporting verb of the sentence, further off."""
    found = cue_in_fragment(page, place, passage, before, spoken)
    return found._replace(rule="cue in sentence", probability=0.7) if found is not None else None


def same_paragraph(page, place, passage, before, spoken) -> Spoken | None:
    if before and before[-1][0] == passage.paragraph:
        return Spoken(passage, before[-1][1], before[-1][2], 0.8, "same paragraph")
    return None


def next_paragraph(page, place, passage, before, spoken) -> Spoken | None:
    if before and passage.paragraph - before[-1][0] <= 1 and before[-1][2] is not None:
        return Spoken(passage, None, before[-1][2], 0.7, "next paragraph")
    return None


def governor(page, place, passage, before, spoken) -> Spoken | None:
    """`moved to raise tariffs on a "cheating" China`: the words are of whoever does the verb above them."""
    doc = page.doc
    inside = doc[passage.start + 1 : passage.end - 1]
    token = inside.root if len(inside) else doc[passage.start]
    for _ in range(10):
        if token.pos_ == "VERB" and page.quoted_in[token.i] is None:
            own = subject(token)
            if own is not None and page.quoted_in[own.i] is None:
                return Spoken(passage, token.i, own.i, 0.45, "governing verb")
        if token.head == token:
            return None
        token = token.head
    return None


def speaker_near(page: Page, verb: Token, run: list[Token]) -> Token | None:
    """The verb's subject outside the quotation, by the parse; else the noun phrase beside it."""
    low, high = run[0].i, run[-1].i
    own = subject(verb)
    if own is not None and (page.quoted_in[own.i] is not None or (own.lower_ == "it" and own.i > verb.i)):
        own = None  # as she put it: the parser may take `it` for the subject
    if own is not None and low <= own.i <= high:
        return own
    place = run.index(verb)
    if verb.tag_ != "VBG" and verb.lemma_ != "tell" and (place == 0 or run[place - 1].is_punct):
        for token in run[place + 1 :]:  # said Ms. Moore
            if token.pos_ in ("PROPN", "NOUN", "PRON"):
                return last_of_name(token)
            if token.pos_ not in ("DET", "ADJ", "ADV"):
                break
    if own is not None:
        return own
    for wanted in (("nsubj", "nsubjpass"), None):
        for token in reversed(run[:place]):
            if token.dep_ in wanted if wanted else token.pos_ in ("PROPN", "NOUN", "PRON"):
                return token
    return None


def last_of_name(token: Token) -> Token:
    """The head of a name whose first word is given."""
    while token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        token = token.head
    return token


# ---------------------------------------------------------------- choice


def quote_claims(page: Page, readings: list[Claim], spoken: list[Spoken]) -> list[Claim]:
    """Readings and quoted passages as claims: one cue, one claim.

    `"One," she said. "Two."` is one attribution with two pieces; in `he vowed to be "ruthless"` the content
    is the clause that holds the fragment.
    """
    by_cue = {claim.cue[0]: claim for claim in sorted(readings, key=lambda c: c.probability)}
    quotes: dict[int, Claim] = {}
    loose = []
    for item in spoken:
        utterance = item.rule not in ("fragment", "cue in sentence", "governing verb")
        claim = quotes.get(item.cue)
        if item.cue is None or (claim is None and item.rule == "same paragraph"):
            reading = by_cue.get(item.cue)
            if reading is not None and overlap(reading.content, item.passage.inner):
                continue
            loose.append(Claim((item.passage.inner,), None, None, item.speaker, item.probability, item.rule))
        elif claim is not None:
            quotes[item.cue] = join(page, claim, item)
        elif not utterance and item.cue in by_cue:
            quotes[item.cue] = join(page, by_cue[item.cue], item)
        else:
            lemma = page.doc[item.cue].lemma_.lower()
            quotes[item.cue] = Claim(
                (item.passage.inner,), (item.cue, item.cue + 1), lemma, item.speaker, item.probability, item.rule
            )
    return [c for c in readings if c.cue[0] not in quotes] + list(quotes.values()) + loose


def overlap(content: tuple[tuple[int, int], ...], span: tuple[int, int]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in content)


def join(page: Page, claim: Claim, item: Spoken) -> Claim:
    """The claim with the passage: stretched over it within a sentence, else as one more piece."""
    start, end = item.passage.inner
    last = claim.content[-1]
    if last[0] <= start and end <= last[1]:
        joined = claim.content
    elif item.rule == "fragment" and last[0] <= start and page.unit[page.token_at(last[0])] == page.unit[item.passage.start]:
        joined = (*claim.content[:-1], (last[0], max(last[1], end)))
    else:
        joined = tuple(sorted({*claim.content, (start, end)}))
    rule = item.rule if claim.rule in FRAMES else claim.rule
    return claim._replace(content=joined, rule=rule, probability=max(claim.probability, item.probability))


FRAMES = frozenset(f for _, f in shares())


def chosen(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims that stand: the surest first, none inside another, one for a cue."""
    taken: list[Claim] = []
    cues: set[int] = set()
    owned: set[int] = set()
    for claim in sorted(claims, key=lambda c: (-c.probability, c.content)):
        tokens = [i for s, e in claim.content for i in range(page.token_at(s), page.token_at(e - 1) + 1)]
        if claim.cue and (claim.cue[0] in cues or claim.cue[0] in owned):
            continue
        if sum(i in owned for i in tokens) > 0.3 * len(tokens) or any(i in cues for i in tokens):
            continue
        owned.update(tokens)
        if claim.cue:
            cues.add(claim.cue[0])
        taken.append(claim)
    return sorted(taken, key=lambda c: c.content)


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
