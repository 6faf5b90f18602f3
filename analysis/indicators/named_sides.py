"""Whether a sentence names both sides of an incident, so that a reader sees whom it is about."""

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from analysis.country_names import bloc_codes, bloc_names
from analysis.lexicons import load_lexicon
from analysis.tables.rows import rows_of

NOTHING: Final = r"(?!)"  # matches nothing
LOCATED: Final = re.compile(
    r"\b[Ii]n [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*, (?:the )?[A-Z]\w*(?: [A-Z]\w*)*(?=[,.;])"
)
LISTS: Final = {
    "countries": ("country_code", "country", "adjectives", "capitals", "aliases"),
    "blocs": ("code", "name", "adjective"),
    "aliases": ("country_code", "term"),
    "leaders": ("country_code", "name", "aliases"),
    "places": ("country_code", "place"),
    "ship_prefixes": ("country_code", "prefix"),
}
"""Each list of `actors` that names countries or blocs: its column of codes, and those of names."""
NO_NAMES: Final = ("He", "II", "Jr.", "May", "Sen", "XIV")  # last words of names that alone mean nobody
WORD_STARTS: Final = re.compile(r"(?<!\w)(\S)")
WAR: Final = r"(?:wars?|conflict|crisis|settlement|peace (?:plan|deal|process|talks))(?!\w)"
BY: Final = r"(?:mediated|brokered|hosted|facilitated) by (?:the )?"
MADE: Final = (
    r"[–-](?:made|built|designed|supplied|produced|donated|brokered|mediated|occupied|annexed)(?!\w)"
)
MODEL: Final = r"(?<!\w)Iranian(?= Shahed)"  # a Russian Shahed is Russia's
TOPIC: Final = r"(?<!\w)(?:over|bound for|heading (?:for|to)) (?:the )?"
PRIVATE: Final = (
    r"(?: [\w-]+){0,2} (?:archaeolog\w+|athletes?|climbers?|compan(?:y|ies)|couple|firms?|fish(?:ing|er)\w*"
    r"|researchers?|scientists?|students?|tourists?)(?!\w)"
)
"""Who is of a country and does not act for it: "an Egyptian-British archaeological mission"."""
FORCE: Final = ("ASSAULT", "MOBILIZE")
BESIDE_BYSTANDERS: Final = re.compile(rf"{WAR}|{BY}|mediator|{MADE}|{MODEL}|, (?:the )?[A-Z]")


def names_both_sides(sentence: str, incident: Any) -> bool:
    """Whether a sentence names both sides: each by a name of its country, its people, or the actor's own.

    Args:
        sentence: on one line.
        incident: row of `Incidents`.
    """
    return all(is_named(sentence, incident, side) for side in ("source", "target"))


def is_about_sides(sentence: str, incident: Any, *, reporters: Collection[str] = ()) -> bool:
    """Whether one of the two sides is named before anybody else.

    In "Qatar closes its airspace after an Iranian threat to a US base" somebody else acts, and so it is in
    "the EU ends visas for Russians over the war in Ukraine". Who only reports what the sides do may come
    first, and so may where they do it: "after talks in Istanbul, Turkey, Russia and Ukraine agree".

    Args:
        sentence: on one line.
        incident: row of `Incidents`.
        reporters: codes of the countries and blocs for which somebody reports the act in the sentence.
    """
    forgiven = {incident.source_code, incident.target_code, *reporters}
    located = [match.span() for match in LOCATED.finditer(sentence)]
    others = [
        match
        for match in any_name().finditer(sentence)
        if not codes_of(match[1]) & forgiven
        and not any(start <= match.start() < end for start, end in located)
    ]
    until_another = sentence[: others[0].end()] if others else sentence  # a ship may bear another's name
    return any(is_named(until_another, incident, side) for side in ("source", "target"))


def acts_between(sentence: str, incident: Any) -> bool:
    """Whether both sides are named as more than a topic or private people.

    In "Turkey rejects a bargain over Cuba" Turkey refuses Cuba nothing.

    Args:
        sentence: on one line.
        incident: row of `Incidents`.
    """
    name = rf"(?<!\w)(?:{alternatives(listed_in(sentence) & all_names())})s?(?!\w)"
    found = [] if incident.root in FORCE else [rf"{TOPIC}{name}"]
    if incident.root == "COOPERATE":
        found.append(rf"{name}(?:[–-]{name})?{PRIVATE}")
    return names_both_sides(re.sub("|".join(found) or NOTHING, " ", sentence), incident)


def names_pair(sentence: str, dyad: str) -> bool:
    """Whether a sentence has a name of both sides of a pair, "CHN-USA"."""
    return all(name_pattern(code).search(sentence) for code in dyad.split("-"))


def is_named(sentence: str, incident: Any, side: str) -> bool:
    """Whether a sentence names a side: its country or bloc, its actor, or a person by the last name."""
    code, name, kind = (getattr(incident, f"{side}_{part}") for part in ("code", "name", "kind"))
    own = (name.split() or [""])[-1] if kind == "person" else name.removeprefix("the ")
    is_own = own[:1].isupper() and re.search(rf"\b{re.escape(own)}\b", sentence) is not None
    return is_own or any(code in codes_of(match[1]) for match in any_name().finditer(sentence))


