"""Notebooks run from top to bottom, a few at a time, in kernels of their own; the files are not changed."""

import atexit
import mmap
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from os.path import relpath
from pathlib import Path
from uuid import uuid4

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from zmq import EVENTS

from analysis.ingest.scratch import scratch_folder
from analysis.kernels.forked_kernels import OWN_KERNELS, Kernels, ServerEnded
from analysis.notebook_parameters import INJECTED, inject
from analysis.views.pages import BriefingError

MEDIA_TYPE = (
    "application/vnd.faultline.snapshot+json"  # as in analysis.briefing.snapshots, which would load a parser
)
HIDDEN_TAGS = {
    "interactive",  # a cell of controls: dead without a kernel, and followed by a plain cell
    "record",  # a cell that records its numbers, to be compared with those of the front page
}
CELL_SECONDS = 3600  # a first run on thousands of long articles
KERNEL_ARGUMENTS = ["--log-level=CRITICAL"]  # the kernel's own warnings; what a cell raises comes back
ROOM = 256 << 20  # bytes of addresses: stacks and heaps of the threads that talk to a kernel
NOT_STARTED = ("Kernel died before", "can't start new thread")  # as jupyter_client and Python say it
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
FEWER_ARTICLES = "brief fewer articles at once, such as a folder of articles for each month"
KERNEL_DIED = f"its kernel died, perhaps because memory ran out: run the command again, or {FEWER_ARTICLES}"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class AttentiveClient(NotebookClient):
    """A client that no answer of the kernel escapes.

    nbclient answers what is shown in an output widget while it waits for the kernel's answer on the same
    socket. If that arrives meanwhile, ZeroMQ does not say so again, and the client would wait until the time
    of the cell is up.
    """

    def process_message(self, msg: dict, cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        try:
            return super().process_message(msg, cell, cell_index)
        finally:
            self.kc.shell_channel.socket.get(EVENTS)  # hands over what has arrived


def run_notebooks(
    paths: Sequence[Path],
    parameters: dict[str, str | Path],
    *,
    progress: Callable[[int, str], object] = lambda done, name: None,
    kernels: Kernels = OWN_KERNELS,
) -> list[NotebookNode]:
    """The notebooks as they look after a run, in order: see `running_notebooks`."""
    with running_notebooks(paths, parameters, progress=progress, kernels=kernels) as runs:
        return [run.result() for run in runs]


@contextmanager
def running_notebooks(
    paths: Sequence[Path],
    parameters: dict[str, str | Path],
    *,
    progress: Callable[[int, str], object] = lambda done, name: None,
    kernels: Kernels = OWN_KERNELS,
) -> Iterator[list[Future[NotebookNode]]]:
    """The notebooks as they will look after a run, in order; they run during the block.

    Args:
        paths: the files, which are not written to.
        parameters: given to each notebook that declares them; a `Path` relative to it.
        progress: called with 0 and a notebook's name before it runs, with 1 after.
        kernels: of the notebooks.

    Raises:
        BriefingError: by a result; a cell raised or an output widget caught an exception; names notebook,
            cell and cause.
        MemoryError: by a result; there is no room for what talks to its kernel.
    """

    def run_in_turn(path: Path) -> NotebookNode:
        progress(0, path.stem)
        notebook = run_notebook(path, parameters, scratch, kernels)
        progress(1, path.stem)
        return notebook

    # A thread, and so an event loop, for each: two clients on one loop have deadlocked.
    with scratch_folder() as scratch:
        pool = ThreadPoolExecutor(kernels.at_once)
        try:
            runs = {path: pool.submit(run_in_turn, path) for path in longest_first(paths)}
            yield [runs[path] for path in paths]
        finally:
            pool.shutdown(cancel_futures=True)


def longest_first(paths: Sequence[Path]) -> list[Path]:
    """The notebooks with the most cells first: started last, a long one would run alone at the end."""
    return sorted(paths, key=lambda path: -len(nbformat.read(path, as_version=4).cells))


def run_notebook(
    path: Path, parameters: dict[str, str | Path], scratch: Path, kernels: Kernels
) -> NotebookNode:
    """One notebook after a run from top to bottom.

    Args:
        path: of the file.
        parameters: as in `run_notebooks`.
        scratch: a temporary folder, for the file that says how to reach the kernel.
        kernels: as in `running_notebooks`.
    """
    notebook = nbformat.read(path, as_version=4)
    inject(notebook, parameters_for(path, parameters))
    check_room()
    client = AttentiveClient(
        notebook,
        km=kernels.start(str(scratch / f"{uuid4()}.json")),
        timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
        skip_cells_with_tag="interactive",  # left out of briefings; a large one has hung the run
    )
    try:
        client.execute(cleanup_kc=True)
    except CellTimeoutError as error:
        raise BriefingError(
            f"{path}: a cell ran for more than {CELL_SECONDS} seconds and was stopped"
        ) from error
    except CellExecutionError as error:
        where = f"{path}, cell {failed_cell(notebook)}"
        if error.ename.endswith("MemoryError"):  # NumPy and Arrow have their own
            raise BriefingError(f"{where}: memory ran out: {FEWER_ARTICLES}") from error
        raise BriefingError(f"{where}: {error.ename}: {error.evalue}") from error
    except DeadKernelError as error:
        where = f"{path}, cell {unfinished_cell(notebook)}"
        raise BriefingError(f"{where}: {KERNEL_DIED}") from error
    except RuntimeError as error:  # before the first cell: Jupyter and Python have no narrower one for it
        if not died_at_start(error):
            raise
        raise BriefingError(f"{path}: {KERNEL_DIED}") from error
    finally:
        atexit.unregister(client._cleanup_kernel)  # nbclient forgets it if a kernel does not start
    check_widgets(notebook, path)
    return notebook


def check_room() -> None:
    """Raise MemoryError where threads find no room: if ZeroMQ cannot start one, it ends the program."""
    if sys.platform == "win32":
        return
    kind = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, "prot": mmap.PROT_READ}  # takes no memory
    try:
        mmap.mmap(-1, ROOM, **kind).close()
    except OSError as error:
        raise MemoryError from error


