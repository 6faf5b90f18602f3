"""What the front page looks at: the incidents of the reporting period, and those before it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.findings.cut_quotes import LONGEST_WHOLE
from analysis.indicators.incident_ranking import pairs_come_to_blows, ranked_incidents, ranked_sides
from analysis.indicators.incidents import incident_table
from analysis.indicators.news_reports import headline_of
from analysis.indicators.period_levels import period_levels
from analysis.indicators.period_moves import period_moves
from analysis.pipeline.analyse import Tables
from analysis.pipeline.reporting_period import LONGEST_WITHOUT_BACKGROUND, ReportingPeriod, in_period
from analysis.tables.rows import rows_of

LONGEST_ITEM: Final = 2 * LONGEST_WHOLE  # characters of a short report with its headline
LATE_DAYS: Final = 3  # before the period: what happened earlier is old, though it is reported now
LONGEST_SPAN: Final = 366  # days before the period in which news may have begun: "since 2022" is none
LEAST_AT_WAR: Final = 1.7  # weight of a pair in a usual week, if it is at war
LEAST_STORIES: Final = 2  # that make sure of what the words of one do not
SURE: Final = 0.8  # probability from which the words of one story are enough
SURE_OF_MODEL: Final = 0.9  # the same where the model alone reads them
DAY_ONE: Final = date(1900, 1, 1)  # of an empty table of levels, where nothing is dated


@dataclass(frozen=True)
class PeriodInputs:
    """The tables of a corpus without copies, its reporting period and its incidents."""

    tables: Tables
    period: ReportingPeriod
    pair: str = ""  # the one asked for, of which articles' background is reported too; "": all pairs
    whole: "PeriodInputs | None" = None  # of the whole corpus, where these tables are of one country

    @cached_property
    def incidents(self) -> DataFrame:
        """`Incidents` of the whole corpus, or those of its part that one country is in."""
        tables = self.tables
        if self.whole:
            return reported_by(self.whole.incidents, set(tables.events["event_id"]))
        return incident_table(tables.articles, tables.events, tables.quotes, tables.topics)

    @cached_property
    def current(self) -> DataFrame:
        """What happened or was announced in the period, with `weight`, the heaviest first.

        What its text dates long before the period is left out, and so is what was reported before.
        """
        found = self.incidents[in_period(self.incidents["first_reported"], self.period)]
        if not self.period.is_everything:
            found = found[~is_old(found, Timestamp(self.period.first))]
        return ranked_incidents(found.reset_index(drop=True))

    @cached_property
    def background(self) -> DataFrame:
        """What was reported before the period."""
        if self.period.is_everything or self.period.first is None:
            return self.incidents.iloc[:0]
        return self.incidents[self.incidents["first_reported"] < Timestamp(self.period.first)]

    @cached_property
    def sides(self) -> DataFrame:
        """The pairs of the period, the one to report first on top: see `ranked_sides`."""
        first = None if self.period.is_everything else Timestamp(self.period.first)
        return ranked_sides(self.current, self.background, self.tables.articles, first)

    @cached_property
    def wars(self) -> list[str]:
        """The pairs in which there is as much weight in a usual week as in an attack with a hundred dead."""
        return self.sides.loc[self.sides["usual_weight"] >= LEAST_AT_WAR, "dyad"].tolist()

    @cached_property
    def broken_out(self) -> set[str]:
        """The pairs that came to blows in the period, of which nothing like it was reported before."""
        first = None if self.period.is_everything else Timestamp(self.period.first)
        return pairs_come_to_blows(self.current, self.background, first)

    @cached_property
    def levels(self) -> DataFrame:
        """`PeriodLevels` of the period and the windows before it; empty where nothing is dated."""
        first, last = self.period.first, self.period.last
        if first is None or last is None:
            return period_levels(self.incidents.iloc[:0], self.tables.articles, first=DAY_ONE, last=DAY_ONE)
        return period_levels(self.incidents, self.tables.articles, first=first, last=last)

    @cached_property
    def moves(self) -> DataFrame:
        """`PeriodMoves`: which pairs are more or less hostile than usual."""
        return period_moves(self.levels)

    @property
    def is_pile(self) -> bool:
        """Whether the articles of more than three weeks are all on one page, with nothing before them."""
        first, last = self.period.first, self.period.last
        is_dated = first is not None and last is not None
        return self.period.is_everything and is_dated and (last - first).days > LONGEST_WITHOUT_BACKGROUND

    @cached_property
    def articles(self) -> DataFrame:
        """The articles of the period."""
        articles = self.tables.articles
        return articles[in_period(articles["published_date"], self.period)]

    @cached_property
    def short_reports(self) -> list[tuple[Any, str]]:
        """The articles of the period that are quoted whole, each with its words under the headline."""
        return [(row, item) for row in rows_of(self.articles) if (item := short_item(row))]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each article by its id."""
        return dict(zip(self.tables.articles["article_id"], self.tables.articles["text"], strict=True))

    @cached_property
    def event_places(self) -> dict[str, Any]:
        """The row of `Events` of each event by its id, for the place of its sentence."""
        return {row.event_id: row for row in rows_of(self.tables.events)}

    @cached_property
    def events_by_sentence(self) -> dict[tuple[str, int], list[Any]]:
        """The rows of `Events` that a sentence reports, by article and first character of the sentence."""
        found: dict[tuple[str, int], list[Any]] = {}
        for row in self.event_places.values():
            found.setdefault((row.article_id, row.start_char), []).append(row)
        return found

    @cached_property
    def sentences_with_several_blows(self) -> set[tuple[str, int]]:
        """Where a sentence reports one use of force on several countries: article and first character."""
        blows = self.current[self.current["root"] == "ASSAULT"]
        targets = blows.groupby(["article_id", "start_char"])["dyad"].nunique()
        return set(targets[targets > 1].index)

    def is_one_of_several_blows(self, incident: Any) -> bool:
        """Whether who was struck needs its sentence: Hamas's leaders in Qatar, and not Qatar alone."""
        is_blow = incident.root == "ASSAULT"
        return is_blow and (incident.article_id, incident.start_char) in self.sentences_with_several_blows

    def sentence(self, incident: Any) -> str:
        """The sentence of an event, or of the clearest report of an incident, on one line."""
        text = self.texts[incident.article_id][incident.start_char : incident.end_char]
        return " ".join(text.split())

    def of_pair(self, pair: str) -> DataFrame:
        """The incidents of one pair in the period, the heaviest first."""
        return self.current[self.current["dyad"] == pair]


