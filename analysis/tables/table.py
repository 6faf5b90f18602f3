"""What all tables share, and how one that breaks its schema is described."""

import pandas as pd
import pandera.pandas as pa


class Table(pa.DataFrameModel):
    """What all tables share: no unknown column, types are coerced, and no two rows have the same key."""

    class Config:
        strict = True
        coerce = True

    def __init_subclass__(cls, *, key: tuple[str, ...] = (), **settings: object) -> None:
        if key:
            cls.Config = type("Config", (Table.Config,), {"name": cls.__name__, "unique": list(key)})
        super().__init_subclass__(**settings)


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
