"""The pictures of docs/tutorial.md: the front page, tension by week, and the explorer in JupyterLab.

`python -m tests.tutorial_pictures` makes them anew (`make pictures`), and that of the README.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from analysis import open_corpus
from analysis.briefing.build import Request, write_briefing
from analysis.briefing.notebook_runner import choose_notebooks
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.filters import Scope
from tests.browser import chromium
from tests.crisis_picture import EXAMPLE, PICTURE, ROOT, write_picture
from tests.lab import copied, end, explorer, faults, jupyterlab, ran
from tests.sample_briefing import picture

TARGET = ROOT / "docs" / "tutorial"
WEEK = "1962-10-22..1962-10-28"
MADE_ON = date(2026, 11, 26)
NOTEBOOK = "03-tension-indicators"
DPI = 90


def front_page(place: Path, store: Path) -> None:
    """The top of the front page on the week of the crisis."""
    articles, rejected = load_corpus(EXAMPLE)
    notebooks = choose_notebooks(ROOT / "notebooks", [])
    asked = {"store": str(store), "period": WEEK, "front_only": True}
    request = Request(notebooks, EXAMPLE, place, Scope(), **asked)
    page = write_briefing(request, articles, rejected, today=MADE_ON).pages[0]
    picture(page, TARGET / "briefing.png")


def tension(store: Path) -> None:
    """The chart that the tutorial asks for."""
    pair = open_corpus(EXAMPLE, pair="US-Soviet Union", store=store)
    pair.charts.tension_by_week().figure.savefig(TARGET / "tension.png", dpi=DPI, metadata={"Software": None})


def explored(place: Path, store: Path) -> None:
    """The explorer of the notebook on tension, in JupyterLab, with the stories of the example."""
    copied(place)
    shutil.copytree(EXAMPLE, place / "examples" / EXAMPLE.name)
    shutil.copytree(store, place / ".faultline")
    path = place / "notebooks" / f"{NOTEBOOK}.ipynb"
    own, example = 'seeds: str = \\"../seeds\\"', f'seeds: str = \\"../examples/{EXAMPLE.name}\\"'
    path.write_text(path.read_text(encoding="utf-8").replace(own, example), encoding="utf-8")
    with jupyterlab(place) as lab, chromium() as browser:
        sight = ran(browser, lab, NOTEBOOK)
        sight.page.get_by_role("tab", name="File Browser").click()  # closes it: more room for the notebook
        explorer(sight.page).evaluate("one => one.closest('.jp-Cell').scrollIntoView()")
        sight.page.wait_for_timeout(1000)  # what scrolls into view is drawn only now
        sight.page.screenshot(path=TARGET / "explorer.png")
        assert faults(sight.seen) == []
        end(sight)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        place, store = Path(scratch), Path(scratch) / "store"
        write_picture(open_corpus(EXAMPLE, store=store), PICTURE)
        tension(store)
        (place / "briefings").mkdir()
        front_page(place / "briefings", store)
        explored(place / "lab", store)


if __name__ == "__main__":
    main()
