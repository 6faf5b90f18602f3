"""What rises and what eases: changes, spikes, changes of level, alerts, and whether two measures agree.

An arrow is drawn only where enough was read before and now and the interval of the difference excludes zero.
One in twenty such intervals excludes it by chance alone, so of many pairs a few arrows are always noise.
"""

from typing import Final

import numpy as np
from pandas import DataFrame, Series, Timedelta, Timestamp

from analysis.indicators.definitions import MINIMUM_STORIES
from analysis.indicators.drivers import with_reasons
from analysis.indicators.dyads import (
    ACT,
    FORCE,
    FUTURE,
    KEY,
    RUNG_NAMES,
    RUNGS,
    act_names,
    country_events,
    dyad_indicators,
    event_contributions,
    pair_acts,
    stories_read,
    worst_acts,
)
from analysis.indicators.intervals import Z, difference_interval
from analysis.indicators.periods import ALL, period_numbers, previous_starts, watching_period
from analysis.phrasing import counted
from analysis.schemas import Agreements, Alerts, ChangePoints, Changes, Spikes

WORSE: Final = {"conflict_share": "up", "mean_intensity": "down", "conflict_per_story": "up"}
BEFORE = ("", "_before")
MINIMUM_PERIODS = 10  # a shorter series, or one of fewer events, has no change points
MINIMUM_EVENTS = 10
PENALTY = 2.0  # times the spread and the logarithm of the length
SHORTEST_LEVEL = 2  # periods
LEAST_REPORTS = 3  # stories behind a spike or a new rung
LEAST_SURPRISE = 3.0
LEAST_USUAL = 4  # other periods that tell what is usual
ANNOUNCED_DAYS = 30  # before the latest period: so long may what is announced be still to come
MINIMUM_PAIRS = 4  # periods below which no rank correlation is given
LEAST_MOVED = 2  # periods off the most usual value, or one story in one week makes a correlation of 1


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
    name = indicators["indicator"]
    return indicators[indicators["value"].notna() & ~name.str.endswith("_count") & (name != "highest_rung")]


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


def change_points(indicators: DataFrame) -> DataFrame:
    """Where each series goes over to another level and stays there for two periods or more.

    Args:
        indicators: `Indicators` rows by day, week or month. Periods without a value are passed over, so that
            a gap in the articles is none in the series. Below ten values, or ten events, nothing is said.

    Returns:
        `ChangePoints` table.

    Source: Killick, Fearnhead and Eckley 2012 (PELT) in ruptures, with squared error; the penalty is that of
    Schwarz 1978 for the spread between neighbouring periods. Weights of counted acts spread with their mean,
    so the square root is searched.
    """
    known = indicators.dropna(subset="value").sort_values(["indicator", *KEY])
    rows = [
        row
        for (indicator, dyad), part in known.groupby(["indicator", "dyad"])
        if len(part) >= MINIMUM_PERIODS and part["event_count"].sum() >= MINIMUM_EVENTS
        for row in levels(indicator, dyad, part)
    ]
    return ChangePoints.validate(DataFrame(rows, columns=list(ChangePoints.to_schema().columns)))


def levels(indicator: str, dyad: str, series: DataFrame) -> list[tuple]:
    """The rows of `change_points` of one series."""
    values = series["value"].to_numpy()
    signal = np.sqrt(values) if values.min() >= 0 else values
    spread = np.diff(signal).std() / np.sqrt(2)
    if spread == 0:
        return []
    from ruptures import Pelt  # loads scipy.stats; few corpora are long enough to have a change point

    search = Pelt(model="l2", min_size=SHORTEST_LEVEL, jump=1).fit(signal.reshape(-1, 1))
    borders = [0, *search.predict(pen=PENALTY * spread**2 * np.log(len(signal)))]
    return [
        (indicator, dyad, series["period"].iloc[at], values[start:at].mean(), values[at:end].mean())
        for start, at, end in zip(borders, borders[1:], borders[2:], strict=False)
    ]


