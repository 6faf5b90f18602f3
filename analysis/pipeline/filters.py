"""What a briefing is narrowed to: articles from a day on, one pair of countries, each thing told once."""

from dataclasses import dataclass, replace
from datetime import date

from pandas import DataFrame, Timestamp

from analysis.country_names import country_names, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.deduplication import repeated_events, repeated_text
from analysis.indicators.dyads import dyad_indicators
from analysis.pipeline.analyse import Tables

OF_AN_ARTICLE = ("sentences", "quotes", "stances", "topics")


@dataclass(frozen=True)
class Scope:
    """The narrowing of one briefing, in one spelling."""

    since: str = ""  # ISO 8601 day; "": all articles
    pair: str = ""  # "CHN-USA", in alphabetical order; "": all pairs

    @property
    def name(self) -> str:
        """What is put behind the date of a run, so that a narrow briefing follows the last one as narrow."""
        return "".join(
            part for part in (self.pair and f"-{self.pair}", self.since and f"-since-{self.since}")
        )

    @property
    def pairs(self) -> str:
        """ "all pairs of countries", or "only the pair China – United States"."""
        return f"only the pair {dyad_name(self.pair)}" if self.pair else "all pairs of countries"


def scope_of(since: str = "", pair: str = "") -> Scope:
    """A scope from what a person typed.

    Raises:
        ValueError: `since` is no day, or `pair` no two countries.
    """
    return Scope(checked_day(since), checked_pair(pair))


def checked_day(since: str) -> str:
    if not since:
        return ""
    try:
        return f"{date.fromisoformat(since):%Y-%m-%d}"
    except ValueError as error:
        raise ValueError(f"--since is {since!r}, expected a day such as 2024-04-01") from error


def checked_pair(pair: str) -> str:
    """The two codes in alphabetical order."""
    expected = "expected two codes of countries such as USA-CHN"
    if not pair:
        return ""
    sides = pair.strip().split("-")
    if len(sides) != 2 or sides[0].upper() == sides[1].upper() or not all(sides):
        raise ValueError(f"--pair is {pair!r}, {expected}")
    unknown = [side for side in sides if side.upper() not in country_names()]
    if unknown:
        meant = [f"{code} is {name}" for code, name in countries_like(unknown[0])]
        hint = f" ({'; '.join(meant)})" if meant else ""
        raise ValueError(f"--pair is {pair!r}: {unknown[0]} is the code of no country{hint}, {expected}")
    return "-".join(sorted(side.upper() for side in sides))


def countries_like(typed: str, *, most: int = 3) -> list[tuple[str, str]]:
    """Codes and names of the countries that somebody may have meant."""
    begins = typed.casefold()
    names = {code: name for code, name in country_names().items() if name.casefold().startswith(begins)}
    return list(names.items())[:most]


def articles_since(articles: DataFrame, since: str) -> DataFrame:
    """The articles of a day and later; those without a date are left out.

    Raises:
        ValueError: there is none.
    """
    if not since:
        return articles
    dates = articles["published_date"]
    chosen = articles[dates >= Timestamp(since)].reset_index(drop=True)
    if chosen.empty:
        newest = "none has a date" if dates.isna().all() else f"the newest is of {dates.max():%Y-%m-%d}"
        raise ValueError(f"no article is of {since} or later, {newest}: give an earlier --since")
    return chosen


def only_pair(tables: Tables, pair: str) -> Tables:
    """What the articles say of one pair of countries.

    Of the events only those between the two stay, and of sentences, quotes, stances and topics those of the
    articles that tell of such an event. All articles stay: values per story read count what was read.
    """
    if not pair:
        return tables
    events = tables.events[between_countries(tables.events)]
    events = events[dyads(events) == pair].reset_index(drop=True)
    told = set(events["article_id"])
    rest = {name: only_articles(getattr(tables, name), told) for name in OF_AN_ARTICLE}
    return replace(tables, events=events, indicators=dyad_indicators(tables.articles, events), **rest)


def only_articles(table: DataFrame, article_ids: set[str]) -> DataFrame:
    return table[table["article_id"].isin(article_ids)].reset_index(drop=True)


def deduplicate(tables: Tables) -> Tables:
    """The corpus without what a headline or a reprint tells again, so that copies of a story count once.

    All articles stay, and so do the indicators, which know copies themselves.
    """
    is_first = {
        name: ~repeated_text(getattr(tables, name), tables.articles)
        for name in ("sentences", "quotes", "topics")
    }
    kept = {name: getattr(tables, name)[rows].reset_index(drop=True) for name, rows in is_first.items()}
    is_copy = repeated_events(tables.events, tables.articles)
    return replace(
        tables,
        **kept,
        stances=tables.stances[tables.stances["quote_id"].isin(kept["quotes"]["quote_id"])].reset_index(
            drop=True
        ),
        events=tables.events[~is_copy].reset_index(drop=True),
    )
