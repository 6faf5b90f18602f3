"""All that the front page is made of: the tables, the earlier briefing, and what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.records import BriefingRecord
from analysis.briefing.snapshots import changes_since, snapshot_of
from analysis.evaluation.report import Results
from analysis.findings.judgment_facts import Judgment
from analysis.findings.judgment_inputs import JudgmentInputs
from analysis.findings.key_judgments import judgment_records, key_judgments
from analysis.indicators.alerts import alerts
from analysis.indicators.changes import latest_changes
from analysis.indicators.periods import before_name, watching_period
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope, deduplicate
from analysis.pipeline.reporting_period import ReportingPeriod


@dataclass(frozen=True)
class FrontPageData:
    """All that the front page is made of."""

    tables: Tables
    rejected: DataFrame
    scope: Scope
    earlier: BriefingRecord | None
    results: Results | None
    notes: Markup  # the analyst's, cleaned
    links: Sequence[tuple[str, str]]  # file name and title of each further page
    made_on: date  # the day of the run
    period: ReportingPeriod
    unreadable: Sequence[str] = ()  # what is wrong with each earlier briefing that cannot be read

    @cached_property
    def deduplicated(self) -> Tables:
        """What is counted and cited: the corpus without what reprints repeat."""
        return deduplicate(self.tables)

    @cached_property
    def changes(self) -> DataFrame:
        """What moved since the last briefing; empty without one."""
        return changes_since(self.tables, self.earlier.snapshot if self.earlier else None)

    @cached_property
    def record(self) -> BriefingRecord:
        """What the next briefing will know of this one."""
        corrections = self.tables.corrections.to_dict("records")
        records = judgment_records(self.judgments)
        return BriefingRecord("", snapshot_of(self.tables), records, corrections, self.scope)

    @cached_property
    def judgment_inputs(self) -> JudgmentInputs:
        """What the judgments look at: since the last briefing, or if there is none, the period before."""
        articles, events = self.deduplicated.articles, self.deduplicated.events
        period = watching_period(articles["published_date"])
        changes, since = self.changes, "the last briefing"
        if not self.earlier:
            changes, since = latest_changes(articles, events, period=period), before_name(period)
        return JudgmentInputs(self.deduplicated, changes, since, alerts(articles, events, period=period))

    @cached_property
    def judgments(self) -> list[Judgment]:
        return key_judgments(self.judgment_inputs)


def mentions_pair(tables: Tables) -> pd.Series:
    """Whether each article, or the story that it reprints, reports one of the events in the tables."""
    stories = tables.articles["story_id"]
    return stories.isin(stories[tables.articles["article_id"].isin(tables.events["article_id"])])
