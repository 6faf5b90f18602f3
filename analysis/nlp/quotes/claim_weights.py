"""How far to believe a claim: a logistic model over its signs, fitted by `benchmarks/fit_quotes.py`."""

import math
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from analysis.lexicons import check_cells, load_lexicon
from analysis.nlp.parse.reporting_words import FRAMES
from analysis.nlp.quotes.claims import Claim, stance_of
from analysis.nlp.quotes.page import Page, tokens_of
from analysis.nlp.quotes.passage_rules import PassageRule
from analysis.schemas import CUE_STANCES

PRONOUNS = {
    "i": "I", "we": "I", "you": "you", "he": "he", "she": "he", "they": "they", "it": "it", "this": "it",
    "that": "that", "who": "who", "which": "that",
}  # fmt: skip
NOUNS = {"PROPN": "name", "NOUN": "noun"}
LENGTHS = {2: "1", 4: "2-3", 8: "4-7"}  # of content with fewer tokens than this
LONG = "8+"
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
    "what they say": ("",),  # what officials say is a push: reported, however it is parsed
    "form": FORMS,  # of the cue
    "clause": CLAUSES,  # that the cue is in
    "negated": ("",),
    "modal": MODALS,
    "speaker far off": ("",),
}
"""Every sign, and the values that it may have."""
LIMIT = 30.0  # log-odds

Sign = tuple[str, str]


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
        yield "attitude", f"{stance_of(claim)} {frame_group(claim.frame)}"
    yield from content_signs(page, claim)
    if page.paragraph[claim.speaker] == 0:
        yield "headline", ""
    if claim.cue is not None:
        yield from cue_signs(page, claim)


def frame_group(frame: str) -> str:
    """The frames that are weighed together: all prepositions after a verb, all frames of nouns."""
    kind = FRAMES.get(frame, "verb")
    return frame if frame in GROUPED else "preposition" if kind == "verb" else kind


def speaker_form(claim: Claim, speaker: Token) -> str:
    """A pronoun, a name or a noun; beside a quoted passage `it` is as good as a noun."""
    if speaker.lower_ == "it" and claim.rule in (PassageRule.CUE_BEFORE, PassageRule.CUE_AFTER):
        return NOUNS["NOUN"]
    return PRONOUNS.get(speaker.lower_) or NOUNS.get(speaker.pos_, "other")


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
    if 0 < speaker < cue.i and doc[max(0, doc[speaker].left_edge.i - 1)].lower_ == "what":
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
