"""How many people an attack killed and injured, as its sentence counts them.

`killing at least 33 people` is 33, `kill 26, including four children` 26, `a man` 1, `nobody` 0; `dozens`
and a name without a number are unknown. Of two numbers for the same people the lower one counts.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from spacy.tokens import Span

from analysis.lexicons import load_lexicon
from analysis.nlp.events.deeds import Deed
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    SUBJECTS,
    YEAR,
    Tree,
    coordinated,
    dependents,
    is_passive,
    nouns_after,
    prepositional_phrases,
)

MOST: Final = 10_000  # no single attack of our time killed more: a higher number is the toll of a war
CLIMB = 8
OUTCOMES: Final = ("killed", "injured")
SHAPES: Final = ("object", "subject", "state", "noun", "toll")
"""Whose number counts: the object of `kill`, the subject of `die`, the noun that is `dead`, the noun itself
(`three deaths`) or what is after it (`deaths of three`), and the number that a toll is at."""
TOLL: Final = "toll"  # may be of more than one attack: counts only where nothing else does
ROOT: Final = "ASSAULT"
NUMBERS = frozenset(("nummod",))
RESULTS = frozenset(("oprd", "acomp", "xcomp", "ccomp"))
NOBODY = frozenset(("nobody", "none"))
ONE_EACH = frozenset(("a", "an", "another"))
CLAUSES = frozenset(("advcl",))
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
    return {row.lemma: Harm(row.outcome, row.shape) for row in rows.itertuples()}


@cache
def number_words() -> dict[str, int]:
    """`seven` -> 7."""
    rows = load_lexicon("events/number_words", numbers=("value",))
    return {row.word: int(row.value) for row in rows.itertuples()}


def harm_done(tree: Tree, sentence: Span, deed: Deed, own: list[int]) -> list[int]:
    """The words that say whom an attack harmed; none of other acts, nor of a whole war.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
    """
    if deed.root != ROOT:
        return []
    harm = [i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in harm_words()]
    if any(is_whole_war(tree, i) for i in harm if shape_of(tree, i) != TOLL):
        return []
    own_and_joined = {*own, *joined_harm(tree, own)} if harm else set()
    return [i for i in harm if is_result(tree, i, own_and_joined) and not is_whole_war(tree, i)]


def toll_of(tree: Tree, harm: list[int]) -> Toll:
    """How many were killed and injured, by words from `harm_done`."""
    killed, injured = ([i for i in harm if harm_words()[tree.lemmas[i]].outcome == name] for name in OUTCOMES)
    direct = [i for i in killed if shape_of(tree, i) != TOLL]
    return Toll(most(tree, direct or killed), most(tree, injured))


def shape_of(tree: Tree, i: int) -> str:
    """Where the number of a word of harm is: one of `SHAPES`."""
    return harm_words()[tree.lemmas[i]].shape


def most(tree: Tree, harm: list[int]) -> int | None:
    """The highest number that some words of harm give."""
    counts = [count_at(tree, i, shape_of(tree, i)) for i in harm]
    return max((count for count in counts if count is not None and count <= MOST), default=None)


def joined_harm(tree: Tree, own: list[int]) -> list[int]:
    """The `killed` of `five were killed and ten were hurt`, where the act is that they were hurt."""
    heads = [tree.heads[i] for i in own if tree.deps[i] == "conj" and tree.lemmas[i] in harm_words()]
    return [i for i in heads if tree.lemmas[i] in harm_words()]


def is_result(tree: Tree, i: int, own: set[int]) -> bool:
    """Whether an act led to the harm that a word reports: it hangs on the act, or is the act itself."""
    if is_passive(tree, i) or tree.pos[i] == "NOUN":  # 72 were killed after a strike; the toll of the strike
        causes = [n for _, noun in prepositional_phrases(tree, i) for n in coordinated(tree, noun)]
        causes += dependents(tree, i, CLAUSES)  # killed when Israel struck
        if not own.isdisjoint(causes):
            return True
    at = i
    for _ in range(CLIMB):
        if at in own:
            return True
        if tree.heads[at] == at or is_other_clause(tree, at):
            return False
        at = tree.heads[at]
    return False


def is_other_clause(tree: Tree, i: int) -> bool:
    """`struck Y after Z had killed five`: a clause with a doer or a conjunction of its own."""
    if tree.deps[i] == "ccomp":
        return True
    if tree.deps[i] == "advcl":
        return any(
            tree.deps[k] in ("mark", "advmod") and tree.tags[k] in ("IN", "WRB") for k in tree.children[i]
        )
    return tree.deps[i] == "conj" and bool(dependents(tree, i, SUBJECTS)) and bool(logical_objects(tree, i))


def is_whole_war(tree: Tree, i: int) -> bool:
    """Whether a number counts more than one attack."""
    below = [tree.lemmas[k] for child in tree.children[i] for k in (child, *tree.children[child])]
    return not CUMULATIVE.isdisjoint(below)


def count_at(tree: Tree, i: int, shape: str) -> int | None:
    """How many a word of harm is about."""
    victims = list(dict.fromkeys(victims_at(tree, i, shape)))
    counts = [count_of(tree, noun) for noun in victims]
    if not counts or None in counts:
        return number_before(tree, i)
    return sum(count for count in counts if count is not None)


def victims_at(tree: Tree, i: int, shape: str) -> Iterator[int]:
    """The nouns or numbers that say who was harmed."""
    if shape == "toll":
        verb = tree.heads[i]
        yield from nouns_after(tree, i, "of", "at", "to")
        yield from nouns_after(tree, verb, "to", "at") if tree.deps[i] in SUBJECTS | {"dobj"} else ()
    elif shape == "noun":
        own = count_of(tree, i) is not None
        yield from [i] if own else (n for noun in nouns_after(tree, i, "of") for n in coordinated(tree, noun))
    elif tree.pos[i] == "VERB" and shape == "object":
        objects = logical_objects(tree, i)
        yield from objects or (n for k in dependents(tree, i, SUBJECTS) for n in coordinated(tree, k))
    elif shape == "subject":
        yield from (n for k in logical_subjects(tree, i) for n in coordinated(tree, k))
    else:
        yield from described(tree, i)


def described(tree: Tree, i: int) -> Iterator[int]:
    """Who is dead: the two soldiers of `leaves two soldiers dead`."""
    head = tree.heads[i]
    if tree.deps[i] == "amod" or tree.deps[i] == "acl":
        yield head
    elif tree.deps[i] in RESULTS:
        yield from dependents(tree, head, frozenset(("dobj", "nsubjpass"))) or dependents(tree, i, SUBJECTS)
        yield from (
            ()
            if dependents(tree, head, frozenset(("dobj", "nsubjpass")))
            else dependents(tree, head, SUBJECTS)
        )


def count_of(tree: Tree, noun: int) -> int | None:
    """How many a noun or number stands for; None where it does not say."""
    if tree.words[noun].lower() in NOBODY:
        return 0
    value = number_at(tree, noun)
    if value is not None:
        return value
    for number in dependents(tree, noun, NUMBERS):
        value = number_at(tree, number)
        if value is not None:
            return value
    determiners = {tree.words[k].lower() for k in tree.children[noun] if tree.deps[k] == "det"}
    if "no" in determiners:
        return 0
    return (
        1
        if determiners & ONE_EACH and tree.tags[noun] == "NN" and tree.lemmas[noun] not in number_words()
        else None
    )


def number_before(tree: Tree, i: int) -> int | None:
    """The number right before a word: `15 injured`."""
    for k in (i - 1, i - 2):
        if k < 0:
            return None
        value = number_at(tree, k)
        if value is not None:
            return value
        if tree.lemmas[k] not in ("people", "person", "other", "more", "civilian", "soldier"):
            return None
    return None


def number_at(tree: Tree, i: int) -> int | None:
    """The value of the number that ends at a word; of `20 to 30` it is 20."""
    value = value_of(tree.words[i])
    if value is None or YEAR.fullmatch(tree.words[i]):
        return None
    if i > 1 and tree.words[i - 1] == "-" and value < 10:  # twenty-one
        return value + (value_of(tree.words[i - 2]) or 0)
    lower = [value_of(tree.words[k]) for k in tree.children[i] if tree.deps[k] in ("quantmod", "compound")]
    known = [number for number in lower if number]
    if known and value in (12, 100, 1_000, 1_000_000):  # two dozen, three hundred
        return known[0] * value
    return min([value, *known])


def value_of(word: str) -> int | None:
    """`33`, `1,200`, `seven`."""
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() else number_words().get(word.lower())
