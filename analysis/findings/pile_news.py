"""What is news between two sides in a pile: articles of more than three weeks that are shown together.

Each article of a pile has its own news, which may be that of another article's background.
"""

from typing import Any, Final

import pandas as pd
from pandas import DataFrame, Series, Timedelta

from analysis.findings.period_inputs import PeriodInputs
from analysis.indicators.turns import FORCE, says
from analysis.tables.rows import rows_of

MOST_PARTS: Final = 3  # incidents in one judgment
LEAST_IN_PILE: Final = 0.2  # of the weight of the first, for what another article of a pile reports
RECALLED_DAYS: Final = 31  # between an act and an article of a pile that recalls it


def is_recalled_lately(incidents: DataFrame, inputs: PeriodInputs) -> Series:
    """Whether each was done on a named day of the month before its article, and the articles are a pile.

    What an article says of today may be a remark on the ceasefire of a fortnight ago. What went on until then
    is no news of that day.
    """
    if not inputs.is_pile:
        return Series(False, incidents.index)
    habits = [says("habit", inputs.sentence(row)) for row in rows_of(incidents)]
    oldest = incidents["first_reported"] - Timedelta(days=RECALLED_DAYS)
    is_lately = incidents["is_day_known"] & (incidents["first_day"] >= oldest)
    is_lately &= ~Series(habits, incidents.index, dtype=bool)
    return is_lately & (incidents["status"] == "done")


def for_untold(told: DataFrame, own: DataFrame) -> DataFrame:
    """The incidents that can be quoted, each as heavy as any like it of the same month that cannot.

    Articles on one invasion each report another day of it: the one whose sentence is clear speaks for all.
    """
    untold = own[own["is_news"] & (own["status"] == "done") & ~own["incident_id"].isin(told["incident_id"])]
    month = Timedelta(days=RECALLED_DAYS)

    def weight(row: Any) -> float:
        is_like = (untold["source_code"] == row.source_code) & (untold["root"] == row.root)
        is_like &= (untold["first_day"] - row.first_day).abs() <= month
        return max([row.weight, *untold.loc[is_like & (row.status == "done"), "weight"]])

    return told.assign(weight=[weight(row) for row in rows_of(told)])


def with_other_articles(leading: DataFrame, sure: DataFrame) -> DataFrame:
    """The leading incidents and, up to three in all, those of other articles: each has its own news.

    What the other side does, or of the other sign, is added first. One article gives a friendly act, a
    hostile one and a blow of each side at most: a ceasefire, and the strikes before it, however little they
    weigh beside it.

    Args:
        leading: as `leading_parts` gives them.
        sure: incidents of the pair as `sure_enough` gives them.
    """
    is_heavy = sure["weight"] >= LEAST_IN_PILE * sure["weight"].iloc[0]
    is_fought = (sure["root"] == FORCE) & (leading["turn"] == "truce").any()
    if is_fought.any():  # words before a truce are less than the blows
        leading = leading[(leading["root"] == FORCE) | (leading["quad"] < 3)]
        sure = sure[(sure["root"] == FORCE) | (sure["quad"] < 3)]
    heavy = sure[(is_heavy | is_fought)[sure.index]]
    heavy = heavy.loc[~is_second_of_article(heavy)]
    turns = heavy.groupby([heavy["source_code"].where(~heavy["is_joint"], ""), heavy["quad"] >= 3]).cumcount()
    others = heavy.loc[turns.sort_values(kind="stable").index]
    found = pd.concat([leading, others])
    return found[~is_second_of_article(found)].head(MOST_PARTS)


def is_second_of_article(incidents: DataFrame) -> Series:
    """Whether an incident before it has the same article and sign, and is no blow of the other side."""
    striker = incidents["source_code"].where(incidents["root"] == FORCE, "")
    keys = DataFrame({"article": incidents["article_id"], "hostile": incidents["quad"] >= 3, "by": striker})
    return keys.duplicated()
