"""Who is meant together: the names of a list, and the two of `the two countries`.

A list (`X, Y and Z`) is read from the words, since the parser often breaks it up. `The two countries`, `both
sides` and `the pair` are the last two that the text named before: `China and Japan quarrel. The two countries
held talks.` Only where exactly two countries come into question.
"""

from collections.abc import Iterable, Iterator, Mapping

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.sponsors import Actors
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.tree import APPOSITIONS, POSSESSORS, Tree, coordinated, dependents, nouns_after
from analysis.nlp.parse.word_lists import word_classes

Pairs = Mapping[int, tuple[Mention, Mention]]
"""Token of a phrase for two -> the two."""

Lists = Mapping[int, tuple[Mention, ...]]
"""Token of a name in a list -> everybody in it."""

BOTH = frozenset(("two", "both"))
KNOWN = frozenset(("the", "these", "those", "their", "both"))
MIN_LIST = 3
MAX_LIST = 20  # pairs grow with the square; a longer list is a register, and nobody acts in it
BARE = frozenset(("pair", "duo", "two", "both"))
NOMINATIVE = frozenset(("nsubj",))
SIZES = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
LOOK_BACK = 3  # sentences before that may name the two


class NamedWords(dict[int, Mention]):
    """Token -> the actor mentioned there, with the phrases that stand for two and the lists of names."""

    def __init__(self, words: Actors, pairs: Pairs, lists: Lists) -> None:
        super().__init__(words)
        self.pairs = pairs
        self.lists = lists


def pair_at(actors: Actors, noun: int) -> list[Mention]:
    """The two that a phrase stands for; none for any other word."""
    return list(actors.pairs.get(noun, ())) if isinstance(actors, NamedWords) else []


def listed_with(actors: Actors, noun: int) -> list[Mention]:
    """Everybody in the list that a name is in, or that name alone."""
    return list(
        actors.lists.get(noun, (actors[noun],)) if isinstance(actors, NamedWords) else (actors[noun],)
    )


