"""What rises and eases: changes, alerts, and whether two measures agree."""

import pandas as pd
import pytest
from analysis.indicators.alerts import alerts

from analysis.indicators.changes import latest_changes, period_changes, value_changes
from analysis.indicators.drivers import with_reasons
from analysis.indicators.dyads import dyad_indicators, event_contributions
from analysis.indicators.rank_correlation import agreement
from analysis.schemas import Indicators
from tests.coverage import coded, coverage, read, value_of

MONDAYS = pd.date_range("2024-01-01", periods=20, freq="7D").strftime("%Y-%m-%d").tolist()


def valued(*rows, indicator="conflict_share", stories=20):
    """Indicators of one pair from (period, value, low, high)."""
    frame = pd.DataFrame(rows, columns=["period", "value", "low", "high"])
    counts = dict.fromkeys(("event_count", "article_count", "story_count"), stories)
    return Indicators.validate(frame.assign(indicator=indicator, dyad="CHN-USA", **counts))


def series(*values, indicator="conflict_share"):
    """Weekly values of one indicator, without intervals."""
    return valued(
        *[(start, value, None, None) for start, value in zip(MONDAYS, values, strict=False)],
        indicator=indicator,
    )


def change(now, before, **given):
    return value_changes(valued(("now", *now), **given), valued(("before", *before), **given)).iloc[0]


def test_an_arrow_is_drawn_where_the_interval_of_the_difference_excludes_zero():
    row = change((0.8, 0.7, 0.9), (0.4, 0.3, 0.5))
    assert row["direction"] == "up"
    assert row["change"] == pytest.approx(0.4)
    assert (row["low"], row["high"]) == pytest.approx((0.4 - 0.02**0.5, 0.4 + 0.02**0.5))
    assert change((0.4, 0.3, 0.5), (0.8, 0.7, 0.9))["direction"] == "down"


def test_intervals_that_overlap_much_give_no_arrow():
    row = change((0.6, 0.4, 0.8), (0.5, 0.3, 0.7))
    assert row["direction"] == "no clear change"
    assert row["reason"] == "the interval of the difference includes zero"


def test_nothing_is_compared_below_ten_stories():
    row = change((0.8, 0.7, 0.9), (0.4, 0.3, 0.5), stories=2)
    assert (row["direction"], row["reason"]) == ("not compared", "2 stories now, 10 needed")


def test_a_value_without_an_earlier_one_is_not_compared_and_says_so():
    before = valued(("before", 0.4, 0.3, 0.5)).iloc[:0]
    row = value_changes(valued(("now", 0.8, 0.7, 0.9)), before).iloc[0]
    assert (row["direction"], row["reason"]) == ("not compared", "nothing found before")
    assert pd.isna(row["before_value"])


def test_a_value_without_an_interval_is_not_compared():
    row = change((0.8, None, None), (0.4, 0.3, 0.5))
    assert (row["direction"], row["reason"]) == ("not compared", "no interval is known")


def test_counts_and_rungs_are_not_compared():
    now = valued(("now", 9.0, 8.0, 10.0), indicator="verbal_conflict_count")
    assert value_changes(now, now).empty


def test_the_week_before_a_gap_is_not_the_week_before():
    rows = valued(("2024-01-01", 0.4, 0.3, 0.5), ("2024-01-15", 0.8, 0.7, 0.9))
    assert period_changes(rows, period="week").empty


def test_two_acts_never_make_an_arrow():
    articles = coverage(*[MONDAYS[0]] * 30, *[MONDAYS[1]] * 30)
    events = coded((31, "RUS", "UKR", "ASSAULT", "past"), (32, "RUS", "UKR", "ASSAULT", "past"), of=articles)
    changes = period_changes(dyad_indicators(articles, events, period="week"), period="week")
    assert set(changes["direction"]) <= {"no clear change", "not compared"}


def test_an_arrow_names_the_acts_and_the_articles_that_moved_it():
    articles = coverage(*[MONDAYS[0]] * 20, *[MONDAYS[1]] * 20)
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(20, 34)]
    events = coded((0, "UKR", "RUS", "ACCUSE", "past"), *war, of=articles)
    parts = event_contributions(articles, events, period="week")
    changes = period_changes(dyad_indicators(articles, events, period="week"), period="week")
    row = with_reasons(changes, parts, parts, events).set_index("indicator").loc["conflict_per_story"]
    assert row["direction"] == "up"
    assert row["reason"] == "mainly assault by Russia towards Ukraine: 0 before, 14 now"
    assert row["article_ids"].split(" ") == [f"{n:016x}" for n in range(20, 25)]


