"""How a table is declared."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd
from pandera.config import ValidationDepth, config_context
from pandera.pandas import Check, Column, DataFrameSchema

WHOLE_OR_MISSING: Final = pd.Int64Dtype()
"""The type of whole numbers of which some are missing."""


def column(
    kind: object, about: str = "", *, unique: bool = False, nullable: bool = False, **checks: object
) -> Column:
    """A column of a table.

    Args:
        kind: type of its values, as pandera knows it.
        about: what it means; where this is left out, `docs/generator/columns.csv` says it.
        unique: no two rows have the same value.
        nullable: values may be missing.
        checks: of the values, by the name that `pandera.Check` gives them: `ge`, `le`, `gt`, `isin`,
            `str_matches`.
    """
    made = [getattr(Check, name)(limit) for name, limit in checks.items()]
    return Column(kind, made, unique=unique, nullable=nullable, description=about or None)


@dataclass(frozen=True)
class Table:
    """A table as it is declared: no unknown column, types are coerced, and no two rows have the same key.

    Declared as an object, since pandera loads Dask for each class of `DataFrameModel`.
    """

    name: str
    grain: str  # "One row per ..."
    columns: dict[str, Column]
    key: tuple[str, ...] = ()  # where several columns make it; one alone is declared as unique

    @cached_property
    def schema(self) -> DataFrameSchema:
        """The same, as pandera checks it."""
        key = list(self.key) or None
        return DataFrameSchema(self.columns, name=self.name, unique=key, strict=True, coerce=True)

    def validate(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A table with the types declared here, if it keeps the declaration.

        What has been coerced has its type. To look at the types again, as pandera does, takes three fifths of
        the time; so that is done only where a column or value is missing or too many, and to say which.

        Raises:
            pandera.errors.SchemaError, pandera.errors.SchemaErrors: it does not; says where.
        """
        if set(self.columns) == set(frame.columns) and frame.columns.is_unique:
            with config_context(validation_depth=ValidationDepth.DATA_ONLY):
                valid = self.schema.validate(frame)
            filled = [name for name, one in self.columns.items() if not one.nullable]
            if not valid[filled].isna().any(axis=None):
                return valid
        return self.schema.validate(frame)
