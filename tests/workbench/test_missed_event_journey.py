"""The journey of an analyst in a real browser: add an event that was missed, and meet it everywhere.

Pictures of what a person sees are kept in `test-artefacts/`.
"""

import json

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from tests.browser import PICTURES
from tests.lab import end, explorer, faults, patient_page, ran, run_all

pytestmark = [pytest.mark.model, pytest.mark.browser]
SENTENCE = "Blinken's trip Wednesday through Friday marks a further lowering of US-China friction"
FIRST_CHAR = 59  # of the sentence in its article
WORDS = "a hard line if he returns"
EVENT = "United States → China: threat"


@pytest.fixture(scope="module")
def place(corrected_place):
    return corrected_place.folder


@pytest.fixture(scope="module")
def lab(corrected_place):
    return corrected_place.server


@pytest.fixture(scope="module")
def added(browser, lab, place):
    """Notebook 00 after an analyst chose a sentence, said what was missed there, and ran it again."""
    one = ran(browser, lab, "00-corpus")
    form = one.page.locator(".faultline-correct")
    form.scroll_into_view_if_needed()
    form.get_by_label("Correct", exact=True).select_option("an event that was missed")
    form.get_by_label("Find in it").fill("hard line")
    sentences = form.get_by_label("Sentence")
    expect(sentences.locator("option")).to_have_count(1)
    sentences.select_option(index=0)
    expect(form.locator("blockquote mark")).to_contain_text(SENTENCE)
    form.get_by_label("Who acts").fill("US")
    form.get_by_label("On whom").fill("Beijing")
    threat = form.get_by_label("Type").locator("option", has_text="threat: warns")
    form.get_by_label("Type").select_option(label=threat.inner_text())
    form.get_by_label("Status").select_option("ongoing: it is going on")
    form.get_by_label("In the words").fill(WORDS)
    form.get_by_label("Why").fill("Trump vows a hard line")
    form.get_by_label("Your initials").fill("ab")
    form.get_by_role("button", name="Save correction").click()
    expect(form).to_contain_text("Saved in")
    one.page.screenshot(path=PICTURES / "00-corpus-missed-event.png")
    run_all(one.page, one.seen)
    yield one
    end(one)


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


def test_the_list_of_corrections_says_so_after_the_next_run(added):
    row = added.page.locator("table", has_text="Corrections by an analyst (1 of 1 apply)").first
    expect(row).to_contain_text("United States > China: threat, ongoing")
    expect(row).to_contain_text("Trump vows a hard line")


def test_the_missed_event_is_in_the_notebook_on_tension_and_in_its_explorer(browser, lab, added):
    one = ran(browser, lab, "03-tension-indicators")
    shown = one.page.locator(".jp-Notebook").first.evaluate("one => one.textContent")
    found = explorer(one.page)
    piece = found.locator(".faultline-evidence [role=option]").filter(has_text=SENTENCE)
    expect(piece).to_contain_text(f"{EVENT} (THREATEN), ongoing")
    expect(piece).to_contain_text("added by an analyst")
    piece.click()
    expect(found.locator(".faultline-reading")).to_contain_text("event added in")
    one.page.screenshot(path=PICTURES / "03-missed-event.png")
    assert faults(one.seen) == []
    end(one)
    assert "An analyst corrected 1 result." in shown


@pytest.fixture(scope="module")
def briefing(added, place):
    """The folder of a briefing made after the correction."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        done = CliRunner().invoke(app, ["brief", "--front-only"])
    assert done.exit_code == 0, done.stderr
    (folder,) = (place / "briefings").iterdir()
    return folder


def test_the_missed_event_is_on_the_front_page_marked_and_leads_to_its_sentence(browser, briefing):
    page = patient_page(browser)
    page.goto((briefing / "briefing.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    item = page.locator("li", has=page.get_by_text(EVENT)).filter(has_text="added by an analyst").first
    expect(item).to_contain_text(SENTENCE)
    expect(page.locator("table", has_text="Corrections by an analyst")).to_contain_text("threat, ongoing")
    page.screenshot(path=PICTURES / "briefing-missed-event.png", full_page=True)
    item.locator(f"a[href$='-{FIRST_CHAR}']").first.click()
    expect(page.locator(":target")).to_contain_text(SENTENCE)
    expect(page.locator(":target")).to_contain_text("[corrected by an analyst]")
    page.close()


def test_the_missed_event_is_an_incident_of_the_record_of_the_briefing(briefing):
    record = json.loads((briefing / "briefing.json").read_text(encoding="utf-8"))
    (correction,) = record["corrections"]
    assert (correction["made_by"], correction["standing"], correction["problem"]) == ("ab", "applies", "")
    start = correction["id"].split(":")[1]
    ids = [one for incident in record["incidents"] for one in incident["event_ids"]]
    assert [one for one in ids if one.split(":")[1] == start], ids


def test_the_event_is_gone_again_after_it_is_taken_back(added, place):
    one = added
    form = one.page.locator(".faultline-correct")
    form.scroll_into_view_if_needed()
    form.get_by_role("button", name="Take it back").click()
    expect(form).to_contain_text("There are no corrections by an analyst.")
    run_all(one.page, one.seen)
    assert load_corrections(place / "seeds").empty
    assert (place / "seeds" / CORRECTIONS_FILE).exists()
    assert faults(one.seen) == []
