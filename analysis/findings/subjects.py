"""What an analyst asks for by name: one country, one speaker or one theme.

Whom or what a name means, what is known about them, and whether a speaker's stances changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final, NamedTuple

from pandas import DataFrame, Series, isna

from analysis.country_names import country_in_sentence, country_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import ShownQuote, described, shown_quotes
from analysis.findings.wording import words
from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.incident_timeline import incident_timeline, partners
from analysis.indicators.periods import readable_period
from analysis.indicators.ranking import ranked_incidents
from analysis.indicators.speaker_stances import dated_stances
from analysis.indicators.theme_shares import themes_by_articles
from analysis.lexicons import load_lexicon
from analysis.phrasing import counted, either
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import are_by, only_articles
from analysis.pipeline.reporting_period import ALL, reporting_period
from analysis.pipeline.typed_names import MAX_SUGGESTED, plain
from analysis.tables.rows import rows_of

HEARD: Final = 3  # leading pairs of a country whose sides are heard
MIN_SPEAKER_LIKENESS: Final = 0.75  # between a misspelt name and the one suggested
MIN_THEME_LIKENESS: Final = 0.6
CLEARLY_MORE: Final = 5  # times as many statements as all others with the name have together
LOCAL: Final = "/"  # in the id of a speaker whom only one article knows by that name


@dataclass(frozen=True)
class OneCountry:
    """What the articles say of one country, or of a bloc that acts like one."""

    code: str  # "RUS"; of a bloc "EUU"
    tables: Tables  # narrowed to it, without repeated rows

    @property
    def name(self) -> str:
        return country_name(self.code)

    @cached_property
    def inputs(self) -> PeriodInputs:
        """The incidents of all days."""
        return PeriodInputs(self.tables, reporting_period(ALL, self.tables.articles["published_date"]))

    @cached_property
    def timeline(self) -> DataFrame:
        """Its incidents: table of `incident_timeline`."""
        found = incident_timeline(self.inputs.incidents)
        return found[found[["source_code", "target_code"]].eq(self.code).any(axis="columns")]

    @cached_property
    def partners(self) -> DataFrame:
        """`Partners` table."""
        return partners(self.timeline, self.code)

    @cached_property
    def own_quotes(self) -> DataFrame:
        """What its speakers say: `Quotes` rows."""
        return self.tables.quotes[are_by(self.tables.quotes, self.code)]

    @cached_property
    def by_own(self) -> DataFrame:
        """What its speakers hold of others: table of `dated_stances`."""
        dated = dated_stances(self.own_quotes, self.tables.stances, self.tables.articles)
        return dated[dated["target"] != self.code]

    @cached_property
    def on_it(self) -> DataFrame:
        """What speakers of other countries, or of none, hold of it, with `country_code` of the speaker."""
        quotes = self.tables.quotes
        others = quotes[~are_by(quotes, self.code)]
        dated = dated_stances(others, self.tables.stances, self.tables.articles)
        return dated[dated["target"] == self.code]

    @cached_property
    def quotes_on_it(self) -> DataFrame:
        """What others say of it: `Quotes` rows."""
        return self.tables.quotes[self.tables.quotes["quote_id"].isin(self.on_it["quote_id"])]

    @cached_property
    def days(self) -> Series:
        """The day of each article with an event or a statement of it; missing where it is undated."""
        ids = {*self.tables.events["article_id"], *self.tables.quotes["article_id"]}
        return only_articles(self.tables.articles, ids)["published_date"]

    @property
    def span(self) -> tuple[date | None, date | None]:
        """Its first and last day; None where none is known."""
        days = self.days.dropna()
        return (days.min().date(), days.max().date()) if len(days) else (None, None)

    @cached_property
    def period(self) -> str:
        """The unit of time for its table and its picture; "all" where all is of one day."""
        return readable_period(self.days.dropna())

    @cached_property
    def leading(self) -> DataFrame:
        """Its incidents, the one to report first on top."""
        return ranked_incidents(self.timeline.reset_index(drop=True))

    @property
    def is_empty(self) -> bool:
        return self.timeline.empty and self.own_quotes.empty and self.on_it.empty

    @property
    def telling_words(self) -> list[ShownQuote]:
        """Direct quotes on the pairs with the most incidents."""
        pairs = ["-".join(sorted((self.code, one))) for one in self.partners["partner_code"].head(HEARD)]
        return shown_quotes(self.tables, pairs, set(self.tables.articles["article_id"]))


def nothing_about(one: OneCountry) -> str:
    """That nothing is reported of a country, in a sentence."""
    return f"Nothing about {country_in_sentence(one.code)} was found in the articles read."


class Known(NamedTuple):
    """A speaker who may be meant."""

    speaker_id: str
    name: str
    count: int  # of statements

    @property
    def shown(self) -> str:
        return f"{self.name} ({counted(self.count, 'statement')})"


def find_speaker(typed: str, quotes: DataFrame) -> str:
    """The id of the speaker whom a person means: an id, a name, or words of one, such as "Lavrov".

    Args:
        typed: what the person typed.
        quotes: `Quotes` table.

    Raises:
        ValueError: nobody has that name, or several do; the message suggests names.
    """
    named = quotes.dropna(subset=["speaker_id", "speaker_name"])
    groups = named[~named["is_anonymous"]].groupby("speaker_id", sort=False)["speaker_name"]
    known = [Known(one, max(names, key=len), len(names)) for one, names in groups]
    known.sort(key=lambda one: (-one.count, one.name))  # the most quoted first
    if typed in {one.speaker_id for one in known}:
        return typed
    found = called(typed, [one for one in known if LOCAL not in one.speaker_id]) or called(typed, known)
    if len(found) == 1:
        return found[0].speaker_id
    if found:
        is_same = len({one.name for one in found}) == 1
        shown = [f"{one.speaker_id!r} ({one.count})" if is_same else one.shown for one in found]
        raise ValueError(f"speaker is {typed!r}, which may mean {either(shown[:MAX_SUGGESTED])}: choose one")
    if not known:
        raise ValueError(f"speaker is {typed!r}, but nobody is quoted by name in these articles")
    by_word = {plain(one.name): one.shown for one in reversed(known)}
    by_word |= {plain(one.name).split()[-1]: one.shown for one in reversed(known) if plain(one.name)}
    near = nearest(plain(typed), by_word, MIN_SPEAKER_LIKENESS)
    if near:
        raise ValueError(f"speaker is {typed!r}, who is not quoted: did you mean {either(near)}?")
    most = either([one.shown for one in known[:MAX_SUGGESTED]])
    raise ValueError(f"speaker is {typed!r}, no word of a quoted speaker's name, expected one such as {most}")


def called(typed: str, known: Sequence[Known]) -> list[Known]:
    """Speakers with exactly this name, else with it as their last word, else with all its words.

    Only the first if the others are hardly quoted: a "BLINKEN" beside an "Antony Blinken".
    """
    parts = plain(typed).split()
    names = {one: plain(one.name).split() for one in known} if parts else {}
    found = (
        [one for one, name in names.items() if name == parts and len(parts) > 1]
        or [one for one, name in names.items() if name[-1:] == parts]
        or [one for one, name in names.items() if set(parts) <= set(name)]
    )
    others = sum(one.count for one in found[1:])
    return found[:1] if found and found[0].count >= CLEARLY_MORE * others else found


def nearest(typed: str, shown: dict[str, str], likeness: float) -> list[str]:
    """What is shown of the known names that are most like a misspelt one, each once."""
    close = get_close_matches(typed, shown, n=MAX_SUGGESTED, cutoff=likeness)
    return list(dict.fromkeys(shown[name] for name in close))


def find_theme(typed: str, topics: DataFrame) -> str:
    """The theme that a person means: its name, or words that only one theme contains, such as "trade".

    Args:
        typed: what the person typed.
        topics: `Topics` table; an analyst's correction may have added a theme that the lists lack.

    Raises:
        ValueError: there is no such theme, or there are several; the message suggests some.
    """
    listed = load_lexicon("topics/taxonomy").query("dimension == 'theme'")["topic"]
    known = {one.casefold(): one for one in (*listed, *themes_by_articles(topics).index)}
    wanted = typed.strip().casefold()
    if wanted in known:
        return known[wanted]
    found = [one for name, one in known.items() if set(wanted.split()) <= set(name.split())]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"theme is {typed!r}, which may mean {either(found[:MAX_SUGGESTED])}: choose one")
    near = nearest(wanted, known, MIN_THEME_LIKENESS)
    hint = f"did you mean {either(near)}?" if near else f"expected one of {', '.join(known.values())}"
    raise ValueError(f"theme is {typed!r}, which is not a theme: {hint}")


def speaker_facts(tables: Tables, quotes: DataFrame) -> dict[str, Any]:
    """Who somebody is, and how much they said.

    Args:
        tables: a corpus.
        quotes: all rows of `Quotes` of one speaker, at least one.

    Returns:
        `name`, `described` ("US secretary of state"; "" if nothing is known), `statement_count`,
        `article_count`, `outlet_count`, and `first` and `last`, the days of the first and last dated article
        or None.
    """
    rows: list[Any] = list(rows_of(quotes))
    articles = only_articles(tables.articles, set(quotes["article_id"]))
    days = articles["published_date"].dropna()
    return {
        "name": max(quotes["speaker_name"].dropna(), key=len, default=rows[0].speaker_id),
        "described": described(max(rows, key=lambda row: isinstance(row.role, str))),
        "statement_count": len(quotes),
        "article_count": len(articles),
        "outlet_count": articles["outlet"].nunique(),
        "first": days.min().date() if len(days) else None,
        "last": days.max().date() if len(days) else None,
    }


def target_names(dated: DataFrame) -> dict[str, str]:
    """Name of each target: the country or bloc's own name, or a group's longest name in the texts."""
    longest = dated.iloc[dated["target_name"].str.len().argsort(kind="stable")]
    named = dict(zip(longest["target"], longest["target_name"], strict=True))
    return {
        target: name if country_name(target) == target and ":" in target else country_name(target)
        for target, name in named.items()
    }


def change_sentences(changes: DataFrame, names: dict[str, str]) -> list[str]:
    """How the stances changed, one sentence for each target that can be compared, or else why none can.

    Args:
        changes: `StanceChanges` table of one speaker.
        names: of the targets.
    """
    rows = list(rows_of(changes.assign(name=[in_sentence(one, names) for one in changes["target"]])))
    moved = [words("findings/one_speaker", "moved", one) for one in rows if one.direction in ("up", "down")]
    others = words("findings/one_speaker", "others", rows, MIN_STORIES)
    return [*moved, others] if others else moved


def in_sentence(target: str, names: dict[str, str]) -> str:
    """The name of a target inside a sentence: "the United States"."""
    return names[target] if ":" in target else country_in_sentence(target)


def statement_targets(dated: DataFrame, names: dict[str, str]) -> dict[str, list[str]]:
    """Whom each statement is for or against, by its `quote_id`: ["Russia (against)", "Ukraine (for)"]."""
    sides = {1: "for", -1: "against", 0: "neither"}
    found: dict[str, dict[str, str]] = {}
    for row in rows_of(dated):
        how = "undecided" if isna(row.label) else sides[int(row.label)]
        found.setdefault(row.quote_id, {}).setdefault(names[row.target], how)
    return {quote: [f"{name} ({how})" for name, how in of.items()] for quote, of in found.items()}
