"""95% intervals of shares, counts, sums and means, and of the difference between two values.

All but the bootstrap work on whole series of values.
"""

import numpy as np
from pandas import Series
from scipy.special import gammaincinv  # scipy.stats has the same, and takes a second to import

Z = 1.96  # 95%
TAIL = 0.025  # of each side
RESAMPLES = 1000
SEED = 20220224  # any number would do; it is fixed so that two runs give the same interval


def wilson_interval(share: Series, trials: Series) -> tuple[Series, Series]:
    """95% interval of a share of independent trials; missing where there are none.

    Source: Wilson 1927, without continuity correction.
    """
    trials = trials.where(trials > 0)
    centre = (share + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z * np.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2)) / (1 + Z**2 / trials)
    low, high = (
        (centre - half).mask(share == 0, 0.0),
        (centre + half).mask(share == 1, 1.0),
    )  # exact at both ends
    return low.where(trials.notna()), high.where(trials.notna())


def byar_interval(count: Series) -> tuple[Series, Series]:
    """95% interval of a Poisson count.

    Source: Byar's approximation, Breslow and Day 1987, p. 69.
    """
    above, some = count + 1, count.mask(count == 0)
    low = some * (1 - 1 / (9 * some) - Z / (3 * np.sqrt(some))) ** 3
    high = above * (1 - 1 / (9 * above) + Z / (3 * np.sqrt(above))) ** 3
    return low.clip(lower=0.0).mask(count == 0, 0.0), high


def gamma_interval(total: Series, squares: Series, largest: Series) -> tuple[Series, Series]:
    """95% interval of a sum of weights whose number is Poisson.

    Args:
        total: the sum of the weights.
        squares: the sum of their squares.
        largest: the largest weight that one more could have, above 0.

    Source: Fay and Feuer 1997, Statistics in Medicine 16, equations 3 and 4. Conservative: it covers 95% or
    more, and even a sum of 0 has an upper bound.
    """
    some, spread = total.where(total > 0), squares.where(total > 0)
    low = spread / (2 * some) * chi2_quantile(TAIL, 2 * some**2 / spread)
    above, wider = total + largest, squares + largest**2
    high = wider / (2 * above) * chi2_quantile(1 - TAIL, 2 * above**2 / wider)
    return low.fillna(0.0), high


def chi2_quantile(probability: float, freedom: Series) -> Series:
    """The quantile of the chi-squared distribution with these degrees of freedom."""
    return 2 * gammaincinv(freedom / 2, probability)


def bootstrap_mean(sums: np.ndarray, counts: np.ndarray) -> tuple[float, float]:
    """95% percentile interval of a mean, the sum over the count, drawing whole stories with replacement.

    Source: Efron and Tibshirani 1993, ch. 13.
    """
    drawn = np.random.default_rng(SEED).integers(0, len(sums), (RESAMPLES, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (TAIL, 1 - TAIL))
    return float(low), float(high)


def difference_interval(
    value: Series, low: Series, high: Series, before: Series, before_low: Series, before_high: Series
) -> tuple[Series, Series]:
    """95% interval of `value - before`, from the intervals of the two; missing where either is.

    Source: Zou and Donner 2008, Statistics in Medicine 27 (MOVER); with Wilson intervals it is method 10 of
    Newcombe 1998. The two are treated as independent. Where they share articles, as two briefings do, the
    interval is too wide, which hides changes rather than inventing them.
    """
    change = value - before
    return (
        change - np.hypot(value - low, before_high - before),
        change + np.hypot(high - value, before - before_low),
    )
