"""Words that report (verbs, nouns, adjectives, prepositions) and what the parse puts under them.

Every reading found here is one clause seen through one reporting word: who is its subject, and which words
are what he said, thought or wanted. Whether the reading is believed is decided in
`analysis.nlp.quotes.attribution`.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Doc, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.word_classes import word_classes


class Reading(NamedTuple):
    """One reporting word with its speaker and its content, in tokens of the Doc."""

    cue: int
    cue_end: int  # one past the last token of the cue: `called for` has two
    lemma: str
    frame: str  # the shape of the content, such as "clause", "to", "object", "for"
    speaker: int | None  # head of the speaker's noun phrase
    content: tuple[tuple[int, int], ...]  # token ranges, end exclusive


SUBJECTS = {"nsubj", "csubj"}
STRONG = 0.45  # share from which a verb is taken for a reporting verb wherever it stands
PREPOSITIONS_AFTER = {"of", "for", "as", "with", "over", "to", "from", "against", "about", "on"}
RELATIVES = {"who", "whom", "whose", "which", "that", "where", "when", "why"}
HOPS = 10  # no real chain of clauses is longer; broken parses can be


@cache
def shares() -> dict[tuple[str, str], float]:
    """How often a word in a frame attributes, by (lemma, frame)."""
    rows = load_lexicon("quotes/reporting_words")
    return {(w, f): float(s) for w, f, s in zip(rows["word"], rows["frame"], rows["share"], strict=True)}


def find_readings(doc: Doc) -> Iterator[Reading]:
    """Every reading of every verb, noun and adjective, in the order of the cues."""
    for token in doc:
        pos = token.pos_
        if pos == "VERB" or pos == "AUX":
            yield from _verb_readings(token)
        elif pos == "NOUN" or pos == "PROPN":
            yield from _noun_readings(token)
        elif pos == "ADJ":
            yield from _adjective_readings(token)
        elif pos == "ADP":
            yield from _preposition_readings(token)


def subject(verb: Token) -> Token | None:
    """Head of the noun phrase that does what the verb says, in whatever clause it stands.

    A conjunct or a participle borrows the subject of the clause it hangs on (`rose, saying ...`); an
    infinitive that of the verb above it, or its object (`urged him to say`).
    """
    for _ in range(HOPS):
        own = _own_subject(verb)
        if own is not None:
            return _author(own) if own.lemma_ in DOCUMENTS and verb.tag_ == "VBG" else own
        above = misplaced_under(verb)
        if above is not None:
            verb = above
            continue
        head = verb.head
        if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _author(head) if verb.tag_ != "VBN" else None
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


def _author(noun: Token) -> Token:
    """`Vega put out a statement saying`: whoever put it out, not the statement."""
    if noun.dep_ == "nsubj" and noun.head.dep_ == "ccomp" and noun.head.head.i < noun.i:
        return _own_subject(noun.head.head) or noun  # parsed as if the statement itself were saying
    if noun.dep_ == "dobj" and noun.lemma_ in DOCUMENTS:
        return _own_subject(noun.head) or noun
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in DOCUMENTS and noun.head.head.dep_ == "dobj":
        return _own_subject(noun.head.head.head) or noun
    return noun


DOCUMENTS = {
    "statement",
    "letter",
    "message",
    "email",
    "e-mail",
    "tweet",
    "memo",
    "note",
    "release",
    "post",
    "report",
    "order",
    "decree",
    "petition",
    "declaration",
}


def _own_subject(verb: Token) -> Token | None:
    passive = None
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return put_by(verb) or child
        if child.dep_ == "nsubjpass":
            passive = passive or child
        elif child.dep_ == "agent":
            passive = next((c for c in child.children if c.dep_ == "pobj"), passive)
    return passive or asked_subject(verb)


def put_by(verb: Token) -> Token | None:
    """Who put it so, in `The envoys, as one admiral put it, would rather sail`: the subject behind `as`."""
    marks = [child for child in verb.children if child.dep_ in ("mark", "prep") and child.lower_ == "as"]
    behind = (child for child in verb.children if child.dep_ in SUBJECTS and marks and child.i > marks[0].i)
    return next(behind, None)


def asked_subject(verb: Token) -> Token | None:
    """`Doe, asked whether Peru would leave, said`: parsers hang Doe on `asked` alone."""
    asked = next(
        (c for c in verb.children if c.dep_ == "ccomp" and c.lower_ == "asked" and c.i < verb.i), None
    )
    if asked is None or verb.doc[verb.i - 1].text != ",":
        return None
    return next((c for c in asked.children if c.dep_ in SUBJECTS), None)


def misplaced_under(verb: Token) -> Token | None:
    """The reporting verb that `verb` is really coordinated with.

    In `said it was over and called for calm` parsers often hang `called` on `was`. A reporting verb
    without a subject, in the tense of the one above the clause, belongs to that one; so does `thanked`, but
    only behind a clause that tells how things are, like `was`.
    """
    is_address = verb.lemma_.lower() in word_classes()["address"]
    if verb.dep_ != "conj" or (max_share(verb.lemma_) < STRONG and not is_address):
        return None
    inner = verb.head
    for _ in range(HOPS):
        if inner.dep_ == "conj":
            inner = inner.head
            continue
        break
    outer = inner.head
    if (
        inner.dep_ == "ccomp"
        and outer.i < inner.i
        and outer.tag_ == verb.tag_
        and max_share(outer.lemma_) >= STRONG
        and (max_share(verb.lemma_) >= STRONG or tells_how_things_are(inner))
    ):
        return outer
    return None


def tells_how_things_are(verb: Token) -> bool:
    """A copula, a progressive, a perfect or a modal; see `trees.hand_back`."""
    return verb.lemma_ == "be" or has_helper(verb)


def has_helper(verb: Token) -> bool:
    return any(child.dep_ in ("aux", "auxpass") for child in verb.children)


@cache
def stances() -> dict[tuple[str, str], str]:
    """What a cue says of the speaker's attitude or the reporter's trust, by (lemma, frame)."""
    rows = load_lexicon("quotes/reporting_words")
    return {(w, f): s for w, f, s in zip(rows["word"], rows["frame"], rows["stance"], strict=True)}


@cache
def best_shares() -> dict[str, float]:
    best: dict[str, float] = {}
    for (word, frame), share in shares().items():
        if frame in ("clause", "quote"):
            best[word] = max(share, best.get(word, 0.0))
    return best


def max_share(lemma: str) -> float:
    return best_shares().get(lemma.lower(), 0.0)


def _range(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i + 1


def _kept(token: Token) -> tuple[int, int]:
    """The words under a noun, without an aside after a comma that the reporter adds: `Cruz, who has ...`."""
    start, stop = _range(token)
    doc = token.doc
    for child in token.rights:
        before = child.left_edge.i
        if (
            child.dep_ in ("appos", "relcl", "acl", "advcl")
            and before > start
            and doc[before - 1].text == ","
        ):
            return start, before - 1
    return start, stop


def _clause_end(clause: Token, verb: Token) -> int:
    """Where the content ends: before a reporting verb that only seems to belong to it."""
    stop = clause.right_edge.i + 1
    todo = [clause]
    for _ in range(HOPS):
        if not todo:
            break
        for child in todo.pop().rights:
            if child.dep_ == "conj" and child.i > verb.i:
                if _own_subject(child) is None and (
                    misplaced_under(child) == verb or is_verbs_own(child, verb)
                ):
                    return child.left_edge.i - 1 if child.left_edge.i > clause.i + 1 else child.i
                todo.append(child)
    return stop


def is_verbs_own(conjunct: Token, verb: Token) -> bool:
    """Whether a verb belongs to the one who spoke: `said he would go but stayed`, where `go` has no past."""
    tags = conjunct.head.tag_, conjunct.tag_, verb.tag_
    return tags == ("VB", "VBD", "VBD") and not has_helper(conjunct)


def _verb_readings(verb: Token) -> Iterator[Reading]:
    deps = {child.dep_ for child in verb.children}
    if (
        "nsubjpass" in deps
        or "auxpass" in deps
        or (verb.tag_ == "VBN" and "aux" not in deps and verb.dep_ in ("acl", "relcl"))
    ):
        yield from _passive_readings(verb)
        return
    speaker = subject(verb)
    at = speaker.i if speaker is not None else None
    lemma = verb.lemma_.lower()
    end, clause, to, obj, other = _complements(verb, at)
    if clause is not None and obj is not None and is_told_of(verb, clause, obj):
        clause = None
    if clause is not None:
        yield from _clause_reading(verb, end, lemma, clause, at)
    elif to is None and obj is None:
        yield from _loose_readings(verb, end, lemma, at)
    if to is not None:
        yield from _infinitive_reading(verb, end, lemma, to, obj, at)
    if (obj is not None or other is not None) and to is None and clause is None:
        yield from _object_reading(verb, end, lemma, obj, other, at)
    yield from _preposition_of_verb(verb, lemma, obj, at)
    if clause is None:
        yield from _parenthesis(verb, lemma, at)
        if (obj is None or lemma == "tell") and (tag := _tag_start(verb, at)):
            sentence = verb.sent
            yield Reading(verb.i, end, lemma, "clause", at, ((sentence.start, tag),))
        elif obj is None and verb.dep_ == "relcl" and at is not None:
            yield from _relative_reading(verb, end, lemma, at)


class Complements(NamedTuple):
    """What a verb has for its content."""

    end: int  # one past the verb and its particle
    clause: Token | None
    to: Token | None
    obj: Token | None
    other: Token | None  # the mistake of `called it a mistake`


def _complements(verb: Token, at: int | None) -> Complements:
    """The first of each kind, the subject at `at` left out."""
    clause = to = obj = other = None
    end = verb.i + 1
    for child in verb.children:
        dep = child.dep_
        if dep == "prt" and child.i == end:
            end = child.i + 1
        elif (
            dep in ("ccomp", "parataxis")
            and child.i != at
            and (clause is None or is_own(child, clause, verb))
        ):
            clause = child
        elif dep == "xcomp" and to is None:
            to = child
        elif dep == "dobj" and obj is None:
            obj = child
        elif dep in ("oprd", "attr") and other is None:
            other = child
    return Complements(end, clause, to, obj, other)


def is_told_of(verb: Token, clause: Token, obj: Token) -> bool:
    """Whether a verb is of its object alone, and not of the clause before it.

    `Cruz accused Vega of theft, a charge Vega denies`: the charge is denied. `One side bombs a camp, the
    other recalls an envoy`: the envoy is recalled. But `It was late, Vega told the court`: it is told.
    """
    is_between = clause.i < obj.i < verb.i
    is_after = clause.i < verb.i < obj.i
    return is_between or (is_after and verb.lemma_.lower() not in word_classes()["telling"])


def is_own(child: Token, before: Token, verb: Token) -> bool:
    """`that it was late` in `Peru protested; Vega said that it was late`: parsers hang both on `said`."""
    return before.i < verb.i < child.i and child.left_edge.lower_ == "that"


def _clause_reading(verb: Token, end: int, lemma: str, clause: Token, at: int | None) -> Iterator[Reading]:
    start, stop = _range(clause)
    if clause.i > verb.i:
        start = max(start, end)
        if verb.left_edge.lower_ == "what" or verb.doc[max(0, verb.left_edge.i - 1)].lower_ == "what":
            start += verb.doc[start].lemma_ == "be"  # what officials say is a major push
        piece = (start, _clause_end(clause, verb))
    else:  # `It is over, said Vega` and `It is over, Vega said`
        edge = verb.doc[at].left_edge.i if at is not None and clause.i < at < verb.i else verb.i
        piece = (start, min(stop, edge) if edge > clause.i else min(stop, verb.i))
    if piece[1] > piece[0]:
        yield Reading(verb.i, end, lemma, "clause", at, (piece,))


def _loose_readings(verb: Token, end: int, lemma: str, at: int | None) -> Iterator[Reading]:
    """A strong reporting verb whose clause the parser did not find: what follows it in the sentence."""
    if at is None or at > verb.i or max_share(lemma) < STRONG:
        return
    stop = verb.right_edge.i + 1
    if stop - end >= 4:
        yield Reading(verb.i, end, lemma, "rest", at, ((that_after(verb.doc, end, stop), stop),))


def that_after(doc: Doc, end: int, stop: int) -> int:
    """Where the content begins in `said at a hearing that ...`, and not at the hearing."""
    for i in range(end, min(stop, end + BEFORE_THAT)):
        if doc[i].lower_ == "that" and doc[i].tag_ in ("IN", "DT", "WDT") and i > end:
            return i
        if doc[i].pos_ in ("VERB", "AUX") or doc[i].is_punct:
            return end
    return end


BEFORE_THAT = 8  # tokens between a verb and its `that`


def _infinitive_reading(
    verb: Token, end: int, lemma: str, to: Token, obj: Token | None, at: int | None
) -> Iterator[Reading]:
    start, stop = _range(to)
    if obj is not None and verb.i < obj.i < to.i:
        start = _range(obj)[0]
    start = max(start, end) if start < verb.i < stop else start
    for child in to.rights:  # wants to win, recalling how: the participle is the reporter's
        if child.dep_ == "advcl" and child.tag_ == "VBG" and verb.doc[child.left_edge.i - 1].text == ",":
            stop = min(stop, child.left_edge.i - 1)
    frame = {"VB": "to", "VBG": "ing"}.get(to.tag_, "small")
    if stop > start:
        yield Reading(verb.i, end, lemma, frame, at, ((start, stop),))


def _object_reading(
    verb: Token, end: int, lemma: str, obj: Token | None, other: Token | None, at: int | None
) -> Iterator[Reading]:
    first = obj if obj is not None else other
    start, stop = _kept(first)
    if start <= verb.i:
        return
    if other is not None and other.i > first.i:  # called it a mistake
        stop = _range(other)[1]
    else:
        for child in verb.rights:
            if child.dep_ == "prep" and child.i == stop and child.lower_ in PREPOSITIONS_AFTER:
                stop = _range(child)[1]
    yield Reading(verb.i, end, lemma, "object", at, ((start, stop),))


def _preposition_of_verb(verb: Token, lemma: str, obj: Token | None, at: int | None) -> Iterator[Reading]:
    infinitive = next((c for c in verb.rights if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
    for prep in verb.rights:
        if (
            prep.dep_ in ("advcl", "ccomp")
            and prep.left_edge.lower_ == "for"
            and prep.left_edge.dep_ == "mark"
        ):
            mark = prep.left_edge  # called for the strongholds to be hit
            yield Reading(verb.i, mark.i + 1, lemma, "for", at, ((mark.i + 1, prep.right_edge.i + 1),))
            continue
        if prep.dep_ != "prep" or (obj is not None and prep.lower_ == "to"):
            continue
        inner = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
        if inner is None:
            continue
        start, stop = prep.i + 1, max(_kept(inner)[1], prep.i + 2)
        if (
            infinitive is not None and prep.i < infinitive.i and prep.lower_ == "on"
        ):  # called on China to avoid
            stop = _range(infinitive)[1]
        yield Reading(verb.i, prep.i + 1, lemma, prep.lower_, at, ((start, stop),))


def _relative_reading(verb: Token, end: int, lemma: str, at: int) -> Iterator[Reading]:
    """`a plan that Vega has long opposed`: the content is the noun the clause hangs on."""
    noun = verb.head
    if at == noun.i or verb.doc[at].lower_ in ("who", "which", "that"):
        return
    start = noun.left_edge.i
    if start < noun.i + 1 <= at:
        yield Reading(verb.i, end, lemma, "relative", at, ((start, noun.i + 1),))
    elif noun.i + 1 <= at:
        yield Reading(verb.i, end, lemma, "relative", at, ((noun.i, noun.i + 1),))


def _tag_start(verb: Token, at: int | None) -> int | None:
    """The comma of `It expelled two envoys, an official said`, where the parser hangs the tag on the envoys.

    A relative clause behind a comma needs its `which`, one more main clause its `and`.
    """
    start = verb.left_edge.i
    if (
        at is None
        or verb.dep_ not in ("relcl", "conj")
        or max_share(verb.lemma_) < STRONG
        or start <= verb.sent.start
    ):
        return None
    words = {token.text.lower() for token in verb.doc[start : verb.i]}
    is_bare = _own_subject(verb) is not None and not words & RELATIVES and start <= at < verb.i
    return start - 1 if is_bare and verb.doc[start - 1].text == "," else None


def _parenthesis(verb: Token, lemma: str, at: int | None) -> Iterator[Reading]:
    """`The plan, she said, is dead`: parsers hang the cue on the content."""
    if verb.dep_ not in ("ccomp", "parataxis", "advcl", "dep", "relcl", "conj") or at is None:
        return
    if _own_subject(verb) is None or verb.head.pos_ not in ("VERB", "AUX", "NOUN", "ADJ"):
        return
    start, stop = _range(verb)
    outer = _range(verb.head)
    tail = () if is_aside(verb, stop) else ((stop, outer[1]),)
    pieces = tuple(p for p in ((outer[0], start), *tail) if p[1] - p[0] > 1)
    if pieces and verb.head.pos_ in ("VERB", "AUX"):
        yield Reading(verb.i, verb.i + 1, lemma, "parenthesis", at, pieces)


def is_aside(verb: Token, stop: int) -> bool:
    """Whether a participle behind the cue is the reporter's: `They failed, she said, pointing to the map`."""
    doc = verb.doc
    return stop + 1 < len(doc) and doc[stop].text == "," and doc[stop + 1].tag_ == "VBG"


def _passive_readings(verb: Token) -> Iterator[Reading]:
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    by = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    lemma = verb.lemma_.lower()
    if by is not None:
        patient = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if patient is not None:
            yield Reading(verb.i, agent.i + 1, lemma, "passive", by.i, (_range(patient),))
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
    told = cue.head
    if start > sentence.start and sentence.doc[start - 1].text == ",":
        while told.dep_ in ("conj", "advcl") and told.head.i < told.i:  # came and went, according to: both
            told = told.head
    outer = _range(told) if told != cue else (sentence.start, sentence.end)
    pieces = tuple(p for p in ((outer[0], start), (stop, outer[1])) if p[1] - p[0] > 1)
    if pieces:
        yield Reading(cue.i, prep.i + 1, lemma, "adjunct", source.i, pieces)
