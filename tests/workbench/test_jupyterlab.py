"""JupyterLab in a real browser: it starts, notebooks run and answer, a correction is seen everywhere.

The notebooks are run once, on the first article, one that is full of text that tries to run, and one that is
uploaded; the tests look at these runs in their order. All but one are joined in one notebook: each kernel
takes as long to start as some notebooks to run. Pictures of what a person sees are kept in
`test-artefacts/`.
"""

import json
import re
from collections import Counter
from http.client import HTTPConnection
from shutil import copytree
from unicodedata import normalize
from urllib.parse import urlsplit

import psutil
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from analysis.ingest.corrections_file import CORRECTIONS_FILE, load_corrections
from tests.browser import PICTURES
from tests.lab import (
    Server,
    bars,
    chosen,
    clear_filters,
    copied,
    end,
    explorer,
    faults,
    from_top,
    idle,
    jupyterlab,
    patient_page,
    ran,
    read_in_place,
    red,
    running,
    search,
    see_end,
)
from tests.network_watch import asked
from tests.notebooks import PATHS
from tests.planted import RAISED, SHOWN, executed, join_notebooks, plant_article
from tests.test_cli import invoke
from tests.workbench.test_download import rows_of

pytestmark = [pytest.mark.model, pytest.mark.browser]
ALONE = "03-tension-indicators"
ELSEWHERE = "04-how-far-to-trust-it"  # no controls; tests/test_notebooks.py runs it
JOINED = "99-joined"
PATIENCE = 90  # seconds
NEWS_QUESTION = "@jupyterlab/apputils-extension:announcements"  # the part of JupyterLab that asks it
MISTAKE = "fentanyl AND"
STORY = """Peru and Chile trade blows over fishing

Peru condemned Chile on Monday over fishing rights and imposed sanctions on two companies.

"Chile must leave these waters," Foreign Minister Ana Paz said in Lima. Chile accused Peru of bullying."""
HEAD = STORY.partition("\n")[0]
SENTENCE = "Blinken's trip Wednesday through Friday marks a further lowering of US-China friction"
FIRST_CHAR = 59  # of the sentence in its article
WORDS = "a hard line if he returns"
EVENT = "United States → China: threat"
RESTART = "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
QUOTES = ".faultline-quotes"
EXPLORERS = {JOINED: [".faultline-topics", QUOTES], ALONE: [".faultline-events"]}
WITH_EXPLORER = pytest.mark.parametrize("sight", EXPLORERS, indirect=True)
OTHERS = pytest.mark.parametrize("sight", [JOINED], indirect=True)
TENSION = pytest.mark.parametrize("sight", [ALONE], indirect=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, seed_store):
    """Faultline's folders with a hostile article, and a notebook of several whose last callbacks raise."""
    made = copied(tmp_path_factory.mktemp("lab"))
    copytree(seed_store, made / ".faultline")
    plant_article(made / "seeds")
    joined = [path for path in PATHS if path.stem not in (ALONE, ELSEWHERE)]
    join_notebooks(joined, RAISED, made / "notebooks" / f"{JOINED}.ipynb")
    return made


@pytest.fixture(scope="module")
def lab(folder):
    with jupyterlab(folder) as server:
        yield server
        see_end(server)


@pytest.fixture(scope="module")
def uploaded(browser, lab):
    """The joined notebook after an article was uploaded, and before it runs again; it stays open."""
    one = ran(browser, lab, JOINED)
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


@pytest.fixture(scope="module", params=[JOINED, ALONE])
def sight(request, browser, lab, uploaded):
    """A notebook after Run All."""
    if request.param == JOINED:
        yield request.param, uploaded
        return
    one = ran(browser, lab, request.param)
    yield request.param, one
    end(one)


def connections(process):
    """What a process is connected to; nothing if it has ended since it was listed."""
    try:
        return process.net_connections("tcp")
    except psutil.NoSuchProcess:
        return []


def signed(lab: Server) -> dict[str, str]:
    """What a request of somebody with the token has."""
    return {"Authorization": f"token {lab.query.removeprefix('?token=')}"}


