"""The network: a line for each pair, wide and coloured by its incidents."""

import pandas as pd

from analysis.charts.network import NO_INCIDENTS, TIES, circle, network_chart, tie_kind
from tests.charts.test_world_map import pairs


def test_the_network_describes_pairs_by_incidents_and_hostility():
    given = pairs(("RUS-UKR", 9, 0), ("CHN-USA", 1, 1), ("FRA-JPN", 0, 2)).assign(incident_count=[3, 1, 1])
    chart = network_chart(given)
    assert "3 pairs: 1 mostly hostile, 1 mixed, 1 mostly cooperative" in chart.alt
    assert (
        "Russia – Ukraine 3 incidents, mostly hostile; China – United States 1 incident, mixed" in chart.alt
    )
    colours = [line.get_color() for line in chart.figure.axes[0].lines if len(line.get_xdata()) == 2]
    assert colours == [TIES[kind][0] for kind in ("mostly cooperative", "mixed", "mostly hostile")]
    numbers = [text.get_text() for text in chart.figure.axes[0].texts if text.get_text().isdigit()]
    assert numbers == ["3"]  # one incident has no number
    assert chart.png().startswith(b"\x89PNG")


def test_demands_alone_weigh_nothing_and_are_neither_hostile_nor_cooperative():
    assert tie_kind(0, 0) == "neither"


def test_one_pair_or_none_is_a_sentence():
    assert network_chart(pairs()).alt == NO_INCIDENTS
    assert network_chart(pairs(("RUS-UKR", 9, 0))).alt == (
        "No network: Russia – Ukraine is the only pair (1 incident, hostile)."
    )


def test_pairs_of_more_countries_than_there_is_room_for_are_counted():
    chart = network_chart(pairs(*[(f"A{n:02}-B{n:02}", 1, 0) for n in range(8)]))
    assert "Left out: 2 pairs of other countries." in chart.alt


def test_countries_with_many_incidents_between_them_are_neighbours_on_the_circle():
    counts = pd.Series({"AAA-CCC": 9, "BBB-DDD": 9, "AAA-BBB": 1, "CCC-DDD": 1, "AAA-DDD": 1})
    places = circle(counts)
    far = [abs(complex(*places[a]) - complex(*places[b])) for a, b in (("AAA", "CCC"), ("BBB", "DDD"))]
    assert max(far) < 1.5  # of neighbours; the opposite one is 2 away
