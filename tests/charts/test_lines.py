"""The leading pairs of a period as small lines, and longer series of one measure or two."""

import pandas as pd
import pytest

from analysis.charts.base import NOT_DATED
from analysis.charts.lines import NO_LINES, TOO_LITTLE, leading_pairs_chart, measures_chart, series_chart
from analysis.indicators.dyads import dyad_indicators
from analysis.indicators.period_moves import period_moves
from benchmarks.validation.change_points import change_points
from tests.coverage import coverage, read
from tests.incident_rows import weekly_levels

MONDAYS = pd.date_range("2024-01-01", periods=14, freq="7D").strftime("%Y-%m-%d").tolist()


def weekly(*counts_by_pair, stories):
    levels = weekly_levels(*counts_by_pair, stories=stories)
    return levels, period_moves(levels)


PAIRS = {"AFG-PAK": ("Afghanistan and Pakistan", "far higher, on nine stories")}


def risen():
    """Afghanistan and Pakistan rise in the last of nine weeks."""
    return leading_pairs_chart(*weekly(("AFG-PAK", [0, 2] * 4 + [9]), stories=[10] * 9), PAIRS)


def texts(chart):
    return [text.get_text() for text in chart.figure.texts]


def lines(axes):
    """The level of each window, as it is drawn."""
    return next(line.get_ydata() for line in axes.lines if len(line.get_ydata()) > 2)


def test_the_title_says_which_pairs_are_drawn_and_against_what():
    assert risen().figure.get_suptitle().replace("\n", " ") == (
        "How hostile: 26 February to 3 March 2024 against the 8 weeks before"
    )


def test_each_row_has_what_is_said_of_it_with_a_mark_beyond_chance_and_its_level_beside_the_picture():
    assert {"Afghanistan and Pakistan", "▲ far higher, on nine stories"} <= set(texts(risen()))
    assert risen().details == (
        "Afghanistan and Pakistan 8.1, usually 0.9, far higher, on nine stories, more than chance explains"
    )
    levels, moves = weekly(("AFG-PAK", [1, 0, 2, 0, 1, 3, 0, 1, 4]), stories=[30] * 9)
    assert moves["direction"].tolist() == ["no clear change"]
    assert "far higher, on nine stories" in texts(leading_pairs_chart(levels, moves, PAIRS))
    silent = leading_pairs_chart(levels, moves, {"AFG-PAK": ("Afghanistan and Pakistan", "")})
    assert silent.details == "Afghanistan and Pakistan 3.6, usually 0.9"


def test_without_a_pair_to_draw_there_is_no_picture():
    assert leading_pairs_chart(*weekly(("AFG-PAK", [1] * 9), stories=[10] * 9), {}).alt == NO_LINES


def test_weeks_with_hardly_any_article_are_gaps_and_others_are_scaled_to_the_news_of_this_week():
    levels, moves = weekly(("AFG-PAK", [1, 1, 1, 1, 0, 1, 1, 4]), stories=[10, 10, 10, 1, 0, 5, 10, 10])
    drawn = lines(leading_pairs_chart(levels, moves, PAIRS).figure.axes[0])
    gap = float("nan")
    assert drawn.tolist() == pytest.approx([0.9, 0.9, 0.9, gap, gap, 1.8, 0.9, 3.6], nan_ok=True)
    thin = weekly(("AFG-PAK", [1, 1, 1, 1, 1, 1, 1, 4]), stories=[10, 10, 10, 1, 1, 1, 1, 10])
    assert leading_pairs_chart(*thin, PAIRS).alt == leading_pairs_chart(*thin, {}).alt == TOO_LITTLE


def test_marks_and_gaps_are_explained_only_where_they_are_drawn():
    assert "▲: more" in risen().note and "Gap" not in risen().note
    levels = weekly(("AFG-PAK", [1, 1, 1, 1, 0, 1, 1, 4]), stories=[10, 10, 10, 1, 0, 5, 10, 10])
    note = leading_pairs_chart(*levels, PAIRS).note
    assert "▲" not in note and note.endswith("Gap: hardly anything was read.")


def test_five_pairs_are_drawn_in_the_order_given():
    pairs = [(f"A{n:02}-ZZZ", [n] * 5) for n in range(1, 9)]
    levels, moves = weekly(*pairs, stories=[10] * 5)
    chart = leading_pairs_chart(levels, moves, {pair: (pair, "") for pair, _ in pairs[::-1]})
    assert [text for text in texts(chart) if "ZZZ" in text] == [f"A{n:02}-ZZZ" for n in range(8, 3, -1)]


def test_the_same_tables_give_the_same_bytes():
    assert risen().png() == risen().png()


@pytest.fixture(scope="module")
def war():
    """A war that begins in the eighth week, twelve articles a week, none in the fourth."""
    starts = [start for start in MONDAYS if start != MONDAYS[3] for _ in range(12)]
    acts = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(84, 156, 2)]
    rows = dyad_indicators(*read(coverage(*starts), *acts), period="week")
    return rows[rows["indicator"] == "conflict_per_story"]


def test_a_series_names_its_peak_and_its_change_of_level(war):
    chart = series_chart(war, period="week", points=change_points(war))
    assert f"Russia – Ukraine, is highest in the week from {MONDAYS[8]}" in chart.alt
    assert f"changes of level in {MONDAYS[8]}" in chart.alt
    assert chart.png().startswith(b"\x89PNG")
    assert series_chart(war.head(2), period="week").alt == NOT_DATED


def test_five_months_without_articles_are_shaded_and_three_weeks_are_not(war):
    late = pd.date_range("2024-09-02", periods=3, freq="7D").strftime("%Y-%m-%d")
    rows = pd.concat([war, war.tail(3).assign(period=late)], ignore_index=True)
    gaps = [
        [one for one in series_chart(part, period="week").figure.axes[0].patches if one.get_gid() == "gap"]
        for part in (rows, war)
    ]
    assert list(map(len, gaps)) == [1, 0]


def test_two_measures_say_how_often_they_move_alike(war):
    chart = measures_chart(war, war.assign(value=-war["value"], indicator="mean_tone"), period="week")
    assert "Both move the same way in 0 of" in chart.alt
    rows = war.tail(4).assign(value=[1, 2, 4, 3], indicator="official_index_of_risk")
    late = pd.date_range("2024-09-02", periods=4, freq="7D").strftime("%Y-%m-%d")
    index = pd.concat([rows, rows.assign(period=late)])  # no step from one block to the next
    alike = measures_chart(index, index, period="week")
    assert "Both move the same way in 6 of 6 steps. official index of risk from 1 to 4" in alike.alt
    assert "mean tone of the words, Russia – Ukraine from -0.45" in chart.alt
