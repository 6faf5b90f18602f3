"""Indicators of a pair of countries: what counts, how sure, and which events are behind a value."""

import itertools

import pandas as pd
import pytest

from analysis.indicators import (
    bootstrap_mean,
    byar_interval,
    country_gpr_shares,
    dyad_indicators,
    event_contributions,
    gpr_index,
    gpr_matches,
    gpr_shares,
    pair_spikes,
    pair_tension_shares,
    pair_theme_matrix,
    wilson_interval,
)
from analysis.schemas import QUADS, Articles, Events, Topics

INTENSITY = {
    "CONSULT": 2.5,
    "AID": 10.0,
    "ACCUSE": -3.0,
    "THREATEN": -3.5,
    "ASSAULT": -9.0,
    "SANCTION": -6.0,
    "REQUEST": 0.0,
}


def coverage(*dates, stories=None):
    """One article per date; `stories` names the story of each."""
    ids = [f"{n:016x}" for n in range(len(dates))]
    frame = pd.DataFrame(
        {
            "article_id": ids,
            "story_id": stories or ids,
            **dict.fromkeys(("title", "outlet", "author", "url", "note")),
            "published_date": pd.to_datetime(list(dates)),
            "path": "seeds/x.txt",
            "word_count": 100,
            "text": "x",
        }
    )
    return Articles.validate(frame)


def written(*texts, date="2024-04-20"):
    return coverage(*[date] * len(texts)).assign(text=list(texts))


def coded(*events):
    """Events from (article number, source, target, root, status)."""
    places = itertools.count(0, 10)
    rows = [
        {
            "article_id": f"{article:016x}",
            "start_char": (at := next(places)),
            "end_char": at + 9,
            "trigger_start_char": at,
            "trigger_end_char": at + 4,
            "event_id": f"{article:016x}:{at}:{source}>{target}",
            **side("source", source),
            **side("target", target),
            "root": root,
            **dict.fromkeys(("mode", "context", "reported_by")),
            "quad": QUADS[root],
            "intensity": INTENSITY[root],
            "status": status,
            "probability": 1.0,
            "rule": "test",
        }
        for article, source, target, root, status in events
    ]
    return Events.validate(pd.DataFrame(rows, columns=list(Events.to_schema().columns)))


def side(name, code):
    return {
        f"{name}_id": code or "org:x",
        f"{name}_name": code or "X",
        f"{name}_country_code": code,
        f"{name}_kind": "country",
    }


def value_of(indicators, indicator, dyad="CHN-USA", period="all"):
    chosen = (
        (indicators["indicator"] == indicator)
        & (indicators["dyad"] == dyad)
        & (indicators["period"] == period)
    )
    return indicators[chosen].iloc[0]


def test_conflict_share_is_the_hostile_part_of_all_intensity():
    events = coded((0, "USA", "CHN", "CONSULT", "past"), (0, "CHN", "USA", "ACCUSE", "past"))
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "conflict_share")
    assert row["value"] == pytest.approx(3.0 / 5.5)
    assert row[["event_count", "article_count", "story_count"]].tolist() == [2, 1, 1]


@pytest.mark.parametrize("status", ["negated", "hypothetical", "historical"])
def test_what_was_not_done_lately_is_no_act_and_no_announcement(status):
    assert dyad_indicators(coverage("2024-04-20"), coded((0, "USA", "CHN", "ASSAULT", status))).empty


def test_an_announcement_is_counted_apart_and_leaves_the_acts_missing():
    indicators = dyad_indicators(coverage("2024-04-20"), coded((0, "USA", "CHN", "CONSULT", "future")))
    assert value_of(indicators, "announced_cooperation_count")["value"] == 1
    assert value_of(indicators, "announced_conflict_count")["value"] == 0
    assert pd.isna(value_of(indicators, "conflict_share")["value"])
    assert value_of(indicators, "conflict_share")["event_count"] == 0


def test_an_act_needs_two_known_and_different_countries():
    events = coded((0, "USA", None, "ACCUSE", "past"), (0, "USA", "USA", "ACCUSE", "past"))
    assert dyad_indicators(coverage("2024-04-20"), events).empty


def test_a_reprint_adds_to_the_articles_and_to_nothing_else():
    articles = coverage("2024-04-20", "2024-04-20", stories=["s", "s"])
    events = coded(*[(n, "USA", "CHN", "ACCUSE", "past") for n in (0, 1)])
    row = value_of(dyad_indicators(articles, events), "verbal_conflict_count")
    assert (row["value"], row["event_count"], row["article_count"], row["story_count"]) == (1, 1, 2, 1)


def test_two_like_acts_of_one_article_are_two():
    events = coded(*[(0, "USA", "CHN", "ACCUSE", "past")] * 2)
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "verbal_conflict_count")["value"] == 2


def test_the_highest_rung_is_that_of_the_worst_act():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "CHN", "USA", "SANCTION", "past"))
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "highest_rung")["value"] == 3


