"""Explorers for the notebooks: choose, and the view of the choice is drawn by the function of its twin."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import ipywidgets
import pandas as pd
from IPython.display import display

from analysis.indicators import between_countries, dyads
from analysis.lexicons import dyad_name
from analysis.pipeline import Tables
from analysis.views import dyad_view, speaker_view, topic_view

Option = tuple[str, str]


def explorer(label: str, options: Sequence[Option], draw: Callable[[str], object]) -> ipywidgets.Widget:
    """A list to choose from, and below it what `draw` gives for the choice.

    An exception in `draw` is shown in the place of the view.

    Args:
        label: what is chosen.
        options: what the person reads, and the value that `draw` gets.
        draw: makes the view for one value.
    """
    if not options:
        return ipywidgets.Label(f"There is no {label.lower()} to choose in these articles.")
    choice = ipywidgets.Dropdown(options=options, description=label, layout={"width": "32rem"})
    pane = ipywidgets.Output()

    def show(_: object = None) -> None:
        pane.clear_output(wait=True)
        with pane:
            display(draw(choice.value))

    choice.observe(show, names="value")
    show()
    return ipywidgets.VBox([choice, pane])


def topic_explorer(tables: Tables, dimension: str) -> ipywidgets.Widget:
    """Choose a theme or theatre and read its sentences."""
    found = tables.topics.loc[tables.topics["dimension"] == dimension, "topic"]
    options = [(f"{topic} ({count})", topic) for topic, count in counted(found)]
    return explorer(
        dimension.capitalize(),
        options,
        lambda topic: topic_view(
            replace(tables, topics=tables.topics[tables.topics["topic"] == topic]), dimension
        ),
    )


def speaker_explorer(tables: Tables) -> ipywidgets.Widget:
    """Choose a speaker and read what he or she said."""
    names = tables.quotes.dropna(subset="speaker_id").groupby("speaker_id")["speaker_name"].first()
    options = [
        (f"{names[key]} ({count})", key) for key, count in counted(tables.quotes["speaker_id"].dropna())
    ]
    return explorer(
        "Speaker",
        options,
        lambda key: speaker_view(replace(tables, quotes=tables.quotes[tables.quotes["speaker_id"] == key])),
    )


def dyad_explorer(tables: Tables) -> ipywidgets.Widget:
    """Choose a pair of countries and read what passed between them."""
    pairs = dyads(tables.events[between_countries(tables.events)])
    options = [(f"{dyad_name(dyad)} ({count})", dyad) for dyad, count in counted(pairs)]
    return explorer(
        "Pair",
        options,
        lambda dyad: dyad_view(replace(tables, events=tables.events.loc[pairs.index[pairs == dyad]])),
    )


def reading_counter() -> Callable[[int], None]:
    """A line that counts the articles read; gives the function that counts on."""
    line = ipywidgets.Label("0 articles read")
    display(line)

    def count_on(done: int) -> None:
        line.value = f"{int(line.value.split(' ')[0]) + done} articles read"

    return count_on


def counted(values: pd.Series) -> list[tuple[str, int]]:
    """Each value and how often it occurs, the most frequent first."""
    return list(values.value_counts(sort=False).sort_values(ascending=False, kind="stable").items())
