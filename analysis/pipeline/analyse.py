"""Articles become tables: what is read from each, the analyst's corrections, and the keys between tables."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corrections_file import correction_table
from analysis.nlp.events.recency import dated_events
from analysis.pipeline.event_origins import with_origins
from analysis.pipeline.former_names import with_former_names
from analysis.pipeline.incremental import Reader, read_tables
from analysis.schemas import Articles, Quotes, Sentences, Stances, Table, TextEvents, Topics


@dataclass(frozen=True)
class Tables:
    """All that is known about a corpus; `analysis.schemas` declares the columns."""

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
        """Offset of the first character of each sentence, by article, in order."""
        starts = self.sentences.groupby("article_id")["start_char"]
        return {article_id: sorted(part.tolist()) for article_id, part in starts}


EXTRACTED: dict[str, type[Table]] = {
    "sentences": Sentences,
    "quotes": Quotes,
    "stances": Stances,
    "events": TextEvents,
    "topics": Topics,
}
RULED = {"stances": "ruled_stances", "events": "ruled_events"}
"""The reading that gives a table without the encoder, where it is another."""


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
        corrections: `Corrections` table, applied to what is read from the texts.
        use_encoder: combine rules and the sentence encoder for stances; False: rules alone, which is faster.
        store: folder where what was read is kept, so that only new articles are read; None: keeps nothing.
        reader: reads the new articles; None: on this machine, on one core or two depending on their number.
        progress: called with a number of articles whenever so many more are done.

    Returns:
        The tables, each sorted by its key; they do not depend on the store.

    Warns:
        StoreWarning: the store is damaged, full or cannot be written; the tables are complete all the same.
    """
    extracted = extract_tables(
        articles, use_encoder=use_encoder, store=store, reader=reader, progress=progress
    )
    check_keys(articles, extracted)
    applied = correction_table([])
    if corrections is not None and len(corrections):
        # Imported here because it loads a tokenizer, which few runs need.
        from analysis.pipeline.apply_corrections import apply_corrections

        extracted, applied = apply_corrections(articles, extracted, corrections, use_encoder=use_encoder)
    indicators = dyad_indicators(articles, extracted["events"])
    return Tables(articles=articles, indicators=indicators, corrections=applied, **extracted)


def extract_tables(
    articles: pd.DataFrame,
    *,
    use_encoder: bool = True,
    store: Path | str | None = None,
    reader: Reader | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> dict[str, pd.DataFrame]:
    """The tables read from each article on its own, so that a corpus gives the same rows however it is split.

    Args:
        articles: `Articles` table.
        use_encoder: as in `analyse`.
        store: as in `analyse`.
        reader: as in `analyse`.
        progress: as in `analyse`.

    Returns:
        `sentences`, `quotes`, `stances`, `events` and `topics`, sorted by article and place.
    """
    readings = readings_of(use_encoder)
    texts = list(zip(articles["article_id"], articles["text"], strict=True))
    read = read_tables(texts, list(readings.values()), store, progress, reader=reader)
    tables = {name: checked_table(read[reading], EXTRACTED[name]) for name, reading in readings.items()}
    events = with_origins(dated_events(tables["events"], articles), articles)
    return with_former_names({**tables, "events": events}, articles)  # the store knows no dates


def readings_of(use_encoder: bool) -> dict[str, str]:
    """The name of the reading that gives each table."""
    return {name: name for name in EXTRACTED} | ({} if use_encoder else RULED)


def checked_table(rows: pa.Table, schema: type[Table]) -> pd.DataFrame:
    """Rows sorted by article and place, and checked."""
    order = [column for column in ("article_id", "start_char", "end_char") if column in rows.column_names]
    frame = rows.to_pandas(integer_object_nulls=True)
    return schema.validate(frame.sort_values(order, kind="stable", ignore_index=True))


def check_keys(articles: pd.DataFrame, extracted: dict[str, pd.DataFrame]) -> None:
    """Raise ValueError if a row refers to an article or quote that does not exist."""
    Articles.validate(articles)
    references = [(name, "article_id", articles["article_id"]) for name in EXTRACTED]
    references.append(("stances", "quote_id", extracted["quotes"]["quote_id"]))
    for name, column, known in references:
        unknown = extracted[name].loc[~extracted[name][column].isin(known), column]
        if len(unknown):
            raise ValueError(f"{name}: {column} is {unknown.iloc[0]!r}, expected one of its parent table")
