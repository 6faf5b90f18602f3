"""Who does what to whom: PLOVER events between named actors, by rules over the parse."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc, Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.acts import Act, find_acts, rejects_known_charge
from analysis.nlp.events.event_years import act_year, clause_words, is_long_ago
from analysis.nlp.events.lexicon import Rule, contexts, intensity
from analysis.nlp.events.participants import actor_pairs, doers, place_owners, represented_country
from analysis.nlp.events.pronouns import continued_subjects
from analysis.nlp.events.sponsors import GROUP, Actors, group_sponsors
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.repair import read_tree
from analysis.nlp.parse.tree import Tree
from analysis.nlp.parse.verb_status import CLAIMS
from analysis.nlp.parse.word_classes import word_classes
from analysis.schemas import ACT_STATUSES, QUADS

MOST_CHARGES = 3  # recent charges that a speaker may be answering
HELP = frozenset(("SUPPORT", "AID"))


class Event(NamedTuple):
    """One coded relation; character offsets into the Doc's text."""

    start_char: int  # the sentence, white space trimmed
    end_char: int
    trigger_start_char: int
    trigger_end_char: int
    source_id: str
    source_name: str
    source_country_code: str | None
    source_kind: str
    target_id: str
    target_name: str
    target_country_code: str | None
    target_kind: str
    root: str
    mode: str | None
    context: str | None
    quad: int
    intensity: float
    status: str
    probability: float
    rule: str
    source_sponsor_code: str | None = None  # the state that the text says backs the source, an armed group
    target_sponsor_code: str | None = None
    year: int | None = None  # of the act, where its clause names one


class CodedAct(NamedTuple):
    """An event with the rule that it rests on."""

    event: Event
    rule: Rule


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
    return coded_events(*acting_mentions(doc, mentions))


def acting_mentions(doc: Doc, mentions: Sequence[Mention]) -> tuple[Tree, dict[int, Mention]]:
    """The repaired parse, and token -> the actor named there; datelines are left out, pronouns resolved."""
    tree = read_tree(doc)
    actors = [mention for mention in mentions if not mention.is_dateline]
    named = {i: mention for mention in actors for i in range(mention.start, mention.end)}
    return tree, named | continued_subjects(tree, named)


def coded_events(tree: Tree, named: dict[int, Mention]) -> Iterator[Event]:
    """The events of a text, given its actors."""
    if not named:
        return
    coded = [row for sentence in sentence_events(tree, named) for row in sentence]
    backing = [row.event for row in coded if is_backing(row)]
    sponsors = {event.target_id: event.source_country_code for event in reversed(backing)}
    sponsors |= dict(reversed(list(group_sponsors(tree, named))))
    for event, _ in coded:
        source, target = sponsors.get(event.source_id), sponsors.get(event.target_id)
        yield event._replace(source_sponsor_code=source, target_sponsor_code=target)


def sentence_events(tree: Tree, actors: dict[int, Mention]) -> Iterator[list[CodedAct]]:
    """The events of each sentence."""
    with_places = place_owners(tree) | actors
    charges: deque[Event] = deque(maxlen=MOST_CHARGES)
    for sentence in sentences(tree.doc):
        if not may_hold_event(tree, sentence, actors, with_places, bool(charges)):
            continue
        acts = find_acts(tree, sentence.start, sentence.end)
        found = [
            coded_act(tree, act, sentence, (source, target), share)
            for act in acts
            if not (act.shape == "state" and act.trigger == act.verb)
            for source, target, share in actor_pairs(tree, act, actors, with_places)
        ]
        charges.extend(row.event for row in found if is_charge(row.event))
        triggers = {row.event.trigger_start_char for row in found}
        answers = [act for act in acts if tree.doc[act.trigger].idx not in triggers]
        answers = [act for act in answers if rejects_known_charge(tree, act)]
        found += [row for act in answers for row in rejected_charges(tree, act, sentence, actors, charges)]
        yield distinct(found)


def may_hold_event(
    tree: Tree, sentence: Span, actors: Actors, with_places: Actors, has_charges: bool
) -> bool:
    """Whether a sentence names two sides, or one that may be answering a charge."""
    inside = range(sentence.start, sentence.end)
    here = [i for i in inside if i in with_places]
    is_pair = len({with_places[i].actor_id for i in here}) > 1
    is_answer = has_charges and any(tree.lemmas[i] in CLAIMS or tree.lemmas[i] == "deny" for i in inside)
    return (is_pair or is_answer) and any(i in actors for i in here)


def is_charge(event: Event) -> bool:
    """An accusation that was made, which its target may reject later."""
    return event.root == "ACCUSE" and event.status in ACT_STATUSES


def rejected_charges(
    tree: Tree, act: Act, sentence: Span, actors: Actors, charges: Sequence[Event]
) -> Iterator[CodedAct]:
    """`India accused Pakistan. Pakistan rejected the charge.` is a no to who last charged the speaker."""
    for source in doers(tree, act, actors):
        charge = next((event for event in reversed(charges) if is_charged(source, event)), None)
        if charge:
            accuser = (charge.source_id, charge.source_name, charge.source_country_code, charge.source_kind)
            target = Mention(sentence.start, sentence.start, *accuser, None, None, False)
            yield coded_act(tree, act, sentence, (source, target), 0.8)


def is_charged(speaker: Mention, charge: Event) -> bool:
    """Whether a charge is brought against the speaker or their country."""
    is_same = speaker.country_code is not None and speaker.country_code == charge.target_country_code
    return is_same or speaker.actor_id == charge.target_id


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


def coded_act(tree: Tree, act: Act, sentence: Span, pair: tuple[Mention, Mention], share: float) -> CodedAct:
    """The event of an act between two actors; `share` is how sure their roles are."""
    trigger = tree.doc[act.trigger]
    source, target = pair
    event = Event(
        sentence.start_char,
        sentence.end_char,
        trigger.idx,
        trigger.idx + len(trigger),
        *(source.actor_id, source.name, represented_country(source), source.kind),
        *(target.actor_id, target.name, represented_country(target), target.kind),
        act.root,
        act.mode,
        context_of(tree, act),
        QUADS[act.root],
        intensity(act.root, act.mode),
        "historical" if act.status in ACT_STATUSES and is_long_ago(tree, act) else act.status,
        round(act.probability * share, 2),
        act.rule.name,
        year=act_year(tree, act),
    )
    return CodedAct(event, act.rule)


def context_of(tree: Tree, act: Act) -> str | None:
    """PLOVER context by the word of the clause that is nearest to the act."""
    lemmas = (tree.lemmas[i] for i in clause_words(tree, act))
    return next((contexts()[lemma] for lemma in lemmas if lemma in contexts()), None)
