"""The analyst's desk in a notebook: add an article, correct a result, without a line of code.

Nothing is written before a button says Save. A callback runs beside the kernel's main thread, so each pane is
given what it shows; a mistake of the person is one sentence there, a fault of ours a traceback.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ipywidgets

from analysis.ingest.add_sources import ArticlePreview, add_source, preview
from analysis.ingest.corpus import printable_name
from analysis.ingest.draft import MAX_BYTES
from analysis.ingest.readers import formats_by_ending
from analysis.nlp.topics.taxonomy import LISTS, NO_TOPIC, topic_definitions
from analysis.pipeline.analyse import Tables
from analysis.views.render import View, view
from analysis.workbench.explorers import show, shown_errors
from analysis.workbench.lexicon_diff import trial, turn_view

AGAIN = "Choose Run, then Run All Cells, to have it in every table here; likewise in the other notebooks."
FIELDS = {
    "title": ("Title", "as the file has it"),
    "published_date": ("Date", "YYYY-MM-DD, such as 2024-04-20"),
    "outlet": ("Outlet", "the newspaper or agency"),
    "author": ("Author", ""),
    "url": ("Address", "where it was published"),
    "note": ("Note", "how you know, what to mind"),
}
MOST_SHOWN = 20
BEGINNING_CHARS = 160
WIDE = {"width": "38rem"}
STYLE = {"description_width": "7rem"}


@contextmanager
def told(pane: ipywidgets.Output) -> Iterator[None]:
    """A mistake of the person in one sentence, a fault of ours with its traceback."""
    with shown_errors(pane):
        try:
            yield
        except (OSError, ValueError) as error:
            by_system = isinstance(error, OSError) and error.errno is not None
            reason = f"{error.filename}: {error.strerror}" if by_system else str(error)
            show(pane, said("Not done.", reason))


def said(head: str, *lines: str) -> View:
    return view("workbench/form_message", head=head, lines=lines)


class AddingDesk(ipywidgets.VBox):
    """Upload or paste an article, see what is understood, correct it, save it into the folder of articles."""

    def __init__(self, seeds: Path | str) -> None:
        self.seeds = Path(seeds)
        self.understood: dict[str, str] = {}
        self.upload = ipywidgets.FileUpload(
            accept=",".join(formats_by_ending()), multiple=False, description="Choose a file"
        )
        hint = "title, a blank line, the text"
        self.pasted = ipywidgets.Textarea(
            description="Or paste", placeholder=hint, rows=8, style=STYLE, layout=WIDE
        )
        self.fields = {
            name: ipywidgets.Text(description=label, placeholder=hint, style=STYLE, layout=WIDE)
            for name, (label, hint) in FIELDS.items()
        }
        self.look = ipywidgets.Button(description="Preview", icon="search")
        self.save = ipywidgets.Button(
            description="Save into seeds", icon="save", disabled=True, button_style="primary"
        )
        self.pane = ipywidgets.Output()
        super().__init__([self.upload, self.pasted, self.look, self.pane, *self.fields.values(), self.save])
        self.add_class("faultline-add")
        self.look.on_click(self.on_look)
        self.save.on_click(self.on_save)
        for control in (self.upload, self.pasted):
            control.observe(self.forget, names="value")

    def forget(self, _: object = None) -> None:
        """What was previewed is another thing now, so it cannot be saved before it is seen."""
        self.save.disabled = True
        self.understood = {}

    def on_look(self, _: object) -> None:
        self.forget()
        with told(self.pane), held(self.upload, self.pasted) as path:
            found = preview(path, self.seeds)
            show(self.pane, understood_view(found))
            self.understood = values_of(found)
            for name, field in self.fields.items():
                field.value = self.understood.get(name, "")
            self.save.disabled = found.articles.empty

    def on_save(self, _: object) -> None:
        with told(self.pane), held(self.upload, self.pasted) as path:
            given = {name: field.value.strip() for name, field in self.fields.items()}
            given = {n: "" if self.understood.get(n) == value else value for n, value in given.items()}
            added = add_source(str(renamed(path, self.seeds)), self.seeds, given)
            self.upload.value, self.pasted.value = (), ""
            for field in self.fields.values():
                field.value = ""
            self.forget()
            name = printable_name(str(added.path))
            show(self.pane, said(f"Saved as {name}.", *saved_lines(added, given)))


@contextmanager
def held(upload: ipywidgets.FileUpload, pasted: ipywidgets.Textarea) -> Iterator[Path]:
    """What was uploaded or pasted, as a file in a folder of its own, under a name that leads nowhere.

    Raises:
        ValueError: nothing was given, or both, or it is too large.
    """
    if bool(upload.value) == bool(pasted.value.strip()):
        found = "both a file and a text" if upload.value else "neither a file nor a text"
        raise ValueError(f"There is {found}, expected one: choose a file, or paste a text.")
    if upload.value:
        name, content = safe_name(upload.value[0]["name"]), bytes(upload.value[0]["content"])
    else:
        first = pasted.value.strip().partition("\n")[0]
        name = safe_name(f"{re.sub(r'[^a-z0-9]+', '-', first.lower()).strip('-')[:60] or 'pasted'}.txt")
        content = pasted.value.encode("utf-8", "replace")
    if len(content) > MAX_BYTES:
        raise ValueError(
            f"{name} holds {len(content):,} bytes, expected at most {MAX_BYTES:,} here: put it into the "
            "folder yourself, or use faultline add"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def safe_name(name: str) -> str:
    """The last part of a file name, without what hides a file, leads elsewhere or cannot be printed."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter if letter.isprintable() and letter not in '<>:"|?*' else "-" for letter in last)
    stem, dot, ending = kept.strip(" .-").rpartition(".")
    stem, dot, ending = (stem, dot, ending) if dot else (ending, "", "")
    return f"{stem[:100] or 'article'}{dot}{ending[:10]}"


