"""One country: with whom it deals, what happened, what its speakers say, and what others say of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_in_sentence, country_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import ShownQuote, shown_quotes
from analysis.indicators.incident_timeline import incident_timeline, partners
from analysis.indicators.periods import readable_period
from analysis.indicators.speaker_stances import dated_stances
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import are_by
from analysis.pipeline.reporting_period import ALL, reporting_period

HEARD: Final = 3  # leading pairs whose sides are heard
MOST_SUGGESTED: Final = 3


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
    def days(self) -> pd.Series:
        """The days of the articles with an event or a statement of it."""
        ids = {*self.tables.events["article_id"], *self.tables.quotes["article_id"]}
        articles = self.tables.articles
        return articles.loc[articles["article_id"].isin(ids), "published_date"].dropna()

    @property
    def article_count(self) -> int:
        return len({*self.tables.events["article_id"], *self.tables.quotes["article_id"]})

    @property
    def first(self) -> date | None:
        return self.days.min().date() if len(self.days) else None

    @property
    def last(self) -> date | None:
        return self.days.max().date() if len(self.days) else None

    @cached_property
    def period(self) -> str:
        """The unit of time for its table and its picture; "all" where all is of one day."""
        return readable_period(self.days)

    @cached_property
    def leading(self) -> DataFrame:
        """Its incidents, the one to report first on top."""
        return self.inputs.ranked(self.timeline)

    @property
    def is_empty(self) -> bool:
        return self.timeline.empty and self.own_quotes.empty and self.on_it.empty


def leading_pairs(one: OneCountry) -> list[str]:
    """The pairs of the country with the most incidents, as "CHN-USA"."""
    return ["-".join(sorted((one.code, partner))) for partner in one.partners["partner_code"].head(HEARD)]


def telling_words(one: OneCountry) -> list[ShownQuote]:
    """Direct quotes on its leading pairs."""
    return shown_quotes(one.tables, leading_pairs(one), set(one.tables.articles["article_id"]))


def nothing_about(one: OneCountry) -> str:
    """That nothing is reported of a country, in a sentence."""
    return f"Nothing about {country_in_sentence(one.code)} was found in the articles read."
