"""A whole briefing, opened in a browser without a network: it reads well for everyone and runs nothing."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from analysis.notebook_files import choose_notebooks
from tests.network_watch import asked, watched

ROOT = Path(__file__).parents[2]
SEED = next((ROOT / "seeds").glob("*.txt"))
CHECKED = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}, "region": {"enabled": False}},
}
SECOND = """France and Germany sign energy agreement

French President Emmanuel Macron signed an agreement on gas pipelines with Germany on Monday.
"Germany is a reliable partner," Macron said. The German government welcomed the deal."""
HOSTILE = """<script>alert(1)</script>Envoys & <img src=x onerror=alert(2)> meet

China condemned the <b onmouseover=alert(3)>United States</b> on Monday. "<svg onload=alert(4)> is no
answer," President Joe Biden said of China. The United States [threatened](javascript:alert(5)) China."""
SIGHTS = [(1280, "light"), (360, "dark")]  # width and scheme
ALERT = "window.shown = []; window.alert = what => window.shown.push(what);"
NAMES = [
    "briefing.html",
    "country-USA.html",
    "country-CHN.html",
    "country-TWN.html",
    "articles.html",
    *(f"{path.stem}.html" for path in choose_notebooks(ROOT / "notebooks", [])),
]
ALIKE = {"country-CHN.html", "country-TWN.html"}  # template and sections as that of the United States
MAX_BYTES = 2_000_000

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture(scope="module")
def briefing(tmp_path_factory):
    """The pages of `faultline brief` on the seed, a second article and a hostile one."""
    folder = tmp_path_factory.mktemp("reading")
    seeds, out = folder / "seeds", folder / "out"
    seeds.mkdir()
    (seeds / SEED.name).write_bytes(SEED.read_bytes())
    (seeds / "metadata.csv").write_bytes((SEED.parent / "metadata.csv").read_bytes())
    (seeds / "second.txt").write_text(SECOND)
    (seeds / "hostile.txt").write_text(HOSTILE)
    before = {path: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}
    command = [sys.executable, "-m", "analysis.cli", "brief", "--show-code"]
    done = subprocess.run(
        [*command, "--seeds", seeds, "--out", out, "--store", folder / "store"],
        cwd=ROOT,
        env=watched(folder / "watch"),
        capture_output=True,
        text=True,
    )
    progress = re.compile(r"faultline: .+: \d+ of \d+ done")  # also of what is read, on a slow machine
    assert done.returncode == 0
    assert [line for line in done.stderr.splitlines() if not progress.fullmatch(line)] == []
    front = Path(done.stdout.splitlines()[-1].removeprefix("open this: "))
    assert {path.name for path in front.parent.glob("*.html")} == set(NAMES)
    assert {path: path.read_bytes() for path in before} == before
    assert asked(folder / "watch") == []
    return front.parent


def text_of(briefing, name):
    return re.sub(r"\s+", " ", (briefing / name).read_text(encoding="utf-8"))


def pixels(tab, clip):
    """Grey values of a part of a page, as it is drawn."""
    return Image.open(BytesIO(tab.screenshot(clip=clip, full_page=True))).convert("L").tobytes()


def corner(tab, right):
    """A small square so far right of the upper left corner of the first chart."""
    box = tab.locator("figure img").first.bounding_box()
    return {"x": box["x"] + right, "y": box["y"] + 1, "width": 2, "height": 2}


def test_each_mark_of_the_picture_of_speakers_leads_to_its_statement(briefing, browser):
    tab = browser.new_page()
    tab.goto((briefing / "02-sentiment-by-speaker.html").as_uri())
    mark = tab.locator(".voices a").first
    target = tab.locator(mark.get_attribute("href"))
    assert not target.is_visible()
    mark.click()
    assert target.is_visible()
    tab.close()


def test_a_second_article_appears_in_every_page(briefing):
    assert "Germany – France" in text_of(briefing, "briefing.html")
    assert "signed an agreement on" in text_of(briefing, "01-topic-breakdown.html")
    assert "Emmanuel Macron" in text_of(briefing, "02-sentiment-by-speaker.html")
    assert "Germany – France" in text_of(briefing, "03-tension-indicators.html")


