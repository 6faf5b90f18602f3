"""How far the numbers can be trusted, opened for a notebook: measured rates and known episodes."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pandas import DataFrame

from analysis.charts.base import Chart
from analysis.charts.series import measures_chart, series_chart
from analysis.evaluation.checks import checks
from analysis.evaluation.exhibits import Exhibits, compute_exhibits, load_exhibits
from analysis.evaluation.noise_report import noise_view
from analysis.evaluation.report import (
    Results,
    checks_view,
    class_chart,
    load_results,
    origin_view,
    rates_view,
    risk_chart,
    speed_view,
    spike_items_view,
    trust_answer,
)
from analysis.evaluation.world_report import agreements_chart, crises_view
from analysis.evaluation.world_series import OFFICIAL_RISK
from analysis.indicators.state_hostility import STATE_HOSTILITY
from analysis.notebook.errors import plain_errors
from analysis.views.render import View, answer_view
from analysis.workbench.panes import reading_counter


@dataclass(frozen=True, eq=False, repr=False)
class Evaluation:
    """Measured rates, known episodes and what was found of them; `open_evaluation` makes one."""

    results: Results
    exhibits: Exhibits

    @cached_property
    def checks(self) -> DataFrame:
        """One row per figure that was known in advance, with what was found: `Checks` table."""
        return checks(self.exhibits)

    @cached_property
    def charts(self) -> "EvaluationCharts":
        """Charts."""
        return EvaluationCharts(self.results, self.exhibits)

    def answer(self) -> View:
        """How often the program reads a text correctly, and how many known figures it found."""
        return answer_view(*trust_answer(self.results, self.checks))

    def origin(self) -> View:
        """Whether the episodes were computed now or are the stored ones, and on which day."""
        return origin_view(self.exhibits)

    def rates(self) -> View:
        """Each question that is answered: how often correctly, on which texts, and how others do."""
        return rates_view(self.results)

    def expected_and_found(self, *exhibits: str) -> View:
        """What was expected for some exhibits, what was found, and whether that is close enough.

        Args:
            exhibits: among "risk", "war", "tone", "peak", "spike" and "speed".
        """
        return checks_view(self.checks, *exhibits)

    def spikes(self) -> View:
        """The strongest spikes of the year, each with the acts that made it."""
        return spike_items_view(self.exhibits)

    def crises(self) -> View:
        """The known crises of the year: which the series of tension show, and why not the others."""
        return crises_view(self.exhibits.known_crises, self.exhibits.crisis_rates)

    def noise(self) -> View:
        """What chance alone is taken for, and how often the intervals hold what they promise."""
        return noise_view(self.exhibits.false_alarms, self.exhibits.intervals_held)

    def speed(self) -> View:
        """How many words one core reads in a second."""
        return speed_view(self.results)


class EvaluationCharts:
    """Charts of what was measured."""

    def __init__(self, results: Results, exhibits: Exhibits) -> None:
        self._results, self._exhibits = results, exhibits

    def act_types(self) -> Chart:
        """How well each type of act is found, the weakest first."""
        return class_chart(self._results.classes, "root")

    def sections(self) -> Chart:
        """How well each section of the news is recognised, the weakest first."""
        return class_chart(self._results.classes, "section")

    def risk(self) -> Chart:
        """The share of releases that mention geopolitical risk by month, beside what was expected."""
        return risk_chart(self._exhibits.months)

    def war(self) -> Chart:
        """Weight of hostile acts between Russia and Ukraine by week."""
        return series_chart(self._exhibits.weeks, period="week", points=self._exhibits.change_points)

    def world(self) -> Chart:
        """How far our series, mentions and tone agree with deaths and with the official index of risk."""
        return agreements_chart(self._exhibits.agreements)

    def hostility_and_official_risk(self) -> Chart:
        """Our index of hostility between states by month, beside the official index of risk."""
        months = self._exhibits.risk_months
        ours, official = (months[months["indicator"] == name] for name in (STATE_HOSTILITY, OFFICIAL_RISK))
        return measures_chart(ours, official, period="month")

    def conflict_and_tone(self) -> Chart:
        """The same conflict by month, and the mean tone of the same releases."""
        months = self._exhibits.months
        conflict, tone = (months[months["indicator"] == name] for name in ("conflict_per_story", "mean_tone"))
        return measures_chart(conflict, tone, period="month")


def open_evaluation(corpora: Path | str = "", *, stored: Path | str = "../benchmarks") -> Evaluation:
    """The measured rates, and the episodes with a known history.

    Args:
        corpora: folder of the two corpora, which are then read again in some minutes; "": stored episodes.
        stored: folder of `results.json` and `exhibits.json`.

    Raises:
        CorpusError: a file is missing or is not what it should be.
    """
    with plain_errors():
        results = load_results(Path(stored) / "results.json")
        if corpora:
            exhibits = compute_exhibits(corpora, progress=reading_counter())
        else:
            exhibits = load_exhibits(Path(stored) / "exhibits.json")
    return Evaluation(results, exhibits)
