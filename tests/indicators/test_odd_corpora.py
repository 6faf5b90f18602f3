"""Corpora too small, too flat or too odd for an indicator: missing values or a reason, never an arrow."""

import warnings

import pandas as pd
import pytest

from analysis.charts.tension import measures_chart, pair_theme_chart, series_chart, stance_chart
from analysis.indicators.alerts import alerts
from analysis.indicators.change_points import change_points
from analysis.indicators.changes import latest_changes, period_changes
from analysis.indicators.drivers import pair_theme_matrix, stances_beside_acts, with_reasons
from analysis.indicators.dyads import directed_indicators, dyad_indicators, event_contributions
from analysis.indicators.periods import FREQUENCIES, fitting_period
from analysis.indicators.spikes import pair_spikes
from analysis.indicators.text_indicators import gpr_shares, mean_tones, pair_tension_shares
from analysis.schemas import Quotes, Stances, Topics
from analysis.views.pairs import alerts_view, changes_view, indicators_view
from tests.coverage import coded, coverage

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
    return articles, coded(*events)


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
BAD = {
    "a gap of five months, and a war when reading resumes": (
        coverage(*READ),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(100, len(READ))],
    ),
    "one outlet writes nine tenths, and of a war in the last week": (
        coverage(*[day for day in DAYS for _ in range(2)]).assign(outlet=([*"A" * 13, "B"] * 52)),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(714, 728)],
    ),
    "a day with a thousand reprints": (
        coverage(*DAYS, *[DAYS[-1]] * 1000, stories=[*map(str, range(364)), *["x"] * 1000]),
        [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(364, 1364)],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_corpora_give_no_arrow_no_spike_and_no_change_point(name):
    articles, events = BAD[name][0], coded(*BAD[name][1])
    changes = latest_changes(articles, events, period="week")
    weekly = dyad_indicators(articles, events, period="week")
    assert not set(changes["direction"]) & {"up", "down"}
    assert changes.loc[changes["direction"] == "not compared", "reason"].all()
    assert pair_spikes(articles, events).empty
    assert change_points(weekly[weekly["indicator"] == "conflict_per_story"]).empty
    assert "spike" not in set(alerts(articles, events)["kind"])


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
    weekly = dyad_indicators(articles, coded(*events[:1]), period="week")
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
