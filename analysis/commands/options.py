"""What several commands share: options, how mistakes end, the articles of a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from analysis.console import error_sentence, print_error, print_rejected

Seeds = Annotated[Path, typer.Option(help="The folder of articles.")]
Notebooks = Annotated[Path, typer.Option(help="The folder of notebooks.")]
Scheduler = Annotated[
    str,
    typer.Option(
        help="Address of a Dask scheduler whose workers read the articles, such as tcp://HOST:8786; see "
        "docs/scaling.md."
    ),
]


@contextmanager
def exit_on_mistakes() -> Iterator[None]:
    """End the command with one sentence on a person's mistake; a bug of ours shows its traceback."""
    try:
        yield
    except BrokenPipeError:  # for `main`
        raise
    except (OSError, ValueError) as error:
        print_error(error_sentence(error))
        raise typer.Exit(2) from error


def load_articles(seeds: Path):
    """Articles and rejected files of a folder; if there are no articles, the reasons are printed.

    Raises:
        ValueError: there are no articles.
    """
    from analysis.ingest.corpus import load_corpus
    from analysis.ingest.readers import accepted_endings

    articles, rejected = load_corpus(seeds)
    if articles.empty:
        print_rejected(rejected)
        raise ValueError(f"{seeds} has no articles, expected files ending in {accepted_endings()}")
    return articles, rejected
