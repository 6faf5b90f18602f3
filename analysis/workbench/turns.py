"""Callbacks that take turns: JupyterLab runs several at a time, so each waits for the one before it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock, get_ident

import ipywidgets

from analysis.workbench.panes import shown_errors


class Turns:
    """Whose turn it is among the callbacks of one explorer or form.

    Args:
        shown: how an exception is shown in a pane.
    """

    def __init__(self, shown: Callable[[ipywidgets.Output], AbstractContextManager] = shown_errors) -> None:
        self.shown = shown
        self.lock, self.acting = Lock(), 0

    def taking(self, act: Callable[[], None], pane: ipywidgets.Output) -> Callable[[object], None]:
        """A callback that waits for the one before it, and ignores changes made by itself.

        Args:
            act: what it does.
            pane: where an exception is shown.
        """

        def callback(_: object = None) -> None:
            if self.acting == get_ident():
                return
            with self.lock, self.shown(pane):
                self.acting = get_ident()
                try:
                    act()
                finally:
                    self.acting = 0

        return callback
