"""Who does what to whom: PLOVER events between named actors, by rules over the parse."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.act import Act
from analysis.nlp.events.acts import find_acts
from analysis.nlp.events.deeds import DURING
from analysis.nlp.events.event import CodedAct, Event, coded_act
from analysis.nlp.events.labels import is_label
from analysis.nlp.events.lexicon import Rule
from analysis.nlp.events.opponents import completed, mediated, opponents, side_of
from analysis.nlp.events.participants import actor_pairs, place_owners
from analysis.nlp.events.principals import principal
from analysis.nlp.events.references import country_mention, find_references
from analysis.nlp.events.representation import BASES
from analysis.nlp.events.sponsors import GROUP, UNNAMED, Actors, group_sponsors
from analysis.nlp.events.statements import statement_acts
from analysis.nlp.events.struck_ground import STRUCK, has_sides, strikes_on_ground
from analysis.nlp.events.together import NamedWords, groups_meant, name_lists, pair_at, pairs_meant
from analysis.nlp.events.told_before import nothing_told, recalled_acts
from analysis.nlp.events.trips import with_trip_times
from analysis.nlp.events.voices import first_persons, quote_speakers
from analysis.nlp.parse.parser import sentences
from analysis.nlp.parse.repair import read_tree
from analysis.nlp.parse.tree import Tree, ancestors, reattach
from analysis.nlp.parse.word_lists import word_classes
from analysis.schemas import ACT_STATUSES

BACKED = "backed"
STATELET = "Republic"
ONE_SIDED = 0.7  # how sure the other side of an attack is that the sentence does not name
ActsOf = Callable[[int, int], list[Act]]
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
    return coded_events(*acting_mentions(doc, mentions))


def acting_mentions(doc: Doc, mentions: Sequence[Mention]) -> tuple[Tree, NamedWords]:
    """The repaired parse, and token -> the actor named there; datelines are left out, pronouns resolved."""
    tree = read_tree(doc)
    actors = [mention for mention in mentions if not mention.is_dateline]
    join_to_whole_names(tree, actors)
    if not actors:
        return tree, NamedWords({}, {}, {})
    named = {i: mention for mention in actors for i in range(mention.start, mention.end)}
    spans = list(sentences(doc))
    references, several = find_references(tree, named, mentions, spans)
    named |= references
    named |= statelets(tree, named)
    named |= first_persons(tree, named, quote_speakers(tree, spans), spans)
    named = {i: principal(mention) for i, mention in named.items()}
    several |= pairs_meant(tree, named)
    named = NamedWords(named, several, name_lists(tree, named))
    several |= {i: group for i, group in groups_meant(tree, named).items() if i not in several}
    return tree, named


def join_to_whole_names(tree: Tree, actors: Sequence[Mention]) -> None:
    """`the Republic of X and Y`: Y is beside the republic, though the parser puts it beside X."""
    for mention in actors:
        span = range(mention.start, mention.end)
        top = next((i for i in span if tree.heads[i] not in span), mention.start)
        for i in (i for i in span if tree.deps[i] == "pobj" and top in ancestors(tree, i)):
            for second in [k for k in tree.children[i] if k >= mention.end]:
                if tree.deps[second] in ("conj", "cc"):
                    reattach(tree, second, top, tree.deps[second])


def statelets(tree: Tree, actors: Actors) -> dict[int, Mention]:
    """`in the Donetsk People's Republic`: a place, by the name that those who hold it give it."""
    return {
        i: country_mention(i, mention.country_code)
        for i, mention in actors.items()
        if mention.kind == GROUP
        and mention.country_code
        and STATELET in tree.words[mention.start : mention.end]
        and [word.lower() for word in tree.words[mention.start - 2 : mention.start]] == ["in", "the"]
    }


def actors_and_places(tree: Tree, actors: NamedWords) -> NamedWords:
    """The same, with the words of cities and regions as their country."""
    places = {i: m for i, m in place_owners(tree).items() if not is_owned_base(tree, m, actors)}
    return NamedWords(places | actors, actors.pairs, actors.lists)


def is_owned_base(tree: Tree, place: Mention, actors: Actors) -> bool:
    """`the U.S. Al Udeid Air Base`: its owner is named, so that a blow to it is none to its host alone."""
    return place.start - 1 in actors and tree.lemmas[place.end - 1] in BASES


def coded_events(tree: Tree, named: NamedWords) -> Iterator[Event]:
    """The events of a text, given its actors."""
    if not named:
        return
    spans = list(sentences(tree.doc))
    speakers = quote_speakers(tree, spans)
    acts_of = cache(  # each sentence is read at most once
        lambda start, end: sentence_acts(tree, start, end, speakers.get(start))
    )
    coded = [row for sentence in sentence_events(tree, named, spans, acts_of) for row in sentence]
    coded += one_sided_attacks(tree, named, spans, acts_of, coded)
    backing = [row.event for row in coded if is_backing(row)]
    sponsors = {event.target_id: event.source_country_code for event in reversed(backing)}
    described = list(group_sponsors(tree, named))
    sponsors |= {group.actor_id: sponsor.country_code for group, sponsor in reversed(described)}
    coded += described_backing(tree, described)
    for event in with_trip_times(tree, named, spans, (row.event for row in distinct(coded))):
        source, target = sponsors.get(event.source_id), sponsors.get(event.target_id)
        yield event._replace(source_sponsor_code=source, target_sponsor_code=target)


def sentence_acts(tree: Tree, start: int, end: int, speaker: int | None) -> list[Act]:
    """What is done in the words from `start` to `end`, and what is done by saying something."""
    return [*find_acts(tree, start, end), *statement_acts(tree, start, end, speaker)]


def sentence_events(
    tree: Tree, actors: NamedWords, spans: Sequence[Span], acts_of: ActsOf
) -> Iterator[list[CodedAct]]:
    """The events of each sentence."""
    with_places = actors_and_places(tree, actors)
    before = nothing_told()
    for sentence in spans:
        if not names_somebody(sentence, actors) or is_label(tree, sentence):
            continue
        acts = acts_of(sentence.start, sentence.end)
        found = [
            coded_act(tree, in_words(act, source, target), sentence, (source, target), share)
            for act in acts
            if not (act.shape == "state" and act.trigger == act.verb)
            for source, target, share in actor_pairs(tree, act, actors, with_places)
        ]
        if not has_sides(found):
            here = range(sentence.start, sentence.end)
            found += [
                coded_act(tree, act, sentence, pair, STRUCK)
                for act, pair in strikes_on_ground(tree, acts, here, actors, with_places)
            ]
        found += recalled_acts(tree, acts, sentence, actors, found, before)
        yield distinct(found)


def in_words(act: Act, source: Mention, target: Mention) -> Act:
    """A clash of two leaders is one of words; any other act is itself."""
    if act.root != "ASSAULT" or "clash" not in act.rule.words:
        return act
    is_quarrel = source.kind == target.kind == "person"
    return act._replace(rule=act.rule._replace(root="ACCUSE", mode="disapprove")) if is_quarrel else act


def one_sided_attacks(
    tree: Tree, actors: NamedWords, spans: Sequence[Span], acts_of: ActsOf, coded: Sequence[CodedAct]
) -> list[CodedAct]:
    """Attacks of which a sentence names one side: `Ukraine's incursion`, in a text on its war with Russia."""
    attacks = [row.event for row in coded if row.event.root == "ASSAULT" and row.event.status != "negated"]
    rivals = opponents((mention_of(event, "source"), mention_of(event, "target")) for event in attacks)
    if not rivals:
        return []
    with_places = actors_and_places(tree, actors)
    triggers = {row.event.trigger_start_char for row in coded}
    found = []
    for sentence in (span for span in spans if not is_label(tree, span)):
        here = {side_of(with_places[i]) for i in range(sentence.start, sentence.end) if i in with_places}
        acts = acts_of(sentence.start, sentence.end) if here else ()
        for act in (act for act in acts if not is_coded(tree, act, triggers)):
            pairs = completed(tree, act, actors, with_places, rivals) or mediated(tree, act, actors, rivals)
            found += [coded_act(tree, act, sentence, pair, ONE_SIDED) for pair in pairs]
    return found


def is_coded(tree: Tree, act: Act, triggers: set[int]) -> bool:
    """Whether an act, or the one in whose course it is, has its sides: killed by X's soldiers in a raid."""
    prep = tree.heads[act.trigger]
    is_within = tree.deps[act.trigger] == "pobj" and tree.lemmas[prep] in DURING
    words = (act.trigger, tree.heads[prep]) if is_within else (act.trigger,)
    return any(tree.doc[i].idx in triggers for i in words)


