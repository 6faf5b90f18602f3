"""Stance: what a passage says of one target, by rules over the parse.

Stance is not tone. *Rivals praised Ames and condemned Boyle* has one tone and two stances. Each judging word
counts by the role of the target towards it: what the target does, what is done to it, what it is called.
"""

import math
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from spacy.glossary import GLOSSARY
from spacy.tokens import Doc, Span, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.clause_subject import has_negation, is_noun_subject, noun_subjects
from analysis.nlp.parse.word_lists import speech_verbs
from analysis.tables.rows import rows_of

REACH = 60  # tokens on either side of the target that are read: many targets in one long sentence stay cheap
CLIMB = 6  # heads climbed to see whose clause a word is in
MENTION_REACH = 30  # tokens within which a pronoun is taken for the name before it
MOST_MENTIONS = 3
PATIENT_PREPOSITIONS = frozenset(
    ["of", "against", "for", "on", "over", "about", "toward", "towards", "behind", "upon"]
)
PLACE_PREPOSITIONS = frozenset(["in", "at", "from", "to", "on", "near", "into", "through"])
PRONOUNS = frozenset(["he", "him", "his", "she", "her", "hers", "they", "them", "their"])
ROLES: Final = (
    *("self", "owner", "part", "prep", "owned_prep", "oblique", "place"),
    *("mod", "mod_clause", "mod_oblique", "owner_oblique"),
    *("agent", "agent_object", "agent_oblique", "agent_clause", "owned_agent", "said"),
    *("patient", "patient_oblique", "patient_clause", "owned_patient", "opponent"),
    *("matrix", "matrix_noun", "far", "other"),
)
"""What each means is in the notes of `stance/roles.csv`; "other" is a word that speaks of another name."""
AGENT_ROLES = frozenset(("agent", "owned_agent"))
PATIENT_ROLES = frozenset(("patient", "owned_patient"))
VERB_ROLES = AGENT_ROLES | PATIENT_ROLES
REMOTE_ROLES = frozenset(("far", "other"))
SUBJECT_AND_OBJECT_ROLES = {
    "self": ("agent", "patient"),
    "owner": ("owned_agent", "owned_patient"),
    "part": ("owned_agent", "owned_patient"),
}
"""Role of a target, or of what it owns or is part of, towards a verb: as its subject, and as its object."""
ROLES_BELOW = {
    "self": {
        **dict.fromkeys(("amod", "compound", "nmod", "appos", "advmod"), "mod"),
        **dict.fromkeys(("relcl", "acl"), "mod_clause"),
        "prep": "mod_oblique",
    },
    "agent": {
        **dict.fromkeys(
            ("acomp", "attr", "oprd", "xcomp", "advmod", "conj", "prt", "amod", "compound", "relcl", "acl"),
            "agent",
        ),
        **dict.fromkeys(("dative", "prep"), "agent_oblique"),
        "dobj": "agent_object",
        "ccomp": "said",
        "advcl": "agent_clause",
    },
    "agent_object": {"poss": "far"},
    "agent_oblique": {"poss": "far"},
    "patient": {
        **dict.fromkeys(("nsubj", "agent", "poss"), "opponent"),
        **dict.fromkeys(
            ("oprd", "xcomp", "acomp", "attr", "ccomp", "prep", "dobj", "conj"), "patient_oblique"
        ),
        **dict.fromkeys(("advmod", "amod", "compound"), "patient"),
        "advcl": "patient_clause",
    },
    "owner": {
        **dict.fromkeys(("amod", "compound", "conj", "appos"), "owner"),
        **dict.fromkeys(("prep", "relcl", "acl"), "owner_oblique"),
    },
    "owned_agent": dict.fromkeys(
        ("acomp", "attr", "xcomp", "advmod", "dobj", "oprd", "prep", "amod"), "owned_agent"
    ),
    "owned_patient": {
        **dict.fromkeys(("prep", "xcomp", "oprd", "advmod", "amod"), "owned_patient"),
        "nsubj": "opponent",
    },
}
"""Role towards a word, from the role towards its head and the label between them; else see `role_below`."""
SPREADING_ROLES = frozenset(
    [
        "mod",
        "mod_clause",
        "mod_oblique",
        "said",
        "agent_clause",
        "agent_object",
        "agent_oblique",
        "patient_oblique",
        "patient_clause",
        "opponent",
        "owner_oblique",
    ]
)
"""Roles that a word shares with all words below it."""
NEAR, FAR = 6, 12  # a word without a path of its own counts within 12 tokens of the target, more within 6
SATURATION = 3.0  # ten harsh words are no stronger evidence than five
ABSTAIN_BELOW = 0.5  # probability under which the rules abstain; a quarter of targets
VERB_VALUES = {"agent": 0, "owned_agent": 0, "patient": 1, "owned_patient": 1}
"""Which of a word's three values counts in a role; in every other role the third."""
POSITIONS = frozenset(
    (
        *("any", "place", "spoken of", "speaks", "is", "acts", "acted on"),
        *(f"{sign} {label}" for sign in ("dep", "pos") for label in GLOSSARY),
        *(f"after {word}" for word in (PATIENT_PREPOSITIONS | PLACE_PREPOSITIONS | {"by", "with"})),
    )
)
"""How a target may be placed in its sentence; only those that shift a label are in `stance/positions.csv`."""


