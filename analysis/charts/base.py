"""What all charts share, and the charts of topics, events and indicators.

A chart is drawn on a bare matplotlib Figure, because pyplot keeps its state in the main thread and JupyterLab
runs the callbacks of widgets in another. Every chart carries a text alternative made from the same data.
"""

import unicodedata
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame, DatetimeIndex, Series

from analysis.charts.drawing import png_of
from analysis.charts.layout import EDGE, MeasuredLayout, name_columns, name_rows
from analysis.charts.letters import POINTS, font_characters, lines_of
from analysis.country_names import dyad_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import between_countries, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.reading_gaps import GAP_DAYS
from analysis.phrasing import counted, listed
from analysis.schemas import ACT_STATUSES, QUAD_NAMES
from analysis.tables.rows import rows_of

# Okabe and Ito's palette: colour-blind readers can tell it apart, and its greys differ too.
BLUE, SKY, GREEN, ORANGE, RED, GREY = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#767676"
DARK = "#444444"  # of notes
# Cooperation is blue, conflict orange to red, in four steps of lightness, so that no two are the same grey.
# In every chart with two sides what is hostile goes right or up, as in a chart over time, where more conflict
# is higher; what is cooperative goes left or down.
QUAD_COLOURS = {1: "#6BAED6", 2: "#0B3C6F", 3: "#FFD27F", 4: "#C8501E"}
COOPERATIVE, HOSTILE = QUAD_COLOURS[2], QUAD_COLOURS[4]  # where words and deeds are one
LIGHT_QUAD = 3  # white hatching would not show on it
WIDTH = 8.0  # inches
ROW_HEIGHT = 0.34
DPI = 120
MOST_ROWS = 20
MOST_COLUMNS = 12
LABEL_CHARS = 40
SHORT_CHARS = 26  # of a slanted label below a column
TITLE_SIZE, NOTE_SIZE = 11.0, 8.0  # points
BELOW = -0.01  # of the height of a picture, under everything drawn in it
SPACING = 1.15  # of lines
HEAD_GAP, FOOT_GAP = 0.1, 0.06  # inches below the title, and above the note
UNDRAWN: Final = '<p class="tex2jax_ignore mathjax_ignore">{}</p>'  # or Jupyter makes a formula of $2 to $3
LEAST_PERIODS: Final = 3  # with articles: two points make no line
LEAST_OVER_TIME: Final = 2  # periods that bars or cells can compare


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
        return png_of(self.figure)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        if self.is_empty:
            return {"text/html": UNDRAWN.format(escape(self.alt)), "text/plain": self.alt}, {}
        return {"image/png": self.png(), "text/plain": self.alt}, {
            "image/png": {"alt": self.alt, "name": self.name}
        }


class Shade(NamedTuple):
    """What the colour of a cell means."""

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
    heading = lines_of(drawable_text(title), WIDTH - 2 * EDGE, TITLE_SIZE, weight="bold")
    foot = [
        line for own in note.split("\n") for line in lines_of(drawable_text(own), WIDTH - 2 * EDGE, NOTE_SIZE)
    ]
    more = lines_height(heading[1:], TITLE_SIZE) + lines_height(foot[1:], NOTE_SIZE)
    layout = MeasuredLayout(
        lines_height(heading, TITLE_SIZE) + HEAD_GAP, lines_height(foot, NOTE_SIZE) + FOOT_GAP
    )
    figure = Figure(figsize=(WIDTH, height + more), dpi=DPI, layout=layout)
    left, bottom = EDGE / WIDTH, EDGE / (height + more)
    look = {"x": left, "ha": "left", "linespacing": SPACING}
    figure.suptitle(
        "\n".join(heading), y=1 - bottom, va="top", fontsize=TITLE_SIZE, fontweight="bold", **look
    )
    if foot:
        figure.supxlabel("\n".join(foot), y=bottom, va="bottom", fontsize=NOTE_SIZE, color=DARK, **look)
    return figure


def with_sentence(chart: Chart, sentence: str) -> Chart:
    """A chart with a sentence more, below it and in its words; one in place of a chart stays as it is."""
    if not sentence or chart.is_empty:
        return chart
    lines = sum(text.get_position()[1] < 0 for text in chart.figure.texts)
    below = BELOW - lines_height([sentence] * lines, NOTE_SIZE) / chart.figure.get_figheight()
    chart.figure.text(0.01, below, sentence, ha="left", va="top", fontsize=NOTE_SIZE, color=DARK)
    return replace(chart, note=f"{chart.note} {sentence}".lstrip())


