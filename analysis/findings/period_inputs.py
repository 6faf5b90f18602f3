"""What the front page looks at: the incidents of the reporting period, and those before it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
from pandas import DataFrame, Series, Timedelta, Timestamp, isna

from analysis.country_names import countries_of
from analysis.indicators.coming_days import Cancellation, Plan, find_cancellations
from analysis.indicators.country_events import side_of
from analysis.indicators.incident_reports import OCCASION
from analysis.indicators.incident_timeline import sure_incidents
from analysis.indicators.incidents import incident_table
from analysis.indicators.period_moves import period_levels, period_moves
from analysis.indicators.ranking import SENTENCE, ranked_incidents, ranked_pairs
from analysis.pipeline.analyse import Tables
from analysis.pipeline.reporting_period import LONGEST_WITHOUT_BACKGROUND, ReportingPeriod, in_period
from analysis.tables.rows import rows_of

LATE_DAYS: Final = 3  # before the period: what happened earlier is old, though it is reported now
LONGEST_SPAN: Final = 366  # days before the period in which news may have begun: "since 2022" is none
MAX_PILE_ARTICLES: Final = 60  # articles: of more, a line each is no page
DAY_ONE: Final = date(1900, 1, 1)  # of an empty table of levels, where nothing is dated


@dataclass(frozen=True)
class PairLevel:
    """How hostile a pair is: the weight of hostile incidents, for as many stories as the period has."""

    now: float
    last: float  # in the period before
    usual: float | None  # None where too little was read to say
    is_higher: bool  # than usual, by more than chance explains


@dataclass(frozen=True)
class PeriodInputs:
    """The tables of a corpus without copies, its reporting period and its incidents."""

    tables: Tables
    period: ReportingPeriod
    known: DataFrame | None = None  # `Incidents`, where they are not to be read from these tables

    @cached_property
    def incidents(self) -> DataFrame:
        """`Incidents` of the corpus."""
        if self.known is not None:
            return self.known
        tables = self.tables
        return incident_table(tables.articles, tables.events, tables.quotes, tables.topics)

    @cached_property
    def current(self) -> DataFrame:
        """What happened or was announced in the period, the one to report first on top.

        What its text dates long before the period is left out, and so is what was reported before, or a plan
        that was called off.
        """
        found = self.incidents[in_period(self.incidents["first_reported"], self.period)]
        if not self.period.is_everything:
            found = found[~is_old(found, Timestamp(self.period.first))]
        return ranked_incidents(self.going_on(found).reset_index(drop=True))

    @cached_property
    def cancellations(self) -> list[Cancellation]:
        """The sentences that call something off."""
        return list(find_cancellations(self.tables.sentences, self.tables.articles))

    def going_on(self, incidents: DataFrame) -> DataFrame:
        """Some incidents without what was announced and called off since, for one of its pairs or another."""
        plans = incidents[incidents["status"] == "announced"]
        is_off = Series(
            [
                Plan(
                    words=[one.trigger_lemma],
                    sides=frozenset(countries_of(one.dyad)),
                    article_id=one.article_id,
                    day=one.first_reported,
                    due=(one.first_day, one.last_day),
                    place=one.place_name if isinstance(one.place_name, str) else "",
                ).is_cancelled(self.cancellations)
                for one in rows_of(plans)
            ],
            plans.index,
            dtype=bool,
        )
        return incidents.drop(
            index=plans.index[is_off.groupby([plans[one] for one in SENTENCE]).transform("any")]
        )

    @cached_property
    def background(self) -> DataFrame:
        """What was reported before the period."""
        if self.period.is_everything or self.period.first is None:
            return self.incidents.iloc[:0]
        return self.incidents[self.incidents["first_reported"] < Timestamp(self.period.first)]

    @cached_property
    def sides(self) -> DataFrame:
        """The pairs of the period, the one to report first on top: see `ranked_pairs`."""
        return ranked_pairs(self.current, self.background, self.tables.articles)

    @cached_property
    def hostile(self) -> DataFrame:
        """The incidents that levels add up: hostile, done, news and surely read, of a sentence one per pair.

        What a sentence has only as the occasion of its news is left out: "resumed after the strikes".
        """
        found = sure_incidents(self.incidents)
        found = found[(side_of(found) == "hostile") & (found["status"] == "done") & found["is_news"]]
        is_reported = [
            not all(
                OCCASION.search(self.texts[one.article_id][one.start_char : one.trigger_start_char])
                for one in map(self.event_places.__getitem__, ids.split())
            )
            for ids in found["event_ids"]
        ]
        graver_first = found[np.array(is_reported, dtype=bool)].sort_values("intensity", kind="stable")
        return graver_first.drop_duplicates([*SENTENCE, "dyad"]).sort_index()

    @cached_property
    def levels(self) -> DataFrame:
        """`PeriodLevels` of the period and the windows before it; empty where nothing is dated."""
        incidents, first, last = self.hostile, self.period.first, self.period.last
        if first is None or last is None:
            incidents, first, last = incidents.iloc[:0], DAY_ONE, DAY_ONE
        return period_levels(incidents, self.tables.articles, first=first, last=last)

    @cached_property
    def moves(self) -> DataFrame:
        """`PeriodMoves`: which pairs are more or less hostile than usual."""
        return period_moves(self.levels)

    def level(self, pair: str) -> PairLevel:
        """The level of a pair as the page shows it; 0 where nothing is dated."""
        windows = self.levels[self.levels["dyad"] == pair].sort_values("window_start")
        if len(windows) < 2:
            return PairLevel(0.0, 0.0, None, is_higher=False)
        move: Any = next(rows_of(self.moves[self.moves["dyad"] == pair]))
        last, now = list(rows_of(windows))[-2:]
        share = now.story_count / last.story_count if last.story_count else 0.0
        weights = now.hostile_weight, last.hostile_weight * share, move.usual_weight
        shown, before, usual = (0.0 if isna(one) else round(float(one), 1) for one in weights)
        return PairLevel(shown, before, None if move.reason else usual, move.direction == "up")

    @property
    def is_pile(self) -> bool:
        """Whether up to 60 articles, of more than three weeks or undated, are all on one page."""
        first, last = self.period.first, self.period.last
        is_wide = first is None or last is None or (last - first).days > LONGEST_WITHOUT_BACKGROUND
        return self.period.is_everything and is_wide and len(self.articles) <= MAX_PILE_ARTICLES

    @cached_property
    def articles(self) -> DataFrame:
        """The articles of the period."""
        articles = self.tables.articles
        return articles[in_period(articles["published_date"], self.period)]

    @cached_property
    def articles_told_of(self) -> DataFrame:
        """The articles of all days on the pair or country of these tables, with reprints; all without one."""
        articles = self.tables.articles
        is_on_it = articles["article_id"].isin(self.tables.sentences["article_id"])
        return articles[is_on_it.groupby(articles["story_id"]).transform("any")]

    @cached_property
    def beginnings(self) -> DataFrame:
        """The rows of `Sentences` with which the articles of the period begin, below titles and credits."""
        firsts = self.tables.sentences.dropna(subset="importance").drop_duplicates("article_id")
        return firsts[firsts["article_id"].isin(self.articles["article_id"])]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each article by its id."""
        return dict(zip(self.tables.articles["article_id"], self.tables.articles["text"], strict=True))

    @cached_property
    def sentence_ends(self) -> dict[tuple[str, int], int]:
        """Where each sentence ends, by article and first character: what follows may be no sentence."""
        found = self.tables.sentences
        return dict(
            zip(zip(found["article_id"], found["start_char"], strict=True), found["end_char"], strict=True)
        )

    @cached_property
    def event_places(self) -> dict[str, Any]:
        """The row of `Events` of each event by its id, for the place of its sentence."""
        return {row.event_id: row for row in rows_of(self.tables.events)}

    @cached_property
    def speakers(self) -> dict[str, Any]:
        """The first row of `Quotes` of each speaker by id, for whom they speak."""
        known = self.tables.quotes.dropna(subset="speaker_id").drop_duplicates("speaker_id")
        return {row.speaker_id: row for row in rows_of(known)}

    @cached_property
    def events_by_sentence(self) -> dict[tuple[str, int], list[Any]]:
        """The rows of `Events` that a sentence reports, by article and first character of the sentence."""
        found: dict[tuple[str, int], list[Any]] = {}
        for row in self.event_places.values():
            found.setdefault((row.article_id, row.start_char), []).append(row)
        return found

    @cached_property
    def period_before(self) -> "PeriodInputs | None":
        """The same for the equally long period before this one; None where no article is dated in it."""
        first, last = self.period.first, self.period.last
        if self.period.is_everything or first is None or last is None:
            return None
        length = (last - first).days + 1
        earlier = replace(
            self.period, first=first - timedelta(days=length), last=first - timedelta(days=1), note=""
        )
        if not in_period(self.tables.articles["published_date"], earlier).any():
            return None
        return PeriodInputs(self.tables, earlier, self.background.reset_index(drop=True))

    def sentence(self, incident: Any) -> str:
        """The sentence of an event, or of the clearest report of an incident, on one line."""
        return " ".join(self.texts[incident.article_id][incident.start_char : incident.end_char].split())

    def of_pair(self, pair: str) -> DataFrame:
        """The incidents of one pair in the period, the gravest first."""
        own = self.current[self.current["dyad"] == pair]
        return own.sort_values("score", ascending=False, kind="stable")


def is_old(incidents: DataFrame, first_day: Timestamp) -> Series:
    """Whether each incident was over, or had long gone on, when a period began."""
    is_over = incidents["last_day"] < first_day - Timedelta(days=LATE_DAYS)
    is_lasting = incidents["first_day"] < first_day - Timedelta(days=LONGEST_SPAN)
    return (incidents["status"] == "done") & (is_over | is_lasting)
