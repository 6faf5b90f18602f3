"""Colleagues who never see code read the notebooks as pages: no network is asked, and nothing is written."""

import json
import re
import shutil
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from analysis.dashboard.shared_cells import FAILED
from analysis.dashboard.start_page import notebook_entries
from tests.browser import PICTURES
from tests.lab import (
    ROOT,
    TOKEN,
    bars,
    chosen,
    copied,
    dashboard,
    explorer,
    faults,
    open_page,
    patient_page,
    read_in_place,
    search,
    watch,
)
from tests.notebooks import FOLDER, PATHS
from tests.planted import SHOWN, executed, plant_article, plant_notebook

pytestmark = [pytest.mark.model, pytest.mark.browser]
IRAN = "Iran (2)"
PATIENCE = 30  # seconds, less than the minute after which any kernel without a page ends
EXPLORERS = ("01-topic-breakdown", "02-sentiment-by-speaker", "03-tension-indicators")
CODE = ("open_corpus(", "from analysis import", "together(corpus.")
SPEAKERS = pytest.mark.parametrize("opened", ["02-sentiment-by-speaker"], indirect=True)
TENSION = pytest.mark.parametrize("opened", ["03-tension-indicators"], indirect=True)
FAULTY = 'from analysis import open_corpus\nopen_corpus("no such folder")'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The first article, an article with hostile text, a notebook that fails, and two briefings."""
    made = copied(tmp_path_factory.mktemp("dashboard"))
    plant_article(made / "seeds")
    plant_notebook(made / "notebooks" / "99-planted.ipynb", FAULTY)
    plant_briefings(made / "briefings")
    return made


@pytest.fixture(scope="module")
def server(place):
    with dashboard(place) as one:
        yield one


def plant_briefings(out: Path) -> None:
    """The two briefings of the documentation, as if made on two days."""
    sample = ROOT / "docs" / "sample"
    shutil.copytree(sample, out / "2024-04-24", ignore=shutil.ignore_patterns("next-day"))
    shutil.copytree(sample / "next-day", out / "2024-04-25")
    for day in ("2024-04-24", "2024-04-25"):
        record = {"title": f"Briefing, 20 to {day[-2:]} April 2024", "bottom_line": [f"Talks <b>{day}</b>."]}
        (out / day / "briefing.json").write_text(json.dumps(record))


@pytest.fixture
def page(browser):
    one = patient_page(browser)
    yield one
    one.close()


def test_a_colleague_signs_in_and_finds_each_page_by_its_question(page, server):
    seen = watch(page)
    page.goto(server.address)
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the token of this dashboard")
    page.screenshot(path=PICTURES / "dashboard-sign-in.png")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    titles = [one.title for one in notebook_entries(FOLDER)]
    links = page.locator("a[href^='/explorers/']")
    assert [link.inner_text() for link in links.all()] == [*titles, "Planted"]
    assert [link.get_attribute("href") for link in links.all()][: len(PATHS)] == [
        f"/explorers/{path.stem}" for path in PATHS
    ]
    assert page.url == f"{server.address}/"
    assert [one for one in faults(seen) if "401" not in one] == []


def test_the_latest_briefing_is_the_first_thing_to_read_and_runs_nothing(page, server):
    seen = watch(page)
    page.goto(f"{server.address}/{server.query}")
    first = page.locator("main a").first
    assert first.inner_text() == "Briefing, 20 to 25 April 2024"
    expect(page.locator(".latest")).to_contain_text("Talks <b>2024-04-25</b>.")
    first.click()
    expect(page.locator("h1").first).to_contain_text("riefing")
    page.screenshot(path=PICTURES / "dashboard-briefing.png")
    page.locator("a[href^='articles.html']:visible").first.click()
    assert page.url.startswith(f"{server.address}/briefings/2024-04-25/articles.html")
    assert page.evaluate("() => document.styleSheets.length") > 0
    assert faults(seen) == []


@pytest.mark.parametrize("path", ["/login", "/"])
def test_the_plain_pages_can_be_read_by_everybody(browser, server, path):
    context = browser.new_context()
    page = context.new_page()
    if path == "/":
        page.goto(f"{server.address}/{server.query}")
    page.goto(f"{server.address}{path}")
    for colours, width in product(("light", "dark"), (800, 1280)):
        page.emulate_media(color_scheme=colours)
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=PICTURES / f"dashboard-plain{path.replace('/', '-')}-{colours}-{width}.png")
        found = Axe().run(page)
        overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert [one["id"] for one in found.response["violations"]] == [], (colours, width)
        assert overflow <= 0, (colours, width)
    context.close()


@pytest.fixture(scope="module", params=[path.stem for path in PATHS])
def opened(request, browser, server):
    """The page of a notebook, which the tests that look at it share, with what it logged and requested."""
    page = patient_page(browser)
    seen = watch(page)
    open_page(page, server, request.param)
    yield request.param, page, seen
    page.close()


def test_a_page_shows_no_code_and_requests_nothing_from_other_machines(opened):
    name, page, seen = opened
    page.screenshot(path=PICTURES / f"dashboard-{name}.png")
    (title,) = [one.title for one in notebook_entries(FOLDER) if one.name == name]
    expect(page.locator("h1").first).to_contain_text(title)
    expect(page.locator(".faultline-explorer")).to_have_count(int(name in EXPLORERS))
    assert [code for code in CODE if code in page.inner_text("body")] == []
    assert page.locator(".cm-editor, .highlight").count() == 0
    assert page.locator(".faultline-add, .faultline-correct, .widget-upload").count() == 0
    assert executed(page) is None
    assert faults(seen) == []


@SPEAKERS
def test_a_filter_draws_other_bars_and_hostile_text_stays_text(opened):
    _, page, seen = opened
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


@TENSION
def test_a_piece_of_evidence_is_chosen_and_its_article_opens_at_it(opened):
    _, page, _ = opened
    pieces = explorer(page).locator(".faultline-evidence [role=option]")
    pieces.nth(3).click()
    expect(pieces.nth(3)).to_have_attribute("aria-selected", "true")
    expect(explorer(page).locator(".faultline-reading .f-scroll .f-here").first).to_be_in_viewport()


def test_a_notebook_that_fails_says_where_to_find_the_reason_and_shows_no_code(page, server):
    open_page(page, server, "99-planted")
    shown = page.inner_text("body")
    assert FAILED in shown
    assert "Traceback" not in shown
    assert "open_corpus" not in shown


def test_two_visitors_choose_for_themselves_and_who_leaves_makes_room(browser, server):
    contexts = [browser.new_context() for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(180_000)
    first, second = (context.new_page() for context in contexts)
    for one in (first, second):
        open_page(one, server, "02-sentiment-by-speaker")
        bars(one)
    chosen(first, "Theme", 1)
    themes = [explorer(one).get_by_label("Theme", exact=True).input_value() for one in (first, second)]
    assert themes[0] != themes[1] == "any"
    kernel = re.search(r'"kernelId": "([\w-]+)"', first.content())[1]
    first.goto(f"{server.address}/")
    is_open = f"{server.address}/is-open/{kernel}"
    for _ in range(PATIENCE):
        if first.request.get(is_open).status == 404:
            break
        first.wait_for_timeout(1000)
    status = first.request.get(is_open).status
    for context in contexts:
        context.close()
    assert status == 404


def test_the_page_of_a_stopped_kernel_says_so(page, server):
    open_page(page, server, "02-sentiment-by-speaker")
    kernel = re.search(r'"kernelId": "([\w-]+)"', page.content())[1]
    gone = "async (one) => (await fetch(`/api/kernels/${one}`, {method: 'DELETE', headers: {'X-XSRFToken': "
    gone += "document.cookie.match(/_xsrf=([^;]*)/)[1]}})).status"
    assert page.evaluate(gone, kernel) == 204
    expect(page.get_by_role("alert")).to_contain_text("The filters on this page no longer work")


@TENSION
def test_colleagues_search_in_the_pages_and_nothing_is_written(opened, place):
    _, page, seen = opened
    everything = explorer(page).locator(".faultline-evidence .f-small").first.inner_text()
    read_in_place(page)
    page.screenshot(path=PICTURES / "dashboard-search.png")
    search(page, "")
    expect(explorer(page).locator(".faultline-evidence .f-small").first).to_have_text(everything)
    assert faults(seen) == []
    assert not (place / ".faultline" / "search").exists()
