"""What all tables share, and how one that breaks its schema is described."""

import importlib
import sys

import pandas as pd
import pandera.pandas as pa

from analysis.tables.checks import right_table


def import_without(missing: str, module: str) -> None:
    """Import a module of pandera as if a library that it supports were not installed; it is then loaded.

    pandera loads `dask.dataframe`, half a second, and `hypothesis`, a tenth, for what is not used here.
    """
    if missing in sys.modules:
        return
    sys.modules[missing] = None  # importing it now fails, as if it were not there
    try:
        importlib.import_module(module)
    finally:
        del sys.modules[missing]


import_without("dask.dataframe", "pandera.typing.dask")
import_without("hypothesis", "pandera.strategies.pandas_strategies")


class Table(pa.DataFrameModel):
    """What all tables share: no unknown column, types are coerced, and no two rows have the same key."""

    class Config:
        strict = True
        coerce = True

    def __init_subclass__(cls, *, key: tuple[str, ...] = (), **settings: object) -> None:
        if key:
            cls.Config = type("Config", (Table.Config,), {"name": cls.__name__, "unique": list(key)})
        super().__init_subclass__(**settings)

    @classmethod
    def validate(cls, table: pd.DataFrame) -> pd.DataFrame:
        """A copy of a table with the declared types; pandera's errors name what is wrong with it."""
        found = right_table(table, cls)
        return super().validate(table) if found is None else found


def wrong_value(error: Exception) -> str:
    """The first cell in which a stored table breaks its schema: "value[3] is 'abc'".

    Args:
        error: raised by pandera; of any other error the message is returned, on one line.
    """
    cases = getattr(error, "failure_cases", None)
    if not isinstance(cases, pd.DataFrame) or cases.empty:
        return " ".join(str(error).split())[:200]
    case = cases.iloc[0]
    column = case.get("column") or getattr(getattr(error, "schema", None), "name", None) or "a column"
    return f"{column}[{case['index']}] is {case['failure_case']!r}"
