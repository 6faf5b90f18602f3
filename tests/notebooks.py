"""Run the committed notebooks again, and keep only what the same articles give every time.

`python -m tests.notebooks` runs them in place (`make notebooks`).
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from zmq import EVENTS

from analysis.briefing.notebooks import EMPTYING, KERNEL_ARGUMENTS, reproducible

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


def run(paths: Sequence[Path]) -> list[NotebookNode]:
    """Notebooks of one folder after a run from top to bottom, without times, widget state and the like."""

    async def run_all() -> list[NotebookNode]:
        kernel = AsyncKernelManager(kernel_name="python3")
        try:
            return [reproducible(await run_one(path, kernel)) for path in paths]
        finally:
            await kernel.shutdown_kernel(now=True)

    return asyncio.run(run_all())


async def run_one(path: Path, kernel: AsyncKernelManager) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    client = AttentiveClient(
        notebook,
        km=kernel,
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
    )
    try:
        await client.async_execute()
        await client.kc.execute_interactive(EMPTYING, silent=True, store_history=False)
    finally:
        client.kc.stop_channels()
    return notebook


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
    for path, notebook in zip(PATHS, run(PATHS), strict=True):
        nbformat.write(notebook, path)
        print(path)


if __name__ == "__main__":
    main()
