"""Corpora too small, too flat or too odd for an indicator: missing values or a reason, never an arrow."""

import warnings
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.charts.pairs import pair_theme_chart, stance_chart
from analysis.charts.series import measures_chart, series_chart
from analysis.computed_once import unchanging
from analysis.indicators.alerts import alerts
from analysis.indicators.change_points import change_points
from analysis.indicators.changes import latest_changes, period_changes
from analysis.indicators.drivers import pair_theme_matrix, stances_beside_acts, with_reasons
from analysis.indicators.dyads import directed_indicators, dyad_indicators, event_contributions
from analysis.indicators.periods import FREQUENCIES, fitting_period
from analysis.indicators.spikes import pair_spikes
from analysis.indicators.state_hostility import state_hostility
from analysis.indicators.tension import weekly_tension
from analysis.indicators.text_indicators import gpr_shares, mean_tones, pair_tension_shares
from analysis.notebook.charts import Charts
from analysis.schemas import Quotes, Stances, Topics
from analysis.views.pairs import alerts_view, changes_view, indicators_view
from tests.coverage import coded, coverage, read
from tests.tables import corpus as corpus_of

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


@pytest.mark.parametrize("period", ["all", *FREQUENCIES])
def test_odd_corpora_give_no_arrows_or_spikes_and_every_chart_is_drawn(corpus, period):
    articles, events = corpus
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = dyad_indicators(articles, events, period=period)
        parts = event_contributions(articles, events, period=period)
        changes = with_reasons(period_changes(rows, period=period), parts, parts, events)
        conflict = rows[rows["indicator"] == "conflict_per_story"]
        worded = pair_tension_shares(articles, ["CHN-USA"], period=period)
        assert not set(changes["direction"]) & {"up", "down"}
        assert pair_spikes(articles, events).empty
        assert change_points(rows).empty
        assert set(alerts(articles, events, period=period)["kind"]) <= {"announced"}
        unit = period if period != "all" else fitting_period(articles["published_date"])
        for chart in (
            series_chart(conflict, period=unit, points=change_points(conflict)),
            measures_chart(conflict, worded[worded["indicator"] == "pair_tension_share"], period=unit),
        ):
            assert chart.png()
        assert changes_view(changes, articles, since="before").html
        assert alerts_view(alerts(articles, events, period=period), articles).html
        assert indicators_view(gpr_shares(articles, period=period), "Risk").html
        assert indicators_view(mean_tones(articles, period=period), "Tone").html


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
    "a pair with two events": (
        coverage(*DAYS),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in (100, 363)],
    ),
    "a day with a thousand reprints": (
        coverage(*DAYS, *[DAYS[-1]] * 1000, stories=[*map(str, range(364)), *["x"] * 1000]),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(364, 1364)],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_corpora_give_no_arrow_no_spike_and_no_change_point(name):
    articles, events = kept(*read(BAD[name][0], *BAD[name][1]))
    changes = latest_changes(articles, events, period="week")
    weekly = dyad_indicators(articles, events, period="week")
    tension = weekly_tension(articles, events)
    assert not set(changes["direction"]) & {"up", "down"}
    assert changes.loc[changes["direction"] == "not compared", "reason"].all()
    assert pair_spikes(articles, events).empty
    assert change_points(weekly[weekly["indicator"] == "conflict_per_story"]).empty
    assert change_points(tension[tension["indicator"] == "force_tension"]).empty
    assert "spike" not in set(alerts(articles, events)["kind"])


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


def test_a_thousand_reprints_weigh_as_one_story():
    force, hostility = values_of("a day with a thousand reprints")
    assert force.max() == pytest.approx(0.2)
    assert hostility["2024-12-01"] == pytest.approx(100 / 30)


def opened(name):
    """The charts of a bad corpus, as a notebook opens them."""
    articles, events = kept(*read(BAD[name][0], *BAD[name][1]))
    tables = corpus_of(articles=articles, events=events)
    given = {"articles": articles, "tables": tables, "leading_pairs": ["RUS-UKR"], "least_stories": 10}
    conflict = dyad_indicators(articles, events, period="week").query("indicator == 'conflict_per_story'")
    return Charts(SimpleNamespace(**given, period="week", conflict=lambda period: conflict))


@pytest.mark.parametrize(
    ("name", "tension", "hostility"),
    [
        (
            "all articles on one day",
            "the dated articles fall into fewer than three periods",
            "all articles are of 29 December 2024",
        ),
        (
            "one outlet writes nine tenths, and of a war in the last week",
            "A wrote nine tenths or more",
            "A wrote nine tenths or more",
        ),
    ],
)
def test_a_series_that_shows_nothing_gives_way_to_its_reason(name, tension, hostility):
    charts = opened(name)
    for chart, reason in ((charts.tension_by_week(), tension), (charts.hostility_over_time(), hostility)):
        assert chart.is_empty
        assert reason in chart.alt


def test_changes_of_level_that_an_outlet_would_decide_are_left_out_with_the_reason():
    chart = opened("one outlet writes nine tenths, and of a war in the last week").conflict_over_time()
    assert "dashed" not in chart.alt
    assert "No change of level is marked: A wrote nine tenths or more of the stories" in chart.note


def test_a_gap_is_named_below_the_charts_of_hostility():
    charts = opened("a gap of five months, and a war when reading resumes")
    for chart in (charts.tension_by_week(), charts.hostility_over_time()):
        assert "No article is dated between 9 April 2024 and 7 September 2024." in chart.note


def test_a_pair_with_two_events_is_grey():
    chart = opened("a pair with two events").tension_by_week()
    assert "fewer than 10 stories, or fewer than 3 acts in all" in chart.figure.get_supxlabel()


def test_themes_and_stances_of_an_odd_corpus_are_drawn(corpus):
    articles, events = corpus
    quotes, stances, topics = (
        table.validate(pd.DataFrame(columns=list(table.to_schema().columns)))
        for table in (Quotes, Stances, Topics)
    )
    directed = directed_indicators(articles, events)
    assert pair_theme_chart(pair_theme_matrix(events, topics)).png()
    assert stance_chart(stances_beside_acts(quotes, stances, directed)).png()


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
