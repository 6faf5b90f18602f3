"""The table beside the map: the same numbers, and how many countries it leaves out."""

from analysis.views.incidents import map_table
from tests.charts.test_world_map import levels, pairs


def test_the_table_has_the_numbers_of_the_map():
    text = map_table(levels(RUS=9, UKR=8.8, POL=1), pairs(("RUS-UKR", 8.8, 0))).text
    assert "Russia 9.0 1 Ukraine 8.8 1" in text and "1 Russia – Ukraine 1 incident, hostile" in text
    assert "map" not in map_table(levels(RUS=9, UKR=8.8), pairs(("RUS-UKR", 8.8, 0))).text


def test_the_table_says_how_many_countries_it_leaves_out():
    assert "And 2 more countries with" in map_table(levels(RUS=9, UKR=8, POL=1), pairs(), most=1).text
    assert "And 1 more country with" in map_table(levels(RUS=9, UKR=8), pairs(), most=1).text
    assert "more" not in map_table(levels(RUS=9), pairs()).text
