"""The parts of the tests: what a run says at its beginning, and how several processes divide them."""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

from analysis.phrasing import counted
from tests.browser import NAMES

ROOT = Path(__file__).parent.parent
PARTS = {  # what is run, by how the paths of its files begin; a file belongs to the first that fits
    "JupyterLab": (
        "tests/workbench/test_jupyterlab",
        "tests/workbench/test_missed_event_journey.py",
    ),
    "dashboard": ("tests/dashboard/",),
    "briefing": ("tests/briefing/",),
    "notebooks": ("tests/notebook/", "tests/workbench/", "tests/test_notebooks.py"),
    "worked example": ("tests/test_thirteen_days.py", "tests/test_tutorial.py"),
    "reading": ("tests/ingest/", "tests/nlp/", "tests/pipeline/"),
    "numbers and words": ("tests/indicators/", "tests/findings/", "tests/evaluation/", "tests/readable/"),
    "charts, views and files": ("tests/charts/", "tests/views/", "tests/export/", "tests/search/"),
    "commands, documentation and rooms": ("tests/",),
}
TOGETHER = ("JupyterLab", "worked example")  # parts that share a server or a store, made in one process
LONGEST = (  # begun first, so that no process has much left when the others are done
    "tests/workbench/test_jupyterlab",
    "tests/briefing/test_whole_briefing.py",
    "tests/dashboard/test_pages_in_browser.py",
    "tests/dashboard/test_server.py",
    "tests/briefing/test_build.py",
    "tests/test_notebooks.py",
    "tests/test_no_network.py",
    "tests/pipeline/",
    "tests/notebook/",
    "tests/ingest/test_untrusted_files.py",
    "tests/test_",
)
NO_BROWSER = "none is installed, and the tests try to bring one"


class Division(LoadScopeScheduling):
    """Gives each process whole files, or whole parts where these share a server."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid)


def shared_by(nodeid: str) -> str:
    """What a test shares something costly with: its part or its file."""
    file = nodeid.partition("::")[0]
    return part_of(file) if part_of(file) in TOGETHER else file


def part_of(file: str) -> str:
    """The part to which a file of tests belongs."""
    return next(part for part, beginnings in PARTS.items() if file.startswith(beginnings))


def turn(nodeid: str) -> int:
    """The place of a test in the order in which a run begins them."""
    found = (place for place, beginning in enumerate(LONGEST) if nodeid.startswith(beginning))
    return -1 if shared_by(nodeid) in TOGETHER else next(found, len(LONGEST))


def summary(nodeids: Iterable[str], processes: int) -> list[str]:
    """Lines that say which parts are run: tests in each, processes, and the browser.

    Args:
        nodeids: the tests that are run.
        processes: how many run them.
    """
    files = [nodeid.partition("::")[0] for nodeid in nodeids]
    counts = Counter(map(part_of, files))
    said = [f"{part} {counts[part]:,}" for part in PARTS if counts[part]]
    ran = f"{counted(len(files), 'test')} in {processes} process{'es' if processes > 1 else ''}"
    in_browser = sum(map(opens_browser, files))
    browser = next(filter(None, map(shutil.which, NAMES)), NO_BROWSER)
    lines = [f"{ran}: {', '.join(said)}"]
    return [*lines, f"In Chromium: {in_browser:,} of them ({browser})"] if in_browser else lines


def opens_browser(file: str) -> bool:
    """Whether the tests of a file open Chromium."""
    return "mark.browser" in (ROOT / file).read_text(encoding="utf-8")
