"""Everything in a Doc that may be an attribution, and how far to believe it.

Claims are readings, quoted passages and transcript lines. Their probability comes from a logistic model over
signs, fitted by `benchmarks/fit_quotes.py`.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from analysis.lexicons import check_cells, load_lexicon
from analysis.nlp.parse.clause_subject import child_with
from analysis.nlp.parse.tree import NOMINAL, contrasted, is_excluded
from analysis.nlp.parse.verb_status import OPEN, implicatives, is_negated, is_none
from analysis.nlp.parse.word_lists import (
    FRAMES,
    UNKNOWN,
    is_strong,
    shares,
    speech_verbs,
    stances,
    unnamed_sources,
    word_classes,
)
from analysis.nlp.quotes.direct_speech import AttributedPassage, attribute_passages, skip_dateline
from analysis.nlp.quotes.page import REACH, Page, PassageRule, content_span, token_at, tokens_of
from analysis.nlp.quotes.reporting_frames import Reading, find_readings
from analysis.schemas import CUE_STANCES

Span = tuple[int, int]
MIN_SHARE = 0.08  # below which a reading is not even weighed
LONGEST = 400  # tokens; a longer clause is a broken parse, and nested ones would cost their square
SAID_BEFORE = 0.3  # share from which a reading counts as something said before a quote
SAID_IN_QUOTE = 0.7  # share from which a reading inside a quote is what others say
SETTLED = 0.4  # probability from which a reading decides who says the fragments in its content
HEADLINE_TOKENS = 60
FRAGMENT_RULES = frozenset((PassageRule.FRAGMENT, PassageRule.CUE_IN_SENTENCE, PassageRule.OWNER))
"""The passage is part of the reporter's sentence."""
CONTINUING_RULES = frozenset((PassageRule.SAME_PARAGRAPH, PassageRule.SENTENCE_BEFORE))
"""The passage continues what another cue introduced."""
PRONOUNS = {
    "i": "I", "we": "I", "you": "you", "he": "he", "she": "he", "they": "they", "it": "it", "this": "it",
    "that": "that", "who": "who", "which": "that",
}  # fmt: skip
NOUNS = {"PROPN": "name", "NOUN": "noun"}
LENGTHS = {2: "1", 4: "2-3", 8: "4-7"}  # of content with fewer tokens than this
LONG = "8+"
RELATIVES = frozenset(("what", "which", "who", "whom"))
FAR_TOKENS = 8  # from which a speaker is far from the cue
MODALS = ("can", "could", "may", "might", "must", "shall", "should", "will", "would")
FORMS = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
CLAUSES = (
    "ROOT", "acl", "acomp", "advcl", "amod", "appos", "attr", "ccomp", "conj", "csubj", "dep", "dobj",
    "nsubj", "nsubjpass", "parataxis", "pcomp", "pobj", "prep", "relcl", "xcomp",
)  # fmt: skip
ACTORS = {"country": "state", "bloc": "state", "person": "person"}  # other kinds are organisations
GROUPED = frozenset(("clause", "rest", "to", "ing", "small", "object", "relative", "parenthesis"))
"""Frames of verbs that differ in what an attitude means there: wants to leave, wants it, wants of it."""
GROUPS = (*sorted(GROUPED), "preposition", "passive", "noun", "adjective", "adverbial")
SIGNS: dict[str, tuple[str, ...]] = {
    "always": ("",),
    "share": ("",),  # its log-odds
    "rule": tuple(PassageRule),
    "frame": tuple(FRAMES),
    "speaker": (*dict.fromkeys(PRONOUNS.values()), *NOUNS.values(), "other"),
    "actor": ("state", "person", "organisation", "unlisted"),  # that the speaker is
    "attitude": tuple(f"{stance} {group}" for stance in CUE_STANCES for group in GROUPS),
    "content length": (*LENGTHS.values(), LONG),
    "content start": ("that", "pronoun"),
    "holds a quote": ("",),
    "headline": ("",),
    "what they say": ("",),  # what officials say is a push, a war which he believes is won: reported
    "form": FORMS,  # of the cue
    "clause": CLAUSES,  # that the cue is in
    "negated": ("",),
    "modal": MODALS,
    "speaker far off": ("",),
}
"""Every sign, and the values that it may have."""
LIMIT = 30.0  # log-odds
Sign = tuple[str, str]


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


