"""How far the numbers can be trusted, opened for a notebook: measured rates and known episodes."""

from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.evaluation import measured as views
from analysis.evaluation.measured import checks
from analysis.evaluation.measured_charts import (
    agreements_chart,
    class_chart,
    conflict_and_tone_chart,
    official_risk_chart,
    risk_chart,
    war_chart,
)
from analysis.views.render import View, answer_view


class EvaluationCharts:
    """Charts of what was measured."""

    risk, world, war = staticmethod(risk_chart), staticmethod(agreements_chart), staticmethod(war_chart)
    conflict_and_tone = staticmethod(conflict_and_tone_chart)
    hostility_and_official_risk = staticmethod(official_risk_chart)

    def act_types(self) -> Chart:
        """How well each type of act is found, the weakest first."""
        return class_chart("root")

    def sections(self) -> Chart:
        """How well each section of the news is recognised, the weakest first."""
        return class_chart("section")


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
