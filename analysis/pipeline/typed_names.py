"""Who is meant by a name that a person types: countries, pairs of them, speakers, sides of events.

A country is "Britain", "UK" or "GBR", a pair "US-China" or "USA-CHN".

Codes of three and of two letters, names, aliases, adjectives, capitals and organs of state all count, however
they are capitalised. What may be several countries, or is none, is an error that names the nearest ones.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any, Final, NamedTuple

from pandas import DataFrame, isna

from analysis.country_names import bloc_codes, country_name, country_names
from analysis.ingest.corrections_file import CORRECTABLE_FIELDS, DROP
from analysis.lexicons import load_lexicon
from analysis.nlp.actors.gazetteer import first_words, slug, split_words
from analysis.phrasing import WrongArgument, either
from analysis.tables.rows import rows_of

MIN_COUNTRY_LIKENESS: Final = 0.8  # of a misspelt name and the one that is suggested
MAX_SUGGESTED: Final = 3
PAIR_EXPECTED: Final = "expected two countries such as USA-CHN"
COUNTRY_EXPECTED: Final = "expected a country such as China or CHN"
BETWEEN_SIDES: Final = re.compile(r"\s*(?:[-‑–—>/]+|\band\b)\s*", re.IGNORECASE)
VALUE_COLUMNS: Final = {
    "articles": {name: name for name in CORRECTABLE_FIELDS["articles"]},
    "quotes": {"speaker": "speaker_name", "role": "role", "country": "country_code", DROP: "speaker_name"},
    "events": {
        "source": "source_name",
        "target": "target_name",
        "root": "root",
        "status": "status",
        DROP: "root",
    },
}
"""The column that has the value of a field."""
SPEAKER_COLUMNS = ("speaker_id", "speaker_name", "role", "affiliation", "country_code", "is_anonymous")
PARTICIPANT_PARTS = ("id", "name", "country_code", "kind")
MAX_CODE_CHARS = 3  # "LIE" is a country, "Lie" a name
Values = dict[str, Any]


def checked_country(typed: str) -> str:
    """The code of a country in capitals; "" stays "".

    Raises:
        ValueError: it is not one; names the countries that may be meant.
    """
    word = typed.strip()
    code = code_of(word)
    if code or not word:
        return code
    if any(all(map(code_of, pair)) for pair in possible_sides(word)):
        raise WrongArgument(
            "country", f" is {typed!r}, which is a pair: give it as ", "pair", ", or name one country"
        )
    raise WrongArgument("country", f" is {typed!r}: {unknown_country(word)}, {COUNTRY_EXPECTED}")


def checked_pair(typed: str) -> str:
    """The two codes in alphabetical order; "" stays "".

    Raises:
        ValueError: these are not two countries; names those that may be meant.
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
    best = max(sides, key=lambda pair: sum(bool(code_of(side)) for side in pair), default=())
    unknown = " and ".join(unknown_country(side) for side in best if not code_of(side))
    raise WrongArgument("pair", f" is {typed!r}{unknown and f': {unknown}'}, {PAIR_EXPECTED}")


def checked_side(typed: str) -> str:
    """The code of a country, or of a bloc that acts like one, such as "EUU"; "" stays "".

    Raises:
        ValueError: it is neither; names the countries that may be meant.
    """
    return side_of(typed) or checked_country(typed)


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


def unknown_country(typed: str) -> str:
    """That a text names no country, and which ones may be meant; Hamas is not the Bahamas."""
    one = named(typed, "armed group", "bloc")
    if one.code and one.kind == "armed group":
        return f"the acts of {typed} count for {country_name(one.code)} ({one.code})"
    if one.kind == "bloc":
        name = "" if one.name.casefold() == typed.casefold() else f", {one.name}"
        return f"{typed} is not a country but a bloc{name}"
    meant = [] if one.kind else [f"{country_name(code)} ({code})" for code in codes_like(plain(typed))]
    return f"{typed} may mean {either(meant)}" if meant else f"{typed} is not a country"


def codes_like(word: str) -> list[str]:
    """Up to three countries that have a word in their names, or else are spelt nearly like it."""
    names = {name: one.code for name, one in listed_names().items() if one.kind == "country"}
    having = sorted({code for name, code in names.items() if word in name.split()})
    close = get_close_matches(word, names, n=MAX_SUGGESTED, cutoff=MIN_COUNTRY_LIKENESS)
    return having[:MAX_SUGGESTED] or list(dict.fromkeys(names[name] for name in close))


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


def speaker_named(name: str, article_id: str, quotes: DataFrame) -> Values:
    """The speaker meant by a name: one of these articles, a listed actor by the full name, or someone new."""
    if not name:
        return {**dict.fromkeys(SPEAKER_COLUMNS), "is_anonymous": False}
    names = quotes["speaker_name"].fillna("").str.casefold()
    known = quotes[names == name.casefold()]
    if len(known):
        own = known[known["article_id"] == article_id]
        row = (own if len(own) else known).iloc[0]
        return {field: None if isna(row[field]) else row[field] for field in SPEAKER_COLUMNS}
    identity = listed_actor(name)
    if identity is None or identity["name"].casefold() != name.casefold():  # Li is nobody's full name
        identity = {"id": f"person:{slug(name)}", "name": name, "country_code": None}
    return {
        "speaker_id": identity["id"],
        "speaker_name": identity["name"],
        "role": identity.get("role"),
        "affiliation": None,
        "country_code": identity["country_code"],
        "is_anonymous": False,
    }


def participant_named(name: str, events: DataFrame) -> Values:
    """The participant meant by a name: an actor of these events, or a listed one.

    Raises:
        ValueError: no actor has this name.
    """
    for side in ("source", "target"):
        known = events[events[f"{side}_name"].str.casefold() == name.casefold()]
        if len(known):
            row = {part: known.iloc[0][f"{side}_{part}"] for part in PARTICIPANT_PARTS}
            return {part: None if isna(value) else value for part, value in row.items()}
    found = listed_actor(name)
    if found is None:
        raise ValueError(
            f"no actor is called {name!r}, expected a country, its code, a listed actor or one in an event"
        )
    return found


def country_code_named(name: str) -> str:
    """The code of the country meant by a name, an adjective or a code; "" stays "".

    Raises:
        ValueError: no country has this name.
    """
    if not name:
        return ""
    code = code_of(name)
    if not code:
        raise ValueError(
            f"no country is called {name!r}, expected a name such as China, or a code such as CHN"
        )
    return code


def listed_actor(name: str) -> Values | None:
    """The country, organisation or leader that the word lists have under a name or a code."""
    code = "" if len(name) <= MAX_CODE_CHARS and name.istitle() else side_of(name)
    if code in country_names():
        return {"id": code, "name": country_name(code), "country_code": code, "kind": "country", "role": None}
    if code:
        actor_id = next(one for one, bloc in bloc_codes().items() if bloc == code)
        described = {"country_code": None, "kind": "bloc", "role": None}
        return {"id": actor_id, "name": country_name(code), **described}
    for spelling in (name, name.title(), name.upper()):
        words = split_words(spelling)
        for listed, entry in first_words().get(words[0], ()) if words else ():
            if listed == words and entry.actor_id:
                described = {"country_code": entry.country_code, "kind": entry.kind, "role": entry.role}
                return {"id": entry.actor_id, "name": entry.name, **described}
    return None
