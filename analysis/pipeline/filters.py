"""What a reader asks for: articles of some days, some pairs or countries, repeated rows counted once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.country_names import AFFILIATIONS, bloc_codes, dyad_in_sentence, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.deduplication import repeated_events, repeated_text
from analysis.indicators.proxy_acts import proxy_acts
from analysis.ingest.dates import missing_day, possible_days
from analysis.outlets import warn_of_unknown
from analysis.phrasing import WrongArgument, day_in_words, either
from analysis.pipeline.analyse import Tables
from analysis.pipeline.typed_countries import (
    COUNTRY_EXPECTED,
    PAIR_EXPECTED,
    checked_country,
    checked_pair,
    code_of,
    plain,
)

OF_AN_ARTICLE = ("sentences", "quotes", "stances", "topics")
NARROWED_BY = {
    "events": "event_id",
    "quotes": "quote_id",
    "stances": "stance_id",
    "sentences": "article_id",
    "topics": "article_id",
}
"""Each table that a scope narrows, with the column that says which of its rows stay."""
SIDE_CODES = [f"{side}_{owner}_code" for side in ("source", "target") for owner in ("country", "sponsor")]
Day = str | date | None
ALL_PAIRS = "all pairs of countries"
DAY_EXPECTED = "expected a day such as 2024-04-01"
EXPECTED = {
    "pair": PAIR_EXPECTED,
    "country": COUNTRY_EXPECTED,
    "leave_out": 'expected outlets such as "Tass; Press TV"',
}
MAX_NAME_CHARS = 60  # of the countries and pairs in the name of a folder


@dataclass(frozen=True)
class Scope:
    """Which articles are wanted, and what of them: all, or what involves some countries or pairs."""

    since: str = ""  # ISO 8601 day; "": from the first article on
    pair: str = ""  # "CHN-USA", in alphabetical order, or several: "CHN-USA,IRN-ISR"
    until: str = ""  # ISO 8601 day, included; "": to the last article
    country: str = ""  # "CHN", or several: "CHN,IRN"
    leave_out: str = ""  # outlets whose articles do not count: "Tass; Press TV"

    @property
    def subject(self) -> str:
        """The countries and the pairs, "CHN,IRN-ISR"; "" where all are wanted."""
        return ",".join(filter(None, (self.country, self.pair)))

    @property
    def name(self) -> str:
        """The end of the name of a briefing's folder, so that a narrow briefing follows one as narrow."""
        subject = "-".join(re.findall(r"\w+", plain(dyad_name(self.subject))))[:MAX_NAME_CHARS].rstrip("-")
        parts = {"": subject, "since-": self.since, "until-": self.until}
        return "".join(f"-{word}{value}" for word, value in parts.items() if value)

    @property
    def pairs(self) -> str:
        """ "all pairs of countries", "only the pair China – United States", or "only pairs with China"."""
        pair = f"only the pair {dyad_name(self.pair)}" if self.pair else ""
        country = f"only pairs with {dyad_in_sentence(self.country)}" if self.country else ""
        return " and ".join(filter(None, (pair, country))) or ALL_PAIRS


def scope_of(
    since: Day = "",
    pair: str | None = "",
    until: Day = "",
    country: str | None = "",
    leave_out: str | None = "",
) -> Scope:
    """A scope from what a person typed, on the command line or in a notebook; None is as good as "".

    Several pairs, countries or outlets are separated by semicolons, pairs and countries also by commas. What
    involves any of the countries or pairs is wanted.

    Raises:
        ValueError: `since` or `until` is not a day, `since` is after `until`, `pair` is not two countries or
            `country` not a country.
    """
    first, last = (day.isoformat()[:10] if isinstance(day, date) else day for day in (since, until))
    check_texts(since=first, until=last, pair=pair, country=country, leave_out=leave_out)
    days = checked_day("since", first or ""), checked_day("until", last or "")
    pairs, countries = several(pair or "", checked_pair), several(country or "", checked_country)
    outlets = "; ".join(sorted(filter(None, map(str.strip, (leave_out or "").split(";")))))
    if days[0] and days[1] and days[0] > days[1]:
        raise WrongArgument(
            "since", f" is {days[0]}, which is after ", "until", f", {days[1]}: swap the two days"
        )
    return Scope(since=days[0], pair=pairs, until=days[1], country=countries, leave_out=outlets)


def several(typed: str, checked: Callable[[str], str]) -> str:
    """The codes of some countries or pairs that were typed with commas or semicolons, sorted, with commas."""
    parts = [typed] if code_of(typed) else typed.split(";" if ";" in typed else ",")  # "Washington, D.C."
    return ",".join(sorted(filter(None, set(map(checked, parts)))))


def check_texts(**given: object) -> None:
    """Raise ValueError, naming the argument, where one is neither a text nor left out."""
    for name, value in given.items():
        if not isinstance(value, str | None):
            expected = EXPECTED.get(name, DAY_EXPECTED)
            raise WrongArgument(name, f" is {value!r}, {expected}")


def checked_day(name: str, typed: str) -> str:
    """An ISO 8601 day, however a full date was written, "10.12.2025"; "" stays "".

    Raises:
        ValueError: it is not one day; the message calls it by `name`.
    """
    if not typed.strip():
        return ""
    days = possible_days(typed)
    if len(days) == 1:
        return days[0].isoformat()
    why = ", which does not exist" if missing_day(typed) else ""
    if days:
        why = f", which may be {either([day_in_words(day) for day in days])}"
    raise WrongArgument(name, f" is {typed!r}{why}, {DAY_EXPECTED}")


