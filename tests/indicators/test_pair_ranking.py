"""Force comes before words and the fresh before the old, and no war told in passing leads."""

import pandas as pd

from analysis.indicators.pair_ranking import freshness, ranked_pairs
from tests.coverage import coded, coverage, read


def ranked(dates, *events):
    found = ranked_pairs(*read(coverage(*dates), *events))
    return [tuple(row) for row in found[["dyad", "confirmed_rung"]].itertuples(index=False)]


def test_two_fresh_stories_confirm_a_rung_and_one_does_not():
    one = (0, "RUS", "UKR", "ASSAULT", "past")
    assert ranked(["2024-04-20"] * 2, one) == [("RUS-UKR", 0)]
    assert ranked(["2024-04-20"] * 2, one, (1, "UKR", "RUS", "ASSAULT", "past")) == [("RUS-UKR", 5)]


def test_force_comes_before_any_number_of_accusations():
    force = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(2)]
    words = [(n, "CHN", "USA", "ACCUSE", "past") for n in range(2, 12)]
    assert ranked(["2024-04-20"] * 12, *words, *force) == [("RUS-UKR", 5), ("CHN-USA", 1)]


def test_a_story_is_about_the_pair_with_the_most_events_in_it():
    talks = [(n, "CHN", "USA", "CONSULT", "past") for n in (0, 0, 1, 1)]
    passing = [(n, "RUS", "UKR", "ASSAULT", "past") for n in (0, 1)]
    assert ranked(["2024-04-20"] * 2, *talks, *passing) == [("CHN-USA", 0), ("RUS-UKR", 0)]


def test_an_older_clash_weighs_less_and_an_old_war_is_no_longer_confirmed():
    fresh, old = (0, "CHN", "JPN", "SANCTION", "past"), (1, "IND", "PAK", "SANCTION", "past")
    assert ranked(["2024-04-20", "2024-04-13"], old, fresh)[0] == ("CHN-JPN", 0)
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in (1, 2)]
    assert ranked(["2024-04-20", "2024-04-13", "2024-04-13"], fresh, *war) == [("RUS-UKR", 0), ("CHN-JPN", 0)]


def test_freshness_halves_every_week_and_undated_counts_as_a_week_old():
    dates = pd.Series(pd.to_datetime(["2024-04-20", "2024-04-13", "2024-04-06", None]))
    assert freshness(dates, pd.Timestamp("2024-04-20")).tolist() == [1.0, 0.5, 0.25, 0.5]
    assert freshness(dates, pd.NaT).tolist() == [1.0] * 4


def test_pairs_with_only_denied_or_hypothetical_events_come_last():
    events = [(0, "IND", "PAK", "ASSAULT", "negated"), (0, "CHN", "USA", "CONSULT", "past")]
    found = ranked_pairs(*read(coverage("2024-04-20"), *events))
    assert found["dyad"].tolist() == ["CHN-USA", "IND-PAK"]
    assert found["event_count"].tolist() == [1, 1]


def test_without_events_there_is_no_pair():
    assert ranked_pairs(*read(coverage("2024-04-20"))).empty


def test_a_pair_keeps_the_rung_that_one_story_about_it_reached():
    one = coded((0, "RUS", "UKR", "ASSAULT", "past"), (1, "USA", "CHN", "ACCUSE", "past"))
    found = ranked_pairs(coverage("2024-04-20", "2024-04-20"), one).set_index("dyad")
    assert found["rung"].to_dict() == {"RUS-UKR": 5, "CHN-USA": 1}
