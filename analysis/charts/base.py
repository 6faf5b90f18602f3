"""What all charts share.

A chart is drawn on a bare matplotlib Figure, because pyplot keeps its state in the main thread and JupyterLab
runs the callbacks of widgets in another. Every chart carries a text alternative made from the same data.
"""

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from io import BytesIO
from textwrap import wrap
from typing import Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ticker import FuncFormatter, MaxNLocator
from pandas import DataFrame

# Okabe and Ito's palette: colour-blind readers can tell it apart, and its greys differ too.
BLUE, SKY, ORANGE, RED, GREY = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#767676"
DARK = "#444444"  # of notes
# Cooperation is blue, conflict orange to red, in four steps of lightness, so that no two are the same grey.
# In every chart with two sides what is hostile goes right or up, as in a chart over time, where more conflict
# is higher; what is cooperative goes left or down.
QUAD_COLOURS = {1: "#6BAED6", 2: "#0B3C6F", 3: "#FFD27F", 4: "#C8501E"}
COOPERATIVE, HOSTILE = QUAD_COLOURS[2], QUAD_COLOURS[4]  # where words and deeds are one
LIGHT_QUAD = 3  # white hatching would not show on it
WIDTH = 8.0  # inches
ROW_HEIGHT = 0.34
LINE_HEIGHT = 0.15  # of a note
DPI = 120
MARGIN = 0.06
MAX_ROWS, MAX_COLUMNS = 20, 12
LABEL_CHARS = 40
SHORT_CHARS = 26  # of a slanted label below a column
TITLE_CHARS, NOTE_CHARS = 84, 140  # of a line
TITLE_SIZE, NOTE_SIZE = 11.0, 8.0  # points
UNDRAWN: Final = '<p class="tex2jax_ignore mathjax_ignore">{}</p>'  # or Jupyter makes a formula of $2 to $3
MIN_PERIODS: Final = 3  # with articles: two points make no line
MIN_BARS_OVER_TIME: Final = 2  # periods that bars or cells can compare
NOT_DATED = "No chart over time: the dated articles fall into fewer than three periods."


@dataclass(frozen=True)
class Chart:
    """A picture, and the words that say the same."""

    figure: Figure
    name: str  # what kind of chart it is, and what it shows: "Bar chart. Diplomacy leads: 9 of 18"
    details: str = ""  # the numbers that are drawn, without a full stop
    note: str = ""  # what else a reader must know
    is_empty: bool = False  # nothing is drawn, and the name says why

    @property
    def alt(self) -> str:
        """The text alternative of the picture."""
        words = f"{self.name}. {self.details}." if self.details else self.name
        return f"{words} {self.note}".rstrip()

    def png(self) -> bytes:
        """The picture; the same chart gives the same bytes."""
        stream = BytesIO()
        self.figure.savefig(
            stream, format="png", bbox_inches="tight", pad_inches=MARGIN, metadata={"Software": None}
        )
        return stream.getvalue()

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        if self.is_empty:
            return {"text/html": UNDRAWN.format(escape(self.alt)), "text/plain": self.alt}, {}
        return {"image/png": self.png(), "text/plain": self.alt}, {
            "image/png": {"alt": self.alt, "name": self.name}
        }


class Shade(NamedTuple):
    """The scale of the colours of cells."""

    colours: str  # a colour map of matplotlib
    low: float
    high: float
    name: str


def new_figure(title: str, height: float, *, note: str = "") -> Figure:
    """An empty picture of the usual width, its finding at the top and how to read it at the bottom.

    Args:
        title: the finding.
        height: in inches, with one line of title and one of note; more lines make it higher.
        note: how to read it; lines of their own are kept.
    """
    heading, foot = wrapped(title, TITLE_CHARS), wrapped(note, NOTE_CHARS)
    more = heading.count("\n") * 1.3 * LINE_HEIGHT + foot.count("\n") * LINE_HEIGHT
    figure = Figure(figsize=(WIDTH, height + more), dpi=DPI, layout="constrained")
    figure.suptitle(heading, x=0.01, ha="left", fontsize=TITLE_SIZE, fontweight="bold")
    if foot:
        figure.supxlabel(foot, x=0.01, ha="left", fontsize=NOTE_SIZE, color=DARK)
    return figure


def new_axes(title: str, rows: int, *, note: str = "") -> tuple[Figure, Axes]:
    """`new_figure` with one set of axes, high enough for some rows."""
    figure = new_figure(title, 1.4 + ROW_HEIGHT * max(rows, 2), note=note)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def empty_chart(reason: str) -> Chart:
    """A sentence in place of a chart that would show nothing, or nothing more than the sentence says."""
    figure = Figure(figsize=(WIDTH, 0.6), dpi=DPI)
    figure.text(0.01, 0.5, wrapped(reason, NOTE_CHARS), va="center", fontsize=NOTE_SIZE, color=DARK)
    return Chart(figure, reason, is_empty=True)


