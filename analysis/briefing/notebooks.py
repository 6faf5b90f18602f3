"""How a briefing runs the notebooks.

`faultline brief` hands the files whose names begin with a number, without 04 and 05 unless they are named, or
with `--front-only` none, to `briefing.build.write_briefing`. It analyses the articles that the command has
loaded, keeps what was read in the store, writes the front page and all other files, has the notebooks run
here, and puts the finished folder in its place last, unless an input has changed meanwhile:

1. `run_notebooks` runs each file from top to bottom by nbclient, all in one kernel, emptied between two.
   After the cell tagged `parameters` comes one with the values of this run: the folder of articles, the days,
   the countries, as far as the notebook has them, and the store, from which `open_corpus` in the notebook
   takes what was read. Cells tagged `interactive` are skipped. Meanwhile another thread writes the front
   page. If a cell fails, the briefing ends with its number and the reason, and an earlier one stays.
2. `check_same_numbers` compares the rows that a notebook recorded (`corpus.fingerprint`, in cells tagged
   `record`) with those of the front page: a briefing whose pages contradict each other is worse than none.
3. `write_notebook_pages` writes each notebook as it ran, and its page: text, tables and pictures, cleaned.

The files themselves are not changed.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from os.path import relpath
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client import AsyncKernelManager
from markupsafe import Markup
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from analysis.briefing.numbers import MEDIA_TYPE, fingerprint
from analysis.ingest.whole_files import scratch_folder
from analysis.notebook_parameters import INJECTED, inject, show_parameters
from analysis.pipeline.analyse import Tables
from analysis.views.pages import BriefingError, check_source, clean, figure, markdown, page_html

FRONT_PAGE = "briefing.html"
WORDLESS = "a picture has no alternative text, expected a chart made by analysis.charts"
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
EMPTYING = "get_ipython().reset()"
"""Forgets a notebook, so that the next counts its cells from 1 and has the memory of its tables."""
FEWER_ARTICLES = "brief fewer articles at once, such as a folder of articles for each month"
KERNEL_DIED = f"its kernel died, perhaps because memory ran out: run the command again, or {FEWER_ARTICLES}"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CODE = Markup('<details class="code"><summary>Code of cell {}</summary><pre><code>{}</code></pre></details>')
Progress = Callable[[int, str], object]


def run_notebooks(
    paths: Sequence[Path], parameters: dict[str, str | Path], progress: Progress = lambda done, name: None
) -> list[NotebookNode]:
    """Notebooks as they look after a run, in order, all in one kernel; it ends with the run.

    Args:
        paths: the files, which are in one folder and are not written to; no kernel starts for none.
        parameters: given to each notebook that declares them; a `Path` becomes relative to the notebook.
        progress: called in another thread with 0 and the name of a notebook before it runs, with 1 after.

    Raises:
        BriefingError: a cell raised, took too long, or its kernel died; with notebook, cell and cause.
    """
    if not paths:
        return []
    started: Future[Callable[[], object]] = Future()

    async def run_all() -> list[NotebookNode]:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        started.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
        with scratch_folder() as scratch:  # in which the next run removes what a killed one leaves
            given = {"kernel_name": "python3", "connection_file": str(scratch / "kernel.json")}
            kernel = AsyncKernelManager(**given)
            try:
                return [await run_notebook(path, parameters, kernel, progress) for path in paths]
            finally:
                if kernel.has_kernel:
                    await kernel.shutdown_kernel(now=True)

    # In a thread of its own: in the main one nbclient would take Ctrl-C for itself.
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(asyncio.run, run_all())
        try:
            return run.result()
        except KeyboardInterrupt:
            started.result()()
            raise


async def run_notebook(
    path: Path,
    parameters: dict[str, str | Path],
    kernel: AsyncKernelManager,
    progress: Progress,
) -> NotebookNode:
    """One notebook after a run from top to bottom, in a kernel that has no names of the one before."""
    notebook = nbformat.read(path, as_version=4)
    inject(notebook, parameters_for(path, parameters))
    numbers, begun = [number for number, _ in numbered_cells(notebook)], [0]  # places of cells
    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=CELL_SECONDS,
        startup_timeout=CELL_SECONDS,
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=KERNEL_ARGUMENTS,
        skip_cells_with_tag="interactive",
        on_cell_start=lambda cell, cell_index: begun.append(cell_index),
    )
    progress(0, path.stem)
    try:
        await client.async_execute()
        await client.kc.execute_interactive(EMPTYING, silent=True, store_history=False)
    except CellTimeoutError as error:
        said = f"{path}: a cell ran for more than {CELL_SECONDS} seconds and was stopped"
        raise BriefingError(said) from error
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}"
        if error.ename.endswith("MemoryError"):  # NumPy and Arrow have their own
            what = f"memory ran out: {FEWER_ARTICLES}"
        raise BriefingError(f"{path}, cell {numbers[begun[-1]]}: {what}") from error
    except RuntimeError as error:  # a DeadKernelError, or before the first cell a plain one
        raise BriefingError(f"{path}, cell {numbers[begun[-1]]}: {KERNEL_DIED}") from error
    finally:
        if client.kc:
            client.kc.stop_channels()
    progress(1, path.stem)
    return notebook


def check_same_numbers(paths: Sequence[Path], notebooks: Sequence[NotebookNode], tables: Tables) -> None:
    """Raise BriefingError if a notebook shows other rows than the front page.

    Args:
        paths: files of the notebooks.
        notebooks: the same after their run.
        tables: those of the front page.
    """
    for path, notebook in zip(paths, notebooks, strict=True):
        outputs = [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]
        for shown in (data[MEDIA_TYPE] for data in outputs if MEDIA_TYPE in data):
            for name, own in fingerprint(tables, *shown).record().items():
                if shown[name] != own:
                    raise BriefingError(
                        f"{path}: its {name} are not those of the front page ({shown[name]['rows']} rows "
                        f"here, {own['rows']} there), expected the same: its numbers are stale"
                    )


def write_notebook_pages(
    folder: Path,
    paths: Sequence[Path],
    notebooks: Sequence[NotebookNode],
    parameters: dict[str, str | Path],
    **look: Any,
) -> list[str]:
    """Write each notebook as it ran, and its page.

    Args:
        folder: of the briefing.
        paths: files of the notebooks.
        notebooks: the same after their run.
        parameters: that they show, in place of those that they ran with.
        look: as `notebook_html` takes it.

    Returns:
        The names of the pages.

    Raises:
        BriefingError: as `notebook_html` does.
    """
    names = []
    for path, notebook in zip(paths, notebooks, strict=True):
        show_parameters(notebook, parameters_for(path, parameters))
        html = notebook_html(notebook, path.stem, **look)
        nbformat.write(reproducible(notebook), folder / path.name)
        names.append(f"{path.stem}.html")
        (folder / names[-1]).write_text(html, encoding="utf-8")
    return names


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


def notebook_title(notebook: NotebookNode, default: str) -> str:
    """The text of the first heading."""
    for cell in notebook.cells:
        first = cell.source.lstrip().partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("# "):
            return first.removeprefix("# ").strip()
    return default


def notebook_html(
    notebook: NotebookNode, name: str, *, made: str, days: str = "", show_code: bool = False
) -> str:
    """One self-contained page: no script, no request, every text cleaned, the code left out or folded.

    Args:
        notebook: as it ran.
        name: of its file, without ending.
        made: the line at the foot.
        days: a sentence on the days that the page covers, to go below its title; "" for none.
        show_code: include the code, folded.

    Raises:
        BriefingError: an output has no HTML, picture or text form, or a picture has no text alternative.
    """
    blocks: list[Markup] = []
    for number, cell in numbered_cells(notebook):
        where = f"{name}, cell {number}"
        if HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            blocks.append(markdown(cell.source, where=where))
        elif show_code and cell.cell_type == "code":
            blocks.append(CODE.format(number, cell.source))
        blocks += [output_html(output, where) for output in cell.get("outputs", [])]
    if days:
        blocks.insert(1, Markup('<p class="caveat">{}</p>').format(days))
    return page_html(
        notebook_title(notebook, name), blocks, name=f"{name}.html", made=made, back_to=FRONT_PAGE
    )


def output_html(output: NotebookNode, where: str) -> Markup:
    """One output of a cell as clean HTML.

    Raises:
        BriefingError: it cannot be shown as intended, or it reports a failure.
    """
    if output.output_type == "error":
        raise BriefingError(f"{where}: {output.ename}: {output.evalue}")
    if output.output_type == "stream" and output.name != "stderr":
        return Markup("<pre>{}</pre>").format(output.text)
    if output.output_type == "stream":  # warnings are for whoever runs the notebook, and name paths there
        if "Traceback (most recent call last)" in output.text:
            raise BriefingError(f"{where}: an exception was printed: {output.text.strip().splitlines()[-1]}")
        return Markup("")
    data = output.get("data", {})
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt")
        if not alt:
            raise BriefingError(f"{where}: {WORDLESS}")
        return figure("".join(data["image/png"].split()), alt)
    if "text/html" in data:
        check_source(data["text/html"], where)
        return clean(data["text/html"])
    richer = sorted(set(data) - {"text/plain", MEDIA_TYPE})
    if richer or "text/plain" not in data:
        found = richer[0] if richer else "empty"
        raise BriefingError(f"{where}: an output is {found}, expected HTML, PNG or text")
    if data["text/plain"].startswith("<Figure size"):
        raise BriefingError(f"{where}: {WORDLESS}")
    return Markup("<pre>{}</pre>").format(data["text/plain"])
