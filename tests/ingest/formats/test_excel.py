"""Excel files."""

import pytest

from tests.reading import is_article

READ = {
    "table.xlsx:2": ("Rail link opens", "2024-03-26", None, "on Tuesday."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])
