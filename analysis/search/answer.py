"""The answer to a search: the best matches first, with the words marked, or what would match.

Matches are ranked by BM25; titles weigh most, and ties are ordered newest first.
"""

import sqlite3
from collections import Counter
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, NamedTuple

from analysis.phrasing import counted, counted_or_no
from analysis.search.index_file import SPACING
from analysis.search.marks import Mark, marks_in
from analysis.search.query import (
    ARTICLES,
    EVERYTHING,
    NO_FILTERS,
    SENTENCES,
    TITLES,
    Query,
    Question,
    on_one_line,
    quoted,
)

LIMIT: Final = 20
WEIGHTS: Final = {ARTICLES: "8, 1, 3, 1, 0", TITLES: "1, 0, 0, 0, 0"}  # of the columns `index_file.WORDS`
WEIGHTS_OF_PASSAGES: Final = "0, 1, 0.5, 0.5, 0"
COLUMNS_OF_NAMES: Final = {"speaker": "speakers", "side": "sides", "outlet": "outlet"}  # by their filter
NAMED: Final = {"speaker": "a speaker", "side": "a side", "outlet": "an outlet"}
WORDS_OF_FILTERS: Final = {
    "speaker": "the speaker",
    "side": "the side",
    "outlet": "the outlet",
    "subjects": "the countries and pairs",
    "since": "since",
    "until": "until",
    "leave_out": "leaving out outlets",
}
LEAST_LIKENESS: Final = 0.75  # of a misspelt name and the one that is suggested


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


class Place(NamedTuple):
    """Characters of an article that match."""

    article_id: str
    start_char: int
    end_char: int