def pair_spikes(
    articles: DataFrame, events: DataFrame, *, period: str = "week", minimum_stories: int = LEAST_REPORTS
) -> DataFrame:
    """Stretches in which a pair was far more hostile than it usually is, the strongest first.

    A period's weight is the sum over its stories of the worst hostile act's absolute intensity, over 10: a
    bombing weighs near 1, an accusation 0.3. It is set against the pair's other periods, so that a war of
    every week is no spike and seven clashes between two quiet neighbours are. Periods next to each other are
    one stretch. What a group does that one of the two is said to back counts too, and is counted apart in
    `proxy_story_count`: a proxy war is tension of the pair, though not the backer's act.

    Args:
        articles: `Articles` table, with dates.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month".
        minimum_stories: with fewer stories a period is not considered.

    Returns:
        `Spikes` table; empty where fewer than four other periods could tell what is usual.

    Source: signed root of the Poisson deviance (McCullagh and Nelder 1989, 2.4); one act is added to the
    usual weight, lest a pair never written of before should always win.
    """
    rows = (
        worst_acts(pair_acts(articles, events, period=period))
        .groupby(KEY, as_index=False)
        .agg(
            hostile_weight=("hostile_weight", "sum"),
            story_count=("story_id", "nunique"),
            proxy_story_count=("is_proxy", "sum"),
            event_ids=("event_id", " ".join),
        )
    )
    others = len(stories_read(articles, period)) - 1
    total = rows.groupby("dyad")["hostile_weight"].transform("sum")
    rows = rows.assign(usual_weight=(total - rows["hostile_weight"] + 1) / max(others, 1))
    rows = rows.assign(surprise_score=surprise(rows["hostile_weight"], rows["usual_weight"]))
    chosen = (rows["story_count"] >= minimum_stories) & (rows["surprise_score"] > 0) & (others >= LEAST_USUAL)
    return Spikes.validate(stretches(rows[chosen], period))


def surprise(weight: Series, usual: Series) -> Series:
    """How far a weight lies above the usual one, about in standard deviations; 0 where it does not."""
    above = weight > usual
    ratio = (weight / usual).where(above, 1.0)
    return np.sqrt(2 * (weight * np.log(ratio) - (weight - usual)).where(above, 0.0))


def stretches(rows: DataFrame, period: str) -> DataFrame:
    """Rows of neighbouring periods of a pair as one, described by its peak."""
    rows = rows.sort_values(KEY, ignore_index=True)
    is_new = (period_numbers(rows["period"], period).diff() != 1) | (rows["dyad"] != rows["dyad"].shift())
    rows = rows.assign(stretch=is_new.cumsum())
    groups = rows.groupby("stretch")["period"]
    rows = rows.assign(start_period=groups.transform("min"), end_period=groups.transform("max"))
    peaks = rows.sort_values(["surprise_score", *KEY], ascending=[False, True, True])
    named = peaks.drop_duplicates("stretch").rename(columns={"period": "peak_period"})
    return named[list(Spikes.to_schema().columns)].reset_index(drop=True)


def alerts(articles: DataFrame, events: DataFrame, *, period: str = "week") -> DataFrame:
    """What wants an analyst's eye in the latest period: risks, and chances to resolve something.

    - "rise", "easing": an indicator in `WORSE` has an arrow against the period before.
    - "spike": the pair is three times as far above its usual hostility as chance would have it.
    - "new rung": three stories tell of a hostile act on a rung that the pair had not reached before.
    - "early report": one or two stories do, and the rung is force: a misread sentence, or a war's first day.
    - "announced": something is announced, in the latest period or up to `ANNOUNCED_DAYS` before it, by one
      story or more; an announcement is no forecast.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month"; "all" knows announcements only, for there is no before.

    Returns:
        `Alerts` table, risks first, the best reported first.

    Source: the division into risk and opportunity is that of CrisisWatch (International Crisis Group).
    """
    coded = country_events(articles, events, period=period)
    first = coded[~coded["is_copy"]]
    read = stories_read(articles, period)
    latest = read.index.max() if len(read) else None
    rows = announced_alerts(lately(first, latest))
    if period != ALL and len(read) > 1:
        rows += change_alerts(latest_changes(articles, events, period=period))
        rows += spike_alerts(
            pair_spikes(articles, events, period=period),
            pair_acts(articles, events, period=period),
            latest,
        )
        rows += rung_alerts(first, latest)
    table = DataFrame(rows, columns=list(Alerts.to_schema().columns))
    order = table.assign(is_risk=table["outlook"] == "risk").sort_values(
        ["is_risk", "story_count", "dyad", "kind"], ascending=[False, False, True, True], ignore_index=True
    )
    return Alerts.validate(order.drop(columns="is_risk"))


