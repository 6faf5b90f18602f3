"""What one speaker's words hold of countries over time, and whether that changed.

A stance is -1 (against), 0 (neither) or 1 (for) a country, a bloc or an armed group that a statement names;
people and bodies of a country count for it. The speaker's own country is left out: they mostly speak of it
as "we". A change is looked for between an earlier and a later part of the stories, as equal in number as
whole days allow, and said only where each has ten stories and the interval of the difference excludes zero.
"""

from typing import Final

import numpy as np
from pandas import DataFrame, Series, Timestamp

from analysis.country_names import bloc_codes
from analysis.indicators.dyads import MIN_STORIES
from analysis.indicators.intervals import POLARITY, clustered_mean, difference_interval
from analysis.indicators.periods import period_starts
from analysis.schemas import StanceChanges, StancePeriods

GROUP: Final = "group:"
COUNTS: Final = ["favourable_count", "unfavourable_count", "neutral_count", "undecided_count"]


def dated_stances(quotes: DataFrame, stances: DataFrame, articles: DataFrame) -> DataFrame:
    """Stances of some statements with their target, story and day.

    Args:
        quotes: `Quotes` rows, of one speaker or of several.
        stances: `Stances` table, of these quotes and of others.
        articles: `Articles` table of the same articles.

    Returns:
        Rows of `stances` with `target` (code of a country or bloc, or id of an armed group), `speaker_id`,
        `story_id` and `published_date`; without targets that are none of these, and without the speaker's
        own country.
    """
    spoken = stances.merge(
        quotes[["quote_id", "speaker_id", "country_code"]], on="quote_id", validate="many_to_one"
    )
    codes = spoken["target_country_code"].astype(object).fillna(spoken["target_id"].map(bloc_codes()))
    is_group = spoken["target_id"].str.startswith(GROUP)  # which does not count for its country
    spoken = spoken.assign(target=codes.mask(is_group, spoken["target_id"])).dropna(subset="target")
    spoken = spoken[spoken["target"] != spoken["country_code"]]
    origin = articles[["article_id", "story_id", "published_date"]]
    return spoken.merge(origin, on="article_id", validate="many_to_one")


def stance_periods(dated: DataFrame, period: str) -> DataFrame:
    """How often each target is favoured, opposed and neither, by period.

    Args:
        dated: table of `dated_stances`.
        period: "day", "week", "month" or "all"; undated statements are only in "all".

    Returns:
        `StancePeriods` table in the order of the periods.
    """
    rows = dated.assign(
        period=period_starts(dated["published_date"], period),
        favourable_count=(dated["label"] == 1).fillna(False).astype(int),
        unfavourable_count=(dated["label"] == -1).fillna(False).astype(int),
        neutral_count=(dated["label"] == 0).fillna(False).astype(int),
        undecided_count=dated["label"].isna().astype(int),
    ).dropna(subset="period")
    sums = rows.groupby(["target", "period"], as_index=False).agg(
        **{name: (name, "sum") for name in COUNTS}, story_count=("story_id", "nunique")
    )
    return StancePeriods.validate(sums.sort_values(["period", "target"], ignore_index=True))


def stance_changes(dated: DataFrame) -> DataFrame:
    """Whether the stance on each target differs between the earlier and the later half of its stories.

    Args:
        dated: table of `dated_stances`, of one speaker.

    Returns:
        `StanceChanges` table, one row per target with a decided and dated stance, those with most stories
        first. The interval is that of the difference of two means, each by story.
    """
    decided = dated.dropna(subset=["label", "published_date"])
    rows = [change_of(target, story_sums(part)) for target, part in decided.groupby("target")]
    table = DataFrame(rows, columns=list(StanceChanges.columns))
    total = table["before_story_count"] + table["after_story_count"]
    order = table.assign(total=total).sort_values(["total", "target"], ascending=[False, True])
    return StanceChanges.validate(order.drop(columns="total").reset_index(drop=True))


def story_sums(stances: DataFrame) -> DataFrame:
    """The sum and the number of the decided stances of each story, in the order of their first days."""
    labels = stances.assign(label=stances["label"].astype(float))
    sums = labels.groupby("story_id").agg(
        day=("published_date", "min"), total=("label", "sum"), count=("label", "size")
    )
    return sums.sort_values(["day", "story_id"], ignore_index=False).reset_index()


def change_of(target: str, stories: DataFrame) -> dict:
    """The two halves of the stories on one target, compared where both have enough.

    The direction is up (friendlier) or down where the whole interval of the later mean minus the earlier one
    is on one side of zero.
    """
    split = split_day(stories["day"])
    is_later = stories["day"] >= split
    halves = [stories[~is_later], stories[is_later]]
    means = [part["total"].sum() / part["count"].sum() if len(part) else np.nan for part in halves]
    low, high, direction = np.nan, np.nan, "not compared"
    if min(map(len, halves)) >= MIN_STORIES:
        before, after = (
            (mean, *clustered_mean(part["total"].to_numpy(), part["count"].to_numpy(dtype=float), POLARITY))
            for mean, part in zip(means, halves, strict=True)
        )
        ends = difference_interval(*(Series([value]) for value in (*after, *before)))
        low, high = (float(end.iloc[0]) for end in ends)
        direction = "up" if low > 0 else "down" if high < 0 else "no clear change"
    return {
        "target": target,
        "split_date": split,
        "before_mean": means[0],
        "after_mean": means[1],
        "before_story_count": len(halves[0]),
        "after_story_count": len(halves[1]),
        "low": low,
        "high": high,
        "direction": "not compared" if np.isnan(low) else direction,
    }


def split_day(days: Series) -> Timestamp:
    """The first day of the later half: the one that makes the smaller part as large as possible."""
    counts = days.value_counts().sort_index()
    before = counts.cumsum() - counts  # stories before each day
    smaller = np.minimum(before, len(days) - before)
    return smaller.index[int(smaller.to_numpy().argmax())]
