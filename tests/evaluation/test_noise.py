"""False alarms and halves, on corpora of which everything is known."""

import numpy as np
import pandas as pd

from analysis.schemas import Indicators
from benchmarks.validation.noise import (
    CHANGE_POINT,
    SPIKE,
    compared_halves,
    drawn_stories,
    draws_inside,
    false_alarms,
    halves_inside,
    random_halves,
    shuffled_change_points,
    shuffled_dates,
    shuffled_spikes,
)
from tests.coverage import coded, coverage, read

DAYS = pd.date_range("2024-01-01", periods=182)
MIXED = [(n, "RUS", "UKR", "ASSAULT" if n % 3 else "ACCUSE", "past") for n in range(100)]
WAR = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(100, 182)]


def test_shuffling_keeps_the_dates_and_moves_reprints_with_their_story():
    articles = coverage("2024-01-01", "2024-01-02", "2024-01-03", None, stories=["a", "b", "b", "c"])
    acts = coded((0, "RUS", "UKR", "ASSAULT", "past"), (2, "RUS", "UKR", "ASSAULT", "past"), of=articles)
    dealt, redated = shuffled_dates(articles, acts, np.random.default_rng(1))
    assert sorted(dealt["published_date"].dropna().dt.day.unique()) == [1, 2]
    assert dealt["published_date"][1] == dealt["published_date"][2]
    assert pd.isna(dealt["published_date"][3])
    assert redated["published_date"].tolist() == dealt["published_date"][[0, 2]].tolist()


def test_a_war_that_is_found_in_its_dates_is_not_found_in_shuffled_ones():
    articles, events = read(coverage(*DAYS), *WAR)
    spikes = shuffled_spikes(articles, events, shuffles=2)
    assert spikes.found_count == 0
    assert round(spikes.searched, 3) == round(2 * 182 / 365.25, 3)
    points = shuffled_change_points(articles, events, shuffles=2)
    assert points.searched == 2
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
    rows = {row.indicator: row for row in halves_inside(*read(coverage(*DAYS), *MIXED), splits=2)}
    assert rows["mean_intensity"].comparison_count == 2
    assert rows["mean_intensity"].inside_count >= 1
    assert "highest_rung" not in rows


def test_where_no_value_has_enough_stories_or_acts_nothing_is_compared():
    tables = read(coverage(*DAYS[:9]), *MIXED[:9])
    assert halves_inside(*read(coverage(*DAYS[:19]), *MIXED[:19])) == []
    assert draws_inside(*tables) == halves_inside(*tables) == []
    assert shuffled_change_points(*tables) == (0, 0)


def test_a_story_that_is_drawn_twice_is_two_stories_with_its_acts():
    articles = coverage("2024-01-01", "2024-01-02", stories=["a", "a"])
    events = coded((0, "RUS", "UKR", "ASSAULT", "past"), (1, "RUS", "UKR", "ACCUSE", "past"), of=articles)

    class Always:
        def choice(self, stories, size):
            return ["a", "a"]

    drawn, own = drawn_stories(articles, events, Always())
    assert drawn["story_id"].nunique() == 2
    assert drawn["article_id"].nunique() == own["event_id"].nunique() == 4
    assert set(own["article_id"]) == set(drawn["article_id"])


def test_intervals_of_drawn_stories_mostly_hold_the_value_of_the_corpus():
    rows = {row.indicator: row for row in draws_inside(*read(coverage(*DAYS), *MIXED), draws=4)}
    assert rows["mean_intensity"].comparison_count == 4
    assert rows["mean_intensity"].inside_count >= 3
    assert rows["state_hostility"].inside_count >= 3
    assert "highest_rung" not in rows


def test_false_alarms_are_given_for_each_corpus_and_kind():
    corpora = {"press releases": read(coverage(*DAYS[:9]), *MIXED[:9]), "news items": read(coverage(DAYS[0]))}
    alarms = false_alarms(corpora)
    assert alarms["corpus"].tolist() == ["press releases"] * 2 + ["news items"] * 2
    assert alarms["finding"].tolist() == [SPIKE, CHANGE_POINT] * 2
