"""Correct what was read where it is read: in a sentence that is chosen in an explorer, or in any article.

An article is shown with what was found in its chosen sentence, each with the buttons *wrong* and *not there*,
and with buttons for what is *missing here*. Nothing is filled in where an analyst has to choose.
"""

import re
from datetime import date
from textwrap import shorten
from typing import Any, Final, NamedTuple

import ipywidgets

from analysis.country_names import country_name, country_names
from analysis.ingest.corrections_file import (
    ADD,
    CORRECTIONS_FILE,
    DROP,
    AddedEvent,
    article_id_of,
    cell_text,
    checked_row,
    correction_name,
    correction_table,
    occurrences,
    remove_correction,
    save_correction,
)
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.typed_names import (
    VALUE_COLUMNS,
    country_code_named,
    participant_named,
    speaker_named,
)
from analysis.schemas import CONFIRMED, ROOT_NAMES, ROOTS, STATUSES
from analysis.tables.rows import Row, rows_of
from analysis.views.corrections import shown_correction
from analysis.views.render import View, view
from analysis.workbench.panes import (
    LiveHtml,
    OpenCorpus,
    Panel,
    field,
    is_for_readers,
    note_view,
    show,
)
from analysis.workbench.reading_pane import Evidence, finding, reading_view, rows_between, rows_in

WRONG, GONE, MISSING = "wrong", "not there", "missing here"
MISSING_KINDS: Final = [("an event", "events"), ("a statement", "quotes"), ("a theme or theatre", "topics")]
FIELDS: Final = {
    (WRONG, "articles"): ("published_date", "outlet", "title"),
    (WRONG, "quotes"): ("speaker", "role", "country"),
    (WRONG, "events"): ("source", "target", "root", "status"),
    (WRONG, "topics"): ("topic",),
    (MISSING, "quotes"): ("words", "speaker"),
    (MISSING, "events"): ("source", "target", "root", "status", "is_joint", "words"),
    (MISSING, "topics"): ("topic",),
}
"""What can be entered, by what is the matter and the table."""
REQUIRED: Final = {
    "source": "Who acts",
    "target": "On whom",
    "root": "Type",
    "status": "Status",
    "topic": "Topic",
    "initials": "Your initials, so that colleagues know whom to ask",
}
"""The fields that must not be empty, and what each is called."""
CHANGED: Final = ("sentences", "quotes", "stances", "events", "topics")  # tables; `check_effect` tries them
KEYS: Final = {"quotes": "quote_id", "events": "event_id", "articles": "article_id"}
QUOTED: Final = re.compile(r"[\"“](.+)[\"”]")
FOLLOWS: Final = (
    "Everything in this notebook shows it by now; others that are open do so when you go back to them."
)
MAX_PASSAGE_CHARS = 110  # of a passage, by which people find it in the file


class Act(NamedTuple):
    """What is the matter, and with what."""

    what: str  # WRONG, GONE or MISSING
    table: str  # "articles", "quotes", "events" or "topics"
    identity: str  # of the row; of a sentence for what is missing; of a topic with its dimension and name


