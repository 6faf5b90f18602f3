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

from analysis.briefing.comparison import compare
from analysis.briefing.comparison_views import MOST_ROWS, changes_section
from analysis.briefing.evidence_sections import (
    first_statements,
    further_pairs,
    pair_rows,
    speaker_rows,
    topic_rows,
)
from analysis.briefing.front_page_data import FrontPageData, mentions_pair
from analysis.briefing.judgment_section import (
    judgment_rows,
    missing_stories_sentence,
    reporters_sentence,
    watch_rows,
)
from analysis.evaluation.report import rates_view
from analysis.findings.judgment_facts import Judgment
from analysis.findings.key_judgments import bottom_line
from analysis.findings.sources import gaps_sentence, repeated_sentence, source_summary, spoken_sentence
from analysis.findings.wording import words
from analysis.indicators.alerts import monitoring_sentence
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.lexicons import load_lexicon
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope
from analysis.views.citations import ARTICLES
from analysis.views.corrections import corrections_view
from analysis.views.pages import framed
from analysis.views.render import view


@dataclass(frozen=True)
class ReadSummary:
    """What was read, from when to when, narrowed to what."""

    article_count: int
    story_count: int
    outlet_count: int
    rejected_count: int
    first_day: date | None
    last_day: date | None
    scope: Scope
    pair_article_count: int  # articles that report an event in scope


@dataclass(frozen=True)
class FutureDates:
    """Articles dated after the day of the run."""

    count: int
    made_on: date
    latest_day: date
    latest_path: str


def front_page(data: FrontPageData) -> Markup:
    """The blocks of `briefing.html` in one."""
    tables = data.deduplicated
    page = {
        "title": title_of(data),
        "facts": fact_lines(data),
        "bottom_line": bottom_line(data.judgments, data.judgment_inputs),
        "judgments": judgment_rows(data),
        "is_compared": data.earlier is not None,
        "changes": changes_since_last(data),
        "unreadable": data.unreadable,
        "notes": data.notes,
        "minimum": MINIMUM_STORIES,
        "pairs": pair_rows(tables),
        "further_pairs": further_pairs(tables),
        "speakers": speaker_rows(tables),
        "topics": topic_rows(tables),
        "sentence_count": len(tables.sentences),
        "corrected": Markup("" if tables.corrections.empty else corrections_view(tables).html),
        "watch": watch_rows(data),
        "watched": monitoring_sentence(tables.articles),
        "missing_stories": missing_stories_sentence(tables),
        "sources": source_sentences(data),
        "rates": Markup(rates_view(data.results).html) if data.results else Markup(""),
        **word_tables(data.judgments),
        "links": data.links,
    }
    return framed(view("briefing/front_page", page=page).html)


def word_tables(judgments: Sequence[Judgment]) -> dict[str, list[dict]]:
    """What the words of likelihood and of confidence mean, and which of the two no judgment carries."""
    used = {
        "a likelihood": any(judgment.likelihood for judgment in judgments),
        "a confidence": any(judgment.confidence for judgment in judgments),
    }
    return {
        "likelihoods": load_lexicon("findings/likelihood_terms").to_dict("records"),
        "confidences": load_lexicon("findings/confidence_levels").to_dict("records"),
        "unused": [name for name, is_used in used.items() if not is_used],
    }


def changes_since_last(data: FrontPageData) -> Markup:
    """Which articles were added and what moved since the last briefing; empty without one."""
    if not data.earlier:
        return Markup("")
    comparison = compare(data.record, data.earlier, data.changes)
    speakers = comparison.new_speakers["speaker_id"].head(MOST_ROWS).tolist()
    statements = first_statements(data.deduplicated, speakers)
    return Markup(changes_section(comparison, articles=ARTICLES, first_statements=statements).html)


def title_of(data: FrontPageData) -> str:
    """ "Briefing as of 20 April 2024: China – United States"."""
    return words("briefing/front_page", "title", last_day(data.deduplicated.articles), data.scope.subject)


def last_day(articles: DataFrame) -> date | None:
    """The day of the newest article, or None where none is dated."""
    newest = articles["published_date"].max()
    return None if pd.isna(newest) else newest.date()


def future_dates_sentence(articles: DataFrame, made_on: date) -> str:
    """That an article is dated after the day of the run, in words; "" if none is.

    All else would look old beside it. A day is allowed: it is tomorrow in Tokyo already.
    """
    ahead = articles[articles["published_date"] > pd.Timestamp(made_on) + pd.Timedelta(days=1)]
    if ahead.empty:
        return ""
    newest = ahead.loc[ahead["published_date"].idxmax()]
    found = FutureDates(len(ahead), made_on, newest["published_date"], newest["path"])
    return words("briefing/front_page", "future_dates", found)


def read_summary(data: FrontPageData) -> ReadSummary:
    articles = data.deduplicated.articles
    oldest = articles["published_date"].min()
    return ReadSummary(
        article_count=len(articles),
        story_count=articles["story_id"].nunique(),
        outlet_count=articles["outlet"].nunique(),
        rejected_count=len(data.rejected),
        first_day=None if pd.isna(oldest) else oldest.date(),
        last_day=last_day(articles),
        scope=data.scope,
        pair_article_count=int(mentions_pair(data.deduplicated).sum()),
    )


def fact_lines(data: FrontPageData) -> list[tuple[str, str]]:
    """What was read, from when to when, by which version: label and value of each line."""
    summary = read_summary(data)
    lines = {
        "As of": words("briefing/front_page", "as_of", summary),
        "Articles dated": words("briefing/front_page", "dates", summary),
        "Check": future_dates_sentence(data.deduplicated.articles, data.made_on),
        "Read": words("briefing/front_page", "read", summary),
        "Scope": words("briefing/front_page", "scope", summary),
        "Generated by": words("briefing/front_page", "program", version("faultline"), MINIMUM_STORIES),
    }
    return [(label, value) for label, value in lines.items() if value]


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
    tables = data.deduplicated
    chosen = mentions_pair(tables)
    is_narrow = bool(data.scope.subject) and chosen.any()
    return replace(tables, articles=tables.articles[chosen].reset_index(drop=True)) if is_narrow else tables


def made_line(made_on: date) -> str:
    """The line at the foot of each page."""
    return words("briefing/front_page", "made", version("faultline"), made_on)
