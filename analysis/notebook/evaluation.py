"""How far the numbers can be trusted, opened for a notebook: measured rates and known episodes."""

from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.charts.lines import measures_chart, series_chart
from analysis.evaluation import measured as views
from analysis.evaluation.measured import checks, measured
from analysis.evaluation.measured_charts import agreements_chart, class_chart, risk_chart
from analysis.views.render import View, answer_view


class Evaluation:
    """Measured rates, known episodes and what was found of them; `open_evaluation` makes one."""

    @property
    def checks(self) -> DataFrame:
        """One row per figure that was known in advance, with what was found."""
        return checks()

    @property
    def charts(self) -> "EvaluationCharts":
        """Charts."""
        return EvaluationCharts()

    def answer(self) -> View:
        """How often the program reads a text correctly, and how many known figures it found."""
        return answer_view(*views.trust_answer())

    def origin(self) -> View:
        """On which day the episodes were computed, and how to compute them again."""
        return views.origin_view()

    def rates(self) -> View:
        """Each question that is answered: how often correctly, on which texts, and how others do."""
        return views.rates_view()

    def expected_and_found(self, *exhibits: str) -> View:
        """What was expected for some exhibits, what was found, and whether that is close enough.

        Args:
            exhibits: among "risk", "war", "tone", "peak", "spike" and "speed".
        """
        return views.checks_view(*exhibits)

    def spikes(self) -> View:
        """The strongest spikes of the year, each with the acts that made it."""
        return views.spikes_view()

    def crises(self) -> View:
        """The known crises of the year: which the series of tension show, and why not the others."""
        return views.crises_view()

    def noise(self) -> View:
        """What chance alone is taken for, and how often the intervals hold what they promise."""
        return views.noise_view()

    def speed(self) -> View:
        """How many words one core reads in a second."""
        return views.speed_view()


class EvaluationCharts:
    """Charts of what was measured."""

    def act_types(self) -> Chart:
        """How well each type of act is found, the weakest first."""
        return class_chart("root")

    def sections(self) -> Chart:
        """How well each section of the news is recognised, the weakest first."""
        return class_chart("section")

    def risk(self) -> Chart:
        """The share of releases that mention geopolitical risk by month, beside what was expected."""
        return risk_chart()

    def war(self) -> Chart:
        """Weight of hostile acts between Russia and Ukraine by week."""
        return series_chart(measured("weeks"), period="week", points=measured("change_points"))

    def world(self) -> Chart:
        """How far our series, mentions and tone agree with deaths and with the official index of risk."""
        return agreements_chart()

    def hostility_and_official_risk(self) -> Chart:
        """Our index of hostility between states by month, beside the official index of risk."""
        return two_series("risk_months", "state_hostility", "official_index_of_risk")

    def conflict_and_tone(self) -> Chart:
        """The same conflict by month, and the mean tone of the same releases."""
        return two_series("months", "conflict_per_story", "mean_tone")


def two_series(table: str, first: str, second: str) -> Chart:
    """Two indicators of a measured table by month, one above the other."""
    rows = measured(table)
    return measures_chart(*(rows[rows["indicator"] == name] for name in (first, second)), period="month")


def open_evaluation() -> Evaluation:
    """The measured rates, and the episodes with a known history."""
    return Evaluation()
