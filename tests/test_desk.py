"""A desk keeps what an analyst asks every Monday: one command briefs, and tells of what stands out."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest

from analysis import open_corpus
from analysis.briefing.alerts import tell_alerts
from analysis.pipeline.desk import Desk, kept_for, load_desk
from analysis.workbench.jupyterlab import own_notebooks
from tests.test_cli import invoke

ROOT = Path(__file__).parents[1]
ATTACKS = [
    "Russia attacked Ukraine with missiles. At least 40 people were killed in Kyiv.",
    "Russian troops shelled Ukraine at dawn. The mayor of Kharkiv closed all schools.",
    "Russia bombed Ukraine again. Grain silos burned in the port of Odesa for hours.",
    "Russian drones struck Ukraine overnight. Half of Lviv had no power in the morning.",
    "Russia invaded Ukraine from the north. Families left Sumy by train and by bus.",
    "Russian jets raided Ukraine. A bridge over the Dnipro fell, engineers found.",
    "Russia launched rockets at Ukraine. Hospitals in Kherson asked for blood.",
]
TALKS = "China met Japan in Rome on Monday. Iran condemned Israel, its minister said."
DESK = """
title = "Eastern desk"
articles = "news"
countries = ["Russia"]
pairs = ["China-Japan"]
leave_out = ["The Rumour"]
period = "last week"
[alert]
times_usual = 3
command = ["sh", "-c", "cp $0 told.json"]
seconds = 20
"""
pytestmark = pytest.mark.model


def brief(*words):
    return invoke("brief", "--front-only", "--notebooks", "none", "--store", "store", *words)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """What all desks of these tests have read."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def desk(tmp_path, monkeypatch, store):
    """The folder of a desk whose country was attacked last week, after two quiet months."""
    monkeypatch.chdir(tmp_path)
    Path("store").symlink_to(store)
    folder = tmp_path / "desks" / "east"
    (folder / "news").mkdir(parents=True)
    (folder / "desk.toml").write_text(DESK)
    sunday = date.today() - timedelta(days=date.today().weekday() + 1)
    days = [sunday - timedelta(weeks=weeks) for weeks in range(20)]
    stories = [{"date": f"{day}", "outlet": "Wire", "title": f"{day}", "text": TALKS} for day in days]
    attacks = [
        {"date": f"{sunday - timedelta(days=n)}", "outlet": "Wire", "title": f"Night {n}", "text": text}
        for n, text in enumerate(ATTACKS)
    ]
    rumour = {"date": f"{sunday}", "outlet": "the rumour", "title": "X", "text": "Japan attacked Russia."}
    lines = map(json.dumps, [*stories, *attacks, rumour])
    (folder / "news" / "items.jsonl").write_text("\n".join(lines))
    return folder


def opened(result):
    """The folder of the briefing that a run says to open."""
    assert result.stdout.startswith("open this: "), result.stderr
    return Path(result.stdout.removeprefix("open this: ").strip()).parent


def test_every_monday_one_command_makes_the_briefing_and_tells_of_a_pair_far_above_usual(desk):
    done = brief("--desk", "east")
    assert done.exit_code == 0, done.stderr
    folder = opened(done)
    assert folder.parent == Path("briefings/east")
    alerts = json.loads((folder / "alerts.json").read_text())
    kept = json.loads((folder / "briefing.json").read_text())
    assert [one["pair"] for one in alerts["alerts"]] == ["RUS-UKR"]
    assert json.loads((desk / "told.json").read_text()) == alerts
    assert "alert: Russia – Ukraine: weight of hostile acts" in done.stderr
    assert kept["scope"]["country"], kept["scope"]["pair"] == ("RUS", "CHN-JPN")
    assert {one["outlet"] for one in kept["articles"]} == {"Wire"}
    pairs = {frozenset((one["source_country_code"], one["target_country_code"])) for one in kept["events"]}
    assert pairs == {frozenset(("RUS", "UKR")), frozenset(("CHN", "JPN"))}
    page = (folder / "briefing.html").read_text()
    assert "Outlets left out: The Rumour." in page
    assert "only what involves Russia, or passes between China and Japan." in page
    assert kept["title"].startswith("Russia, China and Japan: briefing, ")
    monday = date.today() - timedelta(days=date.today().weekday() + 7)
    assert kept["period"]["from"] == f"{monday}"