def test_no_arrow_is_drawn_where_one_of_several_outlets_writes_nine_tenths_of_both_weeks():
    articles = coverage(*[MONDAYS[0]] * 20, *[MONDAYS[1]] * 20)
    events = coded(*[(n, "RUS", "UKR", "ASSAULT", "past") for n in range(20, 34)], of=articles)
    free = latest_changes(articles.assign(outlet=["A", "B"] * 20), events, period="week")
    assert "up" in set(free["direction"])
    flooded = latest_changes(articles.assign(outlet=["A"] * 39 + ["B"]), events, period="week")
    row = flooded.set_index("indicator").loc["conflict_per_story"]
    assert set(flooded["direction"]) == {"not compared"}
    assert row["obstacle"] == "one outlet wrote nine tenths of the stories"
    assert row["reason"] == "A wrote nine tenths of the stories of both periods"


def test_a_rise_a_spike_and_a_new_rung_in_the_latest_week_are_alerts():
    articles = coverage(*[start for start in MONDAYS for _ in range(12)])
    quarrel = [(n, "RUS", "UKR", "ACCUSE", "past") for n in range(0, 240, 24)]
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(228, 238)]
    found = alerts(articles, coded(*quarrel, *war, of=articles)).set_index("kind")
    assert sorted(found.index) == ["new rung", "rise", "spike"]
    assert (found["outlook"] == "risk").all()
    assert found.loc["new rung", "line"] == "reached force; highest before 2024-05-13: statement"


def test_first_force_in_a_single_story_is_an_early_report():
    articles = coverage("2024-04-08", "2024-04-15")
    (found,) = alerts(articles, coded((1, "AZE", "ARM", "ASSAULT", "past"), of=articles)).itertuples()
    assert (found.kind, found.outlook, found.story_count) == ("early report", "risk", 1)
    assert found.line == "reached force; highest before 2024-04-15: none"
    assert alerts(articles, coded((1, "AZE", "ARM", "SANCTION", "past"), of=articles)).empty


def test_an_announcement_in_one_undated_article_is_an_alert():
    events = coded((0, "USA", "CHN", "CONSULT", "future"), (0, "USA", "CHN", "SANCTION", "future"))
    found = alerts(coverage(None), events, period="all")
    assert found[["outlook", "line"]].to_numpy().tolist() == [
        ["risk", "sanction"],
        ["opportunity", "talks"],
    ]


def test_announcements_of_the_last_days_are_alerts_and_those_of_months_ago_are_not():
    articles = coverage("2024-01-01", "2024-04-20", "2024-04-21")
    events = coded(
        (0, "USA", "CHN", "CONSULT", "future"), (1, "JPN", "CHN", "CONSULT", "future"), of=articles
    )
    found = alerts(articles, events, period="day")
    assert found[["dyad", "kind", "line"]].to_numpy().tolist() == [["CHN-JPN", "announced", "talks"]]


def test_no_articles_give_no_alerts():
    assert alerts(*read(coverage())).empty


def test_two_measures_that_rank_alike_agree():
    first, second = series(1, 2, 3, 4, 6, 5), series(10, 20, 30, 40, 50, 60, indicator="mean_intensity")
    row = agreement(first, second).iloc[0]
    assert row["rank_correlation"] == pytest.approx(
        1 - 6 * 2 / (6 * 35)
    )  # Spearman: 1 - 6 sum d^2 / n(n^2-1)
    assert row["low"] < row["rank_correlation"] < row["high"]
    assert (row["move_count"], row["same_count"], row["opposite_periods"]) == (5, 4, MONDAYS[5])


def test_three_periods_or_a_measure_that_never_moves_have_no_correlation():
    assert pd.isna(agreement(series(1, 2, 3), series(1, 2, 3)).loc[0, "rank_correlation"])
    assert pd.isna(agreement(series(1, 2, 3, 4), series(5, 5, 5, 5)).loc[0, "rank_correlation"])


def test_the_index_of_a_week_before_is_seven_days_earlier():
    rows = valued(("2024-01-01", 0.4, 0.3, 0.5), ("2024-01-08", 0.8, 0.7, 0.9))
    assert period_changes(rows, period="week").loc[0, ["before_period", "period"]].tolist() == MONDAYS[:2]


def test_quiet_weeks_with_articles_are_zero_and_weeks_without_are_missing():
    articles = coverage(MONDAYS[0], *[MONDAYS[1]] * 5, MONDAYS[3])
    weekly = dyad_indicators(
        articles, coded((0, "RUS", "UKR", "ASSAULT", "past"), of=articles), period="week"
    )
    found = weekly[weekly["indicator"] == "conflict_per_story"].set_index("period")["value"]
    assert found.to_dict() == {MONDAYS[0]: 0.9, MONDAYS[1]: 0.0, MONDAYS[3]: 0.0}
    quiet = value_of(weekly, "conflict_per_story", "RUS-UKR", MONDAYS[1])
    assert (quiet["low"], quiet["high"]) == pytest.approx((0.0, 3.689 / 5), abs=1e-3)


def test_one_story_in_one_week_gives_no_correlation():
    assert pd.isna(agreement(series(0, 0, 9, 0, 0), series(0, 0, 5, 0, 0)).loc[0, "rank_correlation"])
    assert agreement(series(0, 0, 9, 8, 0), series(0, 0, 5, 4, 0)).loc[
        0, "rank_correlation"
    ] == pytest.approx(1)
