"""The command line: the names of the commands, the version, and how a command ends.

A person's mistake ends in one sentence on standard error and exit code 2, a bug of ours in one sentence and
exit code 1; `--debug` shows where either was noticed. What a command does is in `analysis.commands`.
"""

import logging
import os
import sys
import traceback
from typing import Annotated

import typer

from analysis.commands.articles import CommandWithEndings, add, check
from analysis.commands.briefings import brief
from analysis.commands.corrections import corrections
from analysis.commands.export import export
from analysis.commands.memory import RAN_OUT, memory_ran_out
from analysis.commands.notebooks import dashboard, lab
from analysis.commands.options import DEBUG, IS_DEBUGGING
from analysis.commands.reading import annotate, store
from analysis.commands.search import search
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
app.command(cls=CommandWithEndings)(add)
for command in (search, annotate, export, store, check, corrections, lab, dashboard):
    app.command()(command)


def main() -> None:
    """Entry point of the `faultline` command."""
    occupy_closed_streams()
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addHandler(WarningSentences())
    arguments = with_debug_first(sys.argv[1:])
    try:
        app(arguments)
    except BrokenPipeError:  # the program that reads our output has stopped, as `head` does
        sys.stdout = None
        sys.exit(141)
    except Exception as error:
        if arguments[:1] == [DEBUG]:
            traceback.print_exc()
        code = 2
        if memory_ran_out(error):
            sentence = RAN_OUT
        elif isinstance(error, OSError):  # the commands explain their own: this one is of what they print
            sentence = error_sentence(error, "standard output")
        else:  # a bug of ours, which a person cannot do anything about
            bug = f"{type(error).__name__}: {error}"
            sentence = f"this is a bug ({bug}): run the command again with {DEBUG}, and report it"
            code = 1
        print_error(sentence)
        sys.exit(code)


class WarningSentences(logging.Handler):
    """Prints the sentence of a warning, without the place in the code that Python puts before it."""

    def emit(self, record: logging.LogRecord) -> None:
        print_error(record.getMessage().partition("Warning: ")[2].partition("\n")[0])


def occupy_closed_streams() -> None:
    """Let no file that we open take the number of a closed stream, as what a library prints would go there.

    Messages have a stream, too, so that a mistake still ends with exit code 2.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        continue
    os.close(handle)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as we run


def with_debug_first(arguments: list[str]) -> list[str]:
    """Arguments with `--debug` before the command, where it belongs, wherever a person has put it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    if DEBUG not in arguments[:end]:
        return arguments
    place = arguments.index(DEBUG)
    return [DEBUG, *arguments[:place], *arguments[place + 1 :]]


if __name__ == "__main__":
    main()
