"""False alarms and halves, on corpora of which everything is known."""

import numpy as np
import pandas as pd

from analysis.evaluation.noise import (
    compared_halves,
    halves_inside,
    random_halves,
    shuffled_change_points,
    shuffled_dates,
    shuffled_spikes,
)
from analysis.schemas import Indicators
from tests.coverage import coded, coverage

DAYS = pd.date_range("2024-01-01", periods=182)
WAR = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(100, 182)]


def test_shuffling_keeps_the_dates_and_moves_reprints_with_their_story():
    articles = coverage("2024-01-01", "2024-01-02", "2024-01-03", None, stories=["a", "b", "b", "c"])
    dealt = shuffled_dates(articles, np.random.default_rng(1))
    assert sorted(dealt["published_date"].dropna().dt.day.unique()) == [1, 2]
    assert dealt["published_date"][1] == dealt["published_date"][2]
    assert pd.isna(dealt["published_date"][3])


def test_a_war_that_is_found_in_its_dates_is_not_found_in_shuffled_ones():
    articles, events = coverage(*DAYS), coded(*WAR)
    spikes = shuffled_spikes(articles, events, shuffles=2)
    assert spikes.found_count == 0
    assert round(spikes.searched, 3) == round(2 * 182 / 365.25, 3)
    points = shuffled_change_points(articles, events, shuffles=4)
    assert points.searched == 4
    assert points.found_count <= 1


def test_halves_have_no_story_in_common():
    halves = random_halves(coverage(*DAYS[:9], stories=list("aabbccdde")), np.random.default_rng(1))
    first, second = (set(half["story_id"]) for half in halves)
    assert not first & second
    assert sorted(first | second) == list("abcde")


def test_a_difference_beyond_its_interval_is_outside():
    def half(value):
        counts = dict.fromkeys(("event_count", "article_count", "story_count"), 20)
        row = {"indicator": "conflict_share", "dyad": "CHN-USA", "period": "all", "value": value}
        return Indicators.validate(pd.DataFrame([{**row, "low": value - 0.1, "high": value + 0.1, **counts}]))

    assert compared_halves(half(0.5), half(0.6), 10)["is_inside"].tolist() == [True]
    assert compared_halves(half(0.5), half(0.7), 10)["is_inside"].tolist() == [False]
    assert compared_halves(half(0.5), half(0.7), 21).empty


def test_halves_of_one_war_are_mostly_inside():
    mixed = [(n, "RUS", "UKR", "ASSAULT" if n % 3 else "ACCUSE", "past") for n in range(100)]
    rows = {row.indicator: row for row in halves_inside(coverage(*DAYS), coded(*mixed), splits=6)}
    assert rows["mean_intensity"].comparison_count == 6
    assert rows["mean_intensity"].inside_count >= 5
    assert "highest_rung" not in rows
