"""Shares of stories that speak of risk and tension, and the tone they are written in."""

import pandas as pd
import pytest

from benchmarks.validation.risk_words import gpr_matches
from benchmarks.validation.text_indicators import (
    country_gpr_shares,
    gpr_index,
    gpr_shares,
    mean_tones,
    pair_tension_shares,
)
from tests.coverage import coverage, value_of, written


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


def test_a_countrys_risk_counts_stories_that_name_it_or_its_capital():
    articles = written("Kyiv fears the threat of war.", "The threat of war grew.")
    shares = country_gpr_shares(articles, ["UKR", "FRA"])
    assert value_of(shares, "gpr_share", "UKR", "2024-04-01")["value"] == 0.5
    assert value_of(shares, "gpr_share", "FRA", "2024-04-01")["value"] == 0


def test_an_unknown_country_code_is_refused():
    with pytest.raises(ValueError, match="country code is 'XXX'"):
        country_gpr_shares(written("Fish."), ["XXX"])


def test_an_index_is_100_in_its_base_window_and_needs_enough_stories_there():
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


def test_the_mean_tone_of_one_story_has_no_interval():
    articles = coverage("2024-04-20", "2024-04-20", "2024-05-01").assign(text=["good", "terrible", "good"])
    tones = mean_tones(articles).set_index("period")
    assert tones.loc["2024-04-01", "value"] == pytest.approx((0.7 - 1.0) / 2)
    assert tones.loc["2024-04-01", ["low", "high"]].tolist() == [-1.0, 1.0]
    assert pd.isna(tones.loc["2024-05-01", "low"])
