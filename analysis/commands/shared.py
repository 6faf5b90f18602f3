"""What the commands share: their options, the desk or folder asked for and its tables, and what they print.

Text from files and articles is stripped of control characters, so that none can take over a terminal.
"""

import errno
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from analysis.phrasing import WrongArgument, counted_or_no, error_in_words

if TYPE_CHECKING:  # each takes long to load
    from pandas import DataFrame

    from analysis.ingest.additions import AddedSource
    from analysis.pipeline.analyse import Tables
    from analysis.pipeline.desk import Desk
    from analysis.pipeline.filters import Scope

MAX_PRINTED = 50  # rows of one list
WIDE = 10_000  # characters: a row of a table is one line for programs, which search for whole names


def named_path(text: str | Path) -> Path:
    """A path that has a name: an empty one, as of a variable that is not set, would be the folder one is in.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not str(text):
        raise typer.BadParameter("'', expected a path")
    return Path(text)


def whole_number(most: int) -> dict[str, Any]:
    """Settings of an option that takes a whole number from 1 on."""

    def checked(typed: object) -> int:
        text = str(typed)
        if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
            raise typer.BadParameter(f"{text!r}, expected a whole number from 1 to {most:,}")
        return int(text)

    return {"parser": checked, "metavar": "NUMBER"}


NAMED_PATH: Final = {"parser": named_path, "metavar": "PATH"}
SEEDS: Final = Path("seeds")
Seeds = Annotated[Path, typer.Option(help="The folder of articles.", **NAMED_PATH)]
DeskName = Annotated[
    str,
    typer.Option(
        "--desk",
        metavar="NAME",
        help="A desk, which keeps countries, period and more: a folder with a desk.toml, by its path or by "
        "its name in desks/.",
    ),
]
Store = Annotated[str, typer.Option(help="Folder or address of the store of articles already read.")]
Since = Annotated[str, typer.Option(help="Only articles from this day on, such as 2024-04-01.")]
Until = Annotated[str, typer.Option(help="Only articles up to this day, such as 2024-04-30.")]
Pair = Annotated[
    list[str] | None,
    typer.Option(
        help="Only events between two countries, such as US-China or USA-CHN; several with commas, or "
        "repeated."
    ),
]
Country = Annotated[
    list[str] | None,
    typer.Option(
        help="Only events, statements and topics that involve a country, such as China or CHN; several with "
        "commas, or repeated."
    ),
]
Notebooks = Annotated[Path, typer.Option(help="The folder of notebooks.", **NAMED_PATH)]
Scheduler = Annotated[
    str,
    typer.Option(
        help="Address of a Dask scheduler whose workers read the articles, such as tcp://HOST:8786; see "
        "docs/scaling.md."
    ),
]


RAN_OUT: Final = (
    "memory ran out, and nothing was finished: read fewer articles at once, such as a folder of articles for "
    "each month"
)
WORDS: Final = (  # of errors that have no type of their own
    "failed to map segment from shared object",  # the system's loader, of a library
    "cannot allocate memory",
    "can't start new thread",  # Python: a thread needs a stack
    "failed to launch worker thread",  # Arrow
    "unable to allocate",  # NumPy
)


def memory_ran_out(error: Exception) -> bool:
    """Whether an error means that there was no memory left."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in WORDS)


def asked_desk(name: str, seeds: Path, *, pair: Pair = None, country: Country = None, **days: str) -> "Desk":
    """The desk of that name, or that of a folder of articles, with what was asked for in place of its own.

    Args:
        name: of the desk; "": the folder of articles is asked for.
        seeds: the folder of articles.
        pair: each as typed.
        country: each as typed.
        days: `since` and `until`, as typed.

    Raises:
        ValueError: the desk is not what it should be, both it and a folder are named, or a day, a country or
            a pair is wrong.
    """
    from analysis.pipeline.desk import DESK_FILE, desk_of, load_desk
    from analysis.pipeline.filters import scope_of

    scope = scope_of(pair=",".join(pair or ()), country=",".join(country or ()), **days)
    if not name:
        if (seeds / DESK_FILE).exists():
            print_error(f"{seeds / DESK_FILE} is not used: to use it, give --desk {seeds}")
        return replace(desk_of(seeds), scope=scope)
    if seeds != SEEDS:
        raise ValueError("--desk has a folder of articles of its own: leave out either it or --seeds")
    desk = load_desk(name)
    kept = replace(desk.scope, country="", pair="") if scope.subject else desk.scope
    return replace(desk, scope=replace(kept, **{key: one for key, one in asdict(scope).items() if one}))


def pool_of(scheduler: str):
    """A context with the workers of a Dask scheduler; without one None, which stands for this machine.

    Raises:
        ConnectionError, ValueError: as in `analysis.pipeline.dask_workers.pool_on`.
    """
    if not scheduler:
        return nullcontext()
    from analysis.pipeline.dask_workers import pool_on  # loads Dask, which others need not wait for

    return pool_on(scheduler)


