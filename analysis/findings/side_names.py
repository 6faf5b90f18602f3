"""How a sentence names a side of an incident: a country, a group, or a person of a country."""

import re
from functools import cache
from typing import Literal, NamedTuple

from analysis.country_names import bloc_names, country_in_sentence, country_name, country_names
from analysis.lexicons import load_lexicon

SideKind = Literal["country", "group", "leader", "named"]

PRIVATE_ROLES = ("opposition leader", "businessman", "journalist", "party leader", "party official")
"""Roles in the list of leaders of people who do not act for their country."""

SOUNDED_AS_CONSONANT = re.compile(
    r"(eu|uni|ur?u|uga|uk|us[ae]|one)", re.IGNORECASE
)  # a European, a Ukrainian
INITIALS = re.compile(r"[A-Z][A-Z0-9]+\b")
SPOKEN_AS_WORD = ("NATO", "FARC", "LNG")
LETTERS_WITH_VOWEL = "AEFHILMNORSX"  # an RSF attack, an EU visit


class ListedName(NamedTuple):
    """How one name is written in a sentence; what is empty follows from the name."""

    in_sentence: str
    adjective: str
    number: str


@cache
def listed_names() -> dict[str, ListedName]:
    """Names whose article, adjective or number does not follow from a rule."""
    rows = load_lexicon("findings/side_names", allowed={"number": ("singular", "plural")})
    return {row.name: ListedName(row.in_sentence, row.adjective, row.number) for row in rows.itertuples()}


@cache
def adjectives() -> dict[str, str]:
    """Code of a country or bloc -> its first adjective: "RUS" -> "Russian", "EUU" -> "EU"."""
    countries = load_lexicon("actors/countries")
    blocs = load_lexicon("actors/blocs")
    first = countries["adjectives"].str.split(";").str[0]
    codes = [*countries["country_code"], *blocs["code"]]
    return dict(zip(codes, [*first, *blocs["adjective"]], strict=True))


@cache
def group_names() -> frozenset[str]:
    """Names of armed groups, peoples and territories, which act under their own name."""
    rows = load_lexicon("actors/aliases")
    return frozenset(rows.loc[rows["kind"].isin(["armed group", "other"]), "name"])


@cache
def leaders() -> dict[str, str]:
    """Name of each person who acts for a country -> its code."""
    rows = load_lexicon("actors/leaders")
    rows = rows[~rows["role"].isin(PRIVATE_ROLES)]
    return dict(zip(rows["name"], rows["country_code"], strict=True))


def kind_of(name: str, code: str) -> SideKind:
    """What a side's name stands for.

    Args:
        name: as the report has it: "Hamas", "Russia", "Marco Rubio".
        code: of the country or bloc that the side counts as.

    Returns:
        "country" also for a bloc; "leader" for a listed person who acts for a country; "named" for any other
        person and for a company or an organisation.
    """
    if (
        not name
        or name in (code, country_name(code))
        or name in (*country_names().values(), *bloc_names().values())
    ):
        return "country"
    if name in group_names():
        return "group"
    return "leader" if leaders().get(name) == code else "named"


def side_in_sentence(name: str, code: str) -> str:
    """A side as subject or object: "the United States", "the Houthis", "Donald Trump", "Iran's Abbas Araghchi"."""
    kind = kind_of(name, code)
    if kind == "country":
        return country_in_sentence(code)
    listed = listed_names().get(name)
    if listed and listed.in_sentence:
        return listed.in_sentence
    return person_of_country(name, code) if kind == "named" else name


def person_of_country(name: str, code: str) -> str:
    """ "Iran's Abbas Araghchi", "Steve Witkoff of the United States"; a name that already says it stays."""
    country = country_in_sentence(code)
    if any(word and word in name for word in (country_name(code), adjective_of_country(code))):
        return name
    return f"{name} of {country}" if country.endswith("s") else f"{country}'s {name}"


def adjective_of_country(code: str) -> str:
    """ "Russian", "US", "EU"; "" for a country that has none."""
    listed = listed_names().get(country_name(code))
    return listed.adjective if listed else adjectives().get(code, "")


def side_adjective(name: str, code: str) -> str:
    """What stands before the act of a side: "Israeli", "US", "Hamas", "Houthi"; "" where a "by" must do.

    A leader acts for the country, so "Donald Trump" is "US"; a private person or a company does not.
    """
    kind = kind_of(name, code)
    if kind == "named":
        return ""
    if kind == "group":
        listed = listed_names().get(name)
        return listed.adjective if listed else name
    return adjective_of_country(code)


def is_plural(name: str) -> bool:
    """Whether a name takes a plural verb: "the Houthis are", "the United States is"."""
    bare = name.removeprefix("the ")
    listed = {
        **listed_names(),
        **{row.in_sentence.removeprefix("the "): row for row in listed_names().values()},
    }
    return (" and " in name and bare not in country_names().values()) or (
        bare in listed and listed[bare].number == "plural"
    )


def with_article(words: str) -> str:
    """ "an Israeli strike", "a US visit", "an RSF attack", "a Ukrainian attack"."""
    first = words.split(maxsplit=1)[0]
    initials = INITIALS.match(first)
    if (
        initials
        and initials.group() not in SPOKEN_AS_WORD
        and not re.search("ASEAN|ECOWAS|ISWAP|OPEC", first)
    ):
        return f"{'an' if first[0] in LETTERS_WITH_VOWEL else 'a'} {words}"
    is_vowel = first[0].lower() in "aeiou" and not SOUNDED_AS_CONSONANT.match(first)
    return f"{'an' if is_vowel else 'a'} {words}"
