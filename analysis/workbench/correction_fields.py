"""What can be corrected in an article: rows to choose from, their evidence, and the fields of each kind."""

from collections.abc import Callable
from functools import partial
from textwrap import shorten
from typing import Any, NamedTuple

import ipywidgets

from analysis.country_names import country_name, country_names
from analysis.indicators.country_events import act_name
from analysis.ingest.correction_rules import DROP
from analysis.ingest.corrections_file import iso_day
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.corrected_events import event_value
from analysis.pipeline.corrected_quotes import OF_SPEAKER, quote_value
from analysis.pipeline.named_actors import country_code_named, participant_named, speaker_named
from analysis.schemas import DIMENSIONS, ROOT_NAMES, ROOTS, STATUSES
from analysis.tables.rows import rows_of
from analysis.views.evidence import (
    article_index,
    event_rows,
    matched_rows,
    pieces,
    quote_pieces,
    source_of,
)
from analysis.views.render import View, view
from analysis.workbench.form_fields import checkbox, dropdown, name_field, set_options, text_field

MOST_OPTIONS = 500  # of a list to choose from
OPTION_CHARS = 110
NONE = ""
SIDES = {"source": "Who acts", "target": "On whom"}
OPENING_CHARS = 600  # of an article that is corrected itself
SENTENCES = ("topics", "missed events", "missed statements")
"""Kinds of correction for which a sentence is chosen."""


class Change(NamedTuple):
    """A field of a row, the value it has, and the value it should have."""

    field: str
    old: str
    new: str
    id: str = ""  # of the row, where it is not the one that was chosen
    words: str = ""  # of an added row


class RowFields(NamedTuple):
    """The controls for one row, and a function that gives the changes entered there."""

    controls: list[ipywidgets.Widget]
    changes: Callable[[], list[Change]]


class ArticleOption(NamedTuple):
    """An article to choose, and the words by which it is found."""

    label: str
    article_id: str
    searched: str


def article_options(tables: Tables) -> list[ArticleOption]:
    """Every article, the newest first."""
    rows = tables.articles.sort_values("published_date", ascending=False, kind="stable", na_position="last")
    sources = [(source_of(row, 0, 0), row) for row in rows_of(rows)]
    return [
        ArticleOption(
            f"{number}. {shorten(source.title, OPTION_CHARS)} ({source.date})",
            row.article_id,
            f"{source.title} {row.path} {row.article_id}".casefold(),
        )
        for number, (source, row) in enumerate(sources, start=1)
    ]


def matching(options: list[ArticleOption], words: str) -> list[tuple[str, str]]:
    """The first articles with some words in their title, file name or id."""
    wanted = words.strip().casefold()
    found = [(one.label, one.article_id) for one in options if wanted in one.searched]
    return found[:MOST_OPTIONS]


def row_options(tables: Tables, kind: str, article_id: str | None, words: str = "") -> list[tuple[str, str]]:
    """The rows of an article that can be corrected, in the order of the text.

    Args:
        tables: a corpus.
        kind: a table, or "missed events" or "missed statements", for which a sentence is chosen.
        article_id: of the article; None: none is chosen.
        words: only rows with these words.
    """
    if article_id is None:
        return []
    if kind == "articles":
        return [("the article itself", article_id)]
    is_sentence = kind in SENTENCES
    rows = tables.sentences if is_sentence else getattr(tables, kind)
    rows = rows[rows["article_id"] == article_id]
    described = {"quotes": quote_words, "events": event_words, "topics": partial(sentence_words, tables)}
    describe = described.get(kind, lambda row: row.text)
    key = "sentence_id" if is_sentence else {"quotes": "quote_id", "events": "event_id"}[kind]
    listed = ((describe(row), row) for row in rows_of(rows))
    return [
        (shorten(f"{number}. {text}", OPTION_CHARS, placeholder="…"), getattr(row, key))
        for number, (text, row) in enumerate(listed, start=1)
        if words.strip().casefold() in text.casefold()
    ]


