"""Which pairs are more or less hostile in the reporting period than is usual for them.

Three questions, and an arrow only where the answer to all is yes:

1. Would chance alone, at the pair's usual rate, give such a level less than once in twenty times? The rates
   of two Poisson processes are compared by the exact conditional test: of all that is hostile, the part that
   falls in the period is binomial. Incidents come in clusters, so what is counted is larger than an incident:
   a story that reports five is one, and the pair's own windows show how much more they differ.
2. Does that hold although so many pairs are compared?
3. Were at most one in twenty of the pair's earlier windows like this? A single burst half a year ago makes
   every quiet week lower than the mean.

Source of the test: Przyborowski and Wilenski 1940, Biometrika 31; of the division by the dispersion:
McCullagh and Nelder 1989, 4.5 and 9.2, with Student's t for a dispersion that is itself estimated; of the
correction: Benjamini and Hochberg 1995.

No arrow does not mean that nothing moved. Where so little was read before that a level three times the usual
and one of a third of it are both possible, the pair is not compared.
"""

from datetime import date
from typing import Final

import numpy as np
import scipy
from pandas import DataFrame, MultiIndex, RangeIndex, Series, Timestamp, to_datetime, to_timedelta

from analysis.indicators.country_events import FULL_INTENSITY
from analysis.indicators.intervals import TAIL
from analysis.phrasing import counted
from analysis.schemas import PeriodLevels, PeriodMoves

MAX_WINDOWS: Final = 26  # half a year of weeks: enough to know what is usual, few enough to be of today
LINE_IMPORTANCE: Final = 3.0  # of a sentence that is worth a line: its act weighs what its kind does
DEAD: Final = 0.25  # of its weight, added each time the dead double


def period_levels(incidents: DataFrame, articles: DataFrame, *, first: date, last: date) -> DataFrame:
    """Hostile weight of each pair in the period and in the windows before it.

    The windows are as long as the period and step back from its first day, to the first in which an article
    is dated. An incident belongs to the day on which it happened; where that is unknown, to that of its first
    report.

    Args:
        incidents: `Incidents` rows of the whole corpus, the hostile ones that count.
        articles: `Articles` table of the whole corpus.
        first: first day of the reporting period.
        last: its last day, included.

    Returns:
        `PeriodLevels` table, with every window for each pair that has an incident. A window without articles
        has no weights: nobody looked. A pair without incidents in a window that was read has 0.

    Raises:
        ValueError: the period ends before it begins.
    """
    if last < first:
        raise ValueError(f"the period ends on {last}, before its first day {first}")
    windows = windows_read(articles, first, last)
    days = incidents["first_day"].fillna(incidents["first_reported"])
    placed = incidents.assign(window=window_numbers(days, first, last))
    sums = window_sums(placed, articles)
    grid = MultiIndex.from_product([sorted(set(incidents["dyad"])), windows.index], names=["dyad", "window"])
    rows = sums.reindex(grid, fill_value=0).reset_index().merge(windows, on="window", validate="many_to_one")
    is_read = rows["story_count"] > 0
    rows = rows.assign(**{name: rows[name].astype(float).where(is_read) for name in sums.columns})
    rows = rows.sort_values(["dyad", "window_start"], ignore_index=True)
    return PeriodLevels.validate(rows[list(PeriodLevels.columns)])


def windows_read(articles: DataFrame, first: date, last: date) -> DataFrame:
    """The windows by number, 0 for the period and -1 for the one before: days, and stories dated in each.

    Nothing is read before the first article of a corpus, so its windows begin there.
    """
    numbers = window_numbers(articles["published_date"], first, last)
    stories = articles["story_id"].groupby(numbers.where(numbers >= -MAX_WINDOWS)).nunique()
    oldest = int(stories.index.min()) if len(stories) else 0
    windows = RangeIndex(oldest, 1, name="window")
    starts = Timestamp(first) + to_timedelta(windows * ((last - first).days + 1), unit="D")
    return DataFrame(
        {
            "window_start": starts,
            "window_end": starts + (last - first),
            "is_period": windows == 0,
            "story_count": stories.reindex(windows, fill_value=0),
        },
        index=windows,
    )