class Relation(NamedTuple):
    """One word and the target's role towards it."""

    token: Token
    role: str


def entity_relations(head: Token) -> list[Relation]:
    """Every word near a target with its role: that of its mention, or else that of a pronoun for it.

    *Ames said little, but she lied*: Ames is the agent of *lied* through *she*.
    """
    relations = {relation.token.i: relation for relation in target_relations(head)}
    for mention in other_mentions(head):
        for relation in target_relations(mention):
            known = relations.get(relation.token.i)
            is_better = known is None or known.role in REMOTE_ROLES
            if is_better and relation.role not in REMOTE_ROLES and relation.token.i != mention.i:
                relations[relation.token.i] = relation
    return list(relations.values())


def other_mentions(head: Token) -> list[Token]:
    """Other mentions of the target in its sentence: pronouns after a name, or the name before a pronoun.

    Pronouns after a later name that is a subject go to that name. Pronouns before a name are left out.
    """
    if head.pos_ == "PROPN":
        after = takewhile(
            lambda token: not token.is_sent_start, head.doc[head.i + 1 : head.i + MENTION_REACH + 1]
        )
        own = takewhile(lambda token: not is_named_subject(token), after)
        return [token for token in own if token.text.lower() in PRONOUNS][:MOST_MENTIONS]
    if head.text.lower() in PRONOUNS:
        return [token for token in words_before(head) if is_named_subject(token)][:1]
    return []


def words_before(token: Token) -> Iterator[Token]:
    """The words before one in its sentence, the nearest first."""
    for _ in range(MENTION_REACH):
        if token.is_sent_start or token.i == 0:
            return
        token = token.nbor(-1)
        yield token


def is_named_subject(token: Token) -> bool:
    """Whether a word is a name and the subject of a verb."""
    return token.pos_ == "PROPN" and is_noun_subject(token)


def target_relations(head: Token) -> list[Relation]:
    """Every word of the sentence within reach, with the role of the target towards it.

    The walk climbs from the target's head word to the root and looks below each word that it passes. Where
    another name is the subject of a clause (*while Boyle lied*), its words are marked "other".
    """
    relations, role, token, came_from = [Relation(head, "self")], "self", head, -1
    while True:
        for child in token.children:
            if child.i != came_from:
                relations.extend(relations_below(child, role_below(role, child), head.i))
        if token.head.i == token.i or abs(token.head.i - head.i) > REACH:
            break
        role, came_from, token = role_above(role, token), token.i, token.head
        relations.append(Relation(token, role))
    return mark_other_clauses(relations)


def relations_below(token: Token, role: str, centre: int) -> Iterator[Relation]:
    """A word and all words below it, within reach of the target."""
    waiting = [(token, role)]
    while waiting:
        token, role = waiting.pop()
        if abs(token.i - centre) > REACH:
            continue
        yield Relation(token, role)
        waiting.extend((child, role_below(role, child)) for child in token.children)


def role_below(role: str, child: Token) -> str:
    """Role of the target towards a word, given its role towards the word's head."""
    if child.dep_ == "conj" and role in VERB_ROLES and any(noun_subjects(child)):
        return "far"  # "Ames won and Boyle lost": the second verb has its own subject
    return ROLES_BELOW.get(role, {}).get(child.dep_) or (role if role in SPREADING_ROLES else "far")


