"""Statements as a reader wants them: who said what, about whom, and for or against whom."""

from typing import Final

from pandas import DataFrame, Series

from analysis.ingest.corrections_file import BY_ANALYST
from analysis.pipeline.analyse import Tables
from analysis.readable.columns import STATEMENTS
from analysis.readable.sources import (
    known_numbers,
    names_of,
    one_line,
    source_columns,
    table_of,
    texts,
    whole_sentences,
    yes_where,
)

BETWEEN: Final = "; "  # names in one cell
FOR, AGAINST = 1, -1  # labels of stances


def readable_statements(tables: Tables, quotes: DataFrame | None = None) -> DataFrame:
    """The readable table of statements.

    Args:
        tables: of a corpus.
        quotes: `Quotes` rows of it; None: all.

    Returns:
        One row per statement, in the order of `quotes`, with the columns of `columns.STATEMENTS`.
    """
    quotes = tables.quotes if quotes is None else quotes
    return table_of(
        STATEMENTS,
        {
            **source_columns(quotes["article_id"], tables.articles),
            "speaker": texts(quotes["speaker_name"]),
            "role": texts(quotes["role"]),
            "affiliation": texts(quotes["affiliation"]),
            "country": names_of(quotes["country_code"]),
            "statement": quotes["text"].map(one_line),
            "kind": quotes["kind"],
            **stance_columns(quotes["quote_id"], tables.stances),
            "tone": known_numbers(quotes["tone_score"]),
            "how sure": known_numbers(quotes["probability"]),
            "sentence": whole_sentences(quotes, tables),
            "corrected": quotes["rule"].isin(list(BY_ANALYST)),
        },
    )


def stance_columns(quote_ids: Series, stances: DataFrame) -> dict[str, Series]:
    """Whom the speaker of each statement is for, whom against, and whom else it names, each name once."""
    is_for, is_against = yes_where(stances["label"], FOR), yes_where(stances["label"], AGAINST)
    parts = {"for": is_for, "against": is_against, "also names": ~(is_for | is_against)}
    return {name: texts(quote_ids.map(names_by_quote(stances[chosen]))) for name, chosen in parts.items()}


def names_by_quote(stances: DataFrame) -> Series:
    """The names of the targets in each statement, in the order in which it names them."""
    once = stances.sort_values(["quote_id", "start_char"]).drop_duplicates(["quote_id", "target_name"])
    return once.groupby("quote_id")["target_name"].agg(BETWEEN.join).astype(object)
