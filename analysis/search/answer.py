"""The answer to a search: the best matches first, with the words marked, or the reason why nothing matches.

Matches are ranked by BM25; titles weigh most, and ties are ordered newest first. A query that matches most
texts is about nothing in particular, so the newest matches come first.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final, NamedTuple

from analysis.phrasing import counted, either
from analysis.search.marks import Mark, marks_in
from analysis.search.matching import LEVEL_OF, match_count, newest, ranked
from analysis.search.query import Leaf, Query, Term
from analysis.search.question import ARTICLES, SENTENCES, STATEMENTS, TITLES, Filters, Question
from analysis.search.spelling import folded

MOST_RANKED: Final = 50_000  # matches; ranking more takes too long
LIMIT: Final = 20
LEAST_PREFIX: Final = 3  # letters of a prefix worth suggesting


class Hit(NamedTuple):
    """An article, title, sentence or statement that matches, and the passage that shows the match best."""

    article_id: str
    day: str | None
    outlet: str
    title: str
    title_marks: list[Mark]
    path: str
    kind: str  # of the passage: "title", "sentence" or "statement"
    start_char: int  # of the passage in the article
    end_char: int
    text: str
    marks: list[Mark]
    speaker: str  # who makes the statement, or the statements in the sentence
    score: float | None  # BM25; None if matches are not ranked


class Answer(NamedTuple):
    """What a search finds."""

    question: Question
    hits: list[Hit]
    match_count: int
    read_count: int  # articles in the index
    is_ranked: bool
    hint: str  # one line on what would match, if nothing does


def answer_of(connection: sqlite3.Connection, question: Question, *, limit: int = LIMIT) -> Answer:
    """The answer of the index to a search.

    Args:
        connection: to the index.
        question: what is asked.
        limit: the most hits.

    Raises:
        sqlite3.DatabaseError: the index is damaged.
    """
    count = match_count(connection, question)
    is_ranked = count <= MOST_RANKED
    numbers = (ranked if is_ranked else newest)(connection, question, limit) if count else []
    read = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    hits = hits_of(connection, question, numbers)
    return Answer(question, hits, count, read, is_ranked, "" if count else hint_of(connection, question))


def hits_of(
    connection: sqlite3.Connection, question: Question, numbers: Sequence[tuple[int, float | None]]
) -> list[Hit]:
    """The hits with these numbers, in their order, with their words marked."""
    leaves = question.query.leaves
    hits = [PASSAGES[question.within](connection, number, leaves) for number, _ in numbers]
    titles = marks_in([hit.title for hit in hits], leaves)
    texts = marks_in([hit.text for hit in hits], leaves)
    return [
        hit._replace(title_marks=title, marks=text, score=score)
        for hit, title, text, (_, score) in zip(hits, titles, texts, numbers, strict=True)
    ]


def article_passage(connection: sqlite3.Connection, number: int, leaves: Sequence[Leaf]) -> Hit:
    """The sentence of an article that matches most of the query: the first one, preferably no headline."""
    bounds = "SELECT first_sentence, end_sentence FROM articles WHERE number = ?"
    first, end = connection.execute(bounds, (number,)).fetchone()
    if first == end:
        return title_passage(connection, number, leaves)
    inside = "SELECT rowid FROM sentence_words WHERE sentence_words MATCH ? AND rowid >= ? AND rowid < ?"
    found = Counter(row[0] for leaf in leaves for row in connection.execute(inside, (leaf.fts, first, end)))
    most = max(found.values(), default=0)
    best = sorted(one for one, count in found.items() if count == most) or [first]
    hit = sentence_passage(connection, best[0], leaves)
    is_headline = len(best) > 1 and hit.text.strip() == hit.title
    return sentence_passage(connection, best[1], leaves) if is_headline else hit


def sentence_passage(connection: sqlite3.Connection, number: int, _: Sequence[Leaf]) -> Hit:
    """A sentence, and who speaks in it."""
    text = "(SELECT text FROM texts WHERE texts.number = a.number)"
    columns = f"{ARTICLE_COLUMNS}, t.start_char, t.end_char, {text}, t.speakers"
    *source, start, end, text, speakers = passage_row(connection, "sentences", columns, number)
    return hit_of(source, "sentence", (start, end), text[start:end], speakers)


def statement_passage(connection: sqlite3.Connection, number: int, _: Sequence[Leaf]) -> Hit:
    """A statement, and who makes it."""
    columns = f"{ARTICLE_COLUMNS}, t.start_char, t.end_char, t.text, t.speakers"
    *source, start, end, text, speakers = passage_row(connection, "statements", columns, number)
    return hit_of(source, "statement", (start, end), text, speakers)


def title_passage(connection: sqlite3.Connection, number: int, _: Sequence[Leaf]) -> Hit:
    """A title, which is nowhere in the text."""
    sql = f"SELECT {ARTICLE_COLUMNS} FROM articles a WHERE a.number = ?"
    source = connection.execute(sql, (number,)).fetchone()
    return hit_of(source, "title", (0, 0), source[3], "")


PASSAGES: Final = {
    ARTICLES: article_passage,
    TITLES: title_passage,
    SENTENCES: sentence_passage,
    STATEMENTS: statement_passage,
}
ARTICLE_COLUMNS: Final = "a.article_id, a.day, a.outlet, a.title, a.path"


def passage_row(connection: sqlite3.Connection, table: str, columns: str, number: int) -> tuple:
    sql = f"SELECT {columns} FROM {table} t JOIN articles a ON a.number = t.article WHERE t.number = ?"
    return connection.execute(sql, (number,)).fetchone()


def hit_of(source: Sequence[str], kind: str, span: tuple[int, int], text: str, speaker: str) -> Hit:
    """A hit, its words not yet marked."""
    article_id, day, outlet, title, path = source
    return Hit(article_id, day, outlet, title, [], path, kind, *span, text, [], speaker, None)


def hint_of(connection: sqlite3.Connection, question: Question) -> str:
    """One line on what would match, for a search that nothing matches."""
    noun = LEVEL_OF[question.within].noun
    plain = replace(question, filters=Filters())
    unfiltered = match_count(connection, plain)
    if unfiltered:
        return (
            f"No {noun} matches with these filters; without them there {are(unfiltered)} "
            f"{counted(unfiltered, noun)}.{name_hint(connection, question.filters.speaker)}"
        )
    leaves = question.query.leaves
    wider = replace(plain, within=ARTICLES)
    in_articles = match_count(connection, wider) if question.within != ARTICLES else 0
    if in_articles:
        matching = counted(in_articles, "article")
        return f"No {noun} matches; anywhere in an article, the query matches {matching}."
    if len(leaves) == 1:
        return f"No {noun} matches {leaves[0]}.{prefix_hint(connection, leaves[0])}"
    counts = [f"{leaf} {counted_or_none(leaf_count(connection, plain, leaf), noun)}" for leaf in leaves]
    return f"No {noun} matches the whole query. By itself, each part matches: {', '.join(counts)}."


def leaf_count(connection: sqlite3.Connection, question: Question, leaf: Leaf) -> int:
    """How many texts match one part of a query."""
    return match_count(connection, replace(question, query=Query(str(leaf), leaf)))


def prefix_hint(connection: sqlite3.Connection, leaf: Leaf) -> str:
    """The longest prefix of a word that matches, as a sentence; "" if none is worth suggesting."""
    if not isinstance(leaf, Term) or " " in leaf.typed:
        return ""
    for length in range(len(leaf.typed) - (0 if not leaf.is_prefix else 1), LEAST_PREFIX - 1, -1):
        start = Term(leaf.typed[:length].rstrip("-.'’"), is_prefix=True)
        count = leaf_count(connection, Question(Query(str(start), start)), start)
        if count:
            return f" {start} would match {counted(count, 'article')}."
    return ""


def name_hint(connection: sqlite3.Connection, asked: str) -> str:
    """Speakers with a name like the one asked for, if nobody has that name; else ""."""
    if not asked:
        return ""
    known = [row[0] for row in connection.execute("SELECT DISTINCT speakers FROM statements")]
    if any(folded(asked) in folded(name) for name in known):
        return ""
    words = {word.casefold(): name for name in known for word in (*name.split(), name)}
    near = dict.fromkeys(words[word] for word in get_close_matches(asked.casefold(), words, n=3))
    names = f"; did you mean {either(list(near))}?" if near else "."
    return f" No speaker is called {asked!r}{names}"


def are(count: int) -> str:
    return "is" if count == 1 else "are"


def counted_or_none(count: int, noun: str) -> str:
    return counted(count, noun) if count else "none"
