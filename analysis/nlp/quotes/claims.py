"""Everything in a Doc that may be an attribution: readings, quoted passages and transcript lines."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from analysis.nlp.parse.reporting_words import UNKNOWN, shares, stances
from analysis.nlp.parse.tree import NOMINAL
from analysis.nlp.quotes.direct_speech import AttributedPassage, attribute_passages
from analysis.nlp.quotes.page import Page, content_span, token_at
from analysis.nlp.quotes.passage_rules import PassageRule
from analysis.nlp.quotes.quote_cues import skip_dateline
from analysis.nlp.quotes.readings import Reading
from analysis.nlp.quotes.reporting_frames import find_readings

Span = tuple[int, int]


class Claim(NamedTuple):
    """A reading or a quoted passage with a speaker, before the best ones are chosen."""

    content: tuple[Span, ...]  # characters
    cue: Span | None  # tokens
    lemma: str | None  # of the cue
    speaker: int  # token
    share: float  # how often such a cue, or such a rule, is right
    frame: str | None  # None: a passage rule found it
    rule: PassageRule | None  # None: the frame of a reporting word found it
    probability: float = 0.0


MINIMUM_SHARE = 0.08  # below which a reading is not even weighed
LONGEST = 400  # tokens; a longer clause is a broken parse, and nested ones would cost their square
SAID_BEFORE = 0.3  # share from which a reading counts as something said before a quote
SETTLED = 0.4  # probability from which a reading decides who says the fragments in its content
HEADLINE_TOKENS = 60
FRAGMENT_RULES = frozenset(
    (
        PassageRule.FRAGMENT,
        PassageRule.CUE_IN_SENTENCE,
        PassageRule.GOVERNING_VERB,
        PassageRule.SCARE_QUOTE,
        PassageRule.OWNER,
    )
)
"""The passage is part of the reporter's sentence."""
CONTINUING_RULES = frozenset((PassageRule.SAME_PARAGRAPH, PassageRule.SENTENCE_BEFORE))
"""The passage continues what another cue introduced."""


def possible_readings(page: Page) -> list[Reading]:
    """Readings outside quotation marks that have a speaker, in the order of the cues."""
    return [reading for reading in find_readings(page.doc) if is_possible(page, reading)]


def is_possible(page: Page, reading: Reading) -> bool:
    """Whether a reading is worth weighing; one inside quotation marks is part of what is quoted."""
    if reading.speaker is None or share_of(reading) < MINIMUM_SHARE:
        return False
    if reading.content[-1][1] - reading.content[0][0] > LONGEST:
        return False
    return page.quoted_in[reading.cue] is None and page.quoted_in[reading.speaker] is None


def share_of(reading: Reading) -> float:
    """Share of the word in its frame; of the frame as a whole for a word that the list lacks."""
    known = shares()
    return known.get((reading.lemma, reading.frame), known.get((UNKNOWN, reading.frame), 0.0))


def is_said_before(reading: Reading) -> bool:
    """Whether a quote may go on from a reading."""
    return share_of(reading) >= SAID_BEFORE


def reading_claims(page: Page, readings: list[Reading]) -> list[Claim]:
    """The readings as claims; without those that have only punctuation for content."""
    claims = []
    for reading in readings:
        content = tuple(span for piece in reading.content if (span := content_span(page, *piece)))
        if content:
            cue = (reading.cue, reading.cue_end)
            speaker = skip_dateline(page, page.doc[reading.speaker], reading.cue).i
            share = share_of(reading)
            claims.append(Claim(content, cue, reading.lemma, speaker, share, reading.frame, None))
    return claims


def fragment_sources(page: Page, claims: list[Claim]) -> dict[int, Span]:
    """For each passage inside the content of readings: cue and speaker of the most probable one."""
    starts = [passage.inner[0] for passage in page.passages]
    best: dict[int, Claim] = {}
    for claim in claims:
        if claim.probability < SETTLED:
            continue
        for start, end in claim.content:
            for place in range(bisect_left(starts, start), bisect_left(starts, end)):
                if place not in best or best[place].probability < claim.probability:
                    best[place] = claim
    return {place: (claim.cue[0], claim.speaker) for place, claim in best.items()}


