"""Incidents by week: hostile ones up, cooperative ones down, and the same in words."""

import pandas as pd

from analysis.charts.weekly_counts import weekly_chart, weekly_counts
from tests.incident_rows import incident_rows

WEEKS = (
    ("CHN-USA", "ASSAULT", "2024-04-15"),  # a Monday
    ("CHN-USA", "CONSULT", "2024-04-21"),  # the Sunday after
    ("CHN-USA", "ACCUSE", "2024-05-01"),  # a Wednesday
    ("CHN-USA", "AID"),
)


def test_a_week_begins_on_monday_and_weeks_between_have_none():
    counts = weekly_counts(incident_rows(*WEEKS))
    assert counts["week"].tolist() == ["2024-04-15", "2024-04-22", "2024-04-29"]
    assert counts["hostile"].tolist() == [1, 0, 1]
    assert counts["cooperative"].tolist() == [1, 0, 0]


def test_hostile_bars_point_up_and_cooperative_ones_down():
    (axes,) = weekly_chart(incident_rows(*WEEKS)).figure.axes
    hostile, cooperative = axes.containers
    assert [bar.get_height() for bar in hostile] == [1, 0, 1]
    assert [bar.get_height() for bar in cooperative] == [-1, 0, 0]


def test_the_legend_covers_no_bar():
    figure = weekly_chart(incident_rows(("CHN-USA", "ASSAULT", "2024-04-15"))).figure
    figure.canvas.draw()
    (legend,) = [*figure.legends, *(one.legend_ for one in figure.axes if one.legend_)]
    bars = [bar.get_window_extent() for group in figure.axes[0].containers for bar in group]
    assert not any(legend.get_window_extent().overlaps(bar) for bar in bars)


def test_the_words_say_what_the_bars_show_and_what_is_left_out():
    chart = weekly_chart(incident_rows(*WEEKS))
    assert chart.alt == (
        "Bar chart by week. 3 incidents in 3 weeks: 2 hostile, 1 cooperative. week from 15 April 2024: "
        "1 hostile, 1 cooperative; week from 29 April 2024: 1 hostile, 0 cooperative. Hostile incidents "
        "point up, cooperative ones down; weeks begin on Monday. 1 incident without a day left out."
    )
    assert chart.png().startswith(b"\x89PNG")


def test_of_many_weeks_the_fullest_are_named():
    weeks = pd.date_range("2024-01-01", periods=14, freq="W-MON").strftime("%Y-%m-%d")
    rows = [("CHN-USA", "ASSAULT", day) for day in (*weeks, weeks[-1])]
    assert "; and 2 weeks with fewer" in weekly_chart(incident_rows(*rows)).alt
    assert "week from 1 April 2024: 2 hostile" in weekly_chart(incident_rows(*rows)).alt


def test_without_an_incident_or_a_day_there_is_a_sentence():
    assert weekly_chart(incident_rows()).alt == "No chart: there is no incident among these rows."
    assert (
        weekly_chart(incident_rows(("CHN-USA", "AID"))).alt == "No chart: none of these incidents has a day."
    )
