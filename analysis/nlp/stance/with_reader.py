"""The stance of a passage towards a mention: word rules and the reader together.

For each label the logarithm of the reader's probability and that of the rules are added, each times one
weight (`reader.json`), and the sums become probabilities again.
"""

import math
from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc

from analysis.nlp.parse.parser import text_of
from analysis.nlp.parse.reader import card, mark, read
from analysis.nlp.stance.rules import ABSTAIN_BELOW, Stance, find_stance

FLOOR: Final = 1e-4

Span = tuple[int, int]


def stance_of(doc: Doc, target: Span) -> Stance:
    """What the sentence of a mention says of it.

    Args:
        doc: a parsed text.
        target: offsets of the mention.

    Returns:
        The likeliest label; its `score` is the difference of the outer two probabilities.
    """
    first, last = (doc.char_span(*target, alignment_mode="expand")[i].sent for i in (0, -1))
    start, end = first.start_char, max(last.end_char, target[1])
    marked = mark(text_of(doc)[start:end], [(target[0] - start, target[1] - start)])
    found = read(marked, [((), (0,))]).stances[0].tolist()
    reader = dict(zip(map(str, card()["stances"]), found, strict=True))
    weights = card()["weights"]["stance"]
    rule = find_stance(doc, target)
    odds = stance_odds(rule) if rule else {}
    evidence = {label: weights["rule"] * math.log(max(p, FLOOR)) for label, p in odds.items()}
    joint = pooled(reader, evidence, weights["reader"])
    label = max(joint, key=joint.__getitem__)
    return Stance(int(label), joint["1"] - joint["-1"], joint[label], joint[label] < ABSTAIN_BELOW)


def stance_odds(rule: Stance) -> dict[str, float]:
    """Probability of each label, from that of the likeliest and the difference of the outer two."""
    sided = 1 - rule.probability if rule.label == 0 else 2 * rule.probability - abs(rule.score)
    positive, negative = (sided + rule.score) / 2, (sided - rule.score) / 2
    return {"-1": negative, "0": 1 - positive - negative, "1": positive}


def pooled(reader: Mapping[str, float], evidence: Mapping[str, float], weight: float) -> dict[str, float]:
    """Probability of each class from that of the reader and the evidence of the rules."""
    sums = {name: weight * math.log(max(p, FLOOR)) + evidence.get(name, 0.0) for name, p in reader.items()}
    highest = max(sums.values())
    powers = {name: math.exp(value - highest) for name, value in sums.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
