"""Indicators over time as lines: one by subject, two together, and small ones of many pairs on one scale."""

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    GREY,
    MIN_PERIODS,
    NOT_DATED,
    RED,
    SKY,
    Chart,
    date_axis,
    drawable_text,
    empty_chart,
    label,
    new_figure,
    sentence_start,
    shortened,
)
from analysis.country_names import country_in_sentence, dyad_name, subject_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import act_names, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.periods import period_range
from analysis.indicators.rank_correlation import agreement
from analysis.indicators.reading_gaps import GAP_DAYS
from analysis.indicators.spikes import LEAST_REPORTS
from analysis.indicators.text_indicators import WORLD, gpr_index
from analysis.phrasing import counted, listed, plain_number
from analysis.schemas import ACT_STATUSES
from analysis.tables.rows import rows_of

MAX_PANELS, MAX_MARKS = 6, 5
MAX_SMALL, SMALL_COLUMNS = 12, 3  # small panels on one scale
PANEL_HEIGHT, READ_HEIGHT = 1.25, 0.7
MARK = {
    "ha": "center",
    "fontsize": 7,
    "fontweight": "bold",
    "bbox": {"boxstyle": "circle,pad=0.15", "fc": "white"},
}
ARROWS = {"up": "▲", "down": "▼"}


def series_chart(
    indicators: DataFrame,
    *,
    period: str,
    points: DataFrame | None = None,
    marks: DataFrame | None = None,
    minimum_stories: int = MINIMUM_STORIES,
    name: str = "",
) -> Chart:
    """One indicator over time, a panel for each subject, and how much was read at the bottom.

    Args:
        indicators: `Indicators` rows of one indicator, by day, week or month; the six subjects with the
            highest values are drawn.
        period: "day", "week" or "month".
        points: `ChangePoints` table; those of the drawn series are marked.
        marks: table of `peak_marks`; numbered in the chart and listed below it.
        minimum_stories: with fewer a value is grey.
        name: what stands beside the panels; "": the name of the indicator.
    """
    known = indicators.dropna(subset="value")
    if known["period"].nunique() < MIN_PERIODS:
        return empty_chart(NOT_DATED)
    top = known.sort_values(["value", "period", "dyad"], ascending=[False, True, True])
    subjects = top["dyad"].drop_duplicates().head(MAX_PANELS).tolist()
    grid = {subject: regular(indicators[indicators["dyad"] == subject], period) for subject in subjects}
    dashed = "" if points is None else "; dashed: change of level"
    points = DataFrame(columns=["dyad", "period"]) if points is None else points
    marks = DataFrame(columns=["dyad", "line"]) if marks is None else marks
    grey = thin_words(list(grid.values()), minimum_stories)
    lines = marks.loc[marks["dyad"].isin(subjects), "line"].tolist()
    how = f"By {period}; band: 95% interval; grey: {grey}{dashed}; gap: no articles."
    title = peak_title(top, period)
    figure, panels = new_panels(len(subjects), title, "\n".join([how, *lines]))
    for axes, subject in zip(panels, subjects, strict=False):
        draw_series(axes, grid[subject], minimum_stories)
        for start in points.loc[points["dyad"] == subject, "period"]:
            axes.axvline(pd.Timestamp(start), color=RED, linewidth=1, linestyle="--")
        for mark in rows_of(marks[marks["dyad"] == subject]):
            at = (pd.Timestamp(mark.period), mark.value)
            axes.annotate(mark.number, at, (0, 5), textcoords="offset points", **MARK)
        axes.set_ylim(0, known["value"].max() * 1.45)
        axes.set_title(label(subject_name(subject)), loc="left", fontsize=9)
    draw_read(panels[-1], known)
    beside = drawable_text(name or indicator_name(known["indicator"].iloc[0]))
    figure.supylabel(beside, fontsize=9)
    listing = f". Strongest peaks: {'; '.join(lines)}" if lines else ""
    return Chart(figure, f"Line charts over time. {title}", series_words(grid, points) + listing)