def articles_in_scope(articles: DataFrame, scope: Scope) -> DataFrame:
    """The articles of the days and outlets of a scope; undated ones are left out if it names a day.

    Warns of an outlet to leave out from which there is no article.

    Raises:
        ValueError: there is none.
    """
    if scope.leave_out:
        names = scope.leave_out.split("; ")
        warn_of_unknown(names, set(articles["outlet"].dropna()))
        is_left_out = articles["outlet"].str.casefold().isin([name.casefold() for name in names])
        articles = articles[~is_left_out].reset_index(drop=True)
        if articles.empty:
            raise ValueError(f"no article is left without those from {scope.leave_out}")
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
    return replace(tables, events=events, events_with_copies=None, **rest)


def only_country(tables: Tables, code: str) -> Tables:
    """What the articles say about one country, or about a bloc that acts like one.

    Keeps the events in which it is a side, itself or through a group that it is said to sponsor; statements
    by its speakers and those about it; and the sentences and topics of the articles with such an event or
    statement. All articles stay, as for a pair.
    """
    if not code:
        return tables
    events, copies = events_with(tables, code), tables.events_with_copies
    with_copies = None if copies is None else events_with(replace(tables, events=copies), code)
    quotes, stances = statements_on(tables, code)
    mentioning = {*events["article_id"], *quotes["article_id"]}
    rest = {name: only_articles(getattr(tables, name), mentioning) for name in ("sentences", "topics")}
    rest |= {"events": events, "events_with_copies": with_copies, "quotes": quotes, "stances": stances}
    return replace(tables, **rest)


def events_with(tables: Tables, code: str) -> DataFrame:
    """Rows of `Events` in which a country or bloc, or a group that it is said to sponsor, is a side.

    Where only other articles name the sponsor, `proxy_acts` says whether that is enough.
    """
    if bloc := bloc_of(code):
        is_side = tables.events[["source_id", "target_id"]].eq(bloc).any(axis="columns")
        return tables.events[is_side].reset_index(drop=True)
    is_side = tables.events[SIDE_CODES].eq(code).any(axis="columns")
    by_proxy = proxy_acts(tables.articles, tables.events)
    by_own_proxy = by_proxy.loc[by_proxy["source_country_code"] == code, "event_id"]
    return tables.events[is_side | tables.events["event_id"].isin(by_own_proxy)].reset_index(drop=True)


def statements_on(tables: Tables, code: str) -> tuple[DataFrame, DataFrame]:
    """Statements by speakers of a country or bloc or about it, and their stances: `Quotes`, `Stances` rows.

    What others say about third countries in the same breath is left out.
    """
    is_by_speaker, is_about = are_by(tables.quotes, code), are_on(tables.stances, code)
    of_speaker = tables.stances["quote_id"].isin(tables.quotes.loc[is_by_speaker, "quote_id"])
    is_mentioning = tables.quotes["quote_id"].isin(tables.stances.loc[is_about, "quote_id"])
    quotes = tables.quotes[is_by_speaker | is_mentioning].reset_index(drop=True)
    return quotes, tables.stances[is_about | of_speaker].reset_index(drop=True)


def bloc_of(code: str) -> str:
    """The actor id of a bloc, "bloc:nato" for "NATO"; "" for the code of a country."""
    return next((actor_id for actor_id, bloc in bloc_codes().items() if bloc == code), "")


def are_by(quotes: DataFrame, code: str) -> Series:
    """Yes for each statement by a speaker of a country or bloc; one of a bloc may have a post in it."""
    if bloc := bloc_of(code):
        is_by = quotes["speaker_id"].str.split("/").str[0] == bloc
        is_by |= quotes["affiliation"].map(AFFILIATIONS) == bloc
    else:
        is_by = quotes["country_code"] == code
    return is_by.fillna(False).astype(bool)


def are_on(stances: DataFrame, code: str) -> Series:
    """Yes for each stance on a country or bloc: rows of `Stances`."""
    bloc = bloc_of(code)
    is_on = stances["target_id"] == bloc if bloc else stances["target_country_code"] == code
    return is_on.fillna(False).astype(bool)


def narrowed(tables: Tables, scope: Scope) -> Tables:
    """What the articles say about any of the countries and pairs of a scope."""
    parts = [only_country(tables, code) for code in scope.country.split(",") if code]
    parts += [only_pair(tables, pair) for pair in scope.pair.split(",") if pair]
    if len(parts) < 2:
        return parts[0] if parts else tables
    found = {}
    for name, key in NARROWED_BY.items():
        ids = {one for part in parts for one in getattr(part, name)[key]}
        table = getattr(tables, name)
        found[name] = table[table[key].isin(ids)].reset_index(drop=True)
    return replace(tables, events_with_copies=None, **found)


def only_articles(table: DataFrame, article_ids: set[str]) -> DataFrame:
    return table[table["article_id"].isin(article_ids)].reset_index(drop=True)


def deduplicate(tables: Tables) -> Tables:
    """The corpus without the rows that a headline or a reprint repeats, so that copies of a story count once.

    All articles stay, and so do the indicators, which discount copies themselves. What has been through this
    stays as it is.
    """
    if tables.events_with_copies is not None:
        return tables
    unique = {
        name: getattr(tables, name)[~repeated_text(getattr(tables, name), tables.articles)]
        for name in ("sentences", "quotes", "topics")
    }
    of_a_quote = tables.stances["quote_id"].isin(unique["quotes"]["quote_id"])
    unique |= {
        "stances": tables.stances[of_a_quote],
        "events": tables.events[~repeated_events(tables.events, tables.articles)],
    }
    found = {name: table.reset_index(drop=True) for name, table in unique.items()}
    return replace(tables, events_with_copies=tables.events, **found)
