"""Topics as a reader wants them: each sentence with what it is about and the words that decided."""

from pandas import DataFrame

from analysis.ingest.corrections_file import CORRECTION_MARK
from analysis.nlp.parse.encoder import ENCODED
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import TOPICS
from analysis.readable.sources import known_numbers, passages, source_columns, table_of


def readable_topics(tables: Tables, topics: DataFrame | None = None) -> DataFrame:
    """The readable table of topics.

    Args:
        tables: of a corpus.
        topics: `Topics` rows of it; None: all.

    Returns:
        One row per sentence and topic, in the order of `topics`, with the columns of `columns.TOPICS`.
    """
    topics = tables.topics if topics is None else topics
    is_by_word = ~topics["matched"].isin((ENCODED, CORRECTION_MARK))
    return table_of(
        TOPICS,
        {
            **source_columns(topics["article_id"], tables.articles),
            "sentence": passages(topics, tables.articles),
            "kind": topics["dimension"],
            "topic": topics["topic"],
            "share": known_numbers(topics["weight"]),
            "words": topics["matched"].where(is_by_word, ""),
            "corrected": topics["matched"] == CORRECTION_MARK,
        },
    )
