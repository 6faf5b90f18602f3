"""HTML that answers clicks and keys: parts that can be chosen with the mouse and from the keyboard.

ipywidgets has no list whose entries are marked sentences or bars, and nothing that scrolls an article to a
place. `anywidget` carries the one script that does both to JupyterLab and to Voila, without a network.
"""

from pathlib import Path
from typing import Final

import anywidget
from traitlets import Bool, List, Unicode

from analysis.views.render import View

SCRIPTS: Final = Path(__file__).parents[1] / "templates" / "workbench"


class LiveHtml(anywidget.AnyWidget):
    """A view whose elements with `role="option"` can be chosen; what is chosen is marked, not drawn again.

    An option has its key as `data-key`. An element of class `f-here` is scrolled to when the HTML changes.
    """

    _esm = SCRIPTS / "live_html.js"
    _css = SCRIPTS / "live_html.css"

    html = Unicode().tag(sync=True)
    chosen = List(Unicode()).tag(sync=True)  # keys of the chosen options
    is_multiple = Bool(False).tag(sync=True)  # several can be chosen, or none

    def __init__(self, **traits: object) -> None:
        super().__init__(**traits)
        self.add_class("f-live")

    def show(self, view: View, *, chosen: tuple[str, ...] = ()) -> None:
        """Replace the view, and what is chosen in it."""
        with self.hold_sync():
            self.html, self.chosen = view.html, list(chosen)

    def come_into_view(self) -> None:
        """Scroll the page as far as needed, until the place marked in the view is visible."""
        self.send({"do": "come into view"})
