"""The picture of the front page: leading pairs over time, or who deals with whom in one article."""

from datetime import date, timedelta

import pandas as pd
import pytest

from analysis.charts.period import (
    NO_LINES,
    SideLabels,
    leading_pairs_chart,
    one_article_chart,
    period_picture,
)
from analysis.indicators.period_levels import period_levels
from analysis.indicators.period_moves import most_hostile, period_moves
from tests.coverage import coverage
from tests.incident_rows import incident_rows

FIRST_MONDAY = date(2024, 1, 1)
TALKS = SideLabels("talks, visit", "steel tariffs of $5 or $7")


def weekly(*counts_by_pair, stories):
    """Levels and moves of weekly assaults: (pair, counts), so many stories in each week."""
    mondays = [FIRST_MONDAY + timedelta(weeks=week) for week in range(len(stories))]
    days = [str(monday) for monday, count in zip(mondays, stories, strict=True) for _ in range(count)]
    firsts = [sum(stories[:week]) for week in range(len(stories))]
    acts = [
        (dyad, "ASSAULT", str(mondays[week]), firsts[week] + n)
        for dyad, counts in counts_by_pair
        for week, count in enumerate(counts)
        for n in range(count)
    ]
    last = mondays[-1] + timedelta(days=6)
    levels = period_levels(incident_rows(*acts), coverage(*days), first=mondays[-1], last=last)
    return levels, most_hostile(period_moves(levels), most=9)


def risen(**labels):
    """Afghanistan and Pakistan rise in the last of nine weeks; of Chad and Libya too little is known."""
    pairs = ("AFG-PAK", [0, 2] * 4 + [9]), ("LBY-TCD", [0] * 8 + [1])
    return leading_pairs_chart(*weekly(*pairs, stories=[10] * 9), labels)


def texts(chart):
    return [text.get_text() for text in chart.figure.texts]


def lines(axes):
    """The level of each window, as it is drawn."""
    return next(line.get_ydata() for line in axes.lines if len(line.get_ydata()) > 2)


def test_the_title_says_what_is_drawn_and_which_pairs_moved():
    title = risen().figure.get_suptitle().replace("\n", " ")
    assert title == (
        "Hostility between the leading pairs, 26 February to 3 March 2024, against the 8 weeks before. "
        "Rising: Afghanistan – Pakistan"
    )


def test_each_row_has_its_level_what_is_usual_an_arrow_and_a_subject():
    shown = texts(risen(**{"AFG-PAK": "air strikes"}))
    for text in ("Afghanistan –\nPakistan", "8.1", "usual 0.9", "▲", "rising", "air strikes"):
        assert text in shown


def test_where_no_pair_is_compared_nothing_is_called_usual():
    chart = leading_pairs_chart(*weekly(("LBY-TCD", [0] * 8 + [1]), stories=[10] * 9), {})
    assert not {"change", "usual 0.0"} & set(texts(chart))
    assert "Too little was read to compare" in chart.alt
    assert "Grey" not in chart.alt
    assert [len(axes.collections) for axes in chart.figure.axes] == [0]


def test_weeks_with_hardly_any_article_are_gaps_and_others_are_scaled_to_the_news_of_this_week():
    levels, moves = weekly(("AFG-PAK", [1, 1, 0, 1, 4]), stories=[10, 1, 0, 5, 10])
    drawn = lines(leading_pairs_chart(levels, moves, {}).figure.axes[0])
    assert drawn.tolist() == pytest.approx([0.9, float("nan"), float("nan"), 1.8, 3.6], nan_ok=True)


def test_six_pairs_are_drawn_in_the_order_given():
    pairs = [(f"A{n:02}-ZZZ", [n] * 5) for n in range(1, 9)]
    levels, moves = weekly(*pairs, stories=[10] * 5)
    chart = leading_pairs_chart(levels, moves.sort_values("dyad"), {})
    assert len(chart.figure.axes) == 6
    assert [text for text in texts(chart) if "ZZZ" in text] == [f"A{n:02} –\nZZZ" for n in range(1, 7)]