class ReadingPane(Panel):
    """An article to read, what was found in its chosen sentence, and buttons that correct it.

    Readers of the dashboard have no buttons.

    Args:
        corpus: where the article is, and where corrections are saved.
    """

    def __init__(self, corpus: OpenCorpus) -> None:
        self.corpus = corpus
        self.piece: Evidence | None = None  # whose article is open
        self.place: tuple[str, int] | None = None  # article and first character of the chosen sentence
        self.act: Act | None = None
        self.fields: dict[str, ipywidgets.Widget] = {}
        self.found, self.article = LiveHtml(), LiveHtml()
        self.field_box = ipywidgets.VBox()
        self.note = field(ipywidgets.Text, "Why", placeholder="what the text says, or how you know")
        self.initials = field(ipywidgets.Text, "Your initials", placeholder="who corrects this")
        self.save = ipywidgets.Button(description="Save correction", icon="save", button_style="primary")
        self.cancel = ipywidgets.Button(description="Cancel")
        self.form = ipywidgets.VBox(
            [self.field_box, self.note, self.initials, ipywidgets.HBox([self.save, self.cancel])]
        )
        sentence = ipywidgets.VBox([self.found, self.form, self.pane])
        sentence.add_class("faultline-sentence")
        self.article.add_class("faultline-reading")
        super().__init__([sentence, self.article])
        self.article.observe(self.reacting(self.on_sentence), names="chosen")
        self.found.observe(self.reacting(self.press), names="pressed")
        self.save.on_click(self.reacting(self.on_save))
        self.cancel.on_click(self.reacting(self.put_away))
        self.follow(self.draw)
        self.put_away()

    def show_piece(self, piece: Evidence | None, *, is_by_hand: bool = False) -> None:
        """Show the article of a piece of evidence, and what was found in its sentence; None shows nothing.

        Args:
            piece: the evidence; an empty one chooses no sentence.
            is_by_hand: scroll the page to it.
        """
        self.piece = piece
        if piece is not None:
            sentence = sentence_at(self.corpus.as_read, piece[:2]) if piece.end > piece.start else (-1, -1)
            self.read((piece.article_id, sentence[0] if sentence else piece.start))
        self.draw()
        if is_by_hand:
            self.article.send({"do": "come into view"})

    def read(self, place: tuple[str, int]) -> None:
        """Show what was found in the sentence at a place; what is entered for another one is dropped."""
        if self.place != place:
            self.place = place
            self.put_away()

    def on_sentence(self) -> None:
        """Show what was found in the sentence that was chosen in the article."""
        if self.article.chosen and self.piece:
            self.read((self.piece.article_id, int(self.article.chosen[0])))

    def put_away(self) -> None:
        """Hide the fields."""
        self.act, self.fields, self.field_box.children = None, {}, ()
        self.form.layout.display = "none"
        self.pane.outputs = ()
        self.draw()

    def draw(self) -> None:
        """Show the article, and list what was found in the sentence."""
        tables = self.corpus.as_read
        is_there = self.piece is not None and self.piece.article_id in tables.article_rows
        with self.acting():
            self.found.show(sentence_view(self.corpus, self.place, self.act) if is_there else View(""))
            chosen = [str(self.place[1])] if is_there and self.place[1] >= 0 else []
            shown = reading_view(tables, self.piece) if is_there else View("")
            self.article.show(shown, chosen=chosen)

    def press(self) -> None:
        """Show the fields for the button that was pressed, or take a correction back."""
        key, self.found.pressed = self.found.pressed, ""
        if not key or is_for_readers():
            return
        self.put_away()
        act = Act(*key.split("|", 2))
        if act.what == "take back":
            remove_correction(self.corpus.seeds, act.identity)
            self.corpus.catch_up()
            lines = ["An earlier correction of the same value counts again.", FOLLOWS]
            show(self.pane, note_view(lines, head="Taken back."))
            return
        self.act, self.form.layout.display = act, None
        self.fields = act_fields(self.corpus.as_read, act)
        self.filled = {name: one.value for name, one in self.fields.items()}
        self.field_box.children = tuple(self.fields.values())
        self.draw()

    def on_save(self) -> None:
        """Save what was entered: all of it, or nothing if there is a mistake."""
        values = {name: one.value for name, one in self.fields.items()}
        values |= {name: value.strip() for name, value in values.items() if isinstance(value, str)}
        who = {"note": self.note.value.strip(), "made_by": self.initials.value.strip()}
        entered = {**values, "initials": who["made_by"]}
        if empty := [label for name, label in REQUIRED.items() if not entered.get(name, "none")]:
            raise ValueError(f"Not saved yet. Still to fill in: {'; '.join(empty)}.")
        rows = entered_corrections(self.corpus.as_read, self.act, values, self.filled)
        if not rows:
            raise ValueError("Nothing was changed: first enter what is right.")
        made = [{**row, **who, "made_on": f"{date.today()}"} for row in rows]
        made = [checked_row(row) for row in made]  # all or none are saved
        check_effect(self.corpus.as_read, made)
        is_new = [save_correction(self.corpus.seeds, row) for row in made]
        self.note.value = ""
        self.put_away()
        self.corpus.catch_up()
        saved = f"Saved in {self.corpus.seeds / CORRECTIONS_FILE}."
        saved = saved if any(is_new) else "This correction was already saved."
        show(self.pane, note_view([FOLLOWS], head=saved))


