"""The front page in HTML: paragraphs on the leading pairs, what else happened, the week against the last.

What it tells is decided in `findings.page`; here each clause gets a link to its sentence below, and each
sentence one to its place in `articles.html` and to the original.
"""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import Any, Final

from markupsafe import Markup
from pandas import DataFrame, NaT, Timedelta, Timestamp

from analysis.charts.bars import one_article_chart
from analysis.charts.base import Chart
from analysis.charts.lines import leading_pairs_chart
from analysis.charts.world_map import world_map
from analysis.country_names import dyad_in_sentence
from analysis.evaluation.measured import trust_answer
from analysis.findings.checks import is_sure, is_told_by_title
from analysis.findings.clauses import Clause
from analysis.findings.page import FEW_STORIES, IN_BOTTOM_LINE, Page, front_page_of
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.sources import rests_on, shown_quotes
from analysis.findings.week_against_week import compared_pairs, new_pairs, not_done, pairs_out_of_news
from analysis.findings.wording import words
from analysis.indicators.incident_timeline import country_levels, pair_levels, sure_incidents
from analysis.lexicons import load_lexicon
from analysis.phrasing import sentence_start
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import Scope, deduplicate
from analysis.pipeline.reporting_period import ReportingPeriod, in_period
from analysis.views.articles import linked
from analysis.views.corrections import corrections_view
from analysis.views.evidence import pieces
from analysis.views.incidents import map_table
from analysis.views.pages import figure, framed
from analysis.views.render import view

LEADING_PAIRS: Final = 3  # whose speakers are heard
MIN_COUNTRIES_ON_MAP: Final = 3  # countries; of two a map says nothing
SENTENCES: Final = "briefing/front_page"  # the template of the sentences below


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
        """The incidents of the period and before it; of one country, those of the whole that it is in."""
        if self.whole is None:
            return PeriodInputs(self.deduplicated, self.period)
        own, events = set(self.deduplicated.events["event_id"]), self.whole.deduplicated.events
        found = self.whole.inputs.incidents
        found = found[[not own.isdisjoint(ids.split()) for ids in found["event_ids"]]].reset_index(drop=True)
        reports = own.union(*found["event_ids"].str.split())  # what is done to its territories, too
        tables = replace(self.deduplicated, events=events[events["event_id"].isin(reports)])
        return PeriodInputs(tables, self.period, found)

    @cached_property
    def page(self) -> Page:
        """What the front page tells."""
        return front_page_of(self.inputs)

    @property
    def bottom_line(self) -> tuple[str, ...]:
        """That of the page; of a subject that nobody mentions that alone."""
        if nothing := nothing_found(self.scope, self.deduplicated):
            return (f"{sentence_start(nothing)}.",)
        return self.page.bottom_line or (words(SENTENCES, "nothing_told", len(self.inputs.current)),)

    @property
    def title(self) -> str:
        """ "Briefing, 6 to 12 October 2025", or of a narrow one "Iran: briefing, 6 to 12 October 2025"."""
        return words(SENTENCES, "title", self.period, self.scope)


class Evidence:
    """The sentences behind the clauses of a page, numbered in the order in which they are first asked for."""

    def __init__(self, data: FrontPageData) -> None:
        self.data = data
        self.rows: dict[tuple[str, int], dict] = {}

    def of(self, clause: Any) -> dict:
        """The sentence of a clause, quote or line: number, pieces, and links to its place and original."""
        start = clause.start_char
        place = clause.article_id, start
        if place not in self.rows:
            tables = self.data.deduplicated
            article: Any = tables.article_rows[clause.article_id]
            marks = [
                (one.trigger_start_char, one.trigger_end_char, "trigger")
                for spot in sorted(getattr(clause, "places", {place}))
                for one in self.data.inputs.events_by_sentence.get(spot, ())
            ]
            end = self.data.inputs.sentence_ends.get(place, len(article.text))
            sentence = article.text[start : getattr(clause, "end_char", end)].strip()
            row = {"number": len(self.rows) + 1, "pieces": pieces(sentence, start, marks)}
            self.rows[place] = linked(row, tables, article, start)
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
    page, evidence, inputs, tables = data.page, Evidence(data), data.inputs, data.deduplicated
    pairs = inputs.sides["dyad"].head(LEADING_PAIRS).tolist()
    quoted = inputs.articles["article_id"] if inputs.articles["story_id"].nunique() <= FEW_STORIES else ()
    picture, read = period_chart(inputs, page), what_was_read(data)
    values = {
        "title": data.title,
        "facts": words(SENTENCES, "facts", read),
        "besides": words(SENTENCES, "besides", read),
        "left_out": data.scope.leave_out,
        "cautions": [data.period.note, future_dates_sentence(tables.articles, data.made_on, data.period)],
        "bottom_line": data.bottom_line,
        "has_days": inputs.articles["published_date"].nunique() > 1,
        "is_one_article": len(inputs.articles) == 1,
        "picture": "" if picture.is_empty or page.groups else picture_of(picture),
        "paragraphs": [{"told": one, "clauses": evidence.told(one.clauses)} for one in page.paragraphs],
        "leading_count": IN_BOTTOM_LINE,
        "is_unsure": page.is_unsure,
        "also": evidence.told(page.also),
        "groups": [
            (words("findings/piles", "heading", pair), [{"line": one, **evidence.of(one)} for one in lines])
            for pair, lines in page.groups
        ],
        "quotes": [
            {"quote": one, **evidence.of(one)}
            for one in shown_quotes(
                tables,
                pairs,
                quoted,
                [*page.also, *(one for told in page.paragraphs for one in told.clauses)],
            )
        ],
        "due": evidence.told(page.due),
        "new": new_pairs(page, inputs),
        "gone": pairs_out_of_news(inputs),
        "late": evidence.told(not_done(inputs)),
        "countries": countries,
        "notes": data.notes,
        "world": {"map": "", "table": ""} if page.groups else world(inputs),
        "sources": rests_on(tables, pairs, read["articles"], is_narrowed=bool(data.scope.subject)),
        "evidence": [] if page.groups else list(evidence.rows.values()),
        "trust": trust_answer(),
        "corrected": Markup("" if tables.corrections.empty else corrections_view(tables).html),
        "confidences": load_lexicon("findings/confidence_levels").to_dict("records"),
        "links": data.links,
    }
    return framed(view("briefing/front_page", page=values).html)


