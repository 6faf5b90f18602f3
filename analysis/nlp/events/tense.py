"""What tense, negation and purpose make of an act: *will not help* is a refusal."""

from analysis.nlp.events.composition import announced, excludes, foretold
from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.nouns import classes_of
from analysis.nlp.events.outcomes import noun_status
from analysis.nlp.events.predicates import OBLIGATION
from analysis.nlp.parse.tree import NOMINAL, Tree, auxiliaries, is_infinitive
from analysis.nlp.parse.verb_status import has_condition, verb_status
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import ACT_STATUSES, QUADS

REFUSING = frozenset(("will", "wo", "would", "can", "ca", "could", "may"))
WARLIKE = frozenset(("attack", "war"))  # classes of noun


def with_tense(tree: Tree, verb: int, predicate: Predicate) -> tuple[Rule, str]:
    """Rule and status of an act by the tense and negation of its clause."""
    rule = predicate.rule
    if tree.pos[verb] in NOMINAL:
        status = noun_status(tree, verb)
        if status == "past" and rule.root != "REJECT":  # a plan to help; but a failure to help is a fact
            status = "hypothetical"
        return rule, "negated" if status == "negated" else predicate.status or status
    status = verb_status(tree, verb)
    if status == predicate.status == "negated":  # did not fail to help
        return announced(rule) if excludes(rule) else rule, "past"  # did not rule out force
    if status == "hypothetical" and (rule.root == "CONSULT" or rule.mode == "accord"):
        status = purpose_of_trip(tree, verb) or status
    if status == "hypothetical" and rule.root == "ASSAULT":
        status = purpose_of_attack(tree, verb) or status
    if status == "future" and rule == OBLIGATION:
        return rule, "past"  # would expect X to leave
    if status == "future":
        return foretold(rule), "future"
    if status == "negated" and is_refusal(tree, verb, rule):
        return refused(rule), "past"
    if status in ("past", "ongoing") and predicate.status:
        is_threatened = predicate.status == "future" and any(has_condition(tree, i) for i in predicate.words)
        return rule, "hypothetical" if is_threatened else predicate.status
    return rule, status


def purpose_of_trip(tree: Tree, verb: int) -> str | None:
    """The status of a trip that was made to talk: `flew to Rome to meet X`."""
    head = tree.heads[verb]
    is_aim = tree.deps[verb] in ("advcl", "xcomp", "acl") and is_infinitive(tree, verb)
    if not is_aim or tree.lemmas[head] not in word_classes()["trip"]:
        return None
    status = verb_status(tree, head)
    return status if status in ACT_STATUSES else None


def purpose_of_attack(tree: Tree, verb: int) -> str | None:
    """The status of a campaign that was launched to destroy X."""
    head = tree.heads[verb]
    is_aim = tree.deps[verb] in ("acl", "relcl") and is_infinitive(tree, verb)
    is_attack = is_aim and not WARLIKE.isdisjoint(classes_of(tree, head))
    status = noun_status(tree, head) if is_attack else None
    return status if status in ACT_STATUSES else None


def is_refusal(tree: Tree, verb: int, rule: Rule) -> bool:
    """`will not help`, `does not recognise X`; but who will not attack refuses nothing."""
    is_wanted = QUADS[rule.root] <= 2 or rule.root == "MOBILIZE"
    if QUADS[rule.root] == 1 and tree.lemmas[verb] in word_classes()["stand"]:
        return True
    return is_wanted and any(tree.words[i].lower() in REFUSING for i in auxiliaries(tree, verb))


def refused(rule: Rule) -> Rule:
    """`will not send troops` is a refusal."""
    return rule._replace(root="REJECT", mode=None, tags=rule.tags & {"war"}, is_refused=True)
