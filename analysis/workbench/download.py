"""A button that offers what an explorer shows as an Excel file; nothing is written on the server's side.

The file is a link inside the page, so it works in JupyterLab and on the dashboard alike, and goes with the
page. It is made when the button is pressed, and withdrawn when the choice changes.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Final

import ipywidgets
from pandas import DataFrame

from analysis.export.workbook import write_workbook
from analysis.ingest.scratch import scratch_folder
from analysis.phrasing import counted
from analysis.readable.frame import readable_part
from analysis.readable.tables import newest_first, readable_events, readable_statements, readable_topics
from analysis.views.render import view
from analysis.workbench.exploration import Exploration, filter_text
from analysis.workbench.panes import show, shown_mistakes
from analysis.workbench.selection import label_of, set_filters

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: Final = {"topics": "topics", "quotes": "statements", "events": "events"}
"""The readable table that each explorer shows rows of; the file has its name."""
MAKERS: Final = {"topics": readable_topics, "quotes": readable_statements, "events": readable_events}


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
    """A link that contains the file.

    Args:
        exploration: what an explorer shows.
    """
    tables = shown_tables(exploration)
    name = FILES[exploration.findings.subject]
    return view(
        "workbench/download",
        data=b64encode(workbook_bytes(tables, about_choice(exploration))).decode("ascii"),
        media_type=MEDIA_TYPE,
        name=f"faultline-{name}.xlsx",
        rows=counted(len(tables[name]), "row"),
    ).html


def shown_tables(exploration: Exploration) -> dict[str, DataFrame]:
    """The rows behind the chosen bars, newest first, and the bars themselves with their counts."""
    findings = exploration.findings
    rows = findings.table.iloc[exploration.numbers].reset_index(drop=True)
    readable = MAKERS[findings.subject](findings.tables, rows)
    bars = exploration.bars.drop(columns="key").rename(
        columns={"label": exploration.by, "count": exploration.unit}
    )
    return {FILES[findings.subject]: newest_first(readable_part(readable)), "bars": bars}


def about_choice(exploration: Exploration) -> list[str]:
    """What was chosen, in sentences."""
    findings, choice = exploration.findings, exploration.choice
    chosen = [f"{filter_text(findings, name, value)}." for name, value in set_filters(choice)]
    bars = [label_of(findings, exploration.by, key) for key in choice.bars]
    return [*chosen, *([f"Bars: {'; '.join(bars)}."] if bars else [])] or ["Nothing is filtered."]


def workbook_bytes(tables: dict[str, DataFrame], about: list[str]) -> bytes:
    """An Excel file as bytes."""
    with scratch_folder() as folder:
        path = folder / "tables.xlsx"
        write_workbook(tables, path, about=about)
        return path.read_bytes()
