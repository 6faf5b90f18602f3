"""Articles become tables: what is read from each, the analyst's corrections, and the keys between tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaError, SchemaErrors

from analysis.computed_once import unchanging
from analysis.country_names import country_names, former_names, name_countries_as_of
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.dyads import dyad_indicators
from analysis.ingest.corpus import rejected_table
from analysis.ingest.corrections_file import correction_table, load_corrections
from analysis.nlp.actors.gazetteer import ordinary_case
from analysis.nlp.events.days import dated_events
from analysis.pipeline.reading import read_rows
from analysis.pipeline.store import EXTRACTED, rows_of_table
from analysis.pipeline.workers import Pool, bug_reason
from analysis.schemas import Articles, Events, Rejected
from analysis.tables.rows import rows_of

NO_QUOTE = "could not be read because of a bug (a stance is on no quote): please report it"
IN_CAPITALS = "in capitals throughout: shown and read in ordinary letters, so some names may be missing"
NAMED = {
    "events": (("source_id", "source_name"), ("target_id", "target_name")),
    "quotes": (("speaker_id", "speaker_name"),),
    "stances": (("target_id", "target_name"),),
}
"""Table -> its columns with the id of an actor, and those with the name."""


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
    seeds: Path | str | None = None,
    store: Path | str | None = None,
    pool: Pool | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> Tables:
    """Every table of a corpus.

    Args:
        articles: `Articles` table.
        seeds: the folder of the articles, whose corrections apply to what is read; None: none apply.
        store: folder where what was read is kept, so that only new articles are read; None: keeps nothing.
        pool: who reads the new articles; None: this machine, one core or two depending on their number.
        progress: called with a number of articles whenever so many more are done.

    Returns:
        The tables, corrected, each sorted by its key; they do not depend on the store. An article whose text
        makes our code fail is in `unread` (`Rejected` table) with the reason, and in no other table.

    Raises:
        ValueError: the file of corrections breaks its rules.

    Warns:
        StoreWarning: the store is damaged, full or cannot be written; the tables are complete all the same.
    """
    articles = in_ordinary_case(articles)
    extracted = extract_tables(articles, store=store, pool=pool, progress=progress)
    unread = extracted.pop("unread")
    articles = Articles.validate(articles[~articles["path"].isin(unread["path"])].reset_index(drop=True))
    corrections = correction_table([]) if seeds is None else load_corrections(seeds)
    if len(corrections):
        # Imported here because it loads a parser, which few runs need.
        from analysis.pipeline.apply_corrections import apply_corrections

        extracted, corrections = apply_corrections(articles, extracted, corrections)
        extracted["events"] = with_origins(extracted["events"], articles)
    extracted["quotes"] = with_translated_kind(extracted["quotes"], articles)
    return Tables(articles=articles, corrections=corrections, unread=unread, **extracted)


def in_ordinary_case(articles: pd.DataFrame) -> pd.DataFrame:
    """`Articles` table, of which those in capitals throughout are in ordinary letters, as their note says."""
    given = articles[["text", "title", "note"]]
    shown = given.assign(
        text=given["text"].map(ordinary_case),
        title=given["title"].map(ordinary_case, na_action="ignore"),
        note=given["note"].fillna("").map(lambda note: ". ".join(filter(None, (note, IN_CAPITALS)))),
    )
    return articles.assign(**given.where(shown["text"] == given["text"], shown))


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
    reasons = {article_id: reason for article_id, reason in failures.items() if reason}
    tables = {name: checked_rows(name, rows_of_table(read, name), reasons) for name in EXTRACTED}
    is_known = tables["stances"]["quote_id"].isin(tables["quotes"]["quote_id"])
    reasons |= dict.fromkeys(tables["stances"].loc[~is_known, "article_id"], NO_QUOTE)
    tables = {
        name: table[~table["article_id"].isin(list(reasons))].reset_index(drop=True)
        for name, table in tables.items()
    }
    tables["events"] = with_origins(dated_events(tables["events"], articles), articles)
    failed = articles[articles["article_id"].isin(list(reasons))]
    unread = failed[["path"]].assign(reason=failed["article_id"].map(reasons)).reset_index(drop=True)
    # Former names are given only here, as the store knows no dates.
    return {**with_former_names(tables, articles), "unread": Rejected.validate(unread)}


def checked_rows(name: str, rows: pa.Table, reasons: dict[str, str]) -> pd.DataFrame:
    """A table sorted by article and place and checked, without articles that break a rule of it.

    Args:
        name: of the table.
        rows: of it.
        reasons: by article, why it could not be read; those found here are added.
    """
    order = [column for column in ("article_id", "start_char", "end_char") if column in rows.column_names]
    table = rows.to_pandas(integer_object_nulls=True).sort_values(order, kind="stable", ignore_index=True)
    try:
        return EXTRACTED[name].validate(table)
    except (SchemaError, SchemaErrors):
        for article_id, part in table.groupby("article_id", sort=False):
            try:
                EXTRACTED[name].validate(part)
            except (SchemaError, SchemaErrors) as error:
                reasons[article_id] = bug_reason(error)
    return EXTRACTED[name].validate(table[~table["article_id"].isin(list(reasons))])


def with_origins(events: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Events with the day and outlet of their article, and their pair, whatever they had before.

    Args:
        events: `TextEvents` or `Events` table.
        articles: `Articles` table with all of their articles.

    Returns:
        `Events` table, in the same order.
    """
    origins = articles.set_index("article_id")[["published_date", "outlet"]].reindex(events["article_id"])
    return Events.validate(
        events.assign(**origins.set_index(events.index), dyad=dyads(events).where(between_countries(events)))
    )


def with_translated_kind(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """`Quotes` of the kind *translated* where quotation marks have the words of a translator."""
    is_translated = articles[["original_text", "translated_by"]].notna().any(axis="columns")
    is_theirs = quotes["article_id"].isin(articles.loc[is_translated, "article_id"])
    is_quoted = is_theirs & quotes["kind"].isin(("direct", "partial"))
    return quotes.assign(kind=quotes["kind"].mask(is_quoted, "translated"))


def name_countries_of(articles: pd.DataFrame) -> None:
    """Print the names that countries had on the day of the newest article; today's if none has a date."""
    newest = articles["published_date"].max()
    name_countries_as_of(None if pd.isna(newest) else newest.date())


def with_former_names(tables: Mapping[str, pd.DataFrame], articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The same tables; a country that had another name on the day of the article has that one."""
    old = {
        code: ids
        for code, former in former_names().items()
        if (ids := set(articles.loc[articles["published_date"] < pd.Timestamp(former.until), "article_id"]))
    }
    return {name: renamed(table, NAMED.get(name, ()), old) for name, table in tables.items()}


def renamed(
    table: pd.DataFrame, columns: tuple[tuple[str, str], ...], old: Mapping[str, set[str]]
) -> pd.DataFrame:
    """One table with the former names of countries, each in the articles from before its end."""
    for code, ids in old.items():
        is_old = table["article_id"].isin(ids)
        for identity, name in columns:
            is_it = is_old & (table[identity] == code) & (table[name] == country_names()[code])
            table = table.assign(**{name: table[name].mask(is_it, former_names()[code].name)})
    return table


def with_unread(rejected: pd.DataFrame, unread: pd.DataFrame) -> pd.DataFrame:
    """`Rejected` table of what was found to be unreadable in a folder, before and while it was read."""
    return pd.concat([rejected, unread]).sort_values("path", kind="stable", ignore_index=True)
