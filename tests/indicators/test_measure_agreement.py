"""Tone, stance and acts of each story held against each other, and plainly said where there are too few."""

import pandas as pd
import pytest

from analysis.charts.speakers import agreement_chart
from analysis.indicators.measure_agreement import measure_agreements, story_measures
from analysis.schemas import Stances, StoryMeasures
from tests.tables import ARTICLE, articles, events, frame, quotes


def measures(tones, stances, intensities):
    rows = {"mean_tone": tones, "mean_stance": stances, "mean_intensity": intensities}
    table = pd.DataFrame(rows, dtype=float)
    return StoryMeasures.validate(table.assign(story_id=[f"s{n}" for n in table.index]))


RISING = [n / 10 for n in range(10)]


def test_a_story_has_the_means_of_its_first_copy():
    read = articles(
        {"story_id": "s"},
        {"article_id": "f" * 16, "story_id": "s"},
        {"article_id": "e" * 16, "story_id": "t"},
    )
    said = quotes(
        {"quote_id": "a", "tone_score": 0.5},
        {"quote_id": "b", "tone_score": 0.1},
        {"quote_id": "c", "tone_score": -1.0, "article_id": "f" * 16},
    )
    defaults = {"article_id": ARTICLE, "quote_id": "a", "start_char": 0, "end_char": 1, "score": 0.0}
    defaults |= {"target_id": "x", "target_name": "X"}
    stances = frame(
        Stances,
        [
            {"stance_id": "1", "label": 1, "is_abstained": False},
            {"stance_id": "2", "label": -1, "is_abstained": False},
            {"stance_id": "3", "label": None, "is_abstained": True},
        ],
        defaults,
    )
    rows = story_measures(
        read, said, stances, events({}, {"event_id": "f", "status": "future", "intensity": 9.0})
    )
    rows = rows.set_index("story_id")
    assert rows.loc["s"].tolist() == pytest.approx([0.3, 0.0, -4.0])
    assert rows.loc["t"].isna().all()


def test_nine_stories_are_not_correlated_and_ten_are():
    nine, ten = measures(RISING[:9], RISING[:9], [None] * 9), measures(RISING, RISING, [None] * 10)
    assert measure_agreements(nine)[0][2] == 9
    assert pd.isna(measure_agreements(nine)[0][3])
    assert measure_agreements(ten)[0][2:4] == (10, 1.0)


def test_the_title_says_what_tone_agrees_with():
    chart = agreement_chart(measures(RISING, RISING, [None] * 10))
    assert "TextBlob's tone: goes with stance (+1.00); nothing can be said about acts" in chart.alt
    assert "tone and acts: too few to say (0 stories)" in chart.alt


def test_a_measure_that_does_not_vary_has_no_correlation():
    chart = agreement_chart(measures(RISING, [0.0] * 10, [None] * 10))
    assert "tone and stance: no correlation, because one does not vary (10 stories)" in chart.alt


def test_opposite_signs_are_crosses():
    chart = agreement_chart(measures([0.5] * 9 + [-0.5], [0.1] * 10, [None] * 10))
    crosses = [line for line in chart.figure.axes[0].lines if line.get_marker() == "x"]
    assert [len(line.get_xdata()) for line in crosses] == [1]


def test_a_single_story_is_too_few():
    chart = agreement_chart(measures([0.1], [0.2], [3.0]))
    assert chart.alt.startswith("Too few stories to say whether TextBlob's tone agrees with stance and acts")
    assert "tone and stance 1, tone and acts 1" in chart.alt
    assert not chart.figure.axes