def with_sentence(chart: Chart, sentence: str) -> Chart:
    """A chart with a sentence more, below it and in its words; one in place of a chart stays as it is."""
    if not sentence or chart.is_empty:
        return chart
    before = sum(text.get_position()[1] < 0 for text in chart.figure.texts)
    below = -0.01 - before * LINE_HEIGHT / chart.figure.get_figheight()
    chart.figure.text(0.01, below, sentence, va="top", fontsize=NOTE_SIZE, color=DARK)
    return replace(chart, note=f"{chart.note} {sentence}".lstrip())


def wrapped(text: str, chars: int) -> str:
    """Text in lines as a picture can draw it; lines of its own are kept."""
    return "\n".join(line for own in text.split("\n") for line in wrap(drawable_text(own), chars))


def drawable_text(text: str) -> str:
    """Text that matplotlib draws literally: a dollar sign would begin a formula.

    Control characters are left out; letters that the font lacks become boxes, or matplotlib would warn.
    """
    drawn = (
        one if one == "\n" or ord(one) in font_characters() else "\N{WHITE SQUARE}"
        for one in text
        if one == "\n" or not unicodedata.category(one).startswith("C")
    )
    return "".join(drawn).replace("$", r"\$")


@cache
def font_characters() -> frozenset[int]:
    """The characters that the font of the charts has."""
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def shortened(text: str, most: int = LABEL_CHARS) -> str:
    """A name on one line, shortened if it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def label(text: str, most: int = LABEL_CHARS) -> str:
    """A name as an axis can draw it."""
    return drawable_text(shortened(text, most))


def sentence_start(text: str) -> str:
    """The text with a capital first letter, the others unchanged."""
    return text[:1].upper() + text[1:]


def name_rows(axes: Axes, names: list[str], *, size: float = 9, colours: list[str] | None = None) -> None:
    """Names left of the axes, one for each row, the first at the top."""
    axes.set_yticks(range(len(names)), names, fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.4, -0.6)
    for name, colour in zip(axes.get_yticklabels(), colours or [], strict=False):
        name.set_color(colour)


def date_axis(axes: Axes, *, most: int = 10) -> None:
    """Dates below the axes, the year only where it changes."""
    locator = AutoDateLocator(minticks=2, maxticks=most)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.xaxis.get_offset_text().set_fontsize(8)


def count_axis(axis: Axis) -> None:
    """Whole numbers, the same on both sides of zero."""
    axis.set_major_locator(MaxNLocator(5, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda count, _: f"{abs(count):.0f}"))


def draw_heat(
    figure: Figure, shades: DataFrame, words: DataFrame, shade: Shade, *, column_chars: int = SHORT_CHARS
) -> Axes:
    """A grid of coloured cells with words in each; cells without a value stay white.

    Args:
        figure: where it is drawn.
        shades: the value that colours each cell; its index and columns name the rows and columns.
        words: what is written in each cell, of the same shape; missing or "" for nothing.
        shade: the scale of the colours.
        column_chars: the longest name of a column.
    """
    axes, values = figure.add_subplot(), shades.to_numpy(dtype=float)
    image = axes.imshow(values, cmap=shade.colours, vmin=shade.low, vmax=shade.high, aspect="auto")
    is_dark = image.to_rgba(image.get_array()) @ (0.3, 0.59, 0.11, 0) < 0.5
    for (i, j), text in enumerate_cells(words):
        colour = "white" if is_dark[i, j] and not pd.isna(values[i, j]) else "black"
        axes.text(j, i, drawable_text(text), color=colour, ha="center", va="center", fontsize=7.5)
    columns = [label(name, column_chars) for name in shades.columns]
    axes.set_xticks(range(len(columns)), columns, fontsize=8, rotation=35, ha="right", rotation_mode="anchor")
    axes.tick_params(axis="x", length=0)
    name_rows(axes, [label(name) for name in shades.index], size=8)
    bar = figure.colorbar(image, ax=axes, ticks=MaxNLocator(5, integer=shade.high > 1), pad=0.02)
    bar.ax.tick_params(labelsize=8)
    bar.set_label(shade.name, fontsize=8)
    return axes


def enumerate_cells(words: DataFrame) -> list[tuple[tuple[int, int], str]]:
    """Row, column and text of each cell that has one."""
    rows = enumerate(words.fillna("").to_numpy())
    return [((i, j), text) for i, row in rows for j, text in enumerate(row) if text]


def order_by_total(grid: DataFrame, axis: int, most: int) -> list[str]:
    """The names of the rows or columns with the largest sums, the largest first."""
    return grid.sum(axis=axis).sort_values(ascending=False, kind="stable").index[:most].tolist()
