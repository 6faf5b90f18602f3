"""The year of an act by the words of its clause, and whether they call it long ago.

Only what dates the act counts: `invaded X in 1990`, `during the 2008 war`, but not the year of a thing that
is acted on: `rejected the 2015 deal`, `bombed a school built in 1980`.
"""

import re
from collections.abc import Iterator
from functools import cache

from analysis.lexicons import load_lexicon
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.parse.arguments import DEPTH, logical_objects
from analysis.nlp.parse.tree import (
    CONJUNCTS,
    NOMINAL,
    OBJECTS,
    PASSIVE_SUBJECTS,
    PAST_TAGS,
    PREPOSITIONAL_OBJECTS,
    SUBJECTS,
    YEAR,
    Tree,
    auxiliaries,
    dependents,
    is_infinitive,
    is_time,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import word_classes
from analysis.tables.rows import rows_of

ERA = re.compile(r"1[89]\d0s|[Dd]ecades|[Cc]enturies|Cold|WWII|WW2")
CLAUSE_WORDS = 60
DATING = frozenset(
    ("in", "on", "during", "of", "from", "between", "by", "until", "till", "around", "through", "throughout")
)
"""Prepositions whose year is the act's; `since` needs more, `before` and `after` give another year."""
TIMES = frozenset(("npadvmod", "advmod"))
RISING = frozenset(("xcomp", "pcomp", "prep", "pobj", "dobj", "nsubj", "nsubjpass", "agent"))
INFINITIVES = frozenset(("xcomp", "ccomp"))
LEADING_UP = frozenset(("after", "when", "because", "since", "as"))
LOOSE = frozenset(("as", "over", "to", "against", "with", "at"))
"""Prepositions whose nouns may carry the year of the clause, as the parser has it."""
BESIDE_CLAUSES = frozenset(("acl", "advcl"))
PREP = frozenset(("prep",))
DEFINITE = frozenset(("det", "poss"))
HAVE = frozenset(("have", "has", "had", "'ve", "’ve"))
FOLLOWING = frozenset(("next", "same", "following", "that", "later"))
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
    if tree.lemmas[word] in word_classes()["making"]:  # brokered a 2015 accord
        found += [year for i in logical_objects(tree, word) for year in years_before(tree, i)]
    for below in dependents(tree, word, INFINITIVES) if not found else ():  # let X open an office in 2021
        found += years_at(tree, below) if is_infinitive(tree, below) else ()
    return found


def years_above(tree: Tree, word: int) -> list[int]:
    """Years of the clauses above an act that date it too, the nearest clause's first."""
    i = word
    for _ in range(DEPTH):
        head = tree.heads[i]
        if head == i:
            break
        if tree.deps[i] == "relcl":
            own = years_before(tree, head) if head == word else ()
            return [*year_of(tree, head), *own]
        found = years_of_clause_above(tree, i)
        if found is None or found:
            return found or []
        i = head
    return []


def years_of_clause_above(tree: Tree, i: int) -> list[int] | None:
    """Years that date the word above and this word too; None where they would not date this one."""
    head, dep = tree.heads[i], tree.deps[i]
    if dep == "conj" and is_day_after(tree, i):
        return list(years_at(tree, head))
    if dep == "conj" and not dependents(tree, i, SUBJECTS | PASSIVE_SUBJECTS):
        is_open = {tree.tags[i], tree.tags[head]} <= PAST_TAGS and not has_time(tree, i)
        return list(years_at(tree, head, None if is_open else head))
    if dep in RISING or (dep == "advcl" and (tree.tags[i] == "VBG" or is_cause_or_earlier(tree, i))):
        return list(years_at(tree, head))
    return None


def is_cause_or_earlier(tree: Tree, verb: int) -> bool:
    """`cut ties in 2016 after a mob stormed its embassy`: what led to it is no later."""
    return any(tree.deps[i] == "mark" and tree.words[i].lower() in LEADING_UP for i in tree.children[verb])


def has_time(tree: Tree, verb: int) -> bool:
    """Whether a verb has a time of its own: `and on Monday sent troops`."""
    own = [i for i in tree.children[verb] if tree.deps[i] in TIMES]
    nouns = (noun for _, noun in prepositional_phrases(tree, verb))
    is_now = any(tree.lemmas[i] in ("now", "still", "today") for i in own)
    return is_now or any(is_time(tree, i) for i in (*own, *nouns))


def is_day_after(tree: Tree, verb: int) -> bool:
    """`and the next day Y struck back`."""
    times = [i for i in tree.children[verb] if tree.deps[i] in TIMES and is_time(tree, i)]
    return any(tree.lemmas[k] in FOLLOWING for i in times for k in tree.children[i])


def years_at(tree: Tree, i: int, before: int | None = None) -> Iterator[int]:
    """Years that date the clause of a word, perhaps only those before another word."""
    for child in tree.children[i]:
        if before is not None and child >= before:
            continue
        if tree.deps[child] in TIMES:
            yield from year_of(tree, child)
        elif tree.deps[child] == "prep":
            for noun in dependents(tree, child, PREPOSITIONAL_OBJECTS):
                yield from years_in_phrase(tree, i, child, noun)
        elif tree.deps[child] in OBJECTS and not noun_rule(tree, child):  # invaded Kuwait in 1990
            yield from years_below(tree, child)


def years_in_phrase(tree: Tree, i: int, prep: int, noun: int) -> Iterator[int]:
    """Years of a prepositional phrase that date the clause of the word above."""
    if is_dating(tree, i, prep):
        yield from years_after_preposition(tree, prep, noun)
    elif tree.lemmas[prep] in LOOSE:
        yield from years_below(tree, noun)
    elif tree.lemmas[prep] == "for":  # for 78 days in 1999
        yield from year_of(tree, noun)


def years_below(tree: Tree, noun: int, depth: int = 0) -> Iterator[int]:
    """Years that the parser gave to a noun and that date what is done to it: `attacks on the US of 2001`."""
    for prep in dependents(tree, noun, PREP) if depth < DEPTH else ():
        for inner in dependents(tree, prep, PREPOSITIONAL_OBJECTS):
            if tree.lemmas[prep] in ("in", "of", "on"):
                yield from year_of(tree, inner)
            yield from years_below(tree, inner, depth + 1)


def is_dating(tree: Tree, i: int, prep: int) -> bool:
    """`has occupied X since 1967` is old; `has shelled X since 2022` and `the worst since 2020` are not."""
    if tree.lemmas[prep] != "since":
        return tree.lemmas[prep] in DATING
    is_perfect = tree.lemmas[i] in word_classes()["state"] and any(
        tree.words[k].lower() in HAVE for k in auxiliaries(tree, i)
    )
    below = [k for child in tree.children[i] for k in (child, *tree.children[child])]
    is_ranked = any(tree.tags[k] in ("JJS", "RBS") or tree.lemmas[k] in RANKED for k in below)
    return is_perfect and not is_ranked


def years_after_preposition(tree: Tree, prep: int, noun: int) -> Iterator[int]:
    """The year after a preposition: `in 1990`, `in May 1990`, `at the end of 1990`, `during the 1990 war`."""
    yield from year_of(tree, noun)
    yield from (year for other in dependents(tree, noun, CONJUNCTS) for year in year_of(tree, other))
    if tree.lemmas[prep] in ("in", "during"):
        yield from years_before(tree, noun)


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
    is_count = tree.tags[noun] == "NNS" and not dependents(tree, noun, DEFINITE)
    years = () if is_count else tree.children[noun]
    yield from (int(tree.words[k]) for k in years if k < noun and YEAR.fullmatch(tree.words[k]))
    yield from (year for k in years if k < noun for year in known_year(tree, k))


def is_long_ago(tree: Tree, word: int) -> bool:
    """`in the 1990s`, `during the Cold War`, `ten years ago`, or before the latest year of the text."""
    inside = clause_words(tree, word)
    words = [tree.words[i] for i in inside if tree.words[i + 1 : i + 2] != ["-"]]  # not: decades-old
    year = act_year(tree, word)
    is_before = year is not None and year < tree.latest_year
    is_world_war = any(tree.words[i : i + 2] == ["World", "War"] for i in inside)
    return is_before or is_world_war or any(ERA.fullmatch(one) for one in words) or is_years_ago(tree, word)


def is_years_ago(tree: Tree, word: int) -> bool:
    """`three years ago`, but not `a year ago`: that is hardly over."""
    return any(
        tree.words[i].lower() == "years" and tree.words[i + 1 : i + 2] in (["ago"], ["earlier"])
        for i in clause_words(tree, word)
        if tree.deps[tree.heads[tree.heads[i]]] not in BESIDE_CLAUSES or tree.heads[tree.heads[i]] == word
    )


def clause_words(tree: Tree, word: int) -> list[int]:
    """Words below the verb or noun of an act."""
    found, waiting = [], [word]
    while waiting and len(found) < CLAUSE_WORDS:
        i = waiting.pop(0)
        found.append(i)
        waiting += [child for child in tree.children[i] if tree.deps[child] not in ("relcl", "conj", "ccomp")]
    return found
