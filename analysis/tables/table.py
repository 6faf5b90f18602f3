"""What all tables share, and how one that breaks its schema is described."""

import pandas as pd
import pandera.pandas as pa
from pandera.config import ValidationDepth, config_context


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
    def validate(cls, check_obj: pd.DataFrame, **options: object) -> pd.DataFrame:
        """The table with its types, if it keeps the schema.

        What has been coerced has its type. To look at the types again, as pandera does, takes three fifths of
        the time; so that is done only where a column or value is missing or too many, and to say which.
        """
        columns = cls.to_schema().columns
        if set(columns) == set(check_obj.columns) and check_obj.columns.is_unique:
            with config_context(validation_depth=ValidationDepth.DATA_ONLY):
                valid = super().validate(check_obj, **options)
            filled = [name for name, column in columns.items() if not column.nullable]
            if not valid[filled].isna().any(axis=None):
                return valid
        return super().validate(check_obj, **options)


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