def lines_height(lines: list[str], size: float) -> float:
    """How high some lines are, in inches."""
    return len(lines) * size * SPACING / POINTS  # a line of DejaVu Sans is as high as its size


def new_axes(title: str, rows: int, *, note: str = "") -> tuple[Figure, Axes]:
    """`new_figure` with one set of axes, high enough for some rows."""
    figure = new_figure(title, 1.4 + ROW_HEIGHT * max(rows, 2), note=note)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def drawable_text(text: str) -> str:
    """Text that matplotlib draws literally: a dollar sign would begin a formula.

    Control characters are left out; letters that the font lacks become boxes, or matplotlib would warn.
    """
    drawn = (drawable_character(character) for character in text)
    return "".join(drawn).replace("$", r"\$")


def drawable_character(character: str) -> str:
    """A character as the font can draw it; "" for one that is not to be drawn."""
    if character == "\n" or (character.isascii() and character.isprintable()):
        return character
    if unicodedata.category(character).startswith("C"):
        return ""
    return character if ord(character) in font_characters() else "\N{WHITE SQUARE}"


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


NOT_DATED = "No chart over time: the dated articles fall into fewer than three periods."


def empty_chart(reason: str) -> Chart:
    """A sentence in place of a chart that would show nothing, or nothing more than the sentence says."""
    figure = Figure(figsize=(WIDTH, 0.6), dpi=DPI)
    words = "\n".join(lines_of(drawable_text(reason), WIDTH - 2 * EDGE, NOTE_SIZE))
    figure.text(EDGE / WIDTH, 0.5, words, va="center", fontsize=NOTE_SIZE, color=DARK)
    return Chart(figure, reason, is_empty=True)


def draw_heat(
    figure: Figure, shades: DataFrame, words: DataFrame, shade: Shade, *, column_chars: int = SHORT_CHARS
) -> Axes:
    """A grid of coloured cells with words in each; cells without a value stay white.

    Args:
        figure: where it is drawn.
        shades: the value that colours each cell; its index and columns name the rows and columns.
        words: what is written in each cell, of the same shape; "" for nothing.
        shade: the scale of the colours.
        column_chars: the longest name of a column.
    """
    (axes, beside), norm = figure.subplots(1, 2, width_ratios=(30, 1)), Normalize(shade.low, shade.high)
    image = axes.imshow(shades.to_numpy(dtype=float), cmap=shade.colours, norm=norm, aspect="auto")
    cells, look = words.to_numpy(), {"ha": "center", "va": "center", "fontsize": 7.5}
    is_dark = image.to_rgba(image.get_array()) @ (0.3, 0.59, 0.11, 0) < 0.5
    is_dark &= shades.notna().to_numpy()
    for i, j in zip(*(cells != "").nonzero(), strict=True):
        axes.text(j, i, drawable_text(cells[i, j]), color="white" if is_dark[i, j] else "black", **look)
    name_columns(axes, [label(name, column_chars) for name in shades.columns], size=8)
    name_rows(axes, [label(name) for name in shades.index], size=8)
    figure.colorbar(image, cax=beside, ticks=MaxNLocator(5, integer=shade.high > 1))
    beside.tick_params(labelsize=8)
    beside.set_ylabel(shade.name, fontsize=8)
    return axes


def topic_chart(topics: DataFrame, sentences: DataFrame, *, dimension: str = "theme") -> Chart:
    """Share of the sentences in which each topic of a dimension occurs.

    Args:
        topics: `Topics` table.
        sentences: `Sentences` table of the same articles.
        dimension: "theme" or "theatre".
    """
    found = topics[topics["dimension"] == dimension]
    summary = found.groupby("topic").agg(count=("article_id", "size"), articles=("article_id", "nunique"))
    summary = summary.sort_values("count", ascending=False, kind="stable").head(MOST_ROWS)
    total, read = len(sentences), sentences["article_id"].nunique()
    if summary.empty:
        return empty_chart(f"No {dimension} was recognised in {counted(total, 'sentence')}.")
    title = leading_title(summary["count"], f"of {counted(total, 'sentence')}")
    note = (
        f"A sentence can have more than one {dimension}, so the shares can add up to more than 100%. "
        "The number at each bar counts sentences."
    )
    figure, axes = new_axes(title, len(summary), note=note)
    bars = axes.barh(range(len(summary)), summary["count"] / total * 100, color=BLUE)
    counts = [
        f"{row.count_:,} in {row.articles_:,} of {counted(read, 'article')}" if read > 1 else f"{row.count_}"
        for row in row_tuples(summary)
    ]
    axes.bar_label(bars, counts, padding=3, fontsize=8)
    axes.margins(x=0.2)
    name_rows(axes, [label(topic) for topic in summary.index], size=9)
    axes.set_xlabel(f"share of {counted(total, 'sentence')} (percent)", fontsize=9)
    listing = ", ".join(f"{topic} {words}" for topic, words in zip(summary.index, counts, strict=True))
    return Chart(figure, f"Bar chart. {title}", f"Sentences by {dimension}: {listing}")


