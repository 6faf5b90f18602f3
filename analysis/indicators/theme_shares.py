"""How many of the articles of each outlet and period have a theme."""

from pandas import DataFrame, Series, concat

from analysis.indicators.intervals import wilson_interval
from analysis.indicators.periods import ALL, period_starts
from analysis.schemas import ThemeShares

EVERY_OUTLET = ""


def theme_shares(articles: DataFrame, topics: DataFrame, theme: str, *, period: str) -> DataFrame:
    """The share of articles with a theme, by outlet and period, and of all outlets together.

    An article counts once, however many of its sentences have the theme. A reprint counts for the outlet that
    printed it. Articles without an outlet count for all outlets only, undated ones only where the period is
    "all".

    Args:
        articles: `Articles` table.
        topics: `Topics` table of these articles, reprints included.
        theme: of the dimension "theme".
        period: "day", "week", "month" or "all".

    Returns:
        `ThemeShares` table, by period; all outlets first, then those with the most articles.
    """
    of_theme = topics[(topics["dimension"] == "theme") & (topics["topic"] == theme)]
    rows = articles.assign(
        has_theme=articles["article_id"].isin(of_theme["article_id"]),
        period=period_starts(articles["published_date"], period),
    ).dropna(subset="period")
    both = concat([rows.assign(outlet=EVERY_OUTLET), rows.dropna(subset="outlet")], ignore_index=True)
    counts = both.groupby(["outlet", "period"], as_index=False).agg(
        article_count=("article_id", "size"), theme_count=("has_theme", "sum")
    )
    share = counts["theme_count"] / counts["article_count"]
    low, high = wilson_interval(share, counts["article_count"])
    sizes = counts.groupby("outlet")["article_count"].transform("sum")
    table = counts.assign(
        share=share, low=low, high=high, is_one=counts["outlet"] != EVERY_OUTLET, size=-sizes
    )
    ordered = table.sort_values(["period", "is_one", "size", "outlet"], ignore_index=True)
    return ThemeShares.validate(ordered.drop(columns=["is_one", "size"]))


def themes_by_articles(topics: DataFrame) -> Series:
    """How many articles have each theme, the most first, by sentences where equal: `Topics` table."""
    themes = topics[topics["dimension"] == "theme"]
    counts = themes.groupby("topic")["article_id"].agg(["nunique", "size"]).sort_index()
    return counts.sort_values(["nunique", "size"], ascending=False, kind="stable")["nunique"]


def span_of(shares: DataFrame) -> list[str]:
    """The periods of a table of shares, in order; none where it has no period."""
    return sorted(set(shares["period"]) - {ALL})
