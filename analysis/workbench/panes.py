"""What explorers and forms have in common: panes, fields, and callbacks that do not call each other.

In JupyterLab a callback runs beside the kernel's main thread and has no cell to display in. So each pane is
given its content, and an exception in a callback is shown in the pane that it belongs to.
"""

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import ipywidgets

from analysis.views.render import View, view

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def show(pane: ipywidgets.Output, content: View | None) -> None:
    """Replace what a pane shows; None empties it."""
    pane.outputs = ()
    if content is not None:
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


class Panel(ipywidgets.VBox):
    """A box of widgets that react to each other: what a callback changes itself calls no other callback."""

    is_acting = False

    def reacting(
        self,
        act: Callable[[], None],
        pane: ipywidgets.Output,
        shown: Callable[[ipywidgets.Output], AbstractContextManager] = shown_errors,
    ) -> Callable[[object], None]:
        """Make a callback.

        Args:
            act: what it does.
            pane: where an exception is shown.
            shown: how it is shown there.
        """

        def callback(_: object = None) -> None:
            if self.is_acting:
                return
            self.is_acting = True
            try:
                with shown(pane):
                    act()
            finally:
                self.is_acting = False

        return callback


RUN_AGAIN = "To update every table here, choose Run, then Run All Cells; do the same in the other notebooks."
WIDE = {"width": "38rem"}
STYLE = {"description_width": "7rem"}


def text_field(label: str, hint: str, value: str = "") -> ipywidgets.Text:
    """A field for any text."""
    return ipywidgets.Text(value=value, description=label, placeholder=hint, style=STYLE, layout=WIDE)


def name_field(label: str, names: Iterable[str], hint: str = "") -> ipywidgets.Combobox:
    """A field for any name, which offers those that are known."""
    return ipywidgets.Combobox(
        options=sorted(names), placeholder=hint, description=label, style=STYLE, layout=WIDE
    )


def dropdown(label: str, options: Sequence[object]) -> ipywidgets.Dropdown:
    """A list to choose from, of which nothing is chosen yet."""
    return ipywidgets.Dropdown(options=options, value=None, description=label, style=STYLE, layout=WIDE)


def checkbox(label: str) -> ipywidgets.Checkbox:
    return ipywidgets.Checkbox(description=label, indent=False, layout=WIDE)
