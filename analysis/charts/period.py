"""The one picture of a front page: how hostile the leading pairs are now, or who acts on whom.

It is narrower than other charts and its letters are larger, so that a phone can show all of it at once.
Places are in inches from the left, so that columns do not move with the names in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pandas import DataFrame, Series

from analysis.charts.base import (
    COOPERATIVE,
    DARK,
    DPI,
    GREY,
    HOSTILE,
    MIN_PERIODS,
    Chart,
    drawable_text,
    empty_chart,
    shortened,
    wrapped,
)
from analysis.country_names import country_name, dyad_in_sentence, dyad_name
from analysis.phrasing import counted, days_in_words, listed
from analysis.schemas import INCIDENT_STATUSES
from analysis.tables.rows import rows_of

MAX_PAIRS: Final = 6
THIN: Final = 0.2  # of the period's stories; a window with fewer would be blown up by scaling, so it is a gap
MIN_TOP: Final = 1.5  # of a scale; or one accusation would look like a war
WIDTH, ROW_HEIGHT = 6.4, 0.56  # inches
TITLE_CHARS, NOTE_CHARS = 66, 98  # of a line
TEXT_SIZE, SMALL_SIZE = 9, 8  # points
NAME_CHARS, MAX_NAME_LINES = 18, 4
LINE, LINE_WIDTH = 1.72, 1.5  # where columns begin, in inches
NUMBERS, ARROW, WORD, ABOUT = 3.36, 4.02, 4.2, 4.86
ABOUT_CHARS, ABOUT_LINES = 21, 3
BAND: Final = "#D9D9D9"
LOOKS: Final = {  # colours as dark as the letters beside them, in print too
    "up": ("▲", "rising", "#A63603"),
    "down": ("▼", "easing", "#0B3C6F"),
    "no clear change": ("–", "no clear\nchange", DARK),
    "not compared": ("", "", DARK),
}
UNITS: Final = {1: "day", 7: "week", **dict.fromkeys((28, 29, 30, 31), "month")}  # by days
NO_LINES: Final = "No lines over time: fewer than three periods have articles, or no pair is hostile."
MIDDLE, LONGEST = 4.0, 1.9  # where bars begin, and the room for the longest, in inches
ROOM: Final = 1.15  # that room over the longest bar: its number stands beside it
BAR, BAR_HEIGHT = 0.78, 0.26  # middle and height of a bar, in heights of a row from below
SIDE_CHARS, SIDE_LINES = 34, 2


@dataclass(frozen=True)
class Frame:
    """A figure with a title, a note and rows; each row begins with the names of a pair."""

    figure: Figure
    height: float  # inches
    top: float  # of the first row, inches above the bottom of the figure

    def axes(self, row: float, left: float, width: float, *, share: float = 0.76) -> Axes:
        """Axes in the middle of a row, as high as a share of it; more than 1 for axes of several rows."""
        bottom, high = self.top - ROW_HEIGHT * (row + 0.5 + share / 2), ROW_HEIGHT * share
        return self.figure.add_axes((left / WIDTH, bottom / self.height, width / WIDTH, high / self.height))

    def write(self, row: float, left: float, text: str, **look: object) -> None:
        """Text in the middle of a row; a row can be a fraction, 0 being the first.

        Args:
            look: arguments of matplotlib's Text that differ from small black letters.
        """
        y = (self.top - ROW_HEIGHT * (row + 0.5)) / self.height
        self.figure.text(
            left / WIDTH, y, drawable_text(text), **{"va": "center", "fontsize": TEXT_SIZE, **look}
        )

    def write_head(self, left: float, text: str, *, ha: str = "left") -> None:
        """The name of a column, above the first row."""
        self.write(-0.68, left, text, fontsize=SMALL_SIZE, color=DARK, ha=ha)


def new_frame(title: str, dyads: Sequence[str], note: str) -> Frame:
    """An empty picture with a row for each pair, its title at the top and its note at the bottom."""
    heading, foot = wrapped(title, TITLE_CHARS), wrapped(note, NOTE_CHARS)
    top = 0.15 * (foot.count("\n") + 1) + 0.24 + ROW_HEIGHT * len(dyads)
    height = top + 0.26 + 0.2 * (heading.count("\n") + 1)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI)
    figure.suptitle(heading, x=0, y=1, ha="left", va="top", fontsize=11, fontweight="bold")
    figure.text(0, 0, foot, va="bottom", fontsize=SMALL_SIZE, color=DARK)
    frame = Frame(figure, height, top)
    for row, dyad in enumerate(dyads):
        first, second = dyad.split("-")
        names = [*wrap(f"{country_name(first)} –", NAME_CHARS), *wrap(country_name(second), NAME_CHARS)]
        lines = names[:MAX_NAME_LINES]
        size = 10 if len(lines) <= 2 else 7.5
        frame.write(row, 0, "\n".join(lines), fontsize=size, fontweight="bold")
    return frame


def few_lines(text: str, width: int, *, most: int) -> str:
    """Text in a few lines, shortened if it is too long for them."""
    lines = wrap(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width)]
    return "\n".join(lines)


class Side(NamedTuple):
    """How one side of the bars is drawn."""

    sign: int  # -1 to the left
    colour: str
    text_side: str  # at which end a text is fixed


SIDES: Final = {
    "cooperative": Side(-1, COOPERATIVE, "right"),
    "hostile": Side(1, HOSTILE, "left"),
}


class SideLabels(NamedTuple):
    """The incidents of a pair in a few words: ("talks, visit announced", "tariffs")."""

    cooperative: str
    hostile: str


NO_LABELS: Final = SideLabels("", "")


def period_picture(
    levels: DataFrame,
    moves: DataFrame,
    incidents: DataFrame,
    *,
    labels: dict[str, str],
    side_labels: dict[str, SideLabels],
) -> Chart:
    """The leading pairs over time or, where fewer than three windows hold articles, who acts on whom.

    Args:
        levels: `PeriodLevels` table; empty where nothing is dated.
        moves: `PeriodMoves` rows of the pairs to draw, in this order.
        incidents: `Incidents` rows of the period, of all pairs.
        labels: as in `leading_pairs_chart`.
        side_labels: as in `one_article_chart`.
    """
    if len(windows_with_articles(levels)) >= MIN_PERIODS and len(moves):
        return leading_pairs_chart(levels, moves, labels)
    return one_article_chart(incidents, side_labels, pairs=tuple(side_labels))


def windows_with_articles(levels: DataFrame) -> Series:
    """The first days of the windows in which something was read."""
    return levels.loc[levels["story_count"] > 0, "window_start"].drop_duplicates()


def leading_pairs_chart(levels: DataFrame, moves: DataFrame, labels: dict[str, str]) -> Chart:
    """A small line for each leading pair: how hostile it is now, what is usual, and what it is about.

    Args:
        levels: `PeriodLevels` table.
        moves: `PeriodMoves` rows of the pairs to draw, in this order; the first six are drawn.
        labels: what each pair is about, in a few words: "ceasefire, withdrawal".
    """
    if moves.empty or len(windows_with_articles(levels)) < MIN_PERIODS:
        return empty_chart(NO_LINES)
    shown = moves.head(MAX_PAIRS)
    is_compared = bool((shown["direction"] != "not compared").any())
    title, note = moves_title(levels, shown), moves_note(levels, is_compared=is_compared)
    frame = new_frame(title, shown["dyad"].tolist(), note)
    words = []
    for row, move in enumerate(rows_of(shown)):
        about, usual = labels.get(move.dyad, ""), usual_level(move)
        draw_line(frame.axes(row, LINE, LINE_WIDTH), scaled_levels(levels[levels["dyad"] == move.dyad]), move)
        symbol, word, colour = LOOKS[move.direction]
        number = "?" if np.isnan(move.hostile_weight) else f"{move.hostile_weight:.1f}"
        frame.write(row - 0.16, NUMBERS, number, fontsize=11, fontweight="bold")
        if usual is not None:
            frame.write(row + 0.2, NUMBERS, f"usual {usual:.1f}", fontsize=SMALL_SIZE, color=DARK)
        frame.write(row, ARROW, symbol, fontsize=12, color=colour, ha="center")
        frame.write(row, WORD, word, fontweight="bold" if move.direction in ("up", "down") else "normal")
        frame.write(row, ABOUT, few_lines(about, ABOUT_CHARS, most=ABOUT_LINES))
        before = "" if usual is None else f", usually {usual:.1f}"
        change = " ".join(word.split()) or f"not compared ({move.reason})"
        words.append(f"{dyad_name(move.dyad)} {number}{before}, {change}{about and f', about {about}'}")
    unit, end = unit_of(levels), len(shown) - 0.36
    frame.write_head(LINE, f"hostility by {unit}")
    frame.write_head(NUMBERS, f"this {unit}")
    frame.write_head(WORD, "change" if is_compared else "")
    frame.write_head(ABOUT, "about" if labels else "")
    first, last = levels["window_start"].min(), levels["window_end"].max()
    frame.write(end, LINE, f"{first.day} {first:%b %Y}", fontsize=SMALL_SIZE)
    frame.write(end, LINE + LINE_WIDTH, f"{last.day} {last:%b}", fontsize=SMALL_SIZE, ha="right")
    return Chart(frame.figure, f"Small line charts. {title}", "; ".join(words), note)


def scaled_levels(rows: DataFrame) -> DataFrame:
    """Levels of one pair as if each window had as many stories as the period; missing for a thin window."""
    rows = rows.sort_values("window_start", ignore_index=True)
    now = rows.loc[rows["is_period"], "story_count"].iloc[0]
    stories = rows["story_count"].where(rows["story_count"] >= max(1, THIN * now))
    return rows.assign(level=(rows["hostile_weight"] * now / stories).astype(float))


def draw_line(axes: Axes, series: DataFrame, move: object) -> None:
    """The level of one pair over the windows, what is usual as a band, the period as a dot.

    Args:
        axes: where it is drawn.
        series: rows of `scaled_levels`.
        move: row of `PeriodMoves`.
    """
    levels, last = series["level"].to_numpy(), len(series) - 1
    usual = usual_level(move)
    if usual is not None:
        axes.fill_between([0, last], 0, usual, color=BAND, linewidth=0)
        axes.plot([0, last], [usual] * 2, color=GREY, linewidth=0.8)
    axes.plot(levels, "o-", color="black", linewidth=1.1, markersize=1.8)
    axes.plot(last, levels[-1], "o", color=LOOKS[move.direction][2], markersize=7, clip_on=False, zorder=3)
    top = max(MIN_TOP, usual or 0.0, *np.nan_to_num(levels))
    axes.set_ylim(0, 1.02 * top)
    axes.set_xlim(-0.4, last + 0.1)
    axes.set_xticks([])
    axes.set_yticks([0, top], ["0", f"{top:.0f}" if top >= 10 else f"{top:.1f}"], fontsize=7, color=DARK)
    axes.tick_params(axis="y", length=2, pad=1.5, color=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)


def usual_level(move: object) -> float | None:
    """The pair's usual level, where enough was read to call one usual."""
    return None if move.direction == "not compared" else float(move.usual_weight)


