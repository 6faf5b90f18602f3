"""How much conflict is reported of each country and of each pair: what the map colours and joins.

Both count incidents, not reports of them: an attack that ten stories report weighs as much as one that one
story reports. What is announced does not count.
"""

import pandas as pd
from pandas import DataFrame, Series

from analysis.indicators.country_events import FULL_INTENSITY
from analysis.schemas import CountryLevels, PairLevels

WEIGHT_DECIMALS = 6  # sums of the same numbers in another order differ in later digits


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


def pair_levels(incidents: DataFrame) -> DataFrame:
    """The weight of the hostile and of the cooperative incidents between each pair.

    Args:
        incidents: `Incidents` table.

    Returns:
        `PairLevels` table, one row per pair with an incident; first the pair whose weights add up to most.
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
    order = levels.assign(total=total).sort_values(["total", "dyad"], ascending=[False, True])
    return PairLevels.validate(order.drop(columns="total").reset_index(drop=True))


def weighed(incidents: DataFrame) -> DataFrame:
    """The incidents that happened, each with its weight of conflict and of cooperation: 0 to 1."""
    done = incidents[incidents["status"] == "done"]
    return done.assign(
        conflict_weight=weight(-done["intensity"]), cooperation_weight=weight(done["intensity"])
    )


def weight(intensities: Series) -> Series:
    """The intensities that are above 0, as a share of the strongest act there is."""
    return intensities.clip(lower=0) / FULL_INTENSITY
