"""Whether a table is as its model declares, found quickly; pandera looks at the others and names the fault.

Pandera copies the declaration of each column twice, and prepares its message before it knows whether there
is anything to say: 15 milliseconds for a table of 34 columns, however few its rows. Here its own types and
checks are used, each once.
"""

from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from pandas import DataFrame, Series
from pandas.arrays import ArrowStringArray
from pandera.errors import ParserError
from pandera.pandas import Check, DataFrameModel

EMPTY: Final = Series(dtype=object)


class Rules(NamedTuple):
    """What a model declares of a column."""

    type: object
    coerced: Callable[[Series], Series]
    is_nullable: bool
    is_unique: bool
    hold: tuple[Callable[[Series], bool], ...]  # for each check, whether all values that are there pass it

    @property
    def forbid_something(self) -> bool:
        """Whether a value of the type can be wrong."""
        return bool(self.hold) or self.is_unique or not self.is_nullable


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
    rules = rules_of(model)
    if len(table.columns) != len(rules) or set(table.columns) != set(rules):
        return None
    wrong = [name for name, found in table.dtypes.items() if found != rules[name].type]
    try:
        coerced = {name: rules[name].coerced(table[name]) for name in wrong}
    except ParserError:
        return None
    if any(values.dtype != rules[name].type for name, values in coerced.items()):
        return None
    return table.assign(**coerced)


def is_right(table: DataFrame, model: type[DataFrameModel]) -> bool:
    """Whether a table with the types of its model breaks none of its rules."""
    if not len(table):
        return True
    unique = model.to_schema().unique
    ruled = {name: rules for name, rules in rules_of(model).items() if rules.forbid_something}
    return all(is_right_column(table[name], rules) for name, rules in ruled.items()) and not (
        unique and table.duplicated(unique).any()
    )


def is_right_column(values: Series, rules: Rules) -> bool:
    """Whether no cell is empty, out of range or there twice, where the column has such a rule."""
    if rules.is_unique and not values.is_unique:
        return False
    if values.array.isna().any():
        if not rules.is_nullable:
            return False
        values = values.dropna()
    return all(holds(values) for holds in rules.hold)


@cache
def rules_of(model: type[DataFrameModel]) -> dict[str, Rules]:
    """What a model declares of each column.

    Raises:
        ValueError: a check is of a kind that is not looked at here: of single cells, of groups, or of gaps.
    """
    rules = {}
    for name, column in model.to_schema().columns.items():
        if any(one.element_wise or one.groupby or not one.ignore_na for one in column.checks):
            raise ValueError(f"{model.__name__}.{name} has a check that is not of a whole column")
        typed = column.dtype.coerce(EMPTY)
        hold = tuple(check_function(one, typed) for one in column.checks)
        rules[name] = Rules(typed.dtype, column.dtype.try_coerce, column.nullable, column.unique, hold)
    return rules


def check_function(check: Check, typed: Series) -> Callable[[Series], bool]:
    """What says whether all values of the type of a series pass a check."""
    if check.name == "isin" and isinstance(typed.array, ArrowStringArray):
        allowed = frozenset(check.statistics["allowed_values"])  # in a tenth of the time of `Series.isin`
        return lambda values: allowed.issuperset(values.array.__arrow_array__().unique().to_pylist())
    check(typed)  # only then has pandera looked for it
    passes = check.get_backend(typed)(check).check_fn
    return lambda values: bool(passes(values).all())