def sentence_view(corpus: OpenCorpus, place: tuple[str, int], act: Act | None) -> View:
    """What was found in a sentence, with the buttons that correct it, and the corrections of its article."""
    tables, article_id = corpus.as_read, place[0]
    own = tables.corrections[tables.corrections["id"].str.startswith(article_id)][::-1]  # the newest first
    named = own.assign(name=[correction_name(row) for row in own.to_dict("records")])
    article, sentence, rows = tables.article_rows[article_id], sentence_at(tables, place), []
    for table, row in rows_between(tables, article_id, *sentence) if sentence else ():
        if table == "topics":
            identity = f"{article_id}:{row.start_char}|{row.dimension}|{row.topic}"
        else:
            identity = getattr(row, KEYS[table])
        rows.append({"words": finding(tables, row, table)[1], "key": f"{table}|{identity}"})
    return view(
        "workbench/sentence",
        text=article.text[slice(*sentence)] if sentence else "",
        missing=[(words, f"{MISSING}|{table}|{article_id}:{sentence[0]}") for words, table in MISSING_KINDS]
        if sentence
        else [],
        rows=rows,
        article=article_id,
        corrections=[shown_correction(row, article) for row in rows_of(named)],
        pressed="|".join(act) if act else "",
        may_correct=not is_for_readers(),
    )


def sentence_at(tables: Tables, place: tuple[str, int]) -> tuple[int, int] | None:
    """The first and last character of the sentence at a place; None if there is none."""
    article_id, start = place
    own = rows_in(tables.sentences, article_id)
    own = own[(own["start_char"] <= start) & (start < own["end_char"])]
    return next(((row.start_char, row.end_char) for row in rows_of(own)), None)


def row_of(tables: Tables, table: str, identity: str) -> Row:
    """The row with an id.

    Raises:
        ValueError: there is none, since somebody corrected it meanwhile.
    """
    rows = getattr(tables, table)
    found = next(rows_of(rows[(rows[KEYS[table]] == identity).to_numpy()]), None)
    if found is None:
        raise ValueError("This is no longer there: somebody corrected it meanwhile.")
    return found


def act_fields(tables: Tables, act: Act) -> dict[str, ipywidgets.Widget]:
    """The fields for what is the matter, by name: filled with what was read, or empty for what is missing."""
    countries = set(country_names().values())
    actors = sorted(countries | {*tables.events["source_name"], *tables.events["target_name"]})
    speakers = sorted(countries | set(tables.quotes["speaker_name"].dropna()))
    words = load_lexicon("workbench/codebook_words", allowed={"code": (*ROOTS, *STATUSES)})
    gloss = dict(zip(words["code"], words["gloss"], strict=True))
    types = [(f"{name}: {gloss[code]}", code) for code, name in ROOT_NAMES.items()]
    topics = [
        (f"{row.dimension}: {row.topic}", (row.dimension, row.topic))
        for row in rows_of(load_lexicon("topics/taxonomy"))
        if act.what == MISSING or f"|{row.dimension}|" in act.identity
    ]
    text, choice, name = ipywidgets.Text, ipywidgets.Dropdown, ipywidgets.Combobox
    kinds: dict[str, tuple[type[ipywidgets.Widget], str, dict[str, Any]]] = {
        "published_date": (text, "Date", {"placeholder": "YYYY-MM-DD; leave empty if unknown"}),
        "outlet": (text, "Outlet", {"placeholder": "newspaper, agency or site; leave empty if unknown"}),
        "title": (text, "Title", {"placeholder": "the headline"}),
        "speaker": (
            name,
            "Speaker",
            {"options": speakers, "placeholder": "a name; leave empty if nobody is named"},
        ),
        "role": (text, "Their role", {"placeholder": "such as foreign minister; leave empty if unknown"}),
        "country": (name, "Their country", {"options": sorted(countries)}),
        "source": (name, REQUIRED["source"], {"options": actors}),
        "target": (name, REQUIRED["target"], {"options": actors}),
        "root": (choice, REQUIRED["root"], {"options": types, "value": None}),
        "status": (
            choice,
            REQUIRED["status"],
            {"options": [(f"{one}: {gloss[one]}", one) for one in STATUSES], "value": None},
        ),
        "is_joint": (
            ipywidgets.Checkbox,
            "Both sides act (talks, an agreement, an exchange of fire)",
            {"indent": False},
        ),
        "words": (text, "In the words", {"placeholder": "of the sentence; leave empty for all of it"}),
        "topic": (choice, REQUIRED["topic"], {"options": topics, "value": None}),
    }
    if act.table == "quotes" and act.what == MISSING:
        said = sentence_text(tables, act.identity)
        quoted = QUOTED.search(said)
        look = {"value": quoted[1] if quoted else said, "rows": 3}
        kinds["words"] = (ipywidgets.Textarea, "What is said", look)
    shown = {name: kinds[name] for name in FIELDS.get((act.what, act.table), ())}
    fields = {name: field(kind, label, **look) for name, (kind, label, look) in shown.items()}
    if act.what == WRONG and act.table != "topics":
        for one, old in read_values(row_of(tables, act.table, act.identity), act.table).items():
            fields[one].value = country_name(old) if one == "country" and old else old
    return fields


