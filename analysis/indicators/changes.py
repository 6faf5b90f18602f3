"""What rose and what eased between two periods or two briefings.

An arrow appears only where both sides have enough stories and the interval of the difference excludes zero.
One in twenty such intervals excludes it by chance alone, so of many pairs a few arrows are always noise.
"""

from pandas import DataFrame, Series

from analysis.indicators.country_events import stories_read
from analysis.indicators.definitions import MINIMUM_STORIES, NEVER_COMPARED
from analysis.indicators.drivers import with_reasons
from analysis.indicators.dyads import dyad_indicators, event_contributions
from analysis.indicators.intervals import difference_interval
from analysis.indicators.periods import ALL, previous_starts
from analysis.phrasing import counted
from analysis.schemas import Changes

BEFORE = ("", "_before")


def value_changes(now: DataFrame, before: DataFrame, *, minimum_stories: int = MINIMUM_STORIES) -> DataFrame:
    """Values set against earlier ones of the same indicator and subject.

    Args:
        now: `Indicators` rows, one period a subject.
        before: rows of an earlier period, or of an earlier briefing; one period a subject.
        minimum_stories: with fewer stories in either, nothing is compared.

    Returns:
        `Changes` table, one row per row of `now` that has a value. Counts and rungs are left out: the first
        also move with how much was read, the second know no interval. `direction` is "up" or "down" only
        where the interval of the difference excludes zero.
    """
    rows = comparable(now).merge(
        comparable(before), on=["indicator", "dyad"], how="left", suffixes=BEFORE, validate="1:1"
    )
    return changes_of(rows, minimum_stories)


def period_changes(
    indicators: DataFrame, *, period: str, minimum_stories: int = MINIMUM_STORIES
) -> DataFrame:
    """Each value set against the same in the period before.

    Args:
        indicators: `Indicators` table by day, week or month.
        period: which of the three; "all" has no period before it.
        minimum_stories: with fewer stories in either period, nothing is compared.

    Returns:
        `Changes` table as in `value_changes`, one row per value that has one in the period before.
    """
    rows = comparable(indicators)
    if period == ALL:
        return changes_of(
            rows.merge(rows.iloc[:0], on=["indicator", "dyad"], suffixes=BEFORE), minimum_stories
        )
    now = rows.assign(period_before=previous_starts(rows["period"], period))
    names = {name: f"{name}_before" for name in rows.columns if name not in ("indicator", "dyad")}
    key = ["indicator", "dyad", "period_before"]
    return changes_of(now.merge(rows.rename(columns=names), on=key, validate="1:1"), minimum_stories)


def latest_changes(articles: DataFrame, events: DataFrame, *, period: str) -> DataFrame:
    """What moved between the pairs in the latest period against the one before, with reasons and articles.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month"; "all" has no period before it.

    Returns:
        `Changes` table, as `with_reasons` fills it; empty where no value has one before it.
    """
    changes = period_changes(dyad_indicators(articles, events, period=period), period=period)
    changes = changes[changes["period"] == stories_read(articles, period).index.max()]
    if changes.empty:
        return changes
    parts = event_contributions(articles, events, period=period)
    return with_reasons(changes, parts, parts, events)


def comparable(indicators: DataFrame) -> DataFrame:
    """The values that a comparison can be made of."""
    return indicators[indicators["value"].notna() & ~indicators["indicator"].isin(NEVER_COMPARED)]


def changes_of(rows: DataFrame, minimum_stories: int) -> DataFrame:
    """`Changes` of rows that hold a value and, under names in `_before`, an earlier one."""
    low, high = difference_interval(
        *(rows[name] for name in ("value", "low", "high", "value_before", "low_before", "high_before"))
    )
    rows = rows.assign(change=rows["value"] - rows["value_before"], change_low=low, change_high=high)
    rows = rows.assign(reason=why_not(rows, minimum_stories))
    columns = {
        **{name: rows[name] for name in ("indicator", "dyad", "period", "value", "change", "story_count")},
        "direction": directions(rows),
        "before_period": rows["period_before"].fillna("none"),
        "before_value": rows["value_before"],
        "low": rows["change_low"],
        "high": rows["change_high"],
        "before_story_count": rows["story_count_before"].fillna(0),
        "reason": rows["reason"].mask(rows["reason"] == "", "the interval of the difference spans zero"),
        "article_ids": "",
    }
    table = DataFrame(columns).sort_values(["dyad", "period", "indicator"], ignore_index=True)
    return Changes.validate(table)


def why_not(rows: DataFrame, minimum_stories: int) -> Series:
    """Why two values cannot be compared, or "" where they can."""
    few = Series("", rows.index, dtype=object)
    for name, word in (("story_count", "now"), ("story_count_before", "before")):
        count = rows[name].fillna(0).astype(int)
        told = [f"{counted(number, 'story')} {word}, {minimum_stories} needed" for number in count]
        few = few.mask((few == "") & (count < minimum_stories), Series(told, rows.index, dtype=object))
    few = few.mask(rows["value"].isna(), "nothing found now")
    few = few.mask(rows["value_before"].isna(), "nothing found before")
    return few.mask((few == "") & rows["change_low"].isna(), "no interval is known")


def directions(rows: DataFrame) -> Series:
    """Up or down where the whole interval of the difference says so."""
    found = Series("no clear change", rows.index)
    found = found.mask(rows["change_low"] > 0, "up").mask(rows["change_high"] < 0, "down")
    return found.mask(rows["reason"] != "", "not compared")
