"""Whether this process shows a page of the dashboard to readers, who change nothing."""

import os
from typing import Final

VARIABLE: Final = "SERVER_SOFTWARE"  # in which Voila too tells its kernels so
DASHBOARD: Final = "voila/dashboard"


def say_for_readers() -> None:
    """Let this process show a page to readers from now on."""
    os.environ[VARIABLE] = DASHBOARD


def is_for_readers() -> bool:
    """Whether a page of the dashboard, or of Voila itself, is shown from here."""
    return os.environ.get(VARIABLE, "").startswith("voila/")
