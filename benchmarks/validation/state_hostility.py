"""How hostile states are to each other, as one index of the world: what the published index of risk is after,
from acts and not from words, so that it can be read from items of one sentence.

A newspaper gives a crisis more room the more there is of it, which a share of stories loses: so each story
counts as the square root of the number of stories on the same two countries in the same week. A war that
fills two stories a week weighs little beside a crisis that fills twenty.

Source: Caldara and Iacoviello 2022, Table 1, for what counts: threats, military moves and blockades, acts of
war and terror. No query asks for arrests or tariffs, and sanctions count only in articles on arms.
"""

from typing import Final

import numpy as np
import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import country_events
from analysis.indicators.intervals import gamma_interval
from analysis.indicators.periods import period_starts
from analysis.schemas import Indicators
from benchmarks.validation.tension import values_of_several
from benchmarks.validation.text_indicators import WORLD

STATE_HOSTILITY: Final = "state_hostility"
HOSTILE_QUADS: Final = (3, 4)
NO_RISK: Final = "COERCE"  # a blockade is an assault in PLOVER, an ultimatum a threat
PER = 100  # stories read
ONE_MORE: Final = 1.5
"""What one story more adds, over its weight: n stories on a pair make its week worth n to the power of 1.5,
which grows by 1.5 times the square root of n. Without it the intervals are too narrow by a third."""
PAIR_WEEK: Final = ["dyad", "week"]


def state_hostility(articles: DataFrame, events: DataFrame, *, period: str = "month") -> DataFrame:
    """Stories with hostile acts or threats between two countries, per hundred stories read.

    Arrests and restrictions (COERCE) are none of these.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month".

    Returns:
        `Indicators` table, `dyad` "world": a row for each period with articles; `event_count` is the number
        of stories and pairs that count. A story on two pairs counts for both; reprints count once. No period
        has a value where one of several outlets wrote nine tenths of the stories (`dominant_outlet`).

    Raises:
        ValueError: `period` is none of these.
    """
    dated = articles.assign(period=period_starts(articles["published_date"], period))
    read = dated.dropna(subset="period").drop_duplicates("story_id").groupby("period").size()
    weights = story_weights(articles, events, period).groupby("period")["weight"]
    added = ONE_MORE * weights.max().reindex(read.index).fillna(1.0)
    sums = DataFrame({"total": weights.sum(), "squares": weights.agg(lambda part: (part**2).sum())})
    rows = sums.assign(event_count=weights.size()).reindex(read.index, fill_value=0)
    low, high = gamma_interval(rows["total"], ONE_MORE**2 * rows["squares"], added)
    values = {
        name: PER * part / read for name, part in (("value", rows["total"]), ("low", low), ("high", high))
    }
    rows = rows.assign(**values)
    rows = values_of_several(rows, articles).assign(
        indicator=STATE_HOSTILITY, dyad=WORLD, article_count=read, story_count=read
    )
    return Indicators.validate(rows.reset_index()[list(Indicators.columns)])


def story_weights(articles: DataFrame, events: DataFrame, period: str) -> DataFrame:
    """Each story and pair with a hostile act or announcement, once, with its period and weight."""
    coded = country_events(articles, events, period=period)
    is_hostile = coded["quad"].isin(HOSTILE_QUADS) & (coded["root"] != NO_RISK)
    hostile = coded[is_hostile & ~coded["is_copy"]]
    stories = hostile.drop_duplicates(["dyad", "story_id"])
    stories = stories.assign(week=period_starts(stories["published_date"], "week"))
    counts = stories.groupby(PAIR_WEEK)["story_id"].transform("size") if len(stories) else Series(dtype=float)
    return stories.assign(weight=np.sqrt(pd.to_numeric(counts)))