def quote_words(row: Any) -> str:
    return f"{quote_value(row, 'speaker') or 'unknown'}: {row.text}"


def event_words(row: Any) -> str:
    """An event as the pages name it, with its type, which is what can be corrected."""
    name, type_name = act_name(row.root, row.mode), ROOT_NAMES[row.root]
    code = "" if name == type_name else f" ({type_name})"
    return f"{row.source_name} → {row.target_name}: {name}{code}, {row.status}"


def sentence_words(tables: Tables, row: Any) -> str:
    found = tables.topics[(tables.topics["article_id"] == row.article_id)]
    topics = found.loc[found["start_char"] == row.start_char, "topic"]
    return f"[{', '.join(topics) or 'no topic'}] {row.text}"


def glosses() -> dict[str, str]:
    """What each type and status of an event covers, in a few words."""
    rows = load_lexicon("events/codebook_words", allowed={"code": (*ROOTS, *STATUSES)})
    return dict(zip(rows["code"], rows["gloss"], strict=True))


def type_field() -> ipywidgets.Dropdown:
    """The types of events in plain words."""
    return dropdown("Type", [(f"{name}: {glosses()[code]}", code) for code, name in ROOT_NAMES.items()])


def status_field() -> ipywidgets.Dropdown:
    return dropdown("Status", [(f"{status}: {glosses()[status]}", status) for status in STATUSES])


def actor_field(tables: Tables, label: str, value: str = "") -> ipywidgets.Combobox:
    """A field for who acts or is acted on."""
    actors = {*tables.events["source_name"], *tables.events["target_name"], *country_names().values()}
    return name_field(label, value, sorted(actors))


def speaker_field(tables: Tables, value: str = "") -> ipywidgets.Combobox:
    """A field for who speaks."""
    who = name_field("Speaker", value, sorted(tables.quotes["speaker_name"].dropna().unique()))
    who.placeholder = "a name; leave empty if nobody is named"
    return who


def description_fields(role: str = "", country: str = "") -> dict[str, ipywidgets.Widget]:
    """Fields for the role and the country of a speaker."""
    return {
        "role": text_field("Their role", "such as foreign minister; leave empty if unknown", role),
        "country": name_field(
            "Their country", country and country_name(country), sorted(country_names().values())
        ),
    }


def changes_of(*fields: tuple[str, str, str]) -> list[Change]:
    """The changes among fields given with their old and new values."""
    return [Change(field, old, new.strip()) for field, old, new in fields if old != new.strip()]


def article_fields(tables: Tables, identity: str) -> RowFields:
    row = article_index(tables)[identity]
    old = {
        "published_date": iso_day(row.published_date),
        "outlet": row.outlet if isinstance(row.outlet, str) else "",
        "title": row.title if isinstance(row.title, str) else "",
    }
    controls = {
        "published_date": text_field("Date", "YYYY-MM-DD; leave empty if unknown", old["published_date"]),
        "outlet": text_field("Outlet", "newspaper, agency or site; leave empty if unknown", old["outlet"]),
        "title": text_field("Title", "the headline", old["title"]),
    }
    return RowFields(
        list(controls.values()),
        lambda: changes_of(*((name, old[name], one.value) for name, one in controls.items())),
    )


def statement_fields(tables: Tables, identity: str) -> RowFields:
    row = next(rows_of(tables.quotes[tables.quotes["quote_id"] == identity]))
    old = {field: quote_value(row, field) for field in ("speaker", *OF_SPEAKER)}
    who = speaker_field(tables, old["speaker"])
    described = description_fields(old["role"], old["country"])
    drop = checkbox("No such statement: remove it")

    def changes() -> list[Change]:
        if drop.value:
            return [Change(DROP, old["speaker"], NONE)]
        person = speaker_named(who.value.strip(), row.article_id, tables.quotes)
        other = changes_of(("speaker", old["speaker"], person["speaker_name"] or ""))
        before = {"role": person["role"], "country": person["country_code"]} if other else old
        typed = {name: one.value.strip() for name, one in described.items()}
        if other:  # what is left as it was described the person before
            shown = {"role": old["role"], "country": old["country"] and country_name(old["country"])}
            typed = {name: value for name, value in typed.items() if value != shown[name]}
        return [*other, *description_changes(before, typed)]

    return RowFields([who, *described.values(), drop], changes)


