"""The rows of the index: articles are added, removed, and told apart by their digests."""

import sqlite3
from collections.abc import Iterable
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
    """The digest of each article in the index, by its id; of some days only those with a date there.

    Args:
        connection: to the index.
        first: ISO 8601 day; "": from the first on.
        last: ISO 8601 day, included; "": to the last.
    """
    where, values = days_condition(first, last)
    return dict(connection.execute(f"SELECT article_id, digest FROM articles WHERE {where}", values))


def days_condition(first: str, last: str) -> tuple[str, list[str]]:
    """SQL for the articles of some days; an undated one is in no day."""
    asked = {"day >= ?": first, "day <= ?": last}
    conditions = [words for words, day in asked.items() if day]
    return " AND ".join(conditions) or "1", [day for day in asked.values() if day]


def add_documents(connection: sqlite3.Connection, documents: Iterable[Document]) -> int:
    """Add articles that are not in the index; their number."""
    count = 0
    for document in documents:
        add_document(connection, document)
        count += 1
    return count


def add_document(connection: sqlite3.Connection, document: Document) -> None:
    both = [*document.sentences, *document.statements]
    speakers = joined(name for one in both for name in one.speakers.split(NAMES_BETWEEN))
    first = next_number(connection, "sentences")
    values = {
        "article_id": document.article_id,
        "digest": document.digest,
        "day": document.day,
        "outlet": document.outlet,
        "folded_outlet": folded(document.outlet),
        "title": document.title,
        "path": document.path,
        "text": document.text,
        "speakers": speakers,
        "folded_speakers": folded_names(speakers),
        "countries": spaced(one.countries for one in both),
        "pairs": spaced(one.pairs for one in both),
        "first_sentence": first,
        "end_sentence": first + len(document.sentences),
    }
    article = insert(connection, "articles", **values)
    words = (document.title, document.text, speakers)
    add_words(connection, "article_words", article, words)
    for one in document.sentences:
        number = insert(connection, "sentences", **passage_values(one, article))
        add_words(connection, "sentence_words", number, (one.text, one.speakers))
    for one in document.statements:
        number = insert(connection, "statements", **passage_values(one, article), text=one.text)
        add_words(connection, "statement_words", number, (one.text, one.speakers))


def passage_values(passage: Passage, article: int) -> dict[str, object]:
    """The columns that sentences and statements share."""
    return {
        "article": article,
        "start_char": passage.start_char,
        "end_char": passage.end_char,
        "speakers": passage.speakers,
        "folded_speakers": folded_names(passage.speakers),
        "countries": passage.countries,
        "pairs": passage.pairs,
    }


def insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Insert a row; its number."""
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
    return connection.execute(statement, [storable(value) for value in values.values()]).lastrowid


def storable(value: object) -> object:
    """A value without the halves of characters, which SQLite refuses; any other stays as it is."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else int_or_none(value)


def int_or_none(value: object) -> int | None:
    return None if value is None else int(value)  # of numpy


def next_number(connection: sqlite3.Connection, table: str) -> int:
    return (connection.execute(f"SELECT max(number) FROM {table}").fetchone()[0] or 0) + 1


def add_words(connection: sqlite3.Connection, table: str, number: int, words: tuple[str, ...]) -> None:
    marks = ", ".join("?" * len(words))
    names = ", ".join(WORD_COLUMNS[table])
    connection.execute(
        f"INSERT INTO {table} (rowid, {names}) VALUES (?, {marks})", (number, *map(normalised, words))
    )


def remove_documents(connection: sqlite3.Connection, article_ids: Iterable[str]) -> int:
    """Remove articles that are in the index; their number."""
    count = 0
    for article_id in article_ids:
        remove_document(connection, article_id)
        count += 1
    return count


def remove_document(connection: sqlite3.Connection, article_id: str) -> None:
    number, title, text, speakers = connection.execute(
        "SELECT number, title, text, speakers FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    forget_words(connection, "article_words", number, (title, text, speakers))
    spans = "SELECT number, start_char, end_char, speakers FROM sentences WHERE article = ?"
    for one, start, end, names in connection.execute(spans, (number,)).fetchall():
        forget_words(connection, "sentence_words", one, (text[start:end], names))
    said = "SELECT number, text, speakers FROM statements WHERE article = ?"
    for one, words, names in connection.execute(said, (number,)).fetchall():
        forget_words(connection, "statement_words", one, (words, names))
    for table, column in (("sentences", "article"), ("statements", "article"), ("articles", "number")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


def forget_words(connection: sqlite3.Connection, table: str, number: int, words: tuple[str, ...]) -> None:
    """Take the words of a row out of a table, which must be given as they were added."""
    marks = ", ".join("?" * len(words))
    names = ", ".join(WORD_COLUMNS[table])
    connection.execute(
        f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', ?, {marks})",
        (number, *map(normalised, words)),
    )


def joined(names: Iterable[str]) -> str:
    """Names, each once, in their order."""
    return NAMES_BETWEEN.join(dict.fromkeys(name for name in names if name))


def folded_names(names: str) -> str:
    """Names as filters compare them, with a mark between two, so that no filter runs across it."""
    return " ;".join(folded(name) for name in names.split(NAMES_BETWEEN))


def spaced(codes: Iterable[str]) -> str:
    """Codes of several texts, each once and sorted, with a space on either side of each."""
    unique = sorted({code for some in codes for code in some.split()})
    return f" {' '.join(unique)} " if unique else ""
