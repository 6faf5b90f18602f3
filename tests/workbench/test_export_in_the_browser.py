"""An analyst takes along what an explorer shows: the file is saved from JupyterLab and opened as in Excel."""

import pytest
from openpyxl import load_workbook

from tests.browser import chromium
from tests.lab import PICTURES, chosen, copied, end, explorer, faults, jupyterlab, ran
from tests.planted import plant_article

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab with one more article, full of text that tries to run."""
    place = copied(tmp_path_factory.mktemp("export"))
    plant_article(place / "seeds")
    with jupyterlab(place) as server:
        yield server, place


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


def test_what_an_explorer_shows_is_saved_and_opens_without_a_formula(lab, tmp_path):
    server, place = lab
    with chromium() as browser:
        one = ran(browser, server, "02-sentiment-by-speaker")
        everything = rows_of(saved(one.page, tmp_path)["statements"])
        outlets = explorer(one.page).get_by_label("Outlet", exact=True).locator("option").all_inner_texts()
        chosen(one.page, "Outlet", next(n for n, text in enumerate(outlets) if text.startswith("Daily")))
        assert explorer(one.page).get_by_role("link", name="Save faultline-").count() == 0
        book = saved(one.page, tmp_path)
        PICTURES.mkdir(exist_ok=True)
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
