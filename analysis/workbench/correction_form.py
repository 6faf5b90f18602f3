"""The analyst's desk, second part: overrule a speaker, a date, a topic or an event, without code."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from textwrap import shorten
from typing import Any, NamedTuple

import ipywidgets

from analysis.country_names import country_names
from analysis.indicators.country_events import act_name
from analysis.ingest.corrections_file import (
    COLUMNS,
    CORRECTIONS_FILE,
    iso_day,
    load_corrections,
    remove_correction,
    save_correction,
)
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
from analysis.views.corrections import decisions_view
from analysis.views.evidence import (
    article_index,
    event_rows,
    matched_rows,
    pieces,
    quote_pieces,
    source_of,
)
from analysis.views.render import View, view
from analysis.workbench.add_article_form import AGAIN, STYLE, WIDE, said, told
from analysis.workbench.explorers import show

KINDS = {"a date": "articles", "a speaker": "quotes", "an event": "events", "a topic": "topics"}
MOST_OPTIONS = 500  # of a list to choose from
OPTION_CHARS = 110
NONE = ""
KEY = ["table", "id", "field", "old", "new"]
SIDES = {"source": "Who acts", "target": "On whom"}


class Change(NamedTuple):
    """What a form would write: a field of a row, what is said there, and what shall hold."""

    field: str
    old: str
    new: str


class Form(NamedTuple):
    """The controls for one kind of row, and what they would write."""

    controls: list[ipywidgets.Widget]
    changes: Callable[[], list[Change]]


class CorrectingDesk(ipywidgets.VBox):
    """Choose an article and what of it is wrong, say what holds instead, save; or take a decision back."""

    def __init__(self, seeds: Path | str, tables: Tables) -> None:
        self.seeds, self.tables = Path(seeds), tables
        self.form: Form | None = None
        self.kind = dropdown("Correct", list(KINDS.items()))
        self.find = text("Find", "words of a title, or of a file's name")
        self.find.continuous_update = False
        self.article = dropdown("Article", article_options(tables, ""))
        self.row = dropdown("Which", [])
        self.note = text("Why", "what the text says, or how you know")
        self.maker = text("Your initials", "")
        self.save = ipywidgets.Button(
            description="Save correction", icon="save", button_style="primary", layout={"width": "12rem"}
        )
        self.evidence, self.pane, self.listing = (ipywidgets.Output() for _ in range(3))
        self.box = ipywidgets.VBox()
        self.chosen = dropdown("Correction", [])
        self.back = ipywidgets.Button(description="Take it back", icon="undo", layout={"width": "12rem"})
        super().__init__(self.laid_out())
        self.add_class("faultline-correct")
        self.find.observe(self.on_find, names="value")
        for control in (self.kind, self.article):
            control.observe(self.on_article, names="value")
        self.row.observe(self.on_row, names="value")
        self.save.on_click(self.on_save)
        self.back.on_click(self.on_back)
        self.on_article()
        self.list_decisions()

    def laid_out(self) -> list[ipywidgets.Widget]:
        """What is wrong, what holds instead, and below it what was decided so far."""
        choose = [self.kind, self.find, self.article, self.row, self.evidence]
        decide = [self.box, self.note, self.maker, self.save, self.pane]
        return [*choose, *decide, self.listing, self.chosen, self.back]

    def on_find(self, _: object = None) -> None:
        with told(self.pane):
            show(self.pane, None)
            offer(self.article, article_options(self.tables, self.find.value))

    def on_article(self, _: object = None) -> None:
        with told(self.evidence):
            offer(self.row, row_options(self.tables, self.kind.value, self.article.value))
            self.row.layout.display = "none" if self.kind.value == "articles" else None
            self.on_row()

    def on_row(self, _: object = None) -> None:
        """Show the words that a row was read from, and the controls that fit it."""
        with told(self.evidence):
            self.form, self.box.children = None, ()
            if self.row.value is None:
                none = "There is nothing of this kind in the article."
                unfound = "No article's title or file holds these words."
                show(self.evidence, said(none if self.article.value else unfound))
                return
            self.form = form_for(self.tables, self.kind.value, self.row.value)
            self.box.children = self.form.controls
            show(self.evidence, evidence_of(self.tables, self.kind.value, self.row.value))

    def on_save(self, _: object) -> None:
        with told(self.pane):
            changes = self.form.changes() if self.form else []
            if not changes:
                raise ValueError("Nothing was changed: say first what holds instead.")
            rest = {"note": self.note.value.strip(), "made_by": self.maker.value.strip()}
            for change in changes:
                row = {"table": self.kind.value, "id": self.row.value, **change._asdict(), **rest}
                old = said_at_first(self.tables, row)
                keep(self.seeds, {**row, "old": old, "made_on": f"{date.today()}"})
            show(self.pane, said(f"Saved in {self.seeds / CORRECTIONS_FILE}.", AGAIN))
            self.note.value = ""
            self.list_decisions()

    def list_decisions(self) -> None:
        """The corrections so far, and whether each holds, as far as the last run tells."""
        with told(self.listing):
            decisions = load_corrections(self.seeds)
            known = self.tables.corrections
            problems = dict(zip(map(tuple, known[KEY].values), known["problem"], strict=True))
            told_of = [problems.get(tuple(key), "") for key in decisions[KEY].values]
            show(self.listing, decisions_view(decisions.assign(problem=told_of), self.tables.articles))
            lines = [
                (shorten(f"line {one.line}: {one.field} {one.old} → {one.new}", OPTION_CHARS), one.line)
                for one in decisions.itertuples()
            ]
            offer(self.chosen, lines)
            self.back.disabled = decisions.empty

    def on_back(self, _: object) -> None:
        with told(self.pane):
            remove_correction(self.seeds, self.chosen.value)
            show(self.pane, said("Taken back.", AGAIN))
            self.list_decisions()


def keep(seeds: Path, decision: dict[str, str]) -> None:
    """Write a decision, or take the earlier one away where it gives back what the program said."""
    if decision["old"] != decision["new"]:
        save_correction(seeds, decision)
        return
    earlier = load_corrections(seeds)
    same = (earlier[["table", "id", "field", "old"]] == [decision[key] for key in COLUMNS[:4]]).all(axis=1)
    for line in sorted(earlier.loc[same, "line"], reverse=True):
        remove_correction(seeds, line)


def said_at_first(tables: Tables, row: dict[str, str]) -> str:
    """What the program itself said, where what is shown is an earlier correction that holds."""
    rows = tables.corrections[tables.corrections["problem"] == ""]
    field = "root" if row["field"] == "drop" else row["field"]  # an event is dropped by its type
    mine = rows[(rows[["table", "id", "field"]] == [row["table"], row["id"], field]).all(axis=1)]
    if row["table"] == "topics":
        mine = mine[(mine["new"] == row["old"]) & (mine["old"] != "")]
    return mine["old"].iloc[0] if len(mine) else row["old"]


def dropdown(label: str, options: list) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(options=options, description=label, style=STYLE, layout=WIDE)


def offer(control: ipywidgets.Dropdown, options: list) -> None:
    """New options, the first of them chosen: a list that was empty would choose none."""
    control.options = options
    if options and control.index is None:
        control.index = 0


def text(label: str, hint: str, value: str = "") -> ipywidgets.Text:
    return ipywidgets.Text(value=value, description=label, placeholder=hint, style=STYLE, layout=WIDE)


def named(label: str, value: str, names: list[str]) -> ipywidgets.Combobox:
    """A field for a name, with those that are known."""
    return ipywidgets.Combobox(
        value=value, options=names, ensure_option=False, description=label, style=STYLE, layout=WIDE
    )


def article_options(tables: Tables, words: str) -> list[tuple[str, str]]:
    """Articles whose title or file holds some words, the newest first."""
    rows = tables.articles.sort_values("published_date", ascending=False, kind="stable", na_position="last")
    sources = [(source_of(row, 0, 0), row) for row in rows.itertuples()]
    options = [
        (f"{number}. {shorten(source.title, OPTION_CHARS)} ({source.date})", row.article_id)
        for number, (source, row) in enumerate(sources, start=1)
        if words.strip().casefold() in f"{source.title} {row.path}".casefold()
    ]
    return options[:MOST_OPTIONS]


def row_options(tables: Tables, table: str, article_id: str | None) -> list[tuple[str, str]]:
    """The rows of an article that can be overruled, in the order of the text."""
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
    """What the pages call an act, and its type, which is what is corrected."""
    name, type_name = act_name(row.root, row.mode), ROOT_NAMES[row.root]
    typed = "" if name == type_name else f" ({type_name})"
    return f"{row.source_name} → {row.target_name}: {name}{typed}, {row.status}"


def sentence_words(tables: Tables, row: Any) -> str:
    found = tables.topics[(tables.topics["article_id"] == row.article_id)]
    topics = found.loc[found["start_char"] == row.start_char, "topic"]
    return f"[{', '.join(topics) or 'no topic'}] {row.text}"


def form_for(tables: Tables, table: str, identity: str) -> Form:
    """The controls that fit a row."""
    return {"articles": date_form, "quotes": speaker_form, "events": event_form, "topics": topic_form}[table](
        tables, identity
    )


def changed(*pairs: tuple[str, str, str]) -> list[Change]:
    return [Change(field, old, new.strip()) for field, old, new in pairs if old != new.strip()]


def date_form(tables: Tables, identity: str) -> Form:
    row = article_index(tables)[identity]
    old = iso_day(row.published_date)
    day = text("Date", "YYYY-MM-DD; empty: unknown", old)
    return Form([day], lambda: changed(("published_date", old, day.value)))


def speaker_form(tables: Tables, identity: str) -> Form:
    row = next(tables.quotes[tables.quotes["quote_id"] == identity].itertuples())
    old = speaker_value(row, "speaker")
    names = sorted(tables.quotes["speaker_name"].dropna().unique())
    who = named("Speaker", old, names)
    who.placeholder = "a name; empty: nobody is named"

    def changes() -> list[Change]:
        name = who.value.strip()
        found = speaker_named(name, row.article_id, tables.quotes)[SPEAKER_COLUMNS[1]] or ""
        return changed(("speaker", old, found))

    return Form([who], changes)


def event_form(tables: Tables, identity: str) -> Form:
    row = next(tables.events[tables.events["event_id"] == identity].itertuples())
    old = {field: event_value(row, field) for field in ("source", "target", "root", "status")}
    actors = {*tables.events["source_name"], *tables.events["target_name"], *country_names().values()}
    sides = {side: named(label, old[side], sorted(actors)) for side, label in SIDES.items()}
    root = dropdown("Type", [(name, code) for code, name in ROOT_NAMES.items()])
    status = dropdown("Status", list(STATUSES))
    root.value, status.value = old["root"], old["status"]
    drop = ipywidgets.Checkbox(
        description="There is no such event: drop it (talks: for both sides)", indent=False
    )

    def changes() -> list[Change]:
        if drop.value:
            return [Change("drop", old["root"], NONE)]
        names = {
            side: participant_named(control.value.strip(), tables.events)["name"]
            for side, control in sides.items()
        }
        if names["source"] == names["target"]:
            raise ValueError(f"{names['source']} cannot act on itself, expected two actors")
        new = {**names, "root": root.value, "status": status.value}
        return changed(*((field, old[field], new[field]) for field in old))

    return Form([*sides.values(), root, status, drop], changes)


def topic_form(tables: Tables, identity: str) -> Form:
    article_id, start = identity.split(":")
    here = tables.topics[tables.topics["article_id"] == article_id]
    here = here[here["start_char"] == int(start)]
    listed = load_lexicon("topics/taxonomy")
    dimension = dropdown("Kind", list(DIMENSIONS))
    old, new = dropdown("Instead of", []), dropdown("Topic", [])

    def on_dimension(_: object = None) -> None:
        found = here.loc[here["dimension"] == dimension.value, "topic"].tolist()
        offer(old, [*((topic, topic) for topic in found), ("nothing: add a topic", NONE)])
        known = listed.loc[listed["dimension"] == dimension.value, "topic"]
        offer(new, [("none: take it away", NONE), *((topic, topic) for topic in known)])

    def changes() -> list[Change]:
        if new.value in here.loc[here["dimension"] == dimension.value, "topic"].tolist():
            raise ValueError(f"The sentence has the {dimension.value} {new.value!r} already.")
        return changed((dimension.value, old.value, new.value))

    dimension.observe(on_dimension, names="value")
    on_dimension()
    return Form([dimension, old, new], changes)


def evidence_of(tables: Tables, table: str, identity: str) -> View:
    """The words that a row was read from, marked, and where they stand."""
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
