"""A form that corrects a date, a speaker, an event or a topic in a notebook without a line of code."""

from datetime import date
from pathlib import Path
from textwrap import shorten

import ipywidgets

from analysis.ingest.corrections_file import (
    COLUMNS,
    CORRECTIONS_FILE,
    load_corrections,
    remove_correction,
    save_correction,
)
from analysis.pipeline.analyse import Tables
from analysis.views.corrections import correction_table_view
from analysis.workbench.correction_fields import (
    OPTION_CHARS,
    RowFields,
    article_options,
    evidence_of,
    fields_for,
    row_options,
)
from analysis.workbench.form_fields import RUN_AGAIN, dropdown, set_options, text_field
from analysis.workbench.panes import message, show, shown_mistakes

KINDS = {"a date": "articles", "a speaker": "quotes", "an event": "events", "a topic": "topics"}
KEY = ["table", "id", "field", "old", "new"]
NARROW = {"width": "12rem"}


class CorrectionForm(ipywidgets.VBox):
    """Choose an article and what is wrong in it, enter what is right, save; or take a correction back.

    Args:
        seeds: the folder of articles, with `corrections.csv`.
        tables: what was read of them, repeated rows included.
    """

    def __init__(self, seeds: Path | str, tables: Tables) -> None:
        self.seeds, self.tables = Path(seeds), tables
        self.row_fields: RowFields | None = None
        self.kind = dropdown("Correct", list(KINDS.items()))
        self.find = text_field("Find", "words of a title or a file name")
        self.find.continuous_update = False
        self.article = dropdown("Article", article_options(tables, ""))
        self.row = dropdown("Which", [])
        self.note = text_field("Why", "what the text says, or how you know")
        self.initials = text_field("Your initials", "")
        self.save_button = ipywidgets.Button(
            description="Save correction", icon="save", button_style="primary", layout=NARROW
        )
        self.evidence, self.pane, self.listing = (ipywidgets.Output() for _ in range(3))
        self.field_box = ipywidgets.VBox()
        self.correction = dropdown("Correction", [])
        self.undo_button = ipywidgets.Button(description="Withdraw it", icon="undo", layout=NARROW)
        choosing = [self.kind, self.find, self.article, self.row, self.evidence]
        correcting = [self.field_box, self.note, self.initials, self.save_button, self.pane]
        super().__init__([*choosing, *correcting, self.listing, self.correction, self.undo_button])
        self.add_class("faultline-correct")
        self.find.observe(self.on_find, names="value")
        for control in (self.kind, self.article):
            control.observe(self.on_article, names="value")
        self.row.observe(self.on_row, names="value")
        self.save_button.on_click(self.on_save)
        self.undo_button.on_click(self.on_undo)
        self.on_article()
        self.list_corrections()

    def on_find(self, _: object = None) -> None:
        with shown_mistakes(self.pane):
            show(self.pane, None)
            set_options(self.article, article_options(self.tables, self.find.value))

    def on_article(self, _: object = None) -> None:
        with shown_mistakes(self.evidence):
            set_options(self.row, row_options(self.tables, self.kind.value, self.article.value))
            self.row.layout.display = "none" if self.kind.value == "articles" else None
            self.on_row()

    def on_row(self, _: object = None) -> None:
        """Show the words that a row was read from, and the fields that can be corrected."""
        with shown_mistakes(self.evidence):
            self.row_fields, self.field_box.children = None, ()
            if self.row.value is None:
                empty = "The article has nothing of this kind."
                unfound = "No title or file name contains these words."
                show(self.evidence, message(empty if self.article.value else unfound))
                return
            self.row_fields = fields_for(self.tables, self.kind.value, self.row.value)
            self.field_box.children = self.row_fields.controls
            show(self.evidence, evidence_of(self.tables, self.kind.value, self.row.value))

    def on_save(self, _: object) -> None:
        with shown_mistakes(self.pane):
            changes = self.row_fields.changes() if self.row_fields else []
            if not changes:
                raise ValueError("Nothing was changed: first enter what is right.")
            rest = {"note": self.note.value.strip(), "made_by": self.initials.value.strip()}
            for change in changes:
                row = {"table": self.kind.value, "id": self.row.value, **change._asdict(), **rest}
                old = value_as_read(self.tables, row)
                write_or_remove(self.seeds, {**row, "old": old, "made_on": f"{date.today()}"})
            show(self.pane, message(f"Saved in {self.seeds / CORRECTIONS_FILE}.", RUN_AGAIN))
            self.note.value = ""
            self.list_corrections()

    def list_corrections(self) -> None:
        """The corrections so far, with the problem that the last run found in each."""
        with shown_mistakes(self.listing):
            corrections = load_corrections(self.seeds)
            known = self.tables.corrections
            problems = dict(zip(map(tuple, known[KEY].values), known["problem"], strict=True))
            found = [problems.get(tuple(key), "") for key in corrections[KEY].values]
            show(self.listing, correction_table_view(corrections.assign(problem=found), self.tables.articles))
            lines = [
                (shorten(f"line {one.line}: {one.field} {one.old} → {one.new}", OPTION_CHARS), one.line)
                for one in corrections.itertuples()
            ]
            set_options(self.correction, lines)
            self.undo_button.disabled = corrections.empty

    def on_undo(self, _: object) -> None:
        with shown_mistakes(self.pane):
            remove_correction(self.seeds, self.correction.value)
            show(self.pane, message("Taken back.", RUN_AGAIN))
            self.list_corrections()


def write_or_remove(seeds: Path, correction: dict[str, str]) -> None:
    """Save a correction; one that restores what was read removes the earlier one instead."""
    if correction["old"] != correction["new"]:
        save_correction(seeds, correction)
        return
    earlier = load_corrections(seeds)
    is_same = (earlier[["table", "id", "field", "old"]] == [correction[key] for key in COLUMNS[:4]]).all(
        axis=1
    )
    for line in sorted(earlier.loc[is_same, "line"], reverse=True):
        remove_correction(seeds, line)


def value_as_read(tables: Tables, row: dict[str, str]) -> str:
    """What was read from the text, where the value that is shown comes from an earlier correction."""
    rows = tables.corrections[tables.corrections["problem"] == ""]
    field = "root" if row["field"] == "drop" else row["field"]  # an event is removed by its type
    same = rows[(rows[["table", "id", "field"]] == [row["table"], row["id"], field]).all(axis=1)]
    if row["table"] == "topics":
        same = same[(same["new"] == row["old"]) & (same["old"] != "")]
    return same["old"].iloc[0] if len(same) else row["old"]