def mention_of(event: Event, side: str) -> Mention:
    """A side of an event as an actor."""
    parts = (getattr(event, f"{side}_{part}") for part in ("id", "name", "country_code", "kind"))
    return Mention(0, 0, *parts, None, None, False)


def names_somebody(sentence: Span, actors: NamedWords) -> bool:
    """Whether a sentence names a side; the text before may give the other."""
    return any(i in actors or pair_at(actors, i) for i in range(sentence.start, sentence.end))


def described_backing(tree: Tree, described: Sequence[tuple[Mention, Mention]]) -> list[CodedAct]:
    """`Iran-backed Hezbollah` says that Iran backs Hezbollah; said once, it holds for the text."""
    rule = Rule("SUPPORT", None, "", BACKED)
    first = {(sponsor.country_code, group.actor_id): (sponsor, group) for group, sponsor in described[::-1]}
    found = []
    for sponsor, group in first.values():
        if not group.actor_id.startswith(UNNAMED):
            sides = (sponsor.start,), (group.start,)
            act = Act(group.start, group.start, rule, "ongoing", *sides, (), (), 0.7)
            stateless = group._replace(country_code=None)  # who backs rebels does not back their country
            found.append(coded_act(tree, act, tree.doc[group.start].sent, (sponsor, stateless), 1.0))
    return found


def is_backing(row: CodedAct) -> bool:
    """Whether a state's help for an armed group is reported as a fact: `Iran arms the Houthis`."""
    event = row.event
    is_help = event.root in HELP and event.status in ACT_STATUSES
    is_by_state = event.source_country_code is not None and event.source_kind != GROUP
    has_word = not row.rule.words.isdisjoint(word_classes()["backing"])
    return is_help and has_word and is_by_state and event.target_kind == GROUP


def distinct(rows: list[CodedAct]) -> list[CodedAct]:
    """One event per root, status and direction in a sentence, the surest: `killed in a strike` is one act."""
    best: dict[tuple[int, str, str, str, str], CodedAct] = {}
    for row in rows:
        event = row.event
        key = (event.start_char, event.root, event.status, event.source_id, event.target_id)
        if key not in best or event.probability > best[key].event.probability:
            best[key] = row
    return sorted(best.values(), key=text_order)


def text_order(row: CodedAct) -> tuple[int, int, str, str]:
    event = row.event
    return event.start_char, event.trigger_start_char, event.source_id, event.target_id
