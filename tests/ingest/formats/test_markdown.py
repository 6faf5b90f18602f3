"""Markdown, its front matter and its mark-up."""

import pytest

from analysis.ingest.formats.markdown import markdown_text
from tests.reading import found_in, is_article

READ = {
    "note.md": ("Harbour talks go on", "2024-03-06", "The Weekly Ledger", "They will meet next week."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


def test_markdown_loses_its_marks_and_keeps_its_front_matter():
    text = (
        "---\ntitle: Envoys meet\ndate: 2024-03-05\nsource: The Daily\n---\n"
        "# Envoys meet\n\nThey *met* [here](http://x.example).\n"
    )
    (draft,) = found_in(text, ".md")
    assert (draft.title, draft.outlet, draft.published_date) == ("Envoys meet", "The Daily", "2024-03-05")
    assert draft.text == "Envoys meet\n\nThey met here."


def test_html_inside_markdown_is_removed():
    assert markdown_text("One <b onclick=x>two</b>\n\n<script>three</script>\n\nfour") == "One two\n\nfour"
