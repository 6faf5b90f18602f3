"""The start page: the latest briefing, earlier ones, and the notebooks listed by their questions."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode
from tornado import web

from analysis.dashboard.briefing_list import MOST_OPENED, listed_briefings
from analysis.dashboard.plain_pages import PlainPage
from analysis.dashboard.shared_cells import for_readers, own_cells
from analysis.views.pages import markdown


@dataclass(frozen=True)
class NotebookEntry:
    """What the start page says about a notebook."""

    name: str  # of its file, without ending
    title: str
    opening: Markup
    has_controls: bool


class StartPage(PlainPage):
    """Where everybody begins."""

    @web.authenticated
    async def get(self) -> None:
        """Show what there is to read; the articles are read from now on, for visitors who open a notebook."""
        await self.site.readings.keep_fresh()
        briefings = await asyncio.to_thread(listed_briefings, self.site.briefings)
        entries = notebook_entries(self.site.notebooks)
        self.write_page("start", briefings=briefings, pages=entries, shown_count=MOST_OPENED)


def notebook_entries(notebooks: Path) -> list[NotebookEntry]:
    """The notebooks of a folder in order."""
    return [notebook_entry(path, path.stat().st_mtime_ns) for path in sorted(notebooks.glob("*.ipynb"))]


@lru_cache(maxsize=64)
def notebook_entry(path: Path, changed_ns: int) -> NotebookEntry:
    """Title and opening of a notebook, from its first text.

    Args:
        path: its file.
        changed_ns: when that was changed; another moment is another notebook.
    """
    notebook = for_readers(nbformat.read(path, as_version=4))
    title, _, opening = first_text(notebook).partition("\n")
    return NotebookEntry(
        path.stem, title.lstrip("# ") or path.stem, markdown(opening), bool(own_cells(notebook))
    )


def first_text(notebook: NotebookNode) -> str:
    return next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
