"""How far the numbers can be trusted: what `benchmarks/` measured, as tables, views, charts and an answer.

The tables are CSV files in `data/measured`, written by `python -m benchmarks.publish` and
`python -m benchmarks.validate CORPORA --publish`.
"""

from functools import cache
from pathlib import Path
from typing import Final

from matplotlib.axes import Axes
from pandas import DataFrame, Timestamp, read_csv

from analysis.charts.base import BLUE, GREY, NOTE_SIZE, ORANGE, RED, SKY, Chart, new_axes, new_figure
from analysis.charts.lines import measures_chart, series_chart
from analysis.country_names import dyad_name
from analysis.findings.answers import Answer
from analysis.phrasing import listed
from analysis.schemas import ROOT_NAMES
from analysis.views.render import View, view

SELDOM: Final = 0.8  # F1 below which a page warns beside what it shows
MEASURED: Final = Path(__file__).parents[1] / "data" / "measured"
MAX_MISSED: Final = 3  # figures that the answer names


@cache
def measured(name: str) -> DataFrame:
    """A table of `data/measured`; an empty cell of a column of text is "". It is shared: do not change it."""
    rows = read_csv(MEASURED / f"{name}.csv")
    return rows.fillna({column: "" for column, kind in rows.dtypes.items() if kind == "str"})


def stance_sentence() -> str:
    """How often stances are right, where that is seldom; "" where it is not."""
    score = measured("rates").set_index("measure")["score"]["articles.stances_f1"]
    if score >= SELDOM:
        return ""
    return (
        f"Stances agree with a careful reader in fewer than four of five cases (F1 {score:.2f} on whole "
        "articles): read a statement before you rely on its sign."
    )


def checks() -> DataFrame:
    """One row per figure known in advance, with what was found; `figure` is its name in words."""
    rows = measured("checks")
    pairs = rows["dyad"].map(lambda dyad: f"{dyad_name(dyad)}, " if dyad else "")
    return rows.assign(figure=pairs + rows["subject"])


def origin_view() -> View:
    """On which day the episodes were computed, and how to compute them again."""
    return view("evaluation/computed_on", date=measured("checks")["computed_date"].iloc[0])


def trust_answer() -> Answer:
    """How often the extractors are right, and how many known figures were found again."""
    scores = measured("rates").set_index("measure")["score"]
    found, right = (10 * scores[name] for name in ("articles.full_r", "articles.full_p"))
    first = (
        f"Of ten events that a reader finds in an article, the program finds {found:.1f}; of ten rows that "
        f"it shows, {right:.1f} are right. "
        f"Single sentences are easier: it gives {scores['quotes.direct_e2e']:.0%} of direct "
        "quotes to the right speaker. On a scale where 1 is always right, it reaches "
        f"{scores['events.binary_f1']:.2f} for conflict or cooperation between two marked actors, "
        f"{scores['events.root_f1']:.2f} for the type of act and {scores['stances.f1m']:.2f} for stance."
    )
    rows = checks()
    known = rows[rows["exhibit"] != "speed"]  # a time limit was set, not known
    missed = known.loc[~known["is_within"], "figure"].unique().tolist()
    more = [f"{len(missed) - MAX_MISSED} more"] if len(missed) > MAX_MISSED else []
    names = listed(missed[:MAX_MISSED] + more) if missed else "none"
    met = known["is_within"].sum()
    crises = measured("known_crises")["is_found"]
    second = (
        f"Of {len(known)} figures known in advance, {met} were found again; missed: {names}. "
        f"Of {len(crises)} known crises of a year {crises.sum()} show."
    )
    caveat = (
        "English news only. The whole articles were set aside and not looked at; the single sentences were, "
        "so expect less on other text. Right on average does not mean right about the sentence in front of "
        "you, so read the sentence."
    )
    return Answer((first, second), caveat)


def rates_view() -> View:
    """Each question that an extractor answers: the test set, how often it is right, who does better."""
    rows = measured("rates")
    peers = rows["peer_score"].astype(object).fillna("")
    return view("evaluation/rates", rates=rows.assign(peer_score=peers).to_dict("records"))


