"""The notebooks as pages to read, for colleagues who never see code: served by Voila, without a network.

Each visit runs the notebook in a kernel of its own, so nobody sees what others choose. Cells that write
(tagged `writes`) are left out: what goes into `seeds/` is decided by the analyst, in JupyterLab.
"""

import os
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from tornado.web import RequestHandler
from traitlets.config import Config
from voila.app import Voila

from analysis.notebook_parameters import inject
from analysis.views.pages import markdown
from analysis.workbench.parameter_form import LABELS

TEMPLATES = Path(__file__).parents[1] / "templates" / "workbench"
LEFT_OUT = {
    "writes",  # writes into the folder of articles
    "record",  # gives numbers to a briefing, not to a reader
}
IDLE_SECONDS = 600  # a kernel takes half a gigabyte; one without a page is stopped then
FAILED = "The analyst who started the dashboard can see the reason in the terminal."
POLICY = (  # Voila's pages have scripts of their own, but ask no other machine for anything
    "default-src 'self'; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "  # blob: is how anywidget loads its scripts
    "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'none'"
)


def serve_dashboard(notebooks: Path, *, host: str, port: int, open_browser: bool) -> None:
    """Serve the notebooks of a folder until it is interrupted.

    Args:
        notebooks: the folder; its kernels run there.
        host: address to listen on; if other machines can reach it, the printed address has a token.
        port: port to listen on; if it is taken, the next free one.
        open_browser: open the list of pages.
    """
    paths = [os.environ["JUPYTER_PATH"]] if os.environ.get("JUPYTER_PATH") else []
    os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *paths])
    Voila.launch_instance(argv=[], config=dashboard_config(notebooks, host, port, open_browser))


def dashboard_config(notebooks: Path, host: str, port: int, open_browser: bool) -> Config:
    """Voila's settings."""

    def with_pages(page_config: dict, **_: object) -> dict:
        page_config["pages"] = pages(notebooks)
        return page_config

    config = Config()
    config.Voila.root_dir = str(notebooks.resolve())
    config.Voila.ip, config.Voila.port = host, port
    config.Voila.open_browser = open_browser
    config.Voila.auto_token = host not in ("localhost", "127.0.0.1", "::1")
    config.Voila.tornado_settings = {"headers": {"Content-Security-Policy": POLICY}}
    config.VoilaConfiguration.template = "faultline"
    config.VoilaConfiguration.classic_tree = True  # the list of pages as a template, without scripts
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.prelaunch_hook = for_readers
    config.VoilaConfiguration.page_config_hook = with_pages
    config.VoilaExecutor.cell_error_instruction = FAILED
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    return config


def pages(notebooks: Path) -> list[dict[str, str]]:
    """Address, title and opening of each notebook, from its first cell."""
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        title, _, opening = first_text(nbformat.read(path, as_version=4)).partition("\n")
        found.append({"path": path.name, "title": title.lstrip("# "), "opening": markdown(opening)})
    return found


def first_text(notebook: NotebookNode) -> str:
    return next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")


def for_readers(handler: RequestHandler, *, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """A notebook without the cells that write, with the parameters in its address, its title as metadata."""
    inject(notebook, asked_for(handler))
    notebook.cells = [cell for cell in notebook.cells if not LEFT_OUT & set(cell.metadata.get("tags", []))]
    notebook.metadata["title"] = first_text(notebook).partition("\n")[0].lstrip("# ")
    return notebook


def asked_for(handler: RequestHandler) -> dict[str, str | int]:
    """The parameters in the address of a page: those that have a field, never the folder of articles."""
    given = {name: handler.get_query_argument(name, "") for name in LABELS}
    return {name: int(text) if text.isdecimal() else text for name, text in given.items() if text}
