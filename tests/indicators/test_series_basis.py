"""What is wrong with articles as the ground of a series, in a sentence."""

import pytest

from analysis.indicators.series_basis import longest_gap, one_day, one_outlet, too_short_for_queries
from tests.coverage import coverage


def test_articles_of_one_day_cannot_rise_or_ease():
    reason = "all articles are of 3 May 2024, so nothing can rise or ease."
    assert one_day(coverage("2024-05-03", "2024-05-03")) == reason
    assert one_day(coverage("2024-05-03", "2024-05-04")) == ""


def test_one_outlet_that_writes_nine_tenths_decides_the_series_and_reprints_count_once():
    ten = coverage(*["2024-05-03"] * 10)
    named = ten.assign(outlet=["Daily"] * 9 + ["Post"])
    assert (
        one_outlet(named) == "Daily wrote nine tenths or more of the stories, so its choices would decide it."
    )
    assert one_outlet(named.assign(story_id=["a"] * 9 + ["b"])) == ""
    assert one_outlet(ten.assign(outlet="Daily")) == ""  # a corpus of one outlet, as the reader chose it


def test_a_gap_is_named_by_the_articles_on_its_two_sides():
    gap = longest_gap(coverage("2024-07-01", "2024-01-30", "2024-01-01"))
    assert gap == "No article is dated between 30 January 2024 and 1 July 2024."
    assert longest_gap(coverage("2024-01-01", "2024-01-20")) == ""


@pytest.mark.parametrize(("words", "is_short"), [(99, True), (100, False)])
def test_the_published_queries_need_a_hundred_words(words, is_short):
    articles = coverage("2024-05-03", "2024-05-04", "2024-05-05").assign(word_count=[10, words, 500])
    assert bool(too_short_for_queries(articles)) == is_short
    if is_short:
        assert "half of these stories have 99 words or fewer" in too_short_for_queries(articles)
