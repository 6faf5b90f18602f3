"""Correct what was read where it is read: in a sentence that is chosen in an explorer, or in any article.

`SentenceForm` lists what was found in a sentence, each with the buttons *wrong* and *not there*, and one for
what is *missing here*. `CorrectionForm` puts an article to choose before it, and the list of all corrections
after it. Nothing is filled in where an analyst has to choose.
"""

import re
from datetime import date
from itertools import islice
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
    article_value,
    checked_row,
    correction_name,
    load_corrections,
    named_correction,
    occurrences,
    remove_correction,
    save_correction,
)
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.apply_corrections import VALUE_COLUMNS
from analysis.pipeline.for_readers import is_for_readers
from analysis.pipeline.named_actors import country_code_named, participant_named, speaker_named
from analysis.schemas import ROOT_NAMES, ROOTS, STATUSES
from analysis.tables.rows import rows_of
from analysis.views.corrections import shown_correction
from analysis.views.evidence import source_of
from analysis.views.render import View, view
from analysis.workbench.panes import (
    STYLE,
    WIDE,
    LiveHtml,
    OpenCorpus,
    Panel,
    checkbox,
    dropdown,
    message,
    name_field,
    note_view,
    show,
    shown_mistakes,
    text_field,
)
from analysis.workbench.reading_pane import Evidence, finding, reading_view, rows_between, rows_in

WRONG, GONE, MISSING = "wrong", "not there", "missing here"
MISSING_KINDS: Final = [("an event", "events"), ("a statement", "quotes"), ("a theme or theatre", "topics")]
FIELDS: Final = {
    (WRONG, "articles"): ("published_date", "outlet", "title"),
    (WRONG, "quotes"): ("speaker", "role", "country"),
    (WRONG, "events"): ("source", "target", "root", "status"),
    (WRONG, "topics"): ("topic",),
    (MISSING, "quotes"): ("words", "speaker", "role", "country"),
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
    "words": "What is said",
}
"""The fields that must not be empty, and what each is called; `words` of a statement only."""
KEYS: Final = {"quotes": "quote_id", "events": "event_id", "articles": "article_id"}
QUOTED: Final = re.compile(r"[\"“](.+)[\"”]")
FOLLOWS: Final = (
    "Everything in this notebook shows it by now; others that are open do so when you go back to them."
)
MAX_OPTIONS = 500  # of a list to choose from
OPTION_CHARS = 110


class Act(NamedTuple):
    """What is the matter, and with what."""

    what: str  # WRONG, GONE or MISSING
    table: str  # "articles", "quotes", "events" or "topics"; "" as long as nobody has chosen what is missing
    identity: str  # of the row; of a sentence for what is missing; of a topic with its dimension and name

    @classmethod
    def of_button(cls, key: str) -> "Act":
        return cls(*key.split("|", 2))


