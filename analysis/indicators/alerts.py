"""What an analyst should look at in the latest period: risks, and chances to resolve something."""

import numpy as np
from pandas import DataFrame, Timedelta, Timestamp

from analysis.indicators.changes import latest_changes
from analysis.indicators.country_events import (
    ACT,
    FORCE,
    FUTURE,
    RUNG_NAMES,
    RUNGS,
    act_names,
    country_events,
    pair_acts,
    stories_read,
    worst_acts,
)
from analysis.indicators.definitions import WORSE
from analysis.indicators.periods import ALL, watching_period
from analysis.indicators.spikes import LEAST_REPORTS, pair_spikes
from analysis.phrasing import counted
from analysis.schemas import Alerts

LEAST_SURPRISE = 3.0
ANNOUNCED_DAYS = 30  # before the latest period: so long may what is announced be still to come


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
