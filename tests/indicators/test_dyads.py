"""Indicators of a pair of countries: what counts, how sure, and which events are behind a value."""

import pandas as pd
import pytest

from analysis.indicators.country_events import act_names, country_events
from analysis.indicators.dyads import dyad_indicators
from tests.coverage import coded, coverage, read, value_of


def test_conflict_share_is_the_hostile_part_of_all_intensity():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "ACCUSE", "past"))
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "conflict_share")
    assert row["value"] == pytest.approx(3.0 / 5.5)
    assert row[["event_count", "article_count", "story_count"]].tolist() == [2, 1, 1]


@pytest.mark.parametrize("status", ["negated", "hypothetical", "historical"])
def test_hypothetical_denied_and_long_past_events_do_not_count(status):
    assert dyad_indicators(*read(coverage("2024-04-20"), (0, "USA", "CHN", "ASSAULT", status))).empty


def test_an_announcement_is_counted_apart_and_values_of_acts_stay_missing():
    indicators = dyad_indicators(*read(coverage("2024-04-20"), (0, "USA", "CHN", "CONSULT", "future")))
    assert value_of(indicators, "announced_cooperation_count")["value"] == 1
    assert value_of(indicators, "announced_conflict_count")["value"] == 0
    assert pd.isna(value_of(indicators, "conflict_share")["value"])
    assert value_of(indicators, "conflict_share")["event_count"] == 0


def test_an_act_needs_two_known_and_different_countries():
    events = coded((0, "USA", None, "ACCUSE", "past"), (0, "USA", "USA", "ACCUSE", "past"))
    assert dyad_indicators(coverage("2024-04-20"), events).empty


def test_a_reprint_adds_only_to_the_number_of_articles():
    articles = coverage("2024-04-20", "2024-04-20", stories=["s", "s"])
    events = coded(*[(n, "USA", "CHN", "ACCUSE", "past") for n in (0, 1)], of=articles)
    row = value_of(dyad_indicators(articles, events), "verbal_conflict_count")
    assert (row["value"], row["event_count"], row["article_count"], row["story_count"]) == (1, 1, 2, 1)


def test_two_similar_acts_in_one_article_count_twice():
    events = coded(*[(0, "USA", "CHN", "ACCUSE", "past")] * 2)
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "verbal_conflict_count")["value"] == 2


def test_the_highest_rung_is_that_of_the_worst_act():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "CHN", "USA", "SANCTION", "past"))
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "highest_rung")["value"] == 3


def test_words_are_not_deeds():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "CHN", "USA", "CONSULT", "ongoing"))
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "deed_share")["value"] == 0


def test_a_share_of_acts_without_intensity_is_missing():
    indicators = dyad_indicators(*read(coverage("2024-04-20"), (0, "USA", "CHN", "REQUEST", "past")))
    assert pd.isna(value_of(indicators, "conflict_share")["value"])
    assert value_of(indicators, "mean_intensity")["value"] == 0


def test_weeks_begin_on_monday_and_empty_ones_have_no_row():
    articles = coverage("2024-04-21", "2024-04-22")  # a Sunday and a Monday
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (1, "USA", "CHN", "CONSULT", "past"), of=articles)
    weekly = dyad_indicators(articles, events, period="week")
    assert sorted(weekly["period"].unique()) == ["2024-04-15", "2024-04-22"]
    assert value_of(weekly, "conflict_share", period="2024-04-15")["value"] == 1


def test_an_undated_article_is_in_no_month_but_in_the_whole():
    articles, events = read(coverage(None), (0, "USA", "CHN", "ACCUSE", "past"))
    assert dyad_indicators(articles, events, period="month").empty
    assert value_of(dyad_indicators(articles, events), "conflict_share")["value"] == 1


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="period is 'year', expected one of: all, day, week, month"):
        dyad_indicators(*read(coverage("2024-04-20"), (0, "USA", "CHN", "ACCUSE", "past")), period="year")


def test_a_mean_from_one_story_has_no_interval():
    events = coded(*[(0, "USA", "CHN", "ACCUSE", "past")] * 3)
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "mean_intensity")
    assert row["value"] == -3
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])