def test_words_alone_are_no_deeds():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "CHN", "USA", "CONSULT", "ongoing"))
    assert value_of(dyad_indicators(coverage("2024-04-20"), events), "deed_share")["value"] == 0


def test_a_share_of_no_intensity_is_missing():
    indicators = dyad_indicators(coverage("2024-04-20"), coded((0, "USA", "CHN", "REQUEST", "past")))
    assert pd.isna(value_of(indicators, "conflict_share")["value"])
    assert value_of(indicators, "mean_intensity")["value"] == 0


def test_weeks_begin_on_monday_and_empty_ones_have_no_row():
    articles = coverage("2024-04-21", "2024-04-22")  # a Sunday and a Monday
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (1, "USA", "CHN", "CONSULT", "past"))
    weekly = dyad_indicators(articles, events, period="week")
    assert sorted(weekly["period"].unique()) == ["2024-04-15", "2024-04-22"]
    assert value_of(weekly, "conflict_share", period="2024-04-15")["value"] == 1


def test_an_article_without_a_date_is_left_out_of_a_series_with_a_warning():
    with pytest.warns(UserWarning, match="1 events of articles without a date"):
        monthly = dyad_indicators(coverage(None), coded((0, "USA", "CHN", "ACCUSE", "past")), period="month")
    assert monthly.empty


def test_an_unknown_period_is_refused():
    with pytest.raises(ValueError, match="period is 'year', expected one of: all, day, week, month"):
        dyad_indicators(coverage("2024-04-20"), coded((0, "USA", "CHN", "ACCUSE", "past")), period="year")


def test_contributions_add_up_to_every_value():
    articles = coverage("2024-04-20", "2024-04-21", "2024-04-22", stories=["s", "s", "t"])
    events = coded(
        (0, "USA", "CHN", "ACCUSE", "past"),
        (1, "USA", "CHN", "ACCUSE", "past"),
        (1, "CHN", "USA", "SANCTION", "past"),
        (2, "CHN", "USA", "CONSULT", "future"),
        (2, "CHN", "USA", "AID", "ongoing"),
        (2, "RUS", "UKR", "ASSAULT", "ongoing"),
        (2, "RUS", "UKR", "ASSAULT", "ongoing"),
    )
    indicators = dyad_indicators(articles, events).set_index(["indicator", "dyad", "period"])["value"]
    sums = (
        event_contributions(articles, events).groupby(["indicator", "dyad", "period"])["contribution"].sum()
    )
    known = indicators.dropna()
    assert sums.reindex(known.index).fillna(0).tolist() == pytest.approx(known.tolist())


def test_one_story_gives_a_wide_interval_and_many_stories_a_narrow_one():
    low, high = wilson_interval(pd.Series([1.0, 1.0]), pd.Series([1.0, 100.0]))
    assert low.tolist() == pytest.approx([0.2065, 0.9630], abs=1e-4)
    assert high.tolist() == [1.0, 1.0]


def test_a_count_of_none_may_still_be_up_to_three_or_four():
    low, high = byar_interval(pd.Series([0.0, 10.0]))
    assert low.round(1).tolist() == [0.0, 4.8]
    assert high.round(1).tolist() == [3.7, 18.4]


def test_the_bootstrap_draws_whole_stories_and_repeats_itself():
    sums, counts = pd.Series([-9.0, 2.5]).to_numpy(), pd.Series([1.0, 1.0]).to_numpy()
    assert bootstrap_mean(sums, counts) == (-9.0, 2.5)
    assert bootstrap_mean(sums, counts) == bootstrap_mean(sums, counts)


def test_a_mean_from_one_story_has_no_interval():
    events = coded(*[(0, "USA", "CHN", "ACCUSE", "past")] * 3)
    row = value_of(dyad_indicators(coverage("2024-04-20"), events), "mean_intensity")
    assert row["value"] == -3
    assert pd.isna(row["low"])
    assert pd.isna(row["high"])


def test_themes_of_a_sentence_share_its_act():
    events = coded((0, "USA", "CHN", "ACCUSE", "past"), (0, "USA", "CHN", "CONSULT", "past"))
    topics = Topics.validate(
        pd.DataFrame(
            [
                (f"{0:016x}", 0, 9, "theme", "trade and tariffs", 0.75, "tariff"),
                (f"{0:016x}", 0, 9, "theme", "diplomacy", 0.25, "talks"),
                (f"{0:016x}", 10, 19, "theme", "diplomacy", 1.0, "talks"),
                (f"{0:016x}", 10, 19, "theatre", "China", 1.0, "China"),
            ],
            columns=list(Topics.to_schema().columns),
        )
    )
    cells = pair_theme_matrix(events, topics).set_index("topic")
    assert cells["event_weight"].to_dict() == {"diplomacy": 1.25, "trade and tariffs": 0.75}
    assert cells.loc["diplomacy", "conflict_weight"] == 0.25
    assert cells.loc["diplomacy", "mean_intensity"] == pytest.approx((0.25 * -3 + 2.5) / 1.25)


