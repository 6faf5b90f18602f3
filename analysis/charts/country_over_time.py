"""One country over time: its incidents, what its speakers say of others, and what others say of it."""

from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from pandas import DataFrame

from analysis.charts.base import BLUE, GREY, LEAST_OVER_TIME, ORANGE, Chart, empty_chart, new_figure
from analysis.indicators.periods import period_range
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

HEIGHT: Final = 4.6  # inches
DAYS: Final = {"day": 1, "week": 7, "month": 28}
PANELS: Final = (
    ("hostile", "cooperative", "incidents"),
    ("own_against", "own_for", "its speakers on others"),
    ("other_against", "other_for", "others on it"),
)


def country_over_time_chart(counts: DataFrame, *, country: str, period: str) -> Chart:
    """Bars by period: hostile incidents and stances against above the line, friendly ones below.

    Args:
        counts: table of `sides_over_time`.
        country: its name.
        period: "day", "week" or "month"; "all" where all is of one day.
    """
    if len(counts) < LEAST_OVER_TIME:
        return empty_chart(
            f"No chart of {country} over time: what is dated falls into fewer than two periods."
        )
    every = period_range(counts["period"].min(), counts["period"].max(), period)
    regular = counts.set_index("period").reindex(every, fill_value=0)
    title = title_of(counts, country)
    note = f"By {period}. Above, orange: hostile or against. Below, blue: cooperative or for."
    figure = new_figure(title, HEIGHT, note=note)
    panels = figure.subplots(len(PANELS), 1, sharex=True)
    for axes, (against, friendly, name) in zip(panels, PANELS, strict=True):
        draw_sides(axes, regular, against, friendly, DAYS[period])
        axes.set_title(name, loc="left", fontsize=9, y=1)
    for axes in panels[:-1]:
        axes.xaxis.set_visible(False)  # days are below the last panel
    locator = AutoDateLocator(minticks=2, maxticks=10)
    panels[-1].xaxis.set_major_locator(locator)
    panels[-1].xaxis.set_major_formatter(ConciseDateFormatter(locator))
    return Chart(figure, f"Bars over time in three panels. {title}", words_of(counts), note)


def draw_sides(axes: Axes, counts: DataFrame, against: str, friendly: str, days: int) -> None:
    """Bars of two columns, one above the line and one below it."""
    dates = pd.to_datetime(counts.index)
    axes.bar(dates, counts[against], width=0.85 * days, align="edge", color=ORANGE)
    axes.bar(dates, -counts[friendly], width=0.85 * days, align="edge", color=BLUE)
    axes.axhline(0, color=GREY, linewidth=0.8)
    top = max(int(np.max(counts[[against, friendly]].to_numpy())), 1)
    axes.set_ylim(-1.1 * top, 1.1 * top)
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=4)
    axes.yaxis.set_major_formatter(lambda count, _: f"{abs(count):.0f}")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(labelsize=8)


def title_of(counts: DataFrame, country: str) -> str:
    """How many incidents there are, and in which period most hostile ones."""
    total = int(counts[["hostile", "cooperative"]].to_numpy().sum())
    top = counts.loc[counts["hostile"].idxmax()]
    most = f", most of the {counts['hostile'].sum()} hostile ones from {top['period']}: {top['hostile']}"
    return f"{country}: {counted(total, 'incident')}{most if top['hostile'] else ', none of them hostile'}"


def words_of(counts: DataFrame) -> str:
    """Each period in words."""
    return "; ".join(
        f"{row.period}: incidents {row.hostile} hostile, {row.cooperative} cooperative, its speakers "
        f"{row.own_against} against and {row.own_for} for others, others {row.other_against} against and "
        f"{row.other_for} for it"
        for row in rows_of(counts)
    )
