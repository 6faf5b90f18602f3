"""Which texts match a search, as SQL: all of them, how many, the best, the newest."""

import sqlite3
from dataclasses import dataclass
from typing import Final, NamedTuple

from analysis.search.question import ARTICLES, SENTENCES, STATEMENTS, TITLES, Question
from analysis.search.spelling import folded

MOST_LOOKED_UP: Final = 3_000  # articles looked up one by one before all matches are listed


@dataclass(frozen=True)
class Level:
    """A kind of text that is searched, in SQL: t is a text, a its article."""

    noun: str
    table: str
    words: str  # its table of words
    weights: str  # of the columns of that table
    columns: str = ""  # the only ones in which the query is looked for; "": all
    article: str = "t.article"  # number of the article
    numbers: str = ""  # of the texts of an article: the first, and one more than the last
    span: str = "t.start_char, t.end_char"
    order: str = "a.day DESC, a.article_id, t.number"  # for ties: newest first, undated last


WHOLE: Final = {
    "article": "t.number",
    "numbers": "number, number + 1",
    "span": "0, a.length",
    "order": "a.day DESC, a.article_id",
}
LEVEL_OF: Final = {
    ARTICLES: Level("article", "articles", "article_words", "8, 1, 3", **WHOLE),  # title, text, speakers
    TITLES: Level("title", "articles", "article_words", "1, 0, 0", columns="{title} : ", **WHOLE),
    SENTENCES: Level(
        "sentence", "sentences", "sentence_words", "1, 0.5", numbers="first_sentence, end_sentence"
    ),
    STATEMENTS: Level(
        "statement", "statements", "statement_words", "1, 0.5", numbers="first_statement, end_statement"
    ),
}


class Matching(NamedTuple):
    """SQL from FROM on, and the values for its marks."""

    sql: str
    values: list[str]


class Place(NamedTuple):
    """Characters of an article that match."""

    article_id: str
    start_char: int
    end_char: int


def match_count(connection: sqlite3.Connection, question: Question) -> int:
    """How many texts of the level match."""
    found = matching(question)
    return connection.execute(f"SELECT count(*) {found.sql}", found.values).fetchone()[0]


def matching(question: Question, *, is_article_needed: bool = False) -> Matching:
    """SQL for the texts that match, without its SELECT; tables are joined only where they are needed.

    Args:
        question: what is asked.
        is_article_needed: join the articles (a) even if no filter needs them.
    """
    level, filters = LEVEL_OF[question.within], conditions(question)
    tables = f"FROM {level.words}"
    if filters or is_article_needed:
        tables += f" JOIN {level.table} t ON t.number = {level.words}.rowid"
    if is_article_needed or any("a." in words for words, _ in filters):
        tables += f" JOIN articles a ON a.number = {level.article}"
    where = " AND ".join([f"{level.words} MATCH ?", *(words for words, _ in filters)])
    return Matching(f"{tables} WHERE {where}", [match_of(question), *(value for _, value in filters)])


def match_of(question: Question) -> str:
    columns = LEVEL_OF[question.within].columns
    return f"{columns}({question.query.fts})" if columns else question.query.fts


def conditions(question: Question) -> list[tuple[str, str]]:
    """SQL conditions on a text (t) and its article (a), each with its value."""
    filters = question.filters
    asked = [
        ("instr(t.folded_speakers, ?)", folded(filters.speaker)),
        ("instr(a.folded_outlet, ?)", folded(filters.outlet)),
        *(("instr(t.countries, ?)", f" {code} ") for code in filters.countries),
        *(("instr(t.pairs, ?)", f" {pair} ") for pair in filters.pairs),
        ("t.day >= ?", filters.since),
        ("t.day <= ?", filters.until),
    ]
    return [(words, value) for words, value in asked if value]


def ranked(connection: sqlite3.Connection, question: Question, limit: int) -> list[tuple[int, float]]:
    """Numbers and scores of the best matches."""
    level, found = LEVEL_OF[question.within], matching(question, is_article_needed=True)
    rows = connection.execute(
        f"SELECT t.number, bm25({level.words}, {level.weights}) AS score {found.sql} "
        f"ORDER BY round(score, 9), {level.order} LIMIT ?",
        [*found.values, limit],
    )
    return [(number, -score) for number, score in rows]


def newest(connection: sqlite3.Connection, question: Question, limit: int) -> list[tuple[int, None]]:
    """Numbers of the newest of many matches.

    Articles are looked up one by one, the newest first; enough matches are soon found, unless all of them are
    old.
    """
    level, found = LEVEL_OF[question.within], matching(question, is_article_needed=True)
    days = [(words.replace("t.", ""), day) for words, day in conditions(question) if "t.day" in words]
    where = " AND ".join(words for words, _ in days) or "1"
    articles = connection.execute(
        f"SELECT {level.numbers} FROM articles WHERE {where} ORDER BY day DESC, article_id LIMIT ?",
        [*(day for _, day in days), MOST_LOOKED_UP],
    )
    inside = (
        f"SELECT t.number {found.sql} AND {level.words}.rowid >= ? AND {level.words}.rowid < ? "
        f"ORDER BY {level.words}.rowid"
    )
    numbers: list[tuple[int, None]] = []
    for first, end in articles:
        numbers += [(number, None) for (number,) in connection.execute(inside, [*found.values, first, end])]
        if len(numbers) >= limit:
            return numbers[:limit]
    return newest_of_all(connection, question, limit)


def newest_of_all(connection: sqlite3.Connection, question: Question, limit: int) -> list[tuple[int, None]]:
    """The same from a list of all matches, which takes longer."""
    level, found = LEVEL_OF[question.within], matching(question, is_article_needed=True)
    rows = connection.execute(
        f"SELECT t.number {found.sql} ORDER BY {level.order} LIMIT ?", [*found.values, limit]
    )
    return [(number, None) for (number,) in rows]


def places_of(connection: sqlite3.Connection, question: Question) -> list[Place]:
    """Every text that matches, in no order; for an article or a title, the whole article."""
    level, found = LEVEL_OF[question.within], matching(question, is_article_needed=True)
    rows = connection.execute(f"SELECT a.article_id, {level.span} {found.sql}", found.values)
    return list(map(Place._make, rows))