def monitoring_sentence(articles: DataFrame) -> str:
    """What is looked for in which period, or that nothing but announcements can be."""
    period = watching_period(articles["published_date"])
    read = sorted(stories_read(articles, period).index) if period != ALL else []
    if len(read) < 2:
        return (
            "Rises, spikes and first force cannot be told: the dated articles are all of one "
            f"{'day' if period == ALL else period}."
        )
    return (
        f"Looked for in the {period} from {read[-1]}: clear rises and easings against the {period} before, "
        f"spikes, rungs that {LEAST_REPORTS} stories see reached for the first time, early reports of force; "
        f"and what was announced up to {ANNOUNCED_DAYS} days before."
    )


def lately(events: DataFrame, latest: str | None) -> DataFrame:
    """The events of the latest period and days before it: a trip announced yesterday is still to come."""
    if latest in (None, ALL):
        return events[events["period"] == latest]
    return events[events["published_date"] >= Timestamp(latest) - Timedelta(days=ANNOUNCED_DAYS)]


def pending_announcements(events: DataFrame) -> DataFrame:
    """What is announced and not told as done in a later article; a demand to come is left out.

    Talks are held once either side is told to have held some, anything else once who announced it did so.
    """
    key = ["dyad", "root", "side"]
    rows = events.assign(side=events["source_country_code"].mask(events["root"] == "CONSULT", "either"))
    future = rows[(rows["status"] == FUTURE) & (rows["intensity"] != 0)]
    if future.empty:
        return future.drop(columns="side")
    done = rows[rows["status"] == ACT].groupby(key)["published_date"].max().rename("done")
    last = future[key].merge(done, how="left", left_on=key, right_index=True)["done"]
    return future[~(last > future["published_date"])].drop(columns="side")


def announced_alerts(events: DataFrame) -> list[tuple]:
    """One alert per pair and outlook for what is announced and not done yet."""
    future = pending_announcements(events)
    future = future.assign(outlook=np.where(future["quad"] >= 3, "risk", "opportunity"))
    return [
        alert(dyad, part, "announced", outlook, told(part))
        for (dyad, outlook), part in future.groupby(["dyad", "outlook"])
    ]


def change_alerts(changes: DataFrame) -> list[tuple]:
    """One alert per pair that clearly rises or eases in the latest period."""
    moved = changes[changes["indicator"].isin(WORSE) & changes["direction"].isin(("up", "down"))]
    moved = moved.assign(is_worse=moved["direction"] == moved["indicator"].map(WORSE))
    return [
        (
            row.dyad,
            row.period,
            "rise" if row.is_worse else "easing",
            "risk" if row.is_worse else "opportunity",
            f"{row.indicator.replace('_', ' ')} {row.direction} from {row.before_value:.2f} to "
            f"{row.value:.2f}; {row.reason}",
            row.story_count,
            row.article_ids,
        )
        for row in moved.drop_duplicates(["dyad", "is_worse"]).itertuples()
    ]


def spike_alerts(spikes: DataFrame, coded: DataFrame, latest: str) -> list[tuple]:
    """One alert per pair whose hostility in the latest period is far from usual."""
    now = spikes[(spikes["peak_period"] == latest) & (spikes["surprise_score"] >= LEAST_SURPRISE)]
    return [
        alert(
            row.dyad,
            coded[(coded["dyad"] == row.dyad) & coded["event_id"].isin(row.event_ids.split(" "))],
            "spike",
            "risk",
            f"hostile weight {row.hostile_weight:.1f}, usually {row.usual_weight:.1f}{through_groups(row)}",
        )
        for row in now.itertuples()
    ]


