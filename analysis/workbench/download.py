"""A button that offers what an explorer shows as an Excel file; nothing is written on the server's side.

The file is a link inside the page, so it works in JupyterLab and on the dashboard alike, and goes with the
page. It is made when the button is pressed, and withdrawn when the choice changes.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import ipywidgets
from pandas import DataFrame

from analysis.export.workbook import write_workbook
from analysis.phrasing import counted
from analysis.readable.frame import readable_part
from analysis.readable.tables import newest_first, readable_events, readable_statements, readable_topics
from analysis.views.render import view
from analysis.workbench.exploration import FILTER_NAMES, Exploration, filter_words
from analysis.workbench.panes import show, shown_mistakes
from analysis.workbench.selection import label_of, set_filters

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READABLE: Final = {
    "topics": ("topics", readable_topics),
    "quotes": ("statements", readable_statements),
    "events": ("events", readable_events),
}
"""Name and maker of the readable table that each explorer shows rows of."""


class DownloadButton(ipywidgets.HBox):
    """A button, and beside it the link to the file that it made.

    Args:
        shown: gives what the explorer shows when the button is pressed.
    """

    def __init__(self, shown: Callable[[], Exploration]) -> None:
        self.shown = shown
        self.button = ipywidgets.Button(
            description="Make an Excel file", icon="table", layout={"width": "10.5rem"}
        )
        self.link, self.pane = ipywidgets.HTML(), ipywidgets.Output()
        super().__init__([self.button, self.link, self.pane])
        self.add_class("faultline-download")
        self.button.on_click(self.on_click)

    def on_click(self, _: object = None) -> None:
        """Make the file and show its link."""
        self.withdraw()
        with shown_mistakes(self.pane):
            self.link.value = link_html(self.shown())

    def withdraw(self) -> None:
        """Take the link away: it is no longer what is shown."""
        self.link.value = ""
        show(self.pane, None)


def link_html(exploration: Exploration) -> str:
    """Make a link that contains the file: the rows behind the chosen bars, and the bars themselves."""
    findings, choice = exploration.findings, exploration.choice
    name, readable = READABLE[findings.subject]
    chosen = [
        f"{FILTER_NAMES[name]} {filter_words(findings, name, value)}." for name, value in set_filters(choice)
    ]
    if choice.bars:
        chosen.append(f"Bars: {'; '.join(label_of(findings, exploration.by, key) for key in choice.bars)}.")
    rows = findings.table.iloc[exploration.numbers].reset_index(drop=True)
    bars = exploration.bars.drop(columns="key")
    tables: dict[str, DataFrame] = {
        name: newest_first(readable_part(readable(findings.tables, rows))),
        "bars": bars.rename(columns={"label": exploration.by, "count": exploration.unit}),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tables.xlsx"
        write_workbook(tables, path, about=chosen or ["Nothing is filtered."])
        data = b64encode(path.read_bytes()).decode("ascii")
    return view(
        "workbench/download",
        data=data,
        media_type=MEDIA_TYPE,
        name=f"faultline-{name}.xlsx",
        rows=counted(len(rows), "row"),
    ).html
