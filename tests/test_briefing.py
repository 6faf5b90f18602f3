"""Notebooks to HTML: what a page may hold, and what stops a briefing."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.briefing import BriefingError, choose_notebooks, clean, notebook_html, write_briefings
from tests.browser import chromium

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    '<p onclick=alert(3)>said</p><a href="javascript:alert(4)">x</a>'
)
ALERT = "window.shown = []; window.alert = what => window.shown.push(what);"


def page(*cells):
    return notebook_html(new_notebook(cells=list(cells)), "talks")


def shown(data, metadata=None):
    return new_code_cell(outputs=[new_output("display_data", data, metadata=metadata or {})])


def save(folder, name, *cells):
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def test_the_first_heading_is_the_title_and_code_is_left_out():
    html = page(new_markdown_cell("# Who spoke?\n\nIt *matters*."), new_code_cell("secret_name = 1"))
    assert "<title>Who spoke?</title>" in html
    assert "<em>matters</em>" in html
    assert "secret_name" not in html


def test_html_of_an_output_keeps_its_structure_and_loses_what_runs():
    html = str(clean(HOSTILE + "<details><summary>one</summary><mark class='cue'>two</mark></details>"))
    assert '<details><summary>one</summary><mark class="cue">two</mark></details>' in html
    for bad in ("script", "alert", "onerror", "onclick", "javascript", "<img"):
        assert bad not in html


def test_a_table_is_named_by_its_caption_and_may_scroll():
    html = str(clean("<table><caption>Pairs</caption><tr><td>1</td></tr></table>"))
    assert html.startswith('<div aria-label="Pairs" class="scroll" role="region" tabindex="0"><table>')


def test_text_in_markdown_and_plain_outputs_is_escaped():
    html = page(new_markdown_cell(HOSTILE), shown({"text/plain": HOSTILE}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_picture_without_text_alternative_stops_the_export():
    with pytest.raises(BriefingError, match="talks, cell 0: a picture has no text alternative"):
        page(shown({"image/png": "aGVsbG8="}))


def test_a_picture_carries_its_text_alternative_escaped():
    html = page(shown({"image/png": "aGVs\nbG8="}, {"image/png": {"alt": 'a "bar" <chart>'}}))
    assert 'src="data:image/png;base64,aGVsbG8=" alt="a &#34;bar&#34; &lt;chart&gt;"' in html


def test_cells_of_controls_are_left_out():
    cell = shown({"text/plain": "a dropdown"})
    cell.metadata["tags"] = ["interactive"]
    assert "a dropdown" not in page(cell)


def test_an_unknown_notebook_is_said_with_the_known_ones(tmp_path):
    save(tmp_path, "01-topics")
    with pytest.raises(FileNotFoundError, match="has no notebook 'weather', expected one of: 01-topics"):
        choose_notebooks(tmp_path, ["weather"])
    with pytest.raises(FileNotFoundError, match="nope is no folder, expected that of the notebooks"):
        choose_notebooks(tmp_path / "nope", [])
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="holds no notebooks"):
        choose_notebooks(tmp_path / "empty", [])


def test_notebooks_are_chosen_by_part_of_their_name(tmp_path):
    paths = [save(tmp_path, name) for name in ("01-topics", "02-speakers", "03-tension")]
    assert choose_notebooks(tmp_path, []) == paths
    assert choose_notebooks(tmp_path, ["tension", "01"]) == [paths[0], paths[2]]


def test_a_failing_notebook_leaves_the_last_briefing_as_it_was(tmp_path):
    good = save(tmp_path / "books", "01-good", new_markdown_cell("# Good"), new_code_cell("print(1)"))
    bad = save(tmp_path / "books", "02-bad", new_code_cell("x = 1"), new_code_cell("1 / 0"))
    before = good.read_bytes()
    out = tmp_path / "out"
    write_briefings([good], tmp_path, out)
    pages = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(BriefingError, match=r"02-bad.ipynb, cell 1: ZeroDivisionError: division by zero"):
        write_briefings([good, bad], tmp_path, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == pages
    assert sorted(pages) == ["01-good.html", "index.html"]
    assert good.read_bytes() == before


def test_the_numbers_of_a_run_are_kept_and_given_to_the_next(tmp_path):
    parameters = new_code_cell('previous: str = ""', metadata={"tags": ["parameters"]})
    show = (
        "from IPython.display import display\n"
        "from pathlib import Path\n"
        "count = Path(previous).read_text().count('run') if previous else 0\n"
        "display({'application/vnd.faultline.snapshot+json': {'run': count}, 'text/plain': 'n'}, raw=True)"
    )
    record = new_code_cell(show, metadata={"tags": ["record"]})
    path = save(tmp_path / "books", "01-kept", new_markdown_cell("# Kept"), parameters, record)
    out = tmp_path / "out"
    write_briefings([path], tmp_path, out)
    assert json.loads((out / "briefing.json").read_text()) == {"run": 0}
    write_briefings([path], tmp_path, out)
    assert json.loads((out / "briefing.json").read_text()) == {"run": 1}
    assert "run" not in (out / "01-kept.html").read_text()


def test_the_failing_cell_is_counted_as_the_person_sees_it(tmp_path):
    parameters = new_code_cell('seeds: str = ""', metadata={"tags": ["parameters"]})
    path = save(tmp_path / "books", "01-bad", parameters, new_code_cell("1 / 0"))
    with pytest.raises(BriefingError, match=r"01-bad.ipynb, cell 1: ZeroDivisionError"):
        write_briefings([path], tmp_path, tmp_path / "out")


def test_an_exception_that_a_widget_swallowed_stops_the_briefing(tmp_path):
    code = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    1 / 0\nout"
    path = save(tmp_path / "books", "01-widget", new_code_cell(code))
    with pytest.raises(BriefingError, match="a widget failed: ZeroDivisionError"):
        write_briefings([path], tmp_path, tmp_path / "out")


@pytest.mark.browser
def test_nothing_in_a_page_runs_or_asks_the_network(tmp_path):
    file = tmp_path / "talks.html"
    hostile = page(
        new_markdown_cell("# Talks\n\n" + HOSTILE),
        shown({"text/html": HOSTILE}),
        shown({"text/plain": HOSTILE}),
    )
    file.write_text(hostile, encoding="utf-8")
    said, asked = [], []
    with chromium() as browser:
        tab = browser.new_context(offline=True).new_page()
        tab.add_init_script(ALERT)
        tab.on("console", lambda message: said.append(message.text))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri())
        tab.get_by_text("said", exact=True).click()
        assert tab.evaluate("window.shown") == []
    assert said == []
    assert asked == [file.as_uri()]
