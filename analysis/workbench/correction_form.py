"""A form that corrects what was read, or adds what was missed, in a notebook without a line of code.

JupyterLab runs callbacks beside the kernel's main thread, several at a time: each waits for the one before it
and then looks at what is typed by now, so fast typing never leaves an old list behind.
"""

from datetime import date
from pathlib import Path
from textwrap import shorten

import ipywidgets

from analysis.ingest.correction_rules import ADD, DROP, checked_row
from analysis.ingest.corrections_file import (
    COLUMNS,
    CORRECTIONS_FILE,
    article_id_of,
    load_corrections,
    remove_correction,
    save_correction,
)
from analysis.pipeline.analyse import Tables
from analysis.pipeline.corrected_quotes import OF_SPEAKER
from analysis.tables.rows import rows_of
from analysis.views.corrections import correction_table_view, correction_words
from analysis.workbench.addition_fields import missed_event_fields, missed_statement_fields
from analysis.workbench.correction_fields import (
    OPTION_CHARS,
    Change,
    RowFields,
    article_fields,
    article_options,
    event_fields,
    evidence_of,
    matching,
    row_options,
    statement_fields,
    topic_fields,
    words_at,
)
from analysis.workbench.form_fields import RUN_AGAIN, dropdown, keep_chosen, listing, set_options, text_field
from analysis.workbench.panes import message, show, shown_mistakes
from analysis.workbench.turns import Turns

KINDS = {
    "an event": "events",
    "an event that was missed": "missed events",
    "a statement": "quotes",
    "a statement that was missed": "missed statements",
    "a topic": "topics",
    "the article: date, outlet, title": "articles",
}
TABLES = {"missed events": "events", "missed statements": "quotes"}
FIELDS = {
    "articles": article_fields,
    "quotes": statement_fields,
    "events": event_fields,
    "topics": topic_fields,
    "missed events": missed_event_fields,
    "missed statements": missed_statement_fields,
}
KEY = ["table", "id", "field", "old", "new"]
NARROW = {"width": "12rem"}
NO_INITIALS = "Enter your initials first, so that colleagues know whom to ask."


