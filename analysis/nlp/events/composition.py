"""What a word above makes of an act: *agreed to release* is a promise, *refused to lift* a refusal."""

from analysis.nlp.events.frames import Predicate
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.parse.arguments import logical_objects
from analysis.nlp.parse.tree import (
    NOMINAL,
    OBJECTS,
    SUBJECTS,
    Tree,
    complements,
    dependents,
    is_time,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_status import is_negated, is_two_way
from analysis.nlp.parse.word_lists import operators
from analysis.schemas import QUADS

OUTWEIGHING = frozenset(("REQUEST", "ACCUSE", "REJECT", "COERCE", "THREATEN", "CONCEDE"))
"""Roots of operators that what is below does not change: accused of bombing is an accusation."""
VERBAL_COOPERATION = frozenset(("CONSULT", "SUPPORT"))
COOPERATION = VERBAL_COOPERATION | {"COOPERATE", "AID", "RETREAT", "CONCEDE"}
WANTING = frozenset(("want", "wish", "hope", "desire", "look", "keen", "eager"))
RESOLVES = frozenset(("decide", "opt", "choose", "decision"))
LEFT_UNDONE = frozenset(("avoid", "refrain", "short"))
REFUSAL = Rule("REJECT", None, "", "")
ENDINGS = {"ASSAULT": "ceasefire", "COERCE": "access", "MOBILIZE": "withdraw"}
"""Root -> mode of the RETREAT that ends it."""


def composed(
    tree: Tree, word: int, does: frozenset[str], bare: Predicate | None, inner: Predicate
) -> Predicate:
    """What an operator makes of the act below it.

    Args:
        tree: the parsed text.
        word: the operator, a verb or noun.
        does: what it does, of `analysis.nlp.parse.word_lists.OPERATORS`.
        bare: what it says by itself.
        inner: what the word below it says.
    """
    outer = bare.rule if bare else None
    is_kind = outer is not None and outer.root in ("RETREAT", "AID")
    if bare and is_kind and not does & {"future", "deny", "stop"} and not takes_part(tree, word, inner):
        return bare._replace(words=(word, *inner.words))  # let X leave, helped X to build
    rule, status = composed_rule(tree, word, does, outer, inner)
    is_outer = outer is not None and rule.root == outer.root and "deny" not in does
    # urged X to act on Y: X is asked
    heads = (word,) if is_outer and has_target(tree, word, inner.words) else inner.target_heads
    words = (word, *inner.words) if rule.root == inner.rule.root else (*inner.words, word)
    rule = inner.rule.below(operator_name(tree, word), outer.tags if outer else frozenset()).changed_to(rule)
    return Predicate(rule, heads, words, status, inner.probability - 0.05)


def takes_part(tree: Tree, word: int, inner: Predicate) -> bool:
    """`helped bomb Y` is bombing Y; `helped X bomb Y` is helping X."""
    is_hostile = QUADS[inner.rule.root] >= 3
    below = inner.words[0]
    has_helped = bool(dependents(tree, word, OBJECTS) or dependents(tree, below, SUBJECTS))
    return is_hostile and tree.deps[below] in ("xcomp", "ccomp") and not has_helped


def operator_name(tree: Tree, word: int) -> str:
    """An operator as the list has it, with its particle: `rule out`."""
    names = (f"{tree.lemmas[word]} {tree.lemmas[i]}" for i in particles(tree, word))
    return next((name for name in names if name in operators()), tree.lemmas[word])


def composed_rule(
    tree: Tree, word: int, does: frozenset[str], outer: Rule | None, inner: Predicate
) -> tuple[Rule, str | None]:
    """Rule and status of an act below an operator that may have a root of its own."""
    if "deny" in does:
        return denied(tree, word, inner)
    if "stop" in does:
        return ended(tree, word, inner.rule)
    is_undone = is_left_undone(tree, word, inner)
    if is_undone and "future" not in does:
        return inner.rule, "negated"
    if outer and is_inner_kept(does, outer, inner.rule):
        return inner.rule, inner.status
    if outer and (is_offer_of_troops(outer, inner.rule) or outer.root in OUTWEIGHING):
        return outer, inner.status
    if outer and outer.root == "AGREE" and inner.rule.root == "REQUEST":
        return outer, inner.status  # agreed to a proposal
    if "weigh" in does:
        return inner.rule, "hypothetical"
    if "future" in does:
        return announced_rule(tree, word, outer, inner.rule, is_undone)
    return inner.rule, "future" if tree.lemmas[word] in RESOLVES else inner.status


def denied(tree: Tree, word: int, inner: Predicate) -> tuple[Rule, str | None]:
    """`refused to help` is a no to somebody; `failed to help` and `refused to attack` are only not done."""
    if excludes(inner.rule):
        return announced(inner.rule), None  # a threat: refused to rule out force
    is_answer = tree.pos[inner.words[0]] in NOMINAL and QUADS[inner.rule.root] == 3  # rejected a proposal
    is_wanted = QUADS[inner.rule.root] <= 2 and tree.lemmas[word] != "deny"
    is_refusal = is_answer or (is_wanted and not is_two_way(tree.lemmas[word]))
    return (inner.rule.changed_to(REFUSAL), inner.status) if is_refusal else (inner.rule, "negated")


def excludes(rule: Rule) -> bool:
    """Whether a hostile act is out of the question: `rule out a strike`; who will not say so threatens it."""
    is_excluded = bool(rule.operators) and "exclude" in operators().get(rule.operators[0], frozenset())
    return is_excluded and QUADS[rule.root] == 4


def is_inner_kept(does: frozenset[str], outer: Rule, inner: Rule) -> bool:
    """`ordered the army to attack` is an attack, `called on X to discuss Y` is to talk."""
    is_order = "aspect" in does and QUADS[inner.root] == 4
    return is_order or ("appeal" in outer.tags and inner.root == "CONSULT")


def is_offer_of_troops(outer: Rule, inner: Rule) -> bool:
    """`offered to send troops` is no threat."""
    return outer.root == "AGREE" and inner.root == "MOBILIZE"


def announced_rule(
    tree: Tree, word: int, outer: Rule | None, inner: Rule, is_undone: bool
) -> tuple[Rule, str | None]:
    """An act to come: a bargain or threat is made with the word, help is yet to come."""
    told = announced(inner) if outer else foretold(inner)  # X vowed to bomb Y: a threat; X will bomb Y
    rule = forgone(inner) if is_undone else told
    is_noun = tree.pos[word] in NOMINAL  # X reneged on its commitment: the noun's clause decides
    is_made = is_noun or tree.lemmas[word] == "agree" or rule.root != "AGREE"
    if tree.lemmas[word] in WANTING:
        return rule, "hypothetical"
    return rule, None if outer and is_made else "future"


def is_left_undone(tree: Tree, word: int, inner: Predicate) -> bool:
    """`promised not to attack`, `decided not to help`."""
    return any(is_negated(tree, i) for i in complements(tree, word) if i in inner.words)


def forgone(rule: Rule) -> Rule:
    """What somebody promises not to do: no help is a refusal, no force a promise."""
    return rule._replace(root="REJECT" if QUADS[rule.root] <= 2 else "AGREE", mode=None)


def has_target(tree: Tree, word: int, used: tuple[int, ...]) -> bool:
    """Whether it says with whom somebody agreed or who was asked; not the day of `agreed on Monday to`."""
    return any(noun not in used for noun in logical_objects(tree, word)) or any(
        tree.lemmas[prep] in ("on", "upon", "to") and not is_time(tree, noun)
        for prep, noun in prepositional_phrases(tree, word)
    )


def foretold(rule: Rule) -> Rule:
    """Words to come are an agreement to speak; aid and force to come stay what they are."""
    return announced(rule) if rule.root in VERBAL_COOPERATION else rule


def announced(rule: Rule) -> Rule:
    """Cooperation to come is AGREE, conflict to come a threat. Source: PLOVER codebook."""
    if rule.root in COOPERATION:
        return rule._replace(root="AGREE")
    if QUADS[rule.root] == 4:
        return rule._replace(root="THREATEN", mode="violence" if rule.root == "ASSAULT" else None)
    return rule


def ended(tree: Tree, word: int, rule: Rule) -> tuple[Rule, str | None]:
    """What has ended, or was left undone: `stopped short of` keeps the act and denies it."""
    phrase = {tree.lemmas[word]} | {tree.lemmas[i] for i in tree.children[word]}
    if phrase & LEFT_UNDONE:
        return rule, "negated"
    if rule.root in ("AID", "COOPERATE"):
        return rule._replace(root="SANCTION", mode="discontinue", shape=""), None
    if QUADS[rule.root] <= 2:
        return rule.changed_to(REFUSAL), None
    return rule._replace(root="RETREAT", mode=ENDINGS.get(rule.root)), None
