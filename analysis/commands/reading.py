"""Read records line by line, and show or delete the stored results of articles already read."""

import sys
from typing import Annotated

import typer

from analysis.commands.options import Scheduler, pool_of
from analysis.console import print_error, print_table, printable, progress, readable_size
from analysis.phrasing import counted


def annotate(
    file: Annotated[
        str,
        typer.Argument(
            help="JSON Lines with id and text: a file, a pipe, an address that fsspec knows, or, without it "
            "or with -, standard input."
        ),
    ] = "",
    scheduler: Scheduler = "",
) -> None:
    """Read JSON Lines, write JSON Lines: quotes, events, topics, stances and more of each record.

    A record that cannot be read gets a row with an error, and all others are read; the exit code stays 0.
    """
    from analysis.nlp.parse.model import installed_model
    from analysis.nlp.parse.reader import load_reader
    from analysis.pipeline.annotate import annotated_stream, bounded_lines, open_lines

    installed_model()
    load_reader()
    is_given = file not in ("", "-")
    if not is_given and sys.stdin is None:
        raise ValueError("standard input is closed, expected JSON Lines: name their file after annotate")
    if sys.stdout is None:
        raise ValueError(
            "standard output is closed, expected a place for the results: add `> FILE` for a file"
        )
    source = open_lines(file) if is_given else sys.stdin.buffer
    errors = 0
    with source, pool_of(scheduler) as pool, progress("Records") as advance:
        for line in annotated_stream(bounded_lines(source), pool=pool):
            sys.stdout.write(line.text + "\n")
            errors += line.is_error
            advance(1)
        sys.stdout.flush()
    if errors:
        print_error(f"{counted(errors, 'record')} could not be read: see the field `error` of each")


def store(
    folder: Annotated[str, typer.Argument(help="Folder or address of the store.")] = ".faultline",
    clear: Annotated[bool, typer.Option("--clear", help="Delete everything in the store.")] = False,
    clear_stale: Annotated[
        bool, typer.Option("--clear-stale", help="Delete results from other versions of Faultline.")
    ] = False,
) -> None:
    """Show the stored results of articles already read, by version, or delete them."""
    from analysis.pipeline.store import clear as clear_store
    from analysis.pipeline.store import reading_version, usage
    from analysis.search.index_file import index_files, remove_indexes

    current = [reading_version()]
    if clear or clear_stale:
        freed = clear_store(folder, () if clear else current)
        freed += remove_indexes(folder) if clear else 0
        typer.echo(f"{printable(folder)}: {readable_size(freed)} deleted")
    usages, indexes = usage(folder), index_files(folder)
    if usages:
        columns = ("version", "state", "articles", "files", "size")
        rows = (
            (
                usage.version,
                "current" if usage.version in current else "stale",
                f"{usage.article_count:,}",
                f"{usage.file_count:,}",
                readable_size(usage.bytes),
            )
            for usage in usages
        )
        print_table(columns, rows)
    size, total = sum(path.stat().st_size for path in indexes), sum(one.bytes for one in usages)
    if indexes:
        typer.echo(f"{counted(len(indexes), 'index file')} for searches: {readable_size(size)}")
    typer.echo(f"{printable(folder)}: {readable_size(total + size)} in the store")
