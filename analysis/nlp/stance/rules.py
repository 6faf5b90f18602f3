"""Stance: what a passage says of one target, by rules over the parse.

Stance is not tone. *Rivals praised Ames and condemned Boyle* has one tone and two stances. Each judging word
counts by the role of the target towards it: what the target does, what is done to it, what it is called.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.glossary import GLOSSARY
from spacy.tokens import Doc, Span, Token

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.speech_verbs import speech_verbs
from analysis.nlp.parse.tokens import has_negation
from analysis.nlp.stance.target_roles import (
    PATIENT_PREPOSITIONS,
    PLACE_PREPOSITIONS,
    ROLES,
    Relation,
    entity_relations,
)
from analysis.tables.rows import rows_of

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
OPERATOR_KINDS = ("negation", "reversal")


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
    rows = load_lexicon("stance/operators", allowed={"kind": OPERATOR_KINDS})
    return frozenset(rows.loc[rows["kind"] == kind, "term"])
