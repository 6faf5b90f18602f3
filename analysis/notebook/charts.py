"""The charts of a corpus, each a method: type `corpus.charts.` and press Tab."""

from datetime import date

from pandas import DataFrame

from analysis.briefing.front_page import LEAST_ON_MAP, period_chart, side_labels
from analysis.charts.base import Chart, empty_chart, with_sentence
from analysis.charts.over_time import (
    country_over_time_chart,
    incidents_chart,
    speaker_over_time_chart,
    theme_over_time_chart,
    weekly_chart,
)
from analysis.charts.pairs import (
    event_chart,
    indicator_chart,
    network_chart,
    pair_theme_chart,
    stance_chart,
    words_deeds_chart,
)
from analysis.charts.period import MAX_PAIRS, NO_LINES, SideLabels, leading_pairs_chart, one_article_chart
from analysis.charts.series import index_chart, measures_chart, multiples_chart, peak_marks, series_chart
from analysis.charts.speakers import (
    agreement_chart,
    speaker_chart,
    stance_matrix_chart,
    topic_by_speaker_chart,
)
from analysis.charts.topics import theme_by_theatre_chart, topic_chart
from analysis.charts.world_map import world_map
from analysis.findings.incident_lines import no_timeline
from analysis.findings.one_country import no_country, nothing_about
from analysis.findings.one_speaker import no_speaker
from analysis.findings.one_theme import no_theme
from analysis.indicators.change_points import change_points
from analysis.indicators.country_levels import country_levels, pair_levels
from analysis.indicators.drivers import pair_theme_matrix, stances_beside_acts
from analysis.indicators.dyads import directed_indicators, event_contributions
from analysis.indicators.measure_agreement import story_measures
from analysis.indicators.period_levels import period_levels
from analysis.indicators.period_moves import most_hostile, period_moves
from analysis.indicators.series_basis import longest_gap, one_day, one_outlet, too_short_for_queries
from analysis.indicators.state_hostility import state_hostility
from analysis.indicators.tension import WEEKLY_INDICATORS, weekly_tension
from analysis.indicators.text_indicators import gpr_shares, pair_tension_shares
from analysis.notebook.corpus_tables import CorpusTables
from analysis.notebook.errors import CorpusError
from analysis.notebook.live import following
from analysis.notebook.over_time import (
    asked_country,
    asked_incidents,
    asked_speaker,
    asked_theme,
    country_counts,
)
from analysis.phrasing import counted
from analysis.schemas import Incidents
from analysis.views.corrections import with_corrections


