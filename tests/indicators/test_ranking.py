"""The ranking: which incidents and pairs come first, and what is left out."""

import pandas as pd
import pytest

from analysis.indicators.ranking import (
    incident_features,
    pair_scores,
    ranked_incidents,
    ranked_pairs,
    weights,
)
from tests.reports import inputs_of, report

FIRST = pd.Timestamp("2025-05-05")


def ranked(*reports, first_day=None):
    """`ranked_incidents` with what is left out, and `ranked_pairs`, of what was reported from a day on."""
    inputs = inputs_of(*reports, period="all")
    found = inputs.incidents
    is_before = found["first_reported"] < (first_day or pd.Timestamp.min)
    given = found[~is_before].reset_index(drop=True), found[is_before]
    return ranked_incidents(*given, first_day), ranked_pairs(*given, inputs.tables.articles, first_day)


def order(*reports, first_day=None):
    return ranked(*reports, first_day=first_day)[0]["dyad"].tolist()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (report("RUS", "UKR", "ASSAULT"), report("CHL", "PER", "CONSULT")),
        (report("RUS", "UKR", "ASSAULT"), report("PER", ("CHL", "armed group", "Mapuche"), "ASSAULT")),
        (report("USA", "CHN", "SANCTION"), report("CHL", "PER", "SANCTION")),
        (
            report("CHL", "PER", "THREATEN", text="Chile gives Peru a deadline of May to accept the plan."),
            report("ARG", "BOL", "THREATEN"),
        ),
    ],
)
def test_graver_acts_of_states_and_great_powers_come_first(first, second):
    assert order(second, first)[0] == order(first)[0]


def test_what_a_pair_does_every_week_comes_after_the_same_act_of_a_pair_that_never_did_it():
    days = pd.date_range(FIRST - pd.Timedelta(weeks=8), periods=8, freq="7D").strftime("%Y-%m-%d")
    routine = [report("CHL", "PER", "ASSAULT", day=day) for day in days]
    background = [report("ARG", "BOL", "CONSULT", day=day) for day in days]
    now = report("CHL", "PER", "ASSAULT", day="2025-05-06"), report("ARG", "BOL", "ASSAULT", day="2025-05-06")
    incidents, pairs = ranked(*routine, *background, *now, first_day=FIRST)
    assert incidents["dyad"].tolist() == ["ARG-BOL", "CHL-PER"]
    assert pairs["dyad"].tolist() == ["ARG-BOL", "CHL-PER"]


def test_one_sentence_counts_once_and_what_is_left_out_says_why():
    text = "The United States imposed tariffs on China, Peru and Chile after a long dispute."
    several = [report("USA", code, "SANCTION", text=text, article=1) for code in ("CHN", "PER", "CHL")]
    incidents, pairs = ranked(*several)
    assert incidents["reason"].isna().tolist() == [True, False, False]
    assert sorted(pairs["dyad"]) == ["CHL-USA", "CHN-USA", "PER-USA"]  # each still ranks as a pair


def test_of_the_incidents_that_one_sentence_has_of_a_pair_only_the_best_adds_to_its_score():
    one = pd.DataFrame({"dyad": "CHL-PER", "article_id": "a", "start_char": 0, "score": [1.0, 0.5]})
    assert pair_scores(one, 0.5)["CHL-PER"] == 1
    assert pair_scores(one.assign(start_char=[0, 9]), 0.5)["CHL-PER"] > 1


def test_each_feature_has_a_weight_and_nothing_is_missing():
    incidents = inputs_of(report("RUS", "UKR", "ASSAULT"), period="all").incidents
    features = incident_features(incidents, incidents.iloc[:0], None)
    assert set(features) <= set(weights())
    assert features.notna().all(axis=None)


def test_nothing_reported_gives_empty_rankings():
    empty = inputs_of(report("RUS", "UKR", "ASSAULT"), period="all").incidents.iloc[:0]
    articles = inputs_of(report("RUS", "UKR", "ASSAULT")).tables.articles
    assert ranked_incidents(empty, empty, FIRST).empty
    assert ranked_pairs(empty, empty, articles, FIRST).empty
