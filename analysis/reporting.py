"""Words that report (verbs, nouns, adjectives, prepositions) and what the parse puts under them.

Every reading found here is one clause seen through one reporting word: who is its subject, and which words
are what he said, thought or wanted. Whether the reading is believed is decided in `analysis.quotes`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token


class Reading(NamedTuple):
    """One reporting word with its speaker and its content, in tokens of the Doc."""

    cue: int
    cue_end: int  # one past the last token of the cue: `called for` has two
    lemma: str
    frame: str  # the shape of the content, such as "clause", "to", "object", "for"
    speaker: int | None  # head of the speaker's noun phrase
    content: tuple[tuple[int, int], ...]  # token ranges, end exclusive


SUBJECTS = {"nsubj", "csubj"}
CLAUSES = {"ccomp", "parataxis"}
PARTICLES = {"prt"}


def find_readings(doc: Doc) -> Iterator[Reading]:
    """Every reading of every verb, noun and adjective, in the order of the cues."""
    for token in doc:
        if token.pos_ in ("VERB", "AUX"):
            yield from _verb_readings(token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _noun_readings(token)
        elif token.pos_ == "ADJ":
            yield from _adjective_readings(token)
        elif token.pos_ == "ADP":
            yield from _preposition_readings(token)


def subject(verb: Token) -> Token | None:
    """Head of the noun phrase that does what the verb says, in whatever clause it stands.

    A conjunct or a participle borrows the subject of the clause it hangs on (`rose, saying ...`); an
    infinitive that of the verb above it, or its object (`urged him to say`).
    """
    for _ in range(8):  # no real chain is longer; broken parses can be
        own = _own_subject(verb)
        if own is not None:
            return own
        head = verb.head
        if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return head if verb.tag_ != "VBN" else None
        if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
            objects = [child for child in head.children if child.dep_ in ("dobj", "dative")]
            if objects and verb.tag_ == "VB":
                return objects[0]
        elif verb.dep_ == "pcomp":
            head = head.head
        elif verb.dep_ not in ("conj", "advcl", "ccomp", "dep", "prep"):
            return None
        if head == verb or head.pos_ not in ("VERB", "AUX", "ADJ"):
            return None
        verb = head
    return None


def _own_subject(verb: Token) -> Token | None:
    passive = None
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return child
        if child.dep_ == "nsubjpass":
            passive = child
        elif child.dep_ == "agent":
            passive = next((c for c in child.children if c.dep_ == "pobj"), None)
    return passive


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _range(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i + 1


def _verb_readings(verb: Token) -> Iterator[Reading]:
    passive = _is_passive(verb)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl")):
        yield from _passive_readings(verb)
        return
    speaker = subject(verb)
    at = speaker.i if speaker is not None else None
    lemma = verb.lemma_.lower()
    end = verb.i + 1
    clause = to = obj = None
    preps = []
    for child in verb.children:
        if child.dep_ == "prt" and child.i == end:
            end = child.i + 1
        if child.dep_ in CLAUSES and clause is None and (child.i != at):
            clause = child
        elif child.dep_ == "xcomp" and to is None:
            to = child
        elif child.dep_ in ("dobj", "oprd", "attr") and obj is None:
            obj = child
        elif child.dep_ == "prep" and child.i > verb.i:
            preps.append(child)
    if clause is not None:
        yield Reading(verb.i, end, lemma, "clause", at, _clause_content(verb, clause, at))
    if to is not None:
        start, stop = _range(to)
        if obj is not None and verb.i < obj.i < to.i:
            start = _range(obj)[0]
        if start < verb.i < stop:
            start = verb.i + 1
        frame = "to" if to.tag_ == "VB" else "ing" if to.tag_ == "VBG" else "small"
        if stop > start:
            yield Reading(verb.i, end, lemma, frame, at, ((start, stop),))
    if obj is not None and to is None and clause is None:
        start, stop = _range(obj)
        if start > verb.i:
            stop = max(
                [stop]
                + [
                    _range(p)[1]
                    for p in preps
                    if p.i == stop
                    and p.lower_
                    in ("of", "for", "as", "with", "over", "to", "from", "against", "about", "on")
                ]
            )
            yield Reading(verb.i, end, lemma, "object", at, ((start, stop),))
        elif obj.tag_ in ("WP", "WDT"):
            pass
    for prep in preps:
        inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
        if inner is None or prep.lower_ == "to" and obj is not None:
            continue
        start, stop = prep.i + 1, _range(prep)[1]
        later = [c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > prep.i and c.tag_ == "VB"]
        if later and prep.lower_ == "on":
            stop = _range(later[0])[1]
        if stop > start:
            yield Reading(verb.i, prep.i + 1, lemma, prep.lower_, at, ((start, stop),))
    if clause is None:
        yield from _parenthesis(verb, lemma, at)


def _parenthesis(verb: Token, lemma: str, at: int | None) -> Iterator[Reading]:
    """`The plan, she said, is dead`: parsers hang the cue on the content."""
    if verb.dep_ not in ("ccomp", "parataxis", "advcl", "dep", "relcl", "conj") or at is None:
        return
    own = _own_subject(verb)
    if own is None:
        return
    start, stop = _range(verb)
    outer = _range(verb.head)
    pieces = tuple(p for p in ((outer[0], start), (stop, outer[1])) if p[1] - p[0] > 1)
    if pieces and verb.head.pos_ in ("VERB", "AUX"):
        yield Reading(verb.i, verb.i + 1, lemma, "parenthesis", at, pieces)


def _clause_content(verb: Token, clause: Token, at: int | None) -> tuple[tuple[int, int], ...]:
    start, stop = _range(clause)
    if clause.i > verb.i:
        return ((max(start, verb.i + 1), stop),)
    edge = min([verb.i] + ([verb.doc[at].left_edge.i] if at is not None and start < at < verb.i else []))
    edge = verb.i if edge <= start else edge
    return ((start, min(stop, edge)),)


def _passive_readings(verb: Token) -> Iterator[Reading]:
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    by = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    lemma = verb.lemma_.lower()
    if by is not None:
        patient = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if patient is not None:
            yield Reading(verb.i, agent.i + 1, lemma, "passive", by.i, (_range(patient),))
        elif verb.dep_ in ("acl", "relcl"):
            yield Reading(verb.i, agent.i + 1, lemma, "passive", by.i, ((verb.head.left_edge.i, verb.i),))
        return
    patient = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if patient is None:
        return
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i:
            start, stop = child.i + 1, _range(child)[1]
            if stop > start:
                yield Reading(
                    verb.i, child.i + 1, lemma, "passive " + child.lower_, patient.i, ((start, stop),)
                )
        elif child.dep_ in ("ccomp", "xcomp") and child.i > verb.i:
            frame = "passive clause" if child.dep_ == "ccomp" else "passive to"
            yield Reading(verb.i, verb.i + 1, lemma, frame, patient.i, (_range(child),))


def _noun_readings(noun: Token) -> Iterator[Reading]:
    owner = None
    by = None
    preps = []
    clause = None
    for child in noun.children:
        if child.dep_ == "poss":
            owner = child
        elif child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inner is None:
                continue
            if child.lower_ in ("by", "from", "among"):
                by = inner
            else:
                preps.append(child)
        elif child.dep_ in ("acl", "ccomp", "xcomp") and child.i > noun.i:
            clause = child
    speaker = by or owner
    if speaker is None:
        return
    lemma = noun.lemma_.lower()
    if clause is not None and (clause.tag_ == "VB" or any(c.dep_ == "mark" for c in clause.children)):
        frame = "noun to" if clause.tag_ == "VB" else "noun clause"
        yield Reading(noun.i, noun.i + 1, lemma, frame, speaker.i, (_range(clause),))
    for prep in preps:
        start, stop = prep.i + 1, _range(prep)[1]
        if by is not None and by.i > prep.i:
            stop = min(stop, by.head.i) if by.head.i > start else stop
        if stop > start:
            yield Reading(noun.i, prep.i + 1, lemma, "noun " + prep.lower_, speaker.i, ((start, stop),))


def _adjective_readings(adjective: Token) -> Iterator[Reading]:
    if adjective.dep_ not in ("acomp", "ROOT", "conj", "oprd", "ccomp", "advcl"):
        return
    owner = subject(adjective.head) if adjective.dep_ == "acomp" else _own_subject(adjective)
    if owner is None:
        return
    lemma = adjective.lemma_.lower()
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        if child.dep_ in ("ccomp", "xcomp"):
            frame = "adj clause" if child.dep_ == "ccomp" else "adj to"
            yield Reading(adjective.i, adjective.i + 1, lemma, frame, owner.i, (_range(child),))
        elif child.dep_ == "prep":
            start, stop = child.i + 1, _range(child)[1]
            if stop > start:
                yield Reading(
                    adjective.i, child.i + 1, lemma, "adj " + child.lower_, owner.i, ((start, stop),)
                )


def _preposition_readings(prep: Token) -> Iterator[Reading]:
    """`according to`, `per`, `in the view of`."""
    if prep.lower_ == "to" and prep.head.lower_ == "according":
        source = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if source is None:
            return
        cue = prep.head
        yield from _adjunct(cue, prep, source, "according")
    elif (
        prep.lower_ in ("per", "for", "in", "to")
        and prep.dep_ == "prep"
        and prep.head.pos_ in ("VERB", "AUX")
    ):
        source = next((c for c in prep.children if c.dep_ == "pobj"), None)
        if source is not None and (prep.lower_ == "per" or prep.i == prep.sent.start):
            yield from _adjunct(prep, prep, source, prep.lower_)


def _adjunct(cue: Token, prep: Token, source: Token, lemma: str) -> Iterator[Reading]:
    sentence = cue.sent
    start, stop = cue.left_edge.i, prep.right_edge.i + 1
    outer = _range(cue.head) if cue.head != cue else (sentence.start, sentence.end)
    pieces = tuple(p for p in ((outer[0], start), (stop, outer[1])) if p[1] - p[0] > 1)
    if pieces:
        yield Reading(cue.i, prep.i + 1, lemma, "adjunct", source.i, pieces)
