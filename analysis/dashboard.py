"""The dashboard: briefings, and notebooks as Voila shows them, for colleagues who have the token.

`faultline dashboard` runs this module as a program of its own. It is stock Voila with a start page, the files
of briefings, and settings: who may come in, and what a notebook may do for a reader. It writes nothing.
"""

import ipaddress
import socket
from collections.abc import Awaitable, Sequence
from pathlib import Path

import nbformat
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.base.handlers import AuthenticatedFileHandler, JupyterHandler
from jupyter_server.log import log_request
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from tornado.web import ErrorHandler, HTTPError, authenticated
from traitlets import Dict, Integer, List, Unicode
from traitlets.config import Config
from voila.app import Voila

from analysis.briefing.build import briefings_in
from analysis.briefing.notebooks import notebook_title
from analysis.notebook.controls import PARAMETERS, Explorers
from analysis.notebook_parameters import inject
from analysis.pipeline.filters import scope_of
from analysis.pipeline.reporting_period import asked_days
from analysis.views.render import ENVIRONMENT

POLICY = (  # Voila's pages have scripts of their own, but ask no other machine for anything
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "  # blob: for anywidget
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
BRIEFING_POLICY = (  # the texts are of others; a sandbox would keep the cookie from links to other pages
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
LEFT_OUT = {"writes", "record"}  # tags of cells that are for the analyst


class OwnNames(PasswordIdentityProvider):
    """Signs in by token, under the names of this machine alone: another could be that of a strange site."""

    def get_user(self, handler: JupyterHandler) -> User | Awaitable[User | None] | None:
        if not is_own_name(handler.request.host_name, self.parent.ip, self.parent.names):
            raise HTTPError(403)
        return super().get_user(handler)


def is_own_name(asked: str, host: str, names: Sequence[str]) -> bool:
    """Yes if a request may ask for this name: `host` is listened on, `names` are others of this machine."""
    asked = asked.lower().strip("[]")
    try:
        address = ipaddress.ip_address(asked)  # a strange site cannot have numbers for a name
    except ValueError:
        return asked in {one.lower() for one in ("localhost", host, *names, socket.gethostname())}
    return address.is_loopback or host not in ("localhost", "127.0.0.1", "::1")


class TextMessages(ZMQChannelsWebsocketConnection):
    """Passes messages in text on to a kernel; a count in a binary one could ask for all memory."""

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        if isinstance(incoming_msg, str):
            super().handle_incoming_message(incoming_msg)


class BriefingFile(AuthenticatedFileHandler):
    """A page of a briefing, which may run and load nothing, or its tables."""

    content_security_policy = BRIEFING_POLICY

    def check_xsrf_cookie(self) -> None:
        """Asks for no more than the token, which a strange site has not: these pages name no referrer."""


class StartPage(JupyterHandler):
    """The briefings, the newest first, and the notebooks by their questions."""

    @authenticated
    def get(self) -> None:
        if "token" in self.request.query_arguments:  # it does not stay in the address, which people copy
            self.redirect("/")
            return
        app: Dashboard = self.settings["voila"]
        paths = sorted(Path(app.root_dir).glob("*.ipynb"))
        pages = [(one.name, notebook_title(nbformat.read(one, as_version=4), one.stem)) for one in paths]
        page = {"title": app.title, "briefings": briefings_in(Path(app.briefings)), "notebooks": pages}
        self.finish(ENVIRONMENT.get_template("dashboard.html.j2").render(page))


class Dashboard(Voila):
    """Voila with a start page and the files of briefings."""

    briefings = Unicode(config=True, help="The folder of briefings.")
    given = Dict(config=True, help="Parameters of the notebooks, such as the folder of articles.")
    names = List(Unicode(), config=True, help="Other names of this machine.")
    title = Unicode(config=True, help="Title of the start page.")
    visitors = Integer(config=True, help="The most notebooks open at once.")

    def init_handlers(self) -> list:
        file = r"/briefings/((?:[^/.][^/]*/){1,2}[^/.][^/]*\.(?:html|xlsx|pdf))"
        files = file, BriefingFile, {"path": self.briefings}
        upwards = r"(?i).*\.\.(?:/|\\|%2f|%5c).*", ErrorHandler, {"status_code": 404}
        return [upwards, ("/", StartPage), files, *super().init_handlers()]


def for_reader(handler: JupyterHandler, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """A notebook as a page: without the cells of the analyst, with the parameters in its address."""
    app: Dashboard = handler.settings["voila"]
    if len(handler.kernel_manager) >= app.visitors:
        raise HTTPError(503, reason=f"all {app.visitors} places are taken: one is free after somebody leaves")
    asked = {
        name: handler.get_query_argument(name) for name in PARAMETERS if name in handler.request.arguments
    }
    try:
        for name in handler.request.query_arguments:
            if name not in (*PARAMETERS, "token") and name.partition(".")[0] not in vars(Explorers):
                expected = f"expected {', '.join(PARAMETERS)}, or that of an explorer such as events.pair"
                raise ValueError(f"there is no {name!r}, {expected}")
        scope_of(**{name: asked.get(name, "") for name in ("since", "until", "pair", "country")})
        asked_days(asked.get("reporting_period", ""))
    except ValueError as error:
        raise HTTPError(400, reason=f"the address of this page has a mistake: {error}") from error
    _ = handler.xsrf_token  # asking for it sets the cookie without which a page that is left keeps its kernel
    notebook.cells = [one for one in notebook.cells if not LEFT_OUT & set(one.metadata.get("tags", []))]
    inject(notebook, app.given | asked)
    notebook.cells.insert(0, new_markdown_cell("[All pages](/)"))
    return notebook


SETTINGS = Config(
    Dashboard={
        "auto_token": True,  # the one in the environment variable JUPYTER_TOKEN, or a new one
        "port_retries": 0,
        "log_level": "WARN",
        "config_file_paths": [],  # a file found by chance could take the token away
        "identity_provider_class": OwnNames,
        "kernel_websocket_connection_class": TextMessages,
        "tornado_settings": {
            "headers": {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"},
            "log_function": log_request,  # which leaves the token out
        },
    },
    OwnNames={"cookie_options": {"samesite": "Strict"}},  # only a page of the dashboard sends it
    TextMessages={"kernel_ws_protocol": ""},  # that of binary messages is not offered
    MappingKernelManager={"cull_idle_timeout": 60, "cull_interval": 10},  # of pages that nobody shows
    VoilaConfiguration={
        "prelaunch_hook": for_reader,
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "file_allowlist": [],
    },
)

if __name__ == "__main__":
    Dashboard.launch_instance(config=SETTINGS)
