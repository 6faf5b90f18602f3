"""Incidents in the order of their days, with their kinds in plain words."""

from typing import Final

import pandas as pd
from pandas import DataFrame

from analysis.indicators.incidents import LONGEST_SPAN
from analysis.indicators.periods import ALL, fitting_period, period_starts

KINDS_IN_WORDS: Final = {
    "force": ("ASSAULT",),
    "military moves": ("MOBILIZE",),
    "threats": ("THREATEN",),
    "sanctions and pressure": ("SANCTION", "COERCE"),
    "protests": ("PROTEST",),
    "accusations and refusals": ("ACCUSE", "REJECT"),
    "demands": ("REQUEST",),
    "talks and visits": ("CONSULT",),
    "agreements": ("AGREE",),
    "help and cooperation": ("AID", "COOPERATE"),
    "words of support": ("SUPPORT",),
    "concessions": ("CONCEDE", "RETREAT"),
}
"""Kinds of incidents as a reader looks for them, from the most hostile to the friendliest: PLOVER types."""
KIND_OF_ROOT: Final = {root: kind for kind, roots in KINDS_IN_WORDS.items() for root in roots}


def incident_timeline(incidents: DataFrame) -> DataFrame:
    """Incidents with `day` and `kind`, the newest day first, the undated last.

    The day is that of the act or, of what is announced, of the day to come. Where no day is known, or only a
    long span such as "this year", it is the day of the first report.

    Args:
        incidents: `Incidents` table.

    Returns:
        The same rows with two more columns: `day` (missing where nothing dates it) and `kind`, one of
        `KINDS_IN_WORDS`.
    """
    days = (incidents["last_day"] - incidents["first_day"]).dt.days
    is_vague = (incidents["status"] == "done") & (days >= LONGEST_SPAN)
    day = incidents["first_day"].mask(is_vague).fillna(incidents["first_reported"])
    found = incidents.assign(day=pd.to_datetime(day), kind=incidents["root"].map(KIND_OF_ROOT))
    order = ["day", "story_count", "incident_id"]
    return found.sort_values(order, ascending=[False, False, True], na_position="last", ignore_index=True)


def since_first_report(timeline: DataFrame) -> DataFrame:
    """The incidents of the days from the first report on, with the undated ones.

    One act that is recalled years later would make all others a thin line at the end of a chart.
    """
    is_earlier = timeline["day"] < timeline["first_reported"].min()
    return timeline[~is_earlier]


def timeline_period(timeline: DataFrame) -> str:
    """The unit in which the days of a timeline are best drawn: "day", "week" or "month"."""
    period = fitting_period(timeline["day"])
    return "day" if period == ALL else period


def incidents_by_period(timeline: DataFrame, period: str) -> DataFrame:
    """How many incidents begin in each period, hostile and cooperative ones apart.

    Args:
        timeline: table of `incident_timeline`; undated incidents are left out.
        period: "day", "week" or "month".

    Returns:
        One row per period that has one, in order: `period` (its first day, ISO 8601), `hostile`,
        `cooperative`, `count`. A demand is hostile, as its quad class is.
    """
    dated = timeline.dropna(subset="day")
    is_hostile = dated["quad"] >= 3
    counted = DataFrame(
        {
            "period": period_starts(dated["day"], period),
            "hostile": is_hostile.astype(int),
            "cooperative": (~is_hostile).astype(int),
        }
    )
    sums = counted.groupby("period", as_index=False)[["hostile", "cooperative"]].sum()
    return sums.assign(count=sums["hostile"] + sums["cooperative"])
