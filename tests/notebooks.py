"""Run the committed notebooks again, and keep only what the same articles give every time.

`python -m tests.notebooks` runs them in place (`make notebooks`).
"""

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from zmq import EVENTS

from analysis.briefing.notebook_runner import KERNEL_ARGUMENTS, reproducible

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
CELL_SECONDS = 300


class AttentiveClient(NotebookClient):
    """A client that no answer of the kernel escapes.

    nbclient answers what is shown in an output widget while it waits for the kernel's answer on the same
    socket. If that arrives meanwhile, ZeroMQ does not say so again, and the client would wait until the time
    of the cell is up. Briefings skip the cells of controls; here they run.
    """

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        try:
            return super().process_message(msg, cell, cell_index)
        finally:
            self.kc.shell_channel.socket.get(EVENTS)  # hands over what has arrived


def run(path: Path) -> NotebookNode:
    """The notebook after a run from top to bottom, without times, widget state and what depends on it."""
    notebook = nbformat.read(path, as_version=4)
    AttentiveClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
    ).execute()
    return reproducible(notebook)


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
