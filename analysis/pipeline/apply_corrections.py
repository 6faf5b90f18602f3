"""How an analyst's correction reaches every table.

1. The file. `ingest.corrections_file` says what a row of `corrections.csv` may be, checks it, and reads,
   adds and removes rows, for the buttons of a notebook and for `faultline corrections`.
2. Articles. `load_corpus` has dates, outlets and titles corrected by `corrected_articles` of
   `corrections_file`, before anything is counted by day or outlet.
3. Every other table. `analyse` makes them for all that read a folder. It takes what was read from each
   text, which knows of no correction (so what is stored stays valid), loads the file, and calls
   `apply_corrections`. Of the corrected articles the rows of a table become a dictionary by id, the
   corrections change it in the order of the file, without additions and drops that a later one replaced, and
   it becomes a table again. The same sentence in a reprint is corrected, too, and the headline that only
   repeats a dropped act loses it. What follows is computed last:
   stances of dropped statements go, added statements get stances, the events in changed statements have
   other reporters, and `analyse` gives each event its day, outlet and pair.
4. All the rest. Incidents, indicators, charts, notebooks, briefings, searches and exports are made of what
   `analyse` returns; they look at no correction but to show which rows are an analyst's, and to keep added
   events that would be left out as a label or a headline. An open notebook compares the file with the one
   it has seen at every click (`Corpus.catch_up`); if it is another, the folder is opened again, from step 1,
   and what is on the screen is drawn again. Before a form saves a correction of a row it tries
   `apply_corrections` on the tables on screen.

Corrected statements and events name `CORRECTION_MARK` as their rule, added ones `ADDITION_MARK`; both have
the probability 1. A topic that an analyst gave, in place of another or beside others, has a weight instead,
and names `CORRECTION_MARK` as the words that decided. Each correction says how it still fits, in `standing`
and `problem`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Final

from pandas import NA, DataFrame, MultiIndex, concat

from analysis.indicators.deduplication import ACT_KEY, in_headline, with_act_keys
from analysis.ingest.corrections_file import (
    ADD,
    ADDITION_MARK,
    CORRECTION_MARK,
    DROP,
    added_event,
    article_id_of,
    cell_text,
    outdated_reason,
    place_of,
)
from analysis.nlp.actors.mentions import find_actors
from analysis.nlp.events.lexicon import intensity
from analysis.nlp.parse.parser import parse
from analysis.nlp.quotes.attribution import Quote
from analysis.nlp.quotes.page import quoted_spans
from analysis.nlp.stance import tone
from analysis.pipeline.extractors import reporters, stance_rows
from analysis.pipeline.typed_names import (
    PARTICIPANT_PARTS,
    VALUE_COLUMNS,
    Values,
    country_code_named,
    participant_named,
    speaker_named,
)
from analysis.schemas import (
    ACT_STATUSES,
    APPLIES,
    CONFIRMED,
    DIMENSIONS,
    LAPSED,
    MOVED,
    QUADS,
    REPLACED,
    Corrections,
    Events,
    Quotes,
    Stances,
    Table,
    Topics,
)
from analysis.tables.rows import Row, rows_of

SPOKEN = ("speaker_id", "country_code", "role")  # what a stance depends on of a speaker
COOPERATIVE = (1, 2)  # quads
PLACES = ["article_id", "start_char", "end_char"]
SAME_STATEMENT_SHARE = 0.5  # of two statements, what they have in common, from which they are one
MIN_DIRECT_SHARE = 0.9  # of a statement in quotation marks from which it is direct, as in the rules


def apply_corrections(
    articles: DataFrame, tables: dict[str, DataFrame], corrections: DataFrame
) -> tuple[dict[str, DataFrame], DataFrame]:
    """Correct the tables as an analyst did.

    Corrections of articles outside this table are ignored: `load_corpus` reports those whose article is
    missing.

    Args:
        articles: `Articles` table, already corrected.
        tables: `sentences`, `quotes`, `stances`, `events` and `topics` of these articles.
        corrections: `Corrections` table.

    Returns:
        The same tables, and the corrections of these articles; `standing` and `problem` say how each fits.
    """
    here = corrections["id"].map(article_id_of).isin(articles["article_id"])
    corrections = corrections[here].reset_index(drop=True)
    if corrections.empty:
        return tables, corrections
    read = AsRead(articles, tables["sentences"], tables["quotes"], tables["events"])
    fits: Fits = {}
    is_history = (corrections["standing"] == REPLACED) & corrections["field"].isin([ADD, DROP])
    placed = []
    for correction in corrections[~is_history].itertuples(index=False):
        if correction.field == ADD:  # its words say where it is
            article_id = article_id_of(correction.id)
            try:
                start, end = place_of(correction, read.texts[article_id])
            except ValueError as error:
                fits[correction.line] = LAPSED, str(error)
                continue
            correction = correction._replace(id=f"{article_id}:{start}:{end}")
        placed.append(correction)
    placed += repeated_in_headlines(placed, read)
    placed += list(repeated_in_reprints(placed, read))
    done = dict(tables)
    for name, (correct, schema) in CORRECTABLE.items():
        if own := [correction for correction in placed if correction.table == name]:
            rows = with_corrected_rows(tables[name], own, correct, read, fits)
            done[name] = schema.validate(sorted_rows(name, rows))
    changed = {
        article_id_of(correction.id) for correction in placed if correction.table in ("quotes", "events")
    }
    done |= follow_up(done, read, changed)
    by_id = articles.set_index("article_id")
    for correction in placed:
        if correction.table == "articles":  # which `load_corpus` has applied
            value = cell_text(by_id.at[correction.id, correction.field])
            problem = "" if value == correction.new else outdated_reason(correction.field, value, correction)
            fits[correction.line] = LAPSED if problem else APPLIES, problem
    found = [
        (row.standing, row.problem) if row.standing == REPLACED else fits[row.line]
        for row in rows_of(corrections)
    ]
    standings, problems = zip(*found, strict=True)
    return done, Corrections.validate(corrections.assign(standing=standings, problem=problems))


Fits = dict[int, tuple[str, str]]
"""By the line of a correction: its standing, one of `schemas.STANDINGS`, and why it is not applied or ""."""


@dataclass(frozen=True)
class AsRead:
    """The articles and what was read of them, by which corrections find their rows."""

    articles: DataFrame
    sentences: DataFrame
    quotes: DataFrame
    events: DataFrame

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each article by its id."""
        return dict(zip(self.articles["article_id"], self.articles["text"], strict=True))

    def sentence_at(self, identity: str) -> Row | None:
        """The sentence that has the first character of a place, `article_id:start:...`."""
        start = int(identity.split(":")[1])
        own = self.sentences[self.sentences["article_id"] == article_id_of(identity)]
        return next(rows_of(own[(own["start_char"] <= start) & (start < own["end_char"])]), None)


