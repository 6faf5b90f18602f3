"""Intervals: worked out by hand or from the published tables."""

import numpy as np
import pandas as pd
import pytest

from analysis.indicators.intervals import (
    INTENSITY,
    clustered_mean,
    difference_interval,
    gamma_interval,
    wilson_interval,
)

VALUES, SHARES = [-9.0, -3.0, 2.5], [0.4, 0.35, 0.25]  # bombings, accusations, talks


def test_one_story_gives_a_wide_interval_and_many_stories_a_narrow_one():
    low, high = wilson_interval(pd.Series([1.0, 1.0]), pd.Series([1.0, 100.0]))
    assert low.tolist() == pytest.approx([0.2065, 0.9630], abs=1e-4)
    assert high.tolist() == [1.0, 1.0]


def test_the_interval_of_a_mean_of_equal_clusters_is_students_with_a_little_doubt_added():
    """Values 1 to 5 have the variance 2.5; with 4 degrees of freedom and one of the prior variance of 4 it
    is (4 * 2.5 + 4) / 5 = 2.8, and Student's t with 5 degrees of freedom is 2.5706."""
    low, high = clustered_mean(np.arange(1.0, 6.0), np.ones(5), INTENSITY)
    half = 2.5706 * (2.8 / 5) ** 0.5
    assert (low, high) == pytest.approx((3 - half, 3 + half), abs=1e-3)


def test_ten_stories_that_report_the_same_leave_some_doubt_and_one_story_leaves_all():
    low, high = clustered_mean(np.full(10, -9.0), np.ones(10), INTENSITY)
    assert -10 <= low < -9.3
    assert -8.7 < high < -8
    assert np.isnan(clustered_mean(np.array([-9.0]), np.ones(1), INTENSITY)).all()


def test_a_story_that_says_the_same_ten_times_counts_about_once():
    values, counts = np.array([-1.0, 1.0] * 8), np.ones(16)
    even = clustered_mean(values, counts, INTENSITY)
    counts[0] = 10
    repeated = clustered_mean(values * counts, counts, INTENSITY)
    assert repeated[1] - repeated[0] > 2 * (even[1] - even[0])


def test_an_interval_ends_where_the_scale_ends():
    assert clustered_mean(np.array([-10.0, 2.0]), np.ones(2), INTENSITY) == (-10.0, 10.0)


@pytest.mark.parametrize("size", [10, 40])
def test_nineteen_of_twenty_intervals_of_a_mean_hold_the_true_mean(size):
    """Stories of one to six acts: half of them what the story is about, the others anything."""
    draw = np.random.default_rng(20240101)
    true = np.dot(VALUES, SHARES)
    held = []
    for _ in range(1000):
        stories = [draw.choice(VALUES, draw.integers(1, 7), p=SHARES) for _ in range(size)]
        stories = [np.where(draw.random(len(one)) < 0.5, one[0], one) for one in stories]
        sums, counts = (np.array([part(one) for one in stories], dtype=float) for part in (np.sum, len))
        low, high = clustered_mean(sums, counts, INTENSITY)
        held.append(low <= true <= high)
    assert 0.92 <= np.mean(held) <= 0.975


@pytest.mark.parametrize("size", [12, 40])
def test_the_difference_of_two_halves_is_inside_its_interval(size):
    draw = np.random.default_rng(20240102)
    held = []
    for _ in range(300):
        values = draw.choice(VALUES, size=(2, size), p=SHARES)
        means = values.mean(axis=1)
        bounds = [clustered_mean(half, np.ones(size), INTENSITY) for half in values]
        sides = [
            pd.Series([value]) for mean, pair in zip(means, bounds, strict=True) for value in (mean, *pair)
        ]
        low, high = difference_interval(*sides)
        held.append(low[0] <= 0 <= high[0])
    assert 0.92 <= np.mean(held) <= 0.985


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_intervals_of_shares_counts_and_sums_hold_what_they_promise(share):
    """500 draws each: 30 stories, of which some match; the weights of the sums are 0.3 or 0.9."""
    draw = np.random.default_rng(20240103)
    found = pd.Series(draw.binomial(30, share, 500).astype(float))
    counts = pd.Series(draw.poisson(30 * share, 500).astype(float))
    weights = [np.where(draw.random(int(n)) < 0.5, 0.9, 0.3) for n in counts]
    sums = [pd.Series([(one**power).sum() for one in weights]) for power in (1, 2)]
    for (low, high), true in (
        (wilson_interval(found / 30, found * 0 + 30), share),
        (gamma_interval(counts, counts, counts * 0 + 1.0), 30 * share),
        (gamma_interval(*sums, sums[0] * 0 + 1.0), 30 * share * 0.6),
    ):
        assert ((low <= true) & (true <= high)).mean() > 0.92


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
