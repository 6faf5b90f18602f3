"""The pictures of docs/tutorial.md, the first of which opens README: front page, incidents by week, timeline.

`python -m docs.generator.tutorial_pictures` makes them anew (`make pictures`).
"""

import tempfile
from datetime import date
from pathlib import Path

from analysis import open_corpus
from analysis.briefing.build import Request, write_briefing
from analysis.ingest.corpus import load_corpus
from analysis.notebook_files import choose_notebooks
from analysis.pipeline.filters import Scope
from docs.generator.sample_briefing import ROOT, picture

EXAMPLE = ROOT / "examples" / "thirteen-days"
TARGET = ROOT / "docs" / "tutorial"
WEEK = "1962-10-22..1962-10-28"
MADE_ON = date(2026, 11, 26)
NOTEBOOK = "03-tension-indicators"
DPI = 90


def briefing(place: Path, store: Path) -> None:
    """The top of the front page on the week of the crisis, and the timeline on the page of a notebook."""
    articles, rejected = load_corpus(EXAMPLE)
    notebooks = choose_notebooks(ROOT / "notebooks", [NOTEBOOK])
    request = Request(notebooks, EXAMPLE, place, Scope(), store=str(store), period=WEEK)
    page = write_briefing(request, articles, rejected, today=MADE_ON).pages[0]
    picture(page, TARGET / "briefing.png")
    picture(
        page.with_name(f"{NOTEBOOK}.html"),
        TARGET / "timeline.png",
        "When did what happen?",
        unfolded="27 October 1962",
    )


def tension(store: Path) -> None:
    """Incidents by week, as the tutorial asks for them."""
    pair = open_corpus(EXAMPLE, pair="US-Soviet Union", store=store)
    chart = pair.charts.incidents_by_week(pair.incidents)
    chart.figure.savefig(TARGET / "tension.png", dpi=DPI, metadata={"Software": None})


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        place, store = Path(scratch), Path(scratch) / "store"
        tension(store)
        (place / "briefings").mkdir()
        briefing(place / "briefings", store)


if __name__ == "__main__":
    main()