def test_a_page_is_small_enough_for_a_mail(briefing):
    assert max((briefing / name).stat().st_size for name in NAMES) < MAX_BYTES


@pytest.fixture(scope="module", params=[name for name in NAMES if name not in ALIKE])
def opened(request, briefing, browser):
    """A page without a network, everything unfolded and touched; what it said and asked for."""
    context = browser.new_context(offline=True, bypass_csp=True)
    tab = context.new_page()
    tab.add_init_script(ALERT)
    said, asked = [], []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((briefing / request.param).as_uri())
    tab.locator("summary").evaluate_all("all => all.forEach(one => one.parentElement.open = true)")
    tab.locator("b, svg, img").evaluate_all(
        "all => all.forEach(one => one.dispatchEvent(new Event('mouseover')))"
    )
    yield tab, said, asked
    context.close()


def test_a_page_asks_nothing_says_nothing_and_runs_nothing(opened):
    tab, said, asked = opened
    for width, scheme in SIGHTS:
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, scheme
    assert tab.evaluate("window.shown") == []
    assert (said, asked) == ([], [tab.url])


def test_a_page_is_accessible_in_the_light_and_in_the_dark_on_a_desk_and_on_a_phone(opened):
    tab, _, _ = opened
    for width, scheme in SIGHTS:
        tab.set_viewport_size({"width": width, "height": 800})
        tab.emulate_media(color_scheme=scheme)
        dots = {"exclude": [[".voices .dot"]]}  # too close to touch one, so a list below has all they lead to
        found = Axe().run(tab, dots, CHECKED).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], (width, scheme)


def test_the_number_of_an_entry_of_the_contents_stands_at_its_first_line(briefing, browser):
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto((briefing / "03-tension-indicators.html").as_uri())
    entry = tab.locator("nav li", has_text="What raises tension").locator("a").bounding_box()
    assert entry["height"] > 40  # two lines
    first_line = {"x": entry["x"] - 24, "y": entry["y"], "width": 22, "height": entry["height"] / 2}
    assert min(pixels(tab, clip=first_line)) < 100
    tab.close()


def test_a_chart_stands_on_the_page_s_own_ground_in_the_dark_and_on_white_on_paper(briefing, browser):
    tab = browser.new_page(color_scheme="dark")
    tab.goto((briefing / "03-tension-indicators.html").as_uri())
    inside, outside = pixels(tab, corner(tab, 2)), pixels(tab, corner(tab, -12))
    assert max(inside) < 40
    assert set(inside) == set(outside)
    tab.emulate_media(media="print")
    assert set(pixels(tab, corner(tab, 2))) == {255}
    tab.close()


def test_a_picture_is_as_wide_as_a_phone_and_each_incident_a_card_with_its_whole_sentence(briefing, browser):
    tab = browser.new_page(viewport={"width": 390, "height": 800})
    tab.goto((briefing / "03-tension-indicators.html").as_uri())
    for picture in tab.locator("figure img").all():
        assert 300 < picture.bounding_box()["width"] <= 390
    sentence = tab.locator("table.cards q").first.bounding_box()
    assert sentence["x"] + sentence["width"] <= 390
    names = tab.get_by_role("region").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert len(set(names)) == len(names)
    tab.close()


@pytest.mark.parametrize("name", ["briefing.html", "country-USA.html"])
def test_the_picture_of_the_front_page_is_as_narrow_as_a_phone_and_no_poster_on_a_desk(
    briefing, browser, name
):
    for width, least, most in ((390, 300, 390), (1280, 500, 600)):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        tab.goto((briefing / name).as_uri())
        picture = tab.locator("figure img").first
        assert least < picture.bounding_box()["width"] <= most
        assert picture.evaluate("one => one.closest('[role=region]')") is None
        tab.close()


def test_the_contents_stand_beside_a_wide_page_and_leave_paper_alone(briefing, browser):
    tab = browser.new_page(viewport={"width": 1600, "height": 900})
    tab.goto((briefing / "briefing.html").as_uri())
    contents, text = tab.get_by_role("navigation", name="Contents"), tab.locator("main h1")
    box = contents.bounding_box()
    assert box["x"] + box["width"] <= text.bounding_box()["x"]
    assert box["y"] < 100
    tab.emulate_media(media="print")
    assert not contents.is_visible()
    tab.close()
