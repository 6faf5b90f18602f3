"""A briefing is written completely or not at all, its tables too."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from openpyxl import load_workbook

from analysis.briefing.build import TABLES_FILE, Request, notes_html, write_briefing, write_tables
from analysis.briefing.folder import folder_for, publish
from analysis.briefing.front_page import FrontPageData, nothing_found
from analysis.briefing.notebooks import notebook_html
from analysis.briefing.numbers import MEDIA_TYPE
from analysis.ingest.corpus import load_corpus
from analysis.pipeline.filters import Scope
from analysis.pipeline.reporting_period import reporting_period
from analysis.pipeline.store import StoreWarning
from analysis.readable.columns import TABLES
from analysis.schemas import Rejected
from analysis.views.pages import BriefingError
from tests.briefing.test_notebooks import parameters, save
from tests.tables import articles, corpus, events, frame, quotes

FIRST = (
    "Minister visits Rome\n\nChina condemned the United States on Monday. "
    '"We want talks," President Joe Biden said.'
)
SECOND = "Ships turn back\n\nThe United States imposed sanctions on China on Tuesday, officials said."
DAY = date(2024, 4, 21)
PLAIN = (new_markdown_cell("# Who met?"), parameters("seeds"), new_code_cell("print(1)"))
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def place(tmp_path):
    return new_place(tmp_path)


def new_place(folder):
    """A folder with one article and one notebook."""
    (folder / "seeds").mkdir()
    add(folder, "first", FIRST)
    save(folder / "notebooks", "01-met", *PLAIN)
    (folder / "out").mkdir()
    return folder


@pytest.fixture(scope="module")
def first_briefing(tmp_path_factory):
    """The folder after its briefing of the first day."""
    made = new_place(tmp_path_factory.mktemp("first"))
    brief(made)
    return made


@pytest.fixture(scope="module")
def front_alone(tmp_path_factory):
    """The folder after a front page on two articles, with notes and a notebook that fails; page, progress."""
    made, steps = new_place(tmp_path_factory.mktemp("front")), []
    save(made / "notebooks", "01-met", new_code_cell("1 / 0"))
    add(made, "second", SECOND, "2024-02-01")
    (made / "out" / "notes.md").write_text("# Mind\n\nThey *met* twice. " + HOSTILE, encoding="utf-8")
    return made, brief(made, progress=lambda done, name: steps.append(done), front_only=True), steps


def add(place, name, text, day="2024-04-20"):
    record = {"title": text.split("\n")[0], "text": text.split("\n\n")[1], "published_date": day}
    (place / "seeds" / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def brief(place, day=DAY, progress=lambda done, name: None, **options):
    found, rejected = load_corpus(place / "seeds")
    notebooks = sorted((place / "notebooks").glob("*.ipynb"))
    options = {"store": str(place / ".faultline"), **options}
    request = Request(notebooks, place / "seeds", place / "out", Scope(), **options)
    done = write_briefing(request, found, rejected, today=day, progress=progress)
    return done.pages[0].read_text(encoding="utf-8")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def page(*cells, **options):
    return notebook_html(new_notebook(cells=list(cells)), "talks", made="by us", **options)


def shown(data, metadata=None):
    return new_code_cell(outputs=[new_output("display_data", data, metadata=metadata or {})])


def test_the_first_heading_is_the_title_and_code_is_left_out_or_folded():
    cells = new_markdown_cell("# Who spoke?\n\nIt *matters*."), new_code_cell("secret_name = '<b>'")
    html = page(*cells)
    assert "<title>Who spoke?</title>" in html
    assert "<em>matters</em>" in html
    assert "secret_name" not in html
    html = page(*cells, show_code=True)
    assert (
        "<summary>Code of cell 1</summary><pre><code>secret_name = &#39;&lt;b&gt;&#39;</code></pre>" in html
    )


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ({"text/html": "<img src='http://x.example/a.png' alt='a'>"}, "a picture is inside HTML"),
        ({"text/html": "<script>alert(1)</script>"}, "holds a <script>"),
        ({"text/html": "<style>@import 'a.css'</style>"}, "a style loads another file"),
        ({"image/svg+xml": "<svg/>", "text/plain": "SVG"}, "an output is image/svg\\+xml"),
        ({"image/png": "aGVsbG8="}, "a picture has no alternative text"),
        ({"text/plain": "<Figure size 640x480 with 1 Axes>"}, "has no alternative text"),
        (new_output("error", ename="ZeroDivisionError", evalue="by zero"), "ZeroDivisionError: by zero"),
        (
            new_output("stream", name="stderr", text="Traceback (most recent call last):\nKeyError: 'a'\n"),
            "an exception was printed: KeyError: 'a'",
        ),
    ],
)
def test_an_output_that_a_page_cannot_show_stops_the_export_with_cell_and_cause(output, said):
    output = output if "output_type" in output else new_output("display_data", output)
    with pytest.raises(BriefingError, match=f"talks, cell 1: .*{said}"):
        page(new_markdown_cell("# A"), new_code_cell(outputs=[output]))


def test_a_page_has_pictures_with_their_words_but_neither_controls_nor_warnings():
    controls = shown({"text/plain": "a dropdown"})
    controls.metadata["tags"] = ["interactive"]
    warning = new_code_cell(outputs=[new_output("stream", name="stderr", text="/tmp/x.py:1: UserWarning")])
    picture = shown({"image/png": "aGVs\nbG8="}, {"image/png": {"alt": 'a "bar" <chart>'}})
    html = page(picture, controls, warning)
    assert '<img src="data:image/png;base64,aGVsbG8=" alt="a &#34;bar&#34; &lt;chart&gt;">' in html
    assert "a dropdown" not in html
    assert "UserWarning" not in html


def test_what_markdown_has_and_what_a_cell_prints_or_returns_is_shown_as_text():
    printed = new_output("stream", name="stdout", text=HOSTILE)
    returned = new_output("display_data", {"text/plain": HOSTILE})
    html = page(new_markdown_cell("# A\n\n" + HOSTILE), new_code_cell(outputs=[printed, returned]))
    assert "<script" not in html and html.count("&lt;script&gt;") == 3
    assert html.count("<pre>&lt;script&gt;alert(1)&lt;/script&gt;&lt;img") == 2


def test_a_cell_has_the_number_that_it_has_in_the_file():
    given = new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]})
    html = page(new_markdown_cell("# A"), parameters("a"), given, new_code_cell("b"), show_code=True)
    assert re.findall(r"Code of cell (\d+)", html) == ["1", "1", "2"]


def test_the_days_that_a_page_covers_are_below_its_title():
    shown = page(new_markdown_cell("# Talks"), new_markdown_cell("Text."), days="It covers two days.")
    assert shown.index("Talks</h1>") < shown.index("It covers two days.") < shown.index("Text.")
    assert "caveat" not in page(new_markdown_cell("# Talks")).partition("<body")[2]


@pytest.mark.model
def test_a_briefing_has_its_pages_the_run_notebooks_the_numbers_and_the_manifest(first_briefing):
    folder = first_briefing / "out" / "2024-04-21"
    html = (folder / "briefing.html").read_text(encoding="utf-8")
    names = "01-met.html 01-met.ipynb articles.html briefing.html briefing.json manifest.json tables.xlsx"
    assert " ".join(sorted(contents(folder))) == names
    assert '<a href="01-met.html">Who met?</a>' in html
    assert '<a href="tables.xlsx">Every table behind this briefing, for Excel</a>' in html
    manifest = json.loads((folder / "manifest.json").read_text())
    assert list(manifest["inputs"]) == ["first.jsonl"]
    assert set(manifest["outputs"]) == set(contents(folder)) - {"manifest.json"}
    kept = json.loads((folder / "briefing.json").read_text())
    assert kept["as_of"] == "2024-04-20"
    assert kept["period"] == {"from": "2024-04-20", "to": "2024-04-20", "is_everything": True}
    assert not any(kept["scope"].values())


def test_the_front_page_alone_runs_no_notebook_and_says_so(front_alone):
    made, html, _ = front_alone
    folder = made / "out" / "2024-04-21"
    names = ["articles.html", "briefing.html", "briefing.json", "manifest.json", "tables.xlsx"]
    assert sorted(contents(folder)) == names
    assert "01-met.html" not in html
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["settings"]["front_only"] is True
    assert manifest["notebooks"] == {}


def test_another_period_has_its_own_folder_and_what_a_killed_run_had_set_aside_is_restored(
    front_alone, tmp_path
):
    made, _, steps = front_alone
    assert sum(steps) == 2  # articles
    out = Path(shutil.copytree(made, tmp_path / "copy")) / "out"
    first, broken = out / "2024-04-21", out / "2024-04-21-2"
    before = contents(first)
    first.rename(out / ".2024-04-21.before")
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    brief(out.parent, front_only=True, period="2024-02-01")
    assert sorted(one.name for one in out.iterdir()) == [first.name, broken.name, "2024-04-21-3", "notes.md"]
    assert contents(first) == before
    numbers = json.loads((out / "2024-04-21-3" / "briefing.json").read_text())
    assert numbers["period"]["to"] == "2024-02-01"


def test_runs_that_end_at_once_each_get_a_folder(tmp_path):
    def end(number):
        new = tmp_path / f"new-{number}"
        new.mkdir()
        (new / "page").write_text(f"{number}")
        run = tmp_path / "out", DAY, Scope(), {"number": number}, []
        return publish(new, tmp_path / "out", lambda: folder_for(*run))

    with ThreadPoolExecutor(8) as many:
        places = list(many.map(end, range(16)))
    assert [(one / "page").read_text() for one in places] == [f"{number}" for number in range(16)]


def test_a_period_without_an_article_stops_the_briefing_and_names_the_nearest(front_alone):
    with pytest.raises(ValueError, match=r"nearest day with articles is 2024-02-01"):
        brief(front_alone[0], front_only=True, period="2024-02-02..2024-02-03")


@pytest.mark.model
def test_the_same_articles_give_the_same_bytes_even_if_the_store_cannot_be_written(first_briefing, place):
    """But for one time and one line. Root may write anywhere, so a file is in the place of the store.

    A page says which days it covers where the front page reports on fewer.
    """
    cell = new_code_cell("import sys\nprint('seen', store != '', file=sys.stderr)\nprint(len(store) > 0)")
    save(place / "notebooks", "02-store", *PLAIN[:1], parameters("seeds", "store"), cell)
    brief(place, period="day")
    usual = contents(place / "out" / "2024-04-21")
    assert b"'../.faultline'" in usual["02-store.ipynb"]
    said = b"What does not say that it is about these or other days covers the one article read"
    of_all = (first_briefing / "out" / "2024-04-21" / "01-met.html").read_bytes()
    assert said in usual["01-met.html"] and said not in of_all
    shutil.rmtree(place / ".faultline")
    (place / ".faultline").write_text("in the way")
    with pytest.warns(StoreWarning, match=r"\.faultline cannot be written \(File exists\)") as warned:
        brief(place, period="day")
    again = contents(place / "out" / "2024-04-21")
    assert len([one for one in warned if one.category is StoreWarning]) == 1
    manifests = [json.loads(found.pop("manifest.json")) for found in (usual, again)]
    assert usual == again
    assert {name for name, one in manifests[0].items() if one != manifests[1][name]} <= {"made_at"}
    assert (place / ".faultline").read_text() == "in the way"


@pytest.mark.model
def test_the_notes_of_the_analyst_have_their_own_section_and_are_kept(front_alone):
    place, html, _ = front_alone
    own = html[html.index('<section class="analyst">') : html.index("</section>")]
    assert "Written by a person" in own
    assert "<h3>Mind</h3>" in own
    assert "&lt;script&gt;" in own
    assert "They <em>met</em> twice." in own
    assert (place / "out" / "notes.md").exists()


@pytest.mark.model
def test_a_notebook_that_read_other_articles_stops_the_briefing_and_leaves_the_last_as_it_was(
    first_briefing, tmp_path
):
    place = Path(shutil.copytree(first_briefing, tmp_path / "copy"))
    before = contents(place / "out" / "2024-04-21")
    other = {MEDIA_TYPE: {"quotes": {"rows": 0, "sha256": "0"}}, "text/plain": ""}
    read = f"from IPython.display import display\ndisplay({other!r}, raw=True)"
    save(place / "notebooks", "02-old", new_code_cell(read, metadata={"tags": ["record"]}))
    with pytest.raises(BriefingError, match=r"02-old.ipynb: its quotes are not those of the front page"):
        brief(place)
    assert contents(place / "out" / "2024-04-21") == before
    assert [path.name for path in (place / "out").iterdir()] == ["2024-04-21"]


@pytest.mark.model
def test_an_article_that_changes_during_the_run_stops_the_briefing(place):
    late = "import pathlib\npathlib.Path(seeds, 'late.txt').write_text('Late news')"
    save(place / "notebooks", "02-late", parameters("seeds"), new_code_cell(late))
    with pytest.raises(BriefingError, match=r"late.txt changed during the run"):
        brief(place)


def test_a_briefing_on_a_pair_or_country_that_nobody_mentions_is_called_empty():
    tables, found = corpus(articles=articles({}, {"article_id": "b" * 16})), corpus(events=events({}))
    assert nothing_found(Scope(pair="BRA-FRA"), tables) == (
        "no event between Brazil and France was found in 2 articles: the briefing is empty"
    )
    assert nothing_found(Scope(country="USA"), tables) == (
        "nothing about the United States was found in 2 articles: the briefing is empty"
    )
    assert nothing_found(Scope(), tables) == nothing_found(Scope(pair="CHN-USA"), found) == ""
    assert nothing_found(Scope(country="CHN"), corpus(quotes=quotes({}))) == ""


def test_notes_that_cannot_be_read_are_left_out_with_the_reason(tmp_path):
    html, said = notes_html(tmp_path)
    assert html == ""
    assert f"{tmp_path} cannot be read (Is a directory), expected Markdown in UTF-8" in said


def test_notes_in_an_older_encoding_are_read(tmp_path):
    (tmp_path / "notes.md").write_bytes("Le café du ministre était fermé hier soir à Paris.".encode("cp1252"))
    assert "Le café du ministre était fermé" in notes_html(tmp_path / "notes.md")[0]


OLD, NEW = "a" * 16, "b" * 16


def data_of(period):
    days = {OLD: "2024-03-04", NEW: "2024-04-20"}
    rows = [
        {"article_id": one, "story_id": one, "path": f"{one}.txt", "published_date": pd.Timestamp(day)}
        for one, day in days.items()
    ]
    acts = [{"event_id": f"{one}:e", "article_id": one} for one in days]
    tables = corpus(articles=articles(*rows), events=events(*acts))
    return FrontPageData(
        tables=tables,
        rejected=frame(Rejected, (), {}),
        scope=Scope(),
        notes=Markup(""),
        links=[],
        made_on=pd.Timestamp("2024-04-21").date(),
        period=reporting_period(period, tables.articles["published_date"]),
    )


def column(book, sheet, name):
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [row[head.index(name)] for row in rows]


def test_the_tables_are_of_the_reporting_period_and_the_weeks_go_back_further(tmp_path):
    write_tables(tmp_path / TABLES_FILE, data_of("2024-04-20"))
    book = load_workbook(tmp_path / TABLES_FILE)
    assert book.sheetnames == ["about", *TABLES, "columns"]
    assert column(book, "articles", "file") == [f"{NEW}.txt"]
    assert column(book, "events", "file") == [f"{NEW}.txt"]
    assert [f"{day:%Y-%m-%d}" for day in column(book, "incidents", "date")] == ["2024-04-20"]
    assert [f"{day:%Y-%m-%d}" for day in column(book, "weeks", "week")] == ["2024-04-15", "2024-03-04"]
    assert max(column(book, "indicators", "stories")) == 1


def test_without_a_period_every_article_is_there(tmp_path):
    write_tables(tmp_path / TABLES_FILE, data_of("all"))
    book = load_workbook(tmp_path / TABLES_FILE)
    assert column(book, "articles", "file") == [f"{NEW}.txt", f"{OLD}.txt"]
