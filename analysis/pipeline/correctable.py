"""Corrected values of the rows of one table, and how each correction fits what is read today."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from pandas import DataFrame

from analysis.ingest.corrections_file import outdated_reason
from analysis.pipeline.named_actors import Values
from analysis.schemas import APPLIES, CONFIRMED, LAPSED, MOVED
from analysis.tables.rows import rows_of


class Outcome(NamedTuple):
    """Whether a correction still applies."""

    standing: str  # one of `schemas.STANDINGS`
    problem: str = ""  # why it is not applied


Outcomes = dict[int, Outcome]  # by line of the file
FITS, IS_READ = Outcome(APPLIES), Outcome(CONFIRMED)


def lapsed(problem: str) -> Outcome:
    """A correction that does not fit, and why."""
    return Outcome(LAPSED, problem)


class Correctable(NamedTuple):
    """A table whose rows can be corrected."""

    table: DataFrame
    key: str  # the column with the id of a row
    value: Callable[[Any, str], str]  # what a row has in a field
    changes: Callable[
        [Any, Any], Values
    ]  # what a correction gives to a row; ValueError if that is impossible
    nearby: Callable[[Any], Iterator[Any]]  # rows that may be meant by a correction whose id no row has


def corrected_values(subject: Correctable, corrections: Iterable[Any]) -> tuple[dict[str, Values], Outcomes]:
    """New values by row id, and by line how each correction fits.

    Where newer rules read a passage otherwise, so that no row has the id, the correction is applied to the
    one row nearby that still has the value which was corrected.
    """
    corrections = list(corrections)
    wanted = subject.table[subject.table[subject.key].isin([one.id for one in corrections])]
    rows = {getattr(row, subject.key): row for row in rows_of(wanted)}
    values: dict[str, Values] = {}
    outcomes: Outcomes = {}
    for one in corrections:
        row = rows.get(one.id)
        is_moved = row is None
        if is_moved:
            near = [row for row in subject.nearby(one) if subject.value(row, one.field) == one.old]
            row = near[0] if len(near) == 1 else None
        if row is None:
            outcomes[one.line] = lapsed(gone_reason(subject.key, one))
            continue
        found = subject.value(row, one.field)
        if found != one.old:
            is_read = found == one.new and one.field != "drop"
            outcomes[one.line] = IS_READ if is_read else lapsed(outdated_reason(one.field, found, one))
            continue
        try:
            values.setdefault(getattr(row, subject.key), {}).update(subject.changes(row, one))
            outcomes[one.line] = Outcome(MOVED) if is_moved else FITS
        except ValueError as error:
            outcomes[one.line] = lapsed(str(error))
    return {identity: row for identity, row in values.items() if row}, outcomes


def gone_reason(key: str, correction: Any) -> str:
    """That no row has the id of a correction."""
    about = f" (“{correction.words}”)" if correction.words else ""
    return f"{key} {correction.id!r}{about} no longer exists: the current rules read this text differently"


def with_values(table: DataFrame, key: str, values: dict[str, Values]) -> DataFrame:
    """A table with other values in some rows, given by key and column."""
    columns = [name for name in table if any(name in row for row in values.values())]
    changed = {
        name: [
            values[identity][name] if name in values.get(identity, ()) else value
            for identity, value in zip(table[key], table[name], strict=True)
        ]
        for name in columns
    }
    return table.assign(**changed)


def of_field(corrections: DataFrame, table: str, *fields: str) -> list[Any]:
    """The corrections of some fields of a table, in the order of the file."""
    rows = corrections[(corrections["table"] == table) & corrections["field"].isin(fields)]
    return list(rows_of(rows))
