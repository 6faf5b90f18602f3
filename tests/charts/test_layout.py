"""All that is drawn lies inside the picture, and lines end where the picture does."""

import io
import os
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread

from analysis.charts.base import (
    Shade,
    draw_heat,
    empty_chart,
    event_chart,
    indicator_chart,
    new_axes,
    new_figure,
    topic_chart,
)
from analysis.charts.drawing import png_of
from analysis.charts.layout import name_rows
from analysis.charts.letters import font_of, lines_of, text_width
from analysis.charts.pairs import network_chart, words_deeds_chart
from analysis.charts.weekly_counts import weekly_chart
from analysis.indicators.dyads import dyad_indicators
from tests.coverage import coded, coverage
from tests.incident_rows import incident_rows
from tests.tables import events, indicators, sentences, topics

LONG = {"source_country_code": "COD", "target_country_code": "STP"}  # two of the longest names


def pixels(figure):
    """Red, green and blue of a picture, from 0 to 1."""
    return imread(io.BytesIO(png_of(figure)), format="png")[:, :, :3]


def margins(figure):
    """White rows and columns at the top, the foot, the left and the right."""
    is_ink = (pixels(figure) < 1).any(axis=2)
    rows, columns = (np.flatnonzero(is_ink.any(axis=axis)) for axis in (1, 0))
    height, width = is_ink.shape
    return rows[0], height - 1 - rows[-1], columns[0], width - 1 - columns[-1]


def one_act():
    return dyad_indicators(coverage("2024-04-20"), coded((0, "COD", "STP", "ACCUSE", "past")))


@pytest.mark.parametrize(
    "chart",
    [
        topic_chart(topics({}), sentences((0, 11), (13, 20))),
        event_chart(events(LONG)),
        event_chart(events(LONG, *({"event_id": f"e{n}", "status": "future"} for n in range(30)))),
        indicator_chart(indicators({"dyad": "COD-STP", "story_count": 10}), "conflict_share"),
        words_deeds_chart(one_act()),
        weekly_chart(incident_rows(("COD-STP", "ASSAULT", "2024-04-15"))),
        empty_chart("A long reason. " * 12),
    ],
)
def test_nothing_touches_the_edge_of_a_picture(chart):
    assert min(margins(chart.figure)) >= 3


def test_the_longest_name_at_the_side_of_the_network_is_inside():
    codes = ("COD", "STP", "VCT", "BIH")
    acts = [(0, first, second, "ACCUSE", "past") for first, second in combinations(codes, 2)]
    assert min(margins(network_chart(dyad_indicators(coverage("2024-04-20"), coded(*acts))).figure)) >= 3


def test_a_legend_below_the_axes_covers_neither_their_label_nor_the_note():
    figure, axes = new_axes("Title", 3, note="note")
    axes.plot([0, 1], [0, 1], label="line")
    axes.set_xlabel("label of the axis")
    legend = figure.legend(loc="outside lower center")
    png_of(figure)
    label, note = axes.xaxis.label.get_window_extent(), figure.texts[-1].get_window_extent()
    box = legend.get_window_extent()
    assert note.y1 <= box.y0 and box.y1 <= label.y0 + 0.01  # pixels


def test_a_long_title_and_a_long_note_make_the_picture_higher():
    short, long = (new_axes("Title " * n, 3, note="note " * n)[0] for n in (1, 40))
    more = long.get_size_inches()[1] - short.get_size_inches()[1]
    assert more == pytest.approx((2 * 11 + 8) * 1.15 / 72)
    assert min(margins(long)) >= 3


def test_long_names_of_rows_leave_room_for_the_axes():
    figure, axes = new_axes("Title", 2)
    name_rows(axes, ["w" * 40, "short"], size=9)
    assert min(margins(figure)) >= 3
    assert axes.get_position().width > 0.4


def test_a_heat_map_of_one_cell_and_one_of_many_fit():
    for rows, columns in ((1, 2), (20, 12)):
        shades = pd.DataFrame(np.ones((rows, columns)), [f"row {n} " * 6 for n in range(rows)])
        shades.columns = [f"column {n} " * 5 for n in range(columns)]
        figure = new_figure("Title", 2.4 + 0.34 * max(rows, 2), note="note")
        draw_heat(
            figure, shades, shades.astype(str), Shade("Blues", 0, 1, "share of the speaker's statements")
        )
        assert min(margins(figure)) >= 3


def test_a_line_below_the_picture_makes_it_higher_and_is_drawn():
    figures = [new_axes("Title", 3, note="note")[0] for _ in range(2)]
    figures[1].text(0.01, -0.01, "With 2 corrections by an analyst.", va="top", fontsize=8)
    plain, noted = map(pixels, figures)
    below = len(noted) - len(plain)
    assert below > 20
    assert np.abs(noted[:-below] - plain).mean() < 0.005  # all else is as it was, to a part of a pixel
    assert (noted[-below:] < 0.5).any()
    assert margins(figures[1])[1] >= 3


def test_a_label_of_an_axis_stays_where_it_was_measured_when_drawn_twice():
    figure, axes = new_axes("Title", 3)
    axes.set_xlabel("a label " * 14)
    assert png_of(figure) == png_of(figure)
    assert min(margins(figure)) >= 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_forked_process_opens_the_font_anew():
    font = font_of("normal", "normal")
    child = os.fork()
    if not child:
        os._exit(font_of("normal", "normal") is font)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_lines_end_at_spaces_and_are_no_wider_than_asked():
    text = "Democratic Republic of the Congo and the United States reach the highest conflict per story read"
    lines = lines_of(text, 3.0, 11, weight="bold")
    assert " ".join(lines) == text
    assert max(text_width(line, 11, weight="bold") for line in lines) <= 3.0


def test_a_word_wider_than_a_line_is_cut():
    lines = lines_of("x" * 200, 2.0, 8)
    assert "".join(lines) == "x" * 200
    assert max(text_width(line, 8) for line in lines) <= 2.0
