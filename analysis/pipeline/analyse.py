"""Articles become tables: what is read from each, the analyst's corrections, and the keys between tables."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaError, SchemaErrors

from analysis.computed_once import unchanging
from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corpus import rejected_table
from analysis.ingest.corrections_file import correction_table
from analysis.nlp.events.recency import dated_events
from analysis.pipeline.event_origins import with_origins
from analysis.pipeline.former_names import with_former_names
from analysis.pipeline.reading import read_rows
from analysis.pipeline.store import EXTRACTED, rows_of_table
from analysis.pipeline.unread import bug_reason, rejected_articles
from analysis.pipeline.workers import Pool
from analysis.schemas import Articles, Table
from analysis.tables.rows import rows_of


@dataclass(frozen=True)
class Tables:
    """All that is known about a corpus; `analysis.schemas` declares the columns.

    The tables are never changed in place: what is computed from them is remembered. Change a copy.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    quotes: pd.DataFrame
    stances: pd.DataFrame
    events: pd.DataFrame
    topics: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=lambda: correction_table([]))  # of these articles
    unread: pd.DataFrame = field(default_factory=lambda: rejected_table([]))  # articles that failed
    events_with_copies: pd.DataFrame | None = None  # where `events` lacks what headlines and reprints repeat

    def __post_init__(self) -> None:
        unchanging(*(table for table in vars(self).values() if isinstance(table, pd.DataFrame)))

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """`Indicators` of each pair of countries over all days; copies count as articles, not as stories."""
        events = self.events if self.events_with_copies is None else self.events_with_copies
        return dyad_indicators(self.articles, events)

    @cached_property
    def article_rows(self) -> dict[str, object]:
        """The row of each article by its id."""
        return {row.article_id: row for row in rows_of(self.articles)}

    @cached_property
    def sentence_starts(self) -> dict[str, list[int]]:
        """Offset of the first character of each sentence, by article, in order."""
        starts = self.sentences.groupby("article_id")["start_char"]
        return {article_id: sorted(part.tolist()) for article_id, part in starts}