class SentenceForm(Panel):
    """What was found in a sentence, and buttons that correct it; readers of the dashboard have no buttons.

    Args:
        corpus: where the sentence is, and where corrections are saved.
    """

    def __init__(self, corpus: OpenCorpus) -> None:
        self.corpus, self.place, self.act = corpus, None, None
        self.fields: dict[str, ipywidgets.Widget] = {}
        self.found, self.pane = LiveHtml(), ipywidgets.Output()
        self.missing = dropdown("What", MISSING_KINDS)
        self.field_box = ipywidgets.VBox()
        self.note = text_field("Why", "what the text says, or how you know")
        self.initials = text_field("Your initials", "who corrects this")
        self.save = ipywidgets.Button(description="Save correction", icon="save", button_style="primary")
        self.cancel = ipywidgets.Button(description="Cancel")
        buttons = ipywidgets.HBox([self.save, self.cancel])
        self.form = ipywidgets.VBox([self.missing, self.field_box, self.note, self.initials, buttons])
        super().__init__([self.found, self.form, self.pane], "faultline-sentence")
        self.found.observe(self.reacting(self.on_press, self.pane, shown_mistakes), names="pressed")
        self.missing.observe(self.reacting(self.on_missing, self.pane, shown_mistakes), names="value")
        self.save.on_click(self.reacting(self.on_save, self.pane, shown_mistakes))
        self.cancel.on_click(self.reacting(self.put_away, self.pane))
        self.follow(self.draw, self.pane)
        self.put_away()

    def read(self, article_id: str, start: int) -> None:
        """Show what was found in the sentence at a place; what is entered for another one is dropped."""
        if self.place != (article_id, start):
            self.place = article_id, start
            self.put_away()
        else:
            self.draw()

    def put_away(self) -> None:
        """Hide the fields."""
        with self.acting():
            self.act, self.fields, self.field_box.children, self.missing.value = None, {}, (), None
        self.form.layout.display = "none"
        show(self.pane, None)
        self.draw()

    def draw(self) -> None:
        """List what was found in the sentence."""
        is_there = self.place is not None and self.place[0] in self.corpus.as_read.article_rows
        self.found.show(sentence_view(self.corpus, self.place, self.act) if is_there else View(""))

    def on_press(self) -> None:
        """Show the fields for what was pressed, or take a correction back."""
        key, self.found.pressed = self.found.pressed, ""
        if not key or is_for_readers():
            return
        self.put_away()
        act = Act.of_button(key)
        if act.what == "take back":
            remove_correction(
                self.corpus.seeds, named_correction(load_corrections(self.corpus.seeds), act.identity)
            )
            self.corpus.catch_up()
            show(
                self.pane,
                message("Taken back. An earlier correction of the same value counts again.", FOLLOWS),
            )
            return
        self.act = act
        self.missing.layout.display = None if act.what == MISSING else "none"
        self.form.layout.display = None
        self.show_fields()
        self.draw()

    def on_missing(self) -> None:
        """Show the fields of what is missing, all of them empty."""
        self.act = self.act._replace(table=self.missing.value or "")
        self.show_fields()

    def show_fields(self) -> None:
        """Show a field for each value that can be entered, filled with what was read."""
        self.fields = act_fields(self.corpus.as_read, self.act)
        self.filled = {name: one.value for name, one in self.fields.items()}
        self.field_box.children = tuple(self.fields.values())

    def on_save(self) -> None:
        """Save what was entered: all of it, or nothing if there is a mistake."""
        values = {name: one.value for name, one in self.fields.items()}
        values |= {name: value.strip() for name, value in values.items() if isinstance(value, str)}
        required = {
            label: values[name]
            for name, label in REQUIRED.items()
            if name in values and (name != "words" or self.act.table == "quotes")
        }
        required = {**({} if self.act.table else {"What": ""}), **required}
        required["Your initials, so that colleagues know whom to ask"] = self.initials.value.strip()
        if empty := [label for label, value in required.items() if not value]:
            raise ValueError(f"Not saved yet. Still to fill in: {'; '.join(empty)}.")
        rows = entered_corrections(self.corpus.as_read, self.act, values, self.filled)
        if not rows:
            raise ValueError("Nothing was changed: first enter what is right.")
        who = {"note": self.note.value.strip(), "made_by": self.initials.value.strip()}
        made = [{**row, **who, "made_on": f"{date.today()}"} for row in rows]
        for row in made:
            checked_row(row, "the correction")  # all or none are saved
        is_new = [save_correction(self.corpus.seeds, row) for row in made]
        self.note.value = ""
        self.put_away()
        self.corpus.catch_up()
        place = self.corpus.seeds / CORRECTIONS_FILE
        saved = f"Saved in {place}." if any(is_new) else "This correction was already saved."
        show(self.pane, message(saved, FOLLOWS))


def sentence_view(corpus: OpenCorpus, place: tuple[str, int], act: Act | None) -> View:
    """What was found in a sentence, with the buttons that correct it, and the corrections of its article."""
    tables, article_id = corpus.as_read, place[0]
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
        missing=f"|{article_id}:{sentence[0]}" if sentence else "",
        rows=rows,
        article=article_id,
        corrections=correction_rows(corpus, article_id),
        pressed="|".join(act) if act else "",
        may_correct=not is_for_readers(),
    )


def sentence_at(tables: Tables, place: tuple[str, int]) -> tuple[int, int] | None:
    """The first and last character of the sentence at a place; None if there is none."""
    article_id, start = place
    own = rows_in(tables.sentences, article_id)
    own = own[(own["start_char"] <= start) & (start < own["end_char"])]
    return next(((row.start_char, row.end_char) for row in rows_of(own)), None)


def correction_rows(corpus: OpenCorpus, article_id: str = "") -> list[dict[str, Any]]:
    """The corrections of an article, or of all, the newest first, in words, with whether they apply."""
    tables, saved = corpus.as_read, load_corrections(corpus.seeds)
    standings = tables.corrections.set_index("line")[["standing", "problem"]].to_dict("index")
    rows = []
    for row in saved.assign(name=[correction_name(row) for row in saved.to_dict("records")]).itertuples():
        if article_id and article_id_of(row.id) != article_id:
            continue
        row = row._replace(**({} if row.problem else standings.get(row.line, {})))
        rows.append(shown_correction(row, tables.article_rows.get(article_id_of(row.id))))
    return rows[::-1]


