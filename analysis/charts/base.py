"""What all charts share: the picture with its words, its style, and text that is drawn as it is written.

A chart is drawn on a bare matplotlib Figure, because pyplot keeps its state in the main thread and JupyterLab
runs the callbacks of widgets in another. It is as narrow as a phone, so that its letters can be read there;
a wide screen shows it at twice the size of the phone and no more.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from io import BytesIO
from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font

# Okabe and Ito's palette: colour-blind readers can tell it apart, and its greys differ too.
BLUE, SKY, ORANGE, RED, GREY = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#767676"
DARK = "#444444"  # of notes
# In every chart with two sides what is hostile goes right or up, and what is cooperative left or down.
COOPERATIVE, HOSTILE = "#0B3C6F", "#C8501E"
WIDTH = 4.4  # inches: 9 points are 10 pixels on a phone 390 pixels wide
SHOWN_WIDTH = 560  # pixels on a wide screen
DPI = 200
ROW_HEIGHT, LINE_HEIGHT = 0.28, 0.145  # inches: of a bar with its name, and of a line of text
TITLE_SIZE, TEXT_SIZE, NOTE_SIZE = 10.5, 9.0, 8.0  # points
TITLE_CHARS, NOTE_CHARS = 48, 74  # of a line
LABEL_CHARS = 26
MARGIN = 0.05
MAX_ROWS = 15
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
        shown = {"alt": self.alt, "width": SHOWN_WIDTH}
        return {"image/png": self.png(), "text/plain": self.alt}, {"image/png": shown}


def new_figure(title: str, height: float, *, note: str = "") -> Figure:
    """An empty picture of the usual width, its finding at the top and how to read it at the bottom.

    Args:
        title: the finding.
        height: of what is between title and note, in inches.
        note: how to read it; lines of their own are kept.
    """
    heading, foot = wrapped(title, TITLE_CHARS), wrapped(note, NOTE_CHARS)
    text_height = LINE_HEIGHT * (1.35 * (heading.count("\n") + 1) + foot.count("\n") + 2)
    figure = Figure(figsize=(WIDTH, height + text_height), dpi=DPI, layout="constrained")
    figure.suptitle(heading, x=0, ha="left", fontsize=TITLE_SIZE, fontweight="bold")
    if foot:
        figure.supxlabel(foot, x=0, ha="left", fontsize=NOTE_SIZE, color=DARK)
    return figure


def new_axes(title: str, rows: int, *, note: str = "") -> tuple[Figure, Axes]:
    """`new_figure` with one set of axes, high enough for some rows."""
    figure = new_figure(title, 0.5 + ROW_HEIGHT * max(rows, 2), note=note)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=NOTE_SIZE)
    return figure, axes


def empty_chart(reason: str) -> Chart:
    """A sentence in place of a chart that would show nothing, or nothing more than the sentence says."""
    figure = Figure(figsize=(WIDTH, 0.6), dpi=DPI)
    figure.text(0, 0.5, wrapped(reason, NOTE_CHARS), va="center", fontsize=NOTE_SIZE, color=DARK)
    return Chart(figure, reason, is_empty=True)


def with_sentence(chart: Chart, sentence: str) -> Chart:
    """A chart with a sentence more, below it and in its words; one in place of a chart stays as it is."""
    if not sentence or chart.is_empty:
        return chart
    chart.figure.text(0, -0.01, wrapped(sentence, NOTE_CHARS), va="top", fontsize=NOTE_SIZE, color=DARK)
    return replace(chart, note=f"{chart.note} {sentence}".lstrip())


def wrapped(text: str, chars: int) -> str:
    """Text in lines as a picture can draw it; lines of its own are kept."""
    return "\n".join(line for own in text.split("\n") for line in wrap(drawable_text(own), chars))


def few_lines(text: str, width: int, *, most: int) -> str:
    """Text in a few lines, shortened if it is too long for them."""
    lines = wrap(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]
    return drawable_text("\n".join(lines))


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


def name_rows(axes: Axes, names: Iterable[str]) -> None:
    """Names left of the axes, one for each row, the first at the top, each in two lines at most."""
    lines = [few_lines(name, LABEL_CHARS, most=2) for name in names]
    axes.set_yticks(range(len(lines)), lines, fontsize=NOTE_SIZE, linespacing=1.1)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(lines) - 0.4, -0.6)


ROW_NAME_CHARS = 48
HEAD_HEIGHT = 0.2  # inches, of the names of columns


@dataclass(frozen=True)
class Rows:
    """A figure with a title, a note and a row for each pair of countries, which begins with its name.

    Columns are at places in inches, so that they do not move with what is in them.
    """

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
        rows.write(row, 0, label(name, ROW_NAME_CHARS), down=0.04, fontsize=TEXT_SIZE, fontweight="bold")
    return rows
