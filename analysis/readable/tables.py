"""All readable tables of a corpus."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pandas import DataFrame

from analysis.findings.period_inputs import PeriodInputs
from analysis.phrasing import WrongArgument
from analysis.pipeline.filters import Scope
from analysis.readable.articles import readable_articles, readable_rejected
from analysis.readable.columns import TABLES
from analysis.readable.corrections import readable_corrections
from analysis.readable.events import readable_events
from analysis.readable.incidents import readable_incidents
from analysis.readable.pairs import readable_indicators, readable_weeks
from analysis.readable.statements import readable_statements
from analysis.readable.topics import readable_topics

EVERYTHING: Final = Scope()


@dataclass(frozen=True)
class Readable:
    """What readable tables are made of."""

    inputs: PeriodInputs  # the tables of a corpus and its incidents
    rejected: DataFrame  # `Rejected` table
    scope: Scope = EVERYTHING  # the pair or country to which the tables are narrowed


def articles_of(found: Readable) -> DataFrame:
    """The articles; of a pair or a country those with an event or a statement, though all were read."""
    articles = readable_articles(found.inputs.tables)
    if not found.scope.subject:
        return articles
    return articles[articles[["statements", "events"]].any(axis="columns")].reset_index(drop=True)


MAKERS: dict[str, Callable[[Readable], DataFrame]] = {
    "articles": articles_of,
    "statements": lambda one: readable_statements(one.inputs.tables),
    "events": lambda one: readable_events(one.inputs.tables),
    "incidents": lambda one: readable_incidents(one.inputs),
    "topics": lambda one: readable_topics(one.inputs.tables),
    "indicators": lambda one: readable_indicators(one.inputs.tables.indicators),
    "weeks": lambda one: readable_weeks(one.inputs.tables),
    "corrections": lambda one: readable_corrections(one.inputs.tables),
    "rejected": lambda one: readable_rejected(one.rejected),
}


def readable_tables(found: Readable, names: Collection[str] = ()) -> dict[str, DataFrame]:
    """The readable tables of a corpus by name, in the order of `columns.TABLES`, the newest rows first.

    Args:
        found: the corpus.
        names: of the tables wanted; by default all.

    Raises:
        ValueError: there is no table of that name.
    """
    wanted = checked_names(names)
    return {name: newest_first(MAKERS[name](found)) for name in TABLES if name in wanted}


def newest_first(table: DataFrame) -> DataFrame:
    """The rows of a table by day, the newest first and those without a day last."""
    days = [name for name in ("date", "week") if name in table.columns]
    if not days:
        return table
    return table.sort_values(days[0], ascending=False, kind="stable", na_position="last", ignore_index=True)


def checked_names(names: Iterable[str]) -> list[str]:
    """The names of the tables wanted; all if none is given.

    Raises:
        ValueError: there is no table of that name; the message suggests one.
    """
    names = list(names)
    for name in names:
        if name not in TABLES:
            close = get_close_matches(name, TABLES, n=1)
            hint = f": did you mean {close[0]}?" if close else ""
            raise WrongArgument("table", f" is {name!r}, expected one of {', '.join(TABLES)}{hint}")
    return names or list(TABLES)