def repeated_in_headlines(corrections: list[Row], read: AsRead) -> list[Row]:
    """Drop with an act what the headline says of it, unless the text tells it elsewhere, too.

    The headline would bring back what was removed. Line numbers are negative, as of reprints.
    """
    drops = {one.id: one for one in corrections if one.table == "events" and one.field == DROP}
    rows = with_act_keys(read.events)
    acts = MultiIndex.from_frame(rows[["article_id", *ACT_KEY]])
    is_dropped, is_above = rows["event_id"].isin(drops), in_headline(rows, read.articles)
    by_act = dict(zip(acts[is_dropped], rows.loc[is_dropped, "event_id"], strict=True))
    is_repeat = is_above & ~is_dropped & acts.isin([*by_act]) & ~acts.isin(acts[~is_dropped & ~is_above])
    return [
        drops[by_act[act]]._replace(id=identity, line=-drops[by_act[act]].line)
        for act, identity in zip(acts[is_repeat], rows.loc[is_repeat, "event_id"], strict=True)
    ]


def repeated_in_reprints(corrections: list[Row], read: AsRead) -> Iterator[Row]:
    """Repeat corrections for the same sentences in other articles of the story, unless made there already.

    Without them a reprint would bring back what was removed. Their line numbers are negative: if one does not
    apply there, the analyst made no mistake.
    """
    stories = read.articles.set_index("article_id")["story_id"]
    touched = {stories[article_id_of(correction.id)] for correction in corrections}
    same_sentence = defaultdict(list)
    for row in rows_of(read.sentences):
        if stories[row.article_id] in touched:
            same_sentence[stories[row.article_id], row.text].append(row)
    made = {(correction.id, correction.field) for correction in corrections}
    for correction in corrections:
        here = None if correction.table == "articles" else read.sentence_at(correction.id)
        if here is None:
            continue
        article_id, start, *rest = correction.id.split(":", 3)
        for there in same_sentence[stories[article_id], here.text]:
            step = there.start_char - here.start_char
            first = int(start) + step
            end = [str(int(part) + step) if part.isdigit() else part for part in rest]
            identity = ":".join([there.article_id, str(first), *end])
            words = read.texts[article_id][int(start) : int(rest[0])] if correction.field == ADD else ""
            is_same = read.texts[there.article_id].startswith(words, first)  # they may be of two sentences
            if there.article_id != article_id and is_same and (identity, correction.field) not in made:
                yield correction._replace(id=identity, line=-correction.line)


