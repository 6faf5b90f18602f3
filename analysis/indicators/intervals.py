"""95% intervals of shares, counts, sums and means, and of the difference between two values.

All but those of a mean work on whole series of values.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from pandas import Series

Z = 1.96  # 95%
TAIL = 0.025  # of each side
SEED = 20220224  # of shuffles; any number would do; it is fixed so that two runs give the same result
PRIOR_FREEDOM = 1.0  # degrees of freedom that the prior variance of a mean is worth


@dataclass(frozen=True)
class Scale:
    """Where a scale ends, and how far values of one story usually are from those of the next."""

    lowest: float
    highest: float
    spread: float  # a standard deviation, a priori: a tenth of the scale


INTENSITY = Scale(-10.0, 10.0, 2.0)
POLARITY = Scale(-1.0, 1.0, 0.2)  # of tone and of stance


def wilson_interval(share: Series, trials: Series) -> tuple[Series, Series]:
    """95% interval of a share of independent trials; missing where there are none.

    Source: Wilson 1927, without continuity correction.
    """
    trials = trials.where(trials > 0)
    centre = (share + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
    half = Z * np.sqrt(share * (1 - share) / trials + Z**2 / (4 * trials**2)) / (1 + Z**2 / trials)
    # exact at both ends
    low, high = (centre - half).mask(share == 0, 0.0), (centre + half).mask(share == 1, 1.0)
    return low.where(trials.notna()), high.where(trials.notna())


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
    return 2 * scipy.special.gammaincinv(freedom / 2, probability)


def clustered_mean(sums: np.ndarray, counts: np.ndarray, scale: Scale) -> tuple[float, float]:
    """95% interval of a mean of values that come in clusters: the sum over the count; missing for one.

    A cluster is a story or a speaker, whose values stand or fall together. The t interval has the degrees of
    freedom of the effective number of clusters, and a prior variance that is worth one degree of freedom:
    without it, ten stories that report the same would leave no doubt. Bounds end where the scale ends.

    Args:
        sums: the sum of the values of each cluster.
        counts: how many values each cluster has.
        scale: of the values.

    Source: Bell and McCaffrey 2002, Survey Methodology 28(2) (CR2 variance and its degrees of freedom, here
    for a mean); Smyth 2004, Statistical Applications in Genetics 3(1), for the moderated variance.
    """
    if len(sums) < 2:
        return np.nan, np.nan
    total = counts.sum()
    share, mean = counts / total, sums.sum() / total
    variance = ((sums - mean * counts) ** 2 / (1 - share)).sum() / total**2
    leverage = share**2 / (1 - share)
    freedom = 1 / ((share**2).sum() + leverage.sum() ** 2 - (leverage**2).sum())
    prior = scale.spread**2 * (share**2).sum()  # the variance of a mean of as many effective clusters
    moderated = (freedom * variance + PRIOR_FREEDOM * prior) / (freedom + PRIOR_FREEDOM)
    half = scipy.special.stdtrit(freedom + PRIOR_FREEDOM, 1 - TAIL) * np.sqrt(moderated)
    return float(max(mean - half, scale.lowest)), float(min(mean + half, scale.highest))


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
