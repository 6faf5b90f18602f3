"""Incidents by day, week or month: hostile ones up, cooperative ones down, and the same in words."""

import pandas as pd

from analysis.charts.timeline import weekly_chart
from tests.incident_rows import incident_rows

WEEKS = (
    ("CHN-USA", "ASSAULT", "2024-04-15"),  # a Monday
    ("CHN-USA", "CONSULT", "2024-04-21"),  # the Sunday after
    ("CHN-USA", "ACCUSE", "2024-05-01"),  # a Wednesday
    ("CHN-USA", "AID"),
    ("CHN-USA", "REQUEST", "2024-04-16"),
    ("CHN-USA", "REQUEST"),
)


def test_hostile_bars_point_up_cooperative_ones_down_and_weeks_between_have_none():
    (axes,) = weekly_chart(incident_rows(*WEEKS)).figure.axes
    hostile, cooperative = axes.containers
    assert [bar.get_height() for bar in hostile] == [1, 0, 1]
    assert [bar.get_height() for bar in cooperative] == [-1, 0, 0]


def test_the_words_say_what_the_bars_show_and_what_is_left_out():
    chart = weekly_chart(incident_rows(*WEEKS))
    assert chart.alt.startswith(
        "Bar chart by week. 3 incidents in 3 weeks: 2 hostile, 1 cooperative. week from 15 April 2024: "
        "1 hostile, 1 cooperative; week from 29 April 2024: 1 hostile, 0 cooperative."
    )
    assert chart.alt.endswith(
        "Left out: 2 incidents without a day. Not drawn: 1 request, neither hostile nor cooperative."
    )
    assert chart.png().startswith(b"\x89PNG")


def test_of_many_weeks_the_fullest_are_named():
    weeks = pd.date_range("2024-01-01", periods=14, freq="W-MON").strftime("%Y-%m-%d")
    chart = weekly_chart(incident_rows(*[("CHN-USA", "ASSAULT", day) for day in (*weeks, weeks[-1])]))
    assert "; and 2 weeks with fewer" in chart.alt
    assert "week from 1 April 2024: 2 hostile" in chart.alt


def test_without_an_incident_or_a_day_there_is_a_sentence():
    said = "No chart over time: no hostile or cooperative incident here has a day."
    assert weekly_chart(incident_rows()).alt == said
    assert weekly_chart(incident_rows(("CHN-USA", "AID"))).alt.endswith("1 incident without a day.")
