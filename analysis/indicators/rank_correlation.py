"""Do two series rank and move alike?"""

import numpy as np
from pandas import DataFrame, Series

from analysis.indicators.intervals import Z
from analysis.schemas import Agreements

MINIMUM_PAIRS = 4  # of values; with fewer there is no rank correlation
LEAST_MOVED = 2  # values that differ from the commonest; one story in one week would correlate fully


def agreement(first: DataFrame, second: DataFrame) -> DataFrame:
    """Two measures over the periods that both have: do they rank and move alike?

    Args:
        first: `Indicators` rows of one indicator of one subject, by day, week or month.
        second: rows of another.

    Returns:
        `Agreements` table of one row; the correlation is missing below four common periods, or where one of
        the two differs from its commonest value only once.

    Source: Spearman 1904; interval after Bonett and Wright 2000.
    """
    both = first[["period", "value"]].merge(
        second[["period", "value"]], on="period", suffixes=("", "_second"), validate="one_to_one"
    )
    both = both.dropna().sort_values("period", ignore_index=True)
    steps = np.sign(both["value"].diff()) * np.sign(both["value_second"].diff())
    correlation, low, high = rank_correlation(both["value"], both["value_second"])
    names = [f"{table['indicator'].iloc[0]} {table['dyad'].iloc[0]}" for table in (first, second)]
    row = {
        "first": names[0],
        "second": names[1],
        "period_count": len(both),
        "rank_correlation": correlation,
        "low": low,
        "high": high,
        "move_count": int((steps.fillna(0) != 0).sum()),
        "same_count": int((steps > 0).sum()),
        "opposite_periods": " ".join(both["period"][steps < 0]),
    }
    return Agreements.validate(DataFrame([row]))


def rank_correlation(first: Series, second: Series) -> tuple[float, float, float]:
    """Spearman's correlation and its 95% interval; missing where there is too little to say."""
    count = len(first)
    if count < MINIMUM_PAIRS or any(
        count - series.value_counts().max() < LEAST_MOVED for series in (first, second)
    ):
        return np.nan, np.nan, np.nan
    found = float(np.clip(first.rank().corr(second.rank()), -1, 1))
    if abs(found) == 1:
        return found, found, found
    half = Z * np.sqrt((1 + found**2 / 2) / (count - 3))
    return found, float(np.tanh(np.arctanh(found) - half)), float(np.tanh(np.arctanh(found) + half))
