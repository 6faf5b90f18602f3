"""The answer to a search: the best matches first, with the words marked, or what would match.

Matches are ranked by BM25; titles weigh most, and ties are ordered newest first. SQLite's tokenizer, which
made the index, also decides where the words of a query are in a text.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Final, NamedTuple

from analysis.phrasing import counted
from analysis.search.query import (
    ARTICLES,
    EVERYTHING,
    NO_FILTERS,
    SENTENCES,
    SPACING,
    STATEMENTS,
    TITLES,
    TOKENIZER,
    Query,
    Question,
    on_one_line,
    quoted,
)

LIMIT: Final = 20
WEIGHTS: Final = {  # of title, text, speakers, sides and outlet, by what is searched
    ARTICLES: "8, 1, 3, 1, 0",
    TITLES: "1, 0, 0, 0, 0",
    SENTENCES: "0, 1, 0.5, 0.5, 0",
    STATEMENTS: "0, 1, 0.5, 0.5, 0",
}
NAMED: Final = {
    "speaker": ("speakers", "a speaker"),
    "side": ("sides", "a side"),
    "outlet": ("outlet", "an outlet"),
}
"""The column in which the name of a filter is looked up, and what a reader calls it."""
OPEN, CLOSE = "\x02", "\x03"
UNSEARCHABLE: Final = dict.fromkeys([*range(9), *range(11, 32), 127], " ")  # control characters
MAX_CHARS: Final = 300  # of a passage in a list of results
CHARS_BEFORE: Final = 100  # of them, before the first mark


class Mark(NamedTuple):
    """The span of a text that a word or a phrase of the query matches."""

    start: int
    end: int


class Hit(NamedTuple):
    """An article, title, sentence or statement that matches, and the passage that shows the match best."""

    article_id: str
    date: str | None
    outlet: str
    title: str
    title_marks: list[Mark]
    file: str
    passage: str  # what `text` is: "title", "sentence" or "statement"
    start_char: int  # of the passage in the article
    end_char: int
    text: str
    text_marks: list[Mark]
    speaker: str  # who makes the statement, or the statements in the sentence
    score: float  # BM25


class Answer(NamedTuple):
    """The result of a search."""

    question: Question
    hits: list[Hit]
    match_count: int
    read_count: int  # articles in the index
    hint: str  # one line on what would match, if nothing does


def answer_of(connection: sqlite3.Connection, question: Question, *, limit: int = LIMIT) -> Answer:
    """The answer of the index to a search.

    Args:
        connection: to the index.
        question: what is asked.
        limit: the most hits.
    """
    count, (sql, values) = match_count(connection, question), matching(question)
    ranked = f"SELECT rowid, -bm25({table_of(question)}, {WEIGHTS[question.within]}) AS score {sql}"
    order = "ORDER BY round(score, 9) DESC, day DESC, rowid LIMIT ?"
    rows = connection.execute(f"{ranked} {order}", [*values, limit]).fetchall() if count else []
    hits = [hit_of(connection, question, rowid, score) for rowid, score in rows]
    titles = marks_in([hit.title for hit in hits], question.query.terms)
    texts = marks_in([hit.text for hit in hits], question.query.terms)
    marked = [
        hit._replace(title_marks=title, text_marks=text)
        for hit, title, text in zip(hits, titles, texts, strict=True)
    ]
    (read,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return Answer(question, marked, count, read, "" if count else hint_of(connection, question))


def places_of(connection: sqlite3.Connection, question: Question) -> list[tuple[str, int, int]]:
    """The article_id, start_char and end_char of every text that matches, in no order.

    For an article or a title it is the whole article.
    """
    sql, values = matching(question)
    return connection.execute(f"SELECT article_id, start_char, end_char {sql}", values).fetchall()


def match_count(connection: sqlite3.Connection, question: Question) -> int:
    """How many texts match."""
    sql, values = matching(question)
    return connection.execute(f"SELECT count(*) {sql}", values).fetchone()[0]


def table_of(question: Question) -> str:
    return ARTICLES if question.within == TITLES else question.within


def matching(question: Question) -> tuple[str, list[str]]:
    """SQL for the texts that match, from FROM on, and the values for its marks."""
    filters, table = question.filters, table_of(question)
    columns = "title" if question.within == TITLES else "title text speakers sides"
    words = [f"{{{columns}}} : ({question.query.fts})"] if question.query.fts else []
    for role, (column, _) in NAMED.items():
        if name := getattr(filters, role):
            words.append(f"{column} : {quoted(on_one_line(name), is_prefix=True)}")
    conditions = [(f"{table} MATCH ?", [" AND ".join(words)])] if words else []
    for subject in filters.subjects:
        codes = [f" {code} " for code in subject.split(",")]
        conditions.append((" OR ".join(["instr(subjects, ?)"] * len(codes)), codes))
    conditions += [("day >= ?", [filters.since])] if filters.since else []
    conditions += [("day <= ?", [filters.until])] if filters.until else []
    where = " AND ".join(f"({condition})" for condition, _ in conditions)
    return f"FROM {table} WHERE {where}", [value for _, values in conditions for value in values]


def hit_of(connection: sqlite3.Connection, question: Question, rowid: int, score: float) -> Hit:
    """A match with the passage that shows it best, its words not yet marked.

    For an article it is the sentence with most terms of the query, preferably not the headline.
    """
    article = rowid // SPACING * SPACING
    columns = "SELECT article_id, day, outlet, title, path FROM articles WHERE rowid = ?"
    article_id, day, outlet, title, path = connection.execute(columns, (article,)).fetchone()
    level, passage = question.within, None
    if level == ARTICLES:
        level, counts = SENTENCES, Counter({article: 0})
        having = (
            "SELECT rowid, trim(text) = ? FROM sentences "
            "WHERE sentences MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
        )
        for term in question.query.terms:
            bounds = (title, f"{{text speakers sides}} : {term}", article, article + SPACING)
            for sentence, is_headline in connection.execute(having, bounds):
                counts[sentence] += 1 - 0.5 * is_headline
        rowid = min(counts, key=lambda sentence: (-counts[sentence], sentence))
    if level != TITLES:
        columns = f"SELECT start_char, end_char, text, speakers FROM {level} WHERE rowid = ?"
        passage = connection.execute(columns, (rowid,)).fetchone()
    start, end, text, speaker = passage or (0, 0, title, "")
    kind = level.removesuffix("s") if passage else "title"
    return Hit(article_id, day, outlet, title, [], path, kind, start, end, text, [], speaker, score)


def hint_of(connection: sqlite3.Connection, question: Question) -> str:
    """One line on what would match, for a search that nothing matches."""
    noun, plain, terms = question.noun, replace(question, filters=NO_FILTERS), question.query.terms
    for role, (_, named) in NAMED.items():
        name = getattr(question.filters, role)
        alone = Question(EVERYTHING, ARTICLES, NO_FILTERS._replace(**{role: name}))
        if name and not match_count(connection, alone):
            return f"No article has {named} called {name!r}."
    if unfiltered := match_count(connection, plain) if terms else 0:
        return f"No {noun} matches with these filters; without them {counted(unfiltered, noun)} would."
    if elsewhere := match_count(connection, replace(plain if terms else question, within=ARTICLES)):
        return f"No {noun} matches; anywhere in an article, the search finds {counted(elsewhere, 'article')}."
    if len(terms) < 2:
        return f"No {noun} matches {question.query or 'all of these filters'}."
    counts = {
        term: match_count(connection, replace(plain, query=Query(term, term, (term,)))) for term in terms
    }
    parts = [f"{term} {counted(count, noun) if count else 'none'}" for term, count in counts.items()]
    return f"No {noun} matches the whole query. By itself, each part matches: {', '.join(parts)}."


def searchable(text: str) -> str:
    """Text as it is indexed: without control characters, and as long as before."""
    return text.translate(UNSEARCHABLE)


def marks_in(texts: Sequence[str], terms: Sequence[str]) -> list[list[Mark]]:
    """The words of a query in some texts.

    Args:
        texts: the texts to mark.
        terms: `Query.terms`.

    Returns:
        For each text its marks in their order; none overlaps another.
    """
    found: list[list[Mark]] = [[] for _ in texts]
    if not terms:
        return found
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE words USING fts5(text, tokenize='{TOKENIZER}')")
        rows = ((number, searchable(text)) for number, text in enumerate(texts))
        connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", rows)
        marked = f"SELECT rowid, highlight(words, 0, '{OPEN}', '{CLOSE}') FROM words WHERE words MATCH ?"
        for number, text in connection.execute(marked, (" OR ".join(terms),)):
            borders = [border.start() for border in re.finditer(f"[{OPEN}{CLOSE}]", text)]
            places = [place - count for count, place in enumerate(borders)]
            found[number] = list(map(Mark, places[::2], places[1::2]))
    return found


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, bool]]:
    """A text on one line, cut at its marks: each piece, and whether it is marked.

    Of a long text it is the part around the first mark.
    """
    first = marks[0].start if marks else 0
    start = max(0, min(first - CHARS_BEFORE, len(text) - MAX_CHARS))
    end = start + MAX_CHARS
    line, place = re.sub(r"\s", " ", text), start
    yield "… " if start else "", False
    for mark in marks:
        if start <= mark.start < end:
            yield line[place : mark.start], False
            yield line[mark.start : min(mark.end, end)], True
            place = mark.end
    yield line[place:end] + (" …" if end < len(text) else ""), False
