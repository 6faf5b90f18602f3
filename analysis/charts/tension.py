"""Charts of indicators: over time, two measures together, by theme, and stances next to acts."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from pandas import DataFrame, Series

from analysis.charts.base import (
    BLUE,
    DARK,
    GREY,
    LABEL_CHARS,
    LEAST_PERIODS,
    MOST_ROWS,
    NOT_DATED,
    RED,
    ROW_HEIGHT,
    SKY,
    WIDTH,
    Chart,
    Shade,
    draw_heat,
    drawable_text,
    empty_chart,
    label,
    lines_height,
    new_figure,
    sentence_start,
    shade_gaps,
)
from analysis.charts.layout import EDGE, name_rows
from analysis.charts.thin_values import is_thin, thin_words
from analysis.country_names import country_in_sentence, subject_name
from analysis.indicators.codebook import indicator_name
from analysis.indicators.country_events import act_names, dyads
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.periods import period_range
from analysis.indicators.rank_correlation import agreement
from analysis.indicators.text_indicators import WORLD, gpr_index
from analysis.phrasing import counted, plain_number
from analysis.schemas import ACT_STATUSES
from analysis.tables.rows import rows_of

MOST_PANELS = 6
PANEL_HEIGHT = 1.25
READ_HEIGHT = 0.7
MOST_MARKS = 5
MARK = {
    "ha": "center",
    "fontsize": 7,
    "fontweight": "bold",
    "bbox": {"boxstyle": "circle,pad=0.15", "fc": "white"},
}


def series_chart(
    indicators: DataFrame,
    *,
    period: str,
    points: DataFrame | None = None,
    marks: DataFrame | None = None,
    minimum_stories: int = MINIMUM_STORIES,
) -> Chart:
    """One indicator over time, a panel for each subject, and how much was read at the bottom.

    Args:
        indicators: `Indicators` rows of one indicator, by day, week or month; the six subjects with the
            highest values are drawn.
        period: "day", "week" or "month".
        points: `ChangePoints` table; those of the drawn series are marked.
        marks: table of `peak_marks`; numbered in the chart and listed below it.
        minimum_stories: with fewer a value is grey.
    """
    known = indicators.dropna(subset="value")
    if known["period"].nunique() < LEAST_PERIODS:
        return empty_chart(NOT_DATED)
    top = known.sort_values(["value", "period", "dyad"], ascending=[False, True, True])
    subjects = top["dyad"].drop_duplicates().head(MOST_PANELS).tolist()
    grid = {subject: regular(indicators[indicators["dyad"] == subject], period) for subject in subjects}
    grey = thin_words(list(grid.values()), minimum_stories)
    how = f"By {period}; band: 95% interval; grey: {grey}"
    dashed = "" if points is None else "; dashed: change of level"
    lines = [] if marks is None else marks.loc[marks["dyad"].isin(subjects), "line"].tolist()
    note = "\n".join([f"{how}{dashed}; gap: no articles.", *lines])
    figure, panels = new_panels(len(subjects), peak_title(top, period), note)
    for axes, subject in zip(panels, subjects, strict=False):
        draw_series(axes, grid[subject], minimum_stories)
        starts = [] if points is None else points.loc[points["dyad"] == subject, "period"]
        for start in starts:
            axes.axvline(pd.Timestamp(start), color=RED, linewidth=1, linestyle="--")
        chosen = [] if marks is None else rows_of(marks[marks["dyad"] == subject])
        for mark in chosen:
            at = (pd.Timestamp(mark.period), mark.value)
            axes.annotate(mark.number, at, (0, 5), textcoords="offset points", **MARK)
        axes.set_ylim(0, known["value"].max() * 1.45)
        axes.set_title(label(subject_name(subject)), loc="left", fontsize=9, y=1)
    draw_read(panels[-1], known)
    write_beside(figure, indicator_name(known["indicator"].iloc[0]))
    listing = f". Strongest peaks: {'; '.join(lines)}" if lines else ""
    title = peak_title(top, period)
    return Chart(figure, f"Line charts over time. {title}", series_words(grid, points) + listing)


def peak_marks(
    series: DataFrame, parts: DataFrame, events: DataFrame, *, most: int = MOST_MARKS
) -> DataFrame:
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
        listed = ", ".join(f"{act} ({count})" for act, count in counts.items())
        line = f"{number}  {subject_name(peak.dyad)}, from {peak.period}: {listed}"
        rows.append((peak.dyad, peak.period, peak.value, str(number), line))
    return DataFrame(rows, columns=["dyad", "period", "value", "number", "line"])


def regular(rows: DataFrame, period: str) -> DataFrame:
    """The series with a row for every period in its span, so that a gap is drawn as a gap."""
    every = period_range(rows["period"].min(), rows["period"].max(), period)
    full = rows.set_index("period").reindex(every)
    return full.assign(date=pd.to_datetime(every))


def write_beside(figure: Figure, name: str) -> None:
    """What the panels show, upright at their left."""
    figure.supylabel(drawable_text(name), x=EDGE / WIDTH, ha="left", fontsize=9)
    figure.get_layout_engine().set(side=lines_height(name.split("\n"), 9) + EDGE)


def new_panels(count: int, title: str, note: str) -> tuple[Figure, list[Axes]]:
    """A column of panels with one time axis; the last shows how much was read."""
    figure = new_figure(title, 1.2 + PANEL_HEIGHT * count + READ_HEIGHT, note=note)
    ratios = [*[PANEL_HEIGHT] * count, READ_HEIGHT]
    panels = list(figure.subplots(count + 1, 1, sharex=True, height_ratios=ratios, squeeze=False)[:, 0])
    for axes in panels:
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    for axes in panels[:-1]:
        axes.xaxis.set_visible(False)  # days are below the last panel
    locator = AutoDateLocator(minticks=2, maxticks=10)
    panels[-1].xaxis.set_major_locator(locator)
    panels[-1].xaxis.set_major_formatter(ConciseDateFormatter(locator))
    return figure, panels


def draw_series(axes: Axes, rows: DataFrame, minimum_stories: int) -> None:
    """Values over time with their interval; grey dots where there are too few stories or acts."""
    grey = is_thin(rows, minimum_stories)
    shade_gaps(axes, pd.DatetimeIndex(rows["date"]), rows["value"])
    bounds = rows[["low", "high"]].astype(float)
    axes.fill_between(rows["date"], bounds["low"], bounds["high"], color=SKY, alpha=0.35, linewidth=0)
    axes.plot(rows["date"], rows["value"].astype(float), color=BLUE, linewidth=1)
    for thin, colour in ((False, BLUE), (True, GREY)):
        part = rows[grey == thin]
        axes.plot(part["date"], part["value"].astype(float), "o", markersize=3, color=colour)


def draw_read(axes: Axes, known: DataFrame) -> None:
    """How many stories were read in each period: attention, which is not tension."""
    read = known.groupby("period")["story_count"].max()
    dates = pd.to_datetime(read.index)
    width = min(np.diff(dates).min(), np.timedelta64(31, "D")) * 0.8 if len(dates) > 1 else 1
    axes.bar(dates, read, width=width, color=GREY)
    axes.set_title("stories read", loc="left", fontsize=9, y=1)


def peak_title(ranked: DataFrame, period: str) -> str:
    """Who has the highest value, and whether others reach it too. `ranked`: the highest value first."""
    row = ranked.iloc[0]
    name, when = indicator_name(row["indicator"]), f"{period} from {row['period']}"
    if row["dyad"] == WORLD:
        return f"{sentence_start(name)} is highest at {plain_number(row['value'])} ({when})"
    ties = ranked.loc[ranked["value"] >= row["value"], "dyad"].nunique() - 1
    if ties:
        others = "another pair" if ties == 1 else f"{ties} other pairs"
        return (
            f"{subject_name(row['dyad'])} and {others} reach the highest {name}: {plain_number(row['value'])}"
        )
    return f"{subject_name(row['dyad'])} reaches the highest {name}: {plain_number(row['value'])} ({when})"


def series_words(grid: dict[str, DataFrame], points: DataFrame | None) -> str:
    """What the panels show, in words."""
    parts = []
    for subject, rows in grid.items():
        values = rows["value"].dropna()
        marks = [] if points is None else points.loc[points["dyad"] == subject, "period"].tolist()
        level = f", changes of level in {', '.join(marks)}" if marks else ""
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
    if any(rows["period"].nunique() < LEAST_PERIODS for rows in pair):
        return empty_chart(NOT_DATED)
    found = agreement(*pair).iloc[0]
    names = [f"{indicator_name(r['indicator'].iloc[0])}, {subject_name(r['dyad'].iloc[0])}" for r in pair]
    title = agreement_title(found, names)
    note = f"By {period}; band: 95% interval; grey: {thin_words(pair, minimum_stories)}."
    figure, panels = new_panels(2, title, note)
    for axes, rows, name in zip(panels, pair, names, strict=False):
        draw_series(axes, regular(rows, period), minimum_stories)
        axes.set_title(drawable_text(name), loc="left", fontsize=9, y=1)
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
    if shown["period"].nunique() < LEAST_PERIODS:
        return empty_chart(NOT_DATED)
    start, end = shown["period"].min(), shown["period"].max()
    try:
        index = gpr_index(shown, base_start=start, base_end=end)
    except ValueError as error:
        return empty_chart(f"No risk index: {error}.")
    chart = series_chart(index, period=period, minimum_stories=minimum_stories)
    write_beside(chart.figure, f"index, 100 = mean share\n{start} to {end}")
    return chart


def pair_theme_chart(matrix: DataFrame) -> Chart:
    """What each pair's acts are about, and whether that is hostile: `PairThemes` table."""
    if matrix.empty:
        return empty_chart("No act between two countries is in a sentence with a theme.")
    ranked = [top_names(matrix, column) for column in ("dyad", "topic")]
    shown = matrix[matrix["dyad"].isin(ranked[0]) & matrix["topic"].isin(ranked[1])]
    counts, means = (
        shown.pivot(index="topic", columns="dyad", values=name).reindex(index=ranked[1], columns=ranked[0])
        for name in ("event_count", "mean_intensity")
    )
    is_filled = counts.notna().any(axis=1)  # a theme of small pairs alone would be an empty row
    counts, means = counts[is_filled], means[is_filled]
    title = theme_title(matrix)
    if counts.size == 1:
        return empty_chart(only_theme(matrix.iloc[0]))
    note = "Cell: acts, counted under each theme of their sentence; in brackets: their mean intensity."
    figure = new_figure(title, 2.4 + ROW_HEIGHT * max(len(counts), 2), note=note)
    words = DataFrame(
        [
            [
                "" if np.isnan(count) else f"{count:.0f} ({mean:+.0f})"
                for count, mean in zip(*pair, strict=True)
            ]
            for pair in zip(counts.to_numpy(), means.to_numpy(), strict=True)
        ]
    )
    shade = Shade("PuOr", -10, 10, "mean intensity: −10 hostile, +10 cooperative")
    draw_heat(figure, means.rename(columns=subject_name), words, shade, column_chars=LABEL_CHARS)
    cells = shown.sort_values(["event_count", "dyad", "topic"], ascending=[False, True, True]).head(MOST_ROWS)
    listed = "; ".join(
        f"{subject_name(row.dyad)} on {row.topic} {row.event_count} (mean {row.mean_intensity:+.1f})"
        for row in rows_of(cells)
    )
    return Chart(figure, f"Heat map. {title}", f"Acts by pair and theme: {listed}")


