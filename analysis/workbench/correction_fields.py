"""What can be corrected in an article: rows to choose from, their evidence, and the fields of each kind."""

from collections.abc import Callable
from functools import partial
from textwrap import shorten
from typing import Any, NamedTuple

import ipywidgets

from analysis.country_names import country_names
from analysis.indicators.country_events import act_name
from analysis.ingest.corrections_file import iso_day
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.apply_corrections import (
    SPEAKER_COLUMNS,
    event_value,
    participant_named,
    speaker_named,
    speaker_value,
)
from analysis.schemas import DIMENSIONS, ROOT_NAMES, STATUSES
from analysis.views.evidence import (
    article_index,
    event_rows,
    matched_rows,
    pieces,
    quote_pieces,
    source_of,
)
from analysis.views.render import View, view
from analysis.workbench.form_fields import dropdown, name_field, set_options, text_field

MOST_OPTIONS = 500  # of a list to choose from
OPTION_CHARS = 110
NONE = ""
SIDES = {"source": "Who acts", "target": "On whom"}


class Change(NamedTuple):
    """A field of a row, the value it has, and the value it should have."""

    field: str
    old: str
    new: str


class RowFields(NamedTuple):
    """The controls for one row, and a function that gives the changes entered there."""

    controls: list[ipywidgets.Widget]
    changes: Callable[[], list[Change]]


def article_options(tables: Tables, words: str) -> list[tuple[str, str]]:
    """Articles with some words in their title or file name, the newest first."""
    rows = tables.articles.sort_values("published_date", ascending=False, kind="stable", na_position="last")
    sources = [(source_of(row, 0, 0), row) for row in rows.itertuples()]
    options = [
        (f"{number}. {shorten(source.title, OPTION_CHARS)} ({source.date})", row.article_id)
        for number, (source, row) in enumerate(sources, start=1)
        if words.strip().casefold() in f"{source.title} {row.path}".casefold()
    ]
    return options[:MOST_OPTIONS]


def row_options(tables: Tables, table: str, article_id: str | None) -> list[tuple[str, str]]:
    """The rows of an article that can be corrected, in the order of the text."""
    if article_id is None:
        return []
    if table == "articles":
        return [("the date of the article", article_id)]
    rows = tables.sentences if table == "topics" else getattr(tables, table)
    rows = rows[rows["article_id"] == article_id]
    words = {"quotes": quote_words, "events": event_words, "topics": partial(sentence_words, tables)}[table]
    key = {"quotes": "quote_id", "events": "event_id", "topics": "sentence_id"}[table]
    return [
        (shorten(f"{number}. {words(row)}", OPTION_CHARS, placeholder="…"), getattr(row, key))
        for number, row in enumerate(rows.itertuples(), start=1)
    ]


def quote_words(row: Any) -> str:
    return f"{speaker_value(row, 'speaker') or 'unknown'}: {row.text}"


def event_words(row: Any) -> str:
    """An event as the pages name it, with its type, which is what can be corrected."""
    name, type_name = act_name(row.root, row.mode), ROOT_NAMES[row.root]
    code = "" if name == type_name else f" ({type_name})"
    return f"{row.source_name} → {row.target_name}: {name}{code}, {row.status}"


def sentence_words(tables: Tables, row: Any) -> str:
    found = tables.topics[(tables.topics["article_id"] == row.article_id)]
    topics = found.loc[found["start_char"] == row.start_char, "topic"]
    return f"[{', '.join(topics) or 'no topic'}] {row.text}"


def fields_for(tables: Tables, table: str, identity: str) -> RowFields:
    """The controls for a row of a table."""
    return {
        "articles": date_fields,
        "quotes": speaker_fields,
        "events": event_fields,
        "topics": topic_fields,
    }[table](tables, identity)


def changes_of(*fields: tuple[str, str, str]) -> list[Change]:
    """The changes among fields given with their old and new values."""
    return [Change(field, old, new.strip()) for field, old, new in fields if old != new.strip()]


def date_fields(tables: Tables, identity: str) -> RowFields:
    row = article_index(tables)[identity]
    old = iso_day(row.published_date)
    day = text_field("Date", "YYYY-MM-DD; leave empty if unknown", old)
    return RowFields([day], lambda: changes_of(("published_date", old, day.value)))