def test_labels_are_drawn_literally_and_shortened():
    chart = risen(**{"AFG-PAK": "a fee of $5 or $7", "LBY-TCD": "a word " * 20})
    assert r"a fee of \$5 or \$7" in texts(chart)
    assert any(text.endswith("…") for text in texts(chart))
    chart.png()


def test_two_weeks_or_no_pair_are_a_sentence_instead_of_lines():
    assert leading_pairs_chart(*weekly(("AFG-PAK", [1, 1]), stories=[1, 1]), {}).alt == NO_LINES
    levels, moves = weekly(("AFG-PAK", [1, 1, 1]), stories=[1, 1, 1])
    assert leading_pairs_chart(levels, moves.iloc[:0], {}).alt == NO_LINES


def test_the_same_tables_give_the_same_bytes():
    assert risen().png() == risen().png()


def bars(*incidents, **labels):
    return one_article_chart(incident_rows(*incidents), labels)


def test_cooperative_bars_go_left_and_hostile_ones_right_and_announced_ones_are_hatched():
    chart = bars(
        *[("CHN-USA", "CONSULT")] * 2,
        ("CHN-USA", "AID", None, 0, "announced"),
        ("CHN-USA", "ACCUSE"),
        ("CHN-USA", "SANCTION", None, 0, "announced"),
    )
    drawn = [(bar.get_x(), bar.get_width(), bar.get_hatch()) for bar in chart.figure.axes[0].patches]
    assert [bar[:2] for bar in drawn] == [(0, -2), (-2, -1), (0, 1), (1, 1)]
    assert [bool(bar[2]) for bar in drawn] == [False, True, False, True]
    assert "China – United States: cooperative 2 done, 1 announced, hostile 1 done, 1 announced" in chart.alt


def test_each_side_has_its_count_and_what_it_is_about():
    chart = bars(*[("CHN-USA", "CONSULT")] * 3, ("CHN-USA", "SANCTION"), **{"CHN-USA": TALKS})
    for text in ("3", "1", "talks, visit", r"steel tariffs of \$5 or \$7"):
        assert text in texts(chart)
    assert "cooperative 3 done (talks, visit), hostile 1 done (steel tariffs of $5 or $7)" in chart.alt


def test_the_title_counts_incidents_and_names_the_first_pair():
    one = bars(("CHN-USA", "ACCUSE"))
    assert one.name.endswith("Who deals with whom, and how: 1 incident between China and the United States")
    two = bars(*[("CHN-USA", "CONSULT")] * 2, ("IRN-ISR", "ASSAULT"))
    assert two.name.endswith("3 incidents between 2 pairs, 2 of them between China and the United States")


def test_the_leading_pairs_are_drawn_and_the_incidents_of_all_others_are_counted():
    incidents = incident_rows(*[("CHN-USA", "CONSULT")] * 3, ("IRN-ISR", "ASSAULT"), ("CHN-RUS", "AID"))
    levels, moves = weekly(("IRN-ISR", [1]), stories=[1])
    chart = period_picture(levels, moves, incidents, labels={}, side_labels={"IRN-ISR": TALKS})
    assert "5 incidents between 3 pairs" in chart.name
    assert chart.note.endswith("Not drawn: 2 other pairs with 4 incidents.")
    assert chart.details.startswith("Iran – Israel: hostile 1 done")


def test_the_picture_has_bars_where_fewer_than_three_windows_have_articles():
    incidents = incident_rows(("CHN-USA", "CONSULT"))
    both = {"labels": {}, "side_labels": {}}
    few, many = (weekly(("CHN-USA", counts), stories=counts) for counts in ([1, 0, 1], [1, 1, 1]))
    assert period_picture(*few, incidents, **both).name.startswith("Bars to two sides")
    assert period_picture(*many, incidents, **both).name.startswith("Small line charts")
    nothing = [pd.DataFrame(columns=table.columns) for table in few]
    assert period_picture(*nothing, incidents, **both).name.startswith("Bars to two sides")