def leading_title(counts: Series, of: str) -> str:
    """ "Diplomacy leads: 9 of 18 sentences", or which of them lead together."""
    top = counts[counts == counts.max()].index.tolist()
    if len(top) == 1:
        return f"{sentence_start(top[0])} leads: {counts.max():,} {of}"
    leaders = listed(top[:3]) if len(top) <= 3 else f"{top[0]} and {len(top) - 1} others"
    return f"{sentence_start(leaders)} lead together: {counts.max():,} {of} each"


def theme_by_theatre_chart(topics: DataFrame) -> Chart:
    """How many sentences have both a theme and a theatre: `Topics` table."""
    themes, theatres = (topics[topics["dimension"] == name] for name in ("theme", "theatre"))
    key = ["article_id", "start_char"]
    both = themes.merge(theatres, on=key, suffixes=("_theme", "_theatre"), validate="many_to_many")
    if both.empty:
        return empty_chart("No sentence has both a theme and a theatre.")
    grid = pd.crosstab(both["topic_theme"], both["topic_theatre"])
    grid = grid.loc[order_by_total(grid, 1, MOST_ROWS), order_by_total(grid, 0, MOST_COLUMNS)]
    top = both.groupby(["topic_theme", "topic_theatre"]).size().sort_values(ascending=False, kind="stable")
    theme, theatre = top.index[0]
    title = (
        f"{sentence_start(theme)} and {theatre} occur together most often: {counted(top.iloc[0], 'sentence')}"
    )
    if grid.size == 1:
        sentences = counted(top.iloc[0], "sentence")
        return empty_chart(f"The only theme with a theatre is {theme}, with {theatre}: {sentences}.")
    note = "Cell: sentences with both. Occurring together does not mean that one causes the other."
    figure = new_figure(title, 2.3 + ROW_HEIGHT * max(len(grid), 2), note=note)
    shade = Shade("Blues", 0, grid.to_numpy().max(), "sentences")
    draw_heat(figure, grid.astype(float), grid.astype(str).where(grid > 0, ""), shade)
    cells = [f"{theme} with {theatre} {count}" for (theme, theatre), count in top.head(MOST_ROWS).items()]
    return Chart(figure, f"Heat map. {title}", "; ".join(cells))


def order_by_total(grid: DataFrame, axis: int, most: int) -> list[str]:
    """The names of the rows or columns with the largest sums, the largest first."""
    return grid.sum(axis=axis).sort_values(ascending=False, kind="stable").index[:most].tolist()


def row_tuples(summary: DataFrame) -> list:
    """Rows as tuples; the underscore keeps `count` and `index` from being methods."""
    return list(summary.add_suffix("_").itertuples(index=False))


