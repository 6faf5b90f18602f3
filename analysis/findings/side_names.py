"""How a sentence names a side of an incident: a country, a bloc, a group, a person or a company."""

import re
from functools import cache
from typing import NamedTuple

from analysis.country_names import country_in_sentence, country_name, country_names, former_name
from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

STATE_KINDS = ("country", "bloc")
OWN_NAME_KINDS = ("armed group", "other")  # Hamas, Somaliland: they do not act for the country they count as
PRIVATE_ROLES = ("opposition leader", "businessman", "journalist", "party leader", "party official")
"""Roles in the list of leaders of people who do not act for their country."""

BODIES = (
    *("Administration", "Agency", "Alliance", "Army", "Authority", "Bureau", "Commission", "Committee"),
    *("Council", "Court", "Department", "Federation", "Forces", "Front", "Government", "Guard", "Institute"),
    *(
        "League",
        "Ministry",
        "Movement",
        "Office",
        "Organisation",
        "Organization",
        "Party",
        "Service",
        "Union",
    ),
)
"""Last words of names that take an article: the Guatemalan Immigration Institute."""

SOUNDED_AS_CONSONANT = re.compile(r"eu|uni|uru|uga|uk|us[ae]|one", re.IGNORECASE)  # a European, a Ukrainian
INITIALS = re.compile(r"[A-Z][A-Z0-9]+\b")
SPOKEN_AS_WORDS = ("ASEAN", "BRICS", "ECOWAS", "FARC", "ISWAP", "NATO", "OPEC")
LETTERS_WITH_VOWEL = "AEFHILMNORSX"  # an RSF attack, an EU visit


class Side(NamedTuple):
    """One side of an incident."""

    name: str  # as the clearest report has it: "Hamas"
    code: str  # of the country or bloc that it counts as: "PSE"
    kind: str  # one of `ACTOR_KINDS`


class ListedName(NamedTuple):
    """How a name is written in a sentence, where that does not follow from the name."""

    in_sentence: str  # "the RSF"; "" for the name itself
    adjective: str  # "" where "by" must do
    number: str  # singular or plural


@cache
def listed_names() -> dict[str, ListedName]:
    """Names whose article, adjective or number does not follow from a rule."""
    rows = load_lexicon("findings/side_names", allowed={"number": ("singular", "plural")})
    return {row.name: ListedName(row.in_sentence, row.adjective, row.number) for row in rows_of(rows)}


@cache
def plural_names() -> frozenset[str]:
    """Names that take a plural verb, as a sentence has them: "the Houthis"."""
    return frozenset(
        listed.in_sentence or name for name, listed in listed_names().items() if listed.number == "plural"
    )


@cache
def adjectives() -> dict[str, str]:
    """Code of a country or bloc -> its first adjective: "RUS" -> "Russian", "EUU" -> "EU"."""
    countries = load_lexicon("actors/countries")
    blocs = load_lexicon("actors/blocs")
    first = [cell.split(";")[0] for cell in countries["adjectives"]]
    codes = [*countries["country_code"], *blocs["code"]]
    return dict(zip(codes, [*first, *blocs["adjective"]], strict=True))


@cache
def adjectives_of(code: str) -> tuple[str, ...]:
    """Every listed adjective of a country or bloc, in lower case: "american", "us"."""
    countries = load_lexicon("actors/countries")
    listed = countries.loc[countries["country_code"] == code, "adjectives"].str.split(";").explode()
    return tuple(dict.fromkeys(word.lower() for word in (*listed, country_adjective(code)) if word))


@cache
def leaders() -> dict[str, str]:
    """Name of each listed person who acts for a country -> its code."""
    rows = load_lexicon("actors/leaders")
    rows = rows[~rows["role"].isin(PRIVATE_ROLES)]
    return dict(zip(rows["name"], rows["country_code"], strict=True))


def is_leader(side: Side) -> bool:
    """Whether a side is a listed person who acts for the country."""
    return side.kind == "person" and leaders().get(side.name) == side.code


def country_of(side: Side) -> Side:
    """The country that a person or company is of, as a side of its own."""
    return Side(country_name(side.code), side.code, "country")


def side_in_sentence(side: Side) -> str:
    """A side as subject or object: "the United States", "the Houthis", "Iran's Mohammad Marandi".

    A listed leader is known without the country: "Donald Trump".
    """
    listed = listed_names().get(side.name)
    if listed and listed.in_sentence:
        return listed.in_sentence
    if side.kind in STATE_KINDS:
        return country_in_sentence(side.code)
    if side.kind != "person" and side.name.endswith(BODIES):
        return f"the {side.name}"
    is_known = side.kind in OWN_NAME_KINDS or is_leader(side)
    return side.name if is_known else name_and_country(side)


def name_and_country(side: Side) -> str:
    """ "Iran's Mohammad Marandi", "Steve Witkoff of the United States".

    A name that begins with its country or adjective, such as "Azerbaijan Airlines", stays as it is.
    """
    country = country_in_sentence(side.code)
    if side.name.startswith((country_name(side.code), country_adjective(side.code) or country)):
        return side.name
    return f"{side.name} of {country}" if country.endswith("s") else f"{country}'s {side.name}"


def country_adjective(code: str) -> str:
    """ "Russian", "US", "EU"; "" for a country that has none."""
    if former := former_name(code):
        return former.adjective
    listed = listed_names().get(country_name(code))
    return listed.adjective if listed else adjectives().get(code, "")


def side_adjective(side: Side) -> str:
    """What stands before the act of a side: "Israeli", "US", "Hamas", "Houthi"; "" where "by" must do.

    A leader acts for the country, so "Donald Trump" is "US"; any other person or a company does not.
    """
    if side.kind in OWN_NAME_KINDS:
        listed = listed_names().get(side.name)
        return listed.adjective if listed else side.name
    return country_adjective(side.code) if side.kind in STATE_KINDS or is_leader(side) else ""


def is_plural(name: str) -> bool:
    """Whether a name in a sentence takes a plural verb: "the Houthis are", "the United States is"."""
    is_pair = " and " in name and name.removeprefix("the ") not in country_names().values()
    return is_pair or name in plural_names()


def with_article(words: str) -> str:
    """ "an Israeli strike", "a US visit", "an RSF attack", "a Ukrainian attack"."""
    first = re.split(r"[\s-]", words, maxsplit=1)[0]
    if INITIALS.fullmatch(first) and first not in SPOKEN_AS_WORDS:
        is_vowel = first[0] in LETTERS_WITH_VOWEL
    else:
        is_vowel = first[0].lower() in "aeiou" and not SOUNDED_AS_CONSONANT.match(first)
    return f"{'an' if is_vowel else 'a'} {words}"