def short_item(article: Any) -> str:
    """What an article says under its headline, on one line, if that is short and a sentence; else ""."""
    if len(article.text) > LONGEST_ITEM:
        return ""
    item = " ".join(article.text.removeprefix(headline_of(article)).split())
    return item if len(item) <= LONGEST_WHOLE and "." in item else ""


def reported_by(incidents: DataFrame, event_ids: set[str]) -> DataFrame:
    """The incidents that one of these events reports."""
    is_reported = [not event_ids.isdisjoint(ids.split(" ")) for ids in incidents["event_ids"]]
    return incidents[is_reported].reset_index(drop=True)


def is_old(incidents: DataFrame, first_day: Timestamp) -> Series:
    """Whether each incident was over, or had long gone on, when a period began."""
    is_over = incidents["last_day"] < first_day - Timedelta(days=LATE_DAYS)
    is_lasting = incidents["first_day"] < first_day - Timedelta(days=LONGEST_SPAN)
    return (incidents["status"] == "done") & (is_over | is_lasting)


def is_sure(incidents: DataFrame) -> Series:
    """Whether each incident may be stated in words of our own.

    Either two stories report it, or one sentence does that is read with high probability: higher where the
    model alone reads it.
    """
    least = incidents["is_by_word"].map({True: SURE, False: SURE_OF_MODEL})
    return (incidents["probability"] >= least) | (incidents["story_count"] >= LEAST_STORIES)
