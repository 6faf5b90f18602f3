"""Which two countries each article of a pile deals with.

Each sure act counts for its pair if the top of the article names both: less, the further below it stands, and
more if the title names them. What is told further below is background, or told in passing.
"""

from typing import Final

from pandas import DataFrame, Series

from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.incident_reports import with_sides
from analysis.indicators.named_sides import names_pair

TOP: Final = 700  # characters of an article that say what it is about
FAR: Final = 150  # characters from its beginning, where an act counts half as much
IN_TITLE: Final = 3.0  # times as much as a pair that only the sentences below it name
MIN_WEIGHT: Final = 0.8  # of a pair that the title does not name: less is no more than an aside
NEAR: Final = 0.7  # of the highest: from there on the pair of most articles is taken; less pulls in others
SURE: Final = 0.8  # no act of this probability or less counts
PAST: Final = "historical"  # status of what is told as background


def article_pairs(articles: DataFrame, events: DataFrame) -> Series:
    """The pair that each article deals with, "CHN-USA", by its id; articles on none are left out.

    Of pairs with about the same weight it is the one of the most articles: "US-Turkish protester killed as
    Israeli forces open fire" is on Israel and Palestine where other articles are.

    Args:
        articles: `Articles` table.
        events: `Events` table.
    """
    acts = with_sides(events)
    acts = acts[between_countries(acts) & (acts["probability"] > SURE) & (acts["status"] != PAST)]
    acts = acts.assign(pair=dyads(acts)).merge(
        articles[["article_id", "title", "text"]], on="article_id", validate="m:1"
    )
    titles = acts["title"].fillna(acts["text"].str.split("\n").str[0])
    in_top, in_title = (
        Series([names_pair(text, pair) for text, pair in zip(texts, acts["pair"], strict=True)], acts.index)
        for texts in (titles + " " + acts["text"].str[:TOP], titles)
    )
    weight = (1 + (IN_TITLE - 1) * in_title) / (1 + acts["start_char"] / FAR)
    acts = acts.assign(weight=weight, in_title=in_title)[in_top.astype(bool)]
    found = acts.groupby(["article_id", "pair"]).agg(weight=("weight", "sum"), in_title=("in_title", "any"))
    found = found[found["in_title"] | (found["weight"] >= MIN_WEIGHT)].reset_index()
    found = found[found["weight"] >= NEAR * found.groupby("article_id")["weight"].transform("max")]
    found = found.assign(count=found.groupby("pair")["article_id"].transform("count"))
    best = found.sort_values(["count", "weight", "pair"], ascending=[False, False, True])
    return best.drop_duplicates("article_id").set_index("article_id")["pair"]
