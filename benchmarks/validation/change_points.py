"""Lasting changes of level: where a series moves to another level and stays there for two periods or more.

A stretch of periods is cut out whose mean differs most from the rest, and kept only if fewer than one in
25 shuffles of the periods have such a stretch; then its parts are searched in the same way. So of the series
whose dates are shuffled fewer than one in twenty have a change point. What lies on the two sides of a gap in
the articles is searched separately: a change in the gap cannot be dated.

Source: Olshen, Venkatraman, Lucito and Wigler 2004, Biostatistics 5(4) (circular binary segmentation with a
permutation test), here with periods weighed by the number of stories behind them.
"""

import itertools
from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import KEY
from analysis.indicators.dyads import COUNTED
from analysis.indicators.intervals import SEED
from analysis.indicators.spikes import GAP_DAYS
from analysis.schemas import ChangePoints

MIN_PERIODS: Final = 10  # a shorter series has no change points
MIN_EVENTS: Final = 10  # nor has one made of fewer events
SHORTEST_LEVEL: Final = 2  # periods
BLOCK: Final = 57  # shuffles at a time
SHUFFLES: Final = 7 * BLOCK
FALSE_SHARE: Final = 0.04  # of shuffled series; below one in twenty, because the shuffles only estimate it


def change_points(indicators: DataFrame) -> DataFrame:
    """Where each series moves to another level and stays there for two periods or more.

    Args:
        indicators: `Indicators` rows by day, week or month; periods without a value are skipped. A series of
            fewer than ten values or ten events has no change points.

    Returns:
        `ChangePoints` table. The spread of shares and counts grows with their mean, so the search runs on
        their square root.
    """
    known = indicators.dropna(subset="value").sort_values(["indicator", *KEY])
    rows = [
        row
        for (indicator, dyad), part in known.groupby(["indicator", "dyad"])
        if len(part) >= MIN_PERIODS and part["event_count"].sum() >= MIN_EVENTS
        for row in level_rows(indicator, dyad, part)
    ]
    return ChangePoints.validate(DataFrame(rows, columns=list(ChangePoints.columns)))


def level_rows(indicator: str, dyad: str, series: DataFrame) -> Iterator[tuple]:
    """The rows of `change_points` for one series."""
    stretches = [part for _, part in series.groupby(stretch_numbers(series["period"]))]
    long = [part for part in stretches if len(part) >= MIN_PERIODS]
    for part in long:
        values = part["value"].to_numpy(dtype=float)
        signal = np.sqrt(values) if values.min() >= 0 else values
        weight = period_weights(indicator, part)
        found = sorted(borders(signal, weight, FALSE_SHARE / len(long)))
        edges = [0, *found, len(values)]
        for start, at, end in zip(edges, edges[1:], edges[2:], strict=False):
            before, after = (
                np.average(values[a:b], weights=weight[a:b]) for a, b in ((start, at), (at, end))
            )
            yield indicator, dyad, part["period"].iloc[at], before, after


def period_weights(indicator: str, series: DataFrame) -> np.ndarray:
    """The stories behind each period's value; periods of a count weigh the same."""
    stories = series["story_count"].to_numpy(dtype=float)
    return np.ones_like(stories) if indicator in COUNTED else stories


def borders(signal: np.ndarray, weight: np.ndarray, false_share: float) -> Iterator[int]:
    """Places at which a new level begins."""
    if len(signal) < MIN_PERIODS or np.ptp(signal) == 0:
        return
    gains, first, end = segment_gains(signal, weight)
    best = int(gains.argmax())
    if share_as_high(signal, weight, gains[best]) > false_share:
        return
    cuts = [0, *sorted({int(first[best]), int(end[best])} - {0, len(signal)}), len(signal)]
    yield from cuts[1:-1]
    for start, stop in itertools.pairwise(cuts):
        yield from (start + at for at in borders(signal[start:stop], weight[start:stop], false_share))


def segment_gains(signal: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What cutting out each segment explains: the sum of squares between it and the rest.

    Args:
        signal: periods in the last dimension.
        weight: of each period, in the same shape.

    Returns:
        The gains, a last dimension of segments; the first period of each segment; the one after its last.
    """
    count = signal.shape[-1]
    first, end = np.triu_indices(count + 1, SHORTEST_LEVEL)
    edge = [(first == 0) | (first >= SHORTEST_LEVEL), (end == count) | (count - end >= SHORTEST_LEVEL)]
    chosen = edge[0] & edge[1] & (end - first <= count - SHORTEST_LEVEL)
    first, end = first[chosen], end[chosen]
    weights, sums = sums_before(weight), sums_before(weight * signal)
    inside, part = weights[..., end] - weights[..., first], sums[..., end] - sums[..., first]
    outside, rest = weights[..., -1:] - inside, sums[..., -1:] - part
    return (part / inside - rest / outside) ** 2 * inside * outside / weights[..., -1:], first, end


def sums_before(values: np.ndarray) -> np.ndarray:
    """Running sums along the last dimension, with a 0 before."""
    zero = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([zero, values.cumsum(axis=-1)], axis=-1)


def share_as_high(signal: np.ndarray, weight: np.ndarray, gain: float) -> float:
    """The share of shuffles of the periods, each with its weight, that have a segment with this gain or more.

    Shuffling ends early where the share is clearly above what is allowed (Besag and Clifford 1991, Biometrika
    78: the sequential Monte Carlo test).
    """
    draw, above, done = np.random.default_rng(SEED), 0, 0
    while done < SHUFFLES and above <= FALSE_SHARE * SHUFFLES:
        order = draw.permuted(np.tile(np.arange(len(signal)), (BLOCK, 1)), axis=1)
        gains = segment_gains(signal[order], weight[order])[0].max(axis=1)
        above += int((gains >= gain * (1 - 1e-9)).sum())
        done += BLOCK
    return (above + 1) / (done + 1)


def stretch_numbers(starts: Series) -> Series:
    """The number of the stretch of reading, from 0, in which each period is.

    Args:
        starts: first days of periods of one length with articles, ISO 8601, in order of time.
    """
    apart = pd.to_datetime(starts).diff().dt.days
    return (apart - apart.min() >= GAP_DAYS).cumsum()
