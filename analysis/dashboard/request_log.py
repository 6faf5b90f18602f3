"""What the terminal says of requests: never the token, which people paste from there to ask for help."""

import logging
import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "…"
QUERY: Final = re.compile(r"\?[^\s'\"]+")  # of an address; the token is in it, perhaps written in another way
TORNADO: Final = ("tornado.access", "tornado.application", "tornado.general")


class WithoutToken(logging.Filter):
    """Hides the token, and the query of every address, in whatever is logged."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message of a record, and let it pass."""
        message = QUERY.sub(f"?{HIDDEN}", record.getMessage())
        record.msg, record.args = message.replace(self.token, HIDDEN), ()
        return True


def hide_token(token: str, loggers: Iterable[logging.Logger]) -> None:
    """Keep a token out of what some loggers and the server's own say from now on."""
    for logger in [*loggers, *map(logging.getLogger, TORNADO)]:
        logger.addFilter(WithoutToken(token))
