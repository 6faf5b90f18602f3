"""Hostility between states: stories with hostile acts, those of one pair and week together weighing more."""

import numpy as np
import pytest

from benchmarks.validation.state_hostility import state_hostility
from tests.coverage import coded, coverage, read


def threats(*numbers):
    return [(n, "CHN", "USA", "THREATEN", "past") for n in numbers]


def test_a_story_weighs_the_root_of_the_stories_on_its_pair_in_its_week():
    articles = coverage("2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", *["2024-01-20"] * 4)
    (row,) = state_hostility(*read(articles, *threats(0, 1, 2, 3, 4))).itertuples()
    assert row.value == pytest.approx(100 * (4 * 2 + 1) / 8)  # four stories of weight 2, one of weight 1
    assert (row.dyad, row.period, row.event_count, row.story_count) == ("world", "2024-01-01", 5, 8)
    assert row.low < row.value < row.high


def test_stories_of_two_pairs_do_not_add_up_to_one_crisis():
    articles = coverage("2024-01-01", "2024-01-02")
    acts = coded((0, "CHN", "USA", "THREATEN", "past"), (1, "IND", "PAK", "THREATEN", "past"), of=articles)
    assert state_hostility(articles, acts)["value"].tolist() == [100.0]


def test_reprints_and_second_acts_of_a_story_count_once():
    articles = coverage("2024-01-01", "2024-01-02", stories=["a", "a"])
    assert state_hostility(*read(articles, *threats(0, 0, 1)))["value"].tolist() == [100.0]


def test_an_announced_strike_counts_and_talks_do_not():
    articles = coverage("2024-01-01", "2024-02-01")
    acts = coded((0, "CHN", "USA", "ASSAULT", "future"), (1, "CHN", "USA", "CONSULT", "past"), of=articles)
    assert state_hostility(articles, acts)["value"].tolist() == [100.0, 0.0]


def test_arrests_and_closed_markets_are_no_risk_of_war_and_expelled_envoys_are():
    articles = coverage("2024-01-01", "2024-02-01")
    acts = coded((0, "CHN", "USA", "COERCE", "past"), (1, "CHN", "USA", "SANCTION", "past"), of=articles)
    assert state_hostility(articles, acts)["value"].tolist() == [0.0, 100.0]


def test_months_without_any_act_are_zero_with_an_upper_end():
    (row,) = state_hostility(*read(coverage("2024-01-01"))).itertuples()
    assert (row.value, row.low) == (0.0, 0.0)
    assert row.high > 0


def test_nineteen_of_twenty_intervals_hold_what_a_crisis_of_twenty_stories_is_worth():
    counts, times = np.unique(np.random.default_rng(20240104).poisson(20, 100), return_counts=True)
    articles, held = coverage(*["2024-01-01"] * 60), []
    for count in counts:
        (row,) = state_hostility(*read(articles, *threats(*range(count)))).itertuples()
        held.append(row.low <= 100 * 20**1.5 / 60 <= row.high)
    assert np.average(held, weights=times) >= 0.93
