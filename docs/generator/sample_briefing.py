"""The sample in docs/sample: the briefing of the seed.

`python -m docs.generator.sample_briefing` makes it anew (`make sample`), with the pictures of the README.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from analysis.briefing.build import TABLES_FILE, Request, write_briefing
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.filters import Scope
from tests.browser import chromium

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs" / "sample"
DAY = date(2024, 4, 21)
WIDTH, HEIGHT = 820, 1280


def keep(folder: Path, target: Path) -> None:
    """Copy the pages and tables of a run; its notebooks and numbers do not belong in the repository."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in [*sorted(folder.glob("*.html")), folder / TABLES_FILE]:
        shutil.copy(path, target)


def picture(page: Path, target: Path, heading: str = "", unfolded: str = "") -> None:
    """A picture of the top of a page, or of a heading and what follows it.

    Args:
        page: an HTML file.
        target: where the picture is saved.
        heading: at the top of the picture; "" for the top of the page.
        unfolded: words of a folded part that is opened first; "" for none.
    """
    with chromium() as browser:
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        tab.goto(page.as_uri())
        if unfolded:
            tab.locator("summary", has_text=unfolded).click()
        if heading:
            tab.get_by_role("heading", name=heading).evaluate("one => one.scrollIntoView()")
        tab.screenshot(path=target)


def main() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("0*.ipynb"))  # 04, to which a briefing points, among them
    articles, rejected = load_corpus(ROOT / "seeds")
    with tempfile.TemporaryDirectory() as scratch:
        request = Request(notebooks, ROOT / "seeds", Path(scratch) / "out", Scope(), store=f"{scratch}/store")
        keep(write_briefing(request, articles, rejected, today=DAY).pages[0].parent, SAMPLE)
    picture(SAMPLE / "briefing.html", ROOT / "docs" / "briefing.png")


if __name__ == "__main__":
    main()
