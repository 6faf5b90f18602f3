"""Whether a text names two sides, by any name that the word lists know of them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from analysis.lexicons import load_lexicon

LISTS: Final = ("actors/aliases", "actors/leaders")  # each row a name of one country, with other names


def names_both(text: str, pair: str) -> bool:
    """Whether a text names both sides of a pair such as "CHN-USA".

    By the country's name, adjective, capital or leader, its organs and groups, or the bloc's name: "the
    Kremlin" names Russia. A person's or a town's name that the lists do not have names nobody.
    """
    return all(pattern_of(code).search(text) for code in pair.split("-"))


@cache
def pattern_of(code: str) -> re.Pattern[str]:
    """Any name of a country or a bloc, as whole words."""
    longest_first = sorted(names_of(code), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})s?(?!\w)")


def names_of(code: str) -> set[str]:
    """The names of a country or a bloc in the word lists; its code where they have none."""
    countries, blocs = load_lexicon("actors/countries"), load_lexicon("actors/blocs")
    own, bloc = countries[countries["country_code"] == code], blocs[blocs["code"] == code]
    found = set(split(own[["country", "adjectives", "capitals", "aliases"]].to_numpy().ravel()))
    found |= set(bloc[["name", "adjective"]].to_numpy().ravel())
    for name in LISTS:
        rows = load_lexicon(name)
        first, *others = ("term",) if "term" in rows else ("name", "aliases")
        found |= set(split(rows.loc[rows["country_code"] == code, [first, *others]].to_numpy().ravel()))
    return (found - {""}) or {code}


def split(cells: Iterable[str]) -> list[str]:
    """The names in cells that have several between semicolons."""
    return [name.strip() for cell in cells for name in cell.split(";")]
