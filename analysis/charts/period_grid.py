"""A grid with a row for each subject and a column for each day, week or month: what two charts draw."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.figure import Figure
from pandas import DataFrame

from analysis.charts.base import ROW_HEIGHT, Shade, draw_heat, new_figure

HEADS: Final = {"day": "{:%d %b}", "week": "week of {:%d %b}", "month": "{:%b %Y}"}
"""What stands at a column, by its first day."""


@dataclass(frozen=True)
class PeriodGrid:
    """What is drawn."""

    cells: DataFrame  # `row`, `period`, `shade` (missing: no colour) and `words` of each cell
    names: dict[str, str]  # of the rows, in their order
    starts: list[str]  # first day of each column, ISO 8601
    period: str  # "day", "week" or "month"


def grid_figure(grid: PeriodGrid, shade: Shade, title: str, *, note: str) -> Figure:
    """A picture of a grid, as high as its rows need.

    Args:
        grid: what is drawn.
        shade: the scale of the colours.
        title: the finding.
        note: how to read the cells.
    """
    shades, words = (
        grid.cells.pivot(index="row", columns="period", values=value)
        .reindex(index=list(grid.names), columns=grid.starts)
        .set_axis(list(grid.names.values()))
        for value in ("shade", "words")
    )
    heads = [HEADS[grid.period].format(pd.Timestamp(start)) for start in grid.starts]
    figure = new_figure(title, 2.2 + ROW_HEIGHT * max(len(grid.names), 2), note=note)
    draw_heat(figure, shades.set_axis(heads, axis=1), words.fillna(""), shade)
    return figure