def name_lists(tree: Tree, actors: Actors) -> dict[int, tuple[Mention, ...]]:
    """Token -> the X, Y and Z of a list of three or more, which the parser often breaks up.

    Args:
        tree: the parsed text.
        actors: token -> the actor mentioned there.
    """
    runs: list[list[Mention]] = []
    last: Mention | None = None
    for mention in (m for i, m in sorted(actors.items()) if m.start == i):
        if last and is_next_in_list(tree, last, mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
        last = mention
    whole = [tuple(run) for run in runs if is_list(tree, run)]
    return {i: run for run in whole for mention in run for i in range(mention.start, mention.end)}


def is_next_in_list(tree: Tree, first: Mention, second: Mention) -> bool:
    """Whether only a comma, `and` or `the` is between two names of one form."""
    between = [word.lower() for word in tree.words[first.end : second.start]]
    is_joined = bool(between) and {",", "and", "the"}.issuperset(between) and between != ["the"]
    is_short = tree.words[first.end - 1].isupper() and tree.tags[second.end - 1] == "JJ"  # US and French
    return is_joined and (is_short or tree.tags[first.end - 1] == tree.tags[second.end - 1])


def is_list(tree: Tree, run: list[Mention]) -> bool:
    """Three or more, though not too many, the last after `and`; not: in X, Y and Z met."""
    if not MIN_LIST <= len(run) <= MAX_LIST or "and" not in tree.words[run[-2].end : run[-1].start]:
        return False
    deps = [tree.deps[mention.end - 1] for mention in run]
    return not (deps[0] == "pobj" and "nsubj" in deps[1:])


def pairs_meant(tree: Tree, actors: Actors) -> dict[int, tuple[Mention, Mention]]:
    """Head of a phrase for two -> the two, in order of mention.

    Args:
        tree: the parsed text.
        actors: token -> the actor mentioned there.
    """
    starts = [sentence.start for sentence in sentences(tree.doc)]
    found = {}
    for number, sentence in enumerate(sentences(tree.doc)):
        for i in range(sentence.start, sentence.end):
            if is_phrase_for_two(tree, i, actors):
                firsts = reversed(starts[max(number - LOOK_BACK, 0) : number + 1])
                two = next(named_pairs(tree, actors, firsts, i), None)
                if two and len(two) == 2:
                    found[i] = two
    return found


def groups_meant(tree: Tree, actors: NamedWords) -> dict[int, tuple[Mention, ...]]:
    """Token -> who are meant by `they` or `the three nations`, if they did something together just before.

    Args:
        tree: the parsed text.
        actors: token -> the actor mentioned there, with the lists of names.
    """
    found: dict[int, tuple[Mention, ...]] = {}
    group: tuple[Mention, ...] = ()
    for sentence in sentences(tree.doc):
        subject = next(iter(dependents(tree, sentence.root.i, NOMINATIVE)), None)
        named = joint_actors(tree, subject, actors) if subject is not None else ()
        if group and subject is not None and is_phrase_for_group(tree, subject, len(group), actors):
            found[subject] = named = group
        group = named
    return found


def joint_actors(tree: Tree, subject: int, actors: NamedWords) -> tuple[Mention, ...]:
    """Two or more of different countries who are subject together."""
    nouns = [n for n in coordinated(tree, subject) if n in actors]
    by_country = {m.country_code: m for n in nouns for m in listed_with(actors, n) if m.country_code}
    return tuple(by_country.values()) if len(by_country) > 1 else ()


def is_phrase_for_group(tree: Tree, i: int, size: int, actors: Actors) -> bool:
    """`they`, `the governments`, `the three nations`; a number must fit."""
    if i in actors:
        return False
    below = {tree.words[k].lower() for k in tree.children[i]}
    if tree.words[i].lower() == "they":
        return True
    is_known = tree.tags[i] == "NNS" and tree.lemmas[i] in word_classes()["pair"] and bool(below & KNOWN)
    counts = {SIZES[word] for word in below if word in SIZES}
    return is_known and "of" not in below and counts <= {size}


def is_phrase_for_two(tree: Tree, i: int, actors: Actors) -> bool:
    """`the two countries`, `both sides`, `the pair`; not `the two, X and Y`, who are named."""
    if (
        i in actors
        or tree.deps[i] not in ("nsubj", "nsubjpass", "dobj", "pobj", "poss")
        or dependents(tree, i, APPOSITIONS)
    ):
        return False
    if any(dependents(tree, noun, POSSESSORS) for noun in nouns_after(tree, i, "in", "to")):
        return False  # both sides in X's war are two sides of X
    below = {tree.words[k].lower() for k in tree.children[i]}
    if tree.lemmas[i] in BARE or tree.words[i].lower() in BARE:
        return "the" in below and "of" not in below
    is_known = bool(below & KNOWN) and bool(below & BOTH) and "of" not in below
    return is_known and tree.lemmas[i] in word_classes()["pair"]


def named_pairs(tree: Tree, actors: Actors, firsts: Iterator[int], end: int) -> Iterator[tuple[Mention, ...]]:
    """Those of different countries who are named before a word, once two are, one sentence more each time."""
    for first in firsts:
        named = [(i, actors[i]) for i in range(first, end) if i in actors]
        sides = by_country(mention for i, mention in named if not is_scene(tree, i))
        found = sides if len(sides) == len(BOTH) else by_country(mention for _, mention in named)
        if len(found) > 1:
            is_open = any(is_of_unknown_country(mention) for _, mention in named)
            yield () if is_open else found


def by_country(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The last of each country."""
    return tuple({m.country_code: m for m in mentions if m.country_code}.values())


def is_scene(tree: Tree, i: int) -> bool:
    """The X of `flew from X`, `met in X`."""
    return tree.deps[i] == "pobj" and tree.lemmas[tree.heads[i]] in ("from", "in", "at")


def is_of_unknown_country(mention: Mention) -> bool:
    """Somebody who may well be one of the two, for a country that the text does not name."""
    return mention.kind == "person" and mention.country_code is None and mention.affiliation is None
