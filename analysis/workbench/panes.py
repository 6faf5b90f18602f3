"""What a pane of a notebook shows: a view, a chart, one sentence about a mistake, or a traceback.

In JupyterLab a callback runs beside the kernel's main thread and has no cell to display in. So each pane is
given its content, and an exception in a callback is shown in the pane that it belongs to.
"""

import re
import traceback
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import ipywidgets
from IPython.display import display

from analysis.charts.base import Chart
from analysis.phrasing import counted
from analysis.views.render import View, view

PNG = "image/png"
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def show(pane: ipywidgets.Output, content: View | Chart | None) -> None:
    """Replace what a pane shows; None empties it."""
    if content is None:
        pane.outputs = ()
    elif isinstance(content, Chart):
        data, metadata = content._repr_mimebundle_()
        data = {kind: b64encode(one).decode() if kind == PNG else one for kind, one in data.items()}
        pane.outputs = ({"output_type": "display_data", "data": data, "metadata": metadata},)
    else:
        data = content._repr_mimebundle_()
        pane.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)


@contextmanager
def shown_errors(pane: ipywidgets.Output) -> Iterator[None]:
    """Show an exception in the pane; a run of the notebook finds it there and fails."""
    try:
        yield
    except Exception as error:
        lines = ["This could not be shown because of a bug in Faultline. Please report it:\n"]
        lines += traceback.format_exception(error)
        pane.outputs = (
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": ANSI.sub("", str(error)),
                "traceback": [ANSI.sub("", line.rstrip("\n")) for line in lines],
            },
        )


@contextmanager
def shown_mistakes(pane: ipywidgets.Output) -> Iterator[None]:
    """Show a mistake in a person's input in one sentence, and any other exception with its traceback."""
    with shown_errors(pane):
        try:
            yield
        except (OSError, ValueError) as error:
            is_by_system = isinstance(error, OSError) and error.errno is not None
            reason = f"{error.filename}: {error.strerror}" if is_by_system else str(error)
            show(pane, message("That did not work.", reason))


def message(head: str, *lines: str) -> View:
    """A few words in bold, then sentences."""
    return view("workbench/form_message", head=head, lines=lines)


def reading_counter(display: Callable[[ipywidgets.Widget], object] = display) -> Callable[[int], None]:
    """Display how many articles were read so far.

    Args:
        display: shows a widget, as `IPython.display.display` does.

    Returns:
        A function that adds a number of articles.
    """
    read, label = 0, ipywidgets.Label("No article read yet")
    display(label)

    def add(done: int) -> None:
        nonlocal read
        read += done
        label.value = f"{counted(read, 'article')} read"

    return add
