"""What several charts, pages and notebooks need of the same tables, computed once.

A result is remembered only for tables that are declared never to change, as those of a corpus are; for all
others, such as an analyst's own selection, a function is computed anew. It is forgotten with its tables.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from weakref import ref

from pandas import DataFrame

Arguments = ParamSpec("Arguments")

_unchanging: dict[int, ref[DataFrame]] = {}  # by `id`
_results: dict[tuple, DataFrame] = {}  # by function and arguments, tables by `id`


def unchanging(*tables: DataFrame) -> None:
    """Declare that nobody changes these tables in place from now on."""
    for table in tables:
        number = id(table)
        if number not in _unchanging:
            _unchanging[number] = ref(table, lambda _, number=number: forget(number))


def forget(number: int) -> None:
    """Forget a table that is no longer there, as its `id` may be given to another, and what came of it."""
    _unchanging.pop(number, None)
    for key in [key for key in _results if ("table", number) in key]:
        del _results[key]


def once(function: Callable[Arguments, DataFrame]) -> Callable[Arguments, DataFrame]:
    """Let a function of tables and plain values remember its result for unchanging tables.

    Each call gets a table of its own, to which columns can be added.
    """

    @wraps(function)
    def remembering(*values: Arguments.args, **named: Arguments.kwargs) -> DataFrame:
        given = [*values, *named.values()]
        tables = [id(one) for one in given if isinstance(one, DataFrame)]
        if not all(number in _unchanging for number in tables):
            return function(*values, **named)
        parts = (("table", id(one)) if isinstance(one, DataFrame) else one for one in given)
        key = (function, tuple(named), *parts)
        if key not in _results:
            _results[key] = function(*values, **named)
        return _results[key].copy(deep=False)

    return remembering