def possible_readings(page: Page) -> list[Reading]:
    """Readings outside quotation marks that have a speaker, in the order of the cues."""
    return [reading for reading in find_readings(page.doc) if is_possible(page, reading)]


def is_possible(page: Page, reading: Reading, passage: int | None = None) -> bool:
    """Whether a reading is worth weighing, and is inside that passage; None: outside quotation marks."""
    if reading.speaker is None or reading.content[-1][1] - reading.content[0][0] > LONGEST:
        return False
    is_within = page.quoted_in[reading.cue] == passage == page.quoted_in[reading.speaker]
    return is_within and share_of(reading) >= MIN_SHARE


def quoted_claims(page: Page, chosen: list[Claim]) -> list[Claim]:
    """What others say inside quotes that report it: of organisations, mostly agencies, and long ones."""
    bodies = [claim for claim in chosen if page.actors.get(claim.speaker) == "organisation"]
    theirs = {page.quoted_in[token_at(page, start)] for claim in bodies for start, _ in claim.content}
    readings = [
        reading._replace(content=tuple((start, min(end, p.end - 1)) for start, end in reading.content))
        for place, p in enumerate(page.passages)
        if place in theirs or p.end - p.start >= REACH
        for reading in find_readings(page.doc[p.start : p.end])
        if is_possible(page, reading, place) and share_of(reading) >= SAID_IN_QUOTE
    ]
    return weigh(page, reading_claims(page, readings))


def share_of(reading: Reading) -> float:
    """Share of the word in its frame; of the frame as a whole for a word that the list lacks."""
    known = shares()
    return known.get((reading.lemma, reading.frame), known.get((UNKNOWN, reading.frame), 0.0))


def reading_claims(page: Page, readings: list[Reading]) -> list[Claim]:
    """The readings as claims; without those that have only punctuation for content."""
    claims = []
    for reading in readings:
        content = tuple(span for piece in reading.content if (span := content_span(page, *piece)))
        if content:
            cue = (reading.cue, reading.cue_end)
            speaker = contrasted(skip_dateline(page, page.doc[reading.speaker], reading.cue)).i
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
    said = [reading for reading in readings if share_of(reading) >= SAID_BEFORE]
    attributed = attribute_passages(page, said, fragment_sources(page, weighed))
    by_cue = {claim.cue[0]: claim for claim in sorted(reported, key=lambda c: c.share)}
    groups: dict[int, list[AttributedPassage]] = {}
    alone: list[Claim] = []
    for item in attributed:
        if item.cue is not None and (item.cue in groups or item.rule not in CONTINUING_RULES):
            groups.setdefault(item.cue, []).append(item)
        else:
            alone.append(passage_claim(page, item._replace(cue=None)))
    merged = [merge_passages(page, by_cue.get(cue), items) for cue, items in groups.items()]
    return [claim for claim in reported if claim.cue[0] not in groups] + merged + alone


def passage_claim(page: Page, item: AttributedPassage) -> Claim:
    """A quoted passage as a claim."""
    cue = (item.cue, item.cue + 1) if item.cue is not None else None
    lemma = page.doc[item.cue].lemma_.lower() if item.cue is not None else None
    return Claim((item.passage.inner,), cue, lemma, item.speaker, item.share, None, item.rule)


def merge_passages(page: Page, reading: Claim | None, items: list[AttributedPassage]) -> Claim:
    """One claim from the passages of a cue; fragments of one sentence and the words between are one piece."""
    lead, *rest = items
    is_fragment = lead.rule in FRAGMENT_RULES
    claim, pieces = passage_claim(page, lead), [lead.passage.inner]
    if reading is not None and is_fragment:
        claim, pieces, rest = reading._replace(frame=None, rule=lead.rule), list(reading.content), items
    elif is_fragment and claim.cue and claim.speaker < claim.cue[0] < lead.passage.start:
        # The parser has no content for the cue: it begins behind it.
        pieces = [(page.starts[claim.cue[1]], pieces[0][1])]
    for item in rest:
        (first, last), (start, end) = pieces[-1], item.passage.inner
        # "One," she said, "two": the cue is between the pieces and part of neither.
        is_split = claim.cue is not None and last <= page.starts[claim.cue[0]] < start
        if first <= start and item.rule in FRAGMENT_RULES and not is_split:
            pieces[-1] = (first, max(last, end))
        else:
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
            yield Claim((content,), (colon, colon + 1), ":", colon - 1, 0.6, None, PassageRule.HEADLINE_COLON)


