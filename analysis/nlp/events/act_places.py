"""The named place in which an act happens: `Rafah`, `Sharm el-Sheikh`."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.actors.gazetteer import find_places, match_at
from analysis.nlp.actors.page import DASHES, name_text
from analysis.nlp.events.deeds import Deed, holder
from analysis.nlp.parse.tree import PASSIVE_SUBJECTS, Tree, is_time
from analysis.nlp.parse.word_classes import word_classes

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
STATE_KINDS = frozenset(("country", "other", ""))


class Place(NamedTuple):
    """A named place, as token numbers."""

    start: int
    end: int
    name: str
    rank: int  # TOWN, REGION or COUNTRY: the smaller, the more exact
    is_listed: bool
    is_capital: bool


def act_place(
    tree: Tree, sentence: Span, deed: Deed, own: list[int], sides: Collection[str | None]
) -> str | None:
    """The most exact of the named places in which an act happens.

    Args:
        tree: the parsed text.
        sentence: the one that reports the act.
        deed: the act.
        own: from `own_words`.
        sides: country codes and names of who acts and on whom: their countries are no place.
    """
    found = []
    for place in places_in(tree, sentence.start, sentence.end, sides):
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
    """The act at the place of a word: the word itself, or the act that its thing is struck by."""
    return holder(tree, i, own) if deed.root in FORCE or i in own else None


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


def places_in(tree: Tree, start: int, end: int, sides: Collection[str | None]) -> Iterator[Place]:
    """The named places between two tokens, without the names of some sides."""
    words = tree.words
    listed = {m.start + start: m.end + start for m in find_places(words[start:end])}
    i = start
    while i < end:
        if not words[i][:1].isupper():
            i += 1
            continue
        if i in listed:
            yield Place(i, listed[i], name_text(words, i, listed[i]), TOWN, True, False)
            i = listed[i]
            continue
        match = match_at(words, i)
        if match:
            length, entry = match
            rank = COUNTRY if entry.form == "name" else TOWN if entry.form == "capital" else REGION
            is_place = entry.kind in STATE_KINDS and entry.form in ("name", "capital", "alias")
            is_side = rank == COUNTRY and bool({entry.country_code, entry.name} & set(sides))
            if is_place and not is_side:
                yield Place(
                    i, i + length, name_text(words, i, i + length), rank, True, entry.form == "capital"
                )
            i += length
            continue
        stop = name_end(tree, i, end)
        if stop > i and is_town(tree, i, stop):
            yield Place(i, stop, name_text(words, i, stop), TOWN, False, False)
        i = max(stop, i + 1)


def name_end(tree: Tree, i: int, end: int) -> int:
    """One past the last word of the proper name that begins with a word; the word itself if it is none."""
    stop = i
    while stop < end and (
        (tree.pos[stop] == "PROPN" and tree.words[stop][:1].isalpha())
        or (stop > i and tree.words[stop] in DASHES and tree.pos[stop + 1 : stop + 2] == ["PROPN"])
    ):
        stop += 1
    return stop


def is_town(tree: Tree, start: int, stop: int) -> bool:
    """A name that is no month and no body: `Nabatieh`, but not `Congress` or `the ICC`."""
    before = tree.words[start - 1].lower() if start else ""
    last = tree.words[stop - 1]
    is_acronym = last.isupper() and len(last) > 1
    has_kind = last.lower() in place_nouns() or before in place_nouns()
    if is_time(tree, start) or is_acronym or tree.words[start].lower() in NO_TOWN:
        return False
    return has_kind or before in TOWN_PREPOSITIONS or before == "of"
