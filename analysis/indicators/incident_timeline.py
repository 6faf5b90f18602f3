"""Incidents in the order of their days, and how many there are: by kind, partner, period, country and pair.

They count incidents, not reports of them: an attack that ten stories report weighs as much as one that one
story reports. What is announced has no weight.
"""

from collections.abc import Sequence
from typing import Final

from pandas import DataFrame, Series, concat, to_datetime

from analysis.indicators.country_events import FULL_INTENSITY, side_of
from analysis.indicators.periods import ALL, fitting_period, period_starts
from analysis.indicators.report_links import LONGEST_SPAN
from analysis.schemas import CountryLevels, PairLevels, Partners

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
    found = incidents.assign(day=to_datetime(day), kind=incidents["root"].map(KIND_OF_ROOT))
    order = ["day", "story_count", "incident_id"]
    return found.sort_values(order, ascending=[False, False, True], na_position="last", ignore_index=True)


def is_to_come(timeline: DataFrame) -> Series:
    """Yes for incidents that are announced for a day after the last report, of which nobody says more."""
    return (timeline["status"] == "announced") & (timeline["day"] > timeline["first_reported"].max())


def of_reported_days(timeline: DataFrame) -> DataFrame:
    """The incidents of the days from the first report to the last, with the undated ones.

    One act that is recalled years later would make all others a thin line at the end of a chart.
    """
    return timeline[~(timeline["day"] < timeline["first_reported"].min()) & ~is_to_come(timeline)]


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
        `cooperative`, `count`. Requests are neither, and left out.
    """
    dated = timeline[side_of(timeline) != "neither"].dropna(subset="day")
    counted = DataFrame(
        {
            "period": period_starts(dated["day"], period),
            **{side: (side_of(dated) == side).astype(int) for side in ("hostile", "cooperative")},
        }
    )
    sums = counted.groupby("period", as_index=False)[["hostile", "cooperative"]].sum()
    return sums.assign(count=sums["hostile"] + sums["cooperative"])


def partners(timeline: DataFrame, code: str) -> DataFrame:
    """The incidents of a country by partner.

    Args:
        timeline: table of `incident_timeline`; incidents of other countries are left out.
        code: of the country.

    Returns:
        `Partners` table, those with the most incidents first.
    """
    own = timeline[timeline[["source_code", "target_code"]].eq(code).any(axis="columns")]
    is_done, side = own["status"] == "done", side_of(own)
    rows = own.assign(
        partner_code=own["target_code"].where(own["source_code"] == code, own["source_code"]),
        hostile_count=(is_done & (side == "hostile")).astype(int),
        cooperative_count=(is_done & (side == "cooperative")).astype(int),
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
            out, and what is announced for after the last.
        by_own: table of `dated_stances`: its speakers on others.
        on_it: the same: speakers of others on it.
        period: "day", "week" or "month".

    Returns:
        One row per period with any of these, in order: `period`, `hostile`, `cooperative`, and for each of
        `own` and `other` the stances against and for: `own_against`, `own_for`, `other_against`, `other_for`.
    """
    incidents = incidents_by_period(of_reported_days(timeline), period).drop(columns="count")
    parts = [incidents.set_index("period")]
    for who, dated in (("own", by_own), ("other", on_it)):
        signs = {f"{who}_against": dated["label"] == -1, f"{who}_for": dated["label"] == 1}
        found = DataFrame({name: sign.fillna(False).astype(int) for name, sign in signs.items()})
        parts.append(found.groupby(period_starts(dated["published_date"], period)).sum())
    joined = concat(parts, axis="columns").sort_index().fillna(0).astype(int)
    return joined.rename_axis("period").reset_index()


SURE: Final = 0.8  # least probability of what is drawn
PRIVATE_KINDS: Final = ("organisation", "other")  # a company or a person stands for no country
WEIGHT_DECIMALS = 6  # sums of the same numbers in another order differ in later digits


def sure_incidents(incidents: DataFrame) -> DataFrame:
    """The incidents that may be drawn: surely read, not denied, and not only of citizens of a country."""
    sides = incidents[["source_kind", "target_kind"]].isin(PRIVATE_KINDS).any(axis="columns")
    is_sure = (incidents["probability"] >= SURE) & ~incidents["is_denied"]
    return incidents[is_sure & ~sides]


def country_levels(incidents: DataFrame) -> DataFrame:
    """The weight of the hostile incidents in which each country acts or is acted on.

    Args:
        incidents: `Incidents` table.

    Returns:
        `CountryLevels` table, one row per country or bloc with an incident, the heaviest first.
    """
    done = weighed(incidents)
    sides = [done.assign(country_code=done[side]) for side in ("source_code", "target_code")]
    levels = (
        concat(sides, ignore_index=True)
        .groupby("country_code")
        .agg(conflict_weight=("conflict_weight", "sum"), incident_count=("incident_id", "nunique"))
        .round({"conflict_weight": WEIGHT_DECIMALS})
        .reset_index()
        .sort_values(["conflict_weight", "country_code"], ascending=[False, True], ignore_index=True)
    )
    return CountryLevels.validate(levels)


def pair_levels(incidents: DataFrame, leading: Sequence[str] = ()) -> DataFrame:
    """The weight of the hostile and of the cooperative incidents between each pair.

    Args:
        incidents: `Incidents` table.
        leading: the pairs to put first, in this order.

    Returns:
        `PairLevels` table, one row per pair with an incident; after those given first that of most weight.
    """
    levels = (
        weighed(incidents)
        .groupby("dyad")
        .agg(
            conflict_weight=("conflict_weight", "sum"),
            cooperation_weight=("cooperation_weight", "sum"),
            incident_count=("incident_id", "nunique"),
        )
        .round({"conflict_weight": WEIGHT_DECIMALS, "cooperation_weight": WEIGHT_DECIMALS})
        .reset_index()
    )
    total = levels["conflict_weight"] + levels["cooperation_weight"]
    places = levels["dyad"].map({pair: place for place, pair in enumerate(leading)})
    order = levels.assign(total=total, place=places)
    order = order.sort_values(["place", "total", "dyad"], ascending=[True, False, True], ignore_index=True)
    return PairLevels.validate(order.drop(columns=["place", "total"]))


def weighed(incidents: DataFrame) -> DataFrame:
    """The incidents that happened, each with its weight of conflict and of cooperation: 0 to 1."""
    done = incidents[incidents["status"] == "done"]
    share = done["intensity"] / FULL_INTENSITY  # of the strongest act there is
    return done.assign(conflict_weight=(-share).clip(lower=0), cooperation_weight=share.clip(lower=0))