def ask(address: str, path: str, **headers: str):
    connection = HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def page_config(page: str) -> dict:
    """What the server tells a page of JupyterLab about itself."""
    return json.loads(
        page.partition('id="jupyter-config-data"')[2].partition(">")[2].partition("</script>")[0]
    )


def test_it_listens_on_this_machine_alone_with_a_token_and_opens_on_the_first_notebook(lab, folder):
    port = urlsplit(lab.address).port
    listening = [
        one.laddr
        for process in psutil.Process(lab.pid).children(recursive=True)
        for one in connections(process)
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port
    ]
    assert {one.ip for one in listening} == {"127.0.0.1"}
    assert ask(lab.address, "/api/contents")[0] == 403
    status, headers, _ = ask(lab.address, "/", **signed(lab))
    assert (status, headers["Location"]) == (302, "/lab/tree/notebooks/00-corpus.ipynb?")
    status, _, page = ask(lab.address, "/lab/tree/notebooks/00-corpus.ipynb", **signed(lab))
    assert status == 200
    assert page_config(page)["disabledExtensions"] == [NEWS_QUESTION]
    assert (folder / "scratch").is_dir()  # for files of one's own


def test_the_address_with_a_new_token_is_printed_and_no_argument_has_the_token(lab):
    address, _, token = lab.announced.partition("?token=")
    words = {word for _, command in running(lab) for word in command}
    assert address == f"{lab.address}/lab/tree/notebooks/00-corpus.ipynb"
    assert len(token) == 48
    assert [word for word in words if token in word] == []
    assert json.loads(ask(lab.address, "/api", Authorization=f"token {token}")[2])["version"]


def test_an_uploaded_article_is_saved_and_listed_without_running_again(uploaded, folder):
    assert "talks.txt" in {path.name for path in (folder / "seeds").iterdir()}
    row = uploaded.page.locator("tr", has_text=HEAD).first
    expect(row).to_contain_text("2024-04-23")


def test_a_notebook_runs_from_top_to_bottom_without_a_fault(sight):
    name, one = sight
    from_top(one.page)
    one.page.screenshot(path=PICTURES / f"{name}.png")
    assert faults(one.seen) == []
    assert red(one.page) == []
    assert executed(one.page) is None


@WITH_EXPLORER
def test_hostile_text_is_shown_as_text_and_an_uploaded_article_without_a_line_of_code(sight):
    name, one = sight
    assert HEAD in one.page.locator(".jp-Notebook").first.evaluate("one => one.textContent")
    for which in EXPLORERS[name]:
        show_hostile(one.page, which)
        one.page.screenshot(path=PICTURES / f"{name}{which}-planted.png")
        panes = explorer(one.page, which).inner_text()
        assert [text for text in SHOWN if text not in panes] == [], which
    text = one.page.evaluate("() => document.body.textContent")
    assert executed(one.page) is None
    assert faults(one.seen) == []
    assert "\x1b" not in text


def show_hostile(page: Page, which: str) -> None:
    """Choose the outlet of the planted article, from an explorer without filters."""
    clear_filters(page, which)
    outlets = explorer(page, which).get_by_label("Outlet", exact=True).locator("option").all_inner_texts()
    chosen(page, "Outlet", next(n for n, text in enumerate(outlets) if text.startswith("Daily")), which)


@WITH_EXPLORER
def test_another_choice_in_an_explorer_draws_other_bars_with_their_evidence(sight):
    name, one = sight
    for which in EXPLORERS[name]:
        clear_filters(one.page, which)
        before = bars(one.page, which)
        chosen(one.page, "Theme", 1, which)
        one.page.screenshot(path=PICTURES / f"{name}{which}-filtered.png")
        assert bars(one.page, which) != before, which
        assert explorer(one.page, which).locator(".faultline-evidence [role=option]").count() > 0
        assert explorer(one.page, which).locator(".faultline-reading .f-scroll span").count() > 0
    assert faults(one.seen) == []


@WITH_EXPLORER
def test_a_bar_is_clicked_and_its_evidence_is_read_from_the_keyboard(sight):
    name, one = sight
    for which in EXPLORERS[name]:
        clear_filters(one.page, which)
        click_a_bar(explorer(one.page, which))
        read_from_the_keyboard(one.page, which)
        one.page.screenshot(path=PICTURES / f"{name}{which}-read.png")
    assert faults(one.seen) == []


