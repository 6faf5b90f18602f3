"""What is counted from articles: indicators, and what moved."""

import pandas as pd

from analysis.tables.codes import DIRECTIONS
from analysis.tables.table import WHOLE_OR_MISSING, Table, column

Indicators = Table(
    "Indicators",
    "One row per indicator, subject and period.",
    {
        "indicator": column(str),
        "dyad": column(
            str, '"CHN-USA", either way; "USA>CHN", the first on the second; "world"; a country\'s code'
        ),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "value": column(float, "missing where nothing was found", nullable=True),
        "low": column(float, "95% interval", nullable=True),
        "high": column(float, nullable=True),
        "event_count": column(int, "of a share of stories: the stories that match", ge=0),
        "article_count": column(int, ge=0),
        "story_count": column(int, "of a value per story: all stories read", ge=0),
    },
    key=("indicator", "dyad", "period"),
)

ThemeShares = Table(
    "ThemeShares",
    "One row per outlet and period in which it published: the share of its articles that have a theme.",
    {
        "outlet": column(str, 'who published them; "" for all outlets together'),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "article_count": column(int, "articles of the outlet in the period", gt=0),
        "theme_count": column(int, "articles among them with a sentence on the theme", ge=0),
        "share": column(float, "`theme_count` divided by `article_count`", ge=0, le=1),
        "low": column(float, "95% interval", ge=0, le=1),
        "high": column(float, ge=0, le=1),
    },
    key=("outlet", "period"),
)

StancePeriods = Table(
    "StancePeriods",
    "One row per target and period: how often what a speaker says is for or against it.",
    {
        "target": column(str, "code of a country or bloc, or id of an armed group"),
        "period": column(str, '"all", or the first day of the period, ISO 8601'),
        "favourable_count": column(int, "stances for it", ge=0),
        "unfavourable_count": column(int, "stances against it", ge=0),
        "neutral_count": column(int, "stances that are neither", ge=0),
        "undecided_count": column(int, "stances that the words do not settle", ge=0),
        "story_count": column(int, "stories with these stances", gt=0),
    },
    key=("target", "period"),
)

StanceChanges = Table(
    "StanceChanges",
    "One row per target: a speaker's mean stance in the earlier and the later half of the stories on it.",
    {
        "target": column(str, "as in `StancePeriods`", unique=True),
        "split_date": column(pd.Timestamp, "the first day of the later half"),
        "before_mean": column(float, "missing if only one day", ge=-1, le=1, nullable=True),
        "after_mean": column(float, "of the later half", ge=-1, le=1),
        "before_story_count": column(int, "stories of the earlier half", ge=0),
        "after_story_count": column(int, "stories of the later half", gt=0),
        "low": column(float, "95% interval of the later mean minus the earlier one", nullable=True),
        "high": column(float, nullable=True),
        "direction": column(str, "up: friendlier", isin=DIRECTIONS),
    },
)

PeriodLevels = Table(
    "PeriodLevels",
    "One row per pair and window of days: the reporting period and the equally long ones before it.",
    {
        "dyad": column(str),
        "window_start": column(pd.Timestamp, "its first day"),
        "window_end": column(pd.Timestamp, "its last day, included"),
        "is_period": column(bool, "the reporting period; the others are its background"),
        "hostile_weight": column(float, "a bombing near 1; missing: nothing read", ge=0, nullable=True),
        "cooperative_weight": column(float, "the same for cooperative incidents", ge=0, nullable=True),
        "incident_count": column(WHOLE_OR_MISSING, "incidents that are done", ge=0, nullable=True),
        "hostile_count": column(WHOLE_OR_MISSING, "of these, hostile", ge=0, nullable=True),
        "hostile_squares": column(float, "sum of each story's weight squared", ge=0, nullable=True),
        "story_count": column(int, "all stories read in the window, about whichever pair", ge=0),
    },
    key=("dyad", "window_start"),
)

PeriodMoves = Table(
    "PeriodMoves",
    "One row per pair: how hostile the reporting period is, against what is usual for the pair.",
    {
        "dyad": column(str, unique=True),
        "hostile_weight": column(float, "of the period", ge=0, nullable=True),
        "usual_weight": column(float, "of as many stories in its background", ge=0, nullable=True),
        "ratio": column(float, "missing where nothing hostile was usual", ge=0, nullable=True),
        "low": column(float, "95% interval of the ratio, for this pair alone", ge=0, nullable=True),
        "high": column(float, "its upper end", ge=0, nullable=True),
        "hostile_count": column(int, "hostile incidents in the period and its background", ge=0),
        "window_count": column(int, "windows of the background in which something was read", ge=0),
        "p_value": column(float, "two-sided, for this pair alone", ge=0, le=1, nullable=True),
        "adjusted_p_value": column(float, "for all pairs compared", ge=0, le=1, nullable=True),
        "direction": column(str, "of hostility, or that it cannot be compared", isin=DIRECTIONS),
        "reason": column(str, 'why it is not compared; "" where it is'),
    },
)

Spikes = Table(
    "Spikes",
    "One row per stretch of days in which a pair was far more hostile than at all other times.",
    {
        "dyad": column(str),
        "kind": column(str, "up to four weeks, or longer", isin=("spike", "new level")),
        "start_date": column(str, "of the first story with a hostile act, ISO 8601"),
        "end_date": column(str, "of the last story with a hostile act"),
        "peak_date": column(str, "the first of its seven heaviest days"),
        "hostile_weight": column(float, "of these seven days; a bombing weighs near 1", ge=0),
        "usual_weight": column(float, "of seven such days at all other times", ge=0),
        "surprise_score": column(float, "of the whole, roughly in standard deviations", gt=0),
        "story_count": column(int, "with a hostile act, of the whole", gt=0),
        "proxy_story_count": column(int, "stories whose worst act is by a proxy of one side", ge=0),
        "event_ids": column(str, "of the seven days, joined by a space"),
    },
    key=("dyad", "start_date"),
)

ChangePoints = Table(
    "ChangePoints",
    "One row per period in which a long series moves to another level and stays there.",
    {
        "indicator": column(str),
        "dyad": column(str),
        "period": column(str, "the first of the new level"),
        "before_mean": column(float),
        "after_mean": column(float),
    },
    key=("indicator", "dyad", "period"),
)

RiskMatches = Table(
    "RiskMatches",
    "One row per article: whether it speaks of geopolitical risk, and through which words.",
    {
        "article_id": column(str, unique=True),
        "is_threat": column(bool, "queries of categories 1 to 5"),
        "is_act": column(bool, "6 to 8"),
        "is_excluded": column(bool, "it holds a word such as *anniversary* or *film*"),
        "matched": column(str, "the pairs of words that matched, by query"),
    },
)

Agreements = Table(
    "Agreements",
    "One row per two measures compared over the periods that both have.",
    {
        "first": column(str),
        "second": column(str),
        "period_count": column(int, ge=0),
        "rank_correlation": column(float, ge=-1, le=1, nullable=True),
        "low": column(float, "95% interval", ge=-1, le=1, nullable=True),
        "high": column(float, ge=-1, le=1, nullable=True),
        "move_count": column(int, "steps from one period to the next in which both moved", ge=0),
        "same_count": column(int, "of these, the same way", ge=0),
        "opposite_periods": column(str, "in which they moved opposite ways, joined by a space"),
    },
    key=("first", "second"),
)
