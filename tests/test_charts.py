"""Charts say what they show in title and text alternative, and draw a note where there is nothing."""

import pytest

from analysis.charts import (
    event_chart,
    indicator_chart,
    speaker_chart,
    theme_by_theatre_chart,
    topic_chart,
)
from tests.tables import events, indicators, quotes, sentences, topics

TWO = sentences((0, 11), (13, 20))


def title(chart):
    return chart.figure.axes[0].get_title(loc="left")


def test_topic_chart_names_the_leading_theme_and_counts_all():
    chart = topic_chart(topics({}, {"start_char": 13}, {"topic": "trade and tariffs"}), TWO)
    assert title(chart) == "Diplomacy leads: 2 of 2 sentences"
    assert chart.alt.endswith("diplomacy 2, trade and tariffs 1.")


def test_bars_are_shares_of_all_sentences_in_percent():
    chart = topic_chart(topics({}), TWO)
    assert [bar.get_width() for bar in chart.figure.axes[0].patches] == [50.0]
    assert "in percent" in chart.figure.axes[0].get_xlabel()


def test_theme_by_theatre_counts_sentences_that_name_both():
    there = {"dimension": "theatre", "topic": "Taiwan Strait"}
    chart = theme_by_theatre_chart(topics({}, there, {**there, "start_char": 13}))
    assert title(chart) == "Diplomacy meets Taiwan Strait most often: 1 sentences"
    assert "diplomacy with Taiwan Strait 1" in chart.alt


def test_speaker_chart_gives_mean_and_number():
    rows = [
        {"quote_id": str(tone), "speaker_id": "wang", "speaker_name": "Wang Yi", "tone_score": tone}
        for tone in (0.5, -0.1)
    ]
    chart = speaker_chart(quotes(*rows))
    assert "Wang Yi +0.20 (n=2)" in chart.alt
    assert chart.figure.axes[0].get_yticklabels()[0].get_text() == "Wang Yi (2)"


def test_event_chart_leaves_out_what_is_not_between_two_countries():
    inside = {"event_id": "f", "target_country_code": "CHN"}
    unknown = {"event_id": "g", "target_country_code": None}
    chart = event_chart(events({}, inside, unknown))
    assert title(chart) == "China – Japan: the most events, 1 of 1"


def test_event_chart_hatches_what_is_only_announced():
    chart = event_chart(events({}, {"event_id": "f", "status": "future"}))
    hatches = {bar.get_hatch() for bar in chart.figure.axes[0].patches if bar.get_width()}
    assert hatches == {None, "///"}


def test_indicator_chart_greys_what_rests_on_few_stories():
    few, many = {"story_count": 9}, {"dyad": "FRA-JPN", "story_count": 10}
    chart = indicator_chart(indicators(few, many), "conflict_share")
    dots = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_color() for dot in dots] == ["#767676", "#0072B2"]


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (topic_chart(topics(), TWO), "No theme was recognised in 2 sentences."),
        (theme_by_theatre_chart(topics({})), "No sentence names a theme and a theatre together."),
        (speaker_chart(quotes({})), "Nobody is quoted by name or description."),
        (event_chart(events()), "No act between two countries was recognised."),
        (indicator_chart(indicators(), "conflict_share"), "No pair of countries has a conflict share."),
    ],
)
def test_an_empty_table_gives_a_note(chart, said):
    assert chart.alt == said
    assert not chart.figure.axes
    assert len(chart.png()) > 1000


def test_names_from_articles_are_drawn_as_they_stand():
    row = {"speaker_id": "x", "speaker_name": r"Bill $\frac{1}{0}$ " + "very " * 30 + "long"}
    chart = speaker_chart(quotes(row))
    assert len(chart.png()) > 5000
    assert len(chart.figure.axes[0].get_yticklabels()[0].get_text()) < 60


def test_a_chart_shows_itself_with_its_text_alternative():
    data, metadata = topic_chart(topics({}), TWO)._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == data["text/plain"]