def died_at_start(error: RuntimeError) -> bool:
    """Whether a kernel ended before its first cell, or there was no memory for a thread that talks to it."""
    return isinstance(error, ServerEnded) or str(error).startswith(NOT_STARTED)


def parameters_for(notebook: Path, given: dict[str, str | Path]) -> dict[str, str]:
    """Parameters as one notebook needs them."""
    return {name: relative_to(notebook, value) for name, value in given.items()}


def relative_to(notebook: Path, value: str | Path) -> str:
    """A parameter as the notebook needs it, which runs in its own folder."""
    return relpath(value, notebook.parent) if isinstance(value, Path) else value


def numbered_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Each cell with its number in the file; an injected one has the number of the cell before."""
    number = -1
    for cell in notebook.cells:
        number += INJECTED not in cell.metadata.get("tags", [])
        yield number, cell


def failed_cell(notebook: NotebookNode) -> int:
    """The number of the cell that raised."""
    return next(
        number
        for number, cell in numbered_cells(notebook)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    )


def unfinished_cell(notebook: NotebookNode) -> int:
    """The number of the first code cell that did not finish."""
    return next(
        number
        for number, cell in numbered_cells(notebook)
        if cell.cell_type == "code"
        and cell.source.strip()
        and "shell.execute_reply" not in cell.metadata.get("execution", {})
        and "interactive" not in cell.metadata.get("tags", [])
    )


def check_widgets(notebook: NotebookNode, path: Path) -> None:
    """An exception inside an Output widget does not stop a run, so look for one."""
    state = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for identity, model in state.items():
        for output in model["state"].get("outputs", []):
            if output["output_type"] == "error":
                where = f"{path}, {showing_cell(notebook, identity, state)}"
                raise BriefingError(f"{where}: a widget failed: {output['ename']}: {output['evalue']}")


def showing_cell(notebook: NotebookNode, identity: str, state: dict) -> str:
    """ "cell 3" that shows a widget, by itself or in a box, or "a cell that does not show it"."""
    around, found = set(), {identity}
    while found - around:
        around |= found
        names = [f"IPY_MODEL_{one}" for one in around]
        found = {other for other, model in state.items() if any(name in str(model) for name in names)}
    for number, cell in numbered_cells(notebook):
        for output in cell.get("outputs", []):
            if output.get("data", {}).get(WIDGET_VIEW, {}).get("model_id") in around:
                return f"cell {number}"
    return "a cell that does not show it"


def recorded_numbers(notebook: NotebookNode) -> list[dict]:
    """The numbers that a notebook records for comparison with those of the front page."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data[MEDIA_TYPE] for output in outputs if MEDIA_TYPE in output.get("data", {})]


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
