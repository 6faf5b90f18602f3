"""Attitudes: what speakers hold of countries, read from what they say.

An attitude is not what an article says of a country, but what somebody in it does: *Tehran condemned the
Israeli strike on Syria* is Iran's attitude towards Israel, against it, and not towards Syria. Each sentence
that somebody says, or in which their side acts, is weighed for each other side that it names: what the
speaker's side does to it and gets from it, what third sides do to it or get from it (a victim is not
blamed), and how the reader takes the sentence to judge it. `stance/attitudes.csv` has the weights, fitted
by `benchmarks/fit_attitudes.py`.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.country_names import AFFILIATIONS, BODY_CODES
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.page import Mention
from analysis.nlp.events.coder import Event, ReadText, event_sides
from analysis.nlp.events.passages import mention_runs, place_owners, side_key
from analysis.nlp.events.references import Actors
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.reader import card
from analysis.nlp.quotes.attribution import Quote
from analysis.schemas import ACT_STATUSES

GROUP_PREFIX = "group:"
COUNTRY_CODE_LENGTH = 3
LABELS = (-1, 1)
MIN_PROBABILITY = 0.28  # from which an attitude is reported; from .24 to .3 F1 out of fold is the same
FADING = 0.85  # a second sentence that says the same adds less
MAX_REMARKS = 6  # of one speaker on one country that are added up, the surest
MAX_SIDES = 8  # of a sentence, those named first: pairs grow with the square
MAX_SPEAKERS = 16  # of a sentence, those quoted first
SPEAKER, TARGET, OTHER = "speaker", "target", "other"
ROLES = (SPEAKER, TARGET, OTHER)
DOUBTS = ("", " not done")
WAYS = {"for": 1, "against": -1}
SIGNS = (
    *("always", "quoted", "acts", "in the quote", "quote probability", "no country"),
    *("words against", "words for"),
    *(f"{SPEAKER} > {TARGET} quad {quad}{doubt}" for quad in (1, 2, 3, 4) for doubt in DOUBTS),
    *(f"{one} > {two} {way}" for one in ROLES for two in ROLES for way in WAYS),
    *("article: warmth to target", "article: warmth of target"),
)
"""Every sign of an attitude; quads are those of the events in the sentence."""

Named = tuple[str, list[tuple[int, int]]]


class Attitude(NamedTuple):
    """What one speaker of an article holds of one country; offsets of the sentence that shows it best."""

    speaker_name: str
    speaker_country_code: str | None
    target_country_code: str
    label: int  # 1: the words favour it; -1: they are against it
    probability: float
    start_char: int
    end_char: int


class Remark(NamedTuple):
    """A sentence in which a speaker may judge a side that it names."""

    start_char: int
    end_char: int
    speaker_name: str
    speaker: str | None  # key of the side, from `side_key`
    speaker_code: str | None
    target: str
    target_code: str
    place: tuple[int, int]  # where it names the target
    quote: Quote | None  # None where the speaker's side only acts
    is_inside: bool  # whether the target is named in what is quoted


def find_attitudes(
    text: ReadText,
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    events: Sequence[Event],
) -> list[Attitude]:
    """Attitudes of the speakers of one text towards countries, blocs and armed groups.

    Args:
        text: a text that the reader has read, from `read_text`.
        mentions: who is named in it, from `find_actors`.
        quotes: its attributions, from `find_quotes`.
        events: its events, from `find_events`.

    Returns:
        One row per speaker and target, in the order of the text. A code is that of the country, EUU, NATO or
        UNO for these bodies, or the name of an armed group without its spaces.
    """
    remarks = list(find_remarks(text.tree.doc, mentions, quotes, events))
    found: dict[tuple, list[tuple[float, Remark]]] = defaultdict(list)
    for remark, signs in zip(remarks, remark_signs(text, remarks, events), strict=True):
        key = remark.speaker_name, remark.speaker_code, remark.target_code
        for label, p in zip(LABELS, softmax(signs, sign_weights()), strict=True):
            found[*key, label].append((p, remark))
    sure = {key: summed([p for p, _ in rows]) for key, rows in found.items()}
    rows = []
    for key, p in sure.items():
        if p >= MIN_PROBABILITY and p >= sure[*key[:3], -key[3]]:
            place = max(found[key], key=lambda row: row[0])[1]
            rows.append(Attitude(*key, round(p, 2), place.start_char, place.end_char))
    return sorted(rows, key=lambda row: (row.start_char, row.speaker_name, row.target_country_code))


def summed(chances: Sequence[float]) -> float:
    """Probability that at least one of several sentences shows the attitude, the later ones fading."""
    none = 1.0
    for i, p in enumerate(sorted(chances, reverse=True)[:MAX_REMARKS]):
        none *= 1 - p * FADING**i
    return 1 - none


def softmax(signs: Mapping[str, float], known: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Probability that a remark is against its target, and that it is for it."""
    weighed = [(known[sign], value) for sign, value in signs.items() if sign in known]
    against, favour = (sum(weights[side] * value for weights, value in weighed) for side in (0, 1))
    highest = max(0.0, against, favour)
    powers = [math.exp(score - highest) for score in (against, favour, 0.0)]
    return powers[0] / sum(powers), powers[1] / sum(powers)


