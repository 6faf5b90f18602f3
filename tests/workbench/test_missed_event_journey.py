"""A journey in a real browser: add an event that was missed where one reads, and meet it everywhere.

Pictures of what a person sees are kept in `test-artefacts/`.
"""

import json

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from tests.browser import PICTURES
from tests.lab import chosen, clear_filters, end, explorer, faults, patient_page, ran

pytestmark = [pytest.mark.model, pytest.mark.browser]
SENTENCE = "Blinken's trip Wednesday through Friday marks a further lowering of US-China friction"
FIRST_CHAR = 59  # of the sentence in its article
WORDS = "a hard line if he returns"
EVENT = "United States → China: threat"
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"


@pytest.fixture(scope="module")
def place(corrected_place):
    return corrected_place.folder


@pytest.fixture(scope="module")
def lab(corrected_place):
    return corrected_place.server


@pytest.fixture(scope="module")
def corpus_notebook(browser, lab):
    """Notebook 00, which was open before anything was corrected."""
    one = ran(browser, lab, "00-corpus")
    yield one
    end(one)


@pytest.fixture(scope="module")
def added(browser, lab, corpus_notebook):
    """Notebook 03 after an analyst clicked a sentence in its explorer and said what was missed there."""
    one = ran(browser, lab, "03-tension-indicators")
    before = network(one.page)
    found = explorer(one.page)
    found.locator(".faultline-reading [role=option]", has_text=SENTENCE[:20]).first.click()
    form = found.locator(".faultline-sentence")
    form.get_by_role("button", name="missing here: an event").click()
    form.get_by_label("Who acts").fill("US")
    form.get_by_role("button", name="Save correction").click()
    expect(form).to_contain_text("Still to fill in: On whom; Type; Status; Your initials")
    form.get_by_label("On whom").fill("Beijing")
    threat = form.get_by_label("Type").locator("option", has_text="threat: warns")
    form.get_by_label("Type").select_option(label=threat.inner_text())
    form.get_by_label("Status").select_option("ongoing: it is going on")
    form.get_by_label("In the words").fill(WORDS)
    form.get_by_label("Why").fill("Trump vows a hard line")
    form.get_by_label("Your initials").fill("ab")
    form.get_by_role("button", name="Save correction").click()
    expect(form).to_contain_text("Saved in")
    one.page.screenshot(path=PICTURES / "03-missed-event.png")
    assert network(one.page) != before
    yield one
    end(one)


def network(page):
    """The pictures of a cell of notebook 03, as the page has them."""
    cell = page.locator(".jp-Cell", has_text="charts.network()").last
    return cell.locator("img").evaluate_all("all => all.map(one => one.src)")


def test_the_missed_event_is_in_the_file_with_who_and_why(added, place):
    row = load_corrections(place / "seeds").iloc[0]
    assert row[["table", "field", "new", "made_by", "words"]].tolist() == [
        "events",
        "add",
        "United States > China: threat, ongoing",
        "ab",
        WORDS,
    ]
    assert faults(added.seen) == []


def test_the_explorer_lists_it_at_once_without_running_again(added):
    found = explorer(added.page)
    piece = found.locator(".faultline-evidence [role=option]").filter(has_text=SENTENCE)
    expect(piece).to_contain_text(f"{EVENT} (THREATEN), ongoing")
    expect(piece).to_contain_text("added by an analyst")
    assert faults(added.seen) == []


def test_another_open_notebook_follows_when_somebody_goes_back_to_it(added, corpus_notebook):
    page = corpus_notebook.page
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".faultline-parameters")).to_contain_text("Corrections were saved elsewhere")
    row = page.locator("table", has_text="Corrections by an analyst (1 of 1 apply)").first
    expect(row).to_contain_text("United States > China: threat, ongoing")
    expect(page.locator(".faultline-correct")).to_contain_text("Trump vows a hard line")
    page.screenshot(path=PICTURES / "00-corpus-missed-event.png")
    assert faults(corpus_notebook.seen) == []


@pytest.fixture(scope="module")
def briefing(added, place):
    """The folder of a briefing made after the correction."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        done = CliRunner().invoke(app, ["brief", "--front-only"])
    assert done.exit_code == 0, done.stderr
    (folder,) = (place / "briefings").iterdir()
    return folder


def test_the_correction_is_on_the_front_page_and_marked_in_the_article(browser, briefing):
    page = patient_page(browser)
    page.goto((briefing / "briefing.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(page.locator("table", has_text="Corrections by an analyst")).to_contain_text("threat, ongoing")
    page.screenshot(path=PICTURES / "briefing-missed-event.png", full_page=True)
    page.goto((briefing / "articles.html").as_uri())
    sentence = page.locator(f"[id$='-{FIRST_CHAR}']")
    expect(sentence).to_contain_text(SENTENCE)
    expect(sentence).to_contain_text("[corrected by an analyst]")
    page.close()


def test_the_missed_event_is_an_incident_of_the_record_of_the_briefing(briefing):
    record = json.loads((briefing / "briefing.json").read_text(encoding="utf-8"))
    (correction,) = record["corrections"]
    assert (correction["made_by"], correction["standing"], correction["problem"]) == ("ab", "applies", "")
    start = correction["id"].split(":")[1]
    ids = [one for incident in record["incidents"] for one in incident["event_ids"]]
    assert [one for one in ids if one.split(":")[1] == start], ids


def test_the_event_is_gone_again_after_it_is_taken_back(added, corpus_notebook, place):
    form = corpus_notebook.page.locator(".faultline-correct")
    form.scroll_into_view_if_needed()
    form.get_by_role("button", name="take back").last.click()
    expect(form).to_contain_text("There are no corrections by an analyst.")
    assert load_corrections(place / "seeds").empty
    assert (place / "seeds" / CORRECTIONS_FILE).exists()
    clear_filters(added.page)
    piece = explorer(added.page).locator(".faultline-evidence [role=option]").filter(has_text=SENTENCE)
    expect(piece).not_to_contain_text("added by an analyst")
    assert faults(corpus_notebook.seen) + faults(added.seen) == []


def test_a_line_brings_back_the_view_and_a_restarted_kernel_says_run_all_cells(added):
    page = added.page
    chosen(page, "Theme", 1)
    line = explorer(page).locator(".f-line code")
    expect(line).to_contain_text("corpus.explorers.events(theme=")
    page.evaluate(RESTART)
    for name in (".faultline-parameters", ".faultline-events"):
        words = page.locator(name).evaluate("one => getComputedStyle(one, '::before').content")
        assert "Run All Cells" in words
