"""How far the numbers can be trusted, opened for a notebook: measured rates and known episodes."""

from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.charts.lines import measures_chart, series_chart
from analysis.evaluation import measured as views
from analysis.evaluation.measured import checks, measured
from analysis.evaluation.measured_charts import agreements_chart, class_chart, risk_chart
from analysis.views.render import View, answer_view


class EvaluationCharts:
    """Charts of what was measured."""

    risk, world = staticmethod(risk_chart), staticmethod(agreements_chart)

    def act_types(self) -> Chart:
        """How well each type of act is found, the weakest first."""
        return class_chart("root")

    def sections(self) -> Chart:
        """How well each section of the news is recognised, the weakest first."""
        return class_chart("section")

    def war(self) -> Chart:
        """Weight of hostile acts between Russia and Ukraine by week."""
        return series_chart(measured("weeks"), period="week", points=measured("change_points"))

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


class Evaluation:
    """Measured rates, known episodes and what was found of them; `open_evaluation` makes one."""

    charts = EvaluationCharts()
    origin, rates = staticmethod(views.origin_view), staticmethod(views.rates_view)
    expected_and_found = staticmethod(views.checks_view)
    spikes, crises = staticmethod(views.spikes_view), staticmethod(views.crises_view)
    noise, speed = staticmethod(views.noise_view), staticmethod(views.speed_view)

    @property
    def checks(self) -> DataFrame:
        """One row per figure that was known in advance, with what was found."""
        return checks()

    def answer(self) -> View:
        """How often the program reads a text correctly, and how many known figures it found."""
        return answer_view(*views.trust_answer())


def open_evaluation() -> Evaluation:
    """The measured rates, and the episodes with a known history."""
    return Evaluation()
