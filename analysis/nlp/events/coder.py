"""Who does what to whom: PLOVER events between named actors, by rules over the parse."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.acts import find_acts
from analysis.nlp.events.event import CodedAct, Event, coded_act
from analysis.nlp.events.participants import actor_pairs, place_owners
from analysis.nlp.events.pronouns import continued_subjects
from analysis.nlp.events.sponsors import GROUP, Actors, group_sponsors
from analysis.nlp.events.statements import statement_acts
from analysis.nlp.events.together import NamedWords, name_lists, pair_at, pairs_meant
from analysis.nlp.events.told_before import nothing_told, recalled_acts
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.repair import read_tree
from analysis.nlp.parse.tree import Tree
from analysis.nlp.parse.word_classes import word_classes
from analysis.schemas import ACT_STATUSES

HELP = frozenset(("SUPPORT", "AID"))


def find_events(doc: Doc, mentions: Sequence[Mention]) -> Iterator[Event]:
    """Acts that one named actor does to another, in the order of the text.

    Args:
        doc: a parsed text.
        mentions: who is named in it, from `find_actors`.

    Yields:
        One event per root, source and target of a sentence; a mutual act gives both directions. Actors that
        only share a sentence give none, nor do datelines, nor an act without a doer. A sponsor that the text
        gives to an armed group holds for the group in the whole text. Of two, the one in the group's
        description (`Iran-backed`) wins, then the first.
    """
    actors = [mention for mention in mentions if not mention.is_dateline]
    if not actors:
        return
    tree = read_tree(doc)
    named = {i: mention for mention in actors for i in range(mention.start, mention.end)}
    named |= continued_subjects(tree, named)
    named = NamedWords(named, pairs_meant(tree, named), name_lists(tree, named))
    coded = [row for sentence in sentence_events(tree, named) for row in sentence]
    backing = [row.event for row in coded if is_backing(row)]
    sponsors = {event.target_id: event.source_country_code for event in reversed(backing)}
    sponsors |= dict(reversed(list(group_sponsors(tree, named))))
    for event, _ in coded:
        source, target = sponsors.get(event.source_id), sponsors.get(event.target_id)
        yield event._replace(source_sponsor_code=source, target_sponsor_code=target)


def sentence_events(tree: Tree, actors: NamedWords) -> Iterator[list[CodedAct]]:
    """The events of each sentence."""
    with_places = NamedWords(place_owners(tree) | actors, actors.pairs, actors.lists)
    before = nothing_told()
    for sentence in sentences(tree.doc):
        if not may_hold_event(sentence, actors, with_places, bool(before.deeds)):
            continue
        acts = [
            *find_acts(tree, sentence.start, sentence.end),
            *statement_acts(tree, sentence.start, sentence.end),
        ]
        found = [
            coded_act(tree, act, sentence, (source, target), share)
            for act in acts
            if not (act.shape == "state" and act.trigger == act.verb)
            for source, target, share in actor_pairs(tree, act, actors, with_places)
        ]
        found += recalled_acts(tree, acts, sentence, actors, found, before)
        yield distinct(found)


def may_hold_event(sentence: Span, actors: Actors, with_places: Actors, has_deeds: bool) -> bool:
    """Whether a sentence names two sides, or one where the text before may give the other."""
    inside = range(sentence.start, sentence.end)
    if any(pair_at(actors, i) for i in inside):
        return True
    is_pair = len({with_places[i].actor_id for i in inside if i in with_places}) > 1
    return (is_pair or has_deeds) and any(i in actors for i in inside)


def is_backing(row: CodedAct) -> bool:
    """Whether a state's help for an armed group is reported as a fact: `Iran arms the Houthis`."""
    event = row.event
    is_help = event.root in HELP and event.status in ACT_STATUSES
    is_by_state = event.source_country_code is not None and event.source_kind != GROUP
    has_word = not row.rule.words.isdisjoint(word_classes()["backing"])
    return is_help and has_word and is_by_state and event.target_kind == GROUP


def distinct(rows: list[CodedAct]) -> list[CodedAct]:
    """One event per root, status and direction in a sentence, the surest: `killed in a strike` is one act."""
    best: dict[tuple[str, str, str, str], CodedAct] = {}
    for row in rows:
        key = (row.event.root, row.event.status, row.event.source_id, row.event.target_id)
        if key not in best or row.event.probability > best[key].event.probability:
            best[key] = row
    return sorted(best.values(), key=text_order)


def text_order(row: CodedAct) -> tuple[int, str, str]:
    return row.event.trigger_start_char, row.event.source_id, row.event.target_id