class CorrectionForm(ipywidgets.VBox):
    """Choose an article and a row or sentence in it, enter what is right and save; or take a correction back.

    Args:
        seeds: the folder of articles, with `corrections.csv`.
        tables: what was read of them, repeated rows included.
    """

    def __init__(self, seeds: Path | str, tables: Tables) -> None:
        self.seeds, self.tables = Path(seeds), tables
        turns = Turns(shown_mistakes)
        self.row_fields: RowFields | None = None
        self.articles = article_options(tables)
        self.evidence, self.pane, self.listing = (ipywidgets.Output() for _ in range(3))
        super().__init__([*self.choosing(), *self.correcting(), *self.undoing()])
        self.add_class("faultline-correct")
        reactions = {
            self.kind: self.on_article,
            self.find: self.on_find,
            self.article: self.on_article,
            self.find_row: self.list_rows,
            self.row: self.on_row,
        }
        for control, act in reactions.items():
            control.observe(turns.taking(act, self.evidence), names="value")
        self.save_button.on_click(turns.taking(self.on_save, self.pane))
        self.undo_button.on_click(turns.taking(self.on_undo, self.pane))
        turns.taking(self.on_article, self.evidence)()
        turns.taking(self.list_corrections, self.listing)()

    def choosing(self) -> list[ipywidgets.Widget]:
        """What to correct, in which article and row."""
        self.kind = dropdown("Correct", list(KINDS.items()))
        self.find = text_field("Find article", "words of a title or a file name")
        self.article = dropdown("Article", matching(self.articles, ""))
        self.find_row = text_field("Find in it", "words of the article")
        self.row = listing("Which", [])
        return [self.kind, self.find, self.article, self.find_row, self.row, self.evidence]

    def correcting(self) -> list[ipywidgets.Widget]:
        """What is right, why, and who says so."""
        self.field_box = ipywidgets.VBox()
        self.note = text_field("Why", "what the text says, or how you know")
        self.initials = text_field("Your initials", "who corrects this")
        self.save_button = ipywidgets.Button(
            description="Save correction", icon="save", button_style="primary", layout=NARROW
        )
        return [self.field_box, self.note, self.initials, self.save_button, self.pane]

    def undoing(self) -> list[ipywidgets.Widget]:
        """The corrections so far, one of which can be taken back."""
        self.correction = dropdown("Correction", [])
        self.undo_button = ipywidgets.Button(description="Take it back", icon="undo", layout=NARROW)
        return [self.listing, self.correction, self.undo_button]

    def on_find(self) -> None:
        """List the articles that are found; the chosen one stays if it is among them."""
        show(self.pane, None)
        before = self.article.value
        keep_chosen(self.article, matching(self.articles, self.find.value))
        if self.article.value != before:
            self.on_article()

    def on_article(self) -> None:
        """List the rows of another article, or another kind of rows."""
        self.find_row.value = ""
        for control in (self.find_row, self.row):
            control.layout.display = "none" if self.kind.value == "articles" else None
        self.row.description = "Sentence" if self.kind.value in TABLES else "Which"
        self.row.options = ()
        self.list_rows()

    def list_rows(self) -> None:
        """List the rows with the words that are looked for; the chosen one stays if it is among them."""
        before, kind = self.row.value, self.kind.value
        keep_chosen(self.row, row_options(self.tables, kind, self.article.value, self.find_row.value))
        if self.row.value != before or self.row.value is None:
            self.on_row()

    def on_row(self) -> None:
        """Show the words that a row was read from, and the fields that can be corrected."""
        self.row_fields, self.field_box.children = None, ()
        if self.row.value is None:
            show(self.evidence, message(self.why_empty()))
            return
        self.row_fields = FIELDS[self.kind.value](self.tables, self.row.value)
        self.field_box.children = self.row_fields.controls
        show(self.evidence, evidence_of(self.tables, self.kind.value, self.row.value))

    def why_empty(self) -> str:
        """Why there is no row to choose."""
        if not self.article.value:
            return "No title or file name contains these words."
        if self.find_row.value.strip():
            return "Nothing of this kind in the article contains these words."
        return "The article has nothing of this kind."

    def on_save(self) -> None:
        changes = self.row_fields.changes() if self.row_fields else []
        if not changes:
            raise ValueError("Nothing was changed: first enter what is right.")
        if not self.initials.value.strip():
            raise ValueError(NO_INITIALS)
        rows = [self.correction_of(change) for change in changes]
        for row in rows:
            if row["old"] != row["new"]:
                checked_row(row, "the correction")  # all or none are saved
        is_new = [write_or_remove(self.seeds, row) for row in rows]
        saved = (
            f"Saved in {self.seeds / CORRECTIONS_FILE}."
            if any(is_new)
            else "This correction was already saved."
        )
        show(self.pane, message(saved, RUN_AGAIN))
        self.note.value = ""
        self.list_corrections()

    def correction_of(self, change: Change) -> dict[str, str]:
        """A row of the file."""
        kind, identity = self.kind.value, self.row.value
        row = {
            "table": TABLES.get(kind, kind),
            "id": change.id or identity,
            "field": change.field,
            "old": change.old,
            "new": change.new,
            "note": self.note.value.strip(),
            "made_by": self.initials.value.strip(),
            "made_on": f"{date.today()}",
            "words": change.words or words_at(self.tables, kind, identity),
        }
        return {**row, "old": value_as_read(self.tables, row)}

    def list_corrections(self) -> None:
        """The corrections so far, each with whether it applied in the last run, the newest first."""
        corrections = load_corrections(self.seeds)
        known = self.tables.corrections
        found = dict(zip(map(tuple, known[KEY].values), known[["standing", "problem"]].values, strict=True))
        fits = [
            (row.standing, row.problem) if row.problem else found.get(tuple(key), (row.standing, ""))
            for row, key in zip(rows_of(corrections), corrections[KEY].values, strict=True)
        ]
        standings, problems = [one[0] for one in fits], [one[1] for one in fits]
        shown = corrections.assign(standing=standings, problem=problems)
        show(self.listing, correction_table_view(shown, self.tables.articles))
        self.saved = corrections.to_dict("records")
        titles = dict(zip(self.tables.articles["article_id"], self.tables.articles["title"], strict=True))
        lines = [
            (undo_option(row, titles.get(article_id_of(row["id"]))), number)
            for number, row in reversed(list(enumerate(self.saved)))
        ]
        set_options(self.correction, lines)
        self.undo_button.disabled = corrections.empty

    def on_undo(self) -> None:
        remove_correction(self.seeds, self.saved[self.correction.value])
        show(
            self.pane, message("Taken back. An earlier correction of the same value counts again.", RUN_AGAIN)
        )
        self.list_corrections()


def undo_option(row: dict, title: object) -> str:
    """A correction in the list of those that can be taken back."""
    where = title if isinstance(title, str) else "an article"
    text = f"line {row['line']}: {correction_words(row, where)}"
    return shorten(text, OPTION_CHARS, placeholder="…")


def write_or_remove(seeds: Path, correction: dict[str, str]) -> bool:
    """Save a correction; one that restores what was read removes the earlier ones of that value instead.

    Returns:
        Whether the file has changed.
    """
    if correction["old"] != correction["new"] or correction["field"] in (ADD, DROP):
        return save_correction(seeds, correction)
    earlier = load_corrections(seeds)
    is_same = (earlier[["table", "id", "field", "old"]] == [correction[key] for key in COLUMNS[:4]]).all(
        axis=1
    )
    for row in earlier[is_same].to_dict("records"):
        remove_correction(seeds, row)
    return bool(is_same.any())


def value_as_read(tables: Tables, row: dict[str, str]) -> str:
    """What was read from the text, where the value that is shown comes from an earlier correction."""
    if row["field"] == ADD:
        return ""
    rows = tables.corrections[tables.corrections["problem"] == ""]
    field = {"events": "root", "quotes": "speaker"}[row["table"]] if row["field"] == DROP else row["field"]
    same = rows[(rows["table"] == row["table"]) & (rows["field"] == field)]
    if field in OF_SPEAKER:  # corrected in all statements of the speaker
        here = same["id"].map(article_id_of) == article_id_of(row["id"])
        same = same[here & (same["new"] == row["old"])]
    else:
        same = same[same["id"] == row["id"]]
    if row["table"] == "topics":
        same = same[(same["new"] == row["old"]) & (same["old"] != "")]
    return same["old"].iloc[-1] if len(same) else row["old"]
