"""How hostile pairs are over time: the leading pairs of a period as small lines, and longer series."""

from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pandas import DataFrame, Series

from analysis.charts.bars import SideLabels, one_article_chart
from analysis.charts.base import (
    BLUE,
    DARK,
    GREY,
    MIN_PERIODS,
    NOT_DATED,
    NOTE_SIZE,
    RED,
    SKY,
    TEXT_SIZE,
    Chart,
    date_axis,
    empty_chart,
    few_lines,
    new_figure,
)
from analysis.charts.rows import new_rows
from analysis.country_names import dyad_name, subject_name
from analysis.indicators.dyads import MINIMUM_STORIES, indicator_name
from analysis.indicators.period_moves import level_word
from analysis.indicators.periods import period_range
from analysis.indicators.spikes import GAP_DAYS
from analysis.phrasing import days_in_words, listed, plain_number, sentence_start
from analysis.tables.rows import rows_of

MAX_PAIRS: Final = 5
THIN: Final = 0.2  # of the period's stories; a window with fewer would be blown up by scaling, so it is a gap
MIN_TOP: Final = 1.5  # of a scale; or one accusation would look like a war
PAIR_HEIGHT: Final = 0.74  # inches
LINE, LINE_WIDTH = 0.24, 1.4  # where columns begin, in inches
NUMBER, WORD, ABOUT = 1.76, 2.38, 3.14
ABOUT_CHARS, ABOUT_LINES = 20, 3
BAND: Final = "#D9D9D9"
LOOKS: Final = {  # colours as dark as the letters beside them, in print too
    "above": ("▲ above\nusual", "#A63603"),
    "below": ("▼ below\nusual", "#0B3C6F"),
    "higher": ("higher, may\nbe chance", DARK),
    "lower": ("lower, may\nbe chance", DARK),
    "usual": ("no clear\ndifference", DARK),
    "not compared": ("too few to\ncompare", DARK),
}
UNITS: Final = {1: "day", 7: "week", **dict.fromkeys((28, 29, 30, 31), "month")}  # by days
NO_LINES: Final = "No lines over time: fewer than three periods have articles, or no pair is hostile."
PANEL_HEIGHT, READ_HEIGHT = 1.2, 0.55  # inches


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
        moves: `PeriodMoves` rows of the pairs to draw, in this order; the first five are drawn.
        labels: what each pair is about, in a few words: "ceasefire, withdrawal".
    """
    if moves.empty or len(windows_with_articles(levels)) < MIN_PERIODS:
        return empty_chart(NO_LINES)
    shown, unit = moves.head(MAX_PAIRS), unit_of(levels)
    title, note = moves_title(levels, shown), moves_note(levels, shown)
    rows, words = new_rows(title, shown["dyad"].tolist(), PAIR_HEIGHT, note=note), []
    for row, move in enumerate(rows_of(shown)):
        about, usual = labels.get(move.dyad, ""), usual_level(move)
        word, colour = LOOKS[level_word(move)]
        number = "?" if np.isnan(move.hostile_weight) else f"{move.hostile_weight:.1f}"
        axes = rows.axes(row, LINE, LINE_WIDTH, top=0.26, height=0.42)
        draw_line(axes, scaled_levels(levels[levels["dyad"] == move.dyad]), move)
        rows.write(row, NUMBER, number, down=0.36, fontsize=TEXT_SIZE + 2, fontweight="bold")
        if usual is not None:
            rows.write(row, NUMBER, f"usual {usual:.1f}", down=0.58, color=DARK)
        weight = "bold" if move.direction in ("up", "down") else "normal"
        rows.write(row, WORD, word, color=colour, fontweight=weight)
        rows.write(row, ABOUT, few_lines(about, ABOUT_CHARS, most=ABOUT_LINES))
        before = "" if usual is None else f", usually {usual:.1f}"
        reason = f" ({move.reason})" if move.direction == "not compared" else ""
        change = f"{' '.join(word.split()).lstrip('▲▼ ')}{reason}"
        words.append(f"{dyad_name(move.dyad)} {number}{before}, {change}{about and f', about {about}'}")
    first, last = levels["window_start"].min(), levels["window_end"].max()
    rows.write_head(LINE, f"{first.day} {first:%b} – {last.day} {last:%b %Y}")
    rows.write_head(NUMBER, f"this {unit}")
    rows.write_head(ABOUT, "about" if any(labels.values()) else "")
    return Chart(rows.figure, f"Small line charts. {title}", "; ".join(words), note)


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
    levels, last, usual = series["level"].to_numpy(), len(series) - 1, usual_level(move)
    if usual is not None:
        axes.fill_between([0, last], 0, usual, color=BAND, linewidth=0)
        axes.plot([0, last], [usual] * 2, color=GREY, linewidth=0.8)
    axes.plot(levels, "o-", color="black", linewidth=1, markersize=1.5)
    axes.plot(last, levels[-1], "o", color=LOOKS[level_word(move)][1], markersize=6, clip_on=False, zorder=3)
    top = max(MIN_TOP, usual or 0.0, *np.nan_to_num(levels))
    axes.set(xlim=(-0.4, last + 0.1), ylim=(0, 1.02 * top), xticks=[])
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
    before, unit = levels["window_start"].nunique() - 1, unit_of(levels)
    past = f"the {unit} before" if before == 1 else f"the {before} {unit}s before"
    return ". ".join(filter(None, (f"Hostility, {days}, against {past}", finding(shown))))


def finding(shown: DataFrame) -> str:
    """Which of the pairs moved: "Above usual: Afghanistan – Pakistan"; "" where none did for sure.

    That nothing changed is no finding: few reports cannot show it.
    """
    if (shown["direction"] == "not compared").all():
        return "Too little was read to compare"
    called = {"above": "Above usual", "below": "Below usual", "higher": "Higher, may be chance"}
    pairs = {
        said: [dyad_name(move.dyad) for move in rows_of(shown) if level_word(move) == word]
        for word, said in called.items()
    }
    return "; ".join(f"{said}: {listed(own)}" for said, own in pairs.items() if own)


def moves_note(levels: DataFrame, shown: DataFrame) -> str:
    """How to read the lines."""
    unit = unit_of(levels)
    how = (
        f"Hostility: hostile incidents of a {unit} added up, an air strike as 0.9 and an accusation as 0.3, "
        f"for as many stories as were read this {unit}. Each pair has its own scale. Gap: hardly anything "
        "was read."
    )
    if (shown["direction"] == "not compared").all():
        return how
    usual = f"Grey: the usual level, the mean of the {unit}s before with the gaps."
    return f"{how} {usual} Triangle: more than chance."


def series_chart(indicators: DataFrame, *, period: str, points: DataFrame | None = None) -> Chart:
    """One indicator of one subject over time, and how much was read at the bottom.

    Args:
        indicators: `Indicators` rows, by day, week or month.
        period: "day", "week" or "month".
        points: `ChangePoints` table of the same.
    """
    known = indicators.dropna(subset="value")
    if known["period"].nunique() < MIN_PERIODS:
        return empty_chart(NOT_DATED)
    top, name = known.loc[known["value"].idxmax()], series_name(known)
    title = f"{sentence_start(name)}, is highest in the {period} from {top['period']}"
    starts = [] if points is None else points["period"].tolist()
    dashed = " Dashed: a change of level." if starts else ""
    figure, axes = new_panels({name: known}, period, title, dashed)
    for start in starts:
        axes[0].axvline(pd.Timestamp(start), color=RED, linewidth=1, linestyle="--")
    last = known.sort_values("period").iloc[-1]
    changes = f", changes of level in {listed(starts)}" if starts else ""
    words = (
        f"{name}: {len(known)} {period}s, highest {plain_number(top['value'])} in {top['period']}, last "
        f"{plain_number(last['value'])}{changes}"
    )
    return Chart(figure, f"Line chart over time. {title}", words)


def measures_chart(first: DataFrame, second: DataFrame, *, period: str) -> Chart:
    """Two measures over the same time, a panel each, and how often they move the same way.

    Args:
        first: `Indicators` rows of one indicator of one subject, by day, week or month.
        second: rows of another.
        period: "day", "week" or "month".
    """
    pair = [rows.dropna(subset="value") for rows in (first, second)]
    if any(rows["period"].nunique() < MIN_PERIODS for rows in pair):
        return empty_chart(NOT_DATED)
    names, (same, moved) = [series_name(rows) for rows in pair], steps_alike(*pair)
    title = f"Both move the same way in {same} of {moved} steps"
    figure, _ = new_panels(dict(zip(names, pair, strict=True)), period, title)
    ranges = "; ".join(
        f"{name} from {plain_number(rows['value'].min())} to {plain_number(rows['value'].max())}"
        for name, rows in zip(names, pair, strict=True)
    )
    return Chart(figure, f"Two line charts over the same time. {title}", ranges)


def steps_alike(first: DataFrame, second: DataFrame) -> tuple[int, int]:
    """How many steps two measures take the same way, of how many in which both move."""
    both = first.merge(second, on="period", validate="one_to_one").sort_values("period")
    steps = np.sign(both["value_x"].diff()) * np.sign(both["value_y"].diff())
    return int((steps > 0).sum()), int((steps.fillna(0) != 0).sum())


def series_name(rows: DataFrame) -> str:
    """ "conflict per story, Russia – Ukraine"."""
    return f"{indicator_name(rows['indicator'].iloc[0])}, {subject_name(rows['dyad'].iloc[0])}"


def new_panels(
    series: dict[str, DataFrame], period: str, title: str, more: str = ""
) -> tuple[Figure, list[Axes]]:
    """A column of panels with one time axis, and below them how much was read."""
    note = f"By {period}. Band: 95% interval. Grey: fewer than {MINIMUM_STORIES} stories.{more}"
    figure = new_figure(title, PANEL_HEIGHT * len(series) + READ_HEIGHT, note=note)
    ratios = [*[PANEL_HEIGHT] * len(series), READ_HEIGHT]
    panels = list(figure.subplots(len(ratios), 1, sharex=True, height_ratios=ratios))
    for axes, (name, rows) in zip(panels, series.items(), strict=False):
        draw_series(axes, rows.set_index("period").reindex(span_of(rows, period)))
        axes.set_title(few_lines(name, 60, most=1), loc="left", fontsize=TEXT_SIZE)
    read = rows.groupby("period")["story_count"].max()
    dates = pd.to_datetime(read.index)
    width = min(np.diff(dates).min(), np.timedelta64(31, "D")) * 0.8
    panels[-1].bar(dates, read, width=width, color=GREY)
    panels[-1].set_title("stories read", loc="left", fontsize=TEXT_SIZE)
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=NOTE_SIZE)
    date_axis(panels[-1])
    return figure, panels


def span_of(rows: DataFrame, period: str) -> list[str]:
    """Every period of a series, so that a gap is drawn as a gap."""
    return period_range(rows["period"].min(), rows["period"].max(), period)


def draw_series(axes: Axes, rows: DataFrame) -> None:
    """Values over time with their interval; grey dots where there are too few stories.

    A gap of four weeks without a value, which is one in the articles, is grey from one value to the next.
    """
    dates, values = pd.to_datetime(rows.index), rows["value"].astype(float)
    known = dates[values.notna().to_numpy()]
    for before, after in pairwise(known):
        if (after - before).days > GAP_DAYS + (known[1:] - known[:-1]).min().days:
            axes.axvspan(before, after, color=GREY, alpha=0.15, linewidth=0, gid="gap")
    low, high = rows["low"].astype(float), rows["high"].astype(float)
    axes.fill_between(dates, low, high, color=SKY, alpha=0.35, linewidth=0)
    axes.plot(dates, values, color=BLUE, linewidth=1)
    thin = (rows["story_count"].fillna(0) < MINIMUM_STORIES).to_numpy()
    for chosen, colour in ((~thin, BLUE), (thin, GREY)):
        axes.plot(dates[chosen], values[chosen], "o", markersize=2.5, color=colour)
    if values.min() < 0:
        axes.axhline(0, color=GREY, linewidth=0.8)
