"""How hostile pairs are over time: the leading pairs of a period as small lines, and longer series."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from pandas import DataFrame, Timestamp, to_datetime

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
    empty_chart,
    few_lines,
    new_figure,
    new_rows,
)
from analysis.country_names import subject_name
from analysis.indicators.dyads import MIN_STORIES, indicator_name
from analysis.indicators.period_moves import MIN_WINDOWS
from analysis.indicators.periods import period_range
from analysis.indicators.spikes import GAP_DAYS
from analysis.phrasing import days_in_words, listed, plain_number, sentence_start
from analysis.tables.rows import rows_of

MAX_PAIRS: Final = 5
THIN: Final = 0.2  # of the period's stories; a window with fewer would be blown up by scaling, so it is a gap
MIN_TOP: Final = 1.5  # of a scale; or one accusation would look like a war
PAIR_HEIGHT: Final = 0.74  # inches
LINE, LINE_WIDTH = 0.24, 1.8  # where columns begin, in inches
SAID = 2.3
BAND: Final = "#D9D9D9"
RISE: Final = "#A63603"  # as dark as the letters beside it, in print too
UNITS: Final = {1: "day", 7: "week", **dict.fromkeys((28, 29, 30, 31), "month")}  # by days
TOO_LITTLE: Final = "No lines over time: too little was read before to say what is usual."
NO_LINES: Final = (
    "No lines over time: no pair that can be compared is as hostile as usual, on two stories or more."
)
NOT_FROM_STORIES: Final = "official_index_of_risk"
PANEL_HEIGHT, READ_HEIGHT = 1.2, 0.55  # inches


def leading_pairs_chart(levels: DataFrame, moves: DataFrame, pairs: Mapping[str, tuple[str, str]]) -> Chart:
    """A small line for each of some pairs that are at least as hostile as usual, and what is said of it.

    The levels themselves are in its alternative text: readers with a minute could do nothing with them.

    Args:
        levels: `PeriodLevels` table.
        moves: `PeriodMoves` table.
        pairs: code -> name, and what is said of the level or "", in this order; the first five are drawn.
    """
    by_pair = {move.dyad: move for move in rows_of(moves)}
    shown = [by_pair[pair] for pair in pairs][:MAX_PAIRS]
    series = {move.dyad: scaled_levels(levels[levels["dyad"] == move.dyad]) for move in shown}
    windows = levels.drop_duplicates("window_start")
    if len(windows) and scaled_levels(windows)["level"].count() <= MIN_WINDOWS:
        return empty_chart(TOO_LITTLE)
    if not shown:
        return empty_chart(NO_LINES)
    now = levels[levels["is_period"]].iloc[0]
    days = days_in_words(now["window_start"].date(), now["window_end"].date())
    unit = UNITS.get((now["window_end"] - now["window_start"]).days + 1, "period")
    before = levels["window_start"].nunique() - 1
    title = f"How hostile: {days} against the {before} {unit}s before"
    marked = " ▲: more than chance explains." * any(move.direction == "up" for move in shown)
    gaps = " Gap: hardly anything was read." * any(rows["level"].hasnans for rows in series.values())
    note = (
        f"Hostile acts and words of a {unit} added up, each by its kind (an air strike 0.9, an accusation "
        f"0.3), how much it matters and how many it kills; for as many stories as this {unit} has. Grey: "
        f"what is usual, the mean of all {unit}s before. Each pair has its own scale.{marked} Left out: "
        f"pairs below their usual level or on one story: less news does not mean that less happened.{gaps}"
    )
    rows, words = new_rows(title, [pairs[move.dyad][0] for move in shown], PAIR_HEIGHT, note=note), []
    for row, move in enumerate(shown):
        name, judgment = pairs[move.dyad]
        is_clear = move.direction == "up"
        change, colour = "▲ " * is_clear + judgment, RISE if is_clear else DARK
        axes = rows.axes(row, LINE, LINE_WIDTH, top=0.26, height=0.42)
        draw_line(axes, series[move.dyad], move.usual_weight, colour)
        rows.write(row, SAID, change, down=0.36, fontsize=TEXT_SIZE, color=colour, fontweight="bold")
        level, usual = f"{move.hostile_weight:.1f}", f"{move.usual_weight:.1f}"
        said = [f"{name} {level}", f"usually {usual}", judgment, "more than chance explains" * is_clear]
        words.append(", ".join(filter(None, said)))
    first, last = levels["window_start"].min(), levels["window_end"].max()
    rows.write_head(LINE, f"{first.day} {first:%b} – {last.day} {last:%b %Y}")
    return Chart(rows.figure, f"Small line charts. {title}", "; ".join(words), note)


def scaled_levels(rows: DataFrame) -> DataFrame:
    """Levels of one pair as if each window had as many stories as the period; missing for a thin window."""
    rows = rows.sort_values("window_start", ignore_index=True)
    now = rows.loc[rows["is_period"], "story_count"].iloc[0]
    stories = rows["story_count"].where(rows["story_count"] >= max(1, THIN * now))
    return rows.assign(level=(rows["hostile_weight"] * now / stories).astype(float))


def draw_line(axes: Axes, series: DataFrame, usual: float, colour: str) -> None:
    """The level of one pair over the windows, what is usual as a band, the period as a dot.

    Args:
        axes: where it is drawn.
        series: rows of `scaled_levels`.
        usual: level.
        colour: of the dot.
    """
    levels, last = series["level"].to_numpy(), len(series) - 1
    axes.fill_between([0, last], 0, usual, color=BAND, linewidth=0)
    axes.plot([0, last], [usual] * 2, color=GREY, linewidth=0.8)
    axes.plot(levels, "o-", color="black", linewidth=1, markersize=1.5)
    axes.plot(last, levels[-1], "o", color=colour, markersize=6, clip_on=False, zorder=3)
    top = max(MIN_TOP, usual, *np.nan_to_num(levels))
    axes.set(xlim=(-0.4, last + 0.1), ylim=(0, 1.02 * top), xticks=[])
    axes.set_yticks([0, top], ["0", f"{top:.0f}" if top >= 10 else f"{top:.1f}"], fontsize=7, color=DARK)
    axes.tick_params(axis="y", length=2, pad=1.5, color=GREY)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)


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
        axes[0].axvline(Timestamp(start), color=RED, linewidth=1, linestyle="--")
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
    names = [series_name(rows) for rows in pair]
    both = pair[0].merge(pair[1], on="period", validate="one_to_one").set_index("period")
    regular = both.reindex(period_range(both.index.min(), both.index.max(), period))  # no step across a gap
    steps = (np.sign(regular["value_x"].diff()) * np.sign(regular["value_y"].diff())).fillna(0)
    title = f"Both move the same way in {(steps > 0).sum()} of {(steps != 0).sum()} steps"
    figure, _ = new_panels(dict(zip(names, pair, strict=True)), period, title)
    ranges = "; ".join(
        f"{name} from {plain_number(rows['value'].min())} to {plain_number(rows['value'].max())}"
        for name, rows in zip(names, pair, strict=True)
    )
    return Chart(figure, f"Two line charts over the same time. {title}", ranges)


def series_name(rows: DataFrame) -> str:
    """ "conflict per story, Russia – Ukraine"; of an index that is not made from stories, its name alone."""
    name, subject = rows["indicator"].iloc[0], rows["dyad"].iloc[0]
    return indicator_name(name) + f", {subject_name(subject)}" * (name != NOT_FROM_STORIES)


def new_panels(
    series: dict[str, DataFrame], period: str, title: str, more: str = ""
) -> tuple[Figure, list[Axes]]:
    """A column of panels with one time axis, and below them how much was read."""
    note = f"By {period}. Band: 95% interval. Grey: fewer than {MIN_STORIES} stories.{more}"
    figure = new_figure(title, PANEL_HEIGHT * len(series) + READ_HEIGHT, note=note)
    ratios = [*[PANEL_HEIGHT] * len(series), READ_HEIGHT]
    panels = list(figure.subplots(len(ratios), 1, sharex=True, height_ratios=ratios))
    for axes, (name, rows) in zip(panels, series.items(), strict=False):
        every = period_range(rows["period"].min(), rows["period"].max(), period)  # a gap is drawn as a gap
        draw_series(axes, rows.set_index("period").reindex(every))
        axes.set_title(few_lines(name, 60, most=1), loc="left", fontsize=TEXT_SIZE)
    read = rows.groupby("period")["story_count"].max()
    dates = to_datetime(read.index)
    width = min(np.diff(dates).min(), np.timedelta64(31, "D")) * 0.8
    panels[-1].bar(dates, read, width=width, color=GREY)
    panels[-1].set_title("stories read", loc="left", fontsize=TEXT_SIZE)
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=NOTE_SIZE)
    locator = AutoDateLocator(minticks=2, maxticks=7)
    panels[-1].xaxis.set_major_locator(locator)
    panels[-1].xaxis.set_major_formatter(ConciseDateFormatter(locator))  # the year only where it changes
    panels[-1].xaxis.get_offset_text().set_fontsize(NOTE_SIZE)
    return figure, panels


def draw_series(axes: Axes, rows: DataFrame) -> None:
    """Values over time with their interval; grey dots where there are too few stories.

    A gap of four weeks without a value, which is one in the articles, is grey from one value to the next.
    """
    dates, values = to_datetime(rows.index), rows["value"].astype(float)
    known = dates[values.notna().to_numpy()]
    for before, after in pairwise(known):
        if (after - before).days > GAP_DAYS + (known[1:] - known[:-1]).min().days:
            axes.axvspan(before, after, color=GREY, alpha=0.15, linewidth=0, gid="gap")
    low, high = rows["low"].astype(float), rows["high"].astype(float)
    axes.fill_between(dates, low, high, color=SKY, alpha=0.35, linewidth=0)
    axes.plot(dates, values, color=BLUE, linewidth=1)
    thin = (rows["story_count"].fillna(0) < MIN_STORIES).to_numpy()
    for chosen, colour in ((~thin, BLUE), (thin, GREY)):
        axes.plot(dates[chosen], values[chosen], "o", markersize=2.5, color=colour)
    if values.min() < 0:
        axes.axhline(0, color=GREY, linewidth=0.8)
