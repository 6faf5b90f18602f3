"""When a series breaks with its own past: spikes of hostility, and lasting changes of level."""

import numpy as np
from pandas import DataFrame, Series

from analysis.indicators.country_events import KEY, pair_acts, stories_read, worst_acts
from analysis.indicators.periods import period_numbers
from analysis.schemas import ChangePoints, Spikes

MINIMUM_PERIODS = 10  # a shorter series, or one of fewer events, has no change points
MINIMUM_EVENTS = 10
PENALTY = 2.0  # times the spread and the logarithm of the length
SHORTEST_LEVEL = 2  # periods
LEAST_REPORTS = 3  # stories behind a spike or a new rung
LEAST_USUAL = 4  # other periods that tell what is usual


def change_points(indicators: DataFrame) -> DataFrame:
    """Where each series goes over to another level and stays there for two periods or more.

    Args:
        indicators: `Indicators` rows by day, week or month. Periods without a value are passed over, so that
            a gap in the articles is none in the series. Below ten values, or ten events, nothing is said.

    Returns:
        `ChangePoints` table.

    Source: Killick, Fearnhead and Eckley 2012 (PELT) in ruptures, with squared error; the penalty is that of
    Schwarz 1978 for the spread between neighbouring periods. Weights of counted acts spread with their mean,
    so the square root is searched.
    """
    known = indicators.dropna(subset="value").sort_values(["indicator", *KEY])
    rows = [
        row
        for (indicator, dyad), part in known.groupby(["indicator", "dyad"])
        if len(part) >= MINIMUM_PERIODS and part["event_count"].sum() >= MINIMUM_EVENTS
        for row in levels(indicator, dyad, part)
    ]
    return ChangePoints.validate(DataFrame(rows, columns=list(ChangePoints.to_schema().columns)))


def levels(indicator: str, dyad: str, series: DataFrame) -> list[tuple]:
    """The rows of `change_points` of one series."""
    values = series["value"].to_numpy()
    signal = np.sqrt(values) if values.min() >= 0 else values
    spread = np.diff(signal).std() / np.sqrt(2)
    if spread == 0:
        return []
    from ruptures import Pelt  # loads scipy.stats; few corpora are long enough to have a change point

    search = Pelt(model="l2", min_size=SHORTEST_LEVEL, jump=1).fit(signal.reshape(-1, 1))
    borders = [0, *search.predict(pen=PENALTY * spread**2 * np.log(len(signal)))]
    return [
        (indicator, dyad, series["period"].iloc[at], values[start:at].mean(), values[at:end].mean())
        for start, at, end in zip(borders, borders[1:], borders[2:], strict=False)
    ]


def pair_spikes(
    articles: DataFrame, events: DataFrame, *, period: str = "week", minimum_stories: int = LEAST_REPORTS
) -> DataFrame:
    """Stretches in which a pair was far more hostile than it usually is, the strongest first.

    A period's weight is the sum over its stories of the worst hostile act's absolute intensity, over 10: a
    bombing weighs near 1, an accusation 0.3. It is set against the pair's other periods, so that a war of
    every week is no spike and seven clashes between two quiet neighbours are. Periods next to each other are
    one stretch. What a group does that one of the two is said to back counts too, and is counted apart in
    `proxy_story_count`: a proxy war is tension of the pair, though not the backer's act.

    Args:
        articles: `Articles` table, with dates.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month".
        minimum_stories: with fewer stories a period is not considered.

    Returns:
        `Spikes` table; empty where fewer than four other periods could tell what is usual.

    Source: signed root of the Poisson deviance (McCullagh and Nelder 1989, 2.4); one act is added to the
    usual weight, lest a pair never written of before should always win.
    """
    rows = (
        worst_acts(pair_acts(articles, events, period=period))
        .groupby(KEY, as_index=False)
        .agg(
            hostile_weight=("hostile_weight", "sum"),
            story_count=("story_id", "nunique"),
            proxy_story_count=("is_proxy", "sum"),
            event_ids=("event_id", " ".join),
        )
    )
    others = len(stories_read(articles, period)) - 1
    total = rows.groupby("dyad")["hostile_weight"].transform("sum")
    rows = rows.assign(usual_weight=(total - rows["hostile_weight"] + 1) / max(others, 1))
    rows = rows.assign(surprise_score=surprise(rows["hostile_weight"], rows["usual_weight"]))
    chosen = (rows["story_count"] >= minimum_stories) & (rows["surprise_score"] > 0) & (others >= LEAST_USUAL)
    return Spikes.validate(stretches(rows[chosen], period))


def surprise(weight: Series, usual: Series) -> Series:
    """How far a weight lies above the usual one, about in standard deviations; 0 where it does not."""
    above = weight > usual
    ratio = (weight / usual).where(above, 1.0)
    return np.sqrt(2 * (weight * np.log(ratio) - (weight - usual)).where(above, 0.0))


def stretches(rows: DataFrame, period: str) -> DataFrame:
    """Rows of neighbouring periods of a pair as one, described by its peak."""
    rows = rows.sort_values(KEY, ignore_index=True)
    is_new = (period_numbers(rows["period"], period).diff() != 1) | (rows["dyad"] != rows["dyad"].shift())
    rows = rows.assign(stretch=is_new.cumsum())
    groups = rows.groupby("stretch")["period"]
    rows = rows.assign(start_period=groups.transform("min"), end_period=groups.transform("max"))
    peaks = rows.sort_values(["surprise_score", *KEY], ascending=[False, True, True])
    named = peaks.drop_duplicates("stretch").rename(columns={"period": "peak_period"})
    return named[list(Spikes.to_schema().columns)].reset_index(drop=True)
