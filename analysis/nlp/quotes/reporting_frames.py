"""Reporting words (verbs, nouns, adjectives, prepositions) and the content that the parse puts under them.

Every reading of every word is found here; `analysis.nlp.quotes.claims` decides which to believe.
"""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from analysis.nlp.parse.clause_subject import (
    HOPS,
    VERBS,
    child_with,
    own_subject,
    passive_agent,
    speaker_of_verb,
    stray_after,
    stray_before,
    subject,
)
from analysis.nlp.parse.tree import NOUN_CLAUSES, PREPOSITIONAL_OBJECTS
from analysis.nlp.parse.word_lists import is_strong, speech_verbs
from analysis.nlp.quotes.speaker_resolution import noun_phrase

SAYING = frozenset(("say", "add", "believe", "think"))
"""Verbs that report a clause and have no listener for an object."""
CLAUSES = frozenset(("ccomp", "parataxis"))
PREPOSITIONS_AFTER = frozenset(("of", "for", "as", "with", "over", "to", "from", "against", "about", "on"))
"""Prepositions that continue an object: rejected the plan of the union."""
RELATIVES = frozenset(("who", "whom", "whose", "which", "that", "where", "when", "why"))
PARENTHETIC = frozenset(("ccomp", "parataxis", "advcl", "dep", "relcl", "conj"))
BEFORE_THAT = 8  # tokens between a verb and its `that`
SHORTEST_REST = 4  # tokens of a sentence that can be content without a clause
BEHIND_NOUN = frozenset(("by", "from", "among"))
"""Prepositions that lead to the one who spoke: a warning from Vega."""
PREDICATIVE = frozenset(("acomp", "ROOT", "conj", "oprd", "ccomp", "advcl"))
SOURCE_PREPOSITIONS = frozenset(("per", "for", "in", "to"))
"""Prepositions that name a source, most of them only at the start of a sentence: `For Vega, it is over`."""
COMPLEMENTS = {"ccomp": "clause", "xcomp": "to"}


class Reading(NamedTuple):
    """A reporting word with its speaker and its content, in tokens of the Doc."""

    cue: int
    cue_end: int  # one past the last token of the cue: `called for` has two
    lemma: str
    frame: str  # one of `word_lists.FRAMES`, or one with a rare preposition, which has no share
    speaker: int | None  # head of the speaker's noun phrase
    content: tuple[tuple[int, int], ...]  # token ranges, end exclusive


def subtree(token: Token) -> tuple[int, int]:
    """Everything below a word."""
    return token.left_edge.i, token.right_edge.i + 1


def without_aside(noun: Token) -> tuple[int, int]:
    """Everything below a noun, up to a comma after which the reporter explains it: `Cruz, who has ...`."""
    start, stop = subtree(noun)
    for child in noun.rights:
        before = child.left_edge.i
        if (
            child.dep_ in ("appos", "relcl", "acl", "advcl")
            and before > start
            and noun.doc[before - 1].text == ","
        ):
            return start, before - 1
    return start, stop


class VerbParts(NamedTuple):
    """A verb, its subject, and what may be its content."""

    verb: Token
    lemma: str
    speaker: int | None  # the subject
    end: int  # one past the verb and its particle
    clause: Token | None
    infinitive: Token | None
    obj: Token | None
    judgment: Token | None  # `mistake` of `called it a mistake`


def verb_readings(verb: Token) -> Iterator[Reading]:
    """Every reading of an active verb."""
    parts = read_parts(verb)
    has_object = parts.obj is not None or parts.judgment is not None
    if parts.clause is not None:
        yield from clause_reading(parts)
    elif parts.infinitive is None and parts.obj is None:
        yield from rest_reading(parts)
    if parts.infinitive is not None:
        yield from infinitive_reading(parts)
    elif has_object and parts.clause is None:
        yield from object_reading(parts)
    yield from preposition_readings(parts)
    if parts.clause is None:
        yield from parenthesis_reading(parts)
        yield from tag_reading(parts)


def read_parts(verb: Token) -> VerbParts:
    """The first of each kind of complement; a clause that the verb is not about is left out."""
    own = speaker_of_verb(verb)
    speaker = own.i if own is not None else None
    clause = infinitive = obj = judgment = None
    end = verb.i + 1
    for child in verb.children:
        dep = child.dep_
        if dep == "prt" and child.i == end:
            end = child.i + 1
        elif dep in CLAUSES and child.i != speaker:
            is_later = clause is not None and clause.i < verb.i < child.i  # parsers put both below `said`:
            if clause is None or (is_later and child.left_edge.lower_ == "that"):  # protested; said that
                clause = child
        elif dep == "xcomp":
            infinitive = infinitive or child
        elif dep == "dobj" and child.i != speaker:
            obj = obj or child
        elif dep in ("oprd", "attr"):
            judgment = judgment or child
    if clause is not None and obj is not None and is_about_object_alone(verb, clause, obj):
        clause = None
    return VerbParts(verb, verb.lemma_.lower(), speaker, end, clause, infinitive, obj, judgment)


