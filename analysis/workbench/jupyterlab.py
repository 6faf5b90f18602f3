"""How JupyterLab is started: on a notebook, for this machine only, with a token, without the network."""

import errno
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

HOST = "127.0.0.1"
MOST_PORTS = 50  # that are tried
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
    last = min(port + MOST_PORTS, 65536)
    for candidate in range(port, last):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind((host, candidate))
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
            else:
                return candidate
    raise OSError(f"the ports {port} to {last - 1} are taken or not allowed: choose another --port")
