"""Charts of indicators: titles that state what the data say, and a text alternative from the same data."""

import pandas as pd
import pytest

from analysis.charts.base import NOT_DATED
from analysis.charts.pairs import pair_theme_chart, stance_chart
from analysis.charts.series import measures_chart, peak_marks, series_chart
from analysis.indicators.change_points import change_points
from analysis.indicators.dyads import dyad_indicators, event_contributions
from analysis.schemas import PairThemes, StancesBesideActs
from tests.coverage import coded, coverage, read

MONDAYS = pd.date_range("2024-01-01", periods=14, freq="7D").strftime("%Y-%m-%d").tolist()


@pytest.fixture
def weekly():
    """A war that begins in the eighth week, twelve articles a week, none in the fourth."""
    starts = [start for start in MONDAYS if start != MONDAYS[3] for _ in range(12)]
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(84, 156, 2)]
    rows = dyad_indicators(*read(coverage(*starts), *war), period="week")
    return rows[rows["indicator"] == "conflict_per_story"]


def png_of(chart):
    return chart.png()[:8]


def test_a_series_names_its_peak_and_its_change_of_level(weekly):
    chart = series_chart(weekly, period="week", points=change_points(weekly))
    assert (
        f"Russia – Ukraine reaches the highest conflict per story read: 0.45 (week from {MONDAYS[8]})"
        in chart.alt
    )
    assert f"changes of level in {MONDAYS[8]}" in chart.alt
    assert png_of(chart) == b"\x89PNG\r\n\x1a\n"


def test_five_months_without_articles_are_shaded_and_three_weeks_are_not(weekly):
    late = pd.date_range("2024-09-02", periods=3, freq="7D").strftime("%Y-%m-%d")
    rows = pd.concat([weekly, weekly.tail(3).assign(period=late)], ignore_index=True)
    shaded = [
        one for one in series_chart(rows, period="week").figure.axes[0].patches if one.get_gid() == "gap"
    ]
    assert len(shaded) == 1
    assert not [one for one in series_chart(weekly, period="week").figure.axes[0].patches if one.get_gid()]


def test_two_periods_are_no_series():
    articles = coverage("2024-01-01", "2024-01-08")
    rows = dyad_indicators(articles, coded((0, "RUS", "UKR", "ASSAULT", "past"), of=articles), period="week")
    chart = series_chart(rows[rows["indicator"] == "conflict_per_story"], period="week")
    assert chart.alt == NOT_DATED
    assert png_of(chart) == b"\x89PNG\r\n\x1a\n"


def test_two_measures_say_whether_they_agree(weekly):
    chart = measures_chart(
        weekly, weekly.assign(value=-weekly["value"], indicator="mean_tone"), period="week"
    )
    assert "Rank correlation -1.00" in chart.alt
    assert "mean tone of the words, Russia – Ukraine from -0.45" in chart.alt


def test_the_title_names_the_pair_and_theme_with_the_most_hostility():
    columns = list(PairThemes.to_schema().columns)
    rows = [
        ("CHN-USA", "trade and tariffs", 2, 1.4, 1.4, 8.4, -6.0),
        ("CHN-USA", "sports", 1, 1.0, 0.0, 0.0, 2.0),
    ]
    hostile = pd.DataFrame(rows, columns=columns)
    assert "Most hostility: China – United States on trade and tariffs" in pair_theme_chart(hostile).alt
    assert "China – United States on trade and tariffs 2 (mean -6.0)" in pair_theme_chart(hostile).alt
    assert "No act with a theme is hostile" in pair_theme_chart(hostile.assign(hostile_intensity=0.0)).alt
    assert pair_theme_chart(hostile.iloc[:0]).alt.startswith("No act between two countries")
    assert pair_theme_chart(hostile.iloc[:1]).alt == (
        "The only acts with a theme: China – United States on trade and tariffs, 2 acts, mean intensity -6.0."
    )


def test_what_is_against_or_hostile_is_to_the_right_of_what_is_for_or_cooperative():
    row = ("USA>CHN", -1.0, -1.0, -0.5, 4, 2, -2.5, -4.0, -1.0, 3, "agree")
    rows = pd.DataFrame([row], columns=list(StancesBesideActs.to_schema().columns))
    stances, acts = stance_chart(rows).figure.axes
    assert stances.get_xlim() == (1.05, -1.05)
    assert acts.get_xlim() == (10.5, -10.5)
    assert acts.get_xlabel().endswith("cooperative ← 0 → hostile")


def test_the_highest_weeks_are_numbered_and_their_acts_listed():
    articles = coverage(*["2024-01-01"] * 2, *["2024-01-08"] * 2, *["2024-01-15"] * 2)
    events = coded(
        (0, "RUS", "UKR", "ACCUSE", "past"),
        (2, "RUS", "UKR", "ASSAULT", "past"),
        (3, "UKR", "RUS", "ASSAULT", "past"),
        (4, "RUS", "UKR", "THREATEN", "past"),
        of=articles,
    )
    rows = dyad_indicators(articles, events, period="week")
    rows = rows[rows["indicator"] == "conflict_per_story"]
    marks = peak_marks(rows, event_contributions(articles, events, period="week"), events)
    assert marks["line"].tolist() == [
        "1  Russia – Ukraine, from 2024-01-08: assault by Russia (1), assault by Ukraine (1)",
        "2  Russia – Ukraine, from 2024-01-15: threat by Russia (1)",
    ]
    chart = series_chart(rows, period="week", marks=marks)
    assert "Strongest peaks: 1  Russia – Ukraine, from 2024-01-08" in chart.alt
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["1", "2"]


def test_a_theme_of_none_of_the_shown_pairs_has_no_empty_row():
    columns = list(PairThemes.to_schema().columns)
    shown = [
        (f"CHN-{code}", "trade and tariffs", 2, 9.0, 1.4, 8.4, -6.0)
        for code in ("USA", "JPN", "IND", "RUS", "UKR", "GBR", "FRA", "DEU", "ITA", "ESP", "POL", "BRA")
    ]  # as many pairs as are shown
    small = ("CHN-PER", "sports", 1, 1.0, 1.0, 0.0, 2.0)
    chart = pair_theme_chart(pd.DataFrame([*shown, small], columns=columns))
    axes = chart.figure.axes[0]
    assert len(axes.get_xticklabels()) == 12
    assert [theme.get_text() for theme in axes.get_yticklabels()] == ["trade and tariffs"]
