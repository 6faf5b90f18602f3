"""The front page: what a reader with five minutes must know of a corpus, each number opened to its evidence.

What is here is counted from coded sentences or follows from the counts by the rules of judgment; nothing is
written freely. Every sentence of evidence links to its place in `articles.html`, the page of the articles
cited.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.evidence_sections import (
    further_pairs,
    pair_rows,
    speaker_rows,
    topic_rows,
)
from analysis.briefing.front_page_data import FrontPageData, mentions_pair
from analysis.briefing.period_sections import (
    chronology,
    judgment_rows,
    move_rows,
    picture,
    quote_rows,
    reporters_sentence,
    rests_on,
    sides_told,
    watched,
    world,
)
from analysis.evaluation.measured import rates_view
from analysis.findings.leads import MOST_LEADS, leading_incidents
from analysis.findings.sources import gaps_sentence, repeated_sentence, source_summary, spoken_sentence
from analysis.findings.wording import words
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope
from analysis.pipeline.reporting_period import ReportingPeriod, in_period
from analysis.views.corrections import corrections_view
from analysis.views.pages import framed
from analysis.views.render import view


@dataclass(frozen=True)
class ReadSummary:
    """What was read, in the period and before it, narrowed to what."""

    period: ReportingPeriod
    story_count: int  # of the period
    outlet_count: int
    background_count: int  # stories before the period
    undated_count: int
    rejected_count: int
    scope: Scope
    subject_article_count: int  # articles that report an event in scope
    version: str


@dataclass(frozen=True)
class FutureDates:
    """Articles dated after the day of the run."""

    count: int
    made_on: date
    latest_day: date
    latest_path: str
    is_set_aside: bool  # none of them is in the reporting period


def front_page(data: FrontPageData, countries: Sequence[tuple[str, str]] = ()) -> Markup:
    """The blocks of `briefing.html` in one.

    Args:
        data: all that it is made of.
        countries: file name and name of each country with a page of its own.
    """
    incidents = leading_incidents(data.inputs)
    listed = incidents.head(MOST_LEADS)
    page = {
        "title": title_of(data),
        "facts": words("briefing/front_page", "facts", read_summary(data)),
        "cautions": cautions(data),
        "bottom_line": data.bottom_line,
        "picture": picture(data),
        "judgments": judgment_rows(data),
        "chronology": chronology(listed, data),
        "incident_count": len(incidents),
        "listed_count": len(listed),
        "countries": countries,
        "quotes": quote_rows(data),
        "moves": move_rows(data),
        "compared_count": int((data.inputs.moves["direction"] != "not compared").sum()),
        "has_background": not data.inputs.background.empty,
        "watch": watched(data),
        "sides": sides_told(data),
        "sources": [rests_on(data), *source_sentences(data)],
        "rates": Markup(rates_view().html),
        "notes": data.notes,
        "world": world(data),
        "minimum": MINIMUM_STORIES,
        "pairs": pair_rows(data.period_tables, data.counted_tables),
        "further_pairs": further_pairs(data.period_tables),
        "speakers": speaker_rows(data.period_tables),
        "topics": topic_rows(data.period_tables),
        "sentence_count": len(data.period_tables.sentences),
        "corrected": Markup(
            "" if data.tables.corrections.empty else corrections_view(data.deduplicated).html
        ),
        "confidences": load_lexicon("findings/confidence_levels").to_dict("records"),
        "links": data.links,
        "further": {subject: page_on(subject, data.links) for subject in ("tension", "speaker", "topic")},
    }
    return framed(view("briefing/front_page", page=page).html)


def page_on(subject: str, links: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """File name and title of the page of a notebook; None where that notebook was not run."""
    return next((link for link in links if subject in link[0]), None)


def title_of(data: FrontPageData) -> str:
    """ "Briefing, 6 to 12 October 2025", or of a narrow one "Iran: briefing, 6 to 12 October 2025"."""
    return words("briefing/front_page", "title", data.period, data.scope)


def last_day(articles: DataFrame) -> date | None:
    """The day of the newest article, or None where none is dated."""
    newest = articles["published_date"].max()
    return None if pd.isna(newest) else newest.date()


def future_dates_sentence(articles: DataFrame, made_on: date, period: ReportingPeriod) -> str:
    """That an article is dated after the day of the run, in words; "" if none is.

    All else would look old beside it. A day is allowed: it is tomorrow in Tokyo already.
    """
    ahead = articles[articles["published_date"] > pd.Timestamp(made_on) + pd.Timedelta(days=1)]
    if ahead.empty:
        return ""
    newest = ahead.loc[ahead["published_date"].idxmax()]
    is_set_aside = not in_period(ahead["published_date"], period).any()
    found = FutureDates(len(ahead), made_on, newest["published_date"], newest["path"], is_set_aside)
    return words("briefing/front_page", "future_dates", found)


def cautions(data: FrontPageData) -> list[str]:
    """What a reader must know of the days before all else, in sentences."""
    ahead = future_dates_sentence(data.deduplicated.articles, data.made_on, data.period)
    return [one for one in (data.period.note, ahead) if one]


def read_summary(data: FrontPageData) -> ReadSummary:
    articles, period = data.deduplicated.articles, data.inputs.articles
    start = pd.NaT if data.period.is_everything else pd.Timestamp(data.period.first)
    is_before = articles["published_date"] < start
    return ReadSummary(
        period=data.period,
        story_count=period["story_id"].nunique(),
        outlet_count=period["outlet"].nunique(),
        background_count=articles.loc[is_before, "story_id"].nunique(),
        undated_count=int(articles["published_date"].isna().sum()),
        rejected_count=len(data.rejected),
        scope=data.scope,
        subject_article_count=int(mentions_pair(data.deduplicated).sum()),
        version=version("faultline"),
    )


def source_sentences(data: FrontPageData) -> list[str]:
    """The source summary in words: who is quoted, who is unnamed, what is repeated, what is missing."""
    summary = source_summary(tables_in_scope(data))
    return [
        spoken_sentence(summary),
        repeated_sentence(summary),
        reporters_sentence(data),
        gaps_sentence(summary, len(data.rejected)),
    ]


def tables_in_scope(data: FrontPageData) -> Tables:
    """What was read, without the articles that report nothing on the pair of a narrow briefing."""
    tables = data.period_tables
    chosen = mentions_pair(tables)
    is_narrow = bool(data.scope.subject) and chosen.any()
    return replace(tables, articles=tables.articles[chosen].reset_index(drop=True)) if is_narrow else tables


def days_line(data: FrontPageData) -> str:
    """Which days the page of a notebook covers, where the front page reports on fewer; else ""."""
    if data.period.is_everything:
        return ""
    dates = data.deduplicated.articles["published_date"]
    return words("briefing/front_page", "days", data.period, len(dates), dates.min(), dates.max())


def made_line(made_on: date) -> str:
    """The line at the foot of each page."""
    return words("briefing/front_page", "made", version("faultline"), made_on)
