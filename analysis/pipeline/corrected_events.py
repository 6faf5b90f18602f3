"""An analyst's events: types, statuses and sides corrected, events added and dropped."""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.ingest.correction_rules import ADD, DROP, AddedEvent, added_event
from analysis.ingest.corrections_file import ADDITION_MARK, CORRECTION_MARK
from analysis.nlp.events.lexicon import intensity
from analysis.pipeline.correctable import (
    FITS,
    IS_READ,
    Correctable,
    Outcome,
    Outcomes,
    corrected_values,
    lapsed,
    of_field,
    with_values,
)
from analysis.pipeline.named_actors import PARTICIPANT_PARTS, Values, participant_named
from analysis.pipeline.places import sentence_at
from analysis.pipeline.trigger_words import trigger_in
from analysis.schemas import ACT_STATUSES, LAPSED, QUADS, REPLACED, Events
from analysis.tables.rows import rows_of

FIELD_COLUMNS = {
    "root": "root",
    DROP: "root",
    "status": "status",
    "source": "source_name",
    "target": "target_name",
}
FOR_BOTH_SIDES = ("status", DROP)  # fields that both sides of a cooperative event share
COOPERATIVE = (1, 2)  # quads
ORDER = ["article_id", "start_char", "end_char"]


class Additions(NamedTuple):
    """Events that an analyst adds, and those that the program reads by itself."""

    rows: DataFrame
    outcomes: Outcomes
    read: dict[str, int]  # `event_id` of what the program reads -> line of the addition


def corrected_events(
    events: DataFrame, sentences: DataFrame, corrections: DataFrame
) -> tuple[DataFrame, DataFrame, Outcomes]:
    """Events with what an analyst added, then corrected, then dropped.

    Args:
        events: `Events` table.
        sentences: `Sentences` table.
        corrections: `Corrections` rows, those that add something with the offsets of their words.

    Returns:
        `Events` table; the rows among them that were added; and how each correction fits.
    """
    additions = added_events(events, sentences, of_field(corrections, "events", ADD))
    table = pd.concat([events, additions.rows], ignore_index=True) if len(additions.rows) else events
    others, outcomes = without_overruled_drops(
        of_field(corrections, "events", *FIELD_COLUMNS), additions.read
    )
    changes, found = event_values(table, sentences, others)
    dropped = [identity for identity, values in changes.items() if DROP in values]
    table = with_values(table, "event_id", changes)
    table = table[~table["event_id"].isin(dropped)].sort_values(ORDER, kind="stable", ignore_index=True)
    added = table[table["event_id"].isin(additions.rows["event_id"])]
    return Events.validate(table), added, additions.outcomes | outcomes | found


def without_overruled_drops(corrections: list[Any], read: dict[str, int]) -> tuple[list[Any], Outcomes]:
    """The corrections without those that drop an event which was added later."""
    kept, outcomes = [], {}
    for one in corrections:
        line = abs(read.get(one.id, 0))
        if one.field == DROP and abs(one.line) < line:
            outcomes[one.line] = Outcome(REPLACED, f"replaced by line {line}")
        else:
            kept.append(one)
    return kept, outcomes


def added_events(events: DataFrame, sentences: DataFrame, corrections: list[Any]) -> Additions:
    """Rows of the events that an analyst adds and the program does not read."""
    rows: dict[str, Values] = {}
    outcomes: Outcomes = {}
    read: dict[str, int] = {}
    names = set(events["event_id"])
    for one in corrections:
        sentence = sentence_at(sentences, one.id)
        try:
            found = added_rows(one, sentence, events)
        except ValueError as error:
            outcomes[one.line] = lapsed(str(error))
            continue
        there = [same_event(row, events) for row in found]
        outcomes[one.line] = outcome_of(there, found[0])
        read |= {row.event_id: one.line for row in there if row is not None}
        if outcomes[one.line] == FITS:
            for row in (row for row, own in zip(found, there, strict=True) if own is None):
                identity = new_id(row, {*names, *rows})
                rows[identity] = {**row, "event_id": identity}
    frame = DataFrame(list(rows.values()), columns=events.columns).astype(events.dtypes.to_dict())
    return Additions(frame, outcomes, read)


def outcome_of(there: list[Any | None], row: Values) -> Outcome:
    """How an addition fits, given what the program reads of it by itself."""
    status = next((one.status for one in there if one is not None and not is_same_status(one, row)), "")
    if status:
        return lapsed(f"the program now reads this act as {status}: correct its status instead")
    return FITS if any(one is None for one in there) else IS_READ


def is_same_status(event: Any, row: Values) -> bool:
    """Whether two rows of one act have the same status; what is done may go on."""
    both = {event.status, row["status"]}
    return len(both) == 1 or both <= set(ACT_STATUSES)


def same_event(row: Values, events: DataFrame) -> Any | None:
    """The event of the same type between the same sides that the program reads in a sentence."""
    own = events[(events["article_id"] == row["article_id"]) & (events["start_char"] == row["start_char"])]
    own = own[(own["root"] == row["root"])]
    for event in rows_of(own):
        if all(side_key(event._asdict(), side) == side_key(row, side) for side in ("source", "target")):
            return event
    return None


def side_key(row: Values, side: str) -> str:
    """The country of a side, or the actor where it has none."""
    code = row[f"{side}_country_code"]
    return code if isinstance(code, str) else row[f"{side}_id"]


