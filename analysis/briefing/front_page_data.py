"""All that the front page is made of: the tables of a period, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.charts.base import sentence_start
from analysis.findings.page import Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.wording import words
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope, deduplicate, only_articles
from analysis.pipeline.reporting_period import ReportingPeriod


@dataclass(frozen=True)
class FrontPageData:
    """All that the front page is made of."""

    tables: Tables
    rejected: DataFrame
    scope: Scope
    notes: Markup  # the analyst's, cleaned
    links: Sequence[tuple[str, str]]  # file name and title of each further page
    made_on: date  # the day of the run
    period: ReportingPeriod
    whole: "FrontPageData | None" = None  # the briefing to which the page of a country belongs

    @cached_property
    def deduplicated(self) -> Tables:
        """What is counted and cited: the corpus without what reprints repeat."""
        return deduplicate(self.tables)

    @cached_property
    def inputs(self) -> PeriodInputs:
        """The incidents of the period and those before it."""
        whole = self.whole.inputs if self.whole else None
        return PeriodInputs(self.deduplicated, self.period, self.scope.pair, whole)

    @cached_property
    def page(self) -> Page:
        """What the front page tells."""
        return front_page_of(self.inputs)

    @cached_property
    def period_tables(self) -> Tables:
        """The tables of the articles of the period, without what reprints repeat."""
        if len(self.inputs.articles) == len(self.deduplicated.articles):
            return self.deduplicated
        return of_articles(self.deduplicated, self.inputs.articles)

    @property
    def bottom_line(self) -> tuple[str, ...]:
        """The first three headlines; of a subject that nobody mentions that alone."""
        if nothing := nothing_found(self.scope, self.deduplicated):
            return (f"{sentence_start(nothing)}.",)
        return self.page.bottom_line or (
            "Nothing between two countries was read that can be told in a sentence.",
        )


def nothing_found(scope: Scope, tables: Tables) -> str:
    """That a briefing on a pair or a country is empty, as a clause; "" if it is not."""
    if not scope.subject or len(tables.events) or len(tables.quotes):
        return ""
    sentence = "empty_pair" if scope.pair else "empty_country"
    return words("briefing/front_page", sentence, scope.subject, len(tables.articles))


def of_articles(tables: Tables, articles: DataFrame) -> Tables:
    """The rows of some articles."""
    ids = set(articles["article_id"])
    names = ("sentences", "quotes", "stances", "events", "topics")
    rows = {name: only_articles(getattr(tables, name), ids) for name in names}
    return replace(tables, articles=articles.reset_index(drop=True), events_with_copies=None, **rows)


def mentions_pair(tables: Tables) -> pd.Series:
    """Whether each article, or the story that it reprints, reports one of the events in the tables."""
    stories = tables.articles["story_id"]
    return stories.isin(stories[tables.articles["article_id"].isin(tables.events["article_id"])])
