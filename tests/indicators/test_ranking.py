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


def ranked(*reports):
    """`ranked_incidents`, with what is left out, and `ranked_pairs`."""
    inputs = inputs_of(*reports, period="all")
    found = inputs.incidents
    return ranked_incidents(found), ranked_pairs(found, found.iloc[:0], inputs.tables.articles)


def order(*reports):
    return ranked(*reports)[0]["dyad"].tolist()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (report("RUS", "UKR", "ASSAULT"), report("CHL", "PER", "CONSULT")),
        (report("RUS", "UKR", "ASSAULT"), report("PER", ("CHL", "armed group", "Mapuche"), "ASSAULT")),
        (report("USA", "CHN", "SANCTION"), report("CHL", "PER", "SANCTION")),
        (report("CHL", "PER", "THREATEN", importance=5.0), report("ARG", "BOL", "THREATEN", importance=1.0)),
    ],
)
def test_graver_and_more_important_acts_of_states_and_great_powers_come_first(first, second):
    assert order(second, first)[0] == order(first)[0]


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
    features = incident_features(incidents)
    assert set(features) <= set(weights())
    assert features.notna().all(axis=None)


def test_nothing_reported_gives_empty_rankings():
    empty = inputs_of(report("RUS", "UKR", "ASSAULT"), period="all").incidents.iloc[:0]
    articles = inputs_of(report("RUS", "UKR", "ASSAULT")).tables.articles
    assert ranked_incidents(empty).empty
    assert ranked_pairs(empty, empty, articles).empty
