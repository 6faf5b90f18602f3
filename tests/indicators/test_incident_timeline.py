"""Incidents by day: where each is on the timeline."""

import pandas as pd

from analysis.indicators.incident_timeline import (
    KIND_OF_ROOT,
    incident_timeline,
    incidents_by_period,
    timeline_period,
)
from analysis.schemas import ROOTS
from tests.reports import inputs_of, report


def timeline(*reports):
    return incident_timeline(inputs_of(*reports).incidents)


WEEK = (
    report("RUS", "UKR", "ASSAULT", day="2025-05-05"),
    report("CHN", "USA", "CONSULT", day="2025-05-06"),
    report("USA", "CHN", "SANCTION", day="2025-05-14"),
    report("IND", "PAK", "ACCUSE", day=None),
)


def test_every_type_of_act_has_a_kind_in_plain_words():
    assert set(KIND_OF_ROOT) == set(ROOTS)
    kinds = ["sanctions and pressure", "talks and visits", "force", "accusations and refusals"]
    assert timeline(*WEEK)["kind"].tolist() == kinds


def test_the_newest_comes_first_and_the_undated_last():
    days = timeline(*WEEK)["day"]
    assert days.dropna().dt.day.tolist() == [14, 6, 5]
    assert pd.isna(days.iloc[-1])


def test_an_incident_is_on_the_day_that_its_text_names():
    (one,) = timeline(report("RUS", "UKR", "ASSAULT", day="2025-05-05", when="on Sunday")).itertuples()
    assert one.day == pd.Timestamp("2025-05-04")


def test_what_happened_at_some_time_in_a_long_span_is_on_the_day_of_its_report():
    (one,) = timeline(report("RUS", "UKR", "ASSAULT", day="2025-05-05", when="this year")).itertuples()
    assert one.day == pd.Timestamp("2025-05-05")


def test_what_is_announced_is_on_the_day_to_come():
    visit = {"status": "future", "mode": "visit", "when": "on Thursday"}
    (one,) = timeline(report("USA", "CHN", "CONSULT", day="2025-05-05", **visit)).itertuples()
    assert one.day == pd.Timestamp("2025-05-08")


def test_hostile_and_cooperative_incidents_are_counted_by_period():
    found = timeline(*WEEK)
    assert timeline_period(found) == "day"
    assert incidents_by_period(found, "week").to_dict("records") == [
        {"period": "2025-05-05", "hostile": 1, "cooperative": 1, "count": 2},
        {"period": "2025-05-12", "hostile": 1, "cooperative": 0, "count": 1},
    ]


def test_without_incidents_there_are_no_periods():
    none = timeline()
    assert timeline_period(none) == "day"
    assert incidents_by_period(none, "day").empty
