"""Deduplication: what a headline or a reprint repeats counts once.

One article of each story is its lead article: a dated one before an undated one, then the oldest, of two from
the same day the one with an outlet, then the longest, since reprints are cut and seldom added to. It keeps
all its rows; the others keep only what it does not have.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from pandas import DataFrame, MultiIndex, Series

from analysis.schemas import ACT_STATUSES
from analysis.tables.rows import rows_of

ACT_KEY: Final = ["source", "target", "root", "status"]


def article_ranks(articles: DataFrame) -> Series:
    """The rank of each article by `article_id`: lead articles before the others."""
    rows = articles.assign(
        is_undated=articles["published_date"].isna(),
        is_without_outlet=articles["outlet"].isna(),
        length=-articles["word_count"],
    )
    order = ["is_undated", "published_date", "is_without_outlet", "length", "article_id"]
    ids = rows.sort_values(order, kind="stable")["article_id"]
    return Series(range(len(ids)), index=ids.to_numpy())


def reprinted_stories(articles: DataFrame) -> list[DataFrame]:
    """The articles of each story that more than one article tells, its lead article first."""
    reprinted = articles[articles.duplicated("story_id", keep=False)]
    ranks = article_ranks(reprinted)
    return [
        part.sort_values("article_id", key=lambda ids: ids.map(ranks))
        for _, part in reprinted.groupby("story_id", sort=False)
    ]


def repeated_events(events: DataFrame, articles: DataFrame) -> Series:
    """Whether an event only repeats another: in a headline that the text repeats, or in a reprint.

    The second air raid in an article is an event of its own; the same two raids in a reprint are copies.

    Args:
        events: `Events` rows.
        articles: `Articles` rows with at least `article_id`, `story_id`, `title`, `text`, `outlet` and
            `published_date`.
    """
    rows = with_act_keys(events)
    is_above, is_repeated = in_headline(rows, articles), Series(False, rows.index)
    if is_above.any():
        acts = MultiIndex.from_frame(rows[["article_id", *ACT_KEY]])
        is_repeated = is_above & acts.isin(acts[~is_above])
    is_copy = repeated_rows(rows[~is_repeated], articles, ACT_KEY)
    return is_repeated | is_copy.reindex(rows.index, fill_value=False)


def with_act_keys(events: DataFrame) -> DataFrame:
    """Events with `ACT_KEY`, in which all that repeat one act of an article agree."""
    is_act = events["status"].isin(ACT_STATUSES)
    return events.assign(
        status=events["status"].mask(is_act, "act"),  # headlines use the present tense for the past
        **{  # the actor where it has no country
            side: events[f"{side}_country_code"].fillna(events[f"{side}_id"]) for side in ("source", "target")
        },
    )


def in_headline(events: DataFrame, articles: DataFrame) -> Series:
    """Whether the sentence of an event is within the title, which is the first line of the text.

    A title that goes on in its line is none: some archives cut the first sentences off for a title.
    """
    lengths = {
        row.article_id: len(row.title if row.title == row.text else headline_of(row))
        for row in rows_of(articles)
    }
    ends = Series([lengths[one] for one in events["article_id"]], events.index, dtype=int)
    return (events["start_char"] < ends) & (events["end_char"] <= ends)


def headline_of(article: Any) -> str:
    """The title of an article if it is the first line of its text, as a headline is; else ""."""
    title = article.title if isinstance(article.title, str) else ""
    is_line = article.text.startswith(title) and re.match(r"\s*\n", article.text[len(title) :])
    return title if is_line else ""


def repeated_rows(rows: DataFrame, articles: DataFrame, key: Sequence[str]) -> Series:
    """Whether another article of the same story, with a lower rank, has a row with the same key.

    Args:
        rows: with `article_id`, `start_char` and the columns of `key`.
        articles: as in `repeated_events`.
        key: what makes two rows the same; what an article says twice is repeated only by what says it twice.
    """
    story = rows["article_id"].map(articles.set_index("article_id")["story_id"])
    if rows["article_id"].nunique() == story.nunique(dropna=False):  # no two articles tell the same story
        return Series(False, index=rows.index)
    ranked = rows.assign(story=story, rank=rows["article_id"].map(article_ranks(articles)))
    ranked = ranked.sort_values(["rank", "start_char"], kind="stable")
    ranked = ranked.assign(number=ranked.groupby(["article_id", *key], dropna=False).cumcount())
    return ranked.duplicated(["story", *key, "number"]).reindex(rows.index)


def repeated_text(rows: DataFrame, articles: DataFrame) -> Series:
    """Whether another article of the same story, with a lower rank, has the same words, figures apart.

    Args:
        rows: with `article_id`, `start_char` and `end_char`.
        articles: `Articles` rows.
    """
    shared = articles[articles.duplicated("story_id", keep=False)]
    if shared.empty:
        return Series(False, index=rows.index)
    texts = shared.set_index("article_id")["text"].to_dict()
    candidates = rows[rows["article_id"].isin(shared["article_id"])]
    words = [
        re.sub(r"\d+", "0", " ".join(texts[row.article_id][row.start_char : row.end_char].split()).casefold())
        for row in rows_of(candidates)
    ]
    found = repeated_rows(candidates.assign(words=words), shared, ["words"])
    return found.reindex(rows.index, fill_value=False)
