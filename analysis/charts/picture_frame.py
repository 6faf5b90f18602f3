"""The frame of a front page's picture: a title, a row for each pair of countries, and how to read them.

It is narrower than other charts and its letters are larger, so that a phone can show all of it at once.
Places are in inches from the left, so that columns do not move with the names in them.
"""

from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.base import DARK, DPI, drawable_text, shortened
from analysis.charts.letters import lines_of
from analysis.country_names import country_name

FRAME_WIDTH: Final = 6.4  # of what is drawn; the picture has a margin around it
MARGIN: Final = 0.1
PICTURE_WIDTH: Final = FRAME_WIDTH + 2 * MARGIN
ROW_HEIGHT: Final = 0.56
HEAD_HEIGHT: Final = 0.26  # of the names of the columns
FOOT_HEIGHT: Final = 0.24  # of what stands below the last row
TITLE_LINE, NOTE_LINE = 0.2, 0.15
SPACING: Final = 1.15
TITLE_SIZE, NAME_SIZE, TEXT_SIZE, SMALL_SIZE = 11, 10, 9, 8  # points
TINY_NAME: Final = 7.5  # of a name in three lines or more
NAME_CHARS: Final = 18  # of a line of it
MOST_NAME_LINES: Final = 4


@dataclass(frozen=True)
class Frame:
    """A figure with a title and a note, and where its rows are."""

    figure: Figure
    height: float  # inches
    top: float  # of the first row, inches above the bottom of the figure

    def axes(self, row: float, left: float, width: float, *, share: float = 0.76) -> Axes:
        """Axes in the middle of a row, as high as a share of it; more than 1 for axes of several rows."""
        bottom = self.top - ROW_HEIGHT * (row + 0.5 + share / 2)
        sizes = (
            (MARGIN + left) / PICTURE_WIDTH,
            bottom / self.height,
            width / PICTURE_WIDTH,
            ROW_HEIGHT * share / self.height,
        )
        return self.figure.add_axes(sizes)

    def write(self, row: float, left: float, text: str, **look: object) -> None:
        """Text in the middle of a row; a row can be a fraction, 0 being the first.

        Args:
            look: arguments of matplotlib's Text that differ from small black letters.
        """
        x, y = (MARGIN + left) / PICTURE_WIDTH, (self.top - ROW_HEIGHT * (row + 0.5)) / self.height
        usual = {"va": "center", "fontsize": TEXT_SIZE, "linespacing": SPACING}
        self.figure.text(x, y, drawable_text(text), **{**usual, **look})

    def write_pair(self, row: int, dyad: str) -> None:
        """The names of a pair, one below the other, in the first column."""
        lines = name_lines(dyad)
        size = NAME_SIZE if len(lines) <= 2 else TINY_NAME
        self.write(row, 0, "\n".join(lines), fontsize=size, fontweight="bold")


def new_frame(title: str, row_count: int, note: str) -> Frame:
    """An empty picture for some rows, its title at the top and its note at the bottom."""
    heading = lines_of(drawable_text(title), FRAME_WIDTH, TITLE_SIZE, weight="bold")
    foot = lines_of(drawable_text(note), FRAME_WIDTH, SMALL_SIZE)
    title_height, note_height = TITLE_LINE * len(heading), NOTE_LINE * len(foot)
    top = MARGIN + note_height + FOOT_HEIGHT + ROW_HEIGHT * row_count
    height = top + HEAD_HEIGHT + title_height + MARGIN
    figure = Figure(figsize=(PICTURE_WIDTH, height), dpi=DPI)
    left, bottom = MARGIN / PICTURE_WIDTH, MARGIN / height
    figure.suptitle(
        "\n".join(heading),
        x=left,
        y=1 - bottom,
        ha="left",
        va="top",
        fontsize=TITLE_SIZE,
        fontweight="bold",
        linespacing=SPACING,
    )
    look = {"va": "bottom", "fontsize": SMALL_SIZE, "color": DARK, "linespacing": SPACING}
    figure.text(left, bottom, "\n".join(foot), **look)
    return Frame(figure, height, top)


def name_lines(dyad: str) -> list[str]:
    """ "China –" and "United States"; a long name takes more lines."""
    first, second = dyad.split("-")
    lines = [*wrap(f"{country_name(first)} –", NAME_CHARS), *wrap(country_name(second), NAME_CHARS)]
    return lines[:MOST_NAME_LINES]


def few_lines(text: str, width: int, *, most: int) -> list[str]:
    """Text in a few lines, shortened if it is too long for them."""
    lines = wrap(text, width)
    return (
        lines if len(lines) <= most else [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]
    )
