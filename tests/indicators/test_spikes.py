"""Spikes and new levels: any seven days, never by chance, never for an ordinary week of a long war."""

import itertools
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analysis.indicators.spikes import (
    dated_stories,
    dominant_outlet,
    log_ratio,
    pair_spikes,
    story_days,
    window_lengths,
)
from tests.coverage import coded, coverage

NEW_YEAR = date(2024, 1, 1)  # a Monday
YEAR = 364
PER_DAY = 2


def days(*wanted):
    """ISO dates of days of the year, from 0."""
    return [str(NEW_YEAR + timedelta(days=int(day))) for day in wanted]


def year(*clashes, outlets=None, read=range(YEAR)):
    """A year with two stories a day, of which some report an attack: (source, target, days)."""
    dates = days(*(day for day in read for _ in range(PER_DAY)))
    articles = coverage(*dates)
    if outlets is not None:
        articles = articles.assign(outlet=list(itertools.islice(itertools.cycle(outlets), len(articles))))
    places = {day: PER_DAY * at for at, day in enumerate(read)}
    events = [
        (places[day], source, target, "ASSAULT", "past") for source, target, on in clashes for day in on
    ]
    return articles, coded(*events, of=articles)


def kinds(spikes):
    return spikes[["dyad", "kind", "start_date", "end_date"]].to_numpy().tolist()


def test_a_clash_from_friday_to_monday_is_one_spike():
    clash = [109, 110, 111, 112]  # Friday 19 to Monday 22 April
    (row,) = pair_spikes(*year(("IND", "PAK", clash), ("IND", "PAK", [300]))).itertuples()
    assert (row.dyad, row.kind) == ("IND-PAK", "spike")
    assert [row.start_date, row.end_date] == days(109, 112)
    assert (row.hostile_weight, row.story_count, row.event_ids.count(" ")) == (pytest.approx(3.6), 4, 3)
    assert row.usual_weight == pytest.approx(0.9 * 7 / 360)  # one attack in 360 other days


def test_two_clashes_of_one_pair_are_two_spikes():
    spikes = pair_spikes(*year(("KHM", "THA", [200, 201, 203, 204]), ("KHM", "THA", [340, 342, 343, 344])))
    assert sorted(spikes["start_date"]) == days(200, 340)


def test_an_ordinary_week_of_a_long_war_is_no_spike():
    assert pair_spikes(*year(("RUS", "UKR", range(0, YEAR, 2)))).empty


def test_a_war_that_begins_and_goes_on_is_a_new_level_from_its_first_day():
    spikes = pair_spikes(*year(("AFG", "PAK", range(220, YEAR, 2))))
    assert kinds(spikes) == [["AFG-PAK", "new level", *days(220, 362)]]


def test_a_war_that_goes_on_from_the_first_article_is_no_new_level():
    assert pair_spikes(*year(("AFG", "PAK", range(0, 150, 2)))).empty


def test_a_war_that_begins_after_a_gap_is_dated_by_its_first_day():
    read = [*range(100), *range(250, YEAR)]
    war = [*range(250, 276, 5), *range(280, 310), *range(314, YEAR, 5)]
    spikes = pair_spikes(*year(("RUS", "UKR", war), read=read))
    assert kinds(spikes) == [["RUS-UKR", "new level", *days(280, 309)]]


def test_articles_of_one_day_or_four_weeks_have_no_spike():
    assert pair_spikes(*year(("IND", "PAK", [0] * 4), read=[0])).empty
    assert pair_spikes(*year(("IND", "PAK", range(20, 27)), read=range(34))).empty
    assert len(pair_spikes(*year(("IND", "PAK", range(20, 27)), read=range(60)))) == 1


def test_what_one_outlet_alone_reports_while_others_write_is_no_spike():
    clash = ("IND", "PAK", [109, 110, 111, 112])
    assert pair_spikes(*year(clash, outlets=["A", "B"])).empty  # the first story of each day is by A
    assert len(pair_spikes(*year(clash, outlets=["A", "B", "C"]))) == 1
    assert len(pair_spikes(*year(clash, outlets=["A"]))) == 1


