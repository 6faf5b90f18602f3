"""A briefing is written completely or not at all, and says what moved since the last one."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.briefing.build import (
    Request,
    folder_in_errors,
    lapsed_corrections,
    write_briefing,
    write_comparison,
)
from analysis.briefing.freshness import stale_number
from analysis.briefing.front_page_data import nothing_found
from analysis.briefing.notebook_pages import notebook_html
from analysis.ingest.corpus import load_corpus
from analysis.ingest.corrections_file import COLUMNS, correction_table
from analysis.pipeline.filters import Scope, articles_in_scope
from analysis.pipeline.store import StoreWarning
from analysis.views.pages import BriefingError
from tests.briefing.test_notebook_runner import parameters, save
from tests.tables import articles, corpus, events, quotes

FIRST = (
    "Minister visits Rome\n\nChina condemned the United States on Monday. "
    '"We want talks," President Joe Biden said.'
)
SECOND = "Ships turn back\n\nThe United States imposed sanctions on China on Tuesday, officials said."
DAY, NEXT = date(2024, 4, 21), date(2024, 4, 22)
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
def next_briefing(first_briefing, tmp_path_factory):
    """The folder after another briefing a day later, on the same articles; and its front page."""
    made = Path(shutil.copytree(first_briefing, tmp_path_factory.mktemp("next") / "briefed"))
    return made, brief(made, NEXT, front_only=True)


@pytest.fixture(scope="module")
def front_alone(tmp_path_factory):
    """The folder after a front page on two articles, with a notebook that fails; page and progress."""
    made, steps = new_place(tmp_path_factory.mktemp("front")), []
    save(made / "notebooks", "01-met", new_code_cell("1 / 0"))
    add(made, "second", SECOND, "2024-02-01")
    return made, brief(made, progress=lambda done, name: steps.append(done), front_only=True), steps


@pytest.fixture
def briefed(first_briefing, tmp_path):
    """A copy of it, for the briefings that follow."""
    return Path(shutil.copytree(first_briefing, tmp_path / "briefed"))


def add(place, name, text, day="2024-04-20"):
    record = {"title": text.split("\n")[0], "text": text.split("\n\n")[1], "published_date": day}
    (place / "seeds" / f"{name}.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def brief(place, day=DAY, scope=Scope(), progress=lambda done, name: None, **options):  # noqa: B008
    found, rejected = load_corpus(place / "seeds")
    notebooks = sorted((place / "notebooks").glob("*.ipynb"))
    request = Request(notebooks, place / "seeds", place / "out", scope, **options)
    done = write_briefing(request, articles_in_scope(found, scope), rejected, today=day, progress=progress)
    return done.pages[0].read_text(encoding="utf-8")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def page(*cells, **options):
    return notebook_html(new_notebook(cells=list(cells)), "talks", made="by us", **options)


def shown(data, metadata=None):
    return new_code_cell(outputs=[new_output("display_data", data, metadata=metadata or {})])


def shown_output(data):
    return new_output("display_data", data)


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


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


def test_text_in_markdown_and_plain_outputs_is_escaped():
    html = page(new_markdown_cell("# T\n\n" + HOSTILE), shown({"text/plain": HOSTILE}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_picture_without_text_alternative_stops_the_export():
    with pytest.raises(BriefingError, match="talks, cell 0: a picture has no alternative text"):
        page(shown({"image/png": "aGVsbG8="}))


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (
            shown_output({"text/html": "<img src='http://x.example/a.png' alt='a'>"}),
            "a picture is inside HTML",
        ),
        (shown_output({"text/html": "<script>alert(1)</script>"}), "holds a <script>"),
        (shown_output({"text/html": "<style>@import 'a.css'</style>"}), "a style loads another file"),
        (shown_output({"image/svg+xml": "<svg/>", "text/plain": "SVG"}), "an output is image/svg\\+xml"),
        (shown_output({"image/jpeg": "ab", "text/plain": "JPG"}), "an output is image/jpeg"),
        (shown_output({"text/plain": "<Figure size 640x480 with 1 Axes>"}), "has no alternative text"),
        (new_output("error", ename="ZeroDivisionError", evalue="by zero"), "ZeroDivisionError: by zero"),
        (
            new_output("stream", name="stderr", text="Traceback (most recent call last):\nKeyError: 'a'\n"),
            "an exception was printed: KeyError: 'a'",
        ),
    ],
)
def test_an_output_that_a_page_cannot_show_stops_the_export_with_cell_and_cause(output, said):
    with pytest.raises(BriefingError, match=f"talks, cell 1: .*{said}"):
        page(new_markdown_cell("# A"), new_code_cell(outputs=[output]))


def test_a_picture_from_elsewhere_in_markdown_stops_the_export():
    with pytest.raises(BriefingError, match="talks, cell 0: a picture is inside HTML"):
        page(new_markdown_cell("# A\n\n![p](http://x.example/a.png)"))


def test_a_cell_has_the_number_that_it_has_in_the_file():
    given = new_code_cell("a = 1", metadata={"tags": ["injected-parameters"]})
    html = page(new_markdown_cell("# A"), parameters("a"), given, new_code_cell("b"), show_code=True)
    assert re.findall(r"Code of cell (\d+)", html) == ["1", "1", "2"]


def test_the_days_that_a_page_covers_are_below_its_title():
    shown = page(new_markdown_cell("# Talks"), new_markdown_cell("Text."), days="It covers two days.")
    assert shown.index("Talks</h1>") < shown.index("It covers two days.") < shown.index("Text.")
    assert "caveat" not in page(new_markdown_cell("# Talks")).partition("<body")[2]


@pytest.mark.parametrize(("period", "is_said"), [("day", True), ("all", False)])
def test_a_page_says_which_days_it_covers_where_the_front_page_reports_on_fewer(place, period, is_said):
    brief(place, period=period)
    (shown,) = (path for path in (place / "out" / "2024-04-21").glob("0*.html"))
    said = "Unless a part of this page names other days, it covers the one article read"
    assert (said in shown.read_text(encoding="utf-8")) is is_said


def test_warnings_are_not_on_a_page():
    html = page(
        new_markdown_cell("# A"),
        new_code_cell(outputs=[new_output("stream", name="stderr", text="/tmp/x.py:1: UserWarning")]),
    )
    assert "UserWarning" not in html


def test_what_a_killed_run_had_set_aside_is_restored(briefed):
    place = briefed
    before = contents(place / "out" / "2024-04-21")
    (place / "out" / "2024-04-21").rename(place / "out" / ".2024-04-21.before")
    brief(place, day=NEXT, front_only=True)
    assert contents(place / "out" / "2024-04-21") == before
    assert not list((place / "out").glob(".*"))


def test_a_picture_carries_its_text_alternative_escaped():
    html = page(shown({"image/png": "aGVs\nbG8="}, {"image/png": {"alt": 'a "bar" <chart>'}}))
    assert '<img src="data:image/png;base64,aGVsbG8=" alt="a &#34;bar&#34; &lt;chart&gt;">' in html


def test_cells_of_controls_are_left_out():
    cell = shown({"text/plain": "a dropdown"})
    cell.metadata["tags"] = ["interactive"]
    assert "a dropdown" not in page(cell)


@pytest.mark.model
def test_a_briefing_has_its_pages_the_run_notebooks_the_numbers_and_the_manifest(first_briefing):
    folder = first_briefing / "out" / "2024-04-21"
    html = (folder / "briefing.html").read_text(encoding="utf-8")
    assert sorted(contents(folder)) == [
        "01-met.html",
        "01-met.ipynb",
        "articles.html",
        "briefing.html",
        "briefing.json",
        "manifest.json",
        "tables.xlsx",
    ]
    assert '<a href="01-met.html">Who met?</a>' in html
    assert '<a href="tables.xlsx">Every table behind this briefing, for Excel</a>' in html
    manifest = json.loads((folder / "manifest.json").read_text())
    assert list(manifest["inputs"]) == ["first.jsonl"]
    assert set(manifest["outputs"]) == set(contents(folder)) - {"manifest.json"}
    assert manifest["previous"] is None
    kept = json.loads((folder / "briefing.json").read_text())
    assert kept["as_of"] == "2024-04-20"
    assert kept["period"] == {"from": "2024-04-20", "to": "2024-04-20", "is_everything": True}
    assert kept["scope"] == {"since": "", "pair": "", "until": "", "country": ""}


def test_the_front_page_alone_runs_no_notebook_and_says_so(front_alone):
    made, html, _ = front_alone
    folder = made / "out" / "2024-04-21"
    names = ["articles.html", "briefing.html", "briefing.json", "manifest.json", "tables.xlsx"]
    assert sorted(contents(folder)) == names
    assert "01-met.html" not in html
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["settings"]["front_only"] is True
    assert manifest["notebooks"] == {}


def test_the_front_page_alone_reports_progress_by_article(front_alone):
    _, _, steps = front_alone
    assert sum(steps) == 2


def test_another_period_on_the_same_day_has_a_folder_of_its_own(front_alone, tmp_path):
    made, _, _ = front_alone
    place = Path(shutil.copytree(made, tmp_path / "copy"))
    brief(place, front_only=True, period="2024-02-01")
    folders = sorted(path.name for path in (place / "out").iterdir())
    assert folders == ["2024-04-21", "2024-04-21-2"]
    kept = [json.loads((place / "out" / name / "briefing.json").read_text()) for name in folders]
    assert [numbers["period"] for numbers in kept] == [
        {"from": "2024-04-14", "to": "2024-04-20", "is_everything": False},
        {"from": "2024-02-01", "to": "2024-02-01", "is_everything": False},
    ]
    manifest = json.loads((place / "out" / "2024-04-21-2" / "manifest.json").read_text())
    assert (manifest["period"], manifest["previous"]) == ("2024-02-01", "2024-04-21")


def test_the_same_bytes_come_from_the_same_articles_on_a_country(place):
    brief(place, scope=Scope(country="CHN"), front_only=True)
    first = contents(place / "out" / "2024-04-21-CHN")
    html = brief(place, scope=Scope(country="CHN"), front_only=True)
    second = contents(place / "out" / "2024-04-21-CHN")
    assert {name for name in first if first[name] != second[name]} <= {"manifest.json"}
    assert "<h1>China: briefing, 20 April 2024</h1>" in html
    assert "only events that involve China, with statements by its speakers or about it" in html


@pytest.mark.model
def test_the_same_articles_give_the_same_bytes_but_for_one_time(briefed):
    place = briefed
    first = contents(place / "out" / "2024-04-21")
    brief(place)
    second = contents(place / "out" / "2024-04-21")
    manifests = [json.loads(found.pop("manifest.json")) for found in (first, second)]
    assert first == second
    for found in manifests:
        found.pop("made_at")
    assert manifests[0] == manifests[1]


@pytest.mark.model
def test_a_store_that_cannot_be_written_costs_one_line_and_no_byte(place):
    """Root may write anywhere, so a file is in the place of the store."""
    cell = new_code_cell("import sys\nprint('seen', store != '', file=sys.stderr)\nprint(len(store) > 0)")
    save(place / "notebooks", "02-store", *PLAIN[:1], parameters("seeds", "store"), cell)
    brief(place)
    usual = contents(place / "out" / "2024-04-21")
    assert b"'../.faultline'" in usual["02-store.ipynb"]
    shutil.rmtree(place / ".faultline")
    (place / ".faultline").write_text("in the way")
    with pytest.warns(StoreWarning, match=r"\.faultline cannot be written \(File exists\)") as warned:
        brief(place)
    again = contents(place / "out" / "2024-04-21")
    assert len([one for one in warned if one.category is StoreWarning]) == 1
    assert {name for name in usual if usual[name] != again[name]} <= {"manifest.json"}
    assert usual.keys() == again.keys()
    assert (place / ".faultline").read_text() == "in the way"


@pytest.mark.model
def test_a_store_named_by_a_relative_path_is_one_for_the_page_and_the_notebooks(place, monkeypatch):
    monkeypatch.chdir(place)
    save(
        place / "notebooks",
        "02-store",
        *PLAIN[:1],
        parameters("seeds", "store"),
        new_code_cell("print(store)"),
    )
    brief(place, store="kept")
    printed = contents(place / "out" / "2024-04-21")["02-store.ipynb"]
    assert b"'../kept'" in printed
    assert (place / "kept" / "readings").is_dir()
    assert not (place / "notebooks" / "kept").exists()


@pytest.mark.model
def test_a_failing_notebook_leaves_the_last_briefing_as_it_was(briefed):
    place = briefed
    before = contents(place / "out" / "2024-04-21")
    save(place / "notebooks", "02-bad", new_code_cell("x = 1"), new_code_cell("1 / 0"))
    with pytest.raises(BriefingError, match=r"02-bad.ipynb, cell 1: ZeroDivisionError: division by zero"):
        brief(place)
    assert contents(place / "out" / "2024-04-21") == before
    assert [path.name for path in (place / "out").iterdir()] == ["2024-04-21"]


@pytest.mark.model
def test_the_next_briefing_says_what_one_more_article_moved(briefed):
    place = briefed
    assert "Since the last briefing" not in (place / "out" / "2024-04-21" / "briefing.html").read_text(
        "utf-8"
    )
    add(place, "second", SECOND, "2024-04-22")
    text = text_of(brief(place, NEXT, front_only=True))
    assert "Compared with the briefing 2024-04-21: 1 article was added." in text
    assert re.search(r"New incidents \(1\): 2024-04-\d\d, China – United States: .+ \( ?1 story ?\)", text)
    assert re.search(r"adds 1 event between China and the United States \(\w+ by the United States\)", text)
    assert "China – United States conflict per story read" in text
    assert "moved, but on too few stories to call it a change" in text


@pytest.mark.model
def test_the_same_articles_a_day_later_have_not_moved(next_briefing):
    text = text_of(next_briefing[1])
    assert "no articles were added" in text
    assert "No incident is new, updated or gone." in text
    assert "No value moved." in text
    assert "New in this briefing" not in text


@pytest.mark.model
def test_a_narrow_briefing_is_compared_with_the_last_of_its_scope(briefed):
    place = briefed
    assert "Since the last briefing" not in brief(place, NEXT, Scope("", "CHN-USA"), front_only=True)
    assert (place / "out" / "2024-04-22-CHN-USA" / "briefing.html").exists()
    text = text_of(brief(place, date(2024, 5, 1), Scope("", "CHN-USA"), front_only=True))
    assert "Compared with the briefing 2024-04-22-CHN-USA" in text


@pytest.mark.model
def test_the_notes_of_the_analyst_have_their_own_section_and_are_kept(place):
    (place / "out" / "notes.md").write_text("# Mind\n\nThey *met* twice. " + HOSTILE, encoding="utf-8")
    html = brief(place, front_only=True)
    own = html[html.index('<section class="analyst">') : html.index("</section>")]
    assert "Written by a person" in own
    assert "<h3>Mind</h3>" in own
    assert "&lt;script&gt;" in own
    assert "They <em>met</em> twice." in brief(place, NEXT, front_only=True)


@pytest.mark.model
def test_every_sentence_cited_has_its_place_in_the_page_of_articles(first_briefing):
    folder = first_briefing / "out" / "2024-04-21"
    html, cited = ((folder / name).read_text(encoding="utf-8") for name in ("briefing.html", "articles.html"))
    targets = set(re.findall(r'articles\.html#([^"]+)"', html))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', cited))


@pytest.mark.model
def test_a_number_that_differs_in_a_notebook_stops_the_briefing(place):
    show = (
        "from IPython.display import display\n"
        "row = {'indicator': 'conflict_share', 'dyad': 'CHN-USA', 'value': 0.25}\n"
        "record = {'rows': {'indicators': 1}, 'hashes': {'indicators': 'x'}, 'indicators': [row]}\n"
        "display({'application/vnd.faultline.snapshot+json': record}, raw=True)"
    )
    record = new_code_cell(show, metadata={"tags": ["record"]})
    save(place / "notebooks", "02-record", record)
    with pytest.raises(BriefingError, match=r"02-record.ipynb: .* of CHN-USA is .* here and .* on the front"):
        brief(place)


@pytest.mark.model
def test_a_notebook_that_read_other_articles_stops_the_briefing(place):
    (place / "old").mkdir()
    (place / "old" / "old.txt").write_text('"It rains," Ann Roe said.', encoding="utf-8")
    read = (
        "from analysis.ingest.corpus import load_corpus\n"
        "from analysis.pipeline.analyse import analyse\n"
        "from analysis.briefing.snapshots import fingerprint\n"
        "fingerprint(analyse(load_corpus('../old')[0]), 'quotes')"
    )
    save(place / "notebooks", "02-old", new_code_cell(read, metadata={"tags": ["record"]}))
    with pytest.raises(BriefingError, match=r"02-old.ipynb: its quotes are not those of the front page"):
        brief(place)
    assert list((place / "out").iterdir()) == []


@pytest.mark.model
def test_an_article_added_at_noon_is_compared_with_the_morning(briefed):
    place = briefed
    morning = contents(place / "out" / "2024-04-21")
    add(place, "second", SECOND)
    text = text_of(brief(place, front_only=True))
    assert "Compared with the briefing 2024-04-21: 1 article was added." in text
    assert contents(place / "out" / "2024-04-21") == morning
    assert sorted(path.name for path in (place / "out").iterdir()) == ["2024-04-21", "2024-04-21-2"]
    assert text_of(brief(place, front_only=True)) == text
    assert sorted(path.name for path in (place / "out").iterdir()) == ["2024-04-21", "2024-04-21-2"]
    comparison, page = write_comparison(place / "out" / "2024-04-21", place / "out" / "2024-04-21-2")
    assert (comparison.before.folder, comparison.now.folder) == ("2024-04-21", "2024-04-21-2")
    assert page == place / "out" / "2024-04-21-2" / "compare.html"


@pytest.mark.model
def test_a_new_speaker_is_named_with_the_first_statement_folded(briefed):
    place = briefed
    add(
        place,
        "second",
        'Ships turn back\n\n"We will sail again," Admiral Jane Roe said on Tuesday.',
        "2024-04-22",
    )
    text = text_of(brief(place, NEXT, front_only=True))
    names, _, statements = text[text.index("Quoted for") :].partition("The first")
    assert names == "Quoted for the first time (number of statements in brackets): Jane Roe (1). "
    assert "We will sail again" in statements
    assert "Joe Biden" not in names
    assert "Joe Biden" not in statements[: statements.index("What to watch")]


@pytest.mark.model
def test_an_earlier_briefing_that_cannot_be_read_is_reported_and_skipped(next_briefing, tmp_path):
    place = Path(shutil.copytree(next_briefing[0], tmp_path / "copy"))
    (place / "out" / "2024-04-22" / "briefing.json").write_text("{", encoding="utf-8")
    text = text_of(brief(place, date(2024, 4, 23), front_only=True))
    assert "An earlier briefing was skipped: 2024-04-22/briefing.json is not JSON" in text
    assert "Compared with the briefing 2024-04-21" in text
    manifest = json.loads((place / "out" / "2024-04-23" / "manifest.json").read_text())
    assert manifest["previous"] == "2024-04-21"


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


def shows(rows, *indicators, digest="x"):
    return {"rows": {"topics": rows}, "hashes": {"topics": digest}, "indicators": list(indicators)}


def test_equal_numbers_are_not_stale():
    row = {"indicator": "a", "dyad": "b", "value": 1.0}
    assert stale_number(shows(3, row), shows(3, row)) == ""
    assert "is None here and 1.0 on the front page" in stale_number(shows(3), shows(3, row))


def test_a_table_with_other_rows_is_stale():
    assert stale_number(shows(3), shows(4, digest="y")) == (
        "its topics are not those of the front page (3 rows here, 4 there), expected the same: its "
        "numbers are stale"
    )


def test_a_correction_that_no_longer_applies_is_reported_with_its_line():
    row = dict.fromkeys(COLUMNS, "") | {"table": "topics", "field": "topic"}
    problems = {2: "", 3: "the row is gone"}
    decisions = correction_table(
        [{**row, "line": line, "problem": problem} for line, problem in problems.items()]
    )
    tables = replace(corpus(), corrections=decisions)
    assert lapsed_corrections(Path("seeds"), tables) == ("seeds/corrections.csv:3: the row is gone",)


def test_notes_that_cannot_be_read_are_reported_and_the_briefing_is_made(place):
    (place / "out" / "notes.md").mkdir()
    found, rejected = load_corpus(place / "seeds")
    notebooks = sorted((place / "notebooks").glob("*.ipynb"))
    request = Request(notebooks, place / "seeds", place / "out", Scope(), front_only=True)
    done = write_briefing(request, found, rejected, today=DAY)
    assert "The analyst's notes</h2>" not in done.pages[0].read_text(encoding="utf-8")
    (warning,) = done.warnings
    assert "notes.md cannot be read (Is a directory), expected Markdown in UTF-8" in warning


def test_notes_in_an_older_encoding_are_read(place):
    (place / "out" / "notes.md").write_bytes(
        "Le café du ministre était fermé hier soir à Paris.".encode("cp1252")
    )
    assert "Le café du ministre était fermé" in brief(place, front_only=True)


def test_the_error_of_a_full_disk_names_the_folder(tmp_path):
    with pytest.raises(OSError, match="No space left") as caught, folder_in_errors(tmp_path):
        raise OSError(28, "No space left on device")
    assert caught.value.filename == str(tmp_path)
