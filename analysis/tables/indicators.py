"""What is counted from articles: indicators, and what moved."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from analysis.tables.codes import DIRECTIONS
from analysis.tables.table import Table


class Indicators(Table, key=("indicator", "dyad", "period")):
    """One row per indicator, subject and period."""

    indicator: Series[str]
    # "CHN-USA", either way; "USA>CHN", the first on the second; "world"; a country's code
    dyad: Series[str]
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    value: Series[float] = pa.Field(nullable=True)  # missing where nothing was found
    low: Series[float] = pa.Field(nullable=True)  # 95% interval
    high: Series[float] = pa.Field(nullable=True)
    event_count: Series[int] = pa.Field(ge=0)  # of a share of stories: the stories that match
    article_count: Series[int] = pa.Field(ge=0)
    story_count: Series[int] = pa.Field(ge=0)  # of a value per story: all stories read


class ThemeShares(Table, key=("outlet", "period")):
    """One row per outlet and period in which it published: the share of its articles that have a theme."""

    outlet: Series[str]  # who published them; "" for all outlets together
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    article_count: Series[int] = pa.Field(gt=0)  # articles of the outlet in the period
    theme_count: Series[int] = pa.Field(ge=0)  # articles among them with a sentence on the theme
    share: Series[float] = pa.Field(ge=0, le=1)  # `theme_count` divided by `article_count`
    low: Series[float] = pa.Field(ge=0, le=1)  # 95% interval
    high: Series[float] = pa.Field(ge=0, le=1)


class StancePeriods(Table, key=("target", "period")):
    """One row per target and period: how often what a speaker says is for or against it."""

    target: Series[str]  # code of a country or bloc, or id of an armed group
    period: Series[str]  # "all", or the first day of the period, ISO 8601
    favourable_count: Series[int] = pa.Field(ge=0)  # stances for it
    unfavourable_count: Series[int] = pa.Field(ge=0)  # stances against it
    neutral_count: Series[int] = pa.Field(ge=0)  # stances that are neither
    undecided_count: Series[int] = pa.Field(ge=0)  # stances that the words do not settle
    story_count: Series[int] = pa.Field(gt=0)  # stories with these stances


class StanceChanges(Table):
    """One row per target: a speaker's mean stance in the earlier and the later half of the stories on it."""

    target: Series[str] = pa.Field(unique=True)  # as in `StancePeriods`
    split_date: Series[pd.Timestamp]  # the first day of the later half
    before_mean: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # missing if only one day
    after_mean: Series[float] = pa.Field(ge=-1, le=1)  # of the later half
    before_story_count: Series[int] = pa.Field(ge=0)  # stories of the earlier half
    after_story_count: Series[int] = pa.Field(gt=0)  # stories of the later half
    low: Series[float] = pa.Field(nullable=True)  # 95% interval of the later mean minus the earlier one
    high: Series[float] = pa.Field(nullable=True)
    direction: Series[str] = pa.Field(isin=DIRECTIONS)  # up: friendlier


class PeriodLevels(Table, key=("dyad", "window_start")):
    """One row per pair and window of days: the reporting period and the equally long ones before it."""

    dyad: Series[str]
    window_start: Series[pd.Timestamp]  # its first day
    window_end: Series[pd.Timestamp]  # its last day, included
    is_period: Series[bool]  # the reporting period; the others are its background
    hostile_weight: Series[float] = pa.Field(ge=0, nullable=True)  # a bombing near 1; missing: nothing read
    cooperative_weight: Series[float] = pa.Field(ge=0, nullable=True)  # the same for cooperative incidents
    incident_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # incidents that are done
    hostile_count: Series[pa.Int64] = pa.Field(ge=0, nullable=True)  # of these, hostile
    hostile_squares: Series[float] = pa.Field(ge=0, nullable=True)  # sum of each story's weight squared
    story_count: Series[int] = pa.Field(ge=0)  # all stories read in the window, about whichever pair


class PeriodMoves(Table):
    """One row per pair: how hostile the reporting period is, against what is usual for the pair."""

    dyad: Series[str] = pa.Field(unique=True)
    hostile_weight: Series[float] = pa.Field(ge=0, nullable=True)  # of the period
    usual_weight: Series[float] = pa.Field(ge=0, nullable=True)  # of as many stories in its background
    ratio: Series[float] = pa.Field(ge=0, nullable=True)  # missing where nothing hostile was usual
    low: Series[float] = pa.Field(ge=0, nullable=True)  # 95% interval of the ratio, for this pair alone
    high: Series[float] = pa.Field(ge=0, nullable=True)  # its upper end
    hostile_count: Series[int] = pa.Field(ge=0)  # hostile incidents in the period and its background
    window_count: Series[int] = pa.Field(ge=0)  # windows of the background in which something was read
    p_value: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # two-sided, for this pair alone
    adjusted_p_value: Series[float] = pa.Field(ge=0, le=1, nullable=True)  # for all pairs compared
    direction: Series[str] = pa.Field(isin=DIRECTIONS)  # of hostility, or that it cannot be compared
    reason: Series[str]  # why it is not compared; "" where it is


class Spikes(Table, key=("dyad", "start_date")):
    """One row per stretch of days in which a pair was far more hostile than at all other times."""

    dyad: Series[str]
    kind: Series[str] = pa.Field(isin=("spike", "new level"))  # up to four weeks, or longer
    start_date: Series[str]  # of the first story with a hostile act, ISO 8601
    end_date: Series[str]  # of the last story with a hostile act
    peak_date: Series[str]  # the first of its seven heaviest days
    hostile_weight: Series[float] = pa.Field(ge=0)  # of these seven days; a bombing weighs near 1
    usual_weight: Series[float] = pa.Field(ge=0)  # of seven such days at all other times
    surprise_score: Series[float] = pa.Field(gt=0)  # of the whole, roughly in standard deviations
    story_count: Series[int] = pa.Field(gt=0)  # with a hostile act, of the whole
    proxy_story_count: Series[int] = pa.Field(ge=0)  # stories whose worst act is by a proxy of one side
    event_ids: Series[str]  # of the seven days, joined by a space


class ChangePoints(Table, key=("indicator", "dyad", "period")):
    """One row per period in which a long series moves to another level and stays there."""

    indicator: Series[str]
    dyad: Series[str]
    period: Series[str]  # the first of the new level
    before_mean: Series[float]
    after_mean: Series[float]


class RiskMatches(Table):
    """One row per article: whether it speaks of geopolitical risk, and through which words."""

    article_id: Series[str] = pa.Field(unique=True)
    is_threat: Series[bool]  # queries of categories 1 to 5
    is_act: Series[bool]  # 6 to 8
    is_excluded: Series[bool]  # it holds a word such as *anniversary* or *film*
    matched: Series[str]  # the pairs of words that matched, by query


class Agreements(Table, key=("first", "second")):
    """One row per two measures compared over the periods that both have."""

    first: Series[str]
    second: Series[str]
    period_count: Series[int] = pa.Field(ge=0)
    rank_correlation: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    low: Series[float] = pa.Field(ge=-1, le=1, nullable=True)  # 95% interval
    high: Series[float] = pa.Field(ge=-1, le=1, nullable=True)
    move_count: Series[int] = pa.Field(ge=0)  # steps from one period to the next in which both moved
    same_count: Series[int] = pa.Field(ge=0)  # of these, the same way
    opposite_periods: Series[str]  # in which they moved opposite ways, joined by a space