@cache
def sign_weights() -> dict[str, tuple[float, float]]:
    """Sign -> what it adds to the log-odds of "against" and of "for"."""
    rows = load_lexicon("stance/attitudes", allowed={"sign": SIGNS}, numbers=("against", "for"))
    return {row["sign"]: (float(row["against"]), float(row["for"])) for row in rows.to_dict("records")}


# ---------------------------------------------------------------- who may judge whom


def find_remarks(
    doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote], events: Sequence[Event]
) -> Iterator[Remark]:
    """Each speaker of a sentence, and each other side that it names, with each side that it names besides."""
    named = place_owners(doc) | {
        i: (m,) for m in mentions if not m.is_dateline for i in range(m.start, m.end)
    }
    by_start: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        by_start[event.start_char].append(event)
    spoken = sorted(
        (span, i)
        for i, quote in enumerate(quotes)
        if quote.speaker_name
        for span in (*quote.content_spans, *([quote.cue_span] if quote.cue_span else []))
    )
    starts = [start for (start, _), _ in spoken]
    longest = max((end - start for (start, end), _ in spoken), default=0)
    for sentence in sentences(doc):
        first = bisect_left(starts, sentence.start_char - longest)
        before = spoken[first : bisect_left(starts, sentence.end_char)]
        near = {i for (_, end), i in before if end > sentence.start_char}
        sides = dict(islice(named_sides(sentence, named).items(), MAX_SIDES))
        said = [quotes[i] for i in sorted(near)]
        speakers = speakers_of(said, by_start[sentence.start_char], sides) if sides else {}
        for name, (side, quote) in islice(speakers.items(), MAX_SPEAKERS):
            yield from (
                as_remark(sentence, (name, side), quote, target, places)
                for target, (_, places) in sides.items()
                if target[0] != side
            )


def speakers_of(
    quotes: Sequence[Quote], events: Sequence[Event], named: Mapping[tuple[str, str], Named]
) -> dict[str, tuple[str | None, Quote | None]]:
    """Name -> side and quote of everybody who speaks in a sentence, and of the other sides that it names."""
    found: dict[str, tuple[str | None, Quote | None]] = {
        quote.speaker_name: (speaking_side(quote), quote) for quote in quotes
    }
    sides = {side for side, _ in found.values()}
    others = [(event_sides(event)[0], event.source_name) for event in events]
    others += [(side, name) for (side, _), (name, _) in named.items()]
    for side, name in others:
        if side not in sides and side_code(side):
            found.setdefault(name, (side, None))
            sides.add(side)
    return found


def speaking_side(quote: Quote) -> str | None:
    """The side that a speaker belongs to, as `side_key` gives it."""
    speaker = (quote.speaker_id or "").split("/")[0]
    is_other = quote.country_code or side_code(speaker) is None
    return (quote.country_code or AFFILIATIONS.get(quote.affiliation)) if is_other else speaker