def unit_of(levels: DataFrame) -> str:
    """The name of a window: "day", "week", "month", else "period"."""
    days = (levels["window_end"].iloc[0] - levels["window_start"].iloc[0]).days + 1
    return UNITS.get(days, "period")


def moves_title(levels: DataFrame, shown: DataFrame) -> str:
    """Name the pairs, the days and which pairs moved."""
    now = levels[levels["is_period"]].iloc[0]
    days = days_in_words(now["window_start"].date(), now["window_end"].date())
    before = levels["window_start"].nunique() - 1
    unit = unit_of(levels)
    past = f"the {unit} before" if before == 1 else f"the {before} {unit}s before"
    return f"Hostility between the leading pairs, {days}, against {past}. {finding(shown)}"


def finding(shown: DataFrame) -> str:
    """Which of the pairs moved: "Rising: Afghanistan – Pakistan"."""
    if (shown["direction"] == "not compared").all():
        return "Too little was read to compare"
    moved = {
        word: [dyad_name(dyad) for dyad in shown.loc[shown["direction"] == direction, "dyad"]]
        for direction, word in (("up", "Rising"), ("down", "Easing"))
    }
    parts = [f"{word}: {listed(pairs)}" for word, pairs in moved.items() if pairs]
    return "; ".join(parts) or "No clear change"


