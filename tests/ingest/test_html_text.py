"""The words of a piece of HTML."""

from analysis.ingest.html_text import html_text


def test_html_gives_its_words_by_block_and_no_script():
    markup = (
        "<p>One<br>two <b>th</b>ree</p><script>x</script><table><tr><td>a</td><td>b</td></tr></table>&amp;"
    )
    assert html_text(markup) == "One\ntwo three\na\tb\n&"
