"""What the commands print: tables, messages and a progress bar.

Text from files and articles is stripped of control characters, so that none can take over a terminal.
"""

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from analysis.phrasing import WrongArgument, counted, counted_or_no

if TYPE_CHECKING:  # each takes long to load
    from pandas import DataFrame

    from analysis.ingest.additions import AddedSource

MOST_ROWS = 50  # of one list
WIDE = 10_000  # characters: a row of a table is one line for programs, which search for whole names
WAY_OUT = {  # of an error that may be of reading or of writing
    errno.ENOSPC: ": make room on the disk",
    errno.EDQUOT: ": make room on the disk",
    errno.EACCES: ": ask its owner for the right to use it",
    errno.EPERM: ": ask its owner for the right to use it",
    errno.EROFS: ": choose a place where files can be written",
    errno.ENAMETOOLONG: ": choose a shorter name",
}


def printable(text: object) -> str:
    """Text with its control characters replaced."""
    return "".join(character if character.isprintable() else "?" for character in str(text))


def print_error(message: object) -> None:
    """A message of ours, on standard error."""
    typer.echo(f"faultline: {printable(message)}", err=True)


def error_sentence(error: Exception) -> str:
    """An error as one sentence: our own message, or the file, the reason of the system, and a way out.

    Of a copy the target is named, since a full disk is not the fault of the original. What names no file is
    about standard output.
    """
    if isinstance(error, WrongArgument):
        return error.with_options
    if not isinstance(error, OSError) or error.errno is None:
        return str(error)
    place = error.filename2 or error.filename or "standard output"
    return f"{place}: {error.strerror}{WAY_OUT.get(error.errno, '')}"


def readable_size(count: int) -> str:
    """Bytes as "1.2 MB" or "34.5 kB"."""
    return f"{count / 1e6:,.1f} MB" if count >= 100_000 else f"{count / 1e3:,.1f} kB"


def print_table(
    columns: Iterable, rows: Iterable[Sequence[object]], what: str = "rows", *, is_error: bool = False
) -> None:
    """The first rows of a table, and how many more of what there are; cells without a value show a dash.

    Only a terminal gets lines that are as short as it is wide.
    """
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    found = list(rows)
    table = Table(*columns, box=SIMPLE)
    for row in found[:MOST_ROWS]:
        table.add_row(*(Text(printable(cell) if cell and isinstance(cell, str) else "-") for cell in row))
    console = Console(stderr=is_error)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    print_lines([], what, more=len(found) - MOST_ROWS, is_error=is_error)


def print_lines(lines: Iterable[str], what: str, *, more: int = 0, is_error: bool = False) -> None:
    """The first lines of a list, and how many more of what there are."""
    found = list(lines)
    for line in found[:MOST_ROWS]:
        typer.echo(printable(line), err=is_error)
    if (rest := max(more, len(found) - MOST_ROWS)) > 0:
        typer.echo(f"... and {rest} more {what}", err=is_error)


def print_articles(articles: "DataFrame") -> None:
    """Path, title, date, outlet, first language and length of each article, and what of dates is known."""
    from rich.table import Column

    from analysis.ingest.dates import OPENING_DATE_MARK, undated_reason
    from analysis.tables.rows import rows_of
    from analysis.views.evidence import published_by

    days = articles["published_date"].dt.strftime("%Y-%m-%d").fillna("")
    found = list(zip(rows_of(articles), days, strict=True))
    rows = (
        (one.path, one.title, day, published_by(one) or None, f"{one.word_count:,}") for one, day in found
    )
    file = Column("file", overflow="fold")  # records of one file differ at the end
    print_table((file, "title", "date", "outlet", "words"), rows, "articles")
    notes = ((one.path, one.note) for one, _ in found if str(one.note).startswith(OPENING_DATE_MARK))
    print_lines((f"{path}: {note}" for path, note in notes), "dates read from the opening")
    undated = [f"{one.path}: {undated_reason(one.text)}" for one, day in found if not day]
    print_lines(undated, "articles without a date")
    if undated:
        typer.echo(
            "To date an article, add its file again with --replace and --date, or fill in its row in "
            "metadata.csv; to date a record, change its file."
        )


def print_reprints(articles: "DataFrame") -> None:
    """The stories that several articles tell."""
    from analysis.indicators.deduplication import reprinted_stories
    from analysis.outlets import source_count

    if stories := reprinted_stories(articles):
        count = articles["story_id"].nunique()
        typer.echo(f"{len(articles)} articles tell {counted(count, 'story')}; reprints:")
        rows = (
            (
                str(len(story)),
                str(source_count(story["outlet"])),
                next(iter(story["title"].dropna()), "-"),
                ", ".join(story["path"].head(5)),
            )
            for story in stories
        )
        print_table(("articles", "outlets", "first title", "files"), rows, "reprinted stories")


def print_added(added: "AddedSource") -> None:
    """What `faultline add` did with one source."""
    for table in added.columns:
        pairs = ", ".join(f"{field}={column}" for field, column in table.columns.items())
        typer.echo(printable(f"{table.path}: columns read as {pairs}"))
    rejected = f", {len(added.rejected)} rejected" if len(added.rejected) else ""
    count = counted_or_no(len(added.articles), "article" if len(added.articles) else "new article")
    typer.echo(printable(f"{added.path}: {count}{rejected}"))
    if len(added.articles):
        print_articles(added.articles)
    if len(added.rejected):
        rows = zip(added.rejected["path"], added.rejected["reason"], strict=True)
        print_table(("rejected", "reason"), rows, "rejected", is_error=True)


def print_rejected(rejected: "DataFrame") -> None:
    """The files and records that were rejected, with the reasons, on standard error."""
    lines = (f"rejected: {row.path} {row.reason}" for row in rejected.itertuples())
    print_lines(lines, "rejected", is_error=True)


def say_rejected(rejected: "DataFrame", seeds: object) -> None:
    """Say in one line how many files and records were rejected, with the reason of the first."""
    if len(rejected):
        first = rejected.iloc[0]
        lists = f" ({len(rejected):,} in all: `faultline check --seeds {seeds}` lists them)"
        print_error(f"rejected: {first['path']} {first['reason']}{lists if len(rejected) > 1 else ''}")


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[..., None]]:
    """A progress bar on standard error, if that is a terminal.

    Gives the function that advances it, by a number and with the name of the step.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done=1, label=label: bar.update(task, advance=done, description=label)