@following
class Charts:
    """Charts of a corpus. A chart with rows that an analyst corrected says so at its foot."""

    def __init__(self, corpus: CorpusTables) -> None:
        self._corpus = corpus

    def _noted(self, chart: Chart, *tables: str) -> Chart:
        """The chart with a note on the corrections in the tables that it was made from."""
        return with_corrections(chart, self._corpus.tables, *tables)

    def themes(self) -> Chart:
        """Share of the sentences in which each theme occurs."""
        return self._topics("theme")

    def theatres(self) -> Chart:
        """Share of the sentences that are about each part of the world."""
        return self._topics("theatre")

    def _topics(self, dimension: str) -> Chart:
        tables = self._corpus.tables
        return self._noted(topic_chart(tables.topics, tables.sentences, dimension=dimension), "topics")

    def theme(self, theme: str = "") -> Chart:
        """The share of each outlet's articles that have one theme, by day, week or month.

        Args:
            theme: its name, or words that only it contains, such as "trade"; "": a sentence suggests some.

        Raises:
            CorpusError: there is no such theme, or there are several; the message suggests some.
        """
        if not theme.strip():
            return empty_chart(no_theme(self._corpus.topics))
        one = asked_theme(self._corpus, theme)
        chart = theme_over_time_chart(one.by_period, theme=one.theme, period=one.period)
        return self._noted(chart, "topics", "articles")

    def themes_by_theatre(self) -> Chart:
        """How many sentences name a theme and a theatre together."""
        return self._noted(theme_by_theatre_chart(self._corpus.topics), "topics")

    def tone_by_speaker(self) -> Chart:
        """The tone of each statement of the most quoted speakers, and their means."""
        corpus = self._corpus
        chart = speaker_chart(corpus.quotes, corpus.articles, minimum_stories=corpus.least_stories)
        return self._noted(chart, "quotes")

    def stances(self) -> Chart:
        """Who is for and against whom, with undecided statements shown separately."""
        return self._noted(stance_matrix_chart(self._corpus.quotes, self._corpus.stances), "quotes")

    def speaker(self, name: str = "") -> Chart:
        """Whom one person speaks for and against, by day, week or month.

        Args:
            name: a name or part of one, such as "Lavrov", or a speaker's id; "": a sentence suggests some.

        Raises:
            CorpusError: nobody has that name, or several do; the message suggests names.
        """
        if not name.strip():
            return empty_chart(no_speaker(self._corpus.quotes))
        one = asked_speaker(self._corpus, name)
        chart = speaker_over_time_chart(one.periods, one.names, speaker=one.facts.name, period=one.period)
        return self._noted(chart, "quotes")

    def tone_stance_and_acts(self) -> Chart:
        """Whether the tone of a story agrees with its speakers' stances and with the acts it reports."""
        tables = self._corpus.tables
        measures = story_measures(tables.articles, tables.quotes, tables.stances, tables.events)
        return self._noted(agreement_chart(measures), "quotes", "events")

    def themes_by_speaker(self) -> Chart:
        """What the most quoted speakers speak about."""
        chart = topic_by_speaker_chart(self._corpus.quotes, self._corpus.topics)
        return self._noted(chart, "quotes", "topics")

    def acts_by_pair(self) -> Chart:
        """What each pair of countries did: words and deeds, cooperative and hostile."""
        return self._noted(event_chart(self._corpus.tables.events), "events")

    def network(self) -> Chart:
        """All countries and what passes between them, a line for each pair."""
        return self._noted(network_chart(self._corpus.indicators), "events")

    def conflict_share(self) -> Chart:
        """How much of all intensity between each pair is hostile, from 0 to 1."""
        return self._shares("conflict_share")

    def deed_share(self) -> Chart:
        """How much of what passes between each pair is deeds rather than words, from 0 to 1."""
        return self._shares("deed_share")

    def _shares(self, indicator: str) -> Chart:
        corpus = self._corpus
        chart = indicator_chart(corpus.indicators, indicator, minimum_stories=corpus.least_stories)
        return self._noted(chart, "events")

    def words_and_deeds(self) -> Chart:
        """Words and deeds of each pair side by side, cooperative to the left, hostile to the right."""
        corpus = self._corpus
        return self._noted(
            words_deeds_chart(corpus.indicators, minimum_stories=corpus.least_stories), "events"
        )

    def themes_by_pair(self) -> Chart:
        """What the acts of each pair are about, and how hostile they are."""
        matrix = pair_theme_matrix(self._corpus.tables.events, self._corpus.topics)
        return self._noted(pair_theme_chart(matrix), "events", "topics")

    def stances_and_acts(self) -> Chart:
        """What a country's speakers think of another country, beside what their own does to it."""
        tables = self._corpus.tables
        directed = directed_indicators(tables.articles, tables.events)
        beside = stances_beside_acts(tables.quotes, tables.stances, directed)
        return self._noted(stance_chart(beside), "quotes", "events")

    def conflict_over_time(self) -> Chart:
        """Weight of hostile acts per story read, over time, with its changes of level and highest peaks."""
        corpus = self._corpus
        conflict = corpus.conflict(corpus.period)
        parts = event_contributions(corpus.articles, corpus.tables.events, period=corpus.period)
        marks, unfit = peak_marks(conflict, parts, corpus.tables.events), one_outlet(corpus.articles)
        chart = series_chart(
            conflict,
            period=corpus.period,
            points=None if unfit else change_points(conflict),
            marks=marks,
            minimum_stories=corpus.least_stories,
        )
        chart = with_sentence(chart, unfit and f"No change of level is marked: {unfit}")
        return self._noted(chart, "articles", "events")

    def leading_pairs_over_time(self) -> Chart:
        """A small series for each leading pair, all on one scale; the pairs that moved last are marked."""
        corpus = self._corpus
        conflict = corpus.conflict(corpus.watched_period)
        chart = multiples_chart(
            conflict,
            corpus.latest_changes,
            period=corpus.watched_period,
            minimum_stories=corpus.least_stories,
        )
        return self._noted(chart, "articles", "events")

    def acts_and_words_over_time(self) -> Chart:
        """Two measures of the leading pair: hostile acts, and words of tension where both are named."""
        corpus = self._corpus
        pairs, conflict = corpus.leading_pairs, corpus.conflict(corpus.period)
        worded = pair_tension_shares(corpus.articles, pairs, period=corpus.period)
        tense = worded[worded["indicator"] == "pair_tension_share"]
        chart = measures_chart(
            conflict[conflict["dyad"].isin(pairs)],
            tense,
            period=corpus.period,
            minimum_stories=corpus.least_stories,
        )
        return self._noted(chart, "articles", "events")

    def risk_over_time(self) -> Chart:
        """The share of stories that mention geopolitical risk, as an index over time.

        Articles too short for the published queries get a sentence that says so.
        """
        corpus = self._corpus
        if too_short := too_short_for_queries(corpus.articles):
            return empty_chart(too_short)
        shares = gpr_shares(corpus.articles, period=corpus.period)
        chart = index_chart(shares, period=corpus.period, minimum_stories=corpus.least_stories)
        return self._noted(chart, "articles")

    def hostility_over_time(self) -> Chart:
        """Stories with hostile acts or threats between countries, per hundred stories read, over time."""
        corpus = self._corpus
        if unfit := one_day(corpus.articles) or one_outlet(corpus.articles):
            return empty_chart(f"No chart of hostility between states: {unfit}")
        index = state_hostility(corpus.articles, corpus.tables.events, period=corpus.period)
        chart = series_chart(index, period=corpus.period, minimum_stories=corpus.least_stories)
        chart = with_sentence(chart, longest_gap(corpus.articles))
        return self._noted(chart, "articles", "events")

    def tension_by_week(self) -> Chart:
        """Force between the leading pair by week, and below it threats, sanctions and other pressure."""
        corpus = self._corpus
        if unfit := one_outlet(corpus.articles):
            return empty_chart(f"No chart of tension by week: {unfit}")
        weekly = weekly_tension(corpus.articles, corpus.tables.events)
        weekly = weekly[weekly["dyad"].isin(corpus.leading_pairs)]
        parts = (weekly[weekly["indicator"] == name] for name in WEEKLY_INDICATORS)
        chart = measures_chart(*parts, period="week", minimum_stories=corpus.least_stories)
        chart = with_sentence(chart, longest_gap(corpus.articles))
        return self._noted(chart, "articles", "events")

    def period_picture(self) -> Chart:
        """The reporting period at a glance: leading pairs over time or, for few days, who acts on whom."""
        return self._noted(period_chart(self._corpus.period_inputs), "articles", "events")

    def country(self, country: str = "") -> Chart:
        """One country over time: its incidents, what its speakers say about others, and others about it.

        Args:
            country: a country or bloc, by name or code, such as "Iran" or "EU"; "": a sentence suggests some.

        Raises:
            CorpusError: it is neither; the message suggests some.
        """
        if not country.strip():
            return empty_chart(no_country(self._corpus.incidents))
        one = asked_country(self._corpus, country)
        if one.is_empty:
            return empty_chart(nothing_about(one))
        chart = country_over_time_chart(country_counts(one), country=one.name, period=one.period)
        return self._noted(chart, "articles", "events", "quotes")

    def timeline(self, *, kind: str = "", country: str = "", pair: str = "", least_stories: int = 1) -> Chart:
        """How many incidents, hostile and cooperative, begin in each day, week or month.

        Args:
            kind: as in `corpus.views.timeline`, and so are the others.
            country: only incidents of this country or bloc, by name or code.
            pair: only incidents between these two.
            least_stories: only incidents that at least this many stories report.

        Raises:
            CorpusError: one of them is not what it should be.
        """
        asked = {"kind": kind, "country": country, "pair": pair, "least_stories": least_stories}
        found = asked_incidents(self._corpus, **asked)
        if sentence := no_timeline(self._corpus.incidents):
            return empty_chart(sentence)
        return self._noted(incidents_chart(found), "articles", "events")

    def world_map(self, incidents: DataFrame | None = None) -> Chart:
        """Where conflict is reported and which pairs lead; for two countries, a map would say nothing.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
        """
        incidents = incident_rows(incidents, self._corpus.period_inputs.current)
        levels = country_levels(incidents)
        if len(levels) < LEAST_ON_MAP:
            return empty_chart(f"No map: incidents involve {counted(len(levels), 'country')}.")
        return self._noted(world_map(levels, pair_levels(incidents)), "events")

    def incidents_by_week(self, incidents: DataFrame | None = None) -> Chart:
        """How many hostile and how many cooperative incidents each week has.

        Args:
            incidents: rows of `corpus.incidents`; by default all of them.
        """
        incidents = incident_rows(incidents, self._corpus.period_inputs.incidents)
        return self._noted(weekly_chart(incidents), "events")

    def leading_pairs_now(
        self,
        incidents: DataFrame | None = None,
        *,
        first: date | None = None,
        last: date | None = None,
        labels: dict[str, str] | None = None,
    ) -> Chart:
        """How hostile the most hostile pairs are on some days, compared with what is usual for them.

        Args:
            incidents: `Incidents` rows; by default all of the corpus.
            first: first of the days; by default that of the reporting period.
            last: last of the days; by default that of the reporting period.
            labels: what each pair is about, in a few words.
        """
        inputs, days = self._corpus.period_inputs, self._corpus.reporting_period
        first, last = first or days.first, last or days.last
        if first is None or last is None:
            return empty_chart(NO_LINES)
        found = incident_rows(incidents, inputs.incidents)
        levels = period_levels(found, self._corpus.articles, first=first, last=last)
        moves = most_hostile(period_moves(levels), most=MAX_PAIRS)
        return self._noted(leading_pairs_chart(levels, moves, labels or {}), "articles", "events")

    def who_deals_with_whom(
        self, incidents: DataFrame | None = None, *, labels: dict[str, SideLabels] | None = None
    ) -> Chart:
        """Cooperative and hostile incidents of the leading pairs, done and announced.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
            labels: what the incidents of each pair are, in a few words; by default the heaviest ones.
        """
        incidents = incident_rows(incidents, self._corpus.period_inputs.current)
        if labels is None:
            labels = {
                pair: side_labels(rows, self._corpus.period_inputs)
                for pair, rows in incidents.groupby("dyad")
            }
        return self._noted(one_article_chart(incidents, labels), "events")


def incident_rows(given: object, default: DataFrame) -> DataFrame:
    """The incidents that a chart draws: those that were given, or else the default.

    Raises:
        CorpusError: rows of something else were given.
    """
    if given is None:
        return default
    columns = given.columns if isinstance(given, DataFrame) else ()
    if not set(Incidents.to_schema().columns) <= set(columns):
        kind = f"a table with the columns {', '.join(map(str, columns[:5]))}" if len(columns) else ""
        found = kind or f"a {type(given).__name__}"
        raise CorpusError(
            f"this chart draws rows of corpus.incidents with all their columns, but was given {found}"
        )
    return given
