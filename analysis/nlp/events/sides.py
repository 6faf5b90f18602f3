"""Which sides a sentence names, and the text in which the judge reads what passes between them.

A side is a country, a bloc or an armed group. Its mentions are all that acts or is acted upon in its name: its
leaders and bodies, its cities, and a pronoun that stands for one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.participants import represented_country
from analysis.nlp.parse.encoder import ACTOR_MARKS, mark
from analysis.nlp.parse.tree import Tree

MOST_SIDES = 8  # of a sentence, those with most mentions: pairs grow with the square
MOST_MENTIONS = 16  # of a sentence
GROUPS = ("bloc", "armed group", "organisation")


class Side(NamedTuple):
    """A side with its mentions in one sentence."""

    key: str  # country code, or the actor id of a bloc or an armed group
    mention: Mention  # the first
    ordinals: tuple[int, ...]  # which of the sentence's marked mentions are its own


class Passage(NamedTuple):
    """A sentence with its actors marked."""

    text: str
    sides: tuple[Side, ...]


def side_key(mention: Mention) -> str | None:
    """The country that a mention acts for, else the bloc, group or international body; None for others."""
    return represented_country(mention) or (mention.actor_id if mention.kind in GROUPS else None)


def find_passage(
    tree: Tree, sentence: Span, actors: Mapping[int, Mention], speaker: Mention | None = None
) -> Passage | None:
    """The passage of a sentence; None where it names fewer than two sides.

    Args:
        tree: the parsed text.
        sentence: one of its sentences.
        actors: token -> the actor mentioned there, cities as their country.
        speaker: who says the sentence, where its own words do not name them.
    """
    text = tree.doc.text
    mentions = [(*runs, mention) for *runs, mention in mention_runs(sentence, actors) if side_key(mention)]
    mentions = mentions[:MOST_MENTIONS]
    lead = f"{speaker.name} said: " if speaker and side_key(speaker) else ""
    offset = sentence.start_char - len(lead)
    spans = [(tree.doc[first].idx - offset, token_end(tree, last) - offset) for first, last, _ in mentions]
    named = [mention for *_, mention in mentions]
    if lead:
        spans, named = [(0, len(speaker.name)), *spans], [speaker, *named]
    sides = sides_of(named)
    if len(sides) < 2:
        return None
    passage = lead + text[sentence.start_char : sentence.end_char]
    return Passage(mark(passage, [(span, ACTOR_MARKS) for span in spans]), sides)


def mention_runs(sentence: Span, actors: Mapping[int, Mention]) -> list[tuple[int, int, Mention]]:
    """First and last token of each mention in a sentence."""
    runs: list[tuple[int, int, Mention]] = []
    for i in range(sentence.start, sentence.end):
        if i not in actors:
            continue
        if runs and runs[-1][1] == i - 1 and runs[-1][2] is actors[i]:
            runs[-1] = (runs[-1][0], i, actors[i])
        else:
            runs.append((i, i, actors[i]))
    return runs


def token_end(tree: Tree, i: int) -> int:
    return tree.doc[i].idx + len(tree.words[i])


def sides_of(mentions: Sequence[Mention]) -> tuple[Side, ...]:
    """The sides of marked mentions, those with most mentions first to be kept."""
    found: dict[str, list[int]] = {}
    for ordinal, mention in enumerate(mentions):
        found.setdefault(side_key(mention), []).append(ordinal)
    kept = sorted(found, key=lambda key: -len(found[key]))[:MOST_SIDES]
    return tuple(
        Side(key, mentions[places[0]], tuple(places)) for key, places in found.items() if key in kept
    )


def pairs(sides: Iterable[Side]) -> list[tuple[Side, Side]]:
    """Every ordered pair of two sides."""
    sides = list(sides)
    return [(source, target) for source in sides for target in sides if source is not target]
