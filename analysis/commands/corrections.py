"""List an analyst's corrections, or take one back."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import Seeds, Store, read_tables
from analysis.console import printable, say_rejected
from analysis.phrasing import counted


def corrections(
    undo: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Take back the correction that the list names so, such as 3-1f0c; the one before it counts "
            "again.",
        ),
    ] = "",
    seeds: Seeds = Path("seeds"),
    store: Store = ".faultline",
) -> None:
    """List the corrections (what, by whom, when, why, and whether each still applies), or take one back.

    Exit code 2 if a correction no longer applies.
    """
    from analysis.ingest.corrections_file import (
        article_id_of,
        correction_name,
        load_corrections,
        named_correction,
        remove_correction,
    )
    from analysis.schemas import LAPSED
    from analysis.views.corrections import correction_words, shown_correction

    standings = []
    saved = load_corrections(seeds)
    if undo:
        row = named_correction(saved, undo)
        remove_correction(seeds, row)
        words = correction_words(row, f"article {article_id_of(row['id'])}")
        typer.echo(printable(f"taken back: {words}"))
        return
    tables, _ = read_tables(seeds, store)
    say_rejected(tables.unread, seeds)
    missing = saved[~saved["line"].isin(tables.corrections["line"])]  # their article is gone
    rows = [*tables.corrections.itertuples(), *missing.itertuples()]
    names = {row["line"]: correction_name(row) for row in saved.to_dict("records")}
    for row in sorted(rows, key=lambda row: row.line):
        article = tables.article_rows.get(article_id_of(row.id))
        shown = shown_correction(row, article)
        where = "a missing article" if article is None else article.path
        typer.echo(printable(f"{names[row.line]}: {correction_words(row._asdict(), where)}"))
        typer.echo(printable(f"    still applies: {shown['fits']}"))
        standings.append(shown["standing"])
    typer.echo(printable(f"{seeds}: {counted(len(standings), 'correction')}"))
    if LAPSED in standings:
        raise typer.Exit(2)
