"""How far the numbers can be trusted, opened for a notebook: measured rates and known episodes."""

from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.evaluation import measured
from analysis.views.render import View, answer_view


class EvaluationCharts:
    """Charts of what was measured."""

    risk, world = staticmethod(measured.risk_chart), staticmethod(measured.agreements_chart)
    war, conflict_and_tone = staticmethod(measured.war_chart), staticmethod(measured.conflict_and_tone_chart)
    hostility_and_official_risk = staticmethod(measured.official_risk_chart)

    def act_types(self) -> Chart:
        """How well each type of act is found, the weakest first."""
        return measured.class_chart("root")

    def sections(self) -> Chart:
        """How well each section of the news is recognised, the weakest first."""
        return measured.class_chart("section")


class Evaluation:
    """Measured rates, known episodes and what was found of them; `open_evaluation` makes one."""

    charts = EvaluationCharts()
    origin, rates = staticmethod(measured.origin_view), staticmethod(measured.rates_view)
    expected_and_found = staticmethod(measured.checks_view)
    spikes, crises = staticmethod(measured.spikes_view), staticmethod(measured.crises_view)
    noise, speed = staticmethod(measured.noise_view), staticmethod(measured.speed_view)

    @property
    def checks(self) -> DataFrame:
        """One row per figure that was known in advance, with what was found."""
        return measured.checks()

    def answer(self) -> View:
        """How often the program reads a text correctly, and how many known figures it found."""
        return answer_view(*measured.trust_answer())


def open_evaluation() -> Evaluation:
    """The measured rates, and the episodes with a known history."""
    return Evaluation()
