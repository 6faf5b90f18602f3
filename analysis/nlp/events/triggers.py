"""Trigger words of a sentence and how two sides relate to them: the features that grammar and lists give.

A trigger is a word of `data/events/verbs.csv` or `nouns.csv`. For an ordered pair of sides `pair_features`
says which roots the triggers between them have, whether one side is the agent and the other the patient, and
whether the two are part of a list. The mood of its clause says when the act is.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.nlp.events.lexicon import MODIFIERS, Rule, classes_of, noun_rule, verb_frame
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    CONJUNCTS,
    NOMINAL,
    VERBAL,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_infinitive,
    nouns_after,
    particles,
    prepositional_phrases,
)
from analysis.nlp.parse.verb_status import verb_status
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import QUADS

ROOTS: Final = tuple(QUADS)
BETWEEN: Final = ("between", "agent to patient", "patient to agent")
FLAGS: Final = (
    *("any trigger", "agent and patient", "reversed", "mutual", "listed together", "with"),
    *("speaker outside", "first side first"),
)
FEATURES: Final = (*(f"{where}: {root}" for where in BETWEEN for root in ROOTS), *FLAGS)
"""Names of the features, in the order of their columns."""

MAX_TRIGGERS: Final = 16  # of a sentence
CLIMB: Final = 5  # words from a side's name up to the noun that it stands in
JOINING: Final = MODIFIERS | {"appos", "conj", "case", "nummod", "det"}
AIMED: Final = ("of", "on", "against", "with", "to", "in", "at", "for", "over")


class Trigger(NamedTuple):
    """A word that names an act, with the words of who does it and to whom."""

    word: int
    rule: Rule
    status: str  # of its clause
    agents: frozenset[int]
    patients: frozenset[int]


def find_triggers(tree: Tree, start: int, end: int) -> list[Trigger]:
    """The triggers between two tokens, in the order of the text, at most 16.

    A noun that a verb's own rule asks for (`lifted the sanctions`) is no trigger beside the verb.
    """
    found: list[Trigger] = []
    taken: set[int] = set()
    for i in islice((i for i in range(start, end) if tree.pos[i] in VERBAL), 4 * MAX_TRIGGERS):
        rule = verb_rule(tree, i)
        if (
            rule is not None
            and rule.root
            and not any(tree.lemmas[n] in word_classes()["disaster"] for n in logical_subjects(tree, i))
        ):
            found.append(verb_trigger(tree, i, rule))
            taken |= set(logical_objects(tree, i)) if rule.object_class else set()
    for i in range(start, end):
        rule = noun_rule(tree, i) if tree.pos[i] in NOMINAL and i not in taken else None
        if rule is not None and rule.root:
            found.append(noun_trigger(tree, i, rule))
    return sorted(found)[:MAX_TRIGGERS]


def verb_rule(tree: Tree, verb: int) -> Rule | None:
    """The most specific rule of a verb: with its particle, then with what it asks for, then any."""
    lemma = tree.lemmas[verb]
    names = [f"{lemma} {tree.lemmas[i]}" for i in particles(tree, verb)]
    for name in (*names, lemma):
        frame = verb_frame(name)
        if any(of_object for of_object, _, _ in frame):
            nouns = logical_objects(tree, verb) + [n for _, n in prepositional_phrases(tree, verb)]
            for word_class in (c for n in nouns for c in classes_of(tree, n)):
                if (word_class, "", "") in frame:
                    return frame[word_class, "", ""]
        if any(of_subject for _, of_subject, _ in frame):
            for word_class in (c for n in logical_subjects(tree, verb) for c in classes_of(tree, n)):
                if ("", word_class, "") in frame:
                    return frame["", word_class, ""]
        if ("", "", "infinitive") in frame and any(is_infinitive(tree, i) for i in tree.children[verb]):
            return frame["", "", "infinitive"]
        if ("", "", "reason") in frame and nouns_after(tree, verb, "for", "over"):
            return frame["", "", "reason"]
        if ("", "", "") in frame:
            return frame["", "", ""]
    return None


def verb_trigger(tree: Tree, verb: int, rule: Rule) -> Trigger:
    agents = [n for i in logical_subjects(tree, verb) for n in coordinated(tree, i)]
    patients = logical_objects(tree, verb)
    patients += [
        n
        for prep, i in prepositional_phrases(tree, verb)
        for n in coordinated(tree, i)
        if tree.lemmas[prep] != "by"
    ]
    return Trigger(verb, rule, verb_status(tree, verb), frozenset(agents), frozenset(patients))


def noun_trigger(tree: Tree, noun: int, rule: Rule) -> Trigger:
    """The trigger of a noun, whose owner does it: `Israel's strike`, `a strike by Israel`."""
    owners = dependents(tree, noun, MODIFIERS)
    verb = next((i for i in ancestors(tree, noun) if tree.pos[i] in ("VERB", "AUX")), None)
    is_object = verb is not None and noun in logical_objects(tree, verb)
    subjects = logical_subjects(tree, verb) if verb is not None and is_object else []
    agents = [*owners, *nouns_after(tree, noun, "by", "from"), *subjects]
    patients = nouns_after(tree, noun, *AIMED)
    if rule.shape != "object":
        agents += nouns_after(tree, noun, "of")
    status = verb_status(tree, verb) if verb is not None else "past"
    spread = [frozenset(n for i in words for n in coordinated(tree, i)) for words in (agents, patients)]
    return Trigger(noun, rule, status, *spread)


def pair_features(
    tree: Tree,
    triggers: Sequence[Trigger],
    sides: Sequence[Collection[int]],
    pairs: Sequence[tuple[int, int]],
    *,
    outside: Collection[int] = (),
) -> NDArray[np.float32]:
    """What grammar and lists say of ordered pairs of sides in one sentence.

    Args:
        tree: the parsed text.
        triggers: of the sentence.
        sides: the tokens of each side's mentions in it.
        pairs: places of source and target in `sides`.
        outside: of the one who says the sentence, and is not named in it.

    Returns:
        A row per pair, a column per name in `FEATURES`, values 0 or 1.
    """
    heads = [head_words(tree, words) for words in sides]
    chains = [{i for head in found for i in noun_chain(tree, head)} for found in heads]
    above = [{i for head in found for i in (head, *ancestors(tree, head))} for found in heads]
    rows = np.zeros((len(pairs), len(FEATURES)), dtype=np.float32)
    for row, (source, target) in zip(rows, pairs, strict=True):
        on = set(trigger_signs(triggers, chains, above, source, target))
        on |= set(side_signs(tree, heads, chains, source, target))
        if source in outside or target in outside:
            on.add("speaker outside")
        row[[COLUMNS[name] for name in on]] = 1
    return rows


COLUMNS: Final = {name: column for column, name in enumerate(FEATURES)}


def head_words(tree: Tree, words: Collection[int]) -> list[int]:
    """The words of some names that are below a word outside them."""
    return [i for i in words if tree.heads[i] not in words or tree.heads[i] == i]


def noun_chain(tree: Tree, i: int) -> Iterator[int]:
    """A name and the nouns that it stands in: `Israel's air force`, `leaders of Japan`."""
    yield i
    for _ in range(CLIMB):
        head, dep = tree.heads[i], tree.deps[i]
        if head == i:
            return
        is_owned = dep == "pobj" and tree.lemmas[head] in ("of", "in", "from", "at", "near", "across")
        if is_owned and tree.pos[tree.heads[head]] in NOMINAL:
            head = tree.heads[head]
        elif dep not in JOINING:
            return
        i = head
        yield i


def trigger_signs(
    triggers: Sequence[Trigger],
    chains: Sequence[set[int]],
    above: Sequence[set[int]],
    source: int,
    target: int,
) -> Iterator[str]:
    """Roots of the triggers between two sides, and which of the two does what they name."""
    for trigger in triggers:
        yield "any trigger"
        root = trigger.rule.root
        is_forward = chains[source] & trigger.agents and chains[target] & trigger.patients
        is_back = chains[target] & trigger.agents and chains[source] & trigger.patients
        if is_back and trigger.rule.shape == "reverse":
            is_forward, is_back = is_back, is_forward
        if is_forward:
            yield from (f"agent to patient: {root}", "agent and patient")
        if is_back:
            yield from (f"patient to agent: {root}", "reversed")
        is_joint = chains[source] & trigger.agents and chains[target] & trigger.agents
        if trigger.rule.shape in ("mutual", "state") and (is_forward or is_back or is_joint):
            yield from ("mutual", f"agent to patient: {root}")
        if trigger.word in above[source] & above[target]:
            yield f"between: {root}"


def side_signs(
    tree: Tree, heads: Sequence[Sequence[int]], chains: Sequence[set[int]], source: int, target: int
) -> Iterator[str]:
    """How the two sides are named."""
    for one, other in ((source, target), (target, source)):
        if any(tree.deps[i] in CONJUNCTS and tree.heads[i] in chains[one] for i in heads[other]):
            yield "listed together"
    if any(tree.lemmas[tree.heads[i]] == "with" for i in chains[target] if tree.deps[i] == "pobj"):
        yield "with"
    if heads[source] and heads[target] and heads[source][0] < heads[target][0]:
        yield "first side first"