def window_numbers(days: Series, first: date, last: date) -> Series:
    """The number of the window that each day is in; missing where the day is, or is after the period."""
    since = (to_datetime(days) - Timestamp(first)).dt.days
    numbers = since // ((last - first).days + 1)
    return numbers.where(numbers <= 0)


def hostile_weights(incidents: DataFrame) -> Series:
    """What each hostile incident weighs: by its kind, by how important its sentence is, and by its dead.

    A raid of 273 drones is one incident, and so is one of three. With both, a year's weekly sums follow
    counted deaths better than with the kind alone, and a rise agrees more often with readers of the weeks.
    """
    doublings = np.log2(1 + incidents["killed_count"].astype(float).fillna(0.0))
    kind = -incidents["intensity"] / FULL_INTENSITY
    return kind * incidents["importance"] / LINE_IMPORTANCE * (1 + DEAD * doublings)


def window_sums(placed: DataFrame, articles: DataFrame) -> DataFrame:
    """Weights and counts of hostile incidents by pair and window.

    Args:
        placed: `Incidents` rows with their `window`.
        articles: `Articles` table.
    """
    stories = articles.set_index("article_id")["story_id"]
    rows = placed.assign(weight=hostile_weights(placed), story_id=placed["article_id"].map(stories))
    key = ["dyad", "window"]
    by_story = rows.groupby([*key, "story_id"])["weight"].sum()
    sums = rows.groupby(key).agg(hostile_weight=("weight", "sum"), hostile_count=("weight", "size"))
    return sums.assign(hostile_squares=(by_story**2).groupby(key).sum())


MIN_WINDOWS: Final = 4  # that were read: of fewer nobody can say what is usual
MIN_HOSTILE: Final = 4  # incidents: three could all be in one period by chance, or by one misread story
ALPHA: Final = 0.05
BURSTS: Final = 0.1  # highest share of the background, which does not tell how far usual windows differ
BURSTS_SPREAD: Final = 1.4  # a normal variable's variance over that of its lowest 90% (1 / 0.71)
MAX_ALIKE: Final = 0.05  # share of the background that may be as far from the usual as the period
WIDE: Final = 3.0  # a ratio whose interval holds both this and its inverse says nothing
ENOUGH_BEFORE: Final = 8  # hostile stories in the background, from which what is usual is known
UNSETTLED: Final = "too few earlier reports to say what is usual"
NOTHING_READ: Final = "no article is dated in this period"


def period_moves(levels: DataFrame) -> DataFrame:
    """How hostile each pair is in the reporting period, against its own background.

    Args:
        levels: `PeriodLevels` table of all pairs: the more pairs, the clearer a move has to be, because the
            pairs that a reader is shown were chosen for their level.

    Returns:
        `PeriodMoves` table. `usual_weight` is the mean of the background, as it would be with as many stories
        as the period has. `direction` is "not compared" where fewer than four windows of the background were
        read, where fewer than four hostile incidents are known, or where both three times the usual and a
        third of it are possible; `reason` says which.
    """
    now, past = levels[levels["is_period"]].set_index("dyad"), background(levels)
    rows = now[["hostile_weight", "story_count"]].join(
        past.groupby("dyad").agg(
            past_weight=("hostile_weight", "sum"),
            past_stories=("story_count", "sum"),
            window_count=("story_count", "size"),
        )
    )
    before = ["past_weight", "past_stories", "window_count"]
    rows = rows.astype(float).fillna(dict.fromkeys(before, 0.0)).astype({"window_count": int})
    usual = rows["past_weight"] / rows["past_stories"].where(rows["past_stories"] > 0) * rows["story_count"]
    counts = levels.groupby("dyad")["hostile_count"].sum().astype(int)
    rows = rows.assign(usual_weight=usual, hostile_count=counts)
    rows = rows.assign(reason=reasons(rows), dispersion=dispersions(levels).reindex(rows.index))
    is_compared = rows["reason"] == ""
    rows = rows.assign(p_value=p_values(rows).where(is_compared))
    rows = rows.assign(adjusted_p_value=adjusted(rows["p_value"]))
    rows = rows.assign(direction=directions(rows, now, past))
    is_open = (rows["direction"] == "no clear change") & is_unsettled(rows, story_weights(levels))
    rows = rows.assign(
        direction=rows["direction"].mask(is_open, "not compared"),
        reason=rows["reason"].mask(is_open, UNSETTLED),
    )
    return PeriodMoves.validate(rows.reset_index()[list(PeriodMoves.columns)])


