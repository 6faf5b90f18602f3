"""Does TextBlob's tone agree with stance and acts? Three measures of each story, compared."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
from pandas import DataFrame

from analysis.indicators.country_events import between_countries
from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.rank_correlation import rank_correlation
from analysis.schemas import ACT_STATUSES, StoryMeasures

MEASURES = ("mean_tone", "mean_stance", "mean_intensity")


def story_measures(
    articles: DataFrame, quotes: DataFrame, stances: DataFrame, events: DataFrame
) -> DataFrame:
    """Mean tone of the statements, mean stance of the speakers and mean intensity of the acts, by story.

    Only the first article of each story counts, because the others repeat it.

    Args:
        articles: `Articles` table.
        quotes: `Quotes` table.
        stances: `Stances` table of the quotes.
        events: `Events` table.

    Returns:
        `StoryMeasures` table, one row per story.
    """
    first = articles.sort_values("article_id").drop_duplicates("story_id").set_index("article_id")["story_id"]
    acts = events[between_countries(events) & events["status"].isin(ACT_STATUSES)]
    decided = stances[~stances["is_abstained"]].dropna(subset="label")
    means = {
        "mean_tone": quotes.groupby("article_id")["tone_score"].mean(),
        "mean_stance": decided.assign(label=decided["label"].astype(float))
        .groupby("article_id")["label"]
        .mean(),
        "mean_intensity": acts.groupby("article_id")["intensity"].mean(),
    }
    rows = DataFrame({name: mean.reindex(first.index).astype(float) for name, mean in means.items()})
    return StoryMeasures.validate(rows.assign(story_id=first).sort_values("story_id", ignore_index=True))


class MeasureAgreement(NamedTuple):
    """How two measures rank the stories that have both."""

    first: str
    second: str
    story_count: int
    correlation: float  # Spearman's; NaN where there is too little to say
    low: float  # 95% interval
    high: float


def measure_agreements(measures: DataFrame) -> list[MeasureAgreement]:
    """Every two measures, compared over the stories that have both.

    Below `MINIMUM_STORIES` the correlation and its bounds are missing.
    """
    found = []
    for first, second in combinations(MEASURES, 2):
        both = measures.dropna(subset=[first, second])
        enough = len(both) >= MINIMUM_STORIES
        values = rank_correlation(both[first], both[second]) if enough else (np.nan, np.nan, np.nan)
        found.append(MeasureAgreement(first, second, len(both), *values))
    return found