def description_changes(
    before: dict[str, str | None], typed: dict[str, str], place: str = ""
) -> list[Change]:
    """The changes of a speaker's role and country.

    Args:
        before: what each is known to be.
        typed: what each should be; a country by any of its names.
        place: of an added statement.

    Raises:
        ValueError: no country has the name.
    """
    wanted = {name: country_code_named(one) if name == "country" else one for name, one in typed.items()}
    return [
        Change(name, before[name] or "", value, place)
        for name, value in wanted.items()
        if value != (before[name] or "")
    ]


def event_fields(tables: Tables, identity: str) -> RowFields:
    row = next(rows_of(tables.events[tables.events["event_id"] == identity]))
    old = {field: event_value(row, field) for field in ("source", "target", "root", "status")}
    sides = {side: actor_field(tables, label, old[side]) for side, label in SIDES.items()}
    root, status = type_field(), status_field()
    root.value, status.value = old["root"], old["status"]
    drop = checkbox("No such event: remove it (talks: for both sides)")

    def changes() -> list[Change]:
        if drop.value:
            return [Change(DROP, old["root"], NONE)]
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


def sentence_of(tables: Tables, identity: str) -> Any:
    """The row of a sentence."""
    return next(rows_of(tables.sentences[tables.sentences["sentence_id"] == identity]))


def evidence_of(tables: Tables, kind: str, identity: str) -> View:
    """The words that a row was read from, marked, with their source and the row's id."""
    articles = article_index(tables)
    if kind == "articles":
        article = articles[identity]
        shown = pieces(f"{article.text[:OPENING_CHARS]} …", 0, [])
        return evidence_line(shown, source_of(article, 0, 0), identity)
    if kind == "quotes":
        row = next(rows_of(tables.quotes[tables.quotes["quote_id"] == identity]))
        found = quote_pieces(articles[row.article_id].text, row)
    elif kind == "events":
        rows = tables.events[tables.events["event_id"] == identity]
        row = next(rows_of(rows))
        found = event_rows(rows, tables)[0]["pieces"]
    else:
        row = sentence_of(tables, identity)
        found = marked_topics(tables, row) if kind == "topics" else whole_sentence(row)
    return evidence_line(found, source_of(articles[row.article_id], row.start_char, row.end_char), identity)


def evidence_line(found: list, source: object, identity: str) -> View:
    return view("workbench/evidence_line", pieces=found, source=source, identity=identity)


def marked_topics(tables: Tables, sentence: Any) -> list:
    """A sentence, with the words marked that decided its first topic."""
    words = tables.topics[tables.topics["article_id"] == sentence.article_id]
    words = matched_rows(words[words["start_char"] == sentence.start_char].head(1), tables)
    return words[0]["pieces"] if words else pieces(sentence.text, sentence.start_char, [])


def whole_sentence(sentence: Any) -> list:
    """A sentence, marked from its first to its last character."""
    span = (sentence.start_char, sentence.end_char, "content")
    return pieces(sentence.text, sentence.start_char, [span])


def words_at(tables: Tables, kind: str, identity: str) -> str:
    """The beginning of the words that a row is about, for the file."""
    if kind == "articles":
        return ""
    if kind == "quotes":
        text = tables.quotes.loc[tables.quotes["quote_id"] == identity, "text"].iloc[0]
    elif kind == "events":
        row = next(rows_of(tables.events[tables.events["event_id"] == identity]))
        text = article_index(tables)[row.article_id].text[row.start_char : row.end_char]
    else:
        text = sentence_of(tables, identity).text
    return " ".join(text.split())[:OPTION_CHARS]