def click_a_bar(found: Locator) -> None:
    """Choose the first bar of an explorer, and all bars again."""
    bar = found.locator(".faultline-chart [role=option]").first
    shown = found.locator(".faultline-evidence .f-small").first
    everything = shown.inner_text()
    bar.click()
    expect(bar).to_have_attribute("aria-selected", "true")
    expect(shown).not_to_have_text(everything)
    bar.press("Enter")  # again: all bars
    expect(bar).to_have_attribute("aria-selected", "false")
    expect(shown).to_have_text(everything)
    idle(found.page)  # what is chosen next is not replaced by what this click finds


def read_from_the_keyboard(page: Page, which: str) -> None:
    """Go through the evidence with the arrow keys, and see that each is in view in its article."""
    pieces = explorer(page, which).locator(".faultline-evidence [role=option]")
    pieces.first.focus()
    for place in (1, 2, 3):
        page.keyboard.press("ArrowDown")
        expect(pieces.nth(place)).to_be_focused()
        expect(pieces.nth(place)).to_have_attribute("aria-selected", "true")
        idle(page)
    words = pieces.nth(3).inner_text().partition(". ")[2][:25].strip('"… ')
    marked = f"{which} .faultline-reading .f-scroll .f-here"
    page.wait_for_function(
        "([marked, words]) => [...document.querySelectorAll(marked)].map(one => one.textContent).join('')"
        ".includes(words)",
        arg=[marked, words],
    )
    expect(page.locator(marked).first).to_be_in_viewport()
    pieces.last.click()  # below what is in sight of the article at first
    expect(pieces.last).to_have_attribute("aria-selected", "true")
    idle(page)
    expect(page.locator(marked).first).to_be_in_viewport()


@OTHERS
def test_what_an_explorer_shows_is_saved_and_opens_without_a_formula(sight, folder, tmp_path):
    """An analyst takes it along: the file is saved from JupyterLab and opened as in Excel."""
    _, one = sight
    clear_filters(one.page, QUOTES)
    everything = rows_of(saved(one.page, tmp_path)["statements"])
    show_hostile(one.page, QUOTES)
    assert explorer(one.page, QUOTES).get_by_role("link", name="Save faultline-").count() == 0
    book = saved(one.page, tmp_path)
    one.page.screenshot(path=PICTURES / "statements-export.png")
    assert faults(one.seen) == []
    few = rows_of(book["statements"])
    assert 0 < len(few) < len(everything)
    assert {row["outlet"] for row in few} < {row["outlet"] for row in everything}
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [path.name for path in folder.iterdir() if path.suffix == ".xlsx"] == []


def saved(page, place):
    """The file that the explorer of statements offers, saved and opened."""
    explorer(page, QUOTES).get_by_role("button", name="Make an Excel file").click()
    link = explorer(page, QUOTES).get_by_role("link", name="Save faultline-")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    path = place / download.value.suggested_filename
    download.value.save_as(path)
    return load_workbook(path)


@TENSION
def test_a_word_is_searched_and_read_in_place(sight):
    _, one = sight
    clear_filters(one.page)
    read_in_place(one.page)
    one.page.screenshot(path=PICTURES / "search.png")
    search(one.page, MISTAKE)
    box = explorer(one.page).locator(".faultline-notes")
    expect(box).to_contain_text(
        "Not searched: the search 'fentanyl AND' cannot be understood: AND, OR, NOT and - need words"
    )
    search(one.page, "fentanyl zebra")
    expect(box).to_contain_text('By itself, each part matches: "fentanyl"')
    idle(one.page)
    search(one.page, "")
    idle(one.page)
    assert faults(one.seen) == []


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
    incidents = one.page.locator("table", has_text="incidents, by day").first
    incidents.get_by_role("columnheader", name="Day").get_by_role("button").click()
    days = [cell.get_attribute("data-sort") for cell in incidents.locator("tbody tr > :first-child").all()]
    assert days == sorted(days)
    assert len(set(days)) > 1
    assert faults(one.seen) == []


