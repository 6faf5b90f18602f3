"""Tension by week: the gravest act of each story, force and pressure apart, and what a war lets expect."""

import math

import pandas as pd
import pytest

from benchmarks.validation.act_gravity import force_gravity, political_gravity
from benchmarks.validation.tension import weekly_tension
from tests.coverage import coded, coverage

MONDAYS = pd.date_range("2024-01-01", periods=20, freq="7D").strftime("%Y-%m-%d").tolist()


def values(table, indicator, dyad="CHN-USA"):
    rows = table[(table["indicator"] == indicator) & (table["dyad"] == dyad)]
    return rows.set_index("period")["value"]


def attacks(weeks, of=20):
    """A story on each Monday, in those of `weeks` with an attack of China on the United States."""
    articles = coverage(*MONDAYS[:of])
    return articles, coded(*[(n, "CHN", "USA", "ASSAULT", "past") for n in weeks], of=articles)


def test_a_toll_ten_times_as_high_is_one_step_graver():
    raids = coded(*[(0, "CHN", "USA", "ASSAULT", "past")] * 5).assign(
        killed_count=pd.array([None, None, 9, 99, 100_000], dtype="Int64"),
        trigger_lemma=["strike", "kill", "strike", "strike", "strike"],
    )
    assert force_gravity(raids).tolist() == pytest.approx([0.2, 0.4, 0.7, 1.0, 1.0])
    assert political_gravity(raids).tolist() == [0.0] * 5


def test_a_sanction_is_political_and_talks_are_neither():
    acts = coded((0, "CHN", "USA", "SANCTION", "past"), (0, "CHN", "USA", "CONSULT", "past"))
    assert political_gravity(acts).tolist() == [0.6, 0.0]
    assert force_gravity(acts).tolist() == [0.0, 0.0]


def test_each_story_counts_with_its_gravest_act_and_reprints_once():
    articles = coverage(*["2024-01-03"] * 3, stories=["a", "a", "b"])
    acts = coded(
        (0, "CHN", "USA", "ASSAULT", "past"),
        (0, "USA", "CHN", "ASSAULT", "past"),
        (1, "CHN", "USA", "ASSAULT", "past"),
        (2, "CHN", "USA", "ASSAULT", "past"),
        of=articles,
    ).assign(killed_count=pd.array([9, None, 9, None], dtype="Int64"))
    found = values(weekly_tension(articles, acts), "force_tension")
    assert found.to_dict() == {"2024-01-01": pytest.approx(0.7 + 0.2)}


def test_pressure_counts_when_it_is_announced_and_force_only_when_it_is_used():
    articles = coverage("2024-01-03")
    acts = coded((0, "CHN", "USA", "SANCTION", "future"), (0, "USA", "CHN", "ASSAULT", "future"), of=articles)
    table = weekly_tension(articles, acts)
    assert values(table, "political_tension").tolist() == [0.6]
    assert values(table, "force_tension").tolist() in ([], [0.0])


def test_a_week_of_a_war_that_the_news_passes_over_is_not_at_peace():
    found = values(weekly_tension(*attacks([0, 1, 2, 3, 4], of=8)), "force_tension")
    assert found[MONDAYS[5]] == pytest.approx(0.1)
    assert found[MONDAYS[6]] == pytest.approx(0.1 * 5 / 6)
    assert found[MONDAYS[3]] == pytest.approx(0.2)  # three weeks are no war yet


def test_weeks_that_were_not_read_are_not_at_peace():
    articles = coverage(*(day for n, day in enumerate(MONDAYS) if n not in (2, 4)))
    acts = [(n, "CHN", "USA", "ASSAULT", "past") for n in (5, 7, 9, 11)]  # the weeks 7, 9, 11 and 13
    found = values(weekly_tension(articles, coded(*acts, of=articles)), "force_tension")
    assert found[MONDAYS[14]] == pytest.approx(0.1 * 4 / 11)  # of the 13 weeks before, eleven were read
    assert math.isnan(found[MONDAYS[2]])


def test_force_in_four_weeks_of_a_whole_quarter_is_no_war():
    found = values(weekly_tension(*attacks([9, 11, 13, 15], of=20)), "force_tension")
    assert found[MONDAYS[16]] == 0


def test_a_month_without_force_ends_a_war():
    found = values(weekly_tension(*attacks(range(5), of=12)), "force_tension")
    assert found[MONDAYS[8]] == pytest.approx(0.1 * 5 / 8)
    assert found[MONDAYS[9]] == 0


def test_a_single_clash_leaves_the_weeks_after_it_at_zero():
    found = values(weekly_tension(*attacks([2])), "force_tension")
    assert found[found > 0].index.tolist() == [MONDAYS[2]]


def test_a_week_without_articles_is_missing_and_not_zero():
    articles = coverage("2024-01-01", "2024-01-15")
    found = values(
        weekly_tension(articles, coded((0, "CHN", "USA", "ASSAULT", "past"), of=articles)), "force_tension"
    )
    assert found.index.tolist() == MONDAYS[:3]
    assert math.isnan(found[MONDAYS[1]])
    assert found[MONDAYS[2]] == 0


def test_the_interval_holds_the_value_and_a_week_of_nothing_has_an_upper_end():
    table = weekly_tension(*attacks([2]))
    rows = table[table["indicator"] == "force_tension"].set_index("period")
    assert rows.at[MONDAYS[2], "low"] < 0.2 < rows.at[MONDAYS[2], "high"]
    assert rows.at[MONDAYS[3], "low"] == 0
    assert rows.at[MONDAYS[3], "high"] == pytest.approx(3.69, abs=0.01)  # one act at most: Poisson


def test_no_articles_with_a_date_give_no_rows():
    articles = coverage("2024-01-01").assign(published_date=pd.NaT)
    assert weekly_tension(articles, coded((0, "CHN", "USA", "ASSAULT", "past"), of=articles)).empty
