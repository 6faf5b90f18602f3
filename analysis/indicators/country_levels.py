"""How much conflict is reported of each country and of each pair: what the map colours and joins.

Both count incidents, not reports of them: an attack that ten stories report weighs as much as one that one
story reports. What is announced does not count.
"""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import FULL_INTENSITY
from analysis.schemas import CountryLevels, PairLevels

SURE: Final = 0.8  # least probability of what is drawn
PRIVATE_KINDS: Final = ("organisation", "other")  # a company or a person stands for no country
BYSTANDER: Final = "bystander"  # the turn of an attack on people of a third country
WEIGHT_DECIMALS = 6  # sums of the same numbers in another order differ in later digits


def sure_incidents(incidents: DataFrame) -> DataFrame:
    """The incidents that may be drawn: surely read, not denied, and not only of citizens of a country."""
    sides = incidents[["source_kind", "target_kind"]].isin(PRIVATE_KINDS).any(axis="columns")
    is_sure = (incidents["probability"] >= SURE) & ~incidents["is_denied"]
    return incidents[is_sure & ~sides & (incidents["turn"] != BYSTANDER)]


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
        pd.concat(sides, ignore_index=True)
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
    return done.assign(
        conflict_weight=weight(-done["intensity"]), cooperation_weight=weight(done["intensity"])
    )


def weight(intensities: Series) -> Series:
    """The intensities that are above 0, as a share of the strongest act there is."""
    return intensities.clip(lower=0) / FULL_INTENSITY
