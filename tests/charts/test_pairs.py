"""Pairs at a glance: words against deeds, the network, small series on one scale."""

import pandas as pd
import pytest

from analysis.charts.base import GREY, NOT_DATED
from analysis.charts.pairs import NO_ACTS, TIES, circle, network_chart, words_deeds_chart
from analysis.charts.series import multiples_chart
from analysis.indicators.changes import period_changes
from analysis.indicators.dyads import dyad_indicators
from tests.coverage import coverage, read
from tests.tables import indicators

PRAISE, AID, ACCUSE, ASSAULT = "CONSULT", "AID", "ACCUSE", "ASSAULT"


def whole(*acts):
    """Indicators of acts between the United States and China, and two other pairs, in one story."""
    return dyad_indicators(*read(coverage("2024-04-20"), *((0, *act, "past") for act in acts)))


def weekly(*hostile):
    """Three weeks of thirty stories; of each pair so many stories of the last two tell of an assault."""
    days = [day for day in ("2023-12-25", "2024-01-01", "2024-01-08") for _ in range(30)]
    acts = [
        (week * 30 + n, *pair, ASSAULT, "past")
        for *pair, before, now in hostile
        for week, count in enumerate((before, now), start=1)
        for n in range(count)
    ]
    return dyad_indicators(*read(coverage(*days), *acts), period="week")


def series_of(rows):
    return rows[rows["indicator"] == "conflict_per_story"]


def test_the_title_names_the_pair_whose_words_and_deeds_differ_most():
    rows = whole(*[("USA", "CHN", PRAISE)] * 3, *[("USA", "CHN", ASSAULT)] * 2, ("RUS", "UKR", ASSAULT))
    chart = words_deeds_chart(rows)
    assert "for China – United States: 3 of 3 words cooperative, 2 of 2 deeds hostile" in chart.alt
    assert "Russia – Ukraine: hostile words 0, cooperative words 0, hostile deeds 1" in chart.alt


def test_hostile_acts_go_right_and_cooperative_ones_left_in_words_and_in_deeds():
    acts = [*[("USA", "CHN", PRAISE)] * 3, *[("USA", "CHN", ACCUSE)] * 2, ("USA", "CHN", ASSAULT)]
    words, deeds = words_deeds_chart(whole(*acts)).figure.axes
    assert [bar.get_width() for bar in words.patches] == [-3, 2]
    assert [bar.get_width() for bar in deeds.patches] == [0, 1]
    assert words.get_title() == "words: cooperative ← 0 → hostile"


def test_a_pair_with_fewer_stories_than_asked_for_has_its_name_in_grey():
    rows = whole(("USA", "CHN", PRAISE))  # in one story
    for least, colour in ((1, "black"), (2, GREY)):
        axes = words_deeds_chart(rows, minimum_stories=least).figure.axes[0]
        (name,) = axes.get_yticklabels()
        assert name.get_color() == colour


def test_the_network_describes_pairs_by_acts_and_hostility():
    rows = whole(
        *[("USA", "CHN", PRAISE)] * 3,
        ("USA", "CHN", ACCUSE),
        ("RUS", "UKR", ASSAULT),
        *[("IND", "PAK", PRAISE), ("IND", "PAK", ACCUSE)] * 2,
    )
    chart = network_chart(rows)
    assert (
        "China – United States has the thickest line: 4 acts. Pairs: 1 mostly hostile, 1 mixed, 1 mostly coop"
        in chart.alt
    )
    assert "China – United States 4 acts, conflict share 0.29, mostly cooperative" in chart.alt
    colours = {line.get_color() for line in chart.figure.axes[0].lines if line.get_linewidth() > 1.5}
    assert colours == {colour for colour, _ in TIES.values()}


def test_countries_with_many_acts_between_them_are_neighbours_on_the_circle():
    acts = pd.Series({"CHN-USA": 9, "JPN-RUS": 9, "IRN-ISR": 9})
    places = circle(acts)
    for pair in acts.index:
        (x, y), (x2, y2) = (places[code] for code in pair.split("-"))
        assert (x - x2) ** 2 + (y - y2) ** 2 == pytest.approx(1)  # the side of a hexagon
    assert places == circle(acts)


def test_a_pair_that_clearly_rose_is_named_and_marked():
    rows = weekly(("RUS", "UKR", 0, 25), ("USA", "CHN", 5, 5))
    chart = multiples_chart(series_of(rows), period_changes(rows, period="week"), period="week")
    assert "Clear changes in the week from 2024-01-08, of 2 leading pairs: Russia – Ukraine up" in chart.alt
    assert chart.figure.axes[0].get_title(loc="left") == "▲ Russia – Ukraine"
    limits = {axes.get_ylim() for axes in chart.figure.axes[:2]}
    assert len(limits) == 1


def test_without_acts_there_is_a_sentence_instead_of_a_chart():
    assert words_deeds_chart(indicators()).alt == NO_ACTS
    assert network_chart(indicators()).alt == NO_ACTS
    alone = network_chart(whole(("USA", "CHN", PRAISE)))
    assert (
        alone.alt
        == "No network: China – United States is the only pair with acts (1 act, mostly cooperative)."
    )
    one = dyad_indicators(*read(coverage("2024-04-20"), (0, "USA", "CHN", ACCUSE, "past")), period="week")
    changes = period_changes(one, period="week")
    assert multiples_chart(series_of(one), changes, period="week").alt == NOT_DATED
