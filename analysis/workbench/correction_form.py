"""A form that corrects what was read, or adds what was missed, in a notebook without a line of code."""

import re
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

import ipywidgets
from pandas import DataFrame

from analysis.country_names import country_name, country_names
from analysis.indicators.country_events import act_name
from analysis.ingest.corrections_file import (
    ADD,
    CORRECTIONS_FILE,
    DROP,
    AddedEvent,
    article_id_of,
    article_value,
    checked_row,
    load_corrections,
    occurrences,
    remove_correction,
    save_correction,
)
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.apply_corrections import VALUE_COLUMNS
from analysis.pipeline.named_actors import country_code_named, participant_named, speaker_named
from analysis.schemas import DIMENSIONS, ROOT_NAMES, ROOTS, STATUSES
from analysis.tables.rows import rows_of
from analysis.views.corrections import correction_table_view, correction_words
from analysis.views.evidence import event_rows, matched_rows, pieces, quote_pieces, source_of
from analysis.views.render import View, view
from analysis.workbench.panes import (
    RUN_AGAIN,
    STYLE,
    WIDE,
    Panel,
    checkbox,
    dropdown,
    message,
    name_field,
    show,
    shown_mistakes,
    text_field,
)

KINDS: Final = {
    "an event": "events",
    "an event that was missed": "missed events",
    "a statement": "quotes",
    "a statement that was missed": "missed statements",
    "a topic": "topics",
    "the article: date, outlet, title": "articles",
}
TABLES: Final = {"missed events": "events", "missed statements": "quotes"}
SENTENCES: Final = ("topics", *TABLES)
"""Kinds of correction for which a sentence is chosen."""
FIELDS: Final = {
    "articles": ("published_date", "outlet", "title"),
    "quotes": ("speaker", "role", "country", DROP),
    "missed statements": ("speaker", "role", "country"),
    "events": ("source", "target", "root", "status", DROP),
    "missed events": ("source", "target", "root", "status", "is_joint", "words"),
}
KEYS: Final = {"quotes": "quote_id", "events": "event_id", "articles": "article_id"}
LABELS: Final = {
    "source": "Who acts",
    "target": "On whom",
    "root": "Type",
    "status": "Status",
    "words": "What is said",
}
QUOTED: Final = re.compile(r"[\"“](.+)[\"”]")
MAX_OPTIONS = 500  # of a list to choose from
OPTION_CHARS = 110
OPENING_CHARS = 600  # of an article that is corrected itself


