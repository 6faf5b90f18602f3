"""One country and those it deals with: incidents with each partner, and incidents and stances over time."""

import pandas as pd
from pandas import DataFrame

from analysis.indicators.incident_timeline import incidents_by_period, since_first_report
from analysis.indicators.periods import period_starts
from analysis.schemas import Partners


def partners(timeline: DataFrame, code: str) -> DataFrame:
    """The incidents of a country by partner.

    Args:
        timeline: table of `incident_timeline`; incidents of other countries are left out.
        code: of the country.

    Returns:
        `Partners` table, those with the most incidents first.
    """
    own = timeline[timeline[["source_code", "target_code"]].eq(code).any(axis="columns")]
    is_done = own["status"] == "done"
    rows = own.assign(
        partner_code=own["target_code"].where(own["source_code"] == code, own["source_code"]),
        hostile_count=(is_done & (own["quad"] >= 3)).astype(int),
        cooperative_count=(is_done & (own["quad"] < 3)).astype(int),
        announced_count=(~is_done).astype(int),
        last_day=own["day"].where(is_done),
    )
    sums = rows.groupby("partner_code", as_index=False).agg(
        hostile_count=("hostile_count", "sum"),
        cooperative_count=("cooperative_count", "sum"),
        announced_count=("announced_count", "sum"),
        last_day=("last_day", "max"),
        total=("incident_id", "size"),
    )
    ordered = sums.sort_values(["total", "partner_code"], ascending=[False, True], ignore_index=True)
    return Partners.validate(ordered.drop(columns="total"))


def sides_over_time(timeline: DataFrame, by_own: DataFrame, on_it: DataFrame, period: str) -> DataFrame:
    """Incidents of a country, what its speakers say of others and what others say of it, by period.

    Args:
        timeline: table of `incident_timeline`, of the country alone; acts before the first report are left
            out.
        by_own: table of `dated_stances`: its speakers on others.
        on_it: the same: speakers of others on it.
        period: "day", "week" or "month".

    Returns:
        One row per period with any of these, in order: `period`, `hostile`, `cooperative`, and for each of
        `own` and `other` the stances against and for: `own_against`, `own_for`, `other_against`, `other_for`.
    """
    incidents = incidents_by_period(since_first_report(timeline), period).drop(columns="count")
    parts = [
        incidents.set_index("period"),
        *(sided(rows, who, period) for rows, who in ((by_own, "own"), (on_it, "other"))),
    ]
    joined = pd.concat(parts, axis="columns").sort_index().fillna(0).astype(int)
    return joined.rename_axis("period").reset_index()


def sided(dated: DataFrame, who: str, period: str) -> DataFrame:
    """Stances against and for, by period."""
    rows = DataFrame(
        {
            "period": period_starts(dated["published_date"], period),
            f"{who}_against": (dated["label"] == -1).fillna(False).astype(int),
            f"{who}_for": (dated["label"] == 1).fillna(False).astype(int),
        }
    ).dropna(subset="period")
    return rows.groupby("period")[[f"{who}_against", f"{who}_for"]].sum()
