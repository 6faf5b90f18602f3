"""The command line: the names of the commands, the version, and how a command ends.

A person's mistake ends in one sentence on standard error and exit code 2, a bug of ours in one sentence and
exit code 1; `--debug` shows where either was noticed. What a command does is in `analysis.commands`.
"""

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from typing import Annotated

import typer

from analysis.commands.articles import CommandWithEndings, add, check
from analysis.commands.briefings import brief, compare
from analysis.commands.corrections import corrections
from analysis.commands.evaluation import validate
from analysis.commands.export import export
from analysis.commands.home_folder import home_folder
from analysis.commands.notebooks import dashboard, lab
from analysis.commands.options import DEBUG, IS_DEBUGGING
from analysis.commands.reading import annotate, store
from analysis.commands.search import search
from analysis.commands.watch import watch
from analysis.console import error_sentence, print_error

STANDARD_ERROR = 2  # the last of the three streams

app = typer.Typer(
    name="faultline",
    no_args_is_help=True,
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
    debug: Annotated[
        bool, typer.Option(DEBUG, help="On an error, also show where in the program it was noticed.")
    ] = False,
) -> None:
    """Reads news about geopolitics: topics, who said what, who did what to whom, and is tension rising."""
    IS_DEBUGGING.set(debug)


app.command()(brief)
app.command()(compare)
app.command(cls=CommandWithEndings)(add)
app.command()(watch)
app.command()(search)
app.command()(annotate)
app.command()(export)
app.command()(store)
app.command()(check)
app.command()(corrections)
app.command()(validate)
app.command()(lab)
app.command()(dashboard)


def main() -> None:
    """Entry point of the `faultline` command."""
    warnings.showwarning = show_warning
    occupy_closed_streams()
    arguments = with_debug_first(sys.argv[1:])
    try:
        with home_folder():
            app(arguments)
    except BrokenPipeError:  # the program that reads our output has stopped, as `head` does
        sys.stdout = None
        sys.exit(141)
    except OSError as error:  # the commands explain their own: this one is of what they print
        if arguments[:1] == [DEBUG]:
            traceback.print_exc()
        print_error(error_sentence(error, "standard output"))
        sys.exit(2)
    except Exception as error:  # a bug of ours, which a person cannot do anything about
        if arguments[:1] == [DEBUG]:
            traceback.print_exc()
        kind = type(error).__name__
        print_error(f"this is a bug ({kind}: {error}): run the command again with {DEBUG}, and report it")
        sys.exit(1)


def occupy_closed_streams() -> None:
    """Let no file that we open take the number of a closed stream, as what a library prints would go there.

    Messages have a stream, too, so that a mistake still ends with exit code 2.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        continue
    os.close(handle)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as we run


def with_debug_first(arguments: Sequence[str]) -> list[str]:
    """Arguments with `--debug` before the command, where it belongs, wherever a person has put it."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    if DEBUG not in options:
        return list(arguments)
    rest = list(arguments)
    rest.remove(DEBUG)
    return [DEBUG, *rest]


def show_warning(message: Warning, category: type[Warning], *where, show=warnings.showwarning) -> None:
    """A warning of ours as one sentence, others as Python shows them."""
    if category.__module__.startswith("analysis."):
        print_error(message)
    else:
        show(message, category, *where)


if __name__ == "__main__":
    main()