def top_names(matrix: DataFrame, column: str) -> list[str]:
    """The pairs or themes with the most acts."""
    totals = matrix.groupby(column)["event_weight"].sum()
    return totals.sort_values(ascending=False, kind="stable").head(12).index.tolist()


def theme_title(matrix: DataFrame) -> str:
    """The pair and theme with the most hostility."""
    order = ["hostile_intensity", "dyad", "topic"]
    hostile = matrix.sort_values(order, ascending=[False, True, True]).iloc[0]
    if hostile["hostile_intensity"] == 0:
        return "No act with a theme is hostile"
    return f"Most hostility: {subject_name(hostile['dyad'])} on {hostile['topic']}"


def only_theme(cell: Series) -> str:
    """What the only pair with acts and a theme has, a row of `PairThemes`."""
    acts = counted(cell["event_count"], "act")
    return (
        f"The only acts with a theme: {subject_name(cell['dyad'])} on {cell['topic']}, {acts}, "
        f"mean intensity {cell['mean_intensity']:+.1f}."
    )


def stance_chart(rows: DataFrame) -> Chart:
    """What a country's speakers think of another, next to what it does to it: `StancesBesideActs` table."""
    both = rows.dropna(subset=["mean_stance", "mean_intensity"]).assign(
        total=lambda table: table["stance_count"] + table["event_count"]
    )
    if both.empty:
        return empty_chart("No country both acts towards another and has speakers with a stance on it.")
    shown = both.sort_values(["total", "dyad"], ascending=[False, True]).head(MOST_ROWS)
    counts = shown["agreement"].value_counts()
    if counts.get("not compared", 0) == len(shown):
        pairs = counted(len(shown), "directed pair")
        return empty_chart(f"Too few stances and acts to compare the words and acts of {pairs}.")
    title = (
        f"Words and acts agree in {counts.get('agree', 0)} and disagree in {counts.get('disagree', 0)} of "
        f"{counted(len(shown), 'directed pair')}; {counts.get('not compared', 0)} cannot be compared"
    )
    note = "Line: 95% interval. In brackets: number of stances, number of acts."
    figure = new_figure(title, 1.6 + ROW_HEIGHT * max(len(shown), 2), note=note)
    left, right = figure.subplots(1, 2, sharey=True)
    draw_means(left, shown, "stance", 1)
    left.set_xlabel("mean stance of speakers: for ← 0 → against", fontsize=8)
    draw_means(right, shown, "intensity", 10)
    right.set_xlabel("mean intensity of acts: cooperative ← 0 → hostile", fontsize=8)
    names = [
        f"{label(subject_name(row.dyad))} ({row.stance_count}, {row.event_count})" for row in rows_of(shown)
    ]
    name_rows(left, [label(name) for name in names], size=8)
    listed = "; ".join(
        f"{subject_name(row.dyad)}: stance {row.mean_stance:+.2f} (n={row.stance_count}), intensity "
        f"{row.mean_intensity:+.1f} (n={row.event_count}), {row.agreement}"
        for row in rows_of(shown)
    )
    return Chart(figure, f"Two dot charts side by side. {title}", listed)


def draw_means(axes: Axes, rows: DataFrame, measure: str, limit: float) -> None:
    """A dot with its interval for each row; below zero is hostile, and goes right.

    Args:
        axes: where they are drawn.
        rows: `StancesBesideActs` table.
        measure: "stance" or "intensity".
        limit: the end of its scale.
    """
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.hlines(range(len(rows)), rows[f"{measure}_low"], rows[f"{measure}_high"], color=DARK)
    axes.plot(rows[f"mean_{measure}"], range(len(rows)), "o", color=DARK)
    axes.set_xlim(1.05 * limit, -1.05 * limit)
    axes.xaxis.set_major_formatter("{x:+g}")
    axes.spines[["top", "right"]].set_visible(False)
