"""Where the axes of a figure go: what is written around each is measured once, and the rest is theirs.

Matplotlib's own layout measures everything several times, which takes longer than drawing it.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

from analysis.charts.letters import POINTS, text_width

EDGE: Final = 0.06  # inches between what is drawn and the edge of the picture
GAP: Final = 0.1  # inches between two axes, what is written around them included
LEAST: Final = 0.3  # inches that axes have at least, however much is written around them
NAME: Final = "name"  # `gid` of a text outside the axes that is measured
NAME_GAP: Final = 4.0  # points between axes and the names of their rows and columns
TITLE_SIZE, TITLE_PAD, TITLE_SPACING = 9.0, 6.0, 1.2  # points, of the title of some axes


class Around(NamedTuple):
    """How far what is written around some axes reaches beyond them, in inches."""

    left: float
    below: float
    right: float
    above: float
    x_label: float  # from the axes down to the top of the label of the x axis
    y_label: float  # from the axes to the right edge of the label of the y axis


class MeasuredLayout(LayoutEngine):
    """A grid of axes between a title, a note and what is written at the left."""

    _adjust_compatible = False
    _colorbar_gridspec = True

    def __init__(self, head: float, foot: float) -> None:
        """Args:
        head: height of the title, in inches.
        foot: height of the note.
        """
        super().__init__()
        self.head, self.foot, self.side = head, foot, 0.0

    def set(self, **changed: float) -> None:
        """Change `head`, `foot` or `side`, the width of what is written at the left."""
        for name, inches in changed.items():
            setattr(self, name, inches)

    def execute(self, fig: Figure) -> None:
        """Overrides `LayoutEngine.execute`: gives all axes of the figure their places."""
        if not fig.axes:
            return
        renderer = fig._get_renderer()
        foot = self.foot + legends_below(fig, renderer, self.foot)
        width, height = fig.get_size_inches()
        around = {axes: reach(axes, renderer) for axes in fig.axes}
        grid = fig.axes[0].get_gridspec()
        columns = sides([(column_of(axes), one.left, one.right) for axes, one in around.items()], grid.ncols)
        rows = sides([(row_of(axes), one.above, one.below) for axes, one in around.items()], grid.nrows)
        across = spans(columns, EDGE + self.side, width - EDGE, grid.get_width_ratios() or [1] * grid.ncols)
        down = spans(
            rows, EDGE + self.head, height - EDGE - foot, grid.get_height_ratios() or [1] * grid.nrows
        )
        for axes, one in around.items():
            (left, right), (top, bottom) = across[column_of(axes)], down[row_of(axes)]
            place = (left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height)
            axes.set_position(place)
            fix_labels(axes, one, left, right, width)


def row_of(axes: Axes) -> int:
    return axes.get_subplotspec().rowspan.start


def column_of(axes: Axes) -> int:
    return axes.get_subplotspec().colspan.start


def sides(reaches: list[tuple[int, float, float]], count: int) -> np.ndarray:
    """The most that the axes of each row or column need before and after them.

    Args:
        reaches: the row or column of each axes, and what it needs.
        count: of rows or columns.
    """
    most = np.zeros((count, 2))
    for place, before, after in reaches:
        most[place] = np.maximum(most[place], (before, after))
    return most


def spans(needed: np.ndarray, first: float, last: float, ratios: Any) -> list[tuple[float, float]]:
    """Where the axes of each row or column begin and end between two places, in inches."""
    free = last - first - needed.sum() - GAP * (len(needed) - 1)
    sizes = max(free, LEAST * len(needed)) * np.asarray(ratios, float) / np.sum(ratios)
    found, at = [], first
    for (before, after), size in zip(needed, sizes, strict=True):
        found.append((at + before, at + before + size))
        at += before + size + after + GAP
    return found


def reach(axes: Axes, renderer: Any) -> Around:
    """What is written around some axes, measured."""
    box, dpi = axes.bbox, axes.get_figure().dpi
    written = [box, *written_boxes(axes, renderer)]
    whole = Bbox.union([one for one in written if one is not None])
    title = max(
        (axes.get_title(loc=side).count("\n") + 1 for side in ("left", "center") if axes.get_title(loc=side)),
        default=0,
    )
    above = (title * TITLE_SIZE * TITLE_SPACING + TITLE_PAD) / POINTS if title else 0.0
    return Around(
        left=(box.x0 - whole.x0) / dpi,
        below=(box.y0 - whole.y0) / dpi,
        right=(whole.x1 - box.x1) / dpi,
        above=max((whole.y1 - box.y1) / dpi, above),
        x_label=(box.y0 - axes.xaxis.label.get_position()[1]) / dpi,
        y_label=(box.x0 - axes.yaxis.label.get_position()[0]) / dpi,
    )


def written_boxes(axes: Axes, renderer: Any) -> list[Bbox | None]:
    """The boxes of labels, names and legend of some axes, in pixels."""
    boxes = [name.get_window_extent(renderer) for name in names_beside(axes)]
    for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
        if not axis.label.get_text():
            axis.set_label_coords(0, 0)  # or a place would be looked for
        boxes.append(axis.get_tightbbox(renderer, for_layout_only=True))
    if axes.get_legend() is not None:
        boxes.append(axes.get_legend().get_window_extent(renderer))
    return boxes


def legends_below(figure: Figure, renderer: Any, foot: float) -> float:
    """The height of the legends below all axes, in inches; they are placed there, above the note."""
    below, tops = EDGE + foot, [EDGE + foot]
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, below / figure.get_size_inches()[1], 1, 1), figure.transFigure)
        tops.append(legend.get_window_extent(renderer).y1 / figure.dpi)
    return max(tops) - below


def fix_labels(axes: Axes, around: Around, left: float, right: float, width: float) -> None:
    """Keep the labels of the axes where they were measured, or drawing would look for their places again.

    Args:
        axes: in their place.
        around: what is written around them.
        left: their place in the picture, in inches.
        right: the same.
        width: of the picture.
    """
    box = axes.get_position(original=True)
    whole, label = axes.get_figure().get_size_inches()[1], axes.xaxis.label
    if label.get_text():
        half = max(text_width(line, label.get_fontsize()) for line in label.get_text().split("\n")) / 2
        middle = max(min((left + right) / 2, width - EDGE - half), EDGE + half)
        axes.xaxis.set_label_coords((middle - left) / (right - left), -around.x_label / (box.height * whole))
    if axes.yaxis.label.get_text() and axes.yaxis.get_label_position() == "left":
        axes.yaxis.set_label_coords(-around.y_label / (right - left), 0.5)


def name_rows(axes: Axes, names: list[str], *, size: float, colours: list[str] | None = None) -> None:
    """Names left of the axes, one for each row; they cost a tenth of the labels of ticks."""
    axes.set_yticks([])
    aside = axes.get_yaxis_transform() + ScaledTranslation(
        -NAME_GAP / POINTS, 0, axes.get_figure().dpi_scale_trans
    )
    look = {"ha": "right", "va": "center", "fontsize": size, "gid": NAME, "transform": aside}
    axes.set_ylim(len(names) - 0.4, -0.6)
    for row, (name, colour) in enumerate(zip(names, colours or ["black"] * len(names), strict=True)):
        axes.text(0, row, name, color=colour, **look)


def name_columns(axes: Axes, names: list[str], *, size: float, turn: float = 35) -> None:
    """Slanted names below the axes, one for each column."""
    axes.set_xticks([])
    below = axes.get_xaxis_transform() + ScaledTranslation(
        0, -NAME_GAP / POINTS, axes.get_figure().dpi_scale_trans
    )
    look = {
        "ha": "right",
        "va": "top",
        "rotation": turn,
        "rotation_mode": "anchor",
        "fontsize": size,
        "gid": NAME,
    }
    for column, name in enumerate(names):
        axes.text(column, 0, name, transform=below, **look)


def names_beside(axes: Axes) -> list[Text]:
    """The names of the columns and the rows of some axes, which are not labels of ticks."""
    return [text for text in axes.texts if text.get_gid() == NAME]
