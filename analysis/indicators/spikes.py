"""When a series breaks with its own past: spikes of hostility, and lasting changes of level."""

import numpy as np
from pandas import DataFrame, Series

from analysis.indicators.country_events import KEY, pair_acts, stories_read, worst_acts
from analysis.indicators.periods import period_numbers
from analysis.schemas import ChangePoints, Spikes

MINIMUM_PERIODS = 10  # a shorter series has no change points
MINIMUM_EVENTS = 10  # nor has one made of fewer events
PENALTY = 2.0  # of a change point, times the spread and the logarithm of the length
SHORTEST_LEVEL = 2  # periods
LEAST_REPORTS = 3  # stories behind a spike or a new rung
LEAST_USUAL = 4  # other periods needed to say what is usual


def change_points(indicators: DataFrame) -> DataFrame:
    """Where each series moves to another level and stays there for two periods or more.

    Args:
        indicators: `Indicators` rows by day, week or month. Periods without a value are skipped, so that a
            gap in the articles is no gap in the series. A series of fewer than ten values or ten events has
            no change points.

    Returns:
        `ChangePoints` table.

    Source: Killick, Fearnhead and Eckley 2012 (PELT) in ruptures, with squared error; the penalty is that of
    Schwarz 1978 for the spread between neighbouring periods. The spread of counts grows with their mean, so
    the search runs on their square root.
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
    """The rows of `change_points` for one series."""
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
    """Runs of periods in which a pair was far more hostile than usual, the strongest first.

    The weight of a period is the sum over its stories of the worst hostile act's absolute intensity, over 10:
    a bombing weighs almost 1, an accusation 0.3. It is compared with the pair's other periods, so that a war
    fought every week is no spike, and seven clashes between two quiet neighbours are one. Adjacent periods
    make one run. Acts of proxies count too, and `proxy_story_count` says how many: a proxy war is tension of
    the pair, though not an act of the sponsor.

    Args:
        articles: `Articles` table, with dates.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month".
        minimum_stories: a period with fewer stories is not considered.

    Returns:
        `Spikes` table; empty where there are fewer than four other periods to say what is usual.

    Source: signed root of the Poisson deviance (McCullagh and Nelder 1989, 2.4); one act is added to the
    usual weight, or a pair that nobody wrote about before would always win.
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
    return Spikes.validate(runs_of_periods(rows[chosen], period))


def surprise(weight: Series, usual: Series) -> Series:
    """How far a weight is above the usual one, roughly in standard deviations; 0 where it is not above."""
    above = weight > usual
    ratio = (weight / usual).where(above, 1.0)
    return np.sqrt(2 * (weight * np.log(ratio) - (weight - usual)).where(above, 0.0))


def runs_of_periods(rows: DataFrame, period: str) -> DataFrame:
    """Adjacent periods of a pair as one row, described by its peak."""
    rows = rows.sort_values(KEY, ignore_index=True)
    is_new = (period_numbers(rows["period"], period).diff() != 1) | (rows["dyad"] != rows["dyad"].shift())
    rows = rows.assign(run=is_new.cumsum())
    groups = rows.groupby("run")["period"]
    rows = rows.assign(start_period=groups.transform("min"), end_period=groups.transform("max"))
    peaks = rows.sort_values(["surprise_score", *KEY], ascending=[False, True, True])
    found = peaks.drop_duplicates("run").rename(columns={"period": "peak_period"})
    return found[list(Spikes.to_schema().columns)].reset_index(drop=True)
