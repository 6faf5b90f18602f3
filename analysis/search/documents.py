"""The searchable parts of each article: its title, its sentences, its statements and who makes them.

Each article has a digest of everything indexed from it, so that only new or changed articles are indexed: a
corrected speaker changes only the digest of that article.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.proxy_acts import proxy_acts
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES
from analysis.search.index_rows import Document, Passage, joined, spaced
from analysis.tables.rows import rows_of

INDEXED_COLUMNS = ("article_id", "start_char", "end_char", "text", "speaker_name", "countries", "pair")
ARTICLE_COLUMNS = ("title", "published_date", "outlet", "path")  # the text is in the article's id


class Marked(NamedTuple):
    """Rows of the tables with the countries and pairs that they involve."""

    articles: DataFrame
    sentences: DataFrame
    statements: DataFrame  # `Quotes` rows with `countries`
    events: DataFrame  # `Events` rows with `countries` and `pair`


def marked_tables(tables: Tables) -> Marked:
    """The rows that are indexed, with countries and pairs as `pipeline.filters` defines them."""
    return Marked(
        tables.articles,
        tables.sentences,
        tables.quotes.assign(countries=statement_countries(tables)),
        tables.events.assign(countries=event_countries(tables), pair=event_pairs(tables.events)),
    )


def statement_countries(tables: Tables) -> list[str]:
    """For each statement, the country of its speaker and those that it is about, as "CHN USA"."""
    about: dict[str, list] = {}
    for quote_id, code in zip(tables.stances["quote_id"], tables.stances["target_country_code"], strict=True):
        about.setdefault(quote_id, []).append(code)
    own = zip(tables.quotes["quote_id"], tables.quotes["country_code"], strict=True)
    return [joined_codes([code, *about.get(quote_id, ())]) for quote_id, code in own]


def event_countries(tables: Tables) -> list[str]:
    """For each event, its sides and their sponsors, as "CHN USA"."""
    by_proxy = proxy_acts(tables.articles, tables.events)
    sponsors = dict(zip(by_proxy["event_id"], by_proxy["source_country_code"], strict=True))
    sides = zip(*(tables.events[name] for name in ("event_id", *SIDE_CODES)), strict=True)
    return [joined_codes([*codes, sponsors.get(event_id)]) for event_id, *codes in sides]


def joined_codes(codes: list) -> str:
    """Codes, each once and sorted; missing ones are left out."""
    return " ".join(sorted({code for code in codes if isinstance(code, str)}))


def event_pairs(events: DataFrame) -> Series:
    """The pair of countries of each event; "" if it is not between two."""
    return dyads(events).astype(object).where(between_countries(events), "")


def digests(marked: Marked) -> dict[str, str]:
    """A digest of everything indexed from each article, by its id."""
    columns = {
        "articles": list(ARTICLE_COLUMNS),
        "sentences": ["start_char", "end_char"],
        "statements": ["start_char", "content_spans", "speaker_name", "countries"],
        "events": ["start_char", "end_char", "countries", "pair"],
    }
    ids = pd.Index(marked.articles["article_id"])
    sums = [row_sums(getattr(marked, name), wanted, ids) for name, wanted in columns.items()]
    rows = np.column_stack(sums).astype(">u8")
    return {article_id: row.tobytes().hex() for article_id, row in zip(ids, rows, strict=True)}


def row_sums(table: DataFrame, columns: list[str], ids: pd.Index) -> np.ndarray:
    """The sum of the hashes of the rows of each article; it does not depend on their order."""
    hashes = pd.util.hash_pandas_object(table[columns], index=False).to_numpy()
    sums = np.zeros(len(ids), dtype=np.uint64)
    np.add.at(sums, ids.get_indexer(table["article_id"]), hashes)
    return sums


def documents(marked: Marked, wanted: dict[str, str]) -> Iterator[Document]:
    """Some articles as they are indexed.

    Args:
        marked: `marked_tables` of a corpus.
        wanted: digest of each article wanted, by its id.
    """
    own = {name: rows_by_article(getattr(marked, name), wanted) for name in Marked._fields[1:]}
    articles = marked.articles[marked.articles["article_id"].isin(wanted)]
    for row in rows_of(articles):
        sentences, statements = passages(row.text, *(rows.get(row.article_id, []) for rows in own.values()))
        yield Document(
            row.article_id,
            wanted[row.article_id],
            None if pd.isna(row.published_date) else f"{row.published_date:%Y-%m-%d}",
            text_or_empty(row.outlet),
            text_or_empty(row.title),
            row.path,
            row.text,
            sentences,
            statements,
        )


def rows_by_article(table: DataFrame, wanted: dict[str, str]) -> dict[str, list]:
    """The rows of each wanted article, in their order, with the columns that are indexed."""
    found: dict[str, list] = {}
    columns = [name for name in INDEXED_COLUMNS if name in table]
    for row in table.loc[table["article_id"].isin(wanted), columns].itertuples(index=False):
        found.setdefault(row.article_id, []).append(row)
    return found


def passages(text: str, sentences: list, statements: list, events: list) -> tuple[list, list]:
    """The sentences and statements of an article, each with what it contains."""
    starts = [row.start_char for row in sentences]
    said = [[] for _ in sentences]
    acts = [[] for _ in sentences]
    for rows, inside in ((statements, said), (events, acts)):
        for row in rows:
            for number in sentence_numbers(starts, row):
                inside[number].append(row)
    found = [sentence(row, text, *inside) for row, *inside in zip(sentences, said, acts, strict=True)]
    return found, [
        statement(row, [act for number in sentence_numbers(starts, row) for act in acts[number]])
        for row in statements
    ]


def sentence_numbers(starts: list[int], row: object) -> range:
    """The sentences that a row is in, by where each begins."""
    return range(max(bisect_right(starts, row.start_char) - 1, 0), bisect_left(starts, row.end_char))


def sentence(row: object, text: str, said: list, acts: list) -> Passage:
    """A sentence with the speakers, countries and pairs of the statements and events in it."""
    codes = (one.countries for one in (*said, *acts))
    speakers = joined(text_or_empty(one.speaker_name) for one in said)
    content = text[row.start_char : row.end_char]
    return Passage(row.start_char, row.end_char, content, speakers, spaced(codes), pairs_of(acts))


def statement(row: object, acts: list) -> Passage:
    """A statement with its speaker, the countries it is about, and the pairs of the events around it."""
    speaker, codes = text_or_empty(row.speaker_name), [row.countries]
    return Passage(row.start_char, row.end_char, row.text, speaker, spaced(codes), pairs_of(acts))


def pairs_of(acts: list) -> str:
    return spaced(act.pair for act in acts)


def text_or_empty(value: object) -> str:
    return value if isinstance(value, str) else ""
