"""The words of risk and of tension in articles, for indicators with published definitions.

Geopolitical risk after Caldara and Iacoviello (2022), tension of a pair after Rogers, Sun and Sun (2024); the
terms are in `indicators/gpr_terms.csv` and `indicators/tension_terms.csv`.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import Final, NamedTuple

from pandas import DataFrame, Series

from analysis.lexicons import load_lexicon
from analysis.schemas import RiskMatches
from analysis.tables.rows import rows_of

PLAIN_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PARAGRAPH_BREAK = re.compile(r"\n\s*")  # one that begins with any white space takes the square of it


class Query(NamedTuple):
    """One of the eight queries of the geopolitical risk index."""

    category: int
    name: str
    kind: str  # "threat" or "act"
    first: str  # a group of terms
    second: str
    within: int | None  # words apart at most, in either order; None: anywhere in the article


GPR_QUERIES: Final = (
    Query(1, "war threats", "threat", "war", "threat", 2),
    Query(2, "peace threats", "threat", "peace", "peace disruption", 2),
    Query(3, "military buildup", "threat", "military", "buildup", None),
    Query(4, "nuclear threats", "threat", "nuclear", "threat", None),
    Query(5, "terrorist threats", "threat", "terror", "threat", 2),
    Query(6, "beginning of war", "act", "war", "war begin", 2),
    Query(7, "escalation of war", "act", "actor", "actor fight", 2),
    Query(8, "terrorist acts", "act", "terror", "terror act", 2),
)
"""Source: Caldara and Iacoviello, Measuring Geopolitical Risk, AER 112(4), 2022, Table 1."""


def gpr_matches(articles: DataFrame) -> DataFrame:
    """Which articles are about geopolitical risk, and by which words.

    Args:
        articles: `Articles` table; title and text are searched.

    Returns:
        `RiskMatches` table.
    """
    texts = articles["title"].fillna("") + "\n" + articles["text"]
    columns = ["is_threat", "is_act", "is_excluded", "matched"]
    rows = DataFrame([gpr_match(text) for text in texts], columns=columns)
    return RiskMatches.validate(rows.assign(article_id=articles["article_id"].to_numpy()))


def gpr_match(text: str) -> tuple[bool, bool, bool, str]:
    """Whether a text matches queries of threats, of acts, whether it is excluded, and the matching words."""
    words = plain_words(text)
    places = group_places(words, "indicators/gpr_terms")
    found = [(query, pair) for query in GPR_QUERIES if (pair := query_pair(query, places))]
    kinds = {query.kind for query, _ in found}
    matched = "; ".join(f"{query.name}: {words[first]} + {words[second]}" for query, (first, second) in found)
    return "threat" in kinds, "act" in kinds, bool(places["excluded"]), matched


def paragraphs_of(stories: DataFrame) -> Series:
    """Title and paragraphs of each story, indexed by story."""
    texts = stories["title"].fillna("") + "\n" + stories["text"]
    return texts.str.split(PARAGRAPH_BREAK).explode().str.rstrip()


def tension_in(paragraphs: Series) -> DataFrame:
    """Whether each paragraph has words of tension (`is_tense`) and of a measure taken (`is_action`)."""
    groups = [group_places(plain_words(text), "indicators/tension_terms").keys() for text in paragraphs]
    is_tense = ["issue" in names and bool(names & {"action", "uncertainty"}) for names in groups]
    is_action = ["action" in names for names in groups]
    return DataFrame({"is_tense": is_tense, "is_action": is_action}, index=paragraphs.index, dtype=bool)


@cache
def country_pattern(country_code: str) -> re.Pattern[str]:
    """The names and capitals of a country as whole words."""
    countries = load_lexicon("actors/countries")
    rows = countries[countries["country_code"] == country_code]
    if rows.empty:
        raise ValueError(
            f"country code is {country_code!r}, expected an ISO 3166-1 alpha-3 code such as 'UKR'"
        )
    cells = ";".join(rows[["country", "adjectives", "capitals", "aliases"]].to_numpy().ravel())
    names = sorted({re.escape(name) for name in cells.split(";") if name}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, *build-up* and *h-bomb* as one."""
    return [word.replace("’", "'") for word in PLAIN_WORD.findall(text.lower())]


def group_places(words: list[str], lexicon: str) -> dict[str, list[int]]:
    """Where the terms of each group of a word list begin, by word number."""
    places = defaultdict(list)
    for i, word in enumerate(words):
        for group, rest in term_groups(word, lexicon):
            following = words[i + 1 : i + 1 + len(rest)]
            if len(following) == len(rest) and all(map(matches_term, following, rest)):
                places[group].append(i)
    return places


def query_pair(query: Query, places: dict[str, list[int]]) -> tuple[int, int] | None:
    """The first two words that satisfy a query, by number, or None."""
    first, second = places[query.first], places[query.second]
    if query.within is None:
        return (first[0], second[0]) if first and second else None
    for i in first:
        for j in second[bisect_left(second, i - query.within) :]:
            if j > i + query.within:
                break
            if i != j:
                return i, j
    return None


@cache
def term_groups(word: str, lexicon: str) -> tuple[tuple[str, list[str]], ...]:
    """The groups with a term that a word can begin, each with the other words of the term."""
    terms, lengths = terms_by_start(lexicon)
    starts = (word, *(f"{word[:length]}*" for length in lengths if length <= len(word)))
    return tuple(term for start in starts for term in terms.get(start, ()))


@cache
def terms_by_start(lexicon: str) -> tuple[dict[str, list[tuple[str, list[str]]]], list[int]]:
    """The terms of a word list by their first word, each as its group and its other words.

    Second, how long the first words are that end in a star, without it.
    """
    terms = defaultdict(list)
    for row in rows_of(load_lexicon(lexicon)):
        first, *rest = row.term.split()
        terms[first].append((row.group, rest))
    lengths = {len(first) - 1 for first in terms if first.endswith("*")}
    return dict(terms), sorted(lengths)


def matches_term(word: str, term: str) -> bool:
    """Whether a word is a term, or begins with one that ends in a star."""
    return word.startswith(term[:-1]) if term.endswith("*") else word == term
