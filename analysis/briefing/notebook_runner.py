"""Notebooks run from top to bottom by nbclient, in one kernel that is emptied between them.

The files are not changed: what a run shows is in the notebooks that are returned.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from os.path import relpath
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelClient, AsyncKernelManager
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
KERNEL_ARGUMENTS = [
    "--log-level=CRITICAL",  # the kernel's own warnings; what a cell raises comes back
    "--HistoryManager.hist_file=:memory:",
    "--InteractiveShell.cache_size=0",  # `Out` is for a person, and holds tables
]
LOADING = '__import__("analysis.notebook.corpus")'  # what notebooks begin with; it leaves no name behind
EMPTYING = "get_ipython().reset(); __import__('gc').collect()"
"""Forgets a notebook, so that the next counts its cells from 1 and has the memory of its tables."""
FEWER_ARTICLES = "brief fewer articles at once, such as a folder of articles for each month"
KERNEL_DIED = f"its kernel died, perhaps because memory ran out: run the command again, or {FEWER_ARTICLES}"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
Progress = Callable[[int, str], object]


@contextmanager
def notebook_kernel(paths: Sequence[Path]) -> Iterator[Callable[..., Future[list[NotebookNode]]]]:
    """One kernel for all notebooks, which loads the package while the articles are read.

    It ends with the context, and so does a run that is still going on.

    Args:
        paths: the files, which are in one folder and are not written to; no kernel starts for none.

    Returns:
        A function that begins the run, once. It takes `parameters`, given to each notebook that declares them
        (a `Path` relative to it), and `progress`, called in another thread with 0 and the name of a notebook
        before it runs, with 1 after. Its future has the notebooks as they look after the run, in order, or
        raises BriefingError, with notebook, cell and cause: a cell raised, took too long, or its kernel died.
    """
    started: Future[Callable[[], object]] = Future()
    asked: Future[tuple[dict[str, str | Path], Progress]] = Future()

    async def run_all() -> list[NotebookNode]:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        started.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
        if not paths:
            return []
        kernel = AsyncKernelManager(kernel_name="python3")
        try:
            await kernel.start_kernel(extra_arguments=KERNEL_ARGUMENTS, cwd=str(paths[0].parent))
            channels = kernel.client()
            channels.start_channels()
            channels.allow_stdin = False
            try:
                channels.execute(LOADING, silent=True, store_history=False)
                parameters, progress = await asyncio.wrap_future(asked)
                return [await run_notebook(path, parameters, kernel, channels, progress) for path in paths]
            finally:
                channels.stop_channels()
        finally:
            if kernel.has_kernel:
                await kernel.shutdown_kernel(now=True)

    def begin(
        parameters: dict[str, str | Path], progress: Progress = lambda done, name: None
    ) -> Future[list[NotebookNode]]:
        asked.set_result((parameters, progress))
        return run

    # In a thread of its own: in the main one nbclient would take Ctrl-C for itself.
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(asyncio.run, run_all())
        try:
            yield begin
        finally:
            with suppress(RuntimeError):  # the run has ended
                started.result()()


async def run_notebook(
    path: Path,
    parameters: dict[str, str | Path],
    kernel: AsyncKernelManager,
    channels: AsyncKernelClient,
    progress: Progress,
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
    client.kc = channels
    progress(0, path.stem)
    try:
        await channels.wait_for_ready(timeout=CELL_SECONDS)  # raises at once if the kernel has died
        await client.async_execute()
        await channels.execute_interactive(EMPTYING, silent=True, store_history=False)
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
