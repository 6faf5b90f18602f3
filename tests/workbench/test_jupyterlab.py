"""JupyterLab in a real browser: each notebook runs from top to bottom, and its explorer answers.

A run of a notebook is shared by the tests that look at it, in whichever order.

Pictures of what a person sees are kept in `test-artefacts/`.
"""

from collections import Counter

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.lab import (
    PICTURES,
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
    run_all,
    search,
)
from tests.notebooks import PATHS
from tests.planted import SHOWN, executed

pytestmark = [pytest.mark.model, pytest.mark.browser]
NAMES = [path.stem for path in PATHS]
EXPLORERS = ["01-topic-breakdown", "02-sentiment-by-speaker", "03-tension-indicators"]
MOST_SECONDS = 20  # of Run All on the first article, from a fresh kernel
STORY = """Peru and Chile trade blows over fishing

Peru condemned Chile on Monday over fishing rights and imposed sanctions on two companies.

"Chile must leave these waters," Foreign Minister Ana Paz said in Lima. Chile accused Peru of bullying."""
MARKED = (
    """[...document.querySelectorAll('.faultline-reading .f-scroll .f-here')].map(one => one.textContent)"""
)
HEAD = STORY.partition("\n")[0]
MISTAKE = "fentanyl AND"
TENSION = pytest.mark.parametrize("sight", ["03-tension-indicators"], indirect=True)
SPEAKERS = pytest.mark.parametrize("hostile_sight", ["02-sentiment-by-speaker"], indirect=True)


@pytest.fixture(scope="module", params=NAMES)
def sight(request, browser, lab):
    one = ran(browser, lab, request.param)
    yield request.param, one
    end(one)


@pytest.fixture(scope="module")
def planted(browser, lab):
    """The notebook whose callbacks raise, after it has run without a fault."""
    one = ran(browser, lab, "99-planted")
    assert faults(one.seen) == []
    yield one
    end(one)


@pytest.fixture(scope="module")
def uploaded(browser, hostile_place):
    """Notebook 00 with hostile text, after an article was uploaded, and before it runs again."""
    one = ran(browser, hostile_place.server, "00-corpus")
    add = one.page.locator(".faultline-add")
    with one.page.expect_file_chooser() as chooser:
        add.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({"name": "talks.txt", "mimeType": "text/plain", "buffer": STORY.encode()})
    add.get_by_role("button", name="Preview").click()
    expect(add.locator("table")).to_contain_text(HEAD)
    add.get_by_label("Date").fill("2024-04-23")
    one.page.screenshot(path=PICTURES / "00-corpus-added.png")
    add.get_by_role("button", name="Save into seeds").click()
    expect(add).to_contain_text("Saved as")
    yield one
    end(one)


@pytest.fixture(scope="module", params=EXPLORERS)
def hostile_sight(request, browser, hostile_place, uploaded):
    """A notebook with hostile text and the uploaded article."""
    one = ran(browser, hostile_place.server, request.param)
    yield request.param, one
    end(one)


def red(page: Page) -> list[str]:
    """What a notebook shows on a red background: exceptions and standard error."""
    return page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').all_inner_texts()


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


def test_a_pair_chosen_above_the_notebook_changes_everything_below(browser, lab):
    one = ran(browser, lab, "03-tension-indicators")
    from_top(one.page)
    form = one.page.locator(".faultline-parameters")
    answer = one.page.locator(".jp-Cell", has_text="corpus.answers.bottom_line()").last
    expect(answer).to_contain_text("China and the United States")
    offered = form.get_by_label("Pair", exact=True).locator("option").all_text_contents()
    offered = [text.replace("\N{NO-BREAK SPACE}", " ") for text in offered]
    assert offered[:2] == ["all", "China – United States (18)"]
    form.get_by_label("Pair", exact=True).select_option(index=2)
    one.page.locator(".jp-Cell").first.click()  # another cell is the selected one while the kernel reads
    form.get_by_role("button", name="Apply").click()
    expect(answer).to_contain_text("China and Russia: ")
    expect(answer).not_to_contain_text("China and the United States keep talking")
    idle(one.page)
    expect(form).to_be_in_viewport()  # and not the last cell that ran
    one.page.screenshot(path=PICTURES / "03-tension-indicators-pair.png")
    chosen_pair = form.get_by_label("Pair", exact=True).locator("option:checked")
    expect(chosen_pair).to_have_text("China – Russia (3)")
    form.get_by_label("From", exact=True).fill("2030-01-01")
    form.get_by_role("button", name="Apply").click()
    expect(form).to_contain_text("no article is left (since 2030-01-01)")
    expect(answer).to_contain_text("China and Russia: ")
    assert faults(one.seen) == []
    end(one)


