"""Whether this process shows a page of the dashboard to readers, who change nothing."""

import os


def is_for_readers() -> bool:
    """Yes in a kernel of Voila, which says so in the environment."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")
