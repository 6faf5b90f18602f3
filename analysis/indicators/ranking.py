"""Which incidents and which pairs of countries a reader should hear of first."""

import pandas as pd
from pandas import DataFrame, Timestamp

from analysis.indicators import incident_ranking

SENTENCE = ["article_id", "start_char"]


def ranked_incidents(
    incidents: DataFrame,
    background: DataFrame,
    articles: DataFrame,
    first_day: Timestamp | None,
    *,
    with_left_out: bool = False,
) -> DataFrame:
    """The incidents of a period with their `score`, the best first, one of each sentence.

    Args:
        incidents: `Incidents` of the period.
        background: `Incidents` reported before it.
        articles: `Articles` table, for their stories.
        first_day: of the period; None where it has none.
        with_left_out: keep what is left out as well, at the end.

    Returns:
        The rows with `score` and `reason`: why one is left out, missing where it is not.
    """
    ranked = incident_ranking.ranked_incidents(incidents).rename(columns={"weight": "score"})
    is_second = ranked.duplicated(SENTENCE)
    ranked = ranked.assign(
        reason=is_second.map({True: "its sentence reports a graver incident", False: None})
    )
    kept = ranked[~is_second]
    return pd.concat([kept, ranked[is_second]] if with_left_out else [kept], ignore_index=True)


def ranked_pairs(
    incidents: DataFrame, background: DataFrame, articles: DataFrame, first_day: Timestamp | None
) -> DataFrame:
    """The pairs of a period, the one to report first on top.

    Args:
        incidents: `Incidents` of the period.
        background: `Incidents` reported before it.
        articles: `Articles` table, for their stories.
        first_day: of the period; None where it has none.

    Returns:
        `dyad`, `score`, `incident_count`, `story_count` and `usual_level`: the score of the pair's background
        in an average week, 0 where it has none.
    """
    found = incident_ranking.ranked_sides(incidents, background, articles, first_day)
    return found.rename(columns={"weight": "score", "usual_weight": "usual_level"})
