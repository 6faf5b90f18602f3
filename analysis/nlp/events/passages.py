"""Sentences with their sides marked, as the reader gets them, and the pairs that it is asked about.

A side is a country, a bloc or an armed group. Its mentions are all that acts or is acted upon in its name:
its leaders and bodies, its cities, and a pronoun that stands for one of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from analysis.country_names import bloc_codes, shown_names
from analysis.nlp.actors.gazetteer import find_places, leaders, words_of
from analysis.nlp.actors.page import Mention
from analysis.nlp.events.references import GROUP, Actors, find_references, principal
from analysis.nlp.events.triggers import Trigger, find_triggers, pair_features
from analysis.nlp.parse.parser import sentences, text_of
from analysis.nlp.parse.reader import MARKS, mark
from analysis.nlp.parse.tree import Tree, is_excluded, read_tree
from analysis.nlp.parse.word_lists import word_classes
from analysis.nlp.quotes.attribution import Quote

MAX_SIDES: Final = 8  # of a sentence: pairs grow with the square
HALF_OF_MENTIONS: Final = 8  # the first and the last of a sentence
OWN_SIDES: Final = frozenset(("bloc", GROUP))
"""Kinds that are sides of their own, whatever country they sit in: Hamas is not the Palestinian Authority."""


class Side(NamedTuple):
    """A side with its mentions in one sentence."""

    key: str  # country code, or the actor id of a bloc or an armed group
    mention: Mention  # the first
    ordinals: tuple[int, ...]  # which of the sentence's marked mentions are its own
    words: dict[int, Mention]  # token -> its mention there
    is_place: bool  # named by a city or a region only: a place where something happens


class Question(NamedTuple):
    """An ordered pair of sides in one sentence."""

    sentence: Span
    source: Side
    target: Side


class Passage(NamedTuple):
    """A sentence with its actors marked."""

    text: str
    features: NDArray[np.float32]  # a row per question, see `triggers.FEATURES`
    triggers: list[Trigger]


class MarkedPair(NamedTuple):
    """One or more sentences in which two given mentions are marked."""

    text: str
    ordinals: tuple[tuple[int, ...], tuple[int, ...]]  # of source and target; empty for one that is not given
    features: NDArray[np.float32]  # one row


def acting_mentions(doc: Doc, mentions: Sequence[Mention]) -> tuple[Tree, Actors]:
    """The parse, and token -> whoever is meant there; datelines are left out, pronouns resolved."""
    tree = read_tree(doc)
    named = {i: m for m in mentions if not m.is_dateline for i in range(m.start, m.end)}
    found = {i: (mention,) for i, mention in named.items()} | find_references(tree, named, mentions)
    return tree, {i: tuple(principal(mention) for mention in meant) for i, meant in found.items()}


def place_owners(doc: Doc) -> dict[int, tuple[Mention]]:
    """Words of cities and regions -> their country."""
    return {
        i: (Mention(m.start, m.end, *m.entry[:4], None, None, False),)
        for m in find_places(words_of(doc))
        for i in range(m.start, m.end)
    }


def is_opposed(mention: Mention) -> bool:
    """Whether a person speaks against their government, or for nobody in it: an opposition leader."""
    role, listed = mention.role or "leader", leaders().get(mention.name)
    role = listed.role if role == "leader" and listed and listed.role else role
    words = re.split(r"[\s-]+", role.lower())
    return mention.kind == "person" and not word_classes()["opposed"].isdisjoint(words)


def country_against(mention: Mention, other: Mention) -> str | None:
    """The country whose deed an actor's deed is: none, where its opposition acts or is met.

    Nor does an armed group stand for the country that it fights: the war of Sudan and the RSF.
    """
    is_rebel = mention.kind == GROUP and mention.country_code == other.country_code
    return None if is_rebel or is_opposed(mention) else mention.country_code


def side_key(mention: Mention) -> str | None:
    """The bloc or group that a mention is, else the country it acts for, or the UN; None for others."""
    if mention.kind in OWN_SIDES:
        return mention.actor_id
    country = None if is_opposed(mention) else mention.country_code
    return country or (mention.actor_id if mention.actor_id in bloc_codes() else None)


def article_passages(
    tree: Tree, actors: Actors, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Iterator[tuple[Passage, list[Question]]]:
    """Each sentence that names at least two sides, and every ordered pair of them.

    Args:
        tree: the parsed text, with `actors` from `acting_mentions`.
        actors: token -> whoever is meant there.
        mentions: who is named in the text, from `find_actors`.
        quotes: its attributions: a speaker acts in sentences that do not name them.
    """
    owners = place_owners(tree.doc)
    places = owners.keys() - actors.keys()
    speaker_of = absent_speakers(tree.doc, mentions, quotes)
    for sentence in sentences(tree.doc) if actors else ():
        if not is_label(tree, sentence):
            found = find_passage(tree, sentence, owners | actors, places, speaker_of(sentence))
            if found is not None:
                yield found


def find_passage(
    tree: Tree, sentence: Span, actors: Actors, places: Container[int], speaker: Mention | None
) -> tuple[Passage, list[Question]] | None:
    """The passage of a sentence with its questions; None where it names fewer than two sides.

    Args:
        tree: the parsed text.
        sentence: one of its sentences.
        actors: token -> whoever is meant there, cities as their country.
        places: the tokens of cities and regions.
        speaker: who says the sentence, where its own words do not name them.
    """
    runs = [
        (first, last, [m for m in meant if side_key(m) and not is_excluded(tree.doc[last])])
        for first, last, meant in mention_runs(sentence, actors)
    ]
    runs = [run for run in runs if run[2]]
    runs = runs[:HALF_OF_MENTIONS] + runs[HALF_OF_MENTIONS:][-HALF_OF_MENTIONS:]
    lead = f"{speaker.name} said: " if speaker and side_key(speaker) else ""
    offset = sentence.start_char - len(lead)
    spans = [
        (tree.doc[first].idx - offset, tree.doc[last].idx + len(tree.words[last]) - offset)
        for first, last, _ in runs
    ]
    if lead:
        spans, runs = [(0, len(speaker.name)), *spans], [(-1, -1, [speaker]), *runs]
    sides = sides_of(runs, places)
    if len(sides) < 2:
        return None
    pairs = [(i, j) for i in range(len(sides)) for j in range(len(sides)) if i != j]
    triggers = find_triggers(tree, sentence.start, sentence.end)
    features = pair_features(
        tree,
        triggers,
        [side.words for side in sides],
        pairs,
        outside={n for n, side in enumerate(sides) if lead and 0 in side.ordinals},
    )
    text = mark(lead + text_of(tree.doc)[sentence.start_char : sentence.end_char], spans)
    for first, last, (mention, *_) in runs:
        if first >= 0 and (shown := shown_names().get(mention.actor_id)):
            words = tree.doc[first : last + 1].text
            text = text.replace(f" {words} ".join(MARKS), f" {shown} ".join(MARKS))
    return Passage(text, features, triggers), [Question(sentence, sides[i], sides[j]) for i, j in pairs]


def mention_runs(sentence: Span, actors: Actors) -> list[tuple[int, int, Sequence[Mention]]]:
    """First and last token of each mention in a sentence, with the actors that it stands for."""
    runs: list[tuple[int, int, Sequence[Mention]]] = []
    for i in range(sentence.start, sentence.end):
        meant = actors.get(i)
        if meant and runs and runs[-1][1] == i - 1 and runs[-1][2] == meant:
            runs[-1] = (runs[-1][0], i, meant)
        elif meant:
            runs.append((i, i, meant))
    return runs


def sides_of(runs: Sequence[tuple[int, int, Sequence[Mention]]], places: Container[int]) -> list[Side]:
    """The sides of some mentions; of too many, those with most mentions, then those at either end.

    Whom forty states condemn is named after the forty.
    """
    found: dict[str, list[tuple[int, Mention]]] = {}
    for ordinal, (_, _, meant) in enumerate(runs):
        for mention in meant:
            found.setdefault(side_key(mention), []).append((ordinal, mention))
    order = list(found)
    kept = sorted(order, key=lambda key: (-len(found[key]), min(order.index(key), order[::-1].index(key))))[
        :MAX_SIDES
    ]
    sides = []
    for key in (key for key in order if key in kept):
        ordinals = tuple(ordinal for ordinal, _ in found[key])
        words = {
            i: mention
            for n, mention in found[key]
            if runs[n][0] >= 0
            for i in range(runs[n][0], runs[n][1] + 1)
        }
        is_place = all(runs[n][0] in places for n in ordinals)
        sides.append(Side(key, found[key][0][1], ordinals, words, is_place))
    return sides


def absent_speakers(
    doc: Doc, mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> Callable[[Span], Mention | None]:
    """A function from a sentence to who says it, where it lies in a quote and does not name them."""
    by_person = {mention.actor_id: mention for mention in reversed(mentions)}
    by_country = {mention.country_code: mention for mention in reversed(mentions)}
    spoken = sorted(
        (start, end, quote.speaker_span[0], speaker)
        for quote in quotes
        if quote.speaker_span and quote.country_code
        for speaker in [by_person.get(quote.speaker_id) or by_country.get(quote.country_code)]
        if speaker and speaker.country_code == quote.country_code
        for start, end in quote.content_spans
    )
    starts = [span[0] for span in spoken]
    longest = max((end - start for start, end, *_ in spoken), default=0)

    def speaker_of(sentence: Span) -> Mention | None:
        first = bisect_left(starts, sentence.start_char - longest)
        last = bisect_right(starts, sentence.end_char - 1)
        around = [
            speaker
            for _, end, place, speaker in spoken[first:last]
            if end > sentence.start_char and not sentence.start_char <= place < sentence.end_char
        ]
        return around[-1] if around else None

    return speaker_of


def marked_pair(
    doc: Doc, source: tuple[int, int] | None, target: tuple[int, int] | None
) -> MarkedPair | None:
    """The sentences of two given mentions, with both marked; one of the two may be missing.

    Args:
        doc: a parsed text.
        source: offsets of who acts, named actor or not ("a court").
        target: offsets of whom it is done to.

    Returns:
        None if no span is given, or one is empty or outside the text.
    """
    given = [span for span in (source, target) if span]
    tokens = [doc.char_span(*span, alignment_mode="expand") if span[0] < span[1] else None for span in given]
    if not given or any(span is None or not len(span) for span in tokens):
        return None
    tree = read_tree(doc)
    first, last = min(span.start for span in tokens), max(span.end for span in tokens)
    start, end = doc[first].sent.start, doc[last - 1].sent.end
    offset = doc[start].idx
    text = text_of(doc)[offset : doc[end - 1].idx + len(doc[end - 1])]
    order = sorted(range(len(given)), key=lambda n: given[n])
    places = {n: (order.index(n),) for n in range(len(given))}
    ordinals = (places[0] if source else (), places[len(given) - 1] if target else ())
    words = [set(range(span.start, span.end)) for span in tokens]
    sides = [words[0] if source else set(), words[-1] if target else set()]
    features = pair_features(tree, find_triggers(tree, start, end), sides, [(0, 1)])
    spans = [(max(a - offset, 0), min(b - offset, len(text))) for a, b in given]
    return MarkedPair(mark(text, spans), ordinals, features)


def is_label(tree: Tree, sentence: Span) -> bool:
    """Yes if a line names a topic and reports nothing: it has no verb, and does not end like a sentence."""
    return not is_closed(sentence) and not any(
        tree.pos[i] in ("VERB", "AUX") and tree.deps[i] not in ("amod", "compound")
        for i in range(sentence.start, sentence.end)
    )


def is_closed(sentence: Span) -> bool:
    """Whether it ends like a sentence, as headlines do not."""
    return sentence.text.rstrip("\"'”’)]» ").endswith((".", "!", "?", "…"))