@pytest.fixture(scope="module")
def added(sight):
    """Notebook 03 after an analyst clicked a sentence in its explorer and said what was missed there."""
    _, one = sight
    before = network(one.page)
    found = explorer(one.page)
    search(one.page, '"further lowering"')
    idle(one.page)  # what is clicked is not replaced by what the search finds
    found.locator(".faultline-evidence [role=option]").first.click()
    idle(one.page)
    found.locator(".faultline-reading [role=option]", has_text=SENTENCE[:20]).first.click()
    form = found.locator(".faultline-sentence")
    form.get_by_role("button", name="missing here: an event").click()
    form.get_by_label("Who acts").fill("US")
    idle(one.page)  # the kernel has what was typed
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
    return one


def network(page):
    """The pictures of a cell of notebook 03, as the page has them."""
    cell = page.locator(".jp-Cell", has_text="charts.network()").last
    return cell.locator("img").evaluate_all("all => all.map(one => one.src)")


@TENSION
def test_a_missed_event_is_in_the_file_with_who_and_why_and_in_the_explorer_without_running_again(
    added, folder
):
    row = load_corrections(folder / "seeds").iloc[0]
    assert row[["table", "field", "new", "made_by", "words"]].tolist() == [
        "events",
        "add",
        "United States > China: threat, ongoing",
        "ab",
        WORDS,
    ]
    piece = explorer(added.page).locator(".faultline-evidence [role=option]").filter(has_text=SENTENCE)
    expect(piece.filter(has_text="added by an analyst")).to_contain_text(f"{EVENT} (THREATEN), ongoing")
    assert faults(added.seen) == []


@TENSION
def test_another_open_notebook_follows_when_somebody_goes_back_to_it(added, uploaded):
    page = uploaded.page
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".faultline-parameters")).to_contain_text("Corrections were saved elsewhere")
    row = page.locator("table", has_text="Corrections by an analyst (1 of 1 apply)").first
    expect(row).to_contain_text("United States > China: threat, ongoing")
    found = page.locator(".faultline-articles")
    found.locator(".faultline-evidence [role=option]").filter(has_text="Blinken to return").click()
    expect(found).to_contain_text("Trump vows a hard line")
    page.screenshot(path=PICTURES / "00-corpus-missed-event.png")
    assert faults(uploaded.seen) == []


