"""What one given mention does to another: the likeliest act around the two, by rules over the parse."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from analysis.nlp.events.act import Act
from analysis.nlp.events.acts import find_acts
from analysis.nlp.events.composition import RESOLVES, announced
from analysis.nlp.events.lexicon import intensity
from analysis.nlp.parse.arguments import logical_subjects
from analysis.nlp.parse.parser import text_of
from analysis.nlp.parse.repair import read_tree
from analysis.nlp.parse.tree import VERBAL, Tree, is_saying_verb
from analysis.nlp.parse.verb_status import has_condition, may_happen
from analysis.schemas import QUADS


class Relation(NamedTuple):
    """What one mention does to another."""

    root: str
    quad: int
    intensity: float
    status: str
    probability: float
    rule: str


def find_relation(doc: Doc, source: tuple[int, int], target: tuple[int, int] | None) -> Relation | None:
    """What a source does to a target, both given as character spans.

    Args:
        doc: a parsed text.
        source: span of who acts, named actor or not ("a court").
        target: span of whom it is done to; None if there is none.

    Returns:
        The likeliest act between the first span's sentence and the last one's, with a low probability where
        the grammar does not join the two. None only if a span is empty or outside the text.
    """
    spans = [token_span(doc, span) for span in (source, target or source)]
    if spans[0] is None or spans[1] is None:
        return None
    tree = read_tree(doc)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans) - 1
    acts = find_acts(tree, doc[first].sent.start, doc[last].sent.end)
    acts += allegations(tree, acts)
    if not acts:
        return Relation("CONSULT", QUADS["CONSULT"], intensity("CONSULT", None), "past", 0.1, "nothing found")
    path, top = path_between(tree, *(head_of_span(tree, span) for span in spans))
    scored = [(pair_score(tree, act, spans[0], spans[1], path) + (act.verb == top), act) for act in acts]
    score, best = max(scored, key=lambda pair: pair[0])
    return relation(tree, best, score)


def allegations(tree: Tree, acts: Sequence[Act]) -> list[Act]:
    """`X said Y had shelled it` is also X accusing Y.

    Only between two given spans: as an event of its own, it would count every report of an attack twice.
    """
    found = []
    for act in acts:
        above = tree.heads[act.verb]
        is_said = tree.deps[act.verb] == "ccomp" and is_saying_verb(tree, above) and act.status != "future"
        if is_said and QUADS[act.root] == 4:
            speakers, accused = tuple(logical_subjects(tree, above)), act.agents
            found.append(
                act._replace(
                    verb=above,
                    rule=act.rule._replace(root="ACCUSE", mode="allege", shape=""),
                    agents=speakers,
                    patients=accused,
                )
            )
    return found


def relation(tree: Tree, act: Act, score: float) -> Relation:
    """An act as a relation: denied cooperation is a refusal, possible conflict a threat."""
    rule = announced(act.rule) if is_announced(tree, act) else act.rule
    root, mode = rule.root, rule.mode
    if act.status == "negated" and QUADS[root] <= 2:
        root, mode = "REJECT", None
    if act.status == "hypothetical" and may_happen(tree, act.verb):
        root = "THREATEN" if QUADS[root] == 4 else "AGREE" if QUADS[root] <= 2 else root
    probability = round(act.probability * (1 if score > 4 else 0.7 if score > 2 else 0.4), 2)
    return Relation(root, QUADS[root], intensity(root, mode), act.status, probability, act.rule.name)


def is_announced(tree: Tree, act: Act) -> bool:
    """`will withdraw`, `is willing to withdraw if X does`; what is decided is as good as done."""
    is_decided = not RESOLVES.isdisjoint(act.rule.operators)
    is_open = act.status == "hypothetical" and bool(act.rule.operators)
    is_open = is_open and any(has_condition(tree, i) for i in (act.verb, act.trigger))
    return tree.pos[act.verb] in VERBAL and not is_decided and (act.status == "future" or is_open)


def token_span(doc: Doc, span: tuple[int, int]) -> tuple[int, int] | None:
    start, end = span
    if not 0 <= start < end <= len(text_of(doc)):
        return None
    tokens = doc.char_span(start, end, alignment_mode="expand")
    return (tokens.start, tokens.end) if tokens is not None and len(tokens) else None


def head_of_span(tree: Tree, span: tuple[int, int]) -> int:
    """The word of a span that is below a word outside it."""
    inside = range(*span)
    return next((i for i in inside if tree.heads[i] not in inside and tree.deps[i] != "punct"), span[0])


def path_between(tree: Tree, source: int, target: int) -> tuple[frozenset[int], int | None]:
    """Words on the path between two words, and the word at its top."""
    ups = []
    for i in (source, target):
        chain = [i]
        while tree.heads[chain[-1]] != chain[-1]:
            chain.append(tree.heads[chain[-1]])
        ups.append(chain)
    shared = set(ups[0]) & set(ups[1])
    top = next((i for i in ups[0] if i in shared), None)
    path = {i for chain in ups for i in chain if i not in shared}
    return frozenset(path | ({top} if top is not None else set())), top


def pair_score(
    tree: Tree, act: Act, source: tuple[int, int], target: tuple[int, int], path: frozenset[int]
) -> float:
    """How well an act fits two spans: the first its agent, the second its target, the act between them."""
    forward = 3 * closeness(tree, act.agents, source) + 3 * closeness(tree, act.patients, target)
    backward = 3 * closeness(tree, act.agents, target) + 3 * closeness(tree, act.patients, source)
    if act.shape not in ("mutual", "state"):
        backward *= 0.6
    place = 2 * max(closeness(tree, act.places, target), closeness(tree, act.purposes, target))
    on_way = 1.0 * (act.verb in path) + 0.5 * (act.trigger in path)
    gap = min(abs(act.trigger - i) for span in (source, target) for i in span)
    return max(forward, backward) + place + on_way + act.probability - 0.02 * min(gap, 25)


def closeness(tree: Tree, nouns: Sequence[int], span: tuple[int, int]) -> float:
    """1 if a noun is in the span, less if the span is below the noun."""
    best, head = 0.0, head_of_span(tree, span)
    for place, noun in enumerate(nouns):
        rank = 0.03 * min(place, 5)
        if span[0] <= noun < span[1]:
            best = max(best, 1.0 - rank)
            continue
        i, steps = head, 0
        while i != noun and tree.heads[i] != i and steps < 6:
            i, steps = tree.heads[i], steps + 1
        if i == noun:
            best = max(best, 0.85 - 0.1 * steps - rank)
    return best
