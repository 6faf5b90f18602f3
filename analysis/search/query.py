"""What a person types to search: words, "phrases", AND, OR, NOT, parentheses, prefix*, NEAR.

Words next to each other must all be found. AND and OR may be in lower case, since nobody searches for these
words; NOT may not, because people do search for "not guilty". A query that cannot be understood is an error
in one sentence; any other query is valid in FTS5, since each word is quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Final, NamedTuple
from unicodedata import normalize

from analysis.search.spelling import has_word, spellings

MOST_TERMS: Final = 64  # words and phrases in a query: FTS5 allows a depth of 256
MOST_NESTED: Final = 20  # levels of parentheses
NEAR_WORDS: Final = 10  # between two words that are near each other, where the query gives no number
MOST_NEAR: Final = 1_000
MOST_SPELLINGS: Final = 16  # of one phrase

OPENING, CLOSING = '"“”„«»', '"“”«»'
TOKEN: Final = re.compile(
    rf"(?P<near>NEAR\s*\()|(?P<open>\()|(?P<close>\))|(?P<quote>[{OPENING}])|(?P<word>[^\s(){OPENING}]+)"
)
NUMBERED_NEAR: Final = re.compile(r"NEAR(?:/(\d+))?")
APART: Final = re.compile(r"[,;:!?/\\|=<>\[\]{}~^`#%@$…–—•·]+")  # separates words as a space does
UNCLOSED: Final = "the search opens a parenthesis but does not close it: close it with ), or leave it out"
UNOPENED: Final = "the search closes a parenthesis that it never opened: open it with (, or leave it out"
EMPTY: Final = "the search has nothing between its parentheses: put words there, or leave them out"
EXAMPLE: Final = 'such as tanker AND Hormuz, "oil price" or sanction*'


class QueryError(ValueError):
    """A query that cannot be understood; the message says why, and how to correct it."""


class Token(NamedTuple):
    """A piece of a query: "word", "phrase", "(", ")", "NEAR(", "AND", "OR", "NOT" or "NEAR"."""

    kind: str
    text: str = ""
    distance: int = NEAR_WORDS


@dataclass(frozen=True)
class Term:
    """A word or a phrase, or the beginning of one."""

    typed: str
    is_prefix: bool = False

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The term in FTS5, in each of its spellings."""
        star = " *" if self.is_prefix else ""
        return tuple(f'"{one}"{star}' for one in islice(spellings(self.typed), MOST_SPELLINGS))

    @property
    def fts(self) -> str:
        return joined(" OR ", self.alternatives)

    def __str__(self) -> str:
        text = f'"{self.typed}"' if " " in self.typed else self.typed
        return f"{text}*" if self.is_prefix else text


@dataclass(frozen=True)
class Near:
    """Terms that are at most a given number of words apart."""

    terms: tuple[Term, ...]
    distance: int

    @property
    def fts(self) -> str:
        spelt = islice(product(*(term.alternatives for term in self.terms)), MOST_SPELLINGS)
        return joined(" OR ", [f"NEAR({' '.join(terms)}, {self.distance})" for terms in spelt])

    def __str__(self) -> str:
        return f"NEAR({' '.join(map(str, self.terms))}, {self.distance})"


@dataclass(frozen=True)
class All:
    """Parts that must all match, and parts that must not."""

    wanted: tuple["Node", ...]
    unwanted: tuple["Node", ...] = ()

    @property
    def fts(self) -> str:
        wanted = joined(" AND ", [node.fts for node in self.wanted])
        unwanted = [node.fts for node in self.unwanted]
        return f"({wanted} NOT {joined(' OR ', unwanted)})" if unwanted else wanted


@dataclass(frozen=True)
class Any:
    """Parts of which at least one must match."""

    parts: tuple["Node", ...]

    @property
    def fts(self) -> str:
        return joined(" OR ", [node.fts for node in self.parts])


Leaf = Term | Near
Node = Leaf | All | Any


