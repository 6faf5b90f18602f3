"""What the judge reads in a sentence although its words say something else.

The judge knows which sides are named and the tone of the words. That a verb says the opposite, that a charge
is denied, or that troops only stopped, the grammar tells.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from analysis.nlp.events.bystanders import is_talked_about
from analysis.nlp.events.event import Event
from analysis.nlp.events.nouns import noun_rule
from analysis.nlp.events.predicates import verb_predicate
from analysis.nlp.events.statements import CLEAR, judging_words, predicate_words
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    CLAUSAL_COMPLEMENTS,
    NOMINAL,
    PASSIVE_SUBJECTS,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
)
from analysis.nlp.parse.verb_status import is_negated
from analysis.schemas import QUADS

COOPERATION, MATERIAL, DEEDS, FORCE = (1, 2), (2, 4), 2, 4  # quads
TIE = ("SUPPORT", "state")  # root and shape of relations, friendship, alliance
MUTUAL = frozenset(("fight", "war"))  # tags of acts that go both ways
CITING = frozenset(("under", "by", "per", "of", "in", "to"))
STANDINGS = frozenset(("ally", "friend", "member", "signatory"))
BEING = frozenset(("be", "have", "remain", "become"))
WHAT_IT_IS = frozenset(("attr", "dobj"))
HARSH = frozenset(("ACCUSE", "THREATEN", "ASSAULT"))
ADJOINING = frozenset(("border", "adjoin"))  # X borders Y: where they lie
STOPPING = frozenset(("halt", "stop", "pause"))
TOPIC_PREPOSITIONS = frozenset(("over", "about"))


def is_contradicted(
    tree: Tree, sentence: Span, event: Event, source_words: Sequence[int], target_words: Sequence[int]
) -> bool:
    """Whether the words of a sentence rule out an event that only the judge reads in it.

    Args:
        tree: the parsed text.
        sentence: that it is read in.
        event: of the judge alone.
        source_words: words of the sentence that name its source.
        target_words: those that name its target.
    """
    trigger = next(token.i for token in sentence if token.idx == event.trigger_start_char)
    if tree.lemmas[trigger] in ADJOINING and tree.pos[trigger] in VERBAL:
        return True
    if event.quad in MATERIAL and is_standing(tree, trigger):
        return True
    if event.quad == DEEDS and is_talk(tree, trigger):
        return True
    if event.quad in COOPERATION and is_named_accord(tree, trigger):
        return True
    if event.quad in COOPERATION:
        is_topic_of_talk = any(is_talked_about(tree, trigger, i) for i in (source_words, target_words))
        return is_topic_of_talk or is_hostile_verb(tree, trigger)
    if event.quad == FORCE:
        is_still = is_standstill(tree, trigger) or is_charge(tree, trigger, source_words)
        return is_still or is_turned(tree, trigger, source_words, target_words)
    return is_topic(tree, target_words) or any(
        is_denied_charge(tree, clause) for clause in dependents(tree, trigger, CLAUSAL_COMPLEMENTS)
    )


def is_hostile_verb(tree: Tree, verb: int) -> bool:
    """`X warned`, `X struck`: no help and no praise for anybody; but X and Y may fight together."""
    predicate = verb_predicate(tree, verb) if tree.pos[verb] in VERBAL else None
    is_harsh = predicate is not None and predicate.rule.root in HARSH and "fight" not in predicate.rule.tags
    return is_harsh and predicate.words == (verb,)


def is_standing(tree: Tree, trigger: int) -> bool:
    """`is an ally of X`, `has a friendship with X`, `strengthens ties`: how they stand, and no deed.

    A name as trigger joins both sides in a list and nothing more.
    """
    predicate = verb_predicate(tree, trigger) if tree.pos[trigger] in VERBAL else None
    is_of_ties = predicate is not None and predicate.rule.object_class == "relation"
    if is_of_ties or tree.pos[trigger] == "PROPN":
        return True
    nouns = [trigger]
    if tree.lemmas[trigger] in BEING:
        nouns += [n for i in dependents(tree, trigger, WHAT_IT_IS) for n in coordinated(tree, i)]
    rules = {i: noun_rule(tree, i) for i in nouns if tree.pos[i] in NOMINAL}
    return any(
        tree.lemmas[i] in STANDINGS or (rule is not None and (rule.root, rule.shape) == TIE)
        for i, rule in rules.items()
    )


def is_named_accord(tree: Tree, noun: int) -> bool:
    """`under the Trade Agreement`, `guaranteed by the Joint Declaration`: it was concluded long ago."""
    rule = noun_rule(tree, noun) if tree.pos[noun] in NOMINAL else None
    is_accord = rule is not None and (rule.root, rule.shape) == TIE
    return is_accord and tree.words[noun][0].isupper() and tree.lemmas[tree.heads[noun]] in CITING


def is_talk(tree: Tree, verb: int) -> bool:
    """`consulted on cooperation`: they talked, and what they talked about has not been done by it."""
    predicate = verb_predicate(tree, verb) if tree.pos[verb] in VERBAL else None
    return predicate is not None and predicate.rule.root == "CONSULT"


def is_charge(tree: Tree, verb: int, source_words: Sequence[int]) -> bool:
    """`Y is accused by X of attacking it`: who makes a charge does not do what it charges."""
    predicate = verb_predicate(tree, verb) if tree.pos[verb] in VERBAL else None
    is_accusing = predicate is not None and predicate.rule.root == "ACCUSE"
    accusers = logical_subjects(tree, verb)
    return is_accusing and any(are_below(tree, (i,), accusers) for i in source_words)


def is_turned(tree: Tree, verb: int, source_words: Sequence[int], target_words: Sequence[int]) -> bool:
    """`X's fighters were killed`, `Y took the town after X had left`: not by X; nor do X and Y fight each
    other who took it together.
    """
    predicate = verb_predicate(tree, verb) if tree.pos[verb] in VERBAL else None
    is_mutual = predicate is not None and (
        predicate.rule.shape or not predicate.rule.tags.isdisjoint(MUTUAL) or predicate.rule.root == "AGREE"
    )
    doers, struck = logical_subjects(tree, verb), logical_objects(tree, verb)
    together = [n for i in doers for n in coordinated(tree, i)]
    if len(together) > 1 and not is_mutual and are_apart(tree, (source_words, target_words), together):
        return True
    if predicate is None or QUADS[predicate.rule.root] != FORCE or is_mutual:
        return False
    is_source_struck = are_below(tree, source_words, struck) and not are_below(tree, target_words, struck)
    is_target_doer = are_below(tree, target_words, doers) and not are_below(tree, source_words, doers)
    return is_source_struck or is_target_doer


def are_apart(tree: Tree, sides: Iterable[Sequence[int]], heads: Sequence[int]) -> bool:
    """Whether some sides are each in a noun phrase of their own among coordinated heads."""
    owners = [
        {next((k for k in (i, *ancestors(tree, i)) if k in heads), None) for i in words} for words in sides
    ]
    return all(len(own) == 1 and None not in own for own in owners) and owners[0] != owners[1]


def are_below(tree: Tree, words: Sequence[int], heads: Sequence[int]) -> bool:
    """Whether words all lie in the noun phrases of some heads."""
    return bool(words) and all(not {i, *ancestors(tree, i)}.isdisjoint(heads) for i in words)


def is_standstill(tree: Tree, verb: int) -> bool:
    """`troops have halted south of the town`, but not `halted the ship`, `the ship was halted`."""
    is_stop = tree.lemmas[verb] in STOPPING and tree.pos[verb] in VERBAL
    has_object = any(tree.pos[i] in NOMINAL for i in logical_objects(tree, verb))
    return is_stop and not has_object and not dependents(tree, verb, PASSIVE_SUBJECTS)


def is_topic(tree: Tree, words: Sequence[int]) -> bool:
    """The X of `disturbed over X`, `criticized Y over X`."""
    return bool(words) and all(
        tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in TOPIC_PREPOSITIONS for i in words
    )


def is_denied_charge(tree: Tree, clause: int) -> bool:
    """`said that X's arms were no threat`, `said the arms did not constitute a threat`."""
    weights = (judging_words().get(tree.lemmas[i].lower(), 0.0) for i in predicate_words(tree, clause))
    return min(weights, default=0.0) <= -CLEAR and is_negated(tree, clause)  # "serious" alone is no blame