def test_the_notebooks_of_a_desks_briefing_are_about_all_that_it_asks(desk):
    copytree(ROOT / "notebooks", "notebooks")
    done = invoke(
        "brief", "--desk", "east", "--notebook", "01", "--country", "Russia, Iran", "--period", "all"
    )
    assert done.exit_code == 0, done.stderr
    page = (opened(done) / "01-topic-breakdown.html").read_text()
    assert "Iran" in page and "Ukraine" in page and "the rumour" not in page


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("sh", "-c", "sleep 600 & wait"), "was stopped after 0.5 seconds, expected it to end"),
        (("./none",), r"cannot be started \(No such file or directory\)"),
    ],
)
def test_a_command_that_hangs_or_is_missing_is_one_sentence_and_the_alerts_stay(tmp_path, command, said):
    desk = Desk(tmp_path, tmp_path, tmp_path, times_usual=3, command=command, seconds=0.5)
    above = {"dyad": "RUS-UKR", "hostile_weight": 9.0, "usual_weight": 1.0, "direction": "up"}
    inputs = SimpleNamespace(period=SimpleNamespace(first=None, last=None), moves=pd.DataFrame([above]))
    with pytest.raises(ValueError, match=said):
        list(tell_alerts(desk, SimpleNamespace(inputs=inputs, pages=[tmp_path / "briefing.html"])))
    assert (tmp_path / "alerts.json").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("countries", "countrys"), "'countrys' is not known, expected title, articles, countries"),
        (('["Russia"]', '"Russia"'), "countries is 'Russia', expected a list of texts"),
        (("Russia", "Atlantis"), "country is 'Atlantis': Atlantis is not a country"),
        (("last week", "lately"), "period is 'lately', expected auto, day, week"),
        (("= 3", "= true"), "times_usual is True, expected a number above 0"),
        (("[alert]", "[alert"), "Expected ']' at the end of a table declaration (at line 8"),
        (('"last week"', '"last week'), "(at line 7, column 20): check quotation marks"),
        (('"news"', '"gone"'), "articles is 'gone', expected a folder"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(desk, change, said):
    (desk / "desk.toml").write_text(DESK.replace(*change))
    done = brief("--desk", "east")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr and "desks/east/desk.toml" in done.stderr


def test_a_desk_without_its_folder_is_a_mistake_that_names_those_there_are(desk):
    done = brief("--desk", "west")
    assert done.stderr == (
        "faultline: there is no desk desks/west or west: no such folder has a desk.toml; there are east\n"
    )
    assert brief("--desk", desk.parent / "none").stderr.count("desks/none") == 1
    assert "no such folder has a desk.toml" in brief("--desk", desk.parent).stderr
    assert "leave out either it or --seeds" in brief("--desk", "east", "--seeds", "other").stderr


def test_a_folder_of_articles_runs_no_command_unless_its_desk_is_named(desk):
    (desk / "news" / "desk.toml").write_text(DESK)
    done = brief("--seeds", desk / "news")
    assert done.exit_code == 0
    assert "desk.toml is not used: to use it, give --desk" in done.stderr
    assert not list(desk.rglob("told.json"))
    assert "desk.toml" not in invoke("check", "--seeds", desk / "news").stdout


def test_two_desks_that_write_to_one_folder_each_get_a_briefing_though_their_command_fails(desk):
    other = desk.with_name("other")
    copytree(desk, other)
    (other / "news" / "more.txt").write_text("Russia attacked Ukraine with drones. " * 20)
    failing = DESK.replace("cp $0 told.json", "exit 3")
    failing = failing.replace("[alert]", 'briefings = "../../both"\n[alert]')
    for folder in (desk, other):
        (folder / "desk.toml").write_text(failing)
        done = brief("--desk", folder.name)
        assert done.exit_code == 2
        assert "ended with exit code 3, expected 0" in done.stderr.splitlines()[-1]
        assert opened(done).parent == Path("both")
    for made in ("briefing.html", "alerts.json"):
        assert len(list((desk.parents[1] / "both").glob(f"*/{made}"))) == 2


def test_search_and_export_take_the_same_desk(desk):
    found = invoke("search", "--side", "russ", "--desk", "east", "--store", "store", "--json")
    hits = [json.loads(line) for line in found.stdout.splitlines()]
    assert {hit["outlet"] for hit in hits} == {"Wire"} and len(hits) == len(ATTACKS)
    exported = invoke("export", "tables", "--table", "events", "--desk", "east", "--store", "store")
    assert exported.exit_code == 0, exported.stderr
    assert "Iran" not in Path("tables/events.csv").read_text()


def test_an_outlet_to_leave_out_that_no_article_is_from_is_said_wherever_it_is_asked(desk):
    (desk / "desk.toml").write_text(DESK.replace("The Rumour", "Rumour"))
    said = "no article is from Rumour, which leave_out names: did you mean the rumour?"
    search = ("search", "japan", "--desk", "east", "--store", "store")
    export = ("export", "tables", "--table", "events", "--desk", "east", "--store", "store")
    for command in (search, search, export):  # the first search builds the index
        with pytest.warns(UserWarning, match=re.escape(said)):
            assert invoke(*command).exit_code == 0
    with pytest.warns(UserWarning, match=re.escape(said)):  # as in JupyterLab and on the dashboard
        open_corpus(desk / "news", leave_out="Rumour", store="store")
    with pytest.warns(UserWarning, match="from Wire, The Rumour, .*: semicolons separate outlets, commas do"):
        open_corpus(desk / "news", leave_out="Wire, The Rumour", store="store")


def test_the_notebooks_of_a_desk_are_copies_that_ask_what_it_asks(desk):
    notebooks = Path(copytree(ROOT / "notebooks", "notebooks"))
    folder = own_notebooks(load_desk("east"), notebooks)
    copy = folder / "03-tension-indicators.ipynb"
    cells = nbformat.read(copy, as_version=4).cells
    (given,) = [one.source for one in cells if one.metadata.get("tags") == ["injected-parameters"]]
    assert "country = 'RUS'" in given and "reporting_period = 'last week'" in given
    assert "seeds = '../../desks/east/news'" in given
    notebook = nbformat.read(copy, as_version=4)
    notebook.cells[-1].source = "mine = 1"
    nbformat.write(notebook, copy)
    own_notebooks(load_desk("east"), notebooks)
    again = nbformat.read(copy, as_version=4)
    assert again.cells[-1].source == "mine = 1" and len(again.cells) == len(cells)


@pytest.mark.parametrize(
    ("seeds", "folder"),
    [
        ("seeds", "briefings"),
        ("../seeds", "briefings"),
        ("examples/thirteen-days", "briefings/thirteen-days"),
        ("examples/thirteen-days/", "briefings/thirteen-days"),
    ],
)
def test_articles_outside_seeds_have_a_folder_of_their_name(seeds, folder):
    assert kept_for(seeds, "briefings") == Path(folder)
