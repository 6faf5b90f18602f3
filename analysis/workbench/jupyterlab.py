"""How JupyterLab is started: on a notebook, for this machine only, with a token, without the network.

The notebooks of a desk are copies that ask what the desk asks, and are the analyst's own.
"""

import errno
import os
import socket
import sys
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path
from urllib.parse import quote

import nbformat

from analysis.ingest.whole_files import write_errors
from analysis.notebook_files import all_notebooks
from analysis.notebook_parameters import INJECTED, inject
from analysis.pipeline.desk import Desk

HOST = "127.0.0.1"
MAX_PORTS = 50  # that are tried
QUIET = (
    # What JupyterLab would ask the network for: news, its newest version, and extensions in a package index.
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
# The settings above do not stop JupyterLab from asking each new user whether they want its news. This folder
# has the file that `jupyter labextension disable` would write, so the question is never asked.
CONFIG_PATH = "JUPYTER_CONFIG_PATH"
OWN_CONFIG = Path(__file__).parents[1] / "templates" / "workbench" / "jupyter"


def jupyterlab_command(first: Path, port: int, *, open_browser: bool) -> list[str]:
    """The command that starts JupyterLab, opened on a notebook.

    Args:
        first: the notebook.
        port: a free port; another one is not tried.
        open_browser: open a browser on it.
    """
    root, place = root_and_place(first)
    return [
        *(sys.executable, "-m", "jupyterlab"),
        *QUIET,
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{quote(place)}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={open_browser}",
        f"--ServerApp.allow_root={os.geteuid() == 0}",  # in a container, where nobody else is
        "--ServerApp.log_level=WARN",
    ]


def quiet_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment in which JupyterLab reads the configuration that comes with Faultline as well."""
    folders = [str(OWN_CONFIG), *filter(None, [environment.get(CONFIG_PATH)])]
    return {**environment, CONFIG_PATH: os.pathsep.join(folders)}


def jupyterlab_address(first: Path, port: int) -> str:
    """Where JupyterLab shows a notebook."""
    return f"http://{HOST}:{port}/lab/tree/{quote(root_and_place(first)[1])}"


def root_and_place(first: Path) -> tuple[Path, str]:
    """The folder that JupyterLab shows, and where the notebook is in it."""
    path, here = first.resolve(), Path.cwd()
    root = here if path.is_relative_to(here) else path.parent.parent
    return root, path.relative_to(root).as_posix()


def free_port(host: str, port: int) -> int:
    """The port of an address, or the next one that is free.

    Raises:
        OSError: none of the next fifty is.
    """
    last = min(port + MAX_PORTS, 65536)
    for candidate in range(port, last):
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            socket.create_server((host, candidate), family=family).close()
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise OSError(f"--host is {host!r}, expected an address of this machine") from error
        else:
            return candidate
    raise OSError(f"the ports {port} to {last - 1} are taken or not allowed: choose another --port")


def own_notebooks(desk: Desk, notebooks: Path) -> Path:
    """The folder of a desk's copies of the notebooks, such as `notebooks/gulf`, with its parameters.

    A copy that is there already keeps all but its parameters, which are set again.

    Raises:
        OSError: the folder cannot be written, or a copy cannot be read.
    """
    folder, given = notebooks / desk.folder.resolve().name, desk_parameters(desk, notebooks)
    given |= {name: relpath(given[name], folder.resolve()) for name in ("seeds", "store")}
    for path in all_notebooks(notebooks):
        copy = folder / path.name
        notebook = nbformat.read(copy if copy.exists() else path, as_version=4)
        notebook.cells = [one for one in notebook.cells if INJECTED not in one.metadata.get("tags", [])]
        for cell in notebook.cells:
            if cell.cell_type == "code" and not copy.exists():  # what it shows is of other articles
                cell.outputs, cell.execution_count = [], None
        inject(notebook, given)
        with write_errors(copy):
            folder.mkdir(exist_ok=True)
            nbformat.write(notebook, copy)
    return folder


def desk_parameters(desk: Desk, notebooks: Path) -> dict[str, str]:
    """What the notebooks of a desk are given; paths are whole."""
    return {
        "seeds": str(desk.seeds.resolve()),
        "store": str(notebooks.resolve().parent / ".faultline"),
        "pair": desk.scope.pair,
        "country": desk.scope.country,
        "leave_out": desk.scope.leave_out,
        "reporting_period": desk.period,
    }
