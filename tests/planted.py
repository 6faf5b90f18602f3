"""An article full of text that tries to run: it must be shown as text everywhere."""

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page

STRANGER = "http://planted.invalid"  # a host name that never resolves
SCRIPT = f"<script>window.planted=1;fetch('{STRANGER}/s')</script>"
IMAGE = f"<img src={STRANGER}/i onerror=window.planted=2>"
MONEY = "from $2 to $5"
BOLD = "**bold**"
ANSI = "\x1b[31mred\x1b[0m"
TITLE = f"Tariffs {MONEY} {SCRIPT} {IMAGE} {BOLD}"
OUTLET = f"Daily <svg onload=window.planted=3> {MONEY}"
TEXT = f"""China {ANSI} condemned the United States over tariffs {MONEY} on steel {SCRIPT} on Monday.

"The United States {IMAGE} must correct {BOLD} its mistakes {MONEY} {SCRIPT}," \
Foreign Minister Wang {IMAGE} said.

"Washington <b>threatens</b> China with sanctions," Minister <svg/onload=window.planted=4> Lee told \
reporters. [Beijing](javascript:window.planted=5) accused Washington of bullying and imposed \
sanctions {MONEY}."""
OF_THE_FIRST = ("corpus = open_corpus(", "corpus.controls()")
SHOWN = ("<script>window.planted=1", "<img src=http://planted.invalid", MONEY, BOLD)
RAISED = """
import ipywidgets
from IPython.display import display
from analysis.workbench.panes import shown_errors

def fail(change):
    if change["new"] == "in a cell's widget":
        with output:
            raise ValueError("planted in an output widget")
    if change["new"] == "in a pane":
        with shown_errors(pane):
            raise ValueError("planted in a pane")
    if change["new"] == "nowhere":
        raise KeyError("planted and shown nowhere")

output, pane = ipywidgets.Output(), ipywidgets.Output()
choice = ipywidgets.Dropdown(options=["nothing", "in a cell's widget", "in a pane", "nowhere"])
choice.observe(fail, "value")
display(choice, output, pane)
"""


def plant_article(seeds: Path) -> None:
    """Add the article and its metadata to the others."""
    (seeds / "planted.txt").write_text(TEXT, encoding="utf-8")
    with (seeds / "metadata.csv").open("a", encoding="utf-8") as metadata:
        metadata.write(f'planted.txt,"{TITLE}",2024-04-22,"{OUTLET}",,,"Note {SCRIPT} {MONEY}"\n')


def join_notebooks(paths: Sequence[Path], last: str, target: Path) -> None:
    """One notebook of the cells of several, with the corpus and the form of the first, and one more cell."""
    first, *others = (nbformat.read(path, as_version=4) for path in paths)
    first.cells += [cell for one in others for cell in one.cells if not cell.source.startswith(OF_THE_FIRST)]
    first.cells.append(new_code_cell(last))
    nbformat.write(first, target)


def executed(page: Page) -> object:
    """What the planted scripts set on the page; None as long as they are shown as text."""
    return page.evaluate("() => window.planted ?? null")
