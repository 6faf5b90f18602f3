"""Rules and encoder combined by small linear heads, in which a rule raises or lowers the score.

For each class a head adds the logarithm of the encoder's probability and the rule's evidence for the class,
each times one weight, and turns the sums into probabilities. The weights are too few to memorise a data set;
they were fitted on texts that the encoder had not seen (`benchmarks/fit_heads.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.nlp.events.lexicon import intensity
from analysis.nlp.events.relations import Relation
from analysis.nlp.parse.encoder import ENCODED, Probabilities, labels, mark_pair
from analysis.nlp.parse.parser import sentences, text_of
from analysis.nlp.stance.rules import Stance
from analysis.nlp.stance.with_encoder import (
    FLOOR,
    Span,
    load_heads,
    passage,
    pooled,
    shifted,
    stance_text,
    stance_with_encoder,
)
from analysis.nlp.topics.taxonomy import Topic
from analysis.schemas import QUADS

YIELD = "YIELD"  # the encoder's label for both, as in its training set
YIELDED = ("CONCEDE", "RETREAT")
LEAST_SHARE = 0.5  # a section without a matching word needs this share to give a topic
LEAST_CHARS = 40  # and a sentence of this length: a subheading ("Rebound in ties") is no news item

Pair = tuple[Span | None, Span | None]


class TextResult(NamedTuple):
    """Topics, relations and stances of one text, by rules alone or with the encoder.

    Events are left out. One sentence may have two acts between the same actors (*X accused Y of attacking
    it*), and the encoder is given the actors, not the act: asked about *clashes*, it answers for *accused*.
    """

    topics: list[Topic]
    relations: list[Relation | None]  # one per requested pair
    stances: list[Stance | None]  # one per requested target


def questions(doc: Doc, topics: Iterable[Topic], pairs: Sequence[Pair], targets: Sequence[Span]) -> list[str]:
    """The texts that `with_encoder` needs answers for, in its order: the first sentences, pairs, targets.

    Args:
        doc: parsed text.
        topics: what `find_topics` yields for it.
        pairs: source and target of each requested relation.
        targets: target of each requested stance.
    """
    text, found = text_of(doc), topics_by_sentence(topics)
    return [
        *(text[slice(*span)] for span in sentence_offsets(doc) if is_open(span, found[span])),
        *(relation_text(doc, source, target) for source, target in pairs),
        *(stance_text(doc, target) for target in targets),
    ]


def with_encoder(doc: Doc, result: TextResult, answers: Sequence[Probabilities]) -> TextResult:
    """The result of the rules combined with the encoder's answers to `questions`."""
    answer = iter(answers)
    found = topics_by_sentence(result.topics)
    return TextResult(
        topics=[
            topic
            for span in sentence_offsets(doc)
            for topic in topics_with_encoder(
                span, found[span], next(answer) if is_open(span, found[span]) else None
            )
        ],
        relations=[relation_with_encoder(rule, next(answer)) for rule in result.relations],
        stances=[stance_with_encoder(rule, next(answer)) for rule in result.stances],
    )


def sentence_offsets(doc: Doc) -> list[Span]:
    """First character of each sentence, and the one past its last."""
    return [(sentence.start_char, sentence.end_char) for sentence in sentences(doc)]


def topics_by_sentence(topics: Iterable[Topic]) -> dict[Span, list[Topic]]:
    found: dict[Span, list[Topic]] = defaultdict(list)
    for topic in topics:
        found[topic.start_char, topic.end_char].append(topic)
    return found


def is_open(sentence: Span, topics: Sequence[Topic]) -> bool:
    """Whether the encoder may change the topics of a sentence: it adds none to a short one."""
    return sentence[1] - sentence[0] >= LEAST_CHARS or any(map(is_placed, topics))


def is_placed(topic: Topic) -> bool:
    """Whether a topic is a theme of one of the encoder's sections."""
    return topic.dimension == "theme" and topic.topic in theme_sections()


def relation_text(doc: Doc, source: Span | None, target: Span | None) -> str:
    """The encoder's input for a relation: the sentences of two mentions, with both marked.

    One of the two may be missing: *teachers went on strike* has no target and is still a protest.
    """
    start, end = passage(doc, [span for span in (source, target) if span])
    return mark_pair(text_of(doc)[start:end], *(span and shifted(span, start) for span in (source, target)))


def root_probabilities(rule: Relation | None, probabilities: Probabilities) -> dict[str, float]:
    """Probability of each root; CONCEDE and RETREAT count as one."""
    weights = load_heads()["root"]
    encoder = dict(zip(labels()["root"], map(float, probabilities.root), strict=True))
    evidence = root_evidence(rule, weights) if rule else {}
    return pooled(encoder, evidence, weights["encoder"])


