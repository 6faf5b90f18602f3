"""The command line: the names of the commands, the version, and how a command ends.

A person's mistake ends in one sentence on standard error and exit code 2, a bug of ours in one sentence and
exit code 1; `--debug` shows where either was noticed. What a command does is in `analysis.commands`.
"""

import logging
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from analysis.commands.articles import add, annotate, check, corrections, search, store
from analysis.commands.results import brief, dashboard, export, lab
from analysis.commands.shared import RAN_OUT, error_sentence, memory_ran_out, print_error, usage_sentence

STANDARD_ERROR = 2  # the last of the three streams
DEBUG = "--debug"


class OneSentence(TyperGroup):
    """Commands that end with one sentence on a mistake, on a bug, or where memory ran out."""

    def main(self, args: Sequence[str] | None = None, **settings: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        is_debugging = DEBUG in words[: words.index("--") if "--" in words else None]  # wherever it is put
        if is_debugging:
            words.remove(DEBUG)
        own = {**settings, "prog_name": "faultline", "standalone_mode": False}
        try:
            sys.exit(super().main(words or ["--help"], **own))
        except Exception as error:
            if is_debugging:
                traceback.print_exc()
            if hasattr(error, "format_message"):  # of Typer: the words of the command are wrong
                print_error(usage_sentence(error))
                sys.exit(2)
            is_short = memory_ran_out(error)
            if is_short or isinstance(error, OSError | ValueError):  # of which a person can do something
                print_error(RAN_OUT if is_short else error_sentence(error))
                sys.exit(2)
            bug = f"this is a bug ({type(error).__name__}: {error})"
            print_error(f"{bug}: run the command again with {DEBUG}, and report it")
            sys.exit(1)


app = typer.Typer(
    name="faultline",
    cls=OneSentence,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def show_version(is_requested: bool) -> None:
    if is_requested:
        from importlib.metadata import version

        typer.echo(f"Faultline {version('faultline')}")
        raise typer.Exit


@app.callback()
def common(
    _: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
    __: Annotated[
        bool, typer.Option(DEBUG, help="On an error, also show where in the program it was noticed.")
    ] = False,
) -> None:
    """Reads news about geopolitics: topics, who said what, who did what to whom, and is tension rising."""


for command in (brief, add, search, annotate, export, store, check, corrections, lab, dashboard):
    app.command()(command)


class WarningSentences(logging.Handler):
    """Prints the sentence of a warning, without the place in the code that Python puts before it."""

    def emit(self, record: logging.LogRecord) -> None:
        print_error(record.getMessage().partition("Warning: ")[2].partition("\n")[0])


def main() -> None:
    """Entry point of the `faultline` command."""
    # No file that we open takes the number of a closed stream, as what a library prints would go there; and
    # messages have a stream, so that a mistake still ends with exit code 2.
    while (handle := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        continue
    os.close(handle)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as we run
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addHandler(WarningSentences())
    app()


if __name__ == "__main__":
    main()
