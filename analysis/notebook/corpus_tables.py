"""Articles and every table read from them, computed when they are first asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pandas import DataFrame

from analysis.findings.page import Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.dyads import MINIMUM_STORIES
from analysis.indicators.spikes import pair_spikes
from analysis.ingest.corrections_file import load_corrections
from analysis.notebook.live import Live, Part
from analysis.pipeline.analyse import Tables, analyse
from analysis.pipeline.filters import Scope, deduplicate, narrowed
from analysis.pipeline.reporting_period import AUTO, ReportingPeriod
from analysis.pipeline.unread import with_unread
from analysis.readable.frame import ReadableFrame, readable_frame
from analysis.readable.tables import readable_events, readable_incidents, readable_statements
from analysis.search.corpus_index import CorpusIndex
from analysis.search.index_file import index_path


@dataclass(frozen=True, eq=False, repr=False)
class CorpusTables:
    """Articles of a scope, rejected files and every table; `analysis.schemas` declares the columns."""

    seeds: Path
    scope: Scope
    reporting_period: ReportingPeriod
    store: str  # folder or address; "" keeps nothing
    found_articles: DataFrame  # `Articles` of the days of the scope, before they are read
    found_rejected: DataFrame  # `Rejected`, of the whole folder
    least_stories: int = MINIMUM_STORIES  # a value from fewer is marked, and not compared
    asked_period: str = AUTO  # as `open_corpus` was given it
    stamp: tuple[int, int] = (0, 0)  # `corrections_stamp` before the articles were loaded
    followers: list[Callable[[], None]] = field(default_factory=list)
    shown: dict[tuple[str, ...], Live] = field(default_factory=dict)  # charts and views by how they are made

    def follow(self, renew: Callable[[], None]) -> None:
        """Call something whenever corrections have changed the tables."""
        self.followers.append(renew)

    def live(self, key: tuple[str, ...], make: Callable[[], Part]) -> Live:
        """A chart or view that follows the corpus; the same one wherever it is made in the same way."""
        if key in self.shown:
            self.shown[key].part = make()
        else:
            self.shown[key] = Live(make)
            self.follow(self.shown[key].renew)
        return self.shown[key]

    @cached_property
    def as_read(self) -> Tables:
        """Every table before narrowing: all pairs, and the rows that headlines and reprints repeat."""
        return analyse(
            self.found_articles, corrections=load_corrections(self.seeds), store=self.store or None
        )

    @property
    def articles(self) -> DataFrame:
        """One row per article that was read: `Articles` table."""
        return self.as_read.articles

    @property
    def rejected(self) -> DataFrame:
        """One row per file, record or article that could not be read: `Rejected` table."""
        return with_unread(self.found_rejected, self.as_read.unread)

    @cached_property
    def tables(self) -> Tables:
        """Every table as notebooks show it: the pair or country that was asked for, without repeated rows."""
        return deduplicate(narrowed(self.as_read, self.scope))

    @cached_property
    def search_index(self) -> CorpusIndex:
        """The index of all articles of these days, opened or built when it is first needed."""
        is_whole = not (self.scope.since or self.scope.until or self.scope.leave_out)
        return CorpusIndex(lambda: self.as_read, index_path(self.store, self.seeds) if is_whole else None)

    @property
    def sentences(self) -> DataFrame:
        """One row per sentence: `Sentences` table."""
        return self.tables.sentences

    @property
    def quotes(self) -> DataFrame:
        """One row per statement that is attributed to somebody: `Quotes` table."""
        return self.tables.quotes

    @property
    def stances(self) -> DataFrame:
        """One row per statement and actor it takes a stance on: `Stances` table."""
        return self.tables.stances

    @cached_property
    def statements(self) -> ReadableFrame:
        """One row per statement, shown in plain words with its sentence; code also has `Quotes` columns."""
        return readable_frame(readable_statements(self.tables), self.tables.quotes)

    @cached_property
    def events(self) -> ReadableFrame:
        """One row per coded event, shown in plain words with its sentence; code also has `Events` columns."""
        return readable_frame(readable_events(self.tables), self.tables.events)

    @property
    def topics(self) -> DataFrame:
        """One row per sentence and topic: `Topics` table."""
        return self.tables.topics

    @property
    def indicators(self) -> DataFrame:
        """One row per indicator and pair of countries, over all days: `Indicators` table."""
        return self.tables.indicators

    @cached_property
    def period_inputs(self) -> PeriodInputs:
        """The incidents of the reporting period and those before it, with what is usual for each pair."""
        return PeriodInputs(self.tables, self.reporting_period, self.scope.pair)

    @cached_property
    def front_page(self) -> Page:
        """What the front page tells of the reporting period."""
        return front_page_of(self.period_inputs)

    @cached_property
    def incidents(self) -> ReadableFrame:
        """One row per incident, shown in plain words with its sentence; code also has `Incidents` columns."""
        inputs = self.period_inputs
        return readable_frame(readable_incidents(inputs), inputs.incidents)

    @property
    def corrections(self) -> DataFrame:
        """One row per correction by an analyst, with its problem if it no longer applies: `Corrections`."""
        return self.tables.corrections

    @cached_property
    def spikes(self) -> DataFrame:
        """The spikes of pairs that reach into the reporting period, the strongest first: `Spikes` table."""
        found, days = pair_spikes(self.articles, self.tables.events), self.reporting_period
        if days.is_everything or days.first is None or days.last is None:
            return found
        is_then = (found["start_date"] <= str(days.last)) & (found["end_date"] >= str(days.first))
        return found[is_then].reset_index(drop=True)
