"""An analyst takes along what an explorer shows: the file is saved from JupyterLab and opened as in Excel."""

import pytest
from openpyxl import load_workbook

from tests.lab import PICTURES, chosen, end, explorer, faults, ran

pytestmark = [pytest.mark.model, pytest.mark.browser]


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


def test_what_an_explorer_shows_is_saved_and_opens_without_a_formula(browser, hostile_place, tmp_path):
    server, place = hostile_place
    one = ran(browser, server, "02-sentiment-by-speaker")
    everything = rows_of(saved(one.page, tmp_path)["statements"])
    outlets = explorer(one.page).get_by_label("Outlet", exact=True).locator("option").all_inner_texts()
    chosen(one.page, "Outlet", next(n for n, text in enumerate(outlets) if text.startswith("Daily")))
    assert explorer(one.page).get_by_role("link", name="Save faultline-").count() == 0
    book = saved(one.page, tmp_path)
    one.page.screenshot(path=PICTURES / "02-sentiment-by-speaker-export.png")
    assert faults(one.seen) == []
    end(one)
    few = rows_of(book["statements"])
    assert 0 < len(few) < len(everything)
    assert {row["outlet"] for row in few} < {row["outlet"] for row in everything}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [path.name for path in place.iterdir() if path.suffix == ".xlsx"] == []
    assert (place / "scratch").is_dir()
