"""What goes on paper: pages for A4 whose links hold wherever the file lies."""

from analysis.briefing.pdf import printable

PAGE = (
    '<html><head></head><body><a class="x" href="articles.html#a1">cited</a> <a href="#sources-2">below</a> '
    '<a href="https://example.org/x">original</a> say href="articles.html"</body></html>'
)


def test_a_printed_page_is_a4_and_leads_to_no_file_beside_it():
    html = printable(PAGE)
    assert "<style>@page { size: A4; @bottom-right { content: counter(page)" in html
    assert '<a class="x">cited</a>' in html
    assert '<a href="#sources-2">below</a>' in html
    assert '<a href="https://example.org/x">original</a>' in html
    assert 'say href="articles.html"' in html