def is_about_object_alone(verb: Token, clause: Token, obj: Token) -> bool:
    """Whether the clause before a verb is not its content.

    `Cruz accused Vega of theft, a charge Vega denies`: the charge is denied. `One side bombs a camp, the
    other recalls an envoy`: the envoy is recalled. But `It was late, Vega told the court` reports the clause.
    """
    is_between = clause.i < obj.i < verb.i
    is_after = clause.i < verb.i < obj.i
    return is_between or (is_after and verb.lemma_.lower() not in speech_verbs()["listener"])


def as_reading(parts: VerbParts, frame: str, *content: tuple[int, int], end: int | None = None) -> Reading:
    """A reading of the verb; `end` is one past the cue where a preposition belongs to it."""
    return Reading(parts.verb.i, end or parts.end, parts.lemma, frame, parts.speaker, content)


def clause_reading(parts: VerbParts) -> Iterator[Reading]:
    """`Vega said it is over`, `It is over, said Vega` and `It is over, Vega said`."""
    verb, clause, speaker = parts.verb, parts.clause, parts.speaker
    start, stop = subtree(clause)
    if clause.i > verb.i:
        start = max(start, parts.end)
        if verb.left_edge.lower_ == "what":
            start += verb.doc[start].lemma_ == "be"  # what officials say is a major push
        if parts.obj is not None and parts.obj.left_edge.i == parts.end and parts.lemma in SAYING:
            start = parts.end  # said the plan, if ratified, would help: the plan is no object
    else:
        is_between = speaker is not None and clause.i < speaker < verb.i
        edge = verb.doc[speaker].left_edge.i if is_between else verb.i
        stop = min(stop, edge if edge > clause.i else verb.i)
    if stop > start:
        yield as_reading(parts, "clause", (start, stop))


def rest_reading(parts: VerbParts) -> Iterator[Reading]:
    """The rest of the sentence, after a strong reporting verb for which the parser found no clause."""
    verb, end = parts.verb, parts.end
    if parts.speaker is None or parts.speaker > verb.i or not is_strong(parts.lemma):
        return
    stop = verb.right_edge.i + 1
    if stop - end >= SHORTEST_REST:
        start = that_after(verb.doc, end, stop)
        yield as_reading(parts, "rest" if start == end else "clause", (start, stop))


def that_after(doc: Doc, end: int, stop: int) -> int:
    """Where the content begins: in `said at a hearing that ...`, at `that`."""
    for i in range(end, min(stop, end + BEFORE_THAT)):
        if doc[i].lower_ == "that" and doc[i].tag_ in ("IN", "DT", "WDT") and i > end:
            return i
        if doc[i].pos_ in VERBS or doc[i].is_punct:
            return end
    return end


def infinitive_reading(parts: VerbParts) -> Iterator[Reading]:
    """`promised to leave`, `urged Peru to leave`, `suggested leaving`."""
    verb, infinitive, obj = parts.verb, parts.infinitive, parts.obj
    start, stop = subtree(infinitive)
    if obj is not None and verb.i < obj.i < infinitive.i:
        start = obj.left_edge.i
    if start < verb.i < stop:
        start = max(start, parts.end)
    for child in infinitive.rights:  # wants to win, recalling how: the participle is the reporter's
        is_participle = child.dep_ == "advcl" and child.tag_ == "VBG"
        if is_participle and verb.doc[child.left_edge.i - 1].text == ",":
            stop = min(stop, child.left_edge.i - 1)
    if stop > start:
        tags = [infinitive.tag_, *(child.tag_ for child in infinitive.lefts)]  # claimed to have won
        frame = "ing" if "VBG" in tags and "TO" not in tags else "small"  # denied having won
        frame = "to" if "TO" in tags or infinitive.tag_ == "VB" else frame
        yield as_reading(parts, frame, (start, stop))


def object_reading(parts: VerbParts) -> Iterator[Reading]:
    """`rejected the plan`, `called it a mistake`, `in what it called a mistake`."""
    verb, judgment = parts.verb, parts.judgment
    first = parts.obj if parts.obj is not None else judgment
    if first.lower_ == "what" and judgment is not None and first.i < verb.i < judgment.i:
        first = judgment
        if any(token.is_quote for token in verb.doc[verb.i : judgment.right_edge.i + 1]):
            return  # in what it called "a mistake": the marks show what was said
    start, stop = without_aside(first)
    if start <= verb.i:
        return
    if judgment is not None and judgment.i > first.i:
        stop = judgment.right_edge.i + 1
    else:
        for child in verb.rights:
            if child.dep_ == "prep" and child.i == stop and child.lower_ in PREPOSITIONS_AFTER:
                stop = child.right_edge.i + 1
    yield as_reading(parts, "object", (start, stop))