@TENSION
def test_a_word_is_searched_and_read_in_place(sight, lab_folder):
    _, one = sight
    clear_filters(one.page)
    read_in_place(one.page)
    one.page.screenshot(path=PICTURES / "search.png")
    search(one.page, MISTAKE)
    box = explorer(one.page).locator(".faultline-search")
    expect(box).to_contain_text("Not searched: AND joins two words, and there is none after it")
    search(one.page, "fentanyl zebra")
    expect(box).to_contain_text("By itself, each part matches: fentanyl")
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
    spanned = incidents.locator("tbody [rowspan]").count()
    incidents.get_by_role("columnheader", name="Pair").get_by_role("button").click()
    pairs = incidents.locator("tbody tr > :nth-child(2)").all_text_contents()
    cells = [row.locator("> *").count() for row in incidents.locator("tbody tr").all()]
    assert spanned > 0
    assert cells == [5] * len(pairs)  # a sentence behind several incidents goes with each of them
    assert pairs == sorted(pairs)
    incidents.get_by_role("columnheader", name="Day").get_by_role("button").click()
    days = [cell.get_attribute("data-sort") for cell in incidents.locator("tbody tr > :first-child").all()]
    assert days == sorted(days)
    assert len(set(days)) > 1
    assert faults(one.seen) == []


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("in a cell's widget", ["ValueError: planted in an output widget"]),
        ("in a pane", ["ValueError: planted in a pane"]),
        ("nowhere", ["KeyError: 'planted and shown nowhere'"]),
    ],
)
def test_an_exception_in_a_callback_is_shown(planted, choice, shown):
    one, before = planted, Counter(faults(planted.seen))
    one.page.locator(".widget-dropdown select").select_option(choice)
    one.page.wait_for_timeout(500)
    idle(one.page)
    in_sight = "".join(red(one.page))
    assert set(Counter(faults(one.seen)) - before) == set(shown)  # an output widget reports it twice
    assert (shown[0] in in_sight) == (choice != "nowhere")


def test_hostile_text_is_shown_as_text(hostile_sight):
    name, one = hostile_sight
    show_hostile(one.page)
    one.page.screenshot(path=PICTURES / f"{name}-planted.png")
    panes = explorer(one.page).inner_text()
    text = one.page.evaluate("() => document.body.textContent")
    assert executed(one.page) is None
    assert faults(one.seen) == []
    assert [text for text in SHOWN if text not in panes] == []
    assert "\x1b" not in text


def show_hostile(page: Page) -> None:
    """Choose the outlet of the planted article, from an explorer without filters."""
    clear_filters(page)
    outlets = explorer(page).get_by_label("Outlet", exact=True).locator("option").all_inner_texts()
    chosen(page, "Outlet", next(n for n, text in enumerate(outlets) if text.startswith("Daily")))


def test_an_uploaded_article_is_saved_and_listed_when_the_notebook_runs_again(uploaded, hostile_place):
    assert "talks.txt" in {path.name for path in (hostile_place.folder / "seeds").iterdir()}
    run_all(uploaded.page, uploaded.seen)
    row = uploaded.page.locator("tr", has_text=HEAD).first
    expect(row).to_contain_text("2024-04-23")
    assert faults(uploaded.seen) == []
    assert executed(uploaded.page) is None


def test_an_uploaded_article_shows_in_each_notebook_without_a_line_of_code(hostile_sight):
    name, one = hostile_sight
    shown = one.page.locator(".jp-Notebook").first.evaluate("one => one.textContent")
    assert faults(one.seen) == []
    assert HEAD in shown, name


@SPEAKERS
def test_what_an_explorer_shows_is_saved_and_opens_without_a_formula(hostile_sight, hostile_place, tmp_path):
    """An analyst takes it along: the file is saved from JupyterLab and opened as in Excel."""
    _, one = hostile_sight
    clear_filters(one.page)
    everything = rows_of(saved(one.page, tmp_path)["statements"])
    show_hostile(one.page)
    assert explorer(one.page).get_by_role("link", name="Save faultline-").count() == 0
    book = saved(one.page, tmp_path)
    one.page.screenshot(path=PICTURES / "02-sentiment-by-speaker-export.png")
    assert faults(one.seen) == []
    few = rows_of(book["statements"])
    assert 0 < len(few) < len(everything)
    assert {row["outlet"] for row in few} < {row["outlet"] for row in everything}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [path.name for path in hostile_place.folder.iterdir() if path.suffix == ".xlsx"] == []


def saved(page, folder):
    """The file that an explorer offers, saved and opened."""
    explorer(page).get_by_role("button", name="Make an Excel file").click()
    link = explorer(page).get_by_role("link", name="Save faultline-")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return load_workbook(path)


def rows_of(sheet):
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]
