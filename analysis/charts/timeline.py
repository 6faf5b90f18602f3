"""Counts by day, week or month as bars: what is hostile or against up, what is friendly down."""

from typing import Final

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame, Timestamp, to_datetime

from analysis.charts.bars import not_drawn
from analysis.charts.base import (
    COOPERATIVE,
    HOSTILE,
    MIN_BARS_OVER_TIME,
    NOTE_SIZE,
    TEXT_SIZE,
    Chart,
    empty_chart,
    new_figure,
)
from analysis.indicators.country_events import side_of
from analysis.indicators.incident_timeline import (
    incidents_by_period,
    is_to_come,
    of_reported_days,
    timeline_period,
)
from analysis.indicators.periods import period_range
from analysis.phrasing import counted, day_in_words, listed
from analysis.tables.rows import rows_of

PANEL_HEIGHT: Final = 1.25  # inches
MAX_TICKS: Final = 6
TICKS: Final = {"day": "{:%d %b\n%Y}", "week": "{:%d %b\n%Y}", "month": "{:%b\n%Y}"}
MAX_LISTED: Final = 12  # periods in the text alternative
COUNTRY_PANELS: Final = {
    "incidents": ("hostile", "cooperative"),
    "its speakers on others": ("own_against", "own_for"),
    "others on it": ("other_against", "other_for"),
}


def incidents_chart(timeline: DataFrame) -> Chart:
    """How many incidents begin in each day, week or month, from the first report to the last.

    Args:
        timeline: table of `incident_timeline`, or some of its rows.
    """
    drawn = of_reported_days(timeline)
    period = timeline_period(drawn)
    return counts_chart(incidents_by_period(drawn, period), period, what_is_left_out(timeline))


def what_is_left_out(timeline: DataFrame) -> str:
    """Which incidents a picture of `of_reported_days` lacks, in a sentence; "" if it has all."""
    to_come = int(is_to_come(timeline).sum())
    reasons = {
        "without a date": int(timeline["day"].isna().sum()),
        "of days before the first article": len(timeline) - len(of_reported_days(timeline)) - to_come,
        "announced for after the last report": to_come,
    }
    parts = [f"{counted(count, 'incident')} {why}" for why, count in reasons.items() if count]
    return without_requests(of_reported_days(timeline), f"Left out: {listed(parts)}." if parts else "")


def without_requests(timeline: DataFrame, left_out: str) -> str:
    """What a picture leaves out, with the requests among its dated incidents."""
    requests = int((side_of(timeline.dropna(subset="day")) == "neither").sum())
    return f"{left_out} {not_drawn(requests)}.".lstrip() if requests else left_out


def weekly_chart(incidents: DataFrame) -> Chart:
    """Hostile and cooperative incidents by week, announced ones included: `Incidents` rows."""
    undated = int(incidents["first_day"].isna().sum())
    left_out = f"Left out: {counted(undated, 'incident')} without a day." if undated else ""
    dated = incidents.assign(day=to_datetime(incidents["first_day"]))
    return counts_chart(incidents_by_period(dated, "week"), "week", without_requests(dated, left_out))


def counts_chart(counts: DataFrame, period: str, left_out: str) -> Chart:
    """Incidents by day, week or month: table of `incidents_by_period`, and what it lacks in a sentence."""
    if counts.empty:
        return empty_chart(
            f"No chart over time: no hostile or cooperative incident here has a day. {left_out}".rstrip()
        )
    spans = len(period_range(counts["period"].min(), counts["period"].max(), period))
    sides = ", ".join(f"{counts[name].sum():,} {name}" for name in ("hostile", "cooperative"))
    title = f"{counted(int(counts['count'].sum()), 'incident')} in {counted(spans, period)}: {sides}"
    weeks = "; weeks begin on Monday" if period == "week" else ""
    note = f"Hostile incidents point up, cooperative ones down{weeks}. {left_out}".rstrip()
    fullest = counts.sort_values("count", ascending=False, kind="stable").head(MAX_LISTED)
    words = "; ".join(
        f"{period_in_words(row.period, period)}: {row.hostile} hostile, {row.cooperative} cooperative"
        for row in rows_of(fullest.sort_values("period"))
    )
    more = len(counts) - len(fullest)
    words += f"; and {counted(more, period)} with fewer" if more else ""
    figure = new_figure(title, PANEL_HEIGHT + 0.5, note=note)
    draw_panels(figure, counts, {"": ("hostile", "cooperative")}, period)
    return Chart(figure, f"Bar chart by {period}. {title}", words, note)