class CorrectionForm(Panel):
    """Choose an article and a row or sentence in it, enter what is right and save; or take a correction back.

    Args:
        seeds: the folder of articles, with `corrections.csv`.
        tables: what was read of them, repeated rows included.
    """

    def __init__(self, seeds: Path | str, tables: Tables) -> None:
        self.seeds, self.tables = Path(seeds), tables
        self.fields: dict[str, ipywidgets.Widget] = {}
        rows = tables.articles.sort_values(
            "published_date", ascending=False, kind="stable", na_position="last"
        )
        self.articles = list(map(article_option, range(1, len(rows) + 1), rows_of(rows)))
        self.evidence, self.pane, self.listing = (ipywidgets.Output() for _ in range(3))
        self.kind = dropdown("Correct", list(KINDS.items()))
        self.kind.value = "events"
        self.find = text_field("Find article", "words of a title or a file name")
        self.article = dropdown("Article", [])
        self.find_row = text_field("Find in it", "words of the article")
        self.row = ipywidgets.Select(description="Which", rows=8, style=STYLE, layout=WIDE)
        self.field_box = ipywidgets.VBox()
        self.note = text_field("Why", "what the text says, or how you know")
        self.initials = text_field("Your initials", "who corrects this")
        self.save_button = ipywidgets.Button(
            description="Save correction", icon="save", button_style="primary", layout={"width": "12rem"}
        )
        self.correction = dropdown("Correction", [])
        self.undo_button = ipywidgets.Button(
            description="Take it back", icon="undo", layout={"width": "12rem"}
        )
        choosing = [self.kind, self.find, self.article, self.find_row, self.row, self.evidence]
        correcting = [self.field_box, self.note, self.initials, self.save_button, self.pane]
        super().__init__([*choosing, *correcting, self.listing, self.correction, self.undo_button])
        self.add_class("faultline-correct")
        acts = {
            self.kind: self.on_article,
            self.find: self.on_find,
            self.article: self.on_article,
            self.find_row: self.list_rows,
            self.row: self.on_row,
        }
        for control, act in acts.items():
            control.observe(self.reacting(act, self.evidence, shown_mistakes), names="value")
        self.save_button.on_click(self.reacting(self.on_save, self.pane, shown_mistakes))
        self.undo_button.on_click(self.reacting(self.on_undo, self.pane, shown_mistakes))
        self.reacting(self.on_find, self.evidence, shown_mistakes)()
        self.reacting(self.list_corrections, self.listing, shown_mistakes)()

    def on_find(self) -> None:
        """List the articles that are found; the chosen one stays if it is among them."""
        show(self.pane, None)
        wanted, before = self.find.value.strip().casefold(), self.article.value
        found = [(label, key) for label, key, searched in self.articles if wanted in searched][:MAX_OPTIONS]
        keys = [key for _, key in found]
        self.article.options = found
        self.article.value = before if before in keys else next(iter(keys), None)
        if self.article.value != before or before is None:
            self.on_article()

    def on_article(self) -> None:
        """List the rows of another article, or another kind of rows."""
        self.find_row.value = ""
        for control in (self.find_row, self.row):
            control.layout.display = "none" if self.kind.value == "articles" else None
        self.row.description = "Sentence" if self.kind.value in SENTENCES else "Which"
        self.row.options = ()
        self.list_rows()

    def list_rows(self) -> None:
        """List the rows with the words that are looked for; the chosen one stays if it is among them."""
        before, article_id = self.row.value, self.article.value
        self.row.options = row_options(self.tables, self.kind.value, article_id, self.find_row.value)
        keys = [key for _, key in self.row.options]
        if self.kind.value == "articles":
            before = article_id
        self.row.value = before if before in keys else None
        self.on_row()

    def on_row(self) -> None:
        """Show the words that a row was read from, and the fields that can be corrected."""
        self.fields, self.field_box.children = {}, ()
        if self.row.value is None:
            show(self.evidence, message(self.why_no_row()))
            return
        self.fields = row_fields(self.tables, self.kind.value, self.row.value)
        self.field_box.children = tuple(self.fields.values())
        show(self.evidence, evidence_view(self.tables, self.kind.value, self.row.value))

    def why_no_row(self) -> str:
        """Say why no row is chosen."""
        if self.row.options:
            return "Choose one in the list."
        if not self.article.value:
            return "No title or file name contains these words."
        if self.find_row.value.strip():
            return "Nothing of this kind in the article contains these words."
        return "The article has nothing of this kind."

    def on_save(self) -> None:
        """Save what was entered: all of it, or nothing if there is a mistake."""
        if self.row.value is None:
            raise ValueError("Nothing is chosen: first choose what to correct in the list.")
        rows = entered_corrections(self.tables, self.kind.value, self.row.value, self.fields)
        if not rows:
            raise ValueError("Nothing was changed: first enter what is right.")
        if not self.initials.value.strip():
            raise ValueError("Enter your initials first, so that colleagues know whom to ask.")
        who = {"note": self.note.value.strip(), "made_by": self.initials.value.strip()}
        made = [{**row, **who, "made_on": f"{date.today()}"} for row in rows]
        for row in made:
            checked_row(row, "the correction")  # all or none are saved
        is_new = [save_correction(self.seeds, row) for row in made]
        place = self.seeds / CORRECTIONS_FILE
        saved = f"Saved in {place}." if any(is_new) else "This correction was already saved."
        show(self.pane, message(saved, RUN_AGAIN))
        self.note.value = ""
        self.list_corrections()

    def list_corrections(self) -> None:
        """Show the corrections so far, each with how it fitted in the last run, the newest first."""
        corrections, content = load_corrections(self.seeds), ["table", "id", "field", "old", "new"]
        known = {tuple(row[content]): row for _, row in self.tables.corrections.iterrows()}
        rows = []
        for row in corrections.to_dict("records"):
            last = known.get(tuple(row[name] for name in content))
            is_known = not row["problem"] and last is not None
            rows.append({**row, **last[["standing", "problem"]]} if is_known else row)
        shown = DataFrame(rows, columns=corrections.columns)
        show(self.listing, correction_table_view(shown, self.tables.articles))
        self.saved = corrections.to_dict("records")
        lines = [(self.saved_words(row), number) for number, row in enumerate(self.saved)]
        self.correction.options = lines[::-1]
        self.correction.value = lines[-1][1] if lines else None
        self.undo_button.disabled = corrections.empty

    def saved_words(self, row: dict) -> str:
        """Put a saved correction in words, for the list of those that can be taken back."""
        article = self.tables.article_rows.get(article_id_of(row["id"]))
        where = article.title if article is not None and isinstance(article.title, str) else "an article"
        return shorten(f"line {row['line']}: {correction_words(row, where)}", OPTION_CHARS, placeholder="…")

    def on_undo(self) -> None:
        """Take the chosen correction back."""
        remove_correction(self.seeds, self.saved[self.correction.value])
        taken = "Taken back. An earlier correction of the same value counts again."
        show(self.pane, message(taken, RUN_AGAIN))
        self.list_corrections()


