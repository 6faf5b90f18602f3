"""How many people an attack killed and injured, as its sentence counts them.

`killing at least 33 people` is 33, `kill 26, including four children` 26, `a man` 1; `dozens` and a bare name
are unknown; a name that is explained is 1: `Jo Doe, a commander`. Of two numbers for the same people the
lower one counts.
"""

from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Span

from analysis.lexicons import load_lexicon
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    OBJECTS,
    SUBJECTS,
    YEAR,
    Tree,
    ancestors,
    coordinated,
    dependents,
    nouns_after,
)
from analysis.nlp.parse.word_lists import word_classes
from analysis.tables.rows import rows_of

MAX_TOLL: Final = 10_000  # no single attack of our time killed more: a higher number is the toll of a war
OUTCOMES: Final = ("killed", "injured")
SHAPES: Final = ("object", "subject", "state", "manner", "noun", "total")
"""Whose number counts: the object of `kill`, the subject of `die`, the noun that is `dead`, who was `fatally`
shot, the noun itself (`three deaths`) or what is after it (`deaths of three`), what a total rises to."""
ROOT: Final = "ASSAULT"
LONGEST = 7  # figures of the longest number
VICTIMS = SUBJECTS | {"dobj", "nsubjpass"}
RESULTS = ("oprd", "acomp", "xcomp", "ccomp")
CUMULATIVE = frozenset(("since", "war", "conflict", "daily", "annually", "month", "year"))
"""Words beside a number that counts a whole war: `has killed 900 since March`."""


class Toll(NamedTuple):
    """How many died and were hurt; None where the sentence does not count them."""

    killed_count: int | None
    injured_count: int | None


class Harm(NamedTuple):
    """What a word says happened to people, and where their number is."""

    outcome: str  # one of OUTCOMES
    shape: str  # one of SHAPES


@cache
def harm_words() -> dict[str, Harm]:
    """Lemma -> what it says happened."""
    rows = load_lexicon("events/harm_words", allowed={"outcome": OUTCOMES, "shape": SHAPES})
    return {row.lemma: Harm(row.outcome, row.shape) for row in rows_of(rows)}


@cache
def number_words() -> dict[str, int]:
    """`seven` -> 7."""
    rows = load_lexicon("events/number_words", numbers=("value",))
    return {row.word: int(row.value) for row in rows_of(rows)}


def harm_done(tree: Tree, sentence: Span, root: str, own: list[int]) -> list[int]:
    """The words that say whom an attack harmed; none of other acts, nor of a whole war.

    They hang on the act, or the act on them: `a strike killed five`, `five were killed in a strike`.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        root: of the act.
        own: words of the act, from `analysis.nlp.events.circumstances`.
    """
    if root != ROOT:
        return []
    harm = [i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in harm_words()]
    of_war = set()  # has killed 900 since March; but not: killed five, bringing the toll since May to 90
    for i in harm:
        near = tree.children[i if harm_words()[tree.lemmas[i]].shape != "total" else tree.heads[i]]
        beside = [k for k in near if (tree.deps[k], tree.tags[k]) != ("advcl", "VBG")]
        below = (k for child in beside for k in (child, *tree.children[child]))
        of_war |= {i for k in below if tree.lemmas[k] in CUMULATIVE}
    causes = {i for word in own for i in ancestors(tree, word)}
    results = [i for i in harm if i in causes or not set(own).isdisjoint((i, *ancestors(tree, i)))]
    return [i for i in results if of_war.isdisjoint((i, *ancestors(tree, i)))]


def toll_of(tree: Tree, harm: list[int]) -> Toll:
    """How many were killed and injured, by words from `harm_done`: the highest number of each."""
    counts: dict[str, list[int]] = {outcome: [] for outcome in OUTCOMES}
    for i in harm:
        outcome, shape = harm_words()[tree.lemmas[i]]
        count = count_at(tree, i, shape)
        counts[outcome] += [count] if count is not None and count <= MAX_TOLL else []
    return Toll(*(max(found, default=None) for found in counts.values()))