@dataclass(frozen=True)
class TouchedRows:
    """The rows of one table in the corrected articles, by id, and what was read of these articles."""

    rows: dict[str, Values]
    before: dict[str, Values]  # the same as they were read
    made: frozenset[tuple[str, str]]  # id and field of every correction of the table
    read: AsRead
    moved: dict[str, str] = field(default_factory=dict)  # id in a correction -> of the row meant

    def values(self, key: str, column: str) -> set[str]:
        """What a row has, and what it had when it was read; a correction may say either."""
        return {cell_text(row[column]) for row in (self.rows[key], self.before.get(key, self.rows[key]))}

    def replace(self, key: str, values: Values) -> None:
        """Give a row the values that an analyst decided."""
        self.rows[key] |= {**values, "probability": 1.0, "rule": CORRECTION_MARK}


Correct = Callable[[TouchedRows, Row], str]
"""Change rows by one correction, and return its standing; ValueError if it does not fit, and why."""


def with_corrected_rows(
    table: DataFrame, corrections: list[Row], correct: Correct, read: AsRead, fits: Fits
) -> DataFrame:
    """A table after its corrections; how each fits is noted in `fits`."""
    is_touched = table["article_id"].isin([article_id_of(correction.id) for correction in corrections])
    rows = {row_key(row): row for row in table[is_touched].to_dict("records")}
    before = {key: dict(row) for key, row in rows.items()}
    touched = TouchedRows(
        rows, before, frozenset((correction.id, correction.field) for correction in corrections), read
    )
    for correction in corrections:
        try:
            fits[correction.line] = correct(touched, correction), ""
        except ValueError as error:
            fits[correction.line] = LAPSED, str(error)
    done = DataFrame(list(rows.values()), columns=table.columns).astype(table.dtypes.to_dict())
    return concat([table[~is_touched], done], ignore_index=True)


def row_key(row: Values) -> str:
    """The id of a row; a topic is found by its sentence, dimension and name."""
    if "topic" in row:
        return f"{row['article_id']}:{row['start_char']}:{row['dimension']}:{row['topic']}"
    return row["event_id"] if "event_id" in row else row["quote_id"]


