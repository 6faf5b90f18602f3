"""Write readable tables of the articles into a file: Excel, CSV, Parquet or JSON Lines."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    NAMED_PATH,
    SEEDS,
    Country,
    DeskName,
    Pair,
    Seeds,
    Since,
    Store,
    Until,
    asked_desk,
    check_apart,
    read_tables,
)
from analysis.console import print_error, printable, say_rejected
from analysis.phrasing import counted


def export(
    out: Annotated[
        Path,
        typer.Argument(
            help="The file to write, ending in .xlsx, .csv, .parquet or .jsonl, or a folder for CSV files.",
            **NAMED_PATH,
        ),
    ],
    table: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this table: articles, statements, events, incidents, topics, indicators, weeks, "
            "corrections or rejected; can be repeated."
        ),
    ] = None,
    speaker: Annotated[
        str,
        typer.Option(
            help="Only what speakers with this name or part of a name say: tables of statements and events, "
            "and their articles."
        ),
    ] = "",
    side: Annotated[
        str,
        typer.Option(
            help="Only what somebody of this name or part of a name does or has done to them: tables of "
            "events and incidents, and their articles."
        ),
    ] = "",
    since: Since = "",
    until: Until = "",
    pair: Pair = "",
    country: Country = "",
    desk: DeskName = "",
    seeds: Seeds = SEEDS,
    store: Store = ".faultline",
) -> None:
    """Write tables in plain words, each row with its sentence and source, for Excel and other programs."""
    from analysis.export.export_tables import checked_path, export_tables
    from analysis.findings.period_inputs import PeriodInputs
    from analysis.pipeline.filters import deduplicate, narrowed
    from analysis.pipeline.reporting_period import ALL, reporting_period
    from analysis.readable.tables import Readable, about_tables, checked_names, readable_tables

    asked = asked_desk(desk, seeds, since=since, until=until, pair=pair, country=country)
    checked_path(out)  # a mistake is reported before anything is read
    check_apart(out, asked.seeds)
    asked_names = {role: name for role, name in (("speaker", speaker), ("side", side)) if name}
    names, scope = checked_names(table or [], asked_names), asked.scope
    read, rejected = read_tables(asked.seeds, store, scope=scope)
    say_rejected(rejected, asked.seeds)
    tables = deduplicate(narrowed(read, scope))
    inputs = PeriodInputs(tables, reporting_period(ALL, tables.articles["published_date"]))
    found = Readable(inputs, rejected, scope, **asked_names)
    exported = export_tables(readable_tables(found, names), out, about=about_tables(found, tables.articles))
    narrowed_to = [*filter(None, [scope.subject]), *map(repr, asked_names.values())]
    if narrowed_to and not any(exported.row_counts.get(name) for name in ("statements", "events")):
        print_error(f"nothing was found on {' and '.join(narrowed_to)}, so these tables are empty")
    for sentence in exported.notes:
        print_error(sentence)
    for name, count in exported.row_counts.items():
        typer.echo(f"{name}: {counted(count, 'row')}")
    for path in exported.paths:
        typer.echo(printable(path))
