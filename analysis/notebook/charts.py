"""The charts of a corpus, each a method: type `corpus.charts.` and press Tab."""

from typing import Final

from pandas import DataFrame

from analysis.briefing.front_page import LEAST_ON_MAP, period_chart
from analysis.charts.bars import spikes_chart, topic_chart
from analysis.charts.base import Chart, empty_chart
from analysis.charts.grids import (
    speaker_over_time_chart,
    theme_by_theatre_chart,
    theme_over_time_chart,
    topic_by_speaker_chart,
)
from analysis.charts.network import network_chart
from analysis.charts.timeline import country_over_time_chart, incidents_chart, weekly_chart
from analysis.charts.world_map import world_map
from analysis.evaluation.measured import stance_sentence
from analysis.findings.incident_lines import no_timeline
from analysis.findings.subjects import nothing_about, speaker_facts, target_names
from analysis.indicators.incident_timeline import (
    country_levels,
    incident_timeline,
    pair_levels,
    sure_incidents,
)
from analysis.indicators.periods import ALL
from analysis.indicators.speaker_stances import stance_periods
from analysis.notebook.corpus_tables import CorpusError, Following
from analysis.notebook.views import (
    asked_country,
    asked_speaker,
    asked_theme,
    country_counts,
)
from analysis.phrasing import counted
from analysis.schemas import Incidents
from analysis.views.corrections import corrections_sentence, with_corrections
from analysis.views.render import View
from analysis.views.speakers import voices_view

TONE_SENTENCE: Final = (
    "Tone tells how something is put, not what the speaker thinks of anyone: a calm sentence about a war can "
    "be warm, and tone detects conflict no better than a coin toss (macro-F1 .52)."
)


class Charts(Following):
    """Charts of a corpus. A chart with rows that an analyst corrected says so at its foot."""

    def _noted(self, chart: Chart, *tables: str) -> Chart:
        """The chart with a note on the corrections in the tables that it was made from."""
        return with_corrections(chart, self._corpus.tables, *tables)

    def themes(self) -> Chart:
        """Share of the sentences in which each theme occurs."""
        return self._noted(topic_chart(self._corpus.tables.topics, self._corpus.tables.sentences), "topics")

    def theatres(self) -> Chart:
        """Share of the sentences that are about each part of the world."""
        tables = self._corpus.tables
        return self._noted(topic_chart(tables.topics, tables.sentences, dimension="theatre"), "topics")

    def theme(self, theme: str = "") -> Chart | None:
        """The share of each outlet's articles that have one theme, by day, week or month.

        Args:
            theme: its name, or words that only it contains, such as "trade"; None is shown for "".

        Raises:
            CorpusError: there is no such theme, or there are several; the message suggests some.
        """
        if not theme.strip():
            return None
        found, period, shares = asked_theme(self._corpus, theme)
        by_period = shares[(shares["period"] == ALL) == (period == ALL)]
        chart = theme_over_time_chart(by_period, theme=found, period=period)
        return self._noted(chart, "topics", "articles")

    def themes_by_theatre(self) -> Chart:
        """How many sentences name a theme and a theatre together."""
        return self._noted(theme_by_theatre_chart(self._corpus.tables.topics), "topics")

    def tone_and_stance(self) -> View:
        """How each speaker sounds and whom each is for and against; each mark leads to its statement."""
        tables = self._corpus.tables
        trust = (stance_sentence(), TONE_SENTENCE, corrections_sentence(tables, "quotes"))
        return voices_view(tables, " ".join(filter(None, trust)))

    def speaker(self, name: str = "") -> Chart | None:
        """Whom one person speaks for and against, by day, week or month.

        Args:
            name: a name or part of one, such as "Lavrov", or a speaker's id; None is shown for "".

        Raises:
            CorpusError: nobody has that name, or several do; the message suggests names.
        """
        if not name.strip():
            return None
        quotes, dated, period = asked_speaker(self._corpus, name)
        facts, periods = speaker_facts(self._corpus.tables, quotes), stance_periods(dated, period)
        chart = speaker_over_time_chart(periods, target_names(dated), speaker=facts["name"], period=period)
        return self._noted(chart, "quotes")

    def themes_by_speaker(self) -> Chart:
        """What the most quoted speakers speak about."""
        chart = topic_by_speaker_chart(self._corpus.tables.quotes, self._corpus.tables.topics)
        return self._noted(chart, "quotes", "topics")

    def network(self, incidents: DataFrame | None = None) -> Chart:
        """Who deals with whom: a line for each pair with sure incidents of the reporting period.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
        """
        inputs = self._corpus.period_inputs
        sure = sure_incidents(incident_rows(incidents, inputs.current))
        return self._noted(network_chart(pair_levels(sure, inputs.sides["dyad"])), "events")

    def spikes(self) -> Chart:
        """The pairs that in the reporting period were far more hostile than at all other times."""
        return self._noted(spikes_chart(self._corpus.spikes), "articles", "events")

    def period_picture(self) -> Chart:
        """The reporting period at a glance: leading pairs over time or, for few days, who acts on whom."""
        return self._noted(period_chart(self._corpus.period_inputs), "articles", "events")

    def country(self, country: str = "") -> Chart | None:
        """One country over time: its incidents, what its speakers say about others, and others about it.

        Args:
            country: a country or bloc, by name or code, such as "Iran" or "EU"; None is shown for "" and for
                several.

        Raises:
            CorpusError: it is neither; the message suggests some.
        """
        if not country.strip() or "," in country or ";" in country:
            return None
        one = asked_country(self._corpus, country)
        if one.is_empty:
            return empty_chart(nothing_about(one))
        chart = country_over_time_chart(country_counts(one), country=one.name, period=one.period)
        return self._noted(chart, "articles", "events", "quotes")

    def timeline(self) -> Chart:
        """How many incidents of the reporting period, hostile and cooperative, begin in each day or week."""
        current = self._corpus.period_inputs.current
        if sentence := no_timeline(current):
            return empty_chart(sentence)
        return self._noted(incidents_chart(incident_timeline(current)), "articles", "events")

    def world_map(self, incidents: DataFrame | None = None) -> Chart:
        """Where conflict is surely reported and which pairs lead; for two countries, a map would say nothing.

        Args:
            incidents: `Incidents` rows; by default those of the reporting period.
        """
        inputs = self._corpus.period_inputs
        sure = sure_incidents(incident_rows(incidents, inputs.current))
        levels = country_levels(sure)
        if len(levels) < LEAST_ON_MAP:
            return empty_chart(f"No map: sure incidents involve {counted(len(levels), 'country')}.")
        return self._noted(world_map(levels, pair_levels(sure, inputs.sides["dyad"])), "events")

    def incidents_by_week(self, incidents: DataFrame | None = None) -> Chart:
        """How many hostile and how many cooperative incidents each week has.

        Args:
            incidents: rows of `corpus.incidents`; by default all of them.
        """
        incidents = incident_rows(incidents, self._corpus.period_inputs.incidents)
        return self._noted(weekly_chart(incidents), "events")


def incident_rows(given: object, default: DataFrame) -> DataFrame:
    """The incidents that a chart draws: those that were given, or else the default.

    Raises:
        CorpusError: rows of something else were given.
    """
    if given is None:
        return default
    is_table = isinstance(given, DataFrame)
    if not is_table or not set(Incidents.columns) <= set(given.columns):
        found = f"a table with the columns {', '.join(map(str, given.columns[:5]))}" if is_table else ""
        raise CorpusError(
            "this chart draws rows of corpus.incidents with all their columns, but was given "
            f"{found or f'a {type(given).__name__}'}"
        )
    return given
