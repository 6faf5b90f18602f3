"""Tables as text."""

import pytest

from tests.reading import is_article

READ = {
    "table.csv:3": (
        "Steel tariff raised",
        "2024-03-10",
        "The Ledger",
        'on Sunday.\nRuritania called the step "unwise".',
    ),
    "table.csv:5": ("Dam talks stall", "2024-03-11", "The Ledger", "the water minister said."),
    "table.tsv:2": ("Bridge guarded again", "2024-03-12", None, "on Tuesday."),
}


@pytest.mark.parametrize("path", READ)
def test_a_sample_gives_its_title_date_outlet_and_text(samples, path):
    assert is_article(samples[0].loc[path], *READ[path])


@pytest.mark.parametrize(
    ("path", "reason"), [("table.csv:4", "is empty in the column 'Body', expected a text")]
)
def test_a_sample_without_an_article_is_rejected_with_the_reason(samples, path, reason):
    assert samples[1][path].startswith(reason)