def meant_row(
    touched: TouchedRows, correction: Row, column: str, is_near: Callable[[Values], bool]
) -> str | None:
    """Find the row that a correction is about.

    Where newer rules read a passage otherwise, so that no row has the id, the correction is about the one row
    nearby that still has the value which was corrected.

    Args:
        touched: the table.
        correction: what the analyst decided.
        column: with the value that is corrected.
        is_near: yes if a row of the article may be meant by a correction whose id no row has.

    Returns:
        The id of the row; None if the program by now says the same itself.

    Raises:
        ValueError: there is no such row, or it has another value by now.
    """
    key = touched.moved.get(correction.id, correction.id)
    if key not in touched.rows:
        article_id = article_id_of(correction.id)
        own = (key for key, row in touched.rows.items() if row["article_id"] == article_id)
        near = [key for key in own if is_near(touched.rows[key])]
        if correction.field == DROP and not near:
            return None  # the program no longer reads what was dropped
        same = [key for key in near if correction.old in touched.values(key, column)]
        if len(same) != 1:
            about = f" (“{correction.words}”)" if correction.words else ""
            name = "event_id" if correction.table == "events" else "quote_id"
            raise ValueError(
                f"{name} {correction.id!r}{about} no longer exists: "
                "the current rules read this text differently"
            )
        key = touched.moved[correction.id] = same[0]
    if correction.old not in touched.values(key, column):
        found = cell_text(touched.rows[key][column])
        if found == correction.new and correction.field != DROP:
            return None
        raise ValueError(outdated_reason(correction.field, found, correction))
    return key


def correct_statement(touched: TouchedRows, correction: Row) -> str:
    """Add, drop or change a statement; a role and a country hold for all statements of the speaker there."""
    start, end = map(int, correction.id.split(":")[1:3])

    def overlaps(row: Values) -> bool:
        common = min(end, row["end_char"]) - max(start, row["start_char"])
        return common > SAME_STATEMENT_SHARE * (max(end, row["end_char"]) - min(start, row["start_char"]))

    if correction.field == ADD:
        return add_statement(touched, correction, overlaps)
    if correction.field == "country":
        correction = correction._replace(
            old=country_code_named(correction.old), new=country_code_named(correction.new)
        )
    column = VALUE_COLUMNS["quotes"][correction.field]
    key = meant_row(touched, correction, column, overlaps)
    if key is None:
        return CONFIRMED
    row = touched.rows[key]
    if correction.field == DROP:
        del touched.rows[key]
    elif correction.field == "speaker":
        unknown = {"speaker_start_char": NA, "speaker_end_char": NA, "anonymity_note": None}
        who = speaker_named(correction.new, row["article_id"], touched.read.quotes)
        touched.replace(key, {**who, **unknown})
    else:
        touched.replace(key, {column: correction.new or None})
        for quote in touched.rows.values():  # nobody looked at these, so they are not marked
            is_same = (quote["article_id"], quote["speaker_id"]) == (row["article_id"], row["speaker_id"])
            if is_same and isinstance(row["speaker_id"], str):
                quote[column] = correction.new or None
    return MOVED if correction.id in touched.moved else APPLIES


def add_statement(touched: TouchedRows, correction: Row, overlaps: Callable[[Values], bool]) -> str:
    """Add a statement that the program does not read; its reporting word stays unknown."""
    article_id, start, end = correction.id.split(":")
    start, end = int(start), int(end)
    quotes = touched.read.quotes
    others = (row for row in touched.rows.values() if row["article_id"] == article_id)
    there = next((row for row in others if overlaps(row) and row["rule"] != ADDITION_MARK), None)
    if there:
        name = cell_text(there["speaker_name"])
        if name.casefold() == correction.new.casefold():
            return CONFIRMED
        raise ValueError(
            f"the program now reads a statement by {name or 'somebody unknown'} here: "
            "correct its speaker instead"
        )
    text = touched.read.texts[article_id]
    polarity, subjectivity = tone(text[start:end])
    touched.rows[correction.id] = {
        **dict.fromkeys(quotes.columns),
        **speaker_named(correction.new, article_id, quotes),
        "quote_id": correction.id,
        "article_id": article_id,
        "start_char": start,
        "end_char": end,
        "content_spans": f"{start}-{end}",
        "text": text[start:end],
        "kind": statement_kind(text, start, end),
        "probability": 1.0,
        "rule": ADDITION_MARK,
        "tone_score": polarity,
        "subjectivity_score": subjectivity,
    }
    return APPLIES