def peak_marks(series: DataFrame, parts: DataFrame, events: DataFrame, *, most: int = MAX_MARKS) -> DataFrame:
    """The highest values of the series, at most two for a pair, and the acts behind each.

    Args:
        series: `Indicators` rows of one indicator, by day, week or month.
        parts: `Contributions` table of the same period.
        events: `Events` table.
        most: how many.

    Returns:
        One row per mark, in order of time: `dyad`, `period`, `value`, `number` and `line`, which gives the
        most frequent hostile acts, by either side, in the articles behind the value.
    """
    above = series[series["value"] > 0].sort_values(
        ["value", "period", "dyad"], ascending=[False, True, True]
    )
    peaks = above[above.groupby("dyad").cumcount() < 2].head(most).sort_values(["period", "dyad"])
    known = parts[parts["indicator"].isin(series["indicator"])].merge(
        events[["event_id", "article_id"]], on="event_id", validate="many_to_one"
    )
    hostile = events[(events["intensity"] < 0) & events["status"].isin(ACT_STATUSES)]
    hostile = hostile.assign(act=act_names(hostile), dyad=dyads(hostile))
    rows = []
    for number, peak in enumerate(rows_of(peaks), start=1):
        behind = known[(known["dyad"] == peak.dyad) & (known["period"] == peak.period)]
        made = hostile[(hostile["dyad"] == peak.dyad) & hostile["article_id"].isin(behind["article_id"])]
        acts = made["act"] + " by " + made["source_country_code"].map(country_in_sentence)
        counts = acts.value_counts(sort=False).sort_values(ascending=False, kind="stable").head(3)
        listed_acts = ", ".join(f"{act} ({count})" for act, count in counts.items())
        line = f"{number}  {subject_name(peak.dyad)}, from {peak.period}: {listed_acts}"
        rows.append((peak.dyad, peak.period, peak.value, str(number), line))
    return DataFrame(rows, columns=["dyad", "period", "value", "number", "line"])


def regular(rows: DataFrame, period: str) -> DataFrame:
    """The series with a row for every period in its span, so that a gap is drawn as a gap."""
    every = period_range(rows["period"].min(), rows["period"].max(), period)
    full = rows.set_index("period").reindex(every)
    return full.assign(date=pd.to_datetime(every))


def new_panels(count: int, title: str, note: str) -> tuple[Figure, list[Axes]]:
    """A column of panels with one time axis; the last shows how much was read."""
    figure = new_figure(title, 1.2 + PANEL_HEIGHT * count + READ_HEIGHT, note=note)
    ratios = [*[PANEL_HEIGHT] * count, READ_HEIGHT]
    panels = list(figure.subplots(count + 1, 1, sharex=True, height_ratios=ratios))
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    date_axis(panels[-1])
    return figure, panels


def draw_series(axes: Axes, rows: DataFrame, minimum_stories: int, *, size: float = 3) -> None:
    """Values over time with their interval; grey dots where there are too few stories or acts.

    A gap of four weeks without a value, which is one in the articles, is grey from one value to the next.
    """
    dates, values = pd.DatetimeIndex(rows["date"]), rows["value"].astype(float)
    known = dates[values.notna().to_numpy()]
    for before, after in pairwise(known):
        if (after - before).days > GAP_DAYS + (known[1:] - known[:-1]).min().days:
            axes.axvspan(before, after, color=GREY, alpha=0.15, linewidth=0, gid="gap")
    low, high = rows["low"].astype(float), rows["high"].astype(float)
    axes.fill_between(dates, low, high, color=SKY, alpha=0.35, linewidth=0)
    axes.plot(dates, values, color=BLUE, linewidth=1)
    thin = ((rows["story_count"].fillna(0) < minimum_stories) | is_rare(rows)).to_numpy()
    for chosen, colour in ((~thin, BLUE), (thin, GREY)):
        axes.plot(dates[chosen], values[chosen], "o", markersize=size, color=colour)


def is_rare(series: DataFrame) -> bool:
    """Yes if a whole series, `Indicators` rows, is of one or two acts: they show no course of events."""
    return series["event_count"].sum() < LEAST_REPORTS


def thin_words(series: list[DataFrame], minimum_stories: int) -> str:
    """The meaning of grey in the panels of these series: "fewer than 10 stories"."""
    rare = f", or fewer than {LEAST_REPORTS} acts in all" if any(map(is_rare, series)) else ""
    return f"fewer than {minimum_stories} stories{rare}"