def passage_claims(
    page: Page, readings: list[Reading], reported: list[Claim], weighed: list[Claim]
) -> list[Claim]:
    """Readings and quoted passages as claims: one cue, one claim.

    `"One," she said. "Two."` is one attribution with two pieces; in `he vowed to be "ruthless"` the content
    is the clause that has the fragment.

    Args:
        page: the Doc.
        readings: in the order of the cues.
        reported: the readings as claims.
        weighed: the same with their probabilities.
    """
    said = [reading for reading in readings if is_said_before(reading)]
    attributed = attribute_passages(page, said, fragment_sources(page, weighed))
    by_cue = {claim.cue[0]: claim for claim in sorted(reported, key=lambda c: c.share)}
    groups: dict[int, list[AttributedPassage]] = {}
    alone: list[Claim] = []
    for item in attributed:
        if item.cue is not None and (item.cue in groups or item.rule not in CONTINUING_RULES):
            groups.setdefault(item.cue, []).append(item)
        elif item.cue not in by_cue or not overlaps(by_cue[item.cue].content, item.passage.inner):
            alone.append(passage_claim(page, item._replace(cue=None)))
    merged = [merge_passages(page, by_cue.get(cue), items) for cue, items in groups.items()]
    return [claim for claim in reported if claim.cue[0] not in groups] + merged + alone


def passage_claim(page: Page, item: AttributedPassage) -> Claim:
    """A quoted passage as a claim."""
    cue = (item.cue, item.cue + 1) if item.cue is not None else None
    lemma = page.doc[item.cue].lemma_.lower() if item.cue is not None else None
    return Claim((item.passage.inner,), cue, lemma, item.speaker, item.share, None, item.rule)


def overlaps(content: tuple[Span, ...], span: Span) -> bool:
    """Whether a span shares a character with the content."""
    return any(start < span[1] and span[0] < end for start, end in content)


def merge_passages(page: Page, reading: Claim | None, items: list[AttributedPassage]) -> Claim:
    """One claim from the passages of a cue; fragments of one sentence and the words between are one piece."""
    claim = passage_claim(page, items[0])
    pieces = [items[0].passage.inner]
    if reading is not None and items[0].rule in FRAGMENT_RULES:
        claim, pieces = reading._replace(frame=None, rule=items[0].rule), list(reading.content)
        items = [items[0], *items]
    for item in items[1:]:
        (first, last), (start, end) = pieces[-1], item.passage.inner
        is_same_unit = page.unit[token_at(page, first)] == page.unit[item.passage.start]
        # "One," she said, "two": the cue is between the pieces and part of neither.
        is_split = claim.cue is not None and last <= page.starts[claim.cue[0]] < start
        if first <= start and item.rule in FRAGMENT_RULES and is_same_unit and not is_split:
            pieces[-1] = (first, max(last, end))
        elif not first <= start <= end <= last:
            pieces.append((start, end))
    share = max([claim.share, *(item.share for item in items)])
    return claim._replace(content=merge_spans(pieces), share=share)


def merge_spans(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, overlapping ones as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def line_claims(page: Page) -> Iterator[Claim]:
    """Lines that begin with their speaker: a transcript's, and a headline's (`Cruz: No Deal`)."""
    quoted = {passage.paragraph for passage in page.passages}
    for number, turn in page.turns.items():
        spans = ((turn.start, turn.end), *turn.later)
        content = tuple(piece for span in spans if (piece := content_span(page, *span)))
        if number not in quoted and content:
            yield Claim(content, None, None, turn.name, 0.9, None, PassageRule.TRANSCRIPT)
    headline = [i for i, number in enumerate(page.paragraph[:HEADLINE_TOKENS]) if number == 0]
    colon = next((i for i in headline[1:7] if page.doc[i].text == ":"), None)
    if colon is not None and page.doc[colon - 1].pos_ in NOMINAL:
        content = content_span(page, colon + 1, headline[-1] + 1)
        if content and len(headline) - colon > 3:
            cue = (colon, colon + 1)
            yield Claim((content,), cue, ":", colon - 1, 0.6, None, PassageRule.HEADLINE_COLON)


def stance_of(claim: Claim) -> str | None:
    """The attitude that the cue shows; neutral where the list says nothing."""
    if claim.lemma is None:
        return None
    known = stances()
    own = known.get((claim.lemma, claim.frame)) or known.get((claim.lemma, "quote"))
    return own or known.get((claim.lemma, "clause")) or "neutral"
