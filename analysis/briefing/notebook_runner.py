"""Notebooks run from top to bottom by nbclient, in one kernel that is emptied between them.

The files are not changed: what a run shows is in the notebooks that are returned.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from os.path import relpath
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from analysis.notebook_parameters import INJECTED, inject
from analysis.views.pages import BriefingError

HIDDEN_TAGS = {
    "interactive",  # a cell of controls: dead without a kernel, and followed by a plain cell
    "record",  # a cell that records its numbers, to be compared with those of the front page
}
CELL_SECONDS = 3600  # a first run on thousands of long articles
KERNEL_ARGUMENTS = ["--log-level=CRITICAL"]  # the kernel's own warnings; what a cell raises comes back
FEWER_ARTICLES = "brief fewer articles at once, such as a folder of articles for each month"
KERNEL_DIED = f"its kernel died, perhaps because memory ran out: run the command again, or {FEWER_ARTICLES}"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
Progress = Callable[[int, str], object]


def run_notebooks(
    paths: Sequence[Path],
    parameters: dict[str, str | Path],
    *,
    progress: Progress = lambda done, name: None,
) -> list[NotebookNode]:
    """The notebooks as they look after a run, in order.

    Args:
        paths: the files, which are in one folder and are not written to.
        parameters: given to each notebook that declares them; a `Path` relative to it.
        progress: called with 0 and a notebook's name before it runs, with 1 after.

    Raises:
        BriefingError: a cell raised, took too long, or its kernel died; names notebook, cell and cause.
    """
    started: Future[Callable[[], object]] = Future()

    async def run_all() -> list[NotebookNode]:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        started.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
        kernel = AsyncKernelManager(kernel_name="python3")
        try:
            return [await run_notebook(path, parameters, kernel, progress) for path in paths]
        finally:
            if kernel.has_kernel:
                await kernel.shutdown_kernel(now=True)

    # In a thread of its own: in the main one nbclient would take Ctrl-C for itself.
    if not paths:
        return []
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(asyncio.run, run_all())
        try:
            return run.result()
        except KeyboardInterrupt:
            started.result()()
            raise


async def run_notebook(
    path: Path, parameters: dict[str, str | Path], kernel: AsyncKernelManager, progress: Progress
) -> NotebookNode:
    """One notebook after a run from top to bottom, in a kernel that has no names of the one before."""
    notebook = nbformat.read(path, as_version=4)
    inject(notebook, parameters_for(path, parameters))
    numbers = [number for number, _ in numbered_cells(notebook)]
    place = 0

    def note_place(cell: NotebookNode, cell_index: int) -> None:
        nonlocal place
        place = cell_index

    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
        skip_cells_with_tag="interactive",
        on_cell_start=note_place,
    )
    progress(0, path.stem)
    try:
        await client.async_execute()
        await client.kc.execute_interactive("%reset -f", store_history=False)
    except CellTimeoutError as error:
        raise BriefingError(
            f"{path}: a cell ran for more than {CELL_SECONDS} seconds and was stopped"
        ) from error
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}"
        if error.ename.endswith("MemoryError"):  # NumPy and Arrow have their own
            what = f"memory ran out: {FEWER_ARTICLES}"
        raise BriefingError(f"{path}, cell {numbers[place]}: {what}") from error
    except RuntimeError as error:  # a DeadKernelError, or before the first cell a plain one
        raise BriefingError(f"{path}, cell {numbers[place]}: {KERNEL_DIED}") from error
    finally:
        if client.kc:
            client.kc.stop_channels()
    progress(1, path.stem)
    return notebook


def parameters_for(notebook: Path, given: dict[str, str | Path]) -> dict[str, str]:
    """Parameters as one notebook needs them, which runs in its own folder."""
    return {
        name: relpath(value, notebook.parent) if isinstance(value, Path) else value
        for name, value in given.items()
    }


def numbered_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Each cell with its number in the file; an injected one has the number of the cell before."""
    number = -1
    for cell in notebook.cells:
        number += INJECTED not in cell.metadata.get("tags", [])
        yield number, cell


def reproducible(notebook: NotebookNode) -> NotebookNode:
    """A run notebook without times, warnings, widgets and controls: what the same articles always give."""
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            is_hidden = HIDDEN_TAGS & set(cell.metadata.get("tags", []))
            cell.outputs = [] if is_hidden else [one for one in cell.outputs if one.get("name") != "stderr"]
    nbformat.validate(notebook)
    return notebook
