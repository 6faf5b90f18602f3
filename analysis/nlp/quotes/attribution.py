"""Docs to attributions: who is said to have said, thought or wanted what."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.actors.mentions import Mention
from analysis.nlp.quotes.direct_speech import (
    Page,
    Spoken,
    attribute_passages,
    behind_dateline,
    chars,
    read_page,
    token_at,
)
from analysis.nlp.quotes.reporting_frames import STRONG, Reading, find_readings, max_share, shares, stances
from analysis.nlp.quotes.speaker_resolution import (
    QUESTIONS,
    Speaker,
    anonymity_notes,
    anonymity_nouns,
    phrase,
    resolve_speakers,
)


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


class Claim(NamedTuple):
    """A reading or a quote with a speaker, before the best ones are chosen."""

    content: tuple[tuple[int, int], ...]  # characters
    cue: tuple[int, int] | None  # tokens
    lemma: str | None
    speaker: int  # token
    share: float  # how often such a cue, or such a rule, is right
    rule: str
    probability: float = 0.0


FLOOR = 0.08  # share below which a reading is not even weighed
LONGEST = 400  # tokens; a longer clause is a broken parse, and nested ones would cost their square
HOLDS = 0.4  # probability from which a reading settles who says the fragments in its content
SPOKEN = 0.3  # share from which a reading counts as something said before a quote
BELIEVED = 0.36  # probability from which a reading is reported: best F1 on PolNeAR train
QUOTED = 0.6  # the same for words between quotation marks
SHARED = 0.3  # how much of a piece another claim may have taken before
FRAGMENTS = frozenset(("fragment", "cue in sentence", "governing verb", "scare quote", "owner"))
ANSWERS = frozenset(("same paragraph", "sentence before"))
WHOLE = 0.9  # share of the content between marks from which it is a direct quote


def find_quotes(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """Attributions of one Doc, in the order of the text.

    Args:
        doc: a parsed Doc.
        mentions: `find_actors(doc)`; without them speakers are named by their noun phrases.
    """
    page = read_page(doc)
    states = {m.end - 1 for m in mentions if m.kind in ("country", "bloc")}
    actors = {i for m in mentions for i in range(m.start, m.end)}
    asked = asked_tokens(page)
    claims = [c for c in weighed(page, find_claims(page)) if token_at(page, c.content[0][0]) not in asked]
    claims = [c for c in claims if not is_act(page, c, states, actors)]
    picked = chosen(page, claims)
    picked = sorted(picked + nested_minds(claims, picked, states), key=lambda c: c.content)
    order = sorted(range(len(picked)), key=lambda n: picked[n].speaker)
    heads = [picked[n].speaker for n in order]
    quoted = [place is not None for place in page.quoted_in]
    found = resolve_speakers(doc, mentions, heads, quoted, page.paragraph)
    who = with_notes(page, picked, dict(zip(order, found, strict=True)))
    for n, claim in enumerate(picked):
        yield as_quote(page, claim, who[n])


def find_claims(page: Page) -> list[Claim]:
    """Everything that may be an attribution."""
    readings = [r for r in find_readings(page.doc) if is_possible(page, r)]
    said = [r for r in readings if share_of(r) >= SPOKEN]
    claims = [claim for r in readings if (claim := reading_claim(page, r))]
    spoken = attribute_passages(page, said, holders(page, weighed(page, claims)))
    return with_quotes(page, claims, spoken) + list(line_claims(page))


def is_possible(page: Page, reading: Reading) -> bool:
    """Outside quotation marks (what a speaker says others said is part of his words), with a speaker."""
    if reading.speaker is None or share_of(reading) < FLOOR:
        return False
    if reading.content[-1][1] - reading.content[0][0] > LONGEST:
        return False
    return page.quoted_in[reading.cue] is None and page.quoted_in[reading.speaker] is None


def share_of(reading: Reading) -> float:
    """Share of the word in its frame; for a word that the list lacks, of the frame as a whole."""
    known = shares()
    return known.get((reading.lemma, reading.frame), known.get(("*", reading.frame), 0.0))


def reading_claim(page: Page, reading: Reading) -> Claim | None:
    """The reading as a claim; None where its content is nothing but punctuation."""
    content = tuple(c for piece in reading.content if (c := chars(page, *piece)))
    if not content:
        return None
    cue = (reading.cue, reading.cue_end)
    speaker = behind_dateline(page, page.doc[reading.speaker], reading.cue).i
    return Claim(content, cue, reading.lemma, speaker, share_of(reading), reading.frame)


def holders(page: Page, claims: list[Claim]) -> dict[int, tuple[int, int]]:
    """For each passage that stands inside the content of readings: cue and speaker of the surest one."""
    starts = [passage.inner[0] for passage in page.passages]
    best: dict[int, Claim] = {}
    for claim in claims:
        if claim.probability < HOLDS:
            continue
        for start, end in claim.content:
            for place in range(bisect_left(starts, start), bisect_left(starts, end)):
                if place not in best or best[place].probability < claim.probability:
                    best[place] = claim
    return {place: (claim.cue[0], claim.speaker) for place, claim in best.items()}


def line_claims(page: Page) -> Iterator[Claim]:
    """Lines that open with their speaker: a transcript's, and a headline's (`Cruz: No Deal`)."""
    quoted = {passage.paragraph for passage in page.passages}
    for number, turn in page.turns.items():
        spans = ((turn.start, turn.end), *turn.later)
        content = tuple(piece for span in spans if (piece := chars(page, *span)))
        if number not in quoted and content:
            yield Claim(content, None, None, turn.name, 0.9, "transcript")
    head = [i for i, number in enumerate(page.paragraph[:60]) if number == 0]
    colon = next((i for i in head[1:7] if page.doc[i].text == ":"), None)
    if colon is not None and page.doc[colon - 1].pos_ in ("PROPN", "NOUN"):
        content = chars(page, colon + 1, head[-1] + 1)
        if content and len(head) - colon > 3:
            yield Claim((content,), (colon, colon + 1), ":", colon - 1, 0.6, "headline colon")


def asked_tokens(page: Page) -> set[int]:
    """What an interviewer asks: nobody's word, even where he tells what others say."""
    asking = [turn for turn in page.turns.values() if page.doc[turn.name].text in QUESTIONS]
    spans = [span for turn in asking for span in ((turn.start, turn.end), *turn.later)]
    return {i for start, end in spans for i in range(start, end)}


