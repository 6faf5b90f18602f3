"""A form that adds an article in a notebook without a line of code; nothing is written before Save."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import ipywidgets
from pandas import Timestamp

from analysis.ingest.additions import AddedSource, add_source, preview
from analysis.ingest.dates import DAY_FIRST, MONTH_FIRST
from analysis.ingest.draft import Choices, Columns
from analysis.ingest.file_formats import BY_ENDING
from analysis.ingest.folder_files import printable_name
from analysis.ingest.own_tables import checked_metadata
from analysis.ingest.whole_files import scratch_folder
from analysis.phrasing import counted, counted_or_no
from analysis.tables.rows import rows_of
from analysis.views.render import View, view
from analysis.workbench.panes import Panel, field, note_view, show, shown_mistakes

FIELDS = {
    "title": ("Title", "as in the file"),
    "published_date": ("Date", "such as 2024-04-20"),
    "outlet": ("Outlet", "the newspaper or agency"),
    "author": ("Author", ""),
    "url": ("Address", "where it was published"),
    "note": ("Note", "how you know, or what to keep in mind"),
}
COLUMNS = {
    "text": "Text",
    "title": "Title",
    "published_date": "Date",
    "outlet": "Outlet",
    "author": "Author",
    "url": "Address",
    "original_text": "Original text",
}
ORDERS = {"as the dates show": "", "the day": DAY_FIRST, "the month": MONTH_FIRST}
FOLLOWS = "This notebook shows it by now; in the other notebooks choose Run, then Run All Cells."
MAX_SHOWN = 20
BEGINNING_CHARS = 160


class AddArticleForm(Panel):
    """Upload or paste an article, see how it is read, correct the fields, save it among the articles.

    Args:
        seeds: the folder of articles.
        saved: reads what was added, and shows it in the notebook.
    """

    def __init__(self, seeds: Path | str, *, saved: Callable[[], object] = lambda: None) -> None:
        self.seeds, self.saved = Path(seeds), saved
        self.previewed: dict[str, str] = {}  # values of the fields after the preview
        self.upload = ipywidgets.FileUpload(
            accept=",".join(BY_ENDING), multiple=False, description="Choose a file"
        )
        hint = "title, a blank line, the text"
        self.pasted = field(ipywidgets.Textarea, "Or paste", placeholder=hint, rows=8)
        self.fields = {
            name: field(ipywidgets.Text, label, placeholder=hint) for name, (label, hint) in FIELDS.items()
        }
        self.columns = {name: field(ipywidgets.Dropdown, label) for name, label in COLUMNS.items()}
        self.order = ipywidgets.Dropdown(
            description="First in 03/04/2024",
            options=ORDERS,
            value="",
            style={"description_width": "initial"},
        )
        self.table = ipywidgets.VBox(
            [ipywidgets.HTML("Which column has"), *self.columns.values(), self.order]
        )
        self.table.layout.display = "none"  # until a table is previewed
        self.replace = ipywidgets.Checkbox(
            description="In place of the file of this name that was added before",
            indent=False,
            layout={"width": "max-content"},
        )
        self.guessed: dict[str, str] = {}  # the columns as the preview read them
        self.preview_button = ipywidgets.Button(description="Preview", icon="search")
        self.save_button = ipywidgets.Button(
            description="Save into seeds", icon="save", disabled=True, button_style="primary"
        )
        super().__init__(
            [
                *(self.upload, self.pasted, self.replace, self.preview_button),
                *(self.pane, self.table, *self.fields.values(), self.save_button),
            ],
            "faultline-add",
        )
        self.preview_button.on_click(self.on_preview)
        self.save_button.on_click(self.on_save)
        for control in (self.upload, self.pasted):
            control.observe(self.forget_table, names="value")
        for control in (self.replace, self.order, *self.columns.values()):
            control.observe(self.require_preview, names="value")

    def require_preview(self, _: object = None) -> None:
        """Require a preview before saving, because the file, the text or how to read it has changed."""
        self.save_button.disabled = True

    def forget_table(self, _: object) -> None:
        """Read the next file as its columns are named."""
        self.table.layout.display, self.order.value, self.guessed = "none", "", {}
        self.require_preview()

    def show_table(self, table: Columns) -> None:
        """Offer the columns of a table, those chosen that were read."""
        names = list(dict.fromkeys(filter(None, (" ".join(cell.split()) for cell in table.rows[0]))))
        self.guessed = {name: table.columns[name] for name in self.columns if name in table.columns}
        for name, control in self.columns.items():
            control.options = [("not in the table", ""), *((one, one) for one in names)]
            control.value = self.guessed.get(name, "")
        self.table.layout.display = ""

    def choices(self) -> Choices:
        """How the file is to be read."""
        chosen = {name: control.value for name, control in self.columns.items() if control.value}
        is_changed = self.guessed and chosen != self.guessed
        return Choices(chosen if is_changed else {}, self.order.value)

    def given(self) -> dict[str, str]:
        """What was typed into the fields, checked; "" for what a preview has read there from the article."""
        typed = {name: one.value.strip() for name, one in self.fields.items()}
        given = {name: "" if self.previewed.get(name) == value else value for name, value in typed.items()}
        return checked_metadata(given, names={name: label for name, (label, _) in FIELDS.items()})

    def on_preview(self, _: object) -> None:
        self.require_preview()
        with shown_mistakes(self.pane), given_file(self.upload, self.pasted) as path:
            chosen, given = self.choices(), self.given()
            found = preview(path, self.seeds, chosen, replace=self.replace.value)
            show(self.pane, preview_view(found, given))
            if found.columns and not chosen.columns:
                self.show_table(found.columns[0])
            self.previewed = field_values(found)
            for name, one in self.fields.items():
                one.value = given[name] or self.previewed.get(name, "")
            self.save_button.disabled = found.articles.empty or any(one.question for one in found.columns)

    def on_save(self, _: object) -> None:
        with shown_mistakes(self.pane), given_file(self.upload, self.pasted) as path:
            given, again = self.given(), self.replace.value
            free = path if again else path.rename(path.with_name(free_name(path.name, self.seeds)))
            added = add_source(free, self.seeds, given, self.choices(), replace=again)
            self.upload.value, self.pasted.value, self.replace.value, self.previewed = (), "", False, {}
            for one in self.fields.values():
                one.value = ""
            self.require_preview()
            name = printable_name(str(added.path))
            show(self.pane, note_view([], head=f"Saved as {name}. Reading it…"))
            self.saved()
            show(self.pane, note_view(saved_lines(added), head=f"Saved as {name}."))


@contextmanager
def given_file(upload: ipywidgets.FileUpload, pasted: ipywidgets.Textarea) -> Iterator[Path]:
    """What was uploaded or pasted, as a file in a folder of its own, under a name that leads nowhere else.

    Raises:
        ValueError: nothing was given, or both.
    """
    if bool(upload.value) == bool(pasted.value.strip()):
        found = "both a file and a text" if upload.value else "neither a file nor a text"
        raise ValueError(f"There is {found}: choose a file, or paste a text.")
    if upload.value:
        name, content = safe_name(upload.value[0]["name"]), bytes(upload.value[0]["content"])
    else:
        first = pasted.value.strip().partition("\n")[0]
        name = safe_name(f"{re.sub(r'[^a-z0-9]+', '-', first.lower()).strip('-')[:60] or 'pasted'}.txt")
        content = pasted.value.encode("utf-8", "replace")
    with scratch_folder() as folder:
        path = folder / name
        path.write_bytes(content)
        yield path


def safe_name(name: str) -> str:
    """The last part of a file name, without what hides a file, leads elsewhere or cannot be printed."""
    last = re.split(r"[/\\]", name)[-1]
    safe = "".join(letter if letter.isprintable() and letter not in '<>:"|?*' else "-" for letter in last)
    path = Path(safe.strip(" .-") or "article")
    return f"{path.stem[:100]}{path.suffix[:11]}"


def free_name(name: str, folder: Path) -> str:
    """A name that is not taken in the folder: `story.txt`, `story-2.txt`."""
    number, free = 2, Path(name)
    while (folder / free).exists():
        free = Path(name).with_stem(f"{Path(name).stem}-{number}")
        number += 1
    return str(free)


def preview_view(found: AddedSource, given: Mapping[str, str]) -> View:
    """What a file would add: its articles, with what was given for them, and what would be rejected."""
    rows = [
        {
            "title": given["title"] or (row.title if isinstance(row.title, str) else ""),
            "date": (day := given["published_date"] or f"{row.published_date}"[:10].replace("NaT", "")),
            "is_ahead": day > f"{Timestamp.now():%Y-%m-%d}",
            "outlet": given["outlet"] or (row.outlet if isinstance(row.outlet, str) else ""),
            "language": row.language if isinstance(row.original_text, str) else "",
            "word_count": row.word_count,
            "beginning": f"{' '.join(row.text[:BEGINNING_CHARS].split())} …",
        }
        for row in rows_of(found.articles.head(MAX_SHOWN))
    ]
    return view(
        "workbench/article_preview",
        articles=rows,
        more=max(len(found.articles) - MAX_SHOWN, 0),
        questions=[one for one in found.columns if one.question],
        tables=[
            (one.path, ", ".join(f"{key} = {name}" for key, name in one.columns.items()))
            for one in found.columns
        ],
        rejected=found.rejected.head(MAX_SHOWN).to_dict("records"),
    )


def field_values(found: AddedSource) -> dict[str, str]:
    """What is known of a single article; nothing for several, of which each has its own."""
    if len(found.articles) != 1:
        return {}
    row = found.articles.iloc[0].where(found.articles.iloc[0].notna(), "")
    return {name: str(row[name])[:10] if name == "published_date" else row[name] for name in FIELDS}


def saved_lines(added: AddedSource) -> list[str]:
    """What was written, and what to do next."""
    count = counted_or_no(len(added.articles), "article").capitalize()
    originals = added.articles.dropna(subset="original_text")["language"].unique()
    undated = int(added.articles["published_date"].isna().sum())
    ahead = int((added.articles["published_date"] > Timestamp.now()).sum())
    lines = {
        f"{count} added, {len(added.rejected)} rejected.": True,
        f"The original in {', '.join(originals)} is shown beside it.": len(originals),
        f"{counted(undated, 'article')} without a date, shown in no chart over time: correct it.": undated,
        f"{counted(ahead, 'article')} dated later than today: correct the date if it is wrong.": ahead,
        FOLLOWS: True,
    }
    return [line for line, is_so in lines.items() if is_so]
