"""Whether this process shows a page of the dashboard to readers, and what the address of the page asks."""

import os
from urllib.parse import parse_qsl

MOST_ASKED, MOST_CHARS = 50, 500  # of what anybody may write into an address


def is_for_readers() -> bool:
    """Yes in a kernel of Voila, which says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def asked_in_address() -> list[tuple[str, str]]:
    """Names and values after the question mark in the address of the page; none in JupyterLab."""
    query = os.environ.get("QUERY_STRING", "") if is_for_readers() else ""
    asked = parse_qsl(query[: MOST_ASKED * MOST_CHARS])[:MOST_ASKED]
    return [(name, value[:MOST_CHARS]) for name, value in asked if name != "token"]
