"""What several commands share: options, how mistakes end, the articles of a folder and their tables."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Final

import typer

from analysis.commands.memory import RAN_OUT, memory_ran_out
from analysis.console import error_sentence, print_error, print_rejected, progress


def named_path(text: str | Path) -> Path:
    """A path that has a name: an empty one, as of a variable that is not set, would be the folder one is in.

    Raises:
        typer.BadParameter: it is empty.
    """
    if not str(text):
        raise typer.BadParameter("it is empty, expected a path")
    return Path(text)


NAMED_PATH: Final = {"parser": named_path, "metavar": "PATH"}
Seeds = Annotated[Path, typer.Option(help="The folder of articles.", **NAMED_PATH)]
Store = Annotated[str, typer.Option(help="Folder or address of the store of articles already read.")]
Since = Annotated[str, typer.Option(help="Only articles from this day on, such as 2024-04-01.")]
Until = Annotated[str, typer.Option(help="Only articles up to this day, such as 2024-04-30.")]
Notebooks = Annotated[Path, typer.Option(help="The folder of notebooks.", **NAMED_PATH)]
Scheduler = Annotated[
    str,
    typer.Option(
        help="Address of a Dask scheduler whose workers read the articles, such as tcp://HOST:8786; see "
        "docs/scaling.md."
    ),
]

DEBUG = "--debug"
IS_DEBUGGING = ContextVar("is_debugging", default=False)  # set by the command line for each command


@contextmanager
def exit_on_mistakes() -> Iterator[None]:
    """End the command with one sentence on a mistake or on memory; with `--debug`, with a traceback too."""
    try:
        yield
    except BrokenPipeError:  # for `main`
        raise
    except Exception as error:
        ran_out = memory_ran_out(error)
        if not ran_out and not isinstance(error, OSError | ValueError):
            raise
        if IS_DEBUGGING.get():
            traceback.print_exc()
        print_error(RAN_OUT if ran_out else error_sentence(error))
        raise typer.Exit(2) from error


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
    from analysis.pipeline.former_names import name_countries_of

    articles, rejected = load_corpus(seeds)
    if articles.empty:
        print_rejected(rejected)
        raise ValueError(f"{seeds} has no articles, expected files ending in {accepted_endings()}")
    name_countries_of(articles)
    return articles, rejected


def read_tables(seeds: Path, store: str, *, bar: str = "Articles"):
    """Every table of a folder, as read and corrected, with a progress bar of this name.

    Raises:
        ValueError: there is no article, or the corrections are broken.
    """
    from analysis.ingest.corrections_file import load_corrections
    from analysis.pipeline.analyse import analyse

    articles, _ = load_articles(seeds)
    corrections = load_corrections(seeds)
    with progress(bar, total=len(articles)) as advance:
        tables = analyse(articles, corrections=corrections, store=store or None, progress=advance)
    print_rejected(tables.unread)
    return tables
