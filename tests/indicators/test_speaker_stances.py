"""What a speaker's words hold of countries over time, and whether that changed."""

import pandas as pd
import pytest

from analysis.indicators.speaker_stances import dated_stances, split_day, stance_changes, stance_periods
from analysis.schemas import Quotes, Stances
from tests.coverage import coverage
from tests.tables import frame

PLACE = {"start_char": 0, "end_char": 5}


def dated(*stances, speaker_country="USA"):
    """Stances of one speaker from (day, target, label or None), each in an article of its own."""
    articles = coverage(*[day for day, *_ in stances])
    ids = articles["article_id"]
    said = [{"quote_id": f"q{n}", "article_id": one} for n, one in enumerate(ids)]
    known = {"speaker_id": "person:x", "speaker_name": "X", "country_code": speaker_country}
    plain = {"kind": "direct", "is_anonymous": False, "probability": 0.9, "rule": "clause", "text": "x"}
    tones = {"tone_score": 0.0, "subjectivity_score": 0.0, "content_spans": "0-5"}
    quotes = frame(Quotes, said, {**PLACE, **known, **plain, **tones})
    rows = [
        {
            "stance_id": f"s{n}",
            "quote_id": f"q{n}",
            "article_id": one,
            "target_id": target,
            "target_name": target,
            "target_country_code": target if len(target) == 3 else "YEM" if "group:" in target else None,
            "label": label,
            "is_abstained": label is None,
        }
        for n, (one, (_, target, label)) in enumerate(zip(ids, stances, strict=True))
    ]
    return dated_stances(quotes, frame(Stances, rows, {**PLACE, "score": 0.0}), articles)


def days(month, count):
    return [f"2024-{month:02}-{day:02}" for day in range(1, count + 1)]


def test_a_stance_is_on_a_country_a_bloc_or_a_group_itself_and_not_on_the_speakers_own_country():
    found = dated(
        ("2024-01-01", "RUS", -1),
        ("2024-01-01", "bloc:nato", 1),
        ("2024-01-01", "group:hamas", -1),
        ("2024-01-01", "org:a-paper", 1),
        ("2024-01-01", "USA", 1),
    )
    assert found["target"].tolist() == ["RUS", "NATO", "group:hamas"]


def test_stances_are_counted_by_target_and_period():
    found = dated(
        ("2024-01-02", "RUS", -1),
        ("2024-01-03", "RUS", -1),
        ("2024-01-04", "RUS", 1),
        ("2024-01-10", "RUS", None),
        (None, "RUS", 0),
    )
    counts = ["period", "favourable_count", "unfavourable_count", "neutral_count", "undecided_count"]
    assert stance_periods(found, "week")[counts].values.tolist() == [
        ["2024-01-01", 1, 2, 0, 0],
        ["2024-01-08", 0, 0, 0, 1],
    ]
    assert stance_periods(found, "all")[counts].values.tolist() == [["all", 1, 2, 1, 1]]


def test_a_clear_turn_between_the_halves_is_found_with_its_interval():
    warm = [(day, "RUS", 1) for day in days(1, 10)]
    cold = [(day, "RUS", -1) for day in days(2, 10)]
    (row,) = stance_changes(dated(*warm, *cold)).itertuples()
    assert (row.direction, row.split_date) == ("down", pd.Timestamp("2024-02-01"))
    assert (row.before_mean, row.after_mean) == (1.0, -1.0)
    assert (row.before_story_count, row.after_story_count) == (10, 10)
    half = 2.2281 * (0.2**2 / 10 / 10) ** 0.5  # no story differs: only the prior variance leaves doubt
    assert row.low == -2.0
    assert row.high == pytest.approx(-2.0 + half * 2**0.5, abs=1e-4)


def test_a_mixed_record_is_no_clear_change():
    mixed = [(day, "RUS", (-1) ** n) for n, day in enumerate([*days(1, 10), *days(2, 10)])]
    (row,) = stance_changes(dated(*mixed)).itertuples()
    assert row.direction == "no clear change"
    assert row.low < 0 < row.high


def test_with_fewer_than_ten_stories_in_a_half_nothing_is_compared():
    few = [(day, "RUS", 1) for day in days(1, 9)] + [(day, "RUS", -1) for day in days(2, 10)]
    (row,) = stance_changes(dated(*few)).itertuples()
    assert (row.direction, row.before_story_count, row.after_story_count) == ("not compared", 9, 10)
    assert pd.isna(row.low)


def test_undecided_and_undated_stances_are_no_evidence_of_change():
    assert stance_changes(dated(("2024-01-01", "RUS", None), (None, "RUS", 1))).empty


@pytest.mark.parametrize(
    ("given", "split"),
    [
        (["01", "02"], "02"),
        (["01", "01", "01", "02"], "02"),
        (["01", "02", "03", "03"], "03"),
        (["01"], "01"),
    ],
)
def test_the_halves_are_as_equal_as_whole_days_allow(given, split):
    assert split_day(pd.Series(pd.to_datetime([f"2024-01-{day}" for day in given]))).day == int(split)
