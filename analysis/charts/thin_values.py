"""Values over time that rest on too little to read anything from them, and are drawn in grey."""

from pandas import DataFrame, Series

from analysis.indicators.spikes import LEAST_REPORTS


def is_rare(series: DataFrame) -> bool:
    """Whether a whole series, `Indicators` rows, rests on one or two acts: they show no course of events."""
    return series["event_count"].sum() < LEAST_REPORTS


def is_thin(series: DataFrame, minimum_stories: int) -> Series:
    """Which values of a series are grey: those of too few stories, or all where acts are too few."""
    return (series["story_count"].fillna(0) < minimum_stories) | is_rare(series)


def thin_words(series: list[DataFrame], minimum_stories: int) -> str:
    """What grey means in the panels of these series: "fewer than 10 stories"."""
    rare = f", or fewer than {LEAST_REPORTS} acts in all" if any(map(is_rare, series)) else ""
    return f"fewer than {minimum_stories} stories{rare}"
