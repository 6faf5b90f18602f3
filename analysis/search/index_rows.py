"""The rows of the index: articles are added, removed, and compared by their digests."""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from analysis.search.spelling import folded, normalised

NAMES_BETWEEN: Final = "; "
WORD_COLUMNS: Final = {
    "article_words": ("title", "text", "speakers"),
    "sentence_words": ("text", "speakers"),
    "statement_words": ("text", "speakers"),
}
"""The columns of each table of words; an article has those of `articles` with the same names."""


class Passage(NamedTuple):
    """A sentence or a statement: its place, who speaks, and which countries and pairs it is about."""

    start_char: int
    end_char: int
    text: str
    speakers: str
    countries: str  # " CHN USA ", so that " CHN " is in it
    pairs: str  # " CHN-USA "


class Document(NamedTuple):
    """An article as it is indexed."""

    article_id: str
    digest: str
    day: str | None
    outlet: str
    title: str
    path: str
    text: str
    sentences: list[Passage]
    statements: list[Passage]


def indexed_digests(connection: sqlite3.Connection, first: str = "", last: str = "") -> dict[str, str]:
    """The digest of each article in the index, by its id; if days are given, only of articles dated in them.

    Args:
        connection: to the index.
        first: ISO 8601 day; "": from the first article.
        last: ISO 8601 day, included; "": to the last article.
    """
    where, values = days_condition(first, last)
    return dict(connection.execute(f"SELECT article_id, digest FROM articles WHERE {where}", values))


def days_condition(first: str, last: str) -> tuple[str, list[str]]:
    """SQL for the articles of some days; undated ones are never included."""
    asked = {"day >= ?": first, "day <= ?": last}
    conditions = [words for words, day in asked.items() if day]
    return " AND ".join(conditions) or "1", [day for day in asked.values() if day]


def add_documents(connection: sqlite3.Connection, documents: Iterable[Document]) -> None:
    """Add articles that are not in the index."""
    for document in documents:
        add_document(connection, document)


def add_document(connection: sqlite3.Connection, document: Document) -> None:
    both = [*document.sentences, *document.statements]
    speakers = joined(name for one in both for name in one.speakers.split(NAMES_BETWEEN))
    sentence, statement = (next_number(connection, table) for table in ("sentences", "statements"))
    values = {
        "article_id": document.article_id,
        "digest": document.digest,
        "day": document.day,
        "outlet": document.outlet,
        "folded_outlet": folded(document.outlet),
        "title": document.title,
        "path": document.path,
        "length": len(document.text),
        "speakers": speakers,
        "folded_speakers": folded_names(speakers),
        "countries": spaced(one.countries for one in both),
        "pairs": spaced(one.pairs for one in both),
        "first_sentence": sentence,
        "end_sentence": sentence + len(document.sentences),
        "first_statement": statement,
        "end_statement": statement + len(document.statements),
    }
    article = insert(connection, "articles", **values)
    insert(connection, "texts", number=article, text=document.text)
    words = normalised(document.text)
    add_words(connection, "article_words", article, (normalised(document.title), words, normalised(speakers)))
    for one in document.sentences:
        number = insert(connection, "sentences", **passage_values(one, article, document.day))
        inside = words[one.start_char : one.end_char]
        add_words(connection, "sentence_words", number, (inside, normalised(one.speakers)))
    for one in document.statements:
        row = passage_values(one, article, document.day)
        number = insert(connection, "statements", **row, text=one.text)
        add_words(connection, "statement_words", number, (normalised(one.text), normalised(one.speakers)))


def passage_values(passage: Passage, article: int, day: str | None) -> dict[str, object]:
    """The columns that sentences and statements share."""
    return {
        "article": article,
        "day": day,
        "start_char": passage.start_char,
        "end_char": passage.end_char,
        "speakers": passage.speakers,
        "folded_speakers": folded_names(passage.speakers),
        "countries": passage.countries,
        "pairs": passage.pairs,
    }


def insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Insert a row; returns its number."""
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
    return connection.execute(statement, list(values.values())).lastrowid


def next_number(connection: sqlite3.Connection, table: str) -> int:
    return (connection.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0) + 1


def add_words(connection: sqlite3.Connection, table: str, number: int, words: tuple[str, ...]) -> None:
    insert(connection, table, rowid=number, **dict(zip(WORD_COLUMNS[table], words, strict=True)))


def remove_documents(connection: sqlite3.Connection, article_ids: Iterable[str]) -> None:
    """Remove articles from the index."""
    for article_id in article_ids:
        remove_document(connection, article_id)


def remove_document(connection: sqlite3.Connection, article_id: str) -> None:
    number, title, speakers = connection.execute(
        "SELECT number, title, speakers FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    words = normalised(connection.execute("SELECT text FROM texts WHERE number = ?", (number,)).fetchone()[0])
    forget_words(connection, "article_words", number, (normalised(title), words, normalised(speakers)))
    spans = "SELECT number, start_char, end_char, speakers FROM sentences WHERE article = ?"
    for one, start, end, names in connection.execute(spans, (number,)).fetchall():
        forget_words(connection, "sentence_words", one, (words[start:end], normalised(names)))
    said = "SELECT number, text, speakers FROM statements WHERE article = ?"
    for one, content, names in connection.execute(said, (number,)).fetchall():
        forget_words(connection, "statement_words", one, (normalised(content), normalised(names)))
    for table in ("sentences", "statements"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (number,))
    for table in ("texts", "articles"):
        connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))


def forget_words(connection: sqlite3.Connection, table: str, number: int, words: tuple[str, ...]) -> None:
    """Remove the words of a row from a table; they must be given as they were added.

    Source: SQLite FTS5, the 'delete' command: it is inserted into the column that has the name of the table.
    """
    given = dict(zip(WORD_COLUMNS[table], words, strict=True))
    insert(connection, table, **{table: "delete"}, rowid=number, **given)


def joined(names: Iterable[str]) -> str:
    """Names, each once, in their order."""
    return NAMES_BETWEEN.join(dict.fromkeys(name for name in names if name))


@lru_cache(maxsize=10_000)
def folded_names(names: str) -> str:
    """Names as filters compare them, with a separator that no filter can match across."""
    return " ;".join(folded(name) for name in names.split(NAMES_BETWEEN))


def spaced(codes: Iterable[str]) -> str:
    """Codes of several texts, each once and sorted, with a space on either side of each."""
    unique = sorted({code for some in codes for code in some.split()})
    return f" {' '.join(unique)} " if unique else ""
