"""Add articles to a folder, list what is in it, and list or take back an analyst's corrections."""

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from analysis.commands.options import Seeds, Store, check_apart, load_articles, read_tables
from analysis.console import (
    error_sentence,
    print_added,
    print_articles,
    print_error,
    print_rejected,
    print_reprints,
    print_table,
    printable,
    say_rejected,
)
from analysis.phrasing import counted, counted_or_no


class CommandWithEndings(TyperCommand):
    """A command whose help lists the files that can be read; the formats are looked up only for this."""

    def format_help(self, ctx, formatter) -> None:
        from analysis.ingest.file_formats import accepted_endings

        self.epilog = f"Files may end in {accepted_endings()}."
        super().format_help(ctx, formatter)


def add(
    sources: Annotated[
        list[str],
        typer.Argument(help="Files, folders, addresses of pages and feeds, or lists of feeds."),
    ],
    title: Annotated[str, typer.Option(help="Title of the article.")] = "",
    date: Annotated[str, typer.Option(help="Date of publication, such as 2024-04-20.")] = "",
    outlet: Annotated[str, typer.Option(help="Newspaper, agency or site that published it.")] = "",
    author: Annotated[str, typer.Option(help="Author of the article.")] = "",
    url: Annotated[
        str, typer.Option(help="Web address where it was published, if you add it from a file.")
    ] = "",
    note: Annotated[str, typer.Option(help="How you know this, and what to be careful about.")] = "",
    columns: Annotated[
        str, typer.Option("--map", help="Columns of a table, such as text=Body,title=Headline.")
    ] = "",
    day_first: Annotated[
        bool | None,
        typer.Option("--day-first/--month-first", help="Order of day and month in 03/04/2024 in a table."),
    ] = None,
    split: Annotated[bool, typer.Option("--split", help="Make an article of each chapter.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Read a file again that was added before, in its place.")
    ] = False,
    seeds: Seeds = Path("seeds"),
) -> None:
    """Copy articles to seeds/, and write what you know about them to metadata.csv there.

    Exit code 2 if anything was rejected; everything else is added all the same.
    """
    metadata = {
        "title": title,
        "published_date": date,
        "outlet": outlet,
        "author": author,
        "url": url,
        "note": note,
    }
    from analysis.ingest.add_sources import add_source, listed_feeds
    from analysis.ingest.additions import UnsureTable
    from analysis.ingest.addresses import plain_address
    from analysis.ingest.corpus import translation_name
    from analysis.ingest.dates import DAY_FIRST, MONTH_FIRST
    from analysis.ingest.draft import Choices
    from analysis.ingest.own_tables import checked_metadata

    options = {"published_date": "--date"} | {name: f"--{name}" for name in metadata if "_" not in name}
    metadata = checked_metadata(metadata, names=options)
    originals = {one for one in sources if translation_name(one) in sources}  # are added with these
    sources = [one for one in sources if one not in originals]
    column_map = parse_column_map(columns)
    order = "" if day_first is None else DAY_FIRST if day_first else MONTH_FIRST
    wanted: list[tuple[str, dict[str, str], bool]] = []  # source, metadata, and if it is a listed feed
    for source in sources:
        feeds = listed_feeds(Path(source))
        if feeds:
            check_apart(Path(source), seeds)
        of_feeds = [(address, {**metadata, "outlet": own or outlet}, True) for address, own in feeds]
        wanted += of_feeds or [(source, metadata, False)]
    failures, is_new = 0, not seeds.exists()
    for source, cells, is_feed in wanted:
        choices = Choices() if is_feed else Choices(column_map, order, split)
        try:
            added = add_source(source, seeds, cells, choices, is_feed=is_feed, replace=replace)
        except (OSError, ValueError) as error:  # the other sources are still added
            sentence, name = error_sentence(error), plain_address(source)
            is_named = Path(source).name in sentence  # not where another file is at fault
            print_error(sentence if is_named else f"{name} was not added: {sentence}")
            if isinstance(error, UnsureTable):
                header, *rows = error.columns.rows
                print_table(header, rows, is_error=True)
            failures += 1
        else:
            print_added(added)
            failures += len(added.rejected) > 0
    if is_new and seeds.exists():
        print_error(f"{seeds} did not exist and was made")
    if failures:
        raise typer.Exit(2)


def parse_column_map(text: str) -> dict[str, str]:
    """Field to column, from `text=Body,title=Headline`."""
    from analysis.ingest.draft import FIELDS

    columns = {}
    for pair in filter(None, text.split(",")):
        field, _, column = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not column:
            expected = f"expected FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}"
            raise ValueError(f"--map: found {pair.strip()!r}, {expected}")
        columns[field] = column
    return columns


def check(seeds: Seeds = Path("seeds")) -> None:
    """List the articles, and what was rejected and why; exit code 2 if anything was rejected."""
    from analysis.ingest.corrections_file import load_corrections

    articles, rejected = load_articles(seeds)
    corrections = load_corrections(seeds)
    typer.echo(f"{seeds}: {counted_or_no(len(articles), 'article')}, {len(rejected)} rejected")
    print_articles(articles)
    print_reprints(articles)
    if len(corrections):
        typer.echo(f"{counted(len(corrections), 'correction')}: `faultline corrections` lists them")
    print_rejected(rejected)
    if len(rejected):
        raise typer.Exit(2)


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
    from analysis.tables.rows import rows_of
    from analysis.views.corrections import correction_words, shown_correction

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
    rows = sorted([*rows_of(tables.corrections), *rows_of(missing)], key=lambda row: row.line)
    names = {row["line"]: correction_name(row) for row in saved.to_dict("records")}
    has_lapsed = False
    for row in rows:
        article = tables.article_rows.get(article_id_of(row.id))
        where = "a missing article" if article is None else article.path
        typer.echo(printable(f"{names[row.line]}: {correction_words(row._asdict(), where)}"))
        shown = shown_correction(row, article)
        typer.echo(printable(f"    still applies: {shown['fits']}"))
        has_lapsed |= shown["standing"] == LAPSED
    typer.echo(printable(f"{seeds}: {counted(len(rows), 'correction')}"))
    if has_lapsed:
        raise typer.Exit(2)
