"""The reference of every table, made from the schemas: columns, types, values and meanings."""

import ast
import csv
import inspect
import io
import re
import tokenize
from functools import cache
from pathlib import Path
from typing import Final

from pandera.pandas import Check, Column, DataFrameSchema

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


@cache
def notes_of(model: type) -> dict[str, str]:
    """The comment beside each column in the source, by column, those of the tables it is made from too."""
    own = [
        one for one in reversed(model.__mro__) if issubclass(one, schemas.Table) and one is not schemas.Table
    ]
    return {name: note for one in own for name, note in own_notes(one).items()}


def own_notes(model: type) -> dict[str, str]:
    """The comment beside each column that a table declares itself."""
    source = inspect.getsource(model)
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    comments = {one.start[0]: one.string.lstrip("# ") for one in tokens if one.type == tokenize.COMMENT}
    return {
        line.target.id: " ".join(
            comments[n] for n in range(line.lineno, line.end_lineno + 1) if n in comments
        )
        for line in ast.parse(source).body[0].body
        if isinstance(line, ast.AnnAssign)
    }


def one_table(model: type[schemas.Table]) -> str:
    schema = model.to_schema()
    key = key_of(schema)
    grain = f"{' '.join(inspect.getdoc(model).split())}{f' Key: {codes(key)}.' if key else ''}"
    rows = [
        (f"`{name}`", type_of(column), values_of(column), meaning_of(model, name))
        for name, column in schema.columns.items()
    ]
    columns = table(("column", "type", "values", "meaning"), rows)
    return f"### {table_name(model.__name__)}\n\n{grain}\n\n{columns}"


def table_name(name: str) -> str:
    """ "change_points" for `ChangePoints`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def key_of(schema: DataFrameSchema) -> list[str]:
    """The columns that no two rows have alike."""
    single = [column for column, found in schema.columns.items() if found.unique]
    return single or list(schema.unique or [])


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


def meaning_of(model: type[schemas.Table], name: str) -> str:
    """What a column means: its comment in the schema, else its row in `columns.csv`.

    Raises:
        ValueError: neither says what it means.
    """
    meanings = column_meanings()
    candidates = (notes_of(model).get(name), meanings.get(f"{model.__name__}.{name}"), meanings.get(name))
    found = next(filter(None, candidates), None)
    if not found and name.endswith("country_code"):
        return "ISO 3166-1 alpha-3 code of the country"
    if not found:
        raise ValueError(
            f"{model.__name__}.{name} is described nowhere, expected a comment beside it in "
            f"analysis/tables or a row in {COLUMNS.name}"
        )
    return found


@cache
def column_meanings() -> dict[str, str]:
    """Meaning by column, or by table and column: `{"Quotes.kind": ..., "title": ...}`."""
    with COLUMNS.open(encoding="utf-8", newline="") as lines:
        return {row["column"]: row["meaning"] for row in csv.DictReader(lines)}
