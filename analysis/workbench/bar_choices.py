"""The bars of an explorer as a list to choose from, drawn in HTML: each bar is an option of a listbox."""

from typing import NamedTuple

import pandas as pd
from pandas import DataFrame

from analysis.charts.explorer_bars import WHEN, axis_label, bar_text, bars_title, sides_of
from analysis.tables.rows import rows_of
from analysis.views.render import View, view
from analysis.workbench.exploration import Exploration

MOST_BARS = 300  # of a list to choose from; the days of a span are never so many
MOST_TICKS = 6  # labels of the time axis


class DrawnSide(NamedTuple):
    """One side of a bar."""

    name: str  # "count", or "cooperative" and "hostile"
    count: int
    share: float  # of the longest side of any bar, 0 to 100


class DrawnBar(NamedTuple):
    """A bar and where it is drawn."""

    key: str
    label: str
    words: str  # the bar in words, for a screen reader
    sides: tuple[DrawnSide, ...]
    left: float = 0.0  # of a bar on the time axis, as a share of the axis, 0 to 100
    width: float = 0.0


class Tick(NamedTuple):
    """A label of the time axis."""

    left: float
    label: str


def bars_view(exploration: Exploration) -> View:
    """The bars of an exploration, hostile acts to the right of cooperative ones, or above them by day."""
    return options_view(
        exploration.bars,
        by=exploration.drawn_by,
        unit=exploration.unit,
        total=exploration.total,
        note=exploration.note,
    )


def options_view(all_bars: DataFrame, *, by: str, unit: str, total: int, note: str = "") -> View:
    """Bars to choose from.

    Args:
        all_bars: table of `selection.count_bars`.
        by: what a bar is.
        unit: what is counted.
        total: how many there are in all bars together.
        note: what a reader must know about the numbers.
    """
    bars = all_bars.head(MOST_BARS)
    drawn = drawn_bars(bars)
    title = bars_title(all_bars, by=by, unit=unit, total=total)
    if by in WHEN and drawn:
        drawn = on_time_axis(drawn, by)
    return view(
        "workbench/bars",
        title=title,
        bars=drawn,
        ticks=time_ticks(drawn) if by in WHEN else [],
        axis=axis_label(by, unit, "hostile" in bars),
        note=note,
        colours={"cooperative": "", "hostile": "", "count": ""} | sides_of(bars),
    )


def drawn_bars(bars: DataFrame) -> list[DrawnBar]:
    """The bars of the table of `selection.count_bars`, each side measured against the longest."""
    names = list(sides_of(bars))
    longest = bars[names].to_numpy().max(initial=1)
    return [
        DrawnBar(
            str(row.key),
            row.label,
            bar_text(row, "hostile" in bars),
            tuple(DrawnSide(name, getattr(row, name), getattr(row, name) / longest * 100) for name in names),
        )
        for row in rows_of(bars)
    ]


def on_time_axis(bars: list[DrawnBar], period: str) -> list[DrawnBar]:
    """The bars of days, weeks or months, each at its place on the axis."""
    days = pd.PeriodIndex([bar.key for bar in bars], freq={"day": "D", "week": "W-SUN", "month": "M"}[period])
    starts, ends = days.start_time, (days + 1).start_time
    first, span = starts[0], ends[-1] - starts[0]
    return [
        bar._replace(left=(start - first) / span * 100, width=(end - start) / span * 100)
        for bar, start, end in zip(bars, starts, ends, strict=True)
    ]


def time_ticks(bars: list[DrawnBar]) -> list[Tick]:
    """Labels for the first bar, and for others that are far enough from the label before."""
    ticks: list[Tick] = []
    for bar in bars:
        middle = bar.left + bar.width / 2
        if not ticks or middle - ticks[-1].left >= 100 / MOST_TICKS:
            ticks.append(Tick(middle, bar.label.removeprefix("week from ")))
    return ticks
