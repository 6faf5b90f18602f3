"""The rows of a table as plain values are those that pandas gives."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.tables import rows
from analysis.tables.rows import rows_of

TABLE = pd.DataFrame(
    {
        "words": ["talks", None, "Zürich"],
        "number": [1, 2, 3],
        "share": [0.5, None, 1.0],
        "is_sure": [True, False, True],
        "day": pd.to_datetime(["2024-04-20", None, "2024-04-22"]),
        "moment": pd.to_datetime(["2024-04-20T01:02:03Z", None, "2024-04-22T00:00:00Z"]),
        "gap": pd.to_timedelta([1, None, 3], unit="D"),
        "kind": pd.Categorical(["a", None, "b"]),
        "any": np.array([["a"], None, date(2024, 4, 20)], dtype=object),
        "not a name": ["x", "y", "z"],
    },
    index=[7, 8, 9],
)


def described(found):
    """Each value of each row with its type; a missing one is equal to no other, not even to itself."""
    return [[(name, type(one), repr(one)) for name, one in row._asdict().items()] for row in found]


@pytest.mark.parametrize("at_once", [2, 10_000])
def test_the_rows_are_those_of_pandas_with_the_same_names_and_types(monkeypatch, at_once):
    monkeypatch.setattr(rows, "ROWS_AT_ONCE", at_once)
    assert described(rows_of(TABLE)) == described(TABLE.itertuples())


def test_numbers_and_booleans_that_may_be_missing_are_plain_ones():
    counts = pd.DataFrame({"number": pd.array([1, None], dtype="Int64")})
    judged = pd.DataFrame({"is_sure": pd.array([True, None], dtype="boolean")})
    assert [type(row.number) for row in rows_of(counts)] == [int, type(pd.NA)]
    assert [row.is_sure for row in rows_of(judged)] == [True, pd.NA]


@pytest.mark.parametrize("table", [TABLE.head(0), pd.DataFrame(index=[1, 2]), TABLE[["words"]]])
def test_a_table_without_rows_or_with_few_columns_has_those_of_pandas_too(table):
    assert described(rows_of(table)) == described(table.itertuples())


def test_two_tables_with_the_same_columns_share_a_class():
    first, second = next(rows_of(TABLE)), next(rows_of(TABLE.tail(1)))
    assert type(first) is type(second)
