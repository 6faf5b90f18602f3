"""Days, weeks and months: which period a date is in, and which period came before."""

from typing import Final

import pandas as pd

ALL = "all"
FREQUENCIES: Final = {"day": "D", "week": "W-SUN", "month": "M"}  # weeks begin on Monday
MAX_PERIODS: Final = 14  # that can be read as rows of a table or columns of a picture


def period_starts(dates: pd.Series, period: str) -> pd.Series:
    """The first day of each date's period as ISO 8601, or "all"; missing where the date is.

    Raises:
        ValueError: `period` is none of "all", "day", "week", "month".
    """
    if period == ALL:
        return pd.Series(ALL, index=dates.index, dtype=object)
    starts = pd.to_datetime(dates).dt.to_period(frequency(period)).dt.start_time
    return starts.dt.strftime("%Y-%m-%d").astype(object)


def frequency(period: str) -> str:
    """What pandas calls a period."""
    if period not in FREQUENCIES:
        raise ValueError(f"period is {period!r}, expected one of: {', '.join((ALL, *FREQUENCIES))}")
    return FREQUENCIES[period]


def fitting_period(dates: pd.Series) -> str:
    """The unit in which a span of dates is best drawn: days up to three weeks, months from two years on.

    "all" where there are no two days to compare.
    """
    days = pd.to_datetime(dates).dropna()
    span = (days.max() - days.min()).days if len(days) else 0
    limits = ((0, ALL), (21, "day"), (730, "week"))
    return next((unit for longest, unit in limits if span <= longest), "month")


def readable_period(dates: pd.Series) -> str:
    """The finest unit in which a span of dates has no more than `MAX_PERIODS`, else months.

    "all" where there are no two days to compare.
    """
    days = pd.to_datetime(dates).dropna()
    if days.nunique() < 2:
        return ALL
    counts = ((unit, len(period_range(days.min(), days.max(), unit))) for unit in FREQUENCIES)
    return next((unit for unit, count in counts if count <= MAX_PERIODS), "month")


def period_range(first: str, last: str, period: str) -> list[str]:
    """The first day of every period from the first to the last, both included."""
    return [f"{start.start_time:%Y-%m-%d}" for start in pd.period_range(first, last, freq=frequency(period))]
