"""Outlets of one owner are one source, and a state that runs one is named."""

import pytest

from analysis.outlets import known_outlets, owner_of, source_count, with_state


@pytest.mark.parametrize("name", ["TASS", "Itar-Tass", "tass.com", "www.tass.ru", "RIA Novosti"])
def test_an_outlet_of_a_state_is_known_by_each_of_its_names(name):
    assert owner_of(name) == "Russian state"
    assert with_state(name) == f"{name}, run by the Russian state"


def test_outlets_of_one_owner_count_once_and_unknown_ones_each():
    assert source_count(["TASS", "RT", "Russian Foreign Ministry", None, float("nan")]) == 1
    assert source_count(["The Times", "The Wall Street Journal", "Reuters", "The Coast", "The Bay"]) == 4
    assert with_state("The Coast") == "The Coast"


def test_no_name_stands_for_two_outlets():
    assert len({outlet.name for outlet in known_outlets().values()}) > 150
