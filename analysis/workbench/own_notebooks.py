"""The notebooks of a desk: copies that ask what the desk asks, and are the analyst's own."""

from os.path import relpath
from pathlib import Path

import nbformat

from analysis.ingest.whole_files import write_errors
from analysis.notebook_files import all_notebooks
from analysis.notebook_parameters import INJECTED, inject
from analysis.pipeline.desk import Desk


def own_notebooks(desk: Desk, notebooks: Path) -> Path:
    """The folder of a desk's copies of the notebooks, such as `notebooks/gulf`, with its parameters.

    A copy that is there already keeps all but its parameters, which are set again.

    Raises:
        OSError: the folder cannot be written, or a copy cannot be read.
    """
    folder, given = notebooks / desk.folder.resolve().name, desk_parameters(desk, notebooks)
    given |= {name: relpath(given[name], folder.resolve()) for name in ("seeds", "store")}
    for path in all_notebooks(notebooks):
        copy = folder / path.name
        notebook = nbformat.read(copy if copy.exists() else path, as_version=4)
        notebook.cells = [one for one in notebook.cells if INJECTED not in one.metadata.get("tags", [])]
        for cell in notebook.cells:
            if cell.cell_type == "code" and not copy.exists():  # what it shows is of other articles
                cell.outputs, cell.execution_count = [], None
        inject(notebook, given)
        with write_errors(copy):
            folder.mkdir(exist_ok=True)
            nbformat.write(notebook, copy)
    return folder


def desk_parameters(desk: Desk, notebooks: Path) -> dict[str, str]:
    """What the notebooks of a desk are given; paths are whole."""
    return {
        "seeds": str(desk.seeds.resolve()),
        "store": str(notebooks.resolve().parent / ".faultline"),
        "pair": desk.scope.pair,
        "country": desk.scope.country,
        "leave_out": desk.scope.leave_out,
        "reporting_period": desk.period,
    }