def draw_read(axes: Axes, known: DataFrame) -> None:
    """How many stories were read in each period: attention, which is not tension."""
    read = known.groupby("period")["story_count"].max()
    dates = pd.to_datetime(read.index)
    width = min(np.diff(dates).min(), np.timedelta64(31, "D")) * 0.8 if len(dates) > 1 else 1
    axes.bar(dates, read, width=width, color=GREY)
    axes.set_title("stories read", loc="left", fontsize=9)


def peak_title(ranked: DataFrame, period: str) -> str:
    """Name who has the highest value, and whether others reach it too. `ranked`: the highest value first."""
    row = ranked.iloc[0]
    name, value, when = indicator_name(row["indicator"]), plain_number(row["value"]), row["period"]
    if row["dyad"] == WORLD:
        return f"{sentence_start(name)} is highest at {value} ({period} from {when})"
    ties = ranked.loc[ranked["value"] >= row["value"], "dyad"].nunique() - 1
    if ties:
        others = "another pair" if ties == 1 else f"{ties} other pairs"
        return f"{subject_name(row['dyad'])} and {others} reach the highest {name}: {value}"
    return f"{subject_name(row['dyad'])} reaches the highest {name}: {value} ({period} from {when})"


def series_words(grid: dict[str, DataFrame], points: DataFrame) -> str:
    """The panels in words."""
    parts = []
    for subject, rows in grid.items():
        values, changes = rows["value"].dropna(), points.loc[points["dyad"] == subject, "period"].tolist()
        level = f", changes of level in {', '.join(changes)}" if changes else ""
        parts.append(
            f"{subject_name(subject)}: {len(values)} periods from {values.index[0]} to {values.index[-1]}, "
            f"highest {plain_number(values.max())} in {values.idxmax()}, last {plain_number(values.iloc[-1])}"
            f"{level}"
        )
    return "; ".join(parts)