def root_evidence(rule: Relation, weights: Mapping[str, float]) -> dict[str, float]:
    """A rule's evidence for its root, for the roots of its quad, and for those on its side of conflict."""
    own = folded(rule.root)
    return {
        root: rule.probability
        * (
            weights["root"] * (root == own)
            + weights["quad"] * (folded_quad(root) == folded_quad(own))
            + weights["conflict"] * ((folded_quad(root) > 2) == (folded_quad(own) > 2))
        )
        for root in labels()["root"]
    }


def folded(root: str) -> str:
    """The encoder's label of a root."""
    return YIELD if root in YIELDED else root


def folded_quad(root: str) -> int:
    return QUADS["RETREAT" if root == YIELD else root]


def relation_with_encoder(rule: Relation | None, probabilities: Probabilities) -> Relation:
    """What one mention does to another, by rules and encoder together.

    Conflict or cooperation is decided first, then the quad within it, then the root within that, so the three
    never contradict each other. The status is the rule's; the encoder has none.

    Args:
        rule: the relation by the rules; None if they found none.
        probabilities: of `relation_text`.

    Returns:
        The likeliest relation; `intensity` is that of the rule's mode where the root is the rule's.
    """
    joint = root_probabilities(rule, probabilities)
    is_conflict = sum(p for root, p in joint.items() if folded_quad(root) > 2) > 0.5
    side = {root: p for root, p in joint.items() if (folded_quad(root) > 2) == is_conflict}
    quads: dict[int, float] = defaultdict(float)
    for root, p in side.items():
        quads[folded_quad(root)] += p
    quad = max(quads, key=quads.__getitem__)
    best = max((root for root in side if folded_quad(root) == quad), key=side.__getitem__)
    if rule and folded(rule.root) == best:
        return rule._replace(probability=joint[best])
    root = "RETREAT" if best == YIELD else best
    status = rule.status if rule else "past"
    return Relation(root, QUADS[root], intensity(root, None), status, joint[best], ENCODED)


def topics_with_encoder(
    sentence: Span, topics: Sequence[Topic], probabilities: Probabilities | None
) -> list[Topic]:
    """The topics of one sentence, its themes weighted by the encoder's probability of their section.

    A theme keeps the words that decided. A likely section without a matching word gives its leading theme,
    with `matched` "encoder". Theatres, and themes that belong to no section, stay as they are.

    Args:
        sentence: offsets of the sentence.
        topics: what `find_topics` yields for it; may be empty.
        probabilities: of the sentence's text, unmarked; None where it is not `is_open`.

    Returns:
        Topics, themes first, the heaviest first in each dimension.
    """
    others = [topic for topic in topics if topic.dimension != "theme"]
    placed = [topic for topic in topics if is_placed(topic)]
    loose = [topic for topic in topics if topic.dimension == "theme" and not is_placed(topic)]
    room = 1.0 - sum(topic.weight for topic in loose) / 2  # a loose theme alone leaves half to the encoder
    shares = {} if probabilities is None else section_shares(placed, probabilities)
    found = [*section_themes(sentence, placed, shares, room)]
    found += [topic._replace(weight=topic.weight / 2) for topic in loose]
    return [*sorted(found, key=lambda topic: (-topic.weight, topic.topic)), *others]


def section_shares(themes: Sequence[Topic], probabilities: Probabilities) -> dict[str, float]:
    """Probability of each section, by the encoder and by the weights of the themes that words gave."""
    weights = load_heads()["section"]
    ruled: dict[str, float] = defaultdict(float)
    for topic in themes:
        ruled[theme_sections()[topic.topic]] += topic.weight
    encoder = dict(zip(labels()["section"], map(float, probabilities.section), strict=True))
    evidence = {section: weights["rule"] * share for section, share in ruled.items()}
    return pooled(encoder, evidence, weights["encoder"])


def section_themes(
    sentence: Span, themes: Sequence[Topic], shares: Mapping[str, float], room: float
) -> Iterator[Topic]:
    """Each section's share, divided among the themes that words gave it, else given to its leading theme."""
    for section, share in shares.items():
        inside = [topic for topic in themes if theme_sections()[topic.topic] == section]
        total = sum(topic.weight for topic in inside)
        for topic in inside:
            yield topic._replace(weight=max(room * share * topic.weight / total, FLOOR))
        if not inside and share >= LEAST_SHARE and sentence[1] - sentence[0] >= LEAST_CHARS:
            leading = load_heads()["leading"][section]
            yield Topic(*sentence, "theme", leading, room * share, ENCODED)


def theme_sections() -> dict[str, str]:
    return load_heads()["themes"]
