"""A country or a pair of countries as a person types it: "Britain", "UK" or "GBR", "US-China" or "USA-CHN".

Codes of three and of two letters, names, aliases, adjectives, capitals and organs of state all count, however
they are capitalised. What may be several countries, or is none, is an error that names the nearest ones.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Final, NamedTuple

from analysis.country_names import bloc_codes, country_name, country_names, dyad_name
from analysis.lexicons import load_lexicon
from analysis.phrasing import WrongArgument, either
from analysis.tables.rows import rows_of

LEAST_LIKENESS: Final = 0.8  # of a misspelt name and the one that is suggested
LEAST_LETTERS: Final = 3  # of what can be taken for the beginning of a name
MOST_SUGGESTED: Final = 3
PAIR_EXPECTED: Final = "expected two countries such as USA-CHN"
COUNTRY_EXPECTED: Final = "expected a country such as China or CHN"
BETWEEN_SIDES: Final = re.compile(r"\s*(?:[-‑–—>/]+|\band\b)\s*", re.IGNORECASE)


def checked_country(typed: str) -> str:
    """The code of a country in capitals; "" stays "".

    Raises:
        ValueError: it is not one; suggests the countries that may be meant.
    """
    word = typed.strip()
    code = code_of(word)
    if code or not word:
        return code
    if any(all(map(code_of, pair)) for pair in possible_sides(word)):
        raise WrongArgument(
            "country", f" is {typed!r}, which is a pair: give it as ", "pair", ", or name one country"
        )
    if code := named(word, "armed group").code:
        raise WrongArgument(
            "country", f" is {typed!r}: {unknown_country(word)}, expected a country: give {code}"
        )
    meant = codes_like(word)
    if len(meant) == 1 and not named(word, "bloc").kind:
        hint = f"did you mean {country_name(meant[0])} ({meant[0]})?"
        raise WrongArgument("country", f" is {typed!r}, expected a country: {hint}")
    wrong = f" is {typed!r}: {unknown_country(word)}, {COUNTRY_EXPECTED}"
    raise WrongArgument("country", *with_bloc_hint(wrong, "country", has_bloc=bool(side_of(word))))


def checked_pair(typed: str) -> str:
    """The two codes in alphabetical order; "" stays "".

    Raises:
        ValueError: these are not two countries; suggests those that may be meant.
    """
    if not typed.strip():
        return ""
    sides = list(possible_sides(typed.strip()))
    found = {tuple(sorted(map(code_of, pair))) for pair in sides if all(map(code_of, pair))}
    whole = code_of(typed)  # Guinea-Bissau
    if whole:
        one = f"which is one country, {country_name(whole)}"
        raise WrongArgument("pair", f" is {typed!r}, {one}: {PAIR_EXPECTED}, or give it as ", "country")
    if len(found) == 1:
        first, second = found.pop()
        if first == second:
            raise WrongArgument("pair", f" is {typed!r}, which is the same country twice, {PAIR_EXPECTED}")
        return f"{first}-{second}"
    has_bloc = any(all(map(side_of, pair)) for pair in sides)
    wrong = f" is {typed!r}{pair_hint(sides)}"
    raise WrongArgument("pair", *with_bloc_hint(wrong, "pair", has_bloc=has_bloc))


def with_bloc_hint(wrong: str, argument: str, *, has_bloc: bool) -> tuple[str, ...]:
    """The parts of a `WrongArgument` after the first, with the place where what a bloc does is shown."""
    if not has_bloc:
        return (wrong,)
    shown = "; what a bloc does is on the page without "
    return f"{wrong}{shown}", argument, ", and in the timeline of notebook 03"


def checked_side(typed: str) -> str:
    """The code of a country, or of a bloc that acts like one, such as "EUU"; "" stays "".

    Raises:
        ValueError: it is neither; suggests the countries that may be meant.
    """
    return side_of(typed) or checked_country(typed)


def checked_sides(typed: str) -> str:
    """The two codes of a pair of countries or blocs, such as "EUU-RUS"; "" stays "".

    Raises:
        ValueError: as `checked_pair`.
    """
    pairs = [tuple(sorted(map(side_of, pair))) for pair in possible_sides(typed) if all(map(side_of, pair))]
    found = {pair for pair in pairs if pair[0] != pair[1]}
    return "-".join(found.pop()) if len(found) == 1 else checked_pair(typed)


class Named(NamedTuple):
    """What a listed word names."""

    kind: str  # "country", "bloc", "organisation" or "armed group"
    code: str  # of it; of the country that an armed group counts for; "" for what does not act like a country
    name: str = ""  # of a bloc or an armed group


NOBODY: Final = Named("", "")


@cache
def listed_names() -> dict[str, Named]:
    """What each listed name, alias and code names, as `plain` has them.

    What comes first in this order wins, so that a code is never taken for a name.
    """
    found: dict[str, Named] = {}
    for word, code in listed_words():
        found.setdefault(plain(word), Named("country", code))
    rows = load_lexicon("actors/aliases")
    is_known = rows["kind"].isin(["bloc", "armed group"]) | rows["actor_id"].isin(bloc_codes())
    for row in rows_of(rows[is_known]):
        code = bloc_codes().get(row.actor_id, "")
        one = Named(row.kind, row.country_code if row.kind == "armed group" else code, row.name)
        found.setdefault(plain(row.term), one)
        found.setdefault(plain(code), one)
    found.pop("", None)
    return found


def named(typed: str, *kinds: str) -> Named:
    """What a text names, if that is of one of some kinds; else `NOBODY`."""
    found = listed_names().get(plain(typed), NOBODY)
    return found if found.kind in kinds else NOBODY


def code_of(typed: str) -> str:
    """The code of the country that a text names; "" for what names none."""
    return named(typed, "country").code


def side_of(typed: str) -> str:
    """The code of the country or bloc that a text names; "" for what names none."""
    return named(typed, "country", "bloc", "organisation").code


def plain(typed: str) -> str:
    """A name as it is looked up: lower case, without accents, dots, a leading article and spare blanks."""
    letters = unicodedata.normalize("NFKD", typed.replace("’", "'")).encode("ascii", "ignore").decode()
    words = letters.casefold().replace(".", "").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def possible_sides(typed: str) -> Iterator[tuple[str, str]]:
    """Every way to part a text in two sides: "Guinea-Bissau-Senegal" has two, of which one is a pair."""
    for mark in BETWEEN_SIDES.finditer(typed):
        sides = typed[: mark.start()].strip(), typed[mark.end() :].strip()
        if all(sides):
            yield sides


def pair_hint(sides: list[tuple[str, str]]) -> str:
    """What is wrong with a pair, and which pair may be meant; the best known way to part it decides."""
    if not sides:
        return f", {PAIR_EXPECTED}"
    best = max(sides, key=lambda pair: sum(bool(code_of(side)) for side in pair))
    meant = [{code_of(side)} if code_of(side) else set(codes_like(side)) for side in best]
    is_bloc = any(named(side, "bloc").kind for side in best)
    if all(len(codes) == 1 for codes in meant) and meant[0] != meant[1] and not is_bloc:
        pair = "-".join(sorted(meant[0] | meant[1]))
        groups = [side for side in best if named(side, "armed group").kind]
        said = f": {' and '.join(map(unknown_country, groups))}" if groups else ""
        return f"{said}, expected two countries: did you mean {pair} ({dyad_name(pair)})?"
    unknown = [unknown_country(side) for side in best if not code_of(side)]
    return f": {' and '.join(unknown)}, {PAIR_EXPECTED}"


def unknown_country(typed: str) -> str:
    """That a text names no country, and which ones may be meant."""
    if code := named(typed, "armed group").code:
        return f"the acts of {typed} count for {country_name(code)}"
    if bloc := named(typed, "bloc").name:
        name = "" if bloc.casefold() == typed.casefold() else f", {bloc}"
        return f"{typed} is not a country but a bloc{name}"
    meant = [f"{country_name(code)} ({code})" for code in codes_like(typed)]
    return f"{typed} may mean {either(meant)}" if meant else f"{typed} is not a country"


def codes_like(typed: str) -> list[str]:
    """Up to three countries that may be meant: by how a name begins, by a word of it, or by likeness.

    Of an armed group it is only the country that it counts for: Hamas is not the Bahamas.
    """
    word, group = plain(typed), named(typed, "armed group")
    if group.kind or len(word) < LEAST_LETTERS:
        return [group.code] if group.code else []
    names = {name: one.code for name, one in listed_names().items() if one.kind == "country"}
    close = get_close_matches(word, names, n=MOST_SUGGESTED, cutoff=LEAST_LIKENESS)
    found = (
        sorted({code for name, code in names.items() if name.startswith(word)})
        or sorted({code for name, code in names.items() if word in name.split()})
        or list(dict.fromkeys(names[name] for name in close))
    )
    return found[:MOST_SUGGESTED]


def listed_words() -> Iterator[tuple[str, str]]:
    """Each word for a country with its code, the plainest kind of word first."""
    rows, short = load_lexicon("actors/countries"), load_lexicon("pipeline/two_letter_codes")
    organs = load_lexicon("actors/aliases")
    organs = organs[organs["kind"] == "country"]
    yield from ((code, code) for code in country_names())
    columns = [(rows, "country"), (rows, "aliases"), (rows, "adjectives"), (short, "two_letter_code")]
    for table, column in (*columns, (rows, "capitals"), (organs, "term")):
        for cell, code in zip(table[column], table["country_code"], strict=True):
            yield from ((word, code) for word in cell.split(";") if word)
