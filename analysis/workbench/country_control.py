"""The field of an explorer in which a country is typed or chosen: a name, an alias or a code."""

from collections.abc import Callable, Sequence

import ipywidgets

from analysis.country_names import country_name
from analysis.pipeline.typed_countries import checked_country, code_of

Check = Callable[[str], str]  # of what was typed; raises ValueError, as `checked_country` does


def country_control(names: Sequence[str], description: str, layout: ipywidgets.Layout) -> ipywidgets.Combobox:
    """A field that offers the countries of the corpus and takes every name of any other.

    Args:
        names: of the countries, those with the most findings first.
        description: the label of the field.
        layout: its size.
    """
    return ipywidgets.Combobox(
        options=tuple(names),
        description=description,
        placeholder="any: China, UK, IRN",
        continuous_update=False,  # or half a name would be looked up
        style={"description_width": "initial"},  # as its words
        layout=layout,
    )


def country_of(control: ipywidgets.Combobox, look_up: Callable[[str], str] = code_of) -> str:
    """The code of the country in the field; "" where there is none."""
    return look_up(control.value)


def with_full_name(control: ipywidgets.Combobox, look_up: Callable[[str], str] = code_of) -> None:
    """Write the name of the country into the field for the alias or code that was typed."""
    code = look_up(control.value)
    if code and control.value != country_name(code):
        control.value = country_name(code)


def country_notes(control: ipywidgets.Combobox, check: Check = checked_country) -> list[str]:
    """Why what was typed is not a country, in a sentence; the filter is then open."""
    try:
        check(control.value)
    except ValueError as error:
        return [f"All countries are shown: {error}"]
    return []
