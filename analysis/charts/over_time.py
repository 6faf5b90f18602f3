"""Counts by day, week or month: incidents as bars to two sides, a speaker's stances and a theme as a grid."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.charts.base import (
    COOPERATIVE,
    HOSTILE,
    MAX_ROWS,
    MIN_BARS_OVER_TIME,
    ROW_HEIGHT,
    Chart,
    Shade,
    count_axis,
    date_axis,
    draw_heat,
    empty_chart,
    new_figure,
    sentence_start,
    shortened,
)
from analysis.charts.speakers import stance_sides
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.incident_timeline import (
    incidents_by_period,
    since_first_report,
    timeline_period,
)
from analysis.indicators.periods import MOST_PERIODS, period_range
from analysis.indicators.theme_shares import EVERY_OUTLET, span_of
from analysis.phrasing import counted, day_in_words, listed
from analysis.tables.rows import rows_of

PANEL_HEIGHT: Final = 1.2  # inches
DAYS: Final = {"day": 1, "week": 7, "month": 28}
HEADS: Final = {"day": "{:%d %b}", "week": "week of {:%d %b}", "month": "{:%b %Y}"}  # of a column of a grid
MAX_LISTED: Final = 12  # periods in the text alternative
MAX_TARGETS, MAX_OUTLETS, MAX_THEME_PERIODS = 8, 12, 12
EVERY_NAME: Final = "all outlets"
COUNTRY_PANELS: Final = {
    "incidents": ("hostile", "cooperative"),
    "its speakers on others": ("own_against", "own_for"),
    "others on it": ("other_against", "other_for"),
}


def sides_chart(counts: DataFrame, panels: dict[str, tuple[str, str]], chart: Chart, period: str) -> Chart:
    """Bars by period in one panel or several: what is hostile or against up, what is friendly down.

    Args:
        counts: `period` (its first day) and the columns that are drawn; periods without a row have no bar.
        panels: name of each panel, with the columns that go up and down.
        chart: its words; its figure is what is drawn on.
        period: "day", "week" or "month".
    """
    every = period_range(counts["period"].min(), counts["period"].max(), period)
    regular, dates = counts.set_index("period").reindex(every, fill_value=0), pd.to_datetime(every)
    drawn = chart.figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (name, (up, down)) in zip(drawn, panels.items(), strict=True):
        look = {"width": 0.8 * DAYS[period], "align": "edge"}
        axes.bar(dates, regular[up], color=HOSTILE, **look)
        axes.bar(dates, -regular[down], color=COOPERATIVE, **look)
        axes.axhline(0, color="black", linewidth=0.8)
        top = 1.1 * max(int(regular[[up, down]].to_numpy().max()), 1)
        axes.set_ylim(-top, top)
        count_axis(axes.yaxis)
        axes.set_title(name, loc="left", fontsize=9)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(labelsize=8)
    room = pd.Timedelta(days=DAYS[period])
    drawn[-1].set_xlim(dates[0] - room / 2, dates[-1] + 1.5 * room)
    date_axis(drawn[-1])
    return chart


def incidents_chart(timeline: DataFrame) -> Chart:
    """How many incidents begin in each day, week or month, from the day of the first report on.

    Args:
        timeline: table of `incident_timeline`, or some of its rows.
    """
    counts, period, left_out = incident_counts(timeline)
    if counts.empty:
        return empty_chart(f"No chart over time: no incident with a date is left. {left_out}".rstrip())
    return incident_counts_chart(counts, period, left_out)


class IncidentCounts(NamedTuple):
    """Incidents counted for a picture."""

    counts: DataFrame  # of `incidents_by_period`
    period: str  # "day", "week" or "month"
    left_out: str  # in a sentence; "" where nothing is


def incident_counts(timeline: DataFrame) -> IncidentCounts:
    """Incidents by the unit in which they are best drawn: rows of `incident_timeline`."""
    drawn = since_first_report(timeline)
    period = timeline_period(drawn)
    reasons = {
        "without a date": int(timeline["day"].isna().sum()),
        "of days before the first article": len(timeline) - len(drawn),
    }
    parts = [f"{counted(count, 'incident')} {why}" for why, count in reasons.items() if count]
    left_out = f"Left out: {listed(parts)}." if parts else ""
    return IncidentCounts(incidents_by_period(drawn, period), period, left_out)


def weekly_chart(incidents: DataFrame) -> Chart:
    """Hostile and cooperative incidents by week, announced ones included.

    Args:
        incidents: `Incidents` rows.
    """
    if incidents.empty:
        return empty_chart("No chart: there is no incident among these rows.")
    counts = incidents_by_period(incidents.assign(day=incidents["first_day"]), "week")
    if counts.empty:
        return empty_chart("No chart: none of these incidents has a day.")
    undated = int(incidents["first_day"].isna().sum())
    left_out = f"{counted(undated, 'incident')} without a day left out." if undated else ""
    return incident_counts_chart(counts, "week", left_out)


def incident_counts_chart(counts: DataFrame, period: str, left_out: str) -> Chart:
    """Incidents by day, week or month: table of `incidents_by_period`, and a sentence on what is left out."""
    total, kinds = counts["count"].sum(), {name: counts[name].sum() for name in ("hostile", "cooperative")}
    spans = len(period_range(counts["period"].min(), counts["period"].max(), period))
    sides = ", ".join(f"{count:,} {name}" for name, count in kinds.items())
    title = f"{counted(int(total), 'incident')} in {counted(spans, period)}: {sides}"
    weeks = "; weeks begin on Monday" if period == "week" else ""
    note = f"Hostile incidents point up, cooperative ones down{weeks}. {left_out}".rstrip()
    fullest = counts.sort_values("count", ascending=False, kind="stable").head(MAX_LISTED)
    words = "; ".join(
        f"{period_in_words(row.period, period)}: {row.hostile} hostile, {row.cooperative} cooperative"
        for row in rows_of(fullest.sort_values("period"))
    )
    more = len(counts) - len(fullest)
    words += f"; and {counted(more, period)} with fewer" if more else ""
    figure = new_figure(title, PANEL_HEIGHT + 1.6, note=note)
    chart = Chart(figure, f"Bar chart by {period}. {title}", words, note)
    return sides_chart(counts, {"incidents": ("hostile", "cooperative")}, chart, period)


def period_in_words(start: str, period: str) -> str:
    """ "week from 15 April 2024", "15 April 2024", "April 2024"."""
    day = pd.Timestamp(start)
    if period == "month":
        return f"{day:%B %Y}"
    return f"{'week from ' if period == 'week' else ''}{day_in_words(day.date())}"


def country_over_time_chart(counts: DataFrame, *, country: str, period: str) -> Chart:
    """Bars by period: hostile incidents and stances against above the line, friendly ones below.

    Args:
        counts: table of `sides_over_time`.
        country: its name.
        period: "day", "week" or "month"; "all" where all is of one day.
    """
    if len(counts) < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart of {country} over time: what is dated falls into fewer than two periods."
        )
    total, hostile = int(counts[["hostile", "cooperative"]].to_numpy().sum()), counts["hostile"].sum()
    top = counts.loc[counts["hostile"].idxmax()]
    most = f", most of the {hostile} hostile ones from {top['period']}: {top['hostile']}"
    title = f"{country}: {counted(total, 'incident')}{most if hostile else ', none of them hostile'}"
    note = f"By {period}. Above, red: hostile or against. Below, blue: cooperative or for."
    words = "; ".join(
        f"{row.period}: incidents {row.hostile} hostile, {row.cooperative} cooperative, its speakers "
        f"{row.own_against} against and {row.own_for} for others, others {row.other_against} against and "
        f"{row.other_for} for it"
        for row in rows_of(counts)
    )
    figure = new_figure(title, 3 * PANEL_HEIGHT + 1, note=note)
    chart = Chart(figure, f"Bars over time in three panels. {title}", words, note)
    return sides_chart(counts, COUNTRY_PANELS, chart, period)


def grid_chart(
    cells: DataFrame, names: dict[str, str], starts: list[str], chart: Chart, *, period: str, shade: Shade
) -> Chart:
    """A grid of rows and periods.

    Args:
        cells: `row`, `period`, `shade` (missing: no colour) and `words` of each cell.
        names: of the rows, in their order.
        starts: first day of each column, ISO 8601.
        chart: its words; its figure is what is drawn on.
        period: "day", "week" or "month".
        shade: the scale of the colours.
    """
    heads = [HEADS[period].format(pd.Timestamp(start)) for start in starts]
    shades, words = (
        cells.pivot(index="row", columns="period", values=value)
        .reindex(index=list(names), columns=starts)
        .set_axis(list(names.values()))
        .set_axis(heads, axis=1)
        for value in ("shade", "words")
    )
    draw_heat(chart.figure, shades, words, shade)
    return chart


def grid_height(rows: int) -> float:
    return 2.2 + ROW_HEIGHT * max(rows, 2)


def speaker_over_time_chart(periods: DataFrame, names: dict[str, str], *, speaker: str, period: str) -> Chart:
    """For and against whom a speaker speaks, by day, week or month.

    Args:
        periods: `StancePeriods` table of one speaker.
        names: of the targets.
        speaker: the name.
        period: "day", "week" or "month".
    """
    if periods["period"].nunique() < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart over time: {speaker} speaks of other countries in fewer than two periods."
        )
    every = period_range(periods["period"].min(), periods["period"].max(), period)[-MOST_PERIODS:]
    shown = periods[periods["period"].isin(every)]
    targets = leading_targets(shown)
    top = leading_targets(periods)[0]
    own = periods[periods["target"] == top]
    sums = own[["favourable_count", "unfavourable_count"]].sum().astype(int)
    of = counted(int(decided(own).sum()), "decided stance")
    title = (
        f"{shortened(speaker)} speaks most of {names[top]}: {sums['favourable_count']} for and "
        f"{sums['unfavourable_count']} against in {of}"
    )
    left = periods.loc[periods["period"] < every[0], "period"].nunique()
    earlier = f" Left out: {counted(left, f'earlier {period}')}." if left else ""
    note = (
        f"Cell: + for, − against, 0 neither, ? undecided. Empty: not spoken of. Fewer than {MINIMUM_STORIES} "
        f"stories describe only these.{earlier}"
    )
    total = decided(shown)
    balance = (shown["favourable_count"] - shown["unfavourable_count"]) / total.where(total > 0, np.nan)
    cells = shown.assign(row=shown["target"], shade=balance, words=list(map(cell_words, rows_of(shown))))
    words = []
    for target in targets:
        cell_list = ", ".join(
            f"{row.period} {row.words}" for row in rows_of(cells[cells["target"] == target].head(MAX_ROWS))
        )
        words.append(f"{names[target]}: {cell_list}")
    figure = new_figure(title, grid_height(len(targets)), note=note)
    chart = Chart(figure, f"Heat map. {title}", "; ".join(words))
    shade = Shade("PuOr", -1, 1, "balance: −1 all against, +1 all for")
    cells = cells[cells["target"].isin(targets)]
    rows = {target: names[target] for target in targets}
    return grid_chart(cells, rows, every, chart, period=period, shade=shade)


def leading_targets(periods: DataFrame) -> list[str]:
    """The targets with the most stances."""
    sizes = decided(periods).add(periods["undecided_count"]).groupby(periods["target"]).sum()
    return sizes.sort_index().sort_values(ascending=False, kind="stable").index[:MAX_TARGETS].tolist()


def decided(periods: DataFrame) -> Series:
    """How many stances each row has without the undecided ones."""
    return periods[["favourable_count", "unfavourable_count", "neutral_count"]].sum(axis=1)


def cell_words(row: object) -> str:
    """ "+3 −1", "0" where all are neither, "?2" where none is decided."""
    taken = stance_sides(row.favourable_count, row.unfavourable_count)
    return taken or ("0" if row.neutral_count else f"?{row.undecided_count}")


def theme_over_time_chart(shares: DataFrame, *, theme: str, period: str) -> Chart:
    """The share of the articles of each outlet that have a theme, by day, week or month.

    Cells of fewer than ten articles have no colour: their share says too little.

    Args:
        shares: `ThemeShares` table by day, week or month.
        theme: its name.
        period: "day", "week" or "month".
    """
    starts = span_of(shares)
    if len(starts) < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart of {theme} over time: the dated articles fall into fewer than two periods."
        )
    every = period_range(starts[0], starts[-1], period)[-MAX_THEME_PERIODS:]
    outlets = list(dict.fromkeys(shares["outlet"]))
    outlets = [EVERY_OUTLET] if len(outlets) == 2 else outlets  # a single one is all of them
    sizes = shares.groupby("outlet")["article_count"].sum()
    shown = sorted(outlets, key=lambda one: (one != EVERY_OUTLET, -sizes[one], one))[: MAX_OUTLETS + 1]
    cells = shares[shares["outlet"].isin(shown) & shares["period"].isin(every)]
    firm = cells["share"].where(cells["article_count"] >= MINIMUM_STORIES, np.nan) * 100
    counts = [f"{row.theme_count}/{row.article_count}" for row in rows_of(cells)]
    cells = cells.assign(row=cells["outlet"], shade=firm, words=counts)
    title = theme_title(shares, theme)
    reasons = {
        "more outlet": len(outlets) - len(shown),
        f"earlier {period}": sum(start < every[0] for start in starts),
    }
    left = " and ".join(counted(count, what) for what, count in reasons.items() if count)
    note = (
        "Cell: articles with the theme / articles read. Before an outlet: all its articles. No colour: fewer "
        f"than {MINIMUM_STORIES} articles, too few to compare.{left and f' Left out: {left}.'}"
    )
    words = []
    for outlet in shown:
        numbers = ", ".join(
            f"{row.period} {row.theme_count} of {row.article_count}"
            for row in rows_of(cells[cells["outlet"] == outlet])
        )
        words.append(f"{outlet or EVERY_NAME}: {numbers}")
    figure = new_figure(title, grid_height(len(shown)), note=note)
    chart = Chart(figure, f"Heat map. {title}", "; ".join(words))
    shade = Shade("Blues", 0, max(float(firm.fillna(0).max()), 1.0), "share of the articles (percent)")
    names = {one: f"{sizes[one]:,} · {one or EVERY_NAME}" for one in shown}
    return grid_chart(cells, names, every, chart, period=period, shade=shade)


def theme_title(shares: DataFrame, theme: str) -> str:
    """How much of what was read has the theme, and when most, among periods with enough articles."""
    own = shares[shares["outlet"] == EVERY_OUTLET]
    total = f"{own['theme_count'].sum():,} of {counted(own['article_count'].sum(), 'dated article')}"
    firm = own[own["article_count"] >= MINIMUM_STORIES].sort_values(
        ["share", "period"], ascending=[False, True]
    )
    if len(firm) < MIN_BARS_OVER_TIME:
        return f"{sentence_start(theme)} is in {total}; too few a period to compare"
    top = firm.iloc[0]
    return f"{sentence_start(theme)} is in {total}, most from {top['period']}: {top['share']:.0%}"
