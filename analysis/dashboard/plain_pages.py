"""What all pages of the dashboard share: headers, the token, errors, and where a request comes from."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError

from analysis.dashboard.readings import Readings
from analysis.views.render import ENVIRONMENT

PLAIN_POLICY = (  # of pages without scripts
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SENTENCES = {
    403: "This address is not for you: open the dashboard with the address that its owner gave you.",
    404: "There is no such page here.",
    405: "The dashboard only shows pages.",
    500: "This page failed. The analyst who started the dashboard can see the reason in the terminal.",
}


@dataclass(frozen=True)
class Site:
    """What the pages show, and whose they are."""

    title: str
    owner: str  # user@host
    notebooks: Path
    briefings: Path
    readings: Readings


class PlainPage(JupyterHandler):
    """A page of HTML without scripts, for anyone with the token."""

    policy = PLAIN_POLICY

    def initialize(self, site: Site) -> None:
        self.site = site

    async def prepare(self) -> None:
        """Sign in; the token does not stay in the address, which people copy."""
        await super().prepare()
        if self.token_authenticated and "token" in self.request.query_arguments:
            self.redirect(self.request.path)

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", self.policy)

    def write_page(self, name: str, **values: object) -> None:
        """Write a template of `templates/dashboard`."""
        template = ENVIRONMENT.get_template(f"dashboard/{name}.html.j2")
        self.write(template.render(site=self.site, **values))

    def write_error(self, status_code: int, **_: object) -> None:
        """An error as one sentence."""
        self.set_header("Content-Security-Policy", PLAIN_POLICY)
        sentence = SENTENCES.get(status_code, "The dashboard cannot answer this.")
        self.write_notice("Not found" if status_code == 404 else "Error", sentence)

    def write_notice(self, title: str, sentence: str, words: str = "", reload_seconds: int = 0) -> None:
        """Write a page of one sentence.

        Args:
            title: its heading.
            sentence: what there is to say.
            words: of a link to the same address; "" for none.
            reload_seconds: after which the page asks again by itself; 0 for never.
        """
        self.write_page(
            "notice",
            title=title,
            sentence=sentence,
            words=words,
            address=self.request.path if words else "",
            reload_seconds=reload_seconds,
        )

    @property
    def is_from_here(self) -> bool:
        """Whether a person asked for this by a link of the dashboard, or by typing the address.

        A page of another site can make a browser ask for any address, with the cookie in some cases. Browsers
        say where a request comes from (`Sec-Fetch-Site`), but over plain HTTP only to the same machine; else
        the page with the link (`Referer`) must be one of the dashboard.
        """
        told = self.request.headers.get("Sec-Fetch-Site")
        if told is not None:
            return told in ("same-origin", "none")
        if self.token_authenticated:
            return True
        return urlsplit(self.request.headers.get("Referer", "")).netloc == self.request.host


class NoPage(PlainPage):
    """What is asked for does not exist, or under another name of this machine than the dashboard has."""

    async def prepare(self) -> None:
        is_known = self.settings["host_pattern"].match(self.request.host_name) is not None
        raise HTTPError(404 if is_known else 403)
