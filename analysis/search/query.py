"""What a person types to search, in the language of SQLite's FTS5.

FTS5 itself understands AND, OR, NOT, parentheses, "phrases" and prefix*. Here every word is put into
quotation marks, so that no punctuation in it means anything to FTS5, and AND is written between words that
have none.
"""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Final, NamedTuple
from unicodedata import normalize

from analysis.phrasing import WrongArgument

ARTICLES, TITLES, SENTENCES, STATEMENTS = "articles", "titles", "sentences", "statements"
LEVELS: Final = (ARTICLES, TITLES, SENTENCES, STATEMENTS)
TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
SPACING: Final = 1 << 24
"""An article has a multiple of it as its rowid, and its sentences and its statements the ones that follow."""
MAX_TERMS: Final = 64  # words and phrases in a query; FTS5 allows a depth of 256
QUOTATION_MARKS: Final = '"“”„«»'
TOKEN: Final = re.compile(
    r'(?P<sign>[()])|(?P<minus>-+(?=["(]|[^\w\s]*\w))'
    r'|(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s()"*]*(?:\*+[^\s()"*]+)*))(?P<star>\**)'
)
OPERATORS: Final = ("AND", "And", "and", "OR", "Or", "or", "NOT")
EXAMPLE: Final = 'such as tanker AND Hormuz, "oil price" or sanction*'


class QueryError(ValueError):
    """A query that cannot be understood; the message says why, and how to correct it."""


class Filters(NamedTuple):
    """Conditions on a text besides its words; "" and () set none."""

    speaker: str = ""  # a name or the beginning of its words: "wang yi", "lavr"
    side: str = ""  # likewise, of who acts or is acted on
    outlet: str = ""  # likewise
    subjects: tuple[
        str, ...
    ] = ()  # countries and pairs, as "CHN" or "IRN,CHN-USA": any of each text is in it
    since: str = ""  # ISO 8601 day
    until: str = ""  # ISO 8601 day, included


NO_FILTERS: Final = Filters()


@dataclass(frozen=True)
class Query:
    """A query that was understood."""

    typed: str
    fts: str  # in the language of FTS5
    terms: tuple[str, ...]  # its words, phrases and prefixes in that language, each once

    def __str__(self) -> str:
        return self.typed


EVERYTHING: Final = Query("", "", ())  # what a speaker or a side is in, whatever the words


@dataclass(frozen=True)
class Question:
    """A search that was understood: a query, the kind of text in which all of it must be, and filters."""

    query: Query
    within: str = ARTICLES  # one of `LEVELS`
    filters: Filters = NO_FILTERS

    @property
    def noun(self) -> str:
        return self.within.removesuffix("s")

    def __str__(self) -> str:
        return self.query.typed if self.within == ARTICLES else f"{self.query.typed} in {self.within}"


def question_of(typed: str, within: str = "", filters: Filters = NO_FILTERS) -> Question:
    """A search from what a person typed.

    Args:
        typed: the query.
        within: one of `LEVELS`; "": statements where a speaker is asked for, sentences where a side is, else
            articles.
        filters: other conditions on the text.

    Raises:
        QueryError: the query cannot be understood.
        ValueError: `within` is none of these.
    """
    if within not in ("", *LEVELS):
        raise WrongArgument("in", f" is {within!r}, expected {', '.join(LEVELS[:-1])} or {LEVELS[-1]}")
    usual = STATEMENTS if filters.speaker else SENTENCES if filters.side else ARTICLES
    is_about_name = isinstance(typed, str) and not typed.strip() and bool(filters.speaker or filters.side)
    return Question(EVERYTHING if is_about_name else parse_query(typed), within or usual, filters)


def parse_query(typed: str) -> Query:
    """Translate what a person typed into the language of FTS5.

    Words next to each other must all be found. AND and OR may be in small letters, since nobody searches for
    these words; NOT may not, because people do search for "not guilty". "-" before a word, a phrase or a
    parenthesis is NOT.

    Raises:
        QueryError: it cannot be understood.
    """
    if not isinstance(typed, str):
        raise QueryError(f"the search is {typed!r}, expected words, {EXAMPLE}")
    text = re.sub(f"[{QUOTATION_MARKS}]", '"', on_one_line(typed))
    shown = repr(text if len(text) <= 60 else f"{text[:60]}…")
    if text.count('"') % 2:
        raise QueryError(f"the search {shown} opens a quotation mark but does not close it: close it")
    parts: list[str] = []
    terms: list[str] = []
    for token in TOKEN.finditer(text):
        word, sign = token["word"] or token["phrase"] or ("NOT" if token["minus"] else ""), token["sign"]
        if sign == ")" or (word in OPERATORS and not token["phrase"]):
            if word == "NOT" and parts[-1:] == ["AND"]:
                parts.pop()
            parts.append(word.upper() or ")")
            continue
        if ("*" in word and token["word"]) or (token["star"] and not word):
            raise QueryError(
                f"the search {shown} has a * in front of letters, but * can only end a word and means that "
                "more letters may follow: write tank*"
            )
        if not sign and not any(map(str.isalnum, word)):
            continue
        if parts and parts[-1] not in ("AND", "OR", "NOT", "("):
            parts.append("AND")
        parts.append(sign or quoted(word, is_prefix=bool(token["star"])))
        terms += [] if sign else parts[-1:]
    if not terms:
        raise QueryError(f"the search {shown} has no word to look for, expected words, {EXAMPLE}")
    if len(terms) > MAX_TERMS:
        raise QueryError(f"the search has {len(terms)} words, expected at most {MAX_TERMS}: leave some out")
    query = Query(text, " ".join(parts), tuple(dict.fromkeys(terms)))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        try:
            connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (query.fts,))
        except sqlite3.OperationalError as error:
            raise QueryError(
                f"the search {shown} cannot be understood: AND, OR, NOT and - need words on both sides, "
                f"and each parenthesis needs its other half; expected words, {EXAMPLE}"
            ) from error
    return query


def on_one_line(typed: str) -> str:
    """Text without line breaks and without characters that do not belong in a query."""
    composed = normalize("NFC", typed)
    return " ".join("".join(one if one.isprintable() else " " for one in composed).split())


def quoted(text: str, *, is_prefix: bool = False) -> str:
    """Text as FTS5 looks for it, word by word, whatever characters are in it."""
    return f'"{text.replace(chr(34), " ")}"{"*" if is_prefix else ""}'