def measures_chart(
    first: DataFrame, second: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> Chart:
    """Two measures over the same time, a panel each, and whether they agree.

    Args:
        first: `Indicators` rows of one indicator of one subject, by day, week or month.
        second: rows of another.
        period: "day", "week" or "month".
        minimum_stories: with fewer a value is grey.
    """
    pair = [rows.dropna(subset="value") for rows in (first, second)]
    if any(rows["period"].nunique() < MIN_PERIODS for rows in pair):
        return empty_chart(NOT_DATED)
    names = [f"{indicator_name(r['indicator'].iloc[0])}, {subject_name(r['dyad'].iloc[0])}" for r in pair]
    title = agreement_title(agreement(*pair).iloc[0], names)
    note = f"By {period}; band: 95% interval; grey: {thin_words(pair, minimum_stories)}."
    figure, panels = new_panels(2, title, note)
    for axes, rows, name in zip(panels, pair, names, strict=False):
        draw_series(axes, regular(rows, period), minimum_stories)
        axes.set_title(drawable_text(name), loc="left", fontsize=9)
        if rows["value"].min() < 0:
            axes.axhline(0, color=GREY, linewidth=0.8)
    draw_read(panels[-1], pair[1])
    ranges = "; ".join(
        f"{name} from {rows['value'].min():+.2f} to {rows['value'].max():+.2f}"
        for name, rows in zip(names, pair, strict=True)
    )
    return Chart(figure, f"Two line charts over the same time. {title}", ranges)


def agreement_title(found: Series, names: list[str]) -> str:
    """How far two measures rank and move alike."""
    moves = f"they move the same way in {found['same_count']} of {found['move_count']} steps"
    if pd.isna(found["rank_correlation"]):
        return f"Too few changes to compare {names[0]} with {names[1]}; {moves}"
    interval = f"{found['low']:+.2f} to {found['high']:+.2f}"
    correlation = f"Rank correlation {found['rank_correlation']:+.2f} ({interval})"
    return f"{correlation} over {found['period_count']} periods; {moves}"


def index_chart(shares: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES) -> Chart:
    """Geopolitical risk as an index; 100 is the mean share over all periods. Table of `gpr_shares`."""
    shown = shares[shares["indicator"] == "gpr_share"]
    if shown["period"].nunique() < MIN_PERIODS:
        return empty_chart(NOT_DATED)
    start, end = shown["period"].min(), shown["period"].max()
    try:
        index = gpr_index(shown, base_start=start, base_end=end)
    except ValueError as error:
        return empty_chart(f"No risk index: {error}.")
    name = f"index, 100 = mean share\n{start} to {end}"
    return series_chart(index, period=period, minimum_stories=minimum_stories, name=name)


def multiples_chart(
    series: DataFrame, changes: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> Chart:
    """A small chart over time for each leading pair, all on one scale, with the latest clear moves marked.

    Args:
        series: `Indicators` rows of one indicator, by day, week or month.
        changes: `Changes` table of the same, against the period before.
        period: "day", "week" or "month".
        minimum_stories: the dot of a period with fewer is grey.
    """
    known = series.dropna(subset="value")
    if known["period"].nunique() < MIN_PERIODS:
        return empty_chart(NOT_DATED)
    sums = known.groupby("dyad")["value"].sum().sort_values(ascending=False, kind="stable")
    pairs = sums[sums > 0].index[:MAX_SMALL].tolist()
    if not pairs:
        return empty_chart("No chart over time: no hostile act between two countries was recognised.")
    every = period_range(known["period"].min(), known["period"].max(), period)
    now = changes[(changes["indicator"] == known["indicator"].iloc[0]) & (changes["period"] == every[-1])]
    ways = {row.dyad: row.direction for row in rows_of(now) if row.direction in ARROWS}
    when = f"the {period} from {every[-1]}"
    is_compared = (now["direction"] != "not compared").any()
    title = moved_title(pairs, ways, when) if is_compared else f"No pair can be compared in {when}"
    grey = thin_words([known[known["dyad"] == pair] for pair in pairs], minimum_stories)
    note = (
        f"{sentence_start(indicator_name(known['indicator'].iloc[0]))} by {period}, all on one scale. "
        f"▲ ▼: clear change from the {period} before. Grey dots: {grey}. Gap: no articles."
    )
    rows = -(-len(pairs) // SMALL_COLUMNS)
    figure = new_figure(title, 1.2 + 1.25 * rows, note=note)
    panels = figure.subplots(rows, SMALL_COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    words = []
    for axes, pair in zip(panels, pairs, strict=False):
        grid = known[known["dyad"] == pair].set_index("period").reindex(every)
        draw_series(axes, grid.assign(date=pd.to_datetime(every)), minimum_stories, size=2)
        arrow, way = ARROWS.get(ways.get(pair), ""), ways.get(pair, "")
        axes.set_title(f"{arrow} {label(dyad_name(pair), 34)}".strip(), loc="left", fontsize=8)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=7)
        values = grid["value"].dropna()
        words.append(
            f"{dyad_name(pair)} highest {values.max():.2f} in {values.idxmax()}, "
            f"last {values.iloc[-1]:.2f} in {values.index[-1]}{way and f', {way}'}"
        )
    for axes in panels[len(pairs) :]:
        axes.set_axis_off()
    for axes in panels[max(len(pairs) - SMALL_COLUMNS, 0) :]:
        axes.tick_params(labelbottom=True)  # the lowest of its column
    date_axis(panels[0], most=4)
    panels[0].set_ylim(0, known.loc[known["dyad"].isin(pairs), "value"].max() * 1.15)
    return Chart(figure, f"Small line charts on one scale. {title}", "; ".join(words))


def moved_title(pairs: list[str], ways: dict[str, str], when: str) -> str:
    """Which of the leading pairs clearly moved, and which way."""
    words = []
    for way in ARROWS:
        moved = [shortened(dyad_name(pair)) for pair in pairs if ways.get(pair) == way]
        words += [f"{listed(moved)} {way}"] if moved else []
    if not words:
        return f"None of the {counted(len(pairs), 'leading pair')} clearly moved in {when}"
    return f"Clear changes in {when}, of {counted(len(pairs), 'leading pair')}: {', '.join(words)}"