def read_values(row: Row, table: str) -> dict[str, str]:
    """What the program read, by field, as corrections write it."""
    columns = VALUE_COLUMNS[table]
    return {name: cell_text(getattr(row, columns[name])) for name in FIELDS[WRONG, table]}


def sentence_text(tables: Tables, identity: str) -> str:
    """The words of the sentence with an id, article and first character."""
    place = article_id_of(identity), int(identity.split(":")[1])
    return tables.article_rows[place[0]].text[slice(*sentence_at(tables, place))]


def entered_corrections(
    tables: Tables, act: Act, values: dict[str, Any], filled: dict[str, Any]
) -> list[dict[str, str]]:
    """Rows of `corrections.csv` for what was entered, without who, when and why.

    Args:
        tables: as they are now.
        act: what is the matter, and with what.
        values: of the fields, by name.
        filled: what the fields were filled with, so that only what the analyst changed is a correction.

    Raises:
        ValueError: the row is gone, or a name or the words are not known.
    """
    table, article_id = act.table, article_id_of(act.identity)
    made = {"table": table, "id": act.identity, "words": ""}
    if table == "topics":
        identity, dimension, old = (*act.identity.split("|"), "", "")[:3]
        dimension, new = (dimension, "") if act.what == GONE else values["topic"]
        words = shorten(sentence_text(tables, identity), MAX_PASSAGE_CHARS, placeholder="…")
        return [{**made, "id": identity, "words": words, "field": dimension, "old": old, "new": new}]
    entered = {
        name: kept_value(tables, article_id, name, value)
        for name, value in values.items()
        if act.what == MISSING or value != filled[name]
    }
    if act.what == MISSING:
        words = entered.pop("words") or sentence_text(tables, act.identity)
        new = entered["speaker"] if table == "quotes" else AddedEvent(**entered).words
        return [{**made, **place_in(tables, act.identity, words), "field": ADD, "old": "", "new": new}]
    row = row_of(tables, table, act.identity)
    old = read_values(row, table)
    if table != "articles":
        text = tables.article_rows[article_id].text
        made["words"] = shorten(text[row.start_char : row.end_char], MAX_PASSAGE_CHARS, placeholder="…")
    if act.what == GONE:
        return [{**made, "field": DROP, "old": old["root" if table == "events" else "speaker"], "new": ""}]
    return [
        {**made, "field": name, "old": old[name], "new": value}
        for name, value in entered.items()
        if value != old[name]
    ]


def kept_value(tables: Tables, article_id: str, name: str, value: Any) -> Any:
    """A value as the file has it: the full name of an actor, the code of a country.

    Raises:
        ValueError: nobody, or no country, is called so.
    """
    if name == "speaker":
        return speaker_named(value, article_id, tables.quotes)["speaker_name"] or ""
    if name in ("source", "target"):
        return participant_named(value, tables.events)["name"]
    return country_code_named(value) if name == "country" else value


def check_effect(tables: Tables, rows: list[dict[str, str]]) -> None:
    """Apply corrections to the tables as they are now, before they are saved.

    Raises:
        ValueError: one would not apply, or the tables say the same already; the message says why.
    """
    from analysis.pipeline.apply_corrections import apply_corrections  # loads the parser

    own = [
        {**row, "line": line, "problem": ""}
        for line, row in enumerate(rows, start=1)
        if row["table"] in CHANGED
    ]
    _, found = apply_corrections(
        tables.articles, {name: getattr(tables, name) for name in CHANGED}, correction_table(own)
    )
    for one in rows_of(found):
        if one.problem or one.standing == CONFIRMED:
            raise ValueError(one.problem or f"The program reads {one.new or 'it'} here already.")


def place_in(tables: Tables, identity: str, words: str) -> dict[str, str]:
    """The place of words in a sentence, as the id of an addition, and the words as they are there.

    Raises:
        ValueError: the sentence does not have the words.
    """
    article_id, start = article_id_of(identity), int(identity.split(":")[1])
    first, last = sentence_at(tables, (article_id, start))
    text = tables.article_rows[article_id].text
    for begin, end in occurrences(words, text):
        if first <= begin < last:
            return {"id": f"{article_id}:{begin}:{end}", "words": " ".join(text[begin:end].split())}
    raise ValueError(f"The sentence does not contain “{words}”: copy the words from it.")
