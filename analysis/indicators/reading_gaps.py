"""Gaps in the articles: a stretch of reading ends where nothing is dated for four weeks."""

import itertools
from typing import Final

import numpy as np

GAP_DAYS: Final = 28
"""Days without an article that make a gap. What lies on its two sides is not compared day by day: whatever
changed may have changed on any day in between."""


def open_days(story_counts: np.ndarray) -> np.ndarray:
    """Whether each day belongs to a stretch of reading and not to a gap.

    Args:
        story_counts: stories of each day, from the first day with one to the last.
    """
    read = np.flatnonzero(story_counts)
    is_open = np.ones(len(story_counts), dtype=bool)
    for before, after in itertools.pairwise(read):
        if after - before > GAP_DAYS:
            is_open[before + 1 : after] = False
    return is_open
