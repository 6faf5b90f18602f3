"""The front page in HTML: paragraphs on the leading pairs, what else happened, the week against the last.

What it tells is decided in `findings.page`; here each clause gets a link to its sentence below, and each
sentence one to its place in `articles.html` and to the original.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any, Final

import pandas as pd
from markupsafe import Markup
from pandas import DataFrame

from analysis.briefing.front_page_data import FrontPageData, mentions_pair
from analysis.charts.bars import SideLabels
from analysis.charts.base import Chart
from analysis.charts.lines import MAX_PAIRS, period_picture
from analysis.charts.world_map import world_map
from analysis.evaluation.measured import trust_answer
from analysis.findings.act_words import about
from analysis.findings.checks import is_sure, is_told_by_title
from analysis.findings.clauses import Clause
from analysis.findings.page import FEW_STORIES
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.quotes import shown_quotes
from analysis.findings.sources import period_sources, rests_on_sentence
from analysis.findings.week_against_week import no_longer_holds, pair_changes
from analysis.findings.wording import words
from analysis.indicators.incident_timeline import country_levels, pair_levels, sure_incidents
from analysis.lexicons import load_lexicon
from analysis.pipeline.filters import Scope
from analysis.pipeline.reporting_period import ReportingPeriod, in_period
from analysis.tables.rows import rows_of
from analysis.views.articles import linked
from analysis.views.corrections import corrections_view
from analysis.views.evidence import pieces
from analysis.views.incidents import map_table
from analysis.views.pages import figure, framed
from analysis.views.render import view

LEADING_PAIRS: Final = 3  # whose speakers are heard
LEAST_ON_MAP: Final = 3  # countries; of two a map says nothing
NAMED_IN_PICTURE: Final = 4  # incidents of a pair that its label is made of


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


class Evidence:
    """The sentences behind the clauses of a page, numbered in the order in which they are first asked for."""

    def __init__(self, data: FrontPageData) -> None:
        self.data = data
        self.rows: dict[tuple[str, int], dict] = {}

    def of(self, clause: Any) -> dict:
        """The sentence of a clause: its number, its pieces, and links to its place and original."""
        place = clause.article_id, clause.start_char
        if place not in self.rows:
            tables, inputs = self.data.deduplicated, self.data.inputs
            article: Any = tables.article_rows[clause.article_id]
            events = inputs.events_by_sentence.get(place, [])
            marks = [(one.trigger_start_char, one.trigger_end_char, "trigger") for one in events]
            end = getattr(clause, "end_char", 0) or next(
                (
                    one
                    for one in [*tables.sentence_starts.get(clause.article_id, []), len(article.text)]
                    if one > place[1]
                ),
                len(article.text),
            )
            row = {
                "number": len(self.rows) + 1,
                "pieces": pieces(article.text[place[1] : end].strip(), place[1], marks),
            }
            self.rows[place] = linked(row, tables, article, clause.start_char)
        return self.rows[place]

    def told(self, clauses: Iterable[Clause | None]) -> list[dict]:
        """Clauses with the rows of their sentences."""
        return [{"clause": one, **self.of(one)} for one in clauses if one]


def front_page(data: FrontPageData, countries: Sequence[tuple[str, str]] = ()) -> Markup:
    """The blocks of `briefing.html` in one.

    Args:
        data: all that it is made of.
        countries: file name and name of each country with a page of its own.
    """
    page, evidence = data.page, Evidence(data)
    paragraphs = [
        {
            "told": one,
            "clauses": [
                {**row, "denial": evidence.told([denial])}
                for row, denial in zip(evidence.told(one.clauses), one.denials, strict=True)
            ],
            "due": evidence.told([one.due]),
        }
        for one in page.paragraphs
    ]
    values = {
        "title": title_of(data),
        "facts": words("briefing/front_page", "facts", read_summary(data)),
        "left_out": data.scope.leave_out,
        "cautions": cautions(data),
        "bottom_line": data.bottom_line,
        "has_days": data.inputs.articles["published_date"].nunique() > 1,
        "is_one_article": len(data.inputs.articles) == 1,
        "picture": picture(data),
        "paragraphs": paragraphs,
        "is_unsure": page.is_unsure,
        "also": evidence.told(page.also),
        "lines": [{"line": one, **evidence.of(one)} for one in page.lines],
        "quotes": [{"quote": one, **evidence.of(one)} for one in quotes_of(data)],
        "due": evidence.told(page.due),
        "changes": pair_changes(data.inputs),
        "no_longer": no_longer_holds(page, data.inputs),
        "countries": countries,
        "notes": data.notes,
        "world": world(data),
        "sources": rests_on(data),
        "evidence": list(evidence.rows.values()),
        "trust": trust_answer(),
        "corrected": Markup(
            "" if data.tables.corrections.empty else corrections_view(data.deduplicated).html
        ),
        "confidences": load_lexicon("findings/confidence_levels").to_dict("records"),
        "links": data.links,
    }
    return framed(view("briefing/front_page", page=values).html)


def title_of(data: FrontPageData) -> str:
    """ "Briefing, 6 to 12 October 2025", or of a narrow one "Iran: briefing, 6 to 12 October 2025"."""
    return words("briefing/front_page", "title", data.period, data.scope)


def picture(data: FrontPageData) -> Markup:
    """The one picture of the page; empty where nothing was reported."""
    return Markup("") if data.inputs.current.empty else picture_of(period_chart(data.inputs))


def picture_of(chart: Chart) -> Markup:
    """A chart as the page shows it."""
    return figure(base64.b64encode(chart.png()).decode("ascii"), chart.alt)


def period_chart(inputs: PeriodInputs) -> Chart:
    """The leading pairs over time or, of few days, who deals with whom and how."""
    pairs = inputs.sides["dyad"].head(MAX_PAIRS).tolist()
    places = {pair: place for place, pair in enumerate(pairs)}
    moves = inputs.moves[inputs.moves["dyad"].isin(pairs)]
    return period_picture(
        inputs.levels[inputs.levels["dyad"].isin(pairs)],
        moves.sort_values("dyad", key=lambda names: names.map(places), kind="stable", ignore_index=True),
        drawn(inputs.current, inputs),
        labels={pair: label_of(drawn(inputs.of_pair(pair), inputs), inputs) for pair in pairs},
        side_labels={pair: side_labels(drawn(inputs.of_pair(pair), inputs), inputs) for pair in pairs},
    )


def drawn(incidents: DataFrame, inputs: PeriodInputs) -> DataFrame:
    """The incidents that the picture counts: those that may lead a paragraph."""
    return incidents[is_sure(incidents) | is_told_by_title(incidents, inputs)]


def label_of(incidents: DataFrame, inputs: PeriodInputs) -> str:
    """What the heaviest incidents of a pair are, in a few words."""
    leading = list(rows_of(incidents.head(NAMED_IN_PICTURE)))
    return about(leading, {one.incident_id: inputs.sentence(one) for one in leading})


def side_labels(incidents: DataFrame, inputs: PeriodInputs) -> SideLabels:
    friendly = incidents["quad"] <= 2
    return SideLabels(label_of(incidents[friendly], inputs), label_of(incidents[~friendly], inputs))


def quotes_of(data: FrontPageData) -> list:
    """Who said it, where the page is of a few stories; a week is told in deeds."""
    inputs = data.inputs
    if inputs.articles["story_id"].nunique() > FEW_STORIES:
        return []
    return shown_quotes(data.deduplicated, leading_pairs(inputs), inputs.articles["article_id"])


def leading_pairs(inputs: PeriodInputs) -> list[str]:
    return inputs.sides["dyad"].head(LEADING_PAIRS).tolist()


def rests_on(data: FrontPageData) -> str:
    """What the period rests on, in one sentence."""
    ids = data.inputs.articles["article_id"].tolist()
    return rests_on_sentence(period_sources(data.deduplicated, leading_pairs(data.inputs), ids))


def world(data: FrontPageData) -> dict:
    """The map of the period and its table; empty where no three countries are surely reported on."""
    incidents = sure_incidents(data.inputs.current)
    levels = country_levels(incidents)
    if len(levels) < LEAST_ON_MAP:
        return {"map": Markup(""), "table": Markup("")}
    pairs = pair_levels(incidents, data.inputs.sides["dyad"])
    return {"map": picture_of(world_map(levels, pairs)), "table": Markup(map_table(levels, pairs).html)}


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


def days_line(data: FrontPageData) -> str:
    """Which days the page of a notebook covers, where the front page reports on fewer; else ""."""
    if data.period.is_everything:
        return ""
    dates = data.deduplicated.articles["published_date"]
    return words("briefing/front_page", "days", data.period, len(dates), dates.min(), dates.max())


def made_line(made_on: date) -> str:
    """The line at the foot of each page."""
    return words("briefing/front_page", "made", version("faultline"), made_on)
