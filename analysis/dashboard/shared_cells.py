"""The cells of a notebook that show every visitor the same: run once, and kept with their output.

Cells with controls (tagged `interactive`) are left for the kernel of each visitor. Cells that write (tagged
`writes`) are left out: what goes into `seeds/` is decided by the analyst, in JupyterLab.
"""

import sys
import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Widget
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Type
from traitlets.config import Config

LEFT_OUT = {
    "writes",  # writes into the folder of articles
    "record",  # gives numbers to a briefing, not to a reader
    "word-lists",  # is for people who edit the word lists, and writes what they were beside the store
}
OWN = "interactive"  # a cell of controls: each visitor has their own
FAILED = (
    "This page ends here, because a cell failed. The analyst who started the dashboard can see the reason "
)
FAILED += "in the terminal."
THREAD_SECONDS = 120  # at most, for what a cell goes on doing in a thread
WITHOUT_HISTORY = Config({"HistoryManager": {"enabled": False}})  # it would be a file of the analyst


class KeepingDisplayHook(DisplayHook):
    """Keeps the value of a cell among what it shows, where IPython prints it."""

    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        self.shell.display_pub.publish(format_dict, md_dict)

    def finish_displayhook(self) -> None:
        pass


class SharedShell(InteractiveShell):
    """IPython without a terminal: what its cells show is kept."""

    displayhook_class = Type(KeepingDisplayHook)
    display_pub_class = Type(CapturingDisplayPublisher)


def new_shell() -> SharedShell:
    """A shell with a namespace of its own, in place of the one before."""
    SharedShell.clear_instance()
    return SharedShell.instance(user_ns={}, config=WITHOUT_HISTORY)


def for_readers(notebook: NotebookNode) -> NotebookNode:
    """A notebook without the cells that write and without what an earlier run has shown."""
    notebook.cells = [cell for cell in notebook.cells if not LEFT_OUT & tags_of(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def tags_of(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def own_cells(notebook: NotebookNode) -> list[int]:
    """The places of the cells of code that each visitor runs."""
    return [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code" and OWN in tags_of(cell)]


def run_shared_cells(shell: SharedShell, notebook: NotebookNode) -> Iterator[int]:
    """Run the cells that are the same for everybody, and keep what they show in the notebook.

    Args:
        shell: runs them; its namespace is what the cells of visitors continue with.
        notebook: gets the outputs. After a cell that raised it ends with a sentence.

    Yields:
        The place of each cell after it has run.
    """
    for place, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or OWN in tags_of(cell):
            continue
        cell.outputs, is_done = run_cell(shell, cell.source)
        if not is_done:
            del notebook.cells[place + 1 :]
            return
        yield place


def warm_up(shell: SharedShell, notebook: NotebookNode) -> None:
    """Run the cells of controls once for nobody: what they load and compute is then there for all visitors.

    One that fails says so again in the kernel of each visitor. An explorer opens its first article in a
    thread; a kernel forked meanwhile would wait for ever for what that thread had locked.
    """
    before = set(threading.enumerate())
    for place in own_cells(notebook):
        run_cell(shell, notebook.cells[place].source)
    for thread in set(threading.enumerate()) - before:
        thread.join(THREAD_SECONDS)
    Widget.close_all()
    shell.display_pub.outputs.clear()


def run_cell(shell: SharedShell, source: str) -> tuple[list[NotebookNode], bool]:
    """What a cell shows, and whether it ran to its end; a traceback goes to the terminal."""
    shell.display_pub.outputs.clear()
    printed = StringIO()
    with redirect_stdout(printed):
        result = shell.run_cell(source)
    if not result.success:
        print(printed.getvalue(), file=sys.stderr)
        return [new_output("stream", text=FAILED)], False
    return kept_outputs(printed.getvalue(), shell.display_pub.outputs), True


def kept_outputs(printed: str, shown: Sequence[dict[str, Any]]) -> list[NotebookNode]:
    """What was printed and displayed, as a notebook keeps it."""
    streams = [new_output("stream", text=printed)] if printed else []
    return streams + [
        new_output("display_data", data=as_text(one["data"]), metadata=one["metadata"] or {}) for one in shown
    ]


def as_text(data: dict[str, Any]) -> dict[str, Any]:
    """Pictures in base64, as notebooks keep them."""
    return {
        kind: b64encode(value).decode() if isinstance(value, bytes) else value for kind, value in data.items()
    }