def stance_of(claim: Claim) -> str | None:
    """The attitude that the cue shows; neutral where the list says nothing."""
    if claim.lemma is None:
        return None
    known = stances()
    own = known.get((claim.lemma, claim.frame)) or known.get((claim.lemma, "quote"))
    return own or known.get((claim.lemma, "clause")) or "neutral"


@cache
def weights() -> dict[Sign, float]:
    """What each sign adds to the log-odds of a claim, by (sign, value).

    Raises:
        ValueError: a sign or its value is unknown, or a weight is no number.
    """
    rows = load_lexicon("quotes/feature_weights", allowed={"sign": SIGNS}, numbers=("weight",))
    for sign, group in rows.groupby("sign"):
        check_cells("quotes/feature_weights", group["value"], SIGNS[sign])
    return dict(zip(zip(rows["sign"], rows["value"], strict=True), map(float, rows["weight"]), strict=True))


def weigh(page: Page, claims: list[Claim]) -> list[Claim]:
    """The claims with their probabilities: log-odds of the share, plus what each sign adds."""
    known = weights()
    out = []
    for claim in claims:
        odds = known["share", ""] * log_odds(claim.share) + known["always", ""]
        odds += sum(known.get(sign, 0.0) for sign in find_signs(page, claim))
        out.append(claim._replace(probability=1 / (1 + math.exp(-max(-LIMIT, min(LIMIT, odds))))))
    return out


def log_odds(share: float) -> float:
    """Log-odds of a share, limited to those of 0.02 and 0.98."""
    share = min(max(share, 0.02), 0.98)
    return math.log(share / (1 - share))


def find_signs(page: Page, claim: Claim) -> Iterator[Sign]:
    """What speaks for or against a claim."""
    yield ("rule", claim.rule.value) if claim.rule else ("frame", claim.frame)
    yield "speaker", speaker_form(claim, page.doc[claim.speaker])
    kind = page.actors.get(claim.speaker)
    yield "actor", ACTORS.get(kind, "organisation") if kind else "unlisted"
    if claim.frame:
        kind = FRAMES.get(claim.frame, "verb")
        kind = claim.frame if claim.frame in GROUPED else "preposition" if kind == "verb" else kind
        yield "attitude", f"{stance_of(claim)} {kind}"
    yield from content_signs(page, claim)
    if page.paragraph[claim.speaker] == 0:
        yield "headline", ""
    if claim.cue is not None:
        yield from cue_signs(page, claim)


def speaker_form(claim: Claim, speaker: Token) -> str:
    """A pronoun, a name or a noun; beside a quoted passage `it` is as good as a noun."""
    is_noun = speaker.lower_ == "it" and claim.rule in (PassageRule.CUE_BEFORE, PassageRule.CUE_AFTER)
    return NOUNS["NOUN"] if is_noun else PRONOUNS.get(speaker.lower_) or NOUNS.get(speaker.pos_, "other")


def content_signs(page: Page, claim: Claim) -> Iterator[Sign]:
    """How long the content is, how it begins, and whether words of it are quoted."""
    own = tokens_of(page, (claim.content[0][0], claim.content[-1][1]))
    first = page.doc[own.start]
    yield "content length", next((name for least, name in LENGTHS.items() if len(own) < least), LONG)
    if claim.rule is None and any(page.quoted_in[i] is not None for i in own):
        yield "holds a quote", ""
    if first.lower_ == "that":
        yield "content start", "that"
    if first.pos_ == "PRON":
        yield "content start", "pronoun"


