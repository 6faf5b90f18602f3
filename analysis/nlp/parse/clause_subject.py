"""The subject of a verb in whatever clause it is, on spaCy's own parse: who says what a cue reports.

`arguments` answers the same for events, on the repaired tree.
"""

from spacy.tokens import Token

from analysis.nlp.parse.reporting_words import is_strong
from analysis.nlp.parse.speech_verbs import speech_verbs
from analysis.nlp.parse.tokens import child_with, has_auxiliary
from analysis.nlp.parse.tree import NOMINAL, NOUN_CLAUSES, PASSIVE_SUBJECTS, VERBAL
from analysis.nlp.parse.word_classes import word_classes

SPEAKING_SUBJECTS = frozenset(("nsubj", "csubj"))  # the `there` of `there is` says nothing
ASKED_OBJECTS = frozenset(("dobj", "dative"))
VERBS = frozenset(("VERB", "AUX"))
NOUNS_AND_PRONOUNS = NOMINAL | {"PRON"}
BORROWING = frozenset(("conj", "advcl", "ccomp", "dep", "prep"))
"""A verb that is one of these to another verb may have its subject."""
HOPS = 10  # no real chain of clauses is longer; broken parses can be


def subject(verb: Token) -> Token | None:
    """Head of the noun phrase that does what the verb says.

    A conjunct or a participle borrows the subject of the clause above it (`rose, saying ...`), an
    infinitive that of the verb above it, or its object (`urged him to say`).
    """
    for _ in range(HOPS):
        own = own_subject(verb)
        if own is not None:
            return author(own) if is_document(own) and verb.tag_ == "VBG" else own
        above = misplaced_under(verb)
        if above is not None:
            verb = above
            continue
        if verb.dep_ in NOUN_CLAUSES and verb.head.pos_ in NOUNS_AND_PRONOUNS:
            return author(verb.head) if verb.tag_ != "VBN" else None
        asked = controlling_object(verb)
        if asked is not None:
            return asked
        above = lending_verb(verb)
        if above is None:
            return None
        verb = above
    return None


def controlling_object(verb: Token) -> Token | None:
    """`him` of `urged him to say`."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VB" or verb.head.pos_ not in VERBS:
        return None
    return child_with(verb.head, *ASKED_OBJECTS)


def lending_verb(verb: Token) -> Token | None:
    """The verb above that shares its subject with a verb that has none."""
    head = verb.head
    if verb.dep_ == "pcomp":
        head = head.head
    elif verb.dep_ not in BORROWING and not (verb.dep_ == "xcomp" and head.pos_ in VERBS):
        return None
    return None if head == verb or head.pos_ not in VERBAL else head


def is_document(noun: Token) -> bool:
    """A statement, a letter: something that people put out."""
    return noun.lemma_ in word_classes()["document"]


def author(noun: Token) -> Token:
    """`Vega put out a statement saying`: whoever put it out, not the statement."""
    if noun.dep_ == "nsubj" and noun.head.dep_ == "ccomp" and noun.head.head.i < noun.i:
        return own_subject(noun.head.head) or noun  # parsed as if the statement itself were saying
    if noun.dep_ == "dobj" and is_document(noun):
        return own_subject(noun.head) or noun
    if noun.dep_ == "pobj" and is_document(noun.head.head) and noun.head.head.dep_ == "dobj":
        return own_subject(noun.head.head.head) or noun
    return noun


def own_subject(verb: Token) -> Token | None:
    """The subject in the verb's own clause; in the passive, the agent after `by` if there is one."""
    passive = None
    for child in verb.children:
        if child.dep_ in SPEAKING_SUBJECTS:
            return subject_behind_as(verb) or child
        if child.dep_ in PASSIVE_SUBJECTS:
            passive = passive or child
        elif child.dep_ == "agent":
            passive = child_with(child, "pobj") or passive
    return passive or subject_of_asked(verb)


def subject_behind_as(verb: Token) -> Token | None:
    """`admiral` in `The envoys, as one admiral put it, would rather sail`."""
    marks = [child for child in verb.children if child.dep_ in ("mark", "prep") and child.lower_ == "as"]
    behind = (
        child for child in verb.children if child.dep_ in SPEAKING_SUBJECTS and marks and child.i > marks[0].i
    )
    return next(behind, None)


def subject_of_asked(verb: Token) -> Token | None:
    """`Doe, asked whether Peru would leave, said`: parsers make Doe the subject of `asked` alone."""
    asked = next(
        (c for c in verb.children if c.dep_ == "ccomp" and c.lower_ == "asked" and c.i < verb.i), None
    )
    if asked is None or verb.doc[verb.i - 1].text != ",":
        return None
    return child_with(asked, *SPEAKING_SUBJECTS)


def misplaced_under(verb: Token) -> Token | None:
    """The reporting verb that `verb` is really coordinated with.

    In `said it was over and called for calm` parsers often join `called` to `was`. A reporting verb without
    a subject, in the tense of the one above the clause, goes with that one; so does `thanked`, but only
    after a clause that describes a state, such as `was`.
    """
    if verb.dep_ != "conj":
        return None
    is_reporting = is_strong(verb.lemma_)
    if not is_reporting and verb.lemma_.lower() not in speech_verbs()["address"]:
        return None
    inner = verb.head
    for _ in range(HOPS):
        if inner.dep_ != "conj":
            break
        inner = inner.head
    outer = inner.head
    is_beside = inner.dep_ == "ccomp" and outer.i < inner.i and outer.tag_ == verb.tag_
    if is_beside and is_strong(outer.lemma_) and (is_reporting or describes_state(inner)):
        return outer
    return None


def describes_state(verb: Token) -> bool:
    """A copula, a progressive, a perfect or a modal."""
    return verb.lemma_ == "be" or has_auxiliary(verb)
