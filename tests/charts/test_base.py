"""Charts say what they show in title and text alternative, and draw a note where there is nothing."""

import struct

import pytest

from analysis.charts.base import Chart, drawable_text, empty_chart, label, new_axes, with_sentence
from analysis.charts.pairs import event_chart, indicator_chart
from analysis.charts.topics import theme_by_theatre_chart, topic_chart
from tests.tables import events, indicators, sentences, topics

TWO = sentences((0, 11), (13, 20))


def title(chart):
    return chart.figure.get_suptitle()


def test_topic_chart_names_the_leading_theme_and_counts_all():
    chart = topic_chart(topics({}, {"start_char": 13}, {"topic": "trade and tariffs"}), TWO)
    assert title(chart) == "Diplomacy leads: 2 of 2 sentences"
    assert chart.alt.endswith("diplomacy 2, trade and tariffs 1.")


def test_bars_are_shares_of_all_sentences_in_percent():
    chart = topic_chart(topics({}), TWO)
    assert [bar.get_width() for bar in chart.figure.axes[0].patches] == [50.0]
    assert "percent" in chart.figure.axes[0].get_xlabel()


def test_theme_by_theatre_counts_sentences_with_both():
    there = {"dimension": "theatre", "topic": "Taiwan Strait"}
    alliances = {"topic": "alliances"}
    chart = theme_by_theatre_chart(
        topics({}, alliances, there, {"start_char": 13}, {**there, "start_char": 13})
    )
    assert title(chart) == "Diplomacy and Taiwan Strait occur together most often: 2 sentences"
    assert "diplomacy with Taiwan Strait 2" in chart.alt


def test_a_sentence_instead_of_a_chart_is_shown_as_text_and_escaped():
    shown, _ = empty_chart("No <b> for $2 & more.")._repr_mimebundle_()
    assert shown == {
        "text/html": '<p class="tex2jax_ignore mathjax_ignore">No &lt;b&gt; for $2 &amp; more.</p>',
        "text/plain": "No <b> for $2 & more.",
    }


def test_the_event_chart_hatches_announcements():
    chart = event_chart(events({}, {"event_id": "f", "status": "future"}))
    hatches = {bar.get_hatch() for bar in chart.figure.axes[0].patches if bar.get_width()}
    assert hatches == {None, "///"}


def test_values_from_few_stories_are_grey():
    few, many = {"story_count": 9}, {"dyad": "FRA-JPN", "story_count": 10}
    chart = indicator_chart(indicators(few, many), "conflict_share")
    dots = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_color() for dot in dots] == ["#767676", "#0072B2"]
    assert title(chart).replace("\n", " ") == (
        "Conflict share: only France – Japan has the 10 stories needed for a comparison, with 1.00"
    )


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (topic_chart(topics(), TWO), "No theme was recognised in 2 sentences."),
        (theme_by_theatre_chart(topics({})), "No sentence has both a theme and a theatre."),
        (event_chart(events()), "No act between two countries was recognised."),
        (indicator_chart(indicators(), "conflict_share"), "No pair of countries has a conflict share."),
    ],
)
def test_an_empty_table_gives_a_sentence_instead_of_a_chart(chart, said):
    assert chart.alt == said
    assert not chart.figure.axes
    assert chart.png().startswith(b"\x89PNG")


def test_a_character_the_font_lacks_becomes_a_box_and_a_dollar_sign_stays():
    assert drawable_text("\x1b[1mCost $5 \u4e2d\u00e9") == "[1mCost \\$5 \N{WHITE SQUARE}\u00e9"


def test_a_long_name_without_spaces_is_shortened():
    assert label("x" * 60) == "x" * 39 + "…"


def test_a_notebook_gets_a_chart_with_its_text_alternative_and_always_the_same_bytes():
    data, metadata = topic_chart(topics({}), TWO)._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert topic_chart(topics({}), TWO).png() == data["image/png"]
    assert b"tIME" not in data["image/png"]


def size(chart):
    """Width and height of the picture of a chart, in pixels."""
    return struct.unpack(">II", chart.png()[16:24])


def test_sentences_below_a_chart_make_the_picture_higher_and_come_last_in_its_words():
    chart = Chart(new_axes("Title", 3, note="note")[0], "Bar chart. Title", note="note")
    more = with_sentence(with_sentence(chart, "One correction."), "A gap.")
    assert more.alt == "Bar chart. Title note One correction. A gap."
    assert size(more)[1] > size(chart)[1] - 1
    assert with_sentence(empty_chart("Nothing."), "One correction.").alt == "Nothing."


def test_a_long_title_and_a_long_name_are_inside_the_picture():
    short, long = (Chart(new_axes("Title " * n, 3, note="note " * n)[0], "") for n in (1, 40))
    assert long.figure.get_figheight() > short.figure.get_figheight()
    assert abs(size(long)[0] - size(short)[0]) < 60