def role_above(role: str, token: Token) -> str:
    """Role of the target towards the head of a word, given its role towards the word."""
    if role in SUBJECT_AND_OBJECT_ROLES:
        return role_above_noun(role, token)
    if role in ("prep", "owned_prep"):
        return role_above_preposition(role, token)
    if role in PATIENT_ROLES and token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("dobj", "nsubjpass"):
        return "oblique"  # "criticism of Ames" as an object: the verb judges the criticism
    if token.dep_ == "xcomp" and role in AGENT_ROLES:
        return role
    if role in VERB_ROLES:
        return {"ccomp": "matrix", "relcl": "matrix_noun", "acl": "matrix_noun"}.get(token.dep_, "far")
    return "far"


def role_above_noun(role: str, token: Token) -> str:
    """As `role_above`, from the target itself, a name it is part of, or what it owns."""
    subject, object_ = SUBJECT_AND_OBJECT_ROLES[role]
    if token.dep_ in ("nsubj", "csubj", "expl", "attr", "oprd", "acomp"):
        return subject
    if token.dep_ in ("nsubjpass", "dobj", "dative", "iobj", "obj"):
        return object_
    if token.dep_ in ("appos", "conj"):
        return role
    if token.dep_ in ("pobj", "pcomp"):
        return "prep" if role == "self" else "owned_prep"
    return {"poss": "owner", "compound": "part", "nmod": "part", "amod": "part"}.get(token.dep_, "far")


def role_above_preposition(role: str, token: Token) -> str:
    """As `role_above`, from a preposition over the target: *by* makes an agent, *against* a patient."""
    agent, patient = SUBJECT_AND_OBJECT_ROLES["self" if role == "prep" else "owner"]
    if token.dep_ == "agent" or token.text.lower() == "by":
        return agent
    if token.text.lower() in PATIENT_PREPOSITIONS or token.dep_ == "dative":
        return patient
    return "place" if token.text.lower() in PLACE_PREPOSITIONS else "oblique"  # "the war in Ukraine"


def mark_other_clauses(relations: list[Relation]) -> list[Relation]:
    """Turn "far" into "other" for words in a clause that another name is the subject of."""
    roles = {token.i: role for token, role in relations}
    for token, role in relations:
        if role == "far" and token.pos_ in ("VERB", "AUX") and has_named_subject(token):
            roles[token.i] = "other"
    return [
        Relation(token, clause_role(token, roles) if role == "far" else role) for token, role in relations
    ]


def clause_role(token: Token, roles: dict[int, str]) -> str:
    """ "other" if the nearest word above that has a role is in another name's clause, else "far"."""
    for _ in range(CLIMB):
        if roles.get(token.i) != "far" or token.head.i == token.i:
            break
        token = token.head
    return "other" if roles.get(token.i) == "other" else "far"


def has_named_subject(token: Token) -> bool:
    """Whether a verb's own subject is a name or a personal pronoun."""
    return any(
        subject.pos_ in ("PROPN", "PRON")
        and subject.text.lower() not in ("who", "which", "that", "it", "this")
        for subject in noun_subjects(token)
    )


class Stance(NamedTuple):
    """What a passage says of one target."""

    label: int | None  # -1, 0 or 1: the likeliest of the three
    score: float  # probability of 1 less that of -1
    probability: float  # of the label
    is_abstained: bool  # the label's probability is below ABSTAIN_BELOW


def find_stance(doc: Doc, target: tuple[int, int]) -> Stance | None:
    """What the sentence around a target says of it.

    Judging words are summed, each with the weight of its role. The position of the target in the sentence
    (speaker, place, the one acted on) shifts the three labels beforehand.

    Args:
        doc: parsed text.
        target: first character and one past the last character of a mention.

    Returns:
        The stance, or None where the span is empty or lies outside the text.
    """
    start, end = target
    is_inside = 0 <= start < end <= text_length(doc)
    span = doc.char_span(start, end, alignment_mode="expand") if is_inside else None
    if not span:
        return None
    relations = entity_relations(span.root)
    evidence = SATURATION * math.tanh(sum(word_scores(span, relations)) / SATURATION)
    positions = sorted(target_positions(span, relations))  # a set adds up differently from run to run
    weights = [position_weights()[name] for name in positions]
    negative, neutral, positive = (sum(column) for column in zip(*weights, strict=True))
    return decide(negative - evidence, neutral, positive + evidence)


def text_length(doc: Doc) -> int:
    """`len(doc.text)` without building the text, which is slow at every target of a long article."""
    return doc[-1].idx + len(doc[-1].text_with_ws) if len(doc) else 0