# ---------------------------------------------------------------- how many


def count_at(tree: Tree, i: int, shape: str) -> int | None:
    """How many a word of harm is about; else the number right before it: `15 injured`."""
    counts = [count_of(tree, noun) for noun in dict.fromkeys(victims_at(tree, i, shape))]
    known = [count for count in counts if count is not None]
    before = number_at(tree, i - 1) if i else None
    return sum(known) if known and len(known) == len(counts) else before


def victims_at(tree: Tree, i: int, shape: str) -> list[int]:
    """The nouns or numbers that say who was harmed."""
    if shape == "noun":
        victims = [i] if count_of(tree, i) is not None else nouns_after(tree, i, "of")
    elif shape == "subject":
        victims = logical_subjects(tree, i)
    elif shape == "total":  # the toll of 23; it rose to 23, reached 23
        nouns = nouns_after(tree, i, "of") + nouns_after(tree, tree.heads[i], "to", "at")
        nouns += dependents(tree, tree.heads[i], OBJECTS - {tree.deps[i]})
        victims = [k for noun in nouns for k in (noun, *tree.children[noun]) if tree.pos[k] == "NUM"]
    elif shape == "manner":
        victims = logical_objects(tree, tree.heads[i])
    elif shape == "object" and tree.pos[i] == "VERB":  # a headline's `nine people killed` has a subject
        victims = logical_objects(tree, i) or dependents(tree, i, SUBJECTS)
    else:  # leaves two soldiers dead
        above = tree.heads[i] if tree.deps[i] in RESULTS else i
        victims = dependents(tree, above, VICTIMS)[-1:] or dependents(tree, i, SUBJECTS)
    joined = [noun for victim in victims for noun in coordinated(tree, victim)]
    return [noun for noun in joined if tree.lemmas[noun] not in harm_words()]


def count_of(tree: Tree, noun: int) -> int | None:
    """How many a noun or number stands for; None where it does not say."""
    numbers = (number_at(tree, i) for i in (noun, *dependents(tree, noun, ("nummod", "amod", "compound"))))
    value = next((number for number in numbers if number is not None), None)
    if value is not None:
        return value
    words = {tree.words[k].lower() for k in dependents(tree, noun, ("det",))}
    is_one = not words.isdisjoint(("a", "an", "another"))
    is_one = is_one or ("the" in words and tree.lemmas[noun] not in harm_words())
    groups = word_classes()["group"] | word_classes()["quantity"] - {"member"}
    is_one = is_one and tree.tags[noun] == "NN" and tree.lemmas[noun] not in groups
    said = dependents(tree, noun, ("appos", "compound"))  # Jo Doe, a commander; spokesman Jo Doe
    is_explained = tree.tags[noun] == "NNP" and any(tree.tags[k] == "NN" for k in said)
    return 1 if is_one or is_explained else None


def number_at(tree: Tree, i: int) -> int | None:
    """The value of the number that ends at a word: `twenty-one`; of `20 to 30` 20, of `May 2026 - six` 6."""
    value = value_of(tree.words[i])
    if value is None or YEAR.fullmatch(tree.words[i]):
        return None
    if (
        i > 1
        and tree.words[i - 1] == "-"
        and value < 10
        and value_of(tree.words[i - 2]) in range(20, 100, 10)
    ):
        return value + value_of(tree.words[i - 2])
    lower = [value_of(tree.words[k]) for k in dependents(tree, i, ("nummod", "quantmod", "compound"))]
    known = [number for number in lower if number]
    is_times = known and tree.lemmas[i] in ("dozen", "hundred", "thousand")  # two dozen, three hundred
    return known[0] * value if is_times else min([value, *known])


def value_of(word: str) -> int | None:
    """`33`, `1,200`, `seven`."""
    plain = word.replace(",", "")
    is_figure = plain.isdecimal() and len(plain) <= LONGEST
    return int(plain) if is_figure else number_words().get(word.lower())