def check_apart(path: Path, seeds: Path) -> None:
    """Raise ValueError if what is written there would be read as an article, or take the place of one."""
    if path.resolve().is_relative_to(seeds.resolve()):
        raise ValueError(f"{path} is in the folder of articles, {seeds}: expected another place")


def read_tables(
    seeds: Path, store: str, *, scope: "Scope | None" = None, bar: str = "Articles"
) -> "tuple[Tables, DataFrame]":
    """Every table of a folder, as read and corrected, with a progress bar; and what was rejected.

    Args:
        seeds: the folder of articles.
        store: folder or address of the store; "" keeps nothing.
        scope: of which days and outlets; None: all.
        bar: name of the progress bar.

    Raises:
        ValueError: there is no article, or the corrections are broken.
    """
    from analysis.pipeline.analyse import analyse, with_unread
    from analysis.pipeline.filters import load_articles

    articles, rejected = load_articles(seeds, scope)
    with progress(bar, total=len(articles)) as advance:
        tables = analyse(articles, seeds=seeds, store=store or None, progress=advance)
    return tables, with_unread(rejected, tables.unread)


def printable(text: object) -> str:
    """Text with its control characters replaced."""
    return "".join(character if character.isprintable() else "?" for character in str(text))


def print_error(message: object) -> None:
    """A message of ours, on standard error."""
    typer.echo(f"faultline: {printable(message)}", err=True)


def error_sentence(error: Exception) -> str:
    """An error as one sentence, which names options as they are typed."""
    return error.with_options if isinstance(error, WrongArgument) else error_in_words(error)


def usage_sentence(error: Any) -> str:
    """An error of Typer as one sentence, which says where the right words are.

    Args:
        error: with the command in which it was found, if any.
    """
    said = re.sub(r"^Invalid value for '(.+?)(?: / .+)?': ", r"\1 is ", error.format_message().rstrip("."))
    command = error.ctx.command_path if error.ctx else "faultline"
    start = said[:1] if said[1:2].isupper() else said[:1].lower()  # "PATH is ..."
    return f"{start}{said[1:]}: `{command} --help` shows how it is used"


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
    for row in found[:MAX_PRINTED]:
        table.add_row(*(Text(printable(cell) if cell and isinstance(cell, str) else "-") for cell in row))
    console = Console(stderr=is_error)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)
    print_lines([], what, more=len(found) - MAX_PRINTED, is_error=is_error)


def print_lines(lines: Iterable[str], what: str, *, more: int = 0, is_error: bool = False) -> None:
    """The first lines of a list, and how many more of what there are."""
    found = list(lines)
    for line in found[:MAX_PRINTED]:
        typer.echo(printable(line), err=is_error)
    if (rest := max(more, len(found) - MAX_PRINTED)) > 0:
        typer.echo(f"... and {rest} more {what}", err=is_error)


def print_articles(articles: "DataFrame") -> None:
    """Path, title, date, outlet, first language and length of each article, and what of dates is known."""
    from rich.table import Column

    from analysis.ingest.dates import OPENING_DATE_MARK
    from analysis.tables.rows import rows_of
    from analysis.views.evidence import published_by

    days = articles["published_date"].dt.strftime("%Y-%m-%d").fillna("")
    found = list(zip(rows_of(articles), days, strict=True))
    rows = (
        (one.path, one.title, day, published_by(one) or None, f"{one.word_count:,}") for one, day in found
    )
    # Names are not cut, as records of one file differ at the end.
    print_table((Column("file", overflow="fold"), "title", "date", "outlet", "words"), rows, "articles")
    print_lines(
        (f"{one.path}: {one.note}" for one, _ in found if str(one.note).startswith(OPENING_DATE_MARK)),
        "dates read from the opening",
    )
    undated = [f"{one.path}: no date, so it appears in no chart over time" for one, day in found if not day]
    print_lines(undated, "articles without a date")
    if undated:
        typer.echo(
            "To date an article, add its file again with --replace and --date, or fill in its row in "
            "metadata.csv; to date a record, change its file."
        )


def print_added(added: "AddedSource") -> None:
    """What `faultline add` did with one source."""
    for table in added.columns:
        pairs = ", ".join(f"{field}={column}" for field, column in table.columns.items())
        typer.echo(printable(f"{table.path}: columns read as {pairs}"))
    rejected = f", {len(added.rejected)} rejected" if len(added.rejected) else ""
    count = counted_or_no(len(added.articles), "article" if len(added.articles) else "new article")
    typer.echo(printable(f"{added.path}: {count}{rejected}"))
    if len(added.rejected):
        print_table(("rejected", "reason"), added.rejected.to_numpy(), "rejected", is_error=True)


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
