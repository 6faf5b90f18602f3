"""The sample in docs/sample: the briefing of the seed, and that of the next day with one more article.

`python -m tests.sample_briefing` makes it anew (`make sample`), with the pictures of the README.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from analysis.briefing.build import Request, write_briefing, write_comparison
from analysis.briefing.tables_file import TABLES_FILE
from analysis.ingest.corpus import load_corpus
from analysis.notebook_files import choose_notebooks
from analysis.pipeline.filters import Scope
from tests.browser import chromium

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "docs" / "sample"
DAYS = (date(2024, 4, 21), date(2024, 4, 22))
NEXT = """An invented article, for this sample only

China condemned new American tariffs on steel on Sunday and suspended talks with the United States on trade.

"The United States must correct its mistakes," Foreign Minister Wang Yi said in Beijing. China imposed
sanctions on two American companies and accused Washington of bullying.

A spokesperson for the State Department said the United States regretted the decision. Secretary of State
Antony Blinken will still visit China this week, she said."""
WIDTH, HEIGHT = 820, 1280


def brief(seeds: Path, out: Path, day: date, names: list[str]) -> Path:
    """The folder of one run."""
    articles, rejected = load_corpus(seeds)
    request = Request(choose_notebooks(ROOT / "notebooks", names), seeds, out, Scope())
    return write_briefing(request, articles, rejected, today=day).pages[0].parent


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
    with tempfile.TemporaryDirectory() as scratch:
        seeds, out = Path(scratch) / "seeds", Path(scratch) / "out"
        shutil.copytree(ROOT / "seeds", seeds)
        out.mkdir()
        first = brief(seeds, out, DAYS[0], [])
        (seeds / "next.txt").write_text(NEXT, encoding="utf-8")
        row = f"next.txt,,{DAYS[1]},,,,Invented for this sample.\n"
        with (seeds / "metadata.csv").open("a", encoding="utf-8") as metadata:
            metadata.write(row)
        second = brief(seeds, out, DAYS[1], ["speaker"])
        write_comparison(first, second)
        keep(first, SAMPLE)
        keep(second, SAMPLE / "next-day")
    picture(SAMPLE / "briefing.html", ROOT / "docs" / "briefing.png")
    changes = SAMPLE / "next-day" / "briefing.html"
    picture(changes, ROOT / "docs" / "changes.png", "Since the last briefing")


if __name__ == "__main__":
    main()
