"""What an analyst should look at in the latest period: risks, and chances to resolve something."""

import numpy as np
from pandas import DataFrame, Timedelta, Timestamp

from analysis.indicators.changes import latest_changes
from analysis.indicators.codebook import indicator_name
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
from analysis.indicators.definitions import MINIMUM_STORIES, WORSE
from analysis.indicators.periods import ALL, watching_period
from analysis.indicators.spikes import LEAST_REPORTS, pair_spikes
from analysis.phrasing import counted, plain_number
from analysis.schemas import Alerts
from analysis.tables.rows import rows_of

ANNOUNCED_DAYS = 30  # before the latest period: an older announcement is no longer news


def alerts(
    articles: DataFrame, events: DataFrame, *, period: str = "week", minimum_stories: int = MINIMUM_STORIES
) -> DataFrame:
    """What an analyst should look at in the latest period: risks, and chances to resolve something.

    - "rise", "easing": an indicator in `WORSE` clearly changed from the period before.
    - "spike": the pair was far more hostile than usual (`spikes.pair_spikes`) in the latest period.
    - "new rung": three stories report a hostile act on a rung that the pair had not reached before.
    - "early report": one or two stories do, and the rung is force: a misread sentence, or the first day of a
      war.
    - "announced": at least one story announces something, in the latest period or up to `ANNOUNCED_DAYS`
      before it; an announcement is not a forecast.

    Args:
        articles: `Articles` table.
        events: `Events` table coded from these articles.
        period: "day", "week" or "month"; "all" gives announcements only, because nothing came before it.
        minimum_stories: with fewer stories on either side no rise or easing is looked for.

    Returns:
        `Alerts` table, risks first, those with most stories first.

    Source: CrisisWatch (International Crisis Group) for the division into risk and opportunity.
    """
    coded = country_events(articles, events, period=period)
    first = coded[~coded["is_copy"]]
    read = stories_read(articles, period)
    latest = read.index.max() if len(read) else None
    rows = announced_alerts(recent_events(first, latest))
    if period != ALL and len(read) > 1:
        rows += change_alerts(
            latest_changes(articles, events, period=period, minimum_stories=minimum_stories)
        )
        rows += spike_alerts(
            pair_spikes(articles, events),
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
    """What the alerts look for in which period, or that they can only look for announcements."""
    period = watching_period(articles["published_date"])
    read = sorted(stories_read(articles, period).index) if period != ALL else []
    if len(read) < 2:
        return (
            "Rises, spikes and the first use of force cannot be found, because all dated articles are from "
            f"one {'day' if period == ALL else period}."
        )
    return (
        f"Alerts look at the {period} from {read[-1]}: clear rises and easings from the {period} before, "
        f"spikes, rungs reached for the first time in {LEAST_REPORTS} stories, early reports of force, and "
        f"announcements of the last {ANNOUNCED_DAYS} days."
    )


def recent_events(events: DataFrame, latest: str | None) -> DataFrame:
    """The events of the latest period and the days before it: a trip announced yesterday is still ahead."""
    if latest in (None, ALL):
        return events[events["period"] == latest]
    return events[events["published_date"] >= Timestamp(latest) - Timedelta(days=ANNOUNCED_DAYS)]


def pending_announcements(events: DataFrame) -> DataFrame:
    """Announcements that no later article reports as done; announced demands are left out.

    Talks count as held once either side is reported to have held talks, anything else once the side that
    announced it has done it.
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
    """One alert per pair and outlook for announcements that are still pending."""
    future = pending_announcements(events)
    future = future.assign(outlook=np.where(future["quad"] >= 3, "risk", "opportunity"))
    return [
        alert(dyad, part, "announced", outlook, counted_acts(part))
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
            f"{indicator_name(row.indicator)} {row.direction} from {plain_number(row.before_value)} to "
            f"{plain_number(row.value)}; {row.reason}",
            row.story_count,
            row.article_ids,
        )
        for row in rows_of(moved.drop_duplicates(["dyad", "is_worse"]))
    ]


def spike_alerts(spikes: DataFrame, coded: DataFrame, latest: str) -> list[tuple]:
    """One alert per pair that was far more hostile than usual until the latest period or in it."""
    now = spikes[spikes["end_date"] >= latest]
    return [
        alert(
            row.dyad,
            coded[(coded["dyad"] == row.dyad) & coded["event_id"].isin(row.event_ids.split(" "))],
            "spike",
            "risk",
            f"{row.kind} since {row.start_date}: hostile weight {plain_number(row.hostile_weight)} in seven "
            f"days, usually {plain_number(row.usual_weight)}{proxy_words(row)}",
        )
        for row in rows_of(now)
    ]


def proxy_words(spike: object) -> str:
    """How many stories of a spike are about proxies; "" for none."""
    count = int(spike.proxy_story_count)
    if not count:
        return ""
    group = "is about a group" if count == 1 else "are about groups"
    return f"; {count} of {counted(spike.story_count, 'story')} {group} said to be backed by the other side"


def rung_alerts(coded: DataFrame, latest: str) -> list[tuple]:
    """One alert per pair that reached a new rung in several stories, or force in any story."""
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
    """What kind of alert the acts on a pair's highest new rung are; "" for none."""
    if acts["story_id"].nunique() >= LEAST_REPORTS:
        return "new rung"
    return "early report" if (acts["rung"] == FORCE).any() else ""


def alert(dyad: str, events: DataFrame, kind: str, outlook: str, line: str) -> tuple:
    """An `Alerts` row for some events of one pair, dated by the last of their periods."""
    articles = " ".join(events["article_id"].drop_duplicates())
    return dyad, events["period"].max(), kind, outlook, line, events["story_id"].nunique(), articles


def counted_acts(events: DataFrame) -> str:
    """ "talks (2 times), agreement" for some announcements."""
    counts = act_names(events).value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in counts.items())
