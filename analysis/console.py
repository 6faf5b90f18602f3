"""What the commands print: tables, messages and a progress bar.

Text from files and articles is stripped of control characters, so that none can take over a terminal.
"""

import errno
import time
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
SECONDS_BETWEEN_LINES = 10  # of progress, where there is no bar
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
        table.add_row(*(Text(printable(cell) if isinstance(cell, str) else "-") for cell in row))
    console = Console(stderr=is_error)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    print_more(len(found), what, is_error)


def print_lines(lines: Iterable[str], what: str, *, is_error: bool = False) -> None:
    """The first lines of a list, and how many more of what there are."""
    found = list(lines)
    for line in found[:MOST_ROWS]:
        typer.echo(printable(line), err=is_error)
    print_more(len(found), what, is_error)


def print_more(count: int, what: str, is_error: bool) -> None:
    if count > MOST_ROWS:
        typer.echo(f"... and {count - MOST_ROWS} more {what}", err=is_error)


def print_articles(articles: "DataFrame") -> None:
    """Path, title, date, outlet, first language and length of each article, and what of dates is known."""
    from rich.table import Column

    from analysis.ingest.dates import OPENING_DATE_MARK, undated_reason
    from analysis.views.evidence import published_by

    days = articles["published_date"].dt.strftime("%Y-%m-%d").fillna("")
    counts = articles["word_count"].map("{:,}".format)
    outlets = [published_by(row) or None for row in articles.itertuples()]
    rows = zip(articles["path"], articles["title"], days, outlets, counts, strict=True)
    file = Column("file", overflow="fold")  # records of one file differ at the end
    print_table((file, "title", "date", "outlet", "words"), rows, "articles")
    dated = articles[articles["note"].str.startswith(OPENING_DATE_MARK, na=False)]
    lines = (f"{row.path}: {row.note}" for row in dated.itertuples())
    print_lines(lines, "dates read from the opening")
    undated = articles[articles["published_date"].isna()]
    lines = (f"{row.path}: {undated_reason(row.text)}" for row in undated.itertuples())
    print_lines(lines, "articles without a date")
    if len(undated):
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
    """A progress bar on standard error, or where that is no terminal a line every ten seconds.

    Gives the function that advances it, by a number and with the name of the step.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if console.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task(label, total=total)
            yield lambda done=1, label=label: bar.update(task, advance=done, description=label)
        return
    count, said_at = 0, time.monotonic()

    def advance(done: int = 1, label: str = label) -> None:
        nonlocal count, said_at
        count += done
        if time.monotonic() - said_at >= SECONDS_BETWEEN_LINES:
            said_at = time.monotonic()
            print_error(f"{label}: {count:,}{f' of {total:,}' if total is not None else ''} done")

    yield advance
