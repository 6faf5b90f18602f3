"""List an analyst's corrections, take one back, and turn them into labels for the benchmarks."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.options import NAMED_PATH, Seeds, Store, check_apart, exit_on_mistakes, read_tables
from analysis.console import printable
from analysis.phrasing import counted


def corrections(
    undo: Annotated[
        int | None,
        typer.Option(min=2, help="Take back the correction on this line; the one before it counts again."),
    ] = None,
    seeds: Seeds = Path("seeds"),
    store: Store = ".faultline",
) -> None:
    """List the corrections (what, by whom, when, why, and whether each still applies), or take one back.

    Exit code 2 if a correction no longer applies.
    """
    with exit_on_mistakes():
        if undo:
            typer.echo(printable(taken_back(seeds, undo)))
            return
        standings = [listed(*pair) for pair in corrections_and_articles(seeds, store)]
    typer.echo(printable(f"{seeds}: {counted(len(standings), 'correction')}"))
    from analysis.schemas import LAPSED

    if LAPSED in standings:
        raise typer.Exit(2)


def corrections_and_articles(seeds: Path, store: str) -> Iterator[tuple]:
    """Each correction in the order of the file, with its article; None if the article is gone."""
    from analysis.ingest.corrections_file import article_id_of, load_corrections

    tables, saved = read_tables(seeds, store), load_corrections(seeds)
    missing = saved[~saved["line"].isin(tables.corrections["line"])]  # their article is gone
    rows = [*tables.corrections.itertuples(), *missing.itertuples()]
    for row in sorted(rows, key=lambda row: row.line):
        yield row, tables.article_rows.get(article_id_of(row.id))


def listed(row: object, article: object | None) -> str:
    """Print a correction and whether it still applies; returns its standing."""
    from analysis.views.corrections import correction_words, shown_correction

    shown = shown_correction(row, article)
    typer.echo(printable(f"line {row.line}: {correction_words(row._asdict(), where_of(article))}"))
    typer.echo(printable(f"    still applies: {shown['fits']}"))
    return shown["standing"]


def where_of(article: object | None) -> str:
    """The file of an article, as part of a sentence."""
    return "a missing article" if article is None else article.path


def taken_back(seeds: Path, line: int) -> str:
    """Take back the correction on a line, and say which it was.

    Raises:
        ValueError: there is none.
    """
    from analysis.ingest.corrections_file import (
        CORRECTIONS_FILE,
        article_id_of,
        load_corrections,
        remove_correction,
    )
    from analysis.views.corrections import correction_words

    rows = [row for row in load_corrections(seeds).to_dict("records") if row["line"] == line]
    if not rows:
        raise ValueError(
            f"{seeds / CORRECTIONS_FILE}:{line}: there is no correction on this line: "
            "`faultline corrections` lists them"
        )
    remove_correction(seeds, rows[0])
    place = f"article {article_id_of(rows[0]['id'])}"
    return f"taken back: {correction_words(rows[0], place)}"


def labels(
    out: Annotated[Path, typer.Argument(help="The file to write, in JSON Lines.", **NAMED_PATH)],
    text: Annotated[
        bool,
        typer.Option(
            "--text/--no-text",
            help="Include the text of each article, or only its id, offsets, and the names of actors and "
            "speakers.",
        ),
    ] = False,
    seeds: Seeds = Path("seeds"),
    store: Store = ".faultline",
) -> None:
    """Write labels for the benchmarks from the corrections: what is right in each corrected article."""
    with exit_on_mistakes():
        check_apart(out, seeds)
        tables = read_tables(seeds, store)
        from analysis.evaluation.correction_labels import labelled_articles, unused_count
        from analysis.ingest.whole_files import write_whole

        records = labelled_articles(tables, with_text=text)
        write_whole(out, "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records))
    sure = sum(
        label["weight"] != "opt" for one in records for label in (*one["events"], *one["attributions"])
    )
    typer.echo(
        printable(f"{out}: {counted(len(records), 'article')}, {counted(sure, 'label')} by an analyst")
    )
    unused = unused_count(tables.corrections)
    if unused:
        typer.echo(f"not used: {counted(unused, 'correction')} of dates, outlets, titles or topics")
