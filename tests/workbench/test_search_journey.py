"""Search a word and read it in place, in a real browser: in JupyterLab, and in the pages for colleagues."""

import pytest
from playwright.sync_api import Page, expect

from tests.lab import (
    PICTURES,
    copied,
    dashboard,
    end,
    explorer,
    faults,
    idle,
    jupyterlab,
    open_page,
    patient_page,
    ran,
    watch,
)

pytestmark = [pytest.mark.model, pytest.mark.browser]
WORD, MISTAKE = "fentanyl", "fentanyl AND"


def search(page: Page, words: str) -> None:
    """Type into the search box of the explorer, and press Enter."""
    field = explorer(page).get_by_label("Search")
    field.fill(words)
    field.press("Enter")


def read_in_place(page: Page) -> None:
    """Search a word, see that only its evidence is left and marked, and open it in its article."""
    evidence = explorer(page).locator(".faultline-evidence")
    expect(evidence).to_contain_text("Evidence 1 to")
    everything = evidence.locator(".f-small").first.inner_text()
    search(page, WORD)
    expect(explorer(page).locator(".faultline-search")).to_contain_text("sentence")
    expect(evidence.locator(".f-small").first).not_to_have_text(everything)
    pieces = evidence.locator("[role=option]")
    expect(pieces.first.locator(".f-searched").first).to_have_text(WORD)
    for piece in pieces.all():
        assert WORD in piece.inner_text().casefold()
    pieces.last.click()
    marked = explorer(page).locator(".faultline-reading .f-scroll .f-here.f-searched").first
    expect(marked).to_have_text(WORD)
    expect(marked).to_be_in_viewport()


def test_a_word_is_searched_and_read_in_place(browser, tmp_path):
    place = copied(tmp_path)
    with jupyterlab(place) as lab:
        one = ran(browser, lab, "03-tension-indicators")
        read_in_place(one.page)
        one.page.screenshot(path=PICTURES / "search.png")
        search(one.page, MISTAKE)
        box = explorer(one.page).locator(".faultline-search")
        expect(box).to_contain_text("Not searched: AND joins two words, and there is none after it")
        search(one.page, "fentanyl zebra")
        expect(box).to_contain_text("By itself, each part matches: fentanyl")
        idle(one.page)
        assert faults(one.seen) == []
        end(one)
    assert len(list((place / ".faultline" / "search").glob("*.sqlite"))) == 1


def test_colleagues_search_in_the_pages_and_nothing_is_written(browser, tmp_path):
    place = copied(tmp_path)
    with dashboard(place) as server:
        page = patient_page(browser)
        seen = watch(page)
        open_page(page, server, "03-tension-indicators")
        read_in_place(page)
        page.screenshot(path=PICTURES / "dashboard-search.png")
        assert faults(seen) == []
        page.close()
    assert not (place / ".faultline" / "search").exists()
