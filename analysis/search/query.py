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
MAX_TERMS: Final = 64  # words and phrases in a query; FTS5 allows a depth of 256
QUOTATION_MARKS: Final = '"“”„«»'
TOKEN: Final = re.compile(
    rf"(?P<parenthesis>[()])"
    rf"|[{QUOTATION_MARKS}](?P<phrase>[^{QUOTATION_MARKS}]*)[{QUOTATION_MARKS}](?P<star>\*?)"
    rf"|(?P<open>[{QUOTATION_MARKS}])"
    rf"|(?P<word>[^\s(){QUOTATION_MARKS}]+)"
)
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
    leave_out: tuple[str, ...] = ()  # outlets


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
    these words; NOT may not, because people do search for "not guilty". "-word" excludes a word as well.

    Raises:
        QueryError: it cannot be understood.
    """
    if not isinstance(typed, str):
        raise QueryError(f"the search is {typed!r}, expected words, {EXAMPLE}")
    text = on_one_line(typed)
    shown = repr(text if len(text) <= 60 else f"{text[:60]}…")
    pieces: list[str] = []
    terms: list[str] = []
    for token in TOKEN.finditer(text):
        word = token["word"] or ""
        if token["open"]:
            raise QueryError(f"the search {shown} opens a quotation mark but does not close it: close it")
        if token["parenthesis"] == ")" or word == "NOT" or word.upper() in ("AND", "OR"):
            if word == "NOT" and pieces[-1:] == ["AND"]:
                pieces.pop()
            pieces.append(word.upper() or ")")
            continue
        is_excluded = word.startswith("-") and bool(pieces)
        term = "(" if token["parenthesis"] else term_of(token, shown)
        if not term:
            continue
        if pieces and pieces[-1] not in ("AND", "OR", "NOT", "("):
            pieces.append("NOT" if is_excluded else "AND")
        pieces.append(term)
        if term != "(":
            terms.append(term)
    if not terms:
        raise QueryError(f"the search {shown} has no word to look for, expected words, {EXAMPLE}")
    if len(terms) > MAX_TERMS:
        raise QueryError(f"the search has {len(terms)} words, expected at most {MAX_TERMS}: leave some out")
    query = Query(text, " ".join(pieces), tuple(dict.fromkeys(terms)))
    check_syntax(query.fts, shown)
    return query


def on_one_line(typed: str) -> str:
    """Text without line breaks and without characters that do not belong in a query."""
    composed = normalize("NFC", typed)
    return " ".join("".join(one if one.isprintable() else " " for one in composed).split())


def term_of(token: re.Match[str], shown: str) -> str:
    """A word or phrase in quotation marks; "" where there is nothing to look for.

    Raises:
        QueryError: it has a star, and not at its end.
    """
    typed = (token["word"] or token["phrase"] or "").strip()
    bare = typed.rstrip("*") if token["word"] else typed
    if (token["word"] and "*" in bare) or (typed and not bare):
        raise QueryError(
            f"the search {shown} has a * in front of letters, but * can only end a word and means that more "
            "letters may follow: write tank*"
        )
    if not any(map(str.isalnum, bare)):
        return ""
    return quoted(bare, is_prefix=bool(token["star"]) or typed != bare)


def quoted(text: str, *, is_prefix: bool = False) -> str:
    """Text as FTS5 looks for it, word by word, whatever characters are in it."""
    return f'"{text.replace(chr(34), " ")}"{"*" if is_prefix else ""}'


def check_syntax(fts: str, shown: str) -> None:
    """Raise QueryError unless FTS5 understands a query."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        try:
            connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (fts,))
        except sqlite3.OperationalError as error:
            raise QueryError(
                f"the search {shown} cannot be understood: AND, OR and NOT need words on both sides, and "
                f"each parenthesis needs its other half; expected words, {EXAMPLE}"
            ) from error