def renamed(path: Path, folder: Path) -> Path:
    """The file under a name that the folder has not yet: `story.txt`, `story-2.txt`."""
    number, free = 2, path
    while (folder / free.name).exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return path.rename(free)


def understood_view(found: ArticlePreview) -> View:
    """What a file would bring."""
    rows = [
        {
            "title": row.title if isinstance(row.title, str) else "",
            "date": f"{row.published_date:%Y-%m-%d}" if row.published_date == row.published_date else "",
            "outlet": row.outlet if isinstance(row.outlet, str) else "",
            "word_count": row.word_count,
            "beginning": f"{' '.join(row.text[:BEGINNING_CHARS].split())} …",
            "reprints": found.reprints[row.article_id],
        }
        for row in found.articles.head(MOST_SHOWN).itertuples()
    ]
    read = [
        (one.path, ", ".join(f"{key} = {name}" for key, name in one.columns.items())) for one in found.columns
    ]
    more = max(len(found.articles) - MOST_SHOWN, 0)
    rejected = found.rejected.head(MOST_SHOWN).to_dict("records")
    return view("workbench/article_preview", articles=rows, rejected=rejected, read=read, more=more)


def values_of(found: ArticlePreview) -> dict[str, str]:
    """What fills the fields: what is known of the one article; of many each has its own."""
    if len(found.articles) != 1:
        return {}
    row = found.articles.iloc[0]
    known = {name: row[name] for name in FIELDS if isinstance(row[name], str)}
    day = row["published_date"]
    return known | ({"published_date": f"{day:%Y-%m-%d}"} if day == day else {})


def saved_lines(added: object, given: dict[str, str]) -> list[str]:
    """What came of it, and what to do next."""
    count = len(added.articles)
    lines = [f"{count} article{'' if count == 1 else 's'}, {len(added.rejected)} rejected."]
    named = [FIELDS[name][0].lower() for name, value in given.items() if value]
    lines += [f"Written into metadata.csv: {', '.join(named)}."] if named else []
    return [*lines, AGAIN]


class TermDesk(ipywidgets.VBox):
    """Type a term and a topic, and see what it would move; nothing is saved."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.dimension = ipywidgets.Dropdown(
            options=list(LISTS), description="Kind", style=STYLE, layout=WIDE
        )
        hint = "a word or several, such as export controls"
        self.term = ipywidgets.Text(description="Term", placeholder=hint, style=STYLE, layout=WIDE)
        self.topic = ipywidgets.Dropdown(description="Topic", style=STYLE, layout=WIDE)
        self.look = ipywidgets.Button(description="Try it", icon="search")
        self.pane = ipywidgets.Output()
        super().__init__([self.dimension, self.term, self.topic, self.look, self.pane])
        self.add_class("faultline-term")
        self.dimension.observe(self.on_dimension, names="value")
        self.look.on_click(self.on_look)
        self.on_dimension()

    def on_dimension(self, _: object = None) -> None:
        known = topic_definitions(self.dimension.value)["topic"].tolist()
        self.topic.options = [*known, NO_TOPIC]
        self.topic.index = 0

    def on_look(self, _: object) -> None:
        with told(self.pane):
            moved = trial(self.tables, self.dimension.value, self.term.value, self.topic.value)
            show(self.pane, turn_view(moved, self.tables))
