"""What one speaker's words hold of other countries over time, as a grid of targets and periods."""

from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.charts.base import LEAST_OVER_TIME, MOST_ROWS, Chart, Shade, empty_chart, shortened
from analysis.charts.period_grid import PeriodGrid, grid_figure
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.periods import MOST_PERIODS, period_range
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

MOST_TARGETS: Final = 8


def speaker_over_time_chart(periods: DataFrame, names: dict[str, str], *, speaker: str, period: str) -> Chart:
    """For and against whom a speaker speaks, by day, week or month.

    Args:
        periods: `StancePeriods` table of one speaker.
        names: of the targets.
        speaker: the name.
        period: "day", "week" or "month".
    """
    if periods["period"].nunique() < LEAST_OVER_TIME:
        return empty_chart(
            f"No chart over time: {speaker} speaks of other countries in fewer than two periods."
        )
    every = drawn_periods(periods, period)
    shown = periods[periods["period"].isin(every)]
    targets = leading_targets(shown)
    shown = shown[shown["target"].isin(targets)]
    cells = shown[["period"]].assign(
        row=shown["target"], shade=balance(shown), words=[cell_words(row) for row in rows_of(shown)]
    )
    grid = PeriodGrid(cells, {target: names[target] for target in targets}, every, period)
    title = title_of(periods, names, speaker)
    shade = Shade("PuOr", -1, 1, "balance: −1 all against, +1 all for")
    figure = grid_figure(grid, shade, title, note=note_of(periods, every, period))
    return Chart(figure, f"Heat map. {title}", words_of(shown, names))


def drawn_periods(periods: DataFrame, period: str) -> list[str]:
    """The latest periods that fit in a picture, those in which nothing was said among them."""
    return period_range(periods["period"].min(), periods["period"].max(), period)[-MOST_PERIODS:]


def leading_targets(periods: DataFrame) -> list[str]:
    """The targets with the most stances."""
    sizes = decided(periods).add(periods["undecided_count"]).groupby(periods["target"]).sum()
    ordered = sizes.sort_index().sort_values(ascending=False, kind="stable")
    return ordered.index[:MOST_TARGETS].tolist()


def decided(periods: DataFrame) -> pd.Series:
    """How many stances each row has without the undecided ones."""
    return periods[["favourable_count", "unfavourable_count", "neutral_count"]].sum(axis=1)


def balance(periods: DataFrame) -> pd.Series:
    """For minus against, as a share of what is decided; missing where nothing is."""
    total = decided(periods)
    return (periods["favourable_count"] - periods["unfavourable_count"]) / total.where(total > 0, np.nan)


def cell_words(row: object) -> str:
    """ "+3 −1", "0" where all are neither, "?2" where none is decided."""
    sides = [
        f"+{row.favourable_count}" if row.favourable_count else "",
        f"−{row.unfavourable_count}" if row.unfavourable_count else "",
    ]
    taken = " ".join(side for side in sides if side)
    if taken or row.neutral_count:
        return taken or "0"
    return f"?{row.undecided_count}"


def title_of(periods: DataFrame, names: dict[str, str], speaker: str) -> str:
    """Of whom the speaker speaks most, and how."""
    top = leading_targets(periods)[0]
    own = periods[periods["target"] == top]
    for_it, against = int(own["favourable_count"].sum()), int(own["unfavourable_count"].sum())
    of = counted(int(decided(own).sum()), "decided stance")
    return f"{shortened(speaker)} speaks most of {names[top]}: {for_it} for and {against} against in {of}"


def note_of(periods: DataFrame, every: list[str], period: str) -> str:
    """How to read the cells, and what is left out."""
    left = periods.loc[periods["period"] < every[0], "period"].nunique()
    earlier = f" Left out: {counted(left, f'earlier {period}')}." if left else ""
    return (
        f"Cell: + for, − against, 0 neither, ? undecided. Empty: not spoken of. Fewer than {MINIMUM_STORIES} "
        f"stories describe only these.{earlier}"
    )


def words_of(periods: DataFrame, names: dict[str, str]) -> str:
    """The cells in words, the targets in their order."""
    lines = []
    for target in leading_targets(periods):
        own = periods[periods["target"] == target]
        cells = ", ".join(f"{row.period} {cell_words(row)}" for row in rows_of(own.head(MOST_ROWS)))
        lines.append(f"{names[target]}: {cells}")
    return "; ".join(lines)
