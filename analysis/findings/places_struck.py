"""Where force was used, as a sentence names the place."""

import re
from functools import cache

from analysis.lexicons import load_lexicon

BUILDINGS = ("House", "Palace", "Airport", "Embassy")
NAMES_WITH_ARTICLE = (
    *("House", "Embassy"),
    "Strip",
    "Bank",
    "Sea",
    "Strait",
    "Peninsula",
    "Heights",
    "Gulf",
    "region",
    "border",
    "province",
)
PARTS = {"PSE": {"Gaza": r"\bGaza\b(?! war)", "the West Bank": r"\bWest Bank\b"}}
"""Parts of a side that news names instead of it, with the words that show each: Israeli strikes on Gaza."""


def part_of_country(code: str, sentence: str) -> str:
    """The part of a country that a sentence names, "Gaza"; "" where it names none, or two."""
    parts = [part for part, pattern in PARTS.get(code, {}).items() if re.search(pattern, sentence)]
    return parts[0] if len(parts) == 1 else ""


def place_in_sentence(place: str) -> str:
    """ "the Gaza Strip", "the White House", "Kharkiv"."""
    place = place.replace(" ,", ",")  # as the tokens of a text are joined: "Washington , D.C."
    needs_article = place.endswith(NAMES_WITH_ARTICLE) and not place.startswith("the ")
    return f"the {place}" if needs_article else place


def where(place: str) -> str:
    """ "in Geneva", "at the White House"; "" for no place."""
    named = place_in_sentence(place)
    return named and f"{'at' if place.endswith(BUILDINGS) else 'in'} {named}"


def is_place_of(place: str, code: str) -> bool:
    """Whether a place, or the town that its name begins with, is listed as one of this country."""
    bare = place.removeprefix("the ")
    return any(bare == listed or bare.startswith(f"{listed} ") for listed in places_of(code))


@cache
def places_of(code: str) -> frozenset[str]:
    """Listed towns, regions and capitals of a country."""
    places, countries, aliases = (
        load_lexicon(f"actors/{name}") for name in ("places", "countries", "aliases")
    )
    capitals = countries.loc[countries["country_code"] == code, "capitals"].str.split(";").explode()
    is_name = (aliases["country_code"] == code) & (aliases["kind"] == "country")
    names = [*places.loc[places["country_code"] == code, "place"], *capitals, *aliases.loc[is_name, "term"]]
    return frozenset(name for name in names if name)
