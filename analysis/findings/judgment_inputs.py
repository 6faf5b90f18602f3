"""What the rules of judgment look at: the tables, the changes, the alerts and the order of the pairs."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pandas import DataFrame, Timedelta, Timestamp

from analysis.indicators.alerts import ANNOUNCED_DAYS
from analysis.indicators.country_events import FORCE, RUNGS, country_events
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.pipeline.analyse import Tables


@dataclass(frozen=True)
class JudgmentInputs:
    """What the rules look at."""

    tables: Tables
    changes: DataFrame  # `Changes` rows with a direction or a reason for none
    since: str  # what they are compared with: "the last briefing", "the week before"
    alerts: DataFrame  # `Alerts` table

    @cached_property
    def coded(self) -> DataFrame:
        """Acts and announcements between countries, without copies."""
        coded = country_events(self.tables.articles, self.tables.events, period="all")
        return coded[~coded["is_copy"]]

    @cached_property
    def force(self) -> DataFrame:
        """The coded acts of force."""
        return self.coded[(self.coded["status"] == "act") & (self.coded["root"].map(RUNGS) == FORCE)]

    @cached_property
    def ranked(self) -> DataFrame:
        """Pairs with acts or announcements, the one to report first on top: see `ranked_pairs`."""
        ranked = ranked_pairs(self.tables.articles, self.tables.events)
        return ranked[ranked["dyad"].isin(self.coded["dyad"])]

    @cached_property
    def newest(self) -> Timestamp:
        """The day of the newest article; missing where none has a date."""
        return self.tables.articles["published_date"].max()

    def is_recent(self, events: DataFrame) -> bool:
        """Whether some events were reported within `ANNOUNCED_DAYS` of the newest article, or on no day."""
        age = self.newest - events["published_date"].max()
        return not age > Timedelta(days=ANNOUNCED_DAYS)

    def last_day(self, events: DataFrame) -> date | None:
        """When some events were last reported, if newer articles do not report them; else None."""
        last = events["published_date"].max()
        return last if last < self.newest else None

    def in_order(self, rows: DataFrame) -> DataFrame:
        """Rows of pairs in the order of the pairs."""
        places = {dyad: place for place, dyad in enumerate(self.ranked["dyad"])}
        return rows.sort_values("dyad", key=lambda names: names.map(places), kind="stable")

    def acts_of(self, pair: str) -> DataFrame:
        """The coded acts of one pair."""
        return self.coded[(self.coded["dyad"] == pair) & (self.coded["status"] == "act")]
