"""False alarms and halves, on corpora of which everything is known."""

import numpy as np
import pandas as pd

from analysis.evaluation import noise
from analysis.evaluation.noise import (
    CHANGE_POINT,
    SPIKE,
    Inside,
    compared_halves,
    drawn_stories,
    draws_inside,
    false_alarms,
    halves_inside,
    intervals_held,
    random_halves,
    shuffled_change_points,
    shuffled_dates,
    shuffled_spikes,
)
from analysis.evaluation.noise_report import noise_lines, noise_view
from analysis.schemas import FalseAlarms, Indicators, IntervalsHeld
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
    rows = {row.indicator: row for row in halves_inside(*read(coverage(*DAYS), *MIXED))}
    assert rows["mean_intensity"].comparison_count == 10
    assert rows["mean_intensity"].inside_count >= 8
    assert "highest_rung" not in rows


def test_where_no_value_has_enough_stories_or_acts_nothing_is_compared():
    tables = read(coverage(*DAYS[:9]), *MIXED[:9])
    assert halves_inside(*read(coverage(*DAYS[:19]), *MIXED[:19])) == []
    assert draws_inside(*tables) == halves_inside(*tables) == []
    assert shuffled_change_points(*tables) == (0, 0)
    assert intervals_held({"news items": tables}).empty


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
    rows = {row.indicator: row for row in draws_inside(*read(coverage(*DAYS), *MIXED))}
    assert rows["mean_intensity"].comparison_count == 20
    assert rows["mean_intensity"].inside_count >= 17
    assert rows["state_hostility"].inside_count >= 17
    assert "highest_rung" not in rows


def test_the_figures_of_all_corpora_are_added_up(monkeypatch):
    """To compute them takes seconds, and is tested above: here they are given."""
    releases, items = (read(coverage(*DAYS[:count])) for count in (2, 3))
    counts = {2: Inside("mean_intensity", 9, 10), 3: Inside("mean_intensity", 7, 8)}
    drawn = {2: [Inside("mean_intensity", 20, 20)], 3: [Inside("state_hostility", 1, 2)]}
    monkeypatch.setattr(noise, "halves_inside", lambda articles, events: [counts[len(articles)]])
    monkeypatch.setattr(noise, "draws_inside", lambda articles, events: drawn[len(articles)])
    held = intervals_held({"press releases": releases, "news items": items})
    assert held.to_numpy().tolist() == [["mean_intensity", 16, 18, 20, 20], ["state_hostility", 0, 0, 1, 2]]


def test_false_alarms_are_given_for_each_corpus_and_kind():
    corpora = {name: read(coverage(*DAYS[:9]), *MIXED[:9]) for name in ("press releases", "news items")}
    alarms = false_alarms(corpora)
    assert alarms["corpus"].tolist() == ["press releases"] * 2 + ["news items"] * 2
    assert alarms["finding"].tolist() == [SPIKE, CHANGE_POINT] * 2


def test_what_was_never_searched_or_tested_is_no_rate():
    alarms = FalseAlarms.validate(
        pd.DataFrame(
            [("news items", "spike", 17, 30.0), ("news items", "change point", 0, 0.0)],
            columns=["corpus", "finding", "found_count", "searched"],
        )
    )
    held = IntervalsHeld.validate(
        pd.DataFrame([("mean_intensity", 185, 197, 0, 0)], columns=list(IntervalsHeld.to_schema().columns))
    )
    assert list(noise_lines(alarms, held)) == [
        "news items, dates shuffled: spike 0.6 a year in 30 years, at most 1 a year",
        "news items, dates shuffled: change point none is long enough, at most 5%",
        "interval of mean intensity: two halves differ by no more 94% of 197, the corpus's value is inside –",
    ]
    html = noise_view(alarms, held).html
    assert "<td>94% of 197</td><td>–</td>" in html
