"""Claims that report an act and no statement: `ordered two boats out`, `Israel attacked Iran`."""

from functools import cache

from spacy.tokens import Doc, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.clause_subject import child_with, has_negation
from analysis.nlp.parse.word_lists import FRAMES, is_strong, unnamed_sources, word_classes
from analysis.nlp.quotes.claims import FRAGMENT_RULES, Claim, stance_of
from analysis.nlp.quotes.page import Page, tokens_of

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
        "negated",  # with `not` nothing was said: did not mention
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

    With a reason (`attacked Iran for its silence`) it may be one. Troops and drones never attack in words.

    Args:
        page: the Doc.
        claim: one claim.
        states: last tokens of countries and blocs.
        actors: all tokens of named actors.
    """
    if is_deed(page, claim) or is_unlikely(page, claim, states):
        return True
    if (
        claim.lemma in ("attack", "target", "hit")
        and page.doc[claim.speaker].lemma_.lower() in word_classes()["force"]
    ):
        return True
    if claim.frame not in ("object", "passive") or claim.speaker not in states:
        return False
    own = content_tokens(page, claim)
    head = page.doc[own.start : own.stop].root
    after = head.right_edge.i + 1
    is_bare = after >= own.stop or page.doc[after].lower_ in WHEN_OR_WHERE
    return is_bare and (head.i in actors or head.pos_ == "PRON" or head.lemma_ in unnamed_sources())


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
    if claim.lemma in ("ask", "press", "push") and claim.frame in ("clause", "on", "about") and is_asked(cue):
        return True
    if is_subject_of_deed(claim.lemma, page.doc[claim.speaker].lemma_.lower()):
        return True
    if (claim.lemma, "negated") in non_reporting_nouns() and has_negation(cue):
        return True
    return is_object_of_deed(page, claim, cue)


def is_asked(cue: Token) -> bool:
    """`Asked whether he would resign, Doe laughed`: somebody asked Doe."""
    return cue.tag_ == "VBN" and child_with(cue, "aux", "auxpass", "agent") is None


def is_subject_of_deed(verb: str, speaker: str) -> bool:
    """`reporters asked whether`, `the footage shows`: the subject says nothing."""
    nouns = non_reporting_nouns()
    if speaker in word_classes()["press"] and (verb, "press") in nouns:
        return True
    return speaker in nouns[ANY, "subject"] | nouns.get((verb, "subject"), frozenset())


def is_object_of_deed(page: Page, claim: Claim, cue: Token) -> bool:
    """`called off a visit`, `dismissed the general`: what the verb is done to makes it a deed."""
    own = content_tokens(page, claim)
    head = page.doc[own.start : own.stop].root
    if claim.frame == "by" and head.pos_ == "VERB" and is_strong(head.lemma_):
        return False  # responded by saying
    nouns = non_reporting_nouns().get((with_particle(page.doc, claim, cue), claim.frame), frozenset())
    is_judged = child_with(cue, "oprd", "attr") is not None  # called her vote a mistake
    is_person = PERSON in nouns and is_bare_person(page, head)
    return not is_judged and (ANY in nouns or head.lemma_.lower() in nouns or is_person)


def with_particle(doc: Doc, claim: Claim, cue: Token) -> str:
    """The verb with its particle: `call off`."""
    particle = child_with(cue, "prt")
    if particle is not None:
        return f"{claim.lemma} {particle.lower_}"
    is_out = cue.i + 1 < len(doc) and doc[cue.i + 1].lower_ == "out"
    return f"{claim.lemma} out" if is_out else claim.lemma


def is_bare_person(page: Page, noun: Token) -> bool:
    """`dismissed the general`, `citing Vega`, but not `dismissed him as a clown`."""
    doc, lemma = page.doc, noun.lemma_.lower()
    after = noun.right_edge.i + 1
    is_judged = after < len(doc) and doc[after].lower_ == "as"
    if page.actors.get(noun.i) == "person":
        return not is_judged
    return not is_judged and (lemma in unnamed_sources() or lemma in word_classes()["person"])
