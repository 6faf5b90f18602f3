"""How hostile each pair is in the period and in the windows before it."""

from datetime import date

import pandas as pd
import pytest

from analysis.indicators.period_moves import period_levels
from tests.coverage import coverage
from tests.incident_rows import incident_rows

WEEK = {"first": date(2024, 1, 15), "last": date(2024, 1, 21)}


def test_windows_are_as_long_as_the_period_and_step_back_from_its_first_day():
    articles = coverage("2024-01-01", "2024-01-08", "2024-01-15")
    days = ["2024-01-07", "2024-01-08", "2024-01-14", "2024-01-15", "2024-01-21", "2024-01-22"]
    levels = period_levels(incident_rows(*[("CHN-USA", "ASSAULT", day) for day in days]), articles, **WEEK)
    assert levels["window_start"].dt.strftime("%m-%d").tolist() == ["01-01", "01-08", "01-15"]
    assert levels["window_end"].dt.strftime("%m-%d").tolist() == ["01-07", "01-14", "01-21"]
    assert levels["is_period"].tolist() == [False, False, True]
    assert levels["hostile_weight"].tolist() == pytest.approx([0.9, 1.8, 1.8])


def test_a_window_without_articles_is_missing_and_a_quiet_one_is_zero():
    articles = coverage("2024-01-01", "2024-01-15")
    levels = period_levels(incident_rows(("CHN-USA", "ASSAULT", "2024-01-16")), articles, **WEEK)
    assert levels["hostile_weight"].tolist() == pytest.approx([0.0, float("nan"), 0.9], nan_ok=True)
    assert levels["hostile_count"].isna().tolist() == [False, True, False]
    assert levels["story_count"].tolist() == [1, 0, 1]


def test_an_incident_without_a_day_is_in_the_window_of_its_first_report():
    incidents = incident_rows(("CHN-USA", "ASSAULT", "2024-01-16"))
    incidents = incidents.assign(first_day=pd.NaT)
    assert period_levels(incidents, coverage("2024-01-16"), **WEEK)["hostile_count"].tolist() == [1]


def test_there_are_at_most_so_many_windows_before_the_period(monkeypatch):
    monkeypatch.setattr("analysis.indicators.period_moves.MAX_WINDOWS", 3)
    articles = coverage("2023-01-01", "2024-01-15")
    incidents = incident_rows(("CHN-USA", "ASSAULT", "2024-01-16"))
    assert len(period_levels(incidents, articles, **WEEK)) == 1  # none of the three was read
    articles = coverage("2023-12-25", "2024-01-15")
    assert len(period_levels(incidents, articles, **WEEK)) == 4


def test_reprints_of_a_story_count_once_and_its_incidents_are_one_report():
    articles = coverage("2024-01-15", "2024-01-16", stories=["0" * 16, "0" * 16])
    twice = incident_rows(*[("CHN-USA", "ASSAULT", "2024-01-15", article) for article in (0, 1)])
    level = period_levels(twice, articles, **WEEK).iloc[0]
    assert level["story_count"] == 1
    assert level["hostile_squares"] == pytest.approx(1.8**2)


def test_undated_articles_and_incidents_are_in_no_window():
    levels = period_levels(incident_rows(("CHN-USA", "ASSAULT")), coverage(None, "2024-01-15"), **WEEK)
    assert levels[["story_count", "hostile_count"]].to_numpy().tolist() == [[1, 0]]
    nothing_dated = period_levels(incident_rows(("CHN-USA", "ASSAULT")), coverage(None), **WEEK)
    assert nothing_dated["story_count"].tolist() == [0]


def test_without_incidents_there_are_no_levels():
    assert period_levels(incident_rows(), coverage("2024-01-15"), **WEEK).empty


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends on 2024-01-15, before its first day 2024-01-21"):
        period_levels(incident_rows(), coverage(), first=WEEK["last"], last=WEEK["first"])


def test_an_act_weighs_more_the_more_important_its_sentence_and_each_time_its_dead_double():
    raid = incident_rows(("CHN-USA", "ASSAULT", "2024-01-16"))
    for given, weight in (({}, 0.9), ({"importance": 5.0}, 1.5), ({"killed_count": 15}, 1.8)):
        level = period_levels(raid.assign(**given), coverage("2024-01-16"), **WEEK).iloc[0]
        assert level["hostile_weight"] == pytest.approx(weight)
