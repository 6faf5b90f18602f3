"""One speaker, country, theme or kind of incident over time, as a notebook asks for it."""

from typing import NamedTuple

from pandas import DataFrame

from analysis.country_names import country_in_sentence
from analysis.findings.incident_lines import incident_lines
from analysis.findings.one_country import OneCountry, telling_words
from analysis.findings.one_speaker import (
    SpeakerFacts,
    find_speaker,
    of_speaker,
    speaker_facts,
    statement_targets,
    target_names,
)
from analysis.findings.one_theme import find_theme
from analysis.findings.page import MOST_LISTED
from analysis.indicators.incident_timeline import (
    TimelineChoice,
    checked_kind,
    checked_least,
    chosen_incidents,
    incident_timeline,
    sides_over_time,
)
from analysis.indicators.periods import ALL, readable_period
from analysis.indicators.speaker_stances import dated_stances, stance_periods
from analysis.indicators.theme_shares import theme_shares
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import plain_errors
from analysis.pipeline.filters import deduplicate, narrowed, only_country
from analysis.pipeline.typed_countries import checked_side, checked_sides
from analysis.views.one_country import one_country_view, partner_rows, statement_rows, telling_rows
from analysis.views.render import View


class OneTheme(NamedTuple):
    """How much is written on one theme, by outlet."""

    theme: str
    period: str  # "day", "week", "month", or "all"
    by_period: DataFrame  # `ThemeShares`
    by_outlet: DataFrame  # the same over all articles


def asked_theme(corpus: CorpusTables, typed: str) -> OneTheme:
    """How much is written on one theme; a reprint counts for the outlet that printed it.

    Args:
        corpus: an open corpus.
        typed: a theme, or words that only one theme contains.

    Raises:
        CorpusError: there is no such theme, or there are several; the message suggests some.
    """
    read = narrowed(corpus.as_read, corpus.scope)
    with plain_errors():
        theme = find_theme(typed, read.topics)
    period = readable_period(read.articles["published_date"])
    shares = [
        theme_shares(read.articles, read.topics, theme, period=one) for one in dict.fromkeys((period, ALL))
    ]
    return OneTheme(theme, period, shares[0], shares[-1])


class OneSpeaker(NamedTuple):
    """What is known about one speaker."""

    quotes: DataFrame  # their rows of `Quotes`
    facts: SpeakerFacts
    dated: DataFrame  # table of `dated_stances`
    names: dict[str, str]  # of the targets
    period: str  # "day", "week", "month", or "all"
    periods: DataFrame  # `StancePeriods`


def asked_speaker(corpus: CorpusTables, typed: str) -> OneSpeaker:
    """Everything that one speaker said.

    Args:
        corpus: an open corpus.
        typed: a name, part of one, or a speaker's id.

    Raises:
        CorpusError: nobody has that name, or several do; the message suggests names.
    """
    tables = corpus.tables
    with plain_errors():
        quotes = of_speaker(tables, find_speaker(typed, tables.quotes))
    dated = dated_stances(quotes, tables.stances, tables.articles)
    days = tables.articles.loc[tables.articles["article_id"].isin(quotes["article_id"]), "published_date"]
    period = readable_period(days)
    return OneSpeaker(
        quotes,
        speaker_facts(tables, quotes),
        dated,
        target_names(dated),
        period,
        stance_periods(dated, period),
    )


def asked_country(corpus: CorpusTables, typed: str) -> OneCountry:
    """What the articles say about one country or bloc, within what the corpus was narrowed to.

    Args:
        corpus: an open corpus.
        typed: a name or code of a country, or of a bloc such as the EU or NATO.

    Raises:
        CorpusError: it is neither; the message suggests some.
    """
    with plain_errors():
        code = checked_side(typed)
    return OneCountry(code, deduplicate(only_country(narrowed(corpus.as_read, corpus.scope), code)))


def country_counts(one: OneCountry) -> DataFrame:
    """Its incidents and stances by period: table of `sides_over_time`, empty if everything is on one day."""
    if one.period == ALL:
        return sides_over_time(one.timeline.iloc[:0], one.by_own.iloc[:0], one.on_it.iloc[:0], "day")
    return sides_over_time(one.timeline, one.by_own, one.on_it, one.period)


def country_view(one: OneCountry) -> View:
    """Partners, periods, incidents and statements of one country."""
    on = statement_targets(one.by_own, target_names(one.by_own))
    on |= statement_targets(one.on_it, target_names(one.on_it))
    facts = {
        "name": one.name,
        "named": country_in_sentence(one.code),
        "incident_count": len(one.timeline),
        "article_count": one.article_count,
        "first": one.first,
        "last": one.last,
        "partners": partner_rows(one.partners, one.by_own, one.on_it),
        "partner_count": len(one.partners),
    }
    told = {
        "quotes": telling_rows(telling_words(one), one.tables),
        "own": statement_rows(one.own_quotes, one.tables, on),
        "own_count": len(one.own_quotes),
        "other": statement_rows(one.quotes_on_it, one.tables, on),
        "other_count": len(one.quotes_on_it),
    }
    leading = list(incident_lines(one.leading.head(MOST_LISTED), one.inputs))
    return one_country_view(facts, country_counts(one), leading, told)


def asked_incidents(
    corpus: CorpusTables, *, kind: str, country: str, pair: str, least_stories: int
) -> DataFrame:
    """The incidents of the reporting period that are asked for, the newest first: see `incident_timeline`.

    Args:
        corpus: an open corpus.
        kind: as in `TimelineChoice`.
        country: a country or bloc, by name or code.
        pair: two of them.
        least_stories: how many stories must report each incident.

    Raises:
        CorpusError: one of them is not what it should be; the message says what is expected.
    """
    with plain_errors():
        choice = TimelineChoice(
            country=checked_side(country),
            pair=checked_sides(pair),
            kind=checked_kind(kind),
            least_stories=checked_least(least_stories),
        )
    return chosen_incidents(incident_timeline(corpus.period_inputs.current), choice)