def test_the_initiator_is_the_country_that_acts():
    events = coded(
        (0, "USA", "CHN", "ACCUSE", "past"),
        (0, "USA", "CHN", "SANCTION", "past"),
        (0, "CHN", "USA", "ACCUSE", "past"),
    )
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "initiator_share")
    assert row["value"] == pytest.approx(1 / 3)  # China's part, which the pair names first


def test_the_announced_share_is_of_acts_and_announcements_together():
    events = coded(
        (0, "USA", "CHN", "CONSULT", "future"),
        (0, "USA", "CHN", "ACCUSE", "past"),
        (0, "USA", "CHN", "ACCUSE", "negated"),
    )
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "announced_share")
    assert (row["value"], row["event_count"]) == (0.5, 2)


def test_conflict_per_story_is_divided_by_all_stories_read():
    articles = coverage(*["2024-04-20"] * 4)
    row = value_of(
        dyad_indicators(articles, coded((0, "RUS", "UKR", "ASSAULT", "past"), of=articles)),
        "conflict_per_story",
        "RUS-UKR",
    )
    assert row["value"] == pytest.approx(0.9 / 4)
    assert row[["event_count", "article_count", "story_count"]].tolist() == [1, 4, 4]
    assert 0 < row["low"] < row["value"] < row["high"]


def test_help_for_rebels_is_not_cooperation_with_their_state():
    aid, talks = coded((0, "RWA", "COD", "AID", "past")), coded((0, "RWA", "COD", "CONSULT", "past"))
    articles = coverage("2024-04-20")
    assert dyad_indicators(articles, aid.assign(target_kind="armed group")).empty
    assert not dyad_indicators(articles, talks.assign(target_kind="armed group")).empty
    assert not dyad_indicators(articles, aid).empty


def test_a_story_with_many_acts_weighs_as_much_as_its_worst_act():
    articles = coverage(*["2024-04-20"] * 4)
    events = coded(
        *[(0, "RUS", "UKR", "ASSAULT", "past")] * 3, (0, "UKR", "RUS", "ACCUSE", "past"), of=articles
    )
    row = value_of(dyad_indicators(articles, events), "conflict_per_story", "RUS-UKR")
    assert row["value"] == pytest.approx(0.9 / 4)


def test_an_accord_has_its_own_name_and_praise_is_support_in_words():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "USA", "CHN", "CONSULT", "past"))
    events = events.assign(root="SUPPORT", mode=["accord", None])
    assert act_names(events).tolist() == ["accord", "support in words"]


def test_a_visit_is_called_a_visit():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "USA", "CHN", "ACCUSE", "past"))
    assert act_names(events.assign(mode="visit")).tolist() == ["visit", "accusation"]
    assert act_names(events.assign(mode="phone")).tolist() == ["phone call", "accusation"]
    assert act_names(events).tolist() == ["talks", "accusation"]


def test_three_raids_in_one_story_are_less_certain_than_one_raid_in_three_stories():
    together = coded(*[(0, "USA", "CHN", "ASSAULT", "past")] * 3)
    apart = coded(*[(n, "USA", "CHN", "ASSAULT", "past") for n in range(3)])
    articles = coverage(*["2024-04-20"] * 3)
    rows = [
        value_of(dyad_indicators(articles, events), "material_conflict_count") for events in (together, apart)
    ]
    assert [row["value"] for row in rows] == [3, 3]
    assert (rows[1]["low"], rows[1]["high"]) == pytest.approx((0.619, 8.767), abs=1e-3)  # exact Poisson
    assert rows[0]["high"] - rows[0]["low"] > rows[1]["high"] - rows[1]["low"]
    none = value_of(dyad_indicators(articles, apart), "verbal_conflict_count")
    assert (none["value"], none["low"], none["high"]) == pytest.approx((0, 0, 3.689), abs=1e-3)


def test_the_day_of_an_act_is_that_of_its_own_row():
    articles, events = read(coverage("2024-04-20"), (0, "USA", "CHN", "ACCUSE", "past"))
    moved = country_events(articles, events.assign(published_date=pd.Timestamp("2024-05-04")), period="month")
    assert moved["period"].tolist() == ["2024-05-01"]
