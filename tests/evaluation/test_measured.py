"""What was measured is shown as it is stored, and agrees with the results of the benchmarks."""

import json
from pathlib import Path

import pytest

from analysis import open_evaluation
from benchmarks.publish import publish_rates

ROOT = Path(__file__).parents[2]
EVALUATION = open_evaluation()
CHARTS = ("act_types", "sections", "risk", "war", "world", "hostility_and_official_risk", "conflict_and_tone")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (EVALUATION.answer, "figures known in advance"),
        (EVALUATION.answer, "Of 50 known crises of a year"),
        (EVALUATION.origin, "python -m benchmarks.validate CORPORA"),
        (EVALUATION.rates, "none known</td><td>not measured"),
        (EVALUATION.spikes, "Iran – Israel"),
        (EVALUATION.crises, "crises of force are found"),
        (EVALUATION.noise, "news items"),
        (EVALUATION.speed, "the parse alone"),
        (lambda: EVALUATION.expected_and_found("war", "tone"), "Russia – Ukraine, worst week"),
    ],
)
def test_each_view_shows_its_figures_and_no_missing_one(shown, expected):
    html = " ".join(shown().html.split())
    assert expected in html
    assert ">nan" not in html.casefold()


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_has_a_title_and_its_numbers_in_words(name):
    chart = getattr(EVALUATION.charts, name)()
    assert not chart.is_empty
    assert any(character.isdigit() for character in chart.details)


def test_the_rates_are_those_of_the_benchmarks(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.publish.MEASURED", tmp_path)
    publish_rates(json.loads((ROOT / "benchmarks" / "results.json").read_text()))
    for path in tmp_path.iterdir():
        assert path.read_text() == (ROOT / "analysis" / "data" / "measured" / path.name).read_text()


def test_each_rate_has_the_day_on_which_it_was_measured():
    results = json.loads((ROOT / "benchmarks" / "results.json").read_text())
    rows = EVALUATION.rates().html.split("<tr>")[2:]
    days = {results[name] for name in ("date", "articles_date")}
    assert {row.split("; on ")[1][:10] for row in rows} == days
    assert f"; on {results['articles_date']}" in rows[0]