def event_chart(events: DataFrame) -> Chart:
    """What each pair of countries did, by quad class; what is not an act is hatched. `Events` table."""
    known = events[between_countries(events)]
    if known.empty:
        return empty_chart("No act between two countries was recognised.")
    known = known.assign(dyad=dyads(known), is_act=known["status"].isin(ACT_STATUSES))
    sizes = known["dyad"].value_counts(sort=False).sort_values(ascending=False, kind="stable").head(MOST_ROWS)
    title = f"{dyad_name(sizes.index[0])} has the most events: {sizes.iloc[0]:,} of {len(known):,}"
    note = "Hatched: not an act (announced, hypothetical, denied or long past)."
    figure, axes = new_axes(title, len(sizes) + 2, note=note)
    draw_quads(axes, known, sizes.index)
    name_rows(axes, [label(dyad_name(dyad)) for dyad in sizes.index], size=9)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("coded events", fontsize=9)
    axes.legend(fontsize=8, frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    listing = "; ".join(f"{dyad_name(dyad)} {size}" for dyad, size in sizes.items())
    return Chart(figure, f"Stacked bars. {title}", f"Events by pair: {listing}")


def draw_quads(axes: Axes, events: DataFrame, order: pd.Index) -> None:
    """Bars of acts and of other events, quad by quad, one row per pair."""
    counts = events.groupby(["quad", "is_act", "dyad"]).size()
    left = Series(0, index=order)
    for quad, name in QUAD_NAMES.items():
        for is_act in (True, False):
            if (quad, is_act) not in counts.index.droplevel("dyad"):
                continue
            widths = counts[quad, is_act].reindex(order, fill_value=0)
            axes.barh(
                range(len(order)),
                widths,
                left=left,
                color=QUAD_COLOURS[quad],
                edgecolor="white",
                hatch=None if is_act else "///",
                hatchcolor=DARK if quad == LIGHT_QUAD else "white",
                label=name if is_act else f"{name},\nnot an act",
            )
            left = left + widths


def indicator_chart(
    indicators: DataFrame, indicator: str, *, minimum_stories: int = MINIMUM_STORIES
) -> Chart:
    """One indicator of each pair with its interval, grey if it comes from too few stories.

    A sentence where all do, because then nothing can be compared.

    Args:
        indicators: `Indicators` table; the rows over all periods are drawn.
        indicator: which one.
        minimum_stories: with fewer, a value is drawn in grey and not compared.
    """
    rows = indicators[(indicators["indicator"] == indicator) & (indicators["period"] == "all")]
    rows = rows.dropna(subset="value").sort_values(["event_count", "dyad"], ascending=[False, True])
    rows, name = rows.head(MOST_ROWS), indicator_name(indicator)
    if rows.empty:
        return empty_chart(f"No pair of countries has a {name}.")
    is_thin = rows["story_count"] < minimum_stories
    title = indicator_title(rows, rows[~is_thin], minimum_stories)
    if is_thin.all():
        return empty_chart(f"{title}.")
    note = (
        f"Line: 95% interval. Grey: fewer than {minimum_stories} stories, not compared. In brackets: events."
    )
    figure, axes = new_axes(title, len(rows), note=note)
    places = np.arange(len(rows))
    for chosen, colour in ((is_thin.to_numpy(), GREY), (~is_thin.to_numpy(), BLUE)):
        part = rows[chosen]
        axes.hlines(places[chosen], part["low"], part["high"], color=colour, linewidth=2)
        axes.plot(part["value"], places[chosen], "o", color=colour)
    name_rows(axes, [f"{label(dyad_name(row.dyad))} ({row.event_count})" for row in rows_of(rows)], size=9)
    axes.set_xlabel(name, fontsize=9)
    listing = "; ".join(
        f"{dyad_name(row.dyad)} {row.value:.2f} (n={row.event_count})" for row in rows_of(rows)
    )
    return Chart(figure, f"Dot chart with intervals. {title}", listing)


def indicator_title(rows: DataFrame, firm: DataFrame, minimum: int) -> str:
    """The pair with the highest value that can be compared, or that none can."""
    name = indicator_name(rows["indicator"].iloc[0])
    if firm.empty:
        none = "the only pair lacks" if len(rows) == 1 else f"none of {counted(len(rows), 'pair')} has"
        return f"{sentence_start(name)}: {none} the {minimum} stories needed for a comparison"
    top = firm.sort_values(["value", "dyad"], ascending=[False, True]).iloc[0]
    if len(firm) == 1 and len(rows) > 1:
        only = f"only {dyad_name(top['dyad'])} has the {minimum} stories needed for a comparison"
        return f"{sentence_start(name)}: {only}, with {top['value']:.2f}"
    if len(rows) == 1:
        return f"{sentence_start(name)} of {dyad_name(top['dyad'])}: {top['value']:.2f}"
    of = f"of the {len(firm)} with {minimum} stories or more"
    return f"{dyad_name(top['dyad'])} has the highest {name}, {top['value']:.2f}, {of}"


def shade_gaps(axes: Axes, dates: DatetimeIndex, values: Series) -> None:
    """Grey from one value to the next where there is none for four weeks: a gap in the articles."""
    known = dates[values.notna().to_numpy()]
    for before, after in pairwise(known):
        if (after - before).days > GAP_DAYS + (known[1:] - known[:-1]).min().days:
            axes.axvspan(before, after, color=GREY, alpha=0.15, linewidth=0, gid="gap")
