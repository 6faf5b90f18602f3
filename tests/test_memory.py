"""Memory that is short ends a command with one sentence, whichever library noticed it first."""

import errno

import pytest
import typer
from pyarrow import ArrowException
from typer.testing import CliRunner

from analysis.cli import OneSentence
from analysis.commands.shared import RAN_OUT

SHORT = {
    "Python": MemoryError(),
    "a fork": OSError(errno.ENOMEM, "Cannot allocate memory"),
    "a library": ImportError("x.so: failed to map segment from shared object"),
    "a thread": RuntimeError("can't start new thread"),
    "Arrow": ArrowException(
        "Unknown error: Failed to launch worker thread: Resource temporarily unavailable"
    ),
}


@pytest.mark.parametrize("noticed_by", SHORT)
def test_memory_that_ran_out_is_named_as_the_cause(noticed_by):
    done = ended_by(SHORT[noticed_by])
    assert (done.exit_code, done.stderr) == (2, f"faultline: {RAN_OUT}\n")


@pytest.mark.parametrize("bug", [ImportError("no module named x"), RuntimeError("Set changed size")])
def test_another_error_of_the_same_type_is_not_taken_for_memory(bug):
    done = ended_by(bug)
    assert (done.exit_code, RAN_OUT in done.stderr) == (1, False)


def ended_by(error):
    """How a command ends that raises an error."""
    app = typer.Typer(cls=OneSentence)

    @app.command()
    def fail():
        raise error

    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["fail"])
