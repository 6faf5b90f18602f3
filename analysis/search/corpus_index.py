"""The index of a corpus, made in memory of its tables when the first search needs it.

Each level of text (articles, sentences, statements) is one FTS5 table, which also has the columns that
filters and results need.
"""

import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Final, NamedTuple

import pandas as pd

from analysis.indicators.country_events import between_countries, dyads, proxy_acts
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import SIDE_CODES
from analysis.search.answer import Answer, answer_of, places_of, searchable
from analysis.search.query import ARTICLES, SENTENCES, SPACING, STATEMENTS, TOKENIZER, Question
from analysis.tables.rows import rows_of

WORDS: Final = ("title", "text", "speakers", "sides", "outlet")  # in which a search looks
VALUES: Final = (
    "article_id",
    "day",  # ISO 8601; NULL if unknown
    "path",
    "start_char",
    "end_char",
    "subjects",  # countries and pairs: " CHN CHN-USA USA ", so that " CHN " is in it
)


@dataclass
class CorpusIndex:
    """The index of a corpus, made at the first search."""

    tables: Callable[[], Tables]  # as read, before any narrowing to a pair or country
    lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """To the index."""
        return index_of(self.tables())

    def answer(self, question: Question, *, limit: int) -> Answer:
        """Find what matches a search, the best first."""
        with self.lock:
            return answer_of(self.connection, question, limit=limit)

    def places(self, question: Question) -> list[tuple[str, int, int]]:
        """Every passage that matches a search: article_id, start_char, end_char."""
        with self.lock:
            return places_of(self.connection, question)


def index_of(tables: Tables) -> sqlite3.Connection:
    """The index of a corpus as it was read, in memory; any thread may use it, one at a time."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    columns = ", ".join([*WORDS, *(f"{name} UNINDEXED" for name in VALUES)])
    marks = ", ".join("?" * (1 + len(WORDS) + len(VALUES)))
    for table in (ARTICLES, SENTENCES, STATEMENTS):
        connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize='{TOKENIZER}')")
    for table, row in index_rows(tables):
        names = f"rowid, {', '.join((*WORDS, *VALUES))}"
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
    return connection


class Passage(NamedTuple):
    """A sentence, a statement or a whole article, with who speaks and acts in it, and what it is about."""

    start_char: int
    end_char: int
    text: str
    speakers: list[str]
    sides: list[str]
    subjects: set[str]  # countries and pairs


def index_rows(tables: Tables) -> Iterator[tuple[str, tuple]]:
    """The rows of the index, each after the name of its table; articles are in the order of their ids."""
    found = passages_of(tables)
    for number, article in enumerate(rows_of(tables.articles.sort_values("article_id")), start=1):
        sentences, statements = found[article.article_id]
        whole = Passage(0, len(article.text), article.text, [], [], set())
        for one in (*sentences, *statements):
            whole.speakers.extend(one.speakers)
            whole.sides.extend(one.sides)
            whole.subjects.update(one.subjects)
        day = None if pd.isna(article.published_date) else f"{article.published_date:%Y-%m-%d}"
        outlet, title = (one if isinstance(one, str) else "" for one in (article.outlet, article.title))
        tabled = ((ARTICLES, [whole]), (SENTENCES, sentences), (STATEMENTS, statements))
        for table, passages in tabled:
            for place, one in enumerate(passages):
                names = ("; ".join(dict.fromkeys(several)) for several in (one.speakers, one.sides))
                words = (title if one is whole else "", searchable(one.text), *names, outlet)
                about = f" {' '.join(sorted(one.subjects))} "
                values = (article.article_id, day, article.path, one.start_char, one.end_char, about)
                yield table, (number * SPACING + place, *words, *values)


def passages_of(tables: Tables) -> dict[str, tuple[list[Passage], list[Passage]]]:
    """The sentences and the statements of each article, in their order.

    A sentence is about the sides, and sponsors of sides, of the events in it, and about whatever its
    statements are; a statement is about the country of its speaker, those on which it takes a stance, and
    the pairs in its sentences.
    """
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    found = defaultdict(lambda: ([], []))
    for row in rows_of(tables.sentences):
        text = texts[row.article_id][row.start_char : row.end_char]
        found[row.article_id][0].append(Passage(row.start_char, row.end_char, text, [], [], set()))
    sponsors = proxy_acts(tables.articles, tables.events)
    sponsors = dict(zip(sponsors["event_id"], sponsors["source_country_code"], strict=True))
    pairs = dyads(tables.events).where(between_countries(tables.events))
    for row, pair in zip(rows_of(tables.events), pairs, strict=True):
        codes = (getattr(row, name) for name in SIDE_CODES)
        subjects, sides = (
            known(*codes, sponsors.get(row.event_id), pair),
            known(row.source_name, row.target_name),
        )
        for sentence in around(row, found[row.article_id][0]):
            sentence.subjects.update(subjects)
            sentence.sides.extend(sides)
    targets = tables.stances.groupby("quote_id")["target_country_code"].agg(set)
    for row in rows_of(tables.quotes):
        sentences, statements = found[row.article_id]
        speakers, countries = known(row.speaker_name), known(row.country_code, *targets.get(row.quote_id, ()))
        statement = Passage(row.start_char, row.end_char, row.text, speakers, [], set(countries))
        for sentence in around(row, sentences):
            statement.sides.extend(sentence.sides)
            statement.subjects.update(subject for subject in sentence.subjects if "-" in subject)
            sentence.speakers.extend(speakers)
            sentence.subjects.update(countries)
        statements.append(statement)
    return found


def around(row: object, sentences: list[Passage]) -> list[Passage]:
    """The sentences in which a row begins, goes on and ends."""
    first = bisect_right(sentences, row.start_char, key=lambda one: one.start_char) - 1
    return sentences[max(first, 0) : bisect_left(sentences, row.end_char, key=lambda one: one.start_char)]


def known(*values: object) -> list[str]:
    """Values without those that are missing."""
    return [value for value in values if isinstance(value, str) and value]
