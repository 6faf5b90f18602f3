"""Charts say what they show in title and text alternative, and draw a note where there is nothing."""

import struct

from analysis.charts.bars import topic_chart
from analysis.charts.base import Chart, drawable_text, empty_chart, label, new_axes, with_sentence
from tests.tables import sentences, topics

TWO = sentences((0, 11), (13, 20))


def test_a_sentence_instead_of_a_chart_is_shown_as_text_and_escaped():
    shown, _ = empty_chart("No <b> for $2 & more.")._repr_mimebundle_()
    assert shown == {
        "text/html": '<p class="tex2jax_ignore mathjax_ignore">No &lt;b&gt; for $2 &amp; more.</p>',
        "text/plain": "No <b> for $2 & more.",
    }


def test_a_character_the_font_lacks_becomes_a_box_and_a_dollar_sign_stays():
    assert drawable_text("\x1b[1mCost $5 \u4e2d\u00e9") == "[1mCost \\$5 \N{WHITE SQUARE}\u00e9"


def test_a_long_name_without_spaces_is_shortened():
    assert label("x" * 60) == "x" * 25 + "…"


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