def cue_signs(page: Page, claim: Claim) -> Iterator[Sign]:
    """The form of the cue, its clause, negation and modal, and how far off the speaker is."""
    doc, speaker = page.doc, claim.speaker
    cue = doc[claim.cue[0]]
    before = doc[max(0, doc[speaker].left_edge.i - 1)].lower_
    if 0 < speaker < cue.i and claim.frame == "clause" and before in RELATIVES:
        yield "what they say", ""
    if claim.rule is None:
        yield "form", cue.tag_
        yield "clause", cue.dep_
        for child in cue.children:
            if child.dep_ == "neg":
                yield "negated", ""
            elif child.tag_ == "MD":
                yield "modal", child.lower_
    if abs(speaker - cue.i) > FAR_TOKENS:
        yield "speaker far off", ""


# ---------------------------------------------------------------- claims that report an act and no statement


WHEN_OR_WHERE = frozenset(("on", "in", "during", "since"))  # backed the rebels in the war
BEHIND_CLAUSE = 0.59  # least share of a verb after the clause that it is read to report
OF_STATES = 0.42  # of a verb with an object or a gerund, where its subject is a state
OF_OTHERS = 0.2
ANY = "*"  # any verb, or any noun
PERSON = "person"  # any noun for a person
ROLES = frozenset(
    (
        *FRAMES,
        "subject",  # in every frame, where this noun is the subject: the footage shows
        "press",  # where the subject is a journalist: reporters asked whether
    )
)
"""Where a row of `quotes/non_reporting_frames` applies."""


@cache
def non_reporting_nouns() -> dict[tuple[str, str], frozenset[str]]:
    """Nouns that make a reporting verb an act, by verb and role; `*` for any verb or noun.

    Raises:
        ValueError: a role is unknown.
    """
    rows = load_lexicon("quotes/non_reporting_frames", allowed={"role": ROLES})
    return {place: frozenset(group["noun"]) for place, group in rows.groupby(["verb", "role"])}


def is_act(page: Page, claim: Claim, states: set[int], actors: set[int]) -> bool:
    """`Israel attacked Iran`, `Egypt recalled its envoy`: what a state does to somebody is no statement.

    With a reason (`attacked Iran for its silence`) it may be one, and whoever accuses or blames has spoken.
    Troops and drones never attack in words.

    Args:
        page: the Doc.
        claim: one claim.
        states: last tokens of countries and blocs.
        actors: all tokens of named actors.
    """
    is_of_force = page.doc[claim.speaker].lemma_.lower() in word_classes()["force"]
    is_strike = claim.lemma in ("attack", "target", "hit") and is_of_force
    if is_deed(page, claim) or is_unlikely(page, claim, states) or is_unsaid(page, claim) or is_strike:
        return True
    is_plain = claim.frame in ("object", "passive") and stance_of(claim) != "doubtful"
    if not is_plain or claim.speaker not in states:
        return False
    own = content_tokens(page, claim)
    head = page.doc[own.start : own.stop].root
    after = head.right_edge.i + 1
    is_bare = after >= own.stop or page.doc[after].lower_ in WHEN_OR_WHERE
    return is_bare and (head.i in actors or head.pos_ == "PRON" or head.lemma_ in unnamed_sources())


def is_unsaid(page: Page, claim: Claim) -> bool:
    """`Nobody said`, `Vega never said`, `refused to say`, `was falsely quoted as saying`: said by nobody.

    Who does not believe something has said what they think.
    """
    if is_none(page.tree, claim.speaker) or is_excluded(page.doc[claim.speaker]):
        return True
    is_own_words = claim.cue is None or claim.rule not in (None, *FRAGMENT_RULES)
    is_speech = claim.lemma in speech_verbs()["clause"] or stance_of(claim) != "neutral"
    if is_own_words or not is_speech or stance_of(claim) == "believing":
        return False
    cue = page.doc[claim.cue[0]]
    above = cue.head if cue.dep_ in ("xcomp", "pcomp") else cue
    if above.lower_ == "as":  # quoted as saying
        words = (above.head, *above.head.children)
        return any(word.lemma_.lower() in word_classes()["false"] for word in words)
    is_refused = implicatives().get(above.lemma_, OPEN).asserted == "not done"
    is_denied = above.lemma_ in word_classes()["denying"] or "yet" in page.tree.words[above.i + 1 : cue.i]
    return (above != cue and (is_refused or is_denied)) or (
        cue.pos_ == "VERB" and is_negated(page.tree, cue.i)
    )


