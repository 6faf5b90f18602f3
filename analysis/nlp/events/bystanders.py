"""Who is named around an act and is no side of it: who announces what others agreed, who owns a struck firm.

The judge reads which sides a sentence names; the grammar tells which of them only stand by.
"""

from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from spacy.tokens import Span

from analysis.nlp.actors.page import DASHES
from analysis.nlp.events.landmarks import is_landmark
from analysis.nlp.events.predicates import verb_predicate
from analysis.nlp.events.sides import UNITED_NATIONS, side_key
from analysis.nlp.events.sponsors import Actors
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import POSSESSORS, VERBAL, Tree, ancestors, is_saying_verb

COOPERATION, FORCE = (1, 2), 4  # quads
AGENTS = frozenset(("agent",))


def has_bystander(
    tree: Tree,
    actors: Actors,
    sentence: Span,
    quad: int,
    pair: tuple[str, str],
    deals: Iterable[tuple[int, set[str]]],
    attackers: Set[str],
) -> bool:
    """Whether one of two sides only stands by when something of a quad is done.

    Args:
        tree: the parsed text.
        actors: token -> the actor mentioned there.
        sentence: that names both.
        quad: of the act.
        pair: keys of the sides that is asked about, see `sides.side_key`.
        deals: trigger and sides of the cooperative acts of the sentence that a word proves.
        attackers: sources of the force that a word proves in it.
    """
    one, other = (words_of_side(actors, sentence, key) for key in pair)
    if any(words and all(is_landmark(tree, i) for i in words) for words in (one, other)):
        return True
    if quad == FORCE and attackers and pair[0] not in attackers and is_only_speaker(tree, one):
        return True  # `Y has bombed Z, X said`
    if quad == FORCE and is_institution(pair[1]) and (pair[0] in attackers or is_only_speaker(tree, other)):
        return True  # the UN said that X killed civilians
    if quad not in COOPERATION:
        return bool(other) and all(is_owner(tree, i) for i in other)
    if are_on_one_side(pair, [sides for _, sides in deals]):
        return True
    if any(
        is_venue(tree, words) and met_without(key, deals)
        for words, key in zip((one, other), pair, strict=True)
    ):
        return True
    return any(
        is_announced_by(tree, trigger, speaker) or is_talked_about(tree, trigger, speaker)
        for trigger, sides in deals
        for speaker, key, party in ((one, *pair), (other, *reversed(pair)))
        if party in sides and key not in sides
    )


def is_institution(key: str) -> bool:
    """A bloc or the UN, whom force seldom strikes."""
    return key.startswith("bloc:") or key in UNITED_NATIONS


def are_on_one_side(pair: tuple[str, str], deals: Sequence[set[str]]) -> bool:
    """Whether both met the same third side: `ministers of X and Y met Z` are not said to meet each other."""
    met = [{side for sides in deals if key in sides for side in sides} - {key} for key in pair]
    return pair[1] not in met[0] and bool((met[0] & met[1]) - set(pair))


def is_venue(tree: Tree, words: Sequence[int]) -> bool:
    """The Z of `X and Y met in Z`."""
    return bool(words) and all(
        tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in ("in", "at") for i in words
    )


def met_without(key: str, deals: Iterable[tuple[int, set[str]]]) -> bool:
    """Whether others meet in a sentence, and a side is none of them."""
    met = [sides for _, sides in deals]
    return bool(met) and not any(key in sides for sides in met)


def is_only_speaker(tree: Tree, words: Sequence[int]) -> bool:
    """Whether a side is named only as who says something."""
    return bool(words) and all(
        any(
            is_saying_verb(tree, k) and not {i, *ancestors(tree, i)}.isdisjoint(logical_subjects(tree, k))
            for k in ancestors(tree, i)
        )
        for i in words
    )


def words_of_side(actors: Actors, sentence: Span, key: str) -> list[int]:
    """The words of a sentence that name a side."""
    return [i for i in range(sentence.start, sentence.end) if i in actors and side_key(actors[i]) == key]


def is_announced_by(tree: Tree, deed: int, speaker: Sequence[int]) -> bool:
    """Whether a side only says that there is a deed: `X announced that Y and Z had agreed`."""
    path = [deed, *ancestors(tree, deed)]
    for clause, verb in pairwise(path):
        subjects = set(logical_subjects(tree, verb)) if is_saying_verb(tree, verb) else set()
        if any(not subjects.isdisjoint((i, *ancestors(tree, i))) for i in speaker):
            return not any(is_named_below(tree, i, clause) for i in speaker)
    return False


def is_named_below(tree: Tree, i: int, clause: int) -> bool:
    """Whether a word is in a clause, other than as the owner of something: `his plan`."""
    return clause in ancestors(tree, i) and tree.deps[i] not in POSSESSORS


def is_talked_about(tree: Tree, deed: int, words: Sequence[int]) -> bool:
    """The Z of `X and Y discussed the statement by Z`: who is in the topic of a talk takes no part in it."""
    predicate = verb_predicate(tree, deed) if tree.pos[deed] in VERBAL else None
    if not words or predicate is None or "topic" not in predicate.rule.tags:
        return False
    topics = set(logical_objects(tree, deed))
    return all(not topics.isdisjoint(ancestors(tree, i)) for i in words)


def is_owner(tree: Tree, i: int) -> bool:
    """The X of `a firm owned by X`, `an X-owned firm`."""
    is_prefix = tree.words[i + 2 : i + 3] == ["owned"] and tree.words[i + 1] in DASHES
    above = [prep for prep in ancestors(tree, i) if tree.deps[prep] in AGENTS]
    return is_prefix or any(tree.lemmas[tree.heads[prep]] == "own" for prep in above)