def article_option(number: int, row: Any) -> tuple[str, str, str]:
    """An article as its list names it, its id, and the words by which it is found."""
    source = source_of(row, 0, 0)
    label = f"{number}. {shorten(source.title, OPTION_CHARS)} ({source.date})"
    return label, row.article_id, f"{source.title} {row.path} {row.article_id}".casefold()


def row_options(tables: Tables, kind: str, article_id: str | None, words: str = "") -> list[tuple[str, str]]:
    """List the rows of an article that can be corrected, in the order of the text.

    Args:
        tables: a corpus.
        kind: one of `KINDS`.
        article_id: of the article; None: none is chosen.
        words: only rows with these words.
    """
    if article_id is None or kind == "articles":
        return [("the article itself", article_id)] if article_id else []
    rows = tables.sentences if kind in SENTENCES else getattr(tables, kind)
    found = []
    for number, row in enumerate(rows_of(rows[rows["article_id"] == article_id]), start=1):
        if kind == "quotes":
            text = f"{article_value(row.speaker_name) or 'unknown'}: {row.text}"
        elif kind == "events":  # as the pages name it, with its type, which is what can be corrected
            name, type_name = act_name(row.root, row.mode), ROOT_NAMES[row.root]
            code = "" if name == type_name else f" ({type_name})"
            text = f"{row.source_name} → {row.target_name}: {name}{code}, {row.status}"
        elif kind == "topics":
            topics = ", ".join(sentence_topics(tables, row)["topic"]) or "no topic"
            text = f"[{topics}] {row.text}"
        else:
            text = row.text
        if words.strip().casefold() in text.casefold():
            key = getattr(row, KEYS.get(kind, "sentence_id"))
            found.append((shorten(f"{number}. {text}", OPTION_CHARS, placeholder="…"), key))
    return found


def chosen_row(tables: Tables, kind: str, identity: str) -> Any:
    """The row of the table that was chosen."""
    name = "sentences" if kind in SENTENCES else kind
    table, key = getattr(tables, name), KEYS.get(kind, "sentence_id")
    return next(rows_of(table[table[key] == identity]))


def sentence_topics(tables: Tables, sentence: Any) -> DataFrame:
    """The topics of a sentence."""
    topics = tables.topics[tables.topics["article_id"] == sentence.article_id]
    return topics[topics["start_char"] == sentence.start_char]


