"""What rose and what eased between two periods or two briefings.

An arrow appears only where both sides have enough stories and the interval of the difference excludes zero.
One in twenty such intervals excludes it by chance alone, so of many pairs a few arrows are always noise.
"""

from pandas import DataFrame, Series

from analysis.computed_once import once
from analysis.indicators.country_events import stories_read
from analysis.indicators.definitions import MINIMUM_STORIES, NEVER_COMPARED
from analysis.indicators.drivers import with_reasons
from analysis.indicators.dyads import dyad_indicators, event_contributions
from analysis.indicators.intervals import difference_interval
from analysis.indicators.periods import ALL, period_starts, previous_starts
from analysis.indicators.story_days import dominant_outlet
from analysis.phrasing import counted
from analysis.schemas import NO_INTERVAL, NOTHING_FOUND, ONE_OUTLET, TOO_FEW, Changes

SUFFIXES = ("", "_before")
BOUNDS = ("value", "low", "high", "value_before", "low_before", "high_before")
NO_DIRECTION = "the interval of the difference includes zero"


def value_changes(now: DataFrame, before: DataFrame, *, minimum_stories: int = MINIMUM_STORIES) -> DataFrame:
    """Values compared with earlier ones of the same indicator and subject.

    Args:
        now: `Indicators` rows, one period a subject.
        before: rows of an earlier period, or of an earlier briefing; one period a subject.
        minimum_stories: with fewer stories on either side, nothing is compared.

    Returns:
        `Changes` table, one row per row of `now` that has a value. Counts and rungs are left out: counts also
        grow with how much was read, and a rung has no interval. `direction` is "up" or "down" only where the
        interval of the difference excludes zero.
    """
    rows = comparable(now).merge(
        comparable(before), on=["indicator", "dyad"], how="left", suffixes=SUFFIXES, validate="1:1"
    )
    return change_table(rows, minimum_stories)


def period_changes(
    indicators: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> DataFrame:
    """Each value compared with that of the period before.

    Args:
        indicators: `Indicators` table by day, week or month.
        period: which of the three; "all" has no period before it.
        minimum_stories: with fewer stories in either period, nothing is compared.

    Returns:
        `Changes` table as in `value_changes`, one row per value that has one in the period before.
    """
    rows = comparable(indicators)
    if period == ALL:
        pairs = rows.merge(rows.iloc[:0], on=["indicator", "dyad"], suffixes=SUFFIXES)
        return change_table(pairs, minimum_stories)
    now = rows.assign(period_before=previous_starts(rows["period"], period))
    names = {name: f"{name}_before" for name in rows.columns if name not in ("indicator", "dyad")}
    key = ["indicator", "dyad", "period_before"]
    return change_table(now.merge(rows.rename(columns=names), on=key, validate="1:1"), minimum_stories)


@once
def latest_changes(
    articles: DataFrame, events: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> DataFrame:
    """What moved between the pairs from the period before to the latest one, with reasons and articles.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month"; "all" has no period before it.
        minimum_stories: with fewer stories in either period, nothing is compared.

    Returns:
        `Changes` table, as `with_reasons` fills it; empty where no value has an earlier one. Nothing is
        compared where one of several outlets wrote nine tenths of the stories of the two periods.
    """
    latest = stories_read(articles, period).index.max()
    is_divided = period != ALL and isinstance(latest, str)
    since = previous_starts(Series([latest]), period).iloc[0] if is_divided else ""
    values = dyad_indicators(articles, events, period=period, since=since)
    changes = period_changes(values, period=period, minimum_stories=minimum_stories)
    changes = changes[changes["period"] == latest]
    if changes.empty:
        return changes
    read = articles[period_starts(articles["published_date"], period) >= changes["before_period"].min()]
    if outlet := dominant_outlet(read):
        return without_arrows(changes, f"{outlet} wrote nine tenths of the stories of both periods")
    parts = event_contributions(articles, events, period=period, since=since)
    return with_reasons(changes, parts, parts, events)


def without_arrows(changes: DataFrame, reason: str) -> DataFrame:
    """`Changes` in which nothing is compared, because one outlet wrote almost everything."""
    is_open = changes["obstacle"] == ""
    return Changes.validate(
        changes.assign(
            direction="not compared",
            obstacle=changes["obstacle"].mask(is_open, ONE_OUTLET),
            reason=changes["reason"].mask(is_open, reason),
        )
    )


def comparable(indicators: DataFrame) -> DataFrame:
    """The values that can be compared at all."""
    return indicators[indicators["value"].notna() & ~indicators["indicator"].isin(NEVER_COMPARED)]


def change_table(rows: DataFrame, minimum_stories: int) -> DataFrame:
    """`Changes` of rows that hold a value and, under names in `_before`, an earlier one."""
    low, high = difference_interval(*(rows[name] for name in BOUNDS))
    rows = rows.assign(change=rows["value"] - rows["value_before"], change_low=low, change_high=high)
    rows = with_obstacles(rows, minimum_stories)
    columns = {
        **{name: rows[name] for name in ("indicator", "dyad", "period", "value", "change", "story_count")},
        "direction": directions(rows),
        "before_period": rows["period_before"].fillna("none"),
        "before_value": rows["value_before"],
        "low": rows["change_low"],
        "high": rows["change_high"],
        "before_story_count": rows["story_count_before"].fillna(0),
        "obstacle": rows["obstacle"],
        "reason": rows["reason"].mask(rows["obstacle"] == "", NO_DIRECTION),
        "article_ids": "",
    }
    table = DataFrame(columns).sort_values(["dyad", "period", "indicator"], ignore_index=True)
    return Changes.validate(table)


def with_obstacles(rows: DataFrame, minimum_stories: int) -> DataFrame:
    """`rows` with `obstacle`, why two values cannot be compared, and `reason`, the same with its numbers."""
    blank = Series("", rows.index, dtype=object)
    rows = rows.assign(obstacle=blank, reason=blank)
    for name, when in (("story_count", "now"), ("story_count_before", "before")):
        counts = rows[name].fillna(0).astype(int)
        words = [f"{counted(count, 'story')} {when}, {minimum_stories} needed" for count in counts]
        is_first = (counts < minimum_stories) & (rows["obstacle"] == "")
        rows = set_obstacle(rows, is_first, TOO_FEW, Series(words, rows.index, dtype=object))
    rows = set_obstacle(rows, rows["value"].isna(), NOTHING_FOUND, f"{NOTHING_FOUND} now")
    rows = set_obstacle(rows, rows["value_before"].isna(), NOTHING_FOUND, f"{NOTHING_FOUND} before")
    without_interval = (rows["obstacle"] == "") & rows["change_low"].isna()
    return set_obstacle(rows, without_interval, NO_INTERVAL, NO_INTERVAL)


def set_obstacle(rows: DataFrame, chosen: Series, obstacle: str, reason: Series | str) -> DataFrame:
    """`rows` with the obstacle of the chosen ones."""
    return rows.assign(
        obstacle=rows["obstacle"].mask(chosen, obstacle), reason=rows["reason"].mask(chosen, reason)
    )


def directions(rows: DataFrame) -> Series:
    """Up or down where the whole interval of the difference lies on one side of zero."""
    found = Series("no clear change", rows.index)
    found = found.mask(rows["change_low"] > 0, "up").mask(rows["change_high"] < 0, "down")
    return found.mask(rows["obstacle"] != "", "not compared")
