"""The parameters of a notebook as fields above it: nobody has to edit code to ask about other days."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

import anywidget
import ipywidgets
import pandas as pd

from analysis.country_names import dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.pipeline.analyse import Tables
from analysis.pipeline.filters import checked_day
from analysis.pipeline.for_readers import is_for_readers
from analysis.pipeline.reporting_period import ALL, AUTO, LENGTHS
from analysis.workbench.panes import AS_LONG, SCRIPTS, Panel, note_view, show, shown_mistakes

Values = dict[str, str | int]
LABELS: Final = {
    "since": "From",
    "until": "To",
    "country": "Country",
    "pair": "Pair",
    "reporting_period": "Period",
    "least_stories": "Least stories",
}
"""The parameters that have a field, in the order of the fields, and what each is called."""
UNTIL_RUN: Final = "Run All Cells goes back to the values that are written in the code above."
CAUGHT_UP: Final = (
    "Corrections were saved elsewhere; everything below shows them by now, tables made by code excepted."
)
RUN_BELOW: Final = (
    "Applied. If the cells below do not run by themselves, choose Run, then Run Selected Cell and All Below."
)


class NotebookPage(anywidget.AnyWidget):
    """An invisible widget that acts on the page that it is on, in JupyterLab or on the dashboard.

    While a kernel is behind it, a click on a column heading sorts the table, and the kernel can ask the page
    to run the cells below or to reload with other parameters. Exported pages have none of this.
    """

    _esm = SCRIPTS / "notebook_page.js"
    _css = SCRIPTS / "notebook_page.css"

    def renew(self, parameters: Values) -> None:
        """Show everything below for other parameters, which the kernel has by now.

        JupyterLab runs the cell that this widget is in and all below. A page of the dashboard reloads
        with the parameters in its address, which can be sent to a colleague.

        Args:
            parameters: names and values, as in the notebook's parameters cell.
        """
        if is_for_readers():
            self.send({"do": "open", "query": f"?{urlencode(parameters)}"})
        else:
            self.send({"do": "run below"})


class ParameterForm(Panel):
    """A field for each parameter, and a button that applies them to all that is below.

    Args:
        values: the parameters that the notebook has, by name.
        tables: a corpus with all pairs of countries, for the choice among them.
        apply: reads the articles again for other values; a ValueError or an OSError is shown as a sentence.
        catch_up: applies corrections that were saved elsewhere, when the page is seen again; yes if any.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        tables: Tables,
        apply: Callable[[Values], None],
        catch_up: Callable[[], bool] = lambda: False,
    ) -> None:
        self.apply, self.catch_up = apply, catch_up
        pairs = dyads(tables.events[between_countries(tables.events)])
        countries = pd.concat([pairs.str.split("-").str[side] for side in (0, 1)])
        counts = {"pair": pairs.value_counts(), "country": countries.value_counts()}
        self.fields = {name: field(name, values[name], counts.get(name)) for name in LABELS if name in values}
        self.button = ipywidgets.Button(description="Apply", button_style="primary", layout={"width": "6rem"})
        self.notes, self.page = ipywidgets.Output(), NotebookPage()
        wrapped = {"flex_flow": "row wrap", "align_items": "center"}
        hint = "" if is_for_readers() else f"<small>{UNTIL_RUN}</small>"
        row = ipywidgets.Box([*self.fields.values(), self.button, self.page], layout=wrapped)
        super().__init__([row, ipywidgets.HTML(hint), self.notes], "faultline-parameters")
        self.button.on_click(self.on_apply)
        self.page.on_msg(self.on_sight)
        for name in ("pair", "country"):
            if {"pair", "country"} <= set(self.fields):
                self.fields[name].observe(self.on_side, names="value")

    @property
    def values(self) -> Values:
        """What the fields say, as in the notebook's parameters cell: days in ISO 8601, "" for nothing."""
        found = {name: one.value for name, one in self.fields.items()}
        return {
            name: "" if value is None else value.isoformat() if isinstance(value, date) else value
            for name, value in found.items()
        }

    def on_side(self, change: Mapping[str, object]) -> None:
        """Open the field of the pair when a country is chosen, and the other way round."""
        other = "country" if change["owner"] is self.fields["pair"] else "pair"
        if change["new"]:
            self.fields[other].value = ""

    def on_sight(self, *_: object) -> None:
        """Take over corrections from other notebooks, and say so."""
        with shown_mistakes(self.notes):
            if self.catch_up():
                show(self.notes, note_view([CAUGHT_UP]))

    def on_apply(self, _: object) -> None:
        """Read the articles again and update all cells below; after a mistake, nothing changes."""
        self.button.disabled = True
        show(self.notes, note_view(["Reading the articles…"]))
        with shown_mistakes(self.notes):
            self.apply(self.values)
            show(self.notes, note_view([RUN_BELOW]))
            self.page.renew(self.values)
        self.button.disabled = False


def field(name: str, value: object, counts: pd.Series | None) -> ipywidgets.Widget:
    """The field of a parameter.

    Args:
        name: of the parameter.
        value: that it has.
        counts: events by pair or country, the most active first, for the fields that choose among them.
    """
    look = {"description": LABELS[name], "style": AS_LONG}
    if name in ("since", "until"):
        day = date.fromisoformat(checked_day(name, str(value))) if value else None
        return ipywidgets.DatePicker(value=day, layout={"width": "11rem"}, **look)
    if name == "least_stories":
        return ipywidgets.BoundedIntText(value=value, min=1, max=10_000, layout={"width": "9.5rem"}, **look)
    if name == "reporting_period":
        look |= {"placeholder": "or 2025-05-05..2025-05-11", "layout": {"width": "15rem"}}
        return ipywidgets.Combobox(value=value, options=(AUTO, *LENGTHS, ALL), **look)
    known = dict(counts) if not value or value in counts else {**counts, str(value): 0}
    options = [("all", ""), *((f"{dyad_name(key)} ({count:,})", key) for key, count in known.items())]
    return ipywidgets.Dropdown(options=options, value=value, layout={"width": "16rem"}, **look)
