"""Notebooks to HTML briefings: run with papermill, each one file that asks the network for nothing.

nbconvert's own HTML brings scripts, 280 kB of style, and tables and pictures a screen reader cannot use; a
briefing needs the prose and the outputs only, so they are laid into our one template.
"""

import json
import os
import tempfile
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

import nbformat
import nh3
import papermill
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

MEDIA_TYPE = "application/vnd.faultline.snapshot+json"  # as in analysis.snapshots, which would load a parser

HIDDEN_TAGS = {
    "interactive",  # a cell of controls: dead without a kernel, its plain twin stands beside it
    "record",  # a cell that gives the numbers for briefing.json
}
NUMBERS = "briefing.json"
CELL_SECONDS = 3600  # a first run on thousands of long articles
KERNEL_ARGUMENTS = ["--log-level=CRITICAL"]  # the kernel's own warnings; what a cell raises comes back
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
ALLOWED_TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption", "mark"}
ALLOWED_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": {"class", "scope"}, "details": {"open"}}
ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class BriefingError(RuntimeError):
    """A notebook did not run, or what it shows cannot be exported; the message says which, where and why."""


def choose_notebooks(folder: Path, names: Sequence[str]) -> list[Path]:
    """The notebooks whose file names contain one of the given names; all of them if none is given.

    Raises:
        FileNotFoundError: the folder or a notebook does not exist.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder} is no folder, expected that of the notebooks: run this in Faultline's"
        )
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        raise FileNotFoundError(f"{folder} holds no notebooks, expected the folder of *.ipynb files")
    for name in names:
        if not any(name in path.stem for path in found):
            known = ", ".join(path.stem for path in found)
            raise FileNotFoundError(f"{folder} has no notebook {name!r}, expected one of: {known}")
    return [path for path in found if not names or any(name in path.stem for name in names)]


def write_briefings(
    notebooks: Sequence[Path],
    seeds: Path,
    out: Path,
    *,
    progress: Callable[[int, str], object] = lambda done, name: None,
) -> list[Path]:
    """Run notebooks on a folder of articles and write one HTML file each, an index, and the numbers.

    The notebooks themselves are never written to. Nothing under `out` changes before all have run.
    A notebook with a parameter `previous` gets the `briefing.json` of the last run; a snapshot that it shows
    is kept as the next.

    Args:
        notebooks: the files to run, in order.
        seeds: the folder of articles.
        out: the folder for the HTML; made if it does not exist.
        progress: called with 0 and a notebook's name before it runs, with 1 after.

    Returns:
        Paths of the written pages, the index last.

    Raises:
        BriefingError: a notebook failed, or shows something that cannot be exported.
        OSError: `out` cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".briefing-", dir=out) as scratch:
        folder = Path(scratch)
        pages, kept = [], []
        previous = out.resolve() / NUMBERS
        given = {"seeds": str(seeds.resolve()), "previous": str(previous) if previous.exists() else ""}
        for path in notebooks:
            progress(0, path.stem)
            notebook = run_notebook(path, folder / path.name, given)
            kept += snapshots(notebook)
            page = folder / f"{path.stem}.html"
            page.write_text(notebook_html(notebook, path.stem), encoding="utf-8")
            pages.append((page.name, notebook_title(notebook, path.stem)))
            progress(1, path.stem)
        (folder / "index.html").write_text(index_html(pages), encoding="utf-8")
        names = [name for name, _ in pages] + ["index.html"]
        for snapshot in kept:
            (folder / NUMBERS).write_text(json.dumps(snapshot, indent=1) + "\n", encoding="utf-8")
        for name in (*names, *([NUMBERS] if kept else [])):
            os.replace(folder / name, out / name)
    return [out / name for name in names]