def countries_named(sentence: str) -> frozenset[str]:
    """The codes of the countries and blocs that a sentence names, one for each name: of a group its host."""
    found = (codes_of(match[1]) for match in any_name().finditer(sentence))
    return frozenset(min(codes, key=lambda code: (code in bloc_names(), code)) for codes in found)


def states_named(words: str) -> frozenset[str]:
    """The codes of the countries that some words name by a name or an adjective of their own."""
    return frozenset(names_of_states()[match[1]] for match in any_state().finditer(words))


@cache
def names_of_states() -> dict[str, str]:
    """Each name and adjective of a country -> its code."""
    rows = rows_of(load_lexicon("actors/countries"))
    cells = ((";".join((row.country, row.adjectives, row.aliases)), row.country_code) for row in rows)
    return {name: code for cell, code in cells for name in cell.split(";") if name}


@cache
def any_state() -> re.Pattern:
    return re.compile(rf"(?<!\w)({alternatives(frozenset(names_of_states()))})(?!\w)")


@cache
def listed(name: str, column: str) -> frozenset[str]:
    """What a column of a list of `actors` has, such as all places or capitals."""
    cells = load_lexicon(f"actors/{name}")[column]
    return frozenset(one for cell in cells for one in cell.split(";") if one)


@cache
def name_pattern(code: str) -> re.Pattern:
    """Every listed name of a country or bloc: of itself, its people, its capital, leaders, bodies, groups."""
    return re.compile(rf"(?<!\w)(?:{alternatives(names_by_code().get(code, frozenset()))})s?(?!\w)")


def is_listed_name(word: str) -> bool:
    """Whether a word is a listed name of anybody, perhaps as an owner: "Ukraine's"."""
    return re.sub(r"[’']s?$", "", word) in all_names()


@cache
def any_name() -> re.Pattern:
    """Any listed name, the longest at its place, without the `s` of a plural."""
    return re.compile(rf"(?<!\w)({alternatives(all_names())})s?(?!\w)")


def without_bystanders(sentence: str) -> str:
    """A sentence without the names that name no side: of wars, mediators, makers of weapons and occupiers.

    "Talks on the Ukrainian conflict", "a truce mediated by Oman", "Iranian-made drones" that Russia fires,
    "Russian-occupied land" for which Ukraine breaks with Nicaragua. Nor does a town say whose it is where its
    country comes after it: "Tripoli, Lebanon".
    """
    if not BESIDE_BYSTANDERS.search(sentence):
        return sentence
    return bystanders(listed_in(sentence)).sub(" ", sentence)


def listed_in(sentence: str) -> frozenset[str]:
    """The listed names with which any word of a sentence begins."""
    known, starts = names_by_start(), WORD_STARTS.finditer(sentence)
    places = [(match.start(), known.get(match[1], ())) for match in starts]
    return frozenset(name for place, names in places for name in names if sentence.startswith(name, place))


@cache
def names_by_start() -> dict[str, tuple[str, ...]]:
    """First character -> the listed names that begin with it."""
    return {start: tuple(names) for start, names in groupby(sorted(all_names()), key=itemgetter(0))}


@lru_cache(maxsize=4_096)
def bystanders(names: frozenset[str]) -> re.Pattern:
    """What names a country that has no part in what is done; "the Russia–Ukraine war" is of two sides.

    Args:
        names: listed names, such as all that a sentence has: a pattern of the thousands that are listed would
            take as long to make as the rest of a briefing's sentences.
    """
    name = rf"(?<!\w)(?:{alternatives(names & all_names())})s?(?!\w)"
    before_country = rf"(?=, (?:the )?(?:{alternatives(names & listed('countries', 'country'))})(?!\w))"
    towns = names & (listed("places", "place") | listed("countries", "capitals"))
    place = rf"(?<!\w)(?:{alternatives(towns)}){before_country}"
    return re.compile(
        rf"(?<![–-])(?<!and ){name} {WAR}|(?<!\w){WAR} (?:in|on|over) (?:the )?{name}"
        rf"|(?<!\w){BY}{name}(?:, (?:the )?{name})*(?:,? and (?:the )?{name})?"
        rf"|(?<!\w)with (?:the )?{name} as (?:a |the )?mediator"
        rf"|{name}{MADE}|{MODEL}|{place}"
    )


def alternatives(names: frozenset[str]) -> str:
    """Names in a pattern, the longest first; without any, what matches nothing."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or NOTHING


@cache
def codes_of(name: str) -> frozenset[str]:
    """The countries and blocs that a listed name may mean."""
    return frozenset(code for code, names in names_by_code().items() if name in names)


@cache
def all_names() -> frozenset[str]:
    return frozenset().union(*names_by_code().values())


@cache
def names_by_code() -> dict[str, frozenset[str]]:
    """Code of each country or bloc -> the names that mean it or somebody of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, (key, *columns) in LISTS.items():
        for code, *cells in load_lexicon(f"actors/{name}")[[key, *columns]].to_numpy():
            found[code].update(";".join(cells).split(";"))
    for row in rows_of(load_lexicon("actors/aliases")):
        found[bloc_codes().get(row.actor_id, "")].add(row.term)
    for row in rows_of(load_lexicon("actors/leaders")):
        found[row.country_code].update({row.name.split()[-1]}.difference(NO_NAMES))
    return {code: frozenset(names - {""}) for code, names in found.items() if code}
