"""The named place in which an act happens: `Rafah`, `Sharm el-Sheikh`."""

from collections.abc import Collection
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from spacy.symbols import PROPN
from spacy.tokens import Doc, Span

from analysis.nlp.actors.gazetteer import Entry, find_places, match_at, words_of
from analysis.nlp.actors.page import DASHES, name_text
from analysis.nlp.events.deeds import Deed, holder
from analysis.nlp.parse.tree import PASSIVE_SUBJECTS, Tree, ancestors
from analysis.nlp.parse.word_lists import word_classes

WITHIN = frozenset(
    (
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "around",
        "across",
        "throughout",
        "within",
        "over",
        "off",
        "along",
    )
)
"""Prepositions that say where anything happens."""
TOWN_PREPOSITIONS = frozenset(("in", "near", "outside", "around"))
"""Those after which an unlisted name without article is a place: `near Nabatieh`."""
STRUCK = frozenset(("on", "against", "at", "into", "toward", "towards", "of"))
"""Prepositions before the place that force is used on: `an attack on Odesa`, `the siege of Sloviansk`."""
REACHED = frozenset(("to", "into", "of"))
FORCE = frozenset(("ASSAULT", "MOBILIZE"))
VISIT = "visit"
OBJECT_OF = frozenset(("dobj", "obj", "nsubjpass")) | PASSIVE_SUBJECTS
NAMING = frozenset(("compound", "nmod", "appos", "conj"))
LISTING = frozenset(("appos", "conj"))
NO_TOWN = frozenset(
    ("congress", "parliament", "cabinet", "operation", "chapter", "phase", "article", "world")
)
TOWN, REGION, COUNTRY = 0, 1, 2
RANKS = {"name": COUNTRY, "alias": REGION, "capital": TOWN}  # by the form of a listed name
STATE_KINDS = frozenset(("country", "other", ""))


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
    """The most exact of the named places in which an act happens.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
        sides: country codes of who acts and on whom: their countries are no place.
    """
    found = []
    for place in places_in(tree.doc, sentence.start, sentence.end, sides):
        word = where_held(tree, place, deed, own)
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
    return head if is_met and dep in OBJECT_OF else None


def leads_to(link: str, place: Place, deed: Deed) -> bool:
    """Whether a preposition before a place says that an act happens there; a capital may be a government."""
    if link in WITHIN or place.rank == COUNTRY:  # an attack on a country has it for a side
        return link in WITHIN
    if deed.root in FORCE:
        return link in STRUCK and not (place.is_capital and link == "against")
    return deed.mode == VISIT and link in REACHED


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
    i = place.end - 1
    for _ in range(4):
        head, dep = tree.heads[i], tree.deps[i]
        is_kind = tree.lemmas[head] in place_nouns()
        above = tree.heads[head]
        if dep == "pobj" and tree.lemmas[head] == "of" and tree.lemmas[above] in place_nouns():
            i = above
        elif (dep in NAMING and is_kind) or (dep in LISTING and (is_kind or tree.pos[head] == "PROPN")):
            i = head
        else:
            break
    return i


def place_nouns() -> frozenset[str]:
    return word_classes()["place"]


def places_in(doc: Doc, start: int, end: int, sides: Collection[str | None]) -> list[Place]:
    """The named places between two tokens, without countries of some codes."""
    return [place for place in named_places(doc, start, end) if place.country_code not in sides]


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
                is_located = names_place(words, stop + 1) if words[stop : stop + 1] == [","] else False
                is_place = is_town(words, i, stop, is_located)
                place = Place(i, stop, name_text(words, i, stop), TOWN, is_located) if is_place else None
        found += [place] if place else []
        i = stop
    return tuple(found)


def listed_place(words: list[str], start: int, stop: int, entry: Entry) -> Place | None:
    """A listed name as a place; None where it is no country, capital, territory, water or seat of power."""
    if entry.kind not in STATE_KINDS or entry.form not in RANKS:
        return None
    is_country = entry.form == "name"
    place = Place(start, stop, name_text(words, start, stop), RANKS[entry.form], True)
    return place._replace(
        is_capital=entry.form == "capital", country_code=entry.country_code if is_country else ""
    )


def name_end(doc: Doc, words: list[str], i: int, end: int) -> int:
    """One past the last word of the proper name that begins with a word; the word itself if it is none."""
    stop = i
    while stop < end and (
        (doc[stop].pos == PROPN and words[stop][0].isalpha())
        or (stop > i and words[stop] in DASHES and stop + 1 < end and doc[stop + 1].pos == PROPN)
    ):
        stop += 1
    return stop


def names_place(words: list[str], i: int) -> bool:
    """Whether a place follows: `Jubaland` or `Kharkiv Oblast`, as after the name of a town and a comma."""
    match = match_at(words, i) if i < len(words) else None
    is_listed = bool(find_places(words[i : i + 3])) if words[i : i + 1] and words[i][0].isupper() else False
    return is_listed or bool(match and match[1].form in RANKS and match[1].kind == "country")


def is_town(words: list[str], start: int, stop: int, is_located: bool) -> bool:
    """A name that is no time and no body: `Nabatieh`, but not `Congress` or `the ICC`."""
    before = words[start - 1].lower() if start else ""
    first, last = words[start].lower(), words[stop - 1]
    is_acronym = last.isupper() and len(last) > 1
    if first in word_classes()["time"] or first in NO_TOWN or is_acronym:
        return False
    has_kind = last.lower() in place_nouns() or before in place_nouns()
    return has_kind or is_located or before in TOWN_PREPOSITIONS or before == "of"
