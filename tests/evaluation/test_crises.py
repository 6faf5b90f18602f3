"""Which known crises show: a grave act in a quiet year, not a weaker one or a week of a long war."""

import pandas as pd
import pytest

from benchmarks.publish import rate_line
from benchmarks.validation import crises as module
from benchmarks.validation.crises import crises_found, crisis_rates, known_crises, other_weeks
from tests.coverage import coded, coverage

DAYS = pd.date_range("2025-01-01", "2025-12-31", freq="D").strftime("%Y-%m-%d").tolist()
ARTICLES = coverage(*DAYS)


def number(day):
    return DAYS.index(day)


def acts(*given):
    """Acts of China on the United States from (day, root, status)."""
    return coded(*[(number(day), "CHN", "USA", root, status) for day, root, status in given], of=ARTICLES)


@pytest.fixture
def listed(monkeypatch):
    """Make known crises of China and the United States from (kind, first day, last day)."""

    def known(*rows):
        table = pd.DataFrame(rows, columns=["kind", "start_date", "end_date"]).assign(
            dyad="CHN-USA", item_ids="a b", note="x"
        )
        days = {name: pd.to_datetime(table[name]) for name in ("start_date", "end_date")}
        monkeypatch.setattr(module, "known_crises", lambda: table.assign(**days))

    return known


def test_an_expulsion_that_is_announced_shows_in_the_political_series_alone(listed):
    listed(("political", "2025-05-05", "2025-05-05"), ("force", "2025-05-05", "2025-05-05"))
    found = crises_found(ARTICLES, acts(("2025-05-06", "SANCTION", "future"))).set_index("kind")
    assert found["is_found"].to_dict() == {"political": True, "force": False}
    assert found.at["political", "weight"] == pytest.approx(0.6)
    assert found.at["political", "story_count"] == 1
    assert found.at["force", "reason"] == "no such act of the pair was read in the whole year"


def test_words_alone_are_too_weak(listed):
    listed(("political", "2025-05-05", "2025-05-05"))
    (row,) = crises_found(ARTICLES, acts(("2025-05-05", "ACCUSE", "past"))).itertuples()
    assert (row.is_found, row.reason) == (False, "only weaker acts were read: 0.3, 0.5 needed")


def test_an_ordinary_week_of_a_war_is_no_crisis(listed):
    listed(("force", "2025-05-05", "2025-05-07"))
    daily = acts(*[(day, "ASSAULT", "past") for day in DAYS])
    (row,) = crises_found(ARTICLES, daily).itertuples()
    assert not row.is_found
    assert row.reason == "1.4 is not 3 times the pair's usual 1.4"


def test_a_crisis_of_which_nothing_was_read_says_so(listed):
    listed(("force", "2025-05-05", "2025-05-05"))
    (row,) = crises_found(ARTICLES, acts(("2025-08-05", "ASSAULT", "past"))).itertuples()
    assert row.reason == "no such act was read in the 2 items that report it"


def test_other_weeks_that_pass_are_counted_once_each(listed):
    listed(("force", "2025-05-05", "2025-05-05"))
    events = acts(
        *[(day, "ASSAULT", "past") for day in ("2025-05-05", "2025-08-05", "2025-08-07", "2025-11-05")]
    )
    assert other_weeks(ARTICLES, events, "force") == 2
    rates = crisis_rates(ARTICLES, events, crises_found(ARTICLES, events))
    (rate,) = rates.itertuples()
    expected = "1 of 1 crises of force are found; 2 other weeks of 1 pair pass the same test"
    assert rate_line(rate) == expected


def test_the_list_has_both_kinds_with_days_in_order_and_items():
    crises = known_crises()
    assert len(crises) >= 25
    assert set(crises["kind"]) == {"force", "political"}
    assert (crises["start_date"] <= crises["end_date"]).all()
    assert crises["item_ids"].str.match(r"2025-\d\d-\d\d#\d+( 2025-\d\d-\d\d#\d+)*$").all()
    assert not crises.duplicated(["kind", "dyad", "start_date"]).any()