def with_quotes(page: Page, readings: list[Claim], spoken: list[Spoken]) -> list[Claim]:
    """Readings and quoted passages as claims: one cue, one claim.

    `"One," she said. "Two."` is one attribution with two pieces; in `he vowed to be "ruthless"` the content
    is the clause that holds the fragment.
    """
    by_cue = {claim.cue[0]: claim for claim in sorted(readings, key=lambda c: c.share)}
    groups: dict[int, list[Spoken]] = {}
    loose: list[Claim] = []
    for item in spoken:
        if item.cue is not None and (item.cue in groups or item.rule not in ANSWERS):
            groups.setdefault(item.cue, []).append(item)
        elif item.cue not in by_cue or not overlaps(by_cue[item.cue].content, item.passage.inner):
            loose.append(quote_claim(page, item._replace(cue=None)))
    joined = [join(page, by_cue.get(cue), items) for cue, items in groups.items()]
    return [c for c in readings if c.cue[0] not in groups] + joined + loose


def quote_claim(page: Page, item: Spoken) -> Claim:
    """A quoted passage as a claim."""
    cue = (item.cue, item.cue + 1) if item.cue is not None else None
    lemma = page.doc[item.cue].lemma_.lower() if item.cue is not None else None
    return Claim((item.passage.inner,), cue, lemma, item.speaker, item.probability, item.rule)


