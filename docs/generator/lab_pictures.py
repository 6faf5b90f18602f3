"""The pictures of the notebooks in docs/lab: after Run All, and after a choice in the explorer.

`python -m docs.generator.lab_pictures` makes them anew (`make pictures`).
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from tests.browser import chromium
from tests.lab import ROOT, Sight, chosen, copied, end, faults, from_top, jupyterlab, ran

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


def main() -> None:
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
            print(f"{name}: {sight.seconds:.1f} s, {sight.work:.1f} s of processor time")


if __name__ == "__main__":
    main()