def statement_kind(text: str, start: int, end: int) -> str:
    """Say if a passage is quoted word for word, in part, or not at all."""
    inside = [
        min(end, one.inner_end) - max(start, one.inner_start)
        for one in quoted_spans(text)
        if one.inner_start < end and one.inner_end > start
    ]
    marks = sum(text[start:end].count(mark) for mark in '"“”')
    if not inside:
        return "indirect"
    return "direct" if sum(inside) + marks >= MIN_DIRECT_SHARE * (end - start) else "partial"


def correct_event(touched: TouchedRows, correction: Row) -> str:
    """Add, drop or change an event; the status of talks, and that there were none, hold for both sides."""
    sentence = touched.read.sentence_at(correction.id)
    if correction.field == ADD:
        return add_event(touched, correction, sentence)
    column = VALUE_COLUMNS["events"][correction.field]

    def is_near(row: Values) -> bool:
        sides, name = correction.id.split(":", 2)[2], f"{row['source_id']}>{row['target_id']}"
        is_here = sentence is not None and row["start_char"] == sentence.start_char
        return is_here and (sides == name or sides.startswith(f"{name}:"))

    key = meant_row(touched, correction, column, is_near)
    if key is None:
        return CONFIRMED
    other = other_side(touched, key) if correction.field in ("status", DROP) else None
    is_both = (
        other
        and (other, correction.field) not in touched.made
        and correction.old in touched.values(other, column)
    )
    keys = [key, other] if is_both else [key]
    if correction.field == DROP:
        for name in keys:
            del touched.rows[name]
    else:
        values = event_values(touched.rows[key], correction, touched.read.events)
        for name in keys:
            touched.replace(name, values)
    return MOVED if correction.id in touched.moved else APPLIES


def event_values(row: Values, correction: Row, events: DataFrame) -> Values:
    """The values that a correction gives to an event.

    Raises:
        ValueError: a side is nobody who is known, or the other side.
    """
    if correction.field == "status":
        return {"status": correction.new}
    if correction.field == "root":
        toll = {} if correction.new == "ASSAULT" else {"killed_count": None, "injured_count": None}
        coded = {"quad": QUADS[correction.new], "intensity": intensity(correction.new, None), "mode": None}
        return {"root": correction.new, **coded, **toll}
    who = participant_named(correction.new, events)
    if who["id"] == row["target_id" if correction.field == "source" else "source_id"]:
        raise ValueError(
            f"{correction.field} {correction.new!r} is already the other side of the event, "
            "expected another actor"
        )
    parts = {f"{correction.field}_{part}": who[part] for part in PARTICIPANT_PARTS}
    return {**parts, f"{correction.field}_sponsor_code": None}


def other_side(touched: TouchedRows, key: str) -> str | None:
    """The event in which the other side does the same together with this one, such as talks.

    An exchange of fire has two events as well, but one side may have fired alone.
    """
    row = touched.rows[key]
    if row["quad"] not in COOPERATIVE:
        return None
    wanted = {name: row[name] for name in ("article_id", "trigger_start_char", "root")}
    wanted |= {"source_id": row["target_id"], "target_id": row["source_id"]}
    same = (one for one, other in touched.rows.items() if all(other[name] == wanted[name] for name in wanted))
    return next(same, None)