def overlaps(content: tuple[tuple[int, int], ...], span: tuple[int, int]) -> bool:
    """Whether a span shares a character with the content."""
    return any(start < span[1] and span[0] < end for start, end in content)


def join(page: Page, reading: Claim | None, items: list[Spoken]) -> Claim:
    """One claim from the passages of a cue, stretched over fragments within a sentence."""
    claim = quote_claim(page, items[0])
    pieces = [items[0].passage.inner]
    if reading is not None and items[0].rule in FRAGMENTS:
        claim, pieces = reading._replace(rule=items[0].rule), list(reading.content)
        items = [items[0], *items]
    for item in items[1:]:
        (first, last), (start, end) = pieces[-1], item.passage.inner
        same_unit = page.unit[token_at(page, first)] == page.unit[item.passage.start]
        # "One," she said, "two": the cue is no part of it.
        is_split = claim.cue is not None and last <= page.starts[claim.cue[0]] < start
        if first <= start and item.rule in FRAGMENTS and same_unit and not is_split:
            pieces[-1] = (first, max(last, end))
        elif not first <= start <= end <= last:
            pieces.append((start, end))
    share = max([claim.share, *(item.probability for item in items)])
    return claim._replace(content=merged(pieces), share=share)


def merged(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, overlapping ones as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


# ---------------------------------------------------------------- how far to believe a claim


@cache
def weights() -> dict[str, float]:
    """What each sign adds to the log-odds of a claim."""
    rows = load_lexicon("quotes/feature_weights")
    return dict(zip(rows["sign"], map(float, rows["weight"]), strict=True))


def weighed(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims with their probabilities: log-odds of the share, plus what each sign adds."""
    known = weights()
    out = []
    for claim in claims:
        odds = known["share"] * logit(claim.share) + known["always"]
        odds += sum(known.get(sign, 0.0) for sign in signs(page, claim))
        out.append(claim._replace(probability=1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))
    return out


def logit(share: float) -> float:
    """Log-odds of a share, kept away from 0 and 1."""
    share = min(max(share, 0.02), 0.98)
    return math.log(share / (1 - share))


RULES = frozenset(
    (
        "cue after",
        "verb after",
        "cue before",
        "name and colon",
        "fragment",
        "cue in sentence",
        "same paragraph",
        "sentence before",
        "next paragraph",
        "paragraph before",
        "speech goes on",
        "governing verb",
        "scare quote",
        "dash and name",
        "transcript",
        "headline colon",
        "owner",
    )
)
PERSONS = {
    "i": "I", "we": "I", "you": "you", "he": "he", "she": "he", "they": "they", "it": "it", "this": "it",
    "that": "that", "who": "who", "which": "that",
}  # fmt: skip


def signs(page: Page, claim: Claim) -> Iterator[str]:
    """What speaks for or against a claim, by name; each weighs as `quotes/feature_weights.csv` says."""
    doc = page.doc
    speaker = doc[claim.speaker]
    yield ("rule " if claim.rule in RULES else "frame ") + claim.rule
    yield "speaker " + person_of(claim, speaker)
    first, last = token_at(page, claim.content[0][0]), token_at(page, claim.content[-1][1] - 1)
    length = last - first + 1
    yield "content of " + ("1" if length < 2 else "2-3" if length < 4 else "4-7" if length < 8 else "8+")
    is_quoted = any(page.quoted_in[i] is not None for i in range(first, last + 1))
    if claim.rule not in RULES and is_quoted:
        yield "holds a quote"
    if doc[first].lower_ == "that":
        yield "content with that"
    if doc[first].pos_ == "PRON":
        yield "content with pronoun"
    if page.paragraph[claim.speaker] == 0:
        yield "headline"
    if claim.cue is None:
        return
    cue = doc[claim.cue[0]]
    if (
        claim.speaker
        and claim.speaker < cue.i
        and doc[max(0, doc[claim.speaker].left_edge.i - 1)].lower_ == "what"
    ):
        yield "what they say"
    if claim.rule not in RULES:
        yield "form " + cue.tag_
        yield "clause " + cue.dep_
        for child in cue.children:
            if child.dep_ == "neg":
                yield "negated"
            elif child.tag_ == "MD":
                yield "modal " + child.lower_
    if abs(claim.speaker - claim.cue[0]) > 8:
        yield "speaker far off"


def person_of(claim: Claim, speaker: Token) -> str:
    """`I`, `they`, a name, a noun; `it` beside a quoted passage is as good as a noun."""
    if speaker.lower_ == "it" and claim.rule in ("cue before", "cue after"):
        return "noun"
    return PERSONS.get(speaker.lower_) or {"PROPN": "name", "NOUN": "noun"}.get(speaker.pos_, "other")


def chosen(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims that stand: the surest first, none inside another, one for a cue."""
    taken: list[Claim] = []
    cues: set[int] = set()
    owned: set[int] = set()
    for claim in sorted(filter(is_believed, claims), key=lambda c: (-c.probability, c.content)):
        if claim.cue and (claim.cue[0] in cues or claim.cue[0] in owned):
            continue
        pieces = [(span, tokens_of(page, span)) for span in claim.content]
        free = [(span, own) for span, own in pieces if is_free(own, owned, cues)]
        if not free:
            continue
        for _, own in free:
            owned.update(own)
        if claim.cue:
            cues.add(claim.cue[0])
        taken.append(claim._replace(content=tuple(span for span, _ in free)))
    return sorted(taken, key=lambda c: c.content)


def with_notes(page: Page, picked: list[Claim], who: dict[int, Speaker | None]) -> dict[int, Speaker | None]:
    """The speakers, each unnamed one with the condition of anonymity stated beside one of his quotes."""
    places = sorted((page.starts[claim.speaker], n) for n, claim in enumerate(picked))
    notes: dict[str, str] = {}
    for start, words in anonymity_notes(page.text):
        last = bisect_left(places, (start, -1))
        for place in places[max(0, last - NEAREST) : last + 1][::-1]:
            speaker = who[place[1]]
            same = page.paragraph[token_at(page, place[0])] == page.paragraph[token_at(page, start)]
            if speaker is not None and same and not speaker.is_named:
                notes.setdefault(speaker.id, words)
                break
    return {
        n: s and s._replace(note=notes.get(s.id), is_anonymous=s.is_anonymous or s.id in notes)
        for n, s in who.items()
    }


STRIKING = {"attack", "target", "hit"}
FORCES = {
    "aircraft", "airstrike", "army", "artillery", "boat", "bomber", "drone", "fighter", "force",
    "gunman", "insurgent", "jet", "militant", "military", "militia", "missile", "navy", "rebel",
    "rocket", "soldier", "tank", "terrorist", "troop", "vessel", "warplane", "warship",
}  # fmt: skip
NEAREST = 3  # speakers looked back on from a condition of anonymity


def is_act(page: Page, claim: Claim, states: set[int], actors: set[int]) -> bool:
    """`Israel attacked Iran`, `Egypt recalled its envoy`: what a state does to somebody is no statement.

    With a reason (`attacked Iran for its silence`) it may be one. Troops and drones never attack in words.
    """
    if is_deed(page, claim) or is_unlikely(page, claim, states):
        return True
    if claim.lemma in STRIKING and page.doc[claim.speaker].lemma_.lower() in FORCES:
        return True
    if claim.rule not in ("object", "passive") or claim.speaker not in states:
        return False
    own = tokens_of(page, (claim.content[0][0], claim.content[-1][1]))
    head = page.doc[own.start : own.stop].root
    after = head.right_edge.i + 1
    is_bare = after >= own.stop or page.doc[after].lower_ == "on"
    return is_bare and (head.i in actors or head.pos_ == "PRON" or head.lemma_ in anonymity_nouns())


def is_unlikely(page: Page, claim: Claim, states: set[int]) -> bool:
    """A verb that seldom reports where it looks least like reporting, and carries no attitude.

    Behind what it is read to report (`One side bombs a camp, the other shoots down a drone`) three in ten
    are right on PolNeAR train, with an object (`They reached a deal`) four, of a state three.
    """
    if claim.cue is None or claim.rule not in ("clause", "object", "ing"):
        return False
    attitude = stance_of(claim)
    if claim.rule == "clause":
        is_behind = claim.content[0][0] < page.starts[claim.cue[0]]
        return is_behind and claim.share < BEHIND and attitude in ("neutral", "intending")
    least = OF_STATES if claim.speaker in states else OF_OTHERS
    return attitude == "neutral" and claim.share < least


BEHIND = 0.59  # least share of a verb behind its clause
OF_STATES = 0.42  # of a verb with an object or a gerund, whose subject is a state
OF_OTHERS = 0.2


@cache
def deeds() -> dict[tuple[str, str], frozenset[str]]:
    """What makes a reporting word a deed, by verb (`*` for any) and role in the clause."""
    rows = load_lexicon("quotes/non_reporting_frames")
    found: dict[tuple[str, str], frozenset[str]] = {}
    for verb, role, noun in zip(rows["verb"], rows["role"], rows["noun"], strict=True):
        found[(verb, role)] = found.get((verb, role), frozenset()) | {noun}
    return found


def is_deed(page: Page, claim: Claim) -> bool:
    """`ordered two boats out`, `pointed to a map`, `responded by shelling`: done, not said.

    Words between quotation marks are said, whatever the verb.
    """
    doc = page.doc
    if claim.rule in FRAGMENTS and claim.lemma == "ask" and doc[claim.cue[0]].text == "Asked":
        return True  # Asked about the “special relationship”, he smiled
    if claim.cue is None or claim.rule in RULES:
        return False
    cue, speaker = doc[claim.cue[0]], doc[claim.speaker].lemma_.lower()
    if claim.lemma == "ask" and claim.rule == "clause" and is_asked(cue):
        return True
    if speaker in deeds()[("*", "press")] and (claim.lemma, "press") in deeds():
        return True
    if speaker in deeds()[("*", "subject")] | deeds().get((claim.lemma, "subject"), frozenset()):
        return True
    if (claim.lemma, "negated") in deeds() and any(child.dep_ == "neg" for child in cue.children):
        return True
    first = token_at(page, claim.content[0][0])
    head = doc[first : token_at(page, claim.content[-1][1] - 1) + 1].root
    if claim.rule == "by" and head.pos_ == "VERB" and max_share(head.lemma_) >= STRONG:
        return False
    particle = next((child.lower_ for child in cue.children if child.dep_ == "prt"), None)
    if particle is None and cue.i + 1 < len(doc) and doc[cue.i + 1].lower_ == "out":
        particle = "out"
    name = f"{claim.lemma} {particle}" if particle else claim.lemma
    nouns = deeds().get((name, claim.rule), frozenset())
    is_judged = any(child.dep_ in ("oprd", "attr") for child in cue.children)  # called her vote a mistake
    is_person = "person" in nouns and names_person(page, head)
    return not is_judged and ("*" in nouns or head.lemma_.lower() in nouns or is_person)


def is_asked(cue: Token) -> bool:
    """`Asked whether he would resign, Doe laughed`: somebody asked Doe."""
    return cue.tag_ == "VBN" and not any(child.dep_ in ("aux", "auxpass", "agent") for child in cue.children)


def names_person(page: Page, noun: Token) -> bool:
    """Whether a bare object is a person: `dismissed the general`, but not `dismissed him as a clown`."""
    after = noun.right_edge.i + 1
    is_judged = after < len(page.doc) and page.doc[after].lower_ == "as"
    is_listed = noun.lemma_.lower() in anonymity_nouns().keys() | deeds()[("*", "person")]
    return not is_judged and is_listed


def nested_minds(claims: list[Claim], picked: list[Claim], states: set[int]) -> list[Claim]:
    """`China doubts it can, she said`: what a state or a body thinks or wants, told inside another's words.

    PolNeAR marks only the outer attribution; an analyst asks for both.
    """
    cues = {claim.cue[0] for claim in picked if claim.cue}
    inner = []
    for claim in claims:
        if claim.cue is None or claim.cue[0] in cues or claim.speaker not in states or claim.share < SPOKEN:
            continue
        if claim.rule in ("clause", "to") and stance_of(claim) in ("believing", "intending", "warning"):
            inner.append(claim)
    return inner


def stance_of(claim: Claim) -> str | None:
    """The attitude that the cue carries; neutral where the list says nothing."""
    if claim.lemma is None:
        return None
    known = stances()
    own = known.get((claim.lemma, claim.rule)) or known.get((claim.lemma, "quote"))
    return own or known.get((claim.lemma, "clause")) or "neutral"


def is_believed(claim: Claim) -> bool:
    """Whether a claim is sure enough to be reported."""
    return claim.probability >= (QUOTED if claim.rule in RULES else BELIEVED)


def tokens_of(page: Page, span: tuple[int, int]) -> range:
    """The tokens of a stretch of characters."""
    return range(token_at(page, span[0]), token_at(page, span[1] - 1) + 1)


def is_free(own: range, owned: set[int], cues: set[int]) -> bool:
    """Whether a piece is not mostly another claim's, and reports nothing itself."""
    return sum(i in owned for i in own) <= SHARED * len(own) and not any(i in cues for i in own)


def as_quote(page: Page, claim: Claim, who: Speaker | None) -> Quote:
    """The claim as the row that leaves this module; an unknown speaker keeps his words at the attribution."""
    doc = page.doc
    start, end = phrase(doc[claim.speaker])
    cue = (
        (doc[claim.cue[0]].idx, doc[claim.cue[1] - 1].idx + len(doc[claim.cue[1] - 1])) if claim.cue else None
    )
    return Quote(
        tuple(with_opening(page, with_mark(page, piece)) for piece in claim.content),
        kind_of(page, claim),
        claim.lemma,
        cue,
        stance_of(claim),
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


def with_mark(page: Page, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece that ends with a quoted part takes in the mark that closes it: `the deal "a capitulation"`."""
    start, end = piece
    place = page.quoted_in[token_at(page, end - 1)]
    if place is None or page.passages[place].is_open:
        return piece
    passage = page.passages[place]
    is_whole = start < page.starts[passage.start] and not page.text[end : passage.inner[1]].strip(" .,")
    last = page.doc[passage.end - 1]
    return (start, last.idx + len(last)) if is_whole else piece


def with_opening(page: Page, piece: tuple[int, int]) -> tuple[int, int]:
    """A piece that begins with a quoted part and goes on takes in the mark that opens it."""
    start, end = piece
    place = page.quoted_in[token_at(page, start)]
    if place is None:
        return piece
    passage = page.passages[place]
    return (
        (page.starts[passage.start], end) if passage.inner[0] == start and end > passage.inner[1] else piece
    )


def kind_of(page: Page, claim: Claim) -> str:
    """direct: a speaker's own words; partial: some of them inside the reporter's; indirect: none."""
    if claim.rule == "transcript":
        return "direct"
    total = inside = 0
    for start, end in claim.content:
        tokens = range(token_at(page, start), token_at(page, end - 1) + 1)
        total += len(tokens)
        inside += sum(page.quoted_in[i] is not None for i in tokens)
    if inside >= WHOLE * total and claim.rule not in FRAGMENTS:
        return "direct"
    return "partial" if inside else "indirect"
