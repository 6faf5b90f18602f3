"""The parameters of a notebook as fields above it: nobody has to edit code to ask about other days."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import ipywidgets
import pandas as pd

from analysis.country_names import country_name, dyad_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.pipeline.analyse import Tables
from analysis.pipeline.for_readers import is_for_readers
from analysis.pipeline.reporting_period import ALL, AUTO, LENGTHS
from analysis.workbench.exploration import note_view
from analysis.workbench.notebook_page import NotebookPage
from analysis.workbench.panes import show, shown_mistakes

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
PERIOD_HINT: Final = "or 2025-05-05..2025-05-11"
AS_LONG: Final = {"description_width": "initial"}  # as its words
UNTIL_RUN: Final = "Run All Cells goes back to the values that are written in the code above."
RUN_BELOW: Final = (
    "Applied. If the cells below do not run by themselves, choose Run, then Run Selected Cell and All Below."
)


class ParameterForm(ipywidgets.VBox):
    """A field for each parameter, and a button that applies them to all that is below.

    Args:
        values: the parameters that the notebook has, by name.
        tables: a corpus with all pairs of countries, for the choice among them.
        apply: reads the articles again for other values; a ValueError or an OSError is shown as a sentence.
    """

    def __init__(self, values: Mapping[str, object], tables: Tables, apply: Callable[[Values], None]) -> None:
        self.apply = apply
        counts = {"pair": pair_counts(tables), "country": country_counts(tables)}
        self.fields = {name: field(name, values[name], counts.get(name)) for name in LABELS if name in values}
        self.button = ipywidgets.Button(description="Apply", button_style="primary", layout={"width": "6rem"})
        self.notes, self.page = ipywidgets.Output(), NotebookPage()
        wrapped = {"flex_flow": "row wrap", "align_items": "center"}
        hint = "" if is_for_readers() else f"<small>{UNTIL_RUN}</small>"
        row = ipywidgets.Box([*self.fields.values(), self.button, self.page], layout=wrapped)
        super().__init__([row, ipywidgets.HTML(hint), self.notes])
        self.add_class("faultline-parameters")
        self.button.on_click(self.on_apply)
        for name, other in (("pair", "country"), ("country", "pair")):
            if {"pair", "country"} <= set(self.fields):
                self.fields[name].observe(self.opener_of(other), names="value")

    def opener_of(self, name: str) -> Callable[[dict], None]:
        """A callback that opens one field when a value is chosen in another: a pair has its countries."""

        def opened(change: dict) -> None:
            if change["new"]:
                self.fields[name].value = ""

        return opened

    @property
    def values(self) -> Values:
        """What the fields say, as in the notebook's parameters cell."""
        return {name: text_of(one.value) for name, one in self.fields.items()}

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
        counts: events by pair or country, for the fields that choose among them.
    """
    look = {"description": LABELS[name], "style": AS_LONG}
    if name in ("since", "until"):
        day = date.fromisoformat(str(value)) if value else None
        return ipywidgets.DatePicker(value=day, layout={"width": "11rem"}, **look)
    if name == "least_stories":
        return ipywidgets.BoundedIntText(value=value, min=1, max=10_000, layout={"width": "9.5rem"}, **look)
    if name == "reporting_period":
        words = (AUTO, *LENGTHS, ALL)
        wide = {"width": "15rem"}
        return ipywidgets.Combobox(value=value, options=words, placeholder=PERIOD_HINT, layout=wide, **look)
    return ipywidgets.Dropdown(
        options=options_of(name, str(value), counts), value=value, layout={"width": "16rem"}, **look
    )


def options_of(name: str, value: str, counts: pd.Series) -> list[tuple[str, str]]:
    """All countries or pairs, or one of those that act, the most active first; the chosen one in any case."""
    known = counts if not value or value in counts.index else pd.concat([counts, pd.Series({value: 0})])
    named = country_name if name == "country" else dyad_name
    return [("all", ""), *((f"{named(key)} ({count:,})", key) for key, count in known.items())]


def pair_counts(tables: Tables) -> pd.Series:
    """Events by pair of countries, most first."""
    events = tables.events[between_countries(tables.events)]
    return dyads(events).value_counts()


def country_counts(tables: Tables) -> pd.Series:
    """Events by country on either side, most first."""
    events = tables.events[between_countries(tables.events)]
    sides = [dyads(events).str.split("-").str[side] for side in (0, 1)]
    return pd.concat(sides).value_counts()


def text_of(value: object) -> str | int:
    """The value of a field as a parameter: days in ISO 8601, "" for nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
