"""The parameters cell of a notebook, and how it gets other values."""

import re
from itertools import pairwise
from typing import Final

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

PARAMETERS: Final = "parameters"  # tag of the cell
INJECTED: Final = "injected-parameters"  # tag of the cell with other values


def inject(notebook: NotebookNode, given: dict[str, str | int]) -> None:
    """Add a cell after the parameters cell with the given values of those parameters that it declares."""
    for place, cell in enumerate(notebook.cells):
        if PARAMETERS in cell.metadata.get("tags", []):
            lines = assignments(cell.source, given)
            if lines:
                injected = new_code_cell("\n".join(lines), id="parameters", metadata={"tags": [INJECTED]})
                notebook.cells.insert(place + 1, injected)
                return


def show_parameters(notebook: NotebookNode, given: dict[str, str | int]) -> None:
    """Let the cell that `inject` has added show other values than those that it ran with."""
    for declared, added in pairwise(notebook.cells):
        if INJECTED in added.metadata.get("tags", []):
            added.source = "\n".join(assignments(declared.source, given))


def assignments(source: str, given: dict[str, str | int]) -> list[str]:
    """Lines of code that give the parameters which a cell declares their values."""
    return [
        f"{name} = {value!r}"
        for name, value in given.items()
        if re.search(rf"^{name}\s*[:=]", source, re.MULTILINE)
    ]