def add_event(touched: TouchedRows, correction: Row, sentence: Row | None) -> str:
    """Add an event that the program does not read, and the other side's if both act.

    Raises:
        ValueError: its place is in no sentence, a side is nobody who is known, or the program reads the act
            with another status.
    """
    if sentence is None:
        raise ValueError("its words are in no sentence of the article, expected words of one sentence")
    event, events = added_event(correction.new), touched.read.events
    source, target = (participant_named(name, events) for name in (event.source, event.target))
    if source["id"] == target["id"]:
        raise ValueError(f"{source['name']} cannot act on itself, expected two different actors")
    _, start, end = correction.id.split(":")
    row = {
        **dict.fromkeys(events.columns),
        "article_id": sentence.article_id,
        "start_char": sentence.start_char,
        "end_char": sentence.end_char,
        "trigger_start_char": int(start),
        "trigger_end_char": min(int(end), sentence.end_char),
        "trigger_lemma": "",
        "root": event.root,
        "quad": QUADS[event.root],
        "intensity": intensity(event.root, None),
        "status": event.status,
        "probability": 1.0,
        "importance": IMPORTANCE_OF_ADDED,
        "rule": ADDITION_MARK,
    }
    ways = [(source, target), (target, source)] if event.is_joint else [(source, target)]
    missing = []
    for by, to in ways:
        sides = {f"source_{part}": by[part] for part in PARTICIPANT_PARTS}
        new = {**row, **sides, **{f"target_{part}": to[part] for part in PARTICIPANT_PARTS}}
        there = next((one for one in touched.rows.values() if is_same_act(one, new)), None)
        if there is None:
            missing.append(new)
            continue
        statuses = {there["status"], new["status"]}
        if len(statuses) > 1 and not statuses <= set(ACT_STATUSES):  # what is done may go on
            raise ValueError(
                f"the program now reads this act as {there['status']}: correct its status instead"
            )
    for new in missing:
        name = f"{new['article_id']}:{start}:{new['source_id']}>{new['target_id']}"
        for addition in (new["root"], new["status"]):  # where two acts share a place and both sides
            name = f"{name}:{addition}" if name in touched.rows else name
        touched.rows[name] = {**new, "event_id": name}
    return APPLIES if missing else CONFIRMED


def is_same_act(event: Values, new: Values) -> bool:
    """Yes if the program reads an act of the same type between the same sides in the same sentence."""
    return (
        all(event[name] == new[name] for name in ("article_id", "start_char", "root"))
        and event["rule"] != ADDITION_MARK
        and all(
            (cell_text(event[f"{side}_country_code"]) or event[f"{side}_id"])
            == (cell_text(new[f"{side}_country_code"]) or new[f"{side}_id"])
            for side in ("source", "target")
        )
    )


def correct_topic(touched: TouchedRows, correction: Row) -> str:
    """Replace, add or remove a topic of a sentence, whose weights add up to 1 again.

    A topic in place of another has its weight, an added one an equal share.
    """
    sentence = touched.read.sentence_at(correction.id)
    is_moved = sentence is not None and sentence.sentence_id != correction.id
    if sentence is None or (is_moved and not correction.old):
        raise ValueError(
            f"sentence_id {correction.id!r} no longer exists, expected the first character of a sentence"
        )
    start = f"{sentence.sentence_id}:{correction.field}:"
    topics = {row["topic"]: row for key, row in touched.rows.items() if key.startswith(start)}
    if correction.old not in topics and correction.new in topics:
        return CONFIRMED
    if correction.old and correction.old not in topics:
        raise ValueError(
            f"the sentence no longer has the {correction.field} {correction.old!r}, but "
            f"{', '.join(sorted(topics)) or 'none'}: correct it again"
        )
    removed = touched.rows.pop(start + correction.old, None)
    topics.pop(correction.old, None)
    if correction.new and correction.new not in topics:
        mean = sum(row["weight"] for row in topics.values()) / len(topics) if topics else 1.0
        place = {name: getattr(sentence, name) for name in PLACES}
        topics[correction.new] = touched.rows[start + correction.new] = {
            **place,
            "dimension": correction.field,
            "topic": correction.new,
            "weight": removed["weight"] if removed else mean,
            "matched": CORRECTION_MARK,
        }
    total = sum(row["weight"] for row in topics.values())
    for row in topics.values():
        row["weight"] /= total
    return MOVED if is_moved else APPLIES


