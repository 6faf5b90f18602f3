"""What a reader asks for: articles of some days, one pair of countries, repeated rows counted once."""

import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.country_names import country_names, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.deduplication import repeated_events, repeated_text
from analysis.indicators.dyads import dyad_indicators
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables

OF_AN_ARTICLE = ("sentences", "quotes", "stances", "topics")
LEAST_LIKENESS = 0.8  # of a misspelt country name and the one that is suggested
Day = str | date | None
PAIR_EXPECTED = "expected two country codes such as USA-CHN"


@dataclass(frozen=True)
class Scope:
    """Which articles and which pair of countries are wanted, in one spelling."""

    since: str = ""  # ISO 8601 day; "": from the first article on
    pair: str = ""  # "CHN-USA", in alphabetical order; "": all pairs
    until: str = ""  # ISO 8601 day, included; "": to the last article

    @property
    def name(self) -> str:
        """The end of the name of a briefing's folder, so that a narrow briefing follows one as narrow."""
        parts = {"": self.pair, "since-": self.since, "until-": self.until}
        return "".join(f"-{word}{value}" for word, value in parts.items() if value)

    @property
    def pairs(self) -> str:
        """ "all pairs of countries", or "only the pair China – United States"."""
        return f"only the pair {dyad_name(self.pair)}" if self.pair else "all pairs of countries"


def scope_of(since: Day = "", pair: str | None = "", until: Day = "") -> Scope:
    """A scope from what a person typed, on the command line or in a notebook; None is as good as "".

    Raises:
        ValueError: `since` or `until` is not a day, `since` is after `until`, or `pair` is not two countries.
    """
    first, last = (day.isoformat()[:10] if isinstance(day, date) else day for day in (since, until))
    check_texts(since=first, until=last, pair=pair)
    days = checked_day("since", first or ""), checked_day("until", last or "")
    scope = Scope(since=days[0], pair=checked_pair(pair or ""), until=days[1])
    if scope.since and scope.until and scope.since > scope.until:
        raise ValueError(f"since is {scope.since}, which is after until, {scope.until}: swap the two days")
    return scope


def check_texts(**given: object) -> None:
    """Raise ValueError, naming the argument, where one is neither a text nor left out."""
    for name, value in given.items():
        if not isinstance(value, str | None):
            expected = PAIR_EXPECTED if name == "pair" else "expected a day such as 2024-04-01"
            raise ValueError(f"{name} is {value!r}, {expected}")


def checked_day(name: str, typed: str) -> str:
    """An ISO 8601 day; "" stays "".

    Raises:
        ValueError: it is not a day; the message calls it by `name`.
    """
    if not typed.strip():
        return ""
    try:
        return f"{date.fromisoformat(typed.strip()):%Y-%m-%d}"
    except ValueError as error:
        raise ValueError(f"{name} is {typed!r}, expected a day such as 2024-04-01") from error


def checked_pair(pair: str) -> str:
    """The two codes in alphabetical order; "" stays "".

    Raises:
        ValueError: these are not the codes of two countries; suggests those that may be meant.
    """
    if not pair.strip():
        return ""
    sides = [side.strip() for side in re.split("[-–—>/]", pair)]
    codes = [code_of(side) for side in sides]
    if len(sides) == 2 and codes[0] and codes[0] == codes[1]:
        raise ValueError(f"pair is {pair!r}, which is the same country twice, {PAIR_EXPECTED}")
    if len(sides) != 2 or not all(sides) or sides[0].casefold() == sides[1].casefold():
        raise ValueError(f"pair is {pair!r}, {PAIR_EXPECTED}")
    if all(codes):
        return "-".join(sorted(codes))
    meant = [{code} if code else set(codes_like(side)) for side, code in zip(sides, codes, strict=True)]
    if all(len(found) == 1 for found in meant) and meant[0] != meant[1]:
        code = "-".join(sorted(meant[0] | meant[1]))
        raise ValueError(
            f"pair is {pair!r}, expected two country codes: did you mean {code} ({dyad_name(code)})?"
        )
    unknown = [unknown_code(side) for side, code in zip(sides, codes, strict=True) if not code]
    raise ValueError(f"pair is {pair!r}: {' and '.join(unknown)}, {PAIR_EXPECTED}")


