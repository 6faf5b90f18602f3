"""Run the committed notebooks again, and keep only what the same articles give every time.

`python -m tests.notebooks` runs them in place (`make notebooks`).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import nbformat
from nbformat import NotebookNode

from analysis.briefing.notebook_runner import KERNEL_ARGUMENTS, AttentiveClient, reproducible
from analysis.charts.base import ready_to_draw
from analysis.ingest.corpus import load_corpus
from analysis.kernels.forked_kernels import OWN_KERNELS, Kernels, fork_server, kernels_of
from analysis.notebook.warm_kernels import MODULES
from analysis.pipeline.analyse import analyse
from analysis.pipeline.forked_workers import can_fork

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
CELL_SECONDS = 300
FINDS_LAST, KNOWS_NONE = 'previous: str = "auto"', 'previous: str = ""'


@contextmanager
def loaded_kernels(place: Path) -> Iterator[Kernels]:
    """Kernels that need not load the package, nor read the articles of a copy of Faultline's folders."""
    analyse(load_corpus(place / "seeds")[0], store=place / ".faultline")
    if not can_fork():
        yield OWN_KERNELS
        return
    for module in MODULES:
        import_module(module)
    ready_to_draw()
    with fork_server(lambda: None) as server:
        yield kernels_of(server)


def run(path: Path, kernels: Kernels = OWN_KERNELS) -> NotebookNode:
    """The notebook after a run from top to bottom, without times, widget state and what depends on it."""
    notebook = nbformat.read(path, as_version=4)
    replace_source(notebook, FINDS_LAST, KNOWS_NONE)  # what is in briefings/ is different everywhere
    resources = {"metadata": {"path": str(path.parent)}}
    with tempfile.TemporaryDirectory() as scratch:
        AttentiveClient(
            notebook,
            km=kernels.start(f"{scratch}/{uuid4()}.json"),
            timeout=CELL_SECONDS,
            resources=resources,
            extra_arguments=KERNEL_ARGUMENTS,
        ).execute(cleanup_kc=True)
    replace_source(notebook, KNOWS_NONE, FINDS_LAST)
    return reproducible(notebook)


def replace_source(notebook: NotebookNode, old: str, new: str) -> None:
    """Replace some code in every cell."""
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)


def texts(notebook: NotebookNode) -> list[list[str]]:
    """The text that each cell shows: streams, plain text and HTML, but not the bytes of pictures."""
    return [
        [text for output in cell.get("outputs", []) for text in output_texts(output)]
        for cell in notebook.cells
    ]


def output_texts(output: NotebookNode) -> list[str]:
    if output.output_type == "stream":
        return [output.text]
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    return [output.data[kind] for kind in ("text/plain", "text/html") if kind in output.data]


def main() -> None:
    for path in PATHS:
        nbformat.write(run(path), path)
        print(path)


if __name__ == "__main__":
    main()
