"""Apply an analyst's corrections to the tables; corrected rows are marked, outdated corrections reported."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_name, country_names
from analysis.ingest.corrections_file import CORRECTION_MARK, article_id_of, iso_day, outdated_reason
from analysis.nlp.actors.gazetteer import first_words, slug, split_words
from analysis.nlp.events.lexicon import intensity
from analysis.schemas import DIMENSIONS, QUADS, Corrections, Events, Quotes, Topics

SPEAKER_COLUMNS = ("speaker_id", "speaker_name", "role", "affiliation", "country_code", "is_anonymous")
PARTICIPANT_PARTS = ("id", "name", "country_code", "kind")
FOR_BOTH_SIDES = ("status", "drop")  # fields that both sides of a cooperative event share
COOPERATIVE = (1, 2)  # quads
Values = dict[str, Any]


class CorrectedTables(NamedTuple):
    """The tables after the corrections, and the corrections with the problem of each that was not applied."""

    tables: dict[str, DataFrame]
    corrections: DataFrame


def apply_corrections(
    articles: DataFrame, tables: dict[str, DataFrame], corrections: DataFrame
) -> CorrectedTables:
    """The tables as an analyst corrected them.

    A corrected row names `CORRECTION_MARK` as its rule, or as the words that decided. Corrections of articles
    outside this table are ignored: `load_corpus` reports those whose article is missing.

    Args:
        articles: `Articles` table, with corrected dates.
        tables: `sentences`, `quotes`, `stances`, `events` and `topics` of these articles.
        corrections: `Corrections` table.

    Returns:
        The same tables, and the corrections of these articles; `problem` says why one no longer applies.
    """
    here = corrections["id"].map(article_id_of).isin(articles["article_id"])
    corrections = corrections[here].reset_index(drop=True)
    if corrections.empty:
        return CorrectedTables(tables, corrections)
    problems = date_problems(articles, corrections)
    quotes, stances, events = tables["quotes"], tables["stances"], tables["events"]
    with_repeats = pd.concat([corrections, repeated_in_reprints(corrections, articles, tables["sentences"])])
    speakers, found = quote_values(quotes, with_repeats)
    problems |= found
    changed_events, found = event_values(events, with_repeats)
    problems |= found
    topics, found = topic_table(tables["topics"], tables["sentences"], with_repeats)
    problems |= found
    quotes = Quotes.validate(with_values(quotes, "quote_id", speakers))
    events = with_values(events, "event_id", changed_events)
    events = with_reporters(events, quotes, {article_id_of(identity) for identity in speakers})
    dropped = [identity for identity, values in changed_events.items() if "drop" in values]
    events = events[~events["event_id"].isin(dropped)].reset_index(drop=True)
    stances = without_self_stances(stances, {key: values["speaker_id"] for key, values in speakers.items()})
    outcomes = [problems.get(line, "") for line in corrections["line"]]
    return CorrectedTables(
        {**tables, "quotes": quotes, "stances": stances, "events": Events.validate(events), "topics": topics},
        Corrections.validate(corrections.assign(problem=outcomes)),
    )


def repeated_in_reprints(corrections: DataFrame, articles: DataFrame, sentences: DataFrame) -> DataFrame:
    """The same corrections for the same sentences in other articles of the story, unless made there already.

    Without them a reprint would bring back what was removed. Their line numbers are negative: if one does not
    apply there, the analyst made no mistake.
    """
    stories = articles.set_index("article_id")["story_id"]
    touched = articles[articles["story_id"].isin(corrections["id"].map(article_id_of).map(stories))]
    texts = touched.set_index("article_id")["text"].to_dict()
    known = sentences[sentences["article_id"].isin(texts)]
    places = defaultdict(list)
    for row in known.itertuples():
        sentence = texts[row.article_id][row.start_char : row.end_char]
        places[stories[row.article_id], sentence].append(row)
    made = set(zip(corrections["id"], corrections["field"], strict=True))
    rows = []
    for one in corrections[corrections["table"] != "articles"].itertuples(index=False):
        start = int(one.id.split(":")[1])
        own = known[known["article_id"] == article_id_of(one.id)]
        for here in own[(own["start_char"] <= start) & (start < own["end_char"])].itertuples():
            sentence = texts[here.article_id][here.start_char : here.end_char]
            for there in places[stories[here.article_id], sentence]:
                identity = shifted_id(one.id, there.article_id, there.start_char - here.start_char)
                if there.article_id != here.article_id and (identity, one.field) not in made:
                    rows.append({**one._asdict(), "id": identity, "line": -one.line})
    return DataFrame(rows, columns=corrections.columns).astype(corrections.dtypes)


def shifted_id(identity: str, article_id: str, step: int) -> str:
    """The id of the same row in another article, its offsets shifted by so many characters."""
    _, *parts = identity.split(":", 2)
    shifted = [str(int(part) + step) if part.isdigit() else part for part in parts]
    return ":".join([article_id, *shifted])


def with_values(table: DataFrame, key: str, values: dict[str, Values]) -> DataFrame:
    """A table with other values in some rows, given by key and column."""
    columns = [name for name in table if any(name in row for row in values.values())]
    changed = {
        name: [
            values[identity][name] if name in values.get(identity, ()) else value
            for identity, value in zip(table[key], table[name], strict=True)
        ]
        for name in columns
    }
    return table.assign(**changed)


def corrections_of(corrections: DataFrame, name: str) -> Iterator[Any]:
    return corrections[corrections["table"] == name].itertuples()


def date_problems(articles: DataFrame, corrections: DataFrame) -> dict[int, str]:
    dates = dict(zip(articles["article_id"], articles["published_date"].map(iso_day), strict=True))
    return {
        one.line: outdated_reason("published_date", dates[one.id], one)
        for one in corrections_of(corrections, "articles")
        if dates[one.id] != one.new
    }


def corrected_values(
    table: DataFrame,
    key: str,
    corrections: Iterator[Any],
    current_value: Callable[[Any, str], str],
    values_of: Callable[[Any, Any], Values],
) -> tuple[dict[str, Values], dict[int, str]]:
    """New values by row id, and by line why a correction does not apply.

    Args:
        table: with the rows to correct.
        key: the column with their id.
        corrections: of this table.
        current_value: what a row has in a field.
        values_of: the values that a correction gives to a row; raises ValueError if it is impossible.
    """
    corrections = list(corrections)
    wanted = table[table[key].isin([one.id for one in corrections])]
    rows = {getattr(row, key): row for row in wanted.itertuples()}
    values: dict[str, Values] = {}
    problems = {}
    for one in corrections:
        if one.id not in rows:
            problems[one.line] = (
                f"{key} {one.id!r} no longer exists: the current rules read this text differently"
            )
            continue
        found = current_value(rows[one.id], one.field)
        if found != one.old:
            problems |= {} if found == one.new else {one.line: outdated_reason(one.field, found, one)}
            continue
        try:
            values.setdefault(one.id, {}).update(values_of(rows[one.id], one))
        except ValueError as error:
            problems[one.line] = str(error)
    return {identity: row for identity, row in values.items() if row}, problems


def quote_values(quotes: DataFrame, corrections: DataFrame) -> tuple[dict[str, Values], dict[int, str]]:
    """The corrected speaker of each quote."""

    def values(row: Any, one: Any) -> Values:
        unknown = {"speaker_start_char": pd.NA, "speaker_end_char": pd.NA, "anonymity_note": None}
        return {
            **speaker_named(one.new, row.article_id, quotes),
            **unknown,
            "probability": 1.0,
            "rule": CORRECTION_MARK,
        }

    return corrected_values(quotes, "quote_id", corrections_of(corrections, "quotes"), speaker_value, values)


def speaker_value(row: Any, field: str) -> str:
    return row.speaker_name if isinstance(row.speaker_name, str) else ""


def speaker_named(name: str, article_id: str, quotes: DataFrame) -> Values:
    """The person meant by a name: a speaker of this or another article, a listed actor, or someone new."""
    if not name:
        return {**dict.fromkeys(SPEAKER_COLUMNS), "is_anonymous": False}
    names = quotes["speaker_name"].fillna("").str.casefold()
    known = quotes[names == name.casefold()]
    if len(known):
        own = known[known["article_id"] == article_id]
        row = (own if len(own) else known).iloc[0]
        return {field: None if pd.isna(row[field]) else row[field] for field in SPEAKER_COLUMNS}
    identity = listed_actor(name) or {"id": f"person:{slug(name)}", "name": name, "country_code": None}
    return {
        "speaker_id": identity["id"],
        "speaker_name": identity["name"],
        "role": identity.get("role"),
        "affiliation": None,
        "country_code": identity["country_code"],
        "is_anonymous": False,
    }


@cache
def listed_actor(name: str) -> Values | None:
    """The country, organisation or leader that the word lists have under a name or country code."""
    if name in country_names():
        return {"id": name, "name": country_name(name), "country_code": name, "kind": "country", "role": None}
    for spelling in (name, name.title()):
        words = split_words(spelling)
        for listed, entry in first_words().get(words[0], ()) if words else ():
            if listed == words and entry.actor_id:
                described = {"country_code": entry.country_code, "kind": entry.kind, "role": entry.role}
                return {"id": entry.actor_id, "name": entry.name, **described}
    return None


def event_values(events: DataFrame, corrections: DataFrame) -> tuple[dict[str, Values], dict[int, str]]:
    """The corrected values of each event; those of a dropped event include "drop".

    Talks have two events, one for each side, and whether they took place is corrected for both at once. An
    exchange of fire has two events as well, but one side may have fired alone.
    """

    def values(row: Any, one: Any) -> Values:
        return {**event_change(row, one, events), "probability": 1.0, "rule": CORRECTION_MARK}

    own = list(corrections_of(corrections, "events"))
    found, problems = corrected_values(events, "event_id", iter(own), event_value, values)
    mirrored, _ = corrected_values(events, "event_id", for_other_side(own, events), event_value, values)
    return {**mirrored, **found}, problems


def for_other_side(corrections: list[Any], events: DataFrame) -> Iterator[Any]:
    """The corrections that also apply to the other side of a cooperative event and were not made there."""
    made = {(one.id, one.field) for one in corrections}
    known = events[events["quad"].isin(COOPERATIVE)]
    roots = dict(zip(known["event_id"], known["root"], strict=True))
    for one in corrections:
        other = other_side(one.id)
        is_both = other in roots and roots[other] == roots.get(one.id)
        if one.field in FOR_BOTH_SIDES and is_both and (other, one.field) not in made:
            yield one._replace(id=other)


def other_side(identity: str) -> str:
    """The id of the event that the same trigger gives for the other side."""
    article_id, place, sides = identity.split(":", 2)
    source, _, target = sides.partition(">")
    return f"{article_id}:{place}:{target}>{source}"


def event_value(row: Any, field: str) -> str:
    return getattr(row, {"root": "root", "drop": "root", "status": "status"}.get(field, f"{field}_name"))


def event_change(row: Any, one: Any, events: DataFrame) -> Values:
    if one.field == "root":
        score = intensity(one.new, None)
        toll = {} if one.new == "ASSAULT" else {"killed_count": None, "injured_count": None}
        return {"root": one.new, "quad": QUADS[one.new], "intensity": score, "mode": None, **toll}
    if one.field == "status":
        return {"status": one.new}
    if one.field == "drop":
        return {"drop": True}
    identity = participant_named(one.new, events)
    other = row.target_id if one.field == "source" else row.source_id
    if identity["id"] == other:
        raise ValueError(
            f"{one.field} {one.new!r} is already the other side of the event, expected another actor"
        )
    return {f"{one.field}_{part}": identity[part] for part in PARTICIPANT_PARTS} | {
        f"{one.field}_sponsor_code": None
    }


def participant_named(name: str, events: DataFrame) -> Values:
    """The participant meant by a name: an actor of these events, or a listed one.

    Raises:
        ValueError: no actor has this name.
    """
    for side in ("source", "target"):
        known = events[events[f"{side}_name"].str.casefold() == name.casefold()]
        if len(known):
            row = {part: known.iloc[0][f"{side}_{part}"] for part in PARTICIPANT_PARTS}
            return {part: None if pd.isna(value) else value for part, value in row.items()}
    found = listed_actor(name)
    if found is None:
        raise ValueError(
            f"no actor is called {name!r}, expected a country, its code, a listed actor or one in an event"
        )
    return found


def with_reporters(events: DataFrame, quotes: DataFrame, article_ids: set[str]) -> DataFrame:
    """Events of some articles with the speaker of the shortest quote around each, as in the pipeline."""
    spans = {
        article_id: [
            (*map(int, span.split("-")), row.speaker_id)
            for row in part.itertuples()
            for span in row.content_spans.split(" ")
        ]
        for article_id, part in quotes[quotes["article_id"].isin(article_ids)].groupby("article_id")
    }

    def reporter(row: Any) -> str | None:
        if row.article_id not in article_ids:
            return row.reported_by
        around = [
            (end - start, speaker_id)
            for start, end, speaker_id in spans.get(row.article_id, ())
            if start <= row.trigger_start_char and row.trigger_end_char <= end
        ]
        speaker_id = min(around, key=lambda one: one[0])[1] if around else None
        return speaker_id if isinstance(speaker_id, str) else None

    return events.assign(reported_by=[reporter(row) for row in events.itertuples()])


def without_self_stances(stances: DataFrame, speakers: dict[str, str | None]) -> DataFrame:
    """Stances without those of a corrected quote towards its new speaker, who has none towards themselves."""
    own = stances["target_id"] == stances["quote_id"].map(speakers)
    return stances[~own].reset_index(drop=True)


def topic_table(
    topics: DataFrame, sentences: DataFrame, corrections: DataFrame
) -> tuple[DataFrame, dict[int, str]]:
    """Corrected topics: an added one gets an equal share of the sentence, a removed one frees its share."""
    own = list(corrections_of(corrections, "topics"))
    sentence_ids = topics["article_id"] + ":" + topics["start_char"].astype(str)
    touched = sentence_ids.isin([one.id for one in own])
    groups: dict[tuple[str, str], dict[str, Values]] = {}
    for identity, row in zip(sentence_ids[touched], topics[touched].to_dict("records"), strict=True):
        groups.setdefault((identity, row["dimension"]), {})[row["topic"]] = row
    known = sentences[sentences["sentence_id"].isin([one.id for one in own])].set_index("sentence_id")
    problems = {}
    for one in own:
        group = groups.setdefault((one.id, one.field), {})
        problem = topic_problem(one, group, one.id in known.index)
        if problem:
            problems[one.line] = problem
        else:
            change_topic(group, one, known.loc[one.id])
    changed = [row for group in groups.values() for row in reweighted(group)]
    table = pd.concat([topics[~touched], DataFrame(changed, columns=topics.columns).astype(topics.dtypes)])
    ranked = table.assign(rank=table["dimension"].map(DIMENSIONS.index), least=-table["weight"])
    order = ["article_id", "start_char", "end_char", "rank", "least", "topic"]
    return Topics.validate(ranked.sort_values(order, ignore_index=True)[topics.columns]), problems


def topic_problem(one: Any, group: dict[str, Values], is_known: bool) -> str:
    if not is_known:
        return f"sentence_id {one.id!r} no longer exists, expected the first character of a sentence"
    if one.old and one.old not in group and one.new not in group:
        found = ", ".join(sorted(group)) or "none"
        return f"the sentence no longer has the {one.field} {one.old!r}, but {found}: correct it again"
    return ""


def change_topic(group: dict[str, Values], one: Any, sentence: Any) -> None:
    """Replace the old topic of a sentence by the new one, with its weight."""
    removed = group.pop(one.old, None) if one.old else None
    if not one.new or (one.old and removed is None) or one.new in group:
        return
    mean = sum(row["weight"] for row in group.values()) / len(group) if group else 1.0
    group[one.new] = {
        "article_id": sentence["article_id"],
        "start_char": sentence["start_char"],
        "end_char": sentence["end_char"],
        "dimension": one.field,
        "topic": one.new,
        "weight": removed["weight"] if removed else mean,
        "matched": CORRECTION_MARK,
    }


def reweighted(group: dict[str, Values]) -> Iterator[Values]:
    """The topics of a sentence with weights that add up to 1."""
    total = sum(row["weight"] for row in group.values())
    for row in group.values():
        yield {**row, "weight": row["weight"] / total}
