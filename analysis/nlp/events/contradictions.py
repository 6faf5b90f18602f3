"""What the judge reads in a sentence although its words say something else.

The judge knows which sides are named and the tone of the words. That a verb says the opposite, that a charge
is denied, or that troops only stopped, the grammar tells.
"""

from collections.abc import Sequence

from spacy.tokens import Span

from analysis.nlp.events.bystanders import is_talked_about
from analysis.nlp.events.event import Event
from analysis.nlp.events.predicates import verb_predicate
from analysis.nlp.events.statements import CLEAR, judging_words, predicate_words
from analysis.nlp.parse.arguments import logical_objects
from analysis.nlp.parse.tree import CLAUSAL_COMPLEMENTS, NOMINAL, PASSIVE_SUBJECTS, VERBAL, Tree, dependents
from analysis.nlp.parse.verb_status import is_negated

COOPERATION, FORCE = (1, 2), 4  # quads
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
    if event.quad in COOPERATION:
        is_topic_of_talk = any(is_talked_about(tree, trigger, i) for i in (source_words, target_words))
        return is_topic_of_talk or is_hostile_verb(tree, trigger)
    if event.quad == FORCE:
        return is_standstill(tree, trigger)
    return is_topic(tree, target_words) or any(
        is_denied_charge(tree, clause) for clause in dependents(tree, trigger, CLAUSAL_COMPLEMENTS)
    )


def is_hostile_verb(tree: Tree, verb: int) -> bool:
    """`X warned`, `X struck`: no help and no praise, whomever it is to; but X and Y may fight together."""
    predicate = verb_predicate(tree, verb) if tree.pos[verb] in VERBAL else None
    is_harsh = predicate is not None and predicate.rule.root in HARSH and "fight" not in predicate.rule.tags
    return is_harsh and predicate.words == (verb,)


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
