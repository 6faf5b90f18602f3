"""How a sentence names a side: a country by its adjective, an armed group by its name."""

import re
from functools import cache
from typing import NamedTuple

from analysis.country_names import country_name, former_name
from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of


class ListedName(NamedTuple):
    """How a name is written in a sentence, where that does not follow from the name."""

    in_sentence: str  # "the RSF"; "" for the name itself
    adjective: str  # "" for none


@cache
def listed_names() -> dict[str, ListedName]:
    """Names whose article or adjective does not follow from a rule."""
    rows = load_lexicon("findings/side_names")
    return {row.name: ListedName(row.in_sentence, row.adjective) for row in rows_of(rows)}


def group_in_sentence(name: str) -> str:
    """An armed group as a sentence names it: "the Houthis", "Hamas"."""
    listed = listed_names().get(name)
    return (listed and listed.in_sentence) or name


@cache
def group_terms() -> dict[str, list[tuple[re.Pattern, str]]]:
    """Code of a country -> the pattern and the name of each term for an armed group there."""
    rows = load_lexicon("actors/aliases")
    found: dict[str, list[tuple[re.Pattern, str]]] = {}
    for row in rows_of(rows[rows["kind"] == "armed group"]):
        found.setdefault(row.country_code, []).append((re.compile(rf"\b{re.escape(row.term)}\b"), row.name))
    return found


def groups_named(text: str, code: str) -> frozenset[str]:
    """The armed groups of a country that a text names."""
    return frozenset(name for term, name in group_terms().get(code, []) if term.search(text))


@cache
def adjectives() -> dict[str, str]:
    """Code of a country or bloc -> its adjectives, joined by ";": "USA" -> "American;US"."""
    countries, blocs = load_lexicon("actors/countries"), load_lexicon("actors/blocs")
    codes = [*countries["country_code"], *blocs["code"]]
    return dict(zip(codes, [*countries["adjectives"], *blocs["adjective"]], strict=True))


@cache
def adjectives_of(code: str) -> tuple[str, ...]:
    """Every listed adjective of a country or bloc, in lower case: "american", "us"."""
    listed = (*adjectives().get(code, "").split(";"), country_adjective(code))
    return tuple(dict.fromkeys(word.lower() for word in listed if word))


def country_adjective(code: str) -> str:
    """ "Russian", "US", "EU"; "" for a country that has none."""
    if former := former_name(code):
        return former.adjective
    listed = listed_names().get(country_name(code))
    return listed.adjective if listed else adjectives().get(code, "").split(";")[0]
