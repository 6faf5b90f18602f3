"""Questions of syntax about spaCy's own parse, for quotes and stance: who says what a verb reports.

The subject is found in whatever clause the verb is, and where the parser attached it elsewhere: to the place
before it, or to the outlet that quotes. `arguments` answers the same for events, on the repaired tree.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.nlp.parse.tree import NOMINAL, NOUN_CLAUSES, PASSIVE_SUBJECTS, VERBAL
from analysis.nlp.parse.word_lists import (
    is_strong,
    speaking_nouns,
    speech_verbs,
    unnamed_sources,
    word_classes,
)

NOUN_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
SPEAKING_SUBJECTS = frozenset(("nsubj", "csubj"))  # the `there` of `there is` says nothing
VERBS = frozenset(("VERB", "AUX"))
NOUNS_AND_PRONOUNS = NOMINAL | {"PRON"}
BORROWING = frozenset(("conj", "advcl", "ccomp", "dep", "prep"))
"""A verb that is one of these to another verb may have its subject."""
HOPS = 10  # no real chain of clauses is longer; broken parses can be
BETWEEN = frozenset(("ADV", "AUX"))  # the army has also said
LONGEST_NAME = 16  # tokens from the comma to the verb


def child_with(word: Token, *deps: str) -> Token | None:
    """The first child in one of these relations."""
    return next((child for child in word.children if child.dep_ in deps), None)


def is_noun_subject(token: Token) -> bool:
    """Whether a word heads the noun phrase that is subject of a clause, active or passive."""
    return token.dep_ in NOUN_SUBJECTS


def passive_agent(verb: Token) -> Token | None:
    """The noun after the `by` of a passive."""
    return next(
        (noun for by in verb.children if by.dep_ == "agent" for noun in by.children if noun.dep_ == "pobj"),
        None,
    )


def subject(verb: Token) -> Token | None:
    """Head of the noun phrase that does what the verb says.

    A conjunct or a participle borrows the subject of the clause above it (`rose, saying ...`), an
    infinitive that of the verb above it, or its object (`urged him to say`).
    """
    for _ in range(HOPS):
        own = own_subject(verb)
        if own is not None:
            return who_speaks(own, verb) if is_document(own) and verb.tag_ == "VBG" else own
        if verb.dep_ in NOUN_CLAUSES and verb.head.pos_ in NOUNS_AND_PRONOUNS:
            return who_speaks(verb.head, verb) if verb.tag_ != "VBN" else None
        asked = controlling_object(verb)
        if asked is not None:
            return who_speaks(asked, verb)
        above = lending_verb(verb)
        if above is None:
            return None
        verb = above
    return None


def controlling_object(verb: Token) -> Token | None:
    """`him` of `urged him to say`."""
    is_below = verb.dep_ == "xcomp" and verb.tag_ == "VB" and verb.head.pos_ in VERBS
    return child_with(verb.head, "dobj", "dative") if is_below else None


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


def who_speaks(noun: Token, verb: Token) -> Token:
    """The noun below which a verb is, if it can speak; else the nearest subject before the verb that can.

    `Vega put out a statement saying`, `Vega used the occasion to announce`: said by Vega.
    """
    if noun.pos_ == "PRON" or can_speak(noun):
        return noun
    before = (token for token in reversed(verb.doc[verb.sent.start : verb.i]) if is_noun_subject(token))
    return next(filter(can_speak, before), noun)


def can_speak(noun: Token) -> bool:
    """A name, a personal pronoun, or a noun for people or a body."""
    return noun.pos_ == "PROPN" or not speaking_nouns().isdisjoint((noun.lower_, noun.lemma_.lower()))


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
    return passive


def subject_behind_as(verb: Token) -> Token | None:
    """`admiral` in `The envoys, as one admiral put it, would rather sail`."""
    marks = [child for child in verb.children if child.dep_ in ("mark", "prep") and child.lower_ == "as"]
    behind = (
        child for child in verb.children if child.dep_ in SPEAKING_SUBJECTS and marks and child.i > marks[0].i
    )
    return next(behind, None)


def speaker_of_verb(verb: Token) -> Token | None:
    """The subject of a reporting verb, as the parser has it or as commas and `as saying` show it."""
    if verb.dep_ == "advcl" and verb.lower_ == "adding":  # Vega said the port was closed, adding that ...
        return subject(next((word for word in verb.ancestors if is_strong(word.lemma_)), verb))
    return quoted_person(verb) or stray_before(verb) or stray_after(verb) or subject(verb)


def quoted_person(verb: Token) -> Token | None:
    """`Vega` in `the agency quoted Vega as saying`: the agency only carries it."""
    above = verb.head
    is_quoted = verb.dep_ == "pcomp" and above.lower_ == "as" and above.head.lemma_ in ("quote", "cite")
    return (child_with(above.head, "dobj") or child_with(above.head, "nsubjpass")) if is_quoted else None


def is_without_subject(verb: Token) -> bool:
    """A reporting verb in the past or present tense for which the parser found no subject in its clause."""
    is_finite = verb.tag_ in ("VBD", "VBZ", "VBP") or (
        verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.lefts)
    )
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