def added_rows(correction: Any, sentence: Any | None, events: DataFrame) -> list[Values]:
    """The row of an event that an analyst adds, and the other side's if both act; without ids.

    Raises:
        ValueError: its place is in no sentence, or a side is nobody who is known.
    """
    if sentence is None:
        raise ValueError("its words are in no sentence of the article, expected words of one sentence")
    event = added_event(correction.new)
    source, target = (participant_named(name, events) for name in (event.source, event.target))
    if source["id"] == target["id"]:
        raise ValueError(f"{source['name']} cannot act on itself, expected two different actors")
    row = {**dict.fromkeys(events.columns), **evidence(correction, sentence, event), **coded(event)}
    ways = [(source, target), (target, source)] if event.is_joint else [(source, target)]
    return [{**row, **side_columns(*way)} for way in ways]


def evidence(correction: Any, sentence: Any, event: AddedEvent) -> Values:
    """Where an added event is: its sentence, and the word that carries the act."""
    start, end = map(int, correction.id.split(":")[1:])
    inside = sentence.text[start - sentence.start_char : end - sentence.start_char]
    trigger = trigger_in(inside, 0, len(inside), event.root)
    return {
        "article_id": sentence.article_id,
        "start_char": sentence.start_char,
        "end_char": sentence.end_char,
        "trigger_start_char": start + trigger.start,
        "trigger_end_char": start + trigger.end,
        "trigger_lemma": trigger.lemma,
    }


def coded(event: AddedEvent) -> Values:
    """What the codebook says of an added event."""
    return {
        "root": event.root,
        "quad": QUADS[event.root],
        "intensity": intensity(event.root, None),
        "status": event.status,
        "probability": 1.0,
        "rule": ADDITION_MARK,
    }


def side_columns(source: Values, target: Values) -> Values:
    sides = {"source": source, "target": target}
    return {f"{side}_{part}": who[part] for side, who in sides.items() for part in PARTICIPANT_PARTS}


def new_id(row: Values, known: set[str]) -> str:
    """An id as the program gives it; where two acts share a word and both sides, with type and status."""
    name = f"{row['article_id']}:{row['trigger_start_char']}:{row['source_id']}>{row['target_id']}"
    for addition in (row["root"], row["status"]):
        name = f"{name}:{addition}" if name in known else name
    return name


def event_values(
    events: DataFrame, sentences: DataFrame, corrections: list[Any]
) -> tuple[dict[str, Values], Outcomes]:
    """The corrected values of each event; those of a dropped event include "drop".

    Talks have two events, one for each side, and whether they took place is corrected for both at once. An
    exchange of fire has two events as well, but one side may have fired alone.
    """

    def changes(row: Any, one: Any) -> Values:
        return {**event_change(row, one, events), "probability": 1.0, "rule": CORRECTION_MARK}

    near = partial(in_same_sentence, events, sentences)
    subject = Correctable(events, "event_id", event_value, changes, near)
    found, outcomes = corrected_values(subject, corrections)
    mirrored, _ = corrected_values(subject, for_other_side(corrections, events))
    for one in corrections:
        if one.field == DROP and outcomes[one.line].standing == LAPSED and next(near(one), None) is None:
            outcomes[one.line] = IS_READ  # the program no longer reads what was dropped
    return {**mirrored, **found}, outcomes


def in_same_sentence(events: DataFrame, sentences: DataFrame, correction: Any) -> Iterator[Any]:
    """The events between the same sides in the sentence that a correction is about."""
    sentence = sentence_at(sentences, correction.id)
    if sentence is None:
        return
    sides = correction.id.split(":", 2)[2]
    own = events[
        (events["article_id"] == sentence.article_id) & (events["start_char"] == sentence.start_char)
    ]
    for row in rows_of(own):
        name = f"{row.source_id}>{row.target_id}"
        if sides == name or sides.startswith(f"{name}:"):
            yield row


def for_other_side(corrections: list[Any], events: DataFrame) -> Iterator[Any]:
    """The corrections that also apply to the other side of a cooperative event and were not made there."""
    made = {(one.id, one.field) for one in corrections}
    act = ["article_id", "trigger_start_char", "root"]
    joint = events.loc[events["quad"].isin(COOPERATIVE), ["event_id", "source_id", "target_id", *act]]
    back = joint.rename(columns={"source_id": "target_id", "target_id": "source_id", "event_id": "other_id"})
    pairs = joint.merge(back, on=[*act, "source_id", "target_id"], validate="many_to_many")
    others = dict(zip(pairs["event_id"], pairs["other_id"], strict=True))
    for one in corrections:
        other = others.get(one.id)
        if one.field in FOR_BOTH_SIDES and other and (other, one.field) not in made:
            yield one._replace(id=other)


def event_value(row: Any, field: str) -> str:
    """What an event has in a field, as a correction has it."""
    return getattr(row, FIELD_COLUMNS[field])


def event_change(row: Any, one: Any, events: DataFrame) -> Values:
    """The values that a correction gives to an event.

    Raises:
        ValueError: a side is nobody who is known, or the other side.
    """
    if one.field == "root":
        score = intensity(one.new, None)
        toll = {} if one.new == "ASSAULT" else {"killed_count": None, "injured_count": None}
        return {"root": one.new, "quad": QUADS[one.new], "intensity": score, "mode": None, **toll}
    if one.field == "status":
        return {"status": one.new}
    if one.field == DROP:
        return {DROP: True}
    identity = participant_named(one.new, events)
    other = row.target_id if one.field == "source" else row.source_id
    if identity["id"] == other:
        raise ValueError(
            f"{one.field} {one.new!r} is already the other side of the event, expected another actor"
        )
    return {f"{one.field}_{part}": identity[part] for part in PARTICIPANT_PARTS} | {
        f"{one.field}_sponsor_code": None
    }
