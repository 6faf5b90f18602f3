"""Articles to tables: what is read from each, the analyst's corrections, and the keys between them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corrections_file import correction_table
from analysis.nlp.events.recency import dated_events
from analysis.pipeline.incremental import Reader, read_tables
from analysis.schemas import Articles, Events, Quotes, Sentences, Stances, Table, Topics


@dataclass(frozen=True)
class Tables:
    """All that is known of a corpus; the columns stand in `analysis.schemas`."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    stances: pd.DataFrame
    events: pd.DataFrame
    topics: pd.DataFrame
    indicators: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=lambda: correction_table([]))  # of these articles

    @cached_property
    def article_rows(self) -> dict[str, object]:
        """The row of each article by its id."""
        return {row.article_id: row for row in self.articles.itertuples()}

    @cached_property
    def sentence_starts(self) -> dict[str, list[int]]:
        """First characters of the sentences of each article, in order."""
        starts = self.sentences.groupby("article_id")["start_char"]
        return {article_id: sorted(part.tolist()) for article_id, part in starts}


EXTRACTED: dict[str, type[Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "events": Events,
    "topics": Topics,
}


def analyse(
    articles: pd.DataFrame,
    *,
    corrections: pd.DataFrame | None = None,
    use_encoder: bool = True,
    store: Path | str | None = None,
    reader: Reader | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> Tables:
    """Every table of a corpus.

    Args:
        articles: `Articles` table.
        corrections: `Corrections` table, laid over what is read from the texts.
        use_encoder: let the sentence encoder join in stances; without it they come from rules alone, sooner.
        store: folder where readings are kept, so that only new articles are read; None: nothing is kept.
        reader: reads the articles that are new; None: one core or two, as there is to do.
        progress: called with the number of articles whenever some are done.

    Returns:
        The tables, each sorted by its key; the same with any store and with none.

    Warns:
        StoreWarning: the store is damaged, full or cannot be written; the tables are whole all the same.
    """
    extracted = extract_tables(
        articles, use_encoder=use_encoder, store=store, reader=reader, progress=progress
    )
    check_keys(articles, extracted)
    decisions = correction_table([])
    if corrections is not None and len(corrections):
        from analysis.pipeline.apply_corrections import (
            apply_corrections,
        )  # loads a tokenizer, which few runs need

        extracted, decisions = apply_corrections(articles, extracted, corrections)
    indicators = dyad_indicators(articles, extracted["events"])
    return Tables(articles=articles, indicators=indicators, corrections=decisions, **extracted)


def extract_tables(
    articles: pd.DataFrame,
    *,
    use_encoder: bool = True,
    store: Path | str | None = None,
    reader: Reader | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> dict[str, pd.DataFrame]:
    """The tables read from each article by itself, so that any split of a corpus gives the same rows.

    Args:
        articles: `Articles` table.
        use_encoder: as in `analyse`.
        store: as in `analyse`.
        reader: as in `analyse`.
        progress: as in `analyse`.

    Returns:
        `sentences`, `quotes`, `stances`, `events` and `topics`, sorted by article and place in it.
    """
    readings = readings_of(use_encoder)
    texts = list(zip(articles["article_id"], articles["text"], strict=True))
    read = read_tables(texts, list(readings.values()), store, progress, reader=reader)
    tables = {name: table(read[reading], EXTRACTED[name]) for name, reading in readings.items()}
    return {**tables, "events": dated_events(tables["events"], articles)}  # kept readings know no date


def readings_of(use_encoder: bool) -> dict[str, str]:
    """The reading that each table comes from."""
    return {name: name for name in EXTRACTED} | ({} if use_encoder else {"stances": "ruled_stances"})


def table(rows: pa.Table, schema: type[Table]) -> pd.DataFrame:
    """Rows in their order, checked."""
    order = [column for column in ("article_id", "start_char", "end_char") if column in rows.column_names]
    frame = rows.to_pandas(integer_object_nulls=True)
    return schema.validate(frame.sort_values(order, kind="stable", ignore_index=True))


def check_keys(articles: pd.DataFrame, extracted: dict[str, pd.DataFrame]) -> None:
    """Raise ValueError if a row points to an article or quote that is not there."""
    Articles.validate(articles)
    keys = [(name, "article_id", articles["article_id"]) for name in EXTRACTED]
    keys.append(("stances", "quote_id", extracted["quotes"]["quote_id"]))
    for name, column, known in keys:
        strays = extracted[name].loc[~extracted[name][column].isin(known), column]
        if len(strays):
            raise ValueError(f"{name}: {column} is {strays.iloc[0]!r}, expected one of its parent table")
