"""Intervals: worked out by hand or from the published tables."""

import pandas as pd
import pytest

from analysis.indicators.intervals import (
    bootstrap_mean,
    byar_interval,
    difference_interval,
    gamma_interval,
    wilson_interval,
)


def test_one_story_gives_a_wide_interval_and_many_stories_a_narrow_one():
    low, high = wilson_interval(pd.Series([1.0, 1.0]), pd.Series([1.0, 100.0]))
    assert low.tolist() == pytest.approx([0.2065, 0.9630], abs=1e-4)
    assert high.tolist() == [1.0, 1.0]


def test_the_interval_of_a_count_of_zero_reaches_three_or_four():
    low, high = byar_interval(pd.Series([0.0, 10.0]))
    assert low.round(1).tolist() == [0.0, 4.8]
    assert high.round(1).tolist() == [3.7, 18.4]


def test_the_bootstrap_draws_whole_stories_and_repeats_itself():
    sums, counts = pd.Series([-9.0, 2.5]).to_numpy(), pd.Series([1.0, 1.0]).to_numpy()
    assert bootstrap_mean(sums, counts) == (-9.0, 2.5)
    assert bootstrap_mean(sums, counts) == bootstrap_mean(sums, counts)


def test_the_gamma_interval_of_weights_of_one_is_that_of_a_count():
    totals, squares = pd.Series([0.0, 10.0]), pd.Series([0.0, 10.0])
    low, high = gamma_interval(totals, squares, pd.Series([1.0, 1.0]))
    assert low.tolist() == pytest.approx([0.0, 4.795], abs=1e-3)  # exact Poisson limits
    assert high.tolist() == pytest.approx([3.689, 18.390], abs=1e-3)


def test_few_heavy_weights_give_a_wider_interval_than_many_light_ones():
    low, _ = gamma_interval(pd.Series([4.0, 4.0]), pd.Series([8.0, 2.0]), pd.Series([2.0, 0.5]))
    assert low[0] < low[1]


def test_the_interval_of_a_difference_of_shares_is_newcombes():
    """Newcombe 1998, table II, (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339."""
    new, old = pd.Series([56 / 70]), pd.Series([48 / 80])
    bounds = [wilson_interval(share, pd.Series([n])) for share, n in ((new, 70.0), (old, 80.0))]
    low, high = difference_interval(new, *bounds[0], old, *bounds[1])
    assert (low[0], high[0]) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_a_share_of_no_trials_has_no_interval():
    low, high = wilson_interval(pd.Series([float("nan")]), pd.Series([0.0]))
    assert low.isna().all()
    assert high.isna().all()
