"""A stance by rules and encoder together, and what such heads share (others: `nlp.rule_encoder_fusion`).

A file of its own, so that stored stances stay valid when the topics change, which they do not use.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Doc

from analysis.nlp.parse.encoder import HEADS, Probabilities, checked_file, labels, mark_target
from analysis.nlp.parse.parser import text_of
from analysis.nlp.stance.rules import ABSTAIN_BELOW, Stance

FLOOR = 1e-4

Span = tuple[int, int]


def stance_text(doc: Doc, target: Span) -> str:
    """What the encoder reads to judge the stance towards a mention: its sentence, the mention marked."""
    start, end = passage(doc, [target])
    return mark_target(text_of(doc)[start:end], shifted(target, start))


def passage(doc: Doc, spans: Sequence[Span]) -> Span:
    """From the start of the first mention's sentence to the end of the last one's."""
    first = doc.char_span(*min(spans), alignment_mode="expand")
    last = doc.char_span(*max(spans, key=lambda span: span[1]), alignment_mode="expand")
    return first[0].sent.start_char, max(last[-1].sent.end_char, last.end_char)


def shifted(span: Span, start: int) -> Span:
    return span[0] - start, span[1] - start


def pooled(encoder: Mapping[str, float], evidence: Mapping[str, float], weight: float) -> dict[str, float]:
    """Probability of each class from that of the encoder and the evidence of the rules."""
    sums = {name: weight * math.log(max(p, FLOOR)) + evidence.get(name, 0.0) for name, p in encoder.items()}
    highest = max(sums.values())
    powers = {name: math.exp(value - highest) for name, value in sums.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def stance_with_encoder(rule: Stance | None, probabilities: Probabilities) -> Stance:
    """What a passage says of a target, by rules and encoder together.

    Args:
        rule: stance by the rules; None where they find none.
        probabilities: of `stance_text`.

    Returns:
        The likeliest label, marked as abstained below the same probability as for the rules.
    """
    weights = load_heads()["stance"]
    names = [str(label) for label in labels()["stance"]]
    encoder = dict(zip(names, map(float, probabilities.stance), strict=True))
    odds = stance_odds(rule) if rule else {}
    evidence = {name: weights["rule"] * math.log(max(p, FLOOR)) for name, p in odds.items()}
    joint = pooled(encoder, evidence, weights["encoder"])
    label = max(joint, key=joint.__getitem__)
    return Stance(int(label), joint["1"] - joint["-1"], joint[label], joint[label] < ABSTAIN_BELOW)


def stance_odds(rule: Stance) -> dict[str, float]:
    """Probability of each label, from that of the likeliest and the difference of the outer two."""
    sided = 1 - rule.probability if rule.label == 0 else 2 * rule.probability - abs(rule.score)
    positive, negative = (sided + rule.score) / 2, (sided - rule.score) / 2
    return {"-1": negative, "0": 1 - positive - negative, "1": positive}


@cache
def load_heads() -> dict:
    """The fitted weights, as `benchmarks/fit_heads.py` wrote them.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: it is not the file that `encoder.json` records.
    """
    return json.loads(checked_file(HEADS))
