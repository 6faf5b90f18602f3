"""Which theme is meant by what a person types."""

import pytest

from analysis.findings.subjects import find_theme
from tests.tables import topics


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("trade", "trade and tariffs"),
        ("Trade and Tariffs", "trade and tariffs"),
        (" diplomacy ", "diplomacy"),
    ],
)
def test_a_theme_is_found_by_its_name_or_words_that_only_one_has(typed, found):
    assert find_theme(typed, topics()) == found


def test_a_theme_that_an_analyst_brought_is_found_too():
    assert find_theme("fishing", topics({"topic": "fishing"})) == "fishing"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("and", "which may mean military and defence, nuclear and arms control or sanctions and"),
        ("diplomcy", "which is not a theme: did you mean diplomacy?"),
        ("zzz", "which is not a theme: expected one of diplomacy, "),
    ],
)
def test_what_is_no_theme_is_an_error_that_names_the_nearest(typed, reason):
    with pytest.raises(ValueError, match=r"^theme is ") as raised:
        find_theme(typed, topics())
    assert reason in str(raised.value)
