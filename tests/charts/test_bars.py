"""Bars: themes, who deals with whom, spikes, and the title of an explorer's bars."""

import pandas as pd
import pytest

from analysis.charts.bars import bars_title, one_article_chart, spikes_chart, topic_chart
from analysis.schemas import Spikes
from tests.incident_rows import incident_rows
from tests.tables import sentences, topics

TWO = sentences((0, 11), (13, 20))


def test_the_leading_theme_is_named_and_bars_are_percent_of_all_sentences():
    chart = topic_chart(topics({}, {"start_char": 13}, {"topic": "trade and tariffs"}), TWO)
    assert chart.figure.get_suptitle() == "Diplomacy leads: 2 of 2 sentences"
    assert chart.alt.endswith("diplomacy 2, trade and tariffs 1.")
    assert [bar.get_width() for bar in chart.figure.axes[0].patches] == [100.0, 50.0]


CHINA_US = {"CHN-USA": "China and the United States"}


def two_sided(*incidents, names=CHINA_US):
    return one_article_chart(incident_rows(*incidents), names)


def test_cooperative_bars_go_left_hostile_ones_right_and_announced_ones_are_hatched():
    chart = two_sided(
        *[("CHN-USA", "CONSULT")] * 2,
        ("CHN-USA", "AID", None, 0, "announced"),
        ("CHN-USA", "ACCUSE"),
        ("CHN-USA", "SANCTION", None, 0, "announced"),
    )
    drawn = [(bar.get_x(), bar.get_width(), bool(bar.get_hatch())) for bar in chart.figure.axes[0].patches]
    assert drawn == [(0, -2, False), (-2, -1, True), (0, 1, False), (1, 1, True)]
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["3", "2"]
    assert two_sided(("CHN-USA", "REQUEST")).is_empty  # who asks for something is not hostile
    said = "China and the United States: cooperative 2 done, 1 announced, hostile 1 done, 1 announced"
    assert said in chart.alt


def test_the_first_five_pairs_are_drawn_in_the_order_given_and_all_others_counted():
    pairs = [f"A{n:02}-ZZZ" for n in range(1, 8)]
    chart = two_sided(
        *[(pair, "CONSULT") for pair in pairs], names={pair: pair for pair in ("CHN-USA", *pairs[::-1])}
    )
    assert "7 incidents between 7 pairs, 1 of them between A07 and ZZZ" in chart.name
    assert chart.note.endswith("Not drawn: 2 other pairs with 2 incidents.")
    assert chart.details.startswith("A07-ZZZ: cooperative 1 done; A06-ZZZ")


def test_a_spike_is_drawn_beside_what_is_usual_and_without_one_there_is_a_sentence():
    days = ("2024-01-08", "2024-01-12", "2024-01-09")
    rows = [("CHN-JPN", "spike", *days, 2.0, 0.25, 3.5, 3, 0, "e")] * 7
    chart = spikes_chart(pd.DataFrame(rows, columns=list(Spikes.columns)))
    assert "China – Japan stands out most: 8 times its usual level" in chart.alt
    assert "China – Japan, 8 to 12 January, 3 stories: 2, usually 0.25" in chart.alt
    assert "Not drawn: 2 weaker spikes." in chart.alt
    assert chart.png().startswith(b"\x89PNG")
    assert spikes_chart(pd.DataFrame(columns=list(Spikes.columns))).is_empty


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"China": 2, "Iran": 1}, "China leads: 2 of 4 statements"),
        ({"China": 2, "Iran": 2}, "China and Iran lead: 2 of 4 statements each"),
        ({"China": 1, "Iran": 1, "Oman": 1}, "China and 2 others lead: 1 of 4 statements each"),
        ({"China": 2}, "China: 2 of 4 statements"),
        ({}, "There is no speaker to show: no statements are left."),
    ],
)
def test_a_bar_leads_only_if_no_other_is_as_long(counts, said):
    bars = pd.DataFrame({"label": list(counts), "count": list(counts.values())})
    assert bars_title(bars, by="speaker", unit="statements", total=4) == said
