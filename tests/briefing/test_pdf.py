"""What goes on paper: pages for A4 whose links hold wherever the file lies, printed by one browser."""

import sys

import psutil
import pytest
from pypdf import PdfReader

from analysis.briefing import pdf
from analysis.briefing.pdf import print_each, print_together, printable, write_pdfs
from tests.browser import browser_path

PAGE = (
    '<html><head></head><body><a class="x" href="articles.html#a1">cited</a> <a href="#sources-2">below</a> '
    '<a href="https://example.org/x">original</a> say href="articles.html"</body></html>'
)
ANSWERS = """
import json, sys
numbers = iter(sys.stdin.buffer.read1, b"")
for request in numbers:
    number = json.loads(request.strip(b"\\0"))["id"]
    answer = {answers}[min(number, {count}) - 1]
    sys.stdout.buffer.write(json.dumps({{"id": number, **answer}}).encode() + b"\\0")
    sys.stdout.flush()
"""
OPENED = ({"result": {"targetId": "t"}}, {"result": {"sessionId": "s"}}, {"result": {}}, {"result": {}})


@pytest.fixture
def pages(tmp_path):
    """Two pages."""
    paths = [tmp_path / "briefing.html", tmp_path / "articles.html"]
    for path in paths:
        title = f"The page {path.stem}"
        path.write_text(f"<html lang='en'><head><title>{title}</title></head><h1>{title}</h1></html>")
    return paths


def program(folder, *lines):
    """A shell script in place of a browser."""
    path = folder / "browser"
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o700)
    return str(path)


def answering(folder, *answers):
    """A browser that gives these answers, the last of them to all that it is asked then."""
    code = folder / "answers.py"
    code.write_text(ANSWERS.format(answers=answers, count=len(answers)))
    return program(folder, f"exec {sys.executable} {code} <&3 >&4")


def test_a_printed_page_is_a4_and_leads_to_no_file_beside_it():
    html = printable(PAGE)
    assert "<style>@page { size: A4; @bottom-right { content: counter(page)" in html
    assert '<a class="x">cited</a>' in html
    assert '<a href="#sources-2">below</a>' in html
    assert '<a href="https://example.org/x">original</a>' in html
    assert 'say href="articles.html"' in html


@pytest.mark.browser
@pytest.mark.parametrize(("print_all", "starts"), [(print_together, 1), (print_each, 2)])
def test_one_browser_prints_all_pages_where_it_can_be_asked_to(
    pages, tmp_path, monkeypatch, print_all, starts
):
    log = tmp_path / "starts"
    browser = program(tmp_path, f"echo started >> {log}", f'exec {browser_path()} "$@"')
    monkeypatch.setattr(pdf, "print_together", print_all)
    write_pdfs(pages, browser)
    assert log.read_text().split() == ["started"] * starts
    for page in pages:
        printed = PdfReader(page.with_suffix(".pdf"))
        assert printed.metadata.title == f"The page {page.stem}"
        assert f"The page {page.stem}" in printed.pages[0].extract_text()


@pytest.mark.parametrize("print_all", [print_together, print_each])
def test_a_browser_that_ends_is_named_with_the_page_and_what_it_said_last(
    pages, tmp_path, monkeypatch, print_all
):
    monkeypatch.setattr(pdf, "print_together", print_all)
    browser = program(tmp_path, "echo starting >&2", "echo no display >&2", "exit 1")
    with pytest.raises(OSError, match=r"browser did not print briefing\.html: no display$"):
        write_pdfs(pages, browser)


@pytest.mark.parametrize("print_all", [print_together, print_each])
def test_a_browser_that_hangs_is_ended_and_named_with_the_page(pages, tmp_path, monkeypatch, print_all):
    monkeypatch.setattr(pdf, "print_together", print_all)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)
    monkeypatch.setattr(pdf, "CLOSING_SECONDS", 0.1)
    browser = program(tmp_path, "exec sleep 600")
    with pytest.raises(
        OSError, match=r"browser did not print briefing\.html: no answer within 0\.5 seconds$"
    ):
        write_pdfs(pages, browser)
    assert [one for one in psutil.Process().children() if "sleep" in one.cmdline()] == []


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ((*OPENED, {"error": {"message": "Printing is not available"}}), "Printing is not available"),
        ((*OPENED, {"result": {"errorText": "net::ERR_ACCESS_DENIED"}}), "net::ERR_ACCESS_DENIED"),
    ],
)
def test_a_browser_that_refuses_a_page_is_named_with_it_and_the_reason(pages, tmp_path, answers, reason):
    with pytest.raises(OSError, match=rf"browser did not print briefing\.html: {reason}$"):
        write_pdfs(pages, answering(tmp_path, *answers))
