"""The scan statistic: the stretch of days in which a pair's hostile acts are most out of proportion.

Windows of one week, two, four and so on, up to half of all days, slide over the days. The score of a window
is the likelihood ratio of a rate that is higher inside it than outside, against one rate throughout.

Source: Kulldorff 1997, Communications in Statistics 26(6), equation for the Poisson model; windows of fixed
lengths after Naus 1965; weights instead of counts are divided by their dispersion (McCullagh and Nelder 1989,
9.2). What has been found is taken out before the next is looked for: Zhang, Assunção and Kulldorff 2010.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

WEEK: Final = 7
LEAST_OUTSIDE: Final = 28  # days needed to say what is usual


@dataclass(frozen=True)
class Grid:
    """Pairs (rows) and days (columns); `is_open`: the days that may lie in a window of the pair."""

    weight: np.ndarray
    story_count: np.ndarray
    expected: np.ndarray
    is_open: np.ndarray
    dispersion: np.ndarray  # of each pair


@dataclass(frozen=True)
class Windows:
    """The best window of each pair: score (0 where there is none), first day, day after the last."""

    score: np.ndarray
    first: np.ndarray
    end: np.ndarray


def window_lengths(open_count: int) -> list[int]:
    """Lengths in days, each twice the one before, that leave four weeks and half of all days outside."""
    longest = min(open_count // 2, open_count - LEAST_OUTSIDE)
    return [WEEK * 2**power for power in range(20) if WEEK * 2**power <= longest]


def best_windows(grid: Grid, minimum_stories: int) -> Windows:
    """The window with the highest score of each pair, among those with enough stories."""
    rows = len(grid.weight)
    score, first, end = np.zeros(rows), np.zeros(rows, dtype=int), np.zeros(rows, dtype=int)
    sums = [running_sums(one) for one in (grid.weight, grid.story_count, grid.expected, ~grid.is_open)]
    total, usual = grid.weight.sum(axis=1), grid.expected.sum(axis=1)
    for length in window_lengths(int(grid.is_open.any(axis=0).sum())):
        weight, stories, expected, closed = (one[:, length:] - one[:, :-length] for one in sums)
        row, at = np.nonzero((stories >= minimum_stories) & (closed == 0))
        share = expected[row, at] / np.where(usual > 0, usual, 1.0)[row]
        ratios = log_ratio(weight[row, at], total[row], share) / grid.dispersion[row]
        found = np.zeros_like(weight)
        found[row, at] = ratios
        best = found.argmax(axis=1)
        highest = found[np.arange(rows), best]
        is_better = highest > score
        score = np.where(is_better, highest, score)
        first, end = np.where(is_better, best, first), np.where(is_better, best + length, end)
    return Windows(score, first, end)


def running_sums(values: np.ndarray) -> np.ndarray:
    """Sums of each row from its beginning, with a 0 before."""
    return np.concatenate([np.zeros((len(values), 1)), values.cumsum(axis=1, dtype=float)], axis=1)


def log_ratio(inside: np.ndarray, total: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Logarithm of the likelihood ratio of windows; 0 where there is no more inside than its share.

    Args:
        inside: weight in each window.
        total: weight in all.
        share: part of the total that is expected in the window.
    """
    outside = np.clip(total - inside, 0, None)
    share = np.clip(share, 1e-12, 1 - 1e-12)
    gain = part(inside, total * share) + part(outside, total * (1 - share))
    return np.where(inside > total * share, gain, 0.0)


def part(weight: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Weight times the logarithm of how often it is what was expected; 0 for no weight."""
    some = weight > 1e-9
    return weight * np.log(np.where(some, weight, 1.0) / np.where(some, expected, 1.0))