@dataclass(frozen=True)
class Query:
    """A query that was understood."""

    typed: str
    root: Node

    @cached_property
    def fts(self) -> str:
        """The query in the language of FTS5."""
        return self.root.fts

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The words, phrases and NEAR groups that must or may match, each once, in their order."""
        return tuple(dict.fromkeys(leaves_of(self.root)))

    def __str__(self) -> str:
        return self.typed


def joined(operator: str, parts: tuple[str, ...] | list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})"


def leaves_of(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Term | Near):
        yield node
    else:
        for part in node.wanted if isinstance(node, All) else node.parts:
            yield from leaves_of(part)


def parse_query(typed: str) -> Query:
    """What a person typed, understood.

    Raises:
        QueryError: it cannot be understood.
    """
    if not isinstance(typed, str):
        raise QueryError(f"the search is {typed!r}, expected words, {EXAMPLE}")
    tokens = list(tokens_of(typed))
    terms = sum(token.kind in ("word", "phrase") for token in tokens)
    if not terms:
        raise QueryError(f"the search {shown(typed)} has no word to look for, expected words, {EXAMPLE}")
    if terms > MOST_TERMS:
        raise QueryError(f"the search has {terms} words, expected at most {MOST_TERMS}: leave some out")
    parser = Parser(tokens)
    root = parser.any_of(depth=0)
    if parser.next is not None:
        raise QueryError(UNOPENED)
    return Query(" ".join(typed.split()), root)


def shown(typed: str) -> str:
    """A query in a message, shortened."""
    return repr(typed if len(typed) <= 60 else f"{typed[:60]}…")


def tokens_of(typed: str) -> Iterator[Token]:
    """The pieces of a query; punctuation between words is left out."""
    place, text = 0, one_line(typed)
    while found := TOKEN.search(text, place):
        place = found.end()
        kind = found.lastgroup
        if kind == "quote":
            close = next((n for n in range(place, len(text)) if text[n] in CLOSING), None)
            if close is None:
                raise QueryError(
                    f"the search {shown(typed)} opens a quotation mark but does not close it: close it, or "
                    "leave it out"
                )
            phrase, place = text[place:close], close + 1
            is_prefix = text[place : place + 1] == "*"
            if has_word(phrase):
                yield Token("phrase", f"{phrase.strip()}{'*' if is_prefix else ''}")
            place += is_prefix
        elif kind == "word":
            yield from word_tokens(found["word"], typed)
        else:
            yield Token({"near": "NEAR(", "open": "(", "close": ")"}[kind])


def one_line(typed: str) -> str:
    """A query on one line, each letter one character, without characters that do not belong in a query."""
    composed = normalize("NFC", typed)
    return "".join(character if character.isprintable() else " " for character in composed)


def word_tokens(word: str, typed: str) -> Iterator[Token]:
    """The operator that a run of characters is, or the words in it."""
    near = NUMBERED_NEAR.fullmatch(word)
    if near:
        yield Token("NEAR", distance=min(int(near[1] or NEAR_WORDS), MOST_NEAR))
    elif word in ("AND", "OR", "NOT", "and", "or"):
        yield Token(word.upper())
    else:
        for part in APART.split(word):
            bare = part.lstrip("+-.'’‘&")
            if not has_word(bare):
                if "*" in bare:
                    raise QueryError(star_sentence(typed, part))
                continue
            if part.startswith("-") and word.startswith(part):
                yield Token("NOT")
            if "*" in bare.rstrip("*.'’‘&-") or bare.endswith("**"):
                raise QueryError(star_sentence(typed, part))
            yield Token("word", bare)


def star_sentence(typed: str, part: str) -> str:
    letters = next(filter(str.isalnum, re.split(r"[\W_]+", part)), "")
    return (
        f"the search {shown(typed)} has {shown(part)}, but * can only end a word and means that more letters "
        f"may follow: write {letters or 'tank'}*"
    )


class Parser:
    """Reads tokens from left to right; each method reads what its name says."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place = tokens, 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def follows(self, *kinds: str) -> bool:
        return self.next is not None and self.next.kind in kinds

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def any_of(self, depth: int) -> Node:
        """Alternatives, joined by OR."""
        if depth > MOST_NESTED:
            raise QueryError(
                f"the search has more than {MOST_NESTED} nested parentheses: split it into several searches"
            )
        parts = [self.all_of(depth)]
        while self.follows("OR"):
            self.take()
            self.check_operand("OR")
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def all_of(self, depth: int) -> Node:
        """Parts wanted together, with or without AND between them, and what follows NOT."""
        wanted, unwanted = [], []
        self.check_first(depth)
        while self.next is not None and not self.follows("OR", ")"):
            if self.follows("AND"):
                self.take()
                self.check_operand("AND")
            is_unwanted = self.follows("NOT")
            if is_unwanted:
                self.take()
                self.check_operand("NOT")
            (unwanted if is_unwanted else wanted).append(self.near_of(depth))
        if not wanted:
            raise QueryError(
                "NOT excludes what follows it, so it needs something before it: write tanker NOT Iran"
            )
        return wanted[0] if len(wanted) == 1 and not unwanted else All(tuple(wanted), tuple(unwanted))

    def near_of(self, depth: int) -> Node:
        """One thing, or terms joined by NEAR."""
        node, distance = self.one(depth), 0
        terms = [node]
        while self.follows("NEAR"):
            distance = max(self.take().distance, distance)
            self.check_operand("NEAR")
            terms.append(self.one(depth))
        if len(terms) == 1:
            return node
        if not all(isinstance(term, Term) for term in terms):
            raise QueryError("NEAR joins words or phrases, not parentheses: write tanker NEAR Hormuz")
        return Near(tuple(terms), distance)

    def one(self, depth: int) -> Node:
        """A word, a phrase, a NEAR group, or something in parentheses."""
        token = self.take()
        if token.kind == "NEAR(":
            return self.near_group()
        if token.kind == "(":
            node = self.any_of(depth + 1)
            self.close()
            return node
        return term_of(token)

    def near_group(self) -> Node:
        """What follows "NEAR(": terms, and perhaps how many words apart they may be."""
        terms = []
        while self.follows("word", "phrase"):
            terms.append(self.take())
        self.close()
        distance = NEAR_WORDS
        if len(terms) > 1 and terms[-1].kind == "word" and terms[-1].text.isdecimal():
            distance = min(int(terms.pop().text[:6]), MOST_NEAR)
        if len(terms) < 2:
            raise QueryError("NEAR needs two words or phrases: write NEAR(tanker Hormuz, 5)")
        return Near(tuple(map(term_of, terms)), distance)

    def close(self) -> None:
        if not self.follows(")"):
            raise QueryError(UNCLOSED)
        self.take()

    def check_first(self, depth: int) -> None:
        """Require a term here, not an operator or the end of a parenthesis."""
        if self.next is None:
            raise QueryError(UNCLOSED)
        if self.follows(")"):
            raise QueryError(EMPTY if depth else UNOPENED)
        if self.follows("AND", "OR", "NEAR"):
            raise QueryError(missing("before", self.next.kind))

    def check_operand(self, operator: str) -> None:
        """Require a term after an operator."""
        is_excluded = operator == "AND" and self.follows("NOT")
        if not is_excluded and not self.follows("word", "phrase", "(", "NEAR("):
            raise QueryError(missing("after", operator))


def missing(side: str, operator: str) -> str:
    """The message that an operator lacks a term on one side."""
    return (
        f"{operator} joins two words, and there is none {side} it: write tanker {operator} Hormuz, or "
        f'"{operator}" in quotation marks to look for the word itself'
    )


def term_of(token: Token) -> Term:
    return Term(" ".join(token.text.rstrip("*").split()), is_prefix=token.text.endswith("*"))