def moves_note(levels: DataFrame, *, is_compared: bool) -> str:
    """How to read the lines."""
    unit = unit_of(levels)
    how = (
        f"Hostility: the hostile incidents of a {unit} added up by gravity, an air strike as 0.9 and an "
        f"accusation as 0.3, for as many stories as were read this {unit}. Each pair has its own scale. "
        f"Large dot: this {unit}. Gap: hardly anything was read."
    )
    if not is_compared:
        return how
    usual = f"Grey: the usual level, the mean of the {unit}s before."
    return f"{how} {usual} Arrow: more than chance. Blank: too little to compare."


def one_article_chart(
    incidents: DataFrame, labels: dict[str, SideLabels], *, pairs: Sequence[str] = ()
) -> Chart:
    """Draw who acts on whom: cooperative incidents of each pair to the left, hostile ones to the right.

    Args:
        incidents: `Incidents` rows to count.
        labels: what the incidents of each pair are, in a few words for each side.
        pairs: to draw; by default the six pairs with the most incidents.
    """
    counts = side_counts(incidents)
    if counts.empty:
        return empty_chart("No incident between two countries was recognised.")
    shown = counts[counts.index.isin(pairs)] if pairs else counts.head(MAX_PAIRS)
    title, note = sides_title(counts), sides_note(counts.drop(shown.index))
    frame = new_frame(title, shown.index.tolist(), note)
    widest = shown.T.groupby(level="side").sum().to_numpy().max()
    draw_sides(
        frame.axes((len(shown) - 1) / 2, MIDDLE - LONGEST, 2 * LONGEST, share=len(shown)), shown, widest
    )
    words = []
    for row, (dyad, pair) in enumerate(shown.iterrows()):
        about, parts = labels.get(dyad, NO_LABELS), []
        for side, look in SIDES.items():
            done = [f"{pair[side, status]} {status}" for status in INCIDENT_STATUSES if pair[side, status]]
            if done:
                subject, count = getattr(about, side), pair[side].sum()
                parts.append(f"{side} {', '.join(done)}{subject and f' ({subject})'}")
                end = MIDDLE + look.sign * (count / widest / ROOM * LONGEST + 0.06)
                frame.write(row + 0.5 - BAR, end, f"{count}", fontweight="bold", ha=look.text_side)
                below = {"fontsize": SMALL_SIZE, "ha": look.text_side, "va": "top"}
                lines = few_lines(subject, SIDE_CHARS, most=SIDE_LINES)
                frame.write(row - 0.1, MIDDLE + look.sign * 0.06, lines, **below)
        words.append(f"{dyad_name(dyad)}: {', '.join(parts)}")
    frame.write_head(MIDDLE - 0.1, "◀ cooperative", ha="right")
    frame.write_head(MIDDLE + 0.1, "hostile ▶")
    return Chart(frame.figure, f"Bars to two sides. {title}", "; ".join(words), note)


