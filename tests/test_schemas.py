"""Tables are declared once, and what breaks the declaration is refused."""

import pandas as pd
import pytest
from pandera.errors import SchemaError, SchemaErrors

from analysis.schemas import ChangePoints

ROW = {
    "indicator": "conflict_share",
    "dyad": "CHN-USA",
    "period": "2024-01-08",
    "before_mean": 0.1,
    "after_mean": 0.4,
}


def test_two_rows_with_the_same_key_are_refused():
    with pytest.raises(SchemaError, match="not unique"):
        ChangePoints.validate(pd.DataFrame([ROW, {**ROW, "after_mean": 0.5}]))
    assert len(ChangePoints.validate(pd.DataFrame([ROW, {**ROW, "period": "2024-01-15"}]))) == 2


def test_an_unknown_column_is_refused():
    with pytest.raises(SchemaErrors, match="weather"):
        ChangePoints.validate(pd.DataFrame([{**ROW, "weather": "fair"}]))


@pytest.mark.parametrize(
    "broken",
    [
        lambda table: table.drop(columns="dyad"),
        lambda table: table.assign(dyad=None),
        lambda table: table.assign(before_mean="high"),
    ],
    ids=["a column is missing", "a value is missing", "of another type"],
)
def test_a_table_that_breaks_its_schema_is_refused(broken):
    with pytest.raises((SchemaError, SchemaErrors)):
        ChangePoints.validate(broken(pd.DataFrame([ROW])))
