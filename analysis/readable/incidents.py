"""Incidents as a reader wants them: what happened between two sides, once, with its clearest sentence."""

from typing import Final

from pandas import DataFrame, Series

from analysis.country_names import country_name, dyad_name
from analysis.findings.period_inputs import PeriodInputs
from analysis.findings.reported import clauses
from analysis.ingest.corrections_file import BY_ANALYST
from analysis.readable.acts import act_columns, nouns_of_incidents
from analysis.readable.columns import INCIDENTS
from analysis.readable.sources import known_numbers, passages, source_columns, table_of, texts

NOBODY_NAMED: Final = "unnamed sources"


def readable_incidents(inputs: PeriodInputs, incidents: DataFrame | None = None) -> DataFrame:
    """The readable table of incidents.

    Args:
        inputs: of a corpus and its reporting period.
        incidents: `Incidents` rows of it; None: all.

    Returns:
        One row per incident, in the order of `incidents`, with the columns of `columns.INCIDENTS`.
    """
    incidents = inputs.incidents if incidents is None else incidents
    sentences = passages(incidents, inputs.tables.articles)
    sides = incidents[["source_code", "target_code"]].set_axis(["source", "target"], axis="columns")
    return table_of(
        INCIDENTS,
        {
            **source_columns(incidents["article_id"], inputs.tables.articles),
            **act_columns(incidents, sides),
            **day_columns(incidents),
            "pair": incidents["dyad"].map({pair: dyad_name(pair) for pair in incidents["dyad"].unique()}),
            "what": nouns_of_incidents(incidents, sentences.to_dict()),
            "in words": clauses(incidents, inputs),
            "claim of": claimants(incidents),
            "denied": incidents["is_denied"],
            "theme": texts(incidents["theme"]),
            "stories": incidents["story_count"],
            "outlets": incidents["outlet_count"],
            "how sure": known_numbers(incidents["probability"]),
            "sentence": sentences,
            "corrected": are_corrected(incidents, inputs.tables.events),
        },
    )


def day_columns(incidents: DataFrame) -> dict[str, Series]:
    """The days of each incident and of its reports, which replace the day of its article."""
    return {
        "date": incidents["first_day"],
        "until": incidents["last_day"],
        "day named": incidents["is_day_known"],
        "first reported": incidents["first_reported"],
        "last reported": incidents["last_reported"],
    }


def claimants(incidents: DataFrame) -> list[str]:
    """The only side that reports each incident; "" if it is not a claim."""
    rows = zip(incidents["is_claim"], incidents["claimant_code"], strict=True)
    return [
        (country_name(code) if isinstance(code, str) else NOBODY_NAMED) if is_claim else ""
        for is_claim, code in rows
    ]


def are_corrected(incidents: DataFrame, events: DataFrame) -> list[bool]:
    """Whether an analyst corrected one of the events that report each incident."""
    corrected = set(events.loc[events["rule"].isin(list(BY_ANALYST)), "event_id"])
    return [not corrected.isdisjoint(ids.split(" ")) for ids in incidents["event_ids"]]