def side_counts(incidents: DataFrame) -> DataFrame:
    """Incidents by pair, side and status, the pairs with the most first; of equally many the hostile ones."""
    sides = Series(np.where(incidents["quad"] >= 3, "hostile", "cooperative"), incidents.index, name="side")
    columns = pd.MultiIndex.from_product([SIDES, INCIDENT_STATUSES], names=["side", "status"])
    counts = pd.crosstab(incidents["dyad"], [sides, incidents["status"]]).reindex(
        columns=columns, fill_value=0
    )
    sums = DataFrame({"total": counts.sum(axis=1), "hostile_count": counts["hostile"].sum(axis=1)})
    ranked = sums.reset_index().sort_values(
        ["total", "hostile_count", "dyad"], ascending=[False, False, True]
    )
    return counts.loc[ranked["dyad"].tolist()]


def draw_sides(axes: Axes, pairs: DataFrame, widest: int) -> None:
    """The bars of each pair, from the middle to both sides; announced incidents are hatched."""
    rows = np.arange(len(pairs)) + 1 - BAR
    for side, look in SIDES.items():
        done, announced = (look.sign * pairs[side, status] for status in INCIDENT_STATUSES)
        axes.barh(rows, done, BAR_HEIGHT, color=look.colour)
        axes.barh(rows, announced, BAR_HEIGHT, left=done, color="white", edgecolor=look.colour, hatch="////")
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlim(-widest * ROOM, widest * ROOM)
    axes.set_ylim(len(pairs), 0)
    axes.set_axis_off()


def sides_title(counts: DataFrame) -> str:
    """How many incidents there are, and how many of them between the first pair."""
    total, first = int(counts.to_numpy().sum()), counts.index[0]
    pair, own = dyad_in_sentence(first), int(counts.loc[first].sum())
    start = f"Who deals with whom, and how: {counted(total, 'incident')}"
    if len(counts) == 1:
        return f"{start} between {pair}"
    return f"{start} between {len(counts)} pairs, {own} of them between {pair}"


def sides_note(others: DataFrame) -> str:
    """How to read the bars, and what is left out: the counts of the other pairs."""
    left_out = ""
    if len(others):
        incidents = counted(int(others.to_numpy().sum()), "incident")
        left_out = f" Not drawn: {counted(len(others), 'other pair')} with {incidents}."
    return (
        "Number: incidents, each counted once however many sentences or stories report it. Filled: done. "
        f"Hatched: announced.{left_out}"
    )
