"""What several commands share: options, memory that is short, the desk or folder asked for, its tables."""

import errno
import sys
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from analysis.console import print_error, print_rejected, progress


def named_path(text: str | Path) -> Path:
    """A path that has a name: an empty one, as of a variable that is not set, would be the folder one is in.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not str(text):
        raise typer.BadParameter("it is empty, expected a path")
    return Path(text)


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
    str,
    typer.Option(help="Only events between two countries, such as US-China or USA-CHN; several with commas."),
]
Country = Annotated[
    str,
    typer.Option(
        help="Only events, statements and topics that involve a country, such as China or CHN; several with "
        "commas."
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
LEAST_BYTES: Final = 4_000_000_000  # of addresses: with less, libraries have ended the program themselves


def memory_ran_out(error: Exception) -> bool:
    """Whether an error means that there was no memory left."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in WORDS)


def check_memory_limit() -> None:
    """Raise ValueError if a limit leaves less memory than a briefing with notebooks needs.

    Under such a limit, the libraries that talk to the kernels end the program with words of their own.
    """
    if sys.platform == "win32":
        return
    import resource  # Windows has none

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < LEAST_BYTES:
        raise ValueError(
            f"this shell allows a program {limit / 1e9:.1f} GB of memory (ulimit -v), expected at least "
            f"{LEAST_BYTES / 1e9:.0f} GB: run `ulimit -v unlimited` first, or give --front-only"
        )


def asked_desk(name: str, seeds: Path, **asked: str):
    """The desk of that name, or that of a folder of articles, with what was asked for in place of its own.

    Args:
        name: of the desk; "": the folder of articles is asked for.
        seeds: the folder of articles.
        asked: `since`, `until`, `pair` and `country`, as typed.

    Raises:
        ValueError: the desk is not what it should be, both it and a folder are named, or a day, a country or
            a pair is wrong.
    """
    from analysis.pipeline.desk import DESK_FILE, desk_of, load_desk
    from analysis.pipeline.filters import scope_of

    scope = scope_of(**asked)
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


def load_articles(seeds: Path):
    """Articles and rejected files of a folder; if there are no articles, the reasons are printed.

    Raises:
        ValueError: there are no articles.
    """
    from analysis.ingest.corpus import load_corpus
    from analysis.ingest.file_formats import accepted_endings
    from analysis.pipeline.analyse import name_countries_of

    articles, rejected = load_corpus(seeds)
    if articles.empty:
        print_rejected(rejected)
        raise ValueError(f"{seeds} has no articles, expected files ending in {accepted_endings()}")
    name_countries_of(articles)
    return articles, rejected


def read_tables(seeds: Path, store: str, *, scope=None, bar: str = "Articles"):
    """Every table of a folder, as read and corrected, with a progress bar; and what was rejected.

    Args:
        seeds: the folder of articles.
        store: folder or address of the store; "" keeps nothing.
        scope: of which days and outlets; None: all.
        bar: name of the progress bar.

    Raises:
        ValueError: there is no article, or the corrections are broken.
    """
    from analysis.ingest.corrections_file import load_corrections
    from analysis.pipeline.analyse import analyse, with_unread
    from analysis.pipeline.filters import articles_in_scope

    articles, rejected = load_articles(seeds)
    articles = articles_in_scope(articles, scope) if scope else articles
    corrections = load_corrections(seeds)
    with progress(bar, total=len(articles)) as advance:
        tables = analyse(articles, corrections=corrections, store=store or None, progress=advance)
    return tables, with_unread(rejected, tables.unread)