def through_groups(spike: object) -> str:
    """How much of a spike was done by groups, in words; "" where nothing was."""
    count = int(spike.proxy_story_count)
    told = "tells of a group that is" if count == 1 else "tell of groups that are"
    return (
        f"; {counted(count, 'story')} of {spike.story_count} {told} said to be backed by the other side"
        if count
        else ""
    )


def rung_alerts(coded: DataFrame, latest: str) -> list[tuple]:
    """One alert per pair that several stories see on a rung it had not reached before, or any in force."""
    acts = worst_acts(coded)
    acts = acts.assign(rung=acts["root"].map(RUNGS))
    before = acts[acts["period"] < latest].groupby("dyad")["rung"].max()
    rows = []
    for dyad, part in acts[acts["period"] == latest].groupby("dyad"):
        above = part[part["rung"] > before.get(dyad, 0)]
        top = above[above["rung"] == above["rung"].max()]
        kind = rung_kind(top)
        if kind:
            was = RUNG_NAMES[int(before.get(dyad, 0))]
            line = f"reached {RUNG_NAMES[int(top['rung'].max())]}; highest before {latest}: {was}"
            rows.append(alert(dyad, top, kind, "risk", line))
    return rows


def rung_kind(acts: DataFrame) -> str:
    """What the acts on a pair's highest new rung amount to; "" for too little."""
    if acts["story_id"].nunique() >= LEAST_REPORTS:
        return "new rung"
    return "early report" if (acts["rung"] == FORCE).any() else ""


def alert(dyad: str, events: DataFrame, kind: str, outlook: str, line: str) -> tuple:
    """An `Alerts` row of some events of one pair, under the last of their periods."""
    articles = " ".join(events["article_id"].drop_duplicates())
    return dyad, events["period"].max(), kind, outlook, line, events["story_id"].nunique(), articles


def told(events: DataFrame) -> str:
    """ "talks 2 times, agreement" for what is announced."""
    counts = act_names(events).value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return ", ".join(name if count == 1 else f"{name} {count} times" for name, count in counts.items())


def agreement(first: DataFrame, second: DataFrame) -> DataFrame:
    """Two measures side by side over the periods that both have: do they rank and move alike?

    Args:
        first: `Indicators` rows of one indicator of one subject, by day, week or month.
        second: rows of another.

    Returns:
        `Agreements` table of one row; the correlation is missing below four common periods, or where one of
        the two leaves its most usual value only once.

    Source: Spearman 1904; interval after Bonett and Wright 2000.
    """
    both = first[["period", "value"]].merge(
        second[["period", "value"]], on="period", suffixes=("", "_second"), validate="one_to_one"
    )
    both = both.dropna().sort_values("period", ignore_index=True)
    steps = np.sign(both["value"].diff()) * np.sign(both["value_second"].diff())
    correlation, low, high = rank_correlation(both["value"], both["value_second"])
    names = [f"{table['indicator'].iloc[0]} {table['dyad'].iloc[0]}" for table in (first, second)]
    row = {
        "first": names[0],
        "second": names[1],
        "period_count": len(both),
        "rank_correlation": correlation,
        "low": low,
        "high": high,
        "move_count": int((steps.fillna(0) != 0).sum()),
        "same_count": int((steps > 0).sum()),
        "opposite_periods": " ".join(both["period"][steps < 0]),
    }
    return Agreements.validate(DataFrame([row]))


def rank_correlation(first: Series, second: Series) -> tuple[float, float, float]:
    """Spearman's correlation and its 95% interval; missing where nothing can be said."""
    count = len(first)
    if count < MINIMUM_PAIRS or any(
        count - series.value_counts().max() < LEAST_MOVED for series in (first, second)
    ):
        return np.nan, np.nan, np.nan
    found = float(np.clip(first.rank().corr(second.rank()), -1, 1))
    if abs(found) == 1:
        return found, found, found
    half = Z * np.sqrt((1 + found**2 / 2) / (count - 3))
    return found, float(np.tanh(np.arctanh(found) - half)), float(np.tanh(np.arctanh(found) + half))