def decide(negative: float, neutral: float, positive: float) -> Stance:
    """The likeliest label from the evidence for each, as logarithms of odds."""
    highest = max(negative, neutral, positive)
    odds = {label: math.exp(x - highest) for label, x in ((0, neutral), (-1, negative), (1, positive))}
    total = sum(odds.values())
    label = max(odds, key=odds.__getitem__)
    probability = odds[label] / total
    return Stance(label, (odds[1] - odds[-1]) / total, probability, probability < ABSTAIN_BELOW)


def word_scores(span: Span, relations: list[Relation]) -> Iterator[float]:
    """What each judging word of the sentence says of the target: above 0 in favour, below 0 against."""
    terms, weights = stance_terms(), role_weights()
    head = span.root
    for token, role in relations:
        values = terms.get(token.lemma_.lower())
        distance = abs(token.i - head.i)
        if values is None or role == "other" or (role == "far" and distance > FAR):
            continue
        if token.pos_ == "PROPN" and span.start <= token.i < span.end:
            continue  # a name that is also a word: "Grace", "Justice Stern"
        value = values[VERB_VALUES.get(role, 2)]
        weight = weights["near" if role == "far" and distance <= NEAR else role]
        is_turned = role != "far" and is_negated(token)
        yield value * weight * (weights["negated"] if is_turned else 1.0)


def is_negated(token: Token) -> bool:
    """Whether a word is negated or reversed: *not good*, *denied the charge*, *without success*."""
    head = token.head
    turns = sum(
        child.dep_ == "neg" or child.text.lower() in operators("negation") for child in token.children
    )
    if head.i != token.i:
        is_complement = token.dep_ in ("acomp", "attr", "xcomp", "dobj", "oprd", "advmod")
        turns += is_complement and has_negation(head)
        is_governed = token.dep_ in ("xcomp", "dobj", "ccomp", "acomp", "attr", "pobj", "pcomp")
        turns += is_governed and head.lemma_.lower() in operators("reversal")
        turns += head.text.lower() == "without"
    return turns % 2 == 1


def target_positions(span: Span, relations: list[Relation]) -> set[str]:
    """Position of the target in its sentence: its labels, and whether it speaks, acts or is a place."""
    head = span.root
    names = {"any", f"dep {head.dep_}"}
    if head.dep_ == "pobj":
        names.add(
            "place" if head.head.text.lower() in PLACE_PREPOSITIONS else f"after {head.head.text.lower()}"
        )
    names.add(f"pos {head.pos_}")
    for token, role in relations:
        if role == "matrix":
            names.add("spoken of")
        elif role == "agent":
            lemma = token.lemma_.lower()
            names.add("speaks" if lemma in speech_verbs()["speaker"] else "is" if lemma == "be" else "acts")
        elif role == "patient" and token.pos_ == "VERB":
            names.add("acted on")
    return names & position_weights().keys()


@cache
def stance_terms() -> dict[str, tuple[float, float, float]]:
    """Judging words by lemma: what each says of its agent, of its patient, and of a target near it."""
    rows = load_lexicon("stance/terms", numbers=("agent", "patient", "other"))
    return {row.term: (float(row.agent), float(row.patient), float(row.other)) for row in rows_of(rows)}


@cache
def role_weights() -> dict[str, float]:
    """How much a judging word counts in each role; "negated" multiplies a word that is negated."""
    known = (*ROLES, "near", "negated")
    rows = load_lexicon("stance/roles", allowed={"role": known}, numbers=("weight",))
    return {row.role: float(row.weight) for row in rows_of(rows)}


@cache
def position_weights() -> dict[str, tuple[float, float, float]]:
    """What each position of a target adds to the three labels: negative, neutral, positive."""
    labels = ("negative", "neutral", "positive")
    rows = load_lexicon("stance/positions", allowed={"position": POSITIONS}, numbers=labels)
    return {
        row.position: (float(row.negative), float(row.neutral), float(row.positive)) for row in rows_of(rows)
    }


@cache
def operators(kind: str) -> frozenset[str]:
    """Words that turn a judgement round: negations, and verbs of reversal such as *deny* and *stop*."""
    rows = load_lexicon("stance/operators", allowed={"kind": ("negation", "reversal")})
    return frozenset(rows.loc[rows["kind"] == kind, "term"])
