"""The notebooks as pages for colleagues who never see code: served by Voila, without a network, to be read.

Each visit runs the notebook in a kernel of its own, so nobody sees what another chose. Cells that write
(tagged `writes`) are left out: what goes into `seeds/` is for the analyst to say, in JupyterLab.
"""

import os
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config
from voila.app import Voila

from analysis.views.pages import markdown

TEMPLATES = Path(__file__).parents[1] / "templates" / "workbench"
LEFT_OUT = {
    "writes",  # writes into the folder of articles
    "record",  # gives numbers to a briefing, not to a person
}
IDLE_SECONDS = 600  # a kernel holds half a gigabyte; one whose page was lost is stopped then
FAILED = "The analyst who started the dashboard finds the reason in its window."
POLICY = (  # Voila's pages hold scripts of their own; but nothing leaves for another machine
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'"
)


def serve_dashboard(notebooks: Path, *, host: str, port: int, open_browser: bool) -> None:
    """Serve the notebooks of a folder until it is interrupted.

    Args:
        notebooks: the folder; its kernels run there.
        host: address to listen at; beyond this machine, a token in the printed address keeps others out.
        port: port to listen at; the next free one if it is taken.
        open_browser: open the list of pages.
    """
    paths = [os.environ["JUPYTER_PATH"]] if os.environ.get("JUPYTER_PATH") else []
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *paths])
    Voila.launch_instance(argv=[], config=dashboard_config(notebooks, host, port, open_browser))


def dashboard_config(notebooks: Path, host: str, port: int, open_browser: bool) -> Config:
    """What Voila is told."""

    def listed(page_config: dict, **_: object) -> dict:
        page_config["pages"] = pages(notebooks)
        return page_config

    config = Config()
    config.Voila.root_dir = str(notebooks.resolve())
    config.Voila.ip, config.Voila.port = host, port
    config.Voila.open_browser = open_browser
    config.Voila.auto_token = host not in ("localhost", "127.0.0.1", "::1")
    config.Voila.tornado_settings = {"headers": {"Content-Security-Policy": POLICY}}
    config.VoilaConfiguration.template = "faultline"
    config.VoilaConfiguration.classic_tree = True  # the page that is a template, without scripts
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.prelaunch_hook = for_readers
    config.VoilaConfiguration.page_config_hook = listed
    config.VoilaExecutor.cell_error_instruction = FAILED
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    return config


def pages(notebooks: Path) -> list[dict[str, str]]:
    """Address, title and opening of each notebook, as its first cell tells them."""
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        title, _, opening = heading(nbformat.read(path, as_version=4)).partition("\n")
        found.append({"path": path.name, "title": title.lstrip("# "), "opening": markdown(opening)})
    return found


def heading(notebook: NotebookNode) -> str:
    return next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")


def for_readers(_: object, *, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """A notebook without the cells that write, named by its title."""
    notebook.cells = [cell for cell in notebook.cells if not LEFT_OUT & set(cell.metadata.get("tags", []))]
    notebook.metadata["title"] = heading(notebook).partition("\n")[0].lstrip("# ")
    return notebook