def content_tokens(page: Page, claim: Claim) -> range:
    """The tokens from the first to the last of the content."""
    return tokens_of(page, (claim.content[0][0], claim.content[-1][1]))


def is_unlikely(page: Page, claim: Claim, states: set[int]) -> bool:
    """A verb that seldom reports, in a frame that least looks like reporting, and shows no attitude.

    Of verbs after what they are read to report (`One side bombs a camp, the other shoots down a drone`) three
    in ten are right on PolNeAR train, with an object (`They reached a deal`) four, of a state three.
    """
    if claim.frame == "clause":
        is_behind = claim.content[0][0] < page.starts[claim.cue[0]]
        return is_behind and claim.share < BEHIND_CLAUSE and stance_of(claim) in ("neutral", "intending")
    if claim.frame not in ("object", "ing"):
        return False
    least = OF_STATES if claim.speaker in states else OF_OTHERS
    return claim.share < least and stance_of(claim) == "neutral"


def is_deed(page: Page, claim: Claim) -> bool:
    """`ordered two boats out`, `pointed to a map`, `responded by shelling`: done, not said.

    Words in quotation marks are said, whatever the verb.
    """
    if claim.cue is None:
        return False
    cue = page.doc[claim.cue[0]]
    if claim.rule is not None:  # Asked about the “special relationship”, he smiled
        return claim.rule in FRAGMENT_RULES and claim.lemma == "ask" and cue.text == "Asked"
    is_participle = cue.tag_ == "VBN" and child_with(cue, "aux", "auxpass", "agent") is None
    if claim.lemma in ("ask", "press", "push") and claim.frame in ("clause", "on", "about") and is_participle:
        return True  # asked whether he would resign, Doe laughed: somebody asked Doe
    is_person = page.actors.get(claim.speaker) == "person"  # Mr Day
    speaker = page.doc[claim.speaker].lemma_.lower()
    return (not is_person and is_subject_of_deed(claim.lemma, speaker)) or is_object_of_deed(page, claim, cue)


def is_subject_of_deed(verb: str, speaker: str) -> bool:
    """`reporters asked whether`, `the footage shows`: the subject says nothing."""
    nouns = non_reporting_nouns()
    is_asking = speaker in word_classes()["press"] and (verb, "press") in nouns
    return is_asking or speaker in nouns[ANY, "subject"] | nouns.get((verb, "subject"), frozenset())


def is_object_of_deed(page: Page, claim: Claim, cue: Token) -> bool:
    """`called off a visit`, `dismissed the general`: what the verb is done to makes it a deed."""
    own = content_tokens(page, claim)
    head = page.doc[own.start : own.stop].root
    if claim.frame == "by" and head.pos_ == "VERB" and is_strong(head.lemma_):
        return False  # responded by saying
    particle = child_with(cue, "prt")
    verb = f"{claim.lemma} {particle.lower_}" if particle is not None else claim.lemma  # call off
    nouns = non_reporting_nouns().get((verb, claim.frame), frozenset())
    is_judged = child_with(cue, "oprd", "attr") is not None  # called her vote a mistake
    is_person = PERSON in nouns and is_bare_person(page, head)
    return not is_judged and (ANY in nouns or head.lemma_.lower() in nouns or is_person)


def is_bare_person(page: Page, noun: Token) -> bool:
    """`dismissed the general`, `citing Vega`, but not `dismissed him as a clown`."""
    doc, lemma = page.doc, noun.lemma_.lower()
    after = noun.right_edge.i + 1
    is_judged = after < len(doc) and doc[after].lower_ == "as"
    is_noun = lemma in unnamed_sources() or lemma in word_classes()["person"]
    return not is_judged and (is_noun or page.actors.get(noun.i) == "person")
