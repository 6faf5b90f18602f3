"""Fields that the forms have in common."""

import ipywidgets

RUN_AGAIN = "To update every table here, choose Run, then Run All Cells; do the same in the other notebooks."
WIDE = {"width": "38rem"}
STYLE = {"description_width": "7rem"}


def text_field(label: str, hint: str, value: str = "") -> ipywidgets.Text:
    return ipywidgets.Text(value=value, description=label, placeholder=hint, style=STYLE, layout=WIDE)


def name_field(label: str, value: str, names: list[str]) -> ipywidgets.Combobox:
    """A field for any name, which offers those that are known."""
    return ipywidgets.Combobox(
        value=value, options=names, ensure_option=False, description=label, style=STYLE, layout=WIDE
    )


def dropdown(label: str, options: list) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(options=options, description=label, style=STYLE, layout=WIDE)


def checkbox(label: str) -> ipywidgets.Checkbox:
    return ipywidgets.Checkbox(description=label, indent=False, layout=WIDE)


def listing(label: str, options: list) -> ipywidgets.Select:
    """A list of which several rows are in sight."""
    return ipywidgets.Select(options=options, description=label, rows=8, style=STYLE, layout=WIDE)


def keep_chosen(control: ipywidgets.Dropdown | ipywidgets.Select, options: list) -> None:
    """Offer other options; what was chosen stays chosen if it is among them, else the first one is."""
    chosen = control.value
    control.options = options
    values = [value for _, value in options]
    control.value = chosen if chosen in values else next(iter(values), None)


def set_options(control: ipywidgets.Dropdown, options: list) -> None:
    """Offer other options and choose the first of them: a list that was empty would choose none."""
    control.options = options
    if options and control.index is None:
        control.index = 0
