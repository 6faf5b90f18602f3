"""Write readable tables of the articles into a file: Excel, CSV, Parquet or JSON Lines."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import (
    NAMED_PATH,
    Seeds,
    Since,
    Store,
    Until,
    check_apart,
    exit_on_mistakes,
    load_articles,
)
from analysis.console import print_error, print_rejected, printable, progress
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
    since: Since = "",
    until: Until = "",
    pair: Annotated[str, typer.Option(help="Only events between two countries, such as USA-CHN.")] = "",
    country: Annotated[
        str,
        typer.Option(
            help="Only events, statements and topics that involve one country, such as China or CHN."
        ),
    ] = "",
    seeds: Seeds = Path("seeds"),
    store: Store = ".faultline",
) -> None:
    """Write tables in plain words, each row with its sentence and source, for Excel and other programs."""
    with exit_on_mistakes():
        from analysis.export.export_tables import checked_path, export_tables
        from analysis.pipeline.filters import articles_in_scope, scope_of
        from analysis.readable.tables import about_tables, checked_names, readable_tables

        checked_path(out)  # a mistake is reported before anything is read
        check_apart(out, seeds)
        names, scope = checked_names(table or []), scope_of(since, pair, until, country)
        articles, rejected = load_articles(seeds)
        print_rejected(rejected)
        found = read_corpus(articles_in_scope(articles, scope), rejected, scope, store, seeds)
        about = about_tables(found.inputs.tables.articles, scope)
        exported = export_tables(readable_tables(found, names), out, about=about)
    print_exported(exported, scope)


def read_corpus(articles, rejected, scope, store: str, seeds: Path):
    """The input of the readable tables, narrowed and without repeats; only new articles are read."""
    from analysis.findings.period_inputs import PeriodInputs
    from analysis.ingest.corrections_file import load_corrections
    from analysis.pipeline.analyse import analyse
    from analysis.pipeline.filters import deduplicate, narrowed
    from analysis.pipeline.reporting_period import ALL, reporting_period
    from analysis.pipeline.store import usable_store
    from analysis.pipeline.unread import with_unread
    from analysis.readable.tables import Readable

    corrections = load_corrections(seeds)
    with usable_store(store) as usable, progress("Articles", total=len(articles)) as advance:
        tables = analyse(articles, corrections=corrections, store=usable, progress=advance)
    print_rejected(tables.unread)
    rejected = with_unread(rejected, tables.unread)
    tables = deduplicate(narrowed(tables, scope))
    inputs = PeriodInputs(tables, reporting_period(ALL, articles["published_date"]))
    return Readable(inputs, rejected, scope)


def print_exported(exported, scope) -> None:
    """Print the rows and files written, on standard output, and notes for the reader, on standard error."""
    if scope.subject and not any(exported.row_counts.get(name) for name in ("statements", "events")):
        print_error(f"nothing was found on {scope.subject}, so these tables are empty")
    for sentence in exported.notes:
        print_error(sentence)
    for name, count in exported.row_counts.items():
        typer.echo(f"{name}: {counted(count, 'row')}")
    for path in exported.paths:
        typer.echo(printable(path))
