"""A picture of rows, one for each pair of countries, with columns at places in inches.

So columns do not move with what is in them, and each row begins with the name of its pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.base import (
    DARK,
    DPI,
    LINE_HEIGHT,
    NOTE_CHARS,
    NOTE_SIZE,
    TEXT_SIZE,
    TITLE_CHARS,
    TITLE_SIZE,
    WIDTH,
    label,
    wrapped,
)

NAME_CHARS = 48
HEAD_HEIGHT = 0.2  # inches


@dataclass(frozen=True)
class Rows:
    """A figure with a title, a note and rows."""

    figure: Figure
    row_height: float  # inches
    top: float  # of the first row, inches above the bottom of the figure

    def axes(self, row: int, left: float, width: float, *, top: float, height: float) -> Axes:
        """Axes in a row, all in inches.

        Args:
            row: from 0.
            left: from the left of the figure.
            width: of the axes.
            top: below the upper end of the row.
            height: of the axes; they can reach into the rows below.
        """
        _, high = self.figure.get_size_inches()
        bottom = self.top - row * self.row_height - top - height
        return self.figure.add_axes((left / WIDTH, bottom / high, width / WIDTH, height / high))

    def write(self, row: int, left: float, text: str, *, down: float = 0.26, **look: object) -> None:
        """Text that begins so far below the upper end of a row, as it can be drawn (`few_lines`).

        Args:
            look: arguments of matplotlib's Text that differ from small black letters.
        """
        _, high = self.figure.get_size_inches()
        y = (self.top - row * self.row_height - down) / high
        self.figure.text(left / WIDTH, y, text, **{"va": "top", "fontsize": NOTE_SIZE, **look})

    def write_head(self, left: float, text: str, *, ha: str = "left") -> None:
        """The name of a column, above the first row."""
        self.write(0, left, text, down=-HEAD_HEIGHT, color=DARK, ha=ha)


def new_rows(
    title: str, names: Sequence[str], row_height: float, *, note: str, head_height: float = HEAD_HEIGHT
) -> Rows:
    """An empty picture with a row for each pair, its title at the top and its note at the bottom.

    Args:
        title: the finding.
        names: of the pairs.
        row_height: in inches.
        note: how to read it.
        head_height: what the names of columns need, in inches.
    """
    heading, foot = wrapped(title, TITLE_CHARS), wrapped(note, NOTE_CHARS)
    top = LINE_HEIGHT * (foot.count("\n") + 2) + row_height * len(names)
    height = top + head_height + 1.3 * LINE_HEIGHT * (heading.count("\n") + 1.4)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI)
    figure.suptitle(heading, x=0, y=1, ha="left", va="top", fontsize=TITLE_SIZE, fontweight="bold")
    figure.text(0, 0, foot, va="bottom", fontsize=NOTE_SIZE, color=DARK)
    rows = Rows(figure, row_height, top)
    for row, name in enumerate(names):
        rows.write(row, 0, label(name, NAME_CHARS), down=0.04, fontsize=TEXT_SIZE, fontweight="bold")
    return rows
