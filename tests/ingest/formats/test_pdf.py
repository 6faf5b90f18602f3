"""PDF files: with text, locked, and scanned."""

import pytest

from tests.reading import is_article

READ = {
    "story.pdf": (
        "Observers watch the ceasefire",
        None,
        None,
        "along the river on Sunday, and found it kept in all places but one.\n\nA report is due in a week.",
    ),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


@pytest.mark.parametrize(
    ("path", "reason"),
    [("locked.pdf", "is locked with a password"), ("scan.pdf", "is a PDF without text, perhaps a scan")],
)
def test_a_sample_without_an_article_is_rejected_with_the_reason(samples, path, reason):
    assert samples[1][path].startswith(reason)
