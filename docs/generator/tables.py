"""The reference of every table, made from the schemas: columns, types, values and meanings."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

from pandera.pandas import Check, Column

from analysis import schemas
from analysis.readable.columns import TABLES, ReadableTable
from docs.generator.markdown import codes, table

TYPES: Final = {
    "string": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
    "datetime": "day",
}
COLUMNS: Final = Path(__file__).with_name("columns.csv")


def table_reference() -> str:
    """Every table: what a row is, its key, and each column with its type, its values and its meaning."""
    return "\n\n".join(map(one_table, schemas.TABLES))


def readable_reference() -> str:
    """Every readable table: what a row is, and each column with what it holds and says."""
    return "\n\n".join(one_readable_table(one) for one in TABLES.values())


def one_readable_table(one: ReadableTable) -> str:
    rows = [(f"`{column.name}`", column.kind, column.about) for column in one.columns]
    return f"### {one.name}\n\n{one.about}\n\n{table(('column', 'holds', 'what it says'), rows)}"


def one_table(declared: schemas.Table) -> str:
    single = [name for name, found in declared.columns.items() if found.unique]
    key = single or list(declared.key)
    grain = f"{declared.grain}{f' Key: {codes(key)}.' if key else ''}"
    rows = [
        (f"`{name}`", type_of(column), values_of(column), meaning_of(declared, name))
        for name, column in declared.columns.items()
    ]
    columns = table(("column", "type", "values", "meaning"), rows)
    return f"### {table_name(declared.name)}\n\n{grain}\n\n{columns}"


def table_name(name: str) -> str:
    """ "change_points" for `ChangePoints`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def type_of(column: Column) -> str:
    name = str(column.dtype).lower()
    return next(words for start, words in TYPES.items() if name.startswith(start))


def values_of(column: Column) -> str:
    """The values that a column takes, and whether it may be empty."""
    bounds = {check.name: check for check in column.checks}
    parts = [allowed(bounds), *(["may be missing"] if column.nullable else [])]
    return "; ".join(filter(None, parts))


def allowed(checks: dict[str, Check]) -> str:
    if "isin" in checks:
        return codes(checks["isin"].statistics["allowed_values"])
    if "str_matches" in checks:
        return f"matches `{checks['str_matches'].statistics['pattern']}`"
    low = checks.get("greater_than_or_equal_to", checks.get("greater_than"))
    high = checks.get("less_than_or_equal_to")
    if low is None:
        return ""
    least = low.statistics["min_value"]
    above = "above " if low.name == "greater_than" else ""
    return (
        f"{above}{least} to {high.statistics['max_value']}"
        if high
        else f"{above}{least}{' and up' if not above else ''}"
    )


def meaning_of(declared: schemas.Table, name: str) -> str:
    """What a column means: as its table declares it, else its row in `columns.csv`.

    Raises:
        ValueError: neither says what it means.
    """
    meanings, own = column_meanings(), declared.columns[name].description
    found = own or meanings.get(f"{declared.name}.{name}") or meanings.get(name)
    if not found and name.endswith("country_code"):
        return "ISO 3166-1 alpha-3 code of the country"
    if not found:
        raise ValueError(
            f"{declared.name}.{name} is described nowhere, expected its meaning in analysis/tables or a row "
            f"in {COLUMNS.name}"
        )
    return found


@cache
def column_meanings() -> dict[str, str]:
    """Meaning by column, or by table and column: `{"Quotes.kind": ..., "title": ...}`."""
    with COLUMNS.open(encoding="utf-8", newline="") as lines:
        return {row["column"]: row["meaning"] for row in csv.DictReader(lines)}
