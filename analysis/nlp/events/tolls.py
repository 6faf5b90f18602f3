"""How many people an attack killed and injured, as its sentence counts them.

`killing at least 33 people` is 33, `kill 26, including four children` 26, `a man` 1; `dozens` and a bare name
are unknown; a name that is explained is 1: `Jo Doe, a commander`. Of two numbers for the same people the
lower one counts.
"""

from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from spacy.tokens import Span

from analysis.lexicons import load_lexicon
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.parse.arguments import logical_objects, logical_subjects
from analysis.nlp.parse.tree import (
    APPOSITIONS,
    NOMINAL,
    SUBJECTS,
    YEAR,
    Tree,
    ancestors,
    coordinated,
    dependents,
    is_passive,
    is_saying_verb,
    nouns_after,
)
from analysis.nlp.parse.word_lists import word_classes
from analysis.tables.rows import rows_of

MOST: Final = 10_000  # no single attack of our time killed more: a higher number is the toll of a war
CLIMB = 8
OUTCOMES: Final = ("killed", "injured")
SHAPES: Final = ("object", "subject", "state", "manner", "noun")
"""Whose number counts: the object of `kill`, the subject of `die`, the noun that is `dead`, who was `fatally`
shot, the noun itself (`three deaths`) or what is after it (`deaths of three`)."""
ROOT: Final = "ASSAULT"
LONGEST = 7  # figures of the longest number
RESULTS = ("oprd", "acomp", "xcomp", "ccomp")
CAUSING = ("in", "by", "during", "from", "after", "following", "of", "including")
CUMULATIVE = frozenset(("since", "war", "conflict", "daily", "annually", "month", "year"))
"""Words beside a number that counts a whole war: `has killed 900 since March`."""
TURNING = ("separately", "elsewhere", "meanwhile", "earlier", "previously", "also", "last")
"""First words of a sentence that turns to another attack."""


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

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        root: of the act.
        own: words of the act, from `analysis.nlp.events.circumstances`.
    """
    if root != ROOT:
        return []
    harm = [i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in harm_words()]
    of_war = {i for i in harm if is_whole_war(tree, i)}
    results = {i for i in harm if is_result(tree, i, set(own))}
    of_war |= {i for i in harm if not of_war.isdisjoint(ancestors(tree, i))} | joined_harm(tree, of_war)
    return sorted((results | joined_harm(tree, results)) - of_war)


def harm_told_next(tree: Tree, sentence: Span, root: str) -> list[int]:
    """The words of harm in the sentence after an attack that says only how many it hit: `Five were killed.`

    None if that sentence is of another paragraph, names a doer or another attack, or turns to something else.
    """
    doc, end = sentence.doc, sentence.end
    edge = doc[end - 1 : end + 1]
    has_own = any(tree.lemmas[i] in harm_words() for i in range(sentence.start, end))
    if root != ROOT or has_own or end >= len(doc) or any("\n" in token.text for token in edge):
        return []
    after = doc[end].sent
    words = range(after.start, after.end)
    found = [i for i in words if is_main_harm(tree, i, after.root.i) and not is_whole_war(tree, i)]
    if not found or tree.lemmas[after.start] in TURNING or any(is_other_attack(tree, i) for i in words):
        return []
    joined = (k for i in found for k in dependents(tree, i, ("conj",)) if tree.lemmas[k] in harm_words())
    return sorted({*found, *joined})


def is_other_attack(tree: Tree, i: int) -> bool:
    """A doer after `by`, or a noun that is an act of force and no harm itself."""
    rule = noun_rule(tree, i) if tree.pos[i] in NOMINAL and tree.lemmas[i] not in harm_words() else None
    return tree.deps[i] == "agent" or (rule is not None and rule.root == ROOT)


def is_main_harm(tree: Tree, i: int, root: int) -> bool:
    """The `killed` of `five were killed` and `five were killed, police said`."""
    if tree.lemmas[i] not in harm_words():  # first: the root may have as many children as words
        return False
    is_below = tree.heads[i] == root and tree.deps[i] == "ccomp" and is_saying_verb(tree, root)
    is_suffered = is_passive(tree, i) or harm_words()[tree.lemmas[i]].shape == "subject"
    return (i == root or is_below) and is_suffered


def toll_of(tree: Tree, harm: list[int]) -> Toll:
    """How many were killed and injured, by words from `harm_done`: the highest number of each."""
    counts: dict[str, list[int]] = {outcome: [] for outcome in OUTCOMES}
    for i in harm:
        outcome, shape = harm_words()[tree.lemmas[i]]
        count = count_at(tree, i, shape)
        counts[outcome] += [count] if count is not None and count <= MOST else []
    return Toll(*(max(found, default=None) for found in counts.values()))


# ---------------------------------------------------------------- what an attack led to


def joined_harm(tree: Tree, harm: set[int]) -> set[int]:
    """The `killed` of `five were killed and ten others injured in a raid`, given `injured`.

    Where `are` is left out, the parser may join the others to `killed`, as a noun with a participle.
    """
    found = set()
    for i in harm:
        for _ in range(CLIMB):
            at = tree.heads[i] if tree.deps[i] == "acl" else i
            if tree.deps[at] != "conj":
                break
            has_same_cause = is_passive(tree, tree.heads[at]) or not dependents(tree, i, SUBJECTS)
            i = tree.heads[at]
            found |= {i} if tree.lemmas[i] in harm_words() and has_same_cause else set()
    return found


def is_result(tree: Tree, i: int, own: set[int]) -> bool:
    """Whether an act led to the harm that a word reports: it hangs on the act, or is the act itself."""
    is_death = harm_words()[tree.lemmas[i]].shape == "subject"
    is_participle = tree.deps[i] == "conj" and tree.tags[i] == "VBN"  # three were killed and two injured
    is_suffered = is_passive(tree, i) or is_participle or tree.pos[i] == "NOUN" or is_death
    if is_suffered and is_caused(tree, i, own):
        return True
    for at in (i, *ancestors(tree, i)):
        if at in own:
            return True
        if is_other_clause(tree, at):
            return False
    return False


def is_caused(tree: Tree, i: int, own: set[int]) -> bool:
    """`72 were killed after a strike`, `the toll of the strike`, `killed when Israel struck`."""
    if not own.isdisjoint(dependents(tree, i, ("advcl",))):
        return True
    return any(i in ancestors(tree, cause) and is_cause_of(tree, cause, i) for cause in own)


def is_cause_of(tree: Tree, cause: int, harm: int) -> bool:
    """Whether only words of cause lead from one up to a word of harm: `killed after being shot in a raid`.

    The cause of several passives is given with the last of them: `killed, and 40 are trapped after a strike`.
    """
    path = takewhile(lambda k: k != harm, (cause, *ancestors(tree, cause)))
    return all(
        tree.pos[k] in ("NOUN", "PROPN", "NUM")
        or tree.words[k].lower() in CAUSING
        or tree.deps[k] == "pcomp"
        or (tree.deps[k] == "conj" and tree.tags[k] == "VBN")
        for k in path
    )


def is_other_clause(tree: Tree, i: int) -> bool:
    """`struck Y after Z had killed five`: a clause with a doer or a conjunction of its own."""
    marks = dependents(tree, i, ("mark", "advmod")) if tree.deps[i] == "advcl" else ()
    return tree.deps[i] == "ccomp" or any(tree.tags[k] in ("IN", "WRB") for k in marks)


def is_whole_war(tree: Tree, i: int) -> bool:
    """Whether a number counts more than one attack: `has killed 900 since March`."""
    beside = [  # but not: killed five, bringing the toll since May to 90
        k for k in tree.children[i] if not (tree.deps[k] == "advcl" and tree.tags[k] == "VBG")
    ]
    below = (k for child in beside for k in (child, *tree.children[child]))
    return not CUMULATIVE.isdisjoint(tree.lemmas[k] for k in below)


# ---------------------------------------------------------------- how many


def count_at(tree: Tree, i: int, shape: str) -> int | None:
    """How many a word of harm is about; else the number right before it: `15 injured`."""
    counts = [count_of(tree, noun) for noun in dict.fromkeys(victims_at(tree, i, shape))]
    if not counts or None in counts:
        return number_at(tree, i - 1) if i else None
    return sum(count for count in counts if count is not None)


def victims_at(tree: Tree, i: int, shape: str) -> list[int]:
    """The nouns or numbers that say who was harmed."""
    if shape == "noun":
        victims = [i] if count_of(tree, i) is not None else nouns_after(tree, i, "of")
    elif shape == "subject":
        victims = logical_subjects(tree, i)
    elif shape == "manner":
        victims = logical_objects(tree, tree.heads[i])
    elif shape == "object" and tree.pos[i] == "VERB":  # a headline's `nine people killed` has a subject
        victims = logical_objects(tree, i) or dependents(tree, i, SUBJECTS)
    elif tree.deps[i] in RESULTS:  # leaves two soldiers dead
        parts = ("dobj", "nsubjpass", *SUBJECTS)
        victims = dependents(tree, tree.heads[i], parts)[-1:] or dependents(tree, i, SUBJECTS)
    else:
        victims = []
    joined = [noun for victim in victims for noun in coordinated(tree, victim)]
    return [
        noun
        for noun in joined
        if not is_gloss(tree, noun)
        and tree.lemmas[noun] not in harm_words()
        and not (tree.deps[noun] == "pobj" and tree.pos[tree.heads[tree.heads[noun]]] == "NUM")
    ]  # not the soldiers of `four of the soldiers`


def is_gloss(tree: Tree, noun: int) -> bool:
    """The children of `fifteen people, mostly women and children`: some of those whose number is given."""
    above = takewhile(lambda k: tree.pos[k] in NOMINAL, (noun, *ancestors(tree, noun)))
    return any(tree.deps[k] in APPOSITIONS and (count_of(tree, tree.heads[k]) or 0) > 1 for k in above)


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
    """The value of the number that ends at a word; of `20 to 30` it is 20."""
    value = value_of(tree.words[i])
    if value is None or YEAR.fullmatch(tree.words[i]):
        return None
    if i > 1 and tree.words[i - 1] == "-" and value < 10:  # twenty-one
        return value + (value_of(tree.words[i - 2]) or 0)
    lower = [value_of(tree.words[k]) for k in dependents(tree, i, ("nummod", "quantmod", "compound"))]
    known = [number for number in lower if number]
    if known and tree.lemmas[i] in ("dozen", "hundred", "thousand"):  # two dozen, three hundred
        return known[0] * value
    return min([value, *known])


def value_of(word: str) -> int | None:
    """`33`, `1,200`, `seven`."""
    plain = word.replace(",", "")
    is_figure = plain.isdecimal() and len(plain) <= LONGEST
    return int(plain) if is_figure else number_words().get(word.lower())
