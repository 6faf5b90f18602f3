"""Speakers whom the parser attached elsewhere: to the place before them, or to the outlet quoting them."""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.nlp.parse.clause_subject import HOPS, NOUNS_AND_PRONOUNS, VERBS, own_subject, subject
from analysis.nlp.parse.reporting_words import is_strong
from analysis.nlp.parse.speech_verbs import speech_verbs
from analysis.nlp.parse.tokens import child_with, is_noun_subject
from analysis.nlp.parse.tree import NOMINAL
from analysis.nlp.quotes.unnamed_sources import unnamed_sources

FINITE = frozenset(("VBD", "VBZ", "VBP"))
BETWEEN = frozenset(("ADV", "AUX"))  # the army has also said
LONGEST_NAME = 16  # tokens from the comma to the verb
QUOTING = frozenset(("quote", "cite"))


def speaker_of_verb(verb: Token) -> Token | None:
    """The subject of a reporting verb, as the parser has it or as commas and `as saying` show it."""
    quoted = quoted_person(verb)
    if quoted is not None:
        return quoted
    stray = stray_before(verb) or stray_after(verb) or outer_speaker(verb)
    return stray or subject(verb) or opening_subject(verb)


def quoted_person(verb: Token) -> Token | None:
    """`Vega` in `the agency quoted Vega as saying`: the agency only carries it."""
    above = verb.head
    if verb.dep_ != "pcomp" or above.lower_ != "as" or above.head.lemma_ not in QUOTING:
        return None
    return child_with(above.head, "dobj") or child_with(above.head, "nsubjpass")


def outer_speaker(verb: Token) -> Token | None:
    """`Vega` in `Vega said that the port was closed, adding that ...`, with the participle below `closed`.

    `Vega said that Peru refused, arguing that ...` may tell what Peru argued; only `adding` is always Vega's.
    """
    inner = verb.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not is_strong(verb.lemma_) or inner.i > verb.i:
        return None
    for _ in range(HOPS):
        if inner.dep_ not in ("conj", "advcl"):
            break
        inner = inner.head
    outer = inner.head
    is_reported = inner.dep_ == "ccomp" and outer.i < inner.i and is_strong(outer.lemma_)
    is_outer = is_reported and (verb.lemma_ == "add" or not is_strong(inner.lemma_))
    return subject(outer) if is_outer else None


def is_without_subject(verb: Token) -> bool:
    """A reporting verb in the past or present tense for which the parser found no subject in its clause."""
    is_finite = verb.tag_ in FINITE or (verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.lefts))
    return is_finite and is_strong(verb.lemma_) and own_subject(verb) is None


def stray_before(verb: Token) -> Token | None:
    """`army` in `It fell on Lima, the army said`, where the army is parsed as another name for Lima."""
    if not is_without_subject(verb):
        return None
    last = verb.i - 1
    while last > verb.sent.start and verb.doc[last].pos_ in BETWEEN:
        last -= 1
    names = list(words_back_to_comma(verb, last))
    if not names or not any(token.pos_ in VERBS for token in verb.doc[verb.sent.start : names[-1].i]):
        return None
    outer = [t for t in names if t.head.i < names[-1].i - 1 and t.pos_ in NOMINAL]
    return outer[0] if len(outer) == 1 else None


def words_back_to_comma(verb: Token, last: int) -> Iterator[Token]:
    """The words from `last` back to the nearest comma; none where a verb or a conjunction is among them."""
    names = []
    for i in range(last, max(verb.sent.start, last - LONGEST_NAME) - 1, -1):
        token = verb.doc[i]
        if token.text == ",":
            yield from names
            return
        if token.pos_ in VERBS or token.dep_ == "cc" or token.tag_ in ("WDT", "WP", "WP$"):
            return
        names.append(token)


def stray_after(verb: Token) -> Token | None:
    """`chancellor` in `It will take years, stressed the chancellor`, parsed as what was stressed."""
    doc = verb.doc
    if not is_without_subject(verb) or verb.lemma_ not in speech_verbs()["clause"]:
        return None
    noun = child_with(verb, "dobj")
    if (
        noun is None
        or verb.i == verb.sent.start
        or doc[verb.i - 1].text != ","
        or noun.left_edge.i != verb.i + 1
    ):
        return None
    is_person = noun.pos_ == "PROPN" or noun.lemma_ in unnamed_sources()
    after = noun.right_edge.i + 1
    is_last = after >= len(doc) or doc[after].text in (".", ",") or doc[after].is_space
    return noun if is_person and is_last else None


def opening_subject(verb: Token) -> Token | None:
    """`Peru` in `Peru, with which Chile is at odds, has said`: the noun that opens the sentence."""
    if verb.dep_ != "ROOT" or not is_without_subject(verb):
        return None
    opening = (t for t in verb.doc[verb.sent.start : verb.i] if t.left_edge.i == verb.sent.start)
    return next((t for t in opening if t.pos_ in NOUNS_AND_PRONOUNS and is_noun_subject(t)), None)
