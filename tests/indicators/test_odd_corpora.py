"""Corpora too small, too flat or too odd for an indicator: missing values, never a spike."""

import warnings

import pandas as pd
import pytest

from analysis.charts.lines import measures_chart, series_chart
from analysis.computed_once import unchanging
from analysis.indicators.dyads import dyad_indicators
from analysis.indicators.periods import fitting_period
from analysis.indicators.spikes import pair_spikes
from benchmarks.validation.change_points import change_points
from benchmarks.validation.state_hostility import state_hostility
from benchmarks.validation.tension import weekly_tension
from benchmarks.validation.text_indicators import gpr_shares, mean_tones
from tests.coverage import coded, coverage, read

TWO = [(0, "USA", "CHN", "ACCUSE", "past"), (1, "CHN", "USA", "CONSULT", "future")]
ODD = {
    "no article": (coverage(), []),
    "one article without a date": (coverage(None), TWO[:1]),
    "one article": (coverage("2024-04-20"), TWO[:1]),
    "all on one day": (coverage(*["2024-04-20"] * 30), [(n, *TWO[0][1:]) for n in range(30)]),
    "a pair with two events": (coverage("2024-04-19", "2024-04-20"), TWO),
    "a week without articles": (coverage("2024-01-01", "2024-04-20"), TWO),
    "no dates at all": (coverage(None, None), TWO),
    "a country code that nobody knows": (coverage("2024-04-20"), [(0, "ZZZ", "CHN", "ACCUSE", "past")]),
    "acts of no intensity": (coverage("2024-04-20"), [(0, "USA", "CHN", "REQUEST", "past")]),
}


@pytest.fixture(params=ODD)
def corpus(request):
    articles, events = ODD[request.param]
    return kept(articles, coded(*events, of=articles))


def kept(articles, events):
    """The tables as those of a corpus are: what several indicators need of them is computed once."""
    unchanging(articles, events)
    return articles, events


def test_odd_corpora_give_no_spikes_and_every_chart_is_drawn(corpus):
    articles, events = corpus
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pair_spikes(articles, events).empty
        for period in ("all", "week"):
            rows = dyad_indicators(articles, events, period=period)
            assert change_points(rows).empty
            assert len(gpr_shares(articles, period=period)) >= 0 <= len(mean_tones(articles, period=period))
        conflict = rows[rows["indicator"] == "conflict_per_story"]
        mean = rows[rows["indicator"] == "mean_intensity"]
        for unit in ("week", fitting_period(articles["published_date"])):
            assert series_chart(conflict, period=unit, points=change_points(conflict)).png()
        assert measures_chart(conflict, mean, period="week").png()


DAYS = pd.date_range("2024-01-01", periods=364).strftime("%Y-%m-%d").tolist()
READ = [*DAYS[:100], *DAYS[250:]]
WAR_OF_THE_LAST_WEEK = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(714, 728)]
BAD = {
    "a gap of five months, and a war when reading resumes": (
        coverage(*READ),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(100, len(READ))],
    ),
    "one outlet writes nine tenths, and of a war in the last week": (
        coverage(*[day for day in DAYS for _ in range(2)]).assign(outlet=([*"A" * 13, "B"] * 52)),
        WAR_OF_THE_LAST_WEEK,
    ),
    "all articles on one day": (coverage(*[DAYS[-1]] * 728), WAR_OF_THE_LAST_WEEK),
    "a pair with two events": (coverage(*DAYS), [(n, "RUS", "UKR", "ASSAULT", "past") for n in (100, 101)]),
    "a day with a thousand reprints": (
        coverage(*DAYS, *[DAYS[-1]] * 1000, stories=[*map(str, range(364)), *["x"] * 1000]),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(364, 1364)],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_corpora_give_no_spike_and_no_change_point(name):
    articles, events = kept(*read(BAD[name][0], *BAD[name][1]))
    weekly = dyad_indicators(articles, events, period="week")
    tension = weekly_tension(articles, events)
    assert pair_spikes(articles, events).empty
    assert change_points(weekly[weekly["indicator"] == "conflict_per_story"]).empty
    assert change_points(tension[tension["indicator"] == "force_tension"]).empty


def values_of(name):
    """Force by week, and hostility between states by month, of a bad corpus."""
    articles, events = kept(*read(BAD[name][0], *BAD[name][1]))
    weekly = weekly_tension(articles, events)
    force = weekly[weekly["indicator"] == "force_tension"].set_index("period")["value"]
    return force, state_hostility(articles, events).set_index("period")["value"]


def test_where_one_outlet_writes_nine_tenths_no_week_and_no_month_has_a_value():
    force, hostility = values_of("one outlet writes nine tenths, and of a war in the last week")
    assert len(force) == len(DAYS) / 7
    assert force.isna().all() and hostility.isna().all()


def test_weeks_of_a_gap_are_missing_and_months_of_it_have_no_row():
    force, hostility = values_of("a gap of five months, and a war when reading resumes")
    assert force["2024-04-15":"2024-09-01"].isna().all()
    assert force.notna().sum() == len(force) - 20
    assert "2024-07-01" not in hostility.index


def test_a_period_without_acts_is_zero_where_articles_were_read_and_has_no_row_where_none_were():
    articles, events = ODD["a week without articles"]
    weekly = dyad_indicators(articles, coded(*events[:1], of=articles), period="week")
    conflict = weekly[weekly["indicator"] == "conflict_per_story"].set_index("period")["value"]
    assert conflict.to_dict() == {"2024-01-01": 0.3, "2024-04-15": 0.0}


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        ([None], "all"),
        (["2024-04-20"] * 3, "all"),
        (["2024-04-01", "2024-04-20"], "day"),
        (["2024-01-01", "2024-04-20"], "week"),
        (["2020-01-01", "2024-04-20"], "month"),
    ],
)
def test_the_unit_of_time_fits_the_span_of_the_articles(dates, unit):
    assert fitting_period(coverage(*dates)["published_date"]) == unit
