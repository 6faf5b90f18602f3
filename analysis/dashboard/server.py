"""Serves the dashboard: settings, addresses, the token, and messages in the terminal."""

import errno
import getpass
import logging
import os
import secrets
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tornado.ioloop
import tornado.web
from jinja2 import DictLoader, Environment
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyterlab_server.themes_handler import ThemesHandler
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from analysis.dashboard.briefing_files import BriefingFile
from analysis.dashboard.forked_kernels import KERNELS, VisitorKernels
from analysis.dashboard.hosts import host_pattern
from analysis.dashboard.notebook_pages import VOILA_POLICY, IsOpen, NotebookPage
from analysis.dashboard.plain_pages import NoPage, Site
from analysis.dashboard.readings import Folders, Readings
from analysis.dashboard.request_log import hide_token
from analysis.dashboard.sign_in import STRICT, SignIn
from analysis.dashboard.start_page import StartPage
from analysis.ingest.scratch import scratch_folder

TEMPLATES = Path(__file__).parents[1] / "templates" / "dashboard"
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
TOKEN_VARIABLE = "JUPYTER_TOKEN"  # as JupyterLab calls it
MOST_PORTS = 50  # that are tried
ERROR_PAGES = Environment(  # of Jupyter's addresses: its own ones need files that are not served here
    loader=DictLoader({"error.html": "{{ status_code }} {{ status_message }}"}), autoescape=True
)
Announce = Callable[[str, str], None]


@dataclass(frozen=True)
class Served:
    """What is served, and to whom."""

    folders: Folders
    host: str
    port: int
    names: tuple[str, ...] = ()  # other names of this machine
    title: str = ""
    most_visitors: int = 8


def serve_dashboard(served: Served, announce: Announce) -> None:
    """Serve briefings and notebooks until it is interrupted.

    Args:
        served: what, and to whom.
        announce: called with the address and the token once it listens. The token is that of the environment
            variable `JUPYTER_TOKEN`, or else a new one.

    Raises:
        OSError: the address cannot be listened on.
    """
    with scratch_folder() as scratch:
        paths = [os.environ["JUPYTER_PATH"]] if os.environ.get("JUPYTER_PATH") else []
        os.environ["JUPYTER_PATH"] = os.pathsep.join([str(TEMPLATES), *paths])
        os.environ["IPYTHONDIR"] = str(scratch / "ipython")
        Dashboard.launch_instance(
            argv=[],
            config=settings(served, scratch),
            served=served,
            scratch=scratch,
            announce=announce,
        )


def settings(served: Served, scratch: Path) -> Config:
    """What Voila and Jupyter are set to."""
    config = Config()
    config.Voila.root_dir = str(served.folders.notebooks)
    config.Voila.ip, config.Voila.port = served.host, served.port
    config.Voila.log_level = logging.WARNING
    config.Voila.token = os.environ.get(TOKEN_VARIABLE) or secrets.token_hex(24)
    config.Voila.connection_dir_root = str(scratch)
    config.Voila.config_file_paths = []  # a file found by chance could take the token away
    config.VoilaConfiguration.template = "faultline"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.multi_kernel_manager_class = VisitorKernels
    config.VisitorKernels.most_kernels = served.most_visitors
    config.merge(KERNELS)
    config.merge(STRICT)
    return config


class Dashboard(Voila):
    """Voila with pages, addresses and kernels of our own."""

    def __init__(self, *, served: Served, scratch: Path, announce: Announce, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.served, self.announce = served, announce
        self.readings = Readings(served.folders, scratch)
        self.scratch = scratch

    def init_settings(self) -> dict:
        """Voila's settings, with the names that this machine is asked by."""
        pattern = host_pattern(self.served.host, self.served.names)
        return {
            **super().init_settings(),
            "host_pattern": pattern,
            "jinja2_env": ERROR_PAGES,
            "site": self.site,
            "default_handler_class": NoPage,
            "default_handler_args": {"site": self.site},
            "headers": {"Content-Security-Policy": VOILA_POLICY, "Referrer-Policy": "same-origin"},
        }

    @property
    def site(self) -> Site:
        owner = f"{getpass.getuser()}@{socket.gethostname()}"
        title = self.served.title or "Faultline"
        folders = self.served.folders
        return Site(title, owner, folders.notebooks, folders.briefings, self.readings)

    def init_handlers(self) -> list:
        """The addresses: those of our pages, and of Voila's only what its pages need."""
        site = {"site": self.site}
        extensions = {"path": self.labextensions_path, "no_cache_paths": ["/"]}
        themes = {
            "themes_url": "/voila/api/themes",
            "path": self.themes_dir,
            "labextensions_path": self.labextensions_path,
            "no_cache_paths": ["/"],
        }
        return [
            ("/", StartPage, site),
            ("/login", SignIn),
            ("/briefings/([^/]+)/([^/]+)", BriefingFile, site),
            ("/explorers/([^/]+)", NotebookPage, site),
            (f"/is-open/{KERNEL}", IsOpen, site),
            (f"/api/kernels/{KERNEL}", KernelHandler),
            (f"/api/kernels/{KERNEL}/channels", VoilaKernelWebsocketHandler),
            ("/voila/templates/([^/]+/static/.+)", TemplateStaticFileHandler),
            ("/voila/static/(.*)", MultiStaticFileHandler, {"paths": self.static_paths}),
            ("/voila/labextensions/(.*)", FileFindHandler, extensions),
            ("/voila/api/themes/(.*)", ThemesHandler, themes),
            (f"/voila/api/shutdown/{KERNEL}", VoilaShutdownKernelHandler),
        ]

    def start(self) -> None:
        """Listen, and serve until interrupted."""
        self.connection_dir = tempfile.mkdtemp(prefix="kernels-", dir=self.scratch)
        made = self.init_settings()
        hide_token(self.token, [self.log])
        self.app = tornado.web.Application(**made)
        self.app.settings.update(made)
        self.app.add_handlers(made["host_pattern"], self.init_handlers())
        self.listen()

    def listen(self) -> None:
        """Listen on the port or the next free one, say so, and serve."""
        self.port = listened_port(self.app, self.ip, self.port)
        self.ioloop = tornado.ioloop.IOLoop.current()
        self.ioloop.add_callback(self.readings.keep_fresh)  # so that the first visitor waits less
        self.announce(f"http://{shown_host(self.ip)}:{self.port}/", self.token)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    def stop(self) -> None:
        """End the processes that read, and the kernels with them."""
        self.readings.end()


def listened_port(application: tornado.web.Application, host: str, port: int) -> int:
    """Listen on a port, or on the next one that is free; returns which it is.

    Raises:
        OSError: none of them can be listened on, or the host is not one of this machine.
    """
    for candidate in range(port, min(port + MOST_PORTS, 65536)):
        try:
            application.listen(candidate, host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise OSError(error.errno, error.strerror, f"{host}:{candidate}") from error
        else:
            return candidate
    raise OSError(f"{host}: the ports {port} to {candidate} are taken, choose another --port")


def shown_host(host: str) -> str:
    """The name by which others reach an address to listen on."""
    if host in ("", "0.0.0.0", "::"):
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host