def test_nothing_is_a_spike_where_one_of_several_outlets_writes_nine_tenths_of_everything():
    clash, outlets = ("IND", "PAK", [109, 110, 111, 112]), ["A"] * 19 + ["B"]
    assert pair_spikes(*year(clash, outlets=outlets)).empty
    articles, _ = year(clash, outlets=outlets)
    assert dominant_outlet(articles) == "A"
    assert dominant_outlet(articles.assign(outlet="A")) == ""
    assert dominant_outlet(articles.assign(outlet=None)) == ""


def test_an_outlet_that_floods_the_folder_from_june_makes_no_spike():
    hostile = [("IND", "PAK", day) for day in range(YEAR) if day % 10 == 0]
    articles, events = year(*[(a, b, [day]) for a, b, day in hostile], outlets=["A", "B"])
    flood = days(*(day for day in range(150, YEAR) for _ in range(18)))
    ids = [f"{n:016x}" for n in range(10_000, 10_000 + len(flood))]
    more = coverage(*flood).assign(article_id=ids, story_id=ids, outlet="Hawk")
    attacks = [(n, "IND", "PAK", "ASSAULT", "past") for n in range(10_000, 10_000 + len(flood), 9)]
    read = pd.concat([articles, more], ignore_index=True)
    assert pair_spikes(read, pd.concat([events, coded(*attacks, of=articles)], ignore_index=True)).empty


def test_shuffled_dates_give_less_than_one_spike_a_year_over_all_pairs():
    draw = np.random.default_rng(20240101)
    rates = {("RUS", "UKR"): 150, ("ISR", "PSE"): 80, ("IND", "PAK"): 12}
    rates |= {("USA", code): 3 for code in ("CHN", "RUS", "IRN", "VEN", "MEX", "CAN", "CUB", "PRK")}
    found = [
        len(pair_spikes(*year(*[(a, b, draw.integers(0, YEAR, n)) for (a, b), n in rates.items()])))
        for _ in range(4)
    ]
    assert sum(found) <= 4


def test_the_likelihood_ratio_by_hand():
    inside, total, share = (
        np.array(values) for values in ([3.0, 3.0, 1.0], [3.0, 4.0, 4.0], [0.25, 0.5, 0.5])
    )
    ratios = log_ratio(inside, total, share)
    assert ratios[0] == pytest.approx(3 * np.log(4))
    assert ratios[1] == pytest.approx(3 * np.log(3 / 2) + np.log(1 / 2))
    assert ratios[2] == 0  # less than its share


def test_windows_leave_four_weeks_and_half_of_the_days_outside():
    assert window_lengths(364) == [7, 14, 28, 56, 112]
    assert window_lengths(35) == [7]
    assert window_lengths(34) == []


def test_what_is_expected_follows_each_large_outlet(monkeypatch):
    monkeypatch.setattr("analysis.indicators.spikes.MIN_REPORTS", 1)
    articles = coverage(*days(0, 1, 1, 1)).assign(outlet=["A", "A", "B", "B"])
    attacks = coded((1, "IND", "PAK", "ASSAULT", "past"), (2, "IND", "PAK", "ASSAULT", "past"), of=articles)
    acts = attacks.assign(
        dyad="IND-PAK", story_id=attacks["article_id"], period="x", status="act", is_proxy=False
    )
    (expected,) = story_days(articles, acts).expected
    assert expected.tolist() == pytest.approx([0.9 / 2, 0.9 / 2 + 0.9])


def test_small_outlets_are_counted_together():
    articles = coverage(*days(*range(22))).assign(outlet=["A"] * 11 + [f"S{n}" for n in range(11)])
    assert dated_stories(articles).groupby("outlet")["stratum"].first().nunique() == 2
