"""What is computed once for the unchanging tables of a corpus, and anew for all others."""

import pytest
from pandas import DataFrame

from analysis.computed_once import once, unchanging


@pytest.fixture
def counted():
    """A function that doubles a table, and how often it was called."""
    calls = []

    @once
    def doubled(table, *, by=2):
        calls.append(by)
        return table * by

    return doubled, calls


def table_of(*values):
    return DataFrame({"value": list(values)})


def test_the_result_for_an_unchanging_table_is_computed_once(counted):
    doubled, calls = counted
    table = table_of(1, 2)
    unchanging(table)
    assert doubled(table)["value"].tolist() == doubled(table)["value"].tolist() == [2, 4]
    assert doubled(table, by=3)["value"].tolist() == [3, 6]
    assert calls == [2, 3]


def test_the_result_for_a_table_that_may_change_is_computed_anew(counted):
    doubled, calls = counted
    table = table_of(1)
    doubled(table)
    table["value"] = 5
    assert doubled(table)["value"].tolist() == [10]
    assert len(calls) == 2


def test_what_a_caller_does_to_a_result_does_not_reach_the_next_caller(counted):
    doubled, _ = counted
    table = table_of(1)
    unchanging(table)
    first = doubled(table)
    first["value"] = 0
    first.loc[0, "value"] = -1
    assert doubled(table)["value"].tolist() == [2]


def test_a_result_is_forgotten_with_its_table(counted):
    doubled, calls = counted
    for value in (1, 2, 3, 4):  # a new table may get the place in memory of one that is gone
        table = table_of(value)
        unchanging(table)
        assert doubled(table)["value"].tolist() == [2 * value]
        del table
    assert len(calls) == 4