def row_fields(tables: Tables, kind: str, identity: str) -> dict[str, ipywidgets.Widget]:
    """The fields of a row by name, filled with what was read; those of a missed row are empty."""
    row = chosen_row(tables, kind, identity)
    if kind == "topics":
        return topic_fields(sentence_topics(tables, row))
    actors = {*tables.events["source_name"], *tables.events["target_name"], *country_names().values()}
    speakers = tables.quotes["speaker_name"].dropna().unique()
    removing = {"events": "No such event: remove it (talks: for both sides)"}
    make = {
        "published_date": lambda: text_field("Date", "YYYY-MM-DD; leave empty if unknown"),
        "outlet": lambda: text_field("Outlet", "newspaper, agency or site; leave empty if unknown"),
        "title": lambda: text_field("Title", "the headline"),
        "speaker": lambda: name_field("Speaker", speakers, "a name; leave empty if nobody is named"),
        "role": lambda: text_field("Their role", "such as foreign minister; leave empty if unknown"),
        "country": lambda: name_field("Their country", country_names().values()),
        "source": lambda: name_field(LABELS["source"], actors),
        "target": lambda: name_field(LABELS["target"], actors),
        "root": lambda: coded_field("root", ROOT_NAMES),
        "status": lambda: coded_field("status", {one: one for one in STATUSES}),
        "is_joint": lambda: checkbox("Both sides act (talks, an agreement, an exchange of fire)"),
        "words": lambda: text_field("In the words", "of the sentence; leave empty for the whole sentence"),
        DROP: lambda: checkbox(removing.get(kind, "No such statement: remove it")),
    }
    fields = {name: make[name]() for name in FIELDS[kind]}
    for name, old in read_values(row, kind).items():
        fields[name].value = country_name(old) if name == "country" and old else old
    if kind == "missed statements":
        quoted = QUOTED.search(row.text)
        look = {"description": LABELS["words"], "style": STYLE, "layout": WIDE}
        words = quoted[1] if quoted else row.text
        fields = {"words": ipywidgets.Textarea(value=words, rows=3, **look), **fields}
    return fields


def coded_field(name: str, codes: dict[str, str]) -> ipywidgets.Dropdown:
    """The types or statuses of events in plain words, with what each covers."""
    rows = load_lexicon("events/codebook_words", allowed={"code": (*ROOTS, *STATUSES)})
    gloss = dict(zip(rows["code"], rows["gloss"], strict=True))
    return dropdown(LABELS[name], [(f"{words}: {gloss[code]}", code) for code, words in codes.items()])


def topic_fields(found: DataFrame) -> dict[str, ipywidgets.Widget]:
    """A topic of a sentence, and what should be in its place; each with its dimension."""
    old = [(f"{row.dimension}: {row.topic}", (row.dimension, row.topic)) for row in rows_of(found)]
    old += [(f"none: add a {dimension}", (dimension, "")) for dimension in DIMENSIONS]
    listed = load_lexicon("topics/taxonomy")
    new = [(f"{row.dimension}: {row.topic}", (row.dimension, row.topic)) for row in rows_of(listed)]
    return {
        "old": dropdown("Instead of", old),
        "new": dropdown("Topic", [("none: remove it", ("", "")), *new]),
    }


def read_values(row: Any, kind: str) -> dict[str, str]:
    """What the program read, by field, as corrections write it; nothing for what was missed."""
    columns = VALUE_COLUMNS.get(kind, {})
    return {name: article_value(getattr(row, columns[name])) for name in columns if name != DROP}


def entered_corrections(
    tables: Tables, kind: str, identity: str, fields: dict[str, ipywidgets.Widget]
) -> list[dict[str, str]]:
    """Rows of `corrections.csv` for what was entered, without who, when and why.

    Raises:
        ValueError: something is missing, or a name is not known.
    """
    row = chosen_row(tables, kind, identity)
    words = "" if kind == "articles" else " ".join(passage_of(tables, row).split())[:OPTION_CHARS]
    made = {"table": TABLES.get(kind, kind), "id": identity, "words": words}
    if kind == "topics":
        return [{**made, **topic_change(fields, sentence_topics(tables, row)["topic"].tolist())}]
    old = read_values(row, kind)
    if DROP in fields and fields[DROP].value:
        return [{**made, "field": DROP, "old": old["root" if kind == "events" else "speaker"], "new": ""}]
    new = known_values(tables, row.article_id, kind, fields)
    added = []
    if kind in TABLES:
        made |= place_in(tables, row, new.pop("words") or row.text)
        what = AddedEvent(**new).words if kind == "missed events" else new["speaker"]
        added.append({**made, "field": ADD, "old": "", "new": what})
        old = {} if kind == "missed events" else {"speaker": new["speaker"], "role": "", "country": ""}
    if "speaker" in old and (added or new["speaker"] != old["speaker"]):
        # What was left as it is describes the speaker before; of the new one this is known.
        person = speaker_named(new["speaker"], row.article_id, tables.quotes)
        known = {"role": person["role"] or "", "country": person["country_code"] or ""}
        new |= {name: known[name] for name in known if new[name] == old[name]}
        old |= known
    changed = [name for name in old if old[name] != new[name]]
    return [*added, *({**made, "field": name, "old": old[name], "new": new[name]} for name in changed)]


