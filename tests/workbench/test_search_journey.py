"""Search a word and read it in place, in JupyterLab in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.lab import PICTURES, end, explorer, faults, idle, ran, read_in_place, search

pytestmark = [pytest.mark.model, pytest.mark.browser]
MISTAKE = "fentanyl AND"


def test_a_word_is_searched_and_read_in_place(browser, lab, lab_folder):
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
    assert len(list((lab_folder / ".faultline" / "search").glob("*.sqlite"))) == 1
