"""Articles, and files that were rejected, as a reader wants them."""

from pandas import DataFrame, Series

from analysis.ingest.corrections_file import article_id_of
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import ARTICLES, REJECTED
from analysis.readable.sources import one_line, source_columns, table_of, texts


def readable_articles(tables: Tables) -> DataFrame:
    """The readable table of articles.

    Args:
        tables: of a corpus.

    Returns:
        One row per article, with the columns of `columns.ARTICLES`.
    """
    articles = tables.articles
    corrections = tables.corrections
    is_own = (corrections["table"] == "articles") & (corrections["problem"] == "")
    return table_of(
        ARTICLES,
        {
            **source_columns(articles["article_id"], articles),
            "author": texts(articles["author"]).map(one_line),
            "words": articles["word_count"],
            "statements": rows_each(articles["article_id"], tables.quotes),
            "events": rows_each(articles["article_id"], tables.events),
            "reprints": articles.groupby("story_id")["article_id"].transform("size") - 1,
            "note": texts(articles["note"]).map(one_line),
            "corrected": articles["article_id"].isin(corrections.loc[is_own, "id"].map(article_id_of)),
        },
    )


def rows_each(article_ids: Series, rows: DataFrame) -> Series:
    """How many rows of a table each article has."""
    return article_ids.map(rows["article_id"].value_counts()).fillna(0).astype(int)


def readable_rejected(rejected: DataFrame) -> DataFrame:
    """The readable table of files that could not be read.

    Args:
        rejected: `Rejected` table.

    Returns:
        One row per file or record, with the columns of `columns.REJECTED`.
    """
    return table_of(REJECTED, {"file": rejected["path"], "reason": rejected["reason"].map(one_line)})
