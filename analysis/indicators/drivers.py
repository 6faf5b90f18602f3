"""What is behind a pair's indicators: themes of its acts, stances of its speakers, what moved a value."""

import pandas as pd
from pandas import DataFrame

from analysis.country_names import country_in_sentence
from analysis.indicators.definitions import CONFLICT_WITH_PROXIES
from analysis.schemas import ROOT_NAMES
from analysis.tables.rows import rows_of

MOST_ARTICLES = 5
SUMMED = ("weight", "conflict_weight", "hostile_intensity", "intensity_sum")


def with_reasons(
    changes: DataFrame, parts: DataFrame, before_parts: DataFrame, events: DataFrame
) -> DataFrame:
    """Changes with the acts that moved each most, and the articles that report them.

    Args:
        changes: `Changes` table.
        parts: `Contributions` table of the period, or of this briefing.
        before_parts: that of the period, or briefing, before; can be the same table.
        events: `Events` table of both.

    Returns:
        `changes`; where there is a direction, `reason` names the acts that moved the value most, and
        `article_ids` up to five articles, the most important first.
    """
    known = events.drop_duplicates("event_id").set_index("event_id")
    known = known.assign(actor=known["source_country_code"])
    moved = changes[changes["direction"].isin(("up", "down"))]
    groups = [
        dict(list(table[table["dyad"].isin(moved["dyad"])].groupby(["indicator", "dyad", "period"])))
        for table in (parts, before_parts)
    ]
    reasons = [reason_of(row, *groups, known) for row in rows_of(changes)]
    return changes.assign(
        reason=[line for line, _ in reasons], article_ids=[" ".join(ids) for _, ids in reasons]
    )


def reason_of(change: object, now: dict, before: dict, events: DataFrame) -> tuple[str, list[str]]:
    """Why one value moved, in a clause, and the articles behind it."""
    if change.direction not in ("up", "down"):
        return change.reason, []
    if change.indicator == CONFLICT_WITH_PROXIES:  # M23 is named itself, because it does not act as Rwanda
        is_group = events["source_kind"] == "armed group"
        events = events.assign(actor=events["actor"].mask(is_group, events["source_name"]))
    empty = DataFrame({"event_id": [], "contribution": []})
    new = now.get((change.indicator, change.dyad, change.period), empty)
    old = before.get((change.indicator, change.dyad, change.before_period), empty)
    moves = pd.concat([new.assign(step=new["contribution"]), old.assign(step=-old["contribution"])])
    moves = moves.join(events[["actor", "target_country_code", "root", "article_id"]], "event_id")
    acts = ["actor", "target_country_code", "root"]
    sign = 1 if change.direction == "up" else -1
    sums = (sign * moves.groupby(acts)["step"].sum()).sort_values(ascending=False, kind="stable")
    if sums.empty:
        return change.reason, []
    source, target, root = sums.index[0]
    counts = [count_of(part, events, sums.index[0]) for part in (old, new)]
    line = (
        f"mainly {ROOT_NAMES[root]} by {country_in_sentence(source)} towards {country_in_sentence(target)}: "
        f"{counts[0]} before, {counts[1]} now"
    )
    ranked = (sign * moves.groupby("article_id")["step"].sum()).sort_values(ascending=False, kind="stable")
    return line, ranked[ranked > 0].head(MOST_ARTICLES).index.tolist()


def count_of(parts: DataFrame, events: DataFrame, act: tuple[str, str, str]) -> int:
    """How many of the events are of one kind between two countries."""
    of = events.loc[parts["event_id"], ["actor", "target_country_code", "root"]]
    return int((of == list(act)).all(axis=1).sum())