def picture_of(chart: Chart) -> Markup:
    """A chart as the page shows it."""
    return figure(base64.b64encode(chart.png()).decode("ascii"), chart.alt)


def period_chart(inputs: PeriodInputs, page: Page) -> Chart:
    """The pairs of the paragraphs over time or, where there is no background, who deals with whom and how."""
    if inputs.period.is_everything:
        found = inputs.current
        sure = found[is_sure(found) | is_told_by_title(found, inputs)]  # what may lead a paragraph
        pairs = {pair: sentence_start(dyad_in_sentence(pair)) for pair in inputs.sides["dyad"]}
        return one_article_chart(sure, pairs | {one.pair: one.name for one in page.paragraphs})
    return leading_pairs_chart(inputs.levels, inputs.moves, compared_pairs(page, inputs))


def world(inputs: PeriodInputs) -> dict[str, Markup]:
    """The map of the period and its table; empty where no three countries are surely reported on."""
    incidents = sure_incidents(inputs.current)
    levels = country_levels(incidents)
    if len(levels) < MIN_COUNTRIES_ON_MAP:
        return {"map": Markup(""), "table": Markup("")}
    pairs = pair_levels(incidents, inputs.sides["dyad"])
    return {"map": picture_of(world_map(levels, pairs)), "table": Markup(map_table(levels, pairs).html)}


def what_was_read(data: FrontPageData) -> dict[str, Any]:
    """What was read, in the period and before it; of a narrow page, the stories that are on its subject."""
    articles = data.inputs.articles_told_of
    period = articles[in_period(articles["published_date"], data.period)]
    start = NaT if data.period.is_everything else Timestamp(data.period.first)
    return {
        "period": data.period,
        "articles": period,
        "read_count": data.inputs.articles["story_id"].nunique(),
        "story_count": period["story_id"].nunique(),
        "outlet_count": period["outlet"].nunique(),
        "background_count": articles.loc[articles["published_date"] < start, "story_id"].nunique(),  # stories
        "undated_count": int(articles["published_date"].isna().sum()),
        "rejected_count": len(data.rejected),
        "scope": data.scope,
        "is_reported": not data.deduplicated.events.empty,
    }


def future_dates_sentence(articles: DataFrame, made_on: date, period: ReportingPeriod) -> str:
    """That an article is dated after the day of the run, in words; "" if none is.

    All else would look old beside it. A day is allowed: it is tomorrow in Tokyo already.
    """
    ahead = articles[articles["published_date"] > Timestamp(made_on) + Timedelta(days=1)]
    if ahead.empty:
        return ""
    return words(
        SENTENCES,
        "future_dates",
        len(ahead),
        made_on,
        ahead.loc[ahead["published_date"].idxmax()],
        not in_period(ahead["published_date"], period).any(),
    )


def nothing_found(scope: Scope, tables: Tables) -> str:
    """That a briefing on a pair or a country is empty, as a clause; "" if it is not."""
    if not scope.subject or len(tables.events) or len(tables.quotes):
        return ""
    form = "empty_pair" if scope.pair else "empty_country"
    return words(SENTENCES, form, scope.subject, len(tables.articles))


def days_line(data: FrontPageData) -> str:
    """Which days the page of a notebook covers, where the front page reports on fewer; else ""."""
    if data.period.is_everything:
        return ""
    dates = data.deduplicated.articles["published_date"]
    return words(SENTENCES, "days", data.period, len(dates), dates.min(), dates.max())


def made_line(made_on: date) -> str:
    """The line at the foot of each page."""
    return words(SENTENCES, "made", version("faultline"), made_on)