def far_above_usual(moves: DataFrame, times: float) -> DataFrame:
    """The pairs that are clearly more hostile in the period than usual, and at least so many times as much.

    Where nothing hostile was usual, one report is any number of times that, so only an arrow up counts.

    Args:
        moves: `PeriodMoves` table.
        times: above 0.

    Returns:
        `PeriodMoves` rows, the most hostile first.
    """
    is_far = moves["hostile_weight"] >= times * moves["usual_weight"]
    above = moves[is_far & (moves["direction"] == "up")]
    return above.sort_values(["hostile_weight", "dyad"], ascending=[False, True], ignore_index=True)


def background(levels: DataFrame) -> DataFrame:
    """The windows before the period in which something was read, with their weight per story."""
    past = levels[~levels["is_period"] & (levels["story_count"] > 0)]
    return past.assign(rate=past["hostile_weight"] / past["story_count"])


def reasons(rows: DataFrame) -> Series:
    """Why a pair is not compared; "" where it is."""
    windows = [
        f"{counted(n, 'earlier period')} with articles, {MIN_WINDOWS} needed" for n in rows["window_count"]
    ]
    found = [f"{counted(n, 'hostile incident')}, {MIN_HOSTILE} needed" for n in rows["hostile_count"]]
    is_lacking = [
        rows["story_count"] == 0,
        rows["window_count"] < MIN_WINDOWS,
        rows["hostile_count"] < MIN_HOSTILE,
    ]
    return Series(np.select(is_lacking, [NOTHING_READ, windows, found], ""), rows.index, dtype=object)


def dispersions(levels: DataFrame) -> Series:
    """How much weight counts as one independent report of a pair: variance over mean.

    The larger of two: the weight of a story, and what the windows of the background suggest. Of these the
    highest tenth is left out, or one burst would hide the next; the rest are weighed by what is expected of
    each, so that a window of two stories does not decide.

    Source: moments, after McCullagh and Nelder 1989, 4.5.2.
    """
    by_story = story_weights(levels)
    past = background(levels)
    left_out = int(past["window_start"].nunique() * BURSTS)
    places = past.groupby("dyad")["rate"].rank(method="first", ascending=False)
    spread = spreads(past[places > left_out]) * (BURSTS_SPREAD if left_out else 1)
    return by_story.combine(spread.reindex(by_story.index), np.fmax).astype(float)


def story_weights(levels: DataFrame) -> Series:
    """The weight that a story with hostile incidents of a pair reports; missing where there is none.

    Source: Fay and Feuer 1997, Statistics in Medicine 16.
    """
    sums = levels.groupby("dyad")[["hostile_squares", "hostile_weight"]].sum().astype(float)
    return sums["hostile_squares"] / sums["hostile_weight"].where(sums["hostile_weight"] > 0)


def spreads(past: DataFrame) -> Series:
    """Variance over mean of the windows of each pair; missing where it has nothing hostile."""
    totals = past.groupby("dyad")[["hostile_weight", "story_count"]].sum().astype(float)
    rate = totals["hostile_weight"] / totals["story_count"]
    squares = (
        past.assign(
            miss=(past["hostile_weight"] - past["dyad"].map(rate).astype(float) * past["story_count"]) ** 2,
            exposure=past["story_count"].astype(float) ** 2,
        )
        .groupby("dyad")[["miss", "exposure"]]
        .sum()
    )
    expected = rate * (totals["story_count"] - squares["exposure"] / totals["story_count"])
    return squares["miss"] / expected.where(expected > 0)


