"""Which sides a sentence names, and the text in which the judge reads what passes between them.

A side is a country, a bloc or an armed group. Its mentions are all that acts or is acted upon in its name:
its leaders and bodies, its cities, and a pronoun that stands for one of them.
"""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.participants import is_opposed
from analysis.nlp.events.principals import UNITED_NATIONS
from analysis.nlp.events.sponsors import GROUP, Actors
from analysis.nlp.events.together import pair_at
from analysis.nlp.parse.encoder import ACTOR_MARKS, mark
from analysis.nlp.parse.parser import text_of
from analysis.nlp.parse.tree import Tree

MOST_SIDES = 8  # of a sentence, those with most mentions: pairs grow with the square
MOST_MENTIONS = 16  # of a sentence
OWN_SIDES = frozenset(("bloc", GROUP))  # whatever country they are of: Hamas is not the Palestinian Authority


class Side(NamedTuple):
    """A side with its mentions in one sentence."""

    key: str  # country code, or the actor id of a bloc or an armed group
    mention: Mention  # the first
    ordinals: tuple[int, ...]  # which of the sentence's marked mentions are its own
    is_place: bool  # named by a city or a region only: a place where something happens


class Passage(NamedTuple):
    """A sentence with its actors marked."""

    text: str
    sides: tuple[Side, ...]


def side_key(mention: Mention) -> str | None:
    """The bloc or group that a mention is, else the country it acts for, or the UN; None for others."""
    if mention.kind in OWN_SIDES:
        return mention.actor_id
    country = None if is_opposed(mention) else mention.country_code
    return country or (mention.actor_id if mention.actor_id in UNITED_NATIONS else None)


def find_passage(
    tree: Tree, sentence: Span, actors: Actors, places: Container[int], speaker: Mention | None = None
) -> Passage | None:
    """The passage of a sentence; None where it names fewer than two sides.

    Args:
        tree: the parsed text.
        sentence: one of its sentences.
        actors: token -> the actor mentioned there, cities as their country.
        places: the tokens of cities and regions.
        speaker: who says the sentence, where its own words do not name them.
    """
    text = text_of(tree.doc)
    runs = [
        (first, last, [m for m in meant if side_key(m)])
        for first, last, meant in mention_runs(sentence, actors)
    ]
    runs = [run for run in runs if run[2]][:MOST_MENTIONS]
    lead = f"{speaker.name} said: " if speaker and side_key(speaker) else ""
    offset = sentence.start_char - len(lead)
    spans = [(tree.doc[first].idx - offset, token_end(tree, last) - offset) for first, last, _ in runs]
    named = [meant for *_, meant in runs]
    if lead:
        spans, named = [(0, len(speaker.name)), *spans], [[speaker], *named]
    grounds = {n + bool(lead) for n, (first, *_) in enumerate(runs) if first in places}
    sides = sides_of(named, grounds)
    if len(sides) < 2:
        return None
    passage = lead + text[sentence.start_char : sentence.end_char]
    return Passage(mark(passage, [(span, ACTOR_MARKS) for span in spans]), sides)


def mention_runs(sentence: Span, actors: Actors) -> list[tuple[int, int, list[Mention]]]:
    """First and last token of each mention in a sentence, with the actors that it stands for."""
    runs: list[tuple[int, int, list[Mention]]] = []
    for i in range(sentence.start, sentence.end):
        meant = [actors[i]] if i in actors else pair_at(actors, i)
        if meant and runs and runs[-1][1] == i - 1 and runs[-1][2] == meant:
            runs[-1] = (runs[-1][0], i, meant)
        elif meant:
            runs.append((i, i, meant))
    return runs


def token_end(tree: Tree, i: int) -> int:
    return tree.doc[i].idx + len(tree.words[i])


def sides_of(named: Sequence[Sequence[Mention]], grounds: Container[int]) -> tuple[Side, ...]:
    """The sides of marked mentions, of which `grounds` are places; of too many, those with most mentions."""
    places: dict[str, list[int]] = {}
    first: dict[str, Mention] = {}
    for ordinal, meant in enumerate(named):
        for mention in meant:
            places.setdefault(side_key(mention), []).append(ordinal)
            first.setdefault(side_key(mention), mention)
    kept = sorted(places, key=lambda key: -len(places[key]))[:MOST_SIDES]
    return tuple(
        Side(key, first[key], tuple(found), all(ordinal in grounds for ordinal in found))
        for key, found in places.items()
        if key in kept
    )


def pairs(sides: Iterable[Side]) -> list[tuple[Side, Side]]:
    """Every ordered pair of two sides."""
    sides = list(sides)
    return [(source, target) for source in sides for target in sides if source is not target]
