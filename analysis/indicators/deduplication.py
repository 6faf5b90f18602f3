"""What is told again, and so counts once: by a headline what its text tells, by a reprint what it copies.

Of the articles of a story one is its face: dated before undated, then the oldest, and of two of one day the
one with an outlet. It keeps its rows, and of the others those stay that it does not have.
"""

from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.schemas import ACT_STATUSES

ACT_KEY: Final = ["source", "target", "root", "status"]


def lead_articles_first(articles: DataFrame, known: Collection[str] = ()) -> Series:
    """The place of each article when the faces of stories come first, by `article_id`; `known` before all."""
    rows = articles.assign(
        is_unknown=~articles["article_id"].isin(known),
        is_undated=articles["published_date"].isna(),
        is_without_outlet=articles["outlet"].isna(),
    )
    order = ["is_unknown", "is_undated", "published_date", "is_without_outlet", "article_id"]
    ids = rows.sort_values(order, kind="stable")["article_id"]
    return Series(range(len(ids)), index=ids.to_numpy())


def reprinted_stories(articles: DataFrame) -> list[DataFrame]:
    """The articles of each story that several tell, its face first."""
    told = articles[articles.duplicated("story_id", keep=False)]
    places = lead_articles_first(told)
    return [
        part.sort_values("article_id", key=lambda ids: ids.map(places))
        for _, part in told.groupby("story_id", sort=False)
    ]


def repeated_events(events: DataFrame, articles: DataFrame, known: Collection[str] = ()) -> Series:
    """Whether an event is told again: in a headline that the text repeats, or in a reprint of its story.

    The second air raid of an article is an event of its own; the same two raids in a reprint are copies.

    Args:
        events: `Events` rows.
        articles: `Articles` rows with at least `article_id`, `story_id`, `title`, `published_date`, `outlet`.
        known: articles that were read before the others, which can only copy them.
    """
    is_act = events["status"].isin(ACT_STATUSES)
    rows = events.assign(
        status=events["status"].mask(is_act, "act"),  # a headline has in the present what the text has past
        **{side: named(events, side) for side in ("source", "target")},
    )
    is_above = in_headline(rows, articles)
    acts = pd.MultiIndex.from_frame(rows[["article_id", *ACT_KEY]])
    is_repeated = is_above & acts.isin(acts[~is_above])
    is_copy = repeated(rows[~is_repeated], articles, ACT_KEY, lead_articles_first(articles, known))
    return is_repeated | is_copy.reindex(rows.index, fill_value=False)


def named(events: DataFrame, side: str) -> Series:
    """The country of a side, or who it is where it has none."""
    return events[f"{side}_country_code"].fillna(events[f"{side}_id"])


def in_headline(events: DataFrame, articles: DataFrame) -> Series:
    """Whether the sentence of an event begins within the title, which begins the text."""
    lengths = dict(zip(articles["article_id"], articles["title"].fillna("").str.len(), strict=True))
    return events["start_char"] < Series(
        [lengths[one] for one in events["article_id"]], events.index, dtype=int
    )


def repeated(rows: DataFrame, articles: DataFrame, key: Sequence[str], places: Series) -> Series:
    """Whether another article of the same story, with a lower place, has a row of the same key.

    Args:
        rows: with `article_id`, `start_char` and the columns of `key`.
        articles: as in `repeated_events`.
        key: what makes two rows the same; a row that an article has twice is repeated by two.
        places: as `lead_articles_first` gives them.
    """
    stories = articles.set_index("article_id")["story_id"]
    told = rows.assign(story=rows["article_id"].map(stories), place=rows["article_id"].map(places))
    told = told.sort_values(["place", "start_char"], kind="stable")
    told = told.assign(number=told.groupby(["article_id", *key], dropna=False).cumcount())
    return told.duplicated(["story", *key, "number"]).reindex(rows.index)


def repeated_text(rows: DataFrame, articles: DataFrame) -> Series:
    """Whether another article of the same story, nearer to its face, has the same words.

    Args:
        rows: with `article_id`, `start_char` and `end_char`.
        articles: `Articles` rows.
    """
    sizes = articles.groupby("story_id")["article_id"].transform("size")
    shared = articles[sizes > 1]
    texts = shared.set_index("article_id")["text"].to_dict()
    candidates = rows[rows["article_id"].isin(shared["article_id"])]
    words = [
        " ".join(texts[row.article_id][row.start_char : row.end_char].split()).casefold()
        for row in candidates.itertuples()
    ]
    found = repeated(candidates.assign(words=words), shared, ["words"], lead_articles_first(shared))
    return found.reindex(rows.index, fill_value=False)
