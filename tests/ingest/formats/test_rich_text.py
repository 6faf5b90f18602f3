"""Rich text files: exports of Factiva."""

import pytest

from tests.reading import is_article

READ = {
    "factiva.rtf:1": (
        "Pipeline deal “close”",
        "2024-03-21",
        "Example Gazette",
        "on Thursday.\n\nA signature may follow in April.",
    ),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])
