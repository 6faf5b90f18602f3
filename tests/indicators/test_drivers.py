"""What drives an indicator."""

import pandas as pd
import pytest

from analysis.indicators.drivers import pair_theme_matrix, stances_beside_acts
from analysis.indicators.dyads import directed_indicators
from analysis.schemas import Topics
from tests.coverage import coded, coverage


def test_the_themes_of_a_sentence_share_its_act():
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
    assert cells["event_count"].to_dict() == {"diplomacy": 2, "trade and tariffs": 1}
    assert cells.loc["diplomacy", "conflict_weight"] == 0.25
    assert cells.loc["diplomacy", "mean_intensity"] == pytest.approx((0.25 * -3 + 2.5) / 1.25)


def spoken(*rows):
    """Quotes and stances from (speaker, country of the speaker, target country, label)."""
    quotes = pd.DataFrame(
        [(f"q{n}", speaker, country) for n, (speaker, country, _, _) in enumerate(rows)],
        columns=["quote_id", "speaker_id", "country_code"],
    )
    stances = pd.DataFrame(
        [(f"q{n}", target, label, label is None) for n, (_, _, target, label) in enumerate(rows)],
        columns=["quote_id", "target_country_code", "label", "is_abstained"],
    ).astype({"is_abstained": bool})
    return quotes, stances


def test_the_stances_of_a_countrys_speakers_are_compared_with_its_acts():
    quotes, stances = spoken(
        *[(speaker, "USA", "CHN", -1) for speaker in "abcd"],
        ("a", "USA", "CHN", None),
        ("c", "CHN", "CHN", 1),
    )
    acts = coded(*[(n, "USA", "CHN", "CONSULT", "past") for n in range(4)])
    directed = directed_indicators(coverage(*["2024-04-20"] * 4), acts)
    row = stances_beside_acts(quotes, stances, directed).set_index("dyad").loc["USA>CHN"]
    assert row[["mean_stance", "stance_count", "speaker_count"]].tolist() == [-1, 4, 4]
    assert row[["mean_intensity", "event_count"]].tolist() == [2.5, 4]
    assert row["agreement"] == "disagree"  # hard words, and talks all the same


def test_one_speaker_is_not_compared():
    quotes, stances = spoken(("a", "USA", "CHN", -1))
    directed = directed_indicators(coverage("2024-04-20"), coded((0, "USA", "CHN", "ACCUSE", "past")))
    row = stances_beside_acts(quotes, stances, directed).iloc[0]
    assert pd.isna(row["stance_low"])
    assert row["agreement"] == "not compared"


def test_without_quotes_or_acts_there_is_nothing_to_compare():
    quotes, stances = spoken()
    assert stances_beside_acts(quotes, stances, directed_indicators(coverage(), coded())).empty
