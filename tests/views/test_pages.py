"""A page holds all it needs, runs nothing, and is refused by its name where it does not."""

import re

import pytest
from markupsafe import Markup

from analysis.views.pages import BriefingError, clean, figure, markdown, page_html
from analysis.views.render import View

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    '<p onclick=alert(3)>said</p><a href="javascript:alert(4)">x</a>'
)


def page(*blocks):
    return page_html("Talks", [Markup(block) for block in blocks], name="talks.html", made="by us")


def test_cleaned_html_keeps_its_structure_and_loses_scripts():
    html = str(clean(HOSTILE + "<details><summary>one</summary><mark class='cue'>two</mark></details>"))
    assert '<details><summary>one</summary><mark class="cue">two</mark></details>' in html
    for bad in ("script", "alert", "onerror", "onclick", "javascript", "<img"):
        assert bad not in html


def test_a_picture_has_its_words_escaped():
    html = str(figure("aGk=", 'Bar chart. "Trade" leads: 4 of 5. Sentences: trade 4; law 1.'))
    assert 'alt="Bar chart. &#34;Trade&#34; leads: 4 of 5. Sentences: trade 4; law 1."' in html


def test_frames_with_the_same_name_are_numbered():
    table = "<table><caption>{}</caption><tr><td>1</td></tr></table>"
    html = page(*(clean(table.format(name)) for name in ("Officials", "Pairs", "Officials")))
    assert re.findall('aria-label="(.*?)"', html) == ["Officials", "Pairs", "Officials (2)"]


def test_table_headers_have_a_scope_and_empty_ones_become_cells():
    html = str(
        clean("<table><thead><tr><th></th><th>a</th></tr></thead><tbody><tr><th>b</th></tr></tbody></table>")
    )
    assert '<td></td><th scope="col">a</th>' in html
    assert '<th scope="row">b</th>' in html


def test_markdown_shows_html_as_text_and_can_start_at_a_lower_heading():
    html = str(markdown("# Mine\n\n" + HOSTILE, top=3))
    assert "<h3>Mine</h3>" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_page_with_three_headings_has_a_table_of_contents():
    assert "Contents" not in page("<h1>T</h1><h2>A</h2><h2>B</h2>")
    html = page("<h1>T</h1><h2>A</h2><h2>B &amp; b</h2><h2>C</h2>")
    assert '<a href="#b-b-2">B &amp; b</a>' in html
    assert html.index("<h1>") < html.index('aria-label="Contents"') < html.index('id="a-1"')


def test_a_caption_cannot_end_the_name_of_its_frame():
    html = str(clean("<table><caption>\"&gt;&lt;script&gt; 'x' <b>y</b></caption></table>"))
    assert html.startswith('<div aria-label="&#34;&gt;&lt;script&gt; &#39;x&#39; y" class="scroll"')


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ('<img src="http://x.org/a.png" alt="a">', "<img src='http://x.org/a.png'> loads another file"),
        ('<img src="a.png" alt="a">', "loads another file"),
        ('<img src="data:image/png;base64,aGVsbG8=" alt=" ">', "a picture has no alternative text"),
        ('<link href="//x.org/a.css" rel="stylesheet">', "loads another file"),
        ("<style>p { background: url(http://x.org/a) }</style>", "a style loads another file"),
        ("<script>1</script>", "holds a <script>"),
        ('<a href="javascript:1">x</a>', "loads another file"),
        ('<a href="java&#10;script:1">x</a>', "loads another file"),
        ('<IMG SRC=//x.org/a.png src="data:image/png;base64,aGk=" alt="a">', "loads another file"),
        ('<p onclick="1">x</p>', "<p onclick='1'> runs something"),
        ('<p style="background: URL(//x.org/a)">x</p>', "loads another file"),
        ("<!--><script>1</script>-->", "holds a comment"),
    ],
)
def test_a_page_that_would_load_or_run_something_is_refused_by_name(block, said):
    with pytest.raises(BriefingError, match="talks.html: .*" + said.replace("(", r"\(")):
        page("<h1>T</h1>" + block)


def test_a_link_to_follow_is_not_a_request():
    assert 'href="https://x.org"' in page('<h1>T</h1><a href="https://x.org">x</a><a href="#a">y</a>')


def test_the_text_of_a_view_has_no_styles_and_its_entities_are_characters():
    shown = View("<style>p { color: red }</style><p>&#34;Talks&#34; <b>at &lt;noon&gt;</b></p>\n")
    assert shown.text == '"Talks" at <noon>'
    assert not shown.is_sentence and View("<p>One.</p>").is_sentence
