"""Which words of a sentence say when and where an act happens: those that hang on it, not on another act.

`X said on Friday that Y had shelled Z in May`: Friday dates what X said, May what Y did.
"""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.nlp.events.event_years import has_time, is_day_after
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.parse.tree import (
    NOMINAL,
    PASSIVE_SUBJECTS,
    PAST_TAGS,
    PREPOSITIONS,
    SUBJECTS,
    Tree,
    dependents,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import word_classes

DEPTH = 5  # clauses that a time or place may be above its act
CLIMB = 10  # words between a time and the act that it dates
VERBS = frozenset(("VERB", "AUX"))
LOWER_CLAUSES = frozenset(("relcl", "acl", "advcl"))
MARKS = frozenset(("mark",))
DURING = frozenset(("in", "during", "by", "at"))
"""Prepositions that put an act into the time and place of the verb above: `killed on Friday in a raid`."""
NOUN_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
WARS = frozenset(("war", "conflict", "invasion", "occupation"))
"""These go on while something else happens: `launched a raid on Monday in its war with X`."""
MADE_OBJECTS = frozenset(("dobj", "obj"))
COMPLEMENTS = frozenset(("xcomp", "acomp"))


class Deed(NamedTuple):
    """An act as far as its time, place and toll depend on it."""

    trigger: int
    verb: int  # where the clause is read from; the trigger itself for nouns
    root: str
    mode: str | None
    is_future: bool


def own_words(tree: Tree, deed: Deed) -> list[int]:
    """The words whose time and place are those of an act, the surest first."""
    found = [deed.trigger]
    if deed.verb != deed.trigger and not deed.is_future:  # agreed on Friday to meet in May: will meet in May
        found.append(deed.verb)
    found += words_to_come(tree, deed)
    above = list(words_above(tree, deed.verb))
    below = [word for i in (*found, *above) for word in words_below(tree, i)]
    return list(dict.fromkeys([*found, *below, *above]))


def words_to_come(tree: Tree, deed: Deed) -> Iterator[int]:
    """The words that share the time of what is announced.

    `X will hold talks on Friday`, `is to meet Y on Friday`, `has scheduled talks for Friday`, `the talks are
    due to begin on Friday`.
    """
    kinds, word = word_classes(), deed.trigger
    head, dep, lemma = tree.heads[word], tree.deps[word], tree.lemmas[word]
    if tree.pos[word] in NOMINAL and dep in NOUN_SUBJECTS and tree.lemmas[head] in kinds["scheduling"]:
        yield from reversed(list(complements(tree, head)))
    elif not deed.is_future:
        return
    elif tree.pos[word] in NOMINAL and dep in MADE_OBJECTS and tree.lemmas[head] in kinds["holding"]:
        yield head
    elif lemma == "be":
        yield from complements(tree, word)
    elif lemma in kinds["scheduling"]:
        yield from dependents(tree, word, MADE_OBJECTS)


def complements(tree: Tree, i: int) -> Iterator[int]:
    """The `due` and `begin` of `are due to begin`."""
    for below in dependents(tree, i, COMPLEMENTS):
        yield below
        yield from complements(tree, below)


def words_below(tree: Tree, i: int) -> Iterator[int]:
    """The acts below a word that are of its time and place.

    The raid of `launched a raid`, `killed in a raid` and `a raid killed five`, the talks of `came for talks`,
    the clauses of `the raid, which came on Friday`, `strikes targeting Rafah` and `struck, killing five`.
    """
    kinds = word_classes()
    if tree.pos[i] in VERBS:
        links = DURING | {"for"} if tree.lemmas[i] in kinds["trip"] else DURING
        nouns = [noun for prep, noun in prepositional_phrases(tree, i) if tree.lemmas[prep] in links]
        nouns += dependents(tree, i, MADE_OBJECTS) if tree.lemmas[i] in kinds["holding"] else ()
        nouns += dependents(tree, i, SUBJECTS) if tree.lemmas[i] in kinds["happening"] else ()
        yield from (noun for noun in nouns if tree.pos[noun] in NOMINAL and noun_rule(tree, noun))
    for clause in dependents(tree, i, LOWER_CLAUSES):
        is_aside = tree.deps[clause] == "relcl" or tree.tags[clause] == "VBG"
        if is_aside and tree.lemmas[clause] in kinds["happening"] and not dependents(tree, clause, MARKS):
            yield clause


def words_above(tree: Tree, i: int) -> Iterator[int]:
    """Words above an act whose time and place are also its own, the nearest first."""
    for _ in range(DEPTH):
        head = tree.heads[i]
        if head == i or not is_same_occasion(tree, i):
            return
        if tree.pos[head] != "ADP":
            yield head
        i = head


def is_same_occasion(tree: Tree, i: int) -> bool:
    """Whether a word and the word above it are of one time and place."""
    head, dep = tree.heads[i], tree.deps[i]
    if tree.pos[i] in NOMINAL and tree.lemmas[i] in WARS:
        return False
    if dep in ("prep", "agent"):
        return (tree.lemmas[i] in DURING and tree.pos[head] in VERBS) or is_of_series(tree, i)
    if dep == "pobj":
        return tree.lemmas[head] in DURING or is_of_series(tree, head)
    if dep in NOUN_SUBJECTS or dep in MADE_OBJECTS:
        return is_made(tree, head, dep)
    if dep == "conj":
        return is_joined(tree, i)
    if dep == "relcl":  # killed in a raid that destroyed homes
        return is_subject_clause(tree, i) and noun_rule(tree, head) is not None
    if dep == "acl":  # launched a raid in Rafah, killing five
        return tree.tags[i] == "VBG" and noun_rule(tree, head) is not None
    return dep == "xcomp" or (dep == "advcl" and tree.tags[i] == "VBG")


def is_subject_clause(tree: Tree, verb: int) -> bool:
    """The `destroyed` of `a raid that destroyed homes`, which the raid did; not `a raid that X denied`."""
    subjects = dependents(tree, verb, SUBJECTS)
    return [tree.words[i].lower() for i in subjects] in (["that"], ["which"])


def is_of_series(tree: Tree, prep: int) -> bool:
    """The `of` of `a series of strikes`: what the series does, the strikes do."""
    return tree.lemmas[prep] == "of" and tree.lemmas[tree.heads[prep]] in word_classes()["quantity"]


def is_made(tree: Tree, verb: int, dep: str) -> bool:
    """`the talks took place`, `held talks`, `talks were held`; but not `condemned the attack`."""
    kind = "happening" if dep in SUBJECTS else "holding"
    return tree.lemmas[verb] in word_classes()[kind]


def is_joined(tree: Tree, i: int) -> bool:
    """`met X on Friday and signed a deal`, `and the next day shelled Y`; not `and on Monday left`.

    Also the airstrikes of `nine died in raids and airstrikes`.
    """
    head = tree.heads[i]
    if tree.pos[i] in NOMINAL:
        return noun_rule(tree, head) is not None and not dependents(tree, head, PREPOSITIONS)
    if tree.pos[i] not in VERBS or dependents(tree, i, SUBJECTS | PASSIVE_SUBJECTS):
        return False
    is_one_tense = {tree.tags[i], tree.tags[head]} <= PAST_TAGS or tree.tags[i] == tree.tags[head]
    return is_one_tense and not has_time(tree, i) and not is_day_after(tree, i)


def holder(tree: Tree, i: int, own: list[int]) -> int | None:
    """The act that a time or place belongs to: the nearest word above that is one of an act, or a verb."""
    for _ in range(CLIMB):
        if i in own or tree.pos[i] in VERBS:
            return i
        if tree.pos[i] in NOMINAL and noun_rule(tree, i):
            return i
        if tree.heads[i] == i:
            return None
        i = tree.heads[i]
    return None