def speed_view() -> View:
    """How many words one core reads in a second."""
    rows = measured("speeds")
    return view("evaluation/speed", speeds=rows.to_dict("records"), date=rows["measured_date"].iloc[0])


def checks_view(*exhibits: str) -> View:
    """What was expected, what was found, and whether it is close enough.

    Args:
        exhibits: among "risk", "war", "tone", "peak", "spike" and "speed".
    """
    rows = checks()
    rows = rows[rows["exhibit"].isin(exhibits)]
    return view("evaluation/checks", checks=rows.to_dict("records"), met=int(rows["is_within"].sum()))


def spikes_view() -> View:
    """The strongest spikes of the year, each with the acts that made it."""
    acts = {
        key: part.to_dict("records") for key, part in measured("spike_acts").groupby(["dyad", "peak_date"])
    }
    rows = [
        spike | {"acts": acts.get((spike["dyad"], spike["peak_date"]), [])}
        for spike in measured("spikes").to_dict("records")
    ]
    return view("evaluation/spike_events", spikes=rows)


def crises_view() -> View:
    """Each known crisis of the year: whether its series shows it, and why not."""
    crises, lines = measured("known_crises").to_dict("records"), measured("crisis_rates")["line"].tolist()
    return view("evaluation/known_crises", crises=crises, summary=lines)


def noise_view() -> View:
    """What chance alone is taken for, and how often the intervals hold what they promise."""
    tables = {name: measured(name).to_dict("records") for name in ("false_alarms", "intervals_held")}
    return view("evaluation/noise", alarms=tables["false_alarms"], intervals=tables["intervals_held"])


FAMILY_NAMES: Final = {"root": "types of act", "section": "sections"}
CLASS_NAMES: Final = {**ROOT_NAMES, "YIELD": "concession"}  # one type in the set used for measuring
RISK_NAMES: Final = {
    "gpr_share": "with the exclusion words",
    "gpr_unfiltered_share": "without the exclusion words",
}
RISK_TOLERANCE: Final = 0.015
ASIDE: Final = (-0.1, 0.1)  # of a month's place, so that two intervals do not cover each other
COLOURS: Final = {
    "our series": BLUE,
    "counting mentions": ORANGE,
    "the published queries": RED,
    "TextBlob's tone": GREY,
}
PANEL_HEIGHT: Final = 1.1  # inches
MAX_WEAK: Final = 3  # classes that are named as the weakest


def class_chart(family: str) -> Chart:
    """F1 of each class, the weakest first.

    Args:
        family: "root" or "section".
    """
    rows = measured("classes")
    rows = rows[rows["family"] == family].dropna()
    rows = rows.assign(name=rows["name"].replace(CLASS_NAMES))
    rows = rows.sort_values(["score", "name"], ignore_index=True)
    weak = [f"{row.name} {row.score:.2f}" for row in rows.head(MAX_WEAK).itertuples(index=False)]
    title = f"Weakest {FAMILY_NAMES[family]}: {listed(weak)}"
    figure, axes = new_axes(title, len(rows))
    places = range(len(rows))
    axes.hlines(places, 0, rows["score"], color=SKY, linewidth=1)
    axes.plot(rows["score"], places, "o", color=BLUE)
    axes.set_yticks(places, rows["name"])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.02)
    axes.set_xlabel("F1 (0 never right, 1 always right)", fontsize=NOTE_SIZE)
    words = (f"{row.name} {row.score:.2f}" for row in rows.itertuples(index=False))
    return Chart(figure, f"Dot chart. {title}", f"F1: {'; '.join(words)}")