def analyse(
    articles: pd.DataFrame,
    *,
    corrections: pd.DataFrame | None = None,
    store: Path | str | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> Tables:
    """Every table of a corpus.

    Args:
        articles: `Articles` table.
        corrections: `Corrections` table, applied to what is read from the texts.
        store: folder where what was read is kept, so that only new articles are read; None: keeps nothing.
        pool: who reads the new articles; None: this machine, one core or two depending on their number.
        progress: called with a number of articles whenever so many more are done.

    Returns:
        The tables, each sorted by its key; they do not depend on the store. An article whose text makes our
        code fail is in `unread` (`Rejected` table) with the reason, and in no other table.

    Warns:
        StoreWarning: the store is damaged, full or cannot be written; the tables are complete all the same.
    """
    extracted = extract_tables(articles, store=store, pool=pool, progress=progress)
    unread = extracted.pop("unread")
    articles = articles[~articles["path"].isin(unread["path"])].reset_index(drop=True)
    check_keys(articles, extracted)
    applied = correction_table([])
    if corrections is not None and len(corrections):
        # Imported here because it loads a tokenizer, which few runs need.
        from analysis.pipeline.apply_corrections import apply_corrections

        extracted, applied = apply_corrections(articles, extracted, corrections)
    quotes = extracted.pop("quotes")  # words in quotation marks are not the speaker's own in a translation
    is_translated = articles[["original_text", "translated_by"]].notna().any(axis="columns")
    translated = articles.loc[is_translated, "article_id"]
    is_quoted = quotes["article_id"].isin(translated) & quotes["kind"].isin(("direct", "partial"))
    quotes = quotes.assign(kind=quotes["kind"].mask(is_quoted, "translated"))
    return Tables(articles=articles, corrections=applied, unread=unread, quotes=quotes, **extracted)


def extract_tables(
    articles: pd.DataFrame,
    *,
    store: Path | str | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> dict[str, pd.DataFrame]:
    """The tables read from each article on its own, so that a corpus gives the same rows however it is split.

    Args:
        articles: `Articles` table.
        store: as in `analyse`.
        pool: as in `analyse`.
        progress: as in `analyse`.

    Returns:
        `sentences`, `quotes`, `stances`, `events` and `topics`, sorted by article and place, and `unread`,
        the `Rejected` table of articles that failed, which have no rows in the others.
    """
    texts = list(zip(articles["article_id"], articles["text"], strict=True))
    read = read_rows(texts, store=store, pool=pool, progress=progress)
    failures = dict(zip(read["article_id"].to_pylist(), read["failure"].to_pylist(), strict=True))
    tables, reasons = sound_tables({name: rows_of_table(read, name) for name in EXTRACTED})
    reasons |= {article_id: reason for article_id, reason in failures.items() if reason}
    events = with_origins(dated_events(tables["events"], articles), articles)
    named = with_former_names({**tables, "events": events}, articles)  # the store knows no dates
    return {**named, "unread": rejected_articles(articles, reasons)}


def sound_tables(rows: dict[str, pa.Table]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """The tables sorted and checked, without articles that break a rule of one, and why each of these does.

    Args:
        rows: by the name of the table, without rows of articles that are not there.
    """
    frames, reasons = {}, {}
    for name, table in rows.items():
        frames[name], broken = valid_rows(sorted_frame(table), EXTRACTED[name])
        reasons |= broken
    reasons |= orphans(frames)
    return {name: without_articles(frame, reasons) for name, frame in frames.items()}, reasons


def sorted_frame(rows: pa.Table) -> pd.DataFrame:
    """Rows sorted by article and place."""
    order = [column for column in ("article_id", "start_char", "end_char") if column in rows.column_names]
    frame = rows.to_pandas(integer_object_nulls=True)
    return frame.sort_values(order, kind="stable", ignore_index=True)


def valid_rows(rows: pd.DataFrame, schema: Table) -> tuple[pd.DataFrame, dict[str, str]]:
    """Rows without articles that break a rule, such as that no two ids are equal; why each of these does."""
    try:
        return schema.validate(rows), {}
    except (SchemaError, SchemaErrors):
        parts = rows.groupby("article_id", sort=False)
        reasons = {article_id: reason for article_id, part in parts if (reason := broken_rule(part, schema))}
    return schema.validate(without_articles(rows, reasons)), reasons


def without_articles(rows: pd.DataFrame, ids: Collection[str]) -> pd.DataFrame:
    """The rows of the other articles."""
    return rows[~rows["article_id"].isin(list(ids))].reset_index(drop=True) if ids else rows


def broken_rule(rows: pd.DataFrame, schema: Table) -> str:
    """Why the rows of an article are none of a table; "" if they are."""
    try:
        schema.validate(rows)
    except (SchemaError, SchemaErrors) as error:
        return bug_reason(error)
    return ""


def orphans(frames: dict[str, pd.DataFrame]) -> dict[str, str]:
    """The articles with a stance on a quote that does not exist, with the reason."""
    stances = frames["stances"]
    unknown = stances[~stances["quote_id"].isin(frames["quotes"]["quote_id"])]
    reason = "could not be read because of a bug (a stance is on {!r}, which is no quote): please report it"
    return {row.article_id: reason.format(row.quote_id) for row in rows_of(unknown)}


def check_keys(articles: pd.DataFrame, extracted: dict[str, pd.DataFrame]) -> None:
    """Raise ValueError if a row refers to an article or quote that does not exist."""
    Articles.validate(articles)
    references = [(name, "article_id", articles["article_id"]) for name in EXTRACTED]
    references.append(("stances", "quote_id", extracted["quotes"]["quote_id"]))
    for name, column, known in references:
        unknown = extracted[name].loc[~extracted[name][column].isin(known), column]
        if len(unknown):
            raise ValueError(f"{name}: {column} is {unknown.iloc[0]!r}, expected one of its parent table")
