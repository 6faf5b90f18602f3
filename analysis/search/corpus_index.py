"""The index of a corpus: in its store, shared with other processes, or in memory; always up to date.

An index that cannot be kept only costs time: in a read-only folder, on a full disk or without a store, it is
built in memory. Pages of the dashboard write nothing. What is searched of an article is its title, its
sentences, its statements and who makes them.
"""

import hashlib
import sqlite3
import warnings
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.proxy_acts import proxy_acts
from analysis.phrasing import counted
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES
from analysis.pipeline.for_readers import is_for_readers
from analysis.search.answer import Answer, Place, answer_of, places_of
from analysis.search.index_file import (
    SPACING,
    TABLES,
    VALUES,
    WORDS,
    SearchWarning,
    build_file,
    empty_index,
    fact,
    open_index,
)
from analysis.search.marks import searchable
from analysis.search.query import Question
from analysis.tables.rows import rows_of

INDEXED: Final = {
    "articles": ["article_id", "title", "published_date", "outlet", "path"],
    "sentences": ["article_id", "start_char", "end_char"],
    "quotes": ["quote_id", "text", "speaker_name", "country_code"],
    "stances": ["quote_id", "target_country_code"],
    "events": ["event_id", "start_char", "end_char", "source_name", "target_name", *SIDE_CODES],
}
SOURCES: Final = [Path(__file__), Path(__file__).with_name("index_file.py")]


@dataclass
class CorpusIndex:
    """The index of a corpus, opened at the first search."""

    tables: Callable[[], Tables]  # as read, before any narrowing to a pair or country
    path: Path | None  # of the index; None keeps it in memory
    source: str = ""  # `source_state` of the folder, if the index is to note it
    lock: Lock = field(default_factory=Lock, repr=False)
    connection: sqlite3.Connection | None = field(default=None, repr=False)

    def answer(self, question: Question, *, limit: int) -> Answer:
        """Find what matches a search, the best first."""
        with self.lock:
            return answer_of(self.opened(), question, limit=limit)

    def places(self, question: Question) -> list[Place]:
        """Every passage that matches a search."""
        with self.lock:
            return places_of(self.opened(), question)

    def opened(self) -> sqlite3.Connection:
        if self.connection is None:
            self.connection = current_index(self.tables(), self.path, self.source)
        return self.connection


def current_index(tables: Tables, path: Path | None, source: str = "") -> sqlite3.Connection:
    """An index that holds the articles of a corpus as they are now.

    Args:
        tables: of the corpus, as read.
        path: of the index; None: in memory.
        source: to note in it; "": nothing.

    Warns:
        SearchWarning: the index cannot be kept, so it is built in memory.
    """
    facts = {"content": content_digest(tables), "source": source}

    def fill(connection: sqlite3.Connection) -> None:
        add_documents(connection, tables)
        connection.executemany("INSERT INTO facts VALUES (?, ?)", facts.items())

    def stored(path: Path) -> sqlite3.Connection | None:
        found = open_index(path)
        is_current = found and all(fact(found, name) == value for name, value in facts.items() if value)
        return found if is_current else None

    if path is not None:
        try:
            found = stored(path)
            if found is None and not is_for_readers():
                build_file(path, fill)
                found = stored(path)
            if found is not None:
                return found
        except (OSError, sqlite3.OperationalError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            warnings.warn(
                f"{path}: {reason}. The index of {counted(len(tables.articles), 'article')} was built in "
                "memory, and the next search will build it again",
                SearchWarning,
                stacklevel=2,
            )
    connection = empty_index(":memory:")
    fill(connection)
    return connection


def content_digest(tables: Tables) -> str:
    """Changes with everything that the index holds of some tables, and with the code that fills it."""
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in SOURCES))
    for name, columns in INDEXED.items():
        digest.update(pd.util.hash_pandas_object(getattr(tables, name)[columns], index=False).to_numpy())
    return digest.hexdigest()


class Passage(NamedTuple):
    """A sentence or a statement: its place, who speaks and acts, which countries and pairs it is about."""

    start_char: int
    end_char: int
    text: str
    speakers: list[str]
    sides: list[str]
    subjects: set[str]