def row_of(tables: Tables, table: str, identity: str) -> Any:
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
    names = FIELDS.get((act.what, act.table), ())
    actors = {*tables.events["source_name"], *tables.events["target_name"], *country_names().values()}
    speakers = {*tables.quotes["speaker_name"].dropna(), *country_names().values()}
    listed = load_lexicon("topics/taxonomy")
    topics = [(f"{row.dimension}: {row.topic}", (row.dimension, row.topic)) for row in rows_of(listed)]
    if act.table == "topics" and act.what == WRONG:
        topics = [one for one in topics if one[1][0] == act.identity.split("|")[1]]
    make = {
        "published_date": lambda: text_field("Date", "YYYY-MM-DD; leave empty if unknown"),
        "outlet": lambda: text_field("Outlet", "newspaper, agency or site; leave empty if unknown"),
        "title": lambda: text_field("Title", "the headline"),
        "speaker": lambda: name_field("Speaker", speakers, "a name; leave empty if nobody is named"),
        "role": lambda: text_field("Their role", "such as foreign minister; leave empty if unknown"),
        "country": lambda: name_field("Their country", country_names().values()),
        "source": lambda: name_field(REQUIRED["source"], actors),
        "target": lambda: name_field(REQUIRED["target"], actors),
        "root": lambda: coded_field("root", ROOT_NAMES),
        "status": lambda: coded_field("status", {one: one for one in STATUSES}),
        "is_joint": lambda: checkbox("Both sides act (talks, an agreement, an exchange of fire)"),
        "words": lambda: text_field("In the words", "of the sentence; leave empty for the whole sentence"),
        "topic": lambda: dropdown(REQUIRED["topic"], topics),
    }
    fields = {name: make[name]() for name in names}
    if act.what == WRONG and act.table != "topics":
        for name, old in read_values(row_of(tables, act.table, act.identity), act.table).items():
            fields[name].value = country_name(old) if name == "country" and old else old
    if "words" in fields and act.table == "quotes":
        text = sentence_text(tables, act.identity)
        quoted = QUOTED.search(text)
        look = {"description": REQUIRED["words"], "style": STYLE, "layout": WIDE}
        fields["words"] = ipywidgets.Textarea(value=quoted[1] if quoted else text, rows=3, **look)
    return fields


def coded_field(name: str, codes: dict[str, str]) -> ipywidgets.Dropdown:
    """The types or statuses of events in plain words, with what each covers."""
    rows = load_lexicon("events/codebook_words", allowed={"code": (*ROOTS, *STATUSES)})
    gloss = dict(zip(rows["code"], rows["gloss"], strict=True))
    return dropdown(REQUIRED[name], [(f"{words}: {gloss[code]}", code) for code, words in codes.items()])


def read_values(row: Any, table: str) -> dict[str, str]:
    """What the program read, by field, as corrections write it."""
    columns = VALUE_COLUMNS[table]
    return {name: article_value(getattr(row, columns[name])) for name in FIELDS[WRONG, table]}


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
    table, made = act.table, {"table": act.table, "id": act.identity, "words": ""}
    if table == "topics":
        identity, dimension, old = (*act.identity.split("|"), "", "")[:3]
        dimension, new = (dimension, "") if act.what == GONE else values["topic"]
        made |= {"id": identity, "words": shortened_words(sentence_text(tables, identity))}
        own = rows_in(tables.topics, article_id_of(identity))
        own = own[own["start_char"] == int(identity.split(":")[1])]
        if new in own["topic"].tolist():
            raise ValueError(f"The sentence already has the {dimension} {new!r}.")
        return [{**made, "field": dimension, "old": old, "new": new}]
    if act.what == MISSING:
        made |= place_in(tables, act.identity, values["words"] or sentence_text(tables, act.identity))
        if table == "events":
            names = [participant_named(values[side], tables.events)["name"] for side in ("source", "target")]
            if names[0] == names[1]:
                raise ValueError(f"{names[0]} cannot act on itself, expected two different actors")
            added = AddedEvent(*names, *(values[name] for name in ("is_joint", "root", "status")))
            return [{**made, "field": ADD, "old": "", "new": added.words}]
        if not values["speaker"] and (values["role"] or values["country"]):
            raise ValueError("A role or a country needs a speaker: name the speaker too.")
        old, article_id = {"speaker": None, "role": "", "country": ""}, article_id_of(act.identity)
    else:
        row = row_of(tables, table, act.identity)
        old, article_id = read_values(row, table), row.article_id
        if table != "articles":
            text = tables.article_rows[article_id].text
            made["words"] = shortened_words(text[row.start_char : row.end_char])
        if act.what == GONE:
            return [
                {**made, "field": DROP, "old": old["root" if table == "events" else "speaker"], "new": ""}
            ]
    changed = {name: value for name, value in values.items() if name in old and value != filled[name]}
    if "speaker" in old:
        if act.what == MISSING:
            changed = {name: values[name] for name in old}
        if "speaker" in changed:
            # What was left as it is describes the speaker before; of the new one this is known.
            person = speaker_named(changed["speaker"], article_id, tables.quotes)
            changed["speaker"] = person["speaker_name"] or ""
            old |= {"role": person["role"] or "", "country": person["country_code"] or ""}
        if changed.get("country"):
            changed["country"] = country_code_named(changed["country"])
    for side, other in (("source", "target"), ("target", "source")):
        if side in changed:
            changed[side] = participant_named(changed[side], tables.events)["name"]
            if changed[side] == changed.get(other, old[other]):
                raise ValueError(f"{changed[side]} cannot act on itself, expected two different actors")
    added = []
    if act.what == MISSING:
        added = [{**made, "field": ADD, "old": "", "new": changed.pop("speaker")}]
        changed = {name: value for name, value in changed.items() if value}
    rows = [{**made, "field": name, "old": old[name], "new": value} for name, value in changed.items()]
    return [*added, *(row for row in rows if row["old"] != row["new"])]