def preposition_readings(parts: VerbParts) -> Iterator[Reading]:
    """`warned of a war`, `called on China to stop`, `called for the ports to be opened`."""
    infinitive = next((c for c in parts.verb.rights if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
    for child in parts.verb.rights:
        mark = child.left_edge
        if child.dep_ in ("advcl", "ccomp") and mark.lower_ == "for" and mark.dep_ == "mark":
            yield as_reading(parts, "for", (mark.i + 1, child.right_edge.i + 1), end=mark.i + 1)
        elif child.dep_ == "prep" and not (parts.obj is not None and child.lower_ == "to"):
            inner = child_with(child, *PREPOSITIONAL_OBJECTS)
            if inner is not None and inner.i > child.i:  # what a preposition leads to may stand before it
                start, stop = child.i + 1, max(without_aside(inner)[1], child.i + 2)
                if infinitive is not None and child.i < infinitive.i and child.lower_ == "on":
                    stop = infinitive.right_edge.i + 1
                yield as_reading(parts, child.lower_, (start, stop), end=child.i + 1)


def tag_reading(parts: VerbParts) -> Iterator[Reading]:
    """`It expelled two envoys, an official said`; otherwise `a plan that Vega has long opposed`."""
    verb, speaker = parts.verb, parts.speaker
    comma = tag_start(verb, speaker) if parts.obj is None or parts.lemma == "tell" else None
    if comma:
        yield as_reading(parts, "clause", (verb.sent.start, comma))
    elif parts.obj is None and verb.dep_ == "relcl" and speaker is not None:
        noun = verb.head
        is_noun_itself = speaker == noun.i or noun.doc[speaker].lower_ in ("who", "which", "that")
        if not is_noun_itself and noun.i < speaker:
            yield as_reading(parts, "relative", (noun.left_edge.i, noun.i + 1))


def tag_start(verb: Token, speaker: int | None) -> int | None:
    """The comma of `It expelled two envoys, an official said`, where `said` is parsed as below `envoys`.

    A relative clause after a comma needs its `which`, another main clause its `and`.
    """
    is_loose = verb.dep_ in ("relcl", "conj") and is_strong(verb.lemma_)
    if speaker is None or not is_loose:
        return None
    has_own = own_subject(verb) is not None
    if stray_after(verb) is not None:
        return verb.i - 1
    start = verb.left_edge.i if has_own else min(verb.left_edge.i, verb.doc[speaker].left_edge.i)
    if start <= verb.sent.start:
        return None
    words = {token.text.lower() for token in verb.doc[start : verb.i]}
    is_bare = (
        (has_own or stray_before(verb) is not None) and not words & RELATIVES and start <= speaker < verb.i
    )
    return start - 1 if is_bare and verb.doc[start - 1].text == "," else None


def parenthesis_reading(parts: VerbParts) -> Iterator[Reading]:
    """`The plan, she said, is dead`: parsers put the cue below the content."""
    verb = parts.verb
    is_parenthetic = verb.dep_ in PARENTHETIC and verb.head.pos_ in VERBS
    if not is_parenthetic or parts.speaker is None or own_subject(verb) is None:
        return
    start, stop = subtree(verb)
    outer = subtree(verb.head)
    pieces = tuple(p for p in ((outer[0], start), (stop, outer[1])) if p[1] - p[0] > 1)
    if pieces:
        yield as_reading(parts, "parenthesis", *pieces, end=verb.i + 1)


def find_readings(doc: Doc | Span) -> Iterator[Reading]:
    """Every reading of every verb, noun, adjective and preposition, in the order of the cues."""
    for token in doc:
        pos = token.pos_
        if pos == "VERB" or pos == "AUX":
            deps = {child.dep_ for child in token.children}
            is_participle = token.tag_ == "VBN" and "aux" not in deps and token.dep_ in NOUN_CLAUSES
            is_passive = "nsubjpass" in deps or "auxpass" in deps or is_participle
            yield from passive_readings(token) if is_passive else verb_readings(token)
        elif pos == "NOUN" or pos == "PROPN":
            yield from noun_readings(token)
        elif pos == "ADJ":
            yield from adjective_readings(token)
        elif pos == "ADP":
            yield from source_readings(token)


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
        elif child.dep_ in ("acl", "ccomp", "xcomp") and child.i > noun.i:
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