def add_documents(connection: sqlite3.Connection, tables: Tables) -> None:
    """Add all articles of some tables to an empty index, in the order of their ids."""
    sentences = rows_by_article(tables.sentences)
    statements = rows_by_article(tables.quotes.assign(countries=statement_countries(tables)))
    pairs = dyads(tables.events).astype(object).where(between_countries(tables.events))
    countries = event_countries(tables)
    about = [known({*codes, pair}) for codes, pair in zip(countries, pairs, strict=True)]
    events = rows_by_article(tables.events.assign(subjects=about, pair=pairs))
    for number, article in enumerate(rows_of(tables.articles.sort_values("article_id")), start=1):
        own = (rows.get(article.article_id, []) for rows in (sentences, statements, events))
        add_article(connection, number * SPACING, article, *passages(article.text, *own))


def statement_countries(tables: Tables) -> list[set[str]]:
    """For each statement, the country of its speaker and those that it takes a stance on."""
    about = defaultdict(set)
    for quote_id, code in zip(tables.stances["quote_id"], tables.stances["target_country_code"], strict=True):
        about[quote_id].add(code)
    own = zip(tables.quotes["quote_id"], tables.quotes["country_code"], strict=True)
    return [known({code, *about[quote_id]}) for quote_id, code in own]


def event_countries(tables: Tables) -> list[set[str]]:
    """For each event, its sides and their sponsors."""
    by_proxy = proxy_acts(tables.articles, tables.events)
    sponsors = dict(zip(by_proxy["event_id"], by_proxy["source_country_code"], strict=True))
    sides = zip(*(tables.events[name] for name in ("event_id", *SIDE_CODES)), strict=True)
    return [known({*codes, sponsors.get(event_id)}) for event_id, *codes in sides]


def known(values: Iterable[object]) -> set[str]:
    """Values without those that are missing."""
    return {value for value in values if isinstance(value, str) and value}


def rows_by_article(table: DataFrame) -> dict[str, list]:
    """The rows of each article, in their order."""
    found = defaultdict(list)
    for row in rows_of(table):
        found[row.article_id].append(row)
    return found


def passages(text: str, sentences: list, statements: list, events: list) -> tuple[list, list]:
    """The sentences and the statements of an article, each with what it contains."""
    starts = [row.start_char for row in sentences]
    found = [
        Passage(row.start_char, row.end_char, text[row.start_char : row.end_char], [], [], set())
        for row in sentences
    ]

    def around(row: object) -> list[Passage]:
        return found[max(bisect_right(starts, row.start_char) - 1, 0) : bisect_left(starts, row.end_char)]

    for row in events:
        for sentence in around(row):
            sentence.subjects.update(row.subjects)
            sentence.sides.extend(one for one in (row.source_name, row.target_name) if known([one]))
    said = []
    for row in statements:
        speakers = list(known([row.speaker_name]))
        pairs = {one for sentence in around(row) for one in sentence.subjects if "-" in one}
        sides = [one for sentence in around(row) for one in sentence.sides]
        subjects = row.countries | pairs
        said.append(Passage(row.start_char, row.end_char, row.text, speakers, sides, subjects))
        for sentence in around(row):
            sentence.speakers.extend(speakers)
            sentence.subjects.update(row.countries)
    return found, said


def add_article(
    connection: sqlite3.Connection, rowid: int, article: object, sentences: list, statements: list
) -> None:
    """Add an article with its sentences and its statements to the index."""
    both = [*sentences, *statements]
    whole = Passage(
        0,
        len(article.text),
        article.text,
        [name for one in both for name in one.speakers],
        [name for one in both for name in one.sides],
        {code for one in both for code in one.subjects},
    )
    day = None if pd.isna(article.published_date) else f"{article.published_date:%Y-%m-%d}"
    outlet, title = (value if isinstance(value, str) else "" for value in (article.outlet, article.title))
    for table, found in zip(TABLES, ([whole], sentences, statements), strict=True):
        rows = [
            (
                rowid + number,
                title if one is whole else "",
                searchable(one.text),
                "; ".join(dict.fromkeys(one.speakers)),
                "; ".join(dict.fromkeys(one.sides)),
                outlet,
                article.article_id,
                day,
                article.path,
                one.start_char,
                one.end_char,
                f" {' '.join(sorted(one.subjects))} ",
            )
            for number, one in enumerate(found)
        ]
        columns = ("rowid", *WORDS, *VALUES)
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