def speaker_fields(tables: Tables, identity: str) -> RowFields:
    row = next(tables.quotes[tables.quotes["quote_id"] == identity].itertuples())
    old = speaker_value(row, "speaker")
    names = sorted(tables.quotes["speaker_name"].dropna().unique())
    who = name_field("Speaker", old, names)
    who.placeholder = "a name; leave empty if nobody is named"

    def changes() -> list[Change]:
        name = who.value.strip()
        found = speaker_named(name, row.article_id, tables.quotes)[SPEAKER_COLUMNS[1]] or ""
        return changes_of(("speaker", old, found))

    return RowFields([who], changes)


def event_fields(tables: Tables, identity: str) -> RowFields:
    row = next(tables.events[tables.events["event_id"] == identity].itertuples())
    old = {field: event_value(row, field) for field in ("source", "target", "root", "status")}
    actors = {*tables.events["source_name"], *tables.events["target_name"], *country_names().values()}
    sides = {side: name_field(label, old[side], sorted(actors)) for side, label in SIDES.items()}
    root = dropdown("Type", [(name, code) for code, name in ROOT_NAMES.items()])
    status = dropdown("Status", list(STATUSES))
    root.value, status.value = old["root"], old["status"]
    drop = ipywidgets.Checkbox(description="No such event: remove it (talks: for both sides)", indent=False)

    def changes() -> list[Change]:
        if drop.value:
            return [Change("drop", old["root"], NONE)]
        names = {
            side: participant_named(control.value.strip(), tables.events)["name"]
            for side, control in sides.items()
        }
        if names["source"] == names["target"]:
            raise ValueError(f"{names['source']} cannot act on itself, expected two different actors")
        new = {**names, "root": root.value, "status": status.value}
        return changes_of(*((field, old[field], new[field]) for field in old))

    return RowFields([*sides.values(), root, status, drop], changes)


def topic_fields(tables: Tables, identity: str) -> RowFields:
    article_id, start = identity.split(":")
    here = tables.topics[tables.topics["article_id"] == article_id]
    here = here[here["start_char"] == int(start)]
    listed = load_lexicon("topics/taxonomy")
    dimension = dropdown("Kind", list(DIMENSIONS))
    old, new = dropdown("Instead of", []), dropdown("Topic", [])

    def on_dimension(_: object = None) -> None:
        found = here.loc[here["dimension"] == dimension.value, "topic"].tolist()
        set_options(old, [*((topic, topic) for topic in found), ("none: add a topic", NONE)])
        known = listed.loc[listed["dimension"] == dimension.value, "topic"]
        set_options(new, [("none: remove it", NONE), *((topic, topic) for topic in known)])

    def changes() -> list[Change]:
        if new.value in here.loc[here["dimension"] == dimension.value, "topic"].tolist():
            raise ValueError(f"The sentence already has the {dimension.value} {new.value!r}.")
        return changes_of((dimension.value, old.value, new.value))

    dimension.observe(on_dimension, names="value")
    on_dimension()
    return RowFields([dimension, old, new], changes)


def evidence_of(tables: Tables, table: str, identity: str) -> View:
    """The words that a row was read from, marked, with their source."""
    articles = article_index(tables)
    if table == "articles":
        article = articles[identity]
        shown = f"{article.text[:600]} …"
        return view("workbench/evidence_line", pieces=pieces(shown, 0, []), source=source_of(article, 0, 0))
    if table == "quotes":
        row = next(tables.quotes[tables.quotes["quote_id"] == identity].itertuples())
        found = quote_pieces(articles[row.article_id].text, row)
    elif table == "events":
        rows = tables.events[tables.events["event_id"] == identity]
        row = next(rows.itertuples())
        found = event_rows(rows, tables)[0]["pieces"]
    else:
        row = next(tables.sentences[tables.sentences["sentence_id"] == identity].itertuples())
        words = tables.topics[tables.topics["article_id"] == row.article_id]
        words = matched_rows(words[words["start_char"] == row.start_char].head(1), tables)
        found = words[0]["pieces"] if words else pieces(row.text, row.start_char, [])
    source = source_of(articles[row.article_id], row.start_char, row.end_char)
    return view("workbench/evidence_line", pieces=found, source=source)
