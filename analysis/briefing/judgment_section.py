"""The judgments of the front page, each with its sentences, and what to watch next."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from pandas import DataFrame

from analysis.briefing.front_page_data import FrontPageData
from analysis.findings.judgment_inputs import JudgmentInputs
from analysis.findings.key_judgments import judgment_moves, judgment_records
from analysis.findings.wording import words
from analysis.indicators.alerts import pending_announcements
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.pair_ranking import ranked_pairs
from analysis.pipeline.analyse import Tables
from analysis.views.citations import event_evidence, linked
from analysis.views.evidence import article_index

MOST_SOURCES = 5  # articles or sentences cited for something to watch
LATE_DAYS = 7  # after an announcement: by then what it announces may be over


@dataclass(frozen=True)
class WatchItem:
    """Something to watch, as an alert of the latest period gives it."""

    pair: str
    kind: str  # as in `Alerts`
    line: str  # what it is about, as in `Alerts`
    story_count: int
    last_day: date | None  # of an announcement that newer articles do not repeat
    is_late: bool  # announced so long ago that it may have happened


@dataclass(frozen=True)
class MissingStories:
    """How many stories the leading pair lacks before its values can be compared."""

    pair: str
    count: int


@dataclass(frozen=True)
class EventReporters:
    """Who reports the events behind the judgments."""

    event_count: int
    quoted_count: int  # reported by somebody whom an article quotes


def judgment_rows(data: FrontPageData) -> list[dict]:
    """Each judgment with its sentences, and what became of it since the last briefing."""
    events = data.deduplicated.events
    moves = {}
    if data.earlier:
        found = judgment_moves(judgment_records(data.judgments), data.earlier.judgments)
        moves = {(row.rule, row.subject): row for row in found.itertuples()}
    rows, first_with = [], {}
    for number, judgment in enumerate(data.judgments, start=1):
        behind = events[events["event_id"].isin(judgment.event_ids)]
        sources = (judgment.basis, frozenset(behind["article_id"]))
        first = first_with.setdefault(sources, number)
        evidence = event_evidence(behind.assign(mean_intensity=None, conflict_share=None), data.deduplicated)
        rows.append(
            {
                "judgment": judgment,
                "same_sources_as": first if first < number else None,
                "evidence": evidence,
                "total": len(behind),
                "move": moves.get((judgment.rule, judgment.subject)),
            }
        )
    return rows


def watch_rows(data: FrontPageData) -> list[dict]:
    """What to watch, as sentences, with the articles or sentences that report it."""
    tables, inputs = data.deduplicated, data.judgment_inputs
    articles = article_index(tables)
    rows = []
    for alert in inputs.alerts.itertuples():
        behind = announcements_behind(alert, inputs)
        ids = alert.article_ids.split()[:MOST_SOURCES]
        rows.append(
            {
                "line": words("briefing/front_page", "watch", watch_item(alert, behind, inputs)),
                "sources": [linked({}, tables, articles[one], 0) for one in ids],
                "evidence": event_evidence(behind, tables)[:MOST_SOURCES],
            }
        )
    return rows


def announcements_behind(alert: object, inputs: JudgmentInputs) -> DataFrame:
    """The announcements behind an alert, which its name alone leaves open; none behind other alerts."""
    future = pending_announcements(inputs.coded[inputs.coded["dyad"] == alert.dyad])
    return future[
        future["article_id"].isin(alert.article_ids.split())
        & ((future["quad"] >= 3) == (alert.outlook == "risk"))
        & (alert.kind == "announced")
    ]


def watch_item(alert: object, behind: DataFrame, inputs: JudgmentInputs) -> WatchItem:
    """An `Alerts` row with the announcements behind it."""
    return WatchItem(
        pair=alert.dyad,
        kind=alert.kind,
        line=alert.line,
        story_count=alert.story_count,
        last_day=inputs.last_day(behind),
        is_late=inputs.newest - behind["published_date"].max() > pd.Timedelta(days=LATE_DAYS),
    )


def missing_stories_sentence(tables: Tables) -> str:
    """How far the leading pair is from being compared at all, or "" where it can be."""
    pairs = ranked_pairs(tables.articles, tables.events)["dyad"].head(1).tolist()
    rows = tables.indicators[
        tables.indicators["dyad"].isin(pairs) & (tables.indicators["indicator"] == "conflict_share")
    ]
    known = int(rows["story_count"].max()) if len(rows) else 0
    if not pairs or known >= MINIMUM_STORIES:
        return ""
    return words("briefing/front_page", "missing_stories", MissingStories(pairs[0], MINIMUM_STORIES - known))


def reporters_sentence(data: FrontPageData) -> str:
    """Who reports the events behind the judgments: the articles themselves, or somebody they quote."""
    ids = {one for judgment in data.judgments for one in judgment.event_ids}
    events = data.deduplicated.events[data.deduplicated.events["event_id"].isin(ids)]
    reporters = EventReporters(len(events), int(events["reported_by"].notna().sum()))
    return words("briefing/front_page", "reporters", reporters)
