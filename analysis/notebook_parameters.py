"""The parameters cell of a notebook, and how it gets other values."""

import re
from typing import Final

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

PARAMETERS: Final = "parameters"  # tag of the cell
INJECTED: Final = "injected-parameters"  # tag of the cell with other values


def inject(notebook: NotebookNode, given: dict[str, str | int]) -> None:
    """Add a cell after the parameters cell with the given values of those parameters that it declares."""
    for place, cell in enumerate(notebook.cells):
        if PARAMETERS in cell.metadata.get("tags", []):
            lines = [f"{name} = {value!r}" for name, value in given.items() if declares(cell.source, name)]
            if lines:
                tags = {"tags": [INJECTED]}
                injected = new_code_cell("\n".join(lines), id="parameters", metadata=tags)
                notebook.cells.insert(place + 1, injected)
                return


def declares(source: str, name: str) -> bool:
    """Whether a line of code assigns a name."""
    return re.search(rf"^{name}\s*[:=]", source, re.MULTILINE) is not None
