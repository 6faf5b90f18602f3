"""The world map: colours by conflict, leading pairs joined, disputed borders dashed."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.charts.map_shapes import disputed_borders, place_of
from analysis.charts.world_map import (
    BORDERS_NOTE,
    COLOUR_NOTE,
    LAND,
    NO_INCIDENTS,
    POINTS_PER_RADIUS,
    REDS,
    fill_colours,
    free_spot,
    grade_bounds,
    join_pieces,
    pair_joins,
    world_map,
)
from analysis.schemas import CountryLevels, PairLevels


def levels(**weights):
    rows = [(code, float(weight), 1) for code, weight in weights.items()]
    return CountryLevels.validate(pd.DataFrame(rows, columns=list(CountryLevels.columns)))


def pairs(*rows):
    """Pairs of (dyad, conflict, cooperation), one incident each."""
    filled = [(dyad, float(conflict), float(cooperation), 1) for dyad, conflict, cooperation in rows]
    return PairLevels.validate(pd.DataFrame(filled, columns=list(PairLevels.columns)))


def texts(chart):
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def test_the_title_names_the_countries_with_most_conflict():
    chart = world_map(levels(RUS=11.4, UKR=10, AFG=7.4, PAK=7.4), pairs())
    assert chart.alt.startswith("World map. Most conflict reported: Russia (11.4), Ukraine (10.0), Afghan")
    assert "Weight of conflict: Russia 11.4 in 1 incident; Ukraine 10.0 in 1 incident" in chart.alt


def test_without_conflict_the_title_says_so_and_without_incidents_there_is_no_map():
    assert world_map(levels(), pairs()).alt == NO_INCIDENTS
    assert "No conflict between countries is reported" in world_map(levels(AUS=0, PNG=0), pairs()).alt


def test_grades_of_conflict_grow_threefold_up_to_the_highest_weight():
    assert grade_bounds(levels(RUS=18, UKR=1)) == (2, 6)
    assert grade_bounds(levels(RUS=0.2)) == (1, 3)  # one rebuke is little, though nothing is more


def test_countries_are_coloured_by_grade():
    assert fill_colours(levels(RUS=18, UKR=6, POL=2, BLR=0.1, QAT=0)) == {
        "RUS": REDS[2],
        "UKR": REDS[1],  # a bound is still in the lower grade, as the legend says: "up to"
        "POL": REDS[0],
        "BLR": REDS[0],
        "QAT": LAND,
    }


def test_disputed_borders_are_dashed_and_said_so():
    chart = world_map(levels(IND=1, PAK=1), pairs())
    dashed = [lines for lines in chart.figure.axes[0].collections if lines.get_linestyle()[0][1]]
    assert [len(lines.get_paths()) for lines in dashed] == [len(disputed_borders())]
    assert BORDERS_NOTE.startswith("Dashed: disputed borders.")
    assert BORDERS_NOTE in chart.alt
    assert COLOUR_NOTE in chart.alt
    note = chart.figure.get_supxlabel().replace("\n", " ")
    assert BORDERS_NOTE in note and COLOUR_NOTE in note


def test_small_countries_with_incidents_have_a_dot():
    chart = world_map(levels(SGP=0.2, MLT=0, RUS=1), pairs())
    marks = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert [mark.get_markerfacecolor() for mark in marks] == [REDS[0], LAND]


def test_pairs_are_numbered_in_their_order_and_styled_by_kind():
    joins = pair_joins(pairs(("RUS-UKR", 9, 0), ("ISR-PSE", 3, 3), ("AUS-PNG", 0, 1), ("IRN-USA", 0, 0)))
    assert [(join.number, join.name, join.kind) for join in joins] == [
        (1, "Russia – Ukraine", "mostly hostile"),
        (2, "Israel – Palestine", "mixed"),
        (3, "Australia – Papua New Guinea", "mostly cooperative"),
        (4, "Iran – United States", "neither"),  # demands alone weigh nothing
    ]


def test_the_key_has_the_leading_pairs_alone(monkeypatch):
    monkeypatch.setattr("analysis.charts.world_map.MAX_PAIRS", 1)
    chart = world_map(levels(RUS=9, UKR=9), pairs(("RUS-UKR", 9, 0), ("CHN-USA", 1, 1)))
    assert "1  Russia – Ukraine: 1 incident, hostile" in texts(chart)
    assert "Joined: 1 Russia – Ukraine: 1 incident, hostile" in chart.alt
    assert "China" not in chart.alt


def test_a_line_across_the_pacific_goes_the_short_way():
    pieces = join_pieces(place_of("CHN"), place_of("USA"))
    assert len(pieces) == 2
    assert pieces[0][-1, 0] > 2 and pieces[1][0, 0] < -2


def test_neighbours_are_joined_by_a_ring():
    chart = world_map(levels(ISR=1, PSE=1), pairs(("ISR-PSE", 1, 0)))
    assert len(chart.figure.axes[0].patches) == 1  # the ring
    assert {"Israel", "1"} <= set(texts(chart))


def test_a_bloc_is_a_square_that_is_named():
    chart = world_map(levels(EUU=0.6, RUS=0.6), pairs(("EUU-RUS", 0.6, 0)))
    assert "European Union" in texts(chart)
    assert "s" in {line.get_marker() for line in chart.figure.axes[0].lines}


def test_what_has_no_place_is_said_and_not_joined():
    chart = world_map(levels(GUF=1, SUR=1), pairs(("GUF-SUR", 1, 0)))
    assert "Not on the map: French Guiana." in chart.alt
    assert "Joined" not in chart.alt


def test_numbers_of_crowded_pairs_do_not_cover_each_other():
    crowded = ("RUS-TUR", "ROU-RUS", "ROU-TUR", "BGR-TUR", "RUS-UKR", "TUR-UKR", "GRC-TUR", "ROU-UKR")
    chart = world_map(levels(RUS=1), pairs(*((pair, 1, 0) for pair in crowded)))
    numbers = [text.get_position() for text in chart.figure.axes[0].texts if text.get_text().isdigit()]
    apart = [np.abs(np.subtract(one, other)).max() for one, other in combinations(numbers, 2)]
    assert len(numbers) == 8 and min(apart) > 11 / POINTS_PER_RADIUS - 1e-9


def test_names_take_the_first_free_place():
    spots = [np.array((0.0, 0.0)), np.array((1.0, 0.0))]
    taken = []
    assert [free_spot(taken, spots, 10, 10) is not None for _ in range(3)] == [True, True, False]


def test_the_same_map_has_the_same_bytes():
    given = levels(RUS=9, UKR=9, CHN=1, USA=1), pairs(("RUS-UKR", 9, 0), ("CHN-USA", 1, 1))
    assert world_map(*given).png() == world_map(*given).png()
