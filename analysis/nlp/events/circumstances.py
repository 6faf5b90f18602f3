"""When and where an act happens and how many it kills, as its sentence says.

Only words count that hang on the act and not on another one: in `X said on Friday that Y had shelled Z in
May`, Friday dates what X said, May what Y did.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from spacy.symbols import PROPN
from spacy.tokens import Doc, Span

from analysis.nlp.actors.gazetteer import Entry, find_places, match_at, words_of
from analysis.nlp.actors.page import DASHES, POSSESSIVES, name_text
from analysis.nlp.events.days import BEYOND, PATTERN
from analysis.nlp.events.lexicon import noun_rule
from analysis.nlp.events.tolls import harm_done, toll_of
from analysis.nlp.parse.tree import (
    NOMINAL,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Tree,
    ancestors,
    dependents,
    prepositional_phrases,
)
from analysis.nlp.parse.word_lists import word_classes

DEPTH = 5  # clauses that a time or place may be above its act
CLIMB = 10  # words between a time and the act that it dates
VERBS = frozenset(("VERB", "AUX"))
NOUN_SUBJECTS = SUBJECTS | PASSIVE_SUBJECTS
MADE_OBJECTS = frozenset(("dobj", "obj"))
DURING = frozenset(("in", "during", "by", "at"))
"""Prepositions that put an act into the time and place of the verb above: `killed on Friday in a raid`."""
WARS = ("war", "conflict", "invasion", "occupation")
"""These go on while something else happens: `launched a raid on Monday in its war with X`."""

OTHER_CLAUSES = ("after", "before", "following", "when", "while", "as", "since", "because", "if")
"""What comes after these words is of another act, or of another time."""
RANKING_WORDS = 12
PHRASE_WORDS = 20
NEEDED = {
    "month": ("in", "by", "since", "until", "till", "from", "through", "during", "throughout"),
    "year": ("in", "by", "since", "until", "from", "during", "through", "throughout"),
}
"""Names of months are words and years are numbers: these prepositions make times of them."""

WITHIN = (
    *("in", "at", "near", "outside", "inside", "around", "across", "throughout", "within", "over", "off"),
    "along",
)
"""Prepositions that say where anything happens."""
TOWN_PREPOSITIONS = ("in", "near", "outside", "around")
"""Those after which an unlisted name without article is a place: `near Nabatieh`."""
STRUCK = ("on", "against", "at", "into", "toward", "towards", "of")
"""Prepositions before the place that force is used on: `an attack on Odesa`, `the siege of Sloviansk`."""
FORCE = ("ASSAULT", "MOBILIZE")
VISIT = "visit"
TOWN, REGION, COUNTRY = 0, 1, 2
RANKS = {"name": COUNTRY, "alias": REGION, "capital": TOWN}  # by the form of a listed name


class Deed(NamedTuple):
    """An act as far as its time, place and toll depend on it."""

    trigger: int
    root: str
    mode: str | None


class Circumstances(NamedTuple):
    """Columns of `Events`, each None where the sentence does not say."""

    when: str | None
    place_name: str | None
    killed_count: int | None
    injured_count: int | None


def circumstances(tree: Tree, sentence: Span, deed: Deed, sides: Collection[str | None]) -> Circumstances:
    """When and where an act happens, and its toll.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        sides: country codes of who acts and on whom: their countries are no place.
    """
    own = own_words(tree, deed)
    harm = harm_done(tree, sentence, deed.root, own)
    own += [i for i in harm if i not in own]
    return Circumstances(
        act_time(tree, sentence, deed.trigger, own),
        act_place(tree, sentence, deed, own, sides),
        *toll_of(tree, harm),
    )


# ---------------------------------------------------------------- words of one act


def own_words(tree: Tree, deed: Deed) -> list[int]:
    """The words whose time and place are those of an act, the surest first."""
    above = list(words_above(tree, deed.trigger))
    below = [word for i in (deed.trigger, *above) for word in words_below(tree, i)]
    return list(dict.fromkeys([deed.trigger, *below, *above]))


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
    for clause in dependents(tree, i, ("relcl", "acl", "advcl")):
        is_aside = tree.deps[clause] == "relcl" or tree.tags[clause] == "VBG"
        if is_aside and tree.lemmas[clause] in kinds["happening"]:
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
    head, dep, kinds = tree.heads[i], tree.deps[i], word_classes()
    if tree.pos[i] in NOMINAL and tree.lemmas[i] in WARS:
        return False
    if dep in ("prep", "agent"):
        is_series = tree.lemmas[i] == "of" and tree.lemmas[head] in kinds["quantity"]  # a series of strikes
        return is_series or (tree.lemmas[i] in DURING and tree.pos[head] in VERBS)
    if dep == "pobj":
        return tree.lemmas[head] in DURING or tree.lemmas[tree.heads[head]] in kinds["quantity"]
    if dep in NOUN_SUBJECTS or dep in MADE_OBJECTS:  # the talks took place; but not: condemned the attack
        return tree.lemmas[head] in kinds["happening" if dep in SUBJECTS else "holding"]
    if dep == "conj":  # met X on Friday and signed a deal
        return tree.tags[i] == tree.tags[head] and not dependents(tree, i, NOUN_SUBJECTS)
    # launched a raid in Rafah, killing five
    return dep == "xcomp" or (dep in ("advcl", "acl") and tree.tags[i] == "VBG")


def holder(tree: Tree, i: int, own: list[int]) -> int | None:
    """The act that a time or place belongs to: the nearest word above that is one of an act, or a verb."""
    for _ in range(CLIMB):
        if i in own or tree.pos[i] in VERBS or (tree.pos[i] in NOMINAL and noun_rule(tree, i)):
            return i
        i = tree.heads[i]
    return None


# ---------------------------------------------------------------- when


class Time(NamedTuple):
    """A time in a text, as token numbers."""

    start: int
    end: int
    text: str


def act_time(tree: Tree, sentence: Span, trigger: int, own: list[int]) -> str | None:
    """The words that date an act, `on Tuesday`, without those that date another act of the sentence.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        trigger: the word that names it.
        own: from `own_words`.
    """
    dated: dict[int, list[Time]] = {}
    for time in times_in(tree.doc, sentence.start, sentence.end):
        span = range(time.start, time.end)
        outer = next(tree.heads[i] for i in span if tree.heads[i] not in span or tree.heads[i] == i)
        word = trigger if time.start == trigger + 1 else holder(tree, outer, own)
        if word is not None and not is_of_another(tree, word, time):
            dated.setdefault(word, []).append(time)
    choices: Sequence[Time] = next((dated[word] for word in own if word in dated), ())
    return min(choices, key=lambda time: abs(time.start - trigger)).text if choices else None


def is_of_another(tree: Tree, word: int, time: Time) -> bool:
    """`left after talks on Friday`, where the parser lets Friday date who left; `the worst since 2020`."""
    phrase = range(time.start - 1, max(time.start - PHRASE_WORDS, 0) - 1, -1)  # before it, up to a comma
    before = takewhile(lambda i: tree.tags[i] not in (",", ".", ":"), phrase)
    beside = range(word + 1, time.start) if word < time.start else before
    if any(tree.words[i].lower() in OTHER_CLAUSES for i in beside):
        return True
    first = tree.words[time.start].lower()
    ranking = range(max(time.start - RANKING_WORDS, 0), time.start) if first in ("since", "in") else ()
    return any(tree.tags[i] == "JJS" or tree.lemmas[i] in ("first", "last", "most", "least") for i in ranking)


@lru_cache(maxsize=4)  # the acts of a sentence are asked one after the other
def times_in(doc: Doc, start: int, end: int) -> tuple[Time, ...]:
    """The times between two tokens, in the order of the text."""
    tokens = doc[start:end]
    text, first = tokens.text, tokens.start_char
    found = []
    for match in PATTERN.finditer(text):
        left, right = time_ends(match)
        inside = [t.i for t in tokens if first + left <= t.idx < first + right] if left < right else []
        if inside:
            found.append(Time(inside[0], inside[-1] + 1, " ".join(text[left:right].split())))
    return tuple(found)


def time_ends(match: re.Match) -> tuple[int, int]:
    """First character of a time and one past its last; equal where the words date nothing by themselves."""
    preposition = " ".join((match["preposition"] or "").lower().split())
    needed = NEEDED.get(match.lastgroup)
    if preposition in BEYOND or (needed and preposition not in needed):
        return 0, 0
    is_owner = match[0].endswith("overnight") or match.string[match.end() :].startswith(tuple(POSSESSIVES))
    # the attack of 7 October, scheduled for Friday, during this week's visit
    is_left_out = preposition in ("of", "for") or (preposition and is_owner)
    return match.end("preposition") + 1 if is_left_out else match.start(), match.end()


# ---------------------------------------------------------------- where


class Place(NamedTuple):
    """A named place, as token numbers."""

    start: int
    end: int
    name: str
    rank: int  # TOWN, REGION or COUNTRY: the smaller, the more exact
    is_listed: bool
    is_capital: bool = False
    country_code: str | None = ""  # of a country by its name; else ""


def act_place(
    tree: Tree, sentence: Span, deed: Deed, own: list[int], sides: Collection[str | None]
) -> str | None:
    """The most exact of the named places in which an act happens: `Rafah`, `Sharm el-Sheikh`.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
        sides: country codes of who acts and on whom: their countries are no place.
    """
    found = []
    for place in named_places(tree.doc, sentence.start, sentence.end):
        word = where_held(tree, place, deed, own) if place.country_code not in sides else None
        if word in own:
            found.append((place.rank, own.index(word), place.start, place.name))
    return min(found)[-1] if found else None


def where_held(tree: Tree, place: Place, deed: Deed, own: list[int]) -> int | None:
    """The act that happens in a place; None where the place is no scene of anything."""
    i = outer_noun(tree, place)
    head, dep = tree.heads[i], tree.deps[i]
    if dep == "pobj":
        link = tree.lemmas[head]
        is_named = place.is_listed or link in TOWN_PREPOSITIONS or i != place.end - 1
        return scene(tree, tree.heads[head], deed, own) if is_named and leads_to(link, place, deed) else None
    is_met = (deed.root in FORCE or deed.mode == VISIT) and place.is_listed
    return head if is_met and (dep in MADE_OBJECTS or dep in PASSIVE_SUBJECTS) else None


def leads_to(link: str, place: Place, deed: Deed) -> bool:
    """Whether a preposition before a place says that an act happens there; a capital may be a government."""
    if link in WITHIN or place.rank == COUNTRY:  # an attack on a country has it for a side
        return link in WITHIN
    if deed.root in FORCE:
        return link in STRUCK and not (place.is_capital and link == "against")
    return deed.mode == VISIT and link in ("to", "into", "of")


def scene(tree: Tree, i: int, deed: Deed, own: list[int]) -> int | None:
    """The act at the place of a word: the word itself, or the act that its thing is struck by.

    One thing may come between, the camp of `strikes on a camp in Rafah`, but not two: `fired in support of
    people in Gaza`.
    """
    if i in own or deed.root not in FORCE:
        return i
    word = holder(tree, i, own)
    between = takewhile(lambda k: k != word, (i, *ancestors(tree, i)))
    return word if sum(tree.pos[k] == "ADP" for k in between) <= 1 else None


def outer_noun(tree: Tree, place: Place) -> int:
    """The noun that stands for a place in its clause: the city of `the city of Rafah`."""
    i, kinds = place.end - 1, word_classes()["place"]
    for _ in range(4):
        head, dep = tree.heads[i], tree.deps[i]
        above = tree.heads[head]
        if dep == "pobj" and tree.lemmas[head] == "of" and tree.lemmas[above] in kinds:
            i = above
        elif dep in ("compound", "nmod", "appos", "conj") and (
            tree.lemmas[head] in kinds or (dep in ("appos", "conj") and tree.pos[head] == "PROPN")
        ):
            i = head
        else:
            break
    return i


@lru_cache(maxsize=4)  # the acts of a sentence are asked one after the other
def named_places(doc: Doc, start: int, end: int) -> tuple[Place, ...]:
    """The named places between two tokens: listed ones, and names that stand where a place does."""
    words = words_of(doc)
    cities = {m.start + start: m.end + start for m in find_places(words[start:end])}
    found, i = [], start
    while i < end:
        stop, place = i + 1, None
        if words[i][0].isupper():
            if i in cities:
                stop = cities[i]
                place = Place(i, stop, name_text(words, i, stop), TOWN, True)
            elif match := match_at(words, i):
                stop = i + match[0]
                place = listed_place(words, i, stop, match[1])
            elif (name_stop := name_end(doc, words, i, end)) > i:
                stop = name_stop
                is_place = is_town(words, i, stop)
                place = Place(i, stop, name_text(words, i, stop), TOWN, False) if is_place else None
        found += [place] if place else []
        i = stop
    return tuple(found)


def listed_place(words: list[str], start: int, stop: int, entry: Entry) -> Place | None:
    """A listed name as a place; None where it is no country, capital, territory, water or seat of power."""
    if entry.kind not in ("country", "other", "") or entry.form not in RANKS:
        return None
    code = entry.country_code if entry.form == "name" else ""
    is_capital = entry.form == "capital"
    return Place(start, stop, name_text(words, start, stop), RANKS[entry.form], True, is_capital, code)


def name_end(doc: Doc, words: list[str], i: int, end: int) -> int:
    """One past the last word of the proper name that begins with a word; the word itself if it is none."""
    stop = i
    while stop < end and (
        (doc[stop].pos == PROPN and words[stop][0].isalpha())
        or (stop > i and words[stop] in DASHES and doc[stop : stop + 2][-1].pos == PROPN)
    ):
        stop += 1
    return stop


def is_town(words: list[str], start: int, stop: int) -> bool:
    """A name that is no time and no body: `Nabatieh`, but not `Congress` or `the ICC`."""
    before = words[start - 1].lower() if start else ""
    first, last = words[start].lower(), words[stop - 1]
    is_acronym = last.isupper() and len(last) > 1
    is_other = is_acronym or first in word_classes()["time"] | word_classes()["no town"]
    is_place = last.lower() in word_classes()["place"] or before in (*TOWN_PREPOSITIONS, "of")
    return is_place and not is_other
