"""How many incidents there are in each week: hostile ones above a line, cooperative ones below it."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

from analysis.charts.base import QUAD_COLOURS, Chart, empty_chart, new_figure
from analysis.indicators.periods import period_range, period_starts
from analysis.phrasing import counted, day_in_words

WEEK: Final = "week"
HEIGHT: Final = 2.8  # inches
BAR_DAYS: Final = 5.5  # width of a bar: the week, with a gap
MOST_LISTED: Final = 12  # weeks in the text alternative
UNDATED: Final = "No chart: none of these incidents has a day."
NONE_LEFT: Final = "No chart: there is no incident among these rows."


def weekly_chart(incidents: DataFrame) -> Chart:
    """Hostile and cooperative incidents by week, announced ones included.

    Args:
        incidents: `Incidents` rows.
    """
    if incidents.empty:
        return empty_chart(NONE_LEFT)
    counts = weekly_counts(incidents)
    if counts.empty:
        return empty_chart(UNDATED)
    total = counts[["hostile", "cooperative"]].sum()
    kinds = f"{total['hostile']:,} hostile, {total['cooperative']:,} cooperative"
    title = f"{counted(int(total.sum()), 'incident')} in {counted(len(counts), 'week')}: {kinds}"
    figure = new_figure(title, HEIGHT, note=note_on(incidents))
    axes = figure.add_subplot()
    draw_weeks(axes, counts)
    return Chart(figure, f"Bar chart by week. {title}", details(counts), note_on(incidents))


def weekly_counts(incidents: DataFrame) -> DataFrame:
    """`week` (its Monday), `hostile` and `cooperative` of every week from the first incident to the last."""
    dated = incidents.dropna(subset="first_day")
    if dated.empty:
        return DataFrame(columns=[WEEK, "hostile", "cooperative"])
    starts = period_starts(dated["first_day"], WEEK)
    weeks = period_range(starts.min(), starts.max(), WEEK)
    sides = {"hostile": dated["quad"] >= 3, "cooperative": dated["quad"] < 3}
    found = {
        name: starts[chosen].value_counts().reindex(weeks, fill_value=0) for name, chosen in sides.items()
    }
    return DataFrame(found).rename_axis(WEEK).reset_index()


def draw_weeks(axes: Axes, counts: DataFrame) -> None:
    """A bar up and a bar down for each week."""
    monday = pd.to_datetime(counts[WEEK])
    middle = monday + pd.Timedelta(days=3)
    axes.bar(middle, counts["hostile"], width=BAR_DAYS, color=QUAD_COLOURS[4], label="hostile")
    axes.bar(middle, -counts["cooperative"], width=BAR_DAYS, color=QUAD_COLOURS[2], label="cooperative")
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set_xlim(monday.min() - pd.Timedelta(days=4), monday.max() + pd.Timedelta(days=11))
    locator = AutoDateLocator(maxticks=10)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
    axes.set_ylabel("incidents", fontsize=9)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))


def note_on(incidents: DataFrame) -> str:
    """What a reader must know of the bars."""
    undated = int(incidents["first_day"].isna().sum())
    left_out = f" {counted(undated, 'incident')} without a day left out." if undated else ""
    return f"Hostile incidents point up, cooperative ones down; weeks begin on Monday.{left_out}"


def details(counts: DataFrame) -> str:
    """The weeks with an incident in words, the fullest ones where there are many."""
    is_full = (
        counts[["hostile", "cooperative"]].sum(axis="columns").sort_values(ascending=False, kind="stable")
    )
    kept = counts.loc[is_full[is_full > 0].index[:MOST_LISTED]].sort_values(WEEK)
    listed = "; ".join(map(week_words, kept.to_dict("records")))
    more = int((is_full > 0).sum()) - len(kept)
    return f"{listed}; and {counted(more, 'week')} with fewer" if more else listed


def week_words(row: dict) -> str:
    """ "week from 15 April 2024: 2 hostile, 0 cooperative"."""
    day = day_in_words(pd.Timestamp(row[WEEK]).date())
    return f"week from {day}: {row['hostile']} hostile, {row['cooperative']} cooperative"
