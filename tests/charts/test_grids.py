"""Grids: what occurs together, and what speakers talk about."""

import pytest

from analysis.charts.grids import statement_themes, theme_by_theatre_chart, topic_by_speaker_chart
from tests.tables import ARTICLE, quotes, topics


def said(number, start, end):
    name = {"speaker_id": "wang", "speaker_name": "Wang", "text": f"words {number}"}
    return {"quote_id": str(number), "article_id": ARTICLE, "start_char": start, "end_char": end, **name}


def title(chart):
    return chart.figure.get_suptitle().replace("\n", " ")


def test_sentences_with_both_a_theme_and_a_theatre_are_counted():
    there = {"dimension": "theatre", "topic": "Taiwan Strait"}
    alliances = {"topic": "alliances"}
    chart = theme_by_theatre_chart(
        topics({}, alliances, there, {"start_char": 13}, {**there, "start_char": 13})
    )
    assert title(chart) == "Diplomacy and Taiwan Strait occur together most often: 2 sentences"
    assert "diplomacy with Taiwan Strait 2" in chart.alt
    assert chart.png().startswith(b"\x89PNG")


def test_a_statement_has_the_themes_of_the_sentences_it_overlaps():
    themes = topics(
        {"start_char": 0, "end_char": 10, "topic": "diplomacy"},
        {"start_char": 10, "end_char": 20, "topic": "sanctions"},
        {"start_char": 20, "end_char": 30, "topic": "sports"},
        {"article_id": "f" * 16, "start_char": 0, "end_char": 30, "topic": "disasters"},
    )
    told = statement_themes(quotes(said(1, 5, 20), said(2, 31, 40)), themes)
    assert sorted(told["topic"]) == ["diplomacy", "sanctions"]


def test_topics_of_a_speaker_are_counted_in_statements():
    rows = quotes(said(1, 0, 5), said(2, 50, 60))
    alone = topic_by_speaker_chart(rows, topics({}))
    assert alone.alt == "Only Wang talks about a theme, which is diplomacy: 1 of 2 statements."
    chart = topic_by_speaker_chart(rows, topics({}, {"start_char": 50, "end_char": 60}, {"topic": "sports"}))
    assert title(chart) == "Wang talks about diplomacy most: 2 of 2 statements"
    assert "Wang (n=2): diplomacy 2, sports 1" in chart.alt
    one = said(3, 50, 60) | {"speaker_id": "li", "speaker_name": "Li"}
    few = topic_by_speaker_chart(
        quotes(said(1, 0, 5), said(2, 90, 99), one), topics({}, {"start_char": 50, "end_char": 60})
    )
    assert title(few) == "Wang talks about diplomacy most: 1 of 2 statements"  # Li: 1 of 1
    assert "No colour: fewer than 2" in few.note


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (theme_by_theatre_chart(topics({})), "No sentence has both a theme and a theatre."),
        (topic_by_speaker_chart(quotes(), topics({})), "No statement with a known speaker is in a sentence"),
    ],
)
def test_without_anything_to_count_there_is_a_sentence(chart, said):
    assert chart.alt.startswith(said)
    assert not chart.figure.axes
