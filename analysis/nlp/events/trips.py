"""The time of a trip where another sentence gives it: `Doe to visit Rome`, then `Doe's trip on Friday`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from spacy.tokens import Span

from analysis.nlp.actors.page import Mention
from analysis.nlp.events.act_times import act_time
from analysis.nlp.events.deeds import Deed
from analysis.nlp.events.event import Event
from analysis.nlp.parse.tree import POSSESSORS, Tree, dependents

VISIT: Final = "visit"
TRIPS = frozenset(("trip", "visit", "tour", "journey"))
PERSON: Final = "person"


def with_trip_times(
    tree: Tree, named: Mapping[int, Mention], spans: Sequence[Span], events: Iterable[Event]
) -> Iterator[Event]:
    """The events of a text, trips to come with the time that another sentence gives for them.

    Only where a person has one such time and one destination in the text: else it may be of another trip.
    """
    events = list(events)
    planned = [event for event in events if is_planned_trip(event)]
    times = trip_times(tree, named, spans) if any(event.when is None for event in planned) else {}
    for event in events:
        found = times.get(traveller(event), set()) if event.when is None and is_planned_trip(event) else set()
        others = {destination(one) for one in planned if traveller(one) == traveller(event)}
        yield event._replace(when=next(iter(found))) if len(found) == len(others) == 1 else event


def trip_times(tree: Tree, named: Mapping[int, Mention], spans: Sequence[Span]) -> dict[str, set[str]]:
    """Person -> the times of their trips: of `Doe's trip Monday to Friday`."""
    found: dict[str, set[str]] = {}
    for sentence in spans:
        for noun in (i for i in range(sentence.start, sentence.end) if tree.lemmas[i] in TRIPS):
            owners = [named[i].actor_id for i in dependents(tree, noun, POSSESSORS) if i in named]
            time = (
                act_time(tree, sentence, Deed(noun, noun, "CONSULT", VISIT, False), [noun])
                if owners
                else None
            )
            if time:
                found.setdefault(owners[0], set()).add(time)
    return found


def is_planned_trip(event: Event) -> bool:
    return (
        event.mode == VISIT and event.status == "future" and PERSON in (event.source_kind, event.target_kind)
    )


def traveller(event: Event) -> str:
    """Who travels, as far as a visit between a person and a country tells."""
    return event.source_id if event.source_kind == PERSON else event.target_id


def destination(event: Event) -> str:
    """The other side of a visit."""
    return event.target_id if event.source_kind == PERSON else event.source_id
