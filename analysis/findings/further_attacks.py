"""The attacks of one side that killed about as many as the one that its judgment quotes.

Where a war kills eighty a day, the quotation of one day alone would make it look like the worst of the week.
"""

import re
from typing import Any, Final

from pandas import DataFrame, Series

from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import Reported, reported_incidents
from analysis.indicators.incident_reports import is_broad, place_words
from analysis.indicators.turns import FORCE
from analysis.tables.rows import rows_of

MOST_FURTHER: Final = 3
LEAST_DEAD: Final = 5
LEAST_SHARE: Final = 0.5  # of the dead of the attack that is quoted
LEAST_SURE: Final = 0.7  # probability
ADDED_UP: Final = re.compile(r"\b(?:toll|total)\b", re.IGNORECASE)
"""Words of a number that may be of several attacks, unless it is of one town."""


def further_attacks(
    parts: tuple[Reported, ...], told: DataFrame, inputs: PeriodInputs
) -> tuple[Reported, ...]:
    """Up to three attacks by the side whose deadliest attack is shown, in the order of their reports.

    Args:
        parts: the incidents that a judgment shows.
        told: the incidents of its pair that a sentence alone can tell.
        inputs: of the period.
    """
    deadliest = max((one for one in parts if one.is_force), key=lambda one: one.killed, default=None)
    if deadliest is None:
        return ()
    shown = told[told["incident_id"].isin([one.incident_id for one in parts])]
    is_by_victims = told["claimant_code"] == told["target_code"]  # who else would count the dead
    is_like = (
        (told["root"] == FORCE)
        & (told["source_code"] == deadliest.source_code)
        & told["is_by_word"]
        & ~told[["is_joint", "is_denied", "is_by_proxy"]].any(axis=1)
        & (~told["is_claim"] | is_by_victims)
        & (told["status"] == "done")
        & (told["probability"] >= LEAST_SURE)
        & (told["killed_count"].fillna(0) >= max(LEAST_DEAD, LEAST_SHARE * deadliest.killed))
        & told["first_reported"].notna()
        & ~told["article_id"].isin(one.article_id for one in parts)
    )
    like = told[is_like].drop_duplicates("article_id")
    is_other = [not is_added_up(row, inputs) and not is_at_place_of(row, shown) for row in rows_of(like)]
    others = like[Series(is_other, like.index, dtype=bool)]
    most = others.sort_values("killed_count", ascending=False, kind="stable").head(MOST_FURTHER)
    return tuple(reported_incidents(most.sort_values("first_reported", kind="stable"), inputs))


def is_added_up(incident: Any, inputs: PeriodInputs) -> bool:
    """Whether the dead of an incident may be those of several attacks: "the toll of the strikes on Iran"."""
    return not town_of(incident) and ADDED_UP.search(inputs.sentence(incident)) is not None


def is_at_place_of(incident: Any, shown: DataFrame) -> bool:
    """Whether an incident may be one that is shown, or hold it: in the same town, or anywhere on that day.

    The dead of a fight, or of a blow of the other side, are not those of an attack that killed more.
    """
    town = town_of(incident)
    is_of_both = shown["is_joint"] | (shown["source_code"] != incident.source_code)
    is_less = is_of_both & (shown["killed_count"].fillna(0) < incident.killed_count)
    for one in rows_of(shown[(shown["root"] == FORCE) & ~is_less]):
        other = town_of(one)
        is_same_town = bool(town and other) and (town in other or other in town)
        if is_same_town or (one.first_reported == incident.first_reported and not (town and other)):
            return True
    return False


def town_of(incident: Any) -> str:
    """The words of the place of an incident; "" without one, or for a whole country or region."""
    words = place_words(incident.place_name) if isinstance(incident.place_name, str) else ""
    return "" if not words or is_broad(words) else words
