"""Our series against the world, as pictures, a table and lines of text."""

from collections.abc import Iterator
from typing import Final

from matplotlib.axes import Axes
from pandas import DataFrame

from analysis.charts.base import BLUE, GREY, ORANGE, RED, Chart, empty_chart, new_figure
from analysis.country_names import dyad_name
from analysis.evaluation.world_series import MENTIONS, OURS, QUERIES, TONE
from analysis.phrasing import counted, days_in_words
from analysis.tables.rows import rows_of
from analysis.views.render import View, view

COLOURS: Final = {OURS: BLUE, MENTIONS: ORANGE, QUERIES: RED, TONE: GREY}
SERIES_NAMES: Final = {
    OURS: "our series",
    MENTIONS: "counting mentions",
    QUERIES: "the published queries",
    TONE: "TextBlob's tone",
}
PANEL_HEIGHT: Final = 1.1  # inches
KINDS: Final = {"force": "of force", "political": "short of force"}


def agreements_chart(agreements: DataFrame) -> Chart:
    """How far each series agrees with deaths and with the official index, a panel for each measure.

    Args:
        agreements: `WorldAgreements` table.
    """
    if agreements.empty:
        return empty_chart("Nothing was compared with the published series.")
    measures = list(dict.fromkeys(agreements["measure"]))
    best = agreements.sort_values("value", ascending=False).drop_duplicates("measure")
    ahead = (best["series"] == OURS).sum()
    title = f"Our series agrees best with the world on {ahead} of {len(measures)} measures"
    figure = new_figure(title, PANEL_HEIGHT * len(measures) + 0.6)
    panels = figure.subplots(len(measures), 1, sharex=True, squeeze=False)[:, 0]
    for axes, measure in zip(panels, measures, strict=True):
        draw_measure(axes, agreements[agreements["measure"] == measure], measure)
    panels[-1].set_xlabel("dot: agreement; line: 95% interval", fontsize=8)
    return Chart(figure, f"Dot chart. {title}", "; ".join(agreement_words(agreements)))


def draw_measure(axes: Axes, rows: DataFrame, measure: str) -> None:
    """A dot and an interval for each series, ours on top."""
    places = range(len(rows))
    colours = [COLOURS[name] for name in rows["series"]]
    axes.hlines(places, rows["low"], rows["high"], color=colours, linewidth=1.5)
    axes.scatter(rows["value"], places, color=colours, s=22, zorder=3)
    axes.set_yticks(list(places), [SERIES_NAMES[name] for name in rows["series"]], fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_title(measure, loc="left", fontsize=9)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)


def agreement_words(agreements: DataFrame) -> Iterator[str]:
    """The numbers of the chart: "rank correlation with deaths: our series 0.83 (0.81 to 0.86)"."""
    for measure, rows in agreements.groupby("measure", sort=False):
        parts = [
            f"{SERIES_NAMES[row.series]} {row.value:.2f} ({row.low:.2f} to {row.high:.2f})"
            for row in rows_of(rows)
        ]
        yield f"{measure}: {', '.join(parts)}"


def crises_view(crises: DataFrame, rates: DataFrame) -> View:
    """Each known crisis: whether its series shows it, and why not.

    Args:
        crises: `KnownCrises` table.
        rates: `CrisisRates` table.
    """
    rows = [
        {**row._asdict(), "name": dyad_name(row.dyad), "days": days_in_words(row.start_date, row.end_date)}
        for row in rows_of(crises)
    ]
    lines = [rate_line(row) for row in rows_of(rates)]
    return view("evaluation/known_crises", crises=rows, summary=lines)


def rate_line(rate: object) -> str:
    """What was found of one kind, and what else passes the test."""
    found = f"{rate.found_count} of {rate.crisis_count} crises {KINDS[rate.kind]} are found"
    others = counted(rate.other_week_count, "other week")
    return f"{found}; {others} of {counted(rate.pair_count, 'pair')} pass the same test"
