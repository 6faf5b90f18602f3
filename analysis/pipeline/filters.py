"""What a reader asks for: articles of some days, some pairs or countries, repeated rows counted once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path

from pandas import DataFrame, Series

from analysis.country_names import AFFILIATIONS, bloc_codes, dyad_in_sentence, dyad_name
from analysis.indicators.country_events import proxy_acts
from analysis.indicators.deduplication import repeated_events, repeated_text
from analysis.ingest.corpus import load_corpus
from analysis.ingest.dates import EXPECTED as DAY_EXPECTED, unambiguous_date
from analysis.ingest.file_formats import ACCEPTED
from analysis.outlets import warn_of_unknown
from analysis.phrasing import WrongArgument, counted
from analysis.pipeline.analyse import Tables, name_countries_of
from analysis.pipeline.typed_names import (
    COUNTRY_EXPECTED,
    PAIR_EXPECTED,
    checked_country,
    checked_pair,
    code_of,
    plain,
)

SIDE_CODES = [f"{side}_{owner}_code" for side in ("source", "target") for owner in ("country", "sponsor")]
Day = str | date | None
ALL_PAIRS = "all pairs of countries"
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


EVERYTHING = Scope()


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
    given = {"since": first, "until": last, "pair": pair, "country": country, "leave_out": leave_out}
    for name, value in given.items():
        if not isinstance(value, str | None):
            raise WrongArgument(name, f" is {value!r}, {EXPECTED.get(name, DAY_EXPECTED)}")
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


def checked_day(name: str, typed: str) -> str:
    """An ISO 8601 day, however a full date was written, "10.12.2025"; "" stays "".

    Raises:
        ValueError: it is not one day; the message calls it by `name`.
    """
    if not typed.strip():
        return ""
    try:
        return unambiguous_date(typed, "").isoformat()
    except ValueError as error:
        raise WrongArgument(name, str(error)) from error


def load_articles(seeds: Path | str, scope: Scope | None = None) -> tuple[DataFrame, DataFrame]:
    """The articles of a folder that are wanted, and what was rejected in all of it.

    From then on countries have the names that they had on the day of the newest of these articles.

    Args:
        seeds: the folder.
        scope: of which days and outlets; None: of all.

    Returns:
        `Articles` and `Rejected` tables.

    Raises:
        ValueError: there is no article, in the folder or of the scope; or as `load_corpus`.
    """
    articles, rejected = load_corpus(seeds)
    if articles.empty:
        reasons = [f"{path} {reason}" for path, reason in rejected.to_numpy()] or [
            f"expected files ending in {ACCEPTED}"
        ]
        more = f"; {counted(len(reasons) - 1, 'more file')} rejected" if reasons[1:] else ""
        raise ValueError(f"{seeds} has no article: {reasons[0]}{more}")
    articles = articles_in_scope(articles, scope) if scope else articles
    name_countries_of(articles)
    return articles, rejected


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
    is_wanted = dates.between(scope.since or dates.min(), scope.until or dates.max())
    if not is_wanted.any():
        raise ValueError(nothing_in_scope(dates, scope))
    return articles[is_wanted].reset_index(drop=True)


def nothing_in_scope(dates: Series, scope: Scope) -> str:
    """That no article is of the days of a scope, and of which days there are articles."""
    asked = " and ".join(f"{name} {day}" for name in ("since", "until") if (day := getattr(scope, name)))
    if dates.isna().all():
        return f"no article is left ({asked}): none has a date, so leave out the days"
    there = f"they are from {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
    return f"no article is left ({asked}): {there}, so choose other days"


def narrowed(tables: Tables, scope: Scope) -> Tables:
    """What the articles say about any of the countries, blocs and pairs of a scope, as of `rows_about`.

    All articles stay, because values per story count everything that was read.
    """
    if not scope.subject:
        return tables
    subjects, kept = scope.subject.split(","), {}
    for rows in (rows_about(tables, subject) for subject in subjects):
        kept = {name: kept.get(name, False) | is_about for name, is_about in rows.items()}
    found = {name: getattr(tables, name)[is_about] for name, is_about in kept.items()}
    if (copies := tables.events_with_copies) is not None:
        acts = (are_acts_of(tables.articles, copies, subject) for subject in subjects)
        found["events_with_copies"] = copies[reduce(or_, acts)]
    return replace(tables, **{name: table.reset_index(drop=True) for name, table in found.items()})


def rows_about(tables: Tables, subject: str) -> dict[str, Series]:
    """Whether each row of each table is about a country, a bloc or a pair of countries.

    Of a pair, the events between the two, and everything in the articles that report one. Of a country or
    bloc, the events in which it is a side; statements by its speakers and those about it, but not what others
    say about third countries in the same breath; and the sentences and topics of the articles with such an
    event or statement.
    """
    events, quotes, stances = tables.events, tables.quotes, tables.stances
    is_act = are_acts_of(tables.articles, events, subject)
    articles = set(events.loc[is_act, "article_id"])
    if "-" in subject:
        rows = {name: getattr(tables, name)["article_id"].isin(articles) for name in ("quotes", "stances")}
    else:
        is_by_speaker, is_about = are_by(quotes, subject), are_on(stances, subject)
        rows = {
            "quotes": is_by_speaker | quotes["quote_id"].isin(stances.loc[is_about, "quote_id"]),
            "stances": is_about | stances["quote_id"].isin(quotes.loc[is_by_speaker, "quote_id"]),
        }
        articles |= set(quotes.loc[rows["quotes"], "article_id"])
    of_articles = {
        name: getattr(tables, name)["article_id"].isin(articles) for name in ("sentences", "topics")
    }
    return {"events": is_act, **rows, **of_articles}


def are_acts_of(articles: DataFrame, events: DataFrame, subject: str) -> Series:
    """Yes for each event between a pair, or in which a country, a bloc or a group that it sponsors is a side.

    Where only other articles name the sponsor, `proxy_acts` says whether that is enough.
    """
    if "-" in subject:
        return events["dyad"].eq(subject).fillna(False).astype(bool)
    if bloc := bloc_of(subject):
        return events[["source_id", "target_id"]].eq(bloc).any(axis="columns")
    by_proxy = proxy_acts(articles, events)
    by_own_proxy = by_proxy.loc[by_proxy["source_country_code"] == subject, "event_id"]
    return events[SIDE_CODES].eq(subject).any(axis="columns") | events["event_id"].isin(by_own_proxy)


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
    column, own = ("target_id", bloc) if (bloc := bloc_of(code)) else ("target_country_code", code)
    return stances[column].eq(own).fillna(False).astype(bool)


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