def period_in_words(start: str, period: str) -> str:
    """ "week from 15 April 2024", "15 April 2024", "April 2024"."""
    day = Timestamp(start)
    if period == "month":
        return f"{day:%B %Y}"
    return f"{'week from ' if period == 'week' else ''}{day_in_words(day.date())}"


def country_over_time_chart(counts: DataFrame, *, country: str, period: str, left_out: str = "") -> Chart:
    """Bars by period: hostile incidents and stances against above the line, friendly ones below.

    Args:
        counts: table of `sides_over_time`.
        country: its name.
        period: "day", "week" or "month"; "all" where all is of one day.
        left_out: what the counts lack, in a sentence.
    """
    if len(counts) < MIN_BARS_OVER_TIME:
        return empty_chart(
            f"No chart of {country} over time: what is dated falls into fewer than two periods."
        )
    total, hostile = int(counts[["hostile", "cooperative"]].to_numpy().sum()), counts["hostile"].sum()
    top = counts.loc[counts["hostile"].idxmax()]
    when = period_in_words(top["period"], period)
    most = f", most of the {hostile} hostile ones in the {when}: {top['hostile']}"
    most = most.replace("in the ", "on ") if period == "day" else most
    title = f"{country}: {counted(total, 'incident')}{most if hostile else ', none of them hostile'}"
    note = (
        f"By {period}. Above, orange: hostile or against. Below, blue: cooperative or for. Announced "
        f"incidents of these days count. {left_out}"
    ).rstrip()
    words = "; ".join(
        f"{row.period}: incidents {row.hostile} hostile, {row.cooperative} cooperative, its speakers "
        f"{row.own_against} against and {row.own_for} for others, others {row.other_against} against and "
        f"{row.other_for} for it"
        for row in rows_of(counts)
    )
    figure = new_figure(title, 3 * PANEL_HEIGHT, note=note)
    draw_panels(figure, counts, COUNTRY_PANELS, period)
    return Chart(figure, f"Bars over time in three panels. {title}", words, note)


def draw_panels(figure: Figure, counts: DataFrame, panels: dict[str, tuple[str, str]], period: str) -> None:
    """Bars by period in one panel or several.

    Args:
        figure: on which they are drawn.
        counts: `period` (its first day) and the columns that are drawn; periods without a row have no bar.
        panels: name of each panel, with the columns that go up and down.
        period: "day", "week" or "month".
    """
    every = period_range(counts["period"].min(), counts["period"].max(), period)
    regular, dates = counts.set_index("period").reindex(every, fill_value=0), to_datetime(every)
    drawn = figure.subplots(len(panels), 1, sharex=True, squeeze=False)[:, 0]
    for axes, (name, (up, down)) in zip(drawn, panels.items(), strict=True):
        axes.bar(range(len(every)), regular[up], color=HOSTILE)
        axes.bar(range(len(every)), -regular[down], color=COOPERATIVE)
        axes.axhline(0, color="black", linewidth=0.8)
        top = 1.1 * max(int(regular[[up, down]].to_numpy().max()), 1)
        axes.set_ylim(-top, top)
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
        axes.yaxis.set_major_formatter(lambda count, _: f"{abs(count):.0f}")  # the same on both sides
        axes.set_title(name, loc="left", fontsize=TEXT_SIZE)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(labelsize=NOTE_SIZE)
    places = range(0, len(every), -(-len(every) // MAX_TICKS))
    drawn[-1].set_xticks(places, [TICKS[period].format(dates[place]) for place in places])