def named_sides(sentence: Span, actors: Actors) -> dict[tuple[str, str], Named]:
    """Key and code of each side that a sentence names -> the first name, and where they are."""
    found: dict[tuple[str, str], Named] = {}
    for first, last, (mention, *_) in mention_runs(sentence, actors):
        side = side_key(mention)
        code = side and side_code(side)
        if code:
            end = sentence.doc[last].idx + len(sentence.doc[last])
            found.setdefault((side, code), (mention.name, []))[1].append((sentence.doc[first].idx, end))
    return found


def side_code(side: str) -> str | None:
    """The code of a side; None for persons and for bodies that are no side."""
    if len(side) == COUNTRY_CODE_LENGTH and side.isupper():
        return side
    if side.startswith(GROUP_PREFIX):
        words = side.removeprefix(GROUP_PREFIX).split("-")
        return "".join(
            word.upper() if len(word) <= COUNTRY_CODE_LENGTH else word.capitalize() for word in words
        )
    return BODY_CODES.get(side)


def as_remark(
    sentence: Span,
    speaker: tuple[str, str | None],
    quote: Quote | None,
    target: tuple[str, str],
    places: Sequence[tuple[int, int]],
) -> Remark:
    """A remark on one of the sides of a sentence, at its first place inside what is quoted."""
    name, side = speaker
    spans = quote.content_spans if quote else ()
    inside = [place for place in places if any(start <= place[0] < end for start, end in spans)]
    code = side and side_code(side)
    ends = sentence.start_char, sentence.end_char
    return Remark(*ends, name, side, code, *target, (inside or places)[0], quote, bool(inside))


# ---------------------------------------------------------------- what speaks for an attitude


def remark_signs(
    text: ReadText, remarks: Sequence[Remark], events: Sequence[Event]
) -> Iterator[dict[str, float]]:
    """The signs of each remark with their strengths."""
    by_start: dict[int, list[Event]] = defaultdict(list)
    counts: dict[tuple[str, str, int], int] = defaultdict(int)
    for event in events:
        by_start[event.start_char].append(event)
        counts[*event_sides(event), event.quad] += 1
    place_of = {f"words {way}": card()["stances"].index(label) for way, label in WAYS.items()}
    judged = {
        (question.sentence.start_char, question.target.key): {
            sign: float(reading.stances[n, place]) for sign, place in place_of.items()
        }
        for _, questions, reading in text.passages
        for n, question in enumerate(questions)
        if reading.is_read[n]
    }
    for remark in remarks:
        signs = {"always": 1.0} | ({"no country": 1.0} if remark.speaker_code is None else {})
        if remark.quote:
            signs |= {"quoted": 1.0, "in the quote": float(remark.is_inside)}
            signs["quote probability"] = remark.quote.probability
        signs |= judged.get((remark.start_char, remark.target), {})
        yield signs | event_signs(remark, by_start[remark.start_char]) | article_signs(remark, counts)


def event_signs(remark: Remark, events: Sequence[Event]) -> dict[str, float]:
    """What passes between the speaker's side, the target and others in the sentence, the surest of each."""
    signs: dict[str, float] = {}
    for event in events:
        if event_sides(event)[0] == remark.speaker and not remark.quote:
            signs["acts"] = 1.0
        roles = {remark.target: TARGET, remark.speaker: SPEAKER}
        one, two = (roles.get(side, OTHER) for side in event_sides(event))
        way = "for" if event.quad < 3 else "against"
        if (one, two) == (SPEAKER, TARGET):
            way = f"quad {event.quad}{DOUBTS[event.status not in ACT_STATUSES]}"
        sign = f"{one} > {two} {way}"
        signs[sign] = max(signs.get(sign, 0.0), event.probability)
    return signs


def article_signs(remark: Remark, counts: Mapping[tuple[str, str, int], int]) -> dict[str, float]:
    """What the whole article reports between the two sides: opinions rarely contradict it."""
    signs = {}
    pairs = {"to": (remark.speaker, remark.target), "of": (remark.target, remark.speaker)}
    for name, pair in pairs.items():
        good, bad = (sum(counts.get((*pair, quad), 0) for quad in quads) for quads in ((1, 2), (3, 4)))
        signs[f"article: warmth {name} target"] = (good - bad) / (good + bad + 2)
    return signs