def snapshots(notebook: NotebookNode) -> list[dict]:
    """The numbers that a notebook gives to be kept."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data[MEDIA_TYPE] for output in outputs if MEDIA_TYPE in output.get("data", {})]


def declared(path: Path, given: dict[str, str]) -> dict[str, str]:
    """Those of the given parameters that a notebook has."""
    tagged = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if "parameters" in cell.metadata.get("tags", [])
    ]
    return {name: value for name, value in given.items() if any(f"{name}:" in text for text in tagged)}


def run_notebook(path: Path, target: Path, parameters: dict[str, str]) -> NotebookNode:
    """The notebook as it looks after a run from top to bottom, saved as `target`.

    Raises:
        BriefingError: a cell raised, or an output widget caught an exception; names notebook, cell and cause.
    """
    known = declared(path, parameters)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # papermill on its own dependencies
            papermill.execute_notebook(
                path,
                target,
                known,
                cwd=path.parent,
                kernel_name="python3",
                progress_bar=False,
                execution_timeout=CELL_SECONDS,
                extra_arguments=KERNEL_ARGUMENTS,
            )
    except PapermillExecutionError as error:
        cell = error.cell_index - bool(known)  # papermill puts a cell of its own before it
        raise BriefingError(f"{path}, cell {cell}: {error.ename}: {error.evalue}") from error
    except TimeoutError as error:
        raise BriefingError(
            f"{path}: a cell ran for more than {CELL_SECONDS} seconds and was stopped"
        ) from error
    notebook = nbformat.read(target, as_version=4)
    check_widgets(notebook, path)
    return notebook


def check_widgets(notebook: NotebookNode, path: Path) -> None:
    """An exception inside an Output widget does not stop a run, so look for one."""
    state = notebook.metadata.get("widgets", {}).get(WIDGET_STATE, {}).get("state", {})
    for model in state.values():
        for output in model["state"].get("outputs", []):
            if output["output_type"] == "error":
                raise BriefingError(f"{path}: a widget failed: {output['ename']}: {output['evalue']}")


def notebook_title(notebook: NotebookNode, default: str) -> str:
    """The text of the first heading."""
    for cell in notebook.cells:
        first = cell.source.lstrip().partition("\n")[0]
        if cell.cell_type == "markdown" and first.startswith("# "):
            return first.removeprefix("# ").strip()
    return default


def notebook_html(notebook: NotebookNode, name: str) -> str:
    """One self-contained page: no script, no request, every text cleaned, the code left out.

    Raises:
        BriefingError: an output has no HTML, picture or text form, or a picture has no text alternative.
    """
    blocks: list[Markup] = []
    for number, cell in enumerate(notebook.cells):
        if HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown":
            blocks.append(clean(MarkdownIt("commonmark", {"html": False}).render(cell.source)))
        elif cell.cell_type == "code":
            blocks += [output_html(output, f"{name}, cell {number}") for output in cell.outputs]
    template = ENVIRONMENT.get_template("page.html.j2")
    return template.render(title=notebook_title(notebook, name), blocks=blocks, made=made(), is_index=False)


def output_html(output: NotebookNode, where: str) -> Markup:
    """One output of a cell as clean HTML."""
    if output.output_type == "stream":
        return Markup("<pre>{}</pre>").format(output.text)
    data = output.get("data", {})
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt")
        if not alt:
            raise BriefingError(
                f"{where}: a picture has no text alternative, expected a chart of analysis.charts"
            )
        encoded = "".join(data["image/png"].split())
        return Markup('<figure><img src="data:image/png;base64,{}" alt="{}"></figure>').format(encoded, alt)
    if "text/html" in data:
        return clean(data["text/html"])
    if "text/plain" in data:
        return Markup("<pre>{}</pre>").format(data["text/plain"])
    raise BriefingError(
        f"{where}: an output is {', '.join(data) or output.output_type}, expected HTML, PNG or text"
    )


def clean(html: str) -> Markup:
    """HTML without anything that runs or loads; a table gets a frame of its own that may scroll sideways."""
    safe = nh3.clean(
        html,
        tags=ALLOWED_TAGS - {"img"},
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style"},
        link_rel="noopener noreferrer",
    )
    soup = BeautifulSoup(safe, "html.parser")
    for number, table in enumerate(soup.find_all("table"), start=1):
        name = table.caption.get_text(" ", strip=True) if table.caption else f"Table {number}"
        table.wrap(
            soup.new_tag(
                "div", attrs={"class": "scroll", "role": "region", "tabindex": "0", "aria-label": name}
            )
        )
    return Markup(str(soup))


def index_html(pages: Sequence[tuple[str, str]]) -> str:
    """The page that leads to the others: file name and title of each."""
    links = [Markup('<li><a href="{}">{}</a></li>').format(name, title) for name, title in pages]
    blocks = [Markup("<h1>Faultline briefings</h1>"), Markup("<ul>{}</ul>").format(Markup("").join(links))]
    template = ENVIRONMENT.get_template("page.html.j2")
    return template.render(title="Faultline briefings", blocks=blocks, made=made(), is_index=True)


def made() -> str:
    """The line at the foot of each page."""
    today = f"{date.today():%Y-%m-%d}"
    return f"Made by Faultline {version('faultline')} on {today}; coded by machine, not checked by a person."
