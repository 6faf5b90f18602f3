"""Saved web pages, and exports of Factiva as pages."""

import pytest

from tests.reading import found_in, is_article

READ = {
    "page.html": (
        "Envoys leave the lake",
        "2024-03-07",
        "The Daily Example",
        "that brought no treaty.\n\nA second round may follow in the summer, officials of both delegations "
        "told reporters at the gate of the hotel.",
    ),
    "factiva.html:1": (
        "Central banks agree on swap line",
        "2024-03-19",
        "Example Newswires",
        "on Tuesday.\n\nThe line is for one year, both banks said.",
    ),
    "factiva.html:2": ("Ambassador called home", "2024-03-20", "Example Newswires", "on Wednesday."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


PAGE = """<html><head><title>Envoys meet</title>
<meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><article><h1>Envoys meet</h1>
<p>The envoys of both countries met on Monday in a hotel by the lake and spoke for three hours.</p>
<p>They agreed on little, officials of both delegations said after the talks had come to an end.</p>
</article><script>alert(1)</script></body></html>"""


def test_a_page_gives_its_text_and_its_metadata():
    (draft,) = found_in(PAGE, ".html")
    assert (draft.title, draft.outlet, draft.published_date) == ("Envoys meet", "The Daily", "2024-03-05")
    assert "by the lake" in draft.text
    assert "alert" not in draft.text


def test_a_page_without_an_article_is_rejected():
    (refusal,) = found_in("<html><body></body></html>", ".html")
    assert refusal.reason == "has no article text, expected a saved article page"