def p_values(rows: DataFrame) -> Series:
    """Two-sided p values of the period's rate against the background's."""
    now, before, share = conditional(rows)
    more = tail_above(now, before, share)
    less = tail_above(before, now, 1 - share)
    exact = (2 * np.minimum(more, less)).clip(upper=1.0)
    bursts = (rows["window_count"] * BURSTS).astype(int)  # left out, see `dispersions`
    freedom = (rows["window_count"] - 1 - bursts).clip(lower=1)  # of the dispersion
    return 2 * scipy.special.stdtr(freedom, scipy.special.ndtri(exact / 2))


def conditional(rows: DataFrame) -> tuple[Series, Series, Series]:
    """Independent reports now and before, and the share of all stories that is in the period."""
    stories = rows["story_count"] + rows["past_stories"]
    share = rows["story_count"] / stories.where(stories > 0)
    return rows["hostile_weight"] / rows["dispersion"], rows["past_weight"] / rows["dispersion"], share


def tail_above(some: Series, others: Series, share: Series) -> Series:
    """Probability of `some` or more of `some + others`, each there with probability `share`; exact."""
    return Series(scipy.special.betainc(some.where(some > 0), others + 1, share), some.index).fillna(1.0)


def ratio_limits(rows: DataFrame, tail: float | Series) -> tuple[Series, Series]:
    """The ends of the interval of the period's level over the usual one; the upper is missing if all is new.

    Source: Clopper and Pearson 1934 for the share that falls in the period, turned into a ratio of two rates.

    Args:
        rows: as of `period_moves`.
        tail: what is left out on each side.
    """
    now, before, share = conditional(rows)
    odds = share / (1 - share)
    low = scipy.special.betaincinv(now.where(now > 0), before + 1, tail)
    high = scipy.special.betaincinv(now + 1, before.where(before > 0), 1 - tail)
    return (low / (1 - low) / odds).fillna(0.0), high / (1 - high) / odds


def is_unsettled(rows: DataFrame, weights: Series) -> Series:
    """Whether too few stories tell what is usual to rule out a threefold rise or a fall to a third.

    Args:
        rows: as of `period_moves`.
        weights: as of `story_weights`. That a pair's own windows differ much is no lack of reports.
    """
    by_story = rows.assign(dispersion=weights.reindex(rows.index))
    low, high = ratio_limits(by_story, TAIL)
    is_wide = (low * WIDE <= 1) & ~(high < WIDE)  # no upper end: anything is possible
    return is_wide & (rows["past_weight"] < ENOUGH_BEFORE * by_story["dispersion"])


def adjusted(p_values: Series) -> Series:
    """p values as if each pair were the only one: the false discovery rate at which it would be a finding.

    Source: Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57.
    """
    known = p_values.dropna().sort_values(ascending=False, kind="stable")
    ranks = np.arange(len(known), 0, -1)
    return (known * len(known) / ranks).cummin().clip(upper=1.0).reindex(p_values.index)


def directions(rows: DataFrame, now: DataFrame, past: DataFrame) -> Series:
    """Up or down where chance, the other pairs and the pair's own past do not explain the level."""
    rates = now["hostile_weight"] / now["story_count"].where(now["story_count"] > 0)
    against = past["dyad"].map(rates).astype(float)
    alike = past.assign(higher=past["rate"] >= against, lower=past["rate"] <= against)
    alike = alike.groupby("dyad")[["higher", "lower"]].mean()
    is_clear = rows["adjusted_p_value"] <= ALPHA
    is_higher = rows["hostile_weight"] > rows["usual_weight"]
    unlike = alike.reindex(rows.index) <= MAX_ALIKE
    is_up, is_down = is_clear & is_higher & unlike["higher"], is_clear & ~is_higher & unlike["lower"]
    found = np.select(
        [rows["reason"] != "", is_up, is_down], ["not compared", "up", "down"], "no clear change"
    )
    return Series(found, rows.index, dtype=object)
