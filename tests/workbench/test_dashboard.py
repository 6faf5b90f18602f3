"""Colleagues who never see code read the notebooks as pages: no network is asked, and nothing is written."""

import nbformat
import pytest
from playwright.sync_api import Page, expect

from analysis.workbench.dashboard import for_readers, pages
from tests.browser import chromium
from tests.lab import (
    PICTURES,
    bars,
    chosen,
    copied,
    dashboard,
    explorer,
    faults,
    patient_page,
    watch,
)
from tests.notebooks import FOLDER, PATHS
from tests.planted import SHOWN, executed, plant_article, plant_notebook

pytestmark = [pytest.mark.model, pytest.mark.browser]
IRAN = "Iran (2)"
CODE = ("open_corpus", "import ", "corpus.views.")
FAULTY = 'from analysis import open_corpus\nopen_corpus("no such folder")'


@pytest.fixture(scope="module")
def browser():
    PICTURES.mkdir(exist_ok=True)
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The dashboard of the first article, an article with hostile text, and a notebook that fails."""
    place = copied(tmp_path_factory.mktemp("dashboard"))
    plant_article(place / "seeds")
    plant_notebook(place / "notebooks" / "99-planted.ipynb", FAULTY)
    with dashboard(place) as one:
        yield one


@pytest.fixture
def page(browser):
    one = patient_page(browser)
    yield one
    one.close()


def open_page(page: Page, server, name: str) -> None:
    """A notebook as a page, from when it has run and its controls are there."""
    page.goto(f"{server.address}/voila/render/{name}.ipynb")
    page.locator("#rendered_cells").wait_for()


def test_the_list_links_each_page_by_its_question(page, server):
    seen = watch(page)
    page.goto(server.address)
    titles = [one["title"] for one in pages(FOLDER)]
    assert [link.inner_text() for link in page.locator("ol a").all()] == [*titles, "Planted"]
    hrefs = [link.get_attribute("href") for link in page.locator("ol a").all()]
    assert hrefs[: len(PATHS)] == [f"/voila/render/{path.name}" for path in PATHS]
    assert faults(seen) == []


@pytest.mark.parametrize("name", [path.stem for path in PATHS])
def test_a_page_shows_no_code_and_requests_nothing_from_other_machines(page, server, name):
    seen = watch(page)
    open_page(page, server, name)
    page.locator("nav.faultline-pages").wait_for()
    page.screenshot(path=PICTURES / f"dashboard-{name}.png")
    assert [code for code in CODE if code in page.inner_text("#rendered_cells")] == []
    assert page.locator(".cm-editor, .highlight").count() == 0
    assert page.locator(".faultline-add, .faultline-correct, .widget-upload").count() == 0
    assert executed(page) is None
    assert faults(seen) == []


def test_a_filter_draws_other_bars_and_hostile_text_stays_text(page, server):
    seen = watch(page)
    open_page(page, server, "02-sentiment-by-speaker")
    before = bars(page)
    outlets = explorer(page).get_by_label("Outlet", exact=True).locator("option").all_inner_texts()
    chosen(page, "Outlet", next(n for n, one in enumerate(outlets) if one.startswith("Daily")))
    page.screenshot(path=PICTURES / "dashboard-filtered.png")
    assert bars(page) != before
    assert [text for text in SHOWN if text not in explorer(page).inner_text()] == []
    assert executed(page) is None
    assert faults(seen) == []


def test_a_country_chosen_above_a_page_opens_the_page_on_that_country(page, server):
    seen = watch(page)
    open_page(page, server, "03-tension-indicators")
    form = page.locator(".faultline-parameters")
    form.get_by_label("Country", exact=True).select_option(label=IRAN)
    form.get_by_role("button", name="Apply").click()
    page.wait_for_url("**country=IRN**")
    page.locator("#rendered_cells").wait_for()
    expect(page.locator(".faultline-parameters option:checked").first).to_have_text(IRAN)
    page.screenshot(path=PICTURES / "dashboard-country.png")
    assert "China and the United States keep talking" not in page.inner_text("#rendered_cells")
    assert faults(seen) == []


def test_a_piece_of_evidence_is_chosen_and_its_article_opens_at_it(page, server):
    open_page(page, server, "03-tension-indicators")
    pieces = explorer(page).locator(".faultline-evidence [role=option]")
    pieces.nth(3).click()
    expect(pieces.nth(3)).to_have_attribute("aria-selected", "true")
    expect(explorer(page).locator(".faultline-reading .f-scroll .f-here").first).to_be_in_viewport()


def test_only_parameters_with_a_field_are_taken_from_an_address():
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                'seeds: str = "../seeds"\npair: str = ""\nleast_stories: int = 10',
                metadata={"tags": ["parameters"]},
            )
        ]
    )
    asked = {"seeds": "/etc", "store": "/tmp", "pair": 'x"; import os', "least_stories": "3"}
    page = for_readers(Address(asked), notebook=notebook, cwd="")
    assert [cell.source for cell in page.cells[1:]] == ["pair = 'x\"; import os'\nleast_stories = 3"]


class Address:
    """In place of the request of a page."""

    def __init__(self, query):
        self.query = query

    def get_query_argument(self, name, default):
        return self.query.get(name, default)


def test_a_notebook_that_fails_says_where_to_find_the_reason_and_shows_no_code(page, server):
    open_page(page, server, "99-planted")
    shown = page.inner_text("#rendered_cells")
    assert "The analyst who started the dashboard can see the reason in the terminal." in shown
    assert "Traceback" not in shown
    assert "open_corpus" not in shown


def test_cells_that_write_are_left_out_for_readers():
    notebook = nbformat.read(FOLDER / "00-corpus.ipynb", as_version=4)
    page = for_readers(Address({}), notebook=nbformat.from_dict(notebook), cwd="")
    sources = "\n".join(cell.source for cell in page.cells)
    assert page.metadata["title"] == "What was read, and how much can be built on it?"
    assert "corpus.forms." not in sources
    assert "corpus.views.sources" in sources
