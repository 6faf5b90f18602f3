"""One theme by outlet and period as a grid: how many of the articles read have it."""

from typing import Final

import numpy as np
from pandas import DataFrame

from analysis.charts.base import LEAST_OVER_TIME, MOST_ROWS, Chart, Shade, empty_chart, sentence_start
from analysis.charts.period_grid import PeriodGrid, grid_figure
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.periods import period_range
from analysis.indicators.theme_shares import EVERY_OUTLET, span_of
from analysis.phrasing import counted
from analysis.tables.rows import rows_of

MOST_PERIODS: Final = 12
MOST_OUTLETS: Final = 12  # and all of them together
EVERY_NAME: Final = "all outlets"


def theme_over_time_chart(shares: DataFrame, *, theme: str, period: str) -> Chart:
    """The share of the articles of each outlet that have a theme, by day, week or month.

    Cells of fewer than ten articles have no colour: their share says too little.

    Args:
        shares: `ThemeShares` table by day, week or month.
        theme: its name.
        period: "day", "week" or "month".
    """
    starts = span_of(shares)
    if len(starts) < LEAST_OVER_TIME:
        return empty_chart(
            f"No chart of {theme} over time: the dated articles fall into fewer than two periods."
        )
    every = period_range(starts[0], starts[-1], period)[-MOST_PERIODS:]
    outlets = list(dict.fromkeys(shares["outlet"]))
    outlets = [EVERY_OUTLET] if len(outlets) == 2 else outlets  # a single one is all of them
    sizes = shares.groupby("outlet")["article_count"].sum()
    shown = sorted(outlets, key=lambda one: (one != EVERY_OUTLET, -sizes[one], one))[: MOST_OUTLETS + 1]
    cells = shares[shares["outlet"].isin(shown) & shares["period"].isin(every)]
    is_firm = cells["article_count"] >= MINIMUM_STORIES
    cells = cells.assign(
        row=cells["outlet"],
        shade=cells["share"].where(is_firm, np.nan) * 100,
        words=[f"{row.theme_count}/{row.article_count}" for row in rows_of(cells)],
    )
    grid = PeriodGrid(cells, {one: f"{sizes[one]:,} · {one or EVERY_NAME}" for one in shown}, every, period)
    title = title_of(shares, theme)
    note = note_of(len(outlets) - len(shown), sum(start < every[0] for start in starts), period)
    top = max(float(np.nanmax(cells["shade"].fillna(0))), 1.0)
    shade = Shade("Blues", 0, top, "share of the articles (percent)")
    figure = grid_figure(grid, shade, title, note=note)
    return Chart(figure, f"Heat map. {title}", words_of(cells, shown))


def title_of(shares: DataFrame, theme: str) -> str:
    """How much of what was read has the theme, and when most, among periods with enough articles."""
    own = shares[shares["outlet"] == EVERY_OUTLET]
    total = f"{own['theme_count'].sum():,} of {counted(own['article_count'].sum(), 'dated article')}"
    firm = own[own["article_count"] >= MINIMUM_STORIES].sort_values(
        ["share", "period"], ascending=[False, True]
    )
    if len(firm) < LEAST_OVER_TIME:
        return f"{sentence_start(theme)} is in {total}; too few a period to compare"
    top = firm.iloc[0]
    return f"{sentence_start(theme)} is in {total}, most from {top['period']}: {top['share']:.0%}"


def note_of(more_outlets: int, earlier: int, period: str) -> str:
    """How to read the cells, and what is left out."""
    left = [counted(more_outlets, "more outlet")] if more_outlets else []
    left += [counted(earlier, f"earlier {period}")] if earlier else []
    words = f" Left out: {' and '.join(left)}." if left else ""
    return (
        "Cell: articles with the theme / articles read. Before an outlet: all its articles. No colour: fewer "
        f"than {MINIMUM_STORIES} articles, too few to compare.{words}"
    )


def words_of(cells: DataFrame, outlets: list[str]) -> str:
    """The cells in words, outlet by outlet."""
    lines = []
    for outlet in outlets[:MOST_ROWS]:
        own = cells[cells["outlet"] == outlet]
        listed = ", ".join(f"{row.period} {row.theme_count} of {row.article_count}" for row in rows_of(own))
        lines.append(f"{outlet or EVERY_NAME}: {listed}")
    return "; ".join(lines)