def known_values(
    tables: Tables, article_id: str, kind: str, fields: dict[str, ipywidgets.Widget]
) -> dict[str, Any]:
    """What was entered, with names as the program knows them, and countries by their codes.

    Raises:
        ValueError: a field of a missed event or statement is empty, or a name is not known.
    """
    new = {name: one.value for name, one in fields.items() if name != DROP}
    new |= {name: value.strip() for name, value in new.items() if isinstance(value, str)}
    required = {"missed events": ("source", "target", "root", "status"), "missed statements": ("words",)}
    for name in required.get(kind, ()):
        if not new[name]:
            raise ValueError(f"“{LABELS[name]}” is empty: fill it in.")
    if "source" in new:
        new |= {side: participant_named(new[side], tables.events)["name"] for side in ("source", "target")}
        if new["source"] == new["target"]:
            raise ValueError(f"{new['source']} cannot act on itself, expected two different actors")
    if "speaker" in new:
        new["speaker"] = speaker_named(new["speaker"], article_id, tables.quotes)["speaker_name"] or ""
        new["country"] = country_code_named(new["country"])
        if kind == "missed statements" and not new["speaker"] and (new["role"] or new["country"]):
            raise ValueError("A role or a country needs a speaker: name the speaker too.")
    return new


def topic_change(fields: dict[str, ipywidgets.Widget], found: list[str]) -> dict[str, str]:
    """The change of a topic that was entered.

    Raises:
        ValueError: nothing is chosen, or the topic is there already or of the other kind.
    """
    if fields["old"].value is None or fields["new"].value is None:
        raise ValueError("Nothing was changed: choose what to replace, and the topic in its place.")
    (dimension, old), (kind, new) = fields["old"].value, fields["new"].value
    if new in found:
        raise ValueError(f"The sentence already has the {dimension} {new!r}.")
    if kind not in ("", dimension):
        raise ValueError(f"{new!r} is a {kind}, expected a {dimension}.")
    if old == new:
        raise ValueError("Nothing was changed: first enter what is right.")
    return {"field": dimension, "old": old, "new": new}


def place_in(tables: Tables, sentence: Any, words: str) -> dict[str, str]:
    """The place of words in a sentence, as the id of an addition, and the words as they are there.

    Raises:
        ValueError: the sentence does not have the words.
    """
    text = tables.article_rows[sentence.article_id].text
    found = [span for span in occurrences(words, text) if span[0] >= sentence.start_char]
    if not found or found[0][0] >= sentence.end_char:
        raise ValueError(f"The sentence does not contain “{words}”: copy the words from it.")
    start, end = found[0]
    return {"id": f"{sentence.article_id}:{start}:{end}", "words": " ".join(text[start:end].split())}


def passage_of(tables: Tables, row: Any) -> str:
    """The words that a row was read from."""
    return tables.article_rows[row.article_id].text[row.start_char : row.end_char]


def evidence_view(tables: Tables, kind: str, identity: str) -> View:
    """Show the words that a row was read from, marked, with their source and the row's id."""
    row = chosen_row(tables, kind, identity)
    article = tables.article_rows[row.article_id]
    place = (row.start_char, row.end_char) if kind != "articles" else (0, 0)
    if kind == "articles":
        found = pieces(f"{article.text[:OPENING_CHARS]} …", 0, [])
    elif kind == "quotes":
        found = quote_pieces(article.text, row)
    elif kind == "events":
        found = event_rows(tables.events[tables.events["event_id"] == identity], tables)[0]["pieces"]
    elif kind == "topics":
        marked = matched_rows(sentence_topics(tables, row).head(1), tables)
        found = marked[0]["pieces"] if marked else pieces(row.text, row.start_char, [])
    else:
        found = pieces(row.text, row.start_char, [(*place, "content")])
    source = source_of(article, *place)
    return view("workbench/evidence_line", pieces=found, source=source, identity=identity)
