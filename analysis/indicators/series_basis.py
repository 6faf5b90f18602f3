"""What a series over time rests on, and why that may not be enough to read anything from it."""

from typing import Final

from pandas import DataFrame

from analysis.indicators.reading_gaps import GAP_DAYS
from analysis.indicators.story_days import dominant_outlet
from analysis.phrasing import day_in_words

LEAST_WORDS: Final = 100
"""Words in the middle story, below which the published queries are of no use: most need two words within two
words of each other, or two words of one article, and a sentence or two rarely holds both."""


def one_day(articles: DataFrame) -> str:
    """Where all dated articles are of one day."""
    days = articles["published_date"].dropna().unique()
    return (
        f"all articles are of {day_in_words(days[0])}, so nothing can rise or ease." if len(days) == 1 else ""
    )


def one_outlet(articles: DataFrame) -> str:
    """Where one of several outlets wrote nearly everything."""
    outlet = dominant_outlet(articles)
    return outlet and f"{outlet} wrote nine tenths or more of the stories, so its choices would decide it."


def longest_gap(articles: DataFrame) -> str:
    """The longest stretch of days without an article, where it makes a gap."""
    days = articles["published_date"].dropna().sort_values(ignore_index=True)
    steps = days.diff().dt.days
    if not steps.max() > GAP_DAYS:
        return ""
    at = int(steps.idxmax())
    return f"No article is dated between {day_in_words(days[at - 1])} and {day_in_words(days[at])}."


def too_short_for_queries(articles: DataFrame) -> str:
    """Why the published queries of risk cannot be used on these articles; "" where they can."""
    words = articles.drop_duplicates("story_id")["word_count"].median()
    if not words < LEAST_WORDS:
        return ""
    return (
        "The published measure of geopolitical risk is not shown: its queries were made for whole articles, "
        f"and half of these stories have {words:.0f} words or fewer."
    )
