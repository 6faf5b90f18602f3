"""Change points: lasting changes only, not where a gap ends, and one shuffled series in twenty at most."""

import numpy as np
import pandas as pd
import pytest

from analysis.indicators.spikes import GAP_DAYS, open_days
from analysis.schemas import Indicators
from benchmarks.validation.change_points import change_points, segment_gains, stretch_numbers

MONDAYS = pd.date_range("2024-01-01", periods=120, freq="7D").strftime("%Y-%m-%d").tolist()
CALM = [0.1, 0.12, 0.09, 0.11, 0.1, 0.1, 0.12, 0.09]


def series(*values, starts=MONDAYS, stories=20, indicator="conflict_per_story"):
    """Weekly values of one pair, without intervals; `stories` read in each week."""
    frame = pd.DataFrame({"period": starts[: len(values)], "value": values, "low": None, "high": None})
    counts = dict.fromkeys(("event_count", "article_count", "story_count"), stories)
    return Indicators.validate(frame.assign(indicator=indicator, dyad="CHN-USA", **counts))


def test_a_lasting_rise_is_a_change_point_and_noise_is_not():
    points = change_points(series(*CALM, *[value + 0.5 for value in CALM]))
    assert points["period"].tolist() == [MONDAYS[8]]
    assert points.loc[0, ["before_mean", "after_mean"]].tolist() == pytest.approx([0.10375, 0.60375])
    assert change_points(series(*CALM, *CALM)).empty


def test_a_war_of_a_month_begins_and_ends():
    points = change_points(series(*CALM, *CALM, *[0.6, 0.7, 0.65, 0.6], *CALM, *CALM))
    assert points["period"].tolist() == [MONDAYS[16], MONDAYS[20]]


def test_one_week_is_no_level():
    assert change_points(series(*CALM, 0.9, *CALM)).empty


def test_a_short_or_level_series_has_no_change_points():
    assert change_points(series(0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.9, 0.9)).empty
    assert change_points(series(*[0.5] * 20)).empty
    assert change_points(series(*CALM, *[value + 0.5 for value in CALM], stories=0)).empty


def test_a_missing_week_is_skipped():
    points = change_points(series(*[0.1] * 5, None, *[0.1] * 2, *[0.9] * 6))
    assert points["period"].tolist() == [MONDAYS[8]]


def test_a_level_that_differs_across_a_gap_of_five_months_is_no_change_point():
    starts = [*MONDAYS[:16], *MONDAYS[38:54]]
    higher = [value + 0.5 for value in CALM]
    assert change_points(series(*CALM, *CALM, *higher, *higher, starts=starts)).empty


def test_a_change_after_a_gap_falls_on_what_happened():
    starts = [*MONDAYS[:16], *MONDAYS[38:]]
    some, war = [value + 0.2 for value in CALM[:4]], [value + 0.5 for value in [*CALM, *CALM]]
    points = change_points(series(*CALM, *CALM, *some, *war, starts=starts))
    assert points["period"].tolist() == [MONDAYS[42]]


def test_a_level_is_the_mean_of_the_stories_and_not_of_the_weeks():
    stories = [10] * 8 + [10] * 7 + [30]
    points = change_points(series(*[0.1] * 8, *[0.5] * 7, 0.9, stories=stories))
    assert points["period"].tolist() == [MONDAYS[8]]
    assert points["after_mean"].tolist() == pytest.approx([(70 * 0.5 + 30 * 0.9) / 100])


def test_shuffled_weeks_have_a_change_point_in_fewer_than_one_of_twenty_cases():
    draw = np.random.default_rng(20240101)
    acts = draw.poisson(2, size=(100, 52))
    found = [not change_points(series(*(row / 20))).empty for row in acts]
    assert 1 <= sum(found) < 5  # of 100


def test_the_gain_of_a_segment_is_the_sum_of_squares_between_it_and_the_rest():
    gains, first, end = segment_gains(np.array([0.0, 0.0, 3.0, 3.0]), np.ones(4))
    assert dict(zip(zip(first, end, strict=True), gains, strict=True)) == {(0, 2): 9.0, (2, 4): 9.0}


def test_four_weeks_without_an_article_are_a_gap_and_three_are_not():
    assert stretch_numbers(pd.Series(["2024-01-01", "2024-01-08", "2024-02-05"])).tolist() == [0, 0, 0]
    assert stretch_numbers(pd.Series(["2024-01-01", "2024-01-08", "2024-02-12"])).tolist() == [0, 0, 1]
    assert stretch_numbers(pd.Series(["2024-01-01", "2024-02-01", "2024-04-01"])).tolist() == [0, 0, 1]
    counts = np.array([1.0, *[0.0] * GAP_DAYS, 1.0])
    assert open_days(counts).tolist() == [True, *[False] * GAP_DAYS, True]
    assert open_days(counts[1:]).all()
