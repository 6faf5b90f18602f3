"""What goes on paper: pages for A4 whose links hold wherever the file lies, printed by a browser."""

from unicodedata import normalize

import pytest
from pypdf import PdfReader

from analysis.briefing import pdf
from analysis.briefing.pdf import write_pdf
from tests.browser import browser_path

PAGE = """<!doctype html><html lang="en"><head><title>Page</title></head><body><h1>The five offices</h1>
<a class="x" href="articles.html#a1">cited</a> <a href="#below">below</a>
<a href="https://example.org/x">original</a><h2 id="below">Sources</h2></body></html>"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "briefing.html"
    path.write_text(PAGE)
    return path


def program(folder, *lines):
    """A shell script in place of a browser."""
    path = folder / "browser"
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.browser
def test_a_printed_page_is_tagged_on_a4_with_language_and_outline_and_leads_to_no_file_beside_it(page):
    path = browser_path()
    if path is None:
        pytest.skip("only Playwright's own browser is here, which has no path to run by")
    write_pdf(page, path)
    printed = PdfReader(page.with_suffix(".pdf"))
    catalogue = printed.trailer["/Root"]
    assert printed.outline and catalogue["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en"
    (sheet,) = printed.pages
    assert "The five offices" in normalize("NFKC", sheet.extract_text())
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    links = [one.get_object().get("/A", {}).get("/URI") for one in sheet["/Annots"]]
    assert [link for link in links if link] == ["https://example.org/x"]
    assert page.read_text() == PAGE


@pytest.mark.parametrize(
    ("line", "reason"),
    [("echo no fonts >&2; exit 3", "no fonts"), ("exec sleep 60", "no answer within 1 seconds")],
)
def test_a_browser_that_prints_nothing_is_named_with_the_page_and_the_reason(
    page, tmp_path, monkeypatch, line, reason
):
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(OSError, match=rf"browser did not print briefing.html: {reason}"):
        write_pdf(page, program(tmp_path, line))
