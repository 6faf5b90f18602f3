"""JupyterLab in a real browser: each notebook runs from top to bottom, and its explorer answers.

A run of a notebook is shared by the tests that look at it, in whichever order.

Pictures of what a person sees are kept in `test-artefacts/`.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import PICTURES
from tests.lab import (
    bars,
    chosen,
    clear_filters,
    end,
    explorer,
    faults,
    from_top,
    idle,
    ran,
    read_in_place,
    red,
    search,
)
from tests.notebooks import PATHS

pytestmark = [pytest.mark.model, pytest.mark.browser]
NAMES = [path.stem for path in PATHS]
EXPLORERS = ["01-topic-breakdown", "02-sentiment-by-speaker", "03-tension-indicators"]
MOST_SECONDS = 18  # of Run All on the first article; most kernels have imported the package before
MARKED = (
    "[...[...document.querySelectorAll('.faultline-reading')].at(-1).querySelectorAll('.f-scroll .f-here')]"
    ".map(one => one.textContent)"
)
MISTAKE = "fentanyl AND"
TENSION = pytest.mark.parametrize("sight", ["03-tension-indicators"], indirect=True)


@pytest.fixture(scope="module", params=NAMES)
def sight(request, browser, lab):
    one = ran(browser, lab, request.param)
    yield request.param, one
    end(one)


def test_a_notebook_runs_from_top_to_bottom_without_a_fault(sight):
    name, one = sight
    from_top(one.page)
    one.page.screenshot(path=PICTURES / f"{name}.png")
    assert faults(one.seen) == []
    assert red(one.page) == []
    assert one.work < MOST_SECONDS, f"{one.work:.1f} s of processor time, {one.seconds:.1f} s in all"


def test_another_choice_in_an_explorer_draws_other_bars_with_their_evidence(sight):
    name, one = sight
    if name not in EXPLORERS:
        assert one.page.locator(".faultline-explorer").count() == 0
        return
    before = bars(one.page)
    chosen(one.page, "Theme", 1)
    one.page.screenshot(path=PICTURES / f"{name}-filtered.png")
    assert bars(one.page) != before
    assert explorer(one.page).locator(".faultline-evidence [role=option]").count() > 0
    assert explorer(one.page).locator(".faultline-reading .f-scroll span").count() > 0
    assert faults(one.seen) == []


def test_a_bar_is_clicked_and_its_evidence_is_read_from_the_keyboard(sight):
    name, one = sight
    if name not in EXPLORERS:
        return
    page = one.page
    clear_filters(page)
    bar = explorer(page).locator(".faultline-chart [role=option]").first
    everything = explorer(page).locator(".faultline-evidence .f-small").first.inner_text()
    bar.click()
    expect(bar).to_have_attribute("aria-selected", "true")
    expect(explorer(page).locator(".faultline-evidence .f-small").first).not_to_have_text(everything)
    bar.press("Enter")  # again: all bars
    expect(bar).to_have_attribute("aria-selected", "false")
    expect(explorer(page).locator(".faultline-evidence .f-small").first).to_have_text(everything)
    pieces = explorer(page).locator(".faultline-evidence [role=option]")
    pieces.first.focus()
    for place in (1, 2, 3):
        page.keyboard.press("ArrowDown")
        expect(pieces.nth(place)).to_be_focused()
        expect(pieces.nth(place)).to_have_attribute("aria-selected", "true")
    words = pieces.nth(3).inner_text().partition(". ")[2][:25].strip('"… ')
    page.wait_for_function(f"words => ({MARKED}).join('').includes(words)", arg=words)
    expect(explorer(page).locator(".faultline-reading .f-scroll .f-here").first).to_be_in_viewport()
    page.screenshot(path=PICTURES / f"{name}-read.png")
    pieces.last.click()  # below what is in sight of the article at first
    expect(pieces.last).to_have_attribute("aria-selected", "true")
    idle(page)
    read = explorer(page).locator(".faultline-reading .f-scroll")
    expect(read.locator(".f-here").first).to_be_in_viewport()
    assert read.evaluate("one => one.scrollTop") > 0
    assert faults(one.seen) == []


@TENSION
def test_a_word_is_searched_and_read_in_place(sight, lab_folder):
    _, one = sight
    clear_filters(one.page)
    read_in_place(one.page)
    one.page.screenshot(path=PICTURES / "search.png")
    search(one.page, MISTAKE)
    box = explorer(one.page).locator(".faultline-notes")
    expect(box).to_contain_text(
        "Not searched: the search 'fentanyl AND' cannot be understood: AND, OR and NOT need words"
    )
    search(one.page, "fentanyl zebra")
    expect(box).to_contain_text('By itself, each part matches: "fentanyl"')
    idle(one.page)
    search(one.page, "")
    idle(one.page)
    assert faults(one.seen) == []
    assert len(list((lab_folder / ".faultline" / "search").glob("*.sqlite"))) == 1


@TENSION
def test_a_click_on_the_head_of_a_column_sorts_its_table(sight):
    _, one = sight
    countries = one.page.locator("table", has_text="Conflict weight").first
    countries.scroll_into_view_if_needed()
    head = countries.get_by_role("columnheader", name="Incidents")
    counts = countries.locator("tbody td:last-child")
    before = list(map(int, counts.all_text_contents()))
    head.get_by_role("button").click()
    assert list(map(int, counts.all_text_contents())) == sorted(before)
    head.get_by_role("button").press("Enter")
    assert list(map(int, counts.all_text_contents())) == sorted(before, reverse=True)
    expect(head).to_have_attribute("aria-sort", "descending")
    one.page.screenshot(path=PICTURES / "03-tension-indicators-sorted.png")
    incidents = one.page.locator("table", has_text="incidents, by day")
    incidents.get_by_role("columnheader", name="Day").get_by_role("button").click()
    days = [cell.get_attribute("data-sort") for cell in incidents.locator("tbody tr > :first-child").all()]
    assert days == sorted(days)
    assert len(set(days)) > 1
    assert faults(one.seen) == []