def shortened_words(text: str) -> str:
    """The beginning of a passage, by which people find it in the file."""
    return " ".join(text.split())[:OPTION_CHARS]


def place_in(tables: Tables, identity: str, words: str) -> dict[str, str]:
    """The place of words in a sentence, as the id of an addition, and the words as they are there.

    Raises:
        ValueError: the sentence does not have the words.
    """
    article_id, start = article_id_of(identity), int(identity.split(":")[1])
    first, last = sentence_at(tables, (article_id, start))
    text = tables.article_rows[article_id].text
    found = next((span for span in occurrences(words, text) if first <= span[0] < last), None)
    if found is None:
        raise ValueError(f"The sentence does not contain “{words}”: copy the words from it.")
    return {"id": f"{article_id}:{found[0]}:{found[1]}", "words": " ".join(text[slice(*found)].split())}


class CorrectionForm(Panel):
    """Choose an article, and a sentence in it, to correct; and the list of all corrections.

    Args:
        corpus: where corrections are saved.
    """

    def __init__(self, corpus: OpenCorpus) -> None:
        self.corpus = corpus
        self.find = text_field("Find article", "words of a title or a file name")
        self.article = dropdown("Article", [])
        self.reading, self.saved, self.pane = LiveHtml(), LiveHtml(), ipywidgets.Output()
        self.sentence = SentenceForm(corpus)
        choosing = [self.find, self.article, self.pane, self.sentence, self.reading, self.saved]
        super().__init__(choosing, "faultline-correct")
        acts = {
            (self.find, "value"): self.list_articles,
            (self.article, "value"): self.on_article,
            (self.reading, "chosen"): self.on_sentence,
            (self.saved, "pressed"): self.on_press,
        }
        for (control, trait), act in acts.items():
            control.observe(self.reacting(act, self.pane, shown_mistakes), names=trait)
        self.follow(self.renew, self.pane)

    def renew(self) -> None:
        """Show the articles, the open one and the corrections as they are now."""
        articles = self.corpus.as_read.articles
        ordered = articles.sort_values("published_date", ascending=False, kind="stable", na_position="last")
        self.options = []
        for number, row in enumerate(rows_of(ordered), start=1):
            source = source_of(row, 0, 0)
            label = f"{number}. {shorten(source.title, OPTION_CHARS)} ({source.date})"
            searched = f"{source.title} {row.path} {row.article_id}".casefold()
            self.options.append((label, row.article_id, searched))
        rows = correction_rows(self.corpus)
        self.saved.show(view("workbench/corrections", corrections=rows, is_whole_list=True))
        self.list_articles()

    def list_articles(self) -> None:
        """List the articles that are found; the chosen one stays if it is among them."""
        wanted, before = self.find.value.strip().casefold(), self.article.value
        matching = ((label, key) for label, key, searched in self.options if wanted in searched)
        found = list(islice(matching, MAX_OPTIONS))
        self.article.options = found
        self.article.value = before if before in (key for _, key in found) else None
        show(self.pane, None if found else note_view(["No title or file name contains these words."]))
        self.on_article()

    def on_article(self) -> None:
        """Show the article; no sentence is chosen yet, unless one was before."""
        place, chosen = self.sentence.place, self.article.value
        if chosen is None:
            self.reading.show(note_view(["Choose an article, then click the sentence to correct."]))
            return
        if place is None or place[0] != chosen:
            place = (chosen, -1)
        self.read(*place)

    def on_sentence(self) -> None:
        """Show what was found in the chosen sentence."""
        if self.reading.chosen:
            self.read(self.article.value, int(self.reading.chosen[0]))

    def read(self, article_id: str, start: int) -> None:
        piece = Evidence(article_id, max(start, 0), max(start, 0))
        shown = reading_view(self.corpus.as_read, piece, is_live=True)
        self.reading.show(shown, chosen=[str(start)] if start >= 0 else [])
        self.sentence.read(article_id, start)

    def on_press(self) -> None:
        """Take a correction back."""
        key, self.saved.pressed = self.saved.pressed, ""
        if key:
            self.sentence.found.pressed = key