def code_of(typed: str) -> str:
    """A country code in capitals; "" for what is none."""
    return typed.upper() if typed.upper() in country_names() else ""


def unknown_code(typed: str) -> str:
    """That a word is not a country code, and which codes may be meant."""
    meant = [f"{code} is {country_names()[code]}" for code in codes_like(typed)]
    hint = f" ({'; '.join(meant)})" if meant else ""
    return f"{typed} is not a country code{hint}"


def codes_like(typed: str, *, most: int = 3) -> list[str]:
    """Codes of the countries that may be meant: by name, by its beginning, or by likeness to one."""
    names = country_aliases()
    word = typed.casefold()
    if word in names:
        return [names[word]]
    found = sorted({code for name, code in names.items() if name.startswith(word)})
    if not found:
        close = get_close_matches(word, names, n=most, cutoff=LEAST_LIKENESS)
        found = list(dict.fromkeys(names[name] for name in close))
    return found[:most]


def country_aliases() -> dict[str, str]:
    """Code of each country by every name, alias and adjective of it, in lower case."""
    rows = load_lexicon("actors/countries")
    return {
        name.casefold(): row.country_code
        for row in rows.itertuples()
        for name in (*row.aliases.split(";"), *row.adjectives.split(";"), row.country)
        if name
    }


def articles_in_scope(articles: DataFrame, scope: Scope) -> DataFrame:
    """The articles of the days of a scope; undated ones are left out if it names a day.

    Raises:
        ValueError: there is none.
    """
    if not (scope.since or scope.until):
        return articles
    dates = articles["published_date"]
    is_wanted = dates.notna()
    if scope.since:
        is_wanted &= dates >= Timestamp(scope.since)
    if scope.until:
        is_wanted &= dates < Timestamp(scope.until) + Timedelta(days=1)
    if not is_wanted.any():
        raise ValueError(nothing_in_scope(dates, scope))
    return articles[is_wanted].reset_index(drop=True)


def nothing_in_scope(dates: Series, scope: Scope) -> str:
    """That no article is of the days of a scope, and of which days there are articles."""
    words = {"since": scope.since, "until": scope.until}
    asked = " and ".join(f"{name} {day}" for name, day in words.items() if day)
    if dates.isna().all():
        return f"no article is left ({asked}): none has a date, so leave out the days"
    first, last = f"{dates.min():%Y-%m-%d}", f"{dates.max():%Y-%m-%d}"
    there = (
        f"all articles with a date are from {first}" if first == last else f"they are from {first} to {last}"
    )
    return f"no article is left ({asked}): {there}, so choose other days"


def only_pair(tables: Tables, pair: str) -> Tables:
    """What the articles say about one pair of countries.

    Keeps the events between the two, and the sentences, quotes, stances and topics of the articles that
    report such an event. All articles stay, because values per story count everything that was read.
    """
    if not pair:
        return tables
    events = tables.events[between_countries(tables.events)]
    events = events[dyads(events) == pair].reset_index(drop=True)
    reporting = set(events["article_id"])
    rest = {name: only_articles(getattr(tables, name), reporting) for name in OF_AN_ARTICLE}
    return replace(tables, events=events, indicators=dyad_indicators(tables.articles, events), **rest)


def only_articles(table: DataFrame, article_ids: set[str]) -> DataFrame:
    return table[table["article_id"].isin(article_ids)].reset_index(drop=True)


def deduplicate(tables: Tables) -> Tables:
    """The corpus without the rows that a headline or a reprint repeats, so that copies of a story count once.

    All articles stay, and so do the indicators, which discount copies themselves.
    """
    unique = {
        name: getattr(tables, name)[~repeated_text(getattr(tables, name), tables.articles)]
        for name in ("sentences", "quotes", "topics")
    }
    of_a_quote = tables.stances["quote_id"].isin(unique["quotes"]["quote_id"])
    unique |= {
        "stances": tables.stances[of_a_quote],
        "events": tables.events[~repeated_events(tables.events, tables.articles)],
    }
    return replace(tables, **{name: table.reset_index(drop=True) for name, table in unique.items()})