def sorted_rows(name: str, table: DataFrame) -> DataFrame:
    """Sort a table as it was read: by place, topics of a sentence by weight."""
    if name != "topics":
        return table.sort_values(PLACES, kind="stable", ignore_index=True)
    ranked = table.assign(rank=table["dimension"].map(DIMENSIONS.index), least=-table["weight"])
    order = [*PLACES, "rank", "least", "topic"]
    return ranked.sort_values(order, ignore_index=True)[table.columns]


def follow_up(tables: dict[str, DataFrame], read: AsRead, changed: set[str]) -> dict[str, DataFrame]:
    """What follows from corrected statements and events: their stances, and who reports which event.

    Args:
        tables: after the corrections, with the stances as they were read.
        read: the articles as they were read.
        changed: ids of the articles in which statements or events were corrected.
    """
    quotes, stances = tables["quotes"], tables["stances"]
    speakers = stances["quote_id"].map(quotes.set_index("quote_id")["speaker_id"])
    is_own = (stances["target_id"] == speakers) & stances["article_id"].isin(changed)
    stances = stances[stances["quote_id"].isin(quotes["quote_id"]) & ~is_own]
    added = quotes[~quotes["quote_id"].isin(read.quotes["quote_id"])]
    if len(added):
        rows = added_stances(added, read.articles)
        new = DataFrame(rows, columns=stances.columns).astype(stances.dtypes.to_dict())
        stances = concat([stances, new]) if len(new) else stances
    events = with_reporters(tables["events"], quotes, changed)
    return {"stances": Stances.validate(sorted_rows("stances", stances)), "events": events}


def added_stances(quotes: DataFrame, articles: DataFrame) -> list[dict]:
    """Rows of `Stances` for each actor that an added statement names; only its article is parsed again.

    Args:
        quotes: `Quotes` rows.
        articles: `Articles` table with their articles.
    """
    texts = articles[articles["article_id"].isin(quotes["article_id"])]
    rows: list[dict] = []
    for article_id, doc in zip(texts["article_id"], parse(texts["text"]), strict=True):
        found = []
        for row in rows_of(quotes[quotes["article_id"] == article_id]):
            known = {name: value for name in SPOKEN if isinstance(value := getattr(row, name), str)}
            nothing = dict.fromkeys(Quote._fields)
            found.append(Quote(**nothing | known | {"content_spans": ((row.start_char, row.end_char),)}))
        rows += stance_rows(article_id, doc, found, find_actors(doc))
    return rows


def with_reporters(events: DataFrame, quotes: DataFrame, article_ids: set[str]) -> DataFrame:
    """Name the speaker of the shortest statement around each event of some articles, as when it was read."""
    reported_by = events["reported_by"].copy()
    for article_id in article_ids:
        own = events[events["article_id"] == article_id]
        statements = [
            SimpleNamespace(
                content_spans=[tuple(map(int, span.split("-"))) for span in row.content_spans.split(" ")],
                cue_stance=row.cue_stance,
                speaker_id=row.speaker_id if isinstance(row.speaker_id, str) else None,
            )
            for row in rows_of(quotes[quotes["article_id"] == article_id])
        ]
        reported_by[own.index] = reporters(list(rows_of(own)), statements)
    return events.assign(reported_by=reported_by)


IMPORTANCE_OF_ADDED: Final = 3.0  # a line on the page
CORRECTABLE: Final[dict[str, tuple[Correct, Table]]] = {
    "quotes": (correct_statement, Quotes),
    "events": (correct_event, Events),
    "topics": (correct_topic, Topics),
}
