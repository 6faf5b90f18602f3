"""The page that asks for the token, and says whose dashboard it is."""

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.login import LoginFormHandler
from markupsafe import Markup
from traitlets.config import Config

from analysis.dashboard.plain_pages import PlainPage

WRONG = "This is not the token of this dashboard; it has a new one after each start, so ask for the newest."
STRICT = Config({"IdentityProvider": {"cookie_options": {"samesite": "Strict"}}})
"""A browser sends the cookie only where a page of the dashboard asks for it."""


class SignIn(PlainPage, LoginFormHandler):
    """Ask for the token, and give a cookie for it."""

    def initialize(self) -> None:
        super().initialize(self.settings["site"])

    def _render(self, message: dict | None = None) -> None:
        address = self.get_argument("next", default=self.base_url)
        is_wrong = message is not None or "token=" in address
        self.write_page(
            "sign_in",
            problem=WRONG if is_wrong else "",
            address=address,
            xsrf=Markup(self.xsrf_form_html()),
        )

    @allow_unauthenticated
    def post(self) -> None:
        """Check the token that was typed."""
        super().post()