def risk_chart() -> Chart:
    """The share of releases about geopolitical risk by month, next to what was expected."""
    shares, expected = measured("months"), measured("expected_risk")
    shares = shares[shares["indicator"].isin(RISK_NAMES)].dropna(subset="value")
    periods = sorted(shares["period"].unique())
    both = expected.merge(shares, on=["indicator", "period"], validate="one_to_one")
    near = ((both["value"].round(3) - both["share"]).abs() <= RISK_TOLERANCE + 1e-9).sum()
    points = f"{100 * RISK_TOLERANCE:.1f} points"
    title = f"{near} of {len(expected)} shares of risk are within {points} of what was expected"
    note = (
        "Below each month: releases read; months without any are left out. Line: 95% interval. "
        f"Red: expected, within {points}."
    )
    figure, axes = new_axes(title, 8, note=note)
    for indicator, colour, aside in zip(RISK_NAMES, (BLUE, ORANGE), ASIDE, strict=True):
        rows = shares[shares["indicator"] == indicator].set_index("period").reindex(periods)
        places = [place + aside for place in range(len(rows))]
        axes.vlines(places, 100 * rows["low"], 100 * rows["high"], color=colour, linewidth=1.5)
        axes.plot(places, 100 * rows["value"], "o", color=colour, markersize=5, label=RISK_NAMES[indicator])
        known = both[both["indicator"] == indicator]
        places = [periods.index(month) + 2.4 * aside for month in known["period"]]
        name = "expected" if indicator == "gpr_share" else None
        tolerance = 100 * RISK_TOLERANCE
        axes.errorbar(places, 100 * known["share"], tolerance, fmt="x", color=RED, capsize=3, label=name)
    read = shares.groupby("period")["story_count"].max()
    months = [f"{Timestamp(period):%b\n%Y}\n{read[period]}" for period in periods]
    axes.set_xticks(range(len(periods)), months)
    axes.set_ylabel("share of releases, in percent", fontsize=9)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=NOTE_SIZE, frameon=False, loc="upper left")
    words = [
        f"{RISK_NAMES[name]}: " + ", ".join(f"{row.period[:7]} {row.value:.1%}" for row in rows.itertuples())
        for name, rows in shares.groupby("indicator", sort=False)
    ]
    return Chart(figure, f"Dot chart by month. {title}", "; ".join(words))


def agreements_chart() -> Chart:
    """How far each series agrees with deaths and with the official index, a panel for each measure."""
    rows = measured("agreements")
    measures = rows["measure"].unique().tolist()
    best = rows.sort_values("value", ascending=False).drop_duplicates("measure")
    ahead = (best["series"] == "our series").sum()
    title = f"Our series agrees best with the world on {ahead} of {len(measures)} measures"
    figure = new_figure(title, PANEL_HEIGHT * len(measures) + 0.6)
    panels = figure.subplots(len(measures), 1, sharex=True, squeeze=False)[:, 0]
    for axes, measure in zip(panels, measures, strict=True):
        draw_measure(axes, rows[rows["measure"] == measure], measure)
    panels[-1].set_xlabel("dot: agreement; line: 95% interval", fontsize=8)
    words = [
        f"{measure}: "
        + ", ".join(
            f"{row.series} {row.value:.2f} ({row.low:.2f} to {row.high:.2f})" for row in part.itertuples()
        )
        for measure, part in rows.groupby("measure", sort=False)
    ]
    return Chart(figure, f"Dot chart. {title}", "; ".join(words))


def draw_measure(axes: Axes, rows: DataFrame, measure: str) -> None:
    """A dot and an interval for each series, ours on top."""
    places = range(len(rows))
    colours = [COLOURS[name] for name in rows["series"]]
    axes.hlines(places, rows["low"], rows["high"], color=colours, linewidth=1.5)
    axes.scatter(rows["value"], places, color=colours, s=22, zorder=3)
    axes.set_yticks(list(places), rows["series"].tolist(), fontsize=8)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_title(measure, loc="left", fontsize=9)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)


def war_chart() -> Chart:
    """Weight of hostile acts between Russia and Ukraine by week."""
    return series_chart(measured("weeks"), period="week", points=measured("change_points"))


def official_risk_chart() -> Chart:
    """Our index of hostility between states by month, beside the official index of risk."""
    return two_series_chart("risk_months", "state_hostility", "official_index_of_risk")


def conflict_and_tone_chart() -> Chart:
    """The same conflict by month, and the mean tone of the same releases."""
    return two_series_chart("months", "conflict_per_story", "mean_tone")


def two_series_chart(table: str, first: str, second: str) -> Chart:
    """Two indicators of a measured table by month, one above the other."""
    rows = measured(table)
    return measures_chart(*(rows[rows["indicator"] == name] for name in (first, second)), period="month")
