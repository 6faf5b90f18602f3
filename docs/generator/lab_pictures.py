"""The pictures of the notebooks in docs/lab, after Run All and a choice in the explorer; and of a morning.

`python -m docs.generator.lab_pictures` makes them anew (`make pictures`); with `morning`
only those of docs/morning.md.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copytree

from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.ingest.corpus import load_corpus
from docs.generator.tutorial_pictures import EXAMPLE
from tests.browser import chromium
from tests.lab import (
    ROOT,
    Server,
    Sight,
    chosen,
    clear_filters,
    copied,
    end,
    explorer,
    faults,
    from_top,
    jupyterlab,
    patient_page,
    ran,
    search,
)

TARGET = ROOT / "docs" / "lab"
NOTEBOOKS = ("00-corpus", "01-topic-breakdown", "02-sentiment-by-speaker", "03-tension-indicators")
CHOICES = {  # a list of the explorer, and which of its values is chosen
    "01-topic-breakdown": ("Theatre", 1),
    "02-sentiment-by-speaker": ("Theme", 1),
    "03-tension-indicators": ("Theme", 1),
}


def take(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)  # what scrolls into view is drawn only now
    page.screenshot(path=TARGET / f"{name}.png")


def take_both(sight: Sight, name: str) -> None:
    """A notebook from its beginning, and its explorer after a choice."""
    sight.page.get_by_role("tab", name="File Browser").click()  # closes it: more room for the notebook
    from_top(sight.page)
    take(sight.page, name)
    if name in CHOICES:
        chosen(sight.page, *CHOICES[name])
        sight.page.locator(".faultline-explorer").last.evaluate(
            "one => one.closest('.jp-Cell').scrollIntoView()"
        )
        take(sight.page, f"{name}-filtered")


MORNING = ROOT / "docs" / "morning"
LAST_DAY = "1962-10-28"
DESK = """
title = "Caribbean desk"
articles = "articles"
countries = ["Cuba"]
pairs = ["US-Soviet Union"]
period = "1962-10-22..1962-10-28"
"""
MISREAD = "You are disturbed over Cuba"
CELL = "one => one.closest('.jp-Cell').scrollIntoView()"


def desk_with_a_review(place: Path) -> Path:
    """A desk on the crisis of 1962 whose last day is only in a press review, an Excel file with a title."""
    folder = place / "desks" / "caribbean"
    copytree(EXAMPLE, folder / "articles")
    (folder / "desk.toml").write_text(DESK)
    articles, _ = load_corpus(folder / "articles")
    book = Workbook()
    for row in (["Press review of the embassy, Sunday"], [], ["Datum", "Zeitung", "Überschrift", "Volltext"]):
        book.active.append(row)
    for row in articles[articles["published_date"] == LAST_DAY].itertuples():
        book.active.append(["28.10.1962", row.outlet, row.title, row.text.removeprefix(row.title).strip()])
        (folder / "articles" / row.path).unlink()
    known = folder / "articles" / "metadata.csv"
    kept = [line for line in known.read_text().splitlines() if not line.startswith(LAST_DAY)]
    known.write_text("\n".join(kept))
    book.save(place / "review.xlsx")
    return place / "review.xlsx"


def shot(page: Page, name: str, shown: Locator) -> None:
    """A picture of what the window shows from a part of the page on."""
    shown.evaluate(CELL)
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)
    page.locator(".jp-NotebookPanel").last.screenshot(path=MORNING / f"{name}.png")


def imported(browser: Browser, lab: Server, review: Path) -> None:
    sight = ran(browser, lab, "caribbean/00-corpus")
    form = sight.page.locator(".faultline-add")
    with sight.page.expect_file_chooser() as chooser:
        form.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files(review)
    form.get_by_role("button", name="Preview").click()
    expect(form).to_contain_text("Überschrift")
    shot(sight.page, "1-import", form)
    form.get_by_role("button", name="Save into seeds").click()
    expect(form).to_contain_text("articles added")
    assert faults(sight.seen) == []
    end(sight)


def briefed(browser: Browser, place: Path, *, width: int, name: str) -> None:
    """The front page that the one command of the desk makes."""
    command = [sys.executable, "-m", "analysis.cli", "brief", "--desk", "caribbean", "--front-only"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True)
    page = patient_page(browser)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto((place / done.stdout.removeprefix("open this: ").strip()).resolve().as_uri())
    page.screenshot(path=MORNING / f"{name}.png")
    page.close()


def corrected_and_asked(browser: Browser, lab: Server) -> None:
    sight = ran(browser, lab, "caribbean/03-tension-indicators")
    found = explorer(sight.page)
    search(sight.page, "disturbed")
    found.locator(".faultline-evidence [role=option]", has_text=MISREAD).first.click()
    found.locator(".faultline-reading [role=option]", has_text=MISREAD).first.click()
    wrong = found.locator(".faultline-sentence li", has_text="→ Cuba").first
    wrong.get_by_role("button", name="not there").click()
    form = found.locator(".faultline-sentence")
    form.get_by_label("Why").fill("over Cuba, not against it")
    form.get_by_label("Your initials").fill("ana")
    shot(sight.page, "3-correct", found)
    form.get_by_role("button", name="Save correction").click()
    expect(form).to_contain_text("Saved in")
    clear_filters(sight.page)
    search(sight.page, "withdraw* OR dismantl*")
    expect(found.locator(".faultline-notes")).to_contain_text("sentence")
    found.locator(".faultline-evidence [role=option]").first.click()
    shot(sight.page, "4-ask", found)
    assert faults(sight.seen) == []
    end(sight)


def fewer_colours(path: Path) -> None:
    """Save a picture with 64 colours, in a third of the bytes."""
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


def morning() -> None:
    """Import, read, correct, ask, send: docs/morning.md."""
    MORNING.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        place = copied(Path(scratch))
        review = desk_with_a_review(place)
        os.environ["PYTHONPATH"] = str(ROOT)
        with jupyterlab(place, "--desk", "caribbean") as lab:
            imported(browser, lab, review)
            briefed(browser, place, width=1100, name="2-read")
            corrected_and_asked(browser, lab)
            briefed(browser, place, width=390, name="5-send")
    for path in MORNING.glob("*.png"):
        fewer_colours(path)


def notebooks() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        jupyterlab(copied(Path(scratch))) as lab,
        chromium() as browser,
    ):
        for name in NOTEBOOKS:
            sight = ran(browser, lab, name)
            take_both(sight, name)
            assert faults(sight.seen) == [], name
            end(sight)
            sight.page.close()  # the next picture begins with the file browser open again
            print(name)


if __name__ == "__main__":
    if sys.argv[1:] != ["morning"]:
        notebooks()
    morning()
