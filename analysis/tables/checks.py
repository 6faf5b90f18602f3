"""Whether a table is as its model declares, found quickly; pandera looks at the others and names the fault.

Pandera copies the declaration of each column twice, and prepares its message before it knows whether there
is anything to say: 15 milliseconds for a table of 34 columns, however few its rows. Here its own types and
checks are used, each once.
"""

from functools import cache
from typing import Final

from pandas import DataFrame, Series
from pandera.errors import ParserError
from pandera.pandas import Column, DataFrameModel

EMPTY: Final = Series(dtype=object)


def right_table(table: DataFrame, model: type[DataFrameModel]) -> DataFrame | None:
    """A copy of a table with the types of its model; None if pandera has to look at it.

    Args:
        table: is not changed.
        model: strict and coercing, without an index, parsers or checks of the whole table.
    """
    if type(table) is not DataFrame:
        return None
    typed = with_types(table, model)
    return typed if typed is not None and is_right(typed, model) else None


def with_types(table: DataFrame, model: type[DataFrameModel]) -> DataFrame | None:
    """A copy with the types of a model, if the table has its columns and each can be had in its type."""
    types, columns = column_types(model), model.to_schema().columns
    if len(table.columns) != len(types) or set(table.columns) != set(types):
        return None
    wrong = [name for name, found in table.dtypes.items() if found != types[name]]
    try:
        coerced = {name: columns[name].dtype.try_coerce(table[name]) for name in wrong}
    except ParserError:
        return None
    if any(values.dtype != types[name] for name, values in coerced.items()):
        return None
    return table.assign(**coerced)


def is_right(table: DataFrame, model: type[DataFrameModel]) -> bool:
    """Whether a table with the types of its model breaks none of its rules."""
    schema = model.to_schema()
    return all(is_right_column(table[name], column) for name, column in schema.columns.items()) and not (
        schema.unique and table.duplicated(schema.unique).any()
    )


def is_right_column(values: Series, column: Column) -> bool:
    """Whether no cell is empty, out of range or there twice, where the column has such a rule."""
    return (
        (column.nullable or not values.hasnans)
        and (not column.unique or values.is_unique)
        and all(check(values).check_passed for check in column.checks)
    )


@cache
def column_types(model: type[DataFrameModel]) -> dict[str, object]:
    """The type of each column after pandera has coerced it."""
    columns = model.to_schema().columns
    return {name: column.dtype.coerce(EMPTY).dtype for name, column in columns.items()}
