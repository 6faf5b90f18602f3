"""Whether a pair is more or less hostile than usual: never by chance, by one story, or by one old burst."""

import numpy as np
import pandas as pd
import pytest

from analysis.indicators.period_moves import (
    UNSETTLED,
    adjusted,
    dispersions,
    far_above_usual,
    period_moves,
    tail_above,
)
from tests.incident_rows import weekly_levels


def weeks(*counts_by_pair, stories=None, one_story=False):
    """The levels of weekly assaults where ten stories, or so many, are read in each week."""
    read = stories or [10] * len(counts_by_pair[0][1])
    return weekly_levels(*counts_by_pair, stories=read, one_story=one_story)


def move_of(*counts, **kwargs):
    return period_moves(weeks(("CHN-USA", counts), **kwargs)).iloc[0]


QUIET, BUSY = [0, 1] * 6, [6, 8] * 6


def test_a_pair_far_above_its_past_rises():
    move = move_of(*QUIET, 8)
    assert move["direction"] == "up"
    assert (move["hostile_weight"], move["usual_weight"]) == pytest.approx((7.2, 0.45))


def test_a_pair_far_below_its_past_eases():
    move = move_of(*BUSY, 0)
    assert (move["direction"], move["hostile_weight"]) == ("down", 0)


def test_a_week_like_others_is_no_clear_change():
    assert move_of(*BUSY, 9)["direction"] == "no clear change"
    assert move_of(*QUIET, 2)["direction"] == "no clear change"


def test_five_incidents_of_one_story_do_not_make_a_rise():
    assert move_of(*[0] * 12, 5)["direction"] == "up"
    assert move_of(*[0] * 12, 5, one_story=True)["direction"] == "not compared"


def test_more_news_is_not_more_hostility():
    move = move_of(*[2] * 12, 12, stories=[10] * 12 + [60])
    assert move["usual_weight"] == move["hostile_weight"] == pytest.approx(10.8)
    assert move["direction"] == "no clear change"


def test_an_old_burst_neither_hides_a_new_one_nor_makes_quiet_weeks_easing():
    burst = [0] * 8 + [40] + [0] * 11
    assert move_of(*burst, 41)["direction"] == "up"
    assert move_of(*burst, 0)["direction"] == "no clear change"


def test_a_pair_that_always_swings_does_not_rise_with_one_more_swing():
    assert move_of(*[0, 9, 1, 12] * 4, 13)["direction"] == "no clear change"


def test_one_report_is_not_far_above_usual_where_nothing_hostile_was_usual():
    counts = [far_above_usual(period_moves(weeks(("CHN-USA", [0] * 12 + [n]))), 3.0) for n in (1, 6)]
    assert list(map(len, counts)) == [0, 1]


def test_too_little_is_not_compared_and_says_why():
    assert move_of(0, 1, 0, 9)["reason"] == "3 earlier periods with articles, 4 needed"
    assert move_of(0, 0, 0, 0, 3)["reason"] == "3 hostile incidents, 4 needed"
    assert move_of(*BUSY, 0, stories=[10] * 12 + [0])["reason"] == "no article is dated in this period"
    alone = move_of(9)
    assert (alone["direction"], alone["window_count"]) == ("not compared", 0)


def test_few_reports_are_not_called_no_clear_change_and_many_are():
    few, many = move_of(*[0, 1] * 4, 2, stories=[4] * 8 + [30]), move_of(*[8] * 8, 8)
    assert (few["direction"], many["direction"]) == ("not compared", "no clear change")
    assert few["reason"] == UNSETTLED


def test_weeks_without_articles_do_not_count_as_quiet_ones():
    move = move_of(0, 8, 0, 8, 0, 8, 0, 8, 8, stories=[0, 10] * 4 + [10])
    assert (move["window_count"], move["usual_weight"]) == (4, pytest.approx(7.2))
    assert move["direction"] == "no clear change"


def test_the_more_pairs_are_compared_the_clearer_a_move_must_be():
    others = [(f"A{n:02}-ZZZ", [1] * 13) for n in range(40)]
    mild = ("CHN-USA", [0, 1] * 6 + [5])
    alone = period_moves(weeks(mild)).iloc[0]
    among = period_moves(weeks(mild, *others)).set_index("dyad").loc["CHN-USA"]
    assert (alone["direction"], among["direction"]) == ("up", "no clear change")
    assert among["p_value"] == pytest.approx(alone["p_value"])


def test_dispersion_is_variance_over_mean_or_the_weight_of_a_story():
    steady, swinging = ("AAA-BBB", [2, 2, 2, 2, 2]), ("CCC-DDD", [0, 4, 0, 4, 2])
    found = dispersions(weeks(steady, swinging))
    assert found["AAA-BBB"] == pytest.approx(0.9)  # each story reports one act
    assert found["CCC-DDD"] == pytest.approx(0.81 * 16 / 3 / 1.8)  # counts vary by 16/3 around 2
    assert dispersions(weeks(steady, one_story=True))["AAA-BBB"] == pytest.approx(1.8)


def test_the_exact_test_adds_up_the_binomial_tail():
    some, others, share = (pd.Series([value]) for value in (2.0, 1.0, 0.5))
    assert tail_above(some, others, share).iloc[0] == pytest.approx(4 / 8)  # 2 or 3 of 3 coins
    assert tail_above(some * 0, others, share).iloc[0] == 1


def test_p_values_are_adjusted_by_the_false_discovery_rate():
    found = adjusted(pd.Series([0.04, 0.01, None, 0.02, 0.9]))
    assert found.tolist() == pytest.approx([0.16 / 3, 0.04, float("nan"), 0.04, 0.9], nan_ok=True)


def test_shuffled_dates_give_an_arrow_in_one_picture_of_twenty_at_most():
    draw = np.random.default_rng(20240101)
    rates = {"AAA-BBB": 6.0, "CCC-DDD": 3.0, "EEE-FFF": 1.0, "GGG-HHH": 0.5}
    pictures = [
        period_moves(weeks(*[(dyad, draw.poisson(rate, 15).tolist()) for dyad, rate in rates.items()]))
        for _ in range(20)
    ]
    assert sum(moves["direction"].isin(("up", "down")).any() for moves in pictures) <= 1


def test_without_levels_there_are_no_moves():
    assert period_moves(weeks(("CHN-USA", [0, 0])).iloc[:0]).empty
