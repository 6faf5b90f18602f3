"""The bars of an explorer as a chart, redrawn whenever a filter changes.

The charts of `analysis.charts.base` fit themselves to their labels, which takes half as long again. Here
every place is fixed.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from pandas import DataFrame

from analysis.charts.base import (
    BLUE,
    COOPERATIVE,
    DARK,
    GREY,
    HOSTILE,
    Chart,
    empty_chart,
    label,
    sentence_start,
    shortened,
)
from analysis.tables.rows import rows_of

WIDTH = 6.2  # inches; beside the list of bars in a notebook
ROW_HEIGHT = 0.26
DAYS_HEIGHT = 2.6
LABEL_WIDTH = 2.1
BOTTOM = 0.48
NOTE_HEIGHT = 0.16
MOST_BARS = 12
LABEL_CHARS = 32
DPI = 100
WHEN = {"day": "on", "week": "in the", "month": "in"}  # the label of a week is "week from 2024-04-01"


def bars_chart(
    bars: DataFrame, *, by: str, unit: str, total: int, chosen: tuple[str, ...] = (), note: str = ""
) -> Chart:
    """Bars of counts, the chosen ones dark; acts go left (cooperative) and right (hostile).

    Args:
        bars: table of `selection.count_bars`; the first twelve are drawn, but all days.
        by: what a bar is: "theme", "day", "week".
        unit: what is counted: "sentences", "articles".
        total: how many there are in all bars together.
        chosen: keys of the bars that stand out; none: all do.
        note: what a reader must know about the numbers, in a few words.
    """
    if bars.empty:
        return empty_chart(nothing_to_show(by, unit))
    title = bars_title(bars, by=by, unit=unit, total=total)
    bottom = BOTTOM + (NOTE_HEIGHT if note else 0)
    if by in WHEN:
        figure, axes = fixed_axes(title, DAYS_HEIGHT, left=0.6, bottom=bottom)
        draw_days(axes, bars, chosen)
    else:
        shown = bars.head(MOST_BARS)
        figure, axes = fixed_axes(title, ROW_HEIGHT * max(len(shown), 3), left=LABEL_WIDTH, bottom=bottom)
        draw_rows(axes, shown, chosen)
    is_two_sided = "hostile" in bars
    axes.set_xlabel(axis_label(by, unit, is_two_sided), fontsize=8)
    figure.text(0.01, 0.03, label(note, 84), size=8, color=DARK)
    listed = "; ".join(bar_text(row, is_two_sided) for row in rows_of(bars.head(MOST_BARS)))
    more = f"; and {len(bars) - MOST_BARS} more" if len(bars) > MOST_BARS else ""
    details = f"{unit.capitalize()} by {by}: {listed}{more}"
    return Chart(figure, f"Bar chart. {title}", details, note)


def nothing_to_show(by: str, unit: str) -> str:
    """The sentence in place of bars."""
    return f"There is no {by} to show: no {unit} are left."


def fixed_axes(title: str, height: float, *, left: float, bottom: float) -> tuple[Figure, Axes]:
    """Axes with room for title and labels, in inches."""
    top, right = 0.36, 0.5
    whole = height + top + bottom
    figure = Figure(figsize=(WIDTH, whole), dpi=DPI)
    axes = figure.add_axes(
        (left / WIDTH, bottom / whole, (WIDTH - left - right) / WIDTH, height / whole), frameon=False
    )
    figure.text(0.01, 1 - 0.22 / whole, label(title, 84), fontweight="bold", size=10)
    return figure, axes


def draw_rows(axes: Axes, bars: DataFrame, chosen: tuple[str, ...]) -> None:
    """A row for each bar: its label, the bar and its count."""
    places = range(len(bars))
    strength = strengths(bars, chosen)
    sides = sides_of(bars)
    longest = bars[[side for side, _, _ in sides]].to_numpy().max()
    for side, way, colour in sides:
        drawn = axes.barh(places, bars[side] * way, color=colour, height=0.72)
        for bar, count, alpha, place in zip(drawn, bars[side], strength, places, strict=True):
            bar.set_alpha(alpha)
            at = (count + longest * 0.02) * way
            axes.text(at, place, count, ha="left" if way > 0 else "right", va="center", size=8)
    least = -1.15 * longest if len(sides) > 1 else 0
    axes.set_xlim(least, 1.12 * longest)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xticks([])
    names = [label(name, LABEL_CHARS) for name in bars["label"]]
    axes.set_yticks(places, names, fontsize=8)
    axes.tick_params(length=0)


def sides_of(bars: DataFrame) -> list[tuple[str, int, str]]:
    """Column, direction and colour of what is drawn."""
    if "hostile" in bars:
        return [("cooperative", -1, COOPERATIVE), ("hostile", 1, HOSTILE)]
    return [("count", 1, BLUE)]


def strengths(bars: DataFrame, chosen: tuple[str, ...]) -> list[float]:
    """How dark each bar is drawn."""
    return [1.0 if not chosen or key in chosen else 0.3 for key in bars["key"]]


def draw_days(axes: Axes, bars: DataFrame, chosen: tuple[str, ...]) -> None:
    """A bar for each day, week or month on the time axis."""
    dates = pd.to_datetime(bars["key"])
    gap = dates.diff().min().days if len(bars) > 1 else 1
    strength = strengths(bars, chosen)
    sides = sides_of(bars)
    for side, way, colour in sides:
        drawn = axes.bar(dates, bars[side] * way, width=0.85 * gap, color=colour)
        for bar, alpha in zip(drawn, strength, strict=True):
            bar.set_alpha(alpha)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=5)
    axes.yaxis.set_major_formatter(lambda count, _: f"{abs(count):.0f}")
    locator = AutoDateLocator(minticks=2, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.tick_params(labelsize=8, length=2)
    if len(bars) == 1:
        axes.set_xlim(dates[0] - pd.Timedelta("3D"), dates[0] + pd.Timedelta("3D"))


def bars_title(bars: DataFrame, *, by: str, unit: str, total: int) -> str:
    """The highest bar and its count, or how many bars are highest."""
    top = bars[bars["count"] == bars["count"].max()]
    first, others = shortened(top["label"].iloc[0], LABEL_CHARS), top["label"].iloc[1:]
    unit = unit if total != 1 else unit.removesuffix("s")
    count = f"{top['count'].iloc[0]:,} of {total:,} {unit}"
    if by in WHEN:
        return f"Most {WHEN[by]} {first}: {count}"
    if len(bars) == 1:
        return f"{sentence_start(first)}: {count}"
    if others.empty:
        return f"{sentence_start(first)} leads: {count}"
    rest = shortened(others.iloc[0], LABEL_CHARS) if len(others) == 1 else f"{len(others)} others"
    return f"{sentence_start(first)} and {rest} lead: {count} each"


def axis_label(by: str, unit: str, is_two_sided: bool) -> str:
    """What the length of a bar means."""
    base = f"{unit} by {by}"
    if is_two_sided:
        where = "below" if by in WHEN else "left"
        other = "above" if by in WHEN else "right"
        return f"{base} ({where}, blue: cooperative; {other}, red: hostile)"
    overlap = (
        "; one can be in several bars" if by in ("theme", "theatre") or unit in ("articles", "days") else ""
    )
    return f"{base}{overlap}"


def bar_text(row: object, is_two_sided: bool) -> str:
    """One bar in words."""
    sides = f" ({row.cooperative} cooperative, {row.hostile} hostile)" if is_two_sided else ""
    return f"{row.label} {row.count}{sides}"
