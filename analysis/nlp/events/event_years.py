"""The year of an act by the words of its clause, and whether they call it long ago.

Only what dates the act counts: `invaded X in 1990`, `during the 2008 war`, but not the year of a thing that
is acted on: `rejected the 2015 deal`, `bombed a school built in 1980`.
"""

from collections.abc import Iterator
from functools import cache

from analysis.lexicons import load_lexicon
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.parse.arguments import DEPTH
from analysis.nlp.parse.tree import (
    CONJUNCTS,
    NOMINAL,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    YEAR,
    Tree,
    dependents,
    is_infinitive,
    is_time,
)
from analysis.tables.rows import rows_of

CLAUSE_WORDS = 60
DATING = frozenset(
    ("in", "on", "during", "of", "from", "between", "by", "until", "till", "around", "through", "throughout")
)
"""Prepositions whose year is the act's; `since` needs more, `before` and `after` give another year."""
TIMES = frozenset(("npadvmod", "advmod"))
RISING = frozenset(("xcomp", "pcomp", "prep", "pobj", "dobj", "nsubj", "nsubjpass", "agent"))
LOOSE = frozenset(("as", "over", "to", "against", "with", "at"))
"""Prepositions whose nouns may carry the year of the clause, as the parser has it."""
RANKED = frozenset(("first", "last", "most", "least"))


def act_year(tree: Tree, word: int) -> int | None:
    """The year in which the text says that an act was done; None where it names none.

    A noun's act is no later than the clause around it: in 2003 X condemned the attack by Y.
    """
    found = own_years(tree, word) or years_above(tree, word)
    return max(found, default=None)


def own_years(tree: Tree, word: int) -> list[int]:
    """Years beside the words of an act."""
    is_noun = tree.pos[word] in NOMINAL
    found = [*years_at(tree, word), *(years_before(tree, word) if is_noun else ())]
    for below in (
        dependents(tree, word, ("xcomp", "ccomp")) if not found else ()
    ):  # let X open an office in 2021
        found += years_at(tree, below) if is_infinitive(tree, below) else ()
    return found


def years_above(tree: Tree, word: int) -> list[int]:
    """Years of the clauses above an act that date it too, the nearest clause's first."""
    i = word
    for _ in range(DEPTH):
        head, dep = tree.heads[i], tree.deps[i]
        is_cause = dep == "advcl" and (tree.tags[i] == "VBG" or is_cause_or_earlier(tree, i))
        is_joined = dep == "conj" and not dependents(tree, i, SUBJECTS | PASSIVE_SUBJECTS)
        if head == i or not (is_cause or is_joined or dep in RISING):
            return []
        if not is_joined and (found := list(years_at(tree, head))):
            return found
        i = head
    return []


def is_cause_or_earlier(tree: Tree, verb: int) -> bool:
    """`cut ties in 2016 after a mob stormed its embassy`: what led to it is no later."""
    marks = ("after", "when", "because", "since", "as")
    return any(tree.deps[i] == "mark" and tree.words[i].lower() in marks for i in tree.children[verb])


def years_at(tree: Tree, i: int) -> Iterator[int]:
    """Years that date the clause of a word."""
    for child in tree.children[i]:
        if tree.deps[child] in ("npadvmod", "advmod"):
            yield from year_of(tree, child)
        elif tree.deps[child] == "prep":
            for noun in dependents(tree, child, PREPOSITIONAL_OBJECTS):
                yield from years_in_phrase(tree, child, noun)
        elif tree.deps[child] in OBJECTS and not noun_rule(tree, child):  # invaded Kuwait in 1990
            yield from years_below(tree, child)


def years_in_phrase(tree: Tree, prep: int, noun: int) -> Iterator[int]:
    """Years of a prepositional phrase that date the clause of the word above.

    `in 1990`, `in May 1990`, `at the end of 1990`, `during the 1990 war`, `for 78 days in 1999`.
    """
    link = tree.lemmas[prep]
    if link in DATING or link == "for":
        yield from year_of(tree, noun)
    if link in DATING:
        yield from (year for other in dependents(tree, noun, CONJUNCTS) for year in year_of(tree, other))
    if link in ("in", "during"):
        yield from years_before(tree, noun)
    elif link in LOOSE:
        yield from years_below(tree, noun)


def years_below(tree: Tree, noun: int, depth: int = 0) -> Iterator[int]:
    """Years that the parser gave to a noun and that date what is done to it: `attacks on the US of 2001`."""
    for prep in dependents(tree, noun, ("prep",)) if depth < DEPTH else ():
        for inner in dependents(tree, prep, PREPOSITIONAL_OBJECTS):
            if tree.lemmas[prep] in ("in", "of", "on"):
                yield from year_of(tree, inner)
            yield from years_below(tree, inner, depth + 1)


def year_of(tree: Tree, i: int) -> Iterator[int]:
    """A year by itself or with its month or season."""
    if YEAR.fullmatch(tree.words[i]):
        yield int(tree.words[i])
    elif is_time(tree, i):
        within = (p for p in tree.children[i] if tree.lemmas[p] in ("in", "of"))
        near = [*tree.children[i], *(k for p in within for k in dependents(tree, p, PREPOSITIONAL_OBJECTS))]
        found = [int(tree.words[k]) for k in near if k > i and YEAR.fullmatch(tree.words[k])]
        yield from found or known_year(tree, i)


def known_year(tree: Tree, month: int) -> list[int]:
    """The year of a day that everybody knows, where the text names what happened: `on October 7`."""
    days = [tree.words[k] for k in (month - 1, month + 1) if 0 <= k < len(tree.words)]
    known = (known_days().get((tree.words[month].lower(), day)) for day in days)
    return [year for year, beside in filter(None, known) if beside in tree.words]


@cache
def known_days() -> dict[tuple[str, str], tuple[int, str]]:
    """Month and day -> year, and a word that the text must have."""
    rows = load_lexicon("events/known_days", numbers=("year",))
    return {(row.month, row.day): (int(row.year), row.beside) for row in rows_of(rows)}


def years_before(tree: Tree, noun: int) -> Iterator[int]:
    """The year before a noun: `the 2008 war`, but not `2000 attacks`."""
    is_count = tree.tags[noun] == "NNS" and not dependents(tree, noun, ("det", "poss"))
    years = () if is_count else tree.children[noun]
    yield from (int(tree.words[k]) for k in years if k < noun and YEAR.fullmatch(tree.words[k]))
    yield from (year for k in years if k < noun for year in known_year(tree, k))


def is_long_ago(tree: Tree, word: int) -> bool:
    """Yes if an act was done before the latest year that the text names."""
    year = act_year(tree, word)
    return year is not None and year < tree.latest_year


def clause_words(tree: Tree, word: int) -> list[int]:
    """Words below the verb or noun of an act."""
    found, waiting = [], [word]
    while waiting and len(found) < CLAUSE_WORDS:
        i = waiting.pop(0)
        found.append(i)
        waiting += [child for child in tree.children[i] if tree.deps[child] not in ("relcl", "conj", "ccomp")]
    return found
