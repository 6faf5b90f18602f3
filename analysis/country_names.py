"""Names of countries, blocs, pairs of them and armed groups, alone and inside a sentence.

A country has one code for all times, and the name of a day: RUS is the Soviet Union in news of 1962. Whoever
opens articles says of which day they are (`name_countries_as_of`); until then names are those of today.
"""

import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

BODY_CODES = {"bloc:european-union": "EUU", "bloc:nato": "NATO", "org:united-nations": "UNO"}
EUROPEAN = ("European Union", "European Commission", "European Council", "European Parliament")
AFFILIATIONS = {
    **dict.fromkeys(EUROPEAN, "bloc:european-union"),
    "NATO": "bloc:nato",
    "United Nations": "org:united-nations",
}
"""What a speaker belongs to -> the body that this is or is a part of."""


class FormerName(NamedTuple):
    """What a country was called before a day."""

    name: str
    article: str
    adjective: str
    until: date  # the first day of another name


class NamingDay:
    """The day whose names are printed, one for a process, which shows one folder; None is today."""

    day: date | None = None


def name_countries_as_of(day: date | None) -> None:
    """Print the names that countries had on a day, such as that of the newest article; None is today."""
    NamingDay.day = day


@cache
def former_names() -> dict[str, FormerName]:
    """Code of a country that had another name -> that name."""
    rows = load_lexicon(
        "actors/former_names", allowed={"country_code": country_names(), "article": ("", "the")}
    )
    return {
        row.country_code: FormerName(row.name, row.article, row.adjective, date.fromisoformat(row.until))
        for row in rows.itertuples(index=False)
    }


def former_name(code: str) -> FormerName | None:
    """The name that a country had on the day whose names are printed; None if it is that of today."""
    former, day = former_names().get(code), NamingDay.day
    return former if former and day and day < former.until else None


@cache
def country_names() -> dict[str, str]:
    """English name of each ISO 3166-1 alpha-3 code."""
    rows = load_lexicon("actors/countries")
    return dict(zip(rows["country_code"], rows["country"], strict=True))


@cache
def bloc_names() -> dict[str, str]:
    """Name of each bloc that acts like a country, by its code: "EUU" -> "European Union"."""
    rows = load_lexicon("actors/blocs")
    return dict(zip(rows["code"], rows["name"], strict=True))


@cache
def bloc_codes() -> dict[str, str]:
    """Code of each bloc that acts like a country, by its actor id: "bloc:nato" -> "NATO"."""
    rows = load_lexicon("actors/blocs")
    return dict(zip(rows["actor_id"], rows["code"], strict=True))


@cache
def shown_names() -> dict[str, str]:
    """Actor id of each bloc that the learned reader has hardly met -> the one that it is shown instead."""
    rows = load_lexicon("actors/blocs")
    return dict(zip(rows["actor_id"], rows["shown_as"], strict=True))


@cache
def host_countries() -> dict[str, str]:
    """Code of each armed group with one -> that of the country in which it sits: "RSF" -> "SDN"."""
    rows = load_lexicon("actors/aliases")
    groups = rows[rows["actor_id"].isin(bloc_codes().keys()) & (rows["country_code"] != "")]
    return dict(zip(groups["actor_id"].map(bloc_codes()), groups["country_code"], strict=True))


def countries_of(dyad: str) -> list[str]:
    """The codes of the countries of a pair; an armed group stands for the one in which it sits."""
    return sorted(host_countries().get(code, code) for code in dyad.split("-"))


@cache
def articles() -> dict[str, str]:
    """Codes of countries and blocs whose name takes an article in a sentence -> that article."""
    countries = load_lexicon("actors/countries", allowed={"article": ("", "the")})
    blocs = load_lexicon("actors/blocs", allowed={"article": ("", "the")})
    codes = [*countries["country_code"], *blocs["code"]]
    listed = dict(zip(codes, [*countries["article"], *blocs["article"]], strict=True))
    return {code: article for code, article in listed.items() if article}


def country_name(code: str) -> str:
    """English name of the code of a country or bloc; a code that is not listed stays as it is."""
    if former := former_name(code):
        return former.name
    return country_names().get(code) or bloc_names().get(code, code)


def country_in_sentence(code: str) -> str:
    """The name of a country or bloc as a sentence needs it: "the United States", "China", "NATO".

    Several countries in one text, "IRN,ISR", have commas.
    """
    if "," in code:
        return dyad_in_sentence(code)
    name, former = country_name(code), former_name(code)
    article = former.article if former else articles().get(code, "")
    return f"{article} {name}" if article else name


def dyad_in_sentence(dyad: str) -> str:
    """ "China and the United States" for "CHN-USA"; several pairs or countries in one text have commas."""
    return ", ".join(" and ".join(map(country_in_sentence, one.split("-"))) for one in dyad.split(","))


def dyad_name(dyad: str) -> str:
    """ "China – United States" for "CHN-USA"; several pairs or countries in one text have commas."""
    return ", ".join(" – ".join(map(country_name, one.split("-"))) for one in dyad.split(","))


def subject_name(subject: str) -> str:
    """Name of what an indicator describes: a pair, a directed pair, a country, or all stories.

    "China – United States" for "CHN-USA", "China to Russia" for "CHN>RUS", "all stories" for "world".
    """
    if subject == "world":
        return "all stories"
    return " to ".join(map(country_name, subject.split(">"))) if ">" in subject else dyad_name(subject)


@cache
def side_names() -> dict[str, Any]:
    """The row of each name whose article or adjective does not follow from a rule."""
    return {row.name: row for row in rows_of(load_lexicon("findings/side_names"))}


def group_in_sentence(name: str) -> str:
    """An armed group as a sentence names it: "the Houthis", "Hamas"."""
    row = side_names().get(name)
    return (row and row.in_sentence) or name


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
    """Code of a country or bloc -> its first adjective: "USA" -> "US"."""
    countries, blocs = load_lexicon("actors/countries"), load_lexicon("actors/blocs")
    codes, cells = (
        [*countries["country_code"], *blocs["code"]],
        [*countries["adjectives"], *blocs["adjective"]],
    )
    return {code: cell.split(";")[0] for code, cell in zip(codes, cells, strict=True)}


def country_adjective(code: str) -> str:
    """ "Russian", "US", "EU"; "" for a country that has none."""
    if former := former_name(code):
        return former.adjective
    row = side_names().get(country_name(code))
    return row.adjective if row else adjectives().get(code, "")
