"""Reporting words (verbs, nouns, adjectives, prepositions) and the content that the parse puts under them.

Every reading of every word is found here; `analysis.nlp.quotes.claims` decides which to believe.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from analysis.nlp.parse.clause_subject import HOPS, VERBS, own_subject, subject
from analysis.nlp.parse.tokens import child_with, passive_agent
from analysis.nlp.parse.tree import NOUN_CLAUSES, PREPOSITIONAL_OBJECTS
from analysis.nlp.quotes.noun_phrases import noun_phrase
from analysis.nlp.quotes.readings import Reading, subtree
from analysis.nlp.quotes.verb_frames import verb_readings

BEHIND_NOUN = frozenset(("by", "from", "among"))
"""Prepositions that lead to the one who spoke: a warning from Vega."""
CONTENT_CLAUSES = frozenset(("acl", "ccomp", "xcomp"))
PREDICATIVE = frozenset(("acomp", "ROOT", "conj", "oprd", "ccomp", "advcl"))
SOURCE_PREPOSITIONS = frozenset(("per", "for", "in", "to"))
"""Prepositions that name a source, most of them only at the start of a sentence: `For Vega, it is over`."""
COMPLEMENTS = {"ccomp": "clause", "xcomp": "to"}


def find_readings(doc: Doc) -> Iterator[Reading]:
    """Every reading of every verb, noun, adjective and preposition, in the order of the cues."""
    for token in doc:
        pos = token.pos_
        if pos == "VERB" or pos == "AUX":
            yield from passive_readings(token) if is_passive_report(token) else verb_readings(token)
        elif pos == "NOUN" or pos == "PROPN":
            yield from noun_readings(token)
        elif pos == "ADJ":
            yield from adjective_readings(token)
        elif pos == "ADP":
            yield from source_readings(token)


def is_passive_report(verb: Token) -> bool:
    """`was told`, and a participle below a noun: `the plan rejected by Vega`."""
    deps = {child.dep_ for child in verb.children}
    if "nsubjpass" in deps or "auxpass" in deps:
        return True
    return verb.tag_ == "VBN" and "aux" not in deps and verb.dep_ in NOUN_CLAUSES


def passive_readings(verb: Token) -> Iterator[Reading]:
    """`The plan was rejected by Vega`, `Vega was told that it rained`, `Vega is expected to leave`."""
    lemma = verb.lemma_.lower()
    patient = child_with(verb, "nsubjpass")
    if patient is None:
        return
    agent = passive_agent(verb)
    if agent is not None:
        yield Reading(verb.i, agent.head.i + 1, lemma, "passive", agent.i, (subtree(patient),))
        return
    for child in verb.rights:
        start, stop = child.i + 1, child.right_edge.i + 1
        if child.dep_ == "prep" and stop > start:
            frame = f"passive {child.lower_}"
            yield Reading(verb.i, start, lemma, frame, patient.i, ((start, stop),))
        elif child.dep_ in COMPLEMENTS:
            frame = f"passive {COMPLEMENTS[child.dep_]}"
            yield Reading(verb.i, verb.i + 1, lemma, frame, patient.i, (subtree(child),))


def noun_readings(noun: Token) -> Iterator[Reading]:
    """`Vega's claim that it rained`, `a warning from Vega of a war`."""
    owner = by = clause = None
    preps = []
    for child in noun.children:
        if child.dep_ == "poss":
            owner = child
        elif child.dep_ == "prep":
            inner = child_with(child, *PREPOSITIONAL_OBJECTS)
            if inner is not None and child.lower_ in BEHIND_NOUN:
                by = inner
            elif inner is not None:
                preps.append(child)
        elif child.dep_ in CONTENT_CLAUSES and child.i > noun.i:
            clause = child
    speaker = by or owner
    if speaker is None:
        return
    lemma = noun.lemma_.lower()
    if clause is not None and (clause.tag_ == "VB" or any(c.dep_ == "mark" for c in clause.children)):
        frame = "noun to" if clause.tag_ == "VB" else "noun clause"
        yield Reading(noun.i, noun.i + 1, lemma, frame, speaker.i, (subtree(clause),))
    for prep in preps:
        start, stop = prep.i + 1, prep.right_edge.i + 1
        if by is not None and by.i > prep.i and by.head.i > start:
            stop = min(stop, by.head.i)
        if stop > start:
            yield Reading(noun.i, start, lemma, f"noun {prep.lower_}", speaker.i, ((start, stop),))


def adjective_readings(adjective: Token) -> Iterator[Reading]:
    """`Vega is sure that it rained`, `Vega is eager to leave`, `Vega is wary of war`."""
    if adjective.dep_ not in PREDICATIVE:
        return
    owner = subject(adjective.head) if adjective.dep_ == "acomp" else own_subject(adjective)
    if owner is None:
        return
    lemma = adjective.lemma_.lower()
    for child in adjective.rights:
        start, stop = child.i + 1, child.right_edge.i + 1
        if child.dep_ in COMPLEMENTS:
            frame = f"adj {COMPLEMENTS[child.dep_]}"
            yield Reading(adjective.i, adjective.i + 1, lemma, frame, owner.i, (subtree(child),))
        elif child.dep_ == "prep" and stop > start:
            yield Reading(adjective.i, start, lemma, f"adj {child.lower_}", owner.i, ((start, stop),))


def source_readings(prep: Token) -> Iterator[Reading]:
    """`according to Vega`, `per Vega`, `In the view of Vega, ...`."""
    if prep.lower_ == "to" and prep.head.lower_ == "according":
        source = child_with(prep, "pobj")
        if source is not None:
            yield from adjunct_reading(prep.head, prep, source, "according")
    elif prep.lower_ in SOURCE_PREPOSITIONS and prep.dep_ == "prep" and prep.head.pos_ in VERBS:
        source = child_with(prep, "pobj")
        if source is not None and (prep.lower_ == "per" or prep.i == prep.sent.start):
            yield from adjunct_reading(prep, prep, source, prep.lower_)


def adjunct_reading(cue: Token, prep: Token, source: Token, lemma: str) -> Iterator[Reading]:
    """The clause that a source vouches for: before the adjunct, after it, or both."""
    sentence = cue.sent
    start, stop = cue.left_edge.i, prep.right_edge.i + 1
    clause = clause_above(cue.head)
    if start == sentence.start:
        stop = end_of_opening(source, clause, stop)
    is_apart = start > sentence.start and sentence.doc[start - 1].text == ","
    while clause.dep_ in ("conj", "advcl") and clause.head.i < clause.i:
        if not is_apart and (clause.dep_ == "advcl" or own_subject(clause) is not None):
            break
        clause = clause.head  # came and went, according to Vega: both
    outer = subtree(clause) if clause != cue else (sentence.start, sentence.end)
    pieces = tuple(p for p in ((outer[0], start), (stop, outer[1])) if p[1] - p[0] > 1)
    if pieces:
        yield Reading(cue.i, prep.i + 1, lemma, "adjunct", source.i, pieces)


def clause_above(word: Token) -> Token:
    """The verb that an adjunct below a participle is about: `left ten wounded according to the army`."""
    clause = word
    for _ in range(HOPS):
        is_part = clause.dep_ in ("oprd", "acomp", "xcomp", "attr") and own_subject(clause) is None
        if not is_part or clause.head == clause:
            break
        clause = clause.head
    return clause


def end_of_opening(source: Token, clause: Token, stop: int) -> int:
    """Where `According to Vega, teams searched the ruins` begins to say what Vega said.

    Parsers take what follows the comma for another name of the source; then the clause has no subject.
    """
    end = noun_phrase(source)[1]
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in clause.children)
    is_short = end < stop and source.doc[end].text == "," and end + 1 < stop
    return end if is_short and not has_subject else stop