def test_no_events_give_an_empty_table():
    assert dyad_indicators(coverage("2024-04-20"), coded()).empty
    assert event_contributions(coverage("2024-04-20"), coded()).empty


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The threat of war grew.", (True, False)),  # war within two words of threat
        ("War in the north is, they say, no threat.", (False, False)),  # too far apart
        ("Weapons were sold before the embargo.", (True, False)),  # anywhere in the article
        ("Strikes disrupted the peace.", (True, False)),
        ("Rebels launched an assault.", (False, True)),
        ("A terrorist attack, and war declared.", (False, True)),
        ("Nuclear weapons are a danger.", (True, False)),
        ("Ministers discussed fisheries.", (False, False)),
    ],
)
def test_a_query_of_geopolitical_risk_needs_its_words_near_enough(text, kinds):
    row = gpr_matches(written(text)).iloc[0]
    assert (row["is_threat"], row["is_act"]) == kinds


def test_a_match_shows_its_words_and_an_exclusion_word_is_marked():
    row = gpr_matches(written("A film about the threat of war.")).iloc[0]
    assert row["is_excluded"]
    assert row["matched"] == "war threats: war + threat"


def test_risk_is_a_share_of_stories_with_and_without_the_exclusion_words():
    shares = gpr_shares(
        written("The threat of war grew.", "A film on the threat of war.", "Fish.", "Fish prices.")
    )
    assert value_of(shares, "gpr_share", "world", "2024-04-01")["value"] == 0.25
    assert value_of(shares, "gpr_unfiltered_share", "world", "2024-04-01")["value"] == 0.5
    assert value_of(shares, "gpr_act_share", "world", "2024-04-01")["value"] == 0
    assert value_of(shares, "gpr_share", "world", "2024-04-01")["low"] == pytest.approx(0.0456, abs=1e-4)


def test_a_reprint_does_not_raise_the_risk():
    articles = written("The threat of war grew.", "The threat of war grew.", "Fish.").assign(
        story_id=["s", "s", "t"]
    )
    assert value_of(gpr_shares(articles), "gpr_share", "world", "2024-04-01")["value"] == 0.5


def test_a_countrys_risk_names_the_country_or_its_capital():
    articles = written("Kyiv fears the threat of war.", "The threat of war grew.")
    shares = country_gpr_shares(articles, ["UKR", "FRA"])
    assert value_of(shares, "gpr_share", "UKR", "2024-04-01")["value"] == 0.5
    assert value_of(shares, "gpr_share", "FRA", "2024-04-01")["value"] == 0


def test_an_unknown_country_code_is_refused():
    with pytest.raises(ValueError, match="country code is 'XXX'"):
        country_gpr_shares(written("Fish."), ["XXX"])


def test_an_index_is_a_hundred_in_its_base_window_and_refuses_a_thin_one():
    texts = ["The threat of war: the war began, war declared."] * 10 + ["Fish."] * 30
    shares = gpr_shares(written(*texts))
    index = gpr_index(shares, base_start="2024-04-01", base_end="2024-04-01")
    assert index.set_index("indicator").loc["gpr_index", "value"] == pytest.approx(100)
    with pytest.raises(ValueError, match="expected at least 30 stories"):
        gpr_index(shares, base_start="2023-01-01", base_end="2023-12-01")


def test_tension_of_a_pair_needs_both_names_an_issue_and_a_word_of_tension():
    articles = written(
        "China and the United States are in a row over tariffs.",  # uncertainty
        "The United States imposed tariffs on China.",  # action
        "China and the United States signed an accord on tariffs.",  # attention alone
        "China imposed tariffs.",  # one name
    )
    shares = pair_tension_shares(articles, ["USA-CHN"]).set_index("indicator")
    assert (shares["dyad"] == "CHN-USA").all()
    assert shares["value"].to_dict() == {
        "pair_attention_share": 0.75,
        "pair_tension_share": 0.5,
        "pair_tension_action_share": 0.25,
        "pair_tension_uncertainty_share": 0.25,
    }


def test_a_spike_stands_out_of_its_own_pairs_usual_weeks():
    weeks = pd.date_range("2024-01-01", periods=20, freq="7D").strftime("%Y-%m-%d").tolist()
    articles = coverage(*weeks, *[weeks[9]] * 3, *[weeks[10]] * 2)
    war = [(n, "RUS", "UKR", "ASSAULT", "past") for n in range(20)]
    clash = [(n, "IND", "PAK", "ASSAULT", "past") for n in (9, 20, 21, 10, 23, 24)]
    spikes = pair_spikes(articles, coded(*war, *clash), minimum_stories=3)
    assert spikes["dyad"].tolist() == ["IND-PAK"]
    assert spikes.loc[0, ["start_period", "end_period"]].tolist() == [weeks[9], weeks[10]]
    assert spikes.loc[0, "hostile_weight"] == pytest.approx(2.7)
    assert spikes.loc[0, "event_ids"].count(" ") == 2


def test_without_hostile_acts_there_is_no_spike():
    assert pair_spikes(coverage("2024-04-20"), coded((0, "USA", "CHN", "CONSULT", "past"))).empty