@TENSION
def test_a_briefing_has_the_correction_on_its_page_and_on_paper_in_the_article_its_record_and_in_excel(
    added, browser, folder
):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = invoke("brief", "--front-only", "--pdf")
    assert done.exit_code == 0, done.stderr
    (made,) = (folder / "briefings").iterdir()
    page = patient_page(browser)
    page.goto((made / "briefing.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
    expect(page.locator("table", has_text="Corrections by an analyst")).to_contain_text("threat, ongoing")
    page.screenshot(path=PICTURES / "briefing-missed-event.png", full_page=True)
    page.goto((made / "articles.html").as_uri())
    sentence = page.locator(f"[id$='-{FIRST_CHAR}']", has_text=SENTENCE)
    expect(sentence).to_contain_text("[corrected by an analyst]")
    page.close()
    sheets = [normalize("NFKC", one.extract_text()) for one in PdfReader(made / "briefing.pdf").pages]
    place = next(n for n, text in enumerate(sheets) if "What this rests on" in text)
    assert "Briefing" in sheets[0] and "threat, ongoing" in " ".join(" ".join(sheets).split())
    assert any("The sentences behind this page" in text for text in sheets[place:])
    assert (made / "articles.pdf").exists()
    header, *rows = load_workbook(made / "tables.xlsx")["events"].values
    (row,) = [row for row in rows if row[header.index("corrected")] == "yes"]
    assert row[header.index("whom (country)")] == "China"
    record = json.loads((made / "briefing.json").read_text(encoding="utf-8"))
    (correction,) = record["corrections"]
    assert (correction["made_by"], correction["standing"], correction["problem"]) == ("ab", "applies", "")
    article, start, *_ = correction["id"].split(":")
    ids = [one for incident in record["incidents"] for one in incident["event_ids"]]
    assert [one for one in ids if one.startswith(f"{article}:{start}:")], ids


@TENSION
def test_the_event_is_gone_again_after_it_is_taken_back(added, uploaded, folder):
    form = uploaded.page.locator(".faultline-articles")
    form.get_by_role("button", name="take back").click()
    expect(form).to_contain_text("Taken back.")
    assert load_corrections(folder / "seeds").empty
    assert (folder / "seeds" / CORRECTIONS_FILE).exists()
    clear_filters(added.page)
    expect(explorer(added.page).locator(".faultline-evidence")).not_to_contain_text("added by an analyst")
    assert faults(uploaded.seen) + faults(added.seen) == []


@TENSION
def test_a_pair_chosen_above_the_notebook_changes_everything_below(sight):
    _, one = sight
    from_top(one.page)
    form = one.page.locator(".faultline-parameters")
    answer = one.page.locator(".jp-Cell", has_text="corpus.answers.bottom_line()").last
    expect(answer).to_contain_text("Peru condemned Chile")
    offered = form.get_by_label("Pair", exact=True).locator("option").all_text_contents()
    offered = [text.replace("\N{NO-BREAK SPACE}", " ") for text in offered]
    assert offered[0] == "all"
    assert re.fullmatch(r"China – United States \(\d+\)", offered[1])  # the pair with most acts first
    (place,) = (n for n, text in enumerate(offered) if text.startswith("China – Russia ("))
    form.get_by_label("Pair", exact=True).select_option(index=place)
    one.page.locator(".jp-Cell").first.click()  # another cell is the selected one while the kernel reads
    form.get_by_role("button", name="Apply").click()
    expect(answer).to_contain_text("dual-use supplies")
    expect(answer).not_to_contain_text("Peru condemned Chile")
    idle(one.page)
    expect(form).to_be_in_viewport()  # and not the last cell that ran
    one.page.screenshot(path=PICTURES / "03-tension-indicators-pair.png")
    chosen_pair = form.get_by_label("Pair", exact=True).locator("option:checked")
    expect(chosen_pair).to_contain_text("China – Russia (")
    form.get_by_label("From", exact=True).fill("2030-01-01")
    form.get_by_role("button", name="Apply").click()
    expect(form).to_contain_text("no article is left (since 2030-01-01)")
    expect(answer).to_contain_text("dual-use supplies")
    assert faults(one.seen) == []


@TENSION
def test_a_line_brings_back_the_view_and_a_restarted_kernel_says_run_all_cells(sight):
    page = sight[1].page
    explorer(page).get_by_label("Theme", exact=True).select_option(index=1)
    line = explorer(page).locator(".f-line code")
    expect(line).to_contain_text("corpus.explorers.events(theme=")
    page.evaluate(RESTART)
    for name in (".faultline-parameters", ".faultline-events"):
        words = page.locator(name).evaluate("one => getComputedStyle(one, '::before').content")
        assert "Run All Cells" in words
    idle(page)


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ("in a cell's widget", ["ValueError: planted in an output widget"]),
        ("in a pane", ["ValueError: planted in a pane"]),
        ("nowhere", ["KeyError: 'planted and shown nowhere'"]),
    ],
)
def test_an_exception_in_a_callback_is_shown(uploaded, choice, shown):
    one, before = uploaded, Counter(faults(uploaded.seen))
    one.page.locator(".widget-dropdown select").last.select_option(choice)
    one.page.wait_for_timeout(500)
    idle(one.page)
    one.page.locator(".jp-Cell").last.scroll_into_view_if_needed()  # what is out of sight is not drawn
    assert set(Counter(faults(one.seen)) - before) == set(shown)  # an output widget reports it twice
    if choice == "nowhere":
        assert shown[0] not in "".join(red(one.page))
    else:
        one.page.wait_for_function("text => document.body.innerText.includes(text)", arg=shown[0])
        assert shown[0] in "".join(red(one.page))


def test_it_asked_no_package_index_for_versions_news_or_extensions(lab, folder):
    """Neither here nor in any of the tests before this one: notebooks that ran were watched, too."""
    for path in ("extensions?query&page=1&per_page=30&refresh=1", "update", "news"):
        ask(lab.address, f"/lab/api/{path}", **signed(lab))
    assert asked(folder / "settings") == []
