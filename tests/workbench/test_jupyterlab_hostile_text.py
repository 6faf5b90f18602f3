"""JupyterLab in a real browser: hostile text is shown as text, and an uploaded article is everywhere."""

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser import PICTURES
from tests.lab import chosen, clear_filters, end, explorer, faults, ran
from tests.planted import SHOWN, executed

pytestmark = [pytest.mark.model, pytest.mark.browser]
EXPLORERS = ["01-topic-breakdown", "02-sentiment-by-speaker", "03-tension-indicators"]
STORY = """Peru and Chile trade blows over fishing

Peru condemned Chile on Monday over fishing rights and imposed sanctions on two companies.

"Chile must leave these waters," Foreign Minister Ana Paz said in Lima. Chile accused Peru of bullying."""
HEAD = STORY.partition("\n")[0]
SPEAKERS = pytest.mark.parametrize("hostile_sight", ["02-sentiment-by-speaker"], indirect=True)


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
    add.get_by_role("textbox", name="Date").fill("2024-04-23")
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


def test_an_uploaded_article_is_saved_and_listed_without_running_again(uploaded, hostile_place):
    assert "talks.txt" in {path.name for path in (hostile_place.folder / "seeds").iterdir()}
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