def answer_of(connection: sqlite3.Connection, question: Question, *, limit: int = LIMIT) -> Answer:
    """The answer of the index to a search.

    Args:
        connection: to the index.
        question: what is asked.
        limit: the most hits.
    """
    count, table = match_count(connection, question), table_of(question)
    sql, values = matching(question)
    weights = WEIGHTS.get(question.within, WEIGHTS_OF_PASSAGES)
    order = "ORDER BY round(score, 9) DESC, day DESC, rowid LIMIT ?"
    ranked = f"SELECT rowid, -bm25({table}, {weights}) AS score {sql} {order}"
    rows = connection.execute(ranked, [*values, limit]).fetchall() if count else []
    hits = [hit_of(connection, question, rowid, score) for rowid, score in rows]
    titles = marks_in([hit.title for hit in hits], question.query.terms)
    texts = marks_in([hit.text for hit in hits], question.query.terms)
    marked = [
        hit._replace(title_marks=title, text_marks=text)
        for hit, title, text in zip(hits, titles, texts, strict=True)
    ]
    (read,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return Answer(question, marked, count, read, "" if count else hint_of(connection, question))


def places_of(connection: sqlite3.Connection, question: Question) -> list[Place]:
    """Every text that matches, in no order; for an article or a title, the whole article."""
    sql, values = matching(question)
    rows = connection.execute(f"SELECT article_id, start_char, end_char {sql}", values)
    return list(map(Place._make, rows))


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
    for role, column in COLUMNS_OF_NAMES.items():
        if name := getattr(filters, role):
            words.append(f"{column} : {quoted(on_one_line(name), is_prefix=True)}")
    conditions = [(f"{table} MATCH ?", [" AND ".join(words)])] if words else []
    for subject in filters.subjects:
        codes = [f" {code} " for code in subject.split(",")]
        conditions.append((" OR ".join(["instr(subjects, ?)"] * len(codes)), codes))
    conditions += [("day >= ?", [filters.since])] if filters.since else []
    conditions += [("day <= ?", [filters.until])] if filters.until else []
    conditions += [("outlet <> ? COLLATE NOCASE", [name]) for name in filters.leave_out]
    where = " AND ".join(f"({condition})" for condition, _ in conditions)
    return f"FROM {table} WHERE {where}", [value for _, values in conditions for value in values]


def hit_of(connection: sqlite3.Connection, question: Question, rowid: int, score: float) -> Hit:
    """A match with the passage that shows it best, its words not yet marked.

    For an article it is the sentence with most terms of the query, preferably not the headline.
    """
    article = rowid // SPACING * SPACING
    columns = "SELECT article_id, day, outlet, title, path FROM articles WHERE rowid = ?"
    article_id, day, outlet, title, path = connection.execute(columns, (article,)).fetchone()
    kind, passage = question.noun, None
    if question.within == ARTICLES:
        kind, rowid = SENTENCES.removesuffix("s"), best_sentence(connection, question.query, article, title)
    if question.within != TITLES:
        columns = f"SELECT start_char, end_char, text, speakers FROM {kind}s WHERE rowid = ?"
        passage = connection.execute(columns, (rowid,)).fetchone()
    start, end, text, speaker = passage or (0, 0, title, "")
    kind = kind if passage else "title"
    return Hit(article_id, day, outlet, title, [], path, kind, start, end, text, [], speaker, score)


def best_sentence(connection: sqlite3.Connection, query: Query, article: int, title: str) -> int:
    """The rowid of the sentence of an article that has most terms of a query, or of the first sentence."""
    counts = Counter({article: 0})
    inside = (
        "SELECT rowid, trim(text) = ? FROM sentences "
        "WHERE sentences MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
    )
    for term in query.terms:
        bounds = (title, f"{{text speakers sides}} : {term}", article, article + SPACING)
        for rowid, is_headline in connection.execute(inside, bounds):
            counts[rowid] += 1 - 0.5 * is_headline
    return min(counts, key=lambda rowid: (-counts[rowid], rowid))


def hint_of(connection: sqlite3.Connection, question: Question) -> str:
    """One line on what would match, for a search that nothing matches."""
    noun, plain = question.noun, replace(question, filters=NO_FILTERS)
    for role, named in NAMED.items():
        name = getattr(question.filters, role)
        alone = Question(EVERYTHING, ARTICLES, NO_FILTERS._replace(**{role: name}))
        if name and not match_count(connection, alone):
            return f"No article has {named} called {name!r}{names_like(connection, role, name)}"
    without = counts_without_each(connection, question)
    if not question.query.terms or (len(without) > 1 and match_count(connection, plain)):
        parts = [f"without {left_out} there {there_are(count, noun)}" for left_out, count in without.items()]
        anywhere = match_count(connection, replace(question, within=ARTICLES))
        parts += [f"anywhere in an article, they match {counted(anywhere, 'article')}"] if anywhere else []
        return f"No {noun} matches all of these filters; {', '.join(parts)}."
    unfiltered = match_count(connection, plain)
    if unfiltered:
        return f"No {noun} matches with these filters; without them there {there_are(unfiltered, noun)}."
    elsewhere = match_count(connection, replace(plain, within=ARTICLES))
    if elsewhere:
        return (
            f"No {noun} matches; anywhere in an article, the query matches {counted(elsewhere, 'article')}."
        )
    terms = question.query.terms
    if len(terms) == 1:
        return f"No {noun} matches {question.query}."
    counts = {
        term: match_count(connection, replace(plain, query=Query(term, term, (term,)))) for term in terms
    }
    parts = [f"{term} {counted(count, noun) if count else 'none'}" for term, count in counts.items()]
    return f"No {noun} matches the whole query. By itself, each part matches: {', '.join(parts)}."


def there_are(count: int, noun: str) -> str:
    return f"{'is' if count < 2 else 'are'} {counted_or_no(count, noun)}"


def names_like(connection: sqlite3.Connection, role: str, typed: str) -> str:
    """Which name of a speaker, side or outlet may be meant: ": did you mean Russia?"; "." if none is near."""
    rows = connection.execute(f"SELECT {COLUMNS_OF_NAMES[role]} FROM {ARTICLES}")
    named = Counter(name for (cell,) in rows for name in cell.split("; ") if name)
    by_word = {}
    for name, _ in named.most_common():
        for word in (name.casefold(), *name.casefold().split()):
            by_word.setdefault(word, name)
    near = get_close_matches(typed.casefold(), by_word, n=1, cutoff=LEAST_LIKENESS)
    return f": did you mean {by_word[near[0]]}?" if near else "."


def counts_without_each(connection: sqlite3.Connection, question: Question) -> dict[str, int]:
    """How many texts match without one of the filters, for each of them in words."""
    given = {name: value for name, value in question.filters._asdict().items() if value}
    found = {}
    for name, value in given.items():
        words = f" {value}" if isinstance(value, str) else ""
        rest = replace(question, filters=question.filters._replace(**{name: getattr(NO_FILTERS, name)}))
        if rest.query.terms or len(given) > 1:
            found[f"{WORDS_OF_FILTERS[name]}{words}"] = match_count(connection, rest)
    return found
